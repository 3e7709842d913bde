/* disk.h - finished pages that outlive the process: a file of records for each site.
 *
 * A record (cache/roll.h) carries all that makes it an entry again, its key and
 * dependencies too, so it is the truth by itself: the key is compared, freshness is asked
 * before anything is unpacked, the checksum is proved. What is missing, torn or of another
 * key is a miss. The folder may be deleted at any moment. Pages as files that any server
 * can serve: cache/statics.h.
 *
 * A page is saved packed. Once somebody has asked for its plain form, that is saved beside it,
 * because unpacking costs more than all the rest of an answer; who takes gzip pays nothing for it.
 *
 * Records are never synced (it is a cache). Only entries with status 200 are saved. A bounded
 * number of files is kept open (cache/rolls.h). Any thread, several processes; blocking but
 * for disk_glance().
 */
#ifndef CACHE_DISK_H
#define CACHE_DISK_H

#include "cache/memory.h"

struct disk;

struct disk *disk_new(const char *dir, const struct gens *gens);
void disk_free(struct disk *d);			/* NULL is fine */

/* A fresh entry of that key, in the key's form only; one reference for the caller; NULL: a miss. */
struct entry *disk_load(struct disk *d, const struct cache_key *k);
/* The same for a loop: NULL also where it would have to wait, open a file or unpack. */
struct entry *disk_glance(struct disk *d, const struct cache_key *k);
/* With all its forms, and nothing saved, for who compares or copies. */
struct entry *disk_load_whole(struct disk *d, const struct cache_key *k);

/* False: it could not be written (the caller goes on without). */
bool disk_save(struct disk *d, const struct cache_key *k, const struct entry *e, struct fail *f);

/* Pages of a site that are written together, for who makes all of them: some hundred KiB by one
 * call. Nobody finds them before that. One thread. */
struct disk_batch;
struct disk_batch *disk_batch_new(struct disk *d, uint64_t site);
MUST_CHECK bool disk_batch_save(struct disk_batch *b, const struct cache_key *k,
				const struct entry *e, struct fail *f);
MUST_CHECK bool disk_batch_end(struct disk_batch *b, struct fail *f);	/* writes what is left */

/* There is no file for that site: whoever is about to make all of its pages need not look. */
bool disk_is_empty(struct disk *d, uint64_t site);

MUST_CHECK bool disk_drop_site(struct disk *d, uint64_t site, struct fail *f);
MUST_CHECK bool disk_drop_all(struct disk *d, struct fail *f);

/* Makes a site's file as small as what is fresh in it. counts may be NULL. */
struct disk_count {
	uint64_t kept;		/* pages */
	uint64_t bytes;		/* of theirs, in all forms */
	uint64_t removed;	/* stale or torn ones */
};
MUST_CHECK bool disk_sweep(struct disk *d, uint64_t site, struct disk_count *counts,
			   struct fail *f);

#endif
