/* import_inside.h - what the parts of an import share; nobody else includes it. */
#ifndef TRANSFER_IMPORT_INSIDE_H
#define TRANSFER_IMPORT_INSIDE_H

#include <limits.h>
#include "transfer/import_job.h"
#include "transfer/import_known.h"
#include "work/pool.h"

struct import {
	struct import_site site;
	bool asks_clock;
	struct plan plan;
	struct import_jobs jobs;
	struct arena *arena;
	struct map *seen;		/* texts of the site in some run: file -> struct seen */
	bool is_waiting;
	bool is_settled;		/* the last whole run went through */
	char folder[PATH_MAX];		/* its real path: the name of the import */
};

struct seen {
	int64_t away_ns;		/* since when; 0: it is there */
};

/* One run. */
struct run {
	struct import *im;
	const struct import_options *o;
	struct receipt *receipt;
	struct import_site_state known;
	struct pool *pool;		/* NULL: on this thread */
	struct import_job *jobs;
	size_t n, submitted;
	struct edit_batch *batch;	/* of a first import; else NULL */
	struct fail *f;
};

/* Writes some of the jobs, in one transaction, and begins those behind them meanwhile; each is
 * let go when it was written. What concerns one text only is told; false ends the run. */
MUST_CHECK bool import_inside_write(struct run *run, size_t from, size_t to);

/* Before anything is read: the clock, and the settings that texts are read by. */
MUST_CHECK bool import_inside_begin(struct import *im, struct fail *f);
/* A transaction that writes, by the settings as they are in it. */
MUST_CHECK bool import_inside_write_tx(struct run *run, struct tx **ret);
/* Its commit, where posts that lists show have changed. */
MUST_CHECK bool import_inside_commit(const struct import_site *site, struct tx *tx,
				     struct fail *f);

/* One text, all that belongs to it. What the site has of it by itself is kept and told. */
MUST_CHECK bool import_inside_put(struct run *run, struct tx *tx, struct edit_batch *batch,
				  struct import_job *j);

/* What is written of a job that is done, but for where it came from. Lives as long as it. */
struct post_edit import_inside_edit(const struct import *im, const struct import_job *j);
/* edit_put() and the media. */
MUST_CHECK bool import_inside_write_one(struct import *im, struct tx *tx, struct edit_batch *batch,
					struct import_job *j, const struct post_edit *edit,
					struct fail *f);

/* Would the edit leave the post as it is? (Not: where it came from.) */
MUST_CHECK bool import_inside_is_same(struct tx *tx, const struct post_edit *edit,
				      const struct post *p, bool *ret, struct fail *f);

/* Keeps the text of the post as it is now (transfer/kept.h). */
MUST_CHECK bool import_inside_keep(const struct import *im, struct tx *tx, int64_t id,
				   struct fail *f);

/* One import into a site at a time: the lock ends when *ret is closed. */
MUST_CHECK bool import_inside_lock(const char *dir, int *ret, struct fail *f);

#endif
