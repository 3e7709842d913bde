/* front.c - see front.h. */
#include "front/front.h"

#include "base/date.h"
#include "http/query.h"
#include "http/url.h"
#include "markdown/markdown.h"
#include "site/host_store.h"
#include "site/newest.h"
#include "unicode/language.h"
#include "web/reader.h"

enum { FRONT_SITES = 50, FRONT_POSTS = 20 };

static struct str site_url(struct ctx *cx, struct str name, struct str base, struct str path)
{
	return ctx_elsewhere(cx, arena_printf(cx->arena, "%.*s.%.*s", STR_ARG(name), STR_ARG(base)),
			     path);
}

static struct value *site_value(struct ctx *cx, const struct host_row *s, struct str base)
{
	struct value *m = value_map(cx->arena);

	value_set_text(m, "title",
		       markdown_line(cx->arena, s->title.n ? s->title : s->shown, s->lang));
	value_set_text(m, "tagline", markdown_line(cx->arena, s->tagline, s->lang));
	value_set_bool(m, "has_tagline", s->tagline.n > 0);
	value_set_text(m, "name", s->shown);
	value_set_url(m, "url", site_url(cx, s->name, base, STR("/")));
	value_set_text(m, "lang", s->lang);
	value_set_text(m, "lang_name", language_name(cx->arena, s->lang, cx->lang));
	return m;
}

/* The day by the site's own clock; its zone is not known here, so no hour is told. */
static void set_day(struct ctx *cx, struct value *post, int64_t at)
{
	struct value *date;
	struct date d = date_of(at, 0);

	view_date(cx, post, "date", at);
	date = (struct value *)value_find(post, STR("date"));
	value_set_text(date, "iso", arena_printf(cx->arena, "%04d-%02d-%02d", (int)d.year, d.month,
						 d.day));
}

static struct value *post_value(struct ctx *cx, const struct newest *p, struct str base)
{
	struct value *m = value_map(cx->arena);

	value_set_text(m, "title", markdown_line(cx->arena, p->title, p->lang));
	value_set_url(m, "url", site_url(cx, p->site_name, base, p->url));
	value_set_text(m, "site_title", markdown_line(cx->arena, p->site_title, p->lang));
	value_set_url(m, "site_url", site_url(cx, p->site_name, base, STR("/")));
	value_set_text(m, "lang", p->lang);
	value_set_text(m, "dir", language_is_rtl(p->lang) ? STR("rtl") : STR("ltr"));
	set_day(cx, m, p->at);
	return m;
}

struct value *front_languages(struct ctx *cx, const struct catalogs *languages, struct str path)
{
	struct value *list = value_list(cx->arena);

	for (size_t i = 0; i < catalogs_count(languages); i++) {
		struct str lang = catalog_lang(catalogs_at(languages, i));
		int percent = catalogs_percent(languages, lang);
		struct value *m = value_map(cx->arena);

		if (percent < CATALOGS_OFFERED)
			continue;
		value_set_text(m, "name", language_name(cx->arena, lang, lang));
		value_set_text(m, "lang", lang);
		value_set_url(m, "url", arena_printf(cx->arena, "%.*s?lang=%.*s", STR_ARG(path),
						      STR_ARG(lang)));
		value_set_bool(m, "is_current", str_eq(lang, cx->lang));
		reader_set_percent(cx, m, percent);
		value_list_add(list, m);
	}
	return list;
}

static void set_pager(struct ctx *cx, struct value *page, struct str last)
{
	struct value *m = value_map(cx->arena);
	CLEANUP(buf_release) struct buf b = BUF(1024);

	value_set_bool(m, "has_newer", false);
	value_set_bool(m, "has_older", last.n > 0);
	buf_addf(&b, "/?lang=%.*s&after=", STR_ARG(cx->lang));
	url_encode(&b, last);
	value_set_url(m, "older_url", arena_str(cx->arena, buf_str(&b)));
	value_set(page, "pager", m);
}

bool front_show(struct ctx *cx, const struct catalogs *languages, struct str base,
		struct answer *ret, struct fail *f)
{
	struct page_about about = { .path = STR("/"), .description = cx->settings.tagline };
	struct value *page, *sites = value_list(cx->arena), *posts = value_list(cx->arena);
	struct str after = query_get(cx->arena, cx->query, STR("after"));
	struct host_row *rows;
	struct newest *newest;
	size_t n_rows, n_newest = 0;

	if (!view_page(cx, &about, &page, f)
	    || !host_store_list(cx->arena, cx->tx, after, FRONT_SITES, true, &rows, &n_rows, f)
	    || (after.n == 0 && !newest_list(cx->arena, cx->tx, NULL, FRONT_POSTS, &newest,
					     &n_newest, f)))
		return false;
	for (size_t i = 0; i < n_rows; i++)
		value_list_add(sites, site_value(cx, &rows[i], base));
	for (size_t i = 0; i < n_newest; i++)
		value_list_add(posts, post_value(cx, &newest[i], base));
	value_set(page, "sites", sites);
	value_set_bool(page, "has_sites", n_rows > 0);
	value_set(page, "posts", posts);
	value_set_bool(page, "has_posts", n_newest > 0);
	value_set(page, "languages", front_languages(cx, languages, STR("/")));
	set_pager(cx, page, n_rows == FRONT_SITES ? rows[n_rows - 1].name : STR_NONE);
	return view_render(cx, "front", page, ret, f);
}

const char *front_sentence(const struct catalog *c, int status)
{
	switch (status) {
	case 404: return tr(c, "There is no page at this address.");
	case 410: return tr(c, "This page was removed by its author.");
	case 405: return tr(c, "This page can only be read.");
	case 451: return tr(c, "This site may not be shown, for legal reasons.");
	case 503: return tr(c, "This is not available for the moment. Please try again later.");
	default: return tr(c, "Something went wrong on our side. Please try again later.");
	}
}

struct str front_contact_url(struct arena *a, struct str contact)
{
	if (str_starts(contact, STR("https://")) || str_starts(contact, STR("http://"))
	    || str_starts(contact, STR("mailto:")))
		return contact;
	if (str_has_char(contact, '@') && !str_has_char(contact, '/')
	    && !str_has_char(contact, ':'))
		return arena_printf(a, "mailto:%.*s", STR_ARG(contact));
	return STR("");
}

static void set_contact(struct ctx *cx, struct value *page)
{
	struct str contact = cx->site ? STR("") : cx->contact;
	struct str url = front_contact_url(cx->arena, contact);

	value_set_text(page, "contact", contact);
	value_set_bool(page, "has_contact", contact.n > 0);
	value_set_bool(page, "has_contact_url", url.n > 0);
	value_set_url(page, "contact_url", url);
}

bool front_error(struct ctx *cx, int status, struct str message, struct str reason, bool search,
		 struct answer *ret, struct fail *f)
{
	struct page_about about = { .title = message, .path = cx->path, .no_index = true };
	struct value *page;

	if (!view_page(cx, &about, &page, f))
		return false;
	value_set(page, "status", value_i64(cx->arena, status));
	value_set_text(page, "message", message);
	value_set_text(page, "reason", reason);
	value_set_bool(page, "has_reason", reason.n > 0);
	value_set_bool(page, "has_search", search);
	/* From where there is no site the way leads to the host's front page. */
	value_set_url(page, "home_url", cx->site ? STR("/") : ctx_absolute(cx, STR("/")));
	set_contact(cx, page);
	if (!view_render(cx, "error", page, ret, f))
		return false;
	ret->status = status;
	ret->cacheable = false;
	return true;
}
