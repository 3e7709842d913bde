/* mem.c - allocation that ends the process rather than fail. */
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static NORETURN void mem_out(size_t n)
{
	fprintf(stderr, "hameau: no memory for %zu bytes\n", n);
	abort();
}

void *mem_alloc(size_t n)
{
	return mem_array(1, n);
}

void *mem_array(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);

	if (!p)
		mem_out(size);
	return p;
}

void *mem_resize(void *p, size_t count, size_t size)
{
	size_t n;

	if (__builtin_mul_overflow(count, size, &n))
		mem_out(SIZE_MAX);
	p = realloc(p, n ? n : 1);
	if (!p)
		mem_out(n);
	return p;
}

char *mem_cstr(struct str s)
{
	char *p = mem_alloc(s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

void mem_free(void *p)
{
	free(p);
}

void mem_freep(void *pp)
{
	void **p = pp;

	free(*p);
	*p = NULL;
}
