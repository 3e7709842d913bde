/* roll.c - see roll.h. */
#include "cache/roll_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#ifdef __linux__
# include <linux/openat2.h>
#endif
#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"
#include "gz/gz.h"

#define MAGIC "HmPage1\n"
enum { HEAD = 32, MAGIC_LEN = 8, SEALED = HEAD - 4, FIRST_SLOTS = 32, PIECE = 16 * KIB };
enum { GLANCE_MOST = 64 * KIB };	/* copied and proved in some microseconds */
#define WASTE_MIN (128 * KIB)		/* whoever opens a roll looks through it */

/* ---- the form of a record ---- */

static void put_number(char *to, uint64_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		to[i] = (char)(v >> (8 * i) & 0xff);
}

static uint64_t get_number(const char *from, int bytes)
{
	uint64_t v = 0;

	for (int i = 0; i < bytes; i++)
		v |= (uint64_t)(unsigned char)from[i] << (8 * i);
	return v;
}

/* total: its length with head, note and body. */
struct head {
	uint32_t total, note, crc;
	uint64_t key;
};

static void write_head(char *to, const struct head *h)
{
	memcpy(to, MAGIC, MAGIC_LEN);
	put_number(to + 8, h->total, 4);
	put_number(to + 12, h->note, 4);
	put_number(to + 16, h->key, 8);
	put_number(to + 24, h->crc, 4);
	put_number(to + SEALED, gz_crc(str_from(to, SEALED)), 4);
}

/* False: these bytes are none. */
static bool read_head(struct str s, struct head *ret)
{
	struct head h;

	if (s.n < HEAD || memcmp(s.p, MAGIC, MAGIC_LEN) != 0
	    || get_number(s.p + SEALED, 4) != gz_crc(str_sub(s, 0, SEALED)))
		return false;
	h.total = (uint32_t)get_number(s.p + 8, 4);
	h.note = (uint32_t)get_number(s.p + 12, 4);
	h.key = get_number(s.p + 16, 8);
	h.crc = (uint32_t)get_number(s.p + 24, 4);
	if (h.total > ROLL_RECORD_MAX || h.total < HEAD || h.note > h.total - HEAD)
		return false;
	*ret = h;
	return true;
}

/* ---- where records lie ---- */

static struct roll_slot *slot_of(struct roll_slot *slots, size_t cap, uint64_t key)
{
	size_t i = key & (cap - 1);

	while (slots[i].size && slots[i].key != key)
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

static void grow(struct roll *p)
{
	size_t cap = p->cap ? p->cap * 2 : FIRST_SLOTS;
	struct roll_slot *slots = mem_array(cap, sizeof *slots);

	memset(slots, 0, cap * sizeof *slots);
	for (size_t i = 0; i < p->cap; i++)
		if (p->slots[i].size)
			*slot_of(slots, cap, p->slots[i].key) = p->slots[i];
	mem_free(p->slots);
	p->slots = slots;
	p->cap = cap;
}

void roll_put_slot(struct roll *p, const struct roll_slot *new)
{
	struct roll_slot *slot;

	if (p->n * 2 >= p->cap)
		grow(p);
	slot = slot_of(p->slots, p->cap, new->key);
	if (slot->size)
		p->dead += slot->size;
	else
		p->n++;
	*slot = *new;
}

/* ---- reading on ---- */

struct scan {
	VEC(struct roll_slot) found;
	uint64_t at, size, skipped;
};

static bool roll_read_at(int fd, char *to, size_t n, uint64_t at)
{
	return pread(fd, to, n, (off_t)at) == (ssize_t)n;
}

/* Of what is not in memory, or by a file system that cannot say so, the call reads nothing. */
static bool roll_read_cached(int fd, char *to, size_t n, uint64_t at)
{
#ifdef RWF_NOWAIT
	struct iovec v = { to, n };

	return preadv2(fd, &v, 1, (off_t)at, RWF_NOWAIT) == (ssize_t)n;
#else
	(void)fd, (void)to, (void)n, (void)at;
	return false;
#endif
}

/* The next head behind what makes no sense; at the end there may be none yet. */
static bool find_head(int fd, struct scan *s)
{
	char piece[PIECE];
	uint64_t at = s->at + 1;
	struct head h;

	while (at + HEAD <= s->size) {
		size_t n = s->size - at < PIECE ? (size_t)(s->size - at) : PIECE;

		if (!roll_read_at(fd, piece, n, at))
			return false;
		for (size_t i = 0; i + HEAD <= n; i++) {
			if (!read_head(str_from(piece + i, n - i), &h))
				continue;
			s->skipped += at + i - s->at;
			s->at = at + i;
			return true;
		}
		at += n - (HEAD - 1);
	}
	return false;
}

bool roll_slot_is_there(const struct roll *p, const struct roll_slot *slot, roll_read_fn *read)
{
	char head[HEAD];
	struct head h;

	return read(p->fd, head, sizeof head, slot->at)
		&& read_head(str_from(head, sizeof head), &h)
		&& h.key == slot->key && h.total == slot->size;
}

static void scan(int fd, struct scan *s)
{
	char head[HEAD];
	struct head h;

	while (s->at + HEAD <= s->size && roll_read_at(fd, head, sizeof head, s->at)) {
		if (!read_head(str_from(head, sizeof head), &h)) {
			if (!find_head(fd, s))
				return;
			continue;
		}
		if (h.total > s->size - s->at)
			return;			/* being written, or torn */
		*VEC_ADD(&s->found) = (struct roll_slot){ h.key, s->at, h.total };
		s->at += h.total;
	}
}

bool roll_catch_up(struct roll *p)
{
	struct scan s = { .skipped = 0 };
	struct stat st;
	uint64_t from;
	bool found;

	mutex_lock(&p->lock);
	from = s.at = p->end;
	mutex_unlock(&p->lock);
	if (fstat(p->fd, &st) != 0 || (uint64_t)st.st_size <= from)
		return false;
	s.size = (uint64_t)st.st_size;
	scan(p->fd, &s);
	found = s.found.n > 0;
	mutex_lock(&p->lock);
	if (p->end == from) {			/* else another thread has read on */
		for (size_t i = 0; i < s.found.n; i++)
			roll_put_slot(p, &s.found.p[i]);
		p->end = s.at;
		p->dead += s.skipped;
	}
	mutex_unlock(&p->lock);
	VEC_FREE(&s.found);
	return found;
}

/* ---- opening ---- */

/* Nobody asks when a roll was read, and to note it may mean to wait. Files of another user are
 * opened without that. */
static int open_file(const char *path, bool create)
{
	int flags = O_RDWR | O_APPEND | O_CLOEXEC | (create ? O_CREAT : 0);
#ifdef O_NOATIME
	int fd = open(path, flags | O_NOATIME, 0666);

	if (fd >= 0 || errno != EPERM)
		return fd;
#endif
	return open(path, flags, 0666);
}

/* Only by names that the kernel has in its memory; -1 also where it cannot be asked for that. */
static int open_cached(const char *path)
{
#if defined RESOLVE_CACHED && defined SYS_openat2 && defined O_NOATIME
	struct open_how how = {
		.flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOATIME, .resolve = RESOLVE_CACHED,
	};

	return (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
#else
	(void)path;
	return -1;
#endif
}

/* Takes the descriptor; nothing of the file is known yet but its size. */
static struct roll *roll_of(int fd, const char *path, uint64_t *size)
{
	struct roll *p;
	struct stat st;

	if (fstat(fd, &st) != 0) {
		fd_close(&fd);
		return NULL;
	}
	p = MEM_NEW(struct roll);
	ref_init(&p->ref);
	mutex_init(&p->lock, MUTEX_LEAF);
	p->fd = fd;
	p->device = st.st_dev;
	p->inode = st.st_ino;
	p->path = mem_cstr(str_of(path));
	grow(p);
	*size = (uint64_t)st.st_size;
	return p;
}

bool roll_open(const char *path, bool create, const struct roll_map *map, struct roll **ret,
	       struct fail *f)
{
	int fd = open_file(path, create);
	uint64_t size;

	*ret = NULL;
	if (fd < 0 && errno == ENOENT) {
		CLEANUP(mem_freep) char *dir = create ? mem_cstr(path_dir(str_of(path))) : NULL;

		if (!create)
			return true;
		if (!dir_make(dir, f))
			return false;
		fd = open_file(path, create);
	}
	if (fd >= 0)
		*ret = roll_of(fd, path, &size);
	if (!*ret)
		return fail_errno(f, "cannot open %s", path);
	if (map)
		(void)!roll_map_use(*ret, map, size, roll_read_at);
	roll_catch_up(*ret);
	return true;
}

struct roll *roll_reopen(const char *path, const struct roll_map *map)
{
	int fd = open_cached(path);
	uint64_t size;
	struct roll *p = fd >= 0 ? roll_of(fd, path, &size) : NULL;

	if (p && roll_map_use(p, map, size, roll_read_cached))
		return p;
	roll_drop(p);
	return NULL;
}

struct roll *roll_hold(struct roll *p)
{
	ref_hold(&p->ref);
	return p;
}

void roll_drop(struct roll *p)
{
	if (!p || !ref_drop(&p->ref))
		return;
	fd_close(&p->fd);
	mutex_release(&p->lock);
	mem_free(p->slots);
	mem_free(p->path);
	mem_free(p);
}

bool roll_is_gone(const struct roll *p)
{
	struct stat st;

	return fstat(p->fd, &st) != 0 || st.st_nlink == 0;
}

bool roll_is_wasteful(struct roll *p)
{
	MUTEX_HOLD(&p->lock);

	return p->dead > WASTE_MIN && p->dead > p->end - p->dead;
}

/* ---- records ---- */

/* What was read to the end of out, proved. */
static bool open_record(const struct roll_slot *slot, struct buf *out, struct roll_found *ret)
{
	struct head h;
	struct str all = str_from(out->p + out->n, slot->size);

	out->n += slot->size;
	out->p[out->n] = '\0';
	if (!read_head(all, &h) || h.total != slot->size || h.key != slot->key)
		return false;
	ret->note = str_sub(all, HEAD, HEAD + h.note);
	ret->body = str_skip(all, HEAD + h.note);
	return gz_crc(str_skip(all, HEAD)) == h.crc;
}

static bool make_room(struct buf *out, size_t front, size_t more)
{
	buf_clear(out);
	if (!buf_reserve(out, front + more))
		return false;
	out->n = front;
	return true;
}

bool roll_read_slot(struct roll *p, const struct roll_slot *slot, size_t front, struct buf *out,
		    struct roll_found *ret)
{
	return make_room(out, front, slot->size)
		&& roll_read_at(p->fd, out->p + front, slot->size, slot->at)
		&& open_record(slot, out, ret);
}

bool roll_read(struct roll *p, uint64_t key, size_t front, struct buf *out,
	       struct roll_found *ret)
{
	struct roll_slot slot;

	mutex_lock(&p->lock);
	slot = *slot_of(p->slots, p->cap, key);
	mutex_unlock(&p->lock);
	return slot.size && roll_read_slot(p, &slot, front, out, ret);
}

bool roll_glance(struct roll *p, uint64_t key, size_t front, struct buf *out,
		 struct roll_found *ret)
{
	struct roll_slot slot;

	if (!mutex_try(&p->lock))		/* somebody reads on */
		return false;
	slot = *slot_of(p->slots, p->cap, key);
	mutex_unlock(&p->lock);
	return slot.size && slot.size <= GLANCE_MOST && make_room(out, front, slot.size)
		&& roll_read_cached(p->fd, out->p + front, slot.size, slot.at)
		&& open_record(&slot, out, ret);
}

/* False: too large. */
static bool make_head(char to[HEAD], uint64_t key, struct str note, struct str body,
		      struct fail *f)
{
	size_t total = HEAD + note.n + body.n;
	struct head h = { (uint32_t)total, (uint32_t)note.n, gz_crc_on(gz_crc(note), body), key };

	if (total > ROLL_RECORD_MAX)
		return fail(f, FAIL_TOO_LARGE, "this page is too large to be kept on the disk");
	write_head(to, &h);
	return true;
}

static bool write_parts(struct roll *p, struct iovec *parts, int n_parts, struct fail *f)
{
	size_t total = 0;
	ssize_t n;

	for (int i = 0; i < n_parts; i++)
		total += parts[i].iov_len;
	n = writev(p->fd, parts, n_parts);
	if (n == (ssize_t)total)
		return true;
	if (n >= 0)
		errno = ENOSPC;			/* what got there is skipped */
	return fail_errno(f, "cannot write %s", p->path);
}

bool roll_append(struct roll *p, uint64_t key, struct str note, struct str body, struct fail *f)
{
	char head[HEAD];
	struct iovec parts[] = {
		{ head, sizeof head }, { (void *)(uintptr_t)note.p, note.n },
		{ (void *)(uintptr_t)body.p, body.n },
	};

	return make_head(head, key, note, body, f) && write_parts(p, parts, ARRAY_LEN(parts), f);
}

bool roll_record(struct buf *out, uint64_t key, struct str note, struct str body, struct fail *f)
{
	char head[HEAD];

	if (!make_head(head, key, note, body, f))
		return false;
	buf_add(out, str_from(head, sizeof head));
	buf_add(out, note);
	buf_add(out, body);
	return true;
}

bool roll_append_records(struct roll *p, struct str records, struct fail *f)
{
	struct iovec all = { (void *)(uintptr_t)records.p, records.n };

	return records.n == 0 || write_parts(p, &all, 1, f);
}
