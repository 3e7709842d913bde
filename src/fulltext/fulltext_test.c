/* fulltext_test.c - an index that was built from counted words is FTS5's.
 *
 * db_check() lets FTS5 compare the index, word by word, with the texts. Beside it stands a
 * database that FTS5 was told of the same texts one by one.
 */
#include "base/folder_test.h"

#include <stdio.h>
#include "base/buf.h"
#include "fulltext/build.h"
#include "fulltext/fulltext.h"

enum { FOUND = 20 };

struct index {
	struct arena *a;		/* with its folder */
	struct db *db;
	struct build *build;		/* NULL: all goes to FTS5 */
	struct fail f;
};

static void open_index(struct index *x, bool builds)
{
	struct db_config c = { .create = true };
	char path[128];
	struct tx *tx;
	static const struct query schema = { .sql = FULLTEXT_SCHEMA,
					     .writes = {{ GEN_COMMIT }} };

	*x = (struct index){ .a = arena_new(0) };
	db_init();
	snprintf(path, sizeof path, "%s/site.db", folder_test_new(x->a));
	c.path = path;
	assert_ok(db_open(&c, &x->db, &x->f), &x->f);
	assert_ok(tx_begin(x->db, TX_WRITE, &tx, &x->f), &x->f);
	assert_ok(tx_exec(tx, &schema, &x->f, ""), &x->f);
	assert_ok(tx_commit(tx, &x->f), &x->f);
	x->build = builds ? build_new() : NULL;
	db_bulk(x->db, true);
}

static void close_index(struct index *x)
{
	build_free(x->build);
	db_close(x->db);
	arena_free(x->a);
}

/* ---- texts ---- */

static unsigned next(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 12;
}

static const char *const ODD[] = {
	"caf\xc3\xa9", "CAFE\xcc\x81", "\xe2\x80\x94", "na\xc3\xafve,", "\xe6\x9d\xb1\xe4\xba\xac",
	"\xc5\x81\xc3\xb3\x64\xc5\xba", "\xff\xfe", "1.5", "don't", "\xd0\x9c\xd0\xb8\xd1\x80",
	"\xc2\xa0", "x\xcc\x80y", "\xf0\x9f\x8c\xa7", "a\xe2\x80\x99" "b", "the", "The",
};

static void write_text(struct buf *out, unsigned *seed, int words)
{
	buf_clear(out);
	for (int i = 0; i < words; i++) {
		unsigned which = next(seed) % 16;

		if (which < 3)
			buf_adds(out, ODD[next(seed) % ARRAY_LEN(ODD)]);
		else if (which < 10)
			buf_addf(out, "w%u", next(seed) % 300);
		else
			buf_addf(out, "rare%u", next(seed));
		buf_addc(out, " \n-\t"[next(seed) % 4]);
	}
}

/* A word longer than FTS5 takes; one word very often in one text; nothing. */
static void write_odd(struct buf *out, int64_t id)
{
	buf_clear(out);
	if (id % 50 == 7)
		for (int i = 0; i < 40000; i++)
			buf_addc(out, 'q');
	if (id % 50 == 9)
		for (int i = 0; i < 60000; i++)
			buf_adds(out, i % 3 ? "the " : "w1 ");
}

static void add(struct index *x, struct tx *tx, struct concord_maker *m, int64_t id)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf title = BUF(1 << 20), terms = BUF(1 << 20),
					text = BUF(1 << 20);
	unsigned seed = (unsigned)id * 77;
	const struct concord *words;

	write_text(&title, &seed, (int)(id % 5));
	write_text(&terms, &seed, (int)(id % 3));
	if (id % 50 == 7 || id % 50 == 8 || id % 50 == 9)
		write_odd(&text, id);
	else
		write_text(&text, &seed, (int)(id * 7 % 400));
	if (!x->build) {
		assert_ok(fulltext_add(tx, id, buf_str(&title), buf_str(&terms), buf_str(&text),
				       &x->f), &x->f);
		return;
	}
	const struct str columns[] = { buf_str(&title), buf_str(&terms), buf_str(&text) };

	assert_ok(concord_make(m, a, columns, &words, &x->f), &x->f);
	assert_ok(build_add(x->build, tx, id, columns[0], columns[1], columns[2], words, &x->f),
		  &x->f);
}

static bool begin(struct index *x, struct tx **tx)
{
	bool takes = true;

	assert_ok(tx_begin(x->db, TX_WRITE, tx, &x->f), &x->f);
	if (x->build)
		assert_ok(build_begin(x->build, *tx, &takes, &x->f), &x->f);
	return takes;
}

static void end(struct index *x, struct tx *tx)
{
	if (x->build)
		assert_ok(build_write(x->build, tx, &x->f), &x->f);
	assert_ok(tx_commit(tx, &x->f), &x->f);
}

/* Numbers step, leave one out: as of posts of which some are drafts. */
static void fill(struct index *x, int64_t from, int64_t to)
{
	struct concord_maker *m;
	struct tx *tx;

	assert_ok(concord_maker_new(&m, &x->f), &x->f);
	assert_true(begin(x, &tx));
	for (int64_t id = from; id < to; id += 1 + (id % 9 == 0))
		add(x, tx, m, id);
	end(x, tx);
	concord_maker_free(m);
}

/* ---- what is found ---- */

static void find(struct index *x, const char *query, struct buf *out)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const struct fulltext_query q = { .words = str_of(query), .limit = FOUND };
	struct fulltext_hits hits;
	struct tx *tx;

	buf_clear(out);
	assert_ok(tx_begin(x->db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(fulltext_search(a, tx, &q, &hits, &x->f), &x->f);
	buf_addf(out, "%lld:", (long long)hits.total);
	for (size_t i = 0; i < hits.n; i++)
		buf_addf(out, " %lld %.*s", (long long)hits.p[i].id,
			 STR_ARG(hits.p[i].snippet.s));
	tx_rollback(tx);
}

static void assert_alike(struct index *one, struct index *other)
{
	static const char *const queries[] = {
		"the", "w1", "cafe", "\"w1 the\"", "w2 w3", "rare1*", "\xe6\x9d\xb1\xe4\xba\xac",
		"w", "lodz w9", "nothing", "qqqq",
	};
	CLEANUP(buf_release) struct buf a = BUF(1 << 22), b = BUF(1 << 22);

	for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
		find(one, queries[i], &a);
		find(other, queries[i], &b);
		assert_str_eq(buf_str(&a), buf_str(&b));
	}
}

/* FTS5 goes on: texts change, go, and come. */
static void edit(struct index *x)
{
	struct tx *tx;

	for (int i = 0; i < 60; i++) {
		assert_ok(tx_begin(x->db, TX_WRITE, &tx, &x->f), &x->f);
		assert_ok(fulltext_put(tx, 3 + i * 11, STR("the other"), STR("w1"),
				       STR("caf\xc3\xa9 w2 w3"), &x->f), &x->f);
		assert_ok(fulltext_remove(tx, 4 + i * 13, &x->f), &x->f);
		assert_ok(fulltext_add(tx, 5000 + i, STR("new"), STR(""), STR("w1 the end"),
				       &x->f), &x->f);
		assert_ok(tx_commit(tx, &x->f), &x->f);
	}
}

static void check(struct index *x)
{
	assert_ok(db_check(x->db, &x->f), &x->f);
}

static void a_built_index_is_fts5s(void **state)
{
	struct index built, told;

	(void)state;
	open_index(&built, true);
	open_index(&told, false);
	check(&built);
	assert_alike(&built, &told);		/* FTS5 remembers that nothing is there */
	fill(&built, 1, 40);
	fill(&told, 1, 40);
	check(&built);
	assert_alike(&built, &told);
	for (int64_t from = 41; from < 1500; from += 500) {
		fill(&built, from, from + 480);
		fill(&told, from, from + 480);
		check(&built);
		assert_alike(&built, &told);
	}
	db_bulk(built.db, false);
	db_bulk(told.db, false);
	edit(&built);
	edit(&told);
	check(&built);
	assert_alike(&built, &told);
	close_index(&built);
	close_index(&told);
}

/* Words that are counted once more are the same, whatever the maker knew and forgot. */
static void a_maker_forgets_words_and_counts_on(void **state)
{
	const struct concord *first = NULL, *last = NULL;
	struct arena *a = arena_new(0);
	struct fail f = FAIL_INIT;
	struct concord_maker *m;

	(void)state;
	assert_ok(concord_maker_new(&m, &f), &f);
	for (int i = 0; i < 2000; i++) {
		const struct str often[] = { STR("the end"), STR("a tag"),
					     STR("the end of considerations, the") };
		const struct str once[] = { arena_printf(a, "w%d", i), STR_NONE,
					    arena_printf(a, "u%d v%d considerations%d a%d b%d c%d",
							 i, i, i, i, i, i) };
		const struct concord *other;

		assert_ok(concord_make(m, a, once, &other, &f), &f);
		assert_int_equal(other->n, 7);
		assert_ok(concord_make(m, a, often, &last, &f), &f);
		if (i == 0)
			first = last;
		assert_int_equal(last->n, first->n);
		for (size_t k = 0; k < last->n; k++) {
			const struct concord_word *w = &last->p[k], *was = &first->p[k];

			assert_str_eq(str_from(w->p, w->n), str_from(was->p, was->n));
			assert_int_equal(w->hash, was->hash);
			assert_str_eq(str_from((const char *)w->places, w->n_places),
				      str_from((const char *)was->places, was->n_places));
		}
	}
	assert_int_equal(last->n, 6);
	concord_maker_free(m);
	arena_free(a);
}

static void what_fts5_wrote_into_stays_its_own(void **state)
{
	struct index x;
	struct tx *tx;

	(void)state;
	open_index(&x, true);
	fill(&x, 1, 100);
	assert_ok(tx_begin(x.db, TX_WRITE, &tx, &x.f), &x.f);
	assert_ok(fulltext_add(tx, 1000, STR("new"), STR(""), STR("w1"), &x.f), &x.f);
	assert_ok(tx_commit(tx, &x.f), &x.f);
	assert_false(begin(&x, &tx));
	tx_rollback(tx);
	check(&x);
	close_index(&x);
}

static void a_transaction_that_was_lost_leaves_nothing(void **state)
{
	struct concord_maker *m;
	struct index x, told;
	struct tx *tx;

	(void)state;
	open_index(&x, true);
	open_index(&told, false);
	fill(&x, 1, 100);
	assert_ok(concord_maker_new(&m, &x.f), &x.f);
	assert_true(begin(&x, &tx));
	add(&x, tx, m, 200);
	tx_rollback(tx);
	build_forget(x.build);
	assert_true(begin(&x, &tx));
	add(&x, tx, m, 300);
	assert_ok(build_write(x.build, tx, &x.f), &x.f);
	tx_rollback(tx);
	build_forget(x.build);
	concord_maker_free(m);
	fill(&x, 400, 500);
	check(&x);
	fill(&told, 1, 100);
	fill(&told, 400, 500);
	assert_alike(&x, &told);
	close_index(&x);
	close_index(&told);
}

/* In one transaction, before the commit. */
static void fts5_goes_on_behind_it(void **state)
{
	struct index x;
	struct tx *tx;
	struct concord_maker *m;

	(void)state;
	open_index(&x, true);
	assert_ok(concord_maker_new(&m, &x.f), &x.f);
	assert_true(begin(&x, &tx));
	for (int64_t id = 1; id < 50; id++)
		add(&x, tx, m, id);
	assert_ok(build_write(x.build, tx, &x.f), &x.f);
	assert_ok(fulltext_put(tx, 10, STR("other"), STR(""), STR("w1"), &x.f), &x.f);
	assert_ok(fulltext_add(tx, 60, STR("new"), STR(""), STR("w1"), &x.f), &x.f);
	assert_ok(tx_commit(tx, &x.f), &x.f);
	concord_maker_free(m);
	check(&x);
	close_index(&x);
}

static void nobody_writes_into_fts5s_tables_otherwise(void **state)
{
	struct concord_maker *m;
	const struct concord *words;
	struct arena *a = arena_new(0);
	const struct str columns[CONCORD_COLUMNS] = { STR("a"), STR("b"), STR("c") };
	struct index x;
	struct tx *tx;

	(void)state;
	open_index(&x, true);
	db_bulk(x.db, false);
	assert_ok(concord_maker_new(&m, &x.f), &x.f);
	assert_ok(concord_make(m, a, columns, &words, &x.f), &x.f);
	assert_true(begin(&x, &tx));
	assert_false(build_add(x.build, tx, 1, STR("a"), STR("b"), STR("c"), words, &x.f));
	tx_rollback(tx);
	concord_maker_free(m);
	arena_free(a);
	close_index(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_built_index_is_fts5s),
		cmocka_unit_test(a_maker_forgets_words_and_counts_on),
		cmocka_unit_test(what_fts5_wrote_into_stays_its_own),
		cmocka_unit_test(a_transaction_that_was_lost_leaves_nothing),
		cmocka_unit_test(fts5_goes_on_behind_it),
		cmocka_unit_test(nobody_writes_into_fts5s_tables_otherwise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
