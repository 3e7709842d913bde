/* front_test.c - the host's own pages: who is listed, in which words, and what it says
 * instead of a page. */
#include "front/front.h"

#include "front/paper.h"
#include "front/square_test.h"
#include "site/newest.h"

static struct str page(struct square *s, const char *lang, const char *query)
{
	struct ctx *cx = square_begin(s, lang, query);
	struct answer an;

	assert_ok(front_show(cx, s->show->catalogs, STR("test.example"), &an, &s->show->f),
		  &s->show->f);
	square_end(s);
	assert_int_equal(an.status, 200);
	return str_trim(an.body);
}

static void make(struct square *s, const char *name, const char *title, const char *listed)
{
	struct manage_setting set[] = { { STR("title"), str_of(title) },
					{ STR("listed"), str_of(listed) } };
	CLEANUP(site_unrefp) struct site *site = NULL;

	assert_ok(manage_create(s->village->registry, str_of(name), set, 2, &site, &s->show->f),
		  &s->show->f);
}

static bool has(struct str s, const char *what)
{
	return str_find(s, str_of(what)) >= 0;
}

static void only_who_wishes_it_is_listed(void **state)
{
	struct square *s = *state;
	struct str p;

	make(s, "anna", "Anna's", "yes");
	make(s, "secret", "Secret", "no");
	p = page(s, "en", "");
	assert_true(has(p, "Anna’s https://anna.test.example/ en"));
	assert_false(has(p, "ecret"));
}

static void a_suspended_site_is_not_listed(void **state)
{
	struct square *s = *state;

	make(s, "anna", "Anna", "yes");
	assert_ok(manage_suspend(s->village->registry, STR("anna"), false, STR("why"), &s->show->f),
		  &s->show->f);
	assert_false(has(page(s, "en", ""), "anna"));
}

static void the_newest_posts_have_the_day_of_their_site(void **state)
{
	struct square *s = *state;
	struct newest post = { .url = STR("/rain/"), .title = STR("Rain"), .lang = STR("fr"),
			       .at = 1924991999 };
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct host_tx t = HOST_TX_NONE;
	struct fail *f = &s->show->f;

	make(s, "anna", "Anna", "yes");
	assert_ok(registry_named(s->village->registry, STR("anna"), &site, f), f);
	assert_ok(registry_begin(s->village->registry, TX_WRITE, &t, f), f);
	assert_ok(newest_replace(t.tx, site->id, &post, 1, f), f);
	assert_ok(registry_commit(&t, f), f);
	assert_true(has(page(s, "en", ""), "Rain https://anna.test.example/rain/ 2030-12-31\n"));
}

static void each_language_is_offered_and_the_present_one_marked(void **state)
{
	struct square *s = *state;

	assert_true(has(page(s, "fr", ""), "fr* "));
	assert_true(has(page(s, "fr", ""), "de "));
	assert_false(has(page(s, "fr", ""), "de* "));
}

static void many_sites_have_pages(void **state)
{
	struct square *s = *state;
	struct str p;

	for (int i = 0; i < 60; i++)
		make(s, arena_cstr(s->show->a, arena_printf(s->show->a, "site-%02d", i)), "S",
		     "yes");
	p = page(s, "en", "");
	assert_true(has(p, "https://site-49.test.example/"));
	assert_false(has(p, "https://site-50.test.example/"));
	assert_true(str_ends(p, STR("/?lang=en&amp;after=site-49")));
	p = page(s, "en", "after=site-49");
	assert_true(has(p, "https://site-50.test.example/"));
	assert_true(has(p, "https://site-59.test.example/"));
	assert_false(has(p, "after="));
	/* Whatever stands there is only a place to begin. */
	page(s, "en", "after=%FF%22%3Cscript%3E");
	page(s, "en", "after=zzz");
}

static void an_error_says_what_and_why(void **state)
{
	struct square *s = *state;
	struct ctx *cx = square_begin(s, "en", "");
	struct answer an;

	assert_ok(front_error(cx, 451, STR("Not here."), STR("A <judge>"), false, &an, &s->show->f),
		  &s->show->f);
	square_end(s);
	assert_int_equal(an.status, 451);
	assert_false(an.cacheable);
	assert_str_eq(str_trim(an.body), STR("451 Not here. A &lt;judge&gt;"));
}

static void an_error_of_a_site_offers_to_search(void **state)
{
	struct show *x = ((struct square *)*state)->show;
	struct answer an;

	assert_ok(front_error(show_begin(x, "/nowhere/", ""), 404, STR("Nothing."), STR(""), true,
			      &an, &x->f), &x->f);
	show_end(x);
	assert_str_eq(str_trim(an.body), STR("404 Nothing. ?"));
}

static struct str paper(struct square *s, const char *lang, const struct paper_facts *facts)
{
	const struct text text = { STR("legal"), STR("en"), STR("A \"notice\""),
				   STR("\n## Who\n\n- By {operator}\n- Ask {contact}\n\n## Law\n\n"
				       "{if_log_networks}Networks of {host}.\n\n"
				       "{if_log_nothing}Nothing, [see]({help_url}).\n") };
	struct ctx *cx = square_begin(s, lang, "");
	struct answer an;

	cx->path = STR("/legal/");
	cx->host = STR("test.example");
	assert_ok(paper_show(cx, &text, facts, s->show->catalogs, &an, &s->show->f), &s->show->f);
	square_end(s);
	assert_int_equal(an.status, 200);
	return an.body;
}

static void a_text_of_the_host_holds_its_facts(void **state)
{
	const struct paper_facts facts = { .operator = STR_INIT("*Us* <b>|[x](y)"),
					   .log = PAPER_LOG_NETWORKS };
	struct str p = paper(*state, "fr", &facts);

	assert_true(has(p, "A “notice”"));
	assert_true(has(p, "By *Us* &lt;b&gt;|[x](y)</li>"));
	assert_true(has(p, "Networks of The host."));
	assert_false(has(p, "Ask"));
	assert_false(has(p, "Nothing"));
}

static void what_is_not_told_leaves_no_trace(void **state)
{
	const struct paper_facts facts = { .log = PAPER_LOG_NOTHING };
	struct str p = paper(*state, "en", &facts);

	assert_false(has(p, "Who"));
	assert_false(has(p, "{"));
	assert_true(has(p, "<a href=\"https://test.example/help/?lang=en\">see</a>"));
}

static void a_text_that_markdown_refuses_is_told(void **state)
{
	CLEANUP(buf_release) struct buf deep = BUF(4096);
	struct fail f = FAIL_INIT;

	(void)state;
	for (int i = 0; i < 100; i++)
		buf_adds(&deep, "> ");
	buf_adds(&deep, "a\n");
	assert_false(paper_check(buf_str(&deep), STR("en"), &f));
	assert_ok(paper_check(STR("## It\n\n{host}\n"), STR("en"), &f), &f);
}

static void addresses_of_texts_are_known(void **state)
{
	struct str name;
	bool slash;

	(void)state;
	assert_true(paper_at(STR("/legal/"), &name, &slash) && slash);
	assert_str_eq(name, STR("legal"));
	assert_true(paper_at(STR("/help"), &name, &slash) && !slash);
	assert_false(paper_at(STR("/"), &name, &slash));
	assert_false(paper_at(STR("/legal/x/"), &name, &slash));
	assert_false(paper_at(STR("legal/"), &name, &slash));
}

#define ON_A_HOST(test) cmocka_unit_test_setup_teardown(test, square_set_up, square_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_HOST(only_who_wishes_it_is_listed),
		ON_A_HOST(a_suspended_site_is_not_listed),
		ON_A_HOST(the_newest_posts_have_the_day_of_their_site),
		ON_A_HOST(each_language_is_offered_and_the_present_one_marked),
		ON_A_HOST(many_sites_have_pages),
		ON_A_HOST(an_error_says_what_and_why),
		ON_A_HOST(an_error_of_a_site_offers_to_search),
		ON_A_HOST(a_text_of_the_host_holds_its_facts),
		ON_A_HOST(what_is_not_told_leaves_no_trace),
		cmocka_unit_test(a_text_that_markdown_refuses_is_told),
		cmocka_unit_test(addresses_of_texts_are_known),
	};

	return cmocka_run_group_tests_name("front", tests, NULL, NULL);
}
