/* edit.h - changing what a site says: one post at a time, in one write transaction.
 *
 * A put updates everything that follows from the post in the same transaction:
 * terms, lists, archive, related posts, translations, old addresses, full text. It
 * costs the same in a blog of ten posts and of ten thousand, and raises the counters
 * of exactly the pages that show the change.
 */
#ifndef CONTENT_EDIT_H
#define CONTENT_EDIT_H

#include "content/body.h"
#include "content/post.h"
#include "fulltext/concord.h"

/* What lists depend on beside the posts; from the site's settings. */
struct edit_rules {
	const char *zone;		/* months are those of the site's clock */
	bool serial;			/* order by weight, oldest first */
	int64_t per_page;
	int64_t now;
};

struct settings;
/* Those of a site; zone is in the arena. */
struct edit_rules edit_rules_of(struct arena *a, const struct settings *s, int64_t now);

struct term_name {
	enum term_kind kind;
	struct str name;
};

struct post_edit {
	int64_t id;			/* 0: a new one */
	enum post_kind kind;
	bool draft;			/* otherwise scheduled or published, by its date */
	struct str path;		/* wished for; changed when another post has it */
	struct str title, source, summary, lang, set, cover, cover_alt;
	int cover_width, cover_height;
	int64_t published_at, updated_at, weight;
	bool pinned, in_menu;
	struct str source_path, source_digest;
	const struct term_name *terms;
	size_t n_terms;
	const struct str *aliases;	/* other addresses that lead here (301) */
	size_t n_aliases;
	const struct body *body;	/* the source, rendered */
	const struct concord *concord;	/* edit_concord(), or NULL: only a batch asks for them */
};

/* What search will know of the post, from its title, terms and body. Any thread. */
MUST_CHECK bool edit_concord(struct concord_maker *m, struct arena *a, const struct post_edit *in,
			   const struct concord **ret, struct fail *f);

MUST_CHECK bool edit_put(struct tx *tx, const struct edit_rules *rules, const struct post_edit *in,
			 int64_t *id, struct fail *f);

/* Many puts: new posts, oldest first, in transactions that make the whole site stale
 * (tx_raise_all() comes first). They cost half as much, for little is asked of the database
 * twice and rows are written by the handful; other posts may come in between and cost what
 * they cost. Lists show the posts of a batch after edit_batch_write(). */
struct edit_batch;
struct edit_batch *edit_batch_new(const struct edit_rules *rules);	/* rules outlive it */
void edit_batch_free(struct edit_batch *b);		/* NULL is fine */
/* After tx_begin(); before tx_commit(); after a transaction that was lost. */
MUST_CHECK bool edit_batch_begin(struct edit_batch *b, struct tx *tx, struct fail *f);
MUST_CHECK bool edit_batch_write(struct edit_batch *b, struct tx *tx, struct fail *f);
void edit_batch_forget(struct edit_batch *b);
/* There is nothing for edit_arrange() to do: no post was there before, and all went to the end
 * of their lists. */
bool edit_batch_is_in_order(const struct edit_batch *b);
MUST_CHECK bool edit_batch_put(struct edit_batch *b, struct tx *tx, const struct post_edit *in,
			       int64_t *id, struct fail *f);

/* Its address answers 410 from now on. FAIL_NOT_FOUND when there is no such post. */
MUST_CHECK bool edit_remove(struct tx *tx, const struct edit_rules *rules, int64_t id,
			    struct fail *f);

/* Only where the post was found, and of what digest: nothing that is shown changes. */
MUST_CHECK bool edit_source(struct tx *tx, int64_t id, struct str source_path,
			    struct str source_digest, struct fail *f);

/* Publishes what is due; *next: when to come again, 0 for never; *count: how many. */
MUST_CHECK bool edit_publish_due(struct tx *tx, const struct edit_rules *rules, int64_t *next,
				 int64_t *count, struct fail *f);
/* When the next scheduled post is due; 0: none. */
MUST_CHECK bool edit_next_due(struct tx *tx, int64_t *next, struct fail *f);

/* At the end of an import: shelves that grew too full are dealt out again, with those
 * behind them. */
MUST_CHECK bool edit_settle(struct tx *tx, const struct edit_rules *rules, struct fail *f);

/* After a setting that lists depend on changed (order, page size, time zone): puts every
 * list in order again and makes the whole site stale. O(n). */
MUST_CHECK bool edit_arrange(struct tx *tx, const struct edit_rules *rules, struct fail *f);

bool edit_path_is_reserved(struct str path);

#endif
