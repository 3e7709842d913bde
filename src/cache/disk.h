/* disk.h - a site's pages as real files, true after a restart, servable by anything.
 *
 *	DIR/<site>/<path>/index.html and index.html.gz		a path that ends in '/'
 *	DIR/<site>/<path> and <path>.gz				any other (feed.xml)
 *
 * The .gz file carries in its FEXTRA field all that makes it an entry again, its key and
 * dependencies too, so one file is the truth: the key is compared, freshness is asked
 * before anything is unpacked, the checksum is proved. A file that is missing, torn or of
 * another key is a miss. The folder may be deleted at any moment.
 *
 * Files are written aside and renamed, never synced (it is a cache). Names from outside:
 * see disk_name(). Only entries with status 200 are saved. Blocking; any thread.
 */
#ifndef CACHE_DISK_H
#define CACHE_DISK_H

#include "cache/memory.h"

struct disk;

struct disk *disk_new(const char *dir, const struct gens *gens);
void disk_free(struct disk *d);			/* NULL is fine */

/* A fresh entry of that key, one reference for the caller; NULL: a miss. */
struct entry *disk_load(struct disk *d, const struct cache_key *k);

/* False: it could not be written (the caller goes on without). */
bool disk_save(struct disk *d, const struct cache_key *k, const struct entry *e, struct fail *f);
void disk_remove(struct disk *d, const struct cache_key *k);

MUST_CHECK bool disk_drop_site(struct disk *d, uint64_t site, struct fail *f);
MUST_CHECK bool disk_drop_all(struct disk *d, struct fail *f);

/* Removes what is stale, torn or left over from a crash, for those who serve the folder by
 * other means. counts may be NULL. */
struct disk_count {
	uint64_t kept;		/* answers */
	uint64_t bytes;		/* of theirs, packed */
	uint64_t removed;	/* files */
};
MUST_CHECK bool disk_sweep(struct disk *d, uint64_t site, struct disk_count *counts,
			   struct fail *f);

/* Appends the file name (without .gz) of a key, below DIR. One key, one name: bytes of the
 * path stand as they are, but for '%' and what could mean something (a dot in front,
 * control bytes, '\\', ':' '*' '?' '"' '<' '>' '|', ".gz" or '~' at the end, the name
 * index.html itself), which become %XX; components that grow too long end in a digest; a language
 * is "%~fr" behind the name. False: no such name (not starting with '/', too deep or long). */
MUST_CHECK bool disk_name(const struct cache_key *k, struct buf *out);

#endif
