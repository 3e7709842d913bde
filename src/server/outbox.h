/* outbox.h - the bytes of one event, gathered to be sent in one call.
 *
 * A loop has one outbox. While a connection's input is worked off, the answers to
 * pipelined requests gather here; before the event is over conn_flush() sends them
 * with one try-write. Heads and small bodies are copied into `text`; larger bodies, and
 * prepared heads before them, are lent by their exchange, which is released when they have left.
 * Private to server/. Loop thread only.
 */
#ifndef SERVER_OUTBOX_H
#define SERVER_OUTBOX_H

#include <uv.h>
#include "server/exchange.h"

#define OUTBOX_PIECES 128
#define OUTBOX_ANSWERS 32
#define OUTBOX_TEXT (64 * 1024)
#define OUTBOX_HEAD (16 * 1024)		/* the largest head an application may make */
#define OUTBOX_SMALL 1024		/* up to here a body is cheaper to copy than to list */

struct outbox {
	uv_buf_t pieces[OUTBOX_PIECES];
	struct exchange *answers[OUTBOX_ANSWERS];
	unsigned n_pieces, n_answers;
	size_t bytes;
	struct buf text;
};

void outbox_init(struct outbox *o);
void outbox_release(struct outbox *o);
void outbox_clear(struct outbox *o);		/* sent, or never will be: all are done */

/* For one more answer, however it looks. */
static inline bool outbox_has_room(const struct outbox *o)
{
	return o->n_answers < OUTBOX_ANSWERS && o->n_pieces + 3 + REPLY_MORE + 1 <= OUTBOX_PIECES &&
	       o->text.n + OUTBOX_HEAD + 1024 + (1 + REPLY_MORE) * OUTBOX_SMALL <= OUTBOX_TEXT;
}

/* Bytes of our own, as "100 Continue". */
void outbox_text(struct outbox *o, struct str s);

/* The answer of x with this framing. It becomes the outbox's, unless a file
 * follows (it then stays the caller's until the file has left). */
void outbox_answer(struct outbox *o, struct exchange *x, const struct reply_frame *frame,
		   bool keep);

#endif
