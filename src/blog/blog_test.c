/* blog_test.c - what readers find: lists that can be walked, posts, archives, languages. */
#include "blog/blog.h"

#include "base/map.h"
#include "content/month.h"
#include "web/show_test.h"

static struct str page(struct show *x, const char *path)
{
	return show_page(x, &blog_feature, path);
}

static int status(struct show *x, const char *path)
{
	return show_ask(x, &blog_feature, path, "").status;
}

/* "p3 p2 p1 | /newer/ | /older/" taken apart. */
struct shelf {
	struct str posts, newer, older;
};

static struct shelf shelf_at(struct show *x, struct str path)
{
	struct shelf s;
	struct str rest;

	s.posts = str_trim(str_cut(page(x, arena_cstr(x->a, path)), '|', &rest));
	s.newer = str_trim(str_cut(rest, '|', &rest));
	s.older = str_trim(rest);
	return s;
}

/* A page of the home's list that is told to be led to was walked by, any other was not. */
static bool check_told(void *walked, struct str path, enum path_use use, struct fail *f)
{
	(void)f;
	if (str_starts(path, STR("/page/")))
		assert_int_equal(use == PATH_LED_TO, map_remove(walked, path) != NULL);
	return true;
}

static void check_paths(struct show *x, struct map *walked)
{
	assert_ok(blog_feature.paths(show_begin(x, "/", ""), check_told, walked, &x->f), &x->f);
	show_end(x);
	assert_int_equal(map_count(walked), 0);
	map_free(walked, NULL);
}

/* All titles from the top on, by "older"; each page must lead back to the top by "newer". What
 * it comes by is what the feature tells to be led to. */
static struct str walk(struct show *x)
{
	struct shelf s = shelf_at(x, STR("/"));
	struct map *walked = map_new();
	struct str all = s.posts;

	assert_int_equal(s.newer.n, 0);
	for (int pages = 0; s.older.n; pages++) {
		struct str back;

		assert_true(pages < 50);
		map_put(walked, s.older, x);
		s = shelf_at(x, s.older);
		all = arena_printf(x->a, "%.*s %.*s", STR_ARG(all), STR_ARG(s.posts));
		back = s.newer;
		for (int steps = 0; !str_eq(back, STR("/")); steps++) {
			assert_true(back.n > 0 && steps < 50);
			map_put(walked, back, x);
			back = shelf_at(x, back).newer;
		}
	}
	check_paths(x, walked);
	return all;
}

/* "p7 p6 ..." of those from..to (either way) that are not between gap_from and gap_to. */
static struct str titles(struct show *x, int from, int to, int gap_from, int gap_to)
{
	struct str all = STR("");

	for (int i = from, step = from < to ? 1 : -1; i != to + step; i += step)
		if (i < gap_from || i > gap_to)
			all = arena_printf(x->a, "%.*s%sp%d", STR_ARG(all), all.n ? " " : "", i);
	return all;
}

static void walking_to_the_end_visits_every_post_once(void **state)
{
	struct show *x = *state;

	show_set(x, "posts_per_page", "3");
	for (int n = 1; n <= 11; n++) {
		show_put(x, (struct post_edit){ .title = arena_printf(x->a, "p%d", n),
						.published_at = 1900000000 + n });
		assert_str_eq(walk(x), titles(x, n, 1, 0, 0));
	}
}

static void a_serial_is_walked_from_its_beginning(void **state)
{
	struct show *x = *state;

	show_set(x, "posts_per_page", "3");
	show_set(x, "order", "serial");
	show_fill(x, 10);
	assert_str_eq(walk(x), titles(x, 1, 10, 0, 0));
}

static void a_walk_leads_over_shelves_that_became_empty(void **state)
{
	struct show *x = *state;

	show_set(x, "posts_per_page", "2");
	show_fill(x, 12);
	for (int64_t id = 5; id <= 8; id++)	/* two shelves in the middle */
		show_remove(x, id);
	assert_str_eq(walk(x), titles(x, 12, 1, 5, 8));
	show_set(x, "order", "serial");
	show_arrange(x);
	assert_str_eq(walk(x), titles(x, 1, 12, 5, 8));
	for (int64_t id = 1; id <= 4; id++)	/* the first two */
		show_remove(x, id);
	assert_str_eq(walk(x), titles(x, 9, 12, 0, 0));
	show_remove(x, 11);
	show_remove(x, 12);
	assert_str_eq(walk(x), titles(x, 9, 10, 0, 0));
	show_remove(x, 9);
	show_remove(x, 10);
	assert_str_eq(walk(x), STR(""));
}

static void a_gap_in_a_serial_is_stepped_over(void **state)
{
	struct show *x = *state;

	show_set(x, "posts_per_page", "2");
	show_set(x, "order", "serial");
	show_fill(x, 12);
	for (int64_t id = 1; id <= 8; id++)
		if (id <= 2 || id >= 5)
			show_remove(x, id);
	assert_str_eq(walk(x), STR("p3 p4 p9 p10 p11 p12"));
}

static void a_page_number_is_a_shelf_or_nothing(void **state)
{
	struct show *x = *state;

	show_set(x, "posts_per_page", "2");
	show_fill(x, 4);
	assert_str_eq(page(x, "/page/1/"), STR("p2 p1 | /page/2/ |"));
	assert_int_equal(status(x, "/page/3/"), 404);
	assert_int_equal(status(x, "/page/0/"), 404);
	assert_int_equal(status(x, "/page/01/"), 404);
	assert_int_equal(status(x, "/page/x/"), 404);
	assert_str_eq(page(x, "/tag/t/page/2/"), STR("t: p4 p3 | /tag/t/ | /tag/t/page/1/"));
	assert_int_equal(status(x, "/tag/nothing/"), 404);
}

static void a_list_of_full_texts_has_them(void **state)
{
	struct show *x = *state;

	show_put(x, (struct post_edit){ .title = STR("a"),
					.source = STR("One.\n\n<!--more-->\n\nTwo."),
					.published_at = 1 });
	assert_str_eq(page(x, "/"), STR("a |  |"));
	show_set(x, "lists", "full");
	assert_true(str_find(page(x, "/"), STR("<p>Two.</p>")) > 0);
}

static void an_old_address_leads_to_the_new_one(void **state)
{
	struct show *x = *state;
	struct str alias = STR("/alias.html");
	struct post_edit in = { .title = STR("a"), .published_at = 1, .aliases = &alias,
				.n_aliases = 1 };
	struct answer an;

	in.id = show_put(x, in);
	in.path = STR("/elsewhere/");
	show_put(x, in);
	an = show_ask(x, &blog_feature, "/a/", "");
	assert_int_equal(an.status, 301);
	assert_true(str_starts(an.head, STR("Location: https://test.example/elsewhere/\r\n")));
	assert_int_equal(status(x, "/alias.html"), 301);
	assert_int_equal(status(x, "/elsewhere"), 301);
	assert_int_equal(status(x, "/elsewhere/"), 200);
	assert_int_equal(status(x, "/elsewhere.md"), 200);
	assert_int_equal(status(x, "/nowhere"), 404);
}

/* An export writes an empty line below the head, and an import keeps it. */
static void the_source_of_a_text_begins_with_its_title(void **state)
{
	struct show *x = *state;

	show_put(x, (struct post_edit){ .title = STR("a"), .source = STR("\n\nText.\n"),
					.published_at = 1 });
	assert_str_eq(show_ask(x, &blog_feature, "/a.md", "").body, STR("# a\n\nText.\n"));
}

static void a_draft_does_not_break_the_redirect_at_its_address(void **state)
{
	struct show *x = *state;
	struct post_edit in = { .title = STR("a"), .published_at = 1 };
	struct post_edit draft = { .path = STR("/a/"), .title = STR("new"), .draft = true,
				   .published_at = 2 };

	in.id = show_put(x, in);
	in.path = STR("/b/");
	show_put(x, in);
	draft.id = show_put(x, draft);
	assert_int_equal(status(x, "/a/"), 301);
	draft.draft = false;
	show_put(x, draft);
	assert_int_equal(status(x, "/a/"), 200);
	show_remove(x, draft.id);
	assert_int_equal(status(x, "/a/"), 410);
}

static void what_was_removed_is_gone_and_stays_gone(void **state)
{
	struct show *x = *state;
	struct str alias = STR("/alias/");
	int64_t id = show_put(x, (struct post_edit){ .title = STR("a"), .published_at = 1,
						     .aliases = &alias, .n_aliases = 1 });

	show_remove(x, id);
	assert_int_equal(status(x, "/a/"), 410);
	assert_int_equal(status(x, "/alias/"), 410);
	/* The next post gets the same number, but not its addresses. */
	assert_int_equal(show_put(x, (struct post_edit){ .title = STR("b"), .published_at = 2 }),
			 id);
	assert_int_equal(status(x, "/alias/"), 410);
	show_put(x, (struct post_edit){ .title = STR("a"), .published_at = 3 });
	assert_int_equal(status(x, "/a/"), 200);
}

static void drafts_and_the_future_are_not_there(void **state)
{
	struct show *x = *state;

	show_put(x, (struct post_edit){ .title = STR("draft"), .draft = true, .published_at = 1 });
	show_put(x, (struct post_edit){ .title = STR("future"), .published_at = 2100000000 });
	assert_int_equal(status(x, "/draft/"), 404);
	assert_int_equal(status(x, "/draft"), 404);
	assert_int_equal(status(x, "/draft.md"), 404);
	assert_int_equal(status(x, "/future/"), 404);
	assert_str_eq(page(x, "/"), STR("|  |"));
}

static void a_month_is_one_of_the_sites_clock(void **state)
{
	struct show *x = *state;

	show_set(x, "timezone", "Europe/Paris");
	/* 2030-12-31 23:30 UTC */
	show_put(x, (struct post_edit){ .title = STR("late"), .published_at = 1924990200 });
	assert_str_eq(page(x, "/archive/"), STR("2031 1 post, January /archive/2031/01/"));
	assert_str_eq(page(x, "/archive/2031/"), STR("January: late"));
	assert_str_eq(page(x, "/archive/2031/01/"), STR("January 2031: late"));
	assert_int_equal(status(x, "/archive/2030/12/"), 404);
	assert_int_equal(status(x, "/archive/2031/1/"), 404);
	assert_int_equal(status(x, "/archive/2031/13/"), 404);
	assert_int_equal(status(x, "/archive/-031/"), 404);
}

/* Titles of all parts of a month; part k leads to the one before and behind. */
static struct str month_titles(struct show *x, int parts)
{
	struct str all = STR("");

	for (int k = 1; k <= parts; k++) {
		struct str folder = STR("/archive/2030/03/"), path, rest, name, posts, pager;

		path = k == 1 ? folder : arena_printf(x->a, "/archive/2030/03/page/%d/", k);
		name = str_cut(page(x, arena_cstr(x->a, path)), ':', &rest);
		assert_str_eq(name, k == 1 ? STR("March 2030")
			      : arena_printf(x->a, "March 2030 – page %d", k));
		posts = str_cut(rest, '|', &pager);
		all = arena_printf(x->a, "%.*s%.*s", STR_ARG(all), STR_ARG(posts));
		assert_str_eq(str_trim(pager), k == 1 ? STR("newer /archive/2030/03/page/2/")
			      : k < parts
			      ? arena_printf(x->a, "newer /archive/2030/03/page/%d/"
					     " older /archive/2030/03/", k + 1)
			      : arena_printf(x->a, "older /archive/2030/03/page/%d/", k - 1));
	}
	return all;
}

static void a_month_of_many_posts_has_pages(void **state)
{
	struct show *x = *state;
	struct body empty = { .md = { .words = 1 } };
	struct str all = STR("");

	for (int i = 0; i < 2 * MONTH_PART + 1; i++) {
		struct str title = arena_printf(x->a, "p%d", i);

		show_put(x, (struct post_edit){ .title = title, .published_at = 1900000000 + i,
						.body = &empty });
		all = arena_printf(x->a, "%.*s %.*s", STR_ARG(all), STR_ARG(title));
	}
	assert_str_eq(month_titles(x, 3), all);
	assert_str_eq(page(x, "/archive/2030/"), STR("March:"));
	assert_int_equal(status(x, "/archive/2030/03/page/1/"), 404);
	assert_int_equal(status(x, "/archive/2030/03/page/4/"), 404);
	assert_int_equal(status(x, "/archive/2030/03/page/x/"), 404);
	assert_int_equal(status(x, "/archive/2030/04/page/2/"), 404);
}

static void each_language_has_its_list(void **state)
{
	struct show *x = *state;

	show_put(x, (struct post_edit){ .title = STR("en"), .published_at = 1, .set = STR("s") });
	show_put(x, (struct post_edit){ .title = STR("fr"), .published_at = 2, .lang = STR("fr"),
					.set = STR("s") });
	assert_str_eq(page(x, "/lang/en/"), STR("English: en |  |"));
	assert_str_eq(page(x, "/lang/fr/"), STR("French: fr |  |"));
	assert_int_equal(status(x, "/lang/own/"), 404);
	assert_str_eq(page(x, "/en/"), STR("en [en ltr]  next fr fr /fr/"));
	assert_str_eq(page(x, "/fr/"), STR("fr [fr ltr]  previous en en /en/"));
}

static void a_serial_starts_with_its_first_chapter(void **state)
{
	struct show *x = *state;

	show_set(x, "order", "serial");
	show_put(x, (struct post_edit){ .title = STR("two"), .published_at = 1, .weight = 20 });
	show_put(x, (struct post_edit){ .title = STR("one"), .published_at = 2, .weight = 10 });
	assert_str_eq(page(x, "/"), STR("one two |  |"));
	assert_str_eq(page(x, "/one/"), STR("one [en ltr]  next two"));
	assert_int_equal(status(x, "/start/"), 302);
	assert_true(str_starts(show_ask(x, &blog_feature, "/start/", "").head,
			       STR("Location: https://test.example/one/\r\n")));
}

static void a_chapter_knows_how_far_it_is(void **state)
{
	struct show *x = *state;

	show_set(x, "order", "serial");
	show_put(x, (struct post_edit){ .title = STR("one"), .published_at = 1, .weight = 1 });
	show_put(x, (struct post_edit){ .title = STR("two"), .published_at = 2, .weight = 2 });
	show_put(x, (struct post_edit){ .title = STR("far"), .published_at = 3, .weight = 40 });
	assert_str_eq(page(x, "/two/"),
		      STR("two [en ltr]  Chapter 2 of 3 2/3 previous one next far"));
	assert_str_eq(page(x, "/far/"), STR("far [en ltr]  previous two"));
	show_set(x, "order", "newest");
	assert_str_eq(page(x, "/two/"), STR("two [en ltr]  previous one next far"));
}

static void pinned_posts_stand_on_top_of_home_only(void **state)
{
	struct show *x = *state;

	show_set(x, "posts_per_page", "1");
	show_put(x, (struct post_edit){ .title = STR("old"), .published_at = 1, .pinned = true });
	show_put(x, (struct post_edit){ .title = STR("new"), .published_at = 2 });
	assert_str_eq(page(x, "/"), STR("!old new |  | /page/1/"));
	assert_str_eq(page(x, "/page/1/"), STR("old | /page/2/ |"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_SITE(walking_to_the_end_visits_every_post_once),
		ON_A_SITE(a_serial_is_walked_from_its_beginning),
		ON_A_SITE(a_walk_leads_over_shelves_that_became_empty),
		ON_A_SITE(a_gap_in_a_serial_is_stepped_over),
		ON_A_SITE(a_page_number_is_a_shelf_or_nothing),
		ON_A_SITE(a_list_of_full_texts_has_them),
		ON_A_SITE(an_old_address_leads_to_the_new_one),
		ON_A_SITE(the_source_of_a_text_begins_with_its_title),
		ON_A_SITE(a_draft_does_not_break_the_redirect_at_its_address),
		ON_A_SITE(what_was_removed_is_gone_and_stays_gone),
		ON_A_SITE(drafts_and_the_future_are_not_there),
		ON_A_SITE(a_month_is_one_of_the_sites_clock),
		ON_A_SITE(a_month_of_many_posts_has_pages),
		ON_A_SITE(each_language_has_its_list),
		ON_A_SITE(a_serial_starts_with_its_first_chapter),
		ON_A_SITE(a_chapter_knows_how_far_it_is),
		ON_A_SITE(pinned_posts_stand_on_top_of_home_only),
	};

	return cmocka_run_group_tests_name("blog", tests, NULL, NULL);
}
