/* checkpoint_test.c - a disk that fails while the log is written back beside the writer.
 *
 * The kernel tells of what it could not write once, to whoever synchronises first: that is the
 * checkpoint, and who asks the same file again hears that all is well.
 */
#include "store/store_test.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>
#include "base/mem.h"

enum { TITLE = 6 << 20 };		/* in the table and in its index: some 6,000 frames */

static struct {
	sqlite3_vfs *usual, vfs;
	const sqlite3_io_methods *real;
	sqlite3_io_methods log;
	atomic_bool broken, told;	/* told: the thread has heard of it */
} disk;

static _Thread_local bool writes;	/* this thread is the writer's */

static int sync_log(sqlite3_file *file, int flags)
{
	if (!disk.broken || writes)
		return disk.real->xSync(file, flags);
	disk.told = true;
	return SQLITE_IOERR_FSYNC;
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
	int rc = disk.usual->xOpen(disk.usual, name, file, flags, out);

	(void)vfs;
	if (rc != SQLITE_OK || !(flags & SQLITE_OPEN_WAL))
		return rc;
	disk.real = file->pMethods;
	disk.log = *disk.real;
	disk.log.xSync = sync_log;
	file->pMethods = &disk.log;
	return rc;
}

static void use_disk(void)
{
	disk.usual = sqlite3_vfs_find(NULL);
	disk.vfs = *disk.usual;
	disk.vfs.zName = "breaks";
	disk.vfs.xOpen = open_file;
	writes = true;
	sqlite3_vfs_register(&disk.vfs, 1);
}

static void leave_disk(void)
{
	sqlite3_vfs_register(disk.usual, 1);
	sqlite3_vfs_unregister(&disk.vfs);
}

static void add_long(struct db *db, int64_t id)
{
	char *title = mem_alloc(TITLE + 1);

	memset(title, 'a' + (int)id, TITLE);
	store_test_add(db, id, title);
	mem_free(title);
}

static void what_could_not_be_written_back_is_not_acknowledged(void **state)
{
	struct fail f = FAIL_INIT;
	struct bench b;
	struct db *db;

	(void)state;
	store_test_setup(&b);
	use_disk();
	db = store_test_open(&b);
	db_bulk(db, true);
	add_long(db, 1);
	assert_ok(db_sync(db, &f), &f);
	db_bulk(db, false);

	db_bulk(db, true);
	disk.broken = true;
	add_long(db, 2);
	while (!disk.told)
		usleep(1000);
	assert_fails(db_sync(db, &f), &f, FAIL_IO);
	disk.broken = false;
	db_bulk(db, false);
	db_close(db);
	leave_disk();
	store_test_teardown(&b);
}

int checkpoint_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_could_not_be_written_back_is_not_acknowledged),
	};

	return cmocka_run_group_tests_name("store/checkpoint", tests, NULL, NULL);
}
