/* import_inside.h - what import.c and import_saved.c share; nobody else includes it. */
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

/* One import into a site at a time: the lock ends when *ret is closed. */
MUST_CHECK bool import_inside_lock(const char *dir, int *ret, struct fail *f);

#endif
