/* translate.c - see translate.h. The page is taken apart once more: frames between tags
 * become elements, in other places they are taken out and only listed. */
#include "app/translate.h"

#include <stdio.h>
#include "app/translate_entry.h"
#include "base/limits.h"
#include "unicode/language.h"
#include "web/markup.h"

enum state { DONE, MISSING, FUZZY };

/* A page at work. */
struct page {
	struct engine *e;
	struct ctx *cx;
	const struct marks *marks;
	const struct catalog *plain;
	struct translate_entry *entries;	/* of each mark */
	struct buf *b;
	unsigned open;				/* frames that are */
};

static enum state state_of(const struct page *p, size_t i)
{
	if (p->entries[i].fuzzy)
		return FUZZY;
	/* English is what it is translated from. */
	return marks_at(p->marks, i)->translated || str_eq(p->cx->lang, STR("en")) ? DONE : MISSING;
}

static const char *state_name(enum state s)
{
	static const char *const names[] = { "done", "missing", "fuzzy" };

	return names[s];
}

static void put(struct page *p, const char *before, struct str text, const char *after)
{
	buf_adds(p->b, before);
	html_escape_to(p->b, text);
	buf_adds(p->b, after);
}

/* ---- in the page ---- */

static struct str where(const struct page *p, size_t i)
{
	const struct translate_entry *e = &p->entries[i];

	if (!e->path)
		return STR("");
	return arena_printf(p->cx->arena, "%s:%d", e->path, e->line);
}

static void put_begin(struct page *p, size_t i)
{
	const struct mark *m = marks_at(p->marks, i);

	buf_addf(p->b, "<span class=\"t9n t9n-%s\" tabindex=\"0\">"
		 "<span class=\"t9n-note\" lang=\"en\" dir=\"ltr\"><b>",
		 state_name(state_of(p, i)));
	html_escape_to(p->b, str_of(m->id));
	buf_adds(p->b, "</b>");
	if (m->context)
		put(p, " [", str_of(m->context), "]");
	put(p, "<br>", p->entries[i].places, "");
	put(p, "<br>", where(p, i), "</span>");
	p->open++;
}

static void put_text(struct page *p, struct str text)
{
	struct marks_piece piece;

	while (marks_next(&text, &piece)) {
		if (piece.kind == MARKS_TEXT)
			buf_add(p->b, piece.text);
		else if (piece.kind == MARKS_BEGIN && piece.number < marks_count(p->marks))
			put_begin(p, piece.number);
		else if (piece.kind == MARKS_END && p->open) {
			buf_adds(p->b, "</span>");
			p->open--;
		}
	}
}

/* ---- the list at the end ---- */

static void put_hidden(struct page *p, const char *name, struct str value)
{
	buf_addf(p->b, "<input type=\"hidden\" name=\"%s\" value=\"", name);
	put(p, "", value, "\">\n");
}

static void put_row(struct page *p, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	put(p, "<dt>", str_of(name), "</dt><dd><code>");
	put(p, "", value, "</code></dd>\n");
}

/* Some numbers that take the form. */
static struct str numbers_of(struct page *p, unsigned form)
{
	CLEANUP(buf_release) struct buf b = BUF(200);
	int found = 0;

	for (unsigned n = 0; n < 200 && found < 4; n++)
		if (catalog_form(p->plain, n) == form)
			buf_addf(&b, "%s%u", found++ ? ", " : "", n);
	return arena_str(p->cx->arena, buf_str(&b));
}

static void put_field(struct page *p, size_t i, unsigned form, bool plural)
{
	const struct po_message *m = p->entries[i].message;
	struct str text = m && form < m->texts ? m->text[form] : STR("");
	struct str lang = p->cx->lang;

	buf_adds(p->b, "<label>");
	if (plural)
		put(p, "", numbers_of(p, form), " …");
	else
		put(p, "", language_title(p->cx->arena, lang, lang), "");
	buf_addf(p->b, "<textarea name=\"text%u\" rows=\"2\" lang=\"%.*s\" dir=\"auto\">\n", form,
		 STR_ARG(lang));
	put(p, "", text, "</textarea></label>\n");
}

static void put_form(struct page *p, size_t i)
{
	const struct mark *m = marks_at(p->marks, i);
	const struct ctx *cx = p->cx;
	unsigned forms = m->id_plural ? catalog_forms(p->plain) : 1;

	buf_adds(p->b, "<form method=\"post\" action=\"/_/translate\">\n");
	put_hidden(p, "token", str_of(p->e->translate));
	put_hidden(p, "lang", cx->lang);
	put_hidden(p, "theme", theme_id(cx->theme));
	put_hidden(p, "context", str_of(m->context));
	put_hidden(p, "id", str_of(m->id));
	if (m->id_plural)
		put_hidden(p, "plural", str_of(m->id_plural));
	put_hidden(p, "back", arena_printf(cx->arena, "%.*s%.*s", STR_ARG(cx->prefix),
					   STR_ARG(cx->path)));
	for (unsigned k = 0; k < forms; k++)
		put_field(p, i, k, m->id_plural);
	put(p, "<button type=\"submit\">", str_of(tr(p->plain, "Save the translation")),
	    "</button>\n</form>\n");
}

static void put_message(struct page *p, size_t i)
{
	const struct mark *m = marks_at(p->marks, i);
	enum state s = state_of(p, i);
	const char *names[] = { tr(p->plain, "translated"), tr(p->plain, "missing"),
				tr(p->plain, "to be checked") };

	buf_addf(p->b, "<details class=\"t9n-%s\" id=\"t9n-%zu\"><summary>", state_name(s), i);
	put(p, "<b lang=\"en\" dir=\"ltr\">", str_of(m->id), "</b> <small>");
	put(p, "", str_of(names[s]), "</small></summary>\n<dl>\n");
	put_row(p, tr(p->plain, "Context"), str_of(m->context));
	put_row(p, tr(p->plain, "Where it is shown from"), p->entries[i].places);
	put_row(p, tr(p->plain, "Line of the catalog"), where(p, i));
	buf_adds(p->b, "</dl>\n");
	put_form(p, i);
	buf_adds(p->b, "</details>\n");
}

static void put_list(struct page *p)
{
	static const enum state order[] = { MISSING, FUZZY, DONE };
	struct str lang = catalog_lang(p->plain);

	buf_addf(p->b, "<aside class=\"t9n-list\" id=\"t9n\" lang=\"%.*s\" dir=\"%s\">\n",
		 STR_ARG(lang), language_is_rtl(lang) ? "rtl" : "ltr");
	put(p, "<h2>", str_of(tr(p->plain, "Messages of this page")), "</h2>\n");
	for (size_t k = 0; k < ARRAY_LEN(order); k++)
		for (size_t i = 0; i < marks_count(p->marks); i++)
			if (state_of(p, i) == order[k])
				put_message(p, i);
	buf_adds(p->b, "</aside>\n");
}

/* ---- the whole ---- */

static void put_piece(struct page *p, const struct markup_piece *piece)
{
	bool is_end = piece->kind == MARKUP_TAG && piece->closing;

	if (is_end && str_eq(piece->name, STR("head")))
		buf_adds(p->b, "<link rel=\"stylesheet\" href=\"/_/translate.css\">\n");
	if (is_end && str_eq(piece->name, STR("body")))
		put_list(p);
	if (piece->kind == MARKUP_TEXT)
		put_text(p, piece->all);
	else
		buf_add(p->b, marks_strip(p->cx->arena, piece->all));
}

static void find_entries(struct page *p)
{
	struct arena *a = p->cx->arena;
	struct translate_files *files = translate_entry_files(p->e, a, p->cx->site, p->cx->theme,
							      p->cx->lang, p->plain);
	size_t n = marks_count(p->marks);

	p->entries = arena_array(a, n + 1, sizeof *p->entries);
	for (size_t i = 0; i < n; i++)
		p->entries[i] = translate_entry_find(files, marks_at(p->marks, i)->context,
						     marks_at(p->marks, i)->id);
}

void translate_page(struct engine *e, struct ctx *cx, const struct marks *marks,
		    const struct catalog *plain, struct answer *an)
{
	CLEANUP(buf_release) struct buf b = BUF(4 * LIMIT_PAGE);
	struct page p = { e, cx, marks, plain, NULL, &b, 0 };
	struct markup m = MARKUP(an->body);
	struct markup_piece piece;

	an->head = marks_strip(cx->arena, an->head);
	if (!str_starts(an->type, STR("text/html"))) {
		an->body = marks_strip(cx->arena, an->body);
		return;
	}
	find_entries(&p);
	while (markup_next(&m, &piece))
		put_piece(&p, &piece);
	an->body = arena_str(cx->arena, buf_str(&b));
}

struct str translate_languages(struct arena *a, const struct catalogs *all)
{
	CLEANUP(buf_release) struct buf b = BUF(4 * KIB);

	for (size_t i = 0; i < catalogs_count(all); i++)
		buf_addf(&b, "%s%.*s", i ? "," : "", STR_ARG(catalog_lang(catalogs_at(all, i))));
	return arena_str(a, buf_str(&b));
}
