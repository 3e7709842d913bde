/* extract_tree.c - the messages of templates and theme.ini, and those of whole folders. */
#include "base/conf.h"
#include "base/file.h"
#include "base/limits.h"
#include "mustache/template.h"
#include "translate/extract_impl.h"

#define SOURCE_MAX (4 * MIB)
#define DEPTH_MAX 8

/* ---- templates ---- */

struct where {
	struct extract *e;
	const char *name;
	struct str theme;
};

static bool put_use(void *arg, const struct template_use *use)
{
	const struct where *w = arg;

	if (use->kind == TEMPLATE_MESSAGE)
		extract_put(w->e, w->name, use->context ? str_of(use->context) : STR_NONE,
			    use->name);
	return true;
}

bool extract_template(struct extract *e, const char *name, struct str source, struct fail *f)
{
	static const struct template_options options = { .messages = true };
	CLEANUP(template_unrefp) struct template *t = NULL;
	struct where w = { e, name, STR_NONE };

	if (!template_compile(source, name, &options, &t, f))
		return false;
	template_each_use(t, put_use, &w);
	return true;
}

/* ---- theme.ini ---- */

static void put_choices(struct where *w, struct str option, struct str list)
{
	struct str context = arena_printf(w->e->arena, "%.*s.%.*s", STR_ARG(w->theme),
					  STR_ARG(option));

	while (list.n)
		extract_put(w->e, w->name, context, str_trim(str_cut(list, ',', &list)));
}

/* The theme is the context; the choices of an option have "THEME.OPTION", the presets
 * "THEME.preset", for one word may mean many things there. */
static bool put_line(void *data, const struct conf_line *l, struct fail *f)
{
	struct where *w = data;
	struct str name, kind = str_cut(l->section, ' ', &name);

	(void)f;
	name = str_trim(name);
	if (str_eq(kind, STR("preset")))
		extract_put(w->e, w->name, arena_printf(w->e->arena, "%.*s.preset",
							STR_ARG(w->theme)), name);
	if (str_eq(kind, STR("theme")) && str_eq(l->key, STR("description")))
		extract_put(w->e, w->name, w->theme, l->value);
	if (!str_eq(kind, STR("option")))
		return true;
	if (str_eq(l->key, STR("label")) || str_eq(l->key, STR("help")) ||
	    str_eq(l->key, STR("group")))
		extract_put(w->e, w->name, w->theme, l->value);
	if (str_eq(l->key, STR("choices")))
		put_choices(w, name, l->value);
	return true;
}

bool extract_theme_ini(struct extract *e, const char *name, struct str theme, struct str source,
		       struct fail *f)
{
	struct where w = { e, name, theme };

	return conf_parse(source, name, put_line, &w, f);
}

/* ---- folders ---- */

enum source_kind { SOURCE_C, SOURCE_TEMPLATE };

struct walk {
	struct extract *e;
	enum source_kind kind;
};

static bool is_of_kind(enum source_kind kind, struct str name)
{
	if (kind == SOURCE_TEMPLATE)
		return str_ends(name, STR(".html"));
	return (str_ends(name, STR(".c")) && !str_ends(name, STR("_test.c")))
	       || str_ends(name, STR(".h"));
}

static bool walk_file(const struct walk *w, const char *path, const char *name, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(SOURCE_MAX);

	if (!is_of_kind(w->kind, str_of(name)))
		return true;
	if (!file_read(path, &b, f))
		return false;
	if (w->kind == SOURCE_TEMPLATE)
		return extract_template(w->e, name, buf_str(&b), f);
	extract_c(w->e, name, buf_str(&b));
	return true;
}

/* name: of the folder as it stands in places, without a slash at its end. */
static bool walk_dir(const struct walk *w, const char *path, const char *name, int depth,
		     struct fail *f)
{
	struct arena *a = w->e->arena;
	struct dir_entry *entries;
	size_t count;

	if (!dir_list(a, path, &entries, &count, f))
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *below = path_join(a, path, str_of(entries[i].name));
		const char *below_name = path_join(a, name, str_of(entries[i].name));
		bool ok = true;

		if (entries[i].is_dir && depth < DEPTH_MAX)
			ok = walk_dir(w, below, below_name, depth + 1, f);
		else if (!entries[i].is_dir && !entries[i].is_link)
			ok = walk_file(w, below, below_name, f);
		if (!ok)
			return false;
	}
	return true;
}

bool extract_theme(struct extract *e, const char *dir, const char *prefix, struct str id,
		   struct fail *f)
{
	const struct walk templates = { e, SOURCE_TEMPLATE };
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_MANIFEST);
	const char *folder = path_join(e->arena, dir, STR("templates"));
	const char *ini = path_join(e->arena, dir, STR("theme.ini"));

	if (file_is_dir(folder) &&
	    !walk_dir(&templates, folder, arena_printf(e->arena, "%stemplates", prefix).p, 0, f))
		return false;
	return file_read(ini, &b, f) &&
	       extract_theme_ini(e, arena_printf(e->arena, "%stheme.ini", prefix).p, id,
				 buf_str(&b), f);
}

bool extract_tree(struct extract *e, const char *top, struct fail *f)
{
	const struct walk sources = { e, SOURCE_C };
	const char *themes = path_join(e->arena, top, STR("themes"));
	struct dir_entry *entries;
	size_t count;

	if (!walk_dir(&sources, path_join(e->arena, top, STR("src")), "src", 0, f) ||
	    !dir_list(e->arena, themes, &entries, &count, f))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str id = str_of(entries[i].name);
		const char *dir = path_join(e->arena, themes, id);

		if (entries[i].is_dir && file_exists(path_join(e->arena, dir, STR("theme.ini"))) &&
		    !extract_theme(e, dir, arena_printf(e->arena, "themes/%s/", id.p).p, id, f))
			return false;
	}
	return true;
}
