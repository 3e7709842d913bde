/* import.c - the order of things: plan, compare, render ahead on all cores, write. */
#include <string.h>
#include "base/date.h"
#include "base/mem.h"
#include "transfer/import_job.h"
#include "transfer/import_known.h"
#include "work/pool.h"
#include "work/thread.h"

enum { BATCH = 200, AHEAD = 3 * BATCH, REORDER_FROM = 50 };

struct import {
	struct import_site site;
	bool asks_clock;
	struct plan plan;
	struct import_jobs jobs;
	struct map *seen;		/* files that were texts of the site in some run */
};

struct import *import_new(const struct import_site *site, const char *folder)
{
	struct import *im = MEM_NEW(struct import);

	im->site = *site;
	im->asks_clock = site->rules.now == 0;
	plan_init(&im->plan, folder, site->rules.zone);
	import_jobs_init(&im->jobs, &im->site);
	im->seen = map_new();
	return im;
}

void import_free(struct import *im)
{
	if (!im)
		return;
	map_free(im->seen, NULL);
	import_jobs_release(&im->jobs);
	plan_release(&im->plan);
	mem_free(im);
}

void import_freep(struct import **im)
{
	import_free(*im);
}

/* One run. */
struct run {
	struct import *im;
	const struct import_options *o;
	struct receipt *receipt;
	struct import_site_state known;
	struct pool *pool;		/* NULL: on this thread */
	struct import_job *jobs;
	size_t n, submitted;
	struct fail *f;
};

/* --- what is to be done --- */

static bool is_wanted(const struct plan_item *it)
{
	return it->is_read && !it->doc.is_hidden && it->doc.address.n;
}

static void find_work(struct run *run)
{
	const struct plan *plan = &run->im->plan;
	size_t i;

	run->jobs = mem_array(plan->n + 1, sizeof *run->jobs);
	for (i = 0; i < plan->n; i++) {
		const struct plan_item *it = plan->items[i];
		const struct import_known *k;

		if (!is_wanted(it))
			continue;
		k = map_find(run->known.by_source, it->doc.path);
		if (k && str_eq(k->stamp, str_of(it->stamp))) {
			run->receipt->unchanged++;
			continue;
		}
		run->jobs[run->n++] = (struct import_job){
			.shared = &run->im->jobs, .item = it, .id = k ? k->id : 0,
			.known_date = k ? k->published_at : 0,
		};
	}
}

/* --- writing one --- */

static size_t list_terms(struct import_job *j, struct term_name *ret)
{
	const struct { struct source_list list; enum term_kind kind; } lists[] = {
		{ j->doc.tags, TERM_TAG }, { j->doc.categories, TERM_TAG },
		{ j->doc.authors, TERM_AUTHOR },
	};
	size_t i, k, m, n = 0;

	for (i = 0; i < ARRAY_LEN(lists); i++)
		for (k = 0; k < lists[i].list.n; k++) {
			struct str name = lists[i].list.p[k];

			for (m = 0; m < n; m++)
				if (ret[m].kind == lists[i].kind && str_eq_nocase(ret[m].name, name))
					break;
			if (m == n)
				ret[n++] = (struct term_name){ lists[i].kind, name };
		}
	return n;
}

/* A post without a date keeps the one it got, or gets that of its file. */
static int64_t date_of_job(struct run *run, const struct import_job *j)
{
	struct fail why = FAIL_INIT;

	if (j->doc.has_date)
		return j->doc.date;
	if (j->doc.is_post && !j->doc.is_draft) {
		fail(&why, FAIL_INVALID, "this post has no date; the day its file was changed is taken");
		receipt_complain(run->receipt, j->doc.path, j->doc.title_line, &why);
	}
	return j->known_date ? j->known_date : j->item->mtime_ns / 1000000000;
}

static bool put(struct run *run, struct tx *tx, struct import_job *j)
{
	const struct source_doc *doc = &j->doc;
	size_t most = doc->tags.n + doc->categories.n + doc->authors.n + 1, i;
	struct term_name *terms = arena_array(j->arena, most, sizeof *terms);
	bool is_home_lang = str_eq_nocase(doc->lang, run->im->site.lang);
	struct post_edit edit = {
		.id = j->id, .kind = doc->is_post ? POST_POST : POST_PAGE, .draft = doc->is_draft,
		.path = j->item->doc.address, .title = doc->title, .source = doc->body,
		.summary = doc->summary, .lang = is_home_lang ? STR_NONE : doc->lang,
		.set = j->item->set, .cover = j->cover, .cover_alt = doc->cover_alt,
		.cover_width = j->cover_width, .cover_height = j->cover_height,
		.published_at = date_of_job(run, j), .updated_at = doc->has_updated ? doc->updated : 0,
		.weight = doc->menu_weight ? doc->menu_weight : doc->weight,
		.pinned = doc->is_pinned, .in_menu = doc->in_menu && !doc->is_post,
		.source_path = doc->path, .source_digest = str_of(j->item->stamp),
		.terms = terms, .n_terms = list_terms(j, terms),
		.aliases = j->item->aliases, .n_aliases = j->item->n_aliases, .body = &j->body,
	};
	int64_t id;

	for (i = 0; i < j->n_media; i++)
		if (!j->media[i]->is_put && !media_put(tx, &j->media[i]->medium, run->f))
			return false;
	if (!edit_put(tx, &run->im->site.rules, &edit, &id, run->f))
		return false;
	for (i = 0; i < j->n_media; i++)
		j->media[i]->is_put = true;
	return true;
}

/* What concerns one text only is told; what concerns the site ends the run. */
static bool is_of_one_text(enum fail_code code)
{
	return code == FAIL_INVALID || code == FAIL_CONFLICT || code == FAIL_TOO_LARGE ||
	       code == FAIL_NOT_FOUND;
}

static bool write_job(struct run *run, struct tx *tx, struct import_job *j)
{
	if (!j->is_ok) {
		run->receipt->refused++;
		return true;
	}
	if (!tx_part_begin(tx, run->f))
		return false;
	if (put(run, tx, j)) {
		run->receipt->created += j->id == 0;
		run->receipt->changed += j->id != 0;
		return tx_part_keep(tx, run->f);
	}
	tx_part_drop(tx);
	if (!is_of_one_text(run->f->code))
		return false;
	receipt_complain(run->receipt, j->doc.path, j->doc.title_line, run->f);
	fail_clear(run->f);
	run->receipt->refused++;
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
	import_job_release(&run->jobs[at]);
	if (run->o->progress)
		run->o->progress(run->o->progress_ctx, at + 1, run->n);
}

static bool write_batch(struct run *run, size_t from, size_t to)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct tx *whole;
	size_t i;

	for (i = from; i < to; i++)
		import_job_wait(&run->jobs[i]);
	if (!tx_begin(run->im->site.db, TX_WRITE, &tx, run->f))
		return false;
	for (i = from; i < to; i++) {
		if (!write_job(run, tx, &run->jobs[i]))
			return false;
		finish_job(run, i);
	}
	whole = tx;
	tx = NULL;
	return tx_commit(whole, run->f);
}

static bool pretend_batch(struct run *run, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++) {
		struct import_job *j = &run->jobs[i];

		import_job_wait(j);
		if (j->is_ok)
			date_of_job(run, j);
		run->receipt->refused += !j->is_ok;
		run->receipt->created += j->is_ok && j->id == 0;
		run->receipt->changed += j->is_ok && j->id != 0;
		finish_job(run, i);
	}
	return true;
}

static bool do_all(struct run *run)
{
	size_t at, end;
	bool done = true;

	for (at = 0; done && at < run->n; at = end) {
		end = at + BATCH < run->n ? at + BATCH : run->n;
		submit_up_to(run, at + AHEAD);
		done = run->o->dry_run ? pretend_batch(run, at, end) : write_batch(run, at, end);
	}
	return done;
}

static bool write_end(struct run *run)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct tx *whole;

	if (run->o->dry_run || run->n < REORDER_FROM)
		return true;
	if (!tx_begin(run->im->site.db, TX_WRITE, &tx, run->f) ||
	    !edit_arrange(tx, &run->im->site.rules, run->f))
		return false;
	whole = tx;
	tx = NULL;
	return tx_commit(whole, run->f);
}

/* --- files that are gone --- */

static bool remove_post(struct run *run, const struct import_known *k)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct tx *whole;

	if (!tx_begin(run->im->site.db, TX_WRITE, &tx, run->f) ||
	    !edit_remove(tx, &run->im->site.rules, k->id, run->f))
		return false;
	whole = tx;
	tx = NULL;
	return tx_commit(whole, run->f);
}

static bool is_gone(const struct run *run, struct str path)
{
	const struct plan_item *it = plan_find(&run->im->plan, path);

	return !it || (it->is_read && !is_wanted(it));
}

static bool handle_gone(struct run *run, const struct import_known *k)
{
	bool seen = run->o->prune_seen && map_find(run->im->seen, k->source_path);
	struct fail why = FAIL_INIT;

	run->receipt->missing++;
	if (run->o->prune || seen) {
		run->receipt->removed++;
		return run->o->dry_run || remove_post(run, k);
	}
	if (run->o->prune_seen && map_count(run->im->seen))
		return true;			/* told by the first run */
	fail(&why, FAIL_NOT_FOUND, "this file is gone; its text is still at %.*s (hameau import "
	     "--mirror removes it)", STR_ARG(k->path));
	receipt_complain(run->receipt, k->source_path, 0, &why);
	return true;
}

static void note_seen(struct run *run)
{
	const struct plan *plan = &run->im->plan;
	size_t i;

	for (i = 0; i < plan->n; i++)
		if (is_wanted(plan->items[i]))
			map_put(run->im->seen, plan->items[i]->doc.path, run->im);
}

static bool handle_missing(struct run *run)
{
	struct fail why = FAIL_INIT;
	struct str path;
	void *value;
	size_t at = 0;

	if (run->im->plan.n == 0 && map_count(run->known.by_source)) {
		fail(&why, FAIL_NOT_FOUND, "the folder holds no text at all; nothing is removed");
		receipt_complain(run->receipt, STR_NONE, 0, &why);
		return true;
	}
	while (map_each(run->known.by_source, &at, &path, &value))
		if (is_gone(run, path) && !handle_gone(run, value))
			return false;
	note_seen(run);
	return true;
}

/* --- the run --- */

static bool is_taken(void *ctx, struct str path, struct str source_path)
{
	return import_known_is_taken(ctx, path, source_path);
}

static bool run_with_pool(struct run *run, int threads)
{
	bool done;

	if (threads > 1 && run->n > 8 &&
	    !pool_new("import", threads, AHEAD + BATCH, 0, &run->pool, run->f))
		return false;
	done = do_all(run);
	pool_free(run->pool);			/* finishes what was submitted */
	return done && write_end(run);
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
	if (!plan_read(plan, run->receipt, threads, run->f))
		return false;
	find_work(run);
	db_bulk(run->im->site.db, run->n >= REORDER_FROM);
	done = run_with_pool(run, threads) && handle_missing(run);
	db_bulk(run->im->site.db, false);
	if (!done)
		import_jobs_forget(&run->im->jobs);
	for (i = 0; i < run->n; i++)
		import_job_release(&run->jobs[i]);
	mem_free(run->jobs);
	return done;
}

bool import_run(struct import *im, const struct import_options *o, struct receipt *r, struct fail *f)
{
	int threads = o->threads > 0 ? o->threads : thread_cores();
	struct run run = { .im = im, .o = o, .receipt = r, .f = f };
	struct fail none = FAIL_INIT;
	bool done;

	if (!f)
		run.f = &none;
	r->is_dry = o->dry_run;
	if (im->asks_clock)
		im->site.rules.now = date_now();
	if (!import_known_load(im->site.db, &run.known, run.f))
		return false;
	done = run_all(&run, threads);
	import_known_release(&run.known);
	receipt_sort(r);
	return done;
}
