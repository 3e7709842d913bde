/* themes_impl.h - the inside of the registry, for themes.c and themes_*.c only. */
#ifndef THEME_THEMES_IMPL_H
#define THEME_THEMES_IMPL_H

#include "base/limits.h"
#include "base/vec.h"
#include "theme/themes.h"
#include "work/turn.h"

#define THEMES_KNOWN_MAX (256 * KIB)

/* One theme. Its id never changes, and it stays until the registry is closed. Who has the turn
 * changes the rest, under the registry's lock, and may read it without. */
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

/* The slot of that id, or NULL. Who calls holds the lock, or has the turn. */
struct slot *themes_slot(struct themes *ts, struct str id);

/* --- themes_load.c --- */

bool themes_trusts(const struct themes *ts, struct str id);
/* Tries the files of a slot if they were changed. True when another theme is in use after, or
 * none where one was said to load. Has the turn. */
bool themes_refresh(struct themes *ts, struct slot *slot);
/* Loads one that waits. True when the theme is not what was said of it: its files were changed
 * since, or it does not load after all. Has the turn. */
bool themes_wake(struct themes *ts, struct slot *slot);

/* --- themes_known.c; who calls has the turn --- */

void themes_read_known(struct themes *ts);
/* A file that cannot be written costs loading, nothing else. */
void themes_save_known(struct themes *ts);
/* Whether the theme is known to load with files of this stamp. */
bool themes_is_known(const struct themes *ts, const struct slot *slot, const struct digest *stamp);

#endif
