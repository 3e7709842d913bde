/* dispatch.c - the only place that knows the whole way of a request. Read it from the
 * bottom up. */
#include "app/dispatch.h"

#include "app/cached.h"
#include "app/config.h"
#include "app/notice.h"
#include "app/outcome.h"
#include "app/render.h"
#include "app/send.h"
#include "app/translate.h"
#include "base/date.h"
#include "base/log.h"
#include "http/url.h"
#include "server/server.h"
#include "site/registry.h"

/* One request on its way through a worker. Lives in the request's arena. */
struct job {
	struct dispatch *d;
	struct request *rq;
	struct exchange *x;
	struct found found;
	struct cache_key key;		/* site 0: not known to be a page that others ask for too;
					   its form is the reader's in any case */
	struct str flight;		/* what we lead, or empty */
	uint64_t lane;
	int let_down;			/* so often those whom we followed came back with nothing */
};

enum { PATIENCE = 2 };			/* who was let down so often goes alone */

static void run(void *arg);
static void followed(void *arg, void *result);

static bool is_read(const struct request *rq)
{
	return rq->method == HTTP_GET || rq->method == HTTP_HEAD;
}

static void land(struct job *j, struct entry *e)
{
	struct str flight = j->flight;

	j->flight = STR_NONE;
	if (flight.n)
		flight_land(j->d->flights, flight, e);
}

/* The page as its site has it; j->found is that site, shown by the name that was asked for. */
static struct cached_page page_of(const struct job *j)
{
	return (struct cached_page){ { j->rq->host, j->rq->path, j->key.gzip }, j->found.site };
}

static void set_key(struct job *j, uint64_t site)
{
	bool gzip = j->key.gzip;

	j->key = render_key(site, j->rq->path);
	j->key.gzip = gzip;
}

/* The end of a job: its memory goes with the request. */
static void answer(struct job *j, const struct reply *reply)
{
	land(j, NULL);
	found_release(&j->found);
	server_answer(j->x, reply);
}

static void answer_failure(struct job *j, const struct fail *why)
{
	struct reply reply;

	outcome_reply(j->d->engine->host, j->rq, why, &reply);
	answer(j, &reply);
}

static void answer_notice(struct job *j, int status, struct str head)
{
	struct reply reply = REPLY(status);

	notice_reply(j->d->engine->host, j->rq, status, head, &reply);
	answer(j, &reply);
}

/* The queues are full. It is said a little late, or those who ask again without waiting fill
 * the loops with refusals, and other sites' pages are made by nobody. */
static void answer_busy(struct job *j)
{
	struct reply reply = REPLY(503);

	outcome_tell(j->rq, arena_printf(j->rq->arena, "%.*s: more requests wait for page workers"
					 " than [work] queue_of_site and queue allow",
					 STR_ARG(j->rq->host)).p);
	notice_reply(j->d->engine->host, j->rq, 503, STR("Retry-After: 2\r\n"), &reply);
	reply.late = true;
	answer(j, &reply);
}

static bool answer_rendering(struct job *j, struct rendering *r, struct reply *reply,
			     struct fail *f)
{
	bool ok = true;

	if (r->file) {
		ok = send_file(j->rq, r, reply, f);
	} else {
		send_entry(j->rq, r->entry, j->key.gzip, reply);
		r->entry = NULL;
	}
	reply->source = r->file ? "file" : "render";
	return ok;
}

/* Instead of a site: nothing, a host page, a site that cannot be shown. */
static bool render_instead(struct job *j, const struct catalog *catalog, struct rendering *r,
			   struct fail *f)
{
	struct engine *e = j->d->engine;
	struct request *rq = j->rq;

	if (render_is_options(rq->path))
		return render_options(e, rq->arena, rq->path, r, f);
	if (j->found.kind == FOUND_FRONT && str_eq(rq->path, STR("/")))
		return render_front(e, rq->arena, catalog, rq->query, r, f);
	if (j->found.kind == FOUND_FRONT && render_is_paper(rq->path))
		return render_paper(e, rq->arena, catalog, rq->path, rq->query, r, f);
	return render_error(e, rq->arena, &j->found, catalog, r, f);
}

static bool show_instead(struct job *j, struct reply *reply, struct fail *f)
{
	struct host *h = j->d->engine->host;
	struct catalogs *all = host_catalogs(h);
	struct config *config = host_config(h);
	struct rendering r = { NULL };
	bool ok = render_instead(j, notice_language(j->rq, all, config->lang), &r, f)
		&& answer_rendering(j, &r, reply, f);

	catalogs_unref(all);
	config_unref(config);
	return ok;
}

/* The reader's proxy says that he came by http, and the host is one of https. */
static bool is_unsafe(const struct engine *e, const struct request *rq)
{
	return rq->told_scheme && !rq->https && str_eq(e->scheme, STR("https"));
}

static bool is_elsewhere(const struct job *j)
{
	return j->found.redirect || (found_is_shown(&j->found) && j->rq->path_folded)
		|| (j->found.kind != FOUND_NOTHING && is_unsafe(j->d->engine, j->rq));
}

/* The same path where it belongs: the canonical host, the scheme, single slashes. */
static struct str target_elsewhere(struct job *j)
{
	CLEANUP(buf_release) struct buf b = BUF(4 * LIMIT_TARGET);
	struct engine *e = j->d->engine;
	struct str host = j->found.kind == FOUND_SITE ? j->found.site->host
			: registry_base(e->host->registry);

	buf_addf(&b, "%.*s://%.*s%.*s", STR_ARG(e->scheme), STR_ARG(host), STR_ARG(e->port));
	url_encode_path(&b, j->rq->path);
	if (j->rq->has_query)
		buf_addf(&b, "?%.*s", STR_ARG(j->rq->query));
	return arena_str(j->rq->arena, buf_str(&b));
}

static bool render_counted(struct job *j, struct rendering *r, struct fail *f)
{
	struct site *site = j->found.site;
	int64_t began = clock_ns();
	bool ok = render_site(j->d->engine, j->rq->arena, site, j->rq->path, j->rq->query, r, f);

	if (j->d->metrics)
		metrics_rendered(j->d->metrics, site->id, ok, clock_ns() - began);
	return ok;
}

/* Renders the page and keeps it. */
static bool render(struct job *j, struct reply *reply, struct fail *f)
{
	struct engine *e = j->d->engine;
	struct cached_page page = page_of(j);
	struct rendering r = { NULL };
	struct fail disk = FAIL_INIT;

	if (!render_counted(j, &r, f))
		return false;
	if (r.entry && r.cacheable) {
		cached_keep(e, &page, r.entry);
		land(j, r.entry);
		if (r.on_disk && e->disk && !disk_save(e->disk, &j->key, r.entry, &disk)
		    && outcome_is_news(disk.text, date_now()))
			log_warn("%s", disk.text);
	}
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

/* Of those who ask for one page one goes on and the others wait for him; not in the lane,
 * which has room for some only. False: we wait, and belong to whoever lands. */
static bool goes_on(struct job *j)
{
	struct metrics *metrics = j->d->metrics;
	struct str flight;

	if (j->flight.n || j->let_down == PATIENCE)
		return true;
	flight = arena_printf(j->rq->arena, "%llx%.*s", (unsigned long long)j->key.site,
			      STR_ARG(j->rq->path));
	if (!flight_lead(j->d->flights, flight, followed, j)) {
		if (metrics)
			metrics_waited(metrics);
		return false;
	}
	j->flight = flight;
	return true;
}

/* Into the lane of the site; if others ask for the same, for all of them. */
static void enter(struct job *j)
{
	if (j->key.site && !goes_on(j))
		return;
	if (!lane_submit(j->d->lanes, j->lane, LANE_READ, run, j))
		answer_busy(j);
}

/* What another one got, in the form that this one reads; NULL: it is not in it. */
static struct entry *fitting(const struct job *j, struct entry *e)
{
	if (entry_has(e, j->key.gzip))
		return entry_hold(e);
	return j->key.gzip ? NULL : entry_unpack(entry_hold(e));
}

/* The one we waited for has landed, on his thread: hand on at once. */
static void followed(void *arg, void *result)
{
	struct job *j = arg;
	struct entry *e = result, *mine = NULL;
	struct reply reply;

	if (e && entry_is_fresh(e, j->d->engine->host->gens))
		mine = fitting(j, e);
	if (mine) {
		send_entry(j->rq, mine, j->key.gzip, &reply);
		reply.source = "shared";
		answer(j, &reply);
		return;
	}
	found_release(&j->found);
	j->let_down++;
	enter(j);
}

/* Only who goes on looks: who looked before could have missed what the one before him put
 * there, and would render it again. */
static void show_page(struct job *j)
{
	const char *source;
	struct cached_page page = page_of(j);
	struct entry *found = cached_load(j->d->engine, &page, &source);
	struct reply reply;

	if (!found) {
		render_and_answer(j);
		return;
	}
	land(j, found);
	send_entry(j->rq, found, j->key.gzip, &reply);
	reply.source = source;
	answer(j, &reply);
}

static void show_site(struct job *j)
{
	/* The name may have gone to another site since we led. */
	if (j->key.site != j->found.site->id)
		land(j, NULL);
	set_key(j, j->found.site->id);
	if (render_heeds_query(j->rq->path) || j->d->engine->translate)
		render_and_answer(j);
	else if (goes_on(j))
		show_page(j);
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
	if (translate_wants(j->d->engine, j->rq->path)) {
		translate_answer(j->d->engine, j->rq, &reply);
		answer(j, &reply);
	} else if (is_elsewhere(j)) {
		send_moved(j->rq, target_elsewhere(j), &reply);
		answer(j, &reply);
	} else if (!is_read(j->rq) && j->found.kind != FOUND_NOTHING) {
		answer_notice(j, 405, STR("Allow: GET, HEAD\r\n"));
	} else if (found_is_shown(&j->found)) {
		show_site(j);
	} else if (show_instead(j, &reply, &f)) {
		answer(j, &reply);
	} else {
		answer_failure(j, &f);
	}
}

/* Everybody who asks a site for this path sees the same. */
static bool is_for_all(const struct engine *e, const struct request *rq)
{
	return is_read(rq) && !rq->path_folded && !is_unsafe(e, rq) && !e->translate
		&& !render_heeds_query(rq->path);
}

void dispatch_work(struct dispatch *d, struct request *rq, struct exchange *x)
{
	struct job *j = ARENA_NEW(rq->arena, struct job);
	struct found found;

	*j = (struct job){ .d = d, .rq = rq, .x = x, .lane = str_hash(rq->host, 0),
			   .key.gzip = send_takes_gzip(rq) };
	if (registry_find_cached(d->engine->host->registry, rq->host, &found)) {
		if (found.kind == FOUND_SITE)
			j->lane = found.site->id;
		if (is_for_all(d->engine, rq) && found_is_shown(&found))
			set_key(j, found.site->id);
		found_release(&found);
	}
	enter(j);
}

bool dispatch_fast(struct dispatch *d, struct request *rq, struct reply *ret)
{
	struct engine *e = d->engine;
	struct entry *entry;
	struct cache_name name;
	const char *source;

	if (!is_read(rq))
		return false;
	if (send_asset(e, rq, ret)) {
		ret->source = "asset";
		return true;
	}
	if (!is_for_all(e, rq))
		return false;
	name = (struct cache_name){ rq->host, rq->path, send_takes_gzip(rq) };
	entry = cached_find(e, &name, &source);
	if (!entry)
		return false;
	send_entry(rq, entry, name.gzip, ret);
	ret->source = source;
	return true;
}
