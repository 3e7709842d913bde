/* disk_damage_test.c - finished pages in rolls that are torn, changed, left behind or gone. */
#include "cache/cache_test.h"
#include "cache/disk_test.h"

#include "base/file.h"
#include "base/limits.h"

/* Whoever was to remove it was killed. */
static void what_was_left_behind_goes_the_next_time(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct place *p = *state;
	struct disk *d = disk_test_new(p);
	const char *left = arena_printf(a, "%s.drop-0123", p->cache_dir).p;
	const char *mine = arena_printf(a, "%s.mine", p->cache_dir).p;
	struct fail f = FAIL_INIT;

	assert_ok(dir_make(path_join(a, left, STR("07")), &f), &f);
	assert_ok(dir_make(mine, &f), &f);
	assert_ok(disk_drop_all(d, &f), &f);
	assert_false(file_exists(left));
	assert_true(file_exists(mine));
	disk_free(d);
}

static void the_folder_may_vanish_at_any_moment(void **state)
{
	struct place *p = *state;
	struct disk *d = disk_test_new(p);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(p, LONG_TEXT);
	CLEANUP(entry_dropp) struct entry *open = NULL, *back = NULL;
	struct fail f = FAIL_INIT;

	assert_null(disk_load_whole(d, &POST));
	assert_ok(disk_drop_site(d, 7, &f), &f);
	assert_ok(disk_drop_all(d, &f), &f);
	disk_test_save(d, POST, e);
	assert_ok(dir_remove(p->cache_dir, &f), &f);
	open = disk_load_whole(d, &POST);		/* from the file that is still open */
	assert_true(!open || cache_test_same(open, e));
	assert_null(disk_load_whole(d, &HOME));
	disk_test_save(d, POST, e);
	assert_true(disk_test_has(p, ROLL_OF_7));
	back = disk_load_whole(d, &POST);
	assert_non_null(back);
	disk_free(d);
}

/* Every length it can be cut to, and one bit changed at every place; another disk looks, as
 * after a restart. */
static void a_torn_or_changed_record_is_a_miss(void **state)
{
	struct disk *d = disk_test_new(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(buf_release) struct buf file = BUF(MIB);
	struct fail f = FAIL_INIT;
	char path[200];

	disk_test_save(d, HOME, e);
	disk_free(d);
	assert_ok(file_read(disk_test_roll(*state, path), &file, &f), &f);
	for (size_t i = 0; i < file.n; i++) {
		struct entry *back;

		assert_ok(file_write(path, str_from(file.p, i), false, &f), &f);
		d = disk_test_new(*state);
		assert_null(disk_load_whole(d, &HOME));
		disk_free(d);
		file.p[i] ^= 4;
		assert_ok(file_write(path, buf_str(&file), false, &f), &f);
		d = disk_test_new(*state);
		back = disk_load_whole(d, &HOME);
		assert_true(!back || cache_test_same(back, e));
		entry_drop(back);
		disk_free(d);
		file.p[i] ^= 4;
	}
}

static void what_a_crash_has_torn_is_skipped(void **state)
{
	struct disk *d = disk_test_new(*state);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(*state, LONG_TEXT);
	CLEANUP(buf_release) struct buf file = BUF(MIB);
	struct fail f = FAIL_INIT;
	char path[200];

	disk_test_save(d, HOME, e);
	disk_test_save(d, POST, e);
	disk_free(d);
	assert_ok(file_read(disk_test_roll(*state, path), &file, &f), &f);
	for (size_t torn = 1; torn < file.n; torn += 7) {
		struct entry *back;

		assert_ok(file_write(path, str_from(file.p, torn), false, &f), &f);
		d = disk_test_new(*state);
		entry_drop(disk_load_whole(d, &HOME));
		/* The torn one's claim may reach over the first. */
		for (int i = 0; i < 3; i++)
			disk_test_save(d, FEED, e);
		disk_free(d);
		d = disk_test_new(*state);
		back = disk_load_whole(d, &FEED);
		assert_non_null(back);
		assert_true(cache_test_same(back, e));
		entry_drop(back);
		disk_free(d);
	}
}

static void a_record_of_another_site_is_a_miss(void **state)
{
	struct place *p = *state;
	struct disk *d = disk_test_new(p);
	CLEANUP(entry_dropp) struct entry *e = cache_test_page(p, LONG_TEXT);
	struct cache_key other = { 8, STR("/"), STR_NONE, false };
	char from[200], to[200];
	struct fail f = FAIL_INIT;

	disk_test_save(d, HOME, e);
	disk_test_save(d, other, e);
	snprintf(to, sizeof to, "%s/08/000000000008.roll", p->cache_dir);
	assert_ok(file_copy(disk_test_roll(p, from), to, &f), &f);
	disk_free(d);
	d = disk_test_new(p);
	assert_null(disk_load_whole(d, &other));
	disk_free(d);
}

int disk_damage_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLACE(a_torn_or_changed_record_is_a_miss),
		WITH_PLACE(what_a_crash_has_torn_is_skipped),
		WITH_PLACE(a_record_of_another_site_is_a_miss),
		WITH_PLACE(what_was_left_behind_goes_the_next_time),
		WITH_PLACE(the_folder_may_vanish_at_any_moment),
	};

	return cmocka_run_group_tests_name("cache/disk/damage", tests, NULL, NULL);
}
