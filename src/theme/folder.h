/* folder.h - the files of a theme: its own, then those of the themes it stands on.
 *
 * A theme is looked up in layers (theme, its parent, the engine's default theme), and the
 * same relative path in an upper layer wins. Nothing else is clever about it. Links, names
 * beginning with a dot, and anything too large, too many or too deep are refused or left
 * out here, so that nobody else has to think of them.
 */
#ifndef THEME_FOLDER_H
#define THEME_FOLDER_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/fail.h"

#define FOLDER_LAYERS 5		/* of a site, of a theme, two parents, the default */

struct folder_file {
	struct str name;		/* below the part: "partials/card.html" */
	const char *path;		/* on disk */
	const char *label;		/* for messages: "plain/templates/partials/card.html" */
	int64_t size;
};

struct folder_list {
	struct folder_file *files;	/* sorted by name, no name twice */
	size_t n;
};

/* Files of the first layer that are passed over, with their part: "assets/a.svg". */
struct folder_but {
	const struct str *names;
	size_t n;
};

struct folder_layers {
	const char *dirs[FOLDER_LAYERS];
	size_t n;
	const struct folder_but *but;	/* or NULL */
};

/* dirs: upper layer first. part: "templates", "sass" or "assets"; a layer need not have it. */
MUST_CHECK bool folder_list(struct arena *a, const char *const *dirs, size_t n_dirs,
			    const char *part, struct folder_list *ret, struct fail *f);
/* The same without some files of the first layer. */
MUST_CHECK bool folder_list_but(struct arena *a, const struct folder_layers *layers,
				const char *part, struct folder_list *ret, struct fail *f);
const struct folder_file *folder_find(const struct folder_list *l, struct str name);
MUST_CHECK bool folder_read(struct arena *a, const struct folder_file *file, size_t max,
			    struct str *ret, struct fail *f);

/* What tells whether anything below the folders changed: names, sizes and times. */
MUST_CHECK bool folder_stamp(const char *const *dirs, size_t n_dirs, struct digest *ret,
			     struct fail *f);

#endif
