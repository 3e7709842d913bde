/* look_vars.c - custom properties: those that are asked for and set nowhere, and the other way
 * round. */
#include "base/nearest.h"
#include "check/css_scan.h"
#include "check/look.h"

static bool is_name(char x)
{
	return (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9')
	       || x == '-' || x == '_' || (x & 0x80);
}

static struct str name_at(struct str text, size_t at)
{
	size_t end = at;

	while (end < text.n && is_name(text.p[end]))
		end++;
	return str_sub(text, at, end);
}

/* All that is set in a text: "--x:" and "@property --x". */
static void collect_set(struct map *set, struct str text)
{
	for (size_t at = 0; at + 2 < text.n; at++) {
		struct str name;
		size_t end;

		if (text.p[at] != '-' || text.p[at + 1] != '-' || (at && is_name(text.p[at - 1])))
			continue;
		name = name_at(text, at);
		end = at + name.n;
		while (end < text.n && text.p[end] == ' ')
			end++;
		if (name.n > 2 && end < text.n && (text.p[end] == ':' || text.p[end] == '{'))
			map_put(set, name, set);
		at += name.n ? name.n - 1 : 0;
	}
}

static struct str near_set(const struct map *set, struct str name)
{
	struct nearest near;
	struct str key;
	size_t at = 0;
	void *value;

	nearest_init(&near, name);
	while (map_each(set, &at, &key, &value))
		nearest_offer(&near, key);
	return near.best;
}

static void look_at_vars(struct check *c, const struct look_file *file, const struct map *set)
{
	static const struct str mark = STR_INIT("var(");
	struct str text = file->text;

	for (size_t at = 0;; ) {
		ptrdiff_t found = str_find(str_skip(text, at), mark);
		struct str name;

		if (found < 0)
			return;
		at += (size_t)found + mark.n;
		while (at < text.n && text.p[at] == ' ')
			at++;
		name = name_at(text, at);
		/* behind a comma stands what to use instead */
		if (name.n > 2 && at + name.n < text.n && text.p[at + name.n] == ')'
		    && !map_find(set, name))
			look_tell(c, "TH152", look_at(file->name, text, at),
				  arena_str(c->arena, name),
				  arena_str(c->arena, near_set(set, name)));
	}
}

static bool is_used(const struct check *c, struct str name)
{
	for (size_t i = 0; i < c->files.n; i++) {
		struct str text = c->files.p[i].text;

		for (ptrdiff_t at; (at = str_find(text, name)) >= 0;) {
			struct str before = str_trim(str_sub(text, 0, (size_t)at));
			bool whole = (size_t)at + name.n >= text.n
				     || !is_name(text.p[(size_t)at + name.n]);

			if (whole && str_ends(before, STR("var(")))
				return true;
			text = str_skip(text, (size_t)at + name.n);
		}
	}
	return false;
}

static void look_at_unused(struct check *c, const struct look_file *file)
{
	struct css_scan scan = { .text = file->text, .plain = str_ends(file->name, STR(".css")) };
	struct css_item d;

	while (css_scan_next(&scan, &d))
		if (d.kind == CSS_DECLARATION && str_starts(d.name, STR("--"))
		    && str_find(d.name, STR("#{")) < 0 && !is_used(c, d.name))
			look_tell(c, "TH153", look_at(file->name, file->text, d.at),
				  arena_str(c->arena, d.name), STR_NONE);
}

static void collect_all(struct check *c, struct map *set)
{
	for (size_t i = 0; i < c->files.n; i++)
		if (look_is_sheet(&c->files.p[i]) || look_is_in(&c->files.p[i], "templates/"))
			collect_set(set, c->files.p[i].text);
	for (size_t i = 0; c->manifest && i < c->manifest->n_options; i++)
		map_put(set, arena_printf(c->arena, "--%.*s",
					  STR_ARG(c->manifest->options[i].name)), set);
	/* what the themes below set, in the stylesheet as it is served */
	if (c->theme) {
		bool current;
		const struct asset *a = theme_asset(c->theme, STR("0/style.css"), &current);

		if (a)
			collect_set(set, a->bytes);
	}
}

void look_vars(struct check *c)
{
	struct map *set = map_new();

	collect_all(c, set);
	for (size_t i = 0; i < c->files.n; i++)
		if (look_is_sheet(&c->files.p[i]) && c->manifest) {
			look_at_vars(c, &c->files.p[i], set);
			look_at_unused(c, &c->files.p[i]);
		}
	map_free(set, NULL);
}
