/* gens.c - the table of counters: one shared mapping, 2^20 slots of 32 bits.
 *
 * The file is a header of one page, the slots and the marks of who is writing. 4 MiB
 * however many sites there are, and only the pages that were touched are resident. A
 * counter of 32 bits would have to be raised four thousand million times between two
 * looks at one cached page to be mistaken.
 *
 * The marks lie apart from the counters. A mark goes back to nothing and a counter must
 * never: one that met a mark in its slot would return to the value that an old page was
 * made with.
 */
#include "base/gens.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/mem.h"

enum { GENS_BITS = 20, GENS_SLOTS = 1 << GENS_BITS, GENS_HEADER = 4096, GENS_BOOT = 40 };
enum { MARKS = 8, MARK_LINES = 1 << 12 };	/* marks in a cache line, and lines */

static const char gens_magic[8] = "hgens02";

struct header {
	char magic[8];
	char boot[GENS_BOOT];	/* boot id under which it was opened and not closed, or "" */
	_Atomic uint32_t era;
};

/* Who is writing among the sites that belong in this line: each a mark_new(), or 0. */
struct mark_line {
	_Atomic uint64_t of[MARKS];
};

struct gens {
	struct header *header;
	_Atomic uint32_t *slots;
	struct mark_line *lines;
	int fd;			/* -1: in memory alone */
};

static void boot_id(char out[GENS_BOOT])
{
	CLEANUP(buf_release) struct buf b = BUF(256);

	memset(out, 0, GENS_BOOT);
	if (file_read("/proc/sys/kernel/random/boot_id", &b, NULL) && b.n)
		memcpy(out, b.p, b.n < GENS_BOOT ? b.n : GENS_BOOT - 1);
	else
		memcpy(out, "unknown", 7);
}

/* No page that was ever made has seen this value, not even one that was made after an earlier
 * cut: what was raised since may not have reached the disk, so that one more would be a value
 * that was there before. */
static void gens_distrust(struct gens *g)
{
	atomic_fetch_add(&g->slots[gens_slot(0, GEN_EPOCH, 0)], (uint32_t)rand_u64() | 1);
}

/* Decides, under the file's lock, whether what the table says can be believed. is_whole: it was
 * as long as it is now. */
static void gens_settle(struct gens *g, bool is_whole)
{
	char now[GENS_BOOT];

	boot_id(now);
	if (!is_whole || memcmp(g->header->magic, gens_magic, sizeof gens_magic) != 0) {
		/* New, or not ours: numbers that no cached page can have seen. */
		memset((void *)g->slots, 0, GENS_SLOTS * sizeof *g->slots);
		memset((void *)g->lines, 0, MARK_LINES * sizeof *g->lines);
		memcpy(g->header->magic, gens_magic, sizeof gens_magic);
		gens_distrust(g);
	} else if (g->header->boot[0] && memcmp(g->header->boot, now, GENS_BOOT) != 0) {
		gens_distrust(g);
	}
	memcpy(g->header->boot, now, GENS_BOOT);
	msync(g->header, GENS_HEADER, MS_SYNC);
}

/* Two bytes of the file serve as locks, each open description on its own: the
 * first while the table is settled, the second, shared, for as long as it is open. */
enum { LOCK_SETTLE = 0, LOCK_OPEN = 1 };

static bool lock_byte(int fd, int byte, short type, bool wait)
{
	struct flock l = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };

	return fcntl(fd, wait ? F_OFD_SETLKW : F_OFD_SETLK, &l) == 0;
}

enum { COUNTERS = GENS_SLOTS * sizeof(uint32_t) };
enum { TABLE = GENS_HEADER + COUNTERS + MARK_LINES * sizeof(struct mark_line) };

static struct gens *gens_new(void *p, int fd)
{
	struct gens *g = MEM_NEW(struct gens);

	g->header = p;
	g->slots = (_Atomic uint32_t *)((char *)p + GENS_HEADER);
	g->lines = (struct mark_line *)((char *)p + GENS_HEADER + COUNTERS);
	g->fd = fd;
	return g;
}

static bool open_private(const char *path, struct gens **ret, struct fail *f)
{
	void *p = mmap(NULL, TABLE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return fail_errno(f, "cannot map %s", path);
	*ret = gens_new(p, -1);
	gens_settle(*ret, false);
	return true;
}

bool gens_open(const char *path, struct gens **ret, struct fail *f)
{
	CLEANUP(fd_close) int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	struct stat st;
	void *p;

	if (fd < 0 && errno == EROFS)
		return open_private(path, ret, f);
	if (fd < 0 || !lock_byte(fd, LOCK_SETTLE, F_WRLCK, true) || fstat(fd, &st) < 0)
		return fail_errno(f, "cannot open %s", path);
	/* All of it is there before it is used: a hole that a full disk cannot fill would end
	 * the process at the first counter raised in it. */
	if ((errno = posix_fallocate(fd, 0, TABLE)) != 0 || ftruncate(fd, TABLE) < 0)
		return fail_errno(f, "cannot write %s", path);
	p = mmap(NULL, TABLE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		return fail_errno(f, "cannot map %s", path);
	*ret = gens_new(p, fd);
	gens_settle(*ret, st.st_size == TABLE);
	lock_byte(fd, LOCK_OPEN, F_RDLCK, true);	/* tells the last one who closes */
	lock_byte(fd, LOCK_SETTLE, F_UNLCK, true);
	fd = -1;			/* it has it now */
	return true;
}

static void end(struct gens *g)
{
	msync(g->header, TABLE, MS_SYNC);
	/* The last process to leave marks a clean end; a killed one leaves the mark. */
	if (lock_byte(g->fd, LOCK_SETTLE, F_WRLCK, true)
	    && lock_byte(g->fd, LOCK_OPEN, F_WRLCK, false)) {
		g->header->boot[0] = '\0';
		msync(g->header, GENS_HEADER, MS_SYNC);
	}
	close(g->fd);
}

void gens_close(struct gens *g)
{
	if (!g)
		return;
	if (g->fd >= 0)
		end(g);
	munmap(g->header, TABLE);
	mem_free(g);
}

bool gens_is_private(const struct gens *g)
{
	return g->fd < 0;
}

static uint64_t stir(uint64_t h)
{
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdu;
	h ^= h >> 33;
	h *= 0xc4ceb9fe1a85ec53u;
	return h ^ h >> 33;
}

uint32_t gens_slot(uint64_t site, unsigned kind, uint64_t key)
{
	uint64_t h = stir(stir(stir(site + 0x9e3779b97f4a7c15u) + kind) + key);

	return (uint32_t)(h >> (64 - GENS_BITS));
}

uint32_t gens_value(const struct gens *g, uint32_t slot)
{
	return atomic_load_explicit(&g->slots[slot & (GENS_SLOTS - 1)], memory_order_acquire);
}

void gens_raise(struct gens *g, uint32_t slot)
{
	atomic_fetch_add_explicit(&g->slots[slot & (GENS_SLOTS - 1)], 1, memory_order_acq_rel);
}

uint32_t gens_era(const struct gens *g)
{
	return atomic_load_explicit(&g->header->era, memory_order_acquire);
}

uint32_t gens_new_era(struct gens *g)
{
	return atomic_fetch_add_explicit(&g->header->era, 1, memory_order_acq_rel) + 1;
}

void deps_add(struct deps *d, const struct gens *g, uint32_t slot)
{
	uint32_t value = gens_value(g, slot);

	deps_add_all(d, &(struct deps){ &(struct dep){ slot, value }, 1, 1 });
}

void deps_add_all(struct deps *d, const struct deps *from)
{
	for (uint32_t i = 0; i < from->n; i++) {
		uint32_t k = 0;

		while (k < d->n && d->p[k].slot != from->p[i].slot)
			k++;
		if (k < d->n)
			continue;	/* the first look counts: it is the older one */
		if (d->n == d->cap) {
			d->cap = d->cap ? d->cap * 2 : 8;
			d->p = mem_resize(d->p, d->cap, sizeof *d->p);
		}
		d->p[d->n++] = from->p[i];
	}
}

bool deps_fresh(const struct deps *d, const struct gens *g)
{
	const struct dep *dep = d->p, *behind = dep + d->n;
	_Atomic uint32_t *slots = g->slots;	/* read once: each hit comes by here */

	for (; dep < behind; dep++)
		if (atomic_load_explicit(&slots[dep->slot & (GENS_SLOTS - 1)],
					 memory_order_acquire) != dep->value)
			return false;
	return true;
}

void deps_release(struct deps *d)
{
	mem_free(d->p);
	*d = (struct deps){ 0 };
}

/* ---- the marks of who is writing ---- */

/* An id of a site has 48 bits. The others tell its writers apart and are never all zero, so that
 * the mark of the host, site 0, is not nothing. */
#define ID_BITS ((UINT64_C(1) << 48) - 1)

static uint64_t mark_new(uint64_t site)
{
	return (site & ID_BITS) | ((rand_u64() | 1) << 48);
}

static bool is_mark_of(uint64_t mark, uint64_t site)
{
	return mark && (mark & ID_BITS) == (site & ID_BITS);
}

static struct mark_line *line_of(const struct gens *g, uint64_t site)
{
	return &g->lines[stir(site + 1) % MARK_LINES];
}

static bool mark_change(_Atomic uint64_t *mark, uint64_t from, uint64_t to)
{
	return atomic_compare_exchange_strong_explicit(mark, &from, to, memory_order_acq_rel,
						       memory_order_relaxed);
}

/* A line is full only when eight writers of its sites have died, and none of their sites was
 * visited since: the first of them is mended now, and its place taken. */
uint64_t gens_write_begin(struct gens *g, uint64_t site)
{
	struct mark_line *line = line_of(g, site);
	uint64_t mine = mark_new(site), dead;

	for (int i = 0; i < MARKS; i++)
		if (mark_change(&line->of[i], 0, mine))
			return mine;
	dead = atomic_exchange_explicit(&line->of[0], mine, memory_order_acq_rel);
	if (dead)
		gens_raise(g, gens_slot(dead & ID_BITS, GEN_EPOCH, 0));
	return mine;
}

void gens_write_end(struct gens *g, uint64_t site, uint64_t mark)
{
	struct mark_line *line = line_of(g, site);

	for (int i = 0; i < MARKS; i++)
		if (mark_change(&line->of[i], mark, 0))
			return;
}

bool gens_is_writing(const struct gens *g, uint64_t site)
{
	const struct mark_line *line = line_of(g, site);

	for (int i = 0; i < MARKS; i++)
		if (is_mark_of(atomic_load_explicit(&line->of[i], memory_order_acquire), site))
			return true;
	return false;
}

void gens_mend(struct gens *g, uint64_t site)
{
	struct mark_line *line = line_of(g, site);

	gens_raise(g, gens_slot(site, GEN_EPOCH, 0));
	for (int i = 0; i < MARKS; i++) {
		uint64_t mark = atomic_load_explicit(&line->of[i], memory_order_acquire);

		if (is_mark_of(mark, site))
			mark_change(&line->of[i], mark, 0);
	}
}
