/* vec.c - what of growing arrays is not a macro. */
#include "base/vec.h"

void *vec_into(struct arena *a, void **p, size_t *n, size_t *cap, size_t size)
{
	char *to = arena_array(a, *n + 1, size);

	if (*n)
		memcpy(to, *p, *n * size);
	mem_free(*p);
	*p = NULL;
	*n = *cap = 0;
	return to;
}
