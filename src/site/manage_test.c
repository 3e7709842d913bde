/* manage_test.c - the verbs, and what readers get after each. */
#include "site/manage.h"

#include <stdio.h>

#include "base/file.h"
#include "base/limits.h"
#include "site/due.h"
#include "site/host_store.h"
#include "site/newest.h"
#include "site/settings.h"
#include "site/village_test.h"

#define ASK(host, answer) assert_str_eq(village_ask(v, host), STR(answer))
#define DO(expr) assert_ok(expr, &v->f)
#define REFUSED(expr, why) \
	do { \
		assert_false(expr); \
		assert_int_equal(v->f.code, why); \
	} while (0)

static void rename_to(struct village *v, const char *from, const char *to)
{
	struct site *site = NULL;

	DO(manage_rename(v->registry, str_of(from), str_of(to), &site, &v->f));
	site_unref(site);
}

static void a_site_is_made_with_its_settings(void **state)
{
	struct village *v = *state;
	const struct manage_setting settings[] = {
		{ STR("title"), STR("Anna's") },
		{ STR("lang"), STR("fr") },
		{ STR("listed"), STR("no") },
	};
	CLEANUP(site_unrefp) struct site *site = NULL;

	DO(manage_create(v->registry, STR("anna"), settings, 3, &site, &v->f));
	assert_str_eq(site->title, STR("Anna's"));
	assert_str_eq(site->lang, STR("fr"));
	assert_false(site->listed);
	assert_str_eq(site->host, STR("anna.test.example"));
	assert_true(file_exists(site->path));
}

static void a_site_that_cannot_be_made_leaves_no_folder(void **state)
{
	struct village *v = *state;
	const struct manage_setting wrong = { STR("lang"), STR("??") };
	struct dir_entry *entries;
	struct site *site;
	size_t count = 0;

	REFUSED(manage_create(v->registry, STR("anna"), &wrong, 1, &site, &v->f), FAIL_INVALID);
	if (file_is_dir(path_join(v->arena, v->dir, STR("sites"))))
		DO(dir_list(v->arena, path_join(v->arena, v->dir, STR("sites")), &entries, &count,
			    &v->f));
	assert_int_equal(count, 0);
	ASK("anna.test.example", "nothing");
}

static void a_name_is_given_once_and_so_is_its_look(void **state)
{
	struct village *v = *state;
	struct site *site;

	village_make(v, "paul1");
	REFUSED(manage_create(v->registry, STR("paul1"), NULL, 0, &site, &v->f), FAIL_CONFLICT);
	REFUSED(manage_create(v->registry, STR("paull"), NULL, 0, &site, &v->f), FAIL_CONFLICT);
	assert_string_equal(v->f.text, "the name \"paull\" looks like \"paul1\", which is taken");
}

static void a_renamed_site_is_found_by_its_old_names(void **state)
{
	struct village *v = *state;
	struct site *site;

	village_make(v, "anna");
	ASK("anna.test.example", "site anna 200");
	rename_to(v, "anna", "berta");
	ASK("anna.test.example", "site berta 200 -> berta.test.example");
	ASK("berta.test.example", "site berta 200");
	REFUSED(manage_create(v->registry, STR("anna"), NULL, 0, &site, &v->f), FAIL_CONFLICT);
	rename_to(v, "anna", "clara");
	ASK("berta.test.example", "site clara 200 -> clara.test.example");
	rename_to(v, "clara", "anna");
	ASK("anna.test.example", "site anna 200");
	ASK("clara.test.example", "site anna 200 -> anna.test.example");
}

static void the_oldest_of_many_former_names_is_forgotten(void **state)
{
	struct village *v = *state;
	char from[16] = "n-00", to[16];

	village_make(v, from);
	for (int i = 1; i <= LIMIT_FORMER_NAMES + 2; i++) {
		snprintf(to, sizeof to, "n-%02d", i);
		rename_to(v, from, to);
		strcpy(from, to);
	}
	CLEANUP(site_unrefp) struct site *site = NULL;
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct str *names;
	size_t count;

	DO(registry_named(v->registry, str_of(from), &site, &v->f));
	DO(registry_begin(v->registry, TX_READ, &t, &v->f));
	DO(host_store_former(v->arena, t.tx, site->id, &names, &count, &v->f));
	assert_int_equal(count, LIMIT_FORMER_NAMES);
}

static void a_suspended_site_says_why_and_comes_back(void **state)
{
	struct village *v = *state;
	struct site *site;

	village_make(v, "anna");
	DO(manage_suspend(v->registry, STR("anna"), false, STR("maintenance"), &v->f));
	ASK("anna.test.example", "site anna 503");
	DO(manage_suspend(v->registry, STR("anna"), true, STR("court order 7"), &v->f));
	DO(registry_named(v->registry, STR("anna"), &site, &v->f));
	assert_int_equal(site->status, 451);
	assert_str_eq(site->reason, STR("court order 7"));
	site_unref(site);
	DO(manage_resume(v->registry, STR("anna"), &v->f));
	ASK("anna.test.example", "site anna 200");
	REFUSED(manage_resume(v->registry, STR("anna"), &v->f), FAIL_CONFLICT);
}

static void a_deleted_site_is_gone_and_can_be_brought_back(void **state)
{
	struct village *v = *state;

	village_make(v, "anna");
	DO(manage_delete(v->registry, STR("anna"), &v->f));
	ASK("anna.test.example", "site anna 410");
	REFUSED(manage_delete(v->registry, STR("anna"), &v->f), FAIL_CONFLICT);
	REFUSED(manage_undelete(v->registry, STR("anna"), -1, &v->f), FAIL_GONE);
	DO(manage_undelete(v->registry, STR("anna"), 30, &v->f));
	ASK("anna.test.example", "site anna 200");
}

static void what_was_suspended_and_deleted_is_suspended_again(void **state)
{
	struct village *v = *state;

	village_make(v, "anna");
	DO(manage_suspend(v->registry, STR("anna"), true, STR("court order 7"), &v->f));
	DO(manage_delete(v->registry, STR("anna"), &v->f));
	ASK("anna.test.example", "site anna 410");
	DO(manage_undelete(v->registry, STR("anna"), 30, &v->f));
	ASK("anna.test.example", "site anna 451");
}

static void a_purged_site_leaves_nothing(void **state)
{
	struct village *v = *state;
	struct site *site;
	bool is_gone;
	uint64_t id;

	village_make(v, "anna");
	rename_to(v, "anna", "berta");
	DO(manage_domain_add(v->registry, STR("berta"), STR("berta.org"), true, &v->f));
	DO(registry_named(v->registry, STR("berta"), &site, &v->f));
	REFUSED(manage_purge(v->registry, STR("berta"), 30, true, &id, &v->f), FAIL_CONFLICT);
	DO(manage_delete(v->registry, STR("berta"), &v->f));
	REFUSED(manage_purge(v->registry, STR("berta"), 30, false, &id, &v->f), FAIL_CONFLICT);
	DO(manage_purge(v->registry, STR("berta"), 30, true, &id, &v->f));
	assert_int_equal(id, site->id);
	DO(manage_purge_folder(v->registry, id, &is_gone, &v->f));
	assert_true(is_gone && !file_exists(site->dir));
	site_unref(site);
	ASK("anna.test.example", "nothing");
	ASK("berta.test.example", "nothing");
	ASK("berta.org", "nothing");
	village_make(v, "anna");
}

static void the_canonical_domain_is_where_the_others_lead(void **state)
{
	struct village *v = *state;

	village_make(v, "anna");
	village_make(v, "berta");
	DO(manage_domain_add(v->registry, STR("anna"), STR("www.anna.org"), false, &v->f));
	ASK("www.anna.org", "site anna 200 -> anna.test.example");
	DO(manage_domain_add(v->registry, STR("anna"), STR("anna.org"), true, &v->f));
	ASK("anna.org", "site anna 200");
	ASK("www.anna.org", "site anna 200 -> anna.org");
	ASK("anna.test.example", "site anna 200 -> anna.org");
	DO(manage_domain_add(v->registry, STR("anna"), STR("www.anna.org"), true, &v->f));
	ASK("anna.org", "site anna 200 -> www.anna.org");
	REFUSED(manage_domain_add(v->registry, STR("berta"), STR("anna.org"), true, &v->f),
		FAIL_CONFLICT);
	DO(manage_domain_remove(v->registry, STR("anna"), STR("www.anna.org"), &v->f));
	ASK("www.anna.org", "nothing");
	ASK("anna.test.example", "site anna 200");
	REFUSED(manage_domain_remove(v->registry, STR("berta"), STR("anna.org"), &v->f),
		FAIL_NOT_FOUND);
}

static void what_the_front_page_shows_follows_the_settings(void **state)
{
	const struct manage_setting title = { STR("title"), STR("New") };
	const struct manage_setting listed = { STR("listed"), STR("no") };
	const struct manage_setting bad[] = { title, { STR("order"), STR("sideways") } };
	struct village *v = *state;
	struct host_row *rows;
	struct host_tx t;
	size_t count;

	village_make(v, "anna");
	village_make(v, "berta");
	REFUSED(manage_set(v->registry, STR("berta"), bad, 2, &v->f), FAIL_INVALID);
	DO(manage_set(v->registry, STR("anna"), &title, 1, &v->f));
	DO(manage_set(v->registry, STR("berta"), &listed, 1, &v->f));
	DO(registry_begin(v->registry, TX_READ, &t, &v->f));
	DO(host_store_list(v->arena, t.tx, STR(""), 10, true, &rows, &count, &v->f));
	registry_end(&t);
	assert_int_equal(count, 1);
	assert_str_eq(rows[0].title, STR("New"));
}

static size_t newest_of(struct village *v, struct newest **posts)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	size_t count;

	DO(registry_begin(v->registry, TX_READ, &t, &v->f));
	DO(newest_list(v->arena, t.tx, NULL, 50, posts, &count, &v->f));
	return count;
}

static bool is_kept(struct village *v, uint64_t site, const struct newest *posts, size_t n)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	bool same;

	DO(registry_begin(v->registry, TX_READ, &t, &v->f));
	DO(newest_compare(t.tx, site, posts, n, &same, &v->f));
	return same;
}

static void a_site_has_at_most_ten_newest_posts_on_the_front_page(void **state)
{
	struct village *v = *state;
	struct newest posts[12], *seen;
	struct host_tx t;
	struct site *site;

	village_make(v, "anna");
	DO(registry_named(v->registry, STR("anna"), &site, &v->f));
	for (int i = 0; i < 12; i++)
		posts[i] = (struct newest){
			.url = arena_printf(v->arena, "/%d", i),
			.title = STR("t"),
			.lang = STR("en"),
			.at = 100 - i,
		};
	DO(registry_begin(v->registry, TX_WRITE, &t, &v->f));
	DO(newest_replace(t.tx, site->id, posts, 12, &v->f));
	DO(registry_commit(&t, &v->f));
	assert_true(is_kept(v, site->id, posts, 12));
	assert_true(is_kept(v, site->id, posts, 10));
	assert_false(is_kept(v, site->id, posts, 9));
	posts[3].title = STR("u");
	assert_false(is_kept(v, site->id, posts, 12));
	assert_false(is_kept(v, site->id, posts + 1, 10));
	site_unref(site);
	assert_int_equal(newest_of(v, &seen), LIMIT_NEWEST);
	assert_str_eq(seen[0].url, STR("/0"));
	assert_str_eq(seen[0].site_name, STR("anna"));
	DO(manage_suspend(v->registry, STR("anna"), false, STR(""), &v->f));
	assert_int_equal(newest_of(v, &seen), 0);
	DO(manage_resume(v->registry, STR("anna"), &v->f));
	assert_int_equal(newest_of(v, &seen), LIMIT_NEWEST);
}

static void posts_of_one_day_are_not_lost_between_two_pages(void **state)
{
	struct village *v = *state;
	struct newest posts[7], *seen;
	struct newest last = { .at = 0 };
	struct host_tx t;
	struct site *site;
	size_t count, total = 0;

	village_make(v, "anna");
	DO(registry_named(v->registry, STR("anna"), &site, &v->f));
	for (int i = 0; i < 7; i++)
		posts[i] = (struct newest){
			.url = arena_printf(v->arena, "/%d", i),
			.title = STR("t"),
			.lang = STR("en"),
			.at = 86400,
		};
	DO(registry_begin(v->registry, TX_WRITE, &t, &v->f));
	DO(newest_replace(t.tx, site->id, posts, 7, &v->f));
	do {
		DO(newest_list(v->arena, t.tx, total ? &last : NULL, 2, &seen, &count, &v->f));
		total += count;
		if (count)
			last = seen[count - 1];
	} while (count);
	DO(registry_commit(&t, &v->f));
	site_unref(site);
	assert_int_equal(total, 7);
}

static void due_work_is_told_when_its_time_has_come(void **state)
{
	struct village *v = *state;
	struct host_tx t;
	struct due *list;
	size_t count;
	int64_t next;

	DO(registry_begin(v->registry, TX_WRITE, &t, &v->f));
	DO(due_next(t.tx, &next, &v->f));
	assert_int_equal(next, 0);
	DO(due_set(t.tx, 7, DUE_PUBLISH, 2000, &v->f));
	DO(due_set(t.tx, 7, DUE_PUBLISH, 1000, &v->f));
	DO(due_set(t.tx, 8, DUE_PUBLISH, 3000, &v->f));
	DO(due_set(t.tx, 9, DUE_PUBLISH, 500, &v->f));
	DO(due_set(t.tx, 9, DUE_PUBLISH, 0, &v->f));
	DO(due_next(t.tx, &next, &v->f));
	assert_int_equal(next, 1000);
	DO(due_at(t.tx, 7, DUE_PUBLISH, &next, &v->f));
	assert_int_equal(next, 1000);
	DO(due_at(t.tx, 9, DUE_PUBLISH, &next, &v->f));
	assert_int_equal(next, 0);
	DO(due_list(v->arena, t.tx, 2500, 10, &list, &count, &v->f));
	assert_int_equal(count, 1);
	assert_int_equal(list[0].site, 7);
	DO(registry_commit(&t, &v->f));
}

#define IN_VILLAGE(test) cmocka_unit_test_setup_teardown(test, village_set_up, village_tear_down)

int manage_tests(void)
{
	const struct CMUnitTest tests[] = {
		IN_VILLAGE(a_site_is_made_with_its_settings),
		IN_VILLAGE(a_site_that_cannot_be_made_leaves_no_folder),
		IN_VILLAGE(a_name_is_given_once_and_so_is_its_look),
		IN_VILLAGE(a_renamed_site_is_found_by_its_old_names),
		IN_VILLAGE(the_oldest_of_many_former_names_is_forgotten),
		IN_VILLAGE(a_suspended_site_says_why_and_comes_back),
		IN_VILLAGE(a_deleted_site_is_gone_and_can_be_brought_back),
		IN_VILLAGE(what_was_suspended_and_deleted_is_suspended_again),
		IN_VILLAGE(a_purged_site_leaves_nothing),
		IN_VILLAGE(the_canonical_domain_is_where_the_others_lead),
		IN_VILLAGE(what_the_front_page_shows_follows_the_settings),
		IN_VILLAGE(a_site_has_at_most_ten_newest_posts_on_the_front_page),
		IN_VILLAGE(posts_of_one_day_are_not_lost_between_two_pages),
		IN_VILLAGE(due_work_is_told_when_its_time_has_come),
	};

	return cmocka_run_group_tests_name("manage", tests, NULL, NULL);
}
