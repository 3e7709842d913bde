/* store_test.h - a small database for the tests of store/. */
#ifndef STORE_STORE_TEST_H
#define STORE_STORE_TEST_H

#include "base/test.h"
#include "store/handles.h"
#include "store/tx.h"

enum { GEN_POST = GEN_FIRST_OF_SITE, GEN_POSTS, GEN_TAG, GEN_TEXT };

/* A folder with a table of counters; site.db in it when opened. */
struct bench {
	char dir[64];
	char db_path[96], gens_path[96];
	struct gens *gens;
};

extern const struct gen_tables store_test_tables[];
extern const struct schema_step store_test_steps[];

void store_test_setup(struct bench *b);
void store_test_teardown(struct bench *b);
struct db *store_test_open(struct bench *b);		/* made when missing, with its schema */
void store_test_add_in(struct tx *tx, int64_t id, const char *title);	/* a post */
void store_test_add(struct db *db, int64_t id, const char *title);	/* a post, committed */
extern const struct query STORE_TEST_COUNT;
int64_t store_test_posts(struct db *db);		/* how many there are */

/* Groups of tests. */
int bulk_tests(void);
int checkpoint_tests(void);
int db_tests(void);
int handles_tests(void);
int image_tests(void);
int schema_tests(void);
int tokens_tests(void);
int truth_tests(void);
int tx_deps_tests(void);
int tx_tests(void);

#endif
