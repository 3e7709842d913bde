/* text_test.c - ascii, str, buf, arena, utf8, html, json, map, conf. */
#include "base/base_test.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include "base/arena.h"
#include "base/ascii.h"
#include "base/conf.h"
#include "base/digest.h"
#include "base/html.h"
#include "base/json.h"
#include "base/map.h"
#include "base/scan.h"
#include "base/utf8.h"

static void cutting_gives_both_sides(void **state)
{
	struct str rest, head = str_cut(STR("a=b=c"), '=', &rest);

	(void)state;
	assert_str_eq(head, STR("a"));
	assert_str_eq(rest, STR("b=c"));
	head = str_cut(STR("alone"), '=', &rest);
	assert_str_eq(head, STR("alone"));
	assert_null(rest.p);
}

/* One differing byte at each place, in words of each length. */
static void two_ways_to_compare_agree(void **state)
{
	char a[40], b[40];

	(void)state;
	memset(a, 'x', sizeof a);
	memcpy(b, a, sizeof b);
	for (size_t n = 0; n < sizeof a; n++) {
		assert_true(str_same(str_from(a, n), str_from(b, n)));
		assert_false(str_same(str_from(a, n), str_from(b, n + 1)));
		for (size_t i = 0; i < sizeof b; i++) {
			b[i] = 'y';
			assert_int_equal(str_same(str_from(a, n), str_from(b, n)),
					 str_eq(str_from(a, n), str_from(b, n)));
			b[i] = 'x';
		}
	}
	assert_true(str_same(STR_NONE, STR("")));
}

static void a_list_is_cut_into_its_items_and_no_empty_ones(void **state)
{
	struct str rest = STR(" fr,, pt-BR ,\tde,"), item = STR_NONE;

	(void)state;
	assert_true(str_item(&rest, ",", &item));
	assert_str_eq(item, STR("fr"));
	assert_true(str_item(&rest, ",", &item));
	assert_str_eq(item, STR("pt-BR"));
	assert_true(str_item(&rest, ",", &item));
	assert_str_eq(item, STR("de"));
	assert_false(str_item(&rest, ",", &item));
	rest = STR("a b");
	assert_true(str_item(&rest, ",", &item));
	assert_str_eq(item, STR("a b"));
	rest = STR("a b");
	assert_true(str_item(&rest, ", ", &item));
	assert_str_eq(item, STR("a"));
	rest = STR(" , ");
	assert_false(str_item(&rest, ",", &item));
	rest = STR_NONE;
	assert_false(str_item(&rest, ",", &item));
	assert_true(str_has_item(STR("fr, pt-BR"), ",", STR("pt-BR")));
	assert_false(str_has_item(STR("fr, pt-BR"), ",", STR("pt")));
	assert_false(str_has_item(STR("fr, pt-BR"), ",", STR("FR")));
	assert_false(str_has_item(STR("fr,, pt"), ",", STR("")));
}

static void numbers_refuse_what_overflows(void **state)
{
	int64_t i;
	uint64_t u;

	(void)state;
	assert_true(str_to_i64(STR("-9223372036854775808"), &i) && i == INT64_MIN);
	assert_false(str_to_i64(STR("9223372036854775808"), &i));
	assert_true(str_to_u64(STR("18446744073709551615"), &u) && u == UINT64_MAX);
	assert_false(str_to_u64(STR("18446744073709551616"), &u));
	assert_false(str_to_i64(STR(""), &i) || str_to_i64(STR("-"), &i)
		     || str_to_i64(STR("+1"), &i));
}

static void a_buffer_stops_at_its_ceiling_and_remembers(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF(5);

	(void)state;
	buf_adds(&b, "abc");
	buf_adds(&b, "def");
	assert_false(buf_ok(&b));
	assert_str_eq(buf_str(&b), STR("abc"));
	buf_adds(&b, "de");
	assert_str_eq(buf_str(&b), STR("abcde"));
}

static void numbers_are_written_to_their_last_digit(void **state)
{
	static const struct { int64_t v; const char *text; } cases[] = {
		{ 0, "0" }, { 7, "7" }, { -1, "-1" }, { 1000, "1000" },
		{ INT64_MAX, "9223372036854775807" }, { INT64_MIN, "-9223372036854775808" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(buf_release) struct buf b = BUF(100);

		buf_add_i64(&b, cases[i].v);
		assert_string_equal(b.p, cases[i].text);
	}
}

static void formatted_text_grows_a_buffer_or_is_left_out(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF(400);

	(void)state;
	buf_addf(&b, "%s", "");
	assert_str_eq(buf_str(&b), STR(""));
	buf_addf(&b, "%d-", 7);
	buf_addf(&b, "%200d", 8);		/* longer than the room at hand */
	assert_int_equal(b.n, 202);
	assert_true(str_ends(buf_str(&b), STR(" 8")));
	buf_addf(&b, "%300d", 9);
	assert_false(buf_ok(&b));
	assert_int_equal(b.n, 202);
	assert_int_equal(b.p[b.n], '\0');
}

static void count_up(void *p)
{
	int *n = p;

	*n = *n * 10 + 1;
}

static void count_two(void *p)
{
	int *n = p;

	*n = *n * 10 + 2;
}

static void an_arena_undoes_in_reverse(void **state)
{
	struct arena *a = arena_new(64);
	int order = 0;

	(void)state;
	arena_defer(a, count_up, &order);
	arena_defer(a, count_two, &order);
	for (int i = 0; i < 100; i++)
		memset(arena_alloc(a, (size_t)i * 7), 0xff, (size_t)i * 7);
	assert_str_eq(arena_printf(a, "%d-%s", 7, "x"), STR("7-x"));
	arena_free(a);
	assert_int_equal(order, 21);
}

static void utf8_refuses_overlong_and_surrogates(void **state)
{
	(void)state;
	assert_true(utf8_valid(STR("héé€😀")));
	assert_false(utf8_valid(STR("\xc0\x80")));
	assert_false(utf8_valid(STR("\xed\xa0\x80")));
	assert_false(utf8_valid(STR("\xf4\x90\x80\x80")));
	assert_false(utf8_valid(STR("\xe2\x82")));
	assert_str_eq(utf8_cut(STR("aé"), 2), STR("a"));
	assert_int_equal(utf8_length(STR("aé\xff")), 3);
}

static void html_text_undoes_html_escape(void **state)
{
	struct arena *a = arena_new(0);
	struct str raw = STR("a <b> & \"c\" 'd'");

	(void)state;
	assert_str_eq(html_text(a, html_escape(a, raw)), raw);
	assert_str_eq(html_text(a, html_trusted(STR("<p>a\n <em>b</em> &#233;</p>"))),
		      STR("a b é"));
	arena_free(a);
}

static void every_change_of_a_text_has_another_quick_digest(void **state)
{
	enum { LENGTHS = 100 };
	static struct digest seen[LENGTHS * 9];
	size_t n = 0;
	char text[LENGTHS] = { 0 };

	(void)state;
	for (size_t length = 0; length < LENGTHS; length++) {	/* zeros, more and more of them */
		seen[n++] = digest_quick(str_from(text, length));
		for (int bit = 0; bit < 8 && length; bit++) {
			text[length / 2] = (char)(1 << bit);
			seen[n++] = digest_quick(str_from(text, length));
			text[length / 2] = 0;
		}
	}
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			assert_memory_not_equal(&seen[i], &seen[k], sizeof *seen);
}

static void the_beginning_of_a_text_is_long_enough(void **state)
{
	struct arena *a = arena_new(0);
	struct html h = html_trusted(STR("<p>one  two &#233;&lt;<em>three</em> four</p>"));
	struct str all = html_text(a, h);

	(void)state;
	assert_str_eq(all, STR("one two \xc3\xa9<three four"));
	for (size_t most = 0; most <= all.n; most++) {
		struct str begin = html_text_begin(a, h, most);

		assert_true(str_starts(all, begin));
		assert_true(begin.n + 1 >= most);	/* a space at its end is trimmed */
	}
	assert_str_eq(html_text_begin(a, h, 100), all);
	arena_free(a);
}

static void a_byte_is_the_same_in_json_wherever_it_stands(void **state)
{
	(void)state;
	for (int c = 0; c < 256; c++)
		for (size_t at = 0; at < 40; at++) {
			CLEANUP(buf_release) struct buf whole = BUF(400), alone = BUF(400);
			struct json in_whole = { &whole, false }, by_itself = { &alone, false };
			char text[40];

			memset(text, 'x', sizeof text);
			text[at] = (char)c;
			json_str(&in_whole, str_from(text, sizeof text));
			json_str(&by_itself, str_from(text + at, 1));
			assert_int_equal(whole.n, alone.n + sizeof text - 1);
			assert_memory_equal(whole.p + 1 + at, alone.p + 1, alone.n - 2);
		}
}

static void json_is_well_formed_and_safe_in_a_script(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF(1000);
	struct json j = { &b, false };

	(void)state;
	json_open(&j, '{');
	json_put_str(&j, "a", STR("</script>\n\"\xff"));
	json_key(&j, "b");
	json_open(&j, '[');
	json_i64(&j, -1);
	json_bool(&j, true);
	json_none(&j);
	json_close(&j, ']');
	json_close(&j, '}');
	assert_str_eq(buf_str(&b),
		      STR("{\"a\":\"\\u003c/script>\\n\\\"\xef\xbf\xbd\",\"b\":[-1,true,null]}"));
}

static void a_map_keeps_what_was_not_removed(void **state)
{
	struct map *m = map_new();
	char key[16];

	(void)state;
	for (intptr_t i = 1; i <= 1000; i++) {
		snprintf(key, sizeof key, "%d", (int)i);
		assert_null(map_put(m, str_of(key), (void *)i));
	}
	for (intptr_t i = 1; i <= 1000; i += 2) {
		snprintf(key, sizeof key, "%d", (int)i);
		assert_ptr_equal(map_remove(m, str_of(key)), (void *)i);
	}
	for (intptr_t i = 1; i <= 1000; i++) {
		snprintf(key, sizeof key, "%d", (int)i);
		assert_ptr_equal(map_find(m, str_of(key)), i % 2 ? NULL : (void *)i);
	}
	assert_int_equal(map_count(m), 500);
	map_free(m, NULL);
}

static bool want_yes(void *data, const struct conf_line *l, struct fail *f)
{
	bool is;

	*(int *)data += 1;
	return conf_bool(l->value, &is, f);
}

static void every_mistake_in_a_configuration_is_told_with_its_line(void **state)
{
	struct fail f = FAIL_INIT;
	int pairs = 0;

	(void)state;
	assert_fails(conf_parse(STR("[a]\nx = yes\ny = perhaps\n# c\nz = 12\n"), "f.ini", want_yes,
				&pairs, &f), &f, FAIL_INVALID);
	assert_int_equal(pairs, 3);
	assert_string_equal(f.text, "f.ini:3: \"perhaps\" should be yes or no\n"
				    "f.ini:5: \"12\" should be yes or no");
}

static void sizes_and_times_have_units(void **state)
{
	struct fail f = FAIL_INIT;
	int64_t v;

	(void)state;
	assert_ok(conf_size(STR("64M"), &v, &f), &f);
	assert_int_equal(v, 64 << 20);
	assert_ok(conf_seconds(STR("2h"), &v, &f), &f);
	assert_int_equal(v, 7200);
	assert_fails(conf_size(STR("9999999999999G"), &v, &f), &f, FAIL_INVALID);
	assert_fails(conf_seconds(STR("-1"), &v, &f), &f, FAIL_INVALID);
}

static void a_failure_tells_place_then_reason(void **state)
{
	struct fail f = FAIL_INIT;

	(void)state;
	assert_false(fail(&f, FAIL_QUOTA, "full: %d", 3));
	assert_false(fail_in(&f, "site %s", "anna"));
	assert_string_equal(f.text, "site anna: full: 3");
	assert_int_equal(f.code, FAIL_QUOTA);
}

static inline struct scan is_mark(struct scan b)
{
	struct scan pair = scan_and(scan_char(b, 0x20, 'h'), scan_behind(scan_char(b, 0x20, 't')));

	return scan_or(pair, scan_or(scan_char(b, 4, '['), scan_range(b, 0, '0', '9')));
}

static void a_byte_is_found_wherever_it_stands(void **state)
{
	static const char *const MARKS[] = { "[", "_", "0", "9", "ht", "HT" };
	char text[80];

	(void)state;
	for (size_t n = 2; n < 70; n++)
		for (size_t at = 0; at + 2 <= n; at++)
			for (size_t m = 0; m < ARRAY_LEN(MARKS); m++) {
				struct str s = str_from(text, n);

				memset(text, 'x', sizeof text);
				memcpy(text + at, MARKS[m], strlen(MARKS[m]));
				assert_int_equal(scan_next(s, 0, is_mark), at);
				assert_int_equal(scan_next(s, at, is_mark), at);
				assert_int_equal(scan_next(s, at + 1, is_mark), n);
				text[n] = '[';		/* behind the end it does not count */
				memcpy(text + at, "xx", 2);
				assert_int_equal(scan_next(s, 0, is_mark), n);
			}
}

/* Across the ends of blocks of sixteen, and of pieces of 256. */
static void every_sign_is_escaped_wherever_it_stands(void **state)
{
	char raw[600];

	(void)state;
	memset(raw, 'x', sizeof raw);
	for (size_t at = 0; at < sizeof raw - 4; at++) {
		CLEANUP(buf_release) struct buf b = BUF(4000), wanted = BUF(4000);

		memcpy(raw + at, "<\"&>", 4);
		buf_adds(&b, "a");
		html_escape_to(&b, str_from(raw, sizeof raw));
		buf_adds(&wanted, "a");
		buf_add(&wanted, str_from(raw, at));
		buf_adds(&wanted, "&lt;&quot;&amp;&gt;");
		buf_add(&wanted, str_from(raw + at + 4, sizeof raw - at - 4));
		assert_str_eq(buf_str(&b), buf_str(&wanted));
		memcpy(raw + at, "xxxx", 4);
	}
}

static void escaping_near_the_ceiling_adds_what_fits(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF(8);

	(void)state;
	html_escape_to(&b, STR("abcd&efghij"));
	assert_false(buf_ok(&b));
	assert_str_eq(buf_str(&b), STR("abcdefgh"));
}

static void classes_of_characters_are_those_of_ascii(void **state)
{
	static const char hex[] = "0123456789abcdef", HEX[] = "0123456789ABCDEF";

	(void)state;
	for (int c = 1; c < 256; c++) {
		bool ascii = c < 128;
		const char *at = strchr(hex, c), *AT = strchr(HEX, c);
		int value = at ? (int)(at - hex) : AT ? (int)(AT - HEX) : -1;

		assert_int_equal(ascii_is_letter((char)c), ascii && isalpha(c));
		assert_int_equal(ascii_is_digit((char)c), ascii && isdigit(c));
		assert_int_equal(ascii_is_space((char)c), ascii && isspace(c) && c != '\v');
		assert_int_equal(ascii_hex((char)c), value);
	}
	assert_false(ascii_is_space('\0'));
}

int text_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cutting_gives_both_sides),
		cmocka_unit_test(two_ways_to_compare_agree),
		cmocka_unit_test(a_list_is_cut_into_its_items_and_no_empty_ones),
		cmocka_unit_test(numbers_refuse_what_overflows),
		cmocka_unit_test(a_buffer_stops_at_its_ceiling_and_remembers),
		cmocka_unit_test(formatted_text_grows_a_buffer_or_is_left_out),
		cmocka_unit_test(numbers_are_written_to_their_last_digit),
		cmocka_unit_test(an_arena_undoes_in_reverse),
		cmocka_unit_test(utf8_refuses_overlong_and_surrogates),
		cmocka_unit_test(a_byte_is_found_wherever_it_stands),
		cmocka_unit_test(every_sign_is_escaped_wherever_it_stands),
		cmocka_unit_test(escaping_near_the_ceiling_adds_what_fits),
		cmocka_unit_test(html_text_undoes_html_escape),
		cmocka_unit_test(the_beginning_of_a_text_is_long_enough),
		cmocka_unit_test(every_change_of_a_text_has_another_quick_digest),
		cmocka_unit_test(a_byte_is_the_same_in_json_wherever_it_stands),
		cmocka_unit_test(json_is_well_formed_and_safe_in_a_script),
		cmocka_unit_test(a_map_keeps_what_was_not_removed),
		cmocka_unit_test(every_mistake_in_a_configuration_is_told_with_its_line),
		cmocka_unit_test(sizes_and_times_have_units),
		cmocka_unit_test(a_failure_tells_place_then_reason),
		cmocka_unit_test(classes_of_characters_are_those_of_ascii),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
