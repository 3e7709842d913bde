/* heads.h - the fields of a head that came before, byte for byte.
 *
 * A browser says the same of itself with each request, and all browsers of one kind say it
 * alike: what stands behind the Host field is then known already, and comparing it costs a
 * tenth of reading it. Equal bytes mean the same; nothing else is believed.
 *
 * For http/parser. Each loop has its own; one thread. Bounded: 64 places of about a KiB; what
 * holds a place keeps it while it is asked for, and what comes once gets none. Never kept: what
 * frames a body, and what is one person's (Cookie, Authorization).
 */
#ifndef HTTP_HEADS_H
#define HTTP_HEADS_H

#include "http/request.h"

#define HEADS_BYTES_MIN 64		/* less is read faster than looked for */
#define HEADS_BYTES 1024
#define HEADS_FIELDS 20

struct heads_known {
	uint16_t n, n_fields;
	bool close, keep_alive;		/* what Connection says */
	bool asked;			/* since another one wanted the place */
	uint64_t offered;		/* hash of who wanted the place last */
	uint64_t names;			/* as in struct request */
	struct { uint16_t name, name_n, value, value_n; } fields[HEADS_FIELDS];
	char text[HEADS_BYTES];		/* all lines, and the empty one */
};

struct heads;

struct heads *heads_new(void);
void heads_free(struct heads *h);	/* NULL is fine */

static inline bool heads_may_have(struct str bytes)
{
	return bytes.n >= HEADS_BYTES_MIN && bytes.n <= HEADS_BYTES;
}

/* What was kept of exactly these bytes, until the next call; or NULL. heads_may_have(bytes). */
const struct heads_known *heads_find(struct heads *h, struct str bytes);

/* Its fields, as they lie in `bytes`, which it was found by. */
void heads_fields(const struct heads_known *k, struct str bytes, struct field *ret);

/* Keeps the n last fields of rq, which were read from `bytes`; or does not. The same bound. */
void heads_keep(struct heads *h, struct str bytes, const struct request *rq, size_t n, bool close,
		bool keep_alive);

#endif
