/* head.c - see head.h. Everything is escaped on its way in: attribute() is the only
 * way to write a value here. */
#include "web/head.h"

#include "base/date.h"
#include "base/json.h"
#include "base/limits.h"
#include "unicode/zone.h"
#include "web/options.h"
#include "web/reader.h"

enum { HEAD_USUAL = 4 * KIB };

static void attribute(struct buf *b, const char *before, struct str value, const char *after)
{
	buf_adds(b, before);
	html_escape_to(b, value);
	buf_adds(b, after);
}

static void property(struct buf *b, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	buf_adds(b, "<meta property=\"");
	buf_adds(b, name);
	attribute(b, "\" content=\"", value, "\">\n");
}

static void alternate(struct buf *b, struct str lang, struct str url)
{
	attribute(b, "<link rel=\"alternate\" hreflang=\"", lang, "");
	attribute(b, "\" href=\"", url, "\">\n");
}

/* Whether the languages of the interface are versions of this page, each a page of its own to
 * a search engine. Where the text itself is in another language than the site's, or in
 * several, hreflang speaks of the text, and there is one page for each text. */
static bool has_versions(struct ctx *cx, const struct page_about *about)
{
	if (cx->n_languages == 0 || about->no_index)
		return false;
	return !about->post || (str_eq(view_lang(cx, about->post), cx->settings.lang)
				&& (!about->translations || about->translations->n == 0));
}

static struct str canonical(struct ctx *cx, const struct page_about *about)
{
	return ctx_absolute(cx, has_versions(cx, about) ? reader_path(cx, about->path)
			    : about->path);
}

static void put_titles(struct ctx *cx, struct buf *b, const struct page_about *about)
{
	attribute(b, "<title>", about->title.n ? about->title : cx->settings.title, "");
	if (about->title.n)
		attribute(b, " – ", cx->settings.title, "");
	buf_adds(b, "</title>\n");
	if (about->description.n)
		attribute(b, "<meta name=\"description\" content=\"", about->description, "\">\n");
	if (about->no_index)
		buf_adds(b, "<meta name=\"robots\" content=\"noindex, follow\">\n");
	attribute(b, "<link rel=\"canonical\" href=\"", canonical(cx, about), "\">\n");
	buf_adds(b, "<meta name=\"generator\" content=\"Hameau\">\n");
}

/* For readers of no language of the set: the text in the site's own, else this one. */
static struct str usual_path(struct ctx *cx, const struct page_about *about)
{
	const struct post_list *set = about->translations;

	struct str own = cx->settings.lang;

	for (size_t i = 0; i < set->n && !str_eq(view_lang(cx, about->post), own); i++)
		if (str_eq(view_lang(cx, &set->p[i]), own))
			return set->p[i].path;
	return about->path;
}

static void put_versions(struct ctx *cx, struct buf *b, const struct page_about *about)
{
	for (size_t i = 0; i < cx->n_languages; i++)
		alternate(b, cx->languages[i].lang,
			  ctx_absolute(cx, reader_path_in(cx, cx->languages[i].lang, about->path)));
	alternate(b, STR("x-default"), ctx_absolute(cx, about->path));
}

/* hreflang wants every member of the set on each of its pages, itself included. */
static void put_alternates(struct ctx *cx, struct buf *b, const struct page_about *about)
{
	const struct post_list *set = about->translations;

	if (has_versions(cx, about))
		put_versions(cx, b, about);
	if (!about->post)
		return;
	if (set && set->n) {
		alternate(b, view_lang(cx, about->post), ctx_absolute(cx, about->path));
		for (size_t i = 0; i < set->n; i++)
			alternate(b, view_lang(cx, &set->p[i]), ctx_absolute(cx, set->p[i].path));
		alternate(b, STR("x-default"), ctx_absolute(cx, usual_path(cx, about)));
	}
	attribute(b, "<link rel=\"alternate\" type=\"text/markdown\" href=\"",
		  arena_printf(cx->arena, "%.*s.md",
			       STR_ARG(str_sub(about->path, 0, about->path.n - 1))),
		  "\">\n");
}

static void put_feed(struct buf *b, struct str folder, struct str title)
{
	static const struct { const char *type, *name, *label; } feeds[] = {
		{ "application/atom+xml", "atom.xml", "Atom" },
		{ "application/rss+xml", "rss.xml", "RSS" },
		{ "application/feed+json", "feed.json", "JSON" },
	};

	for (size_t i = 0; i < ARRAY_LEN(feeds); i++) {
		buf_adds(b, "<link rel=\"alternate\" type=\"");
		buf_adds(b, feeds[i].type);
		attribute(b, "\" title=\"", title, " (");
		buf_adds(b, feeds[i].label);
		attribute(b, ")\" href=\"", folder, feeds[i].name);
		buf_adds(b, "\">\n");
	}
}

static struct value *feeds_of_site(struct ctx *cx)
{
	CLEANUP(buf_release) struct buf b = BUF(16 * KIB);

	put_feed(&b, STR("/"), cx->settings.title);
	return value_html(cx->arena, html_trusted(arena_str(cx->arena, buf_str(&b))));
}

static void put_feeds(struct ctx *cx, struct buf *b, const struct page_about *about)
{
	if (about->feed.n && !str_eq(about->feed, STR("/")))
		put_feed(b, about->feed, about->feed_title);
	buf_add(b, value_str(ctx_once(cx, CTX_FEEDS, feeds_of_site)));
}

static struct str iso(struct ctx *cx, int64_t t)
{
	CLEANUP(buf_release) struct buf b = BUF(64);

	date_rfc3339(&b, t, zone_offset(cx->zone, t));
	return arena_str(cx->arena, buf_str(&b));
}

static void put_cards(struct ctx *cx, struct buf *b, const struct page_about *about)
{
	const struct post *p = about->post;
	bool article = p && p->kind == POST_POST;

	property(b, "og:type", article ? STR("article") : STR("website"));
	property(b, "og:title", about->title.n ? about->title : cx->settings.title);
	property(b, "og:description", about->description);
	property(b, "og:url", canonical(cx, about));
	property(b, "og:site_name", cx->settings.title);
	property(b, "og:locale", p ? view_lang(cx, p) : cx->lang);
	if (about->image.n)
		property(b, "og:image", ctx_absolute(cx, about->image));
	if (article) {
		property(b, "article:published_time", iso(cx, p->published_at));
		if (p->updated_at)
			property(b, "article:modified_time", iso(cx, p->updated_at));
		for (size_t i = 0; i < p->n_terms; i++)
			if (p->terms[i].kind == TERM_TAG)
				property(b, "article:tag", p->terms[i].name);
	}
	buf_adds(b, "<meta name=\"twitter:card\" content=\"");
	buf_adds(b, about->image.n ? "summary_large_image" : "summary");
	buf_adds(b, "\">\n");
}

static void put_author(struct ctx *cx, struct json *j, const struct post *p)
{
	struct str name = cx->settings.author;

	for (size_t i = p->n_terms; i-- > 0;)
		if (p->terms[i].kind == TERM_AUTHOR)
			name = p->terms[i].name;
	if (name.n == 0)
		return;
	json_key(j, "author");
	json_open(j, '{');
	json_put_str(j, "@type", STR("Person"));
	json_put_str(j, "name", name);
	json_close(j, '}');
}

/* schema.org: a BlogPosting for posts, a WebSite for the home page. */
static void put_json_ld(struct ctx *cx, struct buf *b, const struct page_about *about)
{
	const struct post *p = about->post;
	struct json j = { b, false };

	if (!p && (about->title.n || !cx->site))
		return;
	buf_adds(b, "<script type=\"application/ld+json\">");
	json_open(&j, '{');
	json_put_str(&j, "@context", STR("https://schema.org"));
	json_put_str(&j, "@type", !p ? STR("WebSite") : p->kind == POST_POST ? STR("BlogPosting")
		     : STR("WebPage"));
	json_put_str(&j, p ? "headline" : "name", p ? view_title(cx, p) : cx->settings.title);
	json_put_str(&j, "url", canonical(cx, about));
	json_put_str(&j, "inLanguage", p ? view_lang(cx, p) : cx->lang);
	if (about->description.n)
		json_put_str(&j, "description", about->description);
	if (p && p->kind == POST_POST) {
		json_put_str(&j, "datePublished", iso(cx, p->published_at));
		json_put_str(&j, "dateModified",
			     iso(cx, p->updated_at ? p->updated_at : p->published_at));
		put_author(cx, &j, p);
	}
	if (about->image.n)
		json_put_str(&j, "image", ctx_absolute(cx, about->image));
	json_close(&j, '}');
	buf_adds(b, "</script>\n");
}

static struct value *styles_of_site(struct ctx *cx)
{
	CLEANUP(buf_release) struct buf b = BUF(16 * KIB);
	static const struct { const char *name, *rel; } links[] = {
		{ "style.css", "stylesheet" }, { "icon.svg", "icon" },
	};
	struct str css = options_css(cx);

	for (size_t i = 0; i < ARRAY_LEN(links); i++) {
		struct str url = theme_asset_url(cx->theme, str_of(links[i].name));

		if (url.n == 0)
			continue;
		buf_addf(&b, "<link rel=\"%s\" href=\"", links[i].rel);
		attribute(&b, "", url, "\">\n");
	}
	if (css.n)
		attribute(&b, "<link rel=\"stylesheet\" href=\"", options_path(cx, css),
			  "\">\n");
	return value_html(cx->arena, html_trusted(arena_str(cx->arena, buf_str(&b))));
}

struct html head_make(struct ctx *cx, const struct page_about *about)
{
	CLEANUP(buf_release) struct buf b = BUF(256 * KIB);

	buf_reserve(&b, HEAD_USUAL);
	put_titles(cx, &b, about);
	buf_add(&b, value_str(ctx_once(cx, CTX_STYLES, styles_of_site)));
	put_alternates(cx, &b, about);
	if (cx->site)
		put_feeds(cx, &b, about);
	put_cards(cx, &b, about);
	put_json_ld(cx, &b, about);
	return html_trusted(arena_str(cx->arena, buf_str(&b)));
}
