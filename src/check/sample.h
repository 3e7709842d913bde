/* sample.h - made-up pages from the table of values: one for each state that a template has
 * to show. Everything is in the arena; no site, no database.
 */
#ifndef CHECK_SAMPLE_H
#define CHECK_SAMPLE_H

#include "check/look.h"

struct sample {
	const char *template;		/* "post" */
	const char *name;		/* of the state: "full", "empty" */
	bool full;			/* lists have items, what may lack is there */
	const char *is;			/* " is_tag is_top ": truths of the page */
	const char *without;		/* " posts ": names that are left out */
};

extern const struct sample samples[];	/* ends with template == NULL */

/* The values of the page. options: what stands under that name; NULL: an empty map. */
struct value *sample_values(struct arena *a, const struct check *c, const struct sample *s,
			    struct value *options);

#endif
