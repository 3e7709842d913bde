/* image.c - see image.h. */
#include "store/image.h"

#include "base/file.h"
#include "store/lite.h"

/* SQLite file format 1.3.3 and 1.3.4: write and read version, 2 for WAL. */
enum { HEADER = 100, WRITE_VERSION = 18, READ_VERSION = 19, WAL = 2 };

bool image_write(struct db *db, const char *path, bool durable, struct fail *f)
{
	sqlite3_int64 size = 0;
	unsigned char *bytes = sqlite3_serialize(db->lite, "main", &size, 0);
	bool ok;

	if (!bytes || size < HEADER) {
		sqlite3_free(bytes);
		return fail(f, FAIL_IO, "cannot copy the database %s", db->path);
	}
	bytes[WRITE_VERSION] = bytes[READ_VERSION] = WAL;
	ok = file_write(path, str_from((const char *)bytes, (size_t)size), durable, f);
	sqlite3_free(bytes);
	return ok;
}
