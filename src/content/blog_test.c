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
