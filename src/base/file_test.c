/* file_test.c - files, folders, children. */
#include "base/base_test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/file.h"
#include "base/spawn.h"

static void a_folder_for_a_while_is_new_and_where_it_was_asked_for(void **state)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	char dir[] = "/tmp/file.XXXXXX";
	const char *was = getenv("TMPDIR"), *kept = was ? arena_cstr(a, str_of(was)) : NULL;
	struct fail f = FAIL_INIT;
	const char *one, *other;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(setenv("TMPDIR", dir, 1), 0);
	assert_ok(dir_temporary(a, "test", &one, &f), &f);
	assert_ok(dir_temporary(a, "test", &other, &f), &f);
	assert_true(str_starts(str_of(one), str_of(path_join(a, dir, STR("hameau-test-")))));
	assert_true(file_is_dir(one) && file_is_dir(other));
	assert_string_not_equal(one, other);
	assert_ok(dir_remove(dir, &f), &f);
	assert_fails(dir_temporary(a, "test", &one, &f), &f, FAIL_NOT_FOUND);
	assert_int_equal(kept ? setenv("TMPDIR", kept, 1) : unsetenv("TMPDIR"), 0);
}

static void a_folder_is_made_listed_and_removed_whole(void **state)
{
	char dir[] = "/tmp/file.XXXXXX";
	struct arena *a = arena_new(0);
	struct fail f = FAIL_INIT;
	struct dir_entry *e;
	size_t n;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_ok(dir_make(path_join(a, dir, STR("x/y/z")), &f), &f);
	assert_ok(file_write(path_join(a, dir, STR("x/b.txt")), STR("hello"), true, &f), &f);
	assert_int_equal(symlink("/etc", path_join(a, dir, STR("x/link"))), 0);
	assert_ok(dir_list(a, path_join(a, dir, STR("x")), &e, &n, &f), &f);
	assert_int_equal(n, 3);
	assert_string_equal(e[0].name, "b.txt");
	assert_true(e[1].is_link && e[2].is_dir);
	assert_ok(dir_list_stat(a, path_join(a, dir, STR("x")), &e, &n, &f), &f);
	assert_int_equal(n, 3);
	assert_true(e[0].size == 5 && e[0].mtime_ns > 0);
	assert_true(e[1].is_link && e[2].is_dir);
	assert_ok(dir_sync(dir, &f), &f);
	assert_false(dir_sync(path_join(a, dir, STR("none")), NULL));
	assert_ok(dir_remove(dir, &f), &f);
	assert_false(file_exists(dir));
	assert_true(file_exists("/etc/passwd"));
	arena_free(a);
}

/* In a process of its own: puts files into an open folder as long as there is one. */
static pid_t busy_writer(int folder)
{
	pid_t child = fork();

	for (int i = 0; child == 0 && i < 600; i++) {
		char name[16];
		int fd;

		snprintf(name, sizeof name, "f%d", i);
		fd = openat(folder, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		if (fd < 0)
			_exit(0);
		close(fd);
	}
	if (child == 0)
		_exit(0);
	return child;
}

static void a_folder_is_removed_while_somebody_still_writes_into_it(void **state)
{
	(void)state;
	for (int turn = 0; turn < 4; turn++) {
		char dir[] = "/tmp/file.XXXXXX";
		struct arena *a = arena_new(0);
		struct fail f = FAIL_INIT;
		const char *inner;
		pid_t child;
		int fd;

		assert_non_null(mkdtemp(dir));
		inner = path_join(a, dir, STR("x/y"));
		assert_ok(dir_make(inner, &f), &f);
		fd = open(inner, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		assert_true(fd >= 0);
		child = busy_writer(fd);
		while (faccessat(fd, "f99", F_OK, 0) < 0)
			continue;
		assert_ok(dir_remove(dir, &f), &f);
		assert_false(file_exists(dir));
		assert_int_equal(waitpid(child, NULL, 0), child);
		close(fd);
		arena_free(a);
	}
}

static void reading_meets_its_ceiling(void **state)
{
	CLEANUP(buf_release) struct buf b = BUF(10);
	struct fail f = FAIL_INIT;

	(void)state;
	assert_fails(file_read("/proc/cpuinfo", &b, &f), &f, FAIL_TOO_LARGE);
	assert_fails(file_read("/nowhere/at/all", &b, &f), &f, FAIL_NOT_FOUND);
	assert_fails(file_read("/etc", &b, &f), &f, FAIL_INVALID);
}

static void paths_come_apart(void **state)
{
	(void)state;
	assert_str_eq(path_name(STR("a/b.tar.gz")), STR("b.tar.gz"));
	assert_str_eq(path_extension(STR("a/b.tar.gz")), STR("gz"));
	assert_str_eq(path_extension(STR("a.d/.hidden")), STR(""));
	assert_str_eq(path_dir(STR("/a")), STR("/"));
	assert_str_eq(path_dir(STR("a")), STR(""));
}

static void a_child_filters_and_is_stopped_when_it_must(void **state)
{
	struct spawn_limits l = { .cpu_s = 5, .wall_ms = 5000, .output = 100 };
	CLEANUP(buf_release) struct buf b = BUF(1000);
	struct fail f = FAIL_INIT;

	(void)state;
	assert_ok(spawn_filter("/bin/cat", (const char *[]){ "cat", NULL }, STR("abc"), &l, &b, &f),
		  &f);
	assert_str_eq(buf_str(&b), STR("abc"));
	assert_fails(
		spawn_filter("/bin/false", (const char *[]){ "false", NULL }, STR(""), &l, &b, &f),
		&f, FAIL_INVALID);
	assert_fails(spawn_filter("/bin/cat", (const char *[]){ "cat", "/proc/cpuinfo", NULL },
				  STR(""), &l, &b, &f),
		     &f, FAIL_TOO_LARGE);
	l.wall_ms = 50;
	assert_fails(spawn_filter("/bin/sleep", (const char *[]){ "sleep", "5", NULL }, STR(""), &l,
				  &b, &f),
		     &f, FAIL_BUSY);
}

static void a_process_takes_the_descriptors_it_may_have(void **state)
{
	struct rlimit usual, low, now;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
	low = (struct rlimit){ 100, usual.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
	fd_limit_raise();
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &now), 0);
	assert_int_equal(now.rlim_cur, usual.rlim_max);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
}

int file_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_folder_is_made_listed_and_removed_whole),
		cmocka_unit_test(a_folder_for_a_while_is_new_and_where_it_was_asked_for),
		cmocka_unit_test(a_folder_is_removed_while_somebody_still_writes_into_it),
		cmocka_unit_test(reading_meets_its_ceiling),
		cmocka_unit_test(paths_come_apart),
		cmocka_unit_test(a_child_filters_and_is_stopped_when_it_must),
		cmocka_unit_test(a_process_takes_the_descriptors_it_may_have),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
