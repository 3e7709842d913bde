/* outbox.c - see outbox.h. */
#include "server/outbox.h"
#include <string.h>

void outbox_init(struct outbox *o)
{
	memset(o, 0, sizeof *o);
	o->text = (struct buf)BUF(OUTBOX_TEXT);
	/* Reserved once, so that the pieces may point into it. */
	buf_reserve(&o->text, OUTBOX_TEXT);
}

void outbox_release(struct outbox *o)
{
	outbox_clear(o);
	buf_release(&o->text);
}

void outbox_clear(struct outbox *o)
{
	for (unsigned i = 0; i < o->n_answers; i++)
		exchange_done(o->answers[i]);
	o->n_answers = 0;
	o->n_pieces = 0;
	o->bytes = 0;
	buf_clear(&o->text);
}

static void add_piece(struct outbox *o, const char *p, size_t n)
{
	uv_buf_t *last = o->n_pieces ? &o->pieces[o->n_pieces - 1] : NULL;

	o->bytes += n;
	if (last && last->base + last->len == p) {
		last->len += n;
		return;
	}
	o->pieces[o->n_pieces++] = (uv_buf_t){ .base = (char *)p, .len = n };
}

/* Lists what was appended to the text since it had `from` bytes. */
static void add_text_since(struct outbox *o, size_t from)
{
	add_piece(o, o->text.p + from, o->text.n - from);
}

void outbox_text(struct outbox *o, struct str s)
{
	size_t from = o->text.n;

	buf_add(&o->text, s);
	add_text_since(o, from);
}

static void add_body(struct outbox *o, struct str s)
{
	if (!s.n)
		return;
	if (s.n <= OUTBOX_SMALL)
		outbox_text(o, s);
	else
		add_piece(o, s.p, s.n);
}

/* A large body is lent, and so is the head that lies before it, perhaps in one piece with it. */
static void add_lent(struct outbox *o, const struct reply *r, const struct reply_frame *frame)
{
	size_t from = o->text.n;

	reply_first_lines(&o->text, r, frame);
	add_text_since(o, from);
	add_piece(o, r->head.p, r->head.n);
}

void outbox_answer(struct outbox *o, struct exchange *x, const struct reply_frame *frame,
		   bool keep)
{
	struct reply *r = &x->reply;
	bool has_body = x->rq.method != HTTP_HEAD && reply_may_have_body(r->status);
	size_t from = o->text.n;

	if (r->prepared && has_body && r->body.n > OUTBOX_SMALL) {
		add_lent(o, r, frame);
	} else {
		reply_head(&o->text, r, frame);
		add_text_since(o, from);
	}
	if (has_body) {
		add_body(o, r->body);
		for (int i = 0; i < REPLY_MORE; i++)
			add_body(o, r->more[i]);
	}
	if (!keep)
		o->answers[o->n_answers++] = x;
}
