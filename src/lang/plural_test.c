/* plural_test.c - plural rules of real languages, and what is refused. */
#include <stdio.h>
#include "base/test.h"
#include "lang/lang_test.h"
#include "lang/plural.h"

static struct plural parse(const char *text)
{
	struct fail f = FAIL_INIT;
	struct plural p;

	assert_ok(plural_parse(str_of(text), &p, &f), &f);
	return p;
}

static void assert_forms(const struct plural *p, const char *digits)
{
	for (unsigned n = 0; digits[n]; n++)
		if (plural_form(p, n) != (unsigned)(digits[n] - '0'))
			fail_msg("%u takes form %u, not %c", n, plural_form(p, n), digits[n]);
}

static void french_counts_zero_as_one_and_germanic_does_not(void **state)
{
	struct plural fr = parse("nplurals=2; plural=(n > 1);");
	struct plural de = parse(" nplurals=2; plural=n != 1"), built;

	(void)state;
	assert_forms(&fr, "0011");
	assert_forms(&de, "1011");
	plural_germanic(&built);
	assert_forms(&built, "1011");
	assert_int_equal(built.forms, 2);
}

static void slavic_and_arabic_rules_are_understood(void **state)
{
	struct plural ru = parse("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && "
				 "n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);");
	struct plural ar = parse("nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
				 "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;");
	struct plural ja = parse("nplurals=1; plural=0;");

	(void)state;
	assert_forms(&ru, "2011122222222222222220111");
	assert_forms(&ar, "0123333333344");
	assert_int_equal(plural_form(&ar, 100), 5);
	assert_forms(&ja, "000");
}

static void operators_bind_as_in_c(void **state)
{
	struct plural p = parse("nplurals=6; plural=1+2*2-n*0-1;");
	struct plural q = parse("nplurals=6; plural=!n==1;");
	struct plural r = parse("nplurals=6; plural=10-4-1 == 5 ? 3 : 0;");

	(void)state;
	assert_forms(&p, "44");
	assert_forms(&q, "10");
	assert_forms(&r, "3");
}

static void what_is_out_of_range_takes_the_first_form(void **state)
{
	struct plural p = parse("nplurals=2; plural=n;");
	struct plural zero = parse("nplurals=2; plural=1+5/(n-n)+5%(n-n);");

	(void)state;
	assert_forms(&p, "0100");
	assert_int_equal(plural_form(&p, UINT64_MAX), 0);
	assert_forms(&zero, "111");
}

static void assert_refused(const char *text, enum fail_code code)
{
	struct fail f = FAIL_INIT;
	struct plural p;

	assert_fails(plural_parse(str_of(text), &p, &f), &f, code);
}

static void nonsense_and_excess_are_refused(void **state)
{
	char deep[600], longest[600];
	size_t n;

	(void)state;
	assert_refused("", FAIL_INVALID);
	assert_refused("nplurals=0; plural=0;", FAIL_INVALID);
	assert_refused("nplurals=7; plural=0;", FAIL_INVALID);
	assert_refused("nplurals=INTEGER; plural=EXPRESSION;", FAIL_INVALID);
	assert_refused("nplurals=2; plural=", FAIL_INVALID);
	assert_refused("nplurals=2; plural=n >", FAIL_INVALID);
	assert_refused("nplurals=2; plural=(n", FAIL_INVALID);
	assert_refused("nplurals=2; plural=n ? 1", FAIL_INVALID);
	assert_refused("nplurals=2; plural=m", FAIL_INVALID);
	assert_refused("nplurals=2; plural=n = 1", FAIL_INVALID);
	assert_refused("nplurals=2; plural=1; 2", FAIL_INVALID);

	n = (size_t)snprintf(deep, sizeof deep, "nplurals=2; plural=");
	memset(deep + n, '(', 500);
	deep[n + 500] = '\0';
	assert_refused(deep, FAIL_TOO_LARGE);
	memset(deep + n, '!', 500);
	assert_refused(deep, FAIL_TOO_LARGE);
	n = (size_t)snprintf(longest, sizeof longest, "nplurals=2; plural=n");
	for (size_t i = 0; i < 200; i++)
		memcpy(longest + n + 2 * i, "+n", 3);
	assert_refused(longest, FAIL_TOO_LARGE);
}

int plural_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(french_counts_zero_as_one_and_germanic_does_not),
		cmocka_unit_test(slavic_and_arabic_rules_are_understood),
		cmocka_unit_test(operators_bind_as_in_c),
		cmocka_unit_test(what_is_out_of_range_takes_the_first_form),
		cmocka_unit_test(nonsense_and_excess_are_refused),
	};

	return cmocka_run_group_tests_name("plural", tests, NULL, NULL);
}
