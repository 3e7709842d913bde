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

enum { DATE_ISO, DATE_FIRST_FORM };

static const char *const date_names[] = { "iso", "long", "short", "medium", "year" };

static struct value *make_date(void *env, const void *of, unsigned which)
{
	static const enum date_form forms[] = { DATE_LONG, DATE_SHORT, DATE_MEDIUM, DATE_YEAR };
	CLEANUP(buf_release) struct buf iso = BUF(64);
	const int64_t *t = of;
	struct ctx *cx = env;

	if (which >= DATE_FIRST_FORM)
		return value_text(cx->arena, date_format(cx->arena, cx->lang, cx->zone, *t,
							 forms[which - DATE_FIRST_FORM]));
	date_rfc3339(&iso, *t, zone_offset(cx->zone, *t));
	return value_text(cx->arena, arena_str(cx->arena, buf_str(&iso)));
}

struct value *view_date_value(struct ctx *cx, int64_t t)
{
	static struct value_index index;
	static const struct value_shape shape = { date_names, ARRAY_LEN(date_names), make_date,
						  &index };
	int64_t *kept = ARENA_NEW(cx->arena, int64_t);

	*kept = t;
	return value_shaped(cx->arena, &shape, cx, kept);
}

void view_date(struct ctx *cx, struct value *map, const char *name, int64_t t)
{
	value_set(map, name, view_date_value(cx, t));
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
	value_set(page, "site", ctx_once(cx, CTX_SITE, site_value));
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
