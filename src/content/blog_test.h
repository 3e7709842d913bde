/* blog_test.h - a blog in a database of its own, for the unit tests of content/. */
#ifndef CONTENT_BLOG_TEST_H
#define CONTENT_BLOG_TEST_H

#include "base/arena.h"
#include "base/test.h"
#include "content/edit.h"

struct blog {
	const char *path;		/* of its database */
	struct gens *gens;
	struct db *db;
	struct arena *a;
	struct fail f;
};

int blog_set_up(void **state);		/* *state is a struct blog, open and empty */
int blog_tear_down(void **state);
#define ON_A_BLOG(test) cmocka_unit_test_setup_teardown(test, blog_set_up, blog_tear_down)

/* For tests that want two, or one that does not prove what statements declare: proofs read
 * the database, too, which spoils counts of its work. */
void blog_open(struct blog *b, bool is_proved);
void blog_close(struct blog *b);
struct db *blog_open_again(struct blog *b);	/* as another process would; db_close() it */

struct tx *blog_begin(struct blog *b, enum tx_kind kind);
void blog_commit(struct blog *b, struct tx *tx);

/* Random numbers below 2^20, the same for a seed on every machine. */
unsigned blog_random(unsigned *seed);

/* The number-th post, with all that it mentions: until the next call with this arg. */
typedef void blog_make_fn(void *arg, int64_t number, struct post_edit *ret);

struct blog_filling {
	const struct edit_rules *rules;
	int64_t posts;
	int at_once;			/* in one transaction */
	bool in_batch;			/* as a first import writes them, or each by edit_put() */
	blog_make_fn *make;
	void *arg;
};
/* Whether all lists are in order, as a batch says (false without one). */
bool blog_fill(struct blog *b, const struct blog_filling *how);

#endif
