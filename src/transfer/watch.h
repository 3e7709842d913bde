/* watch.h - the folder is the source: what is saved there is on the site at once.
 *
 * Waits for changes (inotify, the whole folder), lets them settle for some
 * milliseconds, and runs the import. Files that go while it
 * watches take their posts along; what was gone before is only told. Blocks until told
 * to stop.
 */
#ifndef TRANSFER_WATCH_H
#define TRANSFER_WATCH_H

#include "transfer/import.h"

struct watch_hooks {
	void *ctx;
	/* After each run; why: what went wrong with the whole of it, or NULL. The first call
	 * is for the run at the start. */
	void (*ran)(void *ctx, const struct receipt *r, const struct fail *why,
		    int64_t nanoseconds);
	/* Asked once a second and whenever a signal came. */
	bool (*is_over)(void *ctx);
};

/* Returns true when it is over. */
MUST_CHECK bool watch_run(struct import *im, const char *folder, const struct watch_hooks *hooks,
			  struct fail *f);

#endif
