/* memory_test.c - the memory level keeps what is used, within its budget. */
#include "cache/cache_test.h"

#include <stdatomic.h>
#include <stdio.h>
#include "base/limits.h"
#include "work/thread.h"

static struct cache_key key_of(char *text, size_t size, int i)
{
	snprintf(text, size, "/post/%d/", i);
	return (struct cache_key){ 7, str_of(text), STR_NONE };
}

static void what_was_put_is_found_until_it_is_stale(void **state)
{
	struct cache *c = cache_new(MIB, ((struct place *)*state)->gens);
	struct cache_key k = { 7, STR("/"), STR_NONE }, other = { 8, STR("/"), STR_NONE };
	struct cache_key french = { 7, STR("/"), STR("fr") };
	struct entry *e = cache_test_page(*state, STR("home")), *found;
	bool fresh;

	assert_null(cache_find(c, &k));
	cache_put(c, &k, e);
	found = cache_find(c, &k);
	assert_ptr_equal(found, e);
	entry_drop(found);
	assert_null(cache_find(c, &other));
	assert_null(cache_find(c, &french));

	cache_test_raise(*state);
	assert_null(cache_find(c, &k));
	found = cache_find_stale(c, &k, &fresh);
	assert_ptr_equal(found, e);
	assert_false(fresh);
	entry_drop(found);
	cache_free(c);
	assert_str_eq(e->plain, STR("home"));
	entry_drop(e);
}

static void a_new_entry_takes_the_place_of_the_old(void **state)
{
	struct cache *c = cache_new(MIB, ((struct place *)*state)->gens);
	struct cache_key k = { 7, STR("/"), STR_NONE };
	struct entry *a = cache_test_page(*state, STR("a")), *b = cache_test_page(*state, STR("b"));
	struct cache_stats st;
	struct entry *found;

	cache_put(c, &k, a);
	cache_put(c, &k, b);
	found = cache_find(c, &k);
	assert_ptr_equal(found, b);
	entry_drop(found);
	cache_stats(c, &st);
	assert_int_equal(st.entries, 1);
	cache_test_raise(*state);
	cache_put(c, &k, a);			/* stale: not kept */
	assert_null(cache_find(c, &k));
	entry_drop(a);
	entry_drop(b);
	cache_free(c);
}

static void the_budget_is_kept_and_the_used_stay(void **state)
{
	enum { MANY = 3000, BUDGET = 512 * KIB };
	struct cache *c = cache_new(BUDGET, ((struct place *)*state)->gens);
	char text[64];
	struct cache_key k;
	struct cache_stats st;
	struct entry *e;

	for (int i = 0; i < MANY; i++) {
		e = cache_test_page(*state, STR("a page"));
		k = key_of(text, sizeof text, i);
		cache_put(c, &k, e);
		entry_drop(e);
		k = key_of(text, sizeof text, 0);
		entry_drop(cache_find(c, &k));
	}
	cache_stats(c, &st);
	assert_true(st.bytes <= BUDGET && st.bytes > BUDGET / 2);
	assert_true(st.entries < MANY);
	k = key_of(text, sizeof text, 0);
	e = cache_find(c, &k);
	assert_non_null(e);
	entry_drop(e);
	k = key_of(text, sizeof text, 1);
	assert_null(cache_find(c, &k));
	cache_free(c);
}

static void what_is_larger_than_half_a_shard_is_not_kept(void **state)
{
	static char text[600 * KIB];
	struct cache *c = cache_new(MIB, ((struct place *)*state)->gens);
	struct cache_key k = { 7, STR("/"), STR_NONE };
	struct entry *e = cache_test_page(*state, str_from(text, sizeof text));

	cache_put(c, &k, e);
	assert_null(cache_find(c, &k));
	entry_drop(e);
	cache_free(c);
}

struct crowd {
	struct place *place;
	struct cache *cache;
	atomic_int wrong, met;
};

/* Bodies name their key: a page found under another key would be seen. */
static void use_cache(void *arg)
{
	struct crowd *x = arg;
	char text[64];

	for (int i = 0; i < 4000; i++) {
		struct cache_key k = key_of(text, sizeof text, i * 7 % 300);
		CLEANUP(entry_dropp) struct entry *e = cache_find(x->cache, &k);

		if (e) {
			atomic_fetch_add(&x->met, 1);
			if (!str_eq(e->plain, k.path))
				atomic_fetch_add(&x->wrong, 1);
			continue;
		}
		e = cache_test_page(x->place, k.path);
		cache_put(x->cache, &k, e);
	}
}

static void many_threads_find_what_they_ask_for(void **state)
{
	struct crowd x = { .place = *state };
	struct thread *t[4];
	struct fail f = FAIL_INIT;

	x.cache = cache_new(200 * KIB, x.place->gens);
	for (int i = 0; i < 4; i++)
		assert_ok(thread_start("crowd", use_cache, &x, &t[i], &f), &f);
	for (int i = 0; i < 4; i++)
		thread_join(t[i]);
	assert_int_equal(atomic_load(&x.wrong), 0);
	assert_true(atomic_load(&x.met) > 0);
	cache_free(x.cache);
}

int memory_tests(void);

int memory_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLACE(what_was_put_is_found_until_it_is_stale),
		WITH_PLACE(a_new_entry_takes_the_place_of_the_old),
		WITH_PLACE(the_budget_is_kept_and_the_used_stay),
		WITH_PLACE(what_is_larger_than_half_a_shard_is_not_kept),
		WITH_PLACE(many_threads_find_what_they_ask_for),
	};

	return cmocka_run_group_tests_name("cache/memory", tests, NULL, NULL);
}
