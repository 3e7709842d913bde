/* tx_test.h - a database with two posts, "rain" and "snow", for the tests of tx.h. */
#ifndef STORE_TX_TEST_H
#define STORE_TX_TEST_H

#include "store/store_test.h"

struct tx_test {
	struct bench bench;
	struct db *db;
};

extern const struct query TX_TEST_TITLE_OF;	/* ?1: the post */
extern const struct query TX_TEST_ALL;		/* ids and titles */
extern const struct query TX_TEST_RENAME;	/* ?1: the post, ?2: its title */
extern const struct query TX_TEST_ADD_TAG;	/* ?1: the post, ?2: the tag */

int tx_test_setup(void **state);		/* *state: a struct tx_test */
int tx_test_teardown(void **state);
#define WITH_POSTS(test) cmocka_unit_test_setup_teardown(test, tx_test_setup, tx_test_teardown)

struct tx *tx_test_begin(struct tx_test *x, enum tx_kind kind);
/* Both fail the test when it is not so. */
void tx_test_title(struct tx *tx, int64_t id, const char *expected);
void tx_test_rename(struct tx_test *x, int64_t id, const char *title);	/* commits */

#endif
