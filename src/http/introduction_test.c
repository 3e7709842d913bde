/* introduction_test.c - what a proxy says before the first request. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/test.h"
#include "http/http_test.h"
#include "http/introduction.h"

#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"
#define TCP4 "\x21\x11\0\x0c" "\xc0\0\2\1" "\xc0\0\2\2" "\x13\x89\0\x50"

/* The verdict, which must be the same whole and byte by byte. */
static enum introduction_result verdict(struct str bytes, struct introduction *ret)
{
	enum introduction_result whole = introduction_read(bytes, ret), r = INTRODUCTION_MORE;
	struct introduction cut;

	for (size_t n = 1; n <= bytes.n && r == INTRODUCTION_MORE; n++)
		r = introduction_read(str_sub(bytes, 0, n), &cut);
	assert_int_equal(r, whole);
	if (whole == INTRODUCTION_DONE) {
		assert_int_equal(cut.used, ret->used);
		assert_string_equal(cut.address, ret->address);
	}
	return whole;
}

static void the_line_of_version_1_names_the_reader(void **state)
{
	struct introduction in;

	(void)state;
	assert_int_equal(verdict(STR("PROXY TCP4 192.0.2.1 198.51.100.2 5001 80\r\nGET / HT"), &in),
			 INTRODUCTION_DONE);
	assert_true(in.known && !in.told_tls);
	assert_string_equal(in.address, "192.0.2.1");
	assert_int_equal(in.used, 43);
	assert_int_equal(verdict(STR("PROXY TCP6 2001:DB8:0::1 ::1 1 65535\r\n"), &in),
			 INTRODUCTION_DONE);
	assert_string_equal(in.address, "2001:db8::1");
	assert_int_equal(verdict(STR("PROXY UNKNOWN ffff:f a b c\r\nGET"), &in), INTRODUCTION_DONE);
	assert_false(in.known);
	assert_int_equal(in.used, 28);
	assert_int_equal(verdict(STR("PROXY UNKNOWN\r\n"), &in), INTRODUCTION_DONE);
}

static void other_lines_are_refused(void **state)
{
	static const char *const lines[] = {
		"GET / HTTP/1.1\r\n\r\n", "PROXY\r\n", "PROXY  TCP4 1.2.3.4 1.2.3.4 1 1\r\n",
		"PROXY TCP5 1.2.3.4 1.2.3.4 1 1\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n",
		"PROXY TCP4 1.2.3.4 1.2.3.4 1 1 \r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 1\n",
		"PROXY TCP4 1.2.3.4 1.2.3.4 1 70000\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 01 1\r\n",
		"PROXY TCP4 1.2.3.4 1.2.3.4 -1 1\r\n", "PROXY TCP4 ::1 ::1 1 1\r\n",
		"PROXY TCP6 1.2.3.4 1.2.3.4 1 1\r\n", "PROXY TCP4 1.2.3 1.2.3.4 1 1\r\n",
		"PROXY TCP4\t1.2.3.4 1.2.3.4 1 1\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 1\rX",
		"proxy TCP4 1.2.3.4 1.2.3.4 1 1\r\n", "PROXY tcp4 1.2.3.4 1.2.3.4 1 1\r\n",
	};
	char endless[200];
	struct introduction in;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (verdict(str_of(lines[i]), &in) != INTRODUCTION_BAD)
			fail_msg("taken: %s", lines[i]);
	memset(endless, 'x', sizeof endless);
	memcpy(endless, "PROXY UNKNOWN ", 14);
	assert_int_equal(verdict(str_from(endless, 106), &in), INTRODUCTION_MORE);
	assert_int_equal(verdict(str_from(endless, 107), &in), INTRODUCTION_BAD);
	memcpy(endless + 105, "\r\n", 2);
	assert_int_equal(verdict(str_from(endless, 200), &in), INTRODUCTION_DONE);
}

static void the_head_of_version_2_names_the_reader(void **state)
{
	struct introduction in;

	(void)state;
	assert_int_equal(verdict(STR(SIGNATURE TCP4 "GET"), &in), INTRODUCTION_DONE);
	assert_true(in.known);
	assert_string_equal(in.address, "192.0.2.1");
	assert_int_equal(in.used, 28);
	assert_int_equal(verdict(STR(SIGNATURE "\x21\x21\0\x24"
				     "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\7"
				     "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1" "\1\1\2\2"), &in),
			 INTRODUCTION_DONE);
	assert_string_equal(in.address, "2001:db8::7");
}

static void a_proxy_may_speak_for_itself_or_a_unix_socket(void **state)
{
	struct introduction in;
	char bytes[16 + 216];

	(void)state;
	assert_int_equal(verdict(STR(SIGNATURE "\x20\0\0\0"), &in), INTRODUCTION_DONE);
	assert_false(in.known);
	/* LOCAL: whatever follows is skipped. */
	assert_int_equal(verdict(STR(SIGNATURE "\x20\xff\0\3" "\xff\xff\xff"), &in),
			 INTRODUCTION_DONE);
	assert_int_equal(in.used, 19);
	assert_int_equal(verdict(STR(SIGNATURE "\x21\0\0\2" "zz"), &in), INTRODUCTION_DONE);
	assert_false(in.known);
	memset(bytes, '/', sizeof bytes);
	memcpy(bytes, SIGNATURE "\x21\x31\0\xd8", 16);
	assert_int_equal(verdict(str_from(bytes, sizeof bytes), &in), INTRODUCTION_DONE);
	assert_false(in.known);
}

static void further_values_are_skipped_and_tls_is_heeded(void **state)
{
	struct introduction in;

	(void)state;
	assert_int_equal(verdict(STR(SIGNATURE "\x21\x11\0\x1c" "\xc0\0\2\1" "\xc0\0\2\2"
				     "\x13\x89\0\x50" "\x02\0\2hi" "\x20\0\5\1\0\0\0\0"
				     "\x04\0\0"), &in), INTRODUCTION_DONE);
	assert_true(in.told_tls && in.tls);
	assert_int_equal(verdict(STR(SIGNATURE "\x21\x11\0\x14" "\xc0\0\2\1" "\xc0\0\2\2"
				     "\x13\x89\0\x50" "\x20\0\5\0\0\0\0\0"), &in),
			 INTRODUCTION_DONE);
	assert_true(in.told_tls && !in.tls);
}

/* The checksum of the whole with zeros in its place. */
static void a_checksum_is_verified(void **state)
{
	char bytes[] = SIGNATURE "\x21\x11\0\x13" "\xc0\0\2\1" "\xc0\0\2\2" "\x13\x89\0\x50"
		       "\x03\0\4" "\x9e\xda\x98\x04";
	struct introduction in;

	(void)state;
	assert_int_equal(verdict(str_from(bytes, sizeof bytes - 1), &in), INTRODUCTION_DONE);
	bytes[20] ^= 1;
	assert_int_equal(verdict(str_from(bytes, sizeof bytes - 1), &in), INTRODUCTION_BAD);
}

static void other_heads_are_refused(void **state)
{
	static const struct str heads[] = {
		STR_INIT(SIGNATURE "\x11\x11\0\0"), STR_INIT(SIGNATURE "\x22\x11\0\0"),
		STR_INIT(SIGNATURE "\x21\x12\0\x0c" "\xc0\0\2\1\xc0\0\2\2\x13\x89\0\x50"),
		STR_INIT(SIGNATURE "\x21\x41\0\0"), STR_INIT(SIGNATURE "\x21\x11\0\4" "\xc0\0\2\1"),
		STR_INIT(SIGNATURE "\x21\x11\xff\xff"), STR_INIT("\r\n\r\nGET / HTTP/1.1\r\n\r\n"),
		STR_INIT(SIGNATURE "\x21\x11\0\x0e" "\xc0\0\2\1\xc0\0\2\2\x13\x89\0\x50" "\2\0"),
		STR_INIT(SIGNATURE "\x21\x11\0\x0f" "\xc0\0\2\1\xc0\0\2\2\x13\x89\0\x50" "\2\0\1"),
		STR_INIT(SIGNATURE "\x21\x11\0\x10" "\xc0\0\2\1\xc0\0\2\2\x13\x89\0\x50"
			 "\x03\0\1\1"),
		STR_INIT(SIGNATURE "\x21\x11\0\x10" "\xc0\0\2\1\xc0\0\2\2\x13\x89\0\x50"
			 "\x20\0\1\1"),
	};
	struct introduction in;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		if (verdict(heads[i], &in) != INTRODUCTION_BAD)
			fail_msg("taken: %zu", i);
}

int introduction_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_line_of_version_1_names_the_reader),
		cmocka_unit_test(other_lines_are_refused),
		cmocka_unit_test(the_head_of_version_2_names_the_reader),
		cmocka_unit_test(a_proxy_may_speak_for_itself_or_a_unix_socket),
		cmocka_unit_test(further_values_are_skipped_and_tls_is_heeded),
		cmocka_unit_test(a_checksum_is_verified),
		cmocka_unit_test(other_heads_are_refused),
	};

	return cmocka_run_group_tests_name("http/introduction", tests, NULL, NULL);
}
