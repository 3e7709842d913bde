/* Places: what a strict template may say where. Each template is compiled as a stranger's. */
#include "base/test.h"
#include "mustache/template.h"

int place_tests(void);

static bool compiles(const char *source, struct fail *f)
{
	static const struct template_options strict = { true, true };
	CLEANUP(template_unrefp) struct template *t = NULL;

	return template_compile(str_of(source), "t.html", &strict, &t, f);
}

static void check_all(const char *const *sources, bool good)
{
	for (; *sources; sources++) {
		struct fail f = FAIL_INIT;

		if (compiles(*sources, &f) == good)
			continue;
		fail_msg("%s: %s", *sources, good ? f.text : "was not refused");
	}
}

static void values_may_stand_in_text_and_in_quoted_attributes(void **state)
{
	static const char *const good[] = {
		"<!DOCTYPE html><html lang=\"{{lang}}\"><title>{{t}}</title><body>{{{x}}}</body>",
		"<p class='a {{b}} c' id=x>{{d}} < 3 & 4</p>",
		"<a href=\"{{url}}\" title=\"{{x}}\">", "<a href=\"{{url}}#c{{id}}\">",
		"<a href=\"#{{id}}\">", "<a href=\"/feed\">",
		"<a href=\"https://a.example/{{u}}\">",
		"<img src=\"{{u}}\" srcset=\"{{s}}\" alt=\"{{a}}\">",
		"<textarea name=q>{{q}}</textarea>", "<svg><path d=\"{{d}}\"/></svg>",
		"<script src=\"/a.js\"></script>{{x}}", "<style>a>b{}</style>{{x}}",
		"<!-- <script> -->{{x}}", "<!-->{{x}}", "<!--->{{x}}", "<!-- --!>{{x}}",
		"<meta property=\"og:title\" content=\"{{t}}\">", NULL,
	};

	(void)state;
	check_all(good, true);
}

static void values_may_not_stand_in_code_names_and_comments(void **state)
{
	static const char *const bad[] = {
		"<script>{{x}}</script>", "<style>{{x}}</style>", "<SCRIPT >var a='{{x}}'</SCRIPT>",
		"<a onclick=\"{{x}}\">", "<a ONclick='{{x}}'>", "<a style=\"color:{{x}}\">",
		"<iframe srcdoc=\"{{x}}\">", "<a href={{u}}>", "<a title=a{{x}}>", "<a {{x}}>",
		"<a {{x}}=\"\">", "<h{{n}}>", "<{{x}}>", "</{{x}}>", "<!-- {{x}} -->", "<!{{x}}>",
		"<a title=\"{{{x}}}\">", "<title>{{{x}}}</title>", "<title><b>{{x}}</b></title>",
		"<noscript>{{x}}</noscript>", "<iframe>{{x}}</iframe>", "<set to=\"{{x}}\">",
		"<script><!--</script>", "<![CDATA[x]]>", "<?php {{x}} ?>", "</ x>",
		"<!-- --!> <script> -->{{x}}</script>",
		"<svg><title><script>{{x}}</script></title>",
		"<scr{{! no }}ipt>{{x}}</script>", "<meta http-equiv=\"refresh\""
		" content=\"{{x}}\">",
		NULL,
	};

	(void)state;
	check_all(bad, false);
}

static void addresses_may_not_be_pieced_together_into_code(void **state)
{
	static const char *const bad[] = {
		"<a href=\"javascript:x\">", "<a href=\" java\nscript:{{u}}\">",
		"<a href=\"&#106;avascript:x\">", "<a href=\"java{{u}}\">",
		"<a href=\"{{u}}javascript:x\">", "<a href=\"{{#a}}java{{/a}}script:x\">",
		"<form action=\"vbscript:{{u}}\">", "<a href=javascript:x>",
		"<a href=\"data:text/html,x\">", "<object data=\"data:text/html,{{u}}\">", NULL,
	};
	static const char *const good[] = {
		"<a href=\"{{#a}}{{u}}{{/a}}{{^a}}{{v}}{{/a}}\">",
		"<img src=\"data:image/gif;base64,R0\">",
		"<a href=\"mailto:{{u}}\">", "<a href=\"{{u}}?page=2&amp;x\">", NULL,
	};

	(void)state;
	check_all(bad, false);
	check_all(good, true);
}

static void sections_must_end_where_they_begin(void **state)
{
	static const char *const good[] = {
		"<option {{#s}}selected{{/s}}>", "<a class=\"x{{#b}} y{{/b}}\">",
		"<a{{#b}} class=\"y\"{{/b}}>", "{{#a}}<div>{{/a}}{{x}}{{#a}}</div>{{/a}}",
		"<a {{#b}}hidden{{/b}} {{#c}}class=\"{{d}}\"{{/c}}>", NULL,
	};
	static const char *const bad[] = {
		"{{#a}}<script>{{/a}}{{x}}", "{{#a}}<script>{{/a}}{{^a}}</script>{{/a}}",
		"<a {{#b}}on{{/b}}click=\"{{x}}\">", "<a on{{#b}}x{{/b}}click=\"{{x}}\">",
		"<a class=\"{{#b}}\"{{/b}}>", "<a {{#b}}title='{{/b}}>",
		"<a {{#b}}title={{/b}}\"x\">",
		"{{#a}}<a {{/a}}>", "<s{{#a}}cript{{/a}}>",
		"<a {{#b}}href=\"{{/b}}{{#c}}x=\"{{/c}}\">",
		NULL,
	};

	(void)state;
	check_all(good, true);
	check_all(bad, false);
}

static void templates_are_included_between_tags_only(void **state)
{
	static const char *const good[] = {
		"<p>{{>a/b}}</p>", "{{<base}}{{$x}}<b>{{y}}</b>{{/x}}{{/base}}",
		"<body class=\"{{$c}}{{/c}}\"><title>{{$t}}{{x}}{{/t}}</title>", NULL,
	};
	static const char *const bad[] = {
		"<p class=\"{{>a}}\">", "<script>{{>a}}</script>", "<a href=\"{{$x}}{{/x}}\">",
		"<script>{{$x}}{{/x}}</script>", "{{<base}}{{$x}}<script>{{/x}}{{/base}}",
		"<p", "<script>", "{{=<% %>=}}", "{{>*x}}", "{{>../x}}", "{{a b}}", "{{}}",
		"<title>{{$a}}", NULL,
	};

	(void)state;
	check_all(good, true);
	check_all(bad, false);
}

static void a_refusal_names_file_line_and_column(void **state)
{
	struct fail f = FAIL_INIT;

	(void)state;
	assert_false(compiles("<p>été</p>\n<p>é {{#a}}<a onclick='{{x}}'>", &f));
	assert_string_equal(f.text, "t.html:2:24: tags are not allowed in the attribute"
		" \"onclick\"");
	assert_false(compiles("a\n{{#b}}\n{{/c}}", &f));
	assert_string_equal(f.text, "t.html:3:1: {{/c}} stands where {{/b}} is expected");
}

int place_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_may_stand_in_text_and_in_quoted_attributes),
		cmocka_unit_test(values_may_not_stand_in_code_names_and_comments),
		cmocka_unit_test(addresses_may_not_be_pieced_together_into_code),
		cmocka_unit_test(sections_must_end_where_they_begin),
		cmocka_unit_test(templates_are_included_between_tags_only),
		cmocka_unit_test(a_refusal_names_file_line_and_column),
	};

	return cmocka_run_group_tests_name("mustache/place", tests, NULL, NULL);
}
