/* look_manifest.c - theme.ini: what it says, and whether the rest of the theme knows of it. */
#include <stdio.h>

#include "base/conf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "check/look.h"

/* --- lines --- */

struct line {
	struct str section, key, value;
	int line;
};

struct lines {
	struct arena *arena;
	VEC(struct line) all;
};

static bool keep_line(void *data, const struct conf_line *l, struct fail *f)
{
	struct lines *ls = data;
	struct arena *a = ls->arena;

	(void)f;
	*VEC_ADD(&ls->all) = (struct line){ arena_str(a, l->section), arena_str(a, l->key),
					    arena_str(a, l->value), l->line };
	return true;
}

static const struct line *find_line(const struct lines *ls, const char *section, const char *key)
{
	for (size_t i = 0; i < ls->all.n; i++)
		if (str_eq(ls->all.p[i].section, str_of(section))
		    && str_eq(ls->all.p[i].key, str_of(key)))
			return &ls->all.p[i];
	return NULL;
}

static void tell(struct check *c, const char *id, int line, struct str detail, struct str near)
{
	look_tell(c, id, (struct look_at){ STR("theme.ini"), line, 0 }, detail, near);
}

/* --- keys --- */

static const char *const section_keys[] = {
	"theme name", "theme version", "theme api", "theme engine", "theme license",
	"theme homepage", "theme parent", "theme description", "theme tags", "theme languages",
	"author name", "author homepage", "original name", "original homepage",
	"limits posts_per_page", "option type", "option default", "option choices", "option label",
	"option help", "option group", "option min", "option max", "option unit",
	"option show_if", "option renamed_from", "query kind", "query tag", "query limit",
	"query section", "query order", "menu label",
};
static const char *const sections[] = {
	"theme", "author", "original", "supports", "limits", "images", "option", "preset", "query",
	"menu",
};

/* A key of the same section, or another section where this one is not known. */
static struct str near_key(struct str section, struct str key)
{
	struct str rest, kind = str_cut(section, ' ', &rest);
	struct nearest near;
	bool is_known = false;

	for (size_t i = 0; i < ARRAY_LEN(sections); i++)
		is_known = is_known || str_eq(kind, str_of(sections[i]));
	nearest_init(&near, is_known ? key : kind);
	for (size_t i = 0; !is_known && i < ARRAY_LEN(sections); i++)
		nearest_offer(&near, str_of(sections[i]));
	for (size_t i = 0; is_known && i < ARRAY_LEN(section_keys); i++) {
		struct str its, of = str_cut(str_of(section_keys[i]), ' ', &its);

		if (str_eq(of, kind))
			nearest_offer(&near, its);
	}
	return near.best;
}

/* The manifest's own warnings: "theme.ini:12: unknown: [section] key". */
static void look_at_unknown(struct check *c)
{
	struct str rest = c->own->warnings, line;

	while (str_line(&rest, &line)) {
		struct str tail, number, section, key;
		int64_t n;

		str_cut(line, ':', &tail);
		number = str_cut(tail, ':', &tail);
		str_cut(tail, '[', &section);
		section = str_cut(section, ']', &key);
		key = str_trim(key);
		if (!str_to_i64(number, &n))
			continue;
		tell(c, "TH031", (int)n,
		     arena_printf(c->arena, "[%.*s] %.*s", STR_ARG(section), STR_ARG(key)),
		     near_key(section, key));
	}
}

static void look_at_twice(struct check *c, const struct lines *ls)
{
	for (size_t i = 0; i < ls->all.n; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq(ls->all.p[i].section, ls->all.p[k].section)
			    && str_eq(ls->all.p[i].key, ls->all.p[k].key))
				tell(c, "TH046", ls->all.p[i].line, ls->all.p[i].key, STR_NONE);
}

static bool version_is_good(struct str v)
{
	int dots = 0;

	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] == '.' && i && v.p[i - 1] != '.')
			dots++;
		else if (v.p[i] < '0' || v.p[i] > '9')
			return dots == 2 && v.p[i] == '-' && v.p[i - 1] != '.';
	}
	return dots == 2 && v.p[v.n - 1] != '.';
}

static void look_at_about(struct check *c, const struct lines *ls)
{
	const struct manifest *m = c->own;
	const struct line *version = find_line(ls, "theme", "version");

	if (m->parent.n && (c->source->n_dirs < 2
			    || !str_eq(path_name(str_of(c->source->dirs[1])), m->parent)))
		tell(c, "TH047", find_line(ls, "theme", "parent")->line, m->parent, STR_NONE);
	if (!version_is_good(m->version))
		tell(c, "TH032", version ? version->line : 1, m->version, STR_NONE);
	if (!m->license.n)
		tell(c, "TH033", 1, STR_NONE, STR_NONE);
	if (!m->description.n)
		tell(c, "TH034", 1, STR_NONE, STR_NONE);
	if (!m->author.n)
		tell(c, "TH035", 1, STR_NONE, STR_NONE);
	if (!m->tags.n)
		tell(c, "TH036", 1, STR_NONE, STR_NONE);
	if (!m->languages.n)
		tell(c, "TH037", 1, STR_NONE, STR_NONE);
}

static void look_at_supports(struct check *c, const struct lines *ls)
{
	static const char *const words[] = { "blog", "forum", "serial", "pages", "members",
					     "comments", "campaigns", "dark", "rtl" };

	for (size_t i = 0; i < ls->all.n; i++) {
		const struct line *l = &ls->all.p[i];
		struct nearest near;
		bool is_known = !str_eq(l->section, STR("supports"));

		nearest_init(&near, l->key);
		for (size_t k = 0; k < ARRAY_LEN(words); k++) {
			is_known = is_known || str_eq(l->key, str_of(words[k]));
			nearest_offer(&near, str_of(words[k]));
		}
		if (!is_known)
			tell(c, "TH045", l->line, l->key, near.best);
	}
}

/* --- options --- */

static struct str near_option(const struct check *c, struct str name)
{
	struct nearest near;

	nearest_init(&near, name);
	for (size_t i = 0; i < c->manifest->n_options; i++)
		nearest_offer(&near, c->manifest->options[i].name);
	return near.best;
}

static bool is_word(char x)
{
	return (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9')
	       || x == '_' || x == '-';
}

/* Does the text hold `before` with the name right behind it? A select is also meant by
 * NAME_CHOICE, and Sass knows NAME-default. */
static bool names(struct str text, const char *before, struct str name)
{
	struct str mark = str_of(before);

	for (ptrdiff_t at; (at = str_find(text, mark)) >= 0;) {
		text = str_skip(text, (size_t)at + mark.n);
		if (str_starts(text, name) && (text.n == name.n || !is_word(text.p[name.n])
					       || text.p[name.n] == '_'
					       || str_starts(str_skip(text, name.n),
							     STR("-default"))))
			return true;
	}
	return false;
}

static bool any_text(const struct check *c, const char *before, struct str name)
{
	for (size_t i = 0; i < c->files.n; i++)
		if (names(c->files.p[i].text, before, name))
			return true;
	return false;
}

/* A section {{#options}} opens them all by their bare names: then nobody can tell. */
static bool option_is_used(const struct check *c, struct str name)
{
	return any_text(c, "options.", name) || any_text(c, "var(--", name)
	       || any_text(c, "$", name) || any_text(c, "show_if = ", name)
	       || any_text(c, "{{#options}}", STR_NONE);
}

static int line_of(const struct lines *ls, const char *kind, struct str name, const char *key)
{
	for (size_t i = 0; i < ls->all.n; i++) {
		struct str rest, its = str_cut(ls->all.p[i].section, ' ', &rest);

		if (str_eq(its, str_of(kind)) && str_eq(str_trim(rest), name)
		    && (!key || str_eq(ls->all.p[i].key, str_of(key))))
			return ls->all.p[i].line;
	}
	return 1;
}

static void look_at_options(struct check *c)
{
	for (size_t i = 0; i < c->own->n_options; i++) {
		const struct option *o = &c->own->options[i];

		if (!option_is_used(c, o->name))
			tell(c, "TH038", o->line, o->name, STR_NONE);
		if (!o->label.n)
			tell(c, "TH039", o->line, o->name, STR_NONE);
	}
}

static void look_at_presets(struct check *c)
{
	for (size_t i = 0; i < c->own->n_presets; i++) {
		const struct manifest_preset *p = &c->own->presets[i];
		bool changes = false;

		for (size_t k = 0; k < p->n; k++) {
			const struct manifest_pair *pair = &p->values[k];
			const struct option *o = manifest_option_find(c->manifest, pair->key);

			changes = changes || (o && !str_eq(o->value, pair->value));
		}
		if (!changes)
			tell(c, "TH041", p->line, p->name, STR_NONE);
	}
}

/* --- queries and menus --- */

static void look_at_queries(struct check *c)
{
	for (size_t i = 0; i < c->own->n_queries; i++) {
		const struct manifest_query *q = &c->own->queries[i];
		const struct str from[] = { q->tag, q->section };

		if (!any_text(c, "queries.", q->name))
			tell(c, "TH042", q->line, q->name, STR_NONE);
		for (size_t k = 0; k < ARRAY_LEN(from); k++)
			if (str_starts(from[k], STR("$"))
			    && !manifest_option_find(c->manifest, str_skip(from[k], 1)))
				tell(c, "TH044", q->line, from[k],
				     near_option(c, str_skip(from[k], 1)));
	}
}

static void look_at_menus(struct check *c, const struct lines *ls)
{
	for (size_t i = 0; i < ls->all.n; i++) {
		struct str name, kind = str_cut(ls->all.p[i].section, ' ', &name);

		name = str_trim(name);
		if (str_eq(kind, STR("menu")) && name.n && !any_text(c, "menus.", name))
			tell(c, "TH043", line_of(ls, "menu", name, NULL), name, STR_NONE);
	}
}

/* --- the whole --- */

/* What the theme stands on gives it options, too; the default theme, which nobody names, only
 * when there is no base.html above it. */
static const struct manifest *inherited(struct check *c, struct str text)
{
	bool has_base = look_find(c, STR("templates/base.html")) != NULL;
	struct manifest *m, *parent;
	struct str wanted;

	if (!manifest_parse(c->arena, text, "theme.ini", &m, NULL))
		return NULL;
	wanted = m->parent;
	for (size_t i = 1; i < c->source->n_dirs; i++) {
		CLEANUP(buf_release) struct buf b = BUF(LIMIT_MANIFEST);
		const char *dir = c->source->dirs[i];

		if (has_base && !(wanted.n && str_eq(path_name(str_of(dir)), wanted)))
			break;
		if (!file_read(path_join(c->arena, dir, STR("theme.ini")), &b, NULL)
		    || !manifest_parse(c->arena, buf_str(&b), "theme.ini", &parent, NULL))
			break;
		manifest_inherit(m, parent);
		has_base = has_base
			   || file_exists(path_join(c->arena, dir, STR("templates/base.html")));
		wanted = parent->parent;
	}
	return m;
}

void look_manifest(struct check *c)
{
	const struct look_file *file = look_find(c, STR("theme.ini"));
	struct lines ls = { .arena = c->arena };
	struct fail f = FAIL_INIT;
	struct manifest *own;
	char label[64];

	if (!file)
		return;
	snprintf(label, sizeof label, "%.*s/theme.ini", STR_ARG(c->id));
	if (!manifest_parse(c->arena, file->text, label, &own, &f)) {
		look_tell_fail(c, "TH030", file->name, &f);
		return;
	}
	c->own = own;
	c->manifest = inherited(c, file->text);
	if (conf_parse(file->text, label, keep_line, &ls, NULL)) {
		look_at_unknown(c);
		look_at_twice(c, &ls);
		look_at_about(c, &ls);
		look_at_supports(c, &ls);
		look_at_options(c);
		look_at_presets(c);
		look_at_queries(c);
		look_at_menus(c, &ls);
	}
	VEC_FREE(&ls.all);
}
