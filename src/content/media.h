/* media.h - the files of a site: pictures and whatever else posts link to.
 *
 * Files are kept by content digest in the site's folder (media/ab/<digest>), once
 * however often they are used; a row gives one an address, "/media/<digest8>/<name>",
 * that never changes its meaning and may be cached for ever. What identifies people
 * (EXIF, GPS) is removed on the way in.
 */
#ifndef CONTENT_MEDIA_H
#define CONTENT_MEDIA_H

#include "base/arena.h"
#include "store/tx.h"

struct medium {
	struct str path;		/* "/media/1f2e3d4c/pic.jpg" */
	struct str digest;		/* hex */
	struct str type;		/* "image/jpeg" */
	int64_t size;
	int width, height;		/* 0: not a picture */
};

struct media_place {
	const char *dir;		/* the site's folder */
	bool is_new;			/* nobody knows of the site yet: do not wait for the disk */
};

/* Cleans and stores the bytes (durably, but in a new place) and gives them their address; the
 * same bytes and name again cost a look. No transaction: may run beside others. */
MUST_CHECK bool media_store(struct arena *a, const struct media_place *at, struct str name,
			    struct str bytes, struct medium *ret, struct fail *f);
/* What media_store() would say of the bytes; nothing is written. */
MUST_CHECK bool media_try(struct arena *a, struct str name, struct str bytes, struct medium *ret,
			  struct fail *f);
/* Makes it known. */
MUST_CHECK bool media_put(struct tx *tx, const struct medium *m, struct fail *f);
/* *ret NULL: unknown. */
MUST_CHECK bool media_at(struct arena *a, struct tx *tx, struct str path, struct medium **ret,
			 struct fail *f);
const char *media_file(struct arena *a, const char *site_dir, struct str digest);

MUST_CHECK bool media_all(struct arena *a, struct tx *tx, struct str after, int limit,
			  struct medium **ret, size_t *n, struct fail *f);

#endif
