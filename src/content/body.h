/* body.h - a post's Markdown and what became of it.
 *
 * Rendering needs no transaction and may run on many threads at once; the result is
 * given to edit_put().
 */
#ifndef CONTENT_BODY_H
#define CONTENT_BODY_H

#include "base/html.h"
#include "markdown/markdown.h"

struct body {
	struct markdown md;
	struct str links;	/* what addresses were rewritten to: "raw<TAB>new<LF>" lines */
};

/* Looks addresses up while a body is rendered. All may be NULL. */
struct body_hooks {
	void *ctx;
	bool (*link)(void *ctx, struct arena *a, struct str raw, struct str *ret);
	bool (*size)(void *ctx, struct str address, int *width, int *height);
};

struct catalog;

/* words of the page come from the catalog of the post's language. */
MUST_CHECK bool body_render(struct arena *a, struct str source, struct str lang,
			    const struct catalog *catalog, const struct body_hooks *hooks,
			    struct body *ret, struct fail *f);

#endif
