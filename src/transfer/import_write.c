/* import_write.c - batches of texts: rendered ahead, each written in one transaction. */
#include "transfer/import_impl.h"
#include "content/address.h"

/* Posts a transaction, and of the last ones. */
enum { BATCH = 1000, LAST_BATCH = 128 };
/* Bytes of texts that are begun and not written. Rendered they take some eight times as much,
 * until they are written: this is what an import's memory is for. */
enum { AHEAD_BYTES = 4 << 20 };

/* A post without a date keeps the one it got, or gets that of its file. */
static int64_t date_of_job(struct run *run, const struct import_job *j)
{
	struct fail why = FAIL_INIT;

	if (!j->doc.has_date && j->doc.is_post && !j->doc.is_draft) {
		fail(&why, FAIL_INVALID,
		     "this post has no date; the day its file was changed is taken");
		receipt_complain(run->receipt, j->doc.path, j->doc.title_line, &why);
	}
	return import_impl_date(j);
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
	if (import_impl_put(run, tx, NULL, j))
		return tx_part_keep(tx, run->f);
	tx_part_drop(tx);
	if (!is_of_one_text(run->f->code))
		return false;
	receipt_complain(run->receipt, j->doc.path, j->doc.title_line, run->f);
	fail_clear(run->f);
	j->is_ok = false;
	return true;
}

/* The one that is written next is begun in any case. */
static void submit_from(struct run *run, size_t at)
{
	size_t end = at + (run->pool ? IMPORT_IMPL_AHEAD : 1);

	for (; run->submitted < run->n && run->submitted < end; run->submitted++) {
		struct import_job *j = &run->jobs[run->submitted];

		if (run->submitted > at && run->ahead >= AHEAD_BYTES)
			return;
		j->ahead = j->item->doc.size;
		run->ahead += j->ahead;
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

	submit_from(run, at);
	import_job_wait(j);
	run->ahead -= j->ahead;
	j->ahead = 0;			/* a transaction that was lost comes by again */
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

bool import_impl_is_first(const struct run *run)
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
					: import_impl_put(run, tx, batch, j)))
			return false;
		import_job_release(j);
	}
	return !batch || edit_batch_write(batch, tx, run->f);
}

static bool write_jobs(struct run *run, size_t from, size_t to, bool apart)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct tx *whole;

	if (!import_impl_write_tx(run, &tx))
		return false;
	if (run->batch)				/* nobody is told of each place */
		tx_raise_all(tx);
	if (!put_each(run, tx, from, to, apart))
		return false;
	whole = tx;
	tx = NULL;
	return import_impl_commit(&run->im->site, whole, run->f);
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
bool import_impl_write(struct run *run, size_t from, size_t to)
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

/* Behind the last transaction nothing is left to render, so it is a small one: while it is
 * written, and the disk waited for, all other processors rest. */
static size_t batch_end(const struct run *run, size_t at)
{
	size_t left = run->n - at, half = left / 2;

	if (left <= LAST_BATCH)
		return run->n;
	return at + (half < BATCH ? half : BATCH);
}

bool import_impl_write_all(struct run *run)
{
	size_t at, end;
	bool done = true;

	for (at = 0; done && at < run->n; at = end) {
		end = batch_end(run, at);
		done = run->o->dry_run ? pretend_batch(run, at, end)
				       : import_impl_write(run, at, end);
	}
	return done;
}

bool import_impl_write_end(struct run *run)
{
	struct tx *tx;
	bool done;

	if (run->o->dry_run || (run->n < IMPORT_IMPL_BULK && run->receipt->created == 0) ||
	    (run->batch && edit_batch_is_in_order(run->batch)))
		return true;
	if (!import_impl_write_tx(run, &tx))
		return false;
	done = map_count(run->known.by_file) ? edit_settle(tx, &run->im->site.rules, run->f)
					     : edit_arrange(tx, &run->im->site.rules, run->f);
	if (!done)
		tx_rollback(tx);
	return done && import_impl_commit(&run->im->site, tx, run->f);
}
