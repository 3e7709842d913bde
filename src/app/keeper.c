/* keeper.c - one look a second; what it finds, it does at once. */
#include "app/keeper.h"

#include <stdatomic.h>
#include <unistd.h>
#include "app/outcome.h"
#include "app/publish.h"
#include "base/date.h"
#include "base/log.h"
#include "base/mem.h"
#include "work/thread.h"

enum { KEEPER_MS = 250, KEEPER_LOOK = 4 };	/* files are looked at every fourth time */

struct keeper {
	struct engine *engine;
	void (*reloaded)(void *arg);
	void *arg;
	struct thread *thread;
	atomic_bool stop, reload;
	struct digest catalogs;		/* engine_catalogs_stamp() */
};

/* A configuration may have several mistakes, a line each. */
static void tell_failure(const struct fail *f)
{
	struct str rest = str_of(f->text), line;

	while (str_line(&rest, &line))
		log_error("%.*s", STR_ARG(line));
	log_error("what was read before stays in use");
}

static void read_again(struct keeper *k)
{
	CLEANUP(buf_release) struct buf restart = BUF(4 * KIB);
	struct fail f = FAIL_INIT;

	if (!host_reload(k->engine->host, &restart, &f)) {
		tell_failure(&f);
		return;
	}
	if (restart.n)
		log_warn("heeded at the next start only: %.*s", STR_ARG(buf_str(&restart)));
	engine_tell_catalogs(k->engine);
	engine_remember(k->engine);
	log_info("configuration and catalogs were read again");
}

static void look_at_catalogs(struct keeper *k)
{
	struct digest now = engine_catalogs_stamp(k->engine);
	struct fail f = FAIL_INIT;

	if (digest_eq(&now, &k->catalogs))
		return;
	k->catalogs = now;
	if (!host_reload_catalogs(k->engine->host, &f)) {
		tell_failure(&f);
		return;
	}
	engine_tell_catalogs(k->engine);
	engine_remember(k->engine);
	log_info("catalogs were read again");
}

static void look_at_files(struct keeper *k)
{
	engine_refresh(k->engine);
	look_at_catalogs(k);
	engine_look_at_wording(k->engine, false);
}

static void look_at_posts(struct keeper *k)
{
	int64_t now = date_now();
	struct fail f = FAIL_INIT;

	if (!publish_due(k->engine->host, now, &f) && outcome_is_news(f.text, now))
		log_warn("scheduled posts: %s", f.text);
}

static void run(void *arg)
{
	struct keeper *k = arg;

	for (unsigned turn = 0; !atomic_load(&k->stop); turn++) {
		if (atomic_exchange(&k->reload, false)) {
			read_again(k);
			k->catalogs = engine_catalogs_stamp(k->engine);
			engine_refresh(k->engine);
			engine_look_at_wording(k->engine, true);
			k->reloaded(k->arg);
		}
		engine_catch_up(k->engine);
		if (turn % KEEPER_LOOK == 0) {
			look_at_files(k);
			look_at_posts(k);
		}
		usleep(KEEPER_MS * 1000);
	}
}

bool keeper_start(struct engine *e, void (*reloaded)(void *arg), void *arg, struct keeper **ret,
		  struct fail *f)
{
	struct keeper *k = MEM_NEW(struct keeper);

	k->engine = e;
	k->catalogs = engine_catalogs_stamp(k->engine);
	k->reloaded = reloaded;
	k->arg = arg;
	themes_load(e->themes);
	engine_tell_catalogs(e);
	engine_look_at_wording(e, false);
	if (!thread_start("keeper", run, k, &k->thread, f)) {
		mem_free(k);
		return false;
	}
	*ret = k;
	return true;
}

void keeper_stop(struct keeper *k)
{
	if (!k)
		return;
	atomic_store(&k->stop, true);
	thread_join(k->thread);
	mem_free(k);
}

void keeper_reload(struct keeper *k)
{
	atomic_store(&k->reload, true);
}
