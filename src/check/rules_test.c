/* rules_test.c - each rule is found where its fault is, and nothing else is found: one thing
 * in the clean theme of tests/data/check is changed at a time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/test.h"
#include "check/check.h"
#include "check/check_test.h"

#define INI "theme.ini"
#define BASE "templates/base.html"
#define POST "templates/post.html"
#define ITEM "templates/partials/item.html"
#define FORM "templates/search.html"
#define CSS "assets/style.css"

/* One change and what is found of it. */
struct one {
	const char *id;
	const char *file;	/* that is changed or made */
	const char *find;	/* replaced by `put`; NULL: the whole file is */
	const char *put;	/* NULL: the file is removed */
	const char *in;		/* where it is found: NULL: in the same file, "": of the theme */
	int line;
	const char *also;	/* " TH017 ": rules that the same change cannot but touch */
};

static const struct one ones[] = {
	/* the folder */
	{ "TH001", INI, NULL, NULL, "", 0, NULL },
	{ "TH002", "screenshot.png", NULL, NULL, "", 0, NULL },
	{ "TH003", "screenshot.png", NULL, "no picture", NULL, 0, NULL },
	{ "TH005", "README.md", NULL, NULL, "", 0, NULL },
	{ "TH006", "LICENSE", NULL, "", "", 0, NULL },
	{ "TH009", "templates/.draft.html", NULL, "x", NULL, 0, NULL },
	{ "TH010", "assets/a b.css", NULL, "a { color: #222222; }", NULL, 0, " TH090 " },
	{ "TH011", "layouts", NULL, "x", NULL, 0, NULL },
	{ "TH012", "assets/a.psd", NULL, "x", NULL, 0, NULL },
	{ "TH013", "assets/a.js", NULL, "x", NULL, 0, NULL },
	{ "TH017", "assets/other.svg", NULL, "<svg/>", NULL, 0, NULL },
	{ "TH018", POST, "<h1>", "<h1>\xff", NULL, 0, " TH070 " },
	{ "TH019", CSS, ":root {\n\tcolor-scheme", "\xEF\xBB\xBF:root {\n\tcolor-scheme", NULL, 1,
	  NULL },
	{ "TH020", ITEM, "</li>\n", "</li>\r\n", NULL, 1, NULL },
	{ "TH021", "templates/partials/empty.html", NULL, "", NULL, 0, " TH081 " },

	/* theme.ini */
	{ "TH030", INI, "api = 1", "api = 9", NULL, 6, NULL },
	{ "TH031", INI, "license =", "licence =", NULL, 7, " TH033 " },
	{ "TH032", INI, "version = 1.0.0", "version = one", NULL, 5, NULL },
	{ "TH033", INI, "license = MIT\n", "", NULL, 1, NULL },
	{ "TH034", INI, "description = Nothing to be found\n", "", NULL, 1, NULL },
	{ "TH035", INI, "name = Nobody\n", "", NULL, 1, NULL },
	{ "TH036", INI, "tags = test\n", "", NULL, 1, NULL },
	{ "TH037", INI, "languages = en, fr\n", "", NULL, 1, NULL },
	{ "TH038", INI, "[preset", "[option unused]\nlabel = Unused\n\n[preset", NULL, 32, NULL },
	{ "TH039", INI, "label = Layout\n", "", NULL, 26, NULL },
	{ "TH041", INI, "accent = #8a3b1a", "accent = #1a4f8a", NULL, 32, NULL },
	{ "TH042", INI, "[preset", "[query news]\nkind = posts\n\n[preset", NULL, 32, NULL },
	{ "TH043", INI, "[preset", "[menu foot]\nlabel = Foot\n\n[preset", NULL, 32, " TH031 " },
	{ "TH045", INI, "dark = yes", "darc = yes", NULL, 17, NULL },
	{ "TH046", INI, "tags = test", "tags = test\ntags = again", NULL, 10, NULL },

	/* templates as they are written */
	{ "TH050", POST, "<h1>", "<script>x</script>\n<h1>", NULL, 3, NULL },
	{ "TH051", POST, "<h1>", "<h1 onclick=\"x()\">", NULL, 3, NULL },
	{ "TH052", POST, "<h1>", "<h1 style=\"color: #111111\">", NULL, 3, NULL },
	{ "TH053", POST, "<h1>", "<iframe src=\"/x/\"></iframe>\n<h1>", NULL, 3, NULL },
	{ "TH054", BASE, "{{{head}}}", "<meta http-equiv=\"refresh\" content=\"0\">\n{{{head}}}",
	  NULL, 6, NULL },
	{ "TH055", FORM, "{{site.search_url}}", "https://test.example/", NULL, 4, NULL },
	{ "TH056", POST, "<h1>", "<img src=\"https://test.example/a.png\" alt=\"\">\n<h1>", NULL, 3,
	  NULL },
	{ "TH057", BASE, "{{{head}}}", "<base href=\"/\">\n{{{head}}}", NULL, 6, NULL },
	{ "TH058", ITEM, "<a ", "<a target=\"_blank\" ", NULL, 1, NULL },
	{ "TH059", ITEM, "<a ", "<font></font><a ", NULL, 1, NULL },
	{ "TH060", POST, "<h1>", "<p>Hello</p>\n<h1>", NULL, 3, NULL },
	{ "TH061", FORM, "<input", "<input placeholder=\"Words\"", NULL, 6, NULL },
	{ "TH062", BASE, "assets/icon.svg", "assets/icno.svg", NULL, 22, " TH104 " },
	{ "TH063", ITEM, "<a ", "<a id=\"a\" id=\"b\" ", NULL, 1, " TH102 " },
	{ "TH064", BASE, "width=device-width", "user-scalable=no, width=device-width", NULL, 5,
	  NULL },
	{ "TH070", POST, "{{/post}}", "", NULL, 8, NULL },
	{ "TH071", "templates/notes.txt", NULL, "x", NULL, 0, NULL },

	/* names */
	{ "TH072", POST, "{{title}}", "{{titel}}", NULL, 3, " TH127 TH112 " },
	{ "TH072", POST, "{{updated.iso}}", "{{updated.izo}}", NULL, 5, NULL },
	{ "TH073", POST, "<h1>", "{{#years}}{{/years}}\n<h1>", NULL, 3, NULL },
	{ "TH074", POST, "{{{body}}}", "{{{title}}}", NULL, 6, " TH100 " },
		{ "TH075", ITEM, "href=\"{{url}}\"", "href=\"{{lang}}\"", NULL, 1, " TH100 " },
	{ "TH076", POST, "<h1>", "<p>{{site}}</p>\n<h1>", NULL, 3, " TH100 " },
	{ "TH077", "templates/list.html", "{{>item}}", "{{>itme}}", NULL, 5, " TH081 " },
	{ "TH078", BASE, "{{options.layout}}", "{{options.layuot}}", NULL, 2, " TH038 " },
	{ "TH079", POST, "<h1>", "{{#menus.foot}}{{/menus.foot}}\n<h1>", NULL, 3, NULL },
	{ "TH080", POST, "{{$main}}\n", "{{$mian}}{{/mian}}\n{{$main}}\n", NULL, 2, NULL },
	{ "TH081", "templates/partials/card.html", NULL, "<p></p>", NULL, 0, NULL },
	{ "TH082", "templates/pots.html", NULL, "<p></p>", NULL, 0, NULL },
	{ "TH083", ITEM, "</li>", "{{#tags}}{{>item}}{{/tags}}</li>", NULL, 1, " TH100 " },
	{ "TH085", POST, "<h1>", "<p>{{#t}}Wonderful rain{{/t}}</p>\n<h1>", NULL, 3, NULL },
	{ "TH086", "lang/fr.po", NULL, "msgid \"a\nmsgstr \"b\"\n", NULL, 1, NULL },
	{ "TH047", INI, "[author]", "parent = nowhere\n\n[author]", NULL, 12, NULL },

	/* pages */
	{ "TH101", POST, "<h1>", "<div>\n<h1>", NULL, 3, NULL },
	{ "TH101", POST, "</h1>", "</h2></h1>", NULL, 3, NULL },
	{ "TH102", ITEM, "<li>", "<li id=\"a\">", NULL, 1, NULL },
	{ "TH103", BASE, " alt=\"\"", "", NULL, 22, NULL },
	{ "TH104", BASE, " width=\"16\"", "", NULL, 22, NULL },
	{ "TH105", FORM, " for=\"q\"", "", NULL, 6, NULL },
	{ "TH106", BASE, " lang=\"{{lang}}\"", "", NULL, 2, NULL },
	{ "TH107", BASE, " dir=\"{{dir}}\"", "", NULL, 2, NULL },
	{ "TH108", BASE, "<main id=\"content\">\n{{$main}}{{/main}}\n</main>",
	  "<div id=\"content\">\n{{$main}}{{/main}}\n</div>", NULL, 2, NULL },
	{ "TH109", BASE, "<nav aria-label=\"{{#t}}Main menu{{/t}}\">\n<ul>\n{{#menu}}<li>"
	  "<a href=\"{{url}}\">{{title}}</a></li>{{/menu}}\n</ul>\n</nav>\n", "", NULL, 2, NULL },
	{ "TH110", BASE, "<footer>\n{{{footer}}}\n<img src=\"assets/icon.svg\" alt=\"\""
	  " width=\"16\" height=\"16\">\n</footer>\n", "", NULL, 2, NULL },
	{ "TH111", BASE, "<a class=\"skip\" href=\"#content\">{{#t}}Skip to content{{/t}}</a>\n",
	  "", NULL, 2, NULL },
	{ "TH112", POST, "<h1>{{title}}</h1>\n", "", BASE, 2, NULL },
	{ "TH113", POST, "{{#post}}", "<h3>{{title}}</h3>\n{{#post}}", NULL, 4, NULL },
	{ "TH114", BASE, "{{{head}}}\n", "", NULL, 2, NULL },
	{ "TH115", BASE, "<meta charset=\"utf-8\">\n", "", NULL, 2, NULL },
	{ "TH116", BASE,
	  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
	  "", NULL, 2, NULL },
	{ "TH117", POST, "<h1>", "<a href=\"/a/\"></a>\n<h1>", NULL, 3, NULL },
	{ "TH118", FORM, "{{#t button}}Search{{/t}}", "", NULL, 7, NULL },
	{ "TH119", ITEM, "<a ", "<a tabindex=\"2\" ", NULL, 1, NULL },
	{ "TH120", FORM, "<input", "<input autofocus", NULL, 6, NULL },
	{ "TH121", POST, "<h1>", "<table><tr><td>1</td></tr></table>\n<h1>", NULL, 3, NULL },
	{ "TH122", FORM, "<input", "<input aria-describedby=\"help\"", NULL, 6, NULL },
	{ "TH123", ITEM, "</a>", "<button>{{date.long}}</button></a>", NULL, 1, NULL },
	{ "TH124", "templates/list.html", "<ul>", "<ul>\n<p></p>", NULL, 5, NULL },
	{ "TH125", ITEM, " href=\"{{url}}\"", "", NULL, 1, NULL },
	{ "TH126", POST, "<h1>", "<nav></nav>\n<h1>", NULL, 3, NULL },
	{ "TH127", POST, "{{#post}}", "<h2></h2>\n{{#post}}", NULL, 4, NULL },
	{ "TH128", BASE, "<!doctype html>\n", "", NULL, 1, NULL },
	{ "TH129", POST, "<h1>", "<sektion></sektion>\n<h1>", NULL, 3, NULL },
	{ "TH130", POST, " datetime=\"{{updated.iso}}\"", "", NULL, 5, NULL },
	{ "TH131", ITEM, "<a ", "<a aria-hidden=\"true\" ", NULL, 1, NULL },

	/* stylesheets */
	{ "TH140", CSS, "body {", "body { background-image: url(https://test.example/a.png);", NULL,
	  12, NULL },
	{ "TH140", CSS, ":root {\n\tcolor-scheme", "@import \"https://test.example/a.css\";\n"
	  ":root {\n\tcolor-scheme", NULL, 1, NULL },
	{ "TH141", CSS, ":root {\n\tcolor-scheme", "@import \"icon.css\";\n:root {\n\tcolor-scheme",
	  NULL, 1, " TH090 " },
	{ "TH142", "sass/other.scss", NULL, "@use \"colours\";\n", NULL, 1, " TH090 " },
	{ "TH143", CSS, "a { color", "a:focus { outline: none; }\na { color", NULL, 13, NULL },
	{ "TH144", CSS, "a { color", "p { transition: opacity 1s; }\na { color", NULL, 13, NULL },
	{ "TH145", CSS, "@media print {\n\tnav { display: none; }\n}\n", "", "", 0, NULL },
	{ "TH146", CSS, "font-size: 1rem", "font-size: 16px", NULL, 12, NULL },
	{ "TH147", CSS, "font-size: 1rem", "font-size: 1rem !important", NULL, 12, NULL },
	{ "TH148", CSS, "font-size: 1rem", "-webkit-hyphens: auto", NULL, 12, NULL },
	{ "TH149", CSS, "inset-inline-start: 0", "left: 0", NULL, 15, NULL },
	{ "TH150", CSS, "@media (prefers-color-scheme: dark) {\n\t:root { --bg: #181818; --ink:"
	  " #eeeeee; --link: #9ec5ff; }\n}\n", "", "", 0, NULL },
	{ "TH152", CSS, "color: var(--ink)", "color: var(--inc)", NULL, 12, " TH153 " },
	{ "TH153", CSS, "--bg: #ffffff;", "--bg: #ffffff; --line: #dddddd;", NULL, 3, NULL },
	{ "TH154", CSS, "a { color", "p::after { content: \"Read on\"; }\na { color",
	  NULL, 13, NULL },
	{ "TH155", CSS, "font-size: 1rem", "font-sise: 1rem", NULL, 12, NULL },
	{ "TH156", CSS, "@media print {", "} @media print {", NULL, 21, NULL },
	{ "TH160", CSS, "--ink: #222222", "--ink: #888888", BASE, 20, NULL },
	{ "TH160", CSS, "--ink: #eeeeee", "--ink: #444444", "templates/list.html", 3, NULL },
	{ "TH160", INI, "accent = #8a3b1a", "accent = #ffb890", BASE, 9, " TH161 " },
	{ "TH161", CSS, "solid var(--link)", "solid #dddddd", BASE, 9, NULL },
	{ "TH156", CSS, "nav { display: none; }\n}", "nav { display: none; }", NULL, 23, NULL },
};

static struct check_test *world;

static bool is_also(const struct one *o, const char *id)
{
	char word[16];

	snprintf(word, sizeof word, " %s ", id);
	return o->also && strstr(o->also, word);
}

static bool is_meant(const struct one *o, const struct check_finding *x)
{
	const char *in = o->in ? o->in : o->file;

	return strcmp(x->rule->id, o->id) == 0 && str_eq(x->file, str_of(in)) && x->line == o->line;
}

static void print(const struct one *o, const struct check_report *r)
{
	print_error("%s (%s): found are\n", o->id, o->put ? o->put : "without");
	for (size_t i = 0; i < r->n; i++)
		print_error("  %.*s:%d:%d %s %.*s\n", STR_ARG(r->p[i].file), r->p[i].line,
			    r->p[i].column, r->p[i].rule->id, STR_ARG(r->p[i].detail));
}

static bool judge(const struct one *o, const struct check_report *r)
{
	bool found = false, other = false;

	for (size_t i = 0; i < r->n; i++) {
		const struct check_finding *x = &r->p[i];

		if (is_meant(o, x))
			found = true;
		else if (strcmp(x->rule->id, o->id) != 0 && !is_also(o, x->rule->id))
			other = true;
	}
	if (found && !other)
		return true;
	print(o, r);
	print_error("%s is not found alone at %s:%d\n", o->id, o->in ? o->in : o->file, o->line);
	return false;
}

static void each_rule_is_found_where_its_fault_is(void **state)
{
	size_t failed = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ones); i++) {
		const struct one *o = &ones[i];
		struct check_report r;

		check_test_reset(world);
		check_test_change(world, o->file, o->find, o->put);
		check_test_run(world, &r);
		failed += !judge(o, &r);
	}
	assert_int_equal(failed, 0);
}

static void nothing_is_found_in_a_clean_theme(void **state)
{
	struct check_report r;

	(void)state;
	check_test_reset(world);
	check_test_run(world, &r);
	if (r.n)
		print(&(struct one){ .id = "clean" }, &r);
	assert_int_equal(r.n, 0);
}

/* --- what cannot be written as a text --- */

static void expect(const char *id, const char *file)
{
	const struct one o = { .id = id, .file = file, .also = " TH003 TH017 TH090 " };
	struct check_report r;

	check_test_run(world, &r);
	assert_true(judge(&o, &r));
}

static void put_large(const char *name, size_t size)
{
	char *bytes = calloc(1, size);
	struct fail f = FAIL_INIT;

	assert_ok(file_write(path_join(world->a, world->dir, str_of(name)), str_from(bytes, size),
			     false, &f), &f);
	free(bytes);
}

static void what_is_too_large_is_found(void **state)
{
	(void)state;
	check_test_reset(world);
	put_large("assets/a.jpg", 500 * 1000);
	expect("TH016", "assets/a.jpg");
	check_test_reset(world);
	put_large("assets/a.jpg", 2500 * 1000);
	expect("TH016", "assets/a.jpg");
	check_test_reset(world);
	put_large("assets/a.woff2", 600 * 1000);
	expect("TH015", "");
	check_test_reset(world);
	for (int i = 0; i < 9; i++) {
		char name[40];

		snprintf(name, sizeof name, "assets/a%d.jpg", i);
		put_large(name, 390 * 1000);
	}
	expect("TH014", "");
	check_test_reset(world);
	put_large("screenshot.png", 600 * 1000);
	expect("TH004", "screenshot.png");
}

static void a_large_stylesheet_is_found(void **state)
{
	CLEANUP(buf_release) struct buf css = BUF(1 * MIB);

	(void)state;
	check_test_reset(world);
	for (int i = 0; i < 9000; i++)
		buf_addf(&css, ".a%d { top: 0; }\n", i);
	buf_adds(&css, "@media print");
	check_test_change(world, CSS, "@media print", css.p);
	expect("TH151", "");
}

static void links_and_names_are_found(void **state)
{
	const char *link, *again;

	(void)state;
	check_test_reset(world);
	link = path_join(world->a, world->dir, STR("templates/partials/link.html"));
	assert_int_equal(symlink("/etc/passwd", link), 0);
	expect("TH008", "templates/partials/link.html");
	check_test_reset(world);
	again = path_join(world->a, world->dir, STR("assets/ICON.svg"));
	assert_ok(file_write(again, STR("<svg/>"), false, &world->f), &world->f);
	expect("TH022", "assets/icon.svg");
}

static void a_folder_that_is_not_there_is_a_failure(void **state)
{
	struct check_source source = { .dirs = { "/nowhere/at/all" }, .n_dirs = 1 };
	struct check_report r;

	(void)state;
	assert_fails(check_theme(world->a, &source, &r, &world->f), &world->f, FAIL_NOT_FOUND);
}

static void every_rule_has_a_test(void **state)
{
	/* found by the functions above, and what only a query with an option has */
	static const char others[] = " TH004 TH007 TH008 TH014 TH015 TH016 TH022 TH044 TH090"
				     " TH100 TH151 TH170 TH171 ";

	(void)state;
	for (const struct check_rule *r = check_rules; r->id; r++) {
		char word[16];
		bool found;

		snprintf(word, sizeof word, " %s ", r->id);
		found = strstr(others, word) != NULL;
		for (size_t i = 0; !found && i < ARRAY_LEN(ones); i++)
			found = strcmp(ones[i].id, r->id) == 0;
		if (!found)
			fail_msg("%s has no test", r->id);
		assert_true(r->title && r->fix && r->look);
		assert_true(!r[1].id || strcmp(r->id, r[1].id) < 0);
	}
}

int rules_tests(struct check_test *w)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_found_in_a_clean_theme),
		cmocka_unit_test(each_rule_is_found_where_its_fault_is),
		cmocka_unit_test(what_is_too_large_is_found),
		cmocka_unit_test(a_large_stylesheet_is_found),
		cmocka_unit_test(links_and_names_are_found),
		cmocka_unit_test(a_folder_that_is_not_there_is_a_failure),
		cmocka_unit_test(every_rule_has_a_test),
	};

	world = w;
	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
