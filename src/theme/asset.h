/* asset.h - the files that a theme serves: pictures, fonts, stylesheets.
 *
 * Each has the address /_/theme/ID/DIGEST/NAME, where DIGEST is 8 hex digits of its
 * content, so it may be cached for ever. In templates and stylesheets a themer writes
 * "assets/img/logo.svg"; loading replaces it. The digest of a stylesheet covers all assets
 * of the theme, because their addresses stand in it.
 *
 * Only types that a browser shows are served; what is worth it is kept gzipped, too.
 */
#ifndef THEME_ASSET_H
#define THEME_ASSET_H

#include "base/buf.h"
#include "theme/folder.h"

#define ASSET_PREFIX "/_/theme/"
#define ASSET_OWN    "/_/own/"	/* of a theme that a site changed: DIGEST/NAME behind it */

struct asset {
	struct str name;	/* "img/logo.svg" */
	struct str url;		/* "/_/theme/plain/0123abcd/img/logo.svg" */
	struct str type;	/* "image/svg+xml" */
	struct str bytes;
	struct str gzip;	/* empty where it does not help */
	struct str etag;	/* quoted, of the bytes; etag_gzip of the other form */
	struct str etag_gzip;
};

/* Immutable when loaded; lives in the arena it was made with. */
struct assets {
	struct arena *arena;
	struct str id;
	struct asset *all;
	size_t n;
};

struct asset_source {
	const struct folder_layers *layers;
	size_t n_sass;			/* the first so many of them give Sass */
	struct str prefix;		/* of addresses: "/_/theme/plain/", "/_/own/" */
	struct str id;			/* of the theme */
	struct str options;		/* a line of Sass before each stylesheet */
	const char *cache;		/* folder for compiled stylesheets, or NULL */
	bool trusted;			/* scripts, and addresses elsewhere in stylesheets */
};

MUST_CHECK bool asset_load(struct arena *a, const struct asset_source *source,
			   struct assets *ret, struct fail *f);
const struct asset *asset_find(const struct assets *as, struct str name);

/* Copies a template's source with "assets/..." in its attributes replaced by addresses.
 * label: the file, for messages with line and column. */
MUST_CHECK bool asset_link(const struct assets *as, struct str source, const char *label,
			   struct buf *out, struct fail *f);

#endif
