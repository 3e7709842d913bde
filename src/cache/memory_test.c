/* memory_test.c - the memory level keeps what is used, within its budget. */
#include "cache/cache_test.h"

#include <stdatomic.h>
#include <stdio.h>
#include "base/limits.h"
#include "work/thread.h"

static struct cache_name name_of(char *text, size_t size, int i)
{
	snprintf(text, size, "/post/%d/", i);
	return (struct cache_name){ STR("a.example"), str_of(text), false };
}

static void what_was_put_is_found_until_it_is_stale(void **state)
{
	struct cache *c = cache_new(MIB, ((struct place *)*state)->gens);
	struct cache_name k = { STR("a.example"), STR("/"), false };
	struct cache_name other = { STR("b.example"), STR("/"), false };
	struct cache_name longer = { STR("a.example/"), STR(""), false };
	struct entry *e = cache_test_page(*state, STR("home")), *found;

	assert_null(cache_find(c, &k));
	cache_put(c, &k, e, NULL);
	found = cache_find(c, &k);
	assert_ptr_equal(found, e);
	entry_drop(found);
	assert_null(cache_find(c, &other));
	assert_null(cache_find(c, &longer));

	cache_test_raise(*state);
	assert_null(cache_find(c, &k));
	cache_free(c);
	assert_str_eq(e->plain, STR("home"));
	entry_drop(e);
}

/* The page is what it was, but the name may be somebody else's by now. */
static void what_a_name_shows_is_found_until_the_name_is_stale(void **state)
{
	struct gens *g = ((struct place *)*state)->gens;
	uint32_t of_name = gens_slot(0, GEN_REGISTRY, 41), of_all = gens_slot(0, GEN_EPOCH, 0);
	struct cache_name k = { STR("a.example"), STR("/"), false };
	struct cache_name other = { STR("b.example"), STR("/"), false };
	struct cache *c = cache_new(MIB, g);
	struct entry *e = cache_test_page(*state, STR("home")), *found;
	struct deps deps = { 0 };

	deps_add_all(&deps, &e->deps);		/* what both depend on is asked once */
	deps_add(&deps, g, of_name);
	deps_add(&deps, g, of_all);
	cache_put(c, &k, e, &deps);
	cache_put(c, &other, e, NULL);
	found = cache_find(c, &k);
	assert_ptr_equal(found, e);
	entry_drop(found);
	gens_raise(g, of_name);
	assert_null(cache_find(c, &k));
	assert_true(entry_is_fresh(e, g));
	found = cache_find(c, &other);
	assert_ptr_equal(found, e);
	entry_drop(found);
	cache_put(c, &k, e, &deps);		/* by what was known before */
	assert_null(cache_find(c, &k));
	deps_release(&deps);
	entry_drop(e);
	cache_free(c);
}

static void a_new_entry_takes_the_place_of_the_old(void **state)
{
	struct cache *c = cache_new(MIB, ((struct place *)*state)->gens);
	struct cache_name k = { STR("a.example"), STR("/"), false };
	struct entry *a = cache_test_page(*state, STR("a")), *b = cache_test_page(*state, STR("b"));
	struct cache_stats st;
	struct entry *found;

	cache_put(c, &k, a, NULL);
	cache_put(c, &k, b, NULL);
	found = cache_find(c, &k);
	assert_ptr_equal(found, b);
	entry_drop(found);
	cache_stats(c, &st);
	assert_int_equal(st.entries, 1);
	cache_test_raise(*state);
	cache_put(c, &k, a, NULL);			/* stale: not kept */
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
	struct cache_name k;
	struct cache_stats st;
	struct entry *e;

	for (int i = 0; i < MANY; i++) {
		e = cache_test_page(*state, STR("a page"));
		k = name_of(text, sizeof text, i);
		cache_put(c, &k, e, NULL);
		entry_drop(e);
		k = name_of(text, sizeof text, 0);
		entry_drop(cache_find(c, &k));
	}
	cache_stats(c, &st);
	assert_true(st.bytes <= BUDGET && st.bytes > BUDGET / 2);
	assert_true(st.entries < MANY);
	k = name_of(text, sizeof text, 0);
	e = cache_find(c, &k);
	assert_non_null(e);
	entry_drop(e);
	k = name_of(text, sizeof text, 1);
	assert_null(cache_find(c, &k));
	cache_free(c);
}

/* Room for some thirty pages. */
static struct cache *small_cache(void **state)
{
	return cache_new(64 * KIB, ((struct place *)*state)->gens);
}

static void put(struct cache *c, void **state, int i, bool gzip, bool offer)
{
	static char body[1500];
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, str_from(body, sizeof body));
	CLEANUP(entry_dropp) struct entry *plain = entry_of_form(e, false);
	char text[64];
	struct cache_name k = name_of(text, sizeof text, i);

	k.gzip = gzip;
	(offer ? cache_offer : cache_put)(c, &k, plain, NULL);
}

static bool has(struct cache *c, int i, bool gzip)
{
	char text[64];
	struct cache_name k = name_of(text, sizeof text, i);
	struct entry *e;

	k.gzip = gzip;
	e = cache_find(c, &k);
	entry_drop(e);
	return e != NULL;
}

static void the_forms_of_a_page_come_and_go_by_themselves(void **state)
{
	struct cache *c = small_cache(state);

	put(c, state, 1, true, false);
	assert_true(has(c, 1, true));
	assert_false(has(c, 1, false));
	put(c, state, 1, false, false);
	for (int i = 2; i < 100; i++) {
		put(c, state, i, false, false);
		assert_true(has(c, 1, true));
	}
	assert_false(has(c, 1, false));
	cache_free(c);
}

static void what_is_offered_once_drives_nothing_out(void **state)
{
	struct cache *c = small_cache(state);
	struct cache_stats full, then;

	put(c, state, 0, false, true);			/* there is room */
	assert_true(has(c, 0, false));
	for (int i = 1; i < 100; i++)
		put(c, state, i, false, false);
	cache_stats(c, &full);
	for (int i = 100; i < 200; i++)
		put(c, state, i, false, true);
	for (int i = 100; i < 200; i++)
		assert_false(has(c, i, false));
	cache_stats(c, &then);
	assert_int_equal(then.entries, full.entries);
	put(c, state, 300, false, true);
	put(c, state, 300, false, true);
	assert_true(has(c, 300, false));
	cache_free(c);
}

/* A crawler's walk through everything leaves what readers come back for. */
static void a_walk_through_all_pages_leaves_what_is_asked_for_again(void **state)
{
	enum { HOT = 10 };
	struct cache *c = small_cache(state);

	for (int i = 0; i < HOT; i++)
		put(c, state, i, false, false);
	for (int i = HOT; i < 1000; i++) {
		put(c, state, i, false, i % 2);
		assert_true(has(c, i % HOT, false));
	}
	cache_free(c);
}

static void what_is_larger_than_half_a_shard_is_not_kept(void **state)
{
	static char text[600 * KIB];
	struct cache *c = cache_new(MIB, ((struct place *)*state)->gens);
	struct cache_name k = { STR("a.example"), STR("/"), false };
	struct entry *e = cache_test_page(*state, str_from(text, sizeof text));

	cache_put(c, &k, e, NULL);
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
		struct cache_name k = name_of(text, sizeof text, i * 7 % 300);
		CLEANUP(entry_dropp) struct entry *e = cache_find(x->cache, &k);

		if (e) {
			atomic_fetch_add(&x->met, 1);
			if (!str_eq(e->plain, k.path))
				atomic_fetch_add(&x->wrong, 1);
			continue;
		}
		e = cache_test_page(x->place, k.path);
		cache_put(x->cache, &k, e, NULL);
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

int memory_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLACE(what_was_put_is_found_until_it_is_stale),
		WITH_PLACE(what_a_name_shows_is_found_until_the_name_is_stale),
		WITH_PLACE(a_new_entry_takes_the_place_of_the_old),
		WITH_PLACE(the_budget_is_kept_and_the_used_stay),
		WITH_PLACE(the_forms_of_a_page_come_and_go_by_themselves),
		WITH_PLACE(what_is_offered_once_drives_nothing_out),
		WITH_PLACE(a_walk_through_all_pages_leaves_what_is_asked_for_again),
		WITH_PLACE(what_is_larger_than_half_a_shard_is_not_kept),
		WITH_PLACE(many_threads_find_what_they_ask_for),
	};

	return cmocka_run_group_tests_name("cache/memory", tests, NULL, NULL);
}
