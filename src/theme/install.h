/* install.h - a theme that somebody sent, into a folder of themes.
 *
 * From a .zip, a .tar.gz or a folder. The archive is read and distrusted (pack/pack.h), its
 * files are laid out beside the place they are meant for, the theme is loaded there with all
 * checks, and only one that works takes its place, in one step: who looks sees the old theme
 * or the new one. On failure nothing is left behind.
 *
 * Blocking; commands only. Any number at once, the last one of an id stays.
 */
#ifndef THEME_INSTALL_H
#define THEME_INSTALL_H

#include "theme/themes.h"

struct install {
	struct str id, version, dir;
	bool replaced;
	struct str was;			/* the version that worked before, or empty */
	bool older;			/* `version` is older than `was` */
	size_t files, left_out;		/* dotfiles and the like */
};

struct install_source {
	const char *path;		/* of the archive or folder */
	struct str id;			/* its name here; empty: as its folder or archive */
	const char *folder;		/* of themes; made when it is not there */
	const char *before;		/* a folder of themes that is looked at first, or NULL */
};

MUST_CHECK bool install_theme(struct arena *a, struct themes *ts,
			      const struct install_source *source, struct install *ret,
			      struct fail *f);

/* Whether version a comes before b: numbers as numbers, "1.10" behind "1.9". */
bool install_is_older(struct str a, struct str b);

#endif
