/* render_impl.h - what the files of render.h share; nobody else includes it. */
#ifndef APP_RENDER_IMPL_H
#define APP_RENDER_IMPL_H

#include "app/config.h"
#include "app/render.h"
#include "site/registry.h"
#include "web/answer.h"
#include "web/ctx.h"

/* One rendering at work. */
struct render_work {
	struct engine *e;
	struct ctx cx;
	struct deps deps;
	struct host_tx tx;
	struct catalogs *catalogs;
	struct config *config;
	struct theme *theme;
	struct catalog *catalog;	/* the program's, below the words of theme and site */
	struct marks *marks;		/* for translators, with the catalog that fills them */
	struct catalog *marking;
	struct answer an;
	bool elsewhere;		/* an address of a language that the site does not offer */
};

/* The counters of configuration, catalogs and themes are copied before any of them is looked at,
 * those of the data by the transaction (store/tx.h): the order is the proof. */
void render_work_begin(struct render_work *w, struct engine *e, struct arena *a,
		       struct str path, struct str query);
/* Ends its transaction and gives back what it holds. */
void render_work_end(struct render_work *w);

/* What the pages of a site, or of the host in a language, are made with. */
MUST_CHECK bool render_work_site(struct render_work *w, const struct site *site,
				 struct fail *f);
void render_work_host(struct render_work *w, const struct catalog *catalog);

/* The page of a site at cx->path, whole: shown, with the reader's links, finished. */
MUST_CHECK bool render_work_page(struct render_work *w, struct rendering *ret,
				 struct fail *f);
/* False: puts before a failure where it was. */
bool render_work_where(const struct site *site, struct str path, struct fail *f);

/* The stylesheet with the theme's options, as w->an. */
bool render_work_options(struct ctx *cx, struct answer *an);
/* From w->an to what is kept and sent. */
MUST_CHECK bool render_work_finish(struct render_work *w, struct rendering *ret,
				   struct fail *f);

#endif
