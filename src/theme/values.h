/* values.h - the table of what templates can show: every name, its type and its meaning.
 *
 * Pages are built in web/, blog/, search/, front/; what they build stands here once more,
 * because the reference for themers (`hameau theme values`), the check for unknown names
 * and the sample pages of `theme check` are made from it. src/app/values_test.c proves that
 * table and pages agree.
 *
 * A shape is what a map, or each item of a list, holds; values_page is the root. What the
 * forum will give is in the table before the forum is, so that themes can be ready for it:
 * those rows are `later`. Everything here is constant.
 */
#ifndef THEME_VALUES_H
#define THEME_VALUES_H

#include "mustache/value.h"

/* The templates that a page can be made with; a row says on which of them it is. */
enum {
	VALUES_HOME = 1,
	VALUES_LIST = 1 << 1,
	VALUES_TERMS = 1 << 2,
	VALUES_POST = 1 << 3,
	VALUES_PAGE = 1 << 4,
	VALUES_ARCHIVE = 1 << 5,
	VALUES_SEARCH = 1 << 6,
	VALUES_ERROR = 1 << 7,
	VALUES_FRONT = 1 << 8,
	VALUES_FORUM = 1 << 9,
	VALUES_BOARD = 1 << 10,
	VALUES_TOPIC = 1 << 11,
	VALUES_MEMBERS = 1 << 12,
	VALUES_MEMBER = 1 << 13,
};
#define VALUES_LISTS (VALUES_HOME | VALUES_LIST)
#define VALUES_FORUMS \
	(VALUES_FORUM | VALUES_BOARD | VALUES_TOPIC | VALUES_MEMBERS | VALUES_MEMBER)
#define VALUES_ALL ((1 << 14) - 1)
/* of a page that belongs to a site: all but the host's front page */
#define VALUES_SITES (VALUES_ALL & ~VALUES_FRONT)

struct values_shape;

struct values_row {
	const char *name;		/* "*": any name; theme.ini gives them */
	enum value_kind kind;		/* VALUE_NONE: an option's, any of them */
	const struct values_shape *of;	/* of a map, or of a list's items; else NULL */
	unsigned on;			/* templates; 0: wherever its shape is */
	const char *help;		/* a sentence for the catalog */
	bool later;			/* no page has it yet */
};

struct values_shape {
	const char *name;		/* "post" */
	const char *title;		/* for a heading, for the catalog */
	const struct values_shape *base; /* whose rows it has, too; or NULL */
	const struct values_row *rows;	/* ends with name == NULL */
};

extern const struct values_shape values_page;
/* All shapes, the page first; ends with NULL. */
extern const struct values_shape *const values_shapes[];

/* The row of that name for a page of these templates (0: any), or NULL. */
const struct values_row *values_find(const struct values_shape *s, struct str name, unsigned on);

/* Is this a name of any shape? */
bool values_is_known(struct str name);

/* "post" to VALUES_POST; 0 for a name that no page is made with. */
unsigned values_template(struct str name);
/* The i-th template, in the order of the bits; NULL behind the last. */
const char *values_template_name(size_t i);

#endif
