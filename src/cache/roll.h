/* roll.h - many records in one file, each appended behind the others; the last of a key counts.
 *
 *	"HmPage1\n"  u32 length of all  u32 length of the note  u64 key
 *	u32 checksum of note and body  u32 checksum of the 28 bytes before  note  body
 *
 * Numbers are little-endian. A record is written by one call that appends, without a lock
 * and without waiting for the disk; where it came to lie is found by reading on from where
 * one was, which is how the records of other processes are found too. What was torn by a
 * crash is skipped: the search goes on at the next record. The file may be deleted or
 * replaced at any moment: whoever has it open notices when he next looks for more.
 *
 * Keys are hashes: whoever reads compares what the note says. Any thread, several processes.
 */
#ifndef CACHE_ROLL_H
#define CACHE_ROLL_H

#include "base/buf.h"
#include "base/fail.h"

struct roll;

/* Where the records of a roll lie, for when it is opened again: that is most of opening it. One
 * block of memory; immutable. */
struct roll_map;

/* NULL: it is too large to be worth it. */
struct roll_map *roll_map_of(struct roll *p);
size_t roll_map_bytes(const struct roll_map *m);
void roll_map_free(struct roll_map *m);		/* NULL is fine */

/* Opens the file and reads on to its end, from where the map ends if that is of this very file.
 * Without create, NULL in *ret when there is none. map: NULL is fine. */
MUST_CHECK bool roll_open(const char *path, bool create, const struct roll_map *map,
			  struct roll **ret, struct fail *f);
/* The same for a thread that must not wait, and as far as the map goes: what was appended since is
 * read on by who may wait. NULL: it would have to wait, or the map is of another file. */
struct roll *roll_reopen(const char *path, const struct roll_map *map);
struct roll *roll_hold(struct roll *p);
void roll_drop(struct roll *p);			/* NULL is fine */

/* What a record holds, lent from the buffer into which it was read. */
struct roll_found {
	struct str note, body;
};

/* The last record of a key, read into out behind so many bytes that are the caller's. False: none
 * that is whole. */
bool roll_read(struct roll *p, uint64_t key, size_t front, struct buf *out,
	       struct roll_found *ret);

/* The same for a thread that must not wait: only what is known to be there, is not large, and
 * lies in the kernel's memory. False says nothing about the record. */
bool roll_glance(struct roll *p, uint64_t key, size_t front, struct buf *out,
		 struct roll_found *ret);

/* Reads on; true: there was something new. */
bool roll_catch_up(struct roll *p);

bool roll_is_gone(const struct roll *p);	/* deleted, or replaced by another */
bool roll_is_wasteful(struct roll *p);		/* most of it was replaced: worth a rewrite */

MUST_CHECK bool roll_append(struct roll *p, uint64_t key, struct str note, struct str body,
			    struct fail *f);

/* The same in two steps, for many records by one call: the first adds one to out. */
MUST_CHECK bool roll_record(struct buf *out, uint64_t key, struct str note, struct str body,
			    struct fail *f);
MUST_CHECK bool roll_append_records(struct roll *p, struct str records, struct fail *f);

/* Writes the records that are kept into a new file, which takes the place of this one; with
 * none of them, there is no file any more. What is appended meanwhile may be lost. p is
 * gone after; nothing happens while another is at it. */
struct roll_count {
	uint64_t kept, bytes;		/* records */
	uint64_t dropped;		/* records, replaced ones not counted */
};
struct roll_filter {
	bool (*keeps)(void *ctx, struct str note);
	void *ctx;
};
MUST_CHECK bool roll_rewrite(struct roll *p, const struct roll_filter *filter, struct fail *f);
/* What a rewrite would do. */
void roll_count(struct roll *p, const struct roll_filter *filter, struct roll_count *ret);

#endif
