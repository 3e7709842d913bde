/* truth_test.c - a page that passes for fresh is what a fresh rendering would be, byte for
 * byte, whatever happened to the site in between.
 *
 * TRUTH_SEED and TRUTH_STEPS in the environment choose another story, or a longer one.
 * A program of its own, because it takes its time.
 */
#include "app/truth_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/file.h"
#include "site/manage.h"
#include "store/db.h"
#include "theme/sass_child.h"

/* --- the world --- */

/* A theme that asks: the list of queries stands on every page, beside a menu of its own. */
static void make_asking(struct truth *t)
{
	static const char ini[] =
		"[theme]\nname = Asking\nparent = plume\napi = 1\n[menu foot]\nlabel = Foot\n"
		"[option tag]\ntype = text\ndefault = rain\n"
		"[query newest]\nlimit = 2\n[query oldest]\norder = oldest\nlimit = 4\n"
		"[query tagged]\ntag = $tag\nlimit = 3\n[query pages]\nkind = pages\n"
		"[query late]\nkind = pages\norder = newest\n[query idle]\nlimit = 20\n";
	static const char menu[] =
		"{{#menus.foot}}{{title}}{{url}}{{/menus.foot}}{{#has_queries.newest}}N"
		"{{/has_queries.newest}}{{#queries.newest}}{{>asked}}{{/queries.newest}}|"
		"{{#queries.oldest}}{{>asked}}{{/queries.oldest}}|"
		"{{#queries.tagged}}{{>asked}}{{/queries.tagged}}|"
		"{{#queries.pages}}{{>asked}}{{/queries.pages}}|{{#queries.late}}{{>asked}}"
		"{{/queries.late}}";
	static const char asked[] = "{{title}} {{url}} {{date.iso}} {{description}} {{#tags}}"
				    "{{name}}{{/tags}}{{{excerpt}}}";
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const char *dir = path_join(a, t->data, STR("themes/asking"));
	const char *parts = path_join(a, dir, STR("templates/partials"));
	struct fail *f = &t->hand.f;

	assert_ok(dir_make(parts, f), f);
	assert_ok(file_write(path_join(a, parts, STR("menu.html")), str_of(menu), false, f), f);
	assert_ok(file_write(path_join(a, parts, STR("asked.html")), str_of(asked), false, f), f);
	assert_ok(file_write(path_join(a, dir, STR("theme.ini")), str_of(ini), false, f), f);
}

static void open_world(struct truth *t)
{
	struct hand *h = &t->hand;

	assert_ok(host_open(t->data, &h->host, &h->f), &h->f);
	assert_ok(engine_open(h->host, NULL, &h->engine, &h->f), &h->f);
	engine_look_at_wording(h->engine, true);
}

void truth_rise(struct truth *t)
{
	render_sitting_end(t->sitting);
	site_unref(t->sat);
	t->sitting = NULL;
	t->sat = NULL;
}

static void close_world(struct truth *t)
{
	truth_rise(t);
	engine_close(t->hand.engine);
	host_close(t->hand.host);
}

struct site *truth_site(struct truth *t)
{
	struct site *site;

	assert_ok(registry_site(t->hand.host->registry, t->hand.site, &site, &t->hand.f),
		  &t->hand.f);
	return site;
}

void truth_restart(struct truth *t)
{
	close_world(t);
	open_world(t);
}

int truth_set_up(void **state)
{
	struct truth *t = calloc(1, sizeof *t);
	struct manage_setting set[] = { { STR("title"), STR("Truth") },
					{ STR("posts_per_page"), STR("3") } };
	struct hand *h = &t->hand;
	struct site *site;
	char *top = getenv("top_srcdir");

	setenv("HAMEAU_SHARE", top ? top : "../..", 1);
	/* In memory where there is such a place: a story commits often. */
	strcpy(t->root, access("/dev/shm", W_OK) == 0 ? "/dev/shm/truth-XXXXXX"
	       : "/tmp/truth-XXXXXX");
	if (!mkdtemp(t->root))
		return -1;
	snprintf(t->data, sizeof t->data, "%s/data", t->root);
	assert_ok(host_init(t->data, STR("truth.example"), NULL, &h->f), &h->f);
	make_asking(t);
	h->a = arena_new(0);
	h->now = 1927000000;
	open_world(t);
	/* With a random id two counters meet in one slot now and then, which is right and makes
	 * a page stale for nothing. With this one none does. */
	site_id_choose(0x1234);
	assert_ok(manage_create(h->host->registry, STR("truth"), set, 2, &site, &h->f), &h->f);
	h->site = site->id;
	site_unref(site);
	t->kept = map_new();
	t->known = map_new();
	*state = t;
	return 0;
}

void truth_drop(void *entry)
{
	entry_drop(entry);
}

int truth_tear_down(void **state)
{
	struct truth *t = *state;

	map_free(t->kept, truth_drop);
	map_free(t->known, NULL);
	close_world(t);
	arena_free(t->hand.a);
	if (!dir_remove(t->root, NULL))
		return -1;
	free(t);
	return 0;
}

/* --- stories --- */

static int number_from(const char *name, int usual)
{
	const char *text = getenv(name);

	return text ? atoi(text) : usual;
}

void truth_tell(struct truth *t, uint64_t seed, int steps)
{
	struct hand *h = &t->hand;

	h->seed = seed * 0x9e3779b97f4a7c15u + 1;
	for (int i = 0; i < steps; i++) {
		if (!hand_change(h))
			fail_msg("seed %llu step %d (%s): %s", (unsigned long long)seed, i, h->did,
				 h->f.text);
		if (getenv("TRUTH_SEED"))
			print_message("step %d: %s\n", i, h->did);
		if (i % 23 == 11)
			truth_restart(t);
		if (i % 31 == 17)
			assert_ok(disk_drop_all(h->engine->disk, &h->f), &h->f);
		if (i > 20 || i % 5 == 0)	/* a small site first, quickly */
			truth_look(t);
	}
}

static void what_passes_for_fresh_is_what_would_be_made_anew(void **state)
{
	uint64_t seed = (uint64_t)number_from("TRUTH_SEED", 1);
	int steps = number_from("TRUTH_STEPS", 80);

	print_message("# the story of seed %llu\n", (unsigned long long)seed);
	truth_tell(*state, seed, steps);
}

static void another_story_ends_as_well(void **state)
{
	uint64_t seed = (uint64_t)number_from("TRUTH_SEED", 1) + 1000;

	print_message("# the story of seed %llu\n", (unsigned long long)seed);
	truth_tell(*state, seed, number_from("TRUTH_STEPS", 80));
}

/* Started as "truth_test sass-child" it compiles the stylesheets of the themes it opens. */
int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TRUTH_TEST(what_passes_for_fresh_is_what_would_be_made_anew),
		TRUTH_TEST(another_story_ends_as_well),
	};

	if (argc > 1 && strcmp(argv[1], "sass-child") == 0)
		sass_child_main();
	db_init();
	return precise_tests() + cmocka_run_group_tests_name("truth", tests, NULL, NULL)
		+ truth_crowd_tests();
}
