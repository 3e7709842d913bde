/* marks_test.c - frames go round sentences and come off again. */
#include "base/test.h"
#include "lang/catalog.h"
#include "lang/lang_test.h"

static void a_framed_sentence_tells_its_message(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct marks *m = marks_new(a);
	struct catalog *c = catalog_marking(NULL, m);
	struct str rest = arena_printf(a, trn(c, "%d post", "%d posts", 3), 3);
	struct marks_piece p;

	(void)state;
	assert_string_equal(marks_at(m, 0)->id_plural, "%d posts");
	assert_false(marks_at(m, 0)->translated);
	assert_true(marks_next(&rest, &p));
	assert_int_equal(p.kind, MARKS_BEGIN);
	assert_int_equal(p.number, 0);
	assert_true(marks_next(&rest, &p));
	assert_str_eq(p.text, STR("3 posts"));
	assert_true(marks_next(&rest, &p));
	assert_int_equal(p.kind, MARKS_END);
	assert_false(marks_next(&rest, &p));
	catalog_unref(c);
}

static void a_message_has_one_number_however_often_it_is_said(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct marks *m = marks_new(a);
	struct catalog *c = catalog_marking(NULL, m);
	struct str found;

	(void)state;
	(void)tr(c, "Search");
	(void)trc(c, "link", "Search");
	(void)tr(c, "Search");
	assert_true(catalog_find(c, STR("link"), STR("Search"), &found));
	assert_int_equal(marks_count(m), 2);
	assert_string_equal(marks_at(m, 1)->context, "link");
	assert_str_eq(marks_strip(a, found), STR("Search"));
	catalog_unref(c);
}

static void a_broken_frame_is_left_out(void **state)
{
	static const char *const broken[] = {
		"a\xee\x80\x80" "b", "a\xee\x80\x80" "12" "b", "a\xee\x80\x81" "b",
		"ab\xee\x80\x82",
		"\xee\x80\x80" "99999999\xee\x80\x81" "ab",
	};
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(broken); i++)
		assert_false(marks_are_in(marks_strip(a, str_of(broken[i]))));
	assert_str_eq(marks_strip(a, STR("caf\xc3\xa9 \xee\x81\x80")),
		      STR("caf\xc3\xa9 \xee\x81\x80"));
}

int marks_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_framed_sentence_tells_its_message),
		cmocka_unit_test(a_message_has_one_number_however_often_it_is_said),
		cmocka_unit_test(a_broken_frame_is_left_out),
	};

	return cmocka_run_group_tests_name("marks", tests, NULL, NULL);
}
