/* vec.h - growing arrays: VEC(struct post) posts = {0}; *VEC_ADD(&posts) = p;
 *
 * Any struct with members `p`, `n`, `cap` will do. Elements move when it grows.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <string.h>
#include "base/mem.h"

#define VEC(type) struct { type *p; size_t n, cap; }

#define VEC_ADD(v) \
	((v)->n == (v)->cap \
		? ((v)->cap = (v)->cap ? (v)->cap * 2 : 8, \
		   (v)->p = mem_resize((v)->p, (v)->cap, sizeof *(v)->p)) : (v)->p, \
	 memset(&(v)->p[(v)->n], 0, sizeof *(v)->p), \
	 &(v)->p[(v)->n++])

#define VEC_FREE(v) (mem_free((v)->p), (v)->p = NULL, (v)->n = (v)->cap = 0)

#endif
