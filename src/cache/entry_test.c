/* entry_test.c - an entry holds whole answers, and says by itself when it is stale. */
#include "cache/cache_test.h"

#include "base/limits.h"
#include "base/mem.h"
#include "gz/gz.h"

#define WORDS "rain and snow and rain and snow and rain and snow and "
#define LONG_TEXT STR(WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS)

static bool has(struct str head, struct str line)
{
	return str_find(head, line) >= 0;
}

static void a_page_has_both_forms_and_their_heads(void **state)
{
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(buf_release) struct buf back = BUF(MIB);
	struct fail f = FAIL_INIT;

	assert_true(e->gzip.n > 0 && e->gzip.n < e->plain.n);
	assert_ok(gz_read(e->gzip, &back, &f), &f);
	assert_str_eq(buf_str(&back), e->plain);
	assert_true(has(e->head_plain, STR("Content-Length: 432\r\n")));
	assert_true(has(e->head_plain, STR("Vary: Accept-Encoding\r\n")));
	assert_true(has(e->head_plain, STR("X-Content-Type-Options: nosniff\r\n")));
	assert_true(has(e->head_plain, e->etag));
	assert_false(has(e->head_plain, STR("Content-Encoding")));
	assert_true(has(e->head_gzip, STR("Content-Encoding: gzip\r\n")));
	assert_true(has(e->head_gzip, e->etag_gzip));
	assert_true(str_ends(e->head_gzip, STR("\r\n\r\n")));
	assert_false(str_eq(e->etag, e->etag_gzip));
}

static void a_304_head_says_only_what_it_must(void **state)
{
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);

	assert_true(has(e->head_gzip_304, e->etag_gzip));
	assert_true(has(e->head_plain_304, e->etag));
	assert_true(has(e->head_plain_304, STR("Cache-Control: no-cache\r\n")));
	assert_true(has(e->head_plain_304, STR("Vary: Accept-Encoding\r\n")));
	assert_false(has(e->head_plain_304, STR("Content-")));
	assert_false(has(e->head_plain_304, STR("nosniff")));
}

static void a_tiny_page_has_one_form(void **state)
{
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, STR("hi"));

	assert_int_equal(e->gzip.n, 0);
	assert_int_equal(e->head_gzip.n, 0);
	assert_int_equal(e->head_gzip_304.n, 0);
	assert_false(has(e->head_plain, STR("Vary")));
}

static void the_largest_page_is_packed(void **state)
{
	char *zeros = mem_alloc(LIMIT_PAGE);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, str_from(zeros, LIMIT_PAGE));

	assert_true(e->gzip.n > 0);
	mem_free(zeros);
}

static void equal_bytes_have_equal_etags(void **state)
{
	CLEANUP(entry_dropp) struct entry *a = cache_test_page(*state, STR("one"));
	CLEANUP(entry_dropp) struct entry *b = cache_test_page(*state, STR("one"));
	CLEANUP(entry_dropp) struct entry *c = cache_test_page(*state, STR("two"));

	assert_str_eq(a->etag, b->etag);
	assert_false(str_eq(a->etag, c->etag));
}

static struct entry *packed_as(struct str gzip)
{
	return entry_make(&(struct entry_parts){ .status = 200, .body = LONG_TEXT, .gzip = gzip });
}

static void what_another_library_packed_has_another_tag(void **state)
{
	CLEANUP(buf_release) struct buf other = BUF(MIB);
	bool packed = gz_whole(LONG_TEXT, 9, STR_NONE, &other);
	CLEANUP(entry_dropp) struct entry *a = cache_test_page(*state, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *b = packed_as(a->gzip);
	CLEANUP(entry_dropp) struct entry *c = packed_as(buf_str(&other));

	assert_true(packed && !str_eq(a->gzip, c->gzip));
	assert_str_eq(a->etag, b->etag);
	assert_str_eq(a->etag, c->etag);
	assert_str_eq(a->etag_gzip, b->etag_gzip);
	assert_false(str_eq(a->etag_gzip, c->etag_gzip));
}

static void a_page_not_found_has_no_validators(void **state)
{
	struct entry_parts parts = {
		.status = 404, .last_modified = 1, .type = STR("text/html"), .body = LONG_TEXT,
		.compress = true,
	};
	CLEANUP(entry_dropp) struct entry *e = entry_make(&parts);

	(void)state;
	assert_false(has(e->head_plain, STR("ETag")));
	assert_false(has(e->head_plain, STR("Last-Modified")));
	assert_int_equal(e->head_plain_304.n, 0);
	assert_true(e->head_gzip.n > 0);
}

static void an_entry_is_fresh_until_a_counter_is_raised(void **state)
{
	struct place *p = *state;
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(p, STR("one"));

	assert_true(entry_is_fresh(e, p->gens));
	cache_test_raise(p);
	assert_false(entry_is_fresh(e, p->gens));
}

#define SOME_DIGEST "0123456789abcdef0123456789abcdef"

static void one_form_has_its_heads_and_nothing_of_the_other(void **state)
{
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *gzip = entry_of_form(e, true);
	CLEANUP(entry_dropp) struct entry *plain = entry_of_form(e, false);
	CLEANUP(entry_dropp) struct entry *again = entry_of_form(gzip, true);

	assert_true(entry_has(e, true) && entry_has(e, false));
	assert_true(entry_has(gzip, true) && !entry_has(gzip, false));
	assert_true(entry_has(plain, false) && !entry_has(plain, true));
	assert_true(gzip->size < e->size && plain->size < e->size);
	assert_str_eq(gzip->head_gzip, e->head_gzip);
	assert_str_eq(gzip->head_gzip_304, e->head_gzip_304);
	assert_str_eq(gzip->gzip, e->gzip);
	assert_int_equal(gzip->head_plain.n + gzip->head_plain_304.n + gzip->plain.n, 0);
	assert_str_eq(plain->head_plain, e->head_plain);
	assert_str_eq(plain->head_plain_304, e->head_plain_304);
	assert_str_eq(plain->plain, e->plain);
	assert_int_equal(plain->head_gzip.n + plain->head_gzip_304.n + plain->gzip.n, 0);
	assert_str_eq(gzip->type, e->type);
	assert_str_eq(gzip->head, e->head);
	assert_str_eq(entry_digest(gzip), entry_digest(e));
	assert_ptr_equal(again, gzip);
}

static void what_has_one_form_is_itself_for_every_reader(void **state)
{
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, STR("hi"));
	CLEANUP(entry_dropp) struct entry *gzip = entry_of_form(e, true);
	CLEANUP(entry_dropp) struct entry *plain = entry_of_form(e, false);

	assert_true(entry_has(e, true) && entry_has(e, false));
	assert_ptr_equal(gzip, e);
	assert_ptr_equal(plain, e);
	assert_str_eq(e->type, STR("text/html; charset=utf-8"));
}

static void what_is_packed_can_be_unpacked(void **state)
{
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	struct entry *gzip = entry_of_form(e, true);
	struct entry_parts parts = {
		.status = e->status, .site = e->site, .last_modified = e->last_modified,
		.type = e->type, .head = e->head, .deps = &e->deps, .gzip = STR("not gzip"),
		.digest = entry_digest(e), .plain_bytes = e->plain.n,
	};
	CLEANUP(entry_dropp) struct entry *both = entry_unpack(gzip);

	assert_non_null(both);
	assert_true(cache_test_same(both, e));
	assert_ptr_equal(entry_unpack(both), both);
	assert_null(entry_unpack(entry_make(&parts)));
	assert_null(entry_unpack(NULL));
}

static struct entry_note a_note(struct dep *deps)
{
	return (struct entry_note){
		.status = 200, .site = UINT64_MAX - 1, .last_modified = -5, .path = STR("/a/b"),
		.lang = STR("fr"), .type = STR("text/html"), .head = STR("A: b\r\n"),
		.has_gzip = true, .deps = { deps, 2, 2 }, .digest = STR(SOME_DIGEST),
		.plain_bytes = 77,
	};
}

static void a_note_is_read_as_it_was_written(void **state)
{
	struct dep deps[] = { { 1, 2 }, { 0xfffff, 0xffffffff } };
	struct entry_note n = a_note(deps), back;
	CLEANUP(buf_release) struct buf b = BUF(MIB);

	(void)state;
	assert_true(entry_note_write(&n, &b));
	assert_true(entry_note_read(buf_str(&b), &back));
	assert_int_equal(back.status, 200);
	assert_true(back.site == n.site && back.last_modified == -5);
	assert_true(back.has_gzip);
	assert_str_eq(back.path, n.path);
	assert_str_eq(back.lang, n.lang);
	assert_str_eq(back.type, n.type);
	assert_str_eq(back.head, n.head);
	assert_int_equal(back.deps.n, 2);
	assert_memory_equal(back.deps.p, deps, sizeof deps);
	assert_str_eq(back.digest, n.digest);
	assert_int_equal(back.plain_bytes, 77);
	deps_release(&back.deps);
}

static void a_changed_or_torn_note_is_refused(void **state)
{
	struct dep deps[] = { { 1, 2 }, { 3, 4 } };
	struct entry_note n = a_note(deps), back;
	CLEANUP(buf_release) struct buf b = BUF(MIB);

	(void)state;
	assert_true(entry_note_write(&n, &b));
	for (size_t i = 0; i < b.n; i++) {
		assert_false(entry_note_read(str_from(b.p, i), &back));
		b.p[i] ^= 0x10;
		assert_false(entry_note_read(buf_str(&b), &back));
		b.p[i] ^= 0x10;
	}
}

static void a_page_of_too_many_things_has_no_note(void **state)
{
	static struct dep many[9000];
	struct entry_note n = a_note(many);
	CLEANUP(buf_release) struct buf b = BUF(MIB);

	(void)state;
	n.deps.n = 9000;
	assert_false(entry_note_write(&n, &b));
	n.deps.n = 9;
	n.digest = STR("\r\nX: y");
	assert_false(entry_note_write(&n, &b));
}

int entry_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLACE(a_page_has_both_forms_and_their_heads),
		WITH_PLACE(a_304_head_says_only_what_it_must),
		WITH_PLACE(a_tiny_page_has_one_form),
		WITH_PLACE(the_largest_page_is_packed),
		WITH_PLACE(equal_bytes_have_equal_etags),
		WITH_PLACE(what_another_library_packed_has_another_tag),
		cmocka_unit_test(a_page_not_found_has_no_validators),
		WITH_PLACE(an_entry_is_fresh_until_a_counter_is_raised),
		WITH_PLACE(one_form_has_its_heads_and_nothing_of_the_other),
		WITH_PLACE(what_has_one_form_is_itself_for_every_reader),
		WITH_PLACE(what_is_packed_can_be_unpacked),
		cmocka_unit_test(a_note_is_read_as_it_was_written),
		cmocka_unit_test(a_changed_or_torn_note_is_refused),
		cmocka_unit_test(a_page_of_too_many_things_has_no_note),
	};

	return cmocka_run_group_tests_name("cache/entry", tests, NULL, NULL);
}
