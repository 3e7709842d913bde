/* registry_test.c - what each host name is answered with, from disk and from memory. */
#include "site/registry.h"
#include <stdio.h>

#include "site/village_test.h"

static void the_base_domain_is_the_front_page(void **state)
{
	assert_str_eq(village_ask(*state, "test.example"), STR("front"));
	assert_str_eq(village_ask(*state, "www.test.example"), STR("front -> test.example"));
}

static void a_name_below_the_base_is_its_site(void **state)
{
	village_make(*state, "anna");
	assert_str_eq(village_ask(*state, "anna.test.example"), STR("site anna 200"));
	assert_str_eq(village_ask(*state, "berta.test.example"), STR("nothing"));
	assert_str_eq(village_ask(*state, "x.anna.test.example"), STR("nothing"));
	assert_str_eq(village_ask(*state, "anna.example"), STR("nothing"));
}

static void the_loop_finds_what_a_worker_has_looked_up(void **state)
{
	struct village *v = *state;
	struct found found;

	village_make(v, "anna");
	assert_false(registry_find_cached(v->registry, STR("anna.test.example"), &found));
	assert_false(registry_find_cached(v->registry, STR("nobody.org"), &found));
	village_ask(v, "anna.test.example");
	village_ask(v, "nobody.org");
	assert_true(registry_find_cached(v->registry, STR("anna.test.example"), &found));
	assert_int_equal(found.kind, FOUND_SITE);
	found_release(&found);
	assert_true(registry_find_cached(v->registry, STR("nobody.org"), &found));
	assert_int_equal(found.kind, FOUND_NOTHING);
}

static void an_unknown_name_is_known_as_soon_as_it_is_made(void **state)
{
	assert_str_eq(village_ask(*state, "anna.test.example"), STR("nothing"));
	village_make(*state, "anna");
	assert_str_eq(village_ask(*state, "anna.test.example"), STR("site anna 200"));
}

static void a_change_of_one_site_leaves_the_others_in_memory(void **state)
{
	struct village *v = *state;
	struct found found;

	village_make(v, "anna");
	village_make(v, "berta");
	village_ask(v, "anna.test.example");
	assert_ok(manage_suspend(v->registry, STR("berta"), false, STR("unpaid"), &v->f), &v->f);
	assert_true(registry_find_cached(v->registry, STR("anna.test.example"), &found));
	found_release(&found);
}

static void unknown_names_do_not_push_out_known_ones(void **state)
{
	struct village *v = *state;
	struct found found;
	char host[32];

	village_make(v, "anna");
	village_ask(v, "anna.test.example");
	for (int i = 0; i < 200; i++) {
		snprintf(host, sizeof host, "n%d.org", i);
		village_ask(v, host);
	}
	assert_true(registry_find_cached(v->registry, STR("anna.test.example"), &found));
	found_release(&found);
}

static void a_snapshot_outlives_the_change_of_its_site(void **state)
{
	struct village *v = *state;
	CLEANUP(site_unrefp) struct site *was = NULL;

	village_make(v, "anna");
	assert_ok(registry_named(v->registry, STR("anna"), &was, &v->f), &v->f);
	assert_true(deps_fresh(&was->deps, v->gens));
	assert_ok(manage_delete(v->registry, STR("anna"), &v->f), &v->f);
	assert_int_equal(was->status, 200);
	assert_false(deps_fresh(&was->deps, v->gens));
	assert_str_eq(village_ask(v, "anna.test.example"), STR("site anna 410"));
}

static void a_site_is_named_by_name_host_name_and_id(void **state)
{
	struct village *v = *state;
	struct site *a, *b, *c, *d;
	char id[SITE_ID_LEN + 1];

	village_make(v, "été");
	assert_ok(registry_named(v->registry, STR("Été"), &a, &v->f), &v->f);
	assert_ok(registry_named(v->registry, STR("xn--t-9fab.test.example"), &b, &v->f), &v->f);
	site_id_text(a->id, id);
	assert_ok(registry_named(v->registry, str_of(id), &c, &v->f), &v->f);
	assert_int_equal(a->id, b->id);
	assert_int_equal(a->id, c->id);
	assert_false(registry_named(v->registry, STR("nobody"), &d, &v->f));
	assert_int_equal(v->f.code, FAIL_NOT_FOUND);
	site_unref(a);
	site_unref(b);
	site_unref(c);
}

static void an_id_is_twelve_hex_digits(void **state)
{
	char text[SITE_ID_LEN + 1];
	uint64_t id;

	(void)state;
	site_id_text(0xabc, text);
	assert_string_equal(text, "000000000abc");
	assert_true(site_id_parse(str_of(text), &id));
	assert_int_equal(id, 0xabc);
	assert_false(site_id_parse(STR("000000000000"), &id));
	assert_false(site_id_parse(STR("00000000ABCD"), &id));
	assert_false(site_id_parse(STR("abc"), &id));
	assert_int_not_equal(site_id_new() >> 48, 1);
}

#define IN_VILLAGE(test) cmocka_unit_test_setup_teardown(test, village_set_up, village_tear_down)

int registry_tests(void)
{
	const struct CMUnitTest tests[] = {
		IN_VILLAGE(the_base_domain_is_the_front_page),
		IN_VILLAGE(a_name_below_the_base_is_its_site),
		IN_VILLAGE(the_loop_finds_what_a_worker_has_looked_up),
		IN_VILLAGE(an_unknown_name_is_known_as_soon_as_it_is_made),
		IN_VILLAGE(a_change_of_one_site_leaves_the_others_in_memory),
		IN_VILLAGE(unknown_names_do_not_push_out_known_ones),
		IN_VILLAGE(a_snapshot_outlives_the_change_of_its_site),
		IN_VILLAGE(a_site_is_named_by_name_host_name_and_id),
		cmocka_unit_test(an_id_is_twelve_hex_digits),
	};

	return cmocka_run_group_tests_name("registry", tests, NULL, NULL);
}
