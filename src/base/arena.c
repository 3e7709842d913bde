/* arena.c - chunks in a list, the newest first; what is too large for a chunk gets
 * one of its own behind the newest. Under AddressSanitizer the unused part of a
 * chunk is poisoned, so that an overrun inside an arena is seen. */
#include "base/arena.h"

#include <stdio.h>
#include <string.h>
#include "base/mem.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#define ARENA_GAP 16
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define ARENA_GAP 0
#endif

enum { ARENA_CHUNK = 8192, ARENA_ALIGN = 16 };
enum { PRINTED_SMALL = 256 };		/* most addresses and labels: printed once */

struct chunk {
	struct chunk *next;
	size_t n, cap;
	_Alignas(ARENA_ALIGN) char bytes[];
};

struct deferred {
	struct deferred *next;
	void (*fn)(void *);
	void *arg;
};

struct arena {
	struct chunk *chunks;
	struct deferred *deferred;
	size_t chunk, used;
};

static struct chunk *chunk_new(size_t cap)
{
	struct chunk *c = mem_resize(NULL, 1, sizeof *c + cap);

	c->next = NULL;
	c->n = 0;
	c->cap = cap;
	POISON(c->bytes, cap);
	return c;
}

static void chunk_free(struct chunk *c)
{
	UNPOISON(c->bytes, c->cap);
	mem_free(c);
}

struct arena *arena_new(size_t chunk)
{
	struct arena *a = MEM_NEW(struct arena);

	a->chunk = chunk ? chunk : ARENA_CHUNK;
	return a;
}

static void run_deferred(struct arena *a)
{
	while (a->deferred) {
		struct deferred *d = a->deferred;

		a->deferred = d->next;
		d->fn(d->arg);
	}
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	run_deferred(a);
	while (a->chunks) {
		struct chunk *c = a->chunks;

		a->chunks = c->next;
		chunk_free(c);
	}
	mem_free(a);
}

void arena_freep(struct arena **a)
{
	arena_free(*a);
	*a = NULL;
}

void arena_reset(struct arena *a)
{
	struct chunk *keep = NULL;

	run_deferred(a);
	while (a->chunks) {
		struct chunk *c = a->chunks;

		a->chunks = c->next;
		if (!keep && c->cap == a->chunk)
			keep = c;
		else
			chunk_free(c);
	}
	if (keep) {
		keep->n = 0;
		keep->next = NULL;
		POISON(keep->bytes, keep->cap);
	}
	a->chunks = keep;
	a->used = 0;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}

static struct chunk *chunk_for(struct arena *a, size_t n)
{
	struct chunk *c = a->chunks;

	if (c && c->cap - c->n >= n)
		return c;
	if (n > a->chunk / 4 && c) {		/* large: behind the newest, which stays open */
		struct chunk *own = chunk_new(n);

		own->next = c->next;
		c->next = own;
		return own;
	}
	c = chunk_new(n > a->chunk ? n : a->chunk);
	c->next = a->chunks;
	a->chunks = c;
	return c;
}

/* As it comes: for what is filled at once. */
static void *take(struct arena *a, size_t n)
{
	size_t whole = (n + ARENA_GAP + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
	struct chunk *c;
	char *p;

	if (whole < n)
		return mem_array(SIZE_MAX, 1);	/* never: ends the process */
	c = chunk_for(a, whole);
	p = c->bytes + c->n;
	c->n += whole;
	a->used += whole;
	UNPOISON(p, n);
	return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
	return memset(take(a, n), 0, n);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t n;

	if (__builtin_mul_overflow(count, size, &n))
		n = SIZE_MAX;
	return arena_alloc(a, n);
}

char *arena_cstr(struct arena *a, struct str s)
{
	char *p = take(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

struct str arena_str(struct arena *a, struct str s)
{
	return (struct str){ arena_cstr(a, s), s.n };
}

struct str arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	char small[PRINTED_SMALL];
	va_list again;
	char *p;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof small, fmt, again);
	va_end(again);
	if (n < 0)
		return STR_NONE;
	if ((size_t)n < sizeof small)
		return arena_str(a, str_from(small, (size_t)n));
	p = take(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	return str_from(p, (size_t)n);
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	struct str s;

	va_start(ap, fmt);
	s = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return s;
}

void arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
	struct deferred *d = ARENA_NEW(a, struct deferred);

	d->fn = fn;
	d->arg = arg;
	d->next = a->deferred;
	a->deferred = d;
}
