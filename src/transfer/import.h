/* import.h - a folder of Markdown becomes posts and pages of a site, again and again.
 *
 * Made for a folder and a site, and run as often as one likes: each run looks at the
 * folder, renders what is new or changed on all cores, and writes it in transactions of
 * a thousand posts. What has an error is told and the old text stays. Posts that
 * were not imported are never touched.
 */
#ifndef TRANSFER_IMPORT_H
#define TRANSFER_IMPORT_H

#include "content/edit.h"
#include "transfer/receipt.h"

struct catalog;
struct registry;

struct import_site {
	struct db *db;			/* nobody else uses it during a run */
	struct registry *registry;	/* where the host learns of its posts (announce_mark());
					   NULL: nobody knows of the site */
	bool is_hasty;			/* the caller syncs the disk before he says it is done, and
					   has told db: db_hasten() */
	const char *dir;		/* the site's folder, for its media */
	bool is_new;			/* nobody knows of it: nothing waits for the disk, the
					   caller sees to that before anybody does */
	struct edit_rules rules;	/* of the settings, as is lang: each run takes them anew.
					   zone is also that of dates without one; now == 0: the
					   clock's, at each run */
	struct str lang;
	/* The words of a language; any thread. NULL: English. */
	const struct catalog *(*catalog)(void *ctx, struct str lang);
	void *ctx;
};

struct import_options {
	bool dry_run;			/* the same receipt, nothing written */
	bool prune;			/* posts whose file is gone are removed (410) */
	bool prune_seen; /* those only whose file an earlier run of this import saw, and
			    that stays away: an editor may be about to put it back */
	size_t most;			/* with more texts than this nothing is done, and the
					   receipt says is_left; 0: any number */
	int threads;			/* 0: as many as there are cores */
	void (*progress)(void *ctx, size_t done, size_t all);	/* may be NULL */
	void *progress_ctx;
};

struct import;

enum { IMPORT_AWAY_MS = 400 };		/* a file is given up for lost after that long */

/* site and what it points to outlive the import; folder is copied. */
struct import *import_new(const struct import_site *site, const char *folder);
void import_free(struct import *im);		/* NULL is fine */
void import_freep(struct import **im);		/* for CLEANUP */

/* What is wrong with single files is on the receipt; false is for what concerns all
 * (no such folder, a full disk): what was written so far stays. Waits for another import
 * into the site, but not for ever (FAIL_BUSY). */
MUST_CHECK bool import_run(struct import *im, const struct import_options *o, struct receipt *r,
			   struct fail *f);

/* Only these texts of the folder were saved since the last whole run (paths in the folder).
 * *done: that is all there was to do, and only they were read and written, whatever the size
 * of folder and site. Not *done: something else follows from it (a new text, another address,
 * an error); import_run() is to look, and r is void. */
MUST_CHECK bool import_saved(struct import *im, const struct str *files, size_t n, bool *done,
			     struct receipt *r, struct fail *f);

/* Did a file go in the last run that may come back? Then another should follow soon. */
bool import_is_waiting(const struct import *im);

#endif
