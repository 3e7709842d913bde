/* check.h - what a themer should know of a theme before anybody wears it.
 *
 * check_theme() reads a theme's folder, compiles what can be compiled, renders every page
 * with sample values (theme/values.h) and looks at what came out: files, theme.ini, names,
 * markup, styles, contrast. What it finds are findings of rules; a rule has an id that does
 * not change, a level, a title and a fix. Rules are one table, check_rules.
 *
 * Nothing is written but the cache of stylesheets. Blocking (Sass runs in a child process);
 * for commands. Everything found lives in the arena given.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "lang/catalogs.h"
#include "theme/folder.h"

enum check_level {
	CHECK_ADVICE,		/* could be better */
	CHECK_WARNING,		/* somebody will be hurt by it */
	CHECK_ERROR,		/* does not work, or is refused */
};
#define CHECK_LEVELS 3

struct check;

struct check_rule {
	const char *id;			/* "TH001" */
	enum check_level level;
	const char *title, *fix;	/* for the catalog */
	void (*look)(struct check *c);	/* finds this one, and others perhaps */
};

extern const struct check_rule check_rules[];	/* in order of their ids; ends with id NULL */

struct check_finding {
	const struct check_rule *rule;
	struct str file;		/* below the theme's folder; empty: the theme itself */
	int line, column;		/* 0: the file as a whole */
	struct str detail;		/* names, numbers, colours; may be empty */
	struct str near;		/* what may have been meant; may be empty */
};

struct check_report {
	struct check_finding *p;	/* by file, line, column, id */
	size_t n;
	size_t count[CHECK_LEVELS];
};

struct check_source {
	const char *dirs[FOLDER_LAYERS];	/* as for theme_load(): the theme's own first */
	size_t n_dirs;
	bool trusted;			/* by the operator: scripts and outside addresses */
	const struct catalogs *catalogs; /* the program's messages; NULL: none are looked up */
	const char *cache;		/* for stylesheets, or NULL */
};

/* Fails only when the folder cannot be read. */
MUST_CHECK bool check_theme(struct arena *a, const struct check_source *source,
			    struct check_report *ret, struct fail *f);

/* An archive (.zip, .tar.gz) as a folder, *dir, that is there as long as the arena. What is
 * wrong with the archive is in *ret; an archive that is a trap gives no folder (NULL). Fails
 * when the file cannot be read. */
MUST_CHECK bool check_unpack(struct arena *a, const char *archive, const char **dir,
			     struct check_report *ret, struct fail *f);

const char *check_level_name(enum check_level level);	/* "error": for --json */

#endif
