/* themes.h - the themes of a host: found, loaded when first wanted, read again on change.
 *
 * Every folder with a theme.ini below one of the given folders is a theme; its name is its
 * id, and the first of two with one name counts. Names with a dot in front are passed over.
 * Nothing is written there. A theme that cannot be loaded is reported and never takes the
 * place of one that works; it is tried again when its files change.
 *
 * Which themes load is known for files that have not changed since one of them did, with this
 * program (CACHE/known). Such a theme is not loaded by opening, but when it is first asked for,
 * by who asks first, while others wait; the default theme is always loaded. Should it be another
 * by then, or not load, `other` is told.
 *
 * themes_find() is for any thread and only takes a reference, unless the theme waits to be
 * loaded. Opening and reloading load themes and block.
 */
#ifndef THEME_THEMES_H
#define THEME_THEMES_H

#include "theme/theme.h"

struct themes;

struct themes_config {
	const char *const *folders;	/* searched in this order */
	size_t n_folders;
	const char *default_id;		/* the engine's own, which all others stand on */
	const char *cache;		/* DATA/cache/themes, or NULL */
	struct str trusted;		/* ids, commas or spaces between them */
	/* A theme that was said to be there (themes_stamps) is another now, or none: pages that
	 * wear it are stale. On the thread that asked for it, no lock held; may be NULL. */
	void (*other)(void *arg, struct str id);
	void *arg;
};

/* Fails only when the default theme cannot be loaded. The config's strings are copied. */
MUST_CHECK bool themes_open(const struct themes_config *config, struct themes **ret,
			    struct fail *f);
void themes_close(struct themes *ts);			/* NULL is fine */

/* Held for the caller; NULL when there is none (that works). */
struct theme *themes_find(struct themes *ts, struct str id);
struct theme *themes_default(struct themes *ts);
struct str themes_default_id(const struct themes *ts);	/* lent */
struct str themes_trusted(const struct themes *ts);	/* as it was given; lent */

/* Looks for new, changed and removed folders; true when anything in use changed. A removed
 * theme goes on working until the process ends. */
bool themes_reload(struct themes *ts);

/* The id of the parent that the theme in a folder names; empty: none. Reads its theme.ini; when
 * that has a mistake, *ret is what was read of it. */
MUST_CHECK bool themes_parent(struct arena *a, const char *dir, struct str *ret, struct fail *f);

/* Loads the theme in a folder as if it were one of these (its parents are looked for among
 * them), and does not take it in. Any thread; blocks. */
MUST_CHECK bool themes_try(struct themes *ts, const char *dir, struct theme **ret,
			   struct fail *f);

/* Loads all that wait, for who wants no first asking to take longer. */
void themes_load(struct themes *ts);

/* What each theme is, in the order of their ids, without loading any. */
struct themes_stamp {
	struct str id;
	bool works;
	struct digest digest;		/* theme_digest() */
};
struct themes_stamp *themes_stamps(struct arena *a, struct themes *ts, size_t *count);

/* One line about each theme, in the order of their ids. All are loaded. */
struct themes_entry {
	struct str id;
	struct theme *theme;	/* held by the arena; NULL: it never loaded */
	struct str dir;
	struct str error;	/* of the files as they are now; empty: fine */
	bool removed;		/* the folder is there no more */
};
struct themes_entry *themes_all(struct arena *a, struct themes *ts, size_t *count);

#endif
