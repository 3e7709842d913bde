/* shelf.h - what packs and unpacks waits here for whoever comes next: to make it costs more than
 * a small page. Any thread.
 */
#ifndef GZ_SHELF_H
#define GZ_SHELF_H

#include <stdatomic.h>
#include <stdbool.h>

enum { SHELF_PLACES = 8 };

struct shelf {
	_Atomic(void *) places[SHELF_PLACES];
};

/* NULL: nothing is there. */
void *shelf_take(struct shelf *s);

/* False: it is full, and p still the caller's. */
bool shelf_give(struct shelf *s, void *p);

#endif
