/* url_test.c - coding of URLs, queries and media types by name. */
#include "base/test.h"
#include "http/http_test.h"
#include "http/mime.h"
#include "http/query.h"
#include "http/url.h"

static int setup(void **state)
{
	*state = arena_new(0);
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void queries_are_read_as_browsers_write_them(void **state)
{
	struct arena *a = *state;
	struct str q = STR("a=1&&b=x+y%26z&c&a=2&d=%&e=%C3%A9&f=%ff&=g&h=a=b");
	struct str rest;
	struct query_pair pair;
	size_t count = 0;

	assert_str_eq(query_get(a, q, STR("a")), STR("1"));
	assert_str_eq(query_get(a, q, STR("b")), STR("x y&z"));
	assert_str_eq(query_get(a, q, STR("c")), STR(""));
	assert_non_null(query_get(a, q, STR("c")).p);
	assert_str_eq(query_get(a, q, STR("d")), STR("%"));
	assert_str_eq(query_get(a, q, STR("e")), STR("\xc3\xa9"));
	assert_str_eq(query_get(a, q, STR("f")), STR("\xef\xbf\xbd"));
	assert_str_eq(query_get(a, q, STR("h")), STR("a=b"));
	assert_null(query_get(a, q, STR("z")).p);
	for (rest = q; query_next(a, &rest, &pair); count++)
		if (count == 3)
			assert_str_eq(pair.value, STR("2"));
	assert_int_equal(count, 9);
	rest = STR_NONE;
	assert_false(query_next(a, &rest, &pair));
}

static void coding_and_decoding_agree(void **state)
{
	struct buf b = BUF(1000);

	url_encode(&b, STR("a b/c?\xc3\xa9~"));
	assert_str_eq(buf_str(&b), STR("a%20b%2Fc%3F%C3%A9~"));
	assert_str_eq(url_decode(*state, buf_str(&b), false), STR("a b/c?\xc3\xa9~"));
	buf_clear(&b);
	url_encode_path(&b, STR("/a b/c?d"));
	assert_str_eq(buf_str(&b), STR("/a%20b/c%3Fd"));
	assert_str_eq(url_decode(*state, STR("a+b%2"), true), STR("a b%2"));
	buf_release(&b);
}

static void a_path_holds_no_control(void **state)
{
	struct str ret;
	bool folded;

	assert_false(url_path(*state, STR("/a\0b"), &ret, &folded));
	assert_false(url_path(*state, STR("/sixteen-bytes-\x1f"), &ret, &folded));
	assert_false(url_path(*state, STR("/\x7f"), &ret, &folded));
	assert_true(url_path(*state, STR("/a b"), &ret, &folded));
}

static void a_file_name_has_a_type(void **state)
{
	(void)state;
	assert_str_eq(mime_of(STR("a/b.JPG"))->type, STR("image/jpeg"));
	assert_str_eq(mime_of(STR("x.tar.gz"))->type, STR("application/gzip"));
	assert_str_eq(mime_of(STR("README"))->type, STR("application/octet-stream"));
	assert_false(mime_of(STR("x.svg"))->shown);
}

/* What is looked at closely, and what is not, has one meaning: a capital in front, an encoded
 * letter in front, are read by the byte. */
static void what_is_read_at_once_is_read_as_by_the_byte(void **state)
{
	static const char odd[] = ".-_:/aA0 %~\x7f\xc3[";
	struct arena *a = *state;
	struct str host, slow_host, path, slow_path;
	bool folded, slow_folded;
	uint16_t port, slow_port;
	char text[100];

	for (size_t n = 1; n < 90; n++) {
		for (size_t i = 0; i < n * (sizeof odd - 1); i++) {
			memset(text, 'b', sizeof text);
			text[i % n] = odd[i / n];
			if (n > 20)
				text[n - 1 - i % 7] = odd[i % (sizeof odd - 1)];
			struct str h = arena_printf(a, "a%.*s", (int)n, text);
			struct str slow = arena_printf(a, "A%.*s", (int)n, text);
			struct str p = arena_printf(a, "/a%.*s", (int)n, text);
			struct str slow_p = arena_printf(a, "/%%61%.*s", (int)n, text);
			bool ok = url_host(a, h, &host, &port);
			bool ok_path = url_path(a, p, &path, &folded);

			assert_int_equal(ok, url_host(a, slow, &slow_host, &slow_port));
			assert_int_equal(ok_path, url_path(a, slow_p, &slow_path, &slow_folded));
			if (ok) {
				assert_str_eq(host, slow_host);
				assert_int_equal(port, slow_port);
			}
			if (ok_path) {
				assert_str_eq(path, slow_path);
				assert_int_equal(folded, slow_folded);
			}
		}
		arena_reset(a);
	}
}

int url_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queries_are_read_as_browsers_write_them),
		cmocka_unit_test(coding_and_decoding_agree),
		cmocka_unit_test(a_path_holds_no_control),
		cmocka_unit_test(a_file_name_has_a_type),
		cmocka_unit_test(what_is_read_at_once_is_read_as_by_the_byte),
	};

	return cmocka_run_group_tests_name("http/url", tests, setup, teardown);
}
