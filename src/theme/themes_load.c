/* themes_load.c - what a theme stands on, and trying whether it loads as its files are now. */
#include "base/conf.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "theme/themes_impl.h"

#define PARENTS_MAX 2

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
	slot = themes_slot(ts, id);
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

bool themes_trusts(const struct themes *ts, struct str id)
{
	return str_has_item(str_of(ts->trusted), ", ", id);
}

bool themes_try(struct themes *ts, const char *dir, struct theme **ret, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct theme_source source = { .cache = ts->cache };

	if (!find_layers(a, ts, dir, &source, f))
		return false;
	source.trusted = themes_trusts(ts, path_name(str_of(dir)));
	return theme_load(&source, ret, f);
}

/* --- the theme of a slot --- */

/* The default theme is loaded at once: there is always one to fall back to. */
static bool may_wait(const struct themes *ts, const struct slot *slot,
		     const struct digest *stamp)
{
	return ts->opening && !str_eq(str_of(slot->id), str_of(ts->default_id))
		&& themes_is_known(ts, slot, stamp);
}

/* How the files of a slot are found to be. */
struct look {
	struct digest stamp;
	bool stamped;			/* else they cannot be read, or have no parent */
	bool same;			/* as they were tried already */
	bool waits;			/* known to load, and not needed yet */
	struct theme *loaded;
};

static bool try_load(struct arena *a, struct themes *ts, struct slot *slot, struct look *ret,
		     struct fail *f)
{
	struct theme_source source = { .cache = ts->cache };

	if (!find_layers(a, ts, slot->dir, &source, f)
	    || !folder_stamp(source.dirs, source.n_dirs, &ret->stamp, f))
		return false;
	ret->stamped = true;
	ret->same = slot->tried && digest_eq(&ret->stamp, &slot->stamp);
	if (ret->same)
		return true;
	ret->waits = may_wait(ts, slot, &ret->stamp);
	if (ret->waits)
		return true;
	source.last = slot->theme;
	source.trusted = themes_trusts(ts, str_of(slot->id));
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
		if (look->stamped) {
			slot->stamp = look->stamp;
			slot->tried = true;
		}
		if (look->loaded) {
			old = slot->theme;
			slot->theme = look->loaded;
		}
	}
	mem_free(old_error);
	theme_unref(old);
}

bool themes_refresh(struct themes *ts, struct slot *slot)
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

bool themes_wake(struct themes *ts, struct slot *slot)
{
	struct look look = { .same = false };
	struct digest said = slot->stamp;
	struct fail f = FAIL_INIT;
	bool ok = themes_try(ts, slot->dir, &look.loaded, &f);

	look.stamped = ok;
	if (ok)
		look.stamp = *theme_digest(look.loaded);
	settle(ts, slot, &look, ok ? NULL : mem_cstr(str_of(f.text)));
	themes_save_known(ts);
	return !ok || !digest_eq(&slot->stamp, &said);
}
