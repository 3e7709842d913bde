/* settings_test.c - settings are checked when they are set and typed when they are read. */
#include "site/settings.h"
#include "site/village_test.h"

static enum fail_code refusal(const char *key, const char *value)
{
	struct fail f = FAIL_INIT;

	return settings_check(str_of(key), str_of(value), &f) ? FAIL_NONE : f.code;
}

static void every_default_passes_its_own_check(void **state)
{
	(void)state;
	for (size_t i = 0; i < settings_keys_count; i++)
		assert_int_equal(refusal(settings_keys[i].name, settings_keys[i].value), FAIL_NONE);
}

static void a_wrong_value_says_what_is_expected(void **state)
{
	struct fail f = FAIL_INIT;

	(void)state;
	assert_false(settings_check(STR("order"), STR("oldest"), &f));
	assert_string_equal(f.text, "order: \"oldest\" is none of: newest serial");
	assert_int_equal(refusal("timezone", "Europe/Pariss"), FAIL_INVALID);
	assert_int_equal(refusal("timezone", "Europe/Paris"), FAIL_NONE);
	assert_int_equal(refusal("lang", "not a language"), FAIL_INVALID);
	assert_int_equal(refusal("lang", "pt-BR"), FAIL_NONE);
	assert_int_equal(refusal("posts_per_page", "0"), FAIL_INVALID);
	assert_int_equal(refusal("theme", "../x"), FAIL_INVALID);
	assert_int_equal(refusal("title", "two\nlines"), FAIL_INVALID);
	assert_int_equal(refusal("footer", "two\nlines"), FAIL_NONE);
	assert_int_equal(refusal("title", "\xff"), FAIL_INVALID);
}

static void an_unknown_key_is_answered_with_the_nearest(void **state)
{
	struct fail f = FAIL_INIT;

	(void)state;
	assert_false(settings_check(STR("tilte"), STR("x"), &f));
	assert_int_equal(f.code, FAIL_NOT_FOUND);
	assert_string_equal(f.text, "there is no setting \"tilte\"; did you mean \"title\"?");
}

static void load(struct village *v, struct settings *ret)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;

	assert_ok(registry_named(v->registry, STR("anna"), &site, &v->f), &v->f);
	assert_ok(registry_begin_site(v->registry, site, TX_READ, &t, &v->f), &v->f);
	assert_ok(settings_load(v->arena, t.tx, ret, &v->f), &v->f);
}

static void set(struct village *v, const char *key, const char *value)
{
	const struct manage_setting one = { str_of(key), str_of(value) };

	assert_ok(manage_set(v->registry, STR("anna"), &one, 1, &v->f), &v->f);
}

static void what_is_not_set_has_its_default(void **state)
{
	struct settings s;

	village_make(*state, "anna");
	load(*state, &s);
	assert_str_eq(s.lang, STR("en"));
	assert_str_eq(s.timezone, STR("UTC"));
	assert_int_equal(s.posts_per_page, 10);
	assert_true(s.listed);
	assert_false(s.serial);
	assert_int_equal(s.n_options, 0);
}

static void what_is_set_is_read_and_an_empty_value_undoes_it(void **state)
{
	struct settings s;

	village_make(*state, "anna");
	set(*state, "posts_per_page", "25");
	set(*state, "order", "serial");
	set(*state, "robots_ai", "refuse");
	set(*state, "option.accent", "#2a6");
	load(*state, &s);
	assert_int_equal(s.posts_per_page, 25);
	assert_true(s.serial && s.refuse_ai);
	assert_int_equal(s.n_options, 1);
	assert_str_eq(s.options[0].name, STR("accent"));
	assert_str_eq(s.options[0].value, STR("#2a6"));
	set(*state, "order", "");
	set(*state, "option.accent", "");
	load(*state, &s);
	assert_false(s.serial);
	assert_int_equal(s.n_options, 0);
}

static void a_change_makes_what_read_the_settings_stale(void **state)
{
	struct village *v = *state;
	CLEANUP(site_unrefp) struct site *site = NULL;
	CLEANUP(deps_release) struct deps deps = { 0 };
	struct host_tx t = HOST_TX_NONE;
	struct settings s;

	village_make(v, "anna");
	assert_ok(registry_named(v->registry, STR("anna"), &site, &v->f), &v->f);
	assert_ok(registry_begin_site(v->registry, site, TX_READ, &t, &v->f), &v->f);
	assert_ok(settings_load(v->arena, t.tx, &s, &v->f), &v->f);
	assert_true(tx_deps(t.tx, &deps));
	registry_end(&t);
	assert_true(deps_fresh(&deps, v->gens));
	set(v, "author", "Anna");
	assert_false(deps_fresh(&deps, v->gens));
}

int settings_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_default_passes_its_own_check),
		cmocka_unit_test(a_wrong_value_says_what_is_expected),
		cmocka_unit_test(an_unknown_key_is_answered_with_the_nearest),
		cmocka_unit_test_setup_teardown(what_is_not_set_has_its_default, village_set_up,
						village_tear_down),
		cmocka_unit_test_setup_teardown(what_is_set_is_read_and_an_empty_value_undoes_it,
						village_set_up, village_tear_down),
		cmocka_unit_test_setup_teardown(a_change_makes_what_read_the_settings_stale,
						village_set_up, village_tear_down),
	};

	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
