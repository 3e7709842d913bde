/* record.c - see record.h. */
#include "cache/record.h"

#include <endian.h>
#include <string.h>
#include "base/digest.h"

enum { NOTE_VERSION = 1, FLAG_GZIP = 1, FLAG_UNPACKED = 2, FIXED = 44, DEP = 8 };

#define SEED 0x48616d656175u
#define OF_UNPACKED 0x9e3779b97f4a7c15u

_Static_assert(RECORD_FRONT % _Alignof(struct dep) == 0, "counters behind it are aligned");
_Static_assert(sizeof(struct dep) == DEP, "counters are read as they lie there");

struct note {
	uint8_t flags;
	int status;
	uint32_t plain_bytes;
	uint64_t site;
	int64_t last_modified;
	struct str deps, path, lang, head_304, head;
	struct str type, extra, etag, length;	/* in the head; length: its digits, and on */
};

uint64_t record_hash(const struct cache_key *k, enum record which)
{
	uint64_t h = str_hash(k->path, SEED);

	if (k->lang.n)
		h = str_hash(k->lang, h);
	return which == RECORD_UNPACKED ? h ^ OF_UNPACKED : h;
}

/* ---- writing ---- */

static bool is_packed(const struct entry *e, enum record which)
{
	return which == RECORD_SAVED && e->gzip.n > 0;
}

struct str record_body(const struct entry *e, enum record which)
{
	return is_packed(e, which) ? e->gzip : e->plain;
}

static void put(struct buf *b, uint64_t v, int bytes)
{
	uint64_t little = htole64(v);

	buf_add(b, str_from((const char *)&little, (size_t)bytes));
}

/* False: one of them is too large for its two bytes. */
static bool put_all(struct buf *b, const size_t *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (numbers[i] > UINT16_MAX)
			return false;
		put(b, numbers[i], 2);
	}
	return true;
}

/* Not there: too large for its two bytes. */
static size_t place(struct str head, struct str what)
{
	return (size_t)str_find(head, what);
}

static size_t place_behind(struct str head, struct str what)
{
	size_t at = place(head, what);

	return at > UINT16_MAX ? at : at + what.n;
}

#define LENGTH "\r\nContent-Length: "

bool record_note(const struct cache_key *k, const struct entry *e, enum record which,
		 struct buf *out)
{
	bool gzip = is_packed(e, which);
	struct str head = gzip ? e->head_gzip : e->head_plain;
	struct str head_304 = gzip ? e->head_gzip_304 : e->head_plain_304;
	struct str etag = gzip ? e->etag_gzip : e->etag;
	const size_t numbers[] = {
		e->deps.n, k->path.n, k->lang.n, head_304.n, e->type.n, e->head.n, etag.n,
		place(head, e->type), place_behind(head, STR(LENGTH)),
		place(head, etag),
	};

	put(out, NOTE_VERSION, 1);
	put(out, gzip ? FLAG_GZIP : which == RECORD_UNPACKED ? FLAG_UNPACKED : 0, 1);
	put(out, (uint64_t)e->status, 2);
	put(out, e->plain_bytes, 4);
	put(out, k->site, 8);
	put(out, (uint64_t)e->last_modified, 8);
	if (!put_all(out, numbers, ARRAY_LEN(numbers)))
		return false;
	for (uint32_t i = 0; i < e->deps.n; i++) {
		put(out, e->deps.p[i].slot, 4);
		put(out, e->deps.p[i].value, 4);
	}
	buf_add(out, k->path);
	buf_add(out, k->lang);
	buf_add(out, head_304);
	buf_add(out, head);
	return buf_ok(out);
}

/* ---- reading ---- */

/* Inline, so that bytes is a constant: a note is read for each page from the disk. */
static inline uint64_t number(struct str s, size_t at, size_t bytes)
{
	uint64_t v = 0;

	memcpy(&v, s.p + at, bytes);
	return le64toh(v);
}

static struct str take(struct str *s, size_t n)
{
	struct str taken = str_sub(*s, 0, n);

	*s = str_skip(*s, n);
	return taken;
}

static bool point_into_head(struct note *n, struct str s)
{
	size_t type = number(s, 32, 2), extra = number(s, 34, 2), etag = number(s, 36, 2);
	size_t type_at = number(s, 38, 2), length_at = number(s, 40, 2);
	size_t etag_at = number(s, 42, 2), end = n->head.n - 2;

	if (n->head.n < 2 || extra > end || type_at + type > end || length_at > end
	    || etag_at + etag > end || etag < DIGEST_HEX_LEN + 2)
		return false;
	n->type = str_sub(n->head, type_at, type_at + type);
	n->extra = str_sub(n->head, end - extra, end);
	n->etag = str_sub(n->head, etag_at, etag_at + etag);
	n->length = str_skip(n->head, length_at);
	return true;
}

static bool note_open(struct str s, struct note *ret)
{
	struct str rest = str_skip(s, FIXED);
	size_t deps, path, lang, head_304;

	if (s.n < FIXED || number(s, 0, 1) != NOTE_VERSION || number(s, 1, 1) > FLAG_UNPACKED)
		return false;
	ret->flags = (uint8_t)number(s, 1, 1);
	ret->status = (int)number(s, 2, 2);
	ret->plain_bytes = (uint32_t)number(s, 4, 4);
	ret->site = number(s, 8, 8);
	ret->last_modified = (int64_t)number(s, 16, 8);
	deps = number(s, 24, 2) * DEP;
	path = number(s, 26, 2);
	lang = number(s, 28, 2);
	head_304 = number(s, 30, 2);
	if (deps + path + lang + head_304 > rest.n)
		return false;
	ret->deps = take(&rest, deps);
	ret->path = take(&rest, path);
	ret->lang = take(&rest, lang);
	ret->head_304 = take(&rest, head_304);
	ret->head = rest;
	return point_into_head(ret, s);
}

static bool is_fresh(const struct note *n, const struct gens *g)
{
	for (size_t i = 0; i < n->deps.n; i += DEP)
		if (gens_value(g, (uint32_t)number(n->deps, i, 4)) != number(n->deps, i + 4, 4))
			return false;
	return true;
}

static enum record kind(const struct note *n)
{
	return n->flags == FLAG_UNPACKED ? RECORD_UNPACKED : RECORD_SAVED;
}

bool record_is_fresh(struct str note, const struct gens *g, enum record *ret)
{
	struct note n;

	if (!note_open(note, &n) || !is_fresh(&n, g))
		return false;
	*ret = kind(&n);
	return true;
}

static bool is_of_key(const struct note *n, const struct cache_key *k, enum record which)
{
	return n->site == k->site && str_eq(n->path, k->path) && str_eq(n->lang, k->lang)
		&& kind(n) == which;
}

/* A reader who is told another length takes the rest for the next answer. */
static bool is_of_length(const struct note *n, struct str body)
{
	size_t told = 0, i = 0;

	while (i < n->length.n && i < 10 && n->length.p[i] >= '0' && n->length.p[i] <= '9')
		told = told * 10 + (size_t)(n->length.p[i++] - '0');
	return i > 0 && told == body.n
		&& (n->flags == FLAG_GZIP ? n->plain_bytes > body.n : n->plain_bytes == body.n);
}

/* They lie in the block, which is ours. */
static struct deps deps_there(struct str deps)
{
	struct dep *p = (struct dep *)(uintptr_t)deps.p;
	uint32_t n = (uint32_t)(deps.n / DEP);

	for (uint32_t i = 0; i < n; i++)
		p[i] = (struct dep){ le32toh(p[i].slot), le32toh(p[i].value) };
	return (struct deps){ p, n, n };
}

static struct entry *entry_in(struct buf *block, const struct note *n, struct str body)
{
	bool gzip = n->flags == FLAG_GZIP;
	struct entry *e = (struct entry *)(void *)block->p;

	*e = (struct entry){
		.status = n->status, .site = n->site, .last_modified = n->last_modified,
		.deps = deps_there(n->deps), .is_double = n->flags != 0, .type = n->type,
		.head = n->extra, .plain_bytes = n->plain_bytes, .size = block->cap,
	};
	ref_init(&e->ref);
	*(gzip ? &e->head_gzip : &e->head_plain) = n->head;
	*(gzip ? &e->head_gzip_304 : &e->head_plain_304) = n->head_304;
	*(gzip ? &e->etag_gzip : &e->etag) = n->etag;
	*(gzip ? &e->gzip : &e->plain) = body;
	*block = (struct buf)BUF(block->max);
	return e;
}

struct entry *record_entry(const struct cache_key *k, enum record which, const struct gens *g,
			   const struct roll_found *r, struct buf *block)
{
	struct note n;

	if (!note_open(r->note, &n) || !is_of_key(&n, k, which) || !is_of_length(&n, r->body)
	    || !is_fresh(&n, g))
		return NULL;
	return entry_in(block, &n, r->body);
}
