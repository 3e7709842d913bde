/* heads_test.c - a head that came before is read as if it had not, and nothing else is. */
#include "base/buf.h"
#include "base/limits.h"
#include "base/test.h"
#include "base/wide.h"
#include "http/http_test.h"
#include "http/parser.h"

#define ABOUT "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101\r\n" \
	      "Accept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\n"

struct desk {
	struct arena *a;
	struct heads *heads;
	struct heads *narrow;		/* of who reads as any processor can */
};

static int setup(void **state)
{
	static struct desk d;

	d = (struct desk){ arena_new(0), heads_new(), heads_new() };
	*state = &d;
	return 0;
}

static int teardown(void **state)
{
	struct desk *d = *state;

	arena_free(d->a);
	heads_free(d->heads);
	heads_free(d->narrow);
	return 0;
}

static int read_head(struct arena *a, struct heads *heads, struct str head, struct request *rq,
		     size_t *used)
{
	enum parser_result r;
	struct parser p;

	parser_init(&p);
	p.heads = heads;
	request_init(rq, a);
	r = parser_head(&p, head, rq);
	*used = r == PARSER_DONE ? p.used : 0;
	return r == PARSER_DONE ? 200 : r == PARSER_BAD ? p.status : 0;
}

static void assert_same(const struct request *a, const struct request *b)
{
	assert_str_eq(a->path, b->path);
	assert_str_eq(a->host, b->host);
	assert_int_equal(a->keep_alive, b->keep_alive);
	assert_int_equal(a->length, b->length);
	assert_int_equal(a->chunked, b->chunked);
	assert_int_equal(a->wants_continue, b->wants_continue);
	assert_int_equal(a->names, b->names);
	assert_int_equal(a->shared, b->shared);
	assert_int_equal(a->n_fields, b->n_fields);
	for (size_t i = 0; i < a->n_fields; i++) {
		assert_ptr_equal(a->fields[i].name.p, b->fields[i].name.p);
		assert_str_eq(a->fields[i].name, b->fields[i].name);
		assert_str_eq(a->fields[i].value, b->fields[i].value);
		assert_str_eq(request_field(a, a->fields[i].name),
			      request_field(b, a->fields[i].name));
	}
}

/* Reads it without what was kept, and then with it; as any processor does, too. */
static int verdict(struct desk *d, struct str head)
{
	bool wide = wide_is_used;
	struct request rq, known;
	size_t used, used_known;
	int status = read_head(d->a, NULL, head, &rq, &used);
	struct heads *const heads[] = { d->heads, NULL, d->narrow };

	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		wide_is_used = wide && heads[i] == d->heads;
		assert_int_equal(read_head(d->a, heads[i], head, &known, &used_known), status);
		assert_int_equal(used, used_known);
		if (status == 200)
			assert_same(&rq, &known);
	}
	wide_is_used = wide;
	return status;
}

static bool is_known(struct desk *d, struct str lines)
{
	return heads_may_have(lines) && heads_find(d->heads, lines).is_whole;
}

static struct str head_of(struct desk *d, const char *target, const char *lines)
{
	return arena_printf(d->a, "GET %s HTTP/1.1\r\nHost: a.example\r\n%s", target, lines);
}

static void what_comes_twice_is_known_and_means_the_same(void **state)
{
	static const char *const lines[] = {
		ABOUT "\r\n", ABOUT "Connection: close\r\n\r\n",
		ABOUT "Connection: keep-alive\r\nX:\r\nx: \t two\r\n\r\n",
		ABOUT "If-None-Match: \"x\"\r\nIf-None-Match: \"y\"\r\n\r\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		struct desk *d = *state;

		heads_free(d->heads);		/* no two of them share a place */
		d->heads = heads_new();
		assert_int_equal(verdict(*state, head_of(*state, "/a", lines[i])), 200);
		assert_false(is_known(*state, str_of(lines[i])));
		assert_int_equal(verdict(*state, head_of(*state, "/b", lines[i])), 200);
		assert_true(is_known(*state, str_of(lines[i])));
		assert_int_equal(verdict(*state, head_of(*state, "/long/er", lines[i])), 200);
		assert_int_equal(verdict(*state, head_of(*state, "/%zz?q", lines[i])), 200);
		assert_int_equal(verdict(*state, head_of(*state, "a", lines[i])), 400);
		/* More behind it: the next request. */
		assert_int_equal(verdict(*state, arena_printf(((struct desk *)*state)->a, "%.*sG",
					 STR_ARG(head_of(*state, "/", lines[i])))), 200);
	}
}

static void one_other_byte_is_another_head(void **state)
{
	struct desk *d = *state;
	struct str head = head_of(d, "/", ABOUT "\r\n");
	struct arena *kept = d->a;

	for (int i = 0; i < 3; i++)
		verdict(d, head);
	assert_true(is_known(d, STR(ABOUT "\r\n")));
	d->a = arena_new(0);
	for (size_t i = 0; i < head.n * 8; i++) {
		char *copy = arena_cstr(d->a, head);

		copy[i / 8] ^= (char)(1 << i % 8);
		verdict(d, str_from(copy, head.n));
		verdict(d, str_from(copy, i / 8));
		arena_reset(d->a);
	}
	arena_free(d->a);
	d->a = kept;
}

static void bodies_and_persons_are_not_kept(void **state)
{
	static const char *const lines[] = {
		ABOUT "Content-Length: 3\r\n\r\n", ABOUT "Transfer-Encoding: chunked\r\n\r\n",
		ABOUT "Expect: 100-continue\r\n\r\n", ABOUT "Cookie: a=b\r\n\r\n",
		ABOUT "authorization: Basic eA==\r\n\r\n", ABOUT "Proxy-Authorization: x\r\n\r\n",
		ABOUT "Host: b.example\r\n\r\n", ABOUT " folded\r\n\r\n", ABOUT "X : y\r\n\r\n",
		"Accept: */*\r\n\r\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		for (int k = 0; k < 4; k++)
			verdict(*state, head_of(*state, "/", lines[i]));
		assert_false(is_known(*state, str_of(lines[i])));
	}
}

/* How many lines are known; what is read is the same. */
static size_t known_lines(struct desk *d, const char *lines)
{
	assert_int_equal(verdict(d, head_of(d, "/", lines)), 200);
	return heads_find(d->heads, str_of(lines)).n;
}

static void what_begins_alike_is_known_so_far(void **state)
{
	static const struct { int status; const char *lines; } others[] = {
		{ 0, ABOUT "Connection: close\r\nX: 1\r\n" },
		{ 400, ABOUT "Connection: close\r\nHost: b\r\n\r\n" },
		{ 400, ABOUT "Connection: close\r\nX: 1\n\r\n" },
		{ 400, ABOUT "Connection: close\r\n X: 1\r\n\r\n" },
		{ 200, ABOUT "Connection: close\r\nContent-Length: 5\r\n\r\n" },
	};
	struct desk *d = *state;

	for (int i = 0; i < 3; i++)
		verdict(d, head_of(d, "/", ABOUT "Connection: close\r\nX: 1\r\n\r\n"));
	assert_int_equal(known_lines(d, ABOUT "Connection: close\r\nX: 2\r\n\r\n"), 4);
	assert_int_equal(known_lines(d, ABOUT "Connection: close\r\n\r\n"), 4);
	assert_int_equal(known_lines(d, ABOUT "Connection: closed\r\nX: 1\r\n\r\n"), 3);
	assert_int_equal(known_lines(d, ABOUT "X: 1\r\nConnection: keep-alive\r\n\r\n"), 3);
	assert_int_equal(known_lines(d, ABOUT "Connection: close\r\nX: 1\r\nAccept: a\r\n"
				     "accept: b\r\n\r\n"), 5);
	assert_int_equal(known_lines(d, ABOUT "Connection: close\r\n"
				     "Connection: keep-alive\r\n\r\n"), 4);
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_int_equal(verdict(d, head_of(d, "/", others[i].lines)), others[i].status);
}

static void what_stands_before_a_persons_line_is_kept(void **state)
{
	struct desk *d = *state;

	for (int i = 0; i < 3; i++)
		verdict(d, head_of(d, "/", ABOUT "cookie: secret=1\r\nX: 1\r\n\r\n"));
	assert_int_equal(known_lines(d, ABOUT "cookie: secret=1\r\nX: 1\r\n\r\n"), 3);
	assert_int_equal(known_lines(d, ABOUT "Cookie: other\r\n\r\n"), 3);
	assert_int_equal(known_lines(d, ABOUT "\r\n"), 3);
	assert_int_equal(verdict(d, head_of(d, "/", ABOUT)), 0);
}

static void the_limit_of_a_head_holds(void **state)
{
	struct desk *d = *state;
	struct buf b = BUF(3 * LIMIT_HEAD);
	struct str lines = STR(ABOUT "\r\n");

	for (int i = 0; i < 3; i++)
		verdict(d, head_of(d, "/", lines.p));
	assert_true(is_known(d, lines));
	buf_adds(&b, "GET / HTTP/1.1\r\nHost: a.example");
	while (b.n + 2 + lines.n < LIMIT_HEAD)
		buf_addc(&b, ' ');
	buf_adds(&b, "\r\n");
	buf_add(&b, lines);
	assert_int_equal(b.n, LIMIT_HEAD);
	assert_int_equal(verdict(d, buf_str(&b)), 200);
	buf_clear(&b);
	buf_adds(&b, "GET / HTTP/1.1\r\nHost: a.example");
	while (b.n + 2 + lines.n < LIMIT_HEAD + 1)
		buf_addc(&b, ' ');
	buf_adds(&b, "\r\n");
	buf_add(&b, lines);
	assert_int_equal(verdict(d, buf_str(&b)), 431);
	buf_release(&b);
}

static void what_is_asked_for_keeps_its_place(void **state)
{
	struct desk *d = *state;
	struct str lines = STR(ABOUT "\r\n");

	for (int i = 0; i < 3; i++)
		verdict(d, head_of(d, "/", lines.p));
	for (int i = 0; i < 3000; i++) {
		struct str other = arena_printf(d->a, ABOUT "X-Number: %d\r\n\r\n", i);

		verdict(d, head_of(d, "/", other.p));	/* once: gets no place */
		assert_false(is_known(d, other));
		assert_true(is_known(d, lines));
	}
}

/* The same browser's lines, behind one that is another reader's each time. */
static void nobodys_first_line_gets_the_place(void **state)
{
	struct desk *d = *state;
	struct str lines = STR("First: 000\r\n" ABOUT "\r\n");

	for (int i = 0; i < 3; i++)
		verdict(d, head_of(d, "/", lines.p));
	for (int i = 1; i < 100; i++) {
		struct str other = arena_printf(d->a, "First: %03d\r\n" ABOUT "\r\n", i);

		verdict(d, head_of(d, "/", other.p));
		assert_false(is_known(d, other));
	}
	assert_true(is_known(d, lines));
}

static void what_a_proxy_says_first_hides_nothing(void **state)
{
	static const struct { int status; const char *lines; } heads[] = {
		{ 200, "X-Forwarded-For: 192.0.2.7\r\n" ABOUT "\r\n" },
		{ 200, "x-real-ip: ::1\r\nX-Forwarded-Proto:https\r\nX-Id:\r\n" ABOUT "\r\n" },
		{ 200, "X-1: 1\r\nX-2: 2\r\nX-3: 3\r\nX-4: 4\r\nX-5: 5\r\n" ABOUT "\r\n" },
		{ 200, "X-1: 1\r\nX-1: 2\r\nX-1: 3\r\n" ABOUT "User-Agent: b\r\n\r\n" },
		{ 200, "X-1: 1\r\n\r\n" },
		{ 200, "X-1: 1\r\nContent-Length: 0\r\n" ABOUT "\r\n" },
		{ 400, "X-1: 1\r\nHost: b\r\n" ABOUT "\r\n" },
		{ 400, "X-1 1\r\n" ABOUT "\r\n" },
		{ 400, "X-1: 1\r\nX-\r\n" ABOUT "\r\n" },
		{ 400, "X-1: 1\r\nX-2: \001\r\n" ABOUT "\r\n" },
		{ 400, "X\r: 1\r\n" ABOUT "\r\n" },
		{ 0, "X-1: 1\r\nX-2: 2\r\n" },
		{ 0, "X-1: 1\r\nX-2: 2\r" },
		{ 0, "X-" },
	};
	struct desk *d = *state;

	for (int i = 0; i < 3; i++)
		verdict(d, head_of(d, "/", arena_printf(d->a, "X-Forwarded-For: 192.0.2.%d\r\n"
							ABOUT "\r\n", i).p));
	assert_true(is_known(d, STR(ABOUT "\r\n")));
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		assert_int_equal(verdict(d, head_of(d, "/", heads[i].lines)), heads[i].status);
}

int heads_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_comes_twice_is_known_and_means_the_same, setup,
						teardown),
		cmocka_unit_test_setup_teardown(one_other_byte_is_another_head, setup, teardown),
		cmocka_unit_test_setup_teardown(bodies_and_persons_are_not_kept, setup, teardown),
		cmocka_unit_test_setup_teardown(what_begins_alike_is_known_so_far, setup, teardown),
		cmocka_unit_test_setup_teardown(what_stands_before_a_persons_line_is_kept, setup,
						teardown),
		cmocka_unit_test_setup_teardown(the_limit_of_a_head_holds, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_asked_for_keeps_its_place, setup, teardown),
		cmocka_unit_test_setup_teardown(nobodys_first_line_gets_the_place, setup, teardown),
		cmocka_unit_test_setup_teardown(what_a_proxy_says_first_hides_nothing, setup,
						teardown),
	};

	return cmocka_run_group_tests_name("http/heads", tests, NULL, NULL);
}
