/* permalink.c - permalink patterns of the four generators, and our own rule. */
#include "transfer/permalink.h"
#include <string.h>
#include "base/date.h"
#include "base/limits.h"
#include "http/url.h"
#include "unicode/slug.h"
#include "unicode/zone.h"

enum { SLUG_BYTES = 100 };

/* --- ours --- */

/* Each part of a path as a slug. */
static struct str slug_path(struct arena *a, struct str lang, struct str path)
{
	struct str out = STR_NONE, rest = path;

	while (rest.n) {
		struct str part = slug_make_in(a, lang, str_cut(rest, '/', &rest), SLUG_BYTES);

		if (part.n)
			out = out.n ? arena_printf(a, "%.*s/%.*s", STR_ARG(out), STR_ARG(part))
				    : part;
	}
	return out;
}

static struct str last_part(struct str path)
{
	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	path = str_skip(path, (size_t)(str_rfind_char(path, '/') + 1));
	if (str_ends(path, STR(".html")))
		path.n -= 5;
	return path;
}

static struct str our_slug(struct arena *a, const struct source_doc *doc)
{
	struct str from = doc->slug, slug;
	bool has_pattern = str_has_char(doc->url, ':');

	if (from.n == 0 && doc->url.n && !has_pattern)
		from = last_part(doc->url);
	if (from.n == 0)
		from = doc->stem;
	slug = slug_make_in(a, doc->lang, from, SLUG_BYTES);
	if (slug.n == 0)
		slug = slug_make_in(a, doc->lang, doc->title, SLUG_BYTES);
	if (slug.n == 0)
		slug = arena_printf(a, "text-%02x%02x%02x", doc->digest.b[0], doc->digest.b[1],
				    doc->digest.b[2]);
	return slug;
}

static struct str without_suffix(struct str path)
{
	if (str_ends(path, STR("/index.html")))
		path.n -= 11;
	else if (str_ends(path, STR(".html")))
		path.n -= 5;
	return path;
}

static struct str our_page_path(struct arena *a, const struct source_doc *doc)
{
	struct str dir;

	if (doc->url.n && !str_has_char(doc->url, ':'))
		return slug_path(a, doc->lang, without_suffix(doc->url));
	if (doc->slug.n == 0)
		return slug_path(a, doc->lang, doc->place);
	if (str_has_char(doc->slug, '/'))
		return slug_path(a, doc->lang, doc->slug);
	dir = str_sub(doc->place, 0, doc->place.n - doc->stem.n);
	return slug_path(a, doc->lang,
			 arena_printf(a, "%.*s%.*s", STR_ARG(dir), STR_ARG(doc->slug)));
}

void permalink_rename(struct arena *a, struct source_doc *doc, struct str slug)
{
	doc->slug = slug;
	doc->address = arena_printf(a, "/%.*s/", STR_ARG(slug));
}

/* --- theirs --- */

struct maker {
	const struct dialect *d;
	struct arena *arena;
	const struct source_doc *doc;
	struct date date;
	struct buf *out;
};

/* As generators write a name in an address: lower case, blanks as hyphens. */
static struct str urlize(struct arena *a, struct str s)
{
	char *p = arena_cstr(a, s);
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 32);
		if (p[i] == ' ')
			p[i] = '-';
	}
	return str_from(p, s.n);
}

static struct str their_name(const struct maker *m)
{
	const struct source_doc *doc = m->doc;

	if (doc->slug.n)
		return doc->slug;
	if (m->d->kind == DIALECT_ZOLA)
		return slug_make(m->arena, doc->stem, SLUG_BYTES);
	return m->d->kind == DIALECT_HUGO ? urlize(m->arena, doc->stem) : doc->stem;
}

static void put_categories(const struct maker *m)
{
	size_t i;

	for (i = 0; i < m->doc->categories.n; i++) {
		if (i)
			buf_addc(m->out, '/');
		buf_add(m->out, urlize(m->arena, m->doc->categories.p[i]));
	}
}

static void put_dir(const struct maker *m)
{
	struct str place = m->doc->place;

	place.n -= m->doc->stem.n + (place.n > m->doc->stem.n);
	buf_add(m->out, urlize(m->arena, place));
}

static int day_of_year(struct date d)
{
	struct date first = { .year = d.year, .month = 1, .day = 1 };

	return (int)((date_unix(&d, 0) - date_unix(&first, 0)) / 86400) + 1;
}

/* As ISO 8601 counts them: a week belongs to the year of its Thursday. */
static int week_of(struct date d)
{
	int from_monday = (d.weekday + 6) % 7;
	struct date thursday = date_of(date_unix(&d, 0) + (3 - from_monday) * 86400, 0);

	return (day_of_year(thursday) - 1) / 7 + 1;
}

static bool put_date_word(const struct maker *m, struct str w)
{
	static const char *const months[] = {
		"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December",
	};
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	const struct date *d = &m->date;

	if (str_eq(w, STR("year")))
		buf_addf(m->out, "%04d", d->year);
	else if (str_eq(w, STR("short_year")))
		buf_addf(m->out, "%02d", d->year % 100);
	else if (str_eq(w, STR("month")))
		buf_addf(m->out, "%02d", d->month);
	else if (str_eq(w, STR("i_month")))
		buf_addf(m->out, "%d", d->month);
	else if (str_eq(w, STR("monthname")) || str_eq(w, STR("long_month")))
		buf_add(m->out, urlize(m->arena, str_of(months[d->month - 1])));
	else if (str_eq(w, STR("short_month")))
		buf_addf(m->out, "%.3s", months[d->month - 1]);
	else if (str_eq(w, STR("day")))
		buf_addf(m->out, "%02d", d->day);
	else if (str_eq(w, STR("i_day")))
		buf_addf(m->out, "%d", d->day);
	else if (str_eq(w, STR("y_day")) || str_eq(w, STR("yearday")))
		buf_addf(m->out, m->d->kind == DIALECT_JEKYLL ? "%03d" : "%d", day_of_year(*d));
	else if (str_eq(w, STR("week")))
		buf_addf(m->out, "%02d", week_of(*d));
	else if (str_eq(w, STR("short_day")))
		buf_addf(m->out, "%.3s", days[d->weekday]);
	else if (str_eq(w, STR("hour")))
		buf_addf(m->out, "%02d", d->hour);
	else if (str_eq(w, STR("minute")))
		buf_addf(m->out, "%02d", d->minute);
	else if (str_eq(w, STR("second")))
		buf_addf(m->out, "%02d", d->second);
	else
		return false;
	return true;
}

/* False: a word we do not know; then the old address is not known either. */
static bool put_word(const struct maker *m, struct str w)
{
	if (put_date_word(m, w))
		return true;
	if (str_eq(w, STR("title")) && m->d->kind == DIALECT_HUGO)
		buf_add(m->out, slug_make(m->arena, m->doc->title, SLUG_BYTES));
	else if (str_eq(w, STR("title")) && m->d->kind == DIALECT_HEXO)
		buf_add(m->out, str_starts(m->doc->place, STR("_")) ? m->doc->stem : m->doc->place);
	else if (str_eq(w, STR("filename")) || str_eq(w, STR("contentbasename")) ||
		 str_eq(w, STR("post_title")) || str_eq(w, STR("basename")))
		buf_add(m->out, urlize(m->arena, m->doc->stem));
	else if (str_eq(w, STR("title")) || str_eq(w, STR("slug")) || str_eq(w, STR("name")) ||
		 str_eq(w, STR("slugorfilename")) || str_eq(w, STR("slugorcontentbasename")))
		buf_add(m->out, their_name(m));
	else if (str_eq(w, STR("categories")) || str_eq(w, STR("category")))
		put_categories(m);
	else if (str_eq(w, STR("section")) || str_eq(w, STR("collection")))
		buf_add(m->out, m->doc->section);
	else if (str_eq(w, STR("sections")))
		put_dir(m);
	else if (str_eq(w, STR("path")))
		buf_add(m->out, m->doc->place);
	else if (str_eq(w, STR("output_ext")))
		buf_adds(m->out, ".html");
	else
		return false;
	return true;
}

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || c == '_';
}

/* The pattern with its :words filled in; doubled slashes become one. */
static struct str fill(struct maker *m, struct str pattern)
{
	CLEANUP(buf_release) struct buf raw = BUF(4 * KIB);
	CLEANUP(buf_release) struct buf tidy = BUF(4 * KIB);
	size_t i = 0, n;

	m->out = &raw;
	buf_addc(&raw, '/');
	while (i < pattern.n) {
		if (pattern.p[i] != ':') {
			buf_addc(&raw, pattern.p[i++]);
			continue;
		}
		for (n = i + 1; n < pattern.n && is_word_char(pattern.p[n]); n++)
			;
		if (!put_word(m, str_sub(pattern, i + 1, n)))
			return STR_NONE;
		i = n;
	}
	for (i = 0; i < raw.n; i++)
		if (raw.p[i] != '/' || tidy.n == 0 || tidy.p[tidy.n - 1] != '/')
			buf_addc(&tidy, raw.p[i]);
	return buf_ok(&raw) && buf_ok(&tidy) ? arena_str(m->arena, buf_str(&tidy)) : STR_NONE;
}

static struct str jekyll_style(struct str style)
{
	static const struct { struct str name, pattern; } styles[] = {
		{ STR_INIT("date"), STR_INIT("/:categories/:year/:month/:day/:title:output_ext") },
		{ STR_INIT("pretty"), STR_INIT("/:categories/:year/:month/:day/:title/") },
		{ STR_INIT("ordinal"), STR_INIT("/:categories/:year/:y_day/:title:output_ext") },
		{ STR_INIT("weekdate"),
		  STR_INIT("/:categories/:year/W:week/:short_day/:title:output_ext") },
		{ STR_INIT("none"), STR_INIT("/:categories/:title:output_ext") },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(styles); i++)
		if (str_eq(style, styles[i].name))
			return styles[i].pattern;
	return style;
}

/* "/fr" in front of what is not in the site's own language. */
static struct str language_prefix(const struct maker *m)
{
	if (!m->doc->lang_in_name)
		return m->d->language_in_path ? m->d->language : STR_NONE;
	return !m->d->language_in_path && str_eq_nocase(m->doc->lang, m->d->language) ? STR_NONE
										     : m->doc->lang;
}

static struct str their_default(struct maker *m)
{
	const struct source_doc *doc = m->doc;
	bool is_ugly = m->d->is_ugly || m->d->kind == DIALECT_JEKYLL;
	struct str lang = language_prefix(m), dir = doc->place;

	if (doc->is_section && doc->place.n == 0)
		return STR("/");
	dir.n -= doc->stem.n;
	return arena_printf(m->arena, "/%.*s%s%.*s%.*s%s", STR_ARG(lang), lang.n ? "/" : "",
			    STR_ARG(m->d->kind == DIALECT_HUGO ? urlize(m->arena, dir) : dir),
			    STR_ARG(their_name(m)), is_ugly && !doc->is_bundle ? ".html" : "/");
}

static struct str their_address(struct maker *m)
{
	const struct source_doc *doc = m->doc;
	struct str pattern = STR_NONE, path, lang;

	if (doc->url.n && !str_has_char(doc->url, ':'))
		return permalink_path(m->d, m->arena, doc->url);
	if (doc->url.n && (m->d->kind == DIALECT_JEKYLL || m->d->kind == DIALECT_HEXO ||
			   m->d->kind == DIALECT_HUGO))
		return fill(m, doc->url);
	if (m->d->kind == DIALECT_HUGO && !doc->is_section)
		pattern = dialect_permalink_of(m->d, doc->section);
	else if (m->d->kind == DIALECT_JEKYLL && (doc->is_post || doc->section.n))
		pattern = dialect_permalink_of(m->d, doc->is_post ? STR_NONE : doc->section);
	else if (m->d->kind == DIALECT_HEXO && doc->is_post)
		pattern = dialect_permalink_of(m->d, STR_NONE);
	if (m->d->kind == DIALECT_JEKYLL)
		pattern = doc->is_post ? jekyll_style(pattern)
				       : (str_has_char(pattern, ':') && !doc->is_post &&
					  str_find(pattern, STR(":year")) < 0 ? pattern : STR_NONE);
	if (pattern.n == 0)
		return their_default(m);
	path = fill(m, pattern);
	lang = language_prefix(m);
	return path.n && lang.n ? arena_printf(m->arena, "/%.*s%.*s", STR_ARG(lang), STR_ARG(path))
				: path;
}

/* --- both --- */

struct str permalink_path(const struct dialect *d, struct arena *a, struct str url)
{
	ptrdiff_t at = str_find(url, STR("://")), end;

	if (at >= 0) {
		struct str rest = str_skip(url, (size_t)at + 3), base = d->base_url, host;
		ptrdiff_t base_at = str_find(base, STR("://"));

		host = str_cut(rest, '/', &url);
		if (base_at < 0)
			return STR_NONE;
		base = str_skip(base, (size_t)base_at + 3);
		if (!str_eq_nocase(host, str_cut(base, '/', &rest)))
			return STR_NONE;
	}
	end = str_find_char(url, '#');
	url = str_sub(url, 0, end < 0 ? url.n : (size_t)end);
	url = str_cut(url, '?', &(struct str){ 0 });
	if (d->base_path.n && str_starts(url, d->base_path) &&
	    (url.n == d->base_path.n || url.p[d->base_path.n] == '/'))
		url = str_skip(url, d->base_path.n);
	return str_starts(url, STR("/")) ? arena_str(a, url)
					 : arena_printf(a, "/%.*s", STR_ARG(url));
}

bool permalink_is_askable(struct arena *a, struct str path, struct str *ret)
{
	CLEANUP(buf_release) struct buf literal = BUF(3 * LIMIT_TARGET);
	bool folded;

	if (path.n > LIMIT_TARGET)
		return false;
	if (url_path(a, path, ret, &folded))
		return true;
	url_encode_path(&literal, path);
	return buf_ok(&literal) && url_path(a, arena_str(a, buf_str(&literal)), ret, &folded);
}

void permalink_make(const struct source_context *cx, struct arena *a, struct source_doc *doc)
{
	int offset = cx->zone ? zone_offset(cx->zone, doc->date) : 0;
	struct buf none = BUF(0);
	struct maker m = { .d = cx->dialect, .arena = a, .doc = doc, .out = &none,
			   .date = date_of(doc->date, offset) };

	doc->old_address = their_address(&m);
	if (!doc->is_post && (doc->place.n == 0 || str_eq(doc->place, STR("index"))) &&
	    doc->url.n == 0) {
		doc->address = STR_NONE;
		return;
	}
	if (doc->is_post)
		permalink_rename(a, doc, our_slug(a, doc));
	else
		permalink_rename(a, doc, our_page_path(a, doc));
	if (doc->slug.n == 0)
		doc->address = STR_NONE;
}
