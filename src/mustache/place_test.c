/* place_test.c - places: what a strict template may say where. Each template is compiled as a
 * stranger's. */
#include "base/test.h"
#include "mustache/mustache_test.h"
#include "mustache/template.h"

static bool closed;

static bool compiles(const char *source, struct fail *f)
{
	const struct template_options strict = { .strict = true, .messages = true,
						 .closed = closed };
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

/* Each is a way round that somebody may try; most would be stopped by the policy for
 * browsers, but exported pages have none. */
static const char *const outside[] = {
	"<script src=\"/a.js\"></script>", "<SCRIPT>x</SCRIPT>",
	"<script{{#a}} b{{/a}}></script>",
	"<svg><script>x</script></svg>", "<svg><style><script>x</script></style></svg>",
	"<svg><xmp><script>x</script></xmp></svg>", "<math><noembed><img></noembed></math>",
	"<noscript><img></noscript>", "<plaintext>", "<style>@import '//a.example'</style>",
	"<svg><foreignObject><p></p></foreignObject></svg>",
	"<iframe src=\"/x\"></iframe>", "<iframe srcdoc=\"<b>\"></iframe>", "<frame src=x>",
	"<object data=\"/x.swf\"></object>", "<embed src=\"/x.pdf\">",
	"<applet code=x></applet>",
	"<base href=\"//a.example/\">", "<base target=x>", "<portal src=\"/x\"></portal>",
	"<p onclick=\"x()\">", "<p OnLoad='x()'>", "<p onfocus=x() autofocus>",
	"<p\nonwheel=x>",
	"<svg/onload=x>", "<body/onpageshow='x'>", "<p style=\"color:red\">",
	"<p STYLE=a:b>",
	"<svg><set attributeName=\"href\" /></svg>",
	"<meta http-equiv=\"refresh\" content=\"0;url=//a.example\">",
	"<meta{{! }} http-{{! }}equiv='Set-Cookie' content='a=b'>",
	"<img src=\"https://a.example/x.png\">", "<img src=//a.example/x.png>",
	"<img src=\"/\\a.example/x\">", "<img src='\\\\a.example/x'>",
	"<img src=\"\t/\n/a.example/x\">",
	"<img src=\"/&#47;a.example/x\">", "<img src=\"HTTPS:a.example\">",
	"<img src=\"{{u}}//a.example/x\">", "<img src=\"/{{u}}\">",
	"<img src=\"/{{#a}}x{{/a}}/a.example\">", "<img src=\"{{#a}}/{{/a}}/a.example\">",
	"<img srcset=\"/a 1x, https://a.example/x 2x\">",
	"<img srcset='/a 1x,//a.example/x 2x'>",
	"<source srcset=\"/&#47;a.example 1x\">", "<img srcset=\"/{{u}} 2x\">",
	"<video poster=\"https://a.example/x\"></video>",
	"<audio src=http://a.example/x></audio>",
	"<track src=\"//a.example\">", "<input type=image src=\"//a.example/x\">",
	"<body background=\"//a.example/x\">", "<a href=\"/\" ping=\"https://a.example\">",
	"<img attributionsrc=\"https://a.example\">", "<html manifest=\"//a.example/x\">",
	"<link rel=stylesheet href=\"https://a.example/x.css\">",
	"<link href=\"//a.example\">",
	"<link rel=preconnect href=\"{{u}}\">",
	"<link rel=\"icon DNS-prefetch\" href=\"{{u}}\">",
	"<link href=\"{{u}}\" rel=\"pre&#99;onnect\">",
	"<link rel=\"pre{{#a}}{{/a}}connect\">",
	"<link rel=\"{{x}}\" href=\"{{u}}\">", "<link rel=\"prerender\" href=\"/\">",
	"<form action=\"https://a.example/steal\"><input name=q></form>",
	"<button formaction=\"//a.example\">", "<input formaction='https://a.example'>",
	"<svg><use href=\"https://a.example/x.svg#a\"/></svg>",
	"<svg><image xlink:href=\"//a.example/x\"/></svg>",
	"<svg><feImage href='//a.example'/></svg>",
	"<svg><rect fill=\"url(https://a.example/x#y)\"/></svg>",
	"<svg><rect filter=\"URL( '//a.example/x#y')\"/></svg>",
	"<svg><rect mask=\"u\\72l(//a.example)\"/></svg>",
	"<svg><rect fill=\"ur{{x}}l(//a.example)\"/>",
	"<svg><rect clip-path=\"url({{x}})\"/></svg>",
	"<svg><rect cursor='url(&#47;/a.example)'/>",
	"<img src=\"data:text/html,x\" style=x>", "<a href=\"javascript:x\">",
	"<svg><a xlink:href=\"javascript:x\"></a></svg>",
	"<math href=\"https://a.example\">",
	"<isindex action=\"//a.example\">", "<bgsound src=\"//a.example/x\">",
	"<img dynsrc=\"//a.example\">", "<img lowsrc='https://a.example'>",
	"<q cite=javascript:x>", "<a href=\" \t java\nscript:x\">",
	"<area href=vbscript:x>", NULL,
};

static const char *const inside[] = {
	"<a href=\"https://a.example/\" rel=\"me {{x}}\">x</a>",
	"<area href=\"//a.example\">",
	"<blockquote cite=\"https://a.example/x\">",
	"<svg><a xlink:href=\"https://a.example\"></a></svg>",
	"<img src=\"/x.png\" srcset=\"{{s}}\" alt=\"{{x}} http://a.example\">",
	"<img src=\"{{u}}\">",
	"<img src=\"data:image/gif;base64,R0//\">", "<img src=\"a//b\">",
	"<img srcset=\"/a 1x, /b 2x\">",
	"<link rel=\"stylesheet\" href=\"/x.css\">", "<link rel=next href=\"{{u}}\">",
	"<form action=\"{{u}}\"><input name=q></form>",
	"<form action=\"/search/\" method=get></form>",
	"<svg viewBox=\"0 0 1 1\"><use href=\"#a\"/><rect fill=\"url(#b)\""
		    " stroke=\"{{x}}\"/></svg>",
	"<svg><use href=\"/x.svg#a\"/></svg>", "<p class=\"on\" title=\"on{{x}}\">",
	"<picture><source"
	" srcset=\"{{u}} 2x\"></picture>",
	"<video src=\"{{u}}\" poster=\"/x.jpg\"></video>", NULL,
};

static void a_stranger_can_run_embed_or_load_nothing(void **state)
{
	(void)state;
	closed = true;
	check_all(outside, false);
	check_all(inside, true);
	closed = false;
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
		cmocka_unit_test(a_stranger_can_run_embed_or_load_nothing),
		cmocka_unit_test(a_refusal_names_file_line_and_column),
	};

	return cmocka_run_group_tests_name("mustache/place", tests, NULL, NULL);
}
