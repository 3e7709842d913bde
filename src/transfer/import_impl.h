/* import_impl.h - what the parts of an import share; nobody else includes it. */
#ifndef TRANSFER_IMPORT_IMPL_H
#define TRANSFER_IMPORT_IMPL_H

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
	int64_t ahead;			/* bytes of the texts that are begun and not written */
	struct edit_batch *batch;	/* of a first import; else NULL */
	struct fail *f;
};

/* Jobs that are begun and not written yet, at most; posts from which on it is bulk work. */
enum { IMPORT_IMPL_AHEAD = 1000, IMPORT_IMPL_BULK = 50 };

/* --- import_work.c --- */

/* Is it a text for the site: read, not hidden, with an address? */
bool import_impl_is_wanted(const struct plan_item *it);
/* Is it a post of ours whose file is there no more, and which goes on as no other file? */
bool import_impl_is_gone(const struct run *run, const struct import_known *k);
/* When its post came out: as the text says, else as the post had it, else when the file was
 * changed. */
int64_t import_impl_date(const struct import_job *j);
/* Fills the jobs, oldest first; claims the posts that they go on as. */
void import_impl_find_work(struct run *run);

/* --- import_gone.c --- */

/* Posts whose files are gone: removed, kept for a while, or told. Before anything is written: a
 * new text may want the address of one that went. */
MUST_CHECK bool import_impl_go(struct run *run);
/* Notes where texts come from now that stay as the site has them. */
MUST_CHECK bool import_impl_relocate(struct run *run);

/* --- import_write.c --- */

/* The first texts of a folder: all of the site is new. */
bool import_impl_is_first(const struct run *run);
/* Writes all jobs, or pretends to. */
MUST_CHECK bool import_impl_write_all(struct run *run);
/* Puts lists and relations in order behind them. */
MUST_CHECK bool import_impl_write_end(struct run *run);
/* Writes some of the jobs, in one transaction, and begins those behind them meanwhile; each is
 * let go when it was written. What concerns one text only is told; false ends the run. */
MUST_CHECK bool import_impl_write(struct run *run, size_t from, size_t to);

/* Before anything is read: the clock, and the settings that texts are read by. */
MUST_CHECK bool import_impl_begin(struct import *im, struct fail *f);
/* A transaction that writes, by the settings as they are in it. */
MUST_CHECK bool import_impl_write_tx(struct run *run, struct tx **ret);
/* Its commit, where posts that lists show have changed. */
MUST_CHECK bool import_impl_commit(const struct import_site *site, struct tx *tx,
				   struct fail *f);

/* One text, all that belongs to it. What the site has of it by itself is kept and told. */
MUST_CHECK bool import_impl_put(struct run *run, struct tx *tx, struct edit_batch *batch,
				struct import_job *j);

/* What is written of a job that is done, but for where it came from. Lives as long as it. */
struct post_edit import_impl_edit(const struct import *im, const struct import_job *j);
/* edit_put() and the media. */
MUST_CHECK bool import_impl_write_one(struct import *im, struct tx *tx, struct edit_batch *batch,
				      struct import_job *j, const struct post_edit *edit,
				      struct fail *f);

/* Would the edit leave the post as it is? (Not: where it came from.) */
MUST_CHECK bool import_impl_is_same(struct tx *tx, const struct post_edit *edit,
				    const struct post *p, bool *ret, struct fail *f);

/* Keeps the text of the post as it is now (transfer/kept.h). */
MUST_CHECK bool import_impl_keep(const struct import *im, struct tx *tx, int64_t id,
				 struct fail *f);

/* One import into a site at a time: the lock ends when *ret is closed. */
MUST_CHECK bool import_impl_lock(const char *dir, int *ret, struct fail *f);

#endif
