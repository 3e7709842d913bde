/* transfer_test.h - a site to import into, what tests ask of it, and the groups of this folder. */
#ifndef TRANSFER_TRANSFER_TEST_H
#define TRANSFER_TRANSFER_TEST_H

#include "base/test.h"
#include "transfer/import.h"

/* A site of its own in a folder of its own. */
struct transfer_test {
	char dir[40];			/* gone when the test ends */
	struct arena *a;
	struct gens *gens;
	struct db *db;
	struct import_site site;
	struct receipt r;		/* of the last import */
	struct fail f;
};

int transfer_test_setup(void **state);		/* *state: a struct transfer_test */
int transfer_test_teardown(void **state);

#define TRANSFER_TEST(test) \
	cmocka_unit_test_setup_teardown(test, transfer_test_setup, transfer_test_teardown)

/* Another database of the same site, empty; the caller closes it. */
struct db *transfer_test_db(struct transfer_test *x, const char *name);
/* The path of an example folder: "hugo". */
const char *transfer_test_example(struct transfer_test *x, const char *name);
/* Imports the folder; must go through. */
void transfer_test_import(struct transfer_test *x, const char *folder, struct import_options o);
/* The post at an address, or NULL. */
struct post *transfer_test_post(struct transfer_test *x, struct db *db, const char *path);
/* Fails unless one address leads to the other. */
void transfer_test_leads(struct transfer_test *x, const char *from, const char *to);
/* Fails unless each post of `one` is the same in `two`. */
void transfer_test_same(struct transfer_test *x, struct db *one, struct db *two);

int links_tests(void);
int source_tests(void);
int import_tests(void);
int export_tests(void);
int save_tests(void);

#endif
