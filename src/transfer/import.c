/* import.c - the order of things: plan, compare, render ahead on all cores, write. */
#include "transfer/import_impl.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include "base/date.h"
#include "base/file.h"
#include "base/mem.h"
#include "transfer/import_redirects.h"
#include "work/thread.h"

/* Posts from which on larger pages are worth their room. */
enum { WIDE_FROM = 1000 };
enum { LOCK_POLL_MS = 50, LOCK_WAIT_MS = 60 * 1000 };

struct import *import_new(const struct import_site *site, const char *folder)
{
	struct import *im = MEM_NEW(struct import);

	im->site = *site;
	im->asks_clock = site->rules.now == 0;
	if (folder && !realpath(folder, im->folder))
		snprintf(im->folder, sizeof im->folder, "%s", folder);	/* the run complains */
	plan_init(&im->plan, folder, site->rules.zone);
	import_jobs_init(&im->jobs, &im->site);
	im->arena = arena_new(0);
	im->seen = map_new();
	return im;
}

void import_free(struct import *im)
{
	if (!im)
		return;
	map_free(im->seen, NULL);
	arena_free(im->arena);
	import_jobs_release(&im->jobs);
	plan_release(&im->plan);
	mem_free(im);
}

void import_freep(struct import **im)
{
	import_free(*im);
}

static bool is_taken(void *ctx, struct str path)
{
	return import_known_is_taken(ctx, path);
}

static void tell_moved(struct run *run)
{
	struct fail why = FAIL_INIT;

	if (run->known.moved_from.n == 0)
		return;
	fail(&why, FAIL_CONFLICT,
	     "this folder was %.*s before; its texts on the site (%zu) go on here",
	     STR_ARG(run->known.moved_from), run->known.n_moved);
	receipt_complain(run->receipt, STR_NONE, 0, &why);
}

static bool run_with_pool(struct run *run, int threads)
{
	bool done;

	if (threads > 1 && run->n > 8 &&
	    !pool_new("import", threads, IMPORT_IMPL_AHEAD, 0, &run->pool, run->f))
		return false;
	if (import_impl_is_first(run))
		run->batch = edit_batch_new(&run->im->site.rules);
	run->im->jobs.count_words = run->batch && db_is_bulk(run->im->site.db)
		&& !run->o->dry_run;
	done = import_impl_write_all(run) && import_impl_write_end(run);
	edit_batch_free(run->batch);
	run->batch = NULL;
	pool_free(run->pool);			/* finishes what was submitted */
	return done;
}

static bool write_all(struct run *run, int threads)
{
	struct db *db = run->im->site.db;
	bool is_bulk = run->n >= IMPORT_IMPL_BULK, done;

	if (import_impl_is_first(run) && run->n >= WIDE_FROM && !run->o->dry_run
	    && !db_widen(db, run->f))
		return false;
	if (is_bulk)
		db_bulk(db, true);
	done = import_impl_go(run) && import_impl_relocate(run) &&
	       run_with_pool(run, threads) &&
	       import_redirects(db, &run->im->plan, run->receipt, run->o->dry_run, run->f) &&
	       (!is_bulk || db_sync(db, run->f));
	if (is_bulk)
		db_bulk(db, false);
	return done;
}

static bool run_all(struct run *run, int threads)
{
	struct plan *plan = &run->im->plan;
	size_t i;
	bool done;

	plan->is_taken = is_taken;
	plan->taken_ctx = &run->known;
	run->im->jobs.plan = plan;
	run->im->jobs.receipt = run->receipt;
	run->im->jobs.dry_run = run->o->dry_run;
	if (!plan_read(plan, run->receipt, threads, import_impl_is_first(run), run->f))
		return false;
	run->receipt->is_left = run->o->most && plan->n > run->o->most;
	if (run->receipt->is_left)
		return true;
	tell_moved(run);
	import_impl_find_work(run);
	done = write_all(run, threads);
	if (!done)
		import_jobs_forget(&run->im->jobs);
	for (i = 0; i < run->n; i++)
		import_job_release(&run->jobs[i]);
	mem_free(run->jobs);
	plan_drop_wholes(plan);
	return done;
}

/* One import into a site at a time, whichever process it runs in: two would each take the
 * same files for new. The lock ends with the process, however that ends. */
bool import_impl_lock(const char *dir, int *ret, struct fail *f)
{
	CLEANUP(fd_close) int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int waited;

	if (fd < 0)
		return fail_errno(f, "cannot open %s", dir);
	for (waited = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; waited += LOCK_POLL_MS) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return fail_errno(f, "cannot lock %s", dir);
		if (waited >= LOCK_WAIT_MS)
			return fail(f, FAIL_BUSY, "another import into this site is running; "
				    "try again when it is done");
		nanosleep(&(struct timespec){ 0, LOCK_POLL_MS * 1000000 }, NULL);
	}
	*ret = fd;
	fd = -1;
	return true;
}

bool import_run(struct import *im, const struct import_options *o, struct receipt *r,
		struct fail *f)
{
	int threads = o->threads > 0 ? o->threads : thread_cores();
	struct run run = { .im = im, .o = o, .receipt = r, .f = f };
	CLEANUP(fd_close) int lock = -1;
	struct fail none = FAIL_INIT;
	bool done;

	if (!f)
		run.f = &none;
	if (!o->dry_run && !import_impl_lock(im->site.dir, &lock, run.f))
		return false;
	r->is_dry = o->dry_run;
	im->is_waiting = im->is_settled = false;
	if (!import_impl_begin(im, run.f)
	    || !import_known_load(im->site.db, im->folder, &run.known, run.f))
		return false;
	done = run_all(&run, threads);
	import_known_release(&run.known);
	receipt_sort(r);
	im->is_settled = done && !o->dry_run && !im->is_waiting;
	return done;
}

bool import_is_waiting(const struct import *im)
{
	return im->is_waiting;
}
