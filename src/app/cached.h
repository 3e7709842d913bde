/* cached.h - finished pages: from memory, else from the disk level, in the form that is asked for.
 */
#ifndef APP_CACHED_H
#define APP_CACHED_H

#include "app/engine.h"

/* A page as it is asked for, and whose it is. */
struct cached_page {
	struct cache_name name;
	const struct site *site;	/* that the name shows */
};

/* A reference of a fresh page, or NULL: not there, or the disk would have to be waited for.
 * *source: the word for logs, where it came from. For loops. The site is asked for, by the name,
 * only where it has to be known. */
struct entry *cached_find(struct engine *e, const struct cache_name *n, const char **source);
/* The same, and waits. */
struct entry *cached_load(struct engine *e, const struct cached_page *p, const char **source);

/* Puts a page that was just made into memory. */
void cached_keep(struct engine *e, const struct cached_page *p, struct entry *made);

#endif
