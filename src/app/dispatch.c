/* dispatch.c - the only place that knows the whole way of a request. Read it from the
 * bottom up. */
#include "app/dispatch.h"

#include "app/config.h"
#include "app/render.h"
#include "app/send.h"
#include "base/log.h"
#include "front/front.h"
#include "http/query.h"
#include "http/url.h"
#include "server/server.h"
#include "site/registry.h"

/* One request on its way through a worker. Lives in the request's arena. */
struct job {
	struct dispatch *d;
	struct request *rq;
	struct exchange *x;
	struct found found;
	struct cache_key key;
	struct str flight;		/* what we lead, or empty */
};

static bool is_read(const struct request *rq)
{
	return rq->method == HTTP_GET || rq->method == HTTP_HEAD;
}

static bool is_shown(const struct found *f)
{
	return f->kind == FOUND_SITE && !f->redirect && f->site->state == SITE_ACTIVE;
}

/* The best catalog for this reader: the page's own choice, then the browser's. */
static const struct catalog *language_of(const struct request *rq, const struct catalogs *all,
					 struct str usual)
{
	struct str asked = query_get(rq->arena, rq->query, STR("lang"));
	struct str accept = request_field(rq, STR("accept-language"));

	if (asked.n && catalogs_find(all, asked))
		return catalogs_find(all, asked);
	if (accept.n == 0 && catalogs_find(all, usual))
		return catalogs_find(all, usual);
	return catalogs_best(all, accept);
}

static void answer(struct job *j, const struct reply *reply)
{
	found_release(&j->found);
	server_answer(j->x, reply);
}

/* A failure becomes a page: logged once, here. */
static void answer_failure(struct job *j, const struct fail *why)
{
	int status = why->code == FAIL_BUSY ? 503 : 500;
	struct reply reply;

	log_error("%s", why->text);
	send_plain(j->rq, status, status == 503 ? STR("Retry-After: 5\r\n") : STR(""),
		   front_sentence(NULL, status), &reply);
	answer(j, &reply);
}

static bool answer_rendering(struct job *j, struct rendering *r, struct reply *reply,
			     struct fail *f)
{
	if (r->file)
		return send_file(j->rq, r, reply, f);
	send_entry(j->rq, r->entry, reply);
	r->entry = NULL;
	return true;
}

/* Instead of a site: nothing, a host page, a site that cannot be shown. */
static bool show_instead(struct job *j, struct reply *reply, struct fail *f)
{
	struct engine *e = j->d->engine;
	struct host *h = e->host;
	struct catalogs *all = host_catalogs(h);
	struct config *config = host_config(h);
	const struct catalog *catalog = language_of(j->rq, all, config->lang);
	struct rendering r = { NULL };
	bool front = j->found.kind == FOUND_FRONT && str_eq(j->rq->path, STR("/"));
	bool ok;

	if (render_host_style(e, j->rq->arena, j->rq->path, &r))
		ok = true;
	else if (front)
		ok = render_front(e, j->rq->arena, catalog, j->rq->query, &r, f);
	else
		ok = render_error(e, j->rq->arena, j->found.site, catalog,
				  j->found.kind == FOUND_SITE ? j->found.site->status : 404, &r, f);
	ok = ok && answer_rendering(j, &r, reply, f);
	catalogs_unref(all);
	config_unref(config);
	return ok;
}

static struct str target_elsewhere(struct job *j)
{
	struct engine *e = j->d->engine;
	struct str host = j->found.kind == FOUND_SITE ? j->found.site->host
			: registry_base(e->host->registry);

	return arena_printf(j->rq->arena, "%.*s://%.*s%.*s%.*s", STR_ARG(e->scheme), STR_ARG(host),
			    STR_ARG(e->port), STR_ARG(j->rq->target));
}

static void land(struct job *j, struct entry *e)
{
	if (j->flight.n)
		flight_land(j->d->flights, j->flight, e);
	j->flight = STR_NONE;
}

/* Renders the page and keeps it. */
static bool render(struct job *j, struct reply *reply, struct fail *f)
{
	struct engine *e = j->d->engine;
	struct rendering r = { NULL };
	struct fail disk = FAIL_INIT;

	if (!render_site(e, j->rq->arena, j->found.site, j->key.path, j->rq->query, &r, f)) {
		land(j, NULL);
		return false;
	}
	if (r.entry && r.cacheable) {
		cache_put(e->cache, &j->key, r.entry);
		land(j, r.entry);
		if (r.on_disk && e->disk && !disk_save(e->disk, &j->key, r.entry, &disk))
			log_warn("%s", disk.text);
	}
	land(j, NULL);
	return answer_rendering(j, &r, reply, f);
}

static void render_and_answer(struct job *j)
{
	struct fail f = FAIL_INIT;
	struct reply reply;

	if (render(j, &reply, &f))
		answer(j, &reply);
	else
		answer_failure(j, &f);
}

static void run_again(void *arg)
{
	render_and_answer(arg);
}

/* The one we waited for has landed, on his thread: hand on at once. */
static void followed(void *arg, void *result)
{
	struct job *j = arg;
	struct entry *e = result;
	struct reply reply;

	if (e && entry_is_fresh(e, j->d->engine->host->gens)) {
		send_entry(j->rq, entry_hold(e), &reply);
		answer(j, &reply);
		return;
	}
	if (lane_submit(j->d->lanes, j->found.site->id, LANE_READ, run_again, j))
		return;
	send_plain(j->rq, 503, STR("Retry-After: 2\r\n"), front_sentence(NULL, 503), &reply);
	answer(j, &reply);
}

static bool from_cache(struct job *j, struct reply *reply)
{
	struct engine *e = j->d->engine;
	struct entry *found = cache_find(e->cache, &j->key);

	if (!found && e->disk) {
		found = disk_load(e->disk, &j->key);
		if (found)
			cache_put(e->cache, &j->key, found);
	}
	if (!found)
		return false;
	send_entry(j->rq, found, reply);
	return true;
}

static void show_site(struct job *j)
{
	struct reply reply;

	j->key = (struct cache_key){ j->found.site->id, j->rq->path, STR_NONE };
	if (render_heeds_query(j->rq->path)) {
		render_and_answer(j);
		return;
	}
	if (from_cache(j, &reply)) {
		answer(j, &reply);
		return;
	}
	j->flight = arena_printf(j->rq->arena, "%llx%.*s", (unsigned long long)j->key.site,
				 STR_ARG(j->key.path));
	if (flight_lead(j->d->flights, j->flight, followed, j))
		render_and_answer(j);
}

static void run(void *arg)
{
	struct job *j = arg;
	struct fail f = FAIL_INIT;
	struct reply reply;

	if (!registry_find(j->d->engine->host->registry, j->rq->host, &j->found, &f)) {
		answer_failure(j, &f);
		return;
	}
	if (!is_read(j->rq)) {
		send_plain(j->rq, 405, STR("Allow: GET, HEAD\r\n"), front_sentence(NULL, 405), &reply);
		answer(j, &reply);
	} else if (j->found.redirect || (is_shown(&j->found) && j->rq->path_folded)) {
		send_moved(j->rq, target_elsewhere(j), &reply);
		answer(j, &reply);
	} else if (is_shown(&j->found)) {
		show_site(j);
	} else if (show_instead(j, &reply, &f)) {
		answer(j, &reply);
	} else {
		answer_failure(j, &f);
	}
}

void dispatch_work(struct dispatch *d, struct request *rq, struct exchange *x)
{
	struct job *j = ARENA_NEW(rq->arena, struct job);
	struct reply reply;
	struct found found;
	uint64_t lane = str_hash(rq->host, 0);

	*j = (struct job){ .d = d, .rq = rq, .x = x };
	if (registry_find_cached(d->engine->host->registry, rq->host, &found)) {
		if (found.kind == FOUND_SITE)
			lane = found.site->id;
		found_release(&found);
	}
	if (lane_submit(d->lanes, lane, LANE_READ, run, j))
		return;
	send_plain(rq, 503, STR("Retry-After: 2\r\n"), front_sentence(NULL, 503), &reply);
	answer(j, &reply);
}

bool dispatch_fast(struct dispatch *d, struct request *rq, struct reply *ret)
{
	struct engine *e = d->engine;
	struct found found;
	struct entry *entry = NULL;

	if (!is_read(rq))
		return false;
	if (send_asset(e, rq, ret))
		return true;
	if (!registry_find_cached(e->host->registry, rq->host, &found))
		return false;
	if (is_shown(&found) && !rq->path_folded && !render_heeds_query(rq->path))
		entry = cache_find(e->cache, &(struct cache_key){ found.site->id, rq->path, STR_NONE });
	found_release(&found);
	if (!entry)
		return false;
	send_entry(rq, entry, ret);
	return true;
}
