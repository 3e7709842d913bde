/* file.c - whole files and folders. See file.h. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include "base/digest.h"
#include "base/vec.h"

#define REMOVE_PASSES 1000

void fd_limit_raise(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur == limit.rlim_max)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

void fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

int fd_count(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = -3;			/* ".", ".." and the folder itself */

	if (!dir)
		return 0;
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

/* size: what the file says, which may be wrong: too much and too little. A block that is not
 * full is the last one of a file that has its size; others are asked until there is none. */
static bool read_all(int fd, size_t size, struct buf *b, const char *path, struct fail *f)
{
	for (size_t all = 0;;) {
		char chunk[16384];
		ssize_t n = read(fd, chunk, sizeof chunk);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_errno(f, "cannot read %s", path);
		if (n == 0)
			return true;
		buf_add(b, str_from(chunk, (size_t)n));
		if (!buf_ok(b))
			return fail(f, FAIL_TOO_LARGE, "%s is larger than %zu bytes", path, b->max);
		all += (size_t)n;
		if (all == size && (size_t)n < sizeof chunk)
			return true;
	}
}

bool file_read_stat(const char *path, struct buf *b, struct stat *st, struct fail *f)
{
	CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0 || fstat(fd, st) < 0)
		return fail_errno(f, "cannot open %s", path);
	if (!S_ISREG(st->st_mode))
		return fail(f, FAIL_INVALID, "%s is not a regular file", path);
	if (st->st_size > 0 && (uintmax_t)st->st_size <= b->max - b->n)
		buf_reserve(b, (size_t)st->st_size);
	return read_all(fd, (size_t)st->st_size, b, path, f);
}

bool file_read(const char *path, struct buf *b, struct fail *f)
{
	struct stat st;

	return file_read_stat(path, b, &st, f);
}

bool fd_write(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		s = str_skip(s, (size_t)n);
	}
	return true;
}

bool fd_read(int fd, struct buf *b)
{
	char chunk[16384];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			buf_add(b, str_from(chunk, (size_t)n));
	return n == 0 && buf_ok(b);
}

static bool sync_dir_of(const char *path)
{
	struct str dir = path_dir(str_of(path));
	CLEANUP(mem_freep) char *name = mem_cstr(dir.n ? dir : STR("."));
	CLEANUP(fd_close) int fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd >= 0 && fsync(fd) == 0;
}

bool file_write(const char *path, struct str bytes, bool durable, struct fail *f)
{
	CLEANUP(mem_freep) char *aside = NULL;
	CLEANUP(fd_close) int fd = -1;

	if (asprintf(&aside, "%s.%08x~", path, (unsigned)rand_u64()) < 0)
		abort();
	fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return fail_errno(f, "cannot write %s", path);
	if (!fd_write(fd, bytes) || (durable && fsync(fd) < 0) || rename(aside, path) < 0) {
		fail_errno(f, "cannot write %s", path);
		unlink(aside);
		return false;
	}
	if (durable && !sync_dir_of(path))
		return fail_errno(f, "cannot write %s", path);
	return true;
}

bool dir_disk_open(const char *path, int *ret, struct fail *f)
{
	*ret = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return *ret >= 0 || fail_errno(f, "cannot open %s", path);
}

bool dir_disk_sync(int fd, struct fail *f)
{
	return syncfs(fd) == 0 || fail_errno(f, "the disk did not take all that was written");
}

bool file_copy(const char *from, const char *to, struct fail *f)
{
	CLEANUP(fd_close) int in = open(from, O_RDONLY | O_CLOEXEC);
	CLEANUP(fd_close) int out = -1;
	struct stat st;

	if (in < 0 || fstat(in, &st) < 0)
		return fail_errno(f, "cannot open %s", from);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (out < 0)
		return fail_errno(f, "cannot write %s", to);
	for (off_t left = st.st_size; left > 0;) {
		ssize_t n = copy_file_range(in, NULL, out, NULL, (size_t)left, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_errno(f, "cannot copy %s to %s", from, to);
		if (n == 0)
			break;		/* it became shorter meanwhile */
		left -= n;
	}
	return true;
}

bool file_remove(const char *path, struct fail *f)
{
	if (unlink(path) < 0 && errno != ENOENT)
		return fail_errno(f, "cannot remove %s", path);
	return true;
}

bool file_sync(const char *path, struct fail *f)
{
	CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return fail_errno(f, "cannot open %s", path);
	return fdatasync(fd) == 0 || fail_errno(f, "cannot write %s", path);
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool file_is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool make_parent(const char *path, struct fail *f)
{
	CLEANUP(mem_freep) char *up = mem_cstr(str_of(path));
	char *slash = strrchr(up, '/');

	if (!slash || slash == up)
		return true;
	*slash = '\0';
	return dir_make(up, f);
}

/* Mostly all but the last are there. */
bool dir_make(const char *path, struct fail *f)
{
	int rc = mkdir(path, 0777);

	if (rc < 0 && errno == ENOENT) {
		if (!make_parent(path, f))
			return false;
		rc = mkdir(path, 0777);
	}
	if (rc < 0 && errno != EEXIST)
		return fail_errno(f, "cannot make the folder %s", path);
	if (!file_is_dir(path))
		return fail(f, FAIL_IO, "%s is not a folder", path);
	return true;
}

static bool is_dots(const char *name)
{
	return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

static bool remove_in(int at, const char *name, const char *path, struct fail *f);

/* One pass over what an open folder holds. */
static bool empty(int fd, const char *path, struct fail *f)
{
	struct dirent *e;
	DIR *d = fdopendir(dup(fd));
	bool ok = true;

	if (!d)
		return fail_errno(f, "cannot read the folder %s", path);
	rewinddir(d);
	while (ok && (e = readdir(d)) != NULL) {
		if (is_dots(e->d_name) || (e->d_type != DT_DIR && e->d_type != DT_UNKNOWN
					   && unlinkat(fd, e->d_name, 0) == 0))
			continue;
		ok = remove_in(fd, e->d_name, path, f);
	}
	closedir(d);
	return ok;
}

/* Who found the folder just before it was moved away may still put a file into it: such a
 * file goes in the next pass. */
static bool remove_in(int at, const char *name, const char *path, struct fail *f)
{
	const int how = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	CLEANUP(fd_close) int fd = openat(at, name, how);

	if (fd < 0 && errno == ENOENT)
		return true;
	if (fd < 0)
		return unlinkat(at, name, 0) == 0 || errno == ENOENT
			|| fail_errno(f, "cannot remove %s", path);
	for (int pass = 0; pass < REMOVE_PASSES; pass++) {
		if (!empty(fd, path, f))
			return false;
		if (unlinkat(at, name, AT_REMOVEDIR) == 0 || errno == ENOENT)
			return true;
		if (errno != ENOTEMPTY)
			break;
	}
	return fail_errno(f, "cannot remove %s", path);
}

bool dir_remove(const char *path, struct fail *f)
{
	return remove_in(AT_FDCWD, path, path, f);
}

bool dir_temporary(struct arena *a, const char *what, const char **ret, struct fail *f)
{
	const char *below = getenv("TMPDIR");
	char *dir = arena_cstr(a, arena_printf(a, "%s/hameau-%s-XXXXXX",
					       below && *below ? below : "/tmp", what));

	if (!mkdtemp(dir))
		return fail_errno(f, "cannot make the folder %s", dir);
	*ret = dir;
	return true;
}

static void close_dir(DIR **d)
{
	if (*d)
		closedir(*d);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct dir_entry *)a)->name, ((const struct dir_entry *)b)->name);
}

/* False: it has gone meanwhile. */
static bool look_at(DIR *d, const struct dirent *e, bool with_stat, struct dir_entry *ret)
{
	struct stat st;

	if (!with_stat && e->d_type != DT_UNKNOWN) {	/* some file systems do not tell */
		ret->is_dir = e->d_type == DT_DIR;
		ret->is_link = e->d_type == DT_LNK;
		return true;
	}
	if (fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	ret->is_dir = S_ISDIR(st.st_mode);
	ret->is_link = S_ISLNK(st.st_mode);
	ret->size = st.st_size;
	ret->mtime_ns = file_mtime_ns(&st);
	return true;
}

static bool list_dir(struct arena *a, const char *path, bool with_stat, struct dir_entry **ret,
		     size_t *count, struct fail *f)
{
	CLEANUP(close_dir) DIR *d = opendir(path);
	VEC(struct dir_entry) found = { 0 };
	struct dirent *e;

	if (!d)
		return fail_errno(f, "cannot read the folder %s", path);
	while ((e = readdir(d)) != NULL) {
		struct dir_entry one = { .size = 0 };

		if (is_dots(e->d_name) || !look_at(d, e, with_stat, &one))
			continue;
		one.name = arena_cstr(a, str_of(e->d_name));
		*VEC_ADD(&found) = one;
	}
	*ret = arena_array(a, found.n + 1, sizeof **ret);
	if (found.n) {
		qsort(found.p, found.n, sizeof *found.p, by_name);
		memcpy(*ret, found.p, found.n * sizeof **ret);
	}
	*count = found.n;
	VEC_FREE(&found);
	return true;
}

bool dir_list(struct arena *a, const char *path, struct dir_entry **ret, size_t *count,
	      struct fail *f)
{
	return list_dir(a, path, false, ret, count, f);
}

bool dir_list_stat(struct arena *a, const char *path, struct dir_entry **ret, size_t *count,
		   struct fail *f)
{
	return list_dir(a, path, true, ret, count, f);
}

bool dir_sync(const char *path, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct dir_entry *entries;
	size_t n;

	if (!dir_list(a, path, &entries, &n, f))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *one = path_join(a, path, str_of(entries[i].name));

		if (!entries[i].is_link && !(entries[i].is_dir ? dir_sync : file_sync)(one, f))
			return false;
	}
	return file_sync(path, f);
}

const char *path_join(struct arena *a, const char *dir, struct str name)
{
	bool slash = dir[0] && dir[strlen(dir) - 1] == '/';

	return arena_printf(a, "%s%s%.*s", dir, slash ? "" : "/", STR_ARG(name)).p;
}

struct str path_name(struct str path)
{
	return str_skip(path, (size_t)(str_rfind_char(path, '/') + 1));
}

struct str path_dir(struct str path)
{
	ptrdiff_t slash = str_rfind_char(path, '/');

	return str_sub(path, 0, slash < 0 ? 0 : slash == 0 ? 1 : (size_t)slash);
}

struct str path_extension(struct str path)
{
	struct str name = path_name(path);
	ptrdiff_t dot = str_rfind_char(name, '.');

	return dot <= 0 ? STR_NONE : str_skip(name, (size_t)dot + 1);
}
