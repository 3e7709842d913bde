/* cost_test.c - what an edit costs in a small blog and in a large one: counted, not timed.
 *
 * Pages of the database that are looked at and written, the full text index's included. A
 * tree of ten thousand posts is one or two pages deeper than one of a hundred, and the full
 * text index merges its parts now and then; nothing else may grow. The blogs are filled as a
 * first import fills them.
 */
#include "content/blog_test.h"

#include <stdio.h>
#include "content/edit.h"
#include "content/kinds.h"

enum { AT_ONCE = 1000, EDITS = 128, WORDS = 60 };

static const struct edit_rules rules = { .zone = "UTC", .per_page = 10, .now = 2000000000 };

static unsigned next(void)
{
	static unsigned seed = 7;

	seed = seed * 1103515245u + 12345u;
	return seed >> 12;
}

/* The batch of a first import, or NULLs. */
struct filling {
	struct edit_batch *batch;
	struct concord_maker *words;
};

static void put_in(struct blog *b, struct tx *tx, struct post_edit *in, const struct filling *by)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	int64_t id;

	if (by->words)
		assert_ok(edit_concord(by->words, a, in, &in->concord, &b->f), &b->f);
	assert_ok(by->batch ? edit_batch_put(by->batch, tx, in, &id, &b->f)
			    : edit_put(tx, &rules, in, &id, &b->f), &b->f);
}

/* id 0: a new one, the newest of the blog. */
static void put(struct blog *b, struct tx *tx, int64_t id, int64_t number, const char *title,
		const struct filling *by)
{
	char path[32], text[WORDS * 8] = "";
	static const char *const tags[] = { "rain", "snow", "wind", "sun", "fog", "hail" };
	struct term_name terms[] = {
		{ TERM_TAG, str_of(tags[number % 6]) }, { TERM_TAG, str_of(tags[number / 6 % 5]) },
	};
	struct body body = { .md = { .words = WORDS } };
	struct post_edit in = {
		.id = id, .title = str_of(title), .source = STR("x"), .body = &body,
		.published_at = 1300000000 + number * 40000, .terms = terms, .n_terms = 2,
	};
	size_t n = 0;

	for (int i = 0; i < WORDS; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "w%u ", next() % 800);
	body.md.text = str_from(text, n);
	body.md.html = html_trusted(body.md.text);
	snprintf(path, sizeof path, "/p%lld/", (long long)number);
	in.path = str_of(path);
	put_in(b, tx, &in, by);
}

static void put_alone(struct blog *b, int64_t id, int64_t number, const char *title)
{
	static const struct filling none;
	struct tx *tx = blog_begin(b, TX_WRITE);

	put(b, tx, id, number, title, &none);
	blog_commit(b, tx);
}

static void fill(struct blog *b, int64_t n)
{
	struct filling by = { .batch = edit_batch_new(&rules) };

	assert_ok(concord_maker_new(&by.words, &b->f), &b->f);
	db_bulk(b->db, true);
	for (int64_t i = 0; i < n;) {
		struct tx *tx = blog_begin(b, TX_WRITE);

		tx_raise_all(tx);
		assert_ok(edit_batch_begin(by.batch, tx, &b->f), &b->f);
		for (int k = 0; k < AT_ONCE && i < n; k++, i++)
			put(b, tx, 0, i, "A post", &by);
		assert_ok(edit_batch_write(by.batch, tx, &b->f), &b->f);
		blog_commit(b, tx);
	}
	db_bulk(b->db, false);
	concord_maker_free(by.words);
	edit_batch_free(by.batch);
}

struct cost {
	struct db_work text, title, new;
};

static struct db_work since(const struct blog *b, struct db_work was)
{
	struct db_work now;

	db_work(b->db, &now);
	return (struct db_work){ (now.looked - was.looked) / EDITS,
				 (now.written - was.written) / EDITS };
}

/* Per edit: another text, another title (which all neighbours show), a new post. */
static struct cost measure(struct blog *b, int64_t n)
{
	struct db_work was;
	struct cost c;

	db_work(b->db, &was);
	for (int i = 0; i < EDITS; i++) {
		int64_t number = next() % (unsigned)n;

		put_alone(b, number + 1, number, "A post");
	}
	c.text = since(b, was);
	db_work(b->db, &was);
	for (int i = 0; i < EDITS; i++) {
		int64_t number = next() % (unsigned)n;

		put_alone(b, number + 1, number, i % 2 ? "Another post" : "A third one");
	}
	c.title = since(b, was);
	db_work(b->db, &was);
	for (int i = 0; i < EDITS; i++)
		put_alone(b, 0, n + i, "New");
	c.new = since(b, was);
	print_message("%lld posts: text %lld/%lld, title %lld/%lld, new %lld/%lld pages looked at/"
		      "written\n", (long long)n, (long long)c.text.looked,
		      (long long)c.text.written, (long long)c.title.looked,
		      (long long)c.title.written, (long long)c.new.looked,
		      (long long)c.new.written);
	return c;
}

/* A hundred times the posts: deeper trees and more parts of the full text index, no more. */
static void assert_no_dearer(struct db_work small, struct db_work large)
{
	assert_true(large.looked <= small.looked * 3);
	assert_true(large.written <= small.written * 3);
}

static void an_edit_costs_the_same_in_a_hundred_posts_and_in_ten_thousand(void **state)
{
	static const int64_t sizes[] = { 100, 1000, 10000 };
	struct cost c[ARRAY_LEN(sizes)];
	struct blog b;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		blog_open(&b, false);
		fill(&b, sizes[i]);
		c[i] = measure(&b, sizes[i]);
		blog_close(&b);
	}
	for (size_t i = 1; i < ARRAY_LEN(sizes); i++) {
		assert_no_dearer(c[0].text, c[i].text);
		assert_no_dearer(c[0].title, c[i].title);
		assert_no_dearer(c[0].new, c[i].new);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_edit_costs_the_same_in_a_hundred_posts_and_in_ten_thousand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
