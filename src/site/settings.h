/* settings.h - what a site's owner may choose, typed and checked.
 *
 * Settings are rows (key, value) of the table `setting` in site.db; what is not set
 * has its default. One table of keys gives validation, `site show`, `site set`
 * and the pages of doc/. Values of theme options are kept as option.NAME and
 * checked by the theme when it uses them.
 *
 * Everything read here depends on the site's GEN_SETTINGS, so a change makes each
 * page of the site stale.
 */
#ifndef SITE_SETTINGS_H
#define SITE_SETTINGS_H

#include "base/arena.h"
#include "store/tx.h"

#define SETTINGS_SCHEMA \
	"CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
#define SETTINGS_TABLES "setting"	/* of GEN_SETTINGS */

struct settings_option {
	struct str name, value;		/* name without "option.", or "menu." */
};

struct settings {
	struct str title, tagline;	/* title: never empty when shown, see settings_load */
	struct str lang;		/* BCP 47 */
	struct str languages;		/* of the interface, beside lang; or empty */
	struct str author;
	struct str timezone;		/* IANA name */
	struct str theme;
	struct str preset;		/* of the theme; empty: none */
	struct str menu;		/* "Title = /address/" lines; empty: the pages' own wish */
	struct str footer;		/* Markdown */
	bool serial;			/* read from the beginning: oldest first */
	bool full_posts;		/* lists show whole posts instead of summaries */
	bool listed;			/* on the host's front page */
	bool refuse_ai;			/* robots.txt asks AI crawlers to stay away */
	int64_t posts_per_page;
	struct settings_option *options, *menus;	/* menu.footer: as `menu` */
	size_t n_options, n_menus;
};

enum settings_type {
	SETTINGS_TEXT, SETTINGS_LANG, SETTINGS_LANGS, SETTINGS_ZONE, SETTINGS_THEME,
	SETTINGS_CHOICE, SETTINGS_BOOL, SETTINGS_NUMBER,
};

struct settings_key {
	const char *name;
	enum settings_type type;
	const char *value;		/* the default, as it would be written */
	const char *help;
	const char *choices;		/* separated by spaces */
	int64_t min, max;		/* numbers; for text max is bytes */
};

extern const struct settings_key settings_keys[];
extern const size_t settings_keys_count;

MUST_CHECK bool settings_load(struct arena *a, struct tx *tx, struct settings *ret, struct fail *f);

/* The value as it was written, or the default. FAIL_NOT_FOUND: no such key. */
MUST_CHECK bool settings_value(struct arena *a, struct tx *tx, struct str key, struct str *ret,
			       struct fail *f);

/* Checks and writes; an empty value goes back to the default. Keys: those of the table and
 * option.NAME and menu.NAME. */
MUST_CHECK bool settings_set(struct tx *tx, struct str key, struct str value, struct fail *f);
MUST_CHECK bool settings_check(struct str key, struct str value, struct fail *f);

#endif
