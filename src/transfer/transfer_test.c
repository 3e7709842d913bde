/* transfer_test.c - a site to import into, and the groups of this folder. */
#include "transfer/transfer_test.h"

#include <stdlib.h>
#include "base/file.h"
#include "base/folder_test.h"
#include "base/mem.h"
#include "content/address.h"
#include "content/kinds.h"

struct db *transfer_test_db(struct transfer_test *x, const char *name)
{
	struct db_config c = {
		.create = true, .site = 7, .tables = content_tables, .gens = x->gens
	};
	struct db *db;

	c.path = path_join(x->a, x->dir, str_of(name));
	assert_ok(db_open(&c, &db, &x->f), &x->f);
	assert_ok(schema_apply(db, content_schema, &x->f), &x->f);
	return db;
}

int transfer_test_setup(void **state)
{
	struct transfer_test *x = mem_alloc(sizeof *x);

	strcpy(x->dir, "/tmp/hameau-transfer.XXXXXX");
	if (!mkdtemp(x->dir))
		return -1;
	x->a = arena_new(0);
	db_init();
	assert_ok(gens_open(path_join(x->a, x->dir, STR("gens")), &x->gens, &x->f), &x->f);
	x->db = transfer_test_db(x, "site.db");
	x->site = (struct import_site){
		.db = x->db, .dir = x->dir, .lang = STR("en"),
		.rules = { .zone = "UTC", .per_page = 10, .now = 2000000000 },
	};
	receipt_init(&x->r);
	*state = x;
	return 0;
}

int transfer_test_teardown(void **state)
{
	struct transfer_test *x = *state;

	receipt_release(&x->r);
	db_close(x->db);
	gens_close(x->gens);
	if (!dir_remove(x->dir, &x->f))
		return -1;
	arena_free(x->a);
	mem_free(x);
	return 0;
}

const char *transfer_test_example(struct transfer_test *x, const char *name)
{
	return path_join(x->a, folder_test_source(x->a, "tests/data/import"), str_of(name));
}

void transfer_test_import(struct transfer_test *x, const char *folder, struct import_options o)
{
	CLEANUP(import_freep) struct import *im = import_new(&x->site, folder);

	receipt_release(&x->r);
	receipt_init(&x->r);
	assert_ok(import_run(im, &o, &x->r, &x->f), &x->f);
}

struct post *transfer_test_post(struct transfer_test *x, struct db *db, const char *path)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct post *p;

	assert_ok(tx_begin(db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(post_at(x->a, tx, str_of(path), &p, &x->f), &x->f);
	return p;
}

void transfer_test_leads(struct transfer_test *x, const char *from, const char *to)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	enum address_kind kind;
	struct str path;

	assert_ok(tx_begin(x->db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(address_find(x->a, tx, str_of(from), &kind, &path, &x->f), &x->f);
	assert_int_equal(kind, ADDRESS_MOVED);
	assert_str_eq(path, str_of(to));
}

/* "/rain/ /sun/ " */
static struct str related_to(struct transfer_test *x, struct db *db, int64_t id)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct str paths = STR("");
	struct post_list list;

	assert_ok(tx_begin(db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(post_related(x->a, tx, id, &list, &x->f), &x->f);
	for (size_t i = 0; i < list.n; i++)
		paths = arena_printf(x->a, "%.*s%.*s ", STR_ARG(paths), STR_ARG(list.p[i].path));
	return paths;
}

void transfer_test_same(struct transfer_test *x, struct db *one, struct db *two)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct post_list list;
	size_t i;

	assert_ok(tx_begin(one, TX_READ, &tx, &x->f), &x->f);
	assert_ok(post_all_briefly(x->a, tx, 0, 100, &list, &x->f), &x->f);
	assert_true(list.n > 0);
	tx_rollback(tx);
	tx = NULL;
	for (i = 0; i < list.n; i++) {
		struct post *a = transfer_test_post(x, one, list.p[i].path.p),
			    *b = transfer_test_post(x, two, list.p[i].path.p);

		if (!b)
			fail_msg("%.*s is lost", STR_ARG(list.p[i].path));
		assert_str_eq(a->title, b->title);
		assert_str_eq(a->html.s, b->html.s);
		assert_str_eq(a->summary, b->summary);
		assert_str_eq(a->lang, b->lang);
		assert_str_eq(a->cover, b->cover);
		assert_str_eq(a->set, b->set);
		assert_str_eq(related_to(x, one, a->id), related_to(x, two, b->id));
		assert_true(a->kind == b->kind && a->status == b->status && a->pinned == b->pinned
			    && a->in_menu == b->in_menu && a->weight == b->weight
			    && a->published_at == b->published_at && a->updated_at == b->updated_at
			    && a->n_terms == b->n_terms);
	}
}

int main(void)
{
	return links_tests() + source_tests() + import_tests() + export_tests() + save_tests();
}
