/* name_test.c - which names and domains are taken. */
#include "site/name.h"
#include "site/village_test.h"

static int set_up(void **state)
{
	*state = arena_new(0);
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static enum fail_code refusal(struct arena *a, const char *given)
{
	struct fail f = FAIL_INIT;
	struct name name;

	return name_parse(a, str_of(given), &name, &f) ? FAIL_NONE : f.code;
}

static void a_name_is_lower_case_letters_digits_and_hyphens(void **state)
{
	struct fail f = FAIL_INIT;
	struct name name;

	assert_ok(name_parse(*state, STR(" Anna-2 "), &name, &f), &f);
	assert_str_eq(name.ascii, STR("anna-2"));
	assert_str_eq(name.shown, STR("anna-2"));
	assert_int_equal(refusal(*state, "anna_2"), FAIL_INVALID);
	assert_int_equal(refusal(*state, "anna 2"), FAIL_INVALID);
	assert_int_equal(refusal(*state, "-anna"), FAIL_INVALID);
	assert_int_equal(refusal(*state, "anna-"), FAIL_INVALID);
	assert_int_equal(refusal(*state, "../anna"), FAIL_INVALID);
	assert_int_equal(refusal(*state, "a"), FAIL_INVALID);
	assert_int_equal(refusal(*state, ""), FAIL_INVALID);
	assert_int_equal(refusal(*state, "ab--cd"), FAIL_INVALID);
}

static void a_name_of_64_letters_is_too_long(void **state)
{
	char name[65];

	memset(name, 'q', 64);
	name[64] = '\0';
	assert_int_not_equal(refusal(*state, name), FAIL_NONE);
	name[63] = '\0';
	assert_int_equal(refusal(*state, name), FAIL_NONE);
}

static void a_name_in_letters_with_accents_is_kept_as_dns_knows_it(void **state)
{
	struct fail f = FAIL_INIT;
	struct name name;

	assert_ok(name_parse(*state, STR("Été"), &name, &f), &f);
	assert_str_eq(name.ascii, STR("xn--t-9fab"));
	assert_str_eq(name.shown, STR("été"));
}

static void a_reserved_name_and_what_looks_like_one_are_refused(void **state)
{
	assert_int_equal(refusal(*state, "www"), FAIL_CONFLICT);
	assert_int_equal(refusal(*state, "Admin"), FAIL_CONFLICT);
	assert_int_equal(refusal(*state, "mai1"), FAIL_CONFLICT);
	assert_int_equal(refusal(*state, "logln"), FAIL_NONE);
}

static void letters_of_two_scripts_that_look_alike_are_refused(void **state)
{
	assert_int_equal(refusal(*state, "pаris"), FAIL_INVALID);	/* a Cyrillic а */
	assert_int_equal(refusal(*state, "москва"), FAIL_NONE);
}

static enum fail_code domain_refusal(struct arena *a, const char *given)
{
	struct fail f = FAIL_INIT;
	struct str host;

	return name_domain(a, str_of(given), STR("test.example"), &host, &f) ? FAIL_NONE : f.code;
}

static void a_domain_is_written_without_scheme_port_and_path(void **state)
{
	struct fail f = FAIL_INIT;
	struct str host;

	assert_ok(name_domain(*state, STR("WWW.Müller.example."), STR("x.y"), &host, &f), &f);
	assert_str_eq(host, STR("www.xn--mller-kva.example"));
	assert_int_equal(domain_refusal(*state, "https://anna.org"), FAIL_INVALID);
	assert_int_equal(domain_refusal(*state, "anna.org:80"), FAIL_INVALID);
	assert_int_equal(domain_refusal(*state, "anna"), FAIL_INVALID);
	assert_int_equal(domain_refusal(*state, "127.0.0.1"), FAIL_INVALID);
	assert_int_equal(domain_refusal(*state, "*.anna.org"), FAIL_INVALID);
}

static void a_domain_below_the_base_is_the_hosts_own(void **state)
{
	assert_int_equal(domain_refusal(*state, "test.example"), FAIL_CONFLICT);
	assert_int_equal(domain_refusal(*state, "a.b.test.example"), FAIL_CONFLICT);
	assert_int_equal(domain_refusal(*state, "mytest.example"), FAIL_NONE);
}

static void the_label_directly_below_the_base_is_the_name(void **state)
{
	(void)state;
	assert_str_eq(name_below(STR("anna.test.example"), STR("test.example")), STR("anna"));
	assert_int_equal(name_below(STR("a.b.test.example"), STR("test.example")).n, 0);
	assert_int_equal(name_below(STR("test.example"), STR("test.example")).n, 0);
	assert_int_equal(name_below(STR(".test.example"), STR("test.example")).n, 0);
	assert_int_equal(name_below(STR("atest.example"), STR("test.example")).n, 0);
}

int name_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_lower_case_letters_digits_and_hyphens),
		cmocka_unit_test(a_name_of_64_letters_is_too_long),
		cmocka_unit_test(a_name_in_letters_with_accents_is_kept_as_dns_knows_it),
		cmocka_unit_test(a_reserved_name_and_what_looks_like_one_are_refused),
		cmocka_unit_test(letters_of_two_scripts_that_look_alike_are_refused),
		cmocka_unit_test(a_domain_is_written_without_scheme_port_and_path),
		cmocka_unit_test(a_domain_below_the_base_is_the_hosts_own),
		cmocka_unit_test(the_label_directly_below_the_base_is_the_name),
	};

	return cmocka_run_group_tests_name("name", tests, set_up, tear_down);
}
