/* render.h - the pages of a theme as they would be, with the place of every tag in them.
 *
 * The templates are compiled once more, with an attribute in each tag that says where it
 * stands (HTML_TREE_AT): so a fault in a page is told at the line of its template. Used by
 * the looks at pages and at contrast.
 */
#ifndef CHECK_RENDER_H
#define CHECK_RENDER_H

#include "check/html_tree.h"
#include "check/look.h"
#include "check/sample.h"
#include "theme/theme_option.h"

struct render;

/* NULL when the theme cannot be loaded. */
struct render *render_open(struct check *c);
void render_close(struct render *r);			/* NULL is fine */

/* The page of a sample with what a site chose. NULL: it cannot be rendered, or no such
 * template is the theme's concern; *why is set in the first case. The tree lives in a. */
struct html_tree *render_page(struct render *r, struct arena *a, const struct sample *s,
			      const struct theme_choice *choice, struct fail *why);

/* The place in the theme's own files; false: the tag is of another theme or of a value. */
bool render_place(const struct render *r, int file, int line, int column, struct look_at *ret);

/* Every preset, and the theme as it comes (empty name), and all truths turned round ("!").
 * The choice's strings live in the arena. */
size_t render_choices(const struct check *c, struct arena *a, struct theme_choice *ret,
		      size_t most);

#endif
