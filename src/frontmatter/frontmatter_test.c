/* frontmatter_test.c - what a head may look like, and what is refused where. */
#include "base/buf.h"
#include "base/limits.h"
#include "base/test.h"
#include "frontmatter/frontmatter.h"
#include "frontmatter/parse.h"

static struct frontmatter parsed(struct arena *a, const char *text)
{
	struct frontmatter fm = { 0 };
	struct fail f = FAIL_INIT;

	assert_ok(frontmatter_parse(a, str_of(text), "a.md", &fm, &f), &f);
	return fm;
}

static struct fail refused(struct arena *a, const char *text)
{
	struct frontmatter fm;
	struct fail f = FAIL_INIT;

	assert_false(frontmatter_parse(a, str_of(text), "a.md", &fm, &f));
	return f;
}

static void assert_value(const struct frontmatter *fm, const char *key, size_t at,
			 const char *value)
{
	const struct frontmatter_pair *p = frontmatter_find(fm, str_of(key));

	assert_non_null(p);
	assert_true(p->n > at);
	assert_str_eq(p->values[at], str_of(value));
}

static void a_file_without_a_block_is_all_body(void **state)
{
	struct frontmatter fm = parsed(*state, "# Title\n\n---\n");

	assert_int_equal(fm.form, FRONTMATTER_NONE);
	assert_int_equal(fm.n, 0);
	assert_int_equal(fm.body_line, 1);
	assert_str_eq(fm.body, STR("# Title\n\n---\n"));
}

static void yaml_keys_lists_and_maps_become_flat_pairs(void **state)
{
	struct frontmatter fm = parsed(*state,
		"---\ntitle: \"L'été: ici\"\ntags: [a, b]\ncover:\n  image: x.jpg\n"
		"authors:\n  - name: Anna\n  - name: Ben\ndraft: false\nempty:\n---\nText\n");

	assert_int_equal(fm.form, FRONTMATTER_YAML);
	assert_value(&fm, "title", 0, "L'été: ici");
	assert_value(&fm, "tags", 1, "b");
	assert_value(&fm, "cover.image", 0, "x.jpg");
	assert_value(&fm, "authors.name", 0, "Ben");
	assert_value(&fm, "Draft", 0, "false");
	assert_int_equal(frontmatter_find(&fm, STR("empty"))->n, 0);
	assert_int_equal(frontmatter_find(&fm, STR("tags"))->line, 3);
	assert_int_equal(fm.body_line, 12);
	assert_str_eq(fm.body, STR("Text\n"));
}

static void an_empty_block_is_no_error(void **state)
{
	struct frontmatter fm = parsed(*state, "---\n---\nText");

	assert_int_equal(fm.n, 0);
	assert_str_eq(fm.body, STR("Text"));
}

static void windows_line_ends_and_a_byte_order_mark_are_fine(void **state)
{
	struct frontmatter fm = parsed(*state, "\xef\xbb\xbf---\r\ntitle: T\r\n---\r\nText\r\n");

	assert_value(&fm, "title", 0, "T");
	assert_str_eq(fm.body, STR("Text\r\n"));
}

static void a_map_in_a_list_leaves_the_list_whole(void **state)
{
	struct frontmatter fm = parsed(*state, "---\nx: [a, {k: v}, b]\n---\n");

	assert_value(&fm, "x", 1, "b");
	assert_value(&fm, "x.k", 0, "v");
}

static void toml_is_read_as_zola_and_hugo_write_it(void **state)
{
	struct frontmatter fm = parsed(*state,
		"+++\ntitle = \"A \\\"quoted\\\" \\u00e9\"\ndate = 2024-03-01T10:00:00Z\n"
		"draft = true # not yet\nweight = 3\n"
		"[taxonomies]\ntags = [\n  \"a\", # one\n  'b',\n]\n"
		"[extra]\nlong = \"\"\"\nTwo\nlines\"\"\"\ninline = { x = 1, y = \"z\" }\n"
		"[[menu.main]]\nname = \"Home\"\n+++\nBody\n");

	assert_int_equal(fm.form, FRONTMATTER_TOML);
	assert_value(&fm, "title", 0, "A \"quoted\" é");
	assert_value(&fm, "date", 0, "2024-03-01T10:00:00Z");
	assert_value(&fm, "draft", 0, "true");
	assert_value(&fm, "taxonomies.tags", 0, "a");
	assert_value(&fm, "taxonomies.tags", 1, "b");
	assert_value(&fm, "extra.long", 0, "Two\nlines");
	assert_value(&fm, "extra.inline.y", 0, "z");
	assert_value(&fm, "menu.main.name", 0, "Home");
	assert_int_equal(frontmatter_find(&fm, STR("extra.long"))->line, 12);
	assert_str_eq(fm.body, STR("Body\n"));
}

static void errors_name_the_file_and_the_line(void **state)
{
	struct fail f = refused(*state, "---\ntitle: x\nbad: [a\nnext: y\n---\n");

	assert_true(str_starts(str_of(f.text), STR("a.md:4: ")) ||
		    str_starts(str_of(f.text), STR("a.md:3: ")));
	f = refused(*state, "+++\ntitle = x y\n+++\n");
	assert_true(str_starts(str_of(f.text), STR("a.md:2: ")));
	f = refused(*state, "+++\na = 1\nb = \"x\n+++\n");
	assert_true(str_starts(str_of(f.text), STR("a.md:3: ")));
	f = refused(*state, "---\ntitle: x\n");
	assert_true(str_starts(str_of(f.text), STR("a.md:1: ")));
}

/* Where it began, in our words: nothing of what libyaml says. */
static void what_is_wrong_with_yaml_is_told_with_its_line_and_what_to_do(void **state)
{
	static const struct { const char *block, *told; } cases[] = {
		{ "title: Rain: a story", "a.md:2: a colon stands where no key ends" },
		{ "a: b\n c: d", "a.md:3: a colon stands where no key ends" },
		{ "title: \"Rain\nlang: fr", "a.md:2: a string of the front matter has no clo" },
		{ "title: 'Rain\n", "a.md:2: a string of the front matter has no clo" },
		{ "title: 'a'b'", "a.md:2: this line neither goes on nor ends" },
		{ "a:\n  b: c\n d: e", "a.md:4: this line neither goes on nor ends" },
		{ "title: @anna", "a.md:2: a value cannot begin with @;" },
		{ "title: \xc3\xa9\nlang: `fr", "a.md:3: a value cannot begin with `;" },
		{ "title: *", "a.md:2: a value cannot begin with *;" },
		{ "title: &", "a.md:2: a value cannot begin with &;" },
		{ "title: !x!y z", "a.md:2: a value cannot begin with !;" },
		{ "title: ]", "a.md:2: a value cannot begin with ];" },
		{ "tags:\n\t- a", "a.md:3: lines are indented with spaces, not with tabs" },
		{ "a: |\n\tb", "a.md:3: lines are indented with spaces, not with tabs" },
		{ "tags: [a, b\nlang: fr", "a.md:3: a list of the front matter lacks a comma" },
		{ "cover: {a: b\nlang: fr", "a.md:3: a table of the front matter lacks" },
		{ "tags: - a", "a.md:2: a list with hyphens begins on a line of its own" },
		{ "title: \"\\q\"", "a.md:2: the front matter has an unknown escape" },
		{ "title: \"\\xzz\"", "a.md:2: the front matter has an unknown escape" },
		{ "a: b\nc d\ne: f", "a.md:3: a key has no colon behind it" },
		{ "a: |xy", "a.md:2: the front matter is not valid YAML near column 5" },
		{ "a: b\nc: \x01", "the front matter is not valid YAML near column" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str text = arena_printf(*state, "---\n%s\n---\n", cases[i].block);
		struct fail f = refused(*state, text.p);

		if (!strstr(f.text, cases[i].told))
			fail_msg("%s: %s", cases[i].block, f.text);
	}
}

static void aliases_depth_and_too_many_values_are_refused(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF(1 * MIB);
	int i;

	refused(*state, "---\na: &x [1]\nb: *x\n---\n");
	refused(*state, "---\na: {b: {c: {d: {e: {f: {g: {h: {i: 1}}}}}}}}\n---\n");
	refused(*state, "+++\na = [[[[[[[[[[1]]]]]]]]]]\n+++\n");
	buf_adds(&b, "---\na: ");
	for (i = 0; i < 200; i++)
		buf_addc(&b, '[');
	buf_adds(&b, "\n---\n");
	refused(*state, b.p);
	buf_clear(&b);
	buf_adds(&b, "---\na: [");
	for (i = 0; i < 5000; i++)
		buf_adds(&b, "x,");
	buf_adds(&b, "]\n---\n");
	assert_int_equal(refused(*state, b.p).code, FAIL_TOO_LARGE);
}

static void text_that_is_not_utf8_is_refused(void **state)
{
	refused(*state, "---\ntitle: \xe9t\xe9\n---\n");
}

static int arena_setup(void **state)
{
	*state = arena_new(0);
	return 0;
}

static int arena_teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void a_json_object_is_a_head_too(void **state)
{
	const struct str text =
		STR("{\n \"title\": \"A {b}\",\n \"tags\": [\"x\", \"y\"]\n}\n\nBody");
	struct frontmatter fm;
	struct fail f = FAIL_INIT;

	assert_ok(frontmatter_parse(*state, text, "a.md", &fm, &f), &f);
	assert_int_equal(fm.form, FRONTMATTER_JSON);
	assert_str_eq(frontmatter_find(&fm, STR("title"))->values[0], STR("A {b}"));
	assert_int_equal(frontmatter_find(&fm, STR("tags"))->n, 2);
	assert_int_equal(frontmatter_find(&fm, STR("tags"))->line, 3);
	assert_int_equal(fm.body_line, 5);
	assert_false(frontmatter_parse(*state, STR("{ \"a\": \"b"), "a.md", &fm, &f));
	assert_ok(frontmatter_parse(*state, STR("{{< figure >}}\n"), "a.md", &fm, &f), &f);
	assert_int_equal(fm.form, FRONTMATTER_NONE);
}

static void hexo_may_leave_out_the_first_fence(void **state)
{
	const struct str text = STR("title: A\ntags:\n- x\n---\nBody\n");
	struct frontmatter fm;
	struct fail f = FAIL_INIT;

	assert_ok(frontmatter_parse_open(*state, text, "a.md", &fm, &f), &f);
	assert_str_eq(frontmatter_find(&fm, STR("title"))->values[0], STR("A"));
	assert_int_equal(frontmatter_find(&fm, STR("tags"))->line, 3);
	assert_int_equal(fm.body_line, 5);
	assert_ok(frontmatter_parse(*state, text, "a.md", &fm, &f), &f);
	assert_int_equal(fm.form, FRONTMATTER_NONE);
	assert_ok(frontmatter_parse_open(*state, STR("Note: a heading\n---\n"), "a.md", &fm, &f),
		  &f);
	assert_int_equal(fm.form, FRONTMATTER_NONE);
	assert_ok(frontmatter_parse_open(*state, STR("a: b\nc: d\nno end\n"), "a.md", &fm, &f), &f);
	assert_int_equal(fm.form, FRONTMATTER_NONE);
}

/* What parse_lines() accepts, libyaml reads in the same way; says whether it did. */
static bool lines_agree(struct arena *a, struct str block)
{
	struct fail f = FAIL_INIT;
	struct pairs x, y;

	pairs_init(&x, a, "a.md", 2);
	pairs_init(&y, a, "a.md", 2);
	if (!parse_lines(&x, block)) {
		assert_int_equal(x.n + x.values + x.path_n, 0);
		return false;
	}
	assert_ok(parse_yaml(&y, block, &f), &f);
	assert_int_equal(x.n, y.n);
	assert_int_equal(x.values, y.values);
	for (size_t i = 0; i < x.n; i++) {
		assert_str_eq(x.p[i].key, y.p[i].key);
		assert_int_equal(x.p[i].line, y.p[i].line);
		assert_int_equal(x.p[i].is_list, y.p[i].is_list);
		assert_int_equal(x.p[i].n, y.p[i].n);
		for (size_t k = 0; k < x.p[i].n; k++)
			assert_str_eq(x.p[i].values[k], y.p[i].values[k]);
	}
	return true;
}

static void plain_lines_are_read_as_libyaml_reads_them(void **state)
{
	static const char *const PLAIN[] = {
		"title: \"Là: # ici\"\n", "a: b\r\n\nc: 'd \\ \" e'\n", "a: [b, c d,\"e\", null]\n",
		"date: 2026-11-26T20:24:00Z\n", "a: b::c\n", "a:   b c\n", "a: []\n", "a: Null\n",
		"a: “b” 😀\n", "a: \" b \"\n", "a-b: c", "a: \"\"\n", "a: été\n",
	};
	static const char *const OTHERS[] = {
		"", "\n", "a:\n", "a: b \n", "a: b # c\n", "a: b: c\n", "a: b\n c\n", "a:\n- b\n",
		"a: 'it''s'\n", "a: \"\\n\"\n", "a: [b\n", "a: [b,]\n", "a: [[b]]\n", "a: {b: c}\n",
		"a: &b c\n", "a: *b\n", "a: |\n b\n", "? a\n", "a b: c\n", "a: \xe2\x80\xa8\n",
		"a: \xc2\x85\n", "a: \xef\xbb\xbf\n", "a:\tb\n", "a: b\tc\n", "a: ~\n", "- a\n",
		"a: \"b\n", "a: \"b\" c\n", "a: -\n", "a: b\rc: d\n", "a: b:\n",
	};

	for (size_t i = 0; i < ARRAY_LEN(PLAIN); i++)
		assert_true(lines_agree(*state, str_of(PLAIN[i])));
	for (size_t i = 0; i < ARRAY_LEN(OTHERS); i++)
		assert_false(lines_agree(*state, str_of(OTHERS[i])));
}

/* All short rows of the signs that mean something. */
static void rows_of_signs_are_read_as_libyaml_reads_them(void **state)
{
	static const char SIGNS[] = "a :,[]\"'#-\n";
	enum { N = sizeof SIGNS - 1, LENGTH = 5 };
	char block[3 + LENGTH + 1] = "k: ";
	size_t plain = 0, all = 1;

	for (int i = 0; i < LENGTH; i++)
		all *= N;
	for (size_t row = 0; row < all; row++) {
		CLEANUP(arena_freep) struct arena *a = arena_new(0);
		size_t rest = row;

		for (int i = 0; i < LENGTH; i++, rest /= N)
			block[3 + i] = SIGNS[rest % N];
		plain += lines_agree(a, str_of(block));
	}
	(void)state;
	assert_true(plain > 100);
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, arena_setup, arena_teardown)
	const struct CMUnitTest tests[] = {
		T(a_file_without_a_block_is_all_body),
		T(yaml_keys_lists_and_maps_become_flat_pairs),
		T(an_empty_block_is_no_error),
		T(windows_line_ends_and_a_byte_order_mark_are_fine),
		T(a_map_in_a_list_leaves_the_list_whole),
		T(toml_is_read_as_zola_and_hugo_write_it),
		T(errors_name_the_file_and_the_line),
		T(what_is_wrong_with_yaml_is_told_with_its_line_and_what_to_do),
		T(aliases_depth_and_too_many_values_are_refused),
		T(text_that_is_not_utf8_is_refused),
		T(a_json_object_is_a_head_too),
		T(hexo_may_leave_out_the_first_fence),
		T(plain_lines_are_read_as_libyaml_reads_them),
		T(rows_of_signs_are_read_as_libyaml_reads_them),
	};

	return cmocka_run_group_tests_name("frontmatter", tests, NULL, NULL);
}
