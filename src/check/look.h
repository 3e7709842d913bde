/* look.h - what the parts of a check share; private to check/.
 *
 * A look is a function that goes over the theme once and tells what it sees. Looks run in
 * the order of the table of rules and may leave things for later ones in struct check.
 */
#ifndef CHECK_LOOK_H
#define CHECK_LOOK_H

#include "base/map.h"
#include "base/vec.h"
#include "check/check.h"
#include "theme/theme.h"
#include "theme/values.h"

enum {
	LOOK_FILES = 1500,		/* of a theme, count */
	LOOK_FINDINGS = 2000,		/* then the report ends */
	LOOK_SAME = 20,			/* findings of one rule in one file; more are one mistake */
};

/* A file of the theme's own folder, as it is. */
struct look_file {
	struct str name;		/* "templates/post.html" */
	const char *path;
	int64_t size;
	bool is_link, is_dir;
	struct str text;		/* of what a person writes; else empty */
};

/* A template, of the theme or of one it stands on. */
struct look_template {
	struct str name;		/* "post", "partials/card" */
	struct str file;		/* "templates/post.html" */
	struct str text;
	struct template *compiled;	/* NULL: it does not compile */
	bool own;			/* of the theme itself */
	bool used;			/* a page needs it */
};

struct check {
	struct arena *arena;
	const struct check_source *source;
	struct str id;			/* of the theme: the name of its folder */
	VEC(struct look_file) files;	/* folders, too; by name */
	VEC(struct look_template) templates;
	const struct manifest *manifest; /* with what it inherits; NULL: unreadable */
	const struct manifest *own;	/* as written */
	struct theme *theme;		/* loaded; NULL: it cannot be */
	VEC(struct check_finding) found;
};

/* Where in a file: offset in its text. */
struct look_at {
	struct str file;
	int line, column;
};
struct look_at look_at(struct str file, struct str text, size_t offset);

/* Tells a finding. detail and near may be empty; they are lent for as long as the arena. */
void look_tell(struct check *c, const char *id, struct look_at at, struct str detail,
	       struct str near);
/* A failure "ID/FILE:LINE:COLUMN: sentence" as a finding; file: where it says none. */
void look_tell_fail(struct check *c, const char *id, struct str file, const struct fail *f);
/* Was the rule, or any error (id NULL), told of this line (0: any) of the file (empty: any)? */
bool look_was_told(const struct check *c, const char *id, struct str file, int line);

const struct look_file *look_find(const struct check *c, struct str name);
const struct look_template *look_template(const struct check *c, struct str name);

/* Inside the folder that the prefix names ("assets/"). */
bool look_is_in(const struct look_file *file, const char *prefix);
bool look_is_sheet(const struct look_file *file);	/* Sass or CSS, where themes have it */

/* The looks, one look_*.c each. */
void look_files(struct check *c);
void look_manifest(struct check *c);
void look_templates(struct check *c);	/* compiles them */
void look_markup(struct check *c);	/* as they are written */
void look_names(struct check *c);	/* values, options ...; finds which templates are used */
void look_links(struct check *c);	/* partials, parents, blocks; after look_names() */
void look_messages(struct check *c);	/* translations */
void look_load(struct check *c);	/* loads the theme as a host would */
void look_pages(struct check *c);	/* as they are rendered */
void look_styles(struct check *c);
void look_vars(struct check *c);	/* custom properties */
void look_contrast(struct check *c);

#endif
