/* own.c - see own.h. Two tables: what is known of sites (id, state of the files), and the
 * themes that are kept, in the order of their last use. */
#include "theme/own.h"

#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/vec.h"
#include "work/mutex.h"

enum { KNOWN_FILE = 4 * MIB, PASSED_OVER = 30, ID_LEN = 12 };
enum { LOOK_KNOWN = 200, LOOK_PARTS = 4 };	/* of one own_look() */

struct known {
	uint64_t site;
	char *dir;			/* of the site */
	struct digest stamp;
};

struct kept {
	uint64_t site;
	struct digest stamp, base;
	struct theme *theme;
	char *errors;
	uint64_t used;
};

struct own {
	struct mutex lock;		/* the two tables */
	VEC(struct known) known;
	VEC(struct kept) kept;
	uint64_t clock;
	unsigned turn;			/* of own_look(): the part of the sites that comes next, */
	size_t next;			/* and the known one */
	char *sites, *file;
	struct gens *gens;
	size_t bytes;
	void (*tell)(void *arg, uint64_t site, struct str errors);
	void *arg;
};

const char *own_folder(struct arena *a, const char *dir)
{
	return path_join(a, dir, STR("theme"));
}

static bool same(const struct digest *x, const struct digest *y)
{
	return memcmp(x, y, sizeof *x) == 0;
}

/* False: there is nothing of the site's own. What cannot be read is a state, too. */
static bool stamp_of(struct arena *a, const char *dir, struct digest *ret)
{
	const char *folder = own_folder(a, dir);
	struct fail f = FAIL_INIT;

	if (!file_is_dir(folder))
		return false;
	if (!folder_stamp(&folder, 1, ret, &f))
		*ret = digest_of(str_of(f.text));
	return true;
}

/* --- what is known --- */

static struct known *find_known(struct own *o, uint64_t site)
{
	for (size_t i = 0; i < o->known.n; i++)
		if (o->known.p[i].site == site)
			return &o->known.p[i];
	return NULL;
}

static void forget_at(struct own *o, size_t i)
{
	mem_free(o->known.p[i].dir);
	o->known.p[i] = o->known.p[--o->known.n];
}

/* Remembers the state; stamp NULL: there is nothing any more. True when it is another. */
static bool remember(struct own *o, uint64_t site, const char *dir, const struct digest *stamp)
{
	struct known *k;

	MUTEX_HOLD(&o->lock);
	k = find_known(o, site);
	if (!stamp) {
		if (k)
			forget_at(o, (size_t)(k - o->known.p));
		return k != NULL;
	}
	if (k && same(&k->stamp, stamp))
		return false;
	if (!k) {
		k = VEC_ADD(&o->known);
		*k = (struct known){ .site = site, .dir = mem_cstr(str_of(dir)) };
	}
	k->stamp = *stamp;
	return true;
}

static void save(struct own *o)
{
	CLEANUP(buf_release) struct buf b = BUF(KNOWN_FILE);

	if (!o->file)
		return;
	mutex_lock(&o->lock);
	for (size_t i = 0; i < o->known.n; i++) {
		char hex[DIGEST_HEX_LEN + 1];

		digest_hex(&o->known.p[i].stamp, hex);
		buf_addf(&b, "%012llx %s %s\n", (unsigned long long)o->known.p[i].site, hex,
			 o->known.p[i].dir);
	}
	mutex_unlock(&o->lock);
	/* Lost, it makes a few pages stale for nothing at the next start. */
	(void)!file_write(o->file, buf_str(&b), false, NULL);
}

static bool parse_hex(struct str s, unsigned char *out, size_t n)
{
	for (size_t i = 0; i < 2 * n; i++) {
		char c = i < s.n ? s.p[i] : 'x';
		int v = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (v < 0)
			return false;
		out[i / 2] = (unsigned char)(i % 2 ? out[i / 2] | v : v << 4);
	}
	return s.n == 2 * n;
}

static void load(struct own *o)
{
	CLEANUP(buf_release) struct buf b = BUF(KNOWN_FILE);
	struct str rest, line;

	if (!o->file || !file_read(o->file, &b, NULL))
		return;
	rest = buf_str(&b);
	while (str_line(&rest, &line)) {
		struct str hex, dir, id = str_cut(line, ' ', &hex);
		unsigned char bytes[ID_LEN / 2];
		struct known k = { .site = 0 };

		hex = str_cut(hex, ' ', &dir);
		if (!dir.n || !parse_hex(id, bytes, sizeof bytes)
		    || !parse_hex(hex, k.stamp.b, DIGEST_LEN))
			continue;
		for (size_t i = 0; i < sizeof bytes; i++)
			k.site = k.site << 8 | bytes[i];
		k.dir = mem_cstr(dir);
		*VEC_ADD(&o->known) = k;
	}
}

static void note(struct own *o, uint64_t site, const char *dir, const struct digest *stamp)
{
	if (!remember(o, site, dir, stamp))
		return;
	gens_raise(o->gens, gens_slot(site, GEN_OWN, 0));
	save(o);
}

void own_note(struct own *o, uint64_t site, const char *dir)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct digest stamp;

	note(o, site, dir, stamp_of(a, dir, &stamp) ? &stamp : NULL);
}

/* --- loading, without what is wrong --- */

static struct str before_colon(struct str s)
{
	struct str rest;

	return str_cut(s, ':', &rest);
}

/* Which of the site's files an error is of; empty: none that can be told. Messages begin with
 * "theme/templates/post.html:", those of Sass with "ID: sass/style.scss:", those of finished
 * stylesheets with "ID/style.css:". */
static struct str culprit(struct arena *a, struct theme *base, const char *folder, struct str text)
{
	static const char *const parts[] = { "templates", "assets", "sass" };
	struct str id = theme_id(base), before = arena_printf(a, "%.*s: ", STR_ARG(id));
	struct str at = before_colon(str_starts(text, before) ? str_skip(text, before.n) : text);

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		struct folder_list l;

		if (!folder_list(a, &folder, 1, parts[i], &l, NULL))
			continue;
		for (size_t k = 0; k < l.n; k++) {
			struct str file = str_of(l.files[k].label), name = l.files[k].name;
			struct str plain = str_skip(file, file.n - name.n - strlen(parts[i]) - 1);

			if (str_eq(at, file) || str_eq(at, plain)
			    || str_eq(at, arena_printf(a, "%.*s/%.*s", STR_ARG(id), STR_ARG(name))))
				return plain;
		}
	}
	return STR_NONE;
}

/* Loads the theme with the site's files on top, and without one more of them for each
 * mistake. NULL: not one can be used. */
static struct theme *load_own(struct arena *a, struct theme *base, const char *folder,
			      struct buf *errors)
{
	struct str passed[PASSED_OVER];
	struct folder_but but = { passed, 0 };
	struct theme_source source = *theme_loaded_from(base);

	source.overrides = folder;
	source.but = &but;
	source.last = base;
	source.trusted = false;
	for (;;) {
		struct theme *t = NULL;
		struct fail f = FAIL_INIT;
		struct str file;

		if (theme_load(&source, &t, &f))
			return t;
		buf_addf(errors, "%s\n", f.text);
		file = culprit(a, base, folder, str_of(f.text));
		if (!file.n || but.n == PASSED_OVER)
			return NULL;
		passed[but.n++] = file;
	}
}

/* --- what is kept --- */

static struct kept *find_kept(struct own *o, uint64_t site)
{
	for (size_t i = 0; i < o->kept.n; i++)
		if (o->kept.p[i].site == site)
			return &o->kept.p[i];
	return NULL;
}

static void drop_at(struct own *o, size_t i)
{
	theme_unref(o->kept.p[i].theme);
	mem_free(o->kept.p[i].errors);
	o->kept.p[i] = o->kept.p[--o->kept.n];
}

/* The longest unused go until the rest fits. */
static void make_room(struct own *o)
{
	for (;;) {
		size_t bytes = 0, oldest = 0;

		for (size_t i = 0; i < o->kept.n; i++) {
			bytes += theme_bytes(o->kept.p[i].theme);
			if (o->kept.p[i].used < o->kept.p[oldest].used)
				oldest = i;
		}
		if (bytes <= o->bytes || o->kept.n <= 1)
			return;
		drop_at(o, oldest);
	}
}

/* The theme when it is the one that is wanted. */
static struct theme *from_kept(struct own *o, const struct kept *want, struct buf *errors)
{
	struct kept *k;

	MUTEX_HOLD(&o->lock);
	k = find_kept(o, want->site);
	if (!k || !same(&k->stamp, &want->stamp) || !same(&k->base, &want->base))
		return NULL;
	k->used = ++o->clock;
	buf_adds(errors, k->errors);
	return theme_ref(k->theme);
}

static void keep(struct own *o, const struct kept *fresh)
{
	struct kept *k;

	MUTEX_HOLD(&o->lock);
	k = find_kept(o, fresh->site);
	if (k)
		drop_at(o, (size_t)(k - o->kept.p));
	k = VEC_ADD(&o->kept);
	*k = *fresh;
	k->used = ++o->clock;
	make_room(o);
}

/* errors: what is wrong, for who wants to know. */
static struct theme *load_and_keep(struct own *o, struct kept *want, const char *folder,
				   struct theme *base, struct buf *errors)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct theme *t = load_own(a, base, folder, errors);

	if (!t)
		t = theme_ref(base);
	if (errors->n && o->tell)
		o->tell(o->arg, want->site, buf_str(errors));
	want->theme = theme_ref(t);
	want->errors = mem_cstr(buf_str(errors));
	keep(o, want);
	return t;
}

static struct theme *find(struct own *o, uint64_t site, const char *dir, struct theme *base,
			  struct buf *errors)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct kept want = { .site = site, .base = *theme_digest(base) };
	struct theme *t;

	if (!stamp_of(a, dir, &want.stamp)) {
		note(o, site, dir, NULL);
		return theme_ref(base);
	}
	note(o, site, dir, &want.stamp);
	t = from_kept(o, &want, errors);
	return t ? t : load_and_keep(o, &want, own_folder(a, dir), base, errors);
}

struct theme *own_find(struct own *o, uint64_t site, const char *dir, struct theme *base)
{
	CLEANUP(buf_release) struct buf errors = BUF(OWN_ERRORS);

	return find(o, site, dir, base, &errors);
}

void own_errors(struct own *o, uint64_t site, const char *dir, struct theme *base,
		struct buf *errors)
{
	theme_unref(find(o, site, dir, base, errors));
}

/* --- looking --- */

/* The next few, so that many sites do not make a look long. */
static void look_at_known(struct own *o, struct arena *a)
{
	struct known *some = arena_array(a, LOOK_KNOWN, sizeof *some);
	size_t n = 0;

	mutex_lock(&o->lock);
	for (size_t i = 0; i < o->known.n && n < LOOK_KNOWN; i++) {
		const struct known *k = &o->known.p[o->next++ % o->known.n];

		some[n] = *k;
		some[n++].dir = arena_cstr(a, str_of(k->dir));
	}
	mutex_unlock(&o->lock);
	for (size_t i = 0; i < n; i++)
		own_note(o, some[i].site, some[i].dir);
}

/* DATA/sites/<ab>/<id>: one <ab> of 256 at a time. */
static void look_at_part(struct own *o, struct arena *a)
{
	const char *dir = path_join(a, o->sites, arena_printf(a, "%02x", o->turn++ % 256));
	struct dir_entry *e;
	size_t n;

	if (!dir_list(a, dir, &e, &n, NULL))
		return;
	for (size_t i = 0; i < n; i++) {
		const char *one = path_join(a, dir, str_of(e[i].name));
		unsigned char bytes[ID_LEN / 2];
		uint64_t site = 0;

		if (!parse_hex(str_of(e[i].name), bytes, sizeof bytes)
		    || !file_is_dir(own_folder(a, one)))
			continue;
		for (size_t k = 0; k < sizeof bytes; k++)
			site = site << 8 | bytes[k];
		own_note(o, site, one);
	}
}

void own_look(struct own *o)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	look_at_known(o, a);
	for (int i = 0; i < LOOK_PARTS; i++)
		look_at_part(o, a);
}

/* --- making --- */

struct own *own_new(const struct own_config *c)
{
	struct own *o = MEM_NEW(struct own);

	mutex_init(&o->lock, MUTEX_SITE);
	o->sites = mem_cstr(str_of(c->sites));
	o->file = c->known ? mem_cstr(str_of(c->known)) : NULL;
	o->gens = c->gens;
	o->bytes = c->bytes;
	o->tell = c->tell;
	o->arg = c->arg;
	load(o);
	return o;
}

void own_free(struct own *o)
{
	if (!o)
		return;
	while (o->kept.n)
		drop_at(o, o->kept.n - 1);
	while (o->known.n)
		forget_at(o, o->known.n - 1);
	VEC_FREE(&o->kept);
	VEC_FREE(&o->known);
	mutex_release(&o->lock);
	mem_free(o->sites);
	mem_free(o->file);
	mem_free(o);
}
