/* shelf.c - see shelf.h. */
#include "gz/shelf.h"

#include <stddef.h>

void *shelf_take(struct shelf *s)
{
	for (int i = 0; i < SHELF_PLACES; i++) {
		void *p = atomic_exchange(&s->places[i], NULL);

		if (p)
			return p;
	}
	return NULL;
}

bool shelf_give(struct shelf *s, void *p)
{
	for (int i = 0; i < SHELF_PLACES; i++) {
		void *none = NULL;

		if (atomic_compare_exchange_strong(&s->places[i], &none, p))
			return true;
	}
	return false;
}
