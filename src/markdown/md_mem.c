/* md_mem.c - see md_mem.h. A piece has its size in front; the last one can grow in place.
 *
 * First blocks, which most texts do with, wait for the next text of any thread in a few
 * places: whoever exchanges one for NULL owns it. */
#include "markdown/md_mem.h"

#include <assert.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include "base/limits.h"
#include "base/mem.h"

enum { ALIGN = 16, SMALL = 128, FIRST = 128 * KIB, BLOCKS = 24, KEPT = 8 };

static _Atomic(char *) kept[KEPT];

/* Each block is twice as large as the one before. */
static _Thread_local struct {
	int depth;
	char *blocks[BLOCKS];
	int n;				/* of the blocks; the last one is being filled */
	size_t size;			/* of the last one */
	char *at, *end;			/* what is left of it */
} mem;

static char *first_block(void)
{
	for (int i = 0; i < KEPT; i++) {
		char *block = atomic_exchange_explicit(&kept[i], NULL, memory_order_acquire);

		if (block)
			return block;
	}
	return mem_resize(NULL, FIRST, 1);
}

static void keep_block(char *block)
{
	for (int i = 0; i < KEPT; i++) {
		char *none = NULL;

		if (atomic_compare_exchange_strong_explicit(&kept[i], &none, block,
							    memory_order_release,
							    memory_order_relaxed))
			return;
	}
	mem_free(block);
}

static size_t rounded(size_t n)
{
	return (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

/* The rest of the last block is lost. */
static void add_block(size_t least)
{
	size_t size = mem.n ? mem.size * 2 : FIRST;

	assert(mem.n < BLOCKS);			/* 500 GiB: no limit lets that through */
	mem.size = size > least ? size : least;
	mem.at = mem.n ? mem_resize(NULL, mem.size, 1) : first_block();
	mem.end = mem.at + mem.size;
	mem.blocks[mem.n++] = mem.at;
}

static inline void *take(size_t n)
{
	size_t all = rounded(n) + ALIGN;
	char *p;

	if ((size_t)(mem.end - mem.at) < all + SMALL)
		add_block(all + SMALL);
	p = mem.at + ALIGN;
	mem.at += all;
	memcpy(p - ALIGN, &n, sizeof n);
	return p;
}

/* cmark asks for small things: the product is none to worry about. Of small ones, as nearly all
 * are, all that a small one might have is cleared at once, behind which nothing is yet. */
static void *take_zeroed(size_t count, size_t size)
{
	size_t n = count * size;
	void *p = take(n);

	return n <= SMALL ? memset(p, 0, SMALL) : memset(p, 0, n);
}

static void *resize(void *old, size_t n)
{
	size_t had, more;
	char *p = old;

	if (!old)
		return take(n);
	memcpy(&had, p - ALIGN, sizeof had);
	if (n <= had)
		return old;
	more = rounded(n) - rounded(had);
	if (p + rounded(had) == mem.at && (size_t)(mem.end - mem.at) >= more) {
		mem.at += more;
		memcpy(p - ALIGN, &n, sizeof n);
		return old;
	}
	p = take(n);
	memcpy(p, old, had);
	return p;
}

static void give(void *p)
{
	(void)p;
}

cmark_mem md_mem = { take_zeroed, resize, give };

void md_mem_begin(void)
{
	mem.depth++;
}

void md_mem_end(void)
{
	if (--mem.depth > 0)
		return;
	while (mem.n > 1)
		mem_free(mem.blocks[--mem.n]);
	if (mem.n)
		keep_block(mem.blocks[--mem.n]);
	mem.at = mem.end = NULL;
}
