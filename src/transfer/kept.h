/* kept.h - texts that were deleted, or written over by a folder: as files, to be brought back.
 *
 * In the site's folder, kept/, one Markdown file each, as export writes it with some lines of
 * comment in its head, so that whoever has the folder has them, too. Each stays for KEPT_DAYS;
 * older ones go when another is kept. Blocking.
 */
#ifndef TRANSFER_KEPT_H
#define TRANSFER_KEPT_H

#include "content/post.h"

enum { KEPT_DAYS = 90 };

struct kept {
	const char *file;		/* its path */
	int64_t at;			/* since when */
	struct str address, title;
	struct str source_path, source_digest;	/* of the post; may be empty */
	struct str text;		/* as export writes it; of kept_find() only */
};

/* On the disk when it is true. The post is whole (post_by_id()). dir: the site's folder. */
MUST_CHECK bool kept_put(const char *dir, struct tx *tx, const struct post *p, const char *zone,
			 struct fail *f);

/* The newest of that address; FAIL_NOT_FOUND. */
MUST_CHECK bool kept_find(struct arena *a, const char *dir, struct str address, struct kept *ret,
			  struct fail *f);

/* The newest ones, newest first. */
MUST_CHECK bool kept_list(struct arena *a, const char *dir, size_t limit, struct kept **ret,
			  size_t *n, struct fail *f);

/* It was brought back. */
MUST_CHECK bool kept_forget(const struct kept *k, struct fail *f);

#endif
