/* catalogs.c - see catalogs.h. */
#include "lang/catalogs.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/ref.h"
#include "unicode/language.h"

#define LINGUAS_BYTES 4096
#define ACCEPT_RANGES 32		/* of an Accept-Language, read */

struct catalogs {
	struct ref ref;
	struct arena *arena;
	const struct catalog *at[CATALOGS_MAX];
	size_t count;
	struct catalog_note *notes, **last_note;
};

static void add_note(struct catalogs *s, const char *text)
{
	struct catalog_note *note = ARENA_NEW(s->arena, struct catalog_note);

	note->text = arena_cstr(s->arena, str_of(text));
	*s->last_note = note;
	s->last_note = (struct catalog_note **)&note->next;
}

static const struct catalog *find_exact(const struct catalogs *s, struct str lang)
{
	for (size_t i = 0; s && i < s->count; i++)
		if (str_eq_nocase(catalog_lang(s->at[i]), lang))
			return s->at[i];
	return NULL;
}

/* ---- loading ---- */

/* fr.po and, when with_more is asked for and it is there, fr.operator.po. */
static bool load_files(struct arena *a, const char *dir, struct str lang, bool with_more,
		       struct catalog **ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_CATALOG), more = BUF(LIMIT_CATALOG);
	const char *name = arena_printf(a, "%.*s.po", STR_ARG(lang)).p;
	const char *name_more = arena_printf(a, "%.*s%s", STR_ARG(lang), CATALOGS_OPERATOR).p;
	const char *path_more = path_join(a, dir, str_of(name_more));
	bool has_more = with_more && file_exists(path_more);
	struct catalog_source sources[2];

	if (!file_read(path_join(a, dir, str_of(name)), &text, f) ||
	    (has_more && !file_read(path_more, &more, f)))
		return false;
	sources[0] = (struct catalog_source){ buf_str(&text), name };
	sources[1] = (struct catalog_source){ buf_str(&more), name_more };
	return catalog_parse_all(lang, sources, has_more ? 2 : 1, ret, f);
}

static struct catalog *catalog_empty(struct str lang)
{
	struct catalog *c = NULL;
	struct fail f = FAIL_INIT;

	return catalog_parse(lang, STR(""), "", &c, &f) ? c : NULL;
}

static const struct catalog *load_language(struct catalogs *s, const char *dir, struct str lang,
					   const struct catalogs *last)
{
	struct catalog *made = NULL;
	struct fail f = FAIL_INIT;

	if (str_eq(lang, STR("en")) && !file_exists(path_join(s->arena, dir, STR("en.po"))))
		return catalog_empty(lang);
	if (load_files(s->arena, dir, lang, true, &made, &f))
		return made;
	add_note(s, f.text);
	if (find_exact(last, lang))
		return catalog_ref(find_exact(last, lang));
	if (load_files(s->arena, dir, lang, false, &made, NULL))
		return made;
	return str_eq(lang, STR("en")) ? catalog_empty(lang) : NULL;
}

static void add_language(struct catalogs *s, const char *dir, struct str lang,
			 const struct catalogs *last)
{
	struct fail f = FAIL_INIT;
	const struct catalog *c;

	if (find_exact(s, lang))
		return;
	if (!language_valid(lang)) {
		fail(&f, FAIL_INVALID, "LINGUAS: \"%.*s\" is not the tag of a language",
		     STR_ARG(str_sub(lang, 0, 40)));
		add_note(s, f.text);
		return;
	}
	if (s->count == CATALOGS_MAX) {
		fail(&f, FAIL_TOO_LARGE, "LINGUAS: there may be %d languages", CATALOGS_MAX);
		add_note(s, f.text);
		return;
	}
	c = load_language(s, dir, lang, last);
	if (c)
		s->at[s->count++] = c;
}

/* "en fr es", on one line or many, # begins a comment. */
static void add_linguas(struct catalogs *s, const char *dir, struct str text,
			const struct catalogs *last)
{
	struct str line, rest;

	while (str_line(&text, &line)) {
		for (rest = str_cut(line, '#', &(struct str){ 0 }); rest.n;) {
			struct str lang = str_trim(str_cut(rest, ' ', &rest));

			if (lang.n)
				add_language(s, dir, lang, last);
		}
	}
}

static bool add_all_files(struct catalogs *s, const char *dir, const struct catalogs *last,
			  struct fail *f)
{
	struct dir_entry *files;
	size_t count;

	if (!dir_list(s->arena, dir, &files, &count, f))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str name = str_of(files[i].name);

		if (str_ends(name, STR(".po")) && name.n > 3 &&
		    !str_ends(name, STR(CATALOGS_OPERATOR)))
			add_language(s, dir, str_sub(name, 0, name.n - 3), last);
	}
	return true;
}

static bool load_all(struct catalogs *s, const char *dir, const struct catalogs *last,
		     struct fail *f)
{
	CLEANUP(buf_release) struct buf linguas = BUF(LINGUAS_BYTES);
	const char *path = path_join(s->arena, dir, STR("LINGUAS"));

	if (file_exists(path)) {
		if (!file_read(path, &linguas, f))
			return false;
		add_linguas(s, dir, buf_str(&linguas), last);
	} else if (!add_all_files(s, dir, last, f)) {
		return false;
	}
	if (!find_exact(s, STR("en")))
		add_language(s, dir, STR("en"), last);
	return true;
}

bool catalogs_load(const char *dir, const struct catalogs *last, struct catalogs **ret,
		   struct fail *f)
{
	struct catalogs *s = MEM_NEW(struct catalogs);

	ref_init(&s->ref);
	s->arena = arena_new(0);
	s->last_note = &s->notes;
	if (!load_all(s, dir, last, f)) {
		catalogs_unref(s);
		return false;
	}
	*ret = s;
	return true;
}

struct catalogs *catalogs_ref(const struct catalogs *s)
{
	struct catalogs *shared = (struct catalogs *)s;

	if (shared)
		ref_hold(&shared->ref);
	return shared;
}

void catalogs_unref(const struct catalogs *s)
{
	struct catalogs *shared = (struct catalogs *)s;

	if (!shared || !ref_drop(&shared->ref))
		return;
	for (size_t i = 0; i < shared->count; i++)
		catalog_unref(shared->at[i]);
	arena_free(shared->arena);
	mem_free(shared);
}

/* ---- choosing ---- */

size_t catalogs_count(const struct catalogs *s)
{
	return s->count;
}

const struct catalog *catalogs_at(const struct catalogs *s, size_t i)
{
	return i < s->count ? s->at[i] : NULL;
}

const struct catalog *catalogs_find(const struct catalogs *s, struct str lang)
{
	const struct catalog *c;
	struct str rest;

	while (lang.n) {
		ptrdiff_t hyphen = str_rfind_char(lang, '-');

		c = find_exact(s, lang);
		if (c || hyphen < 0)
			return c ? c : find_exact(s, str_cut(lang, '_', &rest));
		lang = str_sub(lang, 0, (size_t)hyphen);
	}
	return NULL;
}

/* The weight behind a range, ";q=0.8", in thousandths; what makes no sense is 0. */
static int weight_of(struct str params)
{
	int w = 0, digit = 100;

	params = str_trim(params);
	if (params.n == 0)
		return 1000;
	if (!str_starts_nocase(params, STR("q=")) || params.n < 3)
		return 0;
	params = str_skip(params, 2);
	if (params.p[0] == '1')
		return 1000;
	if (params.p[0] != '0')
		return 0;
	for (size_t i = 2; i < params.n && digit && params.p[i] >= '0' && params.p[i] <= '9'; i++) {
		w += (params.p[i] - '0') * digit;
		digit /= 10;
	}
	return w;
}

const struct catalog *catalogs_best(const struct catalogs *s, struct str accept)
{
	const struct catalog *best = NULL;
	int best_weight = 0;

	for (int i = 0; accept.n && i < ACCEPT_RANGES; i++) {
		struct str params, range = str_cut(str_cut(accept, ',', &accept), ';', &params);
		int weight = weight_of(params);
		const struct catalog *c;

		if (weight <= best_weight)
			continue;
		c = catalogs_find(s, str_trim(range));
		if (!c)
			continue;
		best = c;
		best_weight = weight;
	}
	return best ? best : find_exact(s, STR("en"));
}

void catalogs_notes(const struct catalogs *s, void (*tell)(void *data, const char *note),
		    void *data)
{
	for (const struct catalog_note *n = s->notes; n; n = n->next)
		tell(data, n->text);
	for (size_t i = 0; i < s->count; i++)
		for (const struct catalog_note *n = catalog_notes(s->at[i]); n; n = n->next)
			tell(data, n->text);
}
