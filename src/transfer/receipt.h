/* receipt.h - what an import did, or would do: numbers, and what it did not understand.
 *
 * Filled while the work goes on, from any of its threads; read when it is over.
 * A complaint is one sentence about one place of one file. The first thousands are
 * kept, the others only counted.
 */
#ifndef TRANSFER_RECEIPT_H
#define TRANSFER_RECEIPT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/map.h"
#include "work/mutex.h"

struct receipt_line {
	struct str file;		/* path in the folder; empty: the folder as a whole */
	int line;			/* 0: no line in particular */
	struct str text;
};

struct receipt {
	struct mutex lock;		/* over complaints */
	struct arena *arena;
	struct receipt_line *complaints;
	size_t n, cap;
	size_t more;			/* complaints that were not kept */
	struct map *things;		/* of receipt_complain_of(): thing -> number of complaint */
	struct str dialect;		/* "hugo", "jekyll", "zola", "hexo", "folder" */
	bool is_dry;
	bool is_left;			/* too much at once (import_options.most): not done */
	bool is_part;			/* of some saved texts: the others were not looked at */

	int64_t posts, pages, drafts;	/* in the folder; a draft counts as post or page too */
	int64_t images, redirects;	/* used by them */
	int64_t created, changed, unchanged;
	int64_t missing;		/* on the site, their file is no longer in the folder */
	int64_t removed;		/* of these, taken off the site */
	int64_t refused;		/* files with an error: the old text stays */
};

void receipt_init(struct receipt *r);
void receipt_release(struct receipt *r);

/* Keeps what f says; `file` and the text are copied. */
void receipt_complain(struct receipt *r, struct str file, int line, const struct fail *f);

/* About a thing that several files may use: told once, at the first place that wants it. To be
 * called before receipt_sort(), as all others are. */
void receipt_complain_of(struct receipt *r, struct str thing, struct str file, int line,
			 const struct fail *f);

/* Complaints in the order of files and lines, doubles dropped. */
void receipt_sort(struct receipt *r);

/* "file:line: sentence\n" for each complaint. */
void receipt_print(const struct receipt *r, struct buf *out);
/* One JSON object with all of it. */
void receipt_json(const struct receipt *r, struct buf *out);

#endif
