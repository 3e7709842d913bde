/* cost_test.c - what an edit costs in a small blog and in a large one: counted, not timed.
 *
 * Pages of the database that are looked at and written, the full text index's included. A
 * tree of ten thousand posts is one or two pages deeper than one of a hundred, and the full
 * text index merges its parts now and then; nothing else may grow. The blogs are filled as a
 * first import fills them.
 */
#include "content/blog_test.h"

#include <stdio.h>
#include "content/kinds.h"

enum { EDITS = 128, WORDS = 60 };

static const struct edit_rules rules = { .zone = "UTC", .per_page = 10, .now = 2000000000 };

struct made {
	struct body body;
	struct term_name terms[2];
	char path[32], text[WORDS * 8];
	unsigned seed;
};

/* The newest of the blog, with the words that it happens to have. */
static void make(void *arg, int64_t number, struct post_edit *ret)
{
	static const char *const tags[] = { "rain", "snow", "wind", "sun", "fog", "hail" };
	struct made *m = arg;
	size_t n = 0;

	m->terms[0] = (struct term_name){ TERM_TAG, str_of(tags[number % 6]) };
	m->terms[1] = (struct term_name){ TERM_TAG, str_of(tags[number / 6 % 5]) };
	for (int i = 0; i < WORDS; i++)
		n += (size_t)snprintf(m->text + n, sizeof m->text - n, "w%u ",
				      blog_random(&m->seed) % 800);
	m->body = (struct body){ .md = { .words = WORDS, .text = str_from(m->text, n),
					 .html = html_trusted(str_from(m->text, n)) } };
	snprintf(m->path, sizeof m->path, "/p%lld/", (long long)number);
	*ret = (struct post_edit){
		.title = STR("A post"), .path = str_of(m->path), .source = STR("x"),
		.body = &m->body, .published_at = 1300000000 + number * 40000,
		.terms = m->terms, .n_terms = ARRAY_LEN(m->terms),
	};
}

/* id 0: a new one. */
static void put_alone(struct blog *b, struct made *m, int64_t id, int64_t number,
		      const char *title)
{
	struct tx *tx = blog_begin(b, TX_WRITE);
	struct post_edit in;

	make(m, number, &in);
	in.id = id;
	in.title = str_of(title);
	assert_ok(edit_put(tx, &rules, &in, &id, &b->f), &b->f);
	blog_commit(b, tx);
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
static struct cost measure(struct blog *b, struct made *m, int64_t n)
{
	struct db_work was;
	struct cost c;

	db_work(b->db, &was);
	for (int i = 0; i < EDITS; i++) {
		int64_t number = blog_random(&m->seed) % (unsigned)n;

		put_alone(b, m, number + 1, number, "A post");
	}
	c.text = since(b, was);
	db_work(b->db, &was);
	for (int i = 0; i < EDITS; i++) {
		int64_t number = blog_random(&m->seed) % (unsigned)n;

		put_alone(b, m, number + 1, number, i % 2 ? "Another post" : "A third one");
	}
	c.title = since(b, was);
	db_work(b->db, &was);
	for (int i = 0; i < EDITS; i++)
		put_alone(b, m, 0, n + i, "New");
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
	struct made m = { .seed = 7 };
	struct blog b;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		blog_open(&b, false);
		blog_fill(&b, &(struct blog_filling){ .rules = &rules, .posts = sizes[i],
						      .at_once = 1000, .in_batch = true,
						      .make = make, .arg = &m });
		c[i] = measure(&b, &m, sizes[i]);
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
