/* warm.c - one worker lists the paths of a site, and all take one after the other.
 *
 *	warm_crew_add -> waiting -> begun (next_job: list_paths, pages) -> finished -> tell
 */
#include "app/warm.h"

#include <stdatomic.h>
#include <unistd.h>
#include "app/paths.h"
#include "app/render.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cache/statics.h"
#include "work/cond.h"
#include "work/thread.h"

enum { WORKERS_MOST = 64, WAITING_EACH = 8, TOLD_AT_ONCE = 64 };

/* A site whose pages are being made. */
struct job {
	struct job *next;
	struct warm_result result;
	struct paths paths;		/* known so far, and all of them: */
	bool is_listed;
	size_t taken;			/* of the paths */
	bool is_new;			/* nothing of it is on the disk */
	int at_work;			/* workers */
	atomic_size_t done, rendered;
	atomic_bool stop;		/* it failed, or was never begun */
	atomic_flag failed;
};

struct warm_crew {
	struct engine *e;
	const struct warm_hooks *hooks;
	struct statics statics;
	struct arena *arena;
	struct thread *threads[WORKERS_MOST];
	int n_threads;
	atomic_bool stop;
	struct mutex lock;		/* over all below, and paths, taken and at_work of jobs */
	struct cond changed;
	struct job *waiting, **last_waiting;
	size_t n_waiting;
	struct job *begun, *finished;
	bool no_more;
};

static bool warm_file(struct warm_crew *c, const struct cache_key *key, const struct entry *e,
		      struct fail *f)
{
	return !c->hooks->files || statics_has(&c->statics, key)
		|| statics_save(&c->statics, key, e, f);
}

/* What a worker has at hand while it is at a site. */
struct desk {
	struct warm_crew *crew;
	struct job *job;
	struct render_sitting *sitting;
	struct disk_batch *batch;	/* NULL: no disk level */
	struct arena *arena;		/* of one page */
};

/* The page that is fresh on disk; as files are wanted, with its plain form. */
static struct entry *find_kept(const struct desk *k, struct cache_key key)
{
	struct disk *disk = k->crew->e->disk;

	if (!disk || k->job->is_new)
		return NULL;
	key.gzip = true;
	return k->crew->hooks->files ? disk_load_whole(disk, &key) : disk_load(disk, &key);
}

static bool warm_one(const struct desk *k, struct str path, struct fail *f)
{
	struct warm_crew *c = k->crew;
	struct cache_key key = render_key(k->job->result.site->id, path);
	CLEANUP(rendering_release) struct rendering r = { NULL };
	CLEANUP(entry_dropp) struct entry *kept = find_kept(k, key);

	if (kept)
		return warm_file(c, &key, kept, f);
	if (!render_sitting_page(k->sitting, k->arena, path, &r, f))
		return false;
	atomic_fetch_add(&k->job->rendered, 1);
	if (!r.entry || !r.on_disk)
		return true;
	return (!k->batch || disk_batch_save(k->batch, &key, r.entry, f))
		&& warm_file(c, &key, r.entry, f);
}

static void fail_job(struct job *job, const struct fail *f)
{
	if (!atomic_flag_test_and_set(&job->failed))
		job->result.fail = *f;
	atomic_store(&job->stop, true);
}

static bool is_stopped(const struct warm_crew *c, const struct job *job)
{
	return atomic_load(&c->stop) || atomic_load(&job->stop);
}

/* Waits for the next one while the site's paths are being listed; false: there is none. */
static bool take_path(struct warm_crew *c, struct job *job, struct str *ret)
{
	MUTEX_HOLD(&c->lock);

	while (!is_stopped(c, job)) {
		if (job->taken < job->paths.n) {
			*ret = job->paths.p[job->taken++];
			return true;
		}
		if (job->is_listed)
			return false;
		cond_wait(&c->changed, &c->lock);
	}
	return false;
}

static void make_pages(struct warm_crew *c, struct job *job, struct arena *a)
{
	const struct site *site = job->result.site;
	const struct desk desk = {
		.crew = c, .job = job, .arena = a, .sitting = render_sitting_new(c->e, site),
		.batch = c->e->disk ? disk_batch_new(c->e->disk, site->id) : NULL,
	};
	struct fail f = FAIL_INIT;
	struct str path;

	while (take_path(c, job, &path)) {
		if (warm_one(&desk, path, &f))
			atomic_fetch_add(&job->done, 1);
		else
			fail_job(job, &f);
		arena_reset(a);
	}
	render_sitting_end(desk.sitting);
	if (desk.batch && !disk_batch_end(desk.batch, &f))
		fail_job(job, &f);
}

/* ---- the way of a job: waiting, begun, finished ---- */

struct publishing {
	struct warm_crew *crew;
	struct job *job;
};

static void publish_path(void *arg, struct str path)
{
	const struct publishing *p = arg;
	struct job *job = p->job;
	MUTEX_HOLD(&p->crew->lock);

	paths_keep(&job->paths, path);
	if (job->paths.n % TOLD_AT_ONCE == 0)
		cond_broadcast(&p->crew->changed);
}

/* What whoever takes a site does first, while others may make its pages already. */
static void list_paths(struct warm_crew *c, struct job *job)
{
	/* What is rare is made when somebody asks; another server cannot. */
	enum path_use least = c->hooks->files ? PATH_RARE : PATH_LED_TO;
	struct publishing p = { c, job };
	struct fail f = FAIL_INIT;

	job->is_new = c->e->disk && disk_is_empty(c->e->disk, job->result.site->id);
	if (atomic_load(&c->stop))
		atomic_store(&job->stop, true);
	else if (!paths_each(c->e, job->result.site, least, publish_path, &p, &f))
		fail_job(job, &f);
	MUTEX_HOLD(&c->lock);
	job->is_listed = true;
	cond_broadcast(&c->changed);
}

/* What the last one at it does. */
static void conclude(struct warm_crew *c, struct job *job)
{
	struct warm_result *r = &job->result;
	struct fail f = FAIL_INIT;

	r->rendered = (int64_t)atomic_load(&job->rendered);
	r->total = (int64_t)atomic_load(&job->done);
	r->is_stopped = !r->fail.code
		&& (atomic_load(&job->stop) || r->total < (int64_t)job->paths.n);
	if (r->is_stopped)
		fail(&r->fail, FAIL_BUSY, "stopped after %lld of %lld pages; the same"
		     " command goes on from there",
		     (long long)r->total, (long long)job->paths.n);
	else if (!r->fail.code && c->hooks->files
		 && !statics_sweep(&c->statics, r->site->id, NULL, &f))
		r->fail = f;
}

static void finish(struct warm_crew *c, struct job *job)
{
	MUTEX_HOLD(&c->lock);
	struct job **at = &c->begun;

	while (*at != job)
		at = &(*at)->next;
	*at = job->next;
	job->next = c->finished;
	c->finished = job;
}

static struct job *take_waiting(struct warm_crew *c)
{
	struct job *job = c->waiting;

	c->waiting = job->next;
	if (!c->waiting)
		c->last_waiting = &c->waiting;
	c->n_waiting--;
	job->next = c->begun;
	c->begun = job;
	job->at_work = 1;
	return job;
}

/* A site of one's own, else one that still has pages, or may have some in a moment. NULL: go. */
static struct job *next_job(struct warm_crew *c, bool *is_own)
{
	MUTEX_HOLD(&c->lock);
	for (;;) {
		bool later = !c->no_more;

		*is_own = c->waiting;
		if (*is_own)
			return take_waiting(c);
		for (struct job *job = c->begun; job; job = job->next) {
			if (!is_stopped(c, job) && job->taken < job->paths.n) {
				job->at_work++;
				return job;
			}
			later |= !job->is_listed;
		}
		if (!later)
			return NULL;
		cond_wait(&c->changed, &c->lock);
	}
}

static bool is_last(struct warm_crew *c, struct job *job)
{
	MUTEX_HOLD(&c->lock);
	return --job->at_work == 0;
}

static void work(void *arg)
{
	struct warm_crew *c = arg;
	struct arena *a = arena_new(64 * KIB);
	struct job *job;
	bool is_own;

	while ((job = next_job(c, &is_own))) {
		if (is_own)
			list_paths(c, job);
		make_pages(c, job, a);
		if (!is_last(c, job))
			continue;
		conclude(c, job);
		finish(c, job);
	}
	arena_free(a);
}

/* ---- the caller's side ---- */

static void free_job(struct job *job)
{
	site_unref(job->result.site);
	arena_free(job->paths.a);
	VEC_FREE(&job->paths);
	mem_free(job);
}

/* Takes what is finished away from the workers. */
static struct job *take_finished(struct warm_crew *c, bool *more, struct warm_result *now)
{
	MUTEX_HOLD(&c->lock);
	struct job *finished = c->finished;

	c->finished = NULL;
	*more = c->waiting || c->begun;
	if (c->begun && c->begun->is_listed)
		*now = (struct warm_result){ .rendered = (int64_t)atomic_load(&c->begun->done),
					     .total = (int64_t)c->begun->paths.n };
	return finished;
}

/* True: there is something left. */
static bool tell(struct warm_crew *c)
{
	const struct warm_hooks *hooks = c->hooks;
	struct warm_result now = { .total = 0 };
	struct job *finished, *job;
	bool more;

	finished = take_finished(c, &more, &now);
	if (hooks->progress && now.total)
		hooks->progress(hooks->ctx, now.rendered, now.total);
	while ((job = finished)) {
		finished = job->next;
		if (hooks->finished)
			hooks->finished(hooks->ctx, &job->result);
		free_job(job);
	}
	return more;
}

/* Cancelling and progress are looked at every two milliseconds. */
static void rest(struct warm_crew *c)
{
	if (c->hooks->is_cancelled && c->hooks->is_cancelled(c->hooks->ctx))
		atomic_store(&c->stop, true);
	usleep(2000);
}

static void free_crew(struct warm_crew *c)
{
	for (int i = 0; i < c->n_threads; i++)
		thread_join(c->threads[i]);
	cond_release(&c->changed);
	mutex_release(&c->lock);
	arena_free(c->arena);
	mem_free(c);
}

static void send_home(struct warm_crew *c)
{
	MUTEX_HOLD(&c->lock);
	c->no_more = true;
	cond_broadcast(&c->changed);
}

bool warm_crew_new(struct engine *e, const struct warm_hooks *hooks, struct warm_crew **ret,
		   struct fail *f)
{
	struct warm_crew *c = MEM_NEW(struct warm_crew);
	int n = thread_cores() < WORKERS_MOST ? thread_cores() : WORKERS_MOST;

	c->e = e;
	c->hooks = hooks;
	c->arena = arena_new(0);
	c->statics = (struct statics){ host_pages_path(c->arena, e->host->data), e->host->gens };
	c->last_waiting = &c->waiting;
	mutex_init(&c->lock, MUTEX_LEAF);
	cond_init(&c->changed);
	for (; c->n_threads < n; c->n_threads++)
		if (!thread_start("warm", work, c, &c->threads[c->n_threads], f))
			break;
	if (c->n_threads == n) {
		*ret = c;
		return true;
	}
	send_home(c);
	free_crew(c);
	return false;
}

static bool is_full(struct warm_crew *c)
{
	MUTEX_HOLD(&c->lock);
	return c->n_waiting >= (size_t)c->n_threads * WAITING_EACH;
}

void warm_crew_add(struct warm_crew *c, struct site *site)
{
	struct job *job = MEM_NEW(struct job);

	job->paths.a = arena_new(0);
	site_ref(site);
	job->result = (struct warm_result){ .site = site, .fail = FAIL_INIT };
	while (is_full(c)) {
		tell(c);
		rest(c);
	}
	tell(c);
	MUTEX_HOLD(&c->lock);
	*c->last_waiting = job;
	c->last_waiting = &job->next;
	c->n_waiting++;
	cond_signal(&c->changed);
}

void warm_crew_end(struct warm_crew *c)
{
	send_home(c);
	while (tell(c))
		rest(c);
	free_crew(c);
}

struct alone {
	const struct warm_hooks *hooks;
	struct warm_result result;
};

static void progress_alone(void *ctx, int64_t done, int64_t total)
{
	const struct warm_hooks *h = ((struct alone *)ctx)->hooks;

	if (h->progress)
		h->progress(h->ctx, done, total);
}

static bool cancelled_alone(void *ctx)
{
	const struct warm_hooks *h = ((struct alone *)ctx)->hooks;

	return h->is_cancelled && h->is_cancelled(h->ctx);
}

static void finished_alone(void *ctx, const struct warm_result *result)
{
	((struct alone *)ctx)->result = *result;
}

bool warm_site(struct engine *e, struct site *site, const struct warm_hooks *hooks,
	       int64_t *rendered, int64_t *total, struct fail *f)
{
	struct alone a = { .hooks = hooks };
	const struct warm_hooks mine = { hooks->files, &a, progress_alone, cancelled_alone,
					 finished_alone };
	struct warm_crew *c;

	if (!warm_crew_new(e, &mine, &c, f))
		return false;
	warm_crew_add(c, site);
	warm_crew_end(c);
	*rendered = a.result.rendered;
	*total = a.result.total;
	return !a.result.fail.code || fail(f, a.result.fail.code, "%s", a.result.fail.text);
}
