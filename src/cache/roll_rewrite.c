/* roll_rewrite.c - leaving behind what was replaced or is not kept. */
#include "cache/roll_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/mem.h"

enum { AT_ONCE = 1024 * KIB };

static int by_place(const void *x, const void *y)
{
	const struct roll_slot *a = x, *b = y;

	return (a->at > b->at) - (a->at < b->at);
}

/* The slots as they are now, in the order of the file. */
static struct roll_slot *slots_of(struct roll *p, size_t *n)
{
	struct roll_slot *all;
	size_t i;

	roll_catch_up(p);
	mutex_lock(&p->lock);
	all = mem_array(p->n + 1, sizeof *all);
	for (*n = 0, i = 0; i < p->cap; i++)
		if (p->slots[i].size)
			all[(*n)++] = p->slots[i];
	mutex_unlock(&p->lock);
	qsort(all, *n, sizeof *all, by_place);
	return all;
}

void roll_count(struct roll *p, const struct roll_filter *filter, struct roll_count *ret)
{
	CLEANUP(buf_release) struct buf record = BUF(ROLL_RECORD_MAX);
	struct roll_found found;
	size_t n;
	struct roll_slot *slots = slots_of(p, &n);

	*ret = (struct roll_count){ 0, 0, 0 };
	for (size_t i = 0; i < n; i++) {
		if (!roll_read_slot(p, &slots[i], 0, &record, &found)
		    || !filter->keeps(filter->ctx, found.note)) {
			ret->dropped++;
			continue;
		}
		ret->kept++;
		ret->bytes += slots[i].size;
	}
	mem_free(slots);
}

/* The file that is written beside, for one at a time: -1, there is somebody at it. */
static int open_beside(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	struct stat mine, there;

	if (fd < 0)
		return -1;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &mine) == 0 && stat(path, &there) == 0
	    && mine.st_ino == there.st_ino && ftruncate(fd, 0) == 0)
		return fd;
	fd_close(&fd);
	return -1;
}

static bool flush(int fd, struct buf *out)
{
	bool ok = write(fd, out->p, out->n) == (ssize_t)out->n;

	buf_clear(out);
	return ok;
}

static bool copy(struct roll *p, const struct roll_filter *filter, int to, size_t *kept)
{
	CLEANUP(buf_release) struct buf out = BUF(AT_ONCE + ROLL_RECORD_MAX);
	CLEANUP(buf_release) struct buf record = BUF(ROLL_RECORD_MAX);
	struct roll_found found;
	bool ok = true;
	size_t n;
	struct roll_slot *slots = slots_of(p, &n);

	*kept = 0;
	for (size_t i = 0; ok && i < n; i++) {
		if (!roll_read_slot(p, &slots[i], 0, &record, &found)
		    || !filter->keeps(filter->ctx, found.note))
			continue;
		++*kept;
		buf_add(&out, buf_str(&record));
		if (out.n >= AT_ONCE)
			ok = flush(to, &out);
	}
	mem_free(slots);
	return ok && (out.n == 0 || flush(to, &out));
}

bool roll_rewrite(struct roll *p, const struct roll_filter *filter, struct fail *f)
{
	CLEANUP(buf_release) struct buf beside = BUF(8 * KIB);
	CLEANUP(fd_close) int fd = -1;
	size_t kept;
	bool ok;

	buf_addf(&beside, "%s~", p->path);
	fd = open_beside(beside.p);
	if (fd < 0 || roll_is_gone(p)) {
		if (fd >= 0)
			unlink(beside.p);
		return true;
	}
	ok = copy(p, filter, fd, &kept);
	if (ok && kept)
		ok = rename(beside.p, p->path) == 0;
	else if (ok)
		ok = unlink(p->path) == 0 || errno == ENOENT;
	if (!ok)
		fail_errno(f, "cannot write %s", beside.p);
	if (!ok || !kept)
		unlink(beside.p);
	return ok;
}
