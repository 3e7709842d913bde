/* file.h - files and folders, whole and by name.
 *
 * Reads meet a ceiling, writes are made aside and renamed, so a reader sees the
 * old file or the new one. Messages name the path. Blocking: workers and
 * commands only, never a loop thread.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <sys/stat.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"

/* Appends the file to b; larger than b's ceiling is FAIL_TOO_LARGE. Not a regular
 * file (a folder, a pipe) is FAIL_INVALID. */
MUST_CHECK bool file_read(const char *path, struct buf *b, struct fail *f);
/* The same, and what the file was when it was opened. */
MUST_CHECK bool file_read_stat(const char *path, struct buf *b, struct stat *st, struct fail *f);

/* When it was changed, in nanoseconds since 1970. */
static inline int64_t file_mtime_ns(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

/* Writes aside and renames over path. `durable`: file and folder are synced before
 * true is returned. The mode is 0644 less the umask. */
MUST_CHECK bool file_write(const char *path, struct str bytes, bool durable, struct fail *f);

/* What was written into the file (or the folder: which files it has) is on the disk now. */
MUST_CHECK bool file_sync(const char *path, struct fail *f);
MUST_CHECK bool file_copy(const char *from, const char *to, struct fail *f);
MUST_CHECK bool file_remove(const char *path, struct fail *f);	/* absent is fine */
bool file_exists(const char *path);
bool file_is_dir(const char *path);

MUST_CHECK bool dir_make(const char *path, struct fail *f);	/* with its parents */
/* A new folder for a while, below TMPDIR or else /tmp: "hameau-" + what + letters that nobody
 * else has. *ret is in the arena; who asked for it removes it. */
MUST_CHECK bool dir_temporary(struct arena *a, const char *what, const char **ret, struct fail *f);
/* With all it holds; absent is fine; does not follow links. */
MUST_CHECK bool dir_remove(const char *path, struct fail *f);

/* What was written below the folder is on the disk now, and it itself: one wait for each file, none
 * for what others wrote. Does not follow links. */
MUST_CHECK bool dir_sync(const char *path, struct fail *f);

/* Once instead of for each file: opened before the first one is written, so that no error of the
 * disk that the folder is on is missed, and asked when all of them shall be on it. */
MUST_CHECK bool dir_disk_open(const char *path, int *ret, struct fail *f);
MUST_CHECK bool dir_disk_sync(int fd, struct fail *f);

/* The entries of a folder but "." and "..", sorted by bytes, in the arena. */
struct dir_entry {
	const char *name;
	bool is_dir;		/* of the thing itself: a link is neither */
	bool is_link;
	int64_t size, mtime_ns;	/* 0 but by dir_list_stat() */
};
MUST_CHECK bool dir_list(struct arena *a, const char *path, struct dir_entry **ret, size_t *count,
			 struct fail *f);
/* With sizes and times, for which each entry is asked by a call of its own. */
MUST_CHECK bool dir_list_stat(struct arena *a, const char *path, struct dir_entry **ret,
			      size_t *count, struct fail *f);

/* "a" + "/" + "b", without doubling the slash. */
const char *path_join(struct arena *a, const char *dir, struct str name);
struct str path_name(struct str path);			/* behind the last slash */
struct str path_dir(struct str path);			/* before the last slash, or "" */
struct str path_extension(struct str path);		/* "jpg" without the dot, or "" */

/* As many descriptors as the machine lets this process have: select() is used nowhere, which is
 * what the lower limit at a start is for. */
void fd_limit_raise(void);
void fd_close(int *fd);					/* for CLEANUP; -1 is fine */
/* All of the bytes, and all up to the end, appended: over interruptions. False: it cannot be
 * written or read (errno says why), or b is full. */
bool fd_write(int fd, struct str bytes);
bool fd_read(int fd, struct buf *b);
int fd_count(void);			/* so many are open in this process; 0: it cannot be told */

#endif
