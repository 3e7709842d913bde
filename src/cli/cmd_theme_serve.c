/* cmd_theme_serve.c - hameau theme serve: the real server on a host that goes away again. */
#include "app/engine.h"
#include "app/features.h"
#include "app/serve.h"
#include "cli/stage.h"
#include "workshop/workshop.h"

struct showing {
	struct call *call;
	struct stage *stage;
};

/* The server's sockets are open, and nobody is answered before this returns. */
static void begin(void *arg, struct str address)
{
	struct showing *s = arg;
	struct engine *e = s->stage->host->engine;
	const struct workshop shop = {
		.themes = e->themes, .registry = s->stage->host->registry, .id = s->stage->id,
		.files = stage_files(s->call->arena), .sites = s->stage->sites,
		.n_sites = s->stage->n_sites,
	};

	workshop_begin(&shop);
	features_add(&workshop_feature);
	address = arena_printf(s->call->arena, "%.*s://%.*s.localhost%.*s/workshop/",
			       STR_ARG(e->scheme), STR_ARG(s->stage->sites[0]), STR_ARG(e->port));
	call_out(s->call, tr(s->call->catalog,
		"The workshop of %.*s is at %s; Ctrl-C closes it.\n"),
		 STR_ARG(s->stage->id), address.p);
	call_flush(s->call);
}

bool cmd_theme_serve(struct call *call, struct fail *f)
{
	CLEANUP(stage_remove) struct stage stage = { .dir = NULL };
	struct showing showing = { call, &stage };
	struct str given = call_option(call, "listen");
	const char *listen = given.n ? arena_cstr(call->arena, given) : "127.0.0.1:8008";
	const struct serve_options o = { .listen = &listen, .n_listen = 1, .ready = begin,
					 .arg = &showing };
	int64_t many;

	return call_number(call, "many", 0, 100000, 0, &many, f)
		&& stage_make(call, many, &stage, f) && serve_run(stage.host, &o, f);
}
