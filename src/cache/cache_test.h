/* cache_test.h - a folder with counters, and pages to put into caches. */
#ifndef CACHE_CACHE_TEST_H
#define CACHE_CACHE_TEST_H

#include "base/test.h"
#include "cache/disk.h"

struct place {
	char dir[64];
	char cache_dir[96];
	struct gens *gens;
};

int cache_test_setup(void **state);		/* *state: a struct place */
int cache_test_teardown(void **state);

/* A page that depends on thing 1 of site 7. */
struct entry *cache_test_page(struct place *p, struct str body);
void cache_test_raise(struct place *p);		/* makes such pages stale */
bool cache_test_same(const struct entry *a, const struct entry *b);	/* in all that is sent */

#define WITH_PLACE(test) \
	cmocka_unit_test_setup_teardown(test, cache_test_setup, cache_test_teardown)

/* Groups of tests. */
int disk_damage_tests(void);
int disk_tests(void);
int entry_tests(void);
int memory_tests(void);
int record_tests(void);
int roll_tests(void);
int statics_tests(void);

#endif
