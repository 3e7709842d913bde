/* spare.h - ICU objects that wait for their next use.
 *
 * Transliterators, formatters, collators and calendars take microseconds to
 * milliseconds to open, are then quick, and serve one thread at a time. An
 * object is taken out, used, and given back; while it is out nobody else knows
 * of it, so no lock is held over ICU's work. The store has a fixed number of
 * places (SPARE_SETS * SPARE_WAYS) for the whole process, whatever the number
 * of threads; what does not fit is closed. Any thread. Private to unicode/.
 */
#ifndef UNICODE_SPARE_H
#define UNICODE_SPARE_H

#include <stdint.h>
#include "base/attrs.h"

#define SPARE_KEY 96
#define SPARE_SETS 32
#define SPARE_WAYS 8

struct spare {
	uint64_t hash;
	void (*close)(void *);
	void *object;
	char key[SPARE_KEY];
};

/* The object kept under the key, else NULL. The caller owns it until spare_give. */
struct spare *spare_take(const char *key);

/* A new one, not yet known to the store; key must be shorter than SPARE_KEY. */
struct spare *spare_new(const char *key, void *object, void (*close)(void *));

void spare_give(struct spare *s);	/* NULL is fine */
void spare_givep(struct spare **s);	/* for CLEANUP */

/* Closes everything that waits: for a tidy end of the process and for tests. */
void spare_drop_all(void);

#endif
