/* feeds.c - the feature's table, and which feed an address asks for. */
#include "feeds/feeds.h"

#include "base/limits.h"
#include "content/list.h"
#include "content/term.h"
#include "feeds/channel.h"
#include "feeds/sitemap.h"

static const struct format {
	struct str file;
	const char *type;
	void (*write)(struct ctx *, const struct channel *, struct buf *);
} formats[FEED_FORMATS] = {
	[FEED_RSS] = { STR_INIT("rss.xml"), "application/rss+xml; charset=utf-8", rss_write },
	[FEED_ATOM] = { STR_INIT("atom.xml"), "application/atom+xml; charset=utf-8", atom_write },
	[FEED_JSON] = { STR_INIT("feed.json"), "application/feed+json; charset=utf-8",
			jsonfeed_write },
};

static bool show(struct ctx *cx, const struct term *term, struct str folder,
		 const struct format *as, struct answer *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_PAGE);
	struct channel c;

	if (!channel_load(cx, term, folder, as->file, &c, f))
		return false;
	as->write(cx, &c, &b);
	if (!buf_ok(&b))
		return fail(f, FAIL_TOO_LARGE, "the feed is larger than %d MiB", LIMIT_PAGE / MIB);
	answer_text(ret, str_of(as->type), arena_str(cx->arena, buf_str(&b)));
	ret->last_modified = c.updated;
	ret->head = str_of(answer_open_head);	/* readers in a browser's page ask for feeds */
	return true;
}

static bool feed_of_site(struct ctx *cx, struct answer *ret, struct fail *f)
{
	return show(cx, NULL, STR("/"), &formats[cx->tag], ret, f);
}

static bool feed_of_term(struct ctx *cx, enum term_kind kind, struct answer *ret, struct fail *f)
{
	const struct format *as = NULL;
	struct term *term;
	struct str slug = cx->args[0];

	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		if (str_eq(cx->args[1], formats[i].file))
			as = &formats[i];
	answer_not_found(ret);
	if (!as)
		return true;
	if (kind == TERM_LANG)
		slug = term_lang_slug(slug, cx->settings.lang);
	if (!term_named(cx->arena, cx->tx, kind, slug, &term, f))
		return false;
	if (!term)
		return true;
	term->slug = cx->args[0];
	return show(cx, term, view_term_path(cx->arena, kind, term->slug), as, ret, f);
}

static bool feed_of_tag(struct ctx *cx, struct answer *ret, struct fail *f)
{
	return feed_of_term(cx, TERM_TAG, ret, f);
}

static bool feed_of_author(struct ctx *cx, struct answer *ret, struct fail *f)
{
	return feed_of_term(cx, TERM_AUTHOR, ret, f);
}

static bool feed_of_language(struct ctx *cx, struct answer *ret, struct fail *f)
{
	return feed_of_term(cx, TERM_LANG, ret, f);
}

/* Every address that people and programs have learnt to try. */
static const struct route routes[] = {
	{ "/rss.xml", feed_of_site, NULL, FEED_RSS },
	{ "/atom.xml", feed_of_site, NULL, FEED_ATOM },
	{ "/feed.json", feed_of_site, NULL, FEED_JSON },
	{ "/feed", feed_of_site, NULL, FEED_RSS },
	{ "/feed/", feed_of_site, NULL, FEED_RSS },
	{ "/feed.xml", feed_of_site, NULL, FEED_RSS },
	{ "/index.xml", feed_of_site, NULL, FEED_RSS },
	{ "/rss", feed_of_site, NULL, FEED_RSS },
	{ "/rss/", feed_of_site, NULL, FEED_RSS },
	{ "/atom", feed_of_site, NULL, FEED_ATOM },
	{ "/atom/", feed_of_site, NULL, FEED_ATOM },
	{ "/feed/atom/", feed_of_site, NULL, FEED_ATOM },
	{ "/tag/:tag/:file", feed_of_tag, NULL, 0 },
	{ "/author/:author/:file", feed_of_author, NULL, 0 },
	{ "/lang/:lang/:file", feed_of_language, NULL, 0 },
	{ "/sitemap.xml", sitemap_show, NULL, 0 },
	{ "/sitemap/:part", sitemap_part, NULL, 0 },
	{ "/robots.txt", sitemap_robots, NULL, 0 },
	{ "/favicon.ico", sitemap_icon, NULL, 0 },
	{ "/.well-known/security.txt", sitemap_security, NULL, 0 },
	{ NULL, NULL, NULL, 0 },
};

/* Of a term, pages lead to the feed that they name first; the others are its full texts again. */
static bool tell_files(struct ctx *cx, struct str folder, feature_path_fn *tell, void *arg,
		       struct fail *f)
{
	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		enum path_use use = folder.n == 1 || i == FEED_ATOM ? PATH_LED_TO : PATH_RARE;

		if (!tell(arg, arena_printf(cx->arena, "%.*s%.*s", STR_ARG(folder),
					    STR_ARG(formats[i].file)), use, f))
			return false;
	}
	return true;
}

static bool tell_terms(struct ctx *cx, enum term_kind kind, feature_path_fn *tell, void *arg,
		       struct fail *f)
{
	struct term *terms;
	size_t n;

	if (!term_all(cx->arena, cx->tx, kind, &terms, &n, f))
		return false;
	if (kind == TERM_LANG && n == 1)	/* the site's once more */
		return true;
	for (size_t i = 0; i < n; i++) {
		bool own = kind == TERM_LANG && str_eq(terms[i].slug, TERM_OWN_LANG);

		struct str slug = own ? cx->settings.lang : terms[i].slug;

		if (!tell_files(cx, view_term_path(cx->arena, kind, slug), tell, arg, f))
			return false;
	}
	return true;
}

static bool paths(struct ctx *cx, feature_path_fn *tell, void *arg, struct fail *f)
{
	int64_t parts;

	if (!list_sitemap_parts(cx->tx, &parts, f)
	    || !tell(arg, STR("/sitemap.xml"), PATH_LED_TO, f)
	    || !tell(arg, STR("/robots.txt"), PATH_LED_TO, f)
	    || !tell_files(cx, STR("/"), tell, arg, f)
	    || !tell(arg, STR("/index.xml"), PATH_RARE, f))
		return false;
	for (int64_t i = 1; parts > 1 && i <= parts; i++)
		if (!tell(arg, arena_printf(cx->arena, "/sitemap/%lld.xml", (long long)i),
			  PATH_LED_TO, f))
			return false;
	return tell_terms(cx, TERM_TAG, tell, arg, f) && tell_terms(cx, TERM_AUTHOR, tell, arg, f)
		&& tell_terms(cx, TERM_LANG, tell, arg, f);
}

const struct feature feeds_feature = { .name = "feeds", .routes = routes, .paths = paths };
