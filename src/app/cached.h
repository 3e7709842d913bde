/* cached.h - finished pages: from memory, else from the disk level, in the form that is asked for.
 */
#ifndef APP_CACHED_H
#define APP_CACHED_H

#include "app/engine.h"

/* A reference of a fresh page, or NULL. *source: the word for logs, where it came from. For
 * loops: NULL also where the disk would have to be waited for. */
struct entry *cached_find(struct engine *e, const struct cache_key *k, const char **source);
/* The same, and waits. */
struct entry *cached_load(struct engine *e, const struct cache_key *k, const char **source);

/* Puts a page that was just made into memory. */
void cached_keep(struct engine *e, const struct cache_key *k, struct entry *made);

#endif
