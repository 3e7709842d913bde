/* archive.c - the whole archive counts, a year and a month list titles. A month of more posts
 * than one page holds has several, and its year tells only how many there are. */
#include "blog/archive.h"

#include "base/date.h"
#include "content/month.h"
#include "unicode/dateformat.h"

static struct str count_label(struct ctx *cx, int64_t n)
{
	return ctx_say(cx, trn(cx->catalog, "%d post", "%d posts", (uint64_t)n), (int)n);
}

static struct str name_of(struct ctx *cx, int year, int month, enum date_form form)
{
	struct date d = { .year = year, .month = month, .day = 15, .hour = 12 };

	return date_format(cx->arena, cx->lang, NULL, date_unix(&d, 0), form);
}

struct str archive_month_path(struct arena *a, const struct month *m, int64_t part)
{
	struct str path = arena_printf(a, "/archive/%04d/%02d/", m->year, m->month);

	return part > 1 ? arena_printf(a, "%.*spage/%lld/", STR_ARG(path), (long long)part) : path;
}

static struct value *month_value(struct ctx *cx, const struct month *m)
{
	struct value *v = value_map(cx->arena);

	value_set_text(v, "name", name_of(cx, m->year, m->month, DATE_MONTH_NAME));
	value_set_url(v, "url", archive_month_path(cx->arena, m, 1));
	value_set_text(v, "count_label", count_label(cx, m->posts));
	return v;
}

/* The years of a list of months, the newest first, each with its months. */
static struct value *years_value(struct ctx *cx, const struct month *months, size_t n)
{
	struct value *years = value_list(cx->arena);

	for (size_t i = 0; i < n;) {
		struct value *y = value_map(cx->arena), *list = value_list(cx->arena);
		int year = months[i].year;
		int64_t posts = 0;

		for (; i < n && months[i].year == year; i++) {
			value_list_add(list, month_value(cx, &months[i]));
			posts += months[i].posts;
		}
		value_set_text(y, "year", name_of(cx, year, 6, DATE_YEAR));
		value_set_url(y, "url", arena_printf(cx->arena, "/archive/%04d/", year));
		value_set_text(y, "count_label", count_label(cx, posts));
		value_set(y, "months", list);
		value_list_add(years, y);
	}
	return years;
}

static bool begin(struct ctx *cx, struct str title, struct str path, struct value **page,
		  struct fail *f)
{
	struct page_about about = { .title = title, .path = path };

	return view_page(cx, &about, page, f);
}

bool archive_years(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct month *months;
	struct value *page;
	size_t n;

	if (!month_all(cx->arena, cx->tx, &months, &n, f)
	    || !begin(cx, str_of(tr(cx->catalog, "Archive")), STR("/archive/"), &page, f))
		return false;
	value_set(page, "years", years_value(cx, months, n));
	value_set_bool(page, "has_years", n > 0);
	value_set_bool(page, "is_archive", true);
	return view_render(cx, "archive", page, ret, f);
}

static bool year_arg(struct ctx *cx, int *year)
{
	int64_t y;

	if (cx->args[0].n != 4 || !str_to_i64(cx->args[0], &y) || y < 1)
		return false;
	*year = (int)y;
	return true;
}

/* The months of a year with their posts, the last first. */
static bool months_value(struct ctx *cx, int year, struct value *list, struct fail *f)
{
	int64_t counts[12];

	if (!month_of_year(cx->tx, year, counts, f))
		return false;
	for (int month = 12; month >= 1; month--) {
		struct month m = { year, month, counts[month - 1] };
		struct post_list posts = { NULL, 0 };
		struct value *v;

		if (m.posts == 0)
			continue;
		if (month_parts(&m) == 1
		    && !month_posts(cx->arena, cx->tx, &m, 1, cx->zone, &posts, f))
			return false;
		v = month_value(cx, &m);
		value_set(v, "posts", view_links_to(cx, &posts));
		value_set_bool(v, "has_posts", posts.n > 0);
		value_list_add(list, v);
	}
	return true;
}

bool archive_year(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct value *page, *list = value_list(cx->arena);
	int year;

	answer_not_found(ret);
	if (!year_arg(cx, &year))
		return true;
	if (!months_value(cx, year, list, f))
		return false;
	if (value_length(list) == 0)
		return true;
	if (!begin(cx, name_of(cx, year, 6, DATE_YEAR), cx->path, &page, f))
		return false;
	value_set_bool(page, "is_year", true);
	value_set_text(page, "year", name_of(cx, year, 6, DATE_YEAR));
	value_set(page, "months", list);
	return view_render(cx, "archive", page, ret, f);
}

/* The month of the address, with its count; false: that is none. */
static bool month_args(struct ctx *cx, struct month *m)
{
	int64_t month;

	if (!year_arg(cx, &m->year) || cx->args[1].n != 2 || !str_to_i64(cx->args[1], &month)
	    || month < 1 || month > 12)
		return false;
	m->month = (int)month;
	return true;
}

static void set_way(struct value *pager, const char *has, const char *url, struct str path)
{
	value_set_bool(pager, has, path.n > 0);
	if (path.n)
		value_set_url(pager, url, path);
}

/* Dates go up, so that older posts are on the part before; but where a serial is read on,
 * "older" leads (blog/lists.c). */
static struct value *pager_value(struct ctx *cx, const struct month *m, int64_t part)
{
	struct value *pager = value_map(cx->arena);
	struct str before = part > 1 ? archive_month_path(cx->arena, m, part - 1) : STR_NONE;
	struct str behind = part < month_parts(m)
		? archive_month_path(cx->arena, m, part + 1) : STR_NONE;
	bool serial = cx->settings.serial;

	set_way(pager, "has_older", "older_url", serial ? behind : before);
	set_way(pager, "has_newer", "newer_url", serial ? before : behind);
	return pager;
}

static bool show_month(struct ctx *cx, const struct month *m, int64_t part, struct answer *ret,
		       struct fail *f)
{
	struct str name = name_of(cx, m->year, m->month, DATE_MONTH), title = name;
	struct post_list posts;
	struct value *page;

	if (part > 1)
		title = ctx_say(cx, tr(cx->catalog, "%1$s – page %2$d"), name.p, (int)part);
	if (!month_posts(cx->arena, cx->tx, m, part, cx->zone, &posts, f)
	    || !begin(cx, title, cx->path, &page, f))
		return false;
	value_set_bool(page, "is_month", true);
	value_set_text(page, "month_name", title);
	value_set_url(page, "year_url", arena_printf(cx->arena, "/archive/%04d/", m->year));
	value_set_text(page, "year", name_of(cx, m->year, 6, DATE_YEAR));
	value_set(page, "posts", view_links_to(cx, &posts));
	value_set_bool(page, "has_posts", true);
	if (month_parts(m) > 1)
		value_set(page, "pager", pager_value(cx, m, part));
	return view_render(cx, "archive", page, ret, f);
}

static bool find_month(struct ctx *cx, int64_t part, struct answer *ret, struct fail *f)
{
	struct month m = { .posts = 0 };

	answer_not_found(ret);
	if (!month_args(cx, &m))
		return true;
	if (!month_count(cx->tx, m.year, m.month, &m.posts, f))
		return false;
	return part > month_parts(&m) || show_month(cx, &m, part, ret, f);
}

bool archive_month(struct ctx *cx, struct answer *ret, struct fail *f)
{
	return find_month(cx, 1, ret, f);
}

/* The first part has one address, that of the month. */
bool archive_month_page(struct ctx *cx, struct answer *ret, struct fail *f)
{
	int64_t part;

	answer_not_found(ret);
	return !route_number(cx->args[2], &part) || part == 1 || find_month(cx, part, ret, f);
}
