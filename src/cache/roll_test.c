/* roll_test.c - a roll that is opened again by its map holds what it would hold anyway. */
#include "cache/roll.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "cache/cache_test.h"

struct shelf {
	struct place *place;
	char path[96];
	struct roll *roll;
	struct roll_map *map;
};

static void open_roll(struct shelf *s, bool with_map)
{
	struct fail f = FAIL_INIT;

	assert_ok(roll_open(s->path, true, with_map ? s->map : NULL, &s->roll, &f), &f);
}

static void close_roll(struct shelf *s)
{
	roll_drop(s->roll);
	s->roll = NULL;
}

static void append(struct shelf *s, uint64_t key, struct str body)
{
	struct fail f = FAIL_INIT;

	assert_ok(roll_append(s->roll, key, STR("note"), body, &f), &f);
}

static bool holds(struct shelf *s, uint64_t key, struct str body)
{
	CLEANUP(buf_release) struct buf record = BUF(MIB);
	struct roll_found found;

	return roll_read(s->roll, key, 0, &record, &found) && str_eq(found.body, body);
}

static int setup(void **state)
{
	static struct shelf s;

	if (cache_test_setup(state))
		return 1;
	s = (struct shelf){ .place = *state };
	*state = &s;
	snprintf(s.path, sizeof s.path, "%s/roll", s.place->dir);
	open_roll(&s, false);
	append(&s, 1, STR("one"));
	append(&s, 2, STR("two"));
	append(&s, 1, STR("once more"));
	return 0;
}

static int teardown(void **state)
{
	struct shelf *s = *state;

	close_roll(s);
	roll_map_free(s->map);
	*state = s->place;
	return cache_test_teardown(state);
}

static void make_map(struct shelf *s)
{
	roll_catch_up(s->roll);
	s->map = roll_map_of(s->roll);
	assert_non_null(s->map);
	close_roll(s);
}

static void what_lay_there_is_found_when_it_is_opened_again(void **state)
{
	struct shelf *s = *state;

	make_map(s);
	open_roll(s, true);
	assert_true(holds(s, 1, STR("once more")));
	assert_true(holds(s, 2, STR("two")));
	assert_false(holds(s, 3, STR("three")));
	append(s, 3, STR("three"));
	assert_true(roll_catch_up(s->roll));
	assert_true(holds(s, 3, STR("three")));
}

static void what_others_appended_meanwhile_is_found(void **state)
{
	struct shelf *s = *state;
	struct shelf other = *s;

	make_map(s);
	open_roll(&other, false);
	append(&other, 2, STR("deux"));
	append(&other, 3, STR("three"));
	close_roll(&other);
	open_roll(s, true);
	assert_true(holds(s, 1, STR("once more")));
	assert_true(holds(s, 2, STR("deux")));
	assert_true(holds(s, 3, STR("three")));
}

static void damage(const char *path, off_t at)
{
	int fd = open(path, O_WRONLY);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, "?", 1, at), 1);
	fd_close(&fd);
}

/* Who reads on through it finds the damage, and the bytes that are lost with it. */
static void it_is_not_read_through_again(void **state)
{
	struct shelf *s = *state;
	struct shelf other = *s;
	char *large = mem_alloc(300 * KIB);

	close_roll(s);
	unlink(s->path);
	open_roll(s, false);
	append(s, 1, str_from(large, 300 * KIB));
	append(s, 2, STR("two"));
	make_map(s);
	damage(s->path, 3);
	open_roll(&other, false);
	assert_true(roll_is_wasteful(other.roll));
	close_roll(&other);
	open_roll(s, true);
	assert_false(roll_is_wasteful(s->roll));
	assert_true(holds(s, 2, STR("two")));
	assert_false(holds(s, 1, str_from(large, 300 * KIB)));
	mem_free(large);
}

/* What a loop sees, as far as the map goes. */
static void it_is_opened_again_without_waiting(void **state)
{
	struct shelf *s = *state;
	struct shelf other = *s;

	make_map(s);
	open_roll(&other, false);
	append(&other, 3, STR("three"));
	close_roll(&other);
	s->roll = roll_reopen(s->path, s->map);
	if (!s->roll)						/* no RESOLVE_CACHED */
		skip();
	assert_true(holds(s, 1, STR("once more")));
	assert_true(holds(s, 2, STR("two")));
	assert_false(holds(s, 3, STR("three")));
	assert_true(roll_catch_up(s->roll));
	assert_true(holds(s, 3, STR("three")));
	close_roll(s);
	assert_int_equal(unlink(s->path), 0);
	assert_null(roll_reopen(s->path, s->map));
}

static void reopen_none(struct shelf *s)
{
	s->roll = roll_reopen(s->path, s->map);
	assert_null(s->roll);
}

static void the_map_of_another_file_is_not_believed(void **state)
{
	struct shelf *s = *state;
	struct shelf other = *s;
	struct fail f = FAIL_INIT;

	make_map(s);
	snprintf(other.path, sizeof other.path, "%s/other", s->place->dir);
	open_roll(&other, false);
	append(&other, 2, STR("another two, and longer than the other one's"));
	append(&other, 4, STR("four"));
	append(&other, 5, STR("five"));
	append(&other, 6, STR("six"));
	close_roll(&other);
	assert_ok(file_copy(other.path, s->path, &f), &f);	/* into the same file */
	reopen_none(s);
	open_roll(s, true);
	assert_false(holds(s, 1, STR("once more")));
	assert_true(holds(s, 2, STR("another two, and longer than the other one's")));
	assert_true(holds(s, 4, STR("four")));
	close_roll(s);
	assert_int_equal(rename(other.path, s->path), 0);
	reopen_none(s);
	open_roll(s, true);
	assert_true(holds(s, 6, STR("six")));
	close_roll(s);
	assert_int_equal(truncate(s->path, 40), 0);
	reopen_none(s);
	open_roll(s, true);
	assert_false(holds(s, 6, STR("six")));
}

#define WITH_ROLL(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int roll_tests(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ROLL(what_lay_there_is_found_when_it_is_opened_again),
		WITH_ROLL(what_others_appended_meanwhile_is_found),
		WITH_ROLL(it_is_opened_again_without_waiting),
		WITH_ROLL(it_is_not_read_through_again),
		WITH_ROLL(the_map_of_another_file_is_not_believed),
	};

	return cmocka_run_group_tests_name("cache/roll", tests, NULL, NULL);
}
