/* import_saved.c - texts that were saved, while all around them is known already.
 *
 * The plan of the last whole run still holds: each text is read again by itself, its post
 * is found by the file it came from, and it is written as ever.
 */
#include "base/file.h"
#include "content/post.h"
#include "transfer/import_impl.h"

enum { SAVED_MOST = 16 };		/* more: a whole run is no dearer and uses all cores */

/* The post of an item. False: another run must see to it. */
static bool find_post(struct run *run, struct arena *a, struct tx *tx, struct import_job *j,
		      bool *as_it_was)
{
	struct str place = import_known_place(a, run->im->folder, j->item->doc.path);
	struct post *p = NULL;
	struct str digest, stamp, bytes;
	char now[DIGEST_HEX_LEN + 1];
	enum import_known_since since;

	if (!post_by_source(a, tx, place, &j->id, &digest, run->f) || j->id == 0)
		return false;
	import_known_read_stamp(digest, &stamp, &bytes, &since);
	digest_hex(&j->item->doc.digest, now);
	*as_it_was = since ? str_eq(bytes, str_of(now)) : str_eq(stamp, str_of(j->item->stamp));
	if (j->item->doc.has_date)
		return true;
	if (!post_by_id(a, tx, j->id, &p, run->f) || !p)
		return false;
	j->known_date = p->published_at;
	return true;
}

/* Each text as a job, unless nothing changed in it. */
static bool find_jobs(struct run *run, const struct str *files, size_t n)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	size_t i;

	if (!tx_begin(run->im->site.db, TX_READ, &tx, run->f))
		return false;
	for (i = 0; i < n; i++) {
		struct import_job *j = &run->jobs[run->n];
		bool as_it_was;

		*j = (struct import_job){ .shared = &run->im->jobs };
		if (!plan_renew(&run->im->plan, run->receipt, files[i], &j->item) ||
		    !find_post(run, a, tx, j, &as_it_was))
			return false;
		if (as_it_was)
			run->receipt->unchanged++;
		else
			run->n++;
	}
	return true;
}

static void make_jobs(struct run *run)
{
	size_t i;

	run->im->jobs.plan = &run->im->plan;
	run->im->jobs.receipt = run->receipt;
	run->im->jobs.dry_run = false;
	for (i = 0; i < run->n; i++)
		import_job_run(&run->jobs[i]);
	run->submitted = run->n;
}

static bool write_saved(struct run *run)
{
	size_t i;
	bool ok;

	make_jobs(run);
	ok = import_impl_write(run, 0, run->n);
	if (!ok)
		import_jobs_forget(&run->im->jobs);
	for (i = 0; i < run->n; i++)
		import_job_release(&run->jobs[i]);
	return ok;
}

bool import_saved(struct import *im, const struct str *files, size_t n, bool *done,
		  struct receipt *r, struct fail *f)
{
	static const struct import_options whole;
	struct import_job jobs[SAVED_MOST];
	CLEANUP(fd_close) int lock = -1;
	struct fail none = FAIL_INIT;
	struct run run = { .im = im, .o = &whole, .receipt = r, .jobs = jobs,
			   .f = f ? f : &none };

	*done = false;
	if (!im->is_settled || n > SAVED_MOST)
		return true;
	if (!import_impl_lock(im->site.dir, &lock, run.f))
		return false;
	if (!import_impl_begin(im, run.f))
		return false;
	if (!find_jobs(&run, files, n)) {
		im->is_settled = false;
		fail_clear(run.f);
		return true;
	}
	r->is_part = true;
	if (run.n && !write_saved(&run))
		return false;
	*done = true;
	receipt_sort(r);
	return true;
}
