/* import.c - the order of things: plan, compare, render ahead on all cores, write. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include "base/date.h"
#include "base/file.h"
#include "base/mem.h"
#include "content/address.h"
#include "transfer/import_inside.h"
#include "transfer/import_redirects.h"
#include "work/thread.h"

/* Posts a transaction; jobs that are begun and not written yet, which is what memory is for;
 * posts from which on it is bulk work, and from which on larger pages are worth their room. */
enum { BATCH = 1000, AHEAD = 300, REORDER_FROM = 50, WIDE_FROM = 1000 };
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

/* --- what is to be done --- */

static bool is_wanted(const struct plan_item *it)
{
	return it->is_read && !it->doc.is_hidden && it->doc.address.n;
}

/* Files of ours that are gone, by what they held and by where their posts are: one of
 * them may be here again under another name. */
struct gone {
	struct map *by_bytes, *by_address;
};

static bool is_gone(const struct run *run, const struct import_known *k)
{
	const struct plan_item *it = plan_find(&run->im->plan, k->file);

	return k->is_ours && !k->is_guest && !k->is_claimed &&
	       (!it || (it->is_read && !is_wanted(it)));
}

static struct gone find_gone(const struct run *run)
{
	struct gone g = { map_new(), map_new() };
	size_t i;

	for (i = 0; i < run->known.n; i++) {
		struct import_known *k = run->known.all[i];

		if (!is_gone(run, k))
			continue;
		map_put(g.by_bytes, k->bytes, k);
		map_put(g.by_address, k->path, k);
	}
	return g;
}

/* The post that a file goes on as; NULL: it is new. */
static struct import_known *post_of(const struct run *run, const struct gone *g,
				    const struct plan_item *it)
{
	struct import_known *k = map_find(run->known.by_file, it->doc.path);
	char bytes[DIGEST_HEX_LEN + 1];

	if (k)
		return k;
	digest_hex(&it->doc.digest, bytes);
	k = map_find(g->by_bytes, str_of(bytes));
	if (!k || k->is_claimed)
		k = map_find(g->by_address, it->doc.address);
	return k && !k->is_claimed ? k : NULL;
}

static bool is_as_it_was(const struct run *run, const struct import_known *k,
			 const struct plan_item *it)
{
	return k && str_eq(k->stamp, str_of(it->stamp)) && str_eq(k->file, it->doc.path) &&
	       str_eq(k->folder, str_of(run->im->folder));
}

/* Saved on the site by itself since, while its file is as it was: the site's text stays. Only
 * where it comes from is noted when the folder has another name. */
static bool stays(struct run *run, struct import_known *k, const struct plan_item *it)
{
	char bytes[DIGEST_HEX_LEN + 1];
	struct fail why = FAIL_INIT;

	digest_hex(&it->doc.digest, bytes);
	if (!k || !k->since || !str_eq(k->bytes, str_of(bytes)))
		return false;
	fail(&why, FAIL_CONFLICT, "this text was changed on the site since (%.*s); the site's "
	     "stays until the file changes, too", STR_ARG(k->path));
	receipt_complain(run->receipt, it->doc.path, 0, &why);
	run->receipt->unchanged++;
	if (!str_eq(k->file, it->doc.path) || !str_eq(k->folder, str_of(run->im->folder)))
		k->moved_to = it->doc.path;
	return true;
}

static int64_t job_date(const struct import_job *j)
{
	if (j->item->doc.has_date)
		return j->item->doc.date;
	return j->known_date ? j->known_date : j->item->mtime_ns / 1000000000;
}

static int by_date(const void *x, const void *y)
{
	const struct import_job *a = x, *b = y;
	int64_t at = job_date(a), other = job_date(b);

	if (at != other)
		return at < other ? -1 : 1;
	return str_cmp(a->item->doc.address, b->item->doc.address);
}

/* Oldest first, whatever the files are called: lists grow at their end, posts relate to
 * those before them, and the same texts make the same site wherever they come from. */
static void find_work(struct run *run)
{
	const struct plan *plan = &run->im->plan;
	struct gone gone = find_gone(run);
	size_t i;

	run->jobs = mem_array(plan->n + 1, sizeof *run->jobs);
	for (i = 0; i < plan->n; i++) {
		struct plan_item *it = plan->items[i];
		struct import_known *k;

		if (!is_wanted(it))
			continue;
		k = post_of(run, &gone, it);
		if (k)
			k->is_claimed = true;
		if (stays(run, k, it))
			continue;
		if (is_as_it_was(run, k, it))
			run->receipt->unchanged++;
		else
			run->jobs[run->n++] = (struct import_job){
				.shared = &run->im->jobs, .item = it, .id = k ? k->id : 0,
				.known_date = k ? k->published_at : 0,
			};
	}
	map_free(gone.by_bytes, NULL);
	map_free(gone.by_address, NULL);
	qsort(run->jobs, run->n, sizeof *run->jobs, by_date);
}

/* --- writing one --- */

/* A post without a date keeps the one it got, or gets that of its file. */
static int64_t date_of_job(struct run *run, const struct import_job *j)
{
	struct fail why = FAIL_INIT;

	if (!j->doc.has_date && j->doc.is_post && !j->doc.is_draft) {
		fail(&why, FAIL_INVALID,
		     "this post has no date; the day its file was changed is taken");
		receipt_complain(run->receipt, j->doc.path, j->doc.title_line, &why);
	}
	return job_date(j);
}

/* What concerns one text only is told; what concerns the site ends the run. */
static bool is_of_one_text(enum fail_code code)
{
	return code == FAIL_INVALID || code == FAIL_CONFLICT || code == FAIL_TOO_LARGE ||
	       code == FAIL_NOT_FOUND;
}

/* Its own part of the transaction, so that an error in it undoes nothing else. */
static bool put_apart(struct run *run, struct tx *tx, struct import_job *j)
{
	if (!tx_part_begin(tx, run->f))
		return false;
	if (import_inside_put(run, tx, NULL, j))
		return tx_part_keep(tx, run->f);
	tx_part_drop(tx);
	if (!is_of_one_text(run->f->code))
		return false;
	receipt_complain(run->receipt, j->doc.path, j->doc.title_line, run->f);
	fail_clear(run->f);
	j->is_ok = false;
	return true;
}

/* --- all of them --- */

static void submit_up_to(struct run *run, size_t end)
{
	for (; run->submitted < run->n && run->submitted < end; run->submitted++) {
		struct import_job *j = &run->jobs[run->submitted];

		if (!run->pool || !pool_submit(run->pool, import_job_run, j))
			import_job_run(j);
	}
}

static void finish_job(struct run *run, size_t at)
{
	if (run->o->progress)
		run->o->progress(run->o->progress_ctx, at + 1, run->n);
}

/* Ready to be written: rendered, and with its date. Those behind it go on. */
static struct import_job *settle_job(struct run *run, size_t at)
{
	struct import_job *j = &run->jobs[at];

	submit_up_to(run, at + AHEAD);
	import_job_wait(j);
	if (j->is_ok)
		j->date = date_of_job(run, j);
	return j;
}

/* Its transaction was lost after it had been let go. What there was to complain of is told
 * once (receipt_sort). */
static void renew_job(struct import_job *j)
{
	if (j->arena)
		return;
	*j = (struct import_job){ .shared = j->shared, .item = j->item, .id = j->id,
				  .known_date = j->known_date };
	import_job_run(j);
}

/* The first texts of a folder: all of the site is new. */
static bool is_first(const struct run *run)
{
	return map_count(run->known.by_file) == 0;
}

static bool put_each(struct run *run, struct tx *tx, size_t from, size_t to, bool apart)
{
	struct edit_batch *batch = apart ? NULL : run->batch;
	size_t i;

	if (batch && !edit_batch_begin(batch, tx, run->f))
		return false;
	for (i = from; i < to; i++) {
		struct import_job *j = settle_job(run, i);

		if (j->is_ok && !(apart ? put_apart(run, tx, j)
					: import_inside_put(run, tx, batch, j)))
			return false;
		import_job_release(j);
	}
	return !batch || edit_batch_write(batch, tx, run->f);
}

static bool write_jobs(struct run *run, size_t from, size_t to, bool apart)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct tx *whole;

	if (!import_inside_write_tx(run, &tx))
		return false;
	if (run->batch)				/* nobody is told of each place */
		tx_raise_all(tx);
	if (!put_each(run, tx, from, to, apart))
		return false;
	whole = tx;
	tx = NULL;
	return import_inside_commit(&run->im->site, whole, run->f);
}

static void count_job(struct run *run, size_t at)
{
	const struct import_job *j = &run->jobs[at];

	run->receipt->refused += !j->is_ok;
	run->receipt->created += j->is_ok && j->id == 0;
	run->receipt->changed += j->is_ok && j->id != 0;
	finish_job(run, at);
}

/* Parts are dear: each one makes the search index write what it holds back, a quarter of an
 * import. So a batch goes without them, and once more with them where a text has an error. */
bool import_inside_write(struct run *run, size_t from, size_t to)
{
	size_t i;

	if (!write_jobs(run, from, to, false)) {
		if (!is_of_one_text(run->f->code))
			return false;
		fail_clear(run->f);
		import_jobs_forget(&run->im->jobs);
		if (run->batch)
			edit_batch_forget(run->batch);
		for (i = from; i < run->submitted && i < to; i++) {
			import_job_wait(&run->jobs[i]);
			renew_job(&run->jobs[i]);
		}
		if (!write_jobs(run, from, to, true))
			return false;
	}
	for (i = from; i < to; i++)
		count_job(run, i);
	return true;
}

static bool pretend_batch(struct run *run, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++) {
		import_job_release(settle_job(run, i));
		count_job(run, i);
	}
	return true;
}

static bool do_all(struct run *run)
{
	size_t at, end;
	bool done = true;

	for (at = 0; done && at < run->n; at = end) {
		end = at + BATCH < run->n ? at + BATCH : run->n;
		done = run->o->dry_run ? pretend_batch(run, at, end)
				       : import_inside_write(run, at, end);
	}
	return done;
}

static bool write_end(struct run *run)
{
	struct tx *tx;
	bool done;

	if (run->o->dry_run || (run->n < REORDER_FROM && run->receipt->created == 0) ||
	    (run->batch && edit_batch_is_in_order(run->batch)))
		return true;
	if (!import_inside_write_tx(run, &tx))
		return false;
	done = map_count(run->known.by_file) ? edit_settle(tx, &run->im->site.rules, run->f)
					     : edit_arrange(tx, &run->im->site.rules, run->f);
	if (!done)
		tx_rollback(tx);
	return done && import_inside_commit(&run->im->site, tx, run->f);
}

/* --- files that are gone --- */

static bool remove_post(struct run *run, struct tx **tx, const struct import_known *k)
{
	run->receipt->removed++;
	if (run->o->dry_run)
		return true;
	return (*tx || import_inside_write_tx(run, tx)) &&
	       (!k->since || import_inside_keep(run->im, *tx, k->id, run->f)) &&
	       edit_remove(*tx, &run->im->site.rules, k->id, run->f);
}

/* Editors move a file away and write it anew; meanwhile its post stays. */
static bool is_lost(struct run *run, struct seen *seen)
{
	int64_t now = clock_ns();

	if (seen->away_ns == 0)
		seen->away_ns = now;
	if (now - seen->away_ns >= IMPORT_AWAY_MS * 1000000LL)
		return true;
	run->im->is_waiting = true;
	return false;
}

/* A post whose file is gone: removed, or told. */
static bool handle_gone(struct run *run, struct tx **tx, const struct import_known *k)
{
	struct seen *seen = run->o->prune_seen ? map_find(run->im->seen, k->file) : NULL;
	struct fail why = FAIL_INIT;

	run->receipt->missing++;
	if (run->o->prune)
		return remove_post(run, tx, k);
	if (seen)
		return !is_lost(run, seen) || remove_post(run, tx, k);
	if (run->o->prune_seen && map_count(run->im->seen))
		return true;			/* told by the first run */
	fail(&why, FAIL_NOT_FOUND, "this file is gone; its text is still at %.*s (hameau import "
	     "--prune removes it)", STR_ARG(k->path));
	receipt_complain(run->receipt, k->file, 0, &why);
	return true;
}

static void note_seen(struct run *run)
{
	const struct plan *plan = &run->im->plan;
	size_t i;

	for (i = 0; i < plan->n; i++) {
		struct str path = plan->items[i]->doc.path;
		struct seen *seen;

		if (!is_wanted(plan->items[i]))
			continue;
		seen = map_find(run->im->seen, path);
		if (!seen) {
			seen = ARENA_NEW(run->im->arena, struct seen);
			map_put(run->im->seen, path, seen);
		}
		seen->away_ns = 0;
	}
}

/* Before anything is written: a new text may want the address of one that went. */
static bool handle_missing(struct run *run)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct fail why = FAIL_INIT;
	struct tx *whole;
	size_t i;

	if (run->im->plan.n == 0 && map_count(run->known.by_file)) {
		fail(&why, FAIL_NOT_FOUND, "the folder holds no text at all; nothing is removed");
		receipt_complain(run->receipt, STR_NONE, 0, &why);
		return true;
	}
	for (i = 0; i < run->known.n; i++)
		if (is_gone(run, run->known.all[i]) && !handle_gone(run, &tx, run->known.all[i]))
			return false;
	note_seen(run);
	whole = tx;
	tx = NULL;
	return !whole || import_inside_commit(&run->im->site, whole, run->f);
}

/* Texts that stay as the site has them, of a folder with another name. */
static bool relocate(struct run *run)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct tx *whole;
	size_t i;

	for (i = 0; i < run->known.n && !run->o->dry_run; i++) {
		const struct import_known *k = run->known.all[i];

		if (k->moved_to.n == 0)
			continue;
		if ((!tx && !import_inside_write_tx(run, &tx)) ||
		    !edit_source(tx, k->id, import_known_place(a, run->im->folder, k->moved_to),
				 import_known_stamp(a, k->stamp, k->bytes, k->since), run->f))
			return false;
	}
	whole = tx;
	tx = NULL;
	return !whole || tx_commit(whole, run->f);
}

/* --- the run --- */

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
	    !pool_new("import", threads, AHEAD, 0, &run->pool, run->f))
		return false;
	if (is_first(run))
		run->batch = edit_batch_new(&run->im->site.rules);
	run->im->jobs.count_words = run->batch && db_is_bulk(run->im->site.db)
		&& !run->o->dry_run;
	done = do_all(run) && write_end(run);
	edit_batch_free(run->batch);
	run->batch = NULL;
	pool_free(run->pool);			/* finishes what was submitted */
	return done;
}

static bool write_all(struct run *run, int threads)
{
	struct db *db = run->im->site.db;
	bool is_bulk = run->n >= REORDER_FROM, done;

	if (is_first(run) && run->n >= WIDE_FROM && !run->o->dry_run && !db_widen(db, run->f))
		return false;
	if (is_bulk)
		db_bulk(db, true);
	done = handle_missing(run) && relocate(run) && run_with_pool(run, threads) &&
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
	if (!plan_read(plan, run->receipt, threads, is_first(run), run->f))
		return false;
	run->receipt->is_left = run->o->most && plan->n > run->o->most;
	if (run->receipt->is_left)
		return true;
	tell_moved(run);
	find_work(run);
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
bool import_inside_lock(const char *dir, int *ret, struct fail *f)
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
	if (!o->dry_run && !import_inside_lock(im->site.dir, &lock, run.f))
		return false;
	r->is_dry = o->dry_run;
	im->is_waiting = im->is_settled = false;
	if (!import_inside_begin(im, run.f)
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
