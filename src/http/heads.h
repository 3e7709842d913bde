/* heads.h - the fields of a head that came before, byte for byte.
 *
 * A browser says the same of itself with each request, and all browsers of one kind say it
 * alike: what stands behind the Host field is then known already, or its first lines are, up to
 * one that is new (where a reader comes from, what he has). Comparing costs a tenth of reading.
 * Equal bytes mean the same; nothing else is believed. What a proxy puts before all that is not
 * looked for (http/parser).
 *
 * For http/parser. Each loop has its own; one thread. Bounded: 64 places of less than two KiB,
 * each for the heads whose first bytes a hash sends there. What holds a place keeps it while it is
 * asked for, and what comes once gets none. Never kept: what frames a body, and what is one
 * person's (Cookie, Authorization) with all that stands behind it.
 */
#ifndef HTTP_HEADS_H
#define HTTP_HEADS_H

#include "http/request.h"

#define HEADS_BYTES_MIN 64		/* less is read faster than looked for */
#define HEADS_BYTES 1024
#define HEADS_FIELDS 20

struct heads_field {
	uint16_t name, name_n, value, value_n;	/* where they begin, and how long they are */
	uint16_t end;				/* where the next line begins */
	uint16_t place;				/* request_name_place() */
	bool close, keep_alive;			/* what Connection said up to here */
	uint64_t names, shared;			/* of all up to here, as in struct request */
};

struct heads;

struct heads *heads_new(void);
void heads_free(struct heads *h);	/* NULL is fine */

static inline bool heads_may_have(struct str bytes)
{
	return bytes.n >= HEADS_BYTES_MIN && bytes.n <= HEADS_BYTES;
}

/* What is known of these bytes, heads_may_have(bytes). The fields are lent until the next call. */
struct heads_found {
	const struct heads_field *fields;
	size_t n;			/* so many of the first lines; 0: nothing is known */
	size_t bytes;			/* where they end */
	bool is_whole;			/* with the empty line behind them: those were all bytes */
};
struct heads_found heads_find(struct heads *h, struct str bytes);

/* Appends them, as they lie in `bytes`, to the fields of rq, which has room for them; there is
 * one at least. */
void heads_fields(const struct heads_found *found, struct str bytes, struct request *rq);

/* Keeps the n last fields of rq, which were read from `bytes`; or does not. These bytes are what
 * heads_find() was asked for last. */
void heads_keep(struct heads *h, struct str bytes, const struct request *rq, size_t n);

#endif
