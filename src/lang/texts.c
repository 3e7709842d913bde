/* texts.c - see texts.h. */
#include "lang/texts.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/ref.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "lang/placeholder.h"
#include "lang/text.h"
#include "unicode/language.h"

const char *const texts_names[] = { "legal", "help", NULL };

struct texts {
	struct ref ref;
	struct arena *arena;
	VEC(struct text) texts;
	VEC(const char *) notes;
};

bool texts_is_name(struct str name)
{
	for (size_t i = 0; texts_names[i]; i++)
		if (str_eq(name, str_of(texts_names[i])))
			return true;
	return false;
}

bool texts_split(struct str file, struct str *name, struct str *lang)
{
	if (!str_ends(file, STR(".md")))
		return false;
	*name = str_cut(str_sub(file, 0, file.n - 3), '.', lang);
	return name->n > 0 && lang->n > 0 && language_valid(*lang);
}

/* ---- one file ---- */

static bool check_facts(struct str source, const char *path, struct fail *f)
{
	struct text_reader r = { .rest = source };
	struct text_line line;
	struct nearest near;

	while (text_next(&r, &line)) {
		struct str name;
		size_t at = 0;

		while (!line.code && (name = placeholder_next_name(line.line, &at)).n) {
			if (text_fact_is_known(name))
				continue;
			nearest_init(&near, name);
			for (size_t i = 0; text_facts[i]; i++)
				nearest_offer(&near, str_of(text_facts[i]));
			if (near.best.n)
				return fail(f, FAIL_INVALID, "%s:%d: there is no {%.*s} to put"
					    " into a text; did you mean {%.*s}?", path,
					    line.number, STR_ARG(name), STR_ARG(near.best));
			return fail(f, FAIL_INVALID, "%s:%d: there is no {%.*s} to put into a"
				    " text", path, line.number, STR_ARG(name));
		}
	}
	return true;
}

bool texts_parse(struct arena *a, struct str source, const char *path, struct text *ret,
		struct fail *f)
{
	struct text_reader r = { .rest = source };
	struct text_line first = { .line = STR("") };
	struct str line;

	if (!utf8_valid(source) || str_has_char(source, '\0'))
		return fail(f, FAIL_INVALID, "%s:1: the text is not UTF-8", path);
	while (!str_trim(first.line).n && text_next(&r, &first))
		;
	line = first.line;
	if (!str_starts(line, STR("# ")) || !str_trim(str_skip(line, 2)).n)
		return fail(f, FAIL_INVALID, "%s:1: a text begins with its title: # Title", path);
	if (!check_facts(source, path, f))
		return false;
	ret->title = arena_str(a, str_trim(str_skip(line, 2)));
	ret->body = arena_str(a, r.rest);
	return true;
}

/* A translation that nobody has looked through yet stands for nothing. */
static bool read_file(struct arena *a, const char *path, struct text *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_TEXT);

	if (!file_read(path, &b, f))
		return false;
	if (!str_starts(buf_str(&b), STR(TEXTS_FUZZY)))
		return texts_parse(a, buf_str(&b), path, ret, f);
	ret->title = ret->body = STR_NONE;
	return true;
}

/* ---- all of them ---- */

static void add_note(struct texts *s, const char *note)
{
	*VEC_ADD(&s->notes) = arena_cstr(s->arena, str_of(note));
}

static const struct text *find_exact(const struct texts *s, struct str name, struct str lang)
{
	for (size_t i = 0; i < s->texts.n; i++)
		if (str_eq(s->texts.p[i].name, name) && str_eq_nocase(s->texts.p[i].lang, lang))
			return &s->texts.p[i];
	return NULL;
}

static bool check_name(struct str name, const char *path, struct fail *f)
{
	return texts_is_name(name)
		|| fail(f, FAIL_INVALID, "%s: there is no such text; there are legal and help",
			path);
}

static void take_file(struct texts *s, const char *path,
		      bool (*check)(struct str body, struct str lang, struct fail *f))
{
	struct fail f = FAIL_INIT;
	struct text t = { STR_NONE, STR_NONE, STR_NONE, STR_NONE };

	if (!texts_split(path_name(str_of(path)), &t.name, &t.lang)
	    || find_exact(s, t.name, t.lang))
		return;
	if (!check_name(t.name, path, &f) || !read_file(s->arena, path, &t, &f)) {
		add_note(s, f.text);
		return;
	}
	if (!t.title.n)
		return;
	if (check && !check(t.body, t.lang, &f)) {
		fail_in(&f, "%s", path);
		add_note(s, f.text);
		return;
	}
	*VEC_ADD(&s->texts) = t;
}

static void take_folder(struct texts *s, const char *dir,
			bool (*check)(struct str body, struct str lang, struct fail *f))
{
	struct dir_entry *files;
	struct fail f = FAIL_INIT;
	size_t count;

	if (!dir_list(s->arena, dir, &files, &count, &f)) {
		add_note(s, f.text);
		return;
	}
	for (size_t i = 0; i < count; i++)
		if (files[i].name[0] != '.')
			take_file(s, path_join(s->arena, dir, str_of(files[i].name)), check);
}

struct texts *texts_load(const char *const *dirs, size_t n,
			 bool (*check)(struct str body, struct str lang, struct fail *f))
{
	struct texts *s = MEM_NEW(struct texts);

	ref_init(&s->ref);
	s->arena = arena_new(0);
	for (size_t i = 0; i < n; i++)
		take_folder(s, dirs[i], check);
	return s;
}

struct texts *texts_ref(struct texts *s)
{
	if (s)
		ref_hold(&s->ref);
	return s;
}

void texts_unref(struct texts *s)
{
	if (!s || !ref_drop(&s->ref))
		return;
	VEC_FREE(&s->texts);
	VEC_FREE(&s->notes);
	arena_free(s->arena);
	mem_free(s);
}

const struct text *texts_find(const struct texts *s, struct str name, struct str lang)
{
	const struct text *t = NULL;

	while (lang.n && !t) {
		ptrdiff_t hyphen = str_rfind_char(lang, '-');

		t = find_exact(s, name, lang);
		lang = str_sub(lang, 0, hyphen < 0 ? 0 : (size_t)hyphen);
	}
	return t ? t : find_exact(s, name, STR("en"));
}

void texts_notes(const struct texts *s, void (*tell)(void *data, const char *note), void *data)
{
	for (size_t i = 0; i < s->notes.n; i++)
		tell(data, s->notes.p[i]);
}
