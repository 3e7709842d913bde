/* record.h - a finished page as a record of a roll (cache/roll.h), and back.
 *
 * The note of a record, numbers little-endian:
 *
 *	u8 version  u8 flags  u16 status  u32 bytes of the plain form  u64 site  i64 last_modified
 *	u16 length of: counters (in number)  path  lang  304 head  type  extra lines  ETag
 *	u16 place in the head of: type  digits of Content-Length  ETag
 *	then n times: u32 slot  u32 value   path  lang  304 head  head
 *
 * The body follows: heads are as they are sent, and the one of a 200 lies before its body. So a
 * record with RECORD_FRONT bytes before it is all that an entry needs, in one block: nothing is
 * copied or made again. Counters lie where they can be read as numbers.
 *
 * A key has a record as its page was saved, and perhaps one of its plain form. Any thread.
 */
#ifndef CACHE_RECORD_H
#define CACHE_RECORD_H

#include "cache/memory.h"
#include "cache/roll.h"

#define RECORD_FRONT sizeof(struct entry)

enum record { RECORD_SAVED, RECORD_UNPACKED };

/* By which a roll finds it. */
uint64_t record_hash(const struct cache_key *k, enum record which);

/* Appends the note. False: the page depends on too much, or its head is too long. */
MUST_CHECK bool record_note(const struct cache_key *k, const struct entry *e, enum record which,
			    struct buf *out);
struct str record_body(const struct entry *e, enum record which);

/* What was read into the block behind RECORD_FRONT bytes, as an entry, which takes the block. NULL:
 * of another key, not fresh, or no such record. */
struct entry *record_entry(const struct cache_key *k, enum record which, const struct gens *g,
			   const struct roll_found *r, struct buf *block);

/* From bytes that may be anything. *ret: which it is. */
bool record_is_fresh(struct str note, const struct gens *g, enum record *ret);

#endif
