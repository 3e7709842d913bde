/* manifest.h - theme.ini, read and checked.
 *
 *	[theme]		name version api engine license homepage parent description tags languages
 *	[author] [original]	name homepage
 *	[supports]	WHAT = yes			(blog, dark, rtl ...)
 *	[limits]	posts_per_page
 *	[images]	NAME = width in pixels; sizes = as in HTML
 *	[option NAME]	type default choices label help group min max unit show_if renamed_from
 *	[preset NAME]	OPTION = value
 *	[query NAME]	kind tag limit section order
 *	[menu NAME]	label
 *
 * api = 1 is required. What is not known is a warning, so that a theme written for a later
 * engine still loads; what is wrong is an error with file:line. Everything lives in the
 * arena given.
 */
#ifndef THEME_MANIFEST_H
#define THEME_MANIFEST_H

#include "theme/option.h"

#define MANIFEST_API     1
#define MANIFEST_OPTIONS 40
#define MANIFEST_PRESETS 20
#define MANIFEST_QUERIES 20
#define MANIFEST_QUERY_MOST 20		/* posts that one finds */
#define MANIFEST_IMAGES  8
#define MANIFEST_MENUS   8

struct manifest_pair {
	struct str key, value;
	int line;
};

struct manifest_preset {
	struct str name;
	struct manifest_pair values[MANIFEST_OPTIONS];	/* checked */
	size_t n;
	int line;
};

enum manifest_query_kind { MANIFEST_POSTS, MANIFEST_PAGES };
/* most_discussed: as newest, until there are comments to count. */
enum manifest_order {
	MANIFEST_USUAL,		/* posts: newest; pages: by weight */
	MANIFEST_NEWEST, MANIFEST_OLDEST, MANIFEST_MOST_DISCUSSED,
};

struct manifest_query {
	struct str name;
	enum manifest_query_kind kind;
	enum manifest_order order;
	struct str tag, section;	/* may be "$option"; section: "/club/" */
	int limit, line;
};

struct manifest_menu {
	struct str name, label;
	int line;
};

struct manifest_image {
	struct str name;
	int width;
};

struct manifest {
	struct arena *arena;
	struct str name, version, engine, license, homepage, parent, description, tags, languages;
	struct str author, author_homepage, original, original_homepage;
	int api, posts_per_page;	/* 0: the site's */
	struct str supports[16];
	size_t n_supports;
	struct manifest_image images[MANIFEST_IMAGES];
	size_t n_images;
	struct str sizes;		/* of pictures in texts, as in HTML; empty: not said */
	struct option options[MANIFEST_OPTIONS];
	size_t n_options;
	struct manifest_preset presets[MANIFEST_PRESETS];
	size_t n_presets;
	struct manifest_query queries[MANIFEST_QUERIES];
	size_t n_queries;
	struct manifest_menu menus[MANIFEST_MENUS];
	size_t n_menus;
	struct str warnings;		/* one a line, "name:line: text" */
};

/* file: how the text is called in messages. */
MUST_CHECK bool manifest_parse(struct arena *a, struct str text, const char *file,
			       struct manifest **ret, struct fail *f);
/* Takes over what a theme inherits: the parent's options, presets, queries, menus and images
 * of names that m does not have. The parent's arena must live as long. */
void manifest_inherit(struct manifest *m, const struct manifest *parent);

/* By name; lent; NULL: there is none. */
const struct option *manifest_option_find(const struct manifest *m, struct str name);
const struct manifest_preset *manifest_preset_find(const struct manifest *m, struct str name);
const struct manifest_query *manifest_query_find(const struct manifest *m, struct str name);
const struct manifest_menu *manifest_menu_find(const struct manifest *m, struct str name);
/* Was the option called so in an earlier version (renamed_from, several with commas)? */
bool manifest_was_called(const struct option *o, struct str name);
bool manifest_supports(const struct manifest *m, struct str what);

#endif
