/* source_name.c - reads a path such as "content/posts/2024-03-01-rain/index.fr.md". */
#include "transfer/source_name.h"
#include "base/date.h"
#include "base/file.h"
#include "unicode/language.h"

static bool is_digits(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* "2024-03-01-title" or "2024-03-01": cuts the date off when a title remains. */
static void cut_date(const struct source_context *cx, struct str *name, struct source_doc *doc)
{
	struct str date = str_sub(*name, 0, 10), rest = str_skip(*name, 10);

	if (date.n < 10 || !is_digits(str_sub(date, 0, 4)) || date.p[4] != '-' || date.p[7] != '-'
	    || !is_digits(str_sub(date, 5, 7)) || !is_digits(str_sub(date, 8, 10)))
		return;
	if (rest.n && rest.p[0] != '-' && rest.p[0] != '_' && rest.p[0] != ' ')
		return;
	if (!source_date(date, cx->zone, &doc->date))
		return;
	doc->has_date = doc->has_name_date = true;
	if (rest.n > 1)
		*name = str_skip(rest, 1);
}

static bool is_known_language(const struct dialect *d, struct str lang)
{
	size_t i;

	for (i = 0; i < d->n_languages; i++)
		if (str_eq_nocase(d->languages[i], lang))
			return true;
	return str_eq_nocase(d->language, lang);
}

/* "rain.fr" is French where the configuration knows French, or where a "rain.md" or
 * another translation stands beside it; "notes.sh" is neither. */
static void cut_language(const struct source_context *cx, struct arena *a, struct str *name,
			 struct source_doc *doc)
{
	ptrdiff_t dot = str_rfind_char(*name, '.');
	struct str lang, base;

	if (dot < 1)
		return;
	lang = str_skip(*name, (size_t)dot + 1);
	base = str_sub(*name, 0, (size_t)dot);
	if (!language_valid(lang))
		return;
	if (!is_known_language(cx->dialect, lang)) {
		struct str sibling = arena_printf(a, "%.*s%s%.*s.%.*s", STR_ARG(doc->dir),
						  doc->dir.n ? "/" : "", STR_ARG(base),
						  STR_ARG(path_extension(doc->path)));

		if (!tree_find(cx->tree, sibling))
			return;
	}
	doc->lang = arena_str(a, lang);
	doc->lang_in_name = true;
	*name = base;
}

/* The path below the content root, or below the root of its language. */
static struct str below_content(const struct dialect *d, struct str path, struct source_doc *doc)
{
	size_t i;

	for (i = 0; i < d->n_languages; i++) {
		struct str dir = d->language_dirs[i];

		if (dir.n && str_starts(path, dir) && path.n > dir.n && path.p[dir.n] == '/') {
			doc->lang = d->languages[i];
			doc->lang_in_name = true;
			return str_skip(path, dir.n + 1);
		}
	}
	return d->content.n ? str_skip(path, d->content.n + 1) : path;
}

/* Drops "_posts" and "_drafts" from the folders of a place; a draft is one by its
 * folder. Collections ("_recipes") lose their underscore. */
static struct str plain_dirs(struct arena *a, struct str dir, struct source_doc *doc)
{
	struct str out = STR_NONE, rest = dir;

	while (rest.n) {
		struct str part = str_cut(rest, '/', &rest);

		if (str_eq(part, STR("_drafts")) || str_eq(part, STR("drafts")))
			doc->is_draft = true;
		if (str_eq(part, STR("_posts")) || str_eq(part, STR("_drafts")) ||
		    str_eq(part, STR("drafts"))) {
			doc->is_post = true;
			continue;
		}
		if (part.n > 1 && part.p[0] == '_')
			part = str_skip(part, 1);
		out = out.n ? arena_printf(a, "%.*s/%.*s", STR_ARG(out), STR_ARG(part)) : part;
	}
	return out;
}

void source_name_read(const struct source_context *cx, struct arena *a, struct str path,
		      struct source_doc *doc)
{
	struct str place, dir, name, rest;

	doc->path = path;
	doc->dir = path_dir(path);
	doc->lang = cx->dialect->language;
	place = below_content(cx->dialect, path, doc);
	dir = path_dir(place);
	name = path_name(place);
	name = str_sub(name, 0, name.n - path_extension(name).n - 1);
	cut_language(cx, a, &name, doc);
	doc->is_section = str_eq(name, STR("_index"));
	doc->is_bundle = str_eq(name, STR("index")) && dir.n > 0;
	if (doc->is_section || doc->is_bundle) {
		name = path_name(dir);
		dir = path_dir(dir);
	}
	if (!doc->is_section)
		cut_date(cx, &name, doc);
	dir = plain_dirs(a, dir, doc);
	doc->stem = arena_str(a, name);
	doc->place = dir.n ? arena_printf(a, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name)) : doc->stem;
	doc->section = str_has_char(doc->place, '/') ? str_cut(doc->place, '/', &rest) : STR_NONE;
	if (doc->is_section)
		doc->section = STR_NONE;
}
