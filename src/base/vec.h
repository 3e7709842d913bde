/* vec.h - growing arrays: VEC(struct post) posts = {0}; *VEC_ADD(&posts) = p;
 *
 * Any struct with members `p`, `n`, `cap` will do. Elements move when it grows.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <string.h>
#include "base/arena.h"
#include "base/mem.h"

#define VEC(type) struct { type *p; size_t n, cap; }

#define VEC_ADD(v) \
	((v)->n == (v)->cap \
		? ((v)->cap = (v)->cap ? (v)->cap * 2 : 8, \
		   (v)->p = mem_resize((v)->p, (v)->cap, sizeof *(v)->p)) : (v)->p, \
	 memset(&(v)->p[(v)->n], 0, sizeof *(v)->p), \
	 &(v)->p[(v)->n++])

/* The elements as an array in an arena; the vector is empty after. *count may be that of a
 * result struct. Never NULL: one zeroed element stands behind the last. */
#define VEC_INTO(arena, v, count) \
	(*(count) = (v)->n, vec_into((arena), (void **)&(v)->p, &(v)->n, &(v)->cap, sizeof *(v)->p))

void *vec_into(struct arena *a, void **p, size_t *n, size_t *cap, size_t size);

#define VEC_FREE(v) (mem_free((v)->p), (v)->p = NULL, (v)->n = (v)->cap = 0)

#endif
