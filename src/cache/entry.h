/* entry.h - a finished answer: bytes, ready-made header blocks, and what it was made from.
 *
 * A page that is worth packing has two forms. As it was rendered, an entry holds both; what
 * caches keep and hand out holds one of them (entry_of_form), with the heads of that form
 * only: who wants the other asks for the other.
 *
 * Immutable and shared by references; any thread. One block of memory: what comes from the disk
 * is a record as it was read, with the struct before it (cache/record.h). The http side
 * sends a status line, Date and Connection, then one of the four header blocks as it is,
 * then plain or gzip.
 *
 * Each block holds, each line ended by CRLF: Content-Type, Content-Length (and
 * Content-Encoding) for 200s, ETag, Last-Modified when known, Vary when there are two
 * forms, the extra lines, and the empty line. A 304 block holds of the extra lines only
 * those that RFC 9110 15.4.5 wants: Cache-Control, Content-Location, Expires, Vary.
 */
#ifndef CACHE_ENTRY_H
#define CACHE_ENTRY_H

#include "base/buf.h"
#include "base/gens.h"
#include "base/ref.h"

/* What every hit looks at comes first. */
struct entry {
	struct ref ref;
	int status;
	struct deps deps;		/* lives in the same block: never grown, never released */
	bool is_double;			/* it has two forms, here or elsewhere */
	struct str head_gzip, gzip;	/* gzip empty: not worth it, or not here */
	struct str head_plain, plain;	/* heads are empty where their form is not here */
	int64_t last_modified;		/* 0: not known */
	/* Strong, with their quotes; of the bytes that are sent alone. Of a form that is not here:
	 * empty. */
	struct str etag, etag_gzip;
	struct str head_plain_304, head_gzip_304;
	size_t plain_bytes;		/* of the plain form, also where it is not here */
	uint64_t site;
	struct str type;		/* "text/html; charset=utf-8" */
	struct str head;		/* the extra lines as given */
	size_t size;			/* memory that it takes */
};

struct entry_parts {
	int status;
	uint64_t site;
	int64_t last_modified;
	struct str type;
	struct str head; /* "Name: value\r\n" lines, well-formed, none of those above */
	struct str body;
	bool compress;			/* worth trying (text) */
	/* From the disk; all empty: made here. */
	struct str digest;		/* of the plain body, in hex */
	struct str gzip;		/* of the body; when that is empty, it is not here */
	bool is_double;			/* the gzip form is elsewhere */
	size_t plain_bytes;		/* of a body that is not here */
	const struct deps *deps;	/* NULL: depends on nothing */
};

struct entry *entry_make(const struct entry_parts *parts);	/* one reference, the caller's */
struct entry *entry_hold(struct entry *e);
void entry_drop(struct entry *e);		/* NULL is fine */
void entry_dropp(struct entry **e);		/* for CLEANUP */

/* Whether that form of it is here: what readers who take gzip are sent, or the others. */
bool entry_has(const struct entry *e, bool gzip);
/* A reference of an entry with that form only, which must be here; e itself where it has no
 * more. */
struct entry *entry_of_form(struct entry *e, bool gzip);
/* Takes the reference and gives one of the same page that has the plain form, too. NULL: for
 * NULL, and for a gzip form that is none. */
struct entry *entry_unpack(struct entry *e);
struct str entry_digest(const struct entry *e);	/* of the plain form, in hex; lent */
bool entry_is_fresh(const struct entry *e, const struct gens *g);

/* What must stand beside the gzip bytes to make the entry again, as a gzip FEXTRA
 * field. False: more than the field can hold (a page that read thousands of things). */
struct entry_note {
	int status;
	uint64_t site;
	int64_t last_modified;
	struct str path, lang;		/* the key it was saved under */
	struct str type, head;
	bool has_gzip;			/* false: the gzip is only a wrapping */
	struct str digest;		/* of the plain body, in hex */
	uint32_t plain_bytes;
	struct deps deps;		/* entry_note_read: owned, deps_release */
};
MUST_CHECK bool entry_note_write(const struct entry_note *n, struct buf *out);
/* From bytes that may be anything. Text is lent from extra. False: not such a note. */
MUST_CHECK bool entry_note_read(struct str extra, struct entry_note *ret);

#endif
