/* body.c - Markdown with the words of the page in the post's language. */
#include "content/body.h"

#include "base/limits.h"
#include "lang/catalog.h"

struct rewriting {
	const struct body_hooks *hooks;
	struct buf links;
};

static bool rewrite(void *ctx, struct arena *a, struct str raw, struct str *ret)
{
	struct rewriting *w = ctx;

	if (!w->hooks->link || !w->hooks->link(w->hooks->ctx, a, raw, ret))
		return false;
	if (!str_has_char(raw, '\n') && !str_has_char(raw, '\t'))
		buf_addf(&w->links, "%.*s\t%.*s\n", STR_ARG(raw), STR_ARG(*ret));
	return true;
}

static bool size_of(void *ctx, struct str url, int *width, int *height)
{
	struct rewriting *w = ctx;

	return w->hooks->size && w->hooks->size(w->hooks->ctx, url, width, height);
}

static struct markdown_words words_of(const struct catalog *c)
{
	return (struct markdown_words){
		.note = str_of(tr(c, "Note")),
		.tip = str_of(tr(c, "Tip")),
		.important = str_of(tr(c, "Important")),
		.warning = str_of(tr(c, "Warning")),
		.caution = str_of(tr(c, "Caution")),
		.footnotes = str_of(tr(c, "Footnotes")),
		.back = str_of(tr(c, "Back to the text")),
		.anchor = str_of(tr(c, "Link to this section:")),
		.table = str_of(tr(c, "Table")),
		.task = str_of(tr(c, "Task")),
	};
}

bool body_render(struct arena *a, struct str source, struct str lang, const struct catalog *catalog,
		 const struct body_hooks *hooks, struct body *ret, struct fail *f)
{
	static const struct body_hooks none;
	struct rewriting w = { hooks ? hooks : &none, BUF(LIMIT_POST * 2) };
	struct markdown_options o = {
		.lang = lang, .heading_base = 2, .words = words_of(catalog), .ctx = &w,
		.link = rewrite, .size = size_of,
	};
	bool ok = markdown_render(a, source, &o, &ret->md, f);

	ret->links = arena_str(a, buf_str(&w.links));
	buf_release(&w.links);
	return ok;
}
