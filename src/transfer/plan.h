/* plan.h - what a folder would become on a site, worked out without touching the site.
 *
 * Made once by reading the whole folder, on as many threads as there are cores;
 * made anew, it reads only files that changed. Each item has an address of its own,
 * the addresses that should lead to it, its translation set, and a stamp: a digest
 * of everything that its page depends on in the folder (its file, the addresses of
 * the texts and the state of the pictures it links to). Equal stamps: nothing to do.
 */
#ifndef TRANSFER_PLAN_H
#define TRANSFER_PLAN_H

#include "transfer/resolve.h"

/* A text as it was read, for whoever renders it soon: all of it lies in the arena. */
struct plan_whole {
	struct arena *arena;
	struct source_doc doc;
	struct link *links;		/* of its body */
	size_t n_links;
};

struct plan_item {
	struct plan_whole *whole;	/* or NULL: source_read() it again */
	struct arena *arena;
	struct source_doc doc;		/* without body */
	bool is_read;			/* false: it has an error; what the site has stays */

	struct str *urls;		/* in the text, as written */
	int *lines;
	size_t n_urls;
	bool leads_inside;		/* one of them, or the cover, is of this folder */

	struct str set;			/* translation set, or empty */
	struct str *aliases;
	size_t n_aliases;
	char stamp[DIGEST_HEX_LEN + 1];
	struct arena *place;		/* of set, aliases and addresses: made anew each time */
};

struct plan {
	const char *folder;
	const char *zone;
	struct receipt *receipt;	/* of the run that is going on */
	bool (*is_taken)(void *ctx, struct str path);
	void *taken_ctx;		/* asks whether an address is another's; may be NULL */

	struct arena *arena;		/* of the tree */
	struct tree tree;
	struct dialect dialect;
	struct str dialect_name;	/* as the receipt tells it */
	struct source_context cx;
	struct plan_item **items;	/* in the order of their paths */
	size_t n;
	struct map *by_path;
	struct resolve_index *index;
};

void plan_init(struct plan *p, const char *folder, const char *zone);
void plan_release(struct plan *p);

/* Reads the folder, or what changed in it since the last time; the numbers and complaints
 * go to r. threads: 1 reads on the calling one. Of what it reads, whole texts of some MiB are
 * kept when all of them will be rendered (is_new). */
MUST_CHECK bool plan_read(struct plan *p, struct receipt *r, int threads, bool is_new,
			  struct fail *f);

/* The caller's, to plan_whole_free(); NULL: it was not kept, or taken. One thread for each
 * item. */
struct plan_whole *plan_take_whole(struct plan_item *item);
void plan_whole_free(struct plan_whole *w);	/* NULL is fine */
void plan_drop_wholes(struct plan *p);		/* those that nobody took */

/* Reads one text anew that was saved. True: nothing but the text itself changed by it, its
 * address, its translations and what leads to it are as they were, and so is the rest of
 * the plan; *ret is the item, with its new stamp. False: the whole folder is to be read
 * again (plan_read), and what was complained of is void. Costs the same in any folder. */
bool plan_renew(struct plan *p, struct receipt *r, struct str path, struct plan_item **ret);

/* One text by itself, whose folder is not read: what stays unknown of the others is asked of
 * p->cx.site when it is set between the two. The first reads it; the caller may then change
 * what the item says of the text; the second gives it its address, aliases and stamp. False: it
 * has an error, which was complained of. folder may be NULL where the text is given. */
bool plan_lone_read(struct plan *p, struct receipt *r, const struct tree_given *given,
		    struct str path, struct plan_item **ret);
void plan_lone_place(struct plan *p, struct plan_item *it);

const struct plan_item *plan_find(const struct plan *p, struct str path);

#endif
