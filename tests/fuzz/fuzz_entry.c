/* fuzz_entry.c - what the disk cache reads back: files that anything may have happened to.
 *
 * The first byte chooses what the rest is: a gzip FEXTRA field as it is, the inside of a
 * note (sealed here, so that the fuzzer gets past the hash), a whole gzip file, a roll, or the note
 * of a record in one.
 * What is accepted must be written again to the same bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/limits.h"
#include "cache/disk_impl.h"
#include "cache/record.h"
#include "gz/gz.h"

#define CEILING (256 * KIB)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_note(struct str extra)
{
	CLEANUP(buf_release) struct buf again = BUF(CEILING);
	struct entry_note n;

	if (!entry_note_read(extra, &n))
		return;
	if (!entry_note_write(&n, &again) || !str_eq(buf_str(&again), extra))
		abort();
	deps_release(&n.deps);
}

static void try_sealed(struct str inside)
{
	CLEANUP(buf_release) struct buf extra = BUF(CEILING);
	uint64_t hash = str_hash(inside, DISK_NOTE_SEED);
	size_t n = inside.n + sizeof hash;

	if (n > UINT16_MAX - 4)
		return;
	buf_adds(&extra, "Hm");
	buf_addc(&extra, (char)(n & 0xff));
	buf_addc(&extra, (char)(n >> 8));
	buf_add(&extra, inside);
	for (size_t i = 0; i < sizeof hash; i++)
		buf_addc(&extra, (char)(hash >> (8 * i) & 0xff));
	try_note(buf_str(&extra));
}

static void try_file(struct str file)
{
	CLEANUP(buf_release) struct buf plain = BUF(CEILING), bare = BUF(CEILING);
	struct str extra;

	if (gz_extra(file, &extra))
		try_note(extra);
	if (!gz_read(file, &plain, NULL) || !gz_put_extra(file, STR_NONE, &bare))
		return;
	buf_clear(&plain);
	if (!gz_read(buf_str(&bare), &plain, NULL))
		abort();
}

static uint64_t touch(const struct entry *e)
{
	struct str all[] = { e->head_plain, e->head_gzip, e->head_plain_304, e->head_gzip_304,
			     e->plain, e->gzip, e->etag, e->etag_gzip, e->type, e->head };
	uint64_t h = e->deps.n ? e->deps.p[e->deps.n - 1].value : 0;

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		h = str_hash(all[i], h);
	return h;
}

static struct gens *counters(void)
{
	static struct gens *g;
	char name[64];

	if (!g) {
		snprintf(name, sizeof name, "/tmp/fuzz-gens-%d", (int)getpid());
		if (!gens_open(name, &g, NULL))
			abort();
		unlink(name);
	}
	return g;
}

/* A note, checked already as it were, and a body of the length that its end tells. */
static void try_record(struct str note)
{
	static const struct cache_key key = { .path = STR_INIT("/") };
	CLEANUP(buf_release) struct buf block = BUF(CEILING);
	size_t body = note.n ? (unsigned char)note.p[note.n - 1] : 0;
	struct roll_found found;
	struct entry *e;

	if (!buf_reserve(&block, RECORD_FRONT + note.n + body))
		return;
	block.n = RECORD_FRONT;
	buf_add(&block, note);
	for (size_t i = 0; i < body; i++)
		buf_addc(&block, 'x');
	found.note = str_from(block.p + RECORD_FRONT, note.n);
	found.body = str_from(block.p + RECORD_FRONT + note.n, body);
	e = record_entry(&key, RECORD_SAVED, counters(), &found, &block);
	if (e && touch(e) == 1)
		abort();
	entry_drop(e);
}

static bool keep_notes(void *ctx, struct str note)
{
	enum record which;

	(void)ctx;
	return record_is_fresh(note, counters(), &which);
}

/* In memory, by a name that can be opened. What is appended to anything is found again. */
static void try_roll(struct str file)
{
	CLEANUP(buf_release) struct buf record = BUF(CEILING);
	struct roll_filter filter = { keep_notes, NULL };
	struct roll_count count;
	struct roll_found found;
	struct roll *p;
	char name[64];
	int fd = memfd_create("roll", 0);

	if (fd < 0 || write(fd, file.p, file.n) != (ssize_t)file.n)
		abort();
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	if (!roll_open(name, false, NULL, &p, NULL))
		abort();
	roll_count(p, &filter, &count);
	for (int i = 0; i < 2; i++)
		if (!roll_append(p, 7, STR("note"), STR("body"), NULL))
			abort();
	roll_catch_up(p);
	if (roll_read(p, 7, 0, &record, &found) && found.note.n == 4
	    && !str_eq(found.body, STR("body")))
		abort();
	roll_drop(p);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest;

	if (size == 0)
		return 0;
	rest = str_from((const char *)data + 1, size - 1);
	if (data[0] == 'r')
		try_roll(rest);
	else if (data[0] == 'n')
		try_record(rest);
	else if (data[0] % 3 == 0)
		try_note(rest);
	else if (data[0] % 3 == 1)
		try_sealed(rest);
	else
		try_file(rest);
	return 0;
}
