/* text_folder.c - see text_folder.h. */
#include "translate/text_folder.h"

#include <stdlib.h>
#include "base/file.h"
#include "base/limits.h"
#include "lang/text.h"

/* ---- languages ---- */

static void add_lang(struct text_folder *t, struct str lang)
{
	for (size_t i = 0; i < t->n_langs; i++)
		if (str_eq_nocase(t->langs[i], lang))
			return;
	if (t->n_langs < CATALOGS_MAX)
		t->langs[t->n_langs++] = arena_str(t->arena, lang);
}

static bool add_linguas(struct text_folder *t, const char *catalogs, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_CONFIG);
	const char *path = path_join(t->arena, catalogs, STR("LINGUAS"));
	struct str rest, line, lang;

	add_lang(t, STR("en"));
	if (file_exists(path) && !file_read(path, &b, f))
		return false;
	for (rest = buf_str(&b); str_line(&rest, &line);) {
		struct str words = str_cut(line, '#', &(struct str){ 0 });

		while (str_item(&words, " ", &lang))
			add_lang(t, lang);
	}
	t->n_wanted = t->n_langs;
	return true;
}

bool text_folder_wants(const struct text_folder *t, struct str lang)
{
	for (size_t i = 0; i < t->n_wanted; i++)
		if (str_eq_nocase(t->langs[i], lang))
			return true;
	return false;
}

/* ---- files ---- */

/* "PATH:LINE: why" */
static void set_wrong(struct text_folder *t, struct text_file *file, const struct fail *f)
{
	struct str text = str_of(f->text), path = str_of(file->path);

	file->wrong = arena_cstr(t->arena, text);
	if (!str_starts(text, path))
		return;
	file->wrong_line = atoi(str_skip(str_of(file->wrong), path.n + 1).p);
	text = str_skip(str_of(file->wrong), path.n);
	file->wrong = str_skip(text, (size_t)(str_find(text, STR(": ")) + 2)).p;
}

static void load_file(struct text_folder *t, const char *name)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_TEXT);
	struct text_file *file = &t->files[t->count];
	struct fail f = FAIL_INIT;
	struct text text;

	if (name[0] == '.'
	    || !texts_split(arena_str(t->arena, str_of(name)), &file->name, &file->lang))
		return;
	t->count++;
	file->path = path_join(t->arena, t->dir, str_of(name));
	if (!file_read(file->path, &b, &f)) {
		set_wrong(t, file, &f);
		return;
	}
	file->source = arena_str(t->arena, buf_str(&b));
	file->fuzzy = str_starts(file->source, STR(TEXTS_FUZZY));
	if (!file->fuzzy && !texts_parse(t->arena, file->source, file->path, &text, &f))
		set_wrong(t, file, &f);
	add_lang(t, file->lang);
}

bool text_folder_load(struct arena *a, const char *catalogs, struct text_folder *ret,
		      struct fail *f)
{
	struct dir_entry *entries;
	size_t count;

	*ret = (struct text_folder){ .arena = a, .dir = path_join(a, catalogs, STR("texts")) };
	if (!file_is_dir(ret->dir))
		return true;
	if (!add_linguas(ret, catalogs, f) || !dir_list(a, ret->dir, &entries, &count, f))
		return false;
	ret->files = arena_array(a, count + 1, sizeof *ret->files);
	for (size_t i = 0; i < count; i++)
		load_file(ret, entries[i].name);
	return true;
}

const struct text_file *text_folder_find(const struct text_folder *t, struct str name,
					 struct str lang)
{
	for (size_t i = 0; i < t->count; i++)
		if (str_eq(t->files[i].name, name) && str_eq_nocase(t->files[i].lang, lang))
			return &t->files[i];
	return NULL;
}

/* ---- how far a language is ---- */

static size_t words_of(struct str s)
{
	size_t n = 0;
	bool in_word = false;

	for (size_t i = 0; i < s.n; i++) {
		bool space = (unsigned char)s.p[i] <= ' ';

		n += !space && !in_word;
		in_word = !space;
	}
	return n;
}

static size_t sections_of(struct str source)
{
	struct text_reader r = { .rest = source };
	struct text_line line;
	size_t n = 0;

	while (text_next(&r, &line))
		n += line.heading > 0;
	return n;
}

static void add_stats(struct po_stats *whole, const struct po_stats *s)
{
	whole->translated += s->translated;
	whole->fuzzy += s->fuzzy;
	whole->missing += s->missing;
	whole->words += s->words;
	whole->words_translated += s->words_translated;
}

size_t text_folder_stats(const struct text_folder *t, struct str lang, struct po_stats **ret)
{
	size_t n = 1;

	*ret = arena_array(t->arena, t->count + 1, sizeof **ret);
	for (size_t i = 0; i < t->count; i++) {
		const struct text_file *english = &t->files[i], *own;
		struct po_stats *s = &(*ret)[n];
		size_t sections;

		if (!str_eq(english->lang, STR("en")))
			continue;
		own = text_folder_find(t, english->name, lang);
		sections = sections_of(english->source);
		s->screen = arena_printf(t->arena, "texts/%.*s", STR_ARG(english->name)).p;
		s->words = words_of(english->source);
		if (!own || own->wrong) {
			s->missing = sections;
		} else if (own->fuzzy) {
			s->fuzzy = sections;
		} else {
			s->translated = sections;
			s->words_translated = s->words;
		}
		add_stats(*ret, s);
		n++;
	}
	return n > 1 ? n : 0;
}

void text_folder_copy(struct buf *out, const struct text_file *english)
{
	buf_addf(out, "%s\n%.*s", TEXTS_FUZZY, STR_ARG(english->source));
}
