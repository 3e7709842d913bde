/* sitemap.c - one file while the site is small, an index and parts when it is not. */
#include "feeds/sitemap.h"

#include "base/date.h"
#include "base/limits.h"
#include "content/list.h"
#include "feeds/channel.h"
#include "web/reader.h"

#define SITEMAP_OPEN(element) \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" element \
	" xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"

static void place(struct ctx *cx, struct buf *b, const char *element, struct str path,
		  int64_t changed)
{
	buf_addf(b, "<%s><loc>", element);
	channel_xml(b, ctx_absolute(cx, path));
	buf_adds(b, "</loc>");
	if (changed) {
		buf_adds(b, "<lastmod>");
		date_rfc3339(b, changed, 0);
		buf_adds(b, "</lastmod>");
	}
	buf_addf(b, "</%s>\n", element);
}

static bool part(struct ctx *cx, int64_t number, bool home, struct answer *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_PAGE);
	struct post_list posts;

	if (!list_sitemap(cx->arena, cx->tx, number, &posts, f))
		return false;
	buf_adds(&b, SITEMAP_OPEN("urlset"));
	if (home)
		place(cx, &b, "url", STR("/"), 0);
	for (size_t i = 1; home && i < cx->n_languages; i++)
		place(cx, &b, "url", reader_path_in(cx, cx->languages[i].lang, STR("/")), 0);
	for (size_t i = 0; i < posts.n; i++)
		place(cx, &b, "url", posts.p[i].path, channel_updated(&posts.p[i]));
	buf_adds(&b, "</urlset>\n");
	answer_text(ret, STR("application/xml"), arena_str(cx->arena, buf_str(&b)));
	return true;
}

bool sitemap_show(struct ctx *cx, struct answer *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_PAGE);
	int64_t parts;

	if (!list_sitemap_parts(cx->tx, &parts, f))
		return false;
	if (parts == 1)
		return part(cx, 0, true, ret, f);
	buf_adds(&b, SITEMAP_OPEN("sitemapindex"));
	for (int64_t i = 1; i <= parts; i++)
		place(cx, &b, "sitemap", arena_printf(cx->arena, "/sitemap/%lld.xml", (long long)i),
		      0);
	buf_adds(&b, "</sitemapindex>\n");
	answer_text(ret, STR("application/xml"), arena_str(cx->arena, buf_str(&b)));
	return true;
}

bool sitemap_part(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct str name = cx->args[0];
	int64_t number, parts;

	answer_not_found(ret);
	if (!str_ends(name, STR(".xml")) || !route_number(str_sub(name, 0, name.n - 4), &number))
		return true;
	if (!list_sitemap_parts(cx->tx, &parts, f))
		return false;
	return number > parts || part(cx, number - 1, number == 1, ret, f);
}

/* Crawlers that say that they collect texts to train models. */
static const char *const ai_crawlers[] = {
	"AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot",
	"ClaudeBot",
	"cohere-ai", "Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "ImagesiftBot",
	"Meta-ExternalAgent", "Omgilibot", "PerplexityBot", "Timpibot",
};

bool sitemap_robots(struct ctx *cx, struct answer *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(16 * KIB);

	(void)f;
	if (cx->settings.refuse_ai) {
		for (size_t i = 0; i < ARRAY_LEN(ai_crawlers); i++)
			buf_addf(&b, "User-agent: %s\n", ai_crawlers[i]);
		buf_adds(&b, "Disallow: /\n\n");
	}
	buf_adds(&b, "User-agent: *\nDisallow: /search/\n\nSitemap: ");
	buf_add(&b, ctx_absolute(cx, STR("/sitemap.xml")));
	buf_addc(&b, '\n');
	answer_text(ret, STR("text/plain; charset=utf-8"), arena_str(cx->arena, buf_str(&b)));
	return true;
}

bool sitemap_security(struct ctx *cx, struct answer *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(4 * KIB);
	bool mail = str_has_char(cx->contact, '@') && !str_starts(cx->contact, STR("mailto:"));

	(void)f;
	answer_not_found(ret);
	if (cx->contact.n == 0)
		return true;
	buf_addf(&b, "Contact: %s%.*s\nExpires: ", mail ? "mailto:" : "", STR_ARG(cx->contact));
	/* The RFC wants a date less than a year away; the page is made anew each month. */
	date_rfc3339(&b, (cx->now / (30 * 86400) + 10) * (30 * 86400), 0);
	buf_addf(&b, "\nPreferred-Languages: %.*s, en\n", STR_ARG(cx->settings.lang));
	answer_text(ret, STR("text/plain; charset=utf-8"), arena_str(cx->arena, buf_str(&b)));
	ret->cacheable = false;
	return true;
}

bool sitemap_icon(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct str icon = theme_asset_url(cx->theme, STR("icon.svg"));

	(void)f;
	answer_not_found(ret);
	if (icon.n == 0)
		return true;
	answer_moved(cx, ret, icon);
	ret->status = 302;		/* its address changes with the theme */
	return true;
}
