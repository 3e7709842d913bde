/* view.c - what every page has: the site, the menu, the options, the head. */
#include "web/view.h"

#include "base/date.h"
#include "base/limits.h"
#include "unicode/dateformat.h"
#include "unicode/language.h"
#include "unicode/zone.h"
#include "web/head.h"
#include "web/menu.h"
#include "web/options.h"
#include "web/queries.h"
#include "web/reader.h"
#include "work/thread.h"

void view_date(struct ctx *cx, struct value *map, const char *name, int64_t t)
{
	struct value *m = value_map(cx->arena);
	CLEANUP(buf_release) struct buf iso = BUF(64);

	date_rfc3339(&iso, t, zone_offset(cx->zone, t));
	value_set_text(m, "iso", arena_str(cx->arena, buf_str(&iso)));
	value_set_text(m, "long", date_format(cx->arena, cx->lang, cx->zone, t, DATE_LONG));
	value_set_text(m, "short", date_format(cx->arena, cx->lang, cx->zone, t, DATE_SHORT));
	value_set_text(m, "medium", date_format(cx->arena, cx->lang, cx->zone, t, DATE_MEDIUM));
	value_set_text(m, "year", date_format(cx->arena, cx->lang, cx->zone, t, DATE_YEAR));
	value_set(map, name, m);
}

static struct value *site_value(struct ctx *cx)
{
	const struct settings *s = &cx->settings;
	struct value *m = value_map(cx->arena);

	value_set_text(m, "title", s->title);
	value_set_text(m, "tagline", s->tagline);
	value_set_bool(m, "has_tagline", s->tagline.n > 0);
	value_set_text(m, "author", s->author);
	value_set_bool(m, "has_author", s->author.n > 0);
	value_set_text(m, "lang", s->lang.n ? s->lang : cx->lang);
	value_set_url(m, "url", cx->site ? STR("/") : ctx_absolute(cx, STR("/")));
	value_set_url(m, "absolute_url", ctx_absolute(cx, STR("/")));
	value_set_url(m, "legal_url", ctx_of_host(cx, STR("/legal/")));
	value_set_url(m, "help_url", ctx_of_host(cx, STR("/help/")));
	if (!cx->site)			/* the host's own pages have none of these */
		return m;
	value_set_url(m, "feed_url", STR("/atom.xml"));
	value_set_url(m, "rss_url", STR("/rss.xml"));
	value_set_url(m, "archive_url", STR("/archive/"));
	value_set_url(m, "tags_url", STR("/tag/"));
	value_set_url(m, "search_url", STR("/search/"));
	value_set_url(m, "start_url", STR("/start/"));
	value_set_bool(m, "is_serial", s->serial);
	value_set_bool(m, "lists_full", s->full_posts);
	value_set_bool(m, "has_blog", true);
	value_set_url(m, "blog_url", STR("/"));
	value_set_bool(m, "has_forum", false);
	return m;
}

bool view_page(struct ctx *cx, const struct page_about *about, struct value **ret, struct fail *f)
{
	struct value *page = value_map(cx->arena);
	struct str title = about->title;

	/* The interface's; themes mark what is in another one (is_foreign). */
	value_set_text(page, "lang", cx->lang);
	value_set_text(page, "dir", language_is_rtl(cx->lang) ? STR("rtl") : STR("ltr"));
	value_set_text(page, "title", title.n ? title : cx->settings.title);
	value_set_bool(page, "has_title", title.n > 0);
	value_set_url(page, "url", about->path);
	value_set(page, "site", site_value(cx));
	options_value(cx, page);
	if (cx->site && !menu_value(cx, about->path, page, f))
		return false;
	reader_value(cx, about->path, page);
	value_set_html(page, "head", head_make(cx, about));
	*ret = page;
	return true;
}

static const struct template *find_template(void *arg, struct str name)
{
	const struct ctx *cx = arg;

	return theme_template(cx->theme, name);
}

static const char *translate(void *arg, const char *context, const char *msgid)
{
	const struct ctx *cx = arg;
	struct str found;

	if (catalog_find(cx->catalog, str_of(context), str_of(msgid), &found))
		return found.p;
	return msgid;
}

bool view_render(struct ctx *cx, const char *name, struct value *page, struct answer *ret,
		 struct fail *f)
{
	struct render_env env = { .arg = cx, .find = find_template,
				  .translate = translate };
	const struct template *t = theme_template(cx->theme, str_of(name));
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_PAGE);

	if (!t)
		return fail(f, FAIL_NOT_FOUND, "the theme has no template %s", name);
	if (cx->site && !queries_value(cx, str_of(name), page, f))
		return false;
	if (cx->watch)
		cx->watch->see(cx->watch->arg, name, page);
	thread_give_way();
	buf_reserve(&out, 32 * KIB);
	if (!template_render(t, page, &env, &out, f))
		return false;
	answer_html(ret, arena_str(cx->arena, buf_str(&out)));
	if (theme_is_trusted(cx->theme))
		ret->head = str_of(answer_trusted_head);
	return true;
}
