/* gz_test.c - what is packed comes back, and a claim about size is not believed. */
#include "base/test.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/limits.h"
#include "gz/gz.h"

static void what_was_packed_comes_back(void **state)
{
	static char noise[200000];
	struct str texts[] = { STR(""), STR("a"), { noise, sizeof noise }, { noise, 70000 } };
	struct fail f = FAIL_INIT;

	(void)state;
	rand_bytes(noise, sizeof noise / 2);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		CLEANUP(buf_release) struct buf gz = BUF(MIB), back = BUF(MIB);

		assert_true(gz_whole(texts[i], 1, STR_NONE, &gz));
		assert_ok(gz_read(buf_str(&gz), &back, &f), &f);
		assert_true(str_eq(buf_str(&back), texts[i]));
	}
}

static void the_same_text_gives_the_same_bytes(void **state)
{
	CLEANUP(buf_release) struct buf a = BUF(MIB), b = BUF(MIB);

	(void)state;
	assert_true(gz_whole(STR("rain rain rain"), 6, STR("x"), &a));
	assert_true(gz_whole(STR("rain rain rain"), 6, STR("x"), &b));
	assert_str_eq(buf_str(&a), buf_str(&b));
}

static void the_extra_field_is_read_without_unpacking(void **state)
{
	CLEANUP(buf_release) struct buf gz = BUF(MIB), back = BUF(MIB);
	struct fail f = FAIL_INIT;
	struct str extra;

	(void)state;
	assert_true(gz_whole(STR("body"), 6, STR("He\4\0abcd"), &gz));
	assert_true(gz_extra(buf_str(&gz), &extra));
	assert_str_eq(extra, STR("He\4\0abcd"));
	assert_ok(gz_read(buf_str(&gz), &back, &f), &f);
	assert_str_eq(buf_str(&back), STR("body"));
	assert_false(gz_extra(str_sub(buf_str(&gz), 0, 15), &extra));
	assert_false(gz_extra(STR("not gzip at all"), &extra));
}

static void an_extra_field_comes_and_goes_without_packing_again(void **state)
{
	CLEANUP(buf_release) struct buf bare = BUF(MIB), with = BUF(MIB), again = BUF(MIB);
	CLEANUP(buf_release) struct buf direct = BUF(MIB), torn = BUF(MIB);
	struct str extra;

	(void)state;
	assert_true(gz_whole(STR("body body body"), 6, STR_NONE, &bare));
	assert_true(gz_whole(STR("body body body"), 6, STR("note"), &direct));
	assert_true(gz_put_extra(buf_str(&bare), STR("note"), &with));
	assert_str_eq(buf_str(&with), buf_str(&direct));
	assert_true(gz_extra(buf_str(&with), &extra));
	assert_str_eq(extra, STR("note"));
	assert_true(gz_put_extra(buf_str(&with), STR_NONE, &again));
	assert_str_eq(buf_str(&again), buf_str(&bare));
	assert_false(gz_put_extra(STR("junk"), STR("x"), &torn));
}

static void torn_or_changed_bytes_are_corrupt(void **state)
{
	CLEANUP(buf_release) struct buf gz = BUF(MIB);
	CLEANUP(buf_release) struct buf back = BUF(MIB);
	struct fail f = FAIL_INIT;

	(void)state;
	assert_true(gz_whole(STR("a longer text, a longer text"), 6, STR_NONE, &gz));
	for (size_t n = 0; n < gz.n; n++)
		assert_fails(gz_read(str_from(gz.p, n), &back, &f), &f, FAIL_CORRUPT);
	gz.p[gz.n - 6] ^= 1;
	assert_fails(gz_read(buf_str(&gz), &back, &f), &f, FAIL_CORRUPT);
	gz.p[gz.n - 6] ^= 1;
	buf_addc(&gz, 'x');
	assert_fails(gz_read(buf_str(&gz), &back, &f), &f, FAIL_CORRUPT);
	assert_int_equal(back.n, 0);
}

static void what_would_pass_the_ceiling_is_too_large(void **state)
{
	static char zeros[MIB];
	CLEANUP(buf_release) struct buf gz = BUF(MIB), small = BUF(1000), exact = BUF(MIB);
	struct fail f = FAIL_INIT;

	(void)state;
	assert_true(gz_whole(str_from(zeros, sizeof zeros), 6, STR_NONE, &gz));
	assert_fails(gz_read(buf_str(&gz), &small, &f), &f, FAIL_TOO_LARGE);
	assert_ok(gz_read(buf_str(&gz), &exact, &f), &f);
	assert_int_equal(exact.n, MIB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_packed_comes_back),
		cmocka_unit_test(the_same_text_gives_the_same_bytes),
		cmocka_unit_test(the_extra_field_is_read_without_unpacking),
		cmocka_unit_test(an_extra_field_comes_and_goes_without_packing_again),
		cmocka_unit_test(torn_or_changed_bytes_are_corrupt),
		cmocka_unit_test(what_would_pass_the_ceiling_is_too_large),
	};

	return cmocka_run_group_tests_name("gz", tests, NULL, NULL);
}
