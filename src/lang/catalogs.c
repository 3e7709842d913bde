/* catalogs.c - a set of catalogs: whose turn it is to read, and choosing. Reading itself is in
 * catalogs_read.c.
 */
#include "lang/catalogs_impl.h"

#include "base/mem.h"
#include "unicode/language.h"

#define ACCEPT_RANGES 32		/* of an Accept-Language, read */

struct language *catalogs_language(struct catalogs *s, struct str tag)
{
	for (size_t i = 0; i < s->n_languages; i++)
		if (str_eq_nocase(s->languages[i].tag, tag))
			return &s->languages[i];
	return NULL;
}

/* ---- reading ---- */

/* Has the turn. */
static void read_language(struct catalogs *s, struct language *l)
{
	if (atomic_load(&l->is_read))
		return;
	l->catalog = catalogs_read(s, l->tag);
	atomic_store(&l->is_read, true);
}

static const struct catalog *find_exact(const struct catalogs *set, struct str tag)
{
	struct catalogs *s = (struct catalogs *)set;
	struct language *l = catalogs_language(s, tag);

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
		catalogs_measure(s);
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

	if (!catalogs_look(s, f)) {
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
		catalogs_add(s, tag, dir);
		if (catalogs_language(s, tag) && find_exact(s, tag))
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
