/* arena.h - memory that lives as long as one piece of work.
 *
 * An arena hands out zeroed memory from chunks and gives all of it back at once.
 * A function whose first parameter is an arena leaves its result there. One
 * owner, one thread at a time (a request is handed on together with its arena).
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include "base/str.h"

struct arena;

struct arena *arena_new(size_t chunk);			/* chunk 0: the usual size (8 KiB) */
void arena_free(struct arena *a);			/* NULL is fine */
void arena_freep(struct arena **a);			/* for CLEANUP */
void arena_reset(struct arena *a);			/* as new, keeps one chunk */
size_t arena_used(const struct arena *a);		/* bytes handed out so far */

void *arena_alloc(struct arena *a, size_t n);		/* zeroed, aligned for anything */
void *arena_array(struct arena *a, size_t count, size_t size);	/* overflow-checked */
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))

/* Copies with a NUL behind them; of STR_NONE "". */
struct str arena_str(struct arena *a, struct str s);
char *arena_cstr(struct arena *a, struct str s);
struct str arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
struct str arena_vprintf(struct arena *a, const char *fmt, va_list ap) PRINTF(2, 0);

/* Calls fn(arg) when the arena is reset or freed, last registered first; memory of the arena is
 * still there then. For what a result holds besides memory: a reference, a file. */
void arena_defer(struct arena *a, void (*fn)(void *), void *arg);

#endif
