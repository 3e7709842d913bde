/* template_test.c - templates: types, messages, budgets, blocks in attributes, and what they
 * mention. */
#include <stdio.h>
#include "base/test.h"
#include "mustache/mustache_test.h"
#include "mustache/template.h"

static const struct template_options strict = { .strict = true, .messages = true };

/* A tiny theme: name, source, name, source, ..., NULL. */
struct theme {
	struct template *t[8];
	const char *name[8];
	size_t n;
};

static void theme_make(struct theme *th, const char *const *pairs)
{
	struct fail f = FAIL_INIT;

	th->n = 0;
	for (; *pairs; pairs += 2) {
		assert_ok(template_compile(str_of(pairs[1]), pairs[0], &strict, &th->t[th->n], &f),
			  &f);
		th->name[th->n++] = pairs[0];
	}
}

static void theme_drop(struct theme *th)
{
	while (th->n)
		template_unref(th->t[--th->n]);
}

static const struct template *theme_find(void *arg, struct str name)
{
	struct theme *th = arg;

	for (size_t i = 0; i < th->n; i++)
		if (str_eq(str_of(th->name[i]), name))
			return th->t[i];
	return NULL;
}

static const char *german(void *arg, const char *context, const char *msgid)
{
	(void)arg;
	if (context && strcmp(context, "menu") == 0 && strcmp(msgid, "Home") == 0)
		return "Start & Ziel";
	if (strcmp(msgid, "By {author.name} on {date}") == 0)
		return "Am {date} von {author.name} <{nobody}> {date}";
	return msgid;
}

/* Renders the first of the templates. */
static bool render(struct theme *th, const struct value *root, struct buf *out, struct fail *f)
{
	struct render_env env = { .arg = th, .find = theme_find };

	return template_render(th->t[0], root, &env, out, f);
}

static void text_is_escaped_and_html_is_not(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(1000);
	CLEANUP(theme_drop) struct theme th;
	struct value *root = value_map(a);
	struct fail f = FAIL_INIT;

	(void)state;
	theme_make(&th, (const char *const[]){ "p", "{{a}} {{h}} {{{h}}} <a href=\"{{u}}\">",
		NULL });
	value_set_text(root, "a", STR("<&>"));
	value_set_html(root, "h", html_trusted(STR("<b>")));
	value_set_url(root, "u", STR("/x?a&b"));
	assert_ok(render(&th, root, &out, &f), &f);
	assert_str_eq(buf_str(&out), STR("&lt;&amp;&gt; &lt;b&gt; <b> <a href=\"/x?a&amp;b\">"));
}

static void types_must_fit_their_place(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(1000);
	CLEANUP(theme_drop) struct theme th, other;
	struct value *root = value_map(a);
	struct fail f = FAIL_INIT;

	(void)state;
	value_set_text(root, "x", STR("y"));
	theme_make(&th, (const char *const[]){ "p", "a\n {{{x}}}", NULL });
	theme_make(&other, (const char *const[]){ "p", "<a href='{{x}}'>", NULL });
	assert_fails(render(&th, root, &out, &f), &f, FAIL_INVALID);
	assert_string_equal(f.text, "p:2:2: {{{x}}} must be of the type html but is of the type"
			    " text; write {{x}}");
	assert_fails(render(&other, root, &out, &f), &f, FAIL_INVALID);
	assert_string_equal(f.text, "p:1:10: {{x}} stands for an address but is of the type text");
	theme_drop(&other);
}

static void a_message_is_text_in_every_language(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(1000);
	CLEANUP(theme_drop) struct theme th;
	struct value *root = value_map(a), *author = value_map(a);
	struct render_env env = { .translate = german };
	struct fail f = FAIL_INIT;

	(void)state;
	theme_make(&th, (const char *const[]){ "p",
		   "{{#t menu}}Home{{/t}}|{{#t}}\n By {{author.name}}\n   on {{{date}}}\n{{/t}}|"
		   "{{#t}}Home{{/t}}", NULL });
	value_set(root, "author", author);
	value_set_text(author, "name", STR("A&B"));
	value_set_html(root, "date", html_trusted(STR("<time>")));
	assert_ok(template_render(th.t[0], root, &env, &out, &f), &f);
	assert_str_eq(buf_str(&out), STR("Start &amp; Ziel|Am <time> von A&amp;B &lt;{nobody}&gt;"
					 " <time>|Home"));
}

static void a_message_with_markup_is_refused(void **state)
{
	static const char *const bad[] = {
		"{{#t}}a <b>b</b>{{/t}}", "{{#t}}a {x}{{/t}}", "{{#t}} {{/t}}", "{{#t}}a",
		"{{#t}}a{{#b}}c{{/b}}{{/t}}", "<script>{{#t}}a{{/t}}</script>",
		"<a href=\"{{#t}}a{{/t}}\">", "<p title=\"{{#t}}a {{{b}}}{{/t}}\">",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct template *t;
		struct fail f = FAIL_INIT;

		if (template_compile(str_of(bad[i]), "t", &strict, &t, &f))
			fail_msg("%s was not refused", bad[i]);
	}
}

static void what_replaces_a_block_in_an_attribute_holds_no_quotes(void **state)
{
	static const char *const base = "<body class=\"{{$c}}{{/c}}\"><title>{{$t}}{{/t}}</title>";
	CLEANUP(buf_release) struct buf out = BUF(1000);
	CLEANUP(theme_drop) struct theme good, bad, nested;
	struct fail f = FAIL_INIT;

	(void)state;
	theme_make(&good, (const char *const[]){ "p",
		"{{<b}}{{$c}}x{{y}}{{/c}}{{$t}}It's{{/t}}{{/b}}",
		   "b", base, NULL });
	assert_ok(render(&good, NULL, &out, &f), &f);
	assert_str_eq(buf_str(&out), STR("<body class=\"x\"><title>It's</title>"));
	theme_make(&bad, (const char *const[]){ "p", "{{<b}}{{$c}}\" onload=\"{{/c}}{{/b}}", "b",
		base,
		   NULL });
	assert_fails(render(&bad, NULL, &out, &f), &f, FAIL_INVALID);
	theme_make(&nested, (const char *const[]){ "p", "{{<m}}{{$d}}\" x=\"{{/d}}{{/m}}",
		   "m", "{{<b}}{{$c}}{{$d}}{{/d}}{{/c}}{{/b}}", "b", base, NULL });
	assert_fails(render(&nested, NULL, &out, &f), &f, FAIL_INVALID);
	theme_drop(&bad);
	theme_drop(&nested);
}

static void endless_templates_meet_their_budgets(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(1000);
	CLEANUP(theme_drop) struct theme self, wide, big;
	struct value *root = value_map(a), *list = value_list(a);
	struct fail f = FAIL_INIT;

	(void)state;
	theme_make(&self, (const char *const[]){ "p", "{{>p}}", NULL });
	assert_fails(render(&self, root, &out, &f), &f, FAIL_TOO_LARGE);
	for (int i = 0; i < 1000; i++)
		value_list_add(list, root);
	value_set(root, "l", list);
	theme_make(&wide, (const char *const[]){ "p", "{{#l}}{{#l}}{{#l}}{{x}}{{/l}}{{/l}}{{/l}}",
		NULL });
	assert_fails(render(&wide, root, &out, &f), &f, FAIL_TOO_LARGE);
	theme_make(&big, (const char *const[]){ "p", "{{#l}}1234567{{/l}}", NULL });
	assert_fails(render(&big, root, &out, &f), &f, FAIL_TOO_LARGE);
	theme_drop(&wide);
	theme_drop(&big);
}

static void a_missing_template_is_an_error_for_a_theme(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(1000);
	CLEANUP(theme_drop) struct theme th;
	struct fail f = FAIL_INIT;

	(void)state;
	theme_make(&th, (const char *const[]){ "p", "\n{{>nav}}", NULL });
	assert_fails(render(&th, NULL, &out, &f), &f, FAIL_NOT_FOUND);
	assert_string_equal(f.text, "p:2:1: there is no template \"nav\"");
}

static bool list_use(void *arg, const struct template_use *use)
{
	buf_addf(arg, "%d:%.*s%s%.*s@%d:%d%s ", use->kind, use->in ? (int)use->in->name.n : 0,
		 use->in ? use->in->name.p : "", use->in ? ">" : "", STR_ARG(use->name), use->line,
		 use->column, use->url ? "u" : "");
	return true;
}

static void a_template_tells_what_it_mentions(void **state)
{
	CLEANUP(buf_release) struct buf out = BUF(1000);
	CLEANUP(theme_drop) struct theme th;

	(void)state;
	theme_make(&th, (const char *const[]){ "p", "{{#a}}{{b.c}}\n{{{d}}}{{/a}}<a href=\"{{e}}\">"
		   "{{^f}}{{#t}}Hi {{g}}{{/t}}{{/f}}{{>h}}{{<i}}{{$j}}{{/j}}{{/i}}", NULL });
	template_each_use(th.t[0], list_use, &out);
	assert_str_eq(buf_str(&out), STR("2:a@1:1 0:a>b.c@1:7 1:a>d@2:1 0:e@2:23u 3:f@2:30"
					 " 8:f>Hi {g}@2:36 0:f>g@2:36 4:h@2:62 5:i@2:68 7:i>j@2:74"
					 " "));
	assert_true(template_mentions(th.t[0], STR("b")));
	assert_true(template_mentions(th.t[0], STR("g")));
	assert_false(template_mentions(th.t[0], STR("b.c.d")));
	assert_false(template_mentions(th.t[0], STR("h")));
}

static struct value *posts(struct arena *a)
{
	struct value *list = value_list(a);

	for (int i = 0; i < 20; i++) {
		struct value *p = value_map(a);

		value_set_text(p, "title", STR("A title with <angles> & such"));
		value_set_url(p, "url", STR("/2031/02/a-title"));
		value_set_text(p, "date", STR("3 February 2031"));
		value_set_html(p, "summary", html_trusted(STR("<p>Some summary of a few"
			" words.</p>")));
		value_set_bool(p, "pinned", i == 0);
		value_set_text(p, "author", STR("Anna"));
		value_list_add(list, p);
	}
	return list;
}

/* Counted, not timed: what a page costs must not grow unseen. */
static void a_page_of_twenty_posts_takes_some_hundred_steps(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(1 << 20);
	CLEANUP(theme_drop) struct theme th;
	struct value *root = value_map(a);
	struct render_env env = { .find = theme_find };
	struct fail f = FAIL_INIT;

	(void)state;
	theme_make(&th, (const char *const[]){ "p",
		"{{<base}}{{$main}}\n{{#posts}}\n{{>card}}\n{{/posts}}\n"
		   "{{/main}}{{/base}}", "card", "<article{{#pinned}}"
		   " class=\"pinned\"{{/pinned}}>\n"
		   "<h2><a href=\"{{url}}\">{{title}}</a></h2>\n<p>{{#t}}By {{author}}{{/t}},"
		   " {{date}}"
		   "</p>\n{{{summary}}}\n{{^missing}}<a href=\"{{url}}\">{{#t}}Read more{{/t}}</a>"
		   "{{/missing}}\n</article>\n", "base",
		   "<!DOCTYPE html><title>{{$title}}{{site}}{{/title}}</title>"
		   "<main>{{$main}}{{/main}}</main>",
		   NULL });
	value_set(root, "posts", posts(a));
	env.arg = &th;
	env.nodes = 1000;
	assert_ok(template_render(th.t[0], root, &env, &out, &f), &f);
	env.nodes = 100;
	buf_clear(&out);
	assert_fails(template_render(th.t[0], root, &env, &out, &f), &f, FAIL_TOO_LARGE);
}

int template_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_escaped_and_html_is_not),
		cmocka_unit_test(types_must_fit_their_place),
		cmocka_unit_test(a_message_is_text_in_every_language),
		cmocka_unit_test(a_message_with_markup_is_refused),
		cmocka_unit_test(what_replaces_a_block_in_an_attribute_holds_no_quotes),
		cmocka_unit_test(endless_templates_meet_their_budgets),
		cmocka_unit_test(a_missing_template_is_an_error_for_a_theme),
		cmocka_unit_test(a_template_tells_what_it_mentions),
		cmocka_unit_test(a_page_of_twenty_posts_takes_some_hundred_steps),
	};

	return cmocka_run_group_tests_name("mustache/template", tests, NULL, NULL);
}
