/* map.h - a hash table from strings to pointers, for one owner.
 *
 * Keys are copied, values are the caller's. Open addressing with a random seed
 * per table, so that nobody outside can choose colliding keys.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map;

struct map *map_new(void);
void map_free(struct map *m, void (*free_value)(void *));	/* either may be NULL */
void *map_find(const struct map *m, struct str key);		/* NULL: it is not there */
/* Returns the value replaced, for the caller to free; NULL: the key is new. */
void *map_put(struct map *m, struct str key, void *value);
void *map_remove(struct map *m, struct str key);		/* returns its value, or NULL */
size_t map_count(const struct map *m);

/* The next key with its value, in no particular order; false: that were all. *at starts at 0.
 * The key is lent until it is removed; the map must not change meanwhile. */
bool map_each(const struct map *m, size_t *at, struct str *key, void **value);

#endif
