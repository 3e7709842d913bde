/* dialect.h - which generator wrote the folder, and what its configuration says.
 *
 * Hugo, Jekyll, Zola and Hexo put texts, pictures and drafts in different places
 * and give them different addresses. The rest of the import asks this struct and
 * never the name of a generator, but for addresses (permalink.h) and template tags
 * (tags.h).
 */
#ifndef TRANSFER_DIALECT_H
#define TRANSFER_DIALECT_H

#include "transfer/tree.h"

enum dialect_kind { DIALECT_FOLDER, DIALECT_HUGO, DIALECT_JEKYLL, DIALECT_ZOLA, DIALECT_HEXO };

struct dialect_permalink {
	struct str section;		/* empty: of all posts */
	struct str pattern;		/* "/:year/:month/:title/" */
};

enum { DIALECT_STATICS = 4, DIALECT_RULES = 32, DIALECT_LANGUAGES = 32 };

struct dialect {
	enum dialect_kind kind;
	struct str content;		/* "content", "source", or "" for the folder itself */
	/* Where "/x.png" may lie; ends with the first p == NULL. */
	struct str statics[DIALECT_STATICS];
	struct dialect_permalink rules[DIALECT_RULES];
	size_t n_rules;
	struct str languages[DIALECT_LANGUAGES];
	struct str language_dirs[DIALECT_LANGUAGES];	/* below the root; empty: by file name */
	size_t n_languages;
	struct str language;		/* of texts that tell none; may be empty */
	bool language_in_path;		/* also the default language has /xx/ in its addresses */
	bool is_ugly;			/* /posts/a.html instead of /posts/a/ */
	struct str base_url;		/* "https://example.org/blog", without a slash at the end */
	struct str base_path;		/* "/blog", or empty */
};

/* Looks at the tree and reads the configuration it finds; what is not understood there
 * goes to the receipt. */
void dialect_find(const struct tree *t, struct receipt *r, struct dialect *ret);

/* Is this text part of the site (and not a README beside it)? */
bool dialect_has(const struct dialect *d, struct str path);

/* The pattern of a section, else the general one, else empty. */
struct str dialect_permalink_of(const struct dialect *d, struct str section);

#endif
