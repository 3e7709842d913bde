/* handles_test.c - open databases are kept, lent and closed in their order. */
#include "store/store_test.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "store/lite.h"
#include "work/thread.h"

enum { SITES = 6, THREADS = 4, ROUNDS = 150 };

struct village {
	struct bench bench;
	struct handles *handles;
};

static char paths[SITES][128];

static void village_setup(struct village *v, size_t max_open)
{
	struct handles_config c = {
		.max_open = max_open, .tables = store_test_tables, .steps = store_test_steps,
	};
	struct fail f = FAIL_INIT;

	store_test_setup(&v->bench);
	c.gens = v->bench.gens;
	v->handles = handles_new(&c);
	for (int i = 0; i < SITES; i++) {
		struct db_config made = { .path = paths[i], .create = true };
		struct db *db;

		snprintf(paths[i], sizeof paths[i], "%s/%d.db", v->bench.dir, i);
		assert_ok(db_open(&made, &db, &f), &f);
		db_close(db);
	}
}

static void village_teardown(struct village *v)
{
	handles_free(v->handles);
	store_test_teardown(&v->bench);
}

static struct db *take(struct village *v, int site)
{
	struct fail f = FAIL_INIT;
	struct db *db = NULL;

	assert_ok(handles_take(v->handles, (uint64_t)site, paths[site], &db, &f), &f);
	return db;
}

/* In a thread among others. Whoever waits for them longer than the patience of a request lasts
 * comes again: how long that takes is not what is asked here. */
static struct db *take_at_last(struct village *v, int site)
{
	struct fail f;
	struct db *db;

	do {
		f = (struct fail)FAIL_INIT;
		if (handles_take(v->handles, (uint64_t)site, paths[site], &db, &f))
			return db;
	} while (f.code == FAIL_BUSY);
	fail_msg("%s", f.text);
	return NULL;
}

static void a_handle_that_was_given_back_is_lent_again(void **state)
{
	struct village v;
	struct db *one, *two;

	(void)state;
	village_setup(&v, 4);
	one = take(&v, 0);
	two = take(&v, 0);
	assert_ptr_not_equal(one, two);
	handles_give(v.handles, one);
	assert_ptr_equal(take(&v, 0), one);
	handles_give(v.handles, one);
	handles_give(v.handles, two);
	assert_int_equal(handles_count(v.handles), 2);
	village_teardown(&v);
}

static void the_longest_idle_are_closed(void **state)
{
	struct village v;

	(void)state;
	village_setup(&v, 3);
	for (int i = 0; i < SITES; i++)
		handles_give(v.handles, take(&v, i));
	assert_int_equal(handles_count(v.handles), 3);
	village_teardown(&v);
}

static void a_dropped_site_is_closed_when_given_back(void **state)
{
	struct village v;
	struct db *lent;

	(void)state;
	village_setup(&v, 8);
	lent = take(&v, 0);
	handles_give(v.handles, take(&v, 0));
	handles_give(v.handles, take(&v, 1));
	handles_drop(v.handles, 0);
	assert_int_equal(handles_count(v.handles), 2);
	handles_give(v.handles, lent);
	assert_int_equal(handles_count(v.handles), 1);
	handles_drop(v.handles, 5);
	village_teardown(&v);
}

static void a_missing_file_is_damage_and_not_counted(void **state)
{
	struct fail f = FAIL_INIT;
	struct village v;
	struct db *db;

	(void)state;
	village_setup(&v, 8);
	assert_fails(handles_take(v.handles, 9, "/tmp/there-is-no-such.db", &db, &f), &f,
		     FAIL_CORRUPT);
	assert_int_equal(handles_count(v.handles), 0);
	village_teardown(&v);
}

static void an_empty_file_is_damage_and_stays_empty(void **state)
{
	struct fail f = FAIL_INIT;
	struct village v;
	struct db *db;

	(void)state;
	village_setup(&v, 8);
	assert_int_equal(truncate(paths[2], 0), 0);
	assert_fails(handles_take(v.handles, 2, paths[2], &db, &f), &f, FAIL_CORRUPT);
	assert_int_equal(handles_count(v.handles), 0);
	village_teardown(&v);
}

static void a_replaced_file_is_opened_anew(void **state)
{
	struct fail f = FAIL_INIT;
	struct village v;
	struct db *db;

	(void)state;
	village_setup(&v, 8);
	handles_give(v.handles, take(&v, 0));
	handles_give(v.handles, take(&v, 1));
	assert_int_equal(rename(paths[1], paths[0]), 0);
	handles_give(v.handles, take(&v, 0));
	assert_int_equal(handles_count(v.handles), 2);
	assert_fails(handles_take(v.handles, 1, paths[1], &db, &f), &f, FAIL_CORRUPT);
	assert_int_equal(handles_count(v.handles), 1);
	village_teardown(&v);
}

static uint32_t epoch(const struct village *v, uint64_t site)
{
	return gens_value(v->bench.gens, gens_slot(site, GEN_EPOCH, 0));
}

/* Or the schema's own steps make them stale. */
static void bring_up_to_date(struct village *v)
{
	for (int i = 0; i < SITES; i++) {
		handles_give(v->handles, take(v, i));
		handles_drop(v->handles, (uint64_t)i);
	}
}

/* What pages show was read from a file that is not there any more. */
static void another_file_in_its_place_makes_a_site_stale(void **state)
{
	struct village v;
	uint32_t was;

	(void)state;
	village_setup(&v, 8);
	bring_up_to_date(&v);
	was = epoch(&v, 0);
	handles_give(v.handles, take(&v, 0));
	handles_give(v.handles, take(&v, 0));
	assert_int_equal(epoch(&v, 0), was);
	assert_int_equal(rename(paths[1], paths[0]), 0);
	handles_give(v.handles, take(&v, 0));
	assert_int_equal(epoch(&v, 0), was + 1);
	handles_give(v.handles, take(&v, 0));
	assert_int_equal(epoch(&v, 0), was + 1);
	village_teardown(&v);
}

static void a_copy_in_the_place_of_what_was_damaged_makes_a_site_stale(void **state)
{
	static const char garbage[4096] = "garbage";
	struct fail f = FAIL_INIT;
	struct village v;
	struct db *db;
	uint32_t was;

	(void)state;
	village_setup(&v, 8);
	bring_up_to_date(&v);
	was = epoch(&v, 0);
	assert_ok(file_write(paths[0], str_from(garbage, sizeof garbage), false, &f), &f);
	for (int i = 0; i < 2; i++)
		assert_fails(handles_take(v.handles, 0, paths[0], &db, &f), &f, FAIL_CORRUPT);
	assert_int_equal(epoch(&v, 0), was);
	assert_int_equal(rename(paths[1], paths[0]), 0);
	handles_give(v.handles, take(&v, 0));
	assert_int_equal(epoch(&v, 0), was + 1);
	handles_drop(v.handles, 0);
	handles_give(v.handles, take(&v, 0));
	assert_int_equal(epoch(&v, 0), was + 1);
	village_teardown(&v);
}

static void visit_all(void *arg)
{
	struct village *v = arg;

	for (int i = 0; i < ROUNDS; i++) {
		handles_give(v->handles, take_at_last(v, i % SITES));
		if (i % 50 == 49)
			handles_drop(v->handles, (uint64_t)(i % SITES));
	}
}

static void many_threads_take_and_give(void **state)
{
	struct thread *t[THREADS];
	struct fail f = FAIL_INIT;
	struct village v;

	(void)state;
	village_setup(&v, 3);
	for (int i = 0; i < THREADS; i++)
		assert_ok(thread_start("visit", visit_all, &v, &t[i], &f), &f);
	for (int i = 0; i < THREADS; i++)
		thread_join(t[i]);
	assert_true(handles_count(v.handles) <= 3);
	village_teardown(&v);
}

/* ---- a disk that has no room for shared memory ---- */

static struct {
	sqlite3_vfs *usual, vfs;
	sqlite3_io_methods file;
} full;

static int no_room(sqlite3_file *file, int page, int size, int extend, void volatile **ret)
{
	(void)file;
	(void)page;
	(void)size;
	(void)extend;
	*ret = NULL;
	return SQLITE_IOERR_SHMSIZE;
}

static int says_no_room(sqlite3_vfs *vfs, int size, char *text)
{
	(void)vfs;
	(void)size;
	(void)text;
	return ENOSPC;
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
	int rc = full.usual->xOpen(full.usual, name, file, flags, out);

	(void)vfs;
	if (rc == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB))
		file->pMethods = &full.file;
	return rc;
}

/* db: of any open file, for its methods. */
static void use_full_disk(struct db *db)
{
	sqlite3_file *file = NULL;

	sqlite3_file_control(db->lite, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	full.file = *file->pMethods;
	full.file.xShmMap = no_room;
	full.usual = sqlite3_vfs_find(NULL);
	full.vfs = *full.usual;
	full.vfs.zName = "full";
	full.vfs.xOpen = open_file;
	full.vfs.xGetLastError = says_no_room;
	sqlite3_vfs_register(&full.vfs, 1);
}

static void leave_full_disk(void)
{
	sqlite3_vfs_register(full.usual, 1);
	sqlite3_vfs_unregister(&full.vfs);
}

static atomic_int posts;

static void read_and_write(void *arg)
{
	struct village *v = arg;

	for (int i = 0; i < 10; i++) {
		struct db *db = take_at_last(v, 0);
		int before = atomic_load(&posts);
		char title[32];

		/* Nobody else has it: what was written is there, and nothing is added meanwhile. */
		if (store_test_posts(db) != before)
			fail_msg("%lld posts, not %d", (long long)store_test_posts(db), before);
		snprintf(title, sizeof title, "post %d", before);
		store_test_add(db, before + 1, title);
		atomic_fetch_add(&posts, 1);
		handles_give(v->handles, db);
	}
}

static void without_room_for_shared_memory_one_at_a_time_has_the_file(void **state)
{
	struct thread *t[THREADS];
	struct fail f = FAIL_INIT;
	struct village v;
	struct db *db;

	(void)state;
	village_setup(&v, 8);
	bring_up_to_date(&v);
	db = take(&v, 1);
	use_full_disk(db);
	handles_give(v.handles, db);
	for (int i = 0; i < THREADS; i++)
		assert_ok(thread_start("visit", read_and_write, &v, &t[i], &f), &f);
	for (int i = 0; i < THREADS; i++)
		thread_join(t[i]);
	leave_full_disk();
	assert_int_equal(handles_count(v.handles), 1);
	db = take(&v, 0);
	assert_int_equal(store_test_posts(db), THREADS * 10);
	handles_give(v.handles, db);
	assert_int_equal(handles_count(v.handles), 2);
	village_teardown(&v);
}

int handles_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_handle_that_was_given_back_is_lent_again),
		cmocka_unit_test(the_longest_idle_are_closed),
		cmocka_unit_test(a_dropped_site_is_closed_when_given_back),
		cmocka_unit_test(a_missing_file_is_damage_and_not_counted),
		cmocka_unit_test(an_empty_file_is_damage_and_stays_empty),
		cmocka_unit_test(a_replaced_file_is_opened_anew),
		cmocka_unit_test(another_file_in_its_place_makes_a_site_stale),
		cmocka_unit_test(a_copy_in_the_place_of_what_was_damaged_makes_a_site_stale),
		cmocka_unit_test(many_threads_take_and_give),
		cmocka_unit_test(without_room_for_shared_memory_one_at_a_time_has_the_file),
	};

	return cmocka_run_group_tests_name("store/handles", tests, NULL, NULL);
}
