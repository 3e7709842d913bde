/* themes.c - the registry of themes. A slot a theme; slots are only added, so that a reader
 * needs the lock for no longer than it takes to copy a pointer.
 */
#include <stdlib.h>
#include "base/file.h"
#include "base/mem.h"
#include "theme/themes_impl.h"

struct slot *themes_slot(struct themes *ts, struct str id)
{
	for (size_t i = 0; i < ts->slots.n; i++)
		if (str_eq(str_of(ts->slots.p[i]->id), id))
			return ts->slots.p[i];
	return NULL;
}

/* --- looking at the folders --- */

/* A theme of this id is in dir, which is the first folder that has it. */
static void take_slot(struct themes *ts, const char *id, const char *dir)
{
	struct slot *slot = themes_slot(ts, str_of(id));
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

	MUTEX_HOLD(&ts->lock);
	slot->tried = false;
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
			changed = themes_refresh(ts, ts->slots.p[i]) || changed;
		else
			let_go(ts, ts->slots.p[i]);
	}
	themes_save_known(ts);
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

/* --- opening and asking --- */

static bool no_default(const struct themes_config *config, struct fail *f)
{
	CLEANUP(buf_release) struct buf looked = BUF(KIB);

	for (size_t i = 0; i < config->n_folders; i++)
		buf_addf(&looked, "%s%s", i ? ", " : "", config->folders[i]);
	return fail(f, FAIL_NOT_FOUND, "the default theme \"%s\" is in none of these folders:"
		    " %.*s; install Hameau again, or set HAMEAU_SHARE to the folder whose themes/"
		    " has it", config->default_id, STR_ARG(buf_str(&looked)));
}

bool themes_open(const struct themes_config *config, struct themes **ret, struct fail *f)
{
	struct themes *ts = MEM_NEW(struct themes);
	struct slot *slot;

	mutex_init(&ts->lock, MUTEX_SITE);
	turn_init(&ts->turn, MUTEX_SITE);
	ts->known = (struct buf)BUF(THEMES_KNOWN_MAX);
	ts->other = config->other;
	ts->arg = config->arg;
	ts->folders = mem_array(config->n_folders, sizeof(*ts->folders));
	for (size_t i = 0; i < config->n_folders; i++)
		ts->folders[ts->n_folders++] = mem_cstr(str_of(config->folders[i]));
	ts->default_id = mem_cstr(str_of(config->default_id));
	ts->cache = config->cache ? mem_cstr(str_of(config->cache)) : NULL;
	ts->trusted = mem_cstr(config->trusted);
	themes_read_known(ts);
	ts->opening = true;
	themes_reload(ts);
	ts->opening = false;
	slot = themes_slot(ts, str_of(config->default_id));
	if (slot && slot->theme) {
		*ret = ts;
		return true;
	}
	if (slot)
		(void)!fail(f, FAIL_INVALID, "the default theme cannot be used: %s", slot->error);
	else
		(void)!no_default(config, f);
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

static void load_waiting(struct themes *ts, struct slot *slot)
{
	bool is_other;

	turn_take(&ts->turn);
	is_other = slot->waits && themes_wake(ts, slot);
	turn_end(&ts->turn);
	if (is_other && ts->other)
		ts->other(ts->arg, str_of(slot->id));
}

/* What is there already, or NULL; *waiting: the slot that is to be loaded first, or NULL. */
static struct theme *find_loaded(struct themes *ts, struct str id, struct slot **waiting)
{
	struct slot *slot;

	MUTEX_HOLD(&ts->lock);
	slot = themes_slot(ts, id);
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
