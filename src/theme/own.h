/* own.h - themes as single sites changed them.
 *
 * A site may have files of its own above those of its theme, whichever it wears:
 *
 *	DATA/sites/<ab>/<id>/theme/{templates,sass,assets}/...
 *
 * The same relative path wins (folder.h). They are checked as strictly as a stranger's theme;
 * one that has a mistake is told and passed over, and the theme's file is used, so that a
 * slip in one picture frame does not take a site down. They outlive every update of the theme.
 *
 * A site without such a folder costs one look at the disk for each page that is made, and no
 * memory. For one that has it, the theme is loaded anew with its files on top; the last used
 * of these are kept, up to a number of bytes.
 *
 * Pages depend on GEN_OWN of their site. It is raised when its files are found changed: by
 * own_find() on the way, by own_note() for commands, and by own_look(), which the keeper calls
 * once a second: it looks at the sites that are known to have files of their own, and at a
 * part of all others. What is known outlives the process in a file.
 */
#ifndef THEME_OWN_H
#define THEME_OWN_H

#include "base/gens.h"
#include "theme/theme.h"

struct own;

struct own_config {
	const char *sites;		/* DATA/sites */
	const char *known;		/* the file of what is known; NULL: not kept */
	struct gens *gens;
	size_t bytes;			/* of themes that are kept; at least one is */
	/* What is wrong in a site's files, a line each; told once for each state of them. Any
	 * thread. May be NULL. */
	void (*tell)(void *arg, uint64_t site, struct str errors);
	void *arg;
};

/* The strings are copied. */
struct own *own_new(const struct own_config *c);
void own_free(struct own *o);			/* NULL is fine */

/* The theme as the site wears it, held for the caller: base itself when there is nothing of
 * the site's own. Any thread that may block. */
struct theme *own_find(struct own *o, uint64_t site, const char *dir, struct theme *base);

/* Appends what is wrong in the files of a site now, a line each. Loads them. */
#define OWN_ERRORS (64 * 1024)
void own_errors(struct own *o, uint64_t site, const char *dir, struct theme *base,
		struct buf *errors);

/* Somebody changed the files of the site: its pages are stale. */
void own_note(struct own *o, uint64_t site, const char *dir);

/* Looks at what is known, and at some of what is not. For one thread. */
void own_look(struct own *o);

const char *own_folder(struct arena *a, const char *dir);	/* DIR/theme */

#endif
