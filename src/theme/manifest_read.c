/* manifest_read.c - theme.ini: a table of plain keys, and one function for each kind of named
 * section. Options are completed when the whole file is read (a default may stand before its
 * choices), presets after that.
 */
#include "base/conf.h"
#include "base/limits.h"
#include "theme/manifest.h"

struct reading {
	struct manifest *m;
	const char *file;
	struct buf warnings;
};

struct text_key {
	const char *section, *key;
	size_t offset;
};

static const struct text_key text_keys[] = {
	{ "theme", "name", offsetof(struct manifest, name) },
	{ "theme", "version", offsetof(struct manifest, version) },
	{ "theme", "engine", offsetof(struct manifest, engine) },
	{ "theme", "license", offsetof(struct manifest, license) },
	{ "theme", "homepage", offsetof(struct manifest, homepage) },
	{ "theme", "parent", offsetof(struct manifest, parent) },
	{ "theme", "description", offsetof(struct manifest, description) },
	{ "theme", "tags", offsetof(struct manifest, tags) },
	{ "theme", "languages", offsetof(struct manifest, languages) },
	{ "author", "name", offsetof(struct manifest, author) },
	{ "author", "homepage", offsetof(struct manifest, author_homepage) },
	{ "original", "name", offsetof(struct manifest, original) },
	{ "original", "homepage", offsetof(struct manifest, original_homepage) },
};

static const struct text_key option_keys[] = {
	{ NULL, "default", offsetof(struct option, value) },
	{ NULL, "label", offsetof(struct option, label) },
	{ NULL, "help", offsetof(struct option, help) },
	{ NULL, "group", offsetof(struct option, group) },
	{ NULL, "unit", offsetof(struct option, unit) },
	{ NULL, "show_if", offsetof(struct option, show_if) },
	{ NULL, "renamed_from", offsetof(struct option, renamed_from) },
};

static void unknown(struct reading *r, const struct conf_line *l)
{
	buf_addf(&r->warnings, "%s:%d: unknown: [%.*s] %.*s\n", r->file, l->line,
		 STR_ARG(l->section), STR_ARG(l->key));
}

static bool put_text(struct arena *a, void *base, size_t offset, struct str value)
{
	*(struct str *)(void *)((char *)base + offset) = arena_str(a, value);
	return true;
}

static bool parse_small(const struct conf_line *l, int min, int max, int *ret, struct fail *f)
{
	int64_t n;

	if (!conf_int(l->value, min, max, &n, f))
		return false;
	*ret = (int)n;
	return true;
}

static bool parse_plain(struct reading *r, const struct conf_line *l, struct fail *f)
{
	struct manifest *m = r->m;

	for (size_t i = 0; i < ARRAY_LEN(text_keys); i++)
		if (str_eq(l->section, str_of(text_keys[i].section))
		    && str_eq(l->key, str_of(text_keys[i].key)))
			return put_text(m->arena, m, text_keys[i].offset, l->value);
	if (str_eq(l->section, STR("theme")) && str_eq(l->key, STR("api")))
		return parse_small(l, MANIFEST_API, MANIFEST_API, &m->api, f);
	if (str_eq(l->section, STR("limits")) && str_eq(l->key, STR("posts_per_page")))
		return parse_small(l, 1, 100, &m->posts_per_page, f);
	unknown(r, l);
	return true;
}

static bool parse_supports(struct reading *r, const struct conf_line *l, struct fail *f)
{
	struct manifest *m = r->m;
	bool yes;

	if (!conf_bool(l->value, &yes, f))
		return false;
	if (yes && m->n_supports < ARRAY_LEN(m->supports))
		m->supports[m->n_supports++] = arena_str(m->arena, l->key);
	return true;
}

static bool parse_image(struct reading *r, const struct conf_line *l, struct fail *f)
{
	struct manifest *m = r->m;

	if (str_eq(l->key, STR("sizes")))
		return put_text(m->arena, m, offsetof(struct manifest, sizes), l->value);
	if (m->n_images == MANIFEST_IMAGES)
		return fail(f, FAIL_TOO_LARGE, "more than %d image sizes", MANIFEST_IMAGES);
	if (!parse_small(l, 16, 4096, &m->images[m->n_images].width, f))
		return false;
	m->images[m->n_images++].name = arena_str(m->arena, l->key);
	return true;
}

/* --- options --- */

static struct option *option_of(struct manifest *m, struct str name, int line, struct fail *f)
{
	struct option *o = (struct option *)(uintptr_t)manifest_option_find(m, name);

	if (o)
		return o;
	if (!option_name_is_good(name)) {
		(void)!fail(f, FAIL_INVALID, "\"%.*s\" is not a name for an option", STR_ARG(name));
		return NULL;
	}
	if (m->n_options == MANIFEST_OPTIONS) {
		(void)!fail(f, FAIL_TOO_LARGE, "more than %d options", MANIFEST_OPTIONS);
		return NULL;
	}
	o = &m->options[m->n_options++];
	o->name = arena_str(m->arena, name);
	o->type = OPTION_TEXT;
	o->line = line;
	o->min = -1e9;
	o->max = 1e9;
	return o;
}

static bool unit_is_good(struct str unit)
{
	static const char *const units[] = {
		"", "px", "rem", "em", "ch", "%", "vh", "vw", "s", "ms", "deg", "fr",
	};

	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (str_eq(unit, str_of(units[i])))
			return true;
	return false;
}

static bool parse_choices(struct arena *a, struct option *o, struct str list, struct fail *f)
{
	size_t n = 1;

	for (size_t i = 0; i < list.n; i++)
		n += list.p[i] == ',';
	o->choices = arena_array(a, n, sizeof(*o->choices));
	o->n_choices = 0;
	while (list.n) {
		struct str choice = str_trim(str_cut(list, ',', &list));

		if (!option_name_is_good(choice))
			return fail(f, FAIL_INVALID, "choices are words, with commas between them");
		o->choices[o->n_choices++] = arena_str(a, choice);
	}
	return true;
}

static bool parse_bound(struct arena *a, struct str value, double *ret, struct fail *f)
{
	struct option any = { .type = OPTION_NUMBER, .min = -1e9, .max = 1e9 };
	struct str checked;
	int64_t whole;

	if (!option_check(a, &any, value, &checked, f))
		return false;
	if (!str_to_i64(value, &whole))
		return fail(f, FAIL_INVALID, "\"%.*s\" is not a whole number", STR_ARG(value));
	*ret = (double)whole;
	return true;
}

static bool parse_option(struct reading *r, const struct conf_line *l, struct str name,
			 struct fail *f)
{
	struct arena *a = r->m->arena;
	struct option *o = option_of(r->m, name, l->line, f);

	if (!o)
		return false;
	if (str_eq(l->key, STR("type")))
		return option_type_find(l->value, &o->type)
			|| fail(f, FAIL_INVALID, "\"%.*s\" is none of bool, select, color, text,"
				" markdown, image, number, font", STR_ARG(l->value));
	if (str_eq(l->key, STR("choices")) || str_eq(l->key, STR("options")))
		return parse_choices(a, o, l->value, f);
	if (str_eq(l->key, STR("min")))
		return parse_bound(a, l->value, &o->min, f);
	if (str_eq(l->key, STR("max")))
		return parse_bound(a, l->value, &o->max, f);
	if (str_eq(l->key, STR("unit")) && !unit_is_good(l->value))
		return fail(f, FAIL_INVALID, "\"%.*s\" is not a unit of CSS that is allowed",
			    STR_ARG(l->value));
	for (size_t i = 0; i < ARRAY_LEN(option_keys); i++)
		if (str_eq(l->key, str_of(option_keys[i].key)))
			return put_text(a, o, option_keys[i].offset, l->value);
	unknown(r, l);
	return true;
}

/* --- presets and queries --- */

static bool parse_preset(struct reading *r, const struct conf_line *l, struct str name,
			 struct fail *f)
{
	struct manifest *m = r->m;
	struct manifest_preset *p = (struct manifest_preset *)(uintptr_t)
		manifest_preset_find(m, name);

	if (!p && (m->n_presets == MANIFEST_PRESETS || !option_name_is_good(name)))
		return fail(f, FAIL_INVALID, "\"%.*s\" is not a good name, or there are more than"
			" %d presets", STR_ARG(name), MANIFEST_PRESETS);
	if (!p) {
		p = &m->presets[m->n_presets++];
		p->name = arena_str(m->arena, name);
		p->line = l->line;
	}
	if (p->n == MANIFEST_OPTIONS)
		return fail(f, FAIL_TOO_LARGE, "more than %d values", MANIFEST_OPTIONS);
	p->values[p->n++] = (struct manifest_pair){ arena_str(m->arena, l->key),
						    arena_str(m->arena, l->value), l->line };
	return true;
}

static struct manifest_query *query_of(struct manifest *m, const struct conf_line *l,
				       struct str name, struct fail *f)
{
	struct manifest_query *q = (struct manifest_query *)(uintptr_t)
		manifest_query_find(m, name);

	if (q)
		return q;
	if (m->n_queries == MANIFEST_QUERIES || !option_name_is_good(name)) {
		(void)!fail(f, FAIL_INVALID, "\"%.*s\" is not a good name, or there are more than"
			" %d queries", STR_ARG(name), MANIFEST_QUERIES);
		return NULL;
	}
	q = &m->queries[m->n_queries++];
	q->name = arena_str(m->arena, name);
	q->line = l->line;
	q->limit = 5;
	q->section = STR("/");
	return q;
}

static bool parse_word(struct str v, const char *const *words, int *ret, struct fail *f)
{
	for (int i = 0; words[i]; i++) {
		if (!str_eq(v, str_of(words[i])))
			continue;
		*ret = i;
		return true;
	}
	return fail(f, FAIL_INVALID, "\"%.*s\" is not known here", STR_ARG(v));
}

static bool is_section(struct str v, struct fail *f)
{
	return str_starts(v, STR("$")) || (str_starts(v, STR("/")) && str_ends(v, STR("/")))
		|| fail(f, FAIL_INVALID, "\"%.*s\" should begin and end with a slash, or be an"
			" option of the theme, as $section", STR_ARG(v));
}

static bool parse_query(struct reading *r, const struct conf_line *l, struct str name,
			struct fail *f)
{
	static const char *const kinds[] = { "posts", "pages", NULL };
	static const char *const orders[] = { "newest", "oldest", "most_discussed", NULL };
	struct manifest_query *q = query_of(r->m, l, name, f);
	int word;

	if (!q)
		return false;
	if (str_eq(l->key, STR("limit")))
		return parse_small(l, 1, MANIFEST_QUERY_MOST, &q->limit, f);
	if (str_eq(l->key, STR("tag")))
		return put_text(r->m->arena, q, offsetof(struct manifest_query, tag), l->value);
	if (str_eq(l->key, STR("section")))
		return is_section(l->value, f)
			&& put_text(r->m->arena, q, offsetof(struct manifest_query, section),
				    l->value);
	if (str_eq(l->key, STR("kind"))) {
		if (!parse_word(l->value, kinds, &word, f))
			return false;
		q->kind = (enum manifest_query_kind)word;
	} else if (str_eq(l->key, STR("order"))) {
		if (!parse_word(l->value, orders, &word, f))
			return false;
		q->order = (enum manifest_order)(MANIFEST_NEWEST + word);
	} else {
		unknown(r, l);
	}
	return true;
}

static bool parse_menu(struct reading *r, const struct conf_line *l, struct str name,
		       struct fail *f)
{
	struct manifest *m = r->m;
	struct manifest_menu *menu = (struct manifest_menu *)(uintptr_t)
		manifest_menu_find(m, name);

	if (!menu && (m->n_menus == MANIFEST_MENUS || !option_name_is_good(name)))
		return fail(f, FAIL_INVALID, "\"%.*s\" is not a good name, or there are more than"
			" %d menus", STR_ARG(name), MANIFEST_MENUS);
	if (!menu) {
		menu = &m->menus[m->n_menus++];
		menu->name = arena_str(m->arena, name);
		menu->line = l->line;
	}
	if (str_eq(l->key, STR("label")))
		return put_text(m->arena, menu, offsetof(struct manifest_menu, label), l->value);
	unknown(r, l);
	return true;
}

/* --- the whole --- */

static bool parse_line(void *data, const struct conf_line *l, struct fail *f)
{
	struct reading *r = data;
	struct str name, kind = str_cut(l->section, ' ', &name);

	name = str_trim(name);
	if (str_eq(kind, STR("option")))
		return parse_option(r, l, name, f);
	if (str_eq(kind, STR("preset")))
		return parse_preset(r, l, name, f);
	if (str_eq(kind, STR("query")))
		return parse_query(r, l, name, f);
	if (str_eq(kind, STR("menu")))
		return parse_menu(r, l, name, f);
	if (str_eq(l->section, STR("supports")))
		return parse_supports(r, l, f);
	if (str_eq(l->section, STR("images")))
		return parse_image(r, l, f);
	return parse_plain(r, l, f);
}

static bool finish_options(struct reading *r, struct fail *f)
{
	struct manifest *m = r->m;

	for (size_t i = 0; i < m->n_options; i++) {
		struct option *o = &m->options[i];

		if (o->type == OPTION_SELECT && !o->n_choices)
			return fail(f, FAIL_INVALID, "%s:%d: the option \"%.*s\" needs choices",
				    r->file, o->line, STR_ARG(o->name));
		if (!option_check(m->arena, o, o->value, &o->value, f))
			return fail_in(f, "%s:%d: default of the option \"%.*s\"", r->file, o->line,
				       STR_ARG(o->name));
	}
	return true;
}

static bool finish_preset(struct reading *r, struct manifest_preset *p, struct fail *f)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct option *o = manifest_option_find(r->m, p->values[i].key);

		if (!o && !r->m->parent.n)
			return fail(f, FAIL_INVALID, "%s:%d: there is no option \"%.*s\"", r->file,
				    p->values[i].line, STR_ARG(p->values[i].key));
		if (o && !option_check(r->m->arena, o, p->values[i].value, &p->values[i].value, f))
			return fail_in(f, "%s:%d", r->file, p->values[i].line);
	}
	return true;
}

/* A name that stands for an option: of the theme, or of a parent that is not read yet. */
static bool is_option(const struct reading *r, struct str name)
{
	return manifest_option_find(r->m, name) || r->m->parent.n;
}

static bool finish_show_if(struct reading *r, const struct option *o, struct fail *f)
{
	struct str value, name = str_cut(o->show_if, ':', &value), checked;
	const struct option *other = manifest_option_find(r->m, name);

	if (!o->show_if.n)
		return true;
	if (!is_option(r, name) || other == o)
		return fail(f, FAIL_INVALID, "%s:%d: show_if: there is no other option \"%.*s\"",
			    r->file, o->line, STR_ARG(name));
	if (other && value.p && !option_check(r->m->arena, other, value, &checked, f))
		return fail_in(f, "%s:%d: %s", r->file, o->line, "show_if");
	return true;
}

/* What options and queries say of options. */
static bool finish_links(struct reading *r, struct fail *f)
{
	struct manifest *m = r->m;

	for (size_t i = 0; i < m->n_options; i++)
		if (!finish_show_if(r, &m->options[i], f))
			return false;
	for (size_t i = 0; i < m->n_queries; i++) {
		const struct manifest_query *q = &m->queries[i];
		struct str name = q->kind == MANIFEST_POSTS ? q->tag : q->section;

		if (str_starts(name, STR("$")) && !is_option(r, str_skip(name, 1)))
			return fail(f, FAIL_INVALID, "%s:%d: there is no option \"%.*s\"", r->file,
				    q->line, STR_ARG(str_skip(name, 1)));
	}
	return true;
}

static bool finish(struct reading *r, struct fail *f)
{
	struct manifest *m = r->m;

	if (!m->api)
		return fail(f, FAIL_INVALID, "%s:1: \"api = %d\" is missing in [theme]", r->file,
			    MANIFEST_API);
	if (!m->name.n)
		return fail(f, FAIL_INVALID, "%s:1: \"name\" is missing in [theme]", r->file);
	if (!finish_options(r, f) || !finish_links(r, f))
		return false;
	for (size_t i = 0; i < m->n_presets; i++)
		if (!finish_preset(r, &m->presets[i], f))
			return false;
	m->warnings = arena_str(m->arena, buf_str(&r->warnings));
	return true;
}

static void reading_release(struct reading *r)
{
	buf_release(&r->warnings);
}

bool manifest_parse(struct arena *a, struct str text, const char *file, struct manifest **ret,
		    struct fail *f)
{
	CLEANUP(reading_release) struct reading r = { .file = file, .warnings = BUF(4096) };

	if (text.n > LIMIT_MANIFEST)
		return fail(f, FAIL_TOO_LARGE, "%s: more than %d KiB", file, LIMIT_MANIFEST / KIB);
	r.m = ARENA_NEW(a, struct manifest);
	r.m->arena = a;
	if (!conf_parse(text, file, parse_line, &r, f) || !finish(&r, f))
		return false;
	*ret = r.m;
	return true;
}
