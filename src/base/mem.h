/* mem.h - heap memory that cannot fail: without memory the process ends.
 *
 * A supervisor starts it again and nothing acknowledged is lost. What comes from
 * outside meets a number from limits.h before it meets these functions.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>
#include "base/attrs.h"
#include "base/str.h"

void *mem_alloc(size_t n);				/* zeroed */
void *mem_array(size_t count, size_t size);		/* zeroed, overflow-checked */
void *mem_resize(void *p, size_t count, size_t size);	/* new part is not zeroed */
char *mem_cstr(struct str s);				/* NUL-terminated copy */
void mem_free(void *p);
void mem_freep(void *pp);				/* CLEANUP(mem_freep) char *x */

#define MEM_NEW(type) ((type *)mem_alloc(sizeof(type)))

#endif
