/* statics.h - a site's pages as real files, which any server can serve.
 *
 *	DIR/<site>/<path>/index.html and index.html.gz		a path that ends in '/'
 *	DIR/<site>/<path> and <path>.gz				any other (feed.xml)
 *
 * Written when somebody asks for it (hameau cache warm --files); Hameau itself never serves
 * them. The .gz file carries in its FEXTRA field its key and dependencies, so that what is
 * stale is found again without rendering. The folder may be deleted at any moment.
 *
 * Files are written aside and renamed, never synced. Names from outside: see
 * statics_name(). Blocking; any thread.
 */
#ifndef CACHE_STATICS_H
#define CACHE_STATICS_H

#include "cache/memory.h"

struct statics {
	const char *dir;
	const struct gens *gens;
};

/* Both files are there, and what they show is unchanged. */
bool statics_has(const struct statics *st, const struct cache_key *k);

MUST_CHECK bool statics_save(const struct statics *st, const struct cache_key *k,
			     const struct entry *e, struct fail *f);

MUST_CHECK bool statics_drop_site(const struct statics *st, uint64_t site, struct fail *f);
MUST_CHECK bool statics_drop_all(const struct statics *st, struct fail *f);

/* Removes what is stale, torn or left over from a crash, with the folders left empty.
 * *removed: files; may be NULL. */
MUST_CHECK bool statics_sweep(const struct statics *st, uint64_t site, uint64_t *removed,
			      struct fail *f);

/* Appends the file name (without .gz) of a key, below DIR. One key, one name: bytes of the
 * path stand as they are, but for '%' and what could mean something (a dot in front,
 * control bytes, '\\', ':' '*' '?' '"' '<' '>' '|', ".gz" or '~' at the end, the name
 * index.html itself), which become %XX; components that grow too long end in a digest; a language
 * is "%~fr" behind the name. False: no such name (not starting with '/', too deep or long). */
MUST_CHECK bool statics_name(const struct cache_key *k, struct buf *out);

#endif
