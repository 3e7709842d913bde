/* batch_test.c - posts put by the hundred make the same rows as posts put one by one. */
#include "content/blog_test.h"

#include <stdio.h>
#include "content/kinds.h"
#include "store/row.h"

enum { POSTS = 700, WORDS = 5 };

static const struct edit_rules rules = { .zone = "UTC", .per_page = 4, .now = 2000000000 };

/* Posts of a sequence that depends on the seed alone. */
struct made {
	struct body body;
	struct term_name terms[4];
	char title[32], path[32];
	unsigned seed;
	bool strict;		/* each is newer than the one before, as in a first import */
};

static const char *const TAGS[] = { "rain", "Snow", "wind", "sun", "fog", "hail", "C++", "dew" };

static void make(void *arg, int64_t number, struct post_edit *ret)
{
	struct made *m = arg;
	unsigned n = blog_random(&m->seed) % 4, odd = m->strict ? 0 : blog_random(&m->seed) % 16;

	for (unsigned i = 0; i < n; i++)
		m->terms[i] = (struct term_name){ i == 3 ? TERM_AUTHOR : TERM_TAG,
						  str_of(TAGS[blog_random(&m->seed) % 8]) };
	snprintf(m->title, sizeof m->title, "Post %d", (int)number);
	snprintf(m->path, sizeof m->path, "/p%d/", (int)(odd == 5 ? number / 2 : number));
	m->body = (struct body){ .md = { .text = STR("some rain"), .words = WORDS } };
	*ret = (struct post_edit){
		.kind = odd == 1 ? POST_PAGE : POST_POST, .draft = odd == 2,
		.title = str_of(m->title), .path = str_of(m->path), .source = STR("x"),
		.published_at = 1300000000 + (number - (odd == 3 ? 40 : 0)) / 3 * 400000,
		.body = &m->body, .terms = m->terms, .n_terms = n,
		.lang = odd == 4 ? STR("fr") : STR_NONE,
	};
	if (odd == 6)
		ret->published_at = rules.now + 1;
	if (odd == 7 && number > 1)
		ret->id = 1 + (int64_t)(blog_random(&m->seed) % (unsigned)number) / 2;
}

/* Are its lists in order? */
static bool fill(struct blog *b, bool in_batch, bool strict)
{
	struct made m = { .seed = 11, .strict = strict };
	bool in_order = blog_fill(b, &(struct blog_filling){ .rules = &rules, .posts = POSTS,
							     .at_once = 64, .in_batch = in_batch,
							     .make = make, .arg = &m });

	assert_ok(db_check(b->db, &b->f), &b->f);
	return in_order;
}

#define ALL { GEN_SHELF }, { GEN_MONTHS }, { GEN_AROUND }, { GEN_EPOCH }
static const struct query DUMPS[] = {
	{ .sql = "SELECT id || path || title || status || kind || text FROM post ORDER BY id",
	  .reads = { ALL } },
	{ .sql = "SELECT id || ' ' || kind || slug || name || posts FROM term ORDER BY id",
	  .reads = { ALL } },
	{ .sql = "SELECT post || ' ' || place || ' ' || term FROM post_term ORDER BY post, place",
	  .reads = { ALL } },
	{ .sql = "SELECT list || ' ' || at || ' ' || post || ' ' || shelf || ' ' || out"
		 " FROM listing ORDER BY list, at, post", .reads = { ALL } },
	{ .sql = "SELECT ym || ' ' || posts FROM month ORDER BY ym", .reads = { ALL } },
	{ .sql = "SELECT post || ' ' || other || ' ' || score FROM related ORDER BY post, other",
	  .reads = { ALL } },
	{ .sql = "SELECT path || post FROM address ORDER BY path", .reads = {{ GEN_ADDRESS }} },
	{ .sql = "SELECT rowid || title || terms || text FROM found ORDER BY rowid",
	  .reads = { ALL } },
};

static void dump(struct blog *b, const struct query *q, struct buf *out)
{
	struct tx *tx = blog_begin(b, TX_READ);
	struct row *r = tx_run(tx, q, &b->f, "");

	assert_non_null(r);
	while (row_next(r)) {
		buf_add(out, row_str(r, 0));
		buf_addc(out, '\n');
	}
	assert_ok(row_end(r, &b->f), &b->f);
	tx_rollback(tx);
}

static void compare(bool strict)
{
	struct blog one, many;

	blog_open(&one, true);
	blog_open(&many, true);
	fill(&one, false, strict);
	assert_int_equal(fill(&many, true, strict), strict);
	for (size_t i = 0; i < ARRAY_LEN(DUMPS); i++) {
		CLEANUP(buf_release) struct buf a = BUF(1 << 22), b = BUF(1 << 22);

		dump(&one, &DUMPS[i], &a);
		dump(&many, &DUMPS[i], &b);
		assert_true(a.n > 0 || i == 6);
		assert_str_eq(buf_str(&b), buf_str(&a));
	}
	blog_close(&one);
	blog_close(&many);
}

static void a_first_import_makes_the_same_rows(void **state)
{
	(void)state;
	compare(true);
}

/* Older posts, changed ones, drafts, pages, other languages, addresses that are taken. */
static void whatever_comes_in_between_makes_the_same_rows(void **state)
{
	(void)state;
	compare(false);
}

static void dump_all(struct blog *b, struct buf *out)
{
	for (size_t i = 0; i < ARRAY_LEN(DUMPS); i++)
		dump(b, &DUMPS[i], out);
}

static void lists_that_are_in_order_need_not_be_arranged(void **state)
{
	CLEANUP(buf_release) struct buf before = BUF(1 << 24), after = BUF(1 << 24);
	struct blog b;
	struct tx *tx;

	(void)state;
	blog_open(&b, true);
	assert_true(fill(&b, true, true));
	dump_all(&b, &before);
	tx = blog_begin(&b, TX_WRITE);
	assert_ok(edit_arrange(tx, &rules, &b.f), &b.f);
	blog_commit(&b, tx);
	dump_all(&b, &after);
	assert_str_eq(buf_str(&after), buf_str(&before));
	blog_close(&b);
}

/* Another writer commits between two transactions of a batch. */
static void what_somebody_else_wrote_is_seen(void **state)
{
	struct edit_batch *batch = edit_batch_new(&rules);
	struct made m = { .seed = 3, .strict = true };
	struct post_edit in;
	struct blog b;
	struct db *other;
	struct tx *tx;
	int64_t ids[3];

	(void)state;
	blog_open(&b, true);
	other = blog_open_again(&b);
	for (int i = 0; i < 3; i++) {
		make(&m, i, &in);
		assert_ok(tx_begin(i == 1 ? other : b.db, TX_WRITE, &tx, &b.f), &b.f);
		tx_raise_all(tx);
		if (i != 1)
			assert_ok(edit_batch_begin(batch, tx, &b.f), &b.f);
		assert_ok(i == 1 ? edit_put(tx, &rules, &in, &ids[i], &b.f)
				 : edit_batch_put(batch, tx, &in, &ids[i], &b.f), &b.f);
		if (i != 1)
			assert_ok(edit_batch_write(batch, tx, &b.f), &b.f);
		blog_commit(&b, tx);
	}
	assert_false(edit_batch_is_in_order(batch));
	assert_int_equal(ids[1], ids[0] + 1);
	assert_int_equal(ids[2], ids[1] + 1);
	db_close(other);
	edit_batch_free(batch);
	blog_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_first_import_makes_the_same_rows),
		cmocka_unit_test(whatever_comes_in_between_makes_the_same_rows),
		cmocka_unit_test(lists_that_are_in_order_need_not_be_arranged),
		cmocka_unit_test(what_somebody_else_wrote_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
