/* truth_test.h - a site that changes at random, for the tests of what caches believe.
 *
 * A hand makes changes: one transaction each, chosen by its own random numbers, so that a
 * seed tells the whole story. Several hands may work on one site, each on a thread of its
 * own. A shelf keeps finished pages, as a cache that never forgets would.
 */
#ifndef APP_TRUTH_TEST_H
#define APP_TRUTH_TEST_H

#include "app/render.h"
#include "base/map.h"
#include "base/test.h"
#include "content/edit.h"

struct hand {
	struct host *host;
	struct engine *engine;
	struct arena *a;		/* of one change */
	uint64_t site, seed;
	int64_t now;			/* its clock; publish_due moves it on */
	const char *did;		/* the last change */
	struct fail f;
};

/* A host in a folder of its own, with the themes and catalogs of this tree, and one site. */
struct truth {
	char root[64], data[80];
	struct hand hand;
	struct map *kept;		/* path -> struct entry: not stale when it was put there */
	struct map *known;		/* every path that the site ever had */
	struct render_sitting *sitting;	/* goes on while the site changes */
	struct site *sat;		/* the site that it has */
};

int truth_set_up(void **state);
int truth_tear_down(void **state);
void truth_restart(struct truth *t);	/* closes the host and opens it again */
void truth_rise(struct truth *t);	/* ends the sitting */
struct site *truth_site(struct truth *t);	/* as it is now, held for the caller */

/* A test in a world of its own. */
#define TRUTH_TEST(test) cmocka_unit_test_setup_teardown(test, truth_set_up, truth_tear_down)

/* A number below n. */
uint64_t hand_pick(struct hand *h, uint64_t n);
/* One change of any kind. */
MUST_CHECK bool hand_change(struct hand *h);
MUST_CHECK bool hand_operate(struct hand *h);	/* one of an operator: names, themes, words */
/* Posts at /p-1/ ..., a day apart, number 500 yesterday; tags even and odd, three authors in
 * turn. From 1 on, without a gap. */
MUST_CHECK bool hand_fill(struct hand *h, int from, int to);
/* An existing post with another text, title, address or date; NULL and 0 stay. */
struct hand_edit {
	const char *text, *title, *slug;
	int64_t at;
};
MUST_CHECK bool hand_edit(struct hand *h, int64_t id, const struct hand_edit *with);
MUST_CHECK bool hand_set(struct hand *h, const char *key, const char *value);

/* So many changes, looked at in between; a seed tells the whole story. */
void truth_tell(struct truth *t, uint64_t seed, int steps);

/* Puts a fresh rendering of every path the site has or had on the shelf, where there is none
 * or a stale one; compares where there is one that passes for fresh. */
void truth_look(struct truth *t);
/* The paths whose kept page is stale now, one a line, in order. */
struct str truth_stale(struct truth *t, struct arena *a);
/* Fails, with the first line that differs, unless both are the same page. */
void truth_check_same(struct truth *t, struct str path, const char *where,
		      const struct entry *kept, const struct entry *fresh);
/* entry_drop(), for map_free(). */
void truth_drop(void *entry);

int precise_tests(void);
int truth_crowd_tests(void);

#endif
