/* sample.c - see sample.h. A value is made from its type and its name; where a page can be in
 * several states, each is a sample of its own. */
#include "check/sample.h"

#include <stdio.h>
#include <string.h>

const struct sample samples[] = {
	{ "home", "full", true, " is_home is_top is_list ", " " },
	{ "home", "behind", true, " is_list ", " pinned has_pinned " },
	{ "home", "empty", false, " is_home is_top is_list ", " " },
	{ "list", "tag", true, " is_tag is_top is_list ", " " },
	{ "list", "author", true, " is_author is_list ", " " },
	{ "list", "language", true, " is_language is_top is_list ", " " },
	{ "terms", "full", true, " ", " " },
	{ "terms", "empty", false, " ", " " },
	{ "post", "full", true, " ", " " },
	{ "post", "serial", true, " is_serial ", " has_previous previous " },
	{ "post", "bare", false, " ", " " },
	{ "page", "full", true, " ", " " },
	{ "page", "bare", false, " ", " " },
	{ "archive", "all", true, " is_archive ", " posts pager months year year_url month_name " },
	{ "archive", "year", true, " is_year ", " posts pager years year_url month_name " },
	{ "archive", "month", true, " is_month ", " years months " },
	{ "archive", "empty", false, " is_archive ", " pager year year_url month_name " },
	{ "search", "full", true, " ", " " },
	{ "search", "nothing", false, " has_query ", " " },
	{ "search", "empty", false, " ", " query " },
	{ "error", "site", false, " has_search ", " " },
	{ "error", "host", true, " ", " " },
	{ "front", "full", true, " ", " " },
	{ "front", "empty", false, " ", " " },
	{ "forum", "full", true, " ", " " },
	{ "forum", "empty", false, " ", " " },
	{ "board", "full", true, " can_post ", " " },
	{ "board", "empty", false, " is_locked ", " " },
	{ "topic", "full", true, " can_reply ", " " },
	{ "topic", "locked", true, " is_locked ", " related has_related " },
	{ "members", "full", true, " ", " " },
	{ "members", "empty", false, " ", " " },
	{ "member", "full", true, " ", " " },
	{ "member", "bare", false, " ", " " },
	{ NULL, NULL, false, NULL, NULL }
};

enum { ITEMS = 3, DEPTH = 6 };

struct making {
	struct arena *arena;
	const struct check *check;
	const struct sample *sample;
	struct value *options;
	unsigned on;
	int number;			/* for ids that must differ */
};

static bool has_word(const char *words, const char *name)
{
	char word[64];

	snprintf(word, sizeof word, " %s ", name);
	return strstr(words, word) != NULL;
}

/* --- values without parts --- */

static struct str text_of(struct making *m, const char *name)
{
	static const struct { const char *name, *text; } texts[] = {
		{ "lang", "en" }, { "dir", "ltr" }, { "iso", "2026-03-03T10:00:00+01:00" },
		{ "width", "800" }, { "height", "600" }, { "number", "3" }, { "status", "404" },
		{ "initial", "A" }, { "slug", "rain" }, { "year", "2026" },
	};

	if (strcmp(name, "anchor") == 0)
		return arena_printf(m->arena, "r%d", ++m->number);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (strcmp(texts[i].name, name) == 0)
			return str_of(texts[i].text);
	return arena_printf(m->arena, "Some words for %s", name);
}

static struct html html_of(struct making *m, const char *name)
{
	int id = ++m->number;

	if (strcmp(name, "head") == 0)
		return html_trusted(STR("<title>Sample</title>\n<link rel=\"stylesheet\""
					" href=\"style.css\">"));
	if (strcmp(name, "toc") == 0)
		return html_trusted(STR("<ul><li><a href=\"#one\">One</a></li></ul>"));
	if (strcmp(name, "body") == 0)
		return html_trusted(arena_printf(m->arena,
			"<p>Some <strong>words</strong> and a <a href=\"/a/\">link</a>.</p>"
			"<h2 id=\"s%d\">A part</h2><blockquote><p>Said.</p></blockquote>"
			"<pre><code>code</code></pre><p><small>Small.</small></p>"
			"<div class=\"admonition note\"><p class=\"admonition-title\">Note</p>"
			"<p>Mind.</p></div>"
			"<div class=\"table-scroll\"><table><thead><tr><th>A</th></tr></thead>"
			"<tbody><tr><td>1</td></tr></tbody></table></div>", id));
	if (strcmp(name, "title") == 0 || strcmp(name, "snippet") == 0)
		return html_trusted(STR("Some <mark>words</mark>"));
	return html_trusted(STR("<p>Some words and a <a href=\"/a/\">link</a>.</p>"));
}

/* Truths differ from item to item, so that both sides of each are seen. */
static bool truth_of(const struct making *m, const char *name, int item)
{
	static const char *const of_first = " is_current is_first is_pinned is_announcement ";
	static const char *const of_second = " is_foreign is_locked is_answer is_author_of_topic"
					     " is_solved is_private ";

	if (item < 0)
		return has_word(m->sample->is, name)
		       || (m->sample->full && strncmp(name, "has_", 4) == 0);
	if (has_word(of_first, name))
		return item == 0;
	if (has_word(of_second, name))
		return item == 1;
	if (strcmp(name, "is_removed") == 0)
		return item == 2;
	if (strncmp(name, "has_", 4) == 0)
		return m->sample->full && item != 2;
	return false;
}

/* --- lists and maps --- */

static struct value *shape_of(struct making *m, const struct values_shape *s, int item, int depth);

static struct value *list_of(struct making *m, const struct values_row *row, int depth)
{
	struct value *list = value_list(m->arena);

	for (int i = 0; m->sample->full && i < ITEMS; i++)
		value_list_add(list, shape_of(m, row->of, i, depth + 1));
	return list;
}

static bool is_missing(const struct making *m, const struct values_shape *s, const char *name,
		       int item)
{
	const struct values_row *row;
	char has[64];

	snprintf(has, sizeof has, "has_%s", name);
	if (strcmp(name, "avatar_url") == 0 || strcmp(name, "website_url") == 0
	    || strcmp(name, "older_url") == 0 || strcmp(name, "newer_url") == 0)
		snprintf(has, sizeof has, "has_%.*s", (int)strlen(name) - 4, name);
	row = values_find(s, str_of(has), m->on);
	return strcmp(name, "title") != 0 && row && row->kind == VALUE_BOOL
	       && !truth_of(m, has, item);
}

static void put_row(struct making *m, struct value *map, const struct values_shape *s,
		    const struct values_row *r, int item, int depth)
{
	bool of_page = s == &values_page;

	if (of_page && has_word(m->sample->without, r->name))
		return;
	switch (r->kind) {
	case VALUE_BOOL:
		value_set_bool(map, r->name, truth_of(m, r->name, of_page ? -1 : item));
		return;
	case VALUE_LIST:
		value_set(map, r->name, list_of(m, r, depth));
		return;
	default:
		break;
	}
	if (is_missing(m, s, r->name, of_page ? -1 : item))
		return;
	if (r->kind == VALUE_MAP)
		value_set(map, r->name, shape_of(m, r->of, item, depth + 1));
	else if (r->kind == VALUE_HTML)
		value_set_html(map, r->name, html_of(m, r->name));
	else if (r->kind == VALUE_URL)
		value_set_url(map, r->name, arena_printf(m->arena, "/%s/", r->name));
	else if (!of_page && strcmp(r->name, "title") == 0
		 && values_find(s, STR("has_title"), m->on) && !truth_of(m, "has_title", item))
		value_set_text(map, r->name, STR(""));
	else
		value_set_text(map, r->name, text_of(m, r->name));
}

/* item: its number in a list; of a map that is in no list, 0. */
static struct value *shape_of(struct making *m, const struct values_shape *s, int item, int depth)
{
	struct value *map = value_map(m->arena);

	for (const struct values_shape *at = s; at && depth < DEPTH; at = at->base)
		for (const struct values_row *r = at->rows; r->name; r++)
			if ((!r->on || (r->on & m->on)) && strcmp(r->name, "*") != 0)
				put_row(m, map, s, r, item, depth);
	return map;
}

/* --- what theme.ini names --- */

static void put_named(struct making *m, struct value *page, struct str name, bool is_menu)
{
	const char *in = is_menu ? "menus" : "queries";
	const char *has = is_menu ? "has_menus" : "has_queries";
	const struct values_row *row = values_find(&values_page, str_of(in), 0);
	const struct values_row *any = row ? values_find(row->of, name, 0) : NULL;

	if (!any)
		return;
	value_set_str((struct value *)(uintptr_t)value_find(page, str_of(in)), name,
		      list_of(m, any, 1));
	value_set_str((struct value *)(uintptr_t)value_find(page, str_of(has)), name,
		      value_bool(m->arena, m->sample->full));
}

static void put_menus(struct making *m, struct value *page)
{
	const struct look_file *ini = look_find(m->check, STR("theme.ini"));
	struct str rest = ini ? ini->text : STR_NONE, line;

	while (str_line(&rest, &line))
		if (str_starts(line, STR("[menu ")) && str_ends(line, STR("]")))
			put_named(m, page, str_trim(str_sub(line, 6, line.n - 1)), true);
}

struct value *sample_values(struct arena *a, const struct check *c, const struct sample *s,
			    struct value *options)
{
	struct making m = { a, c, s, options, values_template(str_of(s->template)), 0 };
	struct value *page = shape_of(&m, &values_page, 0, 0);

	value_set(page, "options", options ? options : value_map(a));
	for (size_t i = 0; c->manifest && i < c->manifest->n_queries; i++)
		if (m.on != VALUES_FRONT)
			put_named(&m, page, c->manifest->queries[i].name, false);
	if (m.on != VALUES_FRONT)
		put_menus(&m, page);
	return page;
}
