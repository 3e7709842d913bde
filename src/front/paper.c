/* paper.c - see paper.h. */
#include "front/paper.h"

#include "base/limits.h"
#include "content/body.h"
#include "front/front.h"
#include "lang/text.h"
#include "unicode/language.h"
#include "web/view.h"

struct asking {
	struct ctx *cx;
	const struct paper_facts *facts;
};

/* Words of an operator stay words, whatever signs they hold. */
static struct str escape(struct arena *a, struct str s)
{
	CLEANUP(buf_release) struct buf b = BUF(4 * LIMIT_CONFIG);

	if (!s.n)
		return STR_NONE;
	for (size_t i = 0; i < s.n; i++) {
		if (str_has_char(STR("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"), s.p[i]))
			buf_addc(&b, '\\');
		buf_addc(&b, s.p[i]);
	}
	return arena_str(a, buf_str(&b));
}

static struct str contact_link(struct ctx *cx)
{
	struct str url = front_contact_url(cx->arena, cx->contact);
	struct str words = escape(cx->arena, cx->contact);

	for (size_t i = 0; i < url.n; i++)
		if (str_has_char(STR("<> \\"), url.p[i]))
			return words;
	if (!url.n)
		return words;
	return arena_printf(cx->arena, "[%.*s](<%.*s>)", STR_ARG(words), STR_ARG(url));
}

static struct str given(bool is)
{
	return is ? STR("") : STR_NONE;
}

static struct str fact_of_host(const struct asking *q, struct str name)
{
	struct ctx *cx = q->cx;
	struct arena *a = cx->arena;
	const struct { const char *name; struct str value; } all[] = {
		{ "host", escape(a, cx->settings.title) },
		{ "domain", escape(a, cx->host) },
		{ "operator", escape(a, q->facts->operator) },
		{ "address", escape(a, q->facts->address) },
		{ "responsible", escape(a, q->facts->responsible) },
		{ "place", escape(a, q->facts->place) },
		{ "legal_url", ctx_of_host(cx, STR("/legal/")) },
		{ "help_url", ctx_of_host(cx, STR("/help/")) },
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (str_eq(name, str_of(all[i].name)))
			return all[i].value;
	return STR_NONE;
}

static struct str fact(void *arg, struct str name)
{
	const struct asking *q = arg;
	static const char *const logs[] = { "if_log_nothing", "if_log_requests",
					    "if_log_networks", "if_log_addresses" };

	for (size_t i = 0; i < ARRAY_LEN(logs); i++)
		if (str_eq(name, str_of(logs[i])))
			return given(q->facts->log == (enum paper_log)i);
	if (str_eq(name, STR("contact")))
		return contact_link(q->cx);
	return fact_of_host(q, name);
}

/* As much of a post as the theme's page asks for. */
static struct value *text_value(struct ctx *cx, const struct text *text, const struct body *body)
{
	struct value *m = value_map(cx->arena);

	value_set_text(m, "title", markdown_line(cx->arena, text->title, text->lang));
	value_set_bool(m, "has_title", true);
	value_set_bool(m, "is_page", true);
	value_set_url(m, "url", cx->path);
	value_set_url(m, "absolute_url", ctx_absolute(cx, cx->path));
	value_set_text(m, "lang", text->lang);
	value_set_text(m, "dir", language_is_rtl(text->lang) ? STR("rtl") : STR("ltr"));
	value_set_text(m, "lang_name", language_name(cx->arena, text->lang, cx->lang));
	value_set_bool(m, "is_foreign", !str_eq(text->lang, cx->lang));
	value_set_html(m, "body", body->md.html);
	value_set_html(m, "toc", body->md.toc);
	value_set_bool(m, "has_toc", body->md.toc.s.n > 0);
	return m;
}

bool paper_show(struct ctx *cx, const struct text *text, const struct paper_facts *facts,
		const struct catalogs *languages, struct answer *ret, struct fail *f)
{
	struct page_about about = { .title = markdown_line(cx->arena, text->title, text->lang),
				    .path = cx->path };
	const struct catalog *own = catalogs_find(languages, text->lang);
	struct asking q = { cx, facts };
	struct value *page;
	struct body body;

	if (!body_render(cx->arena, text_fill(cx->arena, text->body, fact, &q), text->lang, own,
			 NULL, &body, f)
	    || !view_page(cx, &about, &page, f))
		return false;
	value_set(page, "post", text_value(cx, text, &body));
	value_set(page, "languages", front_languages(cx, languages, cx->path));
	value_set_bool(page, "has_languages", true);
	return view_render(cx, "page", page, ret, f);
}

bool paper_check(struct str text, struct str lang, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct body body;

	return body_render(a, text, lang, NULL, NULL, &body, f);
}

bool paper_at(struct str path, struct str *name, bool *slash)
{
	if (!str_starts(path, STR("/")))
		return false;
	*slash = str_ends(path, STR("/"));
	*name = str_sub(path, 1, path.n - (*slash ? 1 : 0));
	return texts_is_name(*name);
}

void paper_robots(struct ctx *cx, struct answer *ret)
{
	struct str map = ctx_absolute(cx, STR("/sitemap.xml"));

	answer_text(ret, STR("text/plain; charset=utf-8"),
		    arena_printf(cx->arena, "User-agent: *\nAllow: /\n\nSitemap: %.*s\n",
				 STR_ARG(map)));
}

void paper_sitemap(struct ctx *cx, struct answer *ret)
{
	CLEANUP(buf_release) struct buf b = BUF(64 * KIB);

	buf_adds(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		 "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n<url><loc>");
	html_escape_to(&b, ctx_absolute(cx, STR("/")));
	buf_adds(&b, "</loc></url>\n");
	for (size_t i = 0; texts_names[i]; i++) {
		buf_adds(&b, "<url><loc>");
		html_escape_to(&b, ctx_absolute(cx, arena_printf(cx->arena, "/%s/",
								 texts_names[i])));
		buf_adds(&b, "</loc></url>\n");
	}
	buf_adds(&b, "</urlset>\n");
	answer_text(ret, STR("application/xml"), arena_str(cx->arena, buf_str(&b)));
}
