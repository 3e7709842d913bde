/* render_sitting.c - many pages of a site, each from what was looked up for the one before. */
#include "app/render_impl.h"

#include "base/date.h"
#include "base/mem.h"
#include "web/reader.h"

struct render_sitting {
	struct engine *e;
	const struct site *site;
	struct arena *arena;		/* of what pages have in common */
	struct ctx_common common;
	struct render_work w;
	bool begun;
	struct ctx cx;			/* as it was before the first page */
	struct str lang;		/* that its pages are read in; empty: the site's */
	uint32_t n_deps, n_read;	/* what all depend on: of w.deps, of the transaction */
};

struct render_sitting *render_sitting_new(struct engine *e, const struct site *site)
{
	struct render_sitting *s = MEM_NEW(struct render_sitting);

	s->e = e;
	s->site = site;
	s->arena = arena_new(0);
	return s;
}

static void rise(struct render_sitting *s)
{
	if (s->begun)
		render_work_end(&s->w);
	s->begun = false;
}

void render_sitting_end(struct render_sitting *s)
{
	if (!s)
		return;
	rise(s);
	arena_free(s->arena);
	mem_free(s);
}

/* The next page can be made from what was looked up for the last: it is in the same language, and
 * nothing that they have in common, and nothing in the database, has changed since. */
static bool is_true_still(struct render_sitting *s, struct str lang)
{
	const struct deps common = { s->w.deps.p, s->n_deps, s->n_deps };

	return s->begun && !s->w.elsewhere && !s->e->translate && str_eq(lang, s->lang)
		&& deps_fresh(&common, s->e->host->gens) && tx_back(s->w.tx.tx, s->n_read);
}

static bool sit_down(struct render_sitting *s, struct str path, struct str lang, struct fail *f)
{
	rise(s);
	arena_reset(s->arena);
	s->common = (struct ctx_common){ .arena = s->arena };
	s->lang = arena_str(s->arena, lang);
	render_work_begin(&s->w, s->e, s->arena, arena_str(s->arena, path), STR(""));
	s->begun = true;
	s->w.cx.common = &s->common;
	if (!render_work_site(&s->w, s->site, f))
		return false;
	s->cx = s->w.cx;
	s->n_deps = s->w.deps.n;
	s->n_read = tx_mark(s->w.tx.tx);
	return true;
}

bool render_sitting_page(struct render_sitting *s, struct arena *a, struct str path,
			 struct rendering *ret, struct fail *f)
{
	struct render_work *w = &s->w;
	struct str lang = STR_NONE, rest = path;
	bool ok;

	reader_split(path, &lang, &rest);
	ok = is_true_still(s, lang) || sit_down(s, path, lang, f);
	if (ok) {
		w->deps.n = s->n_deps;
		w->an = (struct answer){ .status = 0 };
		w->cx = s->cx;
		w->cx.arena = a;
		w->cx.path = w->elsewhere ? path : rest;
		w->cx.now = date_now();
		ok = render_work_page(w, ret, f);
	}
	if (ok)
		return true;
	rise(s);
	return render_work_where(s->site, path, f);
}
