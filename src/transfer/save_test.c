/* save_test.c - one text by itself: found again, left alone, and what it costs. */
#include "transfer/transfer_test.h"

#include <stdio.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "transfer/export_text.h"
#include "transfer/save.h"

static bool try_save(struct transfer_test *x, const struct save_text *in, struct saved *ret)
{
	struct receipt r;
	bool done;

	receipt_init(&r);
	done = save_text(x->a, &x->site, in, &r, ret, &x->f);
	receipt_release(&r);
	return done;
}

static struct saved save(struct transfer_test *x, const struct save_text *in)
{
	struct saved s;

	assert_ok(try_save(x, in, &s), &x->f);
	return s;
}

static struct saved type(struct transfer_test *x, const char *text)
{
	const struct save_text in = { .text = str_of(text) };

	return save(x, &in);
}

static struct str shown(struct transfer_test *x, const char *path)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	CLEANUP(buf_release) struct buf b = BUF(4 * LIMIT_POST);
	struct post *p;

	assert_ok(tx_begin(x->db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(save_find_at(x->a, tx, str_of(path), &p, &x->f), &x->f);
	assert_ok(export_text(&b, tx, p, "UTC", &x->f), &x->f);
	return arena_str(x->a, buf_str(&b));
}

static void a_text_with_tags_of_hugo_is_the_same_after_a_round(void **state)
{
	struct transfer_test *x = *state;
	struct str text;
	struct saved s;

	type(x, "# Tags\n\n{{< a >}} {{% b %}} {{</*/* c */*/>}} {{ d }}\n\n```\n{{< e >}}\n```\n");
	text = shown(x, "/tags/");
	assert_true(str_find(text, STR("{{</*/* c */*/>}}")) > 0);
	s = save(x, &(struct save_text){ .text = text });
	assert_false(s.is_new || s.is_changed);
	text = arena_printf(x->a, "%.*sMore.\n", STR_ARG(text));
	s = save(x, &(struct save_text){ .text = text });
	assert_true(s.is_changed && !s.is_new);
	assert_str_eq(shown(x, "/tags/"), text);
}

static void what_was_typed_is_called_by_its_title_and_names_its_address(void **state)
{
	struct transfer_test *x = *state;
	struct saved s = type(x, "# First rain\n\nx");

	assert_str_eq(s.path, STR("/first-rain/"));
	assert_true(s.is_new && s.kind == POST_POST && s.published_at == 2000000000);
	s = save(x, &(struct save_text){ .text = STR("# Us\n\nx"), .page = true,
					 .address = STR("/club/us/") });
	assert_str_eq(s.path, STR("/club/us/"));
	assert_int_equal(s.kind, POST_PAGE);
	s = save(x, &(struct save_text){ .text = shown(x, "/club/us/") });
	assert_false(s.is_new || s.is_changed);
	assert_false(try_save(x, &(struct save_text){ .text = STR("# First rain\n\ny") }, &s));
	assert_int_equal(x->f.code, FAIL_CONFLICT);
}

static void addresses_are_read_as_people_write_them(void **state)
{
	struct transfer_test *x = *state;
	static const char *const same[] = { "rain", "/rain", "rain/", "/rain/", "/rain/?x#y",
					    "https://anna.example/rain", "r%61in" };
	static const char *const none[] = { "", "/", "a/../b", "http://anna.example",
					    "\x01", "a//../..", "a://b////" };

	for (size_t i = 0; i < ARRAY_LEN(same); i++)
		assert_str_eq(save_address(x->a, str_of(same[i])), STR("/rain/"));
	for (size_t i = 0; i < ARRAY_LEN(none); i++)
		assert_int_equal(save_address(x->a, str_of(none[i])).n, 0);
}

static void what_is_kept_is_found_newest_first(void **state)
{
	struct transfer_test *x = *state;
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct kept *list, k;
	struct post *p;
	size_t n;

	type(x, "# Rain\n\nfirst");
	assert_ok(tx_begin(x->db, TX_READ, &tx, &x->f), &x->f);
	assert_ok(save_find_at(x->a, tx, STR("/rain/"), &p, &x->f), &x->f);
	p->source_path = STR("/blog//rain.md");
	for (int i = 0; i < 3; i++) {
		p->title = i == 2 ? STR("The last") : STR("Rain");
		assert_ok(kept_put(x->dir, tx, p, "UTC", &x->f), &x->f);
	}
	assert_ok(kept_list(x->a, x->dir, 2, &list, &n, &x->f), &x->f);
	assert_int_equal(n, 2);
	assert_str_eq(list[0].title, STR("The last"));
	assert_ok(kept_find(x->a, x->dir, STR("/rain/"), &k, &x->f), &x->f);
	assert_str_eq(k.source_path, STR("/blog//rain.md"));
	assert_true(str_find(k.text, STR("hameau")) < 0);
	assert_false(kept_find(x->a, x->dir, STR("/snow/"), &k, &x->f));
	assert_int_equal(x->f.code, FAIL_NOT_FOUND);
}

/* Pages of the database, for a text typed and one from its file. */
static struct db_work cost_of_saves(struct transfer_test *x, int round)
{
	enum { SAVES = 32 };
	struct db_work was, now;

	db_work(x->db, &was);
	for (int i = 0; i < SAVES; i++)
		type(x, arena_printf(x->a, "---\ntitle: Mine %d\nslug: mine%d\ntags: [t1]\n---\n"
				     "round %d", i, i, round).p);
	db_work(x->db, &now);
	return (struct db_work){ (now.looked - was.looked) / SAVES,
				 (now.written - was.written) / SAVES };
}

static void fill(struct transfer_test *x, const char *folder, int from, int to)
{
	CLEANUP(import_freep) struct import *im = NULL;
	struct import_options o = { .threads = 1 };
	struct receipt r;

	assert_ok(dir_make(folder, &x->f), &x->f);
	for (int i = from; i < to; i++) {
		struct str name = arena_printf(x->a, "p%d.md", i);
		struct str text = arena_printf(x->a, "---\ntitle: P%d\ndate: 2020-01-%02d\n"
					       "tags: [t%d]\n---\nwords %d\n", i, i % 28 + 1,
					       i % 5, i);

		assert_ok(file_write(path_join(x->a, folder, name), text, false, &x->f), &x->f);
	}
	receipt_init(&r);
	im = import_new(&x->site, folder);
	assert_ok(import_run(im, &o, &r, &x->f), &x->f);
	receipt_release(&r);
}

static void a_save_costs_the_same_in_thirty_texts_and_in_three_thousand(void **state)
{
	struct transfer_test *x = *state;
	const char *folder = path_join(x->a, x->dir, STR("texts"));
	struct db_work small, large;

	fill(x, folder, 0, 30);
	cost_of_saves(x, 0);
	small = cost_of_saves(x, 1);
	fill(x, folder, 30, 3000);
	large = cost_of_saves(x, 2);
	print_message("a save: %lld/%lld pages looked at/written of 30 texts, %lld/%lld of 3000\n",
		      (long long)small.looked, (long long)small.written, (long long)large.looked,
		      (long long)large.written);
	assert_true(large.looked <= small.looked * 3);
	assert_true(large.written <= small.written * 3);
}

int save_tests(void)
{
	const struct CMUnitTest tests[] = {
		TRANSFER_TEST(a_text_with_tags_of_hugo_is_the_same_after_a_round),
		TRANSFER_TEST(what_was_typed_is_called_by_its_title_and_names_its_address),
		TRANSFER_TEST(addresses_are_read_as_people_write_them),
		TRANSFER_TEST(what_is_kept_is_found_newest_first),
		TRANSFER_TEST(a_save_costs_the_same_in_thirty_texts_and_in_three_thousand),
	};

	return cmocka_run_group_tests_name("save", tests, NULL, NULL);
}
