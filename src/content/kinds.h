/* kinds.h - what a site's pages can depend on, counter by counter (base/gens.h).
 *
 * A page is stale when one of the counters it read was raised, so each kind should
 * be as narrow as what a page shows: one post, one shelf of one list, one month.
 * Kinds below GEN_FIRST_OF_SITE + 16 belong to site/ (settings).
 */
#ifndef CONTENT_KINDS_H
#define CONTENT_KINDS_H

#include "base/gens.h"
#include "store/query.h"
#include "store/schema.h"

enum content_kind {
	GEN_POST = GEN_FIRST_OF_SITE + 16,	/* (post): the post itself */
	GEN_AROUND,		/* (post): its neighbours and related posts, as links */
	GEN_ADDRESS,		/* (hash of a path): what answers there */
	GEN_LIST,		/* (list): which shelves it has */
	GEN_SHELF,		/* (list, shelf): what stands there, as a list shows it */
	GEN_ROOM,		/* (list, shelf): whether anything stands there */
	GEN_FEED,		/* (list): its newest posts, in full */
	GEN_TOP,		/* (list, so many): its newest posts as a list shows them */
	GEN_PINNED,		/* the pinned posts */
	GEN_MONTHS,		/* how many posts each month has */
	GEN_MONTH,		/* (yyyymm): the posts of that month, as links */
	GEN_TERM,		/* (kind, slug): how many posts it has */
	GEN_NAME,		/* (kind, slug): whether it has any, and its name */
	GEN_TERMS,		/* (kind of term): all of them, with their counts */
	GEN_MENU,		/* pages that stand in the menu */
	GEN_PAGES,		/* (hash of a folder): the pages below it, as a list shows them */
	GEN_SET,		/* (hash of a key): the translations of one text, as links */
	GEN_SITEMAP,		/* (part): addresses and dates of a range of posts */
	GEN_PARTS,		/* how many such parts there are */
	GEN_MEDIA,		/* (hash of a path): a file */
};

/* The tables behind the kinds, and the schema: for whoever opens site.db. */
extern const struct gen_tables content_tables[];
extern const struct schema_step content_schema[];

#endif
