/* The registry of themes. A slot a theme; slots are only added, so that a reader needs the
 * lock for no longer than it takes to copy a pointer. */
#include <stdlib.h>
#include <string.h>
#include "base/conf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/vec.h"
#include "config.h"
#include "theme/themes.h"
#include "work/turn.h"

#define PARENTS_MAX 2
#define KNOWN_MAX   (256 * KIB)

struct slot {
	char *id, *dir;
	struct theme *theme;		/* the one that works, or NULL */
	struct digest stamp;		/* of the files that were tried last */
	bool tried;
	bool waits;			/* these files are known to load: when it is asked for */
	bool seen;			/* by this look at the folders; else it was removed */
	char *error;			/* what was wrong with them, or NULL */
};

struct themes {
	struct mutex lock;		/* slots and what they hold */
	VEC(struct slot *) slots;
	char **folders;
	size_t n_folders;
	char *default_id, *cache, *trusted;
	void (*other)(void *arg, struct str id);
	void *arg;
	struct turn turn;		/* of who loads, or looks at folders */
	bool opening;
	struct buf known;		/* what the file says; of who has the turn */
};

static struct slot *find_slot(struct themes *ts, struct str id)
{
	for (size_t i = 0; i < ts->slots.n; i++)
		if (str_eq(str_of(ts->slots.p[i]->id), id))
			return ts->slots.p[i];
	return NULL;
}

/* --- where a theme is and what it stands on --- */

static bool parent_line(void *data, const struct conf_line *l, struct fail *f)
{
	struct buf *parent = data;

	(void)f;
	if (str_eq(l->section, STR("theme")) && str_eq(l->key, STR("parent"))) {
		buf_clear(parent);
		buf_add(parent, l->value);
	}
	return true;
}

bool themes_parent(struct arena *a, const char *dir, struct str *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_MANIFEST), parent = BUF(100);
	struct str label = arena_printf(a, "%.*s/theme.ini", STR_ARG(path_name(str_of(dir))));

	bool done = file_read(path_join(a, dir, STR("theme.ini")), &text, f)
		&& conf_parse(buf_str(&text), arena_cstr(a, label), parent_line, &parent, f);

	*ret = arena_str(a, buf_str(&parent));
	return done;
}

/* Where the theme of that id is, or NULL. */
static const char *dir_of(struct arena *a, struct themes *ts, struct str id)
{
	struct slot *slot;

	MUTEX_HOLD(&ts->lock);
	slot = find_slot(ts, id);
	return slot ? arena_cstr(a, str_of(slot->dir)) : NULL;
}

/* The layers: the theme in dir, its parents, the default theme. */
static bool find_layers(struct arena *a, struct themes *ts, const char *dir,
			struct theme_source *source, struct fail *f)
{
	struct str id = path_name(str_of(dir)), usual = str_of(ts->default_id), parent;
	const char *last = dir_of(a, ts, usual);

	source->dirs[source->n_dirs++] = dir;
	for (int i = 0; i <= PARENTS_MAX; i++) {
		const char *next;

		if (!themes_parent(a, dir, &parent, f))
			return false;
		if (!parent.n || str_eq(parent, usual))
			break;
		next = dir_of(a, ts, parent);
		if (!next)
			return fail(f, FAIL_NOT_FOUND, "%.*s/theme.ini: there is no theme \"%.*s\""
				" to be its parent", STR_ARG(id), STR_ARG(parent));
		if (i == PARENTS_MAX || str_eq(parent, id))
			return fail(f, FAIL_INVALID, "%.*s/theme.ini: a theme may stand on %d"
				" others, and not on itself", STR_ARG(id), PARENTS_MAX);
		dir = next;
		source->dirs[source->n_dirs++] = dir;
	}
	if (last && !str_eq(id, usual))
		source->dirs[source->n_dirs++] = last;
	return true;
}

static bool is_trusted(const struct themes *ts, struct str id)
{
	struct str rest = str_of(ts->trusted), word;

	while (str_item(&rest, ", ", &word))
		if (str_eq(word, id))
			return true;
	return false;
}

/* --- what is known to load ---
 *
 * CACHE/known has a line for each theme that loaded: the digest of program, theme, trust and the
 * stamp of its files. */

static void add_seal(const struct themes *ts, const struct slot *slot, struct buf *out)
{
	struct str parts[] = { STR("1 " PACKAGE_VERSION " "), str_of(slot->id),
			       is_trusted(ts, str_of(slot->id)) ? STR(" trusted ") : STR(" "),
			       str_from((const char *)slot->stamp.b, DIGEST_LEN) };
	struct digest d = digest_of_parts(parts, ARRAY_LEN(parts));
	char hex[DIGEST_HEX_LEN + 1];

	digest_hex(&d, hex);
	buf_addf(out, "%s\n", hex);
}

static bool is_known(const struct themes *ts, const struct slot *slot)
{
	CLEANUP(buf_release) struct buf seal = BUF(2 * DIGEST_HEX_LEN);

	add_seal(ts, slot, &seal);
	return str_find(buf_str(&ts->known), buf_str(&seal)) >= 0;
}

static bool loads(const struct slot *slot)
{
	return slot->waits || (slot->theme && slot->tried && !slot->error
			       && !memcmp(theme_digest(slot->theme), &slot->stamp,
					  sizeof slot->stamp));
}

static const char *known_path(struct arena *a, const struct themes *ts)
{
	return path_join(a, ts->cache, STR("known"));
}

/* Has the turn. A file that cannot be written costs loading, nothing else. */
static void save_known(struct themes *ts)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf now = BUF(KNOWN_MAX);
	bool kept;

	if (!ts->cache)
		return;
	for (size_t i = 0; i < ts->slots.n; i++)
		if (loads(ts->slots.p[i]))
			add_seal(ts, ts->slots.p[i], &now);
	if (!buf_ok(&now) || str_eq(buf_str(&now), buf_str(&ts->known)))
		return;
	buf_clear(&ts->known);
	buf_add(&ts->known, buf_str(&now));
	kept = dir_make(ts->cache, NULL)
		&& file_write(known_path(a, ts), buf_str(&now), false, NULL);
	(void)kept;
}

static void read_known(struct themes *ts)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	if (ts->cache && !file_read(known_path(a, ts), &ts->known, NULL))
		buf_clear(&ts->known);
}

/* The default theme is loaded at once: there is always one to fall back to. */
static bool may_wait(const struct themes *ts, const struct slot *slot)
{
	return ts->opening && !str_eq(str_of(slot->id), str_of(ts->default_id))
		&& is_known(ts, slot);
}

/* --- loading --- */

/* How the files of a slot are found to be. */
struct look {
	bool same;			/* as they were tried already */
	bool waits;			/* known to load, and not needed yet */
	struct theme *loaded;
};

static bool try_load(struct arena *a, struct themes *ts, struct slot *slot, struct look *ret,
		     struct fail *f)
{
	struct theme_source source = { .cache = ts->cache };
	struct digest stamp;

	if (!find_layers(a, ts, slot->dir, &source, f)
	    || !folder_stamp(source.dirs, source.n_dirs, &stamp, f))
		return false;
	ret->same = slot->tried && memcmp(&stamp, &slot->stamp, sizeof(stamp)) == 0;
	if (ret->same)
		return true;
	slot->stamp = stamp;
	slot->tried = true;
	ret->waits = may_wait(ts, slot);
	if (ret->waits)
		return true;
	source.last = slot->theme;
	source.trusted = is_trusted(ts, str_of(slot->id));
	return theme_load(&source, &ret->loaded, f);
}

/* What came of a look; error: NULL, or taken. Who finds the slot sees it waiting until then. */
static void settle(struct themes *ts, struct slot *slot, const struct look *look, char *error)
{
	struct theme *old = NULL;
	char *old_error;

	{
		MUTEX_HOLD(&ts->lock);
		old_error = slot->error;
		slot->error = error;
		slot->waits = look->waits;
		if (look->loaded) {
			old = slot->theme;
			slot->theme = look->loaded;
		}
	}
	mem_free(old_error);
	theme_unref(old);
}

/* True when another theme is in use after, or none where one was said to load. */
static bool refresh(struct themes *ts, struct slot *slot)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct look look = { .same = false };
	struct fail f = FAIL_INIT;
	bool waited = slot->waits, ok = try_load(a, ts, slot, &look, &f);

	if (look.same)
		return false;
	settle(ts, slot, &look, ok ? NULL : mem_cstr(str_of(f.text)));
	return look.loaded || waited;
}

/* Has the turn. True when the theme is not what was said of it: its files were changed since, or
 * it does not load after all. */
static bool wake(struct themes *ts, struct slot *slot)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct theme_source source = { .cache = ts->cache,
				       .trusted = is_trusted(ts, str_of(slot->id)) };
	struct look look = { .same = false };
	struct digest said = slot->stamp;
	struct fail f = FAIL_INIT;
	bool ok = find_layers(a, ts, slot->dir, &source, &f)
		&& theme_load(&source, &look.loaded, &f);

	if (ok)
		slot->stamp = *theme_digest(look.loaded);
	settle(ts, slot, &look, ok ? NULL : mem_cstr(str_of(f.text)));
	save_known(ts);
	return !ok || memcmp(&slot->stamp, &said, sizeof said) != 0;
}

static void load_waiting(struct themes *ts, struct slot *slot)
{
	bool is_other;

	turn_take(&ts->turn);
	is_other = slot->waits && wake(ts, slot);
	turn_end(&ts->turn);
	if (is_other && ts->other)
		ts->other(ts->arg, str_of(slot->id));
}

/* A theme of this id is in dir, which is the first folder that has it. */
static void take_slot(struct themes *ts, const char *id, const char *dir)
{
	struct slot *slot = find_slot(ts, str_of(id));
	char *old = NULL;

	if (slot && slot->seen)
		return;
	if (!slot) {
		slot = MEM_NEW(struct slot);
		slot->id = mem_cstr(str_of(id));
		slot->dir = mem_cstr(str_of(dir));
		slot->seen = true;
		MUTEX_HOLD(&ts->lock);
		*VEC_ADD(&ts->slots) = slot;
		return;
	}
	MUTEX_HOLD(&ts->lock);
	slot->seen = true;
	if (!str_eq(str_of(slot->dir), str_of(dir))) {
		old = slot->dir;
		slot->dir = mem_cstr(str_of(dir));
	}
	mem_free(old);
}

static void forget_seen(struct themes *ts)
{
	MUTEX_HOLD(&ts->lock);
	for (size_t i = 0; i < ts->slots.n; i++)
		ts->slots.p[i]->seen = false;
}

static void look_for_themes(struct themes *ts)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	forget_seen(ts);
	for (size_t i = 0; i < ts->n_folders; i++) {
		struct dir_entry *entries;
		size_t n;

		if (!dir_list(a, ts->folders[i], &entries, &n, NULL))
			continue;
		for (size_t k = 0; k < n; k++) {
			const char *dir = path_join(a, ts->folders[i], str_of(entries[k].name));

			if (entries[k].is_dir && entries[k].name[0] != '.'
			    && file_exists(path_join(a, dir, STR("theme.ini"))))
				take_slot(ts, entries[k].name, dir);
		}
	}
}

/* A removed theme keeps what works of it; there is nothing to be wrong any more. */
static void let_go(struct themes *ts, struct slot *slot)
{
	char *error;

	slot->tried = false;
	MUTEX_HOLD(&ts->lock);
	error = slot->error;
	slot->error = NULL;
	mem_free(error);
}

static bool reload(struct themes *ts)
{
	bool changed = false;

	look_for_themes(ts);
	for (size_t i = 0; i < ts->slots.n; i++) {
		if (ts->slots.p[i]->seen)
			changed = refresh(ts, ts->slots.p[i]) || changed;
		else
			let_go(ts, ts->slots.p[i]);
	}
	save_known(ts);
	return changed;
}

bool themes_reload(struct themes *ts)
{
	bool changed;

	turn_take(&ts->turn);
	changed = reload(ts);
	turn_end(&ts->turn);
	return changed;
}

bool themes_try(struct themes *ts, const char *dir, struct theme **ret, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct theme_source source = { .cache = ts->cache };

	if (!find_layers(a, ts, dir, &source, f))
		return false;
	source.trusted = is_trusted(ts, path_name(str_of(dir)));
	return theme_load(&source, ret, f);
}

/* --- opening and asking --- */

bool themes_open(const struct themes_config *config, struct themes **ret, struct fail *f)
{
	struct themes *ts = MEM_NEW(struct themes);
	struct slot *slot;

	mutex_init(&ts->lock, MUTEX_SITE);
	turn_init(&ts->turn, MUTEX_SITE);
	ts->known = (struct buf)BUF(KNOWN_MAX);
	ts->other = config->other;
	ts->arg = config->arg;
	ts->folders = mem_array(config->n_folders, sizeof(*ts->folders));
	for (size_t i = 0; i < config->n_folders; i++)
		ts->folders[ts->n_folders++] = mem_cstr(str_of(config->folders[i]));
	ts->default_id = mem_cstr(str_of(config->default_id));
	ts->cache = config->cache ? mem_cstr(str_of(config->cache)) : NULL;
	ts->trusted = mem_cstr(config->trusted);
	read_known(ts);
	ts->opening = true;
	themes_reload(ts);
	ts->opening = false;
	slot = find_slot(ts, str_of(config->default_id));
	if (slot && slot->theme) {
		*ret = ts;
		return true;
	}
	if (slot)
		(void)!fail(f, FAIL_INVALID, "the default theme cannot be used: %s", slot->error);
	else
		(void)!fail(f, FAIL_NOT_FOUND, "the default theme \"%s\" is not there",
			    config->default_id);
	themes_close(ts);
	return false;
}

void themes_close(struct themes *ts)
{
	if (!ts)
		return;
	for (size_t i = 0; i < ts->slots.n; i++) {
		struct slot *slot = ts->slots.p[i];

		theme_unref(slot->theme);
		mem_free(slot->error);
		mem_free(slot->id);
		mem_free(slot->dir);
		mem_free(slot);
	}
	VEC_FREE(&ts->slots);
	for (size_t i = 0; i < ts->n_folders; i++)
		mem_free(ts->folders[i]);
	mem_free(ts->folders);
	mem_free(ts->default_id);
	mem_free(ts->cache);
	mem_free(ts->trusted);
	buf_release(&ts->known);
	turn_release(&ts->turn);
	mutex_release(&ts->lock);
	mem_free(ts);
}

/* Of struct themes_entry and struct themes_stamp: both begin with the id. */
static int by_id(const void *x, const void *y)
{
	const struct str *a = x, *b = y;

	return str_cmp(*a, *b);
}

/* What is there already, or NULL; *waiting: the slot that is to be loaded first, or NULL. */
static struct theme *find_loaded(struct themes *ts, struct str id, struct slot **waiting)
{
	struct slot *slot;

	MUTEX_HOLD(&ts->lock);
	slot = find_slot(ts, id);
	*waiting = slot && slot->waits ? slot : NULL;
	return slot && slot->theme ? theme_ref(slot->theme) : NULL;
}

struct theme *themes_find(struct themes *ts, struct str id)
{
	struct slot *waiting;
	struct theme *t = find_loaded(ts, id, &waiting);

	if (!waiting)
		return t;
	theme_unref(t);
	load_waiting(ts, waiting);
	return find_loaded(ts, id, &waiting);
}

static struct slot *next_waiting(struct themes *ts)
{
	MUTEX_HOLD(&ts->lock);
	for (size_t i = 0; i < ts->slots.n; i++)
		if (ts->slots.p[i]->waits)
			return ts->slots.p[i];
	return NULL;
}

void themes_load(struct themes *ts)
{
	for (struct slot *slot; (slot = next_waiting(ts));)
		load_waiting(ts, slot);
}

struct themes_stamp *themes_stamps(struct arena *a, struct themes *ts, size_t *count)
{
	struct themes_stamp *all;

	MUTEX_HOLD(&ts->lock);
	all = arena_array(a, ts->slots.n + 1, sizeof(*all));
	for (size_t i = 0; i < ts->slots.n; i++) {
		const struct slot *slot = ts->slots.p[i];

		all[i].id = arena_str(a, str_of(slot->id));
		all[i].works = slot->waits || slot->theme;
		if (slot->waits)
			all[i].digest = slot->stamp;
		else if (slot->theme)
			all[i].digest = *theme_digest(slot->theme);
	}
	*count = ts->slots.n;
	qsort(all, *count, sizeof(*all), by_id);
	return all;
}

struct str themes_default_id(const struct themes *ts)
{
	return str_of(ts->default_id);
}

struct str themes_trusted(const struct themes *ts)
{
	return str_of(ts->trusted);
}

struct theme *themes_default(struct themes *ts)
{
	return themes_find(ts, str_of(ts->default_id));
}

static void drop_held(void *theme)
{
	theme_unref(theme);
}

struct themes_entry *themes_all(struct arena *a, struct themes *ts, size_t *count)
{
	struct themes_entry *all;

	themes_load(ts);
	MUTEX_HOLD(&ts->lock);
	all = arena_array(a, ts->slots.n + 1, sizeof(*all));
	for (size_t i = 0; i < ts->slots.n; i++) {
		const struct slot *slot = ts->slots.p[i];

		all[i].id = arena_str(a, str_of(slot->id));
		all[i].dir = arena_str(a, str_of(slot->dir));
		all[i].error = arena_str(a, str_of(slot->error));
		all[i].removed = !slot->seen;
		if (!slot->theme)
			continue;
		all[i].theme = theme_ref(slot->theme);
		arena_defer(a, drop_held, all[i].theme);
	}
	*count = ts->slots.n;
	qsort(all, *count, sizeof(*all), by_id);
	return all;
}
