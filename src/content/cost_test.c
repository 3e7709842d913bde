/* cost_test.c - what an edit costs in a small blog and in a large one: counted, not timed.
 *
 * Pages of the database that are looked at and written, the full text index's included. A
 * tree of ten thousand posts is one or two pages deeper than one of a hundred, and the full
 * text index merges its parts now and then; nothing else may grow.
 */
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/file.h"
#include "content/edit.h"
#include "content/kinds.h"

enum { AT_ONCE = 500, EDITS = 128, WORDS = 60 };

static const struct edit_rules rules = { .zone = "UTC", .per_page = 10, .now = 2000000000 };

struct blog {
	char dir[32];
	struct gens *gens;
	struct db *db;
	unsigned seed;
	struct fail f;
};

static void open_blog(struct blog *b)
{
	struct db_config c = { .create = true, .site = 7 };
	char path[64];

	*b = (struct blog){ .dir = "/tmp/cost.XXXXXX", .seed = 7 };
	assert_non_null(mkdtemp(b->dir));
	db_init();
	snprintf(path, sizeof path, "%s/gens", b->dir);
	assert_ok(gens_open(path, &b->gens, &b->f), &b->f);
	snprintf(path, sizeof path, "%s/site.db", b->dir);
	c.path = path;
	c.gens = b->gens;
	assert_ok(db_open(&c, &b->db, &b->f), &b->f);
	assert_ok(schema_apply(b->db, content_schema, &b->f), &b->f);
}

static void close_blog(struct blog *b)
{
	db_close(b->db);
	gens_close(b->gens);
	assert_ok(dir_remove(b->dir, &b->f), &b->f);
}

static unsigned next(struct blog *b)
{
	b->seed = b->seed * 1103515245u + 12345u;
	return b->seed >> 12;
}

/* id 0: a new one, the newest of the blog. */
static void put(struct blog *b, struct tx *tx, int64_t id, int64_t number, const char *title)
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
		n += (size_t)snprintf(text + n, sizeof text - n, "w%u ", next(b) % 800);
	body.md.text = str_from(text, n);
	body.md.html = html_trusted(body.md.text);
	snprintf(path, sizeof path, "/p%lld/", (long long)number);
	in.path = str_of(path);
	assert_ok(edit_put(tx, &rules, &in, &id, &b->f), &b->f);
}

static void put_alone(struct blog *b, int64_t id, int64_t number, const char *title)
{
	struct tx *tx;

	assert_ok(tx_begin(b->db, TX_WRITE, &tx, &b->f), &b->f);
	put(b, tx, id, number, title);
	assert_ok(tx_commit(tx, &b->f), &b->f);
}

static void fill(struct blog *b, int64_t from, int64_t to)
{
	struct tx *tx;

	db_bulk(b->db, true);
	for (int64_t i = from; i < to;) {
		assert_ok(tx_begin(b->db, TX_WRITE, &tx, &b->f), &b->f);
		for (int k = 0; k < AT_ONCE && i < to; k++, i++)
			put(b, tx, 0, i, "A post");
		assert_ok(tx_commit(tx, &b->f), &b->f);
	}
	db_bulk(b->db, false);
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
		int64_t number = next(b) % (unsigned)n;

		put_alone(b, number + 1, number, "A post");
	}
	c.text = since(b, was);
	db_work(b->db, &was);
	for (int i = 0; i < EDITS; i++) {
		int64_t number = next(b) % (unsigned)n;

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
	int64_t have = 0;

	(void)state;
	open_blog(&b);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		fill(&b, have, sizes[i]);
		c[i] = measure(&b, sizes[i]);
		have = sizes[i] + EDITS;
	}
	for (size_t i = 1; i < ARRAY_LEN(sizes); i++) {
		assert_no_dearer(c[0].text, c[i].text);
		assert_no_dearer(c[0].title, c[i].title);
		assert_no_dearer(c[0].new, c[i].new);
	}
	close_blog(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_edit_costs_the_same_in_a_hundred_posts_and_in_ten_thousand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
