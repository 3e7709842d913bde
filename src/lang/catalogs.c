/* catalogs.c - see catalogs.h. */
#include "lang/catalogs.h"

#include <stdatomic.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/ref.h"
#include "lang/po.h"
#include "unicode/language.h"
#include "work/turn.h"

#define LINGUAS_BYTES 4096
#define ACCEPT_RANGES 32		/* of an Accept-Language, read */

/* Where the files are, and how they are read. */
struct from {
	const char *const *dirs;
	size_t n;
	const char *label;		/* before names in notes; NULL: the folder, or nothing */
	bool wording;
	const struct catalogs *core;	/* of wording: whose plural rules are meant */
	const struct catalogs *last;
};

struct language {
	struct str tag;
	atomic_bool is_read;
	const struct catalog *catalog;	/* NULL: nothing of it can be read */
};

/* Languages are known at once, and each is read when it is first asked for; `whole` tells that
 * all are, and measured. Who reads has the turn, and with it the arena and the notes. */
struct catalogs {
	struct ref ref;
	struct arena *arena;
	struct from from;
	struct language languages[CATALOGS_MAX];
	size_t n_languages;
	struct turn turn;		/* of who reads */
	atomic_bool whole;
	const struct catalog *at[CATALOGS_MAX];
	signed char percent[CATALOGS_MAX];
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

static struct language *find_language(struct catalogs *s, struct str tag)
{
	for (size_t i = 0; i < s->n_languages; i++)
		if (str_eq_nocase(s->languages[i].tag, tag))
			return &s->languages[i];
	return NULL;
}

/* What the set in use until now has read of it, or NULL. */
static const struct catalog *find_last(const struct catalogs *last, struct str tag)
{
	const struct language *l = last ? find_language((struct catalogs *)last, tag) : NULL;

	return l && atomic_load(&l->is_read) ? l->catalog : NULL;
}

/* ---- loading ---- */

/* The texts of one language. */
struct texts {
	struct catalog_source at[2 * CATALOGS_FOLDERS];
	size_t n;
};

static const char *name_of(struct catalogs *s, const struct from *from, const char *path)
{
	struct str name = path_name(str_of(path));

	if (from->label)
		return path_join(s->arena, from->label, name);
	return from->n > 1 ? path : arena_cstr(s->arena, name);
}

/* False: it is there and cannot be read, which is noted. */
static bool take_text(struct catalogs *s, const struct from *from, const char *path,
		      struct str lang, struct texts *ret)
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
		.text = arena_str(s->arena, buf_str(&text)), .name = name_of(s, from, path),
		.like = from->core ? catalogs_find(from->core, lang) : NULL,
	};
	return true;
}

/* What visitors read first: where both have a message, that is the one that counts. */
static bool take_texts(struct catalogs *s, const struct from *from, struct str lang,
		       struct texts *ret)
{
	const char *const ends[] = { ".po", CATALOGS_OPERATOR };
	bool ok = true;

	for (size_t e = 0; e < ARRAY_LEN(ends); e++)
		for (size_t i = 0; i < from->n; i++) {
			struct str name = arena_printf(s->arena, "%.*s%s", STR_ARG(lang), ends[e]);

			ok &= take_text(s, from, path_join(s->arena, from->dirs[i], name), lang,
					ret);
		}
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
static struct catalog *rule_below(const struct from *from, struct str lang, struct texts *t)
{
	struct catalog *like = NULL;

	if (from->n < 2 || t->n < 2 || str_find(t->at[0].text, STR("Plural-Forms:")) >= 0
	    || !catalog_parse_all(lang, &t->at[1], 1, &like, NULL))
		return NULL;
	t->at[0].like = like;
	return like;
}

static void catalog_drop(struct catalog **c)
{
	catalog_unref(*c);
}

static const struct catalog *load_language(struct catalogs *s, const struct from *from,
					   struct str lang)
{
	bool english = str_eq(lang, STR("en")) && !from->wording;
	struct texts texts = { .n = 0 };
	bool whole = take_texts(s, from, lang, &texts);
	CLEANUP(catalog_drop) struct catalog *like UNUSED = rule_below(from, lang, &texts);
	struct catalog *made = NULL;
	struct fail f = FAIL_INIT;

	if (whole && (texts.n || english)
	    && catalog_parse_all(lang, texts.at, texts.n, &made, &f))
		return made;
	if (f.code)
		add_note(s, f.text);
	if (find_last(from->last, lang) && (f.code || !whole))
		return catalog_ref(find_last(from->last, lang));
	drop_broken(lang, &texts);
	if ((texts.n || english) && catalog_parse_all(lang, texts.at, texts.n, &made, NULL))
		return made;
	return NULL;
}

static void note(struct catalogs *s, struct fail *f)
{
	add_note(s, f->text);
}

/* Whether there is a file of it; English needs none, but for wording. */
static bool has_texts(struct catalogs *s, const struct from *from, struct str lang)
{
	const char *const ends[] = { ".po", CATALOGS_OPERATOR };

	if (str_eq(lang, STR("en")) && !from->wording)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(ends) * from->n; i++) {
		struct str name = arena_printf(s->arena, "%.*s%s", STR_ARG(lang),
					       ends[i / from->n]);

		if (file_exists(path_join(s->arena, from->dirs[i % from->n], name)))
			return true;
	}
	return false;
}

static void add_language(struct catalogs *s, const struct from *from, struct str lang,
			 const char *where)
{
	struct fail f = FAIL_INIT;

	if (find_language(s, lang))
		return;
	if (!language_valid(lang)) {
		fail(&f, FAIL_INVALID, "%s: \"%.*s\" is not the tag of a language", where,
		     STR_ARG(str_sub(lang, 0, 40)));
		note(s, &f);
		return;
	}
	if (!has_texts(s, from, lang))
		return;
	if (s->n_languages == CATALOGS_MAX) {
		fail(&f, FAIL_TOO_LARGE, "%s: there may be %d languages", where, CATALOGS_MAX);
		note(s, &f);
		return;
	}
	s->languages[s->n_languages++].tag = arena_str(s->arena, lang);
}

/* "en fr es", on one line or many, # begins a comment. */
static void add_linguas(struct catalogs *s, const struct from *from, struct str text)
{
	struct str line, rest, lang;

	while (str_line(&text, &line)) {
		rest = str_cut(line, '#', &(struct str){ 0 });
		while (str_item(&rest, " ", &lang))
			add_language(s, from, lang, "LINGUAS");
	}
}

static bool add_in_order(struct catalogs *s, const struct from *from, const char *dir,
			 struct fail *f)
{
	CLEANUP(buf_release) struct buf linguas = BUF(LINGUAS_BYTES);
	const char *path = path_join(s->arena, dir, STR("LINGUAS"));

	if (!file_exists(path))
		return true;
	if (!file_read(path, &linguas, f))
		return false;
	add_linguas(s, from, buf_str(&linguas));
	return true;
}

static bool add_all_files(struct catalogs *s, const struct from *from, const char *dir,
			  struct fail *f)
{
	struct dir_entry *files;
	size_t count;

	if (!dir_list(s->arena, dir, &files, &count, f))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct str name = str_of(files[i].name);

		if (str_ends(name, STR(".po")) && name.n > 3 && name.p[0] != '.'
		    && !str_ends(name, STR(CATALOGS_OPERATOR)))
			add_language(s, from, str_sub(name, 0, name.n - 3),
				     name_of(s, from, path_join(s->arena, dir, name)));
	}
	return true;
}

static bool look_for_languages(struct catalogs *s, const struct from *from, struct fail *f)
{
	for (size_t i = 0; i < from->n && !from->wording; i++)
		if (!add_in_order(s, from, from->dirs[i], f))
			return false;
	for (size_t i = 0; i < from->n; i++)
		if (!add_all_files(s, from, from->dirs[i], f))
			return false;
	if (!from->wording && !find_language(s, STR("en")))
		add_language(s, from, STR("en"), "en.po");
	return true;
}

/* ---- how much is translated ---- */

/* The last folder that has it: the program's own. */
static bool read_template(struct catalogs *s, const struct from *from, struct arena *a,
			  struct po *ret)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_CATALOG);

	for (size_t i = from->n; i-- > 0;) {
		const char *path = path_join(a, from->dirs[i], STR("hameau.pot"));
		struct fail f = FAIL_INIT;

		if (!file_exists(path))
			continue;
		if (file_read(path, &text, &f)
		    && po_parse(a, arena_str(a, buf_str(&text)), path, ret, &f))
			return ret->count > 0;
		note(s, &f);
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

static void measure(struct catalogs *s, const struct from *from)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(64 * KIB);
	struct po template = { .count = 0 };
	bool known = read_template(s, from, a, &template);
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

/* ---- reading ---- */

/* Has the turn. */
static void read_language(struct catalogs *s, struct language *l)
{
	if (atomic_load(&l->is_read))
		return;
	l->catalog = load_language(s, &s->from, l->tag);
	atomic_store(&l->is_read, true);
}

static const struct catalog *find_exact(const struct catalogs *set, struct str tag)
{
	struct catalogs *s = (struct catalogs *)set;
	struct language *l = find_language(s, tag);

	if (l && !atomic_load(&l->is_read)) {
		turn_take(&s->turn);
		read_language(s, l);
		turn_end(&s->turn);
	}
	return l ? l->catalog : NULL;
}

/* Has the turn. */
static void read_all(struct catalogs *s)
{
	for (size_t i = 0; i < s->n_languages; i++) {
		read_language(s, &s->languages[i]);
		if (s->languages[i].catalog)
			s->at[s->count++] = s->languages[i].catalog;
	}
	if (!s->from.wording)
		measure(s, &s->from);
	atomic_store(&s->whole, true);
}

static void make_whole(const struct catalogs *set)
{
	struct catalogs *s = (struct catalogs *)set;

	if (atomic_load(&s->whole))
		return;
	turn_take(&s->turn);
	if (!atomic_load(&s->whole))
		read_all(s);
	turn_end(&s->turn);
}

static struct catalogs *catalogs_new(const struct from *from)
{
	struct catalogs *s = MEM_NEW(struct catalogs);
	const char **dirs;

	ref_init(&s->ref);
	turn_init(&s->turn, MUTEX_LEAF);
	s->arena = arena_new(0);
	s->last_note = &s->notes;
	s->from = *from;
	s->from.dirs = dirs = arena_array(s->arena, from->n + 1, sizeof *dirs);
	for (size_t i = 0; i < from->n; i++)
		dirs[i] = arena_cstr(s->arena, str_of(from->dirs[i]));
	return s;
}

/* What is lent is used now or never; what was good before must be asked while it is there. */
static bool load(const struct from *from, struct catalogs **ret, struct fail *f)
{
	struct catalogs *s = catalogs_new(from);

	if (!look_for_languages(s, &s->from, f)) {
		catalogs_unref(s);
		return false;
	}
	if (from->wording || from->last)
		make_whole(s);
	s->from.label = NULL;
	s->from.core = s->from.last = NULL;
	*ret = s;
	return true;
}

bool catalogs_load_all(const char *const *dirs, size_t n, const struct catalogs *last,
		       struct catalogs **ret, struct fail *f)
{
	return load(&(struct from){ .dirs = dirs, .n = n, .last = last }, ret, f);
}

struct catalogs *catalogs_load_one(const char *dir, struct str lang)
{
	struct catalogs *s = catalogs_new(&(struct from){ .dirs = &dir, .n = 1 });

	for (ptrdiff_t end = (ptrdiff_t)lang.n; end > 0 && !s->count;
	     end = str_rfind_char(str_sub(lang, 0, (size_t)end), '-')) {
		struct str tag = str_sub(lang, 0, (size_t)end);

		if (!language_valid(tag))
			continue;
		add_language(s, &s->from, tag, dir);
		if (find_language(s, tag) && find_exact(s, tag))
			s->at[s->count++] = find_exact(s, tag);
	}
	s->percent[0] = -1;
	atomic_store(&s->whole, true);
	return s;
}

bool catalogs_load(const char *dir, const struct catalogs *last, struct catalogs **ret,
		   struct fail *f)
{
	return catalogs_load_all(&dir, 1, last, ret, f);
}

bool catalogs_load_wording(const char *dir, const char *label, const struct catalogs *core,
			   const struct catalogs *last, struct catalogs **ret, struct fail *f)
{
	return load(&(struct from){ .dirs = &dir, .n = 1, .label = label, .wording = true,
				    .core = core, .last = last }, ret, f);
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
	for (size_t i = 0; i < shared->n_languages; i++)
		catalog_unref(shared->languages[i].catalog);
	turn_release(&shared->turn);
	arena_free(shared->arena);
	mem_free(shared);
}

/* ---- choosing ---- */

size_t catalogs_count(const struct catalogs *s)
{
	make_whole(s);
	return s->count;
}

const struct catalog *catalogs_at(const struct catalogs *s, size_t i)
{
	make_whole(s);
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

int catalogs_percent(const struct catalogs *s, struct str lang)
{
	const struct catalog *c = catalogs_find(s, lang);

	make_whole(s);
	for (size_t i = 0; c && i < s->count; i++)
		if (s->at[i] == c)
			return s->percent[i];
	return -1;
}

bool catalogs_is_offered(const struct catalogs *s, struct str lang)
{
	return catalogs_percent(s, lang) >= CATALOGS_OFFERED;
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
		if (!c || !catalogs_is_offered(s, catalog_lang(c)))
			continue;
		best = c;
		best_weight = weight;
	}
	return best ? best : find_exact(s, STR("en"));
}

void catalogs_notes(const struct catalogs *s, void (*tell)(void *data, const char *note),
		    void *data)
{
	make_whole(s);
	for (const struct catalog_note *n = s->notes; n; n = n->next)
		tell(data, n->text);
	for (size_t i = 0; i < s->count; i++)
		for (const struct catalog_note *n = catalog_notes(s->at[i]); n; n = n->next)
			tell(data, n->text);
}
