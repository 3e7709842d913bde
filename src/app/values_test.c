/* values_test.c - the table of values (theme/values.h) and the pages agree: whatever a page
 * shows is in the table, and whatever the table has is shown somewhere.
 */
#include "theme/values.h"

#include "blog/blog.h"
#include "content/month.h"
#include "front/front.h"
#include "front/paper.h"
#include "front/square_test.h"
#include "search/search.h"
#include "site/newest.h"

enum { ROWS_MOST = 600 };

/* The rows that some page had. */
struct seen {
	const struct values_row *rows[ROWS_MOST];
	size_t n;
};

static bool was_seen(const struct seen *s, const struct values_row *row)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->rows[i] == row)
			return true;
	return false;
}

static void look_at(struct seen *s, const struct values_shape *shape, unsigned on,
		    const char *template, const struct value *map);

static void look_into(struct seen *s, const struct values_row *row, unsigned on,
		      const char *template, const struct value *v)
{
	if (value_kind(v) == VALUE_MAP)
		look_at(s, row->of, on, template, v);
	for (size_t i = 0; value_kind(v) == VALUE_LIST && i < value_length(v); i++)
		look_at(s, row->of, on, template, value_item(v, i));
}

static void look_at(struct seen *s, const struct values_shape *shape, unsigned on,
		    const char *template, const struct value *map)
{
	const struct value *v;
	struct str name;

	for (size_t i = 0; value_entry(map, i, &name, &v); i++) {
		const struct values_row *row = values_find(shape, name, on);

		if (!row)
			fail_msg("%s shows \"%.*s\", which the %s of the table does not have",
				 template, STR_ARG(name), shape->name);
		if (row->kind != VALUE_NONE && row->kind != value_kind(v))
			fail_msg("%s shows %s.%.*s as %s, the table says %s", template, shape->name,
				 STR_ARG(name), value_kind_name(value_kind(v)),
				 value_kind_name(row->kind));
		if (!was_seen(s, row) && s->n < ROWS_MOST)
			s->rows[s->n++] = row;
		if (row->of)
			look_into(s, row, on, template, v);
	}
}

static void see(void *arg, const char *template, const struct value *page)
{
	unsigned on = values_template(str_of(template));

	if (!on)
		fail_msg("%s is not among the templates of the table", template);
	look_at(arg, &values_page, on, template, page);
}

/* A post that has all that a post can have. */
static void put_rich(struct show *x, const char *title, const char *lang, int64_t at)
{
	static const struct term_name terms[] = { { TERM_TAG, STR_INIT("rain") },
						  { TERM_AUTHOR, STR_INIT("Anna") } };

	show_put(x, (struct post_edit){
		.title = str_of(title), .lang = str_of(lang), .set = STR("one"),
		.source = STR("Rain.\n\n<!--more-->\n\n## One\n\nrain\n\n## Two\n\n## Three\n"),
		.summary = STR("Short"), .cover = STR("/media/a.jpg"), .cover_alt = STR("A"),
		.cover_width = 4, .cover_height = 3, .published_at = at, .updated_at = at + 9999,
		.weight = 3, .pinned = true, .terms = terms, .n_terms = 2 });
}

/* A month, May 2031, that has pages. */
static void fill_month(struct show *x)
{
	struct body empty = { .md = { .words = 1 } };

	for (int i = 0; i <= MONTH_PART; i++)
		show_put(x, (struct post_edit){ .title = arena_printf(x->a, "m%d", i),
						.published_at = 1936000000 + i, .body = &empty });
}

static void fill(struct show *x)
{
	show_set(x, "author", "Anna");
	show_set(x, "tagline", "About rain");
	show_set(x, "footer", "Foot");
	show_set(x, "posts_per_page", "3");
	show_fill(x, 10);
	fill_month(x);
	put_rich(x, "Rich", "", 1900001000);
	put_rich(x, "Riche", "fr", 1900002000);
	show_put(x, (struct post_edit){ .kind = POST_PAGE, .title = STR("About"), .in_menu = true,
					.source = STR("rain"), .published_at = 1900000000 });
}

static void ask_all(struct show *x, bool filled)
{
	static const char *const paths[] = {
		"/", "/page/1/", "/page/2/", "/tag/", "/author/", "/tag/t/", "/tag/t/page/2/",
		"/author/anna/", "/lang/fr/", "/archive/", "/archive/2030/", "/archive/2030/03/",
		"/archive/2031/05/",
		"/rich/", "/p5/", "/about/",
	};

	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		struct answer an = show_ask(x, &blog_feature, paths[i], "");

		if (filled && an.status != 200)
			fail_msg("%s: %d", paths[i], an.status);
	}
	show_ask(x, &search_feature, "/search/", "q=rain");
	show_ask(x, &search_feature, "/search/", "q=p1");
	show_set(x, "order", "serial");
	show_ask(x, &blog_feature, "/rich/", "");
	show_set(x, "order", "newest");
	show_ask(x, &search_feature, "/search/", "q=Words&page=2");
}

static void ask_errors(struct square *s)
{
	struct show *x = s->show;
	struct ctx *cx = show_begin(x, "/nowhere/", "");
	struct answer an;

	assert_ok(front_error(cx, 404, STR("Nothing"), STR(""), true, &an, &x->f), &x->f);
	cx->site = NULL;
	cx->contact = STR("a@test.example");
	assert_ok(front_error(cx, 503, STR("Nothing"), STR("why"), false, &an, &x->f), &x->f);
	show_end(x);
}

static void put_on_front(struct square *s)
{
	struct manage_setting set[] = { { STR("title"), STR("Anna") },
					{ STR("listed"), STR("yes") },
					{ STR("tagline"), STR("Rain") } };
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct fail *f = &s->show->f;
	struct newest p = { .url = STR("/rain/"), .title = STR("Rain"), .lang = STR("fr"),
			    .at = 1900000000 };

	assert_ok(manage_create(s->village->registry, STR("anna"), set, 3, &site, f), f);
	assert_ok(registry_begin(s->village->registry, TX_WRITE, &t, f), f);
	assert_ok(newest_replace(t.tx, site->id, &p, 1, f), f);
	assert_ok(registry_commit(&t, f), f);
}

static void ask_front(struct square *s)
{
	struct show *x = s->show;
	struct answer an;
	struct ctx *cx;
	const struct text text = { STR("legal"), STR("fr"), STR("Notice"), STR("It.\n") };
	const struct paper_facts facts = { .log = PAPER_LOG_NOTHING };

	put_on_front(s);
	cx = square_begin(s, "en", "");
	cx->watch = x->watch;
	assert_ok(front_show(cx, x->catalogs, STR("test.example"), &an, &x->f), &x->f);
	cx->path = STR("/legal/");
	cx->host = STR("test.example");
	assert_ok(paper_show(cx, &text, &facts, x->catalogs, &an, &x->f), &x->f);
	square_end(s);
}

static void what_pages_show_is_in_the_table_and_the_other_way_round(void **state)
{
	struct square *s = *state;
	struct seen seen = { .n = 0 };
	const struct ctx_watch watch = { see, &seen };

	s->show->watch = &watch;
	ask_all(s->show, false);	/* of an empty site: whatever is there is known, too */
	fill(s->show);
	ask_all(s->show, true);
	show_set(s->show, "lists", "full");
	ask_all(s->show, true);
	ask_errors(s);
	ask_front(s);
	for (size_t i = 0; values_shapes[i]; i++)
		for (const struct values_row *r = values_shapes[i]->rows; r->name; r++)
			if (!r->later && strcmp(r->name, "*") != 0 && !was_seen(&seen, r))
				fail_msg("no page shows %s of %s", r->name, values_shapes[i]->name);
}

static void every_shape_of_the_table_is_in_its_list(void **state)
{
	(void)state;
	for (size_t i = 0; values_shapes[i]; i++)
		for (const struct values_row *r = values_shapes[i]->rows; r->name; r++) {
			bool found = !r->of;

			for (size_t k = 0; !found && values_shapes[k]; k++)
				found = values_shapes[k] == r->of;
			if (!found)
				fail_msg("the shape of %s is missing", r->name);
			assert_int_equal(r->of != NULL,
					 r->kind == VALUE_LIST || r->kind == VALUE_MAP);
			assert_true(r->help && *r->help);
		}
}

static void a_name_is_found_where_its_template_has_it(void **state)
{
	(void)state;
	assert_int_equal(values_template(STR("topic")), VALUES_TOPIC);
	assert_int_equal(values_template(STR("base")), 0);
	assert_string_equal(values_template_name(0), "home");
	assert_null(values_template_name(14));
	assert_string_equal(values_find(&values_page, STR("posts"), VALUES_FRONT)->of->name,
			    "front post");
	assert_string_equal(values_find(&values_page, STR("posts"), VALUES_HOME)->of->name, "post");
	assert_null(values_find(&values_page, STR("posts"), VALUES_ERROR));
	assert_non_null(values_find(&values_page, STR("posts"), 0));
	/* what a post has of a link to it */
	assert_non_null(values_find(values_find(&values_page, STR("post"), 0)->of, STR("cover"),
				    0));
	assert_true(values_is_known(STR("snippet")));
	assert_false(values_is_known(STR("snipet")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_pages_show_is_in_the_table_and_the_other_way_round, square_set_up,
			square_tear_down),
		cmocka_unit_test(every_shape_of_the_table_is_in_its_list),
		cmocka_unit_test(a_name_is_found_where_its_template_has_it),
	};

	db_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
