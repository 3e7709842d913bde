/* The registry of themes. A slot a theme; slots are only added, so that a reader needs the
 * lock for no longer than it takes to copy a pointer. */
#include <stdlib.h>
#include <string.h>
#include "base/conf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/vec.h"
#include "theme/themes.h"
#include "work/mutex.h"

#define PARENTS_MAX 2

struct slot {
	char *id, *dir;
	struct theme *theme;		/* the one that works, or NULL */
	struct digest stamp;		/* of the files that were tried last */
	bool tried;
	bool seen;			/* by this look at the folders; else it was removed */
	char *error;			/* what was wrong with them, or NULL */
};

struct themes {
	struct mutex lock;		/* slots and what they hold */
	VEC(struct slot *) slots;
	char **folders;
	size_t n_folders;
	char *default_id, *cache, *trusted;
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

/* --- loading --- */

static bool is_trusted(const struct themes *ts, struct str id)
{
	struct str rest = str_of(ts->trusted), word;

	while (str_item(&rest, ", ", &word))
		if (str_eq(word, id))
			return true;
	return false;
}

static bool try_load(struct arena *a, struct themes *ts, struct slot *slot, bool *same,
		     struct theme **ret, struct fail *f)
{
	struct theme_source source = { .cache = ts->cache };
	struct digest stamp;

	*same = false;
	if (!find_layers(a, ts, slot->dir, &source, f)
	    || !folder_stamp(source.dirs, source.n_dirs, &stamp, f))
		return false;
	*same = slot->tried && memcmp(&stamp, &slot->stamp, sizeof(stamp)) == 0;
	if (*same)
		return true;
	slot->stamp = stamp;
	slot->tried = true;
	source.last = slot->theme;
	source.trusted = is_trusted(ts, str_of(slot->id));
	return theme_load(&source, ret, f);
}

/* True when another theme is in use after. */
static bool refresh(struct themes *ts, struct slot *slot)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct theme *loaded = NULL, *old = NULL;
	struct fail f = FAIL_INIT;
	char *error, *old_error;
	bool same, ok = try_load(a, ts, slot, &same, &loaded, &f);

	if (same)
		return false;
	error = ok ? NULL : mem_cstr(str_of(f.text));
	{
		MUTEX_HOLD(&ts->lock);
		old_error = slot->error;
		slot->error = error;
		if (loaded) {
			old = slot->theme;
			slot->theme = loaded;
		}
	}
	mem_free(old_error);
	theme_unref(old);
	return loaded;
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

bool themes_reload(struct themes *ts)
{
	bool changed = false;

	look_for_themes(ts);
	for (size_t i = 0; i < ts->slots.n; i++) {
		if (ts->slots.p[i]->seen)
			changed = refresh(ts, ts->slots.p[i]) || changed;
		else
			let_go(ts, ts->slots.p[i]);
	}
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
	ts->folders = mem_array(config->n_folders, sizeof(*ts->folders));
	for (size_t i = 0; i < config->n_folders; i++)
		ts->folders[ts->n_folders++] = mem_cstr(str_of(config->folders[i]));
	ts->default_id = mem_cstr(str_of(config->default_id));
	ts->cache = config->cache ? mem_cstr(str_of(config->cache)) : NULL;
	ts->trusted = mem_cstr(config->trusted);
	themes_reload(ts);
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
	mutex_release(&ts->lock);
	mem_free(ts);
}

struct theme *themes_find(struct themes *ts, struct str id)
{
	struct slot *slot;

	MUTEX_HOLD(&ts->lock);
	slot = find_slot(ts, id);
	return slot && slot->theme ? theme_ref(slot->theme) : NULL;
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

static int by_id(const void *x, const void *y)
{
	const struct themes_entry *a = x, *b = y;

	return str_cmp(a->id, b->id);
}

struct themes_entry *themes_all(struct arena *a, struct themes *ts, size_t *count)
{
	struct themes_entry *all;

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
