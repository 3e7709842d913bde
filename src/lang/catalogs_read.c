/* catalogs_read.c - which languages folders have, the texts of one, and how much of each is
 * translated. Who calls has the turn, or is alone with the set.
 */
#include "lang/catalogs_impl.h"

#include "base/file.h"
#include "base/limits.h"
#include "lang/po.h"
#include "unicode/language.h"

#define LINGUAS_BYTES 4096

static void add_note(struct catalogs *s, const char *text)
{
	struct catalog_note *note = ARENA_NEW(s->arena, struct catalog_note);

	note->text = arena_cstr(s->arena, str_of(text));
	*s->last_note = note;
	s->last_note = (struct catalog_note **)&note->next;
}

/* What the set in use until now has read of it, or NULL. */
static const struct catalog *find_last(const struct catalogs *last, struct str tag)
{
	const struct language *l = last ? catalogs_language((struct catalogs *)last, tag) : NULL;

	return l && atomic_load(&l->is_read) ? l->catalog : NULL;
}

/* ---- the texts of a language ---- */

/* The texts of one language. */
struct texts {
	struct catalog_source at[2 * CATALOGS_FOLDERS];
	size_t n;
};

/* What visitors read first: where both have a message, that is the one that counts. */
static const char *const ENDS[] = { ".po", CATALOGS_OPERATOR };

static const char *path_of(struct catalogs *s, size_t folder, struct str lang, const char *end)
{
	struct str name = arena_printf(s->arena, "%.*s%s", STR_ARG(lang), end);

	return path_join(s->arena, s->from.dirs[folder], name);
}

/* As notes call it. */
static const char *name_of(struct catalogs *s, const char *path)
{
	struct str name = path_name(str_of(path));

	if (s->from.label)
		return path_join(s->arena, s->from.label, name);
	return s->from.n > 1 ? path : arena_cstr(s->arena, name);
}

/* False: it is there and cannot be read, which is noted. */
static bool take_text(struct catalogs *s, const char *path, struct str lang, struct texts *ret)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_CATALOG);
	struct fail f = FAIL_INIT;

	if (!file_exists(path))
		return true;
	if (!file_read(path, &text, &f)) {
		add_note(s, f.text);
		return false;
	}
	ret->at[ret->n++] = (struct catalog_source){
		.text = arena_str(s->arena, buf_str(&text)), .name = name_of(s, path),
		.like = s->from.core ? catalogs_find(s->from.core, lang) : NULL,
	};
	return true;
}

static bool take_texts(struct catalogs *s, struct str lang, struct texts *ret)
{
	bool ok = true;

	for (size_t e = 0; e < ARRAY_LEN(ENDS); e++)
		for (size_t i = 0; i < s->from.n; i++)
			ok &= take_text(s, path_of(s, i, lang, ENDS[e]), lang, ret);
	return ok;
}

/* Those that can be read. */
static void drop_broken(struct str lang, struct texts *t)
{
	size_t good = 0;

	for (size_t i = 0; i < t->n; i++) {
		struct catalog *c;

		if (!catalog_parse_all(lang, &t->at[i], 1, &c, NULL))
			continue;
		catalog_unref(c);
		t->at[good++] = t->at[i];
	}
	t->n = good;
}

/* A few messages of an operator without a header count as the program's file does. */
static struct catalog *rule_below(const struct catalogs *s, struct str lang, struct texts *t)
{
	struct catalog *like = NULL;

	if (s->from.n < 2 || t->n < 2 || str_find(t->at[0].text, STR("Plural-Forms:")) >= 0
	    || !catalog_parse_all(lang, &t->at[1], 1, &like, NULL))
		return NULL;
	t->at[0].like = like;
	return like;
}

static void catalog_drop(struct catalog **c)
{
	catalog_unref(*c);
}

const struct catalog *catalogs_read(struct catalogs *s, struct str lang)
{
	bool english = str_eq(lang, STR("en")) && !s->from.wording;
	struct texts texts = { .n = 0 };
	bool whole = take_texts(s, lang, &texts);
	CLEANUP(catalog_drop) struct catalog *like UNUSED = rule_below(s, lang, &texts);
	struct catalog *made = NULL;
	struct fail f = FAIL_INIT;

	if (whole && (texts.n || english)
	    && catalog_parse_all(lang, texts.at, texts.n, &made, &f))
		return made;
	if (f.code)
		add_note(s, f.text);
	if (find_last(s->from.last, lang) && (f.code || !whole))
		return catalog_ref(find_last(s->from.last, lang));
	drop_broken(lang, &texts);
	if ((texts.n || english) && catalog_parse_all(lang, texts.at, texts.n, &made, NULL))
		return made;
	return NULL;
}

/* ---- which languages there are ---- */

/* Whether there is a file of it; English needs none, but for wording. */
static bool has_texts(struct catalogs *s, struct str lang)
{
	if (str_eq(lang, STR("en")) && !s->from.wording)
		return true;
	for (size_t e = 0; e < ARRAY_LEN(ENDS); e++)
		for (size_t i = 0; i < s->from.n; i++)
			if (file_exists(path_of(s, i, lang, ENDS[e])))
				return true;
	return false;
}

void catalogs_add(struct catalogs *s, struct str lang, const char *where)
{
	struct fail f = FAIL_INIT;

	if (catalogs_language(s, lang))
		return;
	if (!language_valid(lang)) {
		fail(&f, FAIL_INVALID, "%s: \"%.*s\" is not the tag of a language", where,
		     STR_ARG(str_sub(lang, 0, 40)));
		add_note(s, f.text);
		return;
	}
	if (!has_texts(s, lang))
		return;
	if (s->n_languages == CATALOGS_MAX) {
		fail(&f, FAIL_TOO_LARGE, "%s: there may be %d languages", where, CATALOGS_MAX);
		add_note(s, f.text);
		return;
	}
	s->languages[s->n_languages++].tag = arena_str(s->arena, lang);
}

/* "en fr es", on one line or many, # begins a comment. */
static void add_linguas(struct catalogs *s, struct str text)
{
	struct str line, rest, lang;

	while (str_line(&text, &line)) {
		rest = str_cut(line, '#', &(struct str){ 0 });
		while (str_item(&rest, " ", &lang))
			catalogs_add(s, lang, "LINGUAS");
	}
}

static bool add_in_order(struct catalogs *s, const char *dir, struct fail *f)
{
	CLEANUP(buf_release) struct buf linguas = BUF(LINGUAS_BYTES);
	const char *path = path_join(s->arena, dir, STR("LINGUAS"));

	if (!file_exists(path))
		return true;
	if (!file_read(path, &linguas, f))
		return false;
	add_linguas(s, buf_str(&linguas));
	return true;
}

static bool add_all_files(struct catalogs *s, const char *dir, struct fail *f)
{
	struct dir_entry *files;
	size_t count;

	if (!dir_list(s->arena, dir, &files, &count, f))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str name = str_of(files[i].name);

		if (str_ends(name, STR(".po")) && name.n > 3 && name.p[0] != '.'
		    && !str_ends(name, STR(CATALOGS_OPERATOR)))
			catalogs_add(s, str_sub(name, 0, name.n - 3),
				     name_of(s, path_join(s->arena, dir, name)));
	}
	return true;
}

bool catalogs_look(struct catalogs *s, struct fail *f)
{
	for (size_t i = 0; i < s->from.n && !s->from.wording; i++)
		if (!add_in_order(s, s->from.dirs[i], f))
			return false;
	for (size_t i = 0; i < s->from.n; i++)
		if (!add_all_files(s, s->from.dirs[i], f))
			return false;
	if (!s->from.wording && !catalogs_language(s, STR("en")))
		catalogs_add(s, STR("en"), "en.po");
	return true;
}

/* ---- how much is translated ---- */

/* The last folder that has it: the program's own. */
static bool read_template(struct catalogs *s, struct arena *a, struct po *ret)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_CATALOG);

	for (size_t i = s->from.n; i-- > 0;) {
		const char *path = path_join(a, s->from.dirs[i], STR("hameau.pot"));
		struct fail f = FAIL_INIT;

		if (!file_exists(path))
			continue;
		if (file_read(path, &text, &f)
		    && po_parse(a, arena_str(a, buf_str(&text)), path, ret, &f))
			return ret->count > 0;
		add_note(s, f.text);
		return false;
	}
	return false;
}

static size_t count_known(const struct catalog *c, const struct po *template)
{
	size_t n = 0;

	for (size_t i = 0; i < template->count; i++)
		n += catalog_has(c, template->messages[i].context, template->messages[i].id);
	return n;
}

void catalogs_measure(struct catalogs *s)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(64 * KIB);
	struct po template = { .count = 0 };
	bool known = read_template(s, a, &template);
	size_t most = 1;

	for (size_t i = 0; i < s->count; i++)
		if (catalog_count(s->at[i]) > most)
			most = catalog_count(s->at[i]);
	for (size_t i = 0; i < s->count; i++) {
		size_t n = known ? count_known(s->at[i], &template) : catalog_count(s->at[i]);

		s->percent[i] = (signed char)(n * 100 / (known ? template.count : most));
		if (str_eq(catalog_lang(s->at[i]), STR("en")))
			s->percent[i] = 100;
	}
}
