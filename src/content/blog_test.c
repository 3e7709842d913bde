/* blog_test.c - see blog_test.h. */
#include "content/blog_test.h"

#include "base/folder_test.h"
#include "base/mem.h"
#include "content/kinds.h"
#include "store/db.h"

static struct db *open_db(struct blog *b, bool create, const struct gen_tables *tables)
{
	struct db_config c = { .path = b->path, .create = create, .site = 7, .gens = b->gens,
			       .tables = tables };
	struct db *db;

	assert_ok(db_open(&c, &db, &b->f), &b->f);
	return db;
}

void blog_open(struct blog *b, bool is_proved)
{
	const char *dir;

	*b = (struct blog){ .a = arena_new(0) };
	dir = folder_test_new(b->a);
	db_init();
	assert_ok(gens_open(path_join(b->a, dir, STR("gens")), &b->gens, &b->f), &b->f);
	b->path = path_join(b->a, dir, STR("site.db"));
	b->db = open_db(b, true, is_proved ? content_tables : NULL);
	assert_ok(schema_apply(b->db, content_schema, &b->f), &b->f);
}

struct db *blog_open_again(struct blog *b)
{
	return open_db(b, false, content_tables);
}

void blog_close(struct blog *b)
{
	db_close(b->db);
	gens_close(b->gens);
	arena_free(b->a);
}

int blog_set_up(void **state)
{
	struct blog *b = MEM_NEW(struct blog);

	blog_open(b, true);
	*state = b;
	return 0;
}

int blog_tear_down(void **state)
{
	blog_close(*state);
	mem_free(*state);
	return 0;
}

struct tx *blog_begin(struct blog *b, enum tx_kind kind)
{
	struct tx *tx;

	assert_ok(tx_begin(b->db, kind, &tx, &b->f), &b->f);
	return tx;
}

void blog_commit(struct blog *b, struct tx *tx)
{
	assert_ok(tx_commit(tx, &b->f), &b->f);
}

unsigned blog_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 12;
}

/* From the post `from` on; the number behind the last. */
static int64_t put_some(struct blog *b, const struct blog_filling *how, int64_t from,
			struct edit_batch *batch, struct concord_maker *words)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct tx *tx = blog_begin(b, TX_WRITE);
	int64_t i = from, id;

	tx_raise_all(tx);
	if (batch)
		assert_ok(edit_batch_begin(batch, tx, &b->f), &b->f);
	for (; i < from + how->at_once && i < how->posts; i++) {
		struct post_edit in;

		how->make(how->arg, i, &in);
		assert_ok(edit_concord(words, a, &in, &in.concord, &b->f), &b->f);
		assert_ok(batch ? edit_batch_put(batch, tx, &in, &id, &b->f)
				: edit_put(tx, how->rules, &in, &id, &b->f), &b->f);
	}
	if (batch)
		assert_ok(edit_batch_write(batch, tx, &b->f), &b->f);
	blog_commit(b, tx);
	return i;
}

bool blog_fill(struct blog *b, const struct blog_filling *how)
{
	struct edit_batch *batch = how->in_batch ? edit_batch_new(how->rules) : NULL;
	struct concord_maker *words;
	bool in_order;

	assert_ok(concord_maker_new(&words, &b->f), &b->f);
	db_bulk(b->db, how->in_batch);
	for (int64_t i = 0; i < how->posts;)
		i = put_some(b, how, i, batch, words);
	db_bulk(b->db, false);
	concord_maker_free(words);
	in_order = batch && edit_batch_is_in_order(batch);
	edit_batch_free(batch);
	return in_order;
}
