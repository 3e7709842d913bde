/* precise_test.c - an edit makes stale what shows it, and nothing else. */
#include "app/truth_test.h"

#include "base/file.h"

enum { POSTS = 500 };

static int set_up(void **state)
{
	struct truth *t;

	if (truth_set_up(state) != 0)
		return -1;
	t = *state;
	assert_ok(hand_set(&t->hand, "posts_per_page", "10"), &t->hand.f);
	assert_ok(hand_fill(&t->hand, 1, POSTS), &t->hand.f);
	truth_look(t);
	return 0;
}

static void assert_stale(struct truth *t, const char *expected)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	assert_str_eq(truth_stale(t, a), str_of(expected));
	truth_look(t);		/* and what is not stale is true */
}

static void edit(struct truth *t, int64_t id, const struct hand_edit *with)
{
	assert_ok(hand_edit(&t->hand, id, with), &t->hand.f);
}

static void a_text_is_shown_by_its_page_and_its_shelves(void **state)
{
	edit(*state, 250, &(struct hand_edit){ .text = "Other words." });
	assert_stale(*state, "/author/bela/page/9/\n/lang/en/page/25/\n/p-250.md\n/p-250/\n"
		     "/page/25/\n/tag/even/page/13/\n");
}

static void the_newest_text_is_in_feeds_and_on_top_too(void **state)
{
	edit(*state, POSTS, &(struct hand_edit){ .text = "Other words." });
	assert_stale(*state, "/\n/atom.xml\n/author/carla/\n/author/carla/atom.xml\n"
		     "/author/carla/feed.json\n/author/carla/page/17/\n/author/carla/rss.xml\n"
		     "/feed\n/feed.json\n/index.xml\n/lang/en/\n/lang/en/atom.xml\n"
		     "/lang/en/feed.json\n/lang/en/page/50/\n/lang/en/rss.xml\n/p-500.md\n"
		     "/p-500/\n/page/50/\n/rss.xml\n/tag/even/\n/tag/even/atom.xml\n"
		     "/tag/even/feed.json\n/tag/even/page/25/\n/tag/even/rss.xml\n");
}

/* 244, 246 and 248 show it as related. */
static void a_title_is_shown_by_neighbours_and_the_archive(void **state)
{
	edit(*state, 250, &(struct hand_edit){ .title = "Another" });
	assert_stale(*state, "/archive/2030/\n/archive/2030/05/\n/author/bela/page/9/\n"
		     "/lang/en/page/25/\n/p-244/\n/p-246/\n/p-248/\n/p-249/\n/p-250.md\n"
		     "/p-250/\n/p-251/\n/page/25/\n/tag/even/page/13/\n");
}

static void an_address_is_in_the_sitemap_too(void **state)
{
	edit(*state, 250, &(struct hand_edit){ .slug = "elsewhere" });
	assert_stale(
		*state,
		"/archive/2030/\n/archive/2030/05/\n/author/bela/page/9/\n"
		"/lang/en/page/25/\n/p-244/\n/p-246/\n/p-248/\n/p-249/\n/p-250.md\n"
		"/p-250/\n/p-251/\n/page/25/\n/sitemap.xml\n/sitemap/1.xml\n/tag/even/page/13/\n");
}

/* It opens a shelf in three lists, so the last page of each has a newer one now; three posts
 * of its tag show it as related, and the one before as the next. */
static void a_new_post_leaves_old_pages_alone(void **state)
{
	struct truth *t = *state;

	assert_ok(hand_fill(&t->hand, POSTS + 1, POSTS + 1), &t->hand.f);
	assert_stale(t, "/\n/archive/\n/archive/2031/\n/archive/2031/01/\n/atom.xml\n"
		     "/author/\n/author/anna/\n/author/anna/atom.xml\n"
		     "/author/anna/feed.json\n/author/anna/page/17/\n"
		     "/author/anna/rss.xml\n/feed\n/feed.json\n/index.xml\n/lang/en/\n"
		     "/lang/en/atom.xml\n/lang/en/feed.json\n/lang/en/page/50/\n"
		     "/lang/en/rss.xml\n/p-495/\n/p-497/\n/p-499/\n/p-500/\n/page/50/\n"
		     "/rss.xml\n/sitemap.xml\n/sitemap/1.xml\n/tag/\n/tag/odd/\n"
		     "/tag/odd/atom.xml\n/tag/odd/feed.json\n/tag/odd/page/25/\n"
		     "/tag/odd/rss.xml\n");
}

static size_t count_stale(struct truth *t)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str rest = truth_stale(t, a), line;
	size_t n = 0;

	while (str_line(&rest, &line))
		n++;
	return n;
}

/* A story of a few posts will do. */
static void a_theme_or_the_words_of_others_make_nothing_stale(void **state)
{
	struct truth *t = *state;
	struct gens *g = t->hand.host->gens;
	struct catalogs *all = host_catalogs(t->hand.host);

	assert_ok(hand_fill(&t->hand, 1, 3), &t->hand.f);
	truth_look(t);
	gens_raise(g, engine_theme_slot(STR("another")));
	wording_changed(t->hand.engine->wording, 0x4321, all);
	assert_int_equal(count_stale(t), 0);
	gens_raise(g, engine_theme_slot(themes_default_id(t->hand.engine->themes)));
	assert_int_equal(count_stale(t), map_count(t->kept));
	truth_look(t);
	wording_changed(t->hand.engine->wording, t->hand.site, all);
	assert_int_equal(count_stale(t), map_count(t->kept));
	catalogs_unref(all);
}

/* The theme shows on every page the two newest, the four oldest, three of a tag and all pages:
 * what is not among them is not on those pages. */
static void what_no_query_shows_makes_no_page_stale_for_it(void **state)
{
	struct truth *t = *state;

	assert_ok(hand_set(&t->hand, "theme", "asking"), &t->hand.f);
	assert_ok(hand_set(&t->hand, "option.tag", "even"), &t->hand.f);
	truth_look(t);
	edit(t, 250, &(struct hand_edit){ .text = "Other words." });
	assert_stale(t, "/author/bela/page/9/\n/lang/en/page/25/\n/p-250.md\n/p-250/\n"
		     "/page/25/\n/tag/even/page/13/\n");
}

static void assert_everywhere(struct truth *t, bool expected)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str stale = truth_stale(t, a);

	assert_int_equal(str_find(stale, STR("/p-123/\n")) >= 0, expected);
	assert_int_equal(str_find(stale, STR("/archive/\n")) >= 0, expected);
	truth_look(t);
}

static void what_a_query_shows_makes_every_page_stale_that_shows_it(void **state)
{
	static const struct { int post; bool shown; } cases[] = {
		{ POSTS, true }, { POSTS - 1, true },	/* the newest two */
		{ POSTS - 2, true }, { POSTS - 4, true },	/* even: the newest three */
		{ POSTS - 3, false }, { POSTS - 7, false }, { POSTS - 12, false },
		{ 1, true }, { 4, true },		/* the oldest four */
		{ 11, false }, { 200, false },
	};
	struct truth *t = *state;

	assert_ok(hand_set(&t->hand, "theme", "asking"), &t->hand.f);
	assert_ok(hand_set(&t->hand, "option.tag", "even"), &t->hand.f);
	truth_look(t);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		print_message("# post %d\n", cases[i].post);
		edit(t, cases[i].post, &(struct hand_edit){ .text = "Other words." });
		assert_everywhere(t, cases[i].shown);
	}
}

static bool says(struct truth *t, const char *word, bool *kept)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(rendering_release) struct rendering r = { NULL };
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct hand *h = &t->hand;

	assert_ok(registry_site(h->host->registry, h->site, &site, &h->f), &h->f);
	assert_ok(render_site(h->engine, a, site, STR("/"), STR(""), &r, &h->f), &h->f);
	*kept = r.cacheable;
	return str_find(r.entry->plain, str_of(word)) >= 0;
}

/* As a server does that takes over, or a command that runs by itself: it has read other words of
 * the host, and we have not looked so far. */
static void what_others_have_changed_is_not_kept_as_it_was(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct truth *t = *state;
	struct fail *f = &t->hand.f;
	const char *dir = path_join(a, t->data, STR("lang"));
	static const char po[] = "msgid \"Tags\"\nmsgstr \"Subjects of all kinds\"\n";
	struct host *other;
	bool kept;

	assert_ok(hand_fill(&t->hand, 1, 3), f);
	assert_false(says(t, "Subjects of all kinds", &kept));
	assert_true(kept);
	assert_ok(host_open(t->data, &other, f), f);
	assert_ok(dir_make(dir, f), f);
	assert_ok(file_write(path_join(a, dir, STR("en.po")), str_of(po), false, f), f);
	assert_ok(host_reload_catalogs(other, f), f);
	assert_false(says(t, "Subjects of all kinds", &kept));
	assert_false(kept);
	host_give_way(t->hand.host, true);
	engine_catch_up(t->hand.engine);
	(void)says(t, "", &kept);
	assert_false(kept);
	host_give_way(t->hand.host, false);
	engine_catch_up(t->hand.engine);
	assert_true(says(t, "Subjects of all kinds", &kept));
	assert_true(kept);
	host_close(other);
}

#define ON_A_LARGE_SITE(test) cmocka_unit_test_setup_teardown(test, set_up, truth_tear_down)

int precise_tests(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_LARGE_SITE(a_text_is_shown_by_its_page_and_its_shelves),
		ON_A_LARGE_SITE(the_newest_text_is_in_feeds_and_on_top_too),
		ON_A_LARGE_SITE(a_title_is_shown_by_neighbours_and_the_archive),
		ON_A_LARGE_SITE(a_new_post_leaves_old_pages_alone),
		ON_A_LARGE_SITE(an_address_is_in_the_sitemap_too),
		TRUTH_TEST(a_theme_or_the_words_of_others_make_nothing_stale),
		TRUTH_TEST(what_others_have_changed_is_not_kept_as_it_was),
		ON_A_LARGE_SITE(what_no_query_shows_makes_no_page_stale_for_it),
		ON_A_LARGE_SITE(what_a_query_shows_makes_every_page_stale_that_shows_it),
	};

	return cmocka_run_group_tests_name("precise", tests, NULL, NULL);
}
