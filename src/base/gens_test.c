/* gens_test.c - counters that outlive the process that raised them. */
#include "base/base_test.h"

#include <stdlib.h>
#include <unistd.h>
#include "base/file.h"
#include "base/gens.h"
#include "base/mem.h"

struct place {
	char dir[32], path[48];
};

static int make_place(void **state)
{
	static struct place p;

	strcpy(p.dir, "/tmp/gens.XXXXXX");
	if (!mkdtemp(p.dir))
		return -1;
	strcpy(p.path, p.dir);
	strcat(p.path, "/gens");
	*state = &p;
	return 0;
}

static int drop_place(void **state)
{
	return dir_remove(((struct place *)*state)->dir, NULL) ? 0 : -1;
}

static void what_was_read_is_fresh_until_it_is_raised(void **state)
{
	struct place *p = *state;
	struct fail f = FAIL_INIT;
	struct gens *g, *other;
	struct deps d = { 0 };

	assert_ok(gens_open(p->path, &g, &f), &f);
	deps_add(&d, g, gens_slot(7, GEN_EPOCH, 0));
	deps_add(&d, g, gens_slot(7, 20, 41));
	deps_add(&d, g, gens_slot(7, 20, 41));
	assert_int_equal(d.n, 2);
	assert_true(deps_fresh(&d, g));
	gens_raise(g, gens_slot(7, 20, 42));
	assert_true(deps_fresh(&d, g));
	assert_ok(gens_open(p->path, &other, &f), &f);	/* as another process would */
	gens_raise(other, gens_slot(7, 20, 41));
	assert_false(deps_fresh(&d, g));
	gens_close(other);
	gens_close(g);
	deps_release(&d);
}

static void a_table_closed_cleanly_is_believed_again(void **state)
{
	struct place *p = *state;
	struct fail f = FAIL_INIT;
	struct gens *g;
	struct deps d = { 0 };

	assert_ok(gens_open(p->path, &g, &f), &f);
	deps_add(&d, g, gens_slot(0, GEN_EPOCH, 0));
	gens_close(g);
	assert_ok(gens_open(p->path, &g, &f), &f);
	assert_true(deps_fresh(&d, g));
	gens_close(g);
	deps_release(&d);
}

static void a_table_from_another_boot_makes_all_stale(void **state)
{
	struct place *p = *state;
	struct fail f = FAIL_INIT;
	struct gens *g;
	struct deps d = { 0 };
	CLEANUP(buf_release) struct buf b = BUF(8 << 20);

	assert_ok(gens_open(p->path, &g, &f), &f);
	deps_add(&d, g, gens_slot(0, GEN_EPOCH, 0));
	assert_ok(file_read(p->path, &b, &f), &f);	/* as a power cut leaves it */
	gens_close(g);
	b.p[8] = '?';
	assert_ok(file_write(p->path, buf_str(&b), false, &f), &f);
	assert_ok(gens_open(p->path, &g, &f), &f);
	assert_false(deps_fresh(&d, g));
	gens_close(g);
	deps_release(&d);
}

/* What a cached page keeps: the epoch of the host, and one thing that it shows. */
static struct deps page_of(const struct gens *g, uint32_t thing)
{
	struct deps d = { 0 };

	deps_add(&d, g, gens_slot(0, GEN_EPOCH, 0));
	deps_add(&d, g, thing);
	return d;
}

/* The first cut leaves the table as it was; what was raised after it is lost with the second. */
static void a_second_power_cut_makes_stale_what_was_made_after_the_first(void **state)
{
	struct place *p = *state;
	struct fail f = FAIL_INIT;
	uint32_t thing = gens_slot(7, 20, 41);
	struct gens *g;
	struct deps d;
	CLEANUP(buf_release) struct buf b = BUF(8 << 20);

	assert_ok(gens_open(p->path, &g, &f), &f);
	assert_ok(file_read(p->path, &b, &f), &f);
	gens_close(g);
	for (char boot = '?'; boot < 'C'; boot++) {
		b.p[8] = boot;
		assert_ok(file_write(p->path, buf_str(&b), false, &f), &f);
		assert_ok(gens_open(p->path, &g, &f), &f);
		if (boot > '?') {
			assert_false(deps_fresh(&d, g));
			deps_release(&d);
		}
		d = page_of(g, thing);
		gens_raise(g, thing);
		gens_close(g);
	}
	deps_release(&d);
}

/* Cut behind the epoch, so that the header and the epoch are as they were. */
static void a_table_that_was_cut_short_is_not_believed(void **state)
{
	struct place *p = *state;
	struct fail f = FAIL_INIT;
	uint32_t epoch = gens_slot(0, GEN_EPOCH, 0), thing;
	struct gens *g;
	struct deps d;
	int key = 0;

	do
		thing = gens_slot(7, 20, (uint64_t)key++);
	while (thing <= epoch);
	assert_ok(gens_open(p->path, &g, &f), &f);
	d = page_of(g, thing);
	gens_raise(g, thing);
	gens_close(g);
	assert_int_equal(truncate(p->path, 4096 + 4 * (epoch + 1)), 0);
	assert_ok(gens_open(p->path, &g, &f), &f);
	assert_false(deps_fresh(&d, g));
	gens_close(g);
	deps_release(&d);
}

/* It was taken for dead and its site mended; the next one at the site is another. */
static void a_slow_writer_takes_nobody_elses_mark_away(void **state)
{
	struct place *p = *state;
	struct fail f = FAIL_INIT;
	uint64_t slow, next;
	struct gens *g;

	assert_ok(gens_open(p->path, &g, &f), &f);
	slow = gens_write_begin(g, 3);
	gens_mend(g, 3);
	next = gens_write_begin(g, 3);
	gens_write_end(g, 3, slow);
	assert_true(gens_is_writing(g, 3));
	gens_write_end(g, 3, next);
	assert_false(gens_is_writing(g, 3));
	gens_close(g);
}

static void a_writer_that_died_makes_its_site_stale(void **state)
{
	struct place *p = *state;
	struct fail f = FAIL_INIT;
	struct gens *g;
	struct deps d = { 0 };

	assert_ok(gens_open(p->path, &g, &f), &f);
	deps_add(&d, g, gens_slot(3, GEN_EPOCH, 0));
	gens_write_begin(g, 3);
	assert_true(gens_is_writing(g, 3));
	assert_false(gens_is_writing(g, 4));
	gens_mend(g, 3);
	assert_false(gens_is_writing(g, 3));
	assert_false(deps_fresh(&d, g));
	gens_close(g);
	deps_release(&d);
}

enum { SLOTS = 1 << 20, MANY_SITES = 20000 };

/* A counter that a mark moved and moved back would pass an old page for a fresh one. */
static void a_mark_moves_no_counter_but_the_epoch_of_a_dead_one(void **state)
{
	struct place *p = *state;
	struct fail f = FAIL_INIT;
	struct gens *g;
	uint32_t *was = mem_array(SLOTS, sizeof *was);
	uint32_t moved = 0;
	uint64_t mark;

	assert_ok(gens_open(p->path, &g, &f), &f);
	for (uint32_t i = 0; i < SLOTS; i++) {
		gens_raise(g, i);
		was[i] = gens_value(g, i);
	}
	for (uint64_t site = 0; site < MANY_SITES; site++) {
		assert_false(gens_is_writing(g, site));
		mark = gens_write_begin(g, site);
		assert_true(gens_is_writing(g, site));
		gens_write_end(g, site, mark);
		assert_false(gens_is_writing(g, site));
	}
	for (uint32_t i = 0; i < SLOTS; i++)
		assert_int_equal(gens_value(g, i), was[i]);
	gens_write_begin(g, 3);
	gens_mend(g, 3);
	for (uint32_t i = 0; i < SLOTS; i++)
		moved += gens_value(g, i) - was[i];
	assert_int_equal(moved, 1);
	gens_close(g);
	mem_free(was);
}

/* As after a kill in the middle of everything: each site stays marked or has become stale. */
static void more_dead_writers_than_marks_leave_no_site_fresh(void **state)
{
	struct place *p = *state;
	struct fail f = FAIL_INIT;
	struct gens *g;
	struct deps *d = mem_array(MANY_SITES, sizeof *d);
	size_t marked = 0;

	assert_ok(gens_open(p->path, &g, &f), &f);
	for (uint64_t site = 0; site < MANY_SITES; site++)
		deps_add(&d[site], g, gens_slot(site, GEN_EPOCH, 0));
	for (uint64_t site = 0; site < MANY_SITES; site++) {
		gens_write_begin(g, site);
		assert_true(gens_is_writing(g, site));
	}
	for (uint64_t site = 0; site < MANY_SITES; site++) {
		bool is_marked = gens_is_writing(g, site);

		marked += is_marked;
		assert_true(is_marked || !deps_fresh(&d[site], g));
		deps_release(&d[site]);
	}
	assert_in_range(marked, 1, MANY_SITES - 1);
	gens_close(g);
	mem_free(d);
}

int gens_tests(void)
{
	const struct CMUnitTest tests[] = {
#define IN_PLACE(t) cmocka_unit_test_setup_teardown(t, make_place, drop_place)
		IN_PLACE(what_was_read_is_fresh_until_it_is_raised),
		IN_PLACE(a_table_closed_cleanly_is_believed_again),
		IN_PLACE(a_table_from_another_boot_makes_all_stale),
		IN_PLACE(a_second_power_cut_makes_stale_what_was_made_after_the_first),
		IN_PLACE(a_table_that_was_cut_short_is_not_believed),
		IN_PLACE(a_slow_writer_takes_nobody_elses_mark_away),
		IN_PLACE(a_writer_that_died_makes_its_site_stale),
		IN_PLACE(a_mark_moves_no_counter_but_the_epoch_of_a_dead_one),
		IN_PLACE(more_dead_writers_than_marks_leave_no_site_fresh),
	};

	return cmocka_run_group_tests_name("gens", tests, NULL, NULL);
}
