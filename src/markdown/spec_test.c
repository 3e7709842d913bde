/* spec_test.c - the published examples of CommonMark, where they are at hand.
 *
 * HAMEAU_SPECS names the folder of suites; else ../shared/specs beside the source
 * is tried. Without them the tests say so and are skipped.
 */
#include "markdown/markdown_test.h"
#include <jansson.h>
#include <stdlib.h>
#include "base/file.h"

static json_t *load(void **state, const char *name)
{
	const char *specs = getenv("HAMEAU_SPECS"), *top = getenv("top_srcdir");
	struct str path = specs ? arena_printf(*state, "%s/commonmark/%s", specs, name)
			  : arena_printf(*state, "%s/../shared/specs/commonmark/%s",
					 top ? top : ".", name);

	if (!file_exists(path.p)) {
		print_message("# skipped: no %s (set HAMEAU_SPECS)\n", path.p);
		skip();
	}
	return json_load_file(path.p, 0, NULL);
}

/* Every example, raw; `wanted` counts those that must be there. */
static void pass_all(void **state, const char *name, size_t wanted)
{
	json_t *suite = load(state, name), *example;
	struct markdown_options raw = { .raw = true };
	size_t i, passed = 0;

	json_array_foreach(suite, i, example) {
		const char *source = json_string_value(json_object_get(example, "markdown"));
		const char *html = json_string_value(json_object_get(example, "html"));

		assert_str_eq(md_test_html(state, source, &raw), str_of(html));
		passed++;
	}
	json_decref(suite);
	assert_int_equal(passed, wanted);
}

static void all_examples_of_commonmark_pass_raw(void **state)
{
	pass_all(state, "spec-0.30.json", 652);
}

/* A post may look different, but nothing published may fail, or break the page. */
static void render_all(void **state, const char *name)
{
	json_t *suite = load(state, name), *example;
	struct markdown_options post = { .lang = STR("fr") };
	size_t i;

	json_array_foreach(suite, i, example)
		md_test_html(state, json_string_value(json_object_get(example, "markdown")), &post);
	json_decref(suite);
}

static void all_examples_render_as_posts(void **state)
{
	render_all(state, "spec-0.30.json");
	render_all(state, "cmark-regression.json");
}

int spec_tests(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, md_test_arena_make, md_test_arena_free)
	const struct CMUnitTest tests[] = {
		TEST(all_examples_of_commonmark_pass_raw),
		TEST(all_examples_render_as_posts),
	};

	return cmocka_run_group_tests_name("markdown spec", tests, NULL, NULL);
}
