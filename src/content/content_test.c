/* content_test.c - posts, lists, addresses and search in a database of their own. */
#include "content/blog_test.h"

#include <stdio.h>
#include <stdlib.h>
#include "content/address.h"
#include "content/edit.h"
#include "content/kinds.h"
#include "content/list.h"
#include "fulltext/fulltext.h"

static const struct edit_rules rules = { .zone = "UTC", .per_page = 3, .now = 2000000000 };

struct sample {
	int64_t id, at;
	const char *slug, *tag;
	bool draft;
	const char *alias;
};

/* One put in a transaction of its own; the id. */
static int64_t put(struct blog *x, const struct sample *s)
{
	struct body body = { .md = { .text = STR("Rain over the hills"), .words = 4 } };
	struct term_name tag = { TERM_TAG, str_of(s->tag) };
	struct str alias = str_of(s->alias);
	struct post_edit in = {
		.id = s->id, .draft = s->draft, .title = str_of(s->slug), .source = STR("x"),
		.path = arena_printf(x->a, "/%s/", s->slug), .published_at = s->at, .body = &body,
		.terms = &tag, .n_terms = s->tag ? 1 : 0, .aliases = &alias,
		.n_aliases = s->alias ? 1 : 0,
	};
	struct tx *tx = blog_begin(x, TX_WRITE);
	int64_t id = 0;

	assert_ok(edit_put(tx, &rules, &in, &id, &x->f), &x->f);
	blog_commit(x, tx);
	return id;
}

/* "c b a": the titles of a shelf. */
static struct str shelf_titles(struct blog *x, struct tx *tx, int64_t list, int64_t shelf)
{
	struct post_list posts;
	struct str s = STR("");

	assert_ok(list_shelf(x->a, tx, list, shelf, false, false, &posts, &x->f), &x->f);
	for (size_t i = 0; i < posts.n; i++)
		s = arena_printf(x->a, "%.*s%s%.*s", STR_ARG(s), s.n ? " " : "",
				 STR_ARG(posts.p[i].title));
	return s;
}

static void newer_posts_do_not_shift_older_shelves(void **state)
{
	struct blog *x = *state;
	static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g" };
	struct tx *tx;
	int64_t last;

	for (int i = 0; i < 7; i++)
		put(x, &(struct sample){ .slug = names[i], .at = 1000 + i });
	tx = blog_begin(x, TX_READ);
	assert_ok(list_last_shelf(tx, 0, &last, &x->f), &x->f);
	assert_int_equal(last, 3);
	assert_str_eq(shelf_titles(x, tx, 0, 1), STR("c b a"));
	assert_str_eq(shelf_titles(x, tx, 0, 2), STR("f e d"));
	assert_str_eq(shelf_titles(x, tx, 0, 3), STR("g"));
	tx_rollback(tx);
}

static void an_older_post_joins_the_shelf_of_its_time(void **state)
{
	struct blog *x = *state;
	static const char *const names[] = { "a", "b", "c", "d", "e" };
	struct tx *tx;

	for (int i = 0; i < 5; i++)
		put(x, &(struct sample){ .slug = names[i], .at = 1000 + i * 10 });
	put(x, &(struct sample){ .slug = "late", .at = 1005 });
	tx = blog_begin(x, TX_READ);
	assert_str_eq(shelf_titles(x, tx, 0, 1), STR("c b late a"));
	assert_str_eq(shelf_titles(x, tx, 0, 2), STR("e d"));
	tx_rollback(tx);
}

static void an_edit_makes_stale_only_what_shows_it(void **state)
{
	struct blog *x = *state;
	struct deps one = { 0 }, far = { 0 }, shelf1 = { 0 }, shelf3 = { 0 };
	int64_t id = 0;
	char name[8];

	for (int i = 0; i < 9; i++) {
		snprintf(name, sizeof name, "p%d", i);
		id = put(x, &(struct sample){ .slug = name, .at = 1000 + i });
	}
	deps_add(&one, x->gens, gens_slot(7, GEN_POST, query_key("i", id)));
	deps_add(&far, x->gens, gens_slot(7, GEN_POST, query_key("i", (int64_t)1)));
	deps_add(&shelf1, x->gens,
		 gens_slot(7, GEN_SHELF, query_key("ii", (int64_t)0, (int64_t)1)));
	deps_add(&shelf3, x->gens,
		 gens_slot(7, GEN_SHELF, query_key("ii", (int64_t)0, (int64_t)3)));
	put(x, &(struct sample){ .id = id, .slug = "p8", .at = 1008 });
	assert_false(deps_fresh(&one, x->gens));
	assert_false(deps_fresh(&shelf3, x->gens));
	assert_true(deps_fresh(&far, x->gens));
	assert_true(deps_fresh(&shelf1, x->gens));
	deps_release(&one);
	deps_release(&far);
	deps_release(&shelf1);
	deps_release(&shelf3);
}

static void is_first_post_at(struct blog *x, struct tx *tx, const struct post *want)
{
	struct post_list posts;

	assert_ok(list_shelf(x->a, tx, 0, 1, true, false, &posts, &x->f), &x->f);
	assert_ptr_equal(posts.p[0].title.p, want->title.p);
	assert_true(posts.p[0].n_terms > 0);
}

/* By the address of its title: it was not read once more. */
static void what_a_list_has_shown_stands_around_posts_and_is_depended_on(void **state)
{
	struct blog *x = *state;
	struct deps alone = { 0 }, after_it = { 0 };
	const struct post *before, *again, *after;
	struct post b = { .id = 2 };
	struct tx *tx;
	uint32_t mark;

	put(x, &(struct sample){ .slug = "a", .at = 1000, .tag = "Sea" });
	put(x, &(struct sample){ .slug = "b", .at = 1001 });
	tx = blog_begin(x, TX_READ);
	assert_ok(post_neighbours(x->a, tx, &b, &before, &after, &x->f), &x->f);
	assert_str_eq(before->title, STR("a"));
	assert_null(after);
	assert_true(tx_deps(tx, &alone));
	tx_rollback(tx);

	tx = blog_begin(x, TX_READ);
	mark = tx_mark(tx);
	assert_str_eq(shelf_titles(x, tx, 0, 1), STR("b a"));
	assert_true(tx_back(tx, mark));
	assert_ok(post_neighbours(x->a, tx, &b, &again, &after, &x->f), &x->f);
	assert_str_eq(again->title, STR("a"));
	assert_true(tx_deps(tx, &after_it));
	is_first_post_at(x, tx, again);
	tx_rollback(tx);
	assert_int_equal(after_it.n, alone.n);
	assert_memory_equal(after_it.p, alone.p, alone.n * sizeof *alone.p);
	deps_release(&alone);
	deps_release(&after_it);
}

/* The page of a post, alone or behind the list that shows it; what it depends on. */
static struct post *shown(struct blog *x, struct str path, bool behind_list, struct deps *deps)
{
	struct tx *tx = blog_begin(x, TX_READ);
	uint32_t mark = behind_list ? tx_mark(tx) : 0;
	struct post *p;

	if (behind_list) {
		assert_str_eq(shelf_titles(x, tx, 0, 1), STR("b a"));
		assert_true(tx_back(tx, mark));
	}
	assert_ok(post_shown_at(x->a, tx, path, &p, &x->f), &x->f);
	assert_true(tx_deps(tx, deps));
	if (p)
		p->title = arena_str(x->a, p->title);
	tx_rollback(tx);
	return p;
}

static void the_page_of_a_post_that_a_list_has_shown_is_as_it_would_be_alone(void **state)
{
	struct blog *x = *state;
	struct deps alone = { 0 }, after_it = { 0 }, nothing = { 0 };
	struct post *one, *other;

	put(x, &(struct sample){ .slug = "a", .at = 1000, .tag = "Sea" });
	put(x, &(struct sample){ .slug = "b", .at = 1001 });
	one = shown(x, STR("/a/"), false, &alone);
	other = shown(x, STR("/a/"), true, &after_it);
	assert_str_eq(other->title, one->title);
	assert_str_eq(other->html.s, one->html.s);
	assert_str_eq(other->toc.s, one->toc.s);
	assert_int_equal(other->n_terms, one->n_terms);
	assert_int_equal(after_it.n, alone.n);
	assert_memory_equal(after_it.p, alone.p, alone.n * sizeof *alone.p);
	assert_null(shown(x, STR("/c/"), true, &nothing));
	deps_release(&alone);
	deps_release(&after_it);
	deps_release(&nothing);
}

static void a_list_tells_which_shelves_hold_anything(void **state)
{
	struct blog *x = *state;
	static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g" };
	int64_t *shelves;
	struct tx *tx;
	size_t n;

	for (int i = 0; i < 7; i++)
		put(x, &(struct sample){ .slug = names[i], .at = 1000 + i });
	for (int i = 3; i < 6; i++)
		put(x, &(struct sample){ .id = i + 1, .slug = names[i], .at = 1000 + i,
					 .draft = true });
	tx = blog_begin(x, TX_READ);
	assert_ok(list_shelves(x->a, tx, 0, &shelves, &n, &x->f), &x->f);
	assert_int_equal(n, 2);
	assert_int_equal(shelves[0], 1);
	assert_int_equal(shelves[1], 3);
	assert_ok(list_shelves(x->a, tx, 99, &shelves, &n, &x->f), &x->f);
	assert_int_equal(n, 0);
	tx_rollback(tx);
}

static void a_renamed_post_leaves_a_redirect_and_a_removed_one_is_gone(void **state)
{
	struct blog *x = *state;
	int64_t id = put(x, &(struct sample){ .slug = "old", .at = 1, .alias = "/2024/old.html" });
	enum address_kind kind;
	struct str to;
	struct tx *tx;

	put(x, &(struct sample){ .id = id, .slug = "new", .at = 1 });
	tx = blog_begin(x, TX_READ);
	assert_ok(address_find(x->a, tx, STR("/old/"), &kind, &to, &x->f), &x->f);
	assert_int_equal(kind, ADDRESS_MOVED);
	assert_str_eq(to, STR("/new/"));
	assert_ok(address_find(x->a, tx, STR("/2024/old.html"), &kind, &to, &x->f), &x->f);
	assert_str_eq(to, STR("/new/"));
	tx_rollback(tx);
	tx = blog_begin(x, TX_WRITE);
	assert_ok(edit_remove(tx, &rules, id, &x->f), &x->f);
	blog_commit(x, tx);
	tx = blog_begin(x, TX_READ);
	assert_ok(address_find(x->a, tx, STR("/new/"), &kind, &to, &x->f), &x->f);
	assert_int_equal(kind, ADDRESS_GONE);
	tx_rollback(tx);
}

static void two_posts_never_have_one_address(void **state)
{
	struct blog *x = *state;
	struct post *p;
	struct tx *tx;

	put(x, &(struct sample){ .slug = "same", .at = 1 });
	put(x, &(struct sample){ .slug = "same", .at = 2 });
	put(x, &(struct sample){ .slug = "search", .at = 3 });
	tx = blog_begin(x, TX_READ);
	assert_ok(post_at(x->a, tx, STR("/same-2/"), &p, &x->f), &x->f);
	assert_non_null(p);
	assert_ok(post_at(x->a, tx, STR("/search-2/"), &p, &x->f), &x->f);
	assert_non_null(p);
	tx_rollback(tx);
}

static struct fulltext_hits search(struct blog *x, struct tx *tx, const char *words)
{
	const struct fulltext_query q = { .words = str_of(words), .limit = 10 };
	struct fulltext_hits hits;

	assert_ok(fulltext_search(x->a, tx, &q, &hits, &x->f), &x->f);
	return hits;
}

static void a_scheduled_post_comes_out_at_its_time(void **state)
{
	struct blog *x = *state;
	struct edit_rules later = rules;
	int64_t next, count, last;
	struct tx *tx;

	put(x, &(struct sample){ .slug = "soon", .at = rules.now + 60, .tag = "t" });
	tx = blog_begin(x, TX_READ);
	assert_ok(list_last_shelf(tx, 0, &last, &x->f), &x->f);
	assert_int_equal(last, 0);
	tx_rollback(tx);
	later.now += 60;
	tx = blog_begin(x, TX_WRITE);
	assert_ok(edit_publish_due(tx, &later, &next, &count, &x->f), &x->f);
	blog_commit(x, tx);
	assert_int_equal(count, 1);
	assert_int_equal(next, 0);
	tx = blog_begin(x, TX_READ);
	assert_str_eq(shelf_titles(x, tx, 0, 1), STR("soon"));
	assert_int_equal(search(x, tx, "hills").total, 1);
	tx_rollback(tx);
}

static void search_folds_accents_and_finds_beginnings(void **state)
{
	struct blog *x = *state;
	struct fulltext_hits hits;
	struct tx *tx;

	put(x, &(struct sample){ .slug = "Été <à> Łódź", .at = 1 });
	tx = blog_begin(x, TX_READ);
	hits = search(x, tx, "ete hil");
	assert_int_equal(hits.n, 1);
	assert_str_eq(hits.p[0].title.s, STR("<mark>Été</mark> &lt;à&gt; Łódź"));
	assert_str_eq(hits.p[0].snippet.s, STR("Rain over the <mark>hills</mark>"));
	assert_int_equal(search(x, tx, "\"the rain\"").n, 0);
	assert_int_equal(search(x, tx, "\"\" AND (* NEAR \"\\").n, 0);
	tx_rollback(tx);
}

/* What must hold after any sequence of edits. */
static void check_whole(struct blog *x)
{
	static const struct query wrong_counts = {
		.sql = "SELECT (SELECT count(*) FROM term t WHERE posts <>"
		       " (SELECT count(*) FROM listing WHERE list = t.id))"
		       " + (SELECT count(*) FROM listing l JOIN post p ON p.id = l.post"
		       " WHERE p.status <> 2 OR p.kind <> 0 OR p.published_at <> l.out)"
		       " + (SELECT count(*) FROM post p WHERE status = 2 AND kind = 0"
		       " AND NOT EXISTS (SELECT 1 FROM listing WHERE list = 0 AND post = p.id))"
		       " + (SELECT abs((SELECT total(posts) FROM month)"
		       " - (SELECT count(*) FROM listing WHERE list = 0)))"
		       " + (SELECT count(*) FROM listing a JOIN listing b ON a.list = b.list"
		       " AND a.shelf < b.shelf AND (a.at, a.post) > (b.at, b.post))",
		.reads = {{ GEN_AROUND }, { GEN_MONTHS }},
	};
	struct tx *tx = blog_begin(x, TX_READ);
	int64_t wrong;

	assert_ok(tx_number(tx, &wrong_counts, &wrong, &x->f, ""), &x->f);
	assert_int_equal(wrong, 0);
	tx_rollback(tx);
}

static void counts_and_shelves_hold_after_any_edits(void **state)
{
	static const char *const tags[] = { NULL, "red", "green", "blue" };
	struct blog *x = *state;
	unsigned seed = 42;
	int64_t ids[30] = { 0 };
	char slug[16];

	for (int i = 0; i < 300; i++) {
		int k = rand_r(&seed) % 30;

		if (ids[k] && rand_r(&seed) % 5 == 0) {
			struct tx *tx = blog_begin(x, TX_WRITE);

			assert_ok(edit_remove(tx, &rules, ids[k], &x->f), &x->f);
			if (rand_r(&seed) % 3 == 0)
				assert_ok(edit_settle(tx, &rules, &x->f), &x->f);
			blog_commit(x, tx);
			ids[k] = 0;
			continue;
		}
		snprintf(slug, sizeof slug, "s%d", rand_r(&seed) % 40);
		ids[k] = put(x, &(struct sample){
			.id = ids[k], .slug = slug, .tag = tags[rand_r(&seed) % 4],
			.at = 86400 * (1 + rand_r(&seed) % 400), .draft = rand_r(&seed) % 6 == 0 });
		if (i % 25 == 0)
			check_whole(x);
	}
	check_whole(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_A_BLOG(newer_posts_do_not_shift_older_shelves),
		ON_A_BLOG(an_older_post_joins_the_shelf_of_its_time),
		ON_A_BLOG(an_edit_makes_stale_only_what_shows_it),
		ON_A_BLOG(what_a_list_has_shown_stands_around_posts_and_is_depended_on),
		ON_A_BLOG(the_page_of_a_post_that_a_list_has_shown_is_as_it_would_be_alone),
		ON_A_BLOG(a_list_tells_which_shelves_hold_anything),
		ON_A_BLOG(a_renamed_post_leaves_a_redirect_and_a_removed_one_is_gone),
		ON_A_BLOG(two_posts_never_have_one_address),
		ON_A_BLOG(a_scheduled_post_comes_out_at_its_time),
		ON_A_BLOG(search_folds_accents_and_finds_beginnings),
		ON_A_BLOG(counts_and_shelves_hold_after_any_edits),
	};

	return cmocka_run_group_tests_name("content", tests, NULL, NULL);
}
