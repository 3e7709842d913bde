/* entry.c - see entry.h. All strings of an entry lie behind it in its own block. */
#include "cache/entry.h"

#include <assert.h>
#include <string.h>
#include "base/date.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/mem.h"
#include "gz/gz.h"

#define WORTH_PACKING 256		/* smaller bodies fit one packet anyway */
#define HEAD_MAX (64 * KIB)
#define PACKED_MAX (LIMIT_PAGE + 4 * KIB)	/* what gz_page() wants room for */
enum { FIXED_LINES = 300, LINES_304 = 300 };	/* at once what they usually take */

/* In this order they lie in an entry. */
enum head { PLAIN_304, GZIP_304, PLAIN, GZIP, HEADS };

/* What is written before the block's size is known. */
struct draft {
	const struct entry_parts *parts;
	struct str packed;
	struct buf packed_here;
	struct buf heads;		/* all of them, one behind the other */
	size_t ends[HEADS];
	bool has_plain, is_double;
	size_t plain_bytes;
	char etag[DIGEST_HEX_LEN + 8], etag_gzip[DIGEST_HEX_LEN + 16];
};

static bool is_for_304(struct str line)
{
	switch (line.p[0] | 0x20) {
	case 'c':
		return str_starts_nocase(line, STR("cache-control:"))
		       || str_starts_nocase(line, STR("content-location:"));
	case 'e':
		return str_starts_nocase(line, STR("expires:"));
	case 'v':
		return str_starts_nocase(line, STR("vary:"));
	default:
		return false;
	}
}

/* Those of a 304, or all. */
static void add_extra_lines(struct buf *b, struct str head, bool all)
{
	if (all) {
		buf_add(b, head);
		return;
	}
	while (head.n) {
		const char *end = memchr(head.p, '\n', head.n);
		struct str line = end ? str_from(head.p, (size_t)(end + 1 - head.p)) : head;

		if (is_for_304(line))
			buf_add(b, line);
		head = str_skip(head, line.n);
	}
}

static void add_line(struct buf *b, const char *name, const char *value)
{
	buf_adds(b, name);
	buf_adds(b, value);
	buf_adds(b, "\r\n");
}

/* The lines by which a form is told from others and asked about again. */
static void add_validators(struct buf *b, const struct draft *d, const char *etag)
{
	char date[DATE_HTTP_LEN + 1];

	if (d->parts->status == 200)
		add_line(b, "ETag: ", etag);
	if (d->parts->status == 200 && d->parts->last_modified) {
		date_http(d->parts->last_modified, date);
		add_line(b, "Last-Modified: ", date);
	}
	if (d->is_double)
		buf_adds(b, "Vary: Accept-Encoding\r\n");
}

static const char type_line[] = "Content-Type: ";

static void write_head(struct buf *b, const struct draft *d, bool gzip)
{
	size_t length = gzip ? d->packed.n : d->plain_bytes;

	buf_adds(b, type_line);
	buf_add(b, d->parts->type);
	buf_adds(b, "\r\nContent-Length: ");
	buf_add_i64(b, (int64_t)length);
	buf_adds(b, "\r\n");
	if (gzip)
		buf_adds(b, "Content-Encoding: gzip\r\n");
	add_validators(b, d, gzip ? d->etag_gzip : d->etag);
	add_extra_lines(b, d->parts->head, true);
	buf_adds(b, "\r\n");
}

static void write_head_304(struct buf *b, const struct draft *d, bool gzip)
{
	add_validators(b, d, gzip ? d->etag_gzip : d->etag);
	add_extra_lines(b, d->parts->head, false);
	buf_adds(b, "\r\n");
}

static void draft_pack(struct draft *d)
{
	const struct entry_parts *p = d->parts;

	d->plain_bytes = p->body.n ? p->body.n : p->plain_bytes;
	d->packed = p->gzip;
	if (!p->gzip.n && p->compress && p->body.n >= WORTH_PACKING
	    && gz_page(p->body, &d->packed_here))
		d->packed = buf_str(&d->packed_here);
	/* A form that saves nothing is not kept. */
	if (d->packed.n >= d->plain_bytes)
		d->packed = STR_NONE;
	d->has_plain = p->body.n || !d->packed.n;
	d->is_double = d->packed.n || p->is_double;
}

static void draft_digest(const struct draft *d, char hex[DIGEST_HEX_LEN + 1])
{
	struct str given = d->parts->digest;
	struct digest digest;

	if (given.n == DIGEST_HEX_LEN) {
		memcpy(hex, given.p, given.n);
		hex[given.n] = '\0';
		return;
	}
	digest = digest_quick(d->parts->body);
	digest_hex(&digest, hex);
}

static void write_tag(char *to, const char *hex, const char *end)
{
	to[0] = '"';
	memcpy(to + 1, hex, DIGEST_HEX_LEN);
	memcpy(to + 1 + DIGEST_HEX_LEN, end, strlen(end) + 1);
}

/* Strong: another processor or another version of the library may pack the same page otherwise. */
static void write_tag_gzip(struct draft *d, const char *hex)
{
	char end[] = "-########\"";
	uint32_t crc = gz_crc(d->packed);

	for (int i = 8; i > 0; i--, crc >>= 4)
		end[i] = "0123456789abcdef"[crc & 15];
	write_tag(d->etag_gzip, hex, end);
}

static void write_one(struct draft *d, enum head which)
{
	bool gzip = which == GZIP || which == GZIP_304, is_304 = which <= GZIP_304;

	if (!(gzip ? d->packed.n > 0 : d->has_plain) || (is_304 && d->parts->status != 200))
		return;
	if (is_304)
		write_head_304(&d->heads, d, gzip);
	else
		write_head(&d->heads, d, gzip);
}

static void draft_write(struct draft *d)
{
	char hex[DIGEST_HEX_LEN + 1];
	size_t usual = d->parts->type.n + d->parts->head.n + FIXED_LINES + LINES_304;

	draft_digest(d, hex);
	if (d->has_plain)
		write_tag(d->etag, hex, "\"");
	if (d->packed.n)
		write_tag_gzip(d, hex);
	buf_reserve(&d->heads, d->packed.n && d->has_plain ? 2 * usual : usual);
	for (enum head which = 0; which < HEADS; which++) {
		write_one(d, which);
		d->ends[which] = d->heads.n;
	}
}

static struct str head_of(const struct draft *d, enum head which)
{
	return str_sub(buf_str(&d->heads), which ? d->ends[which - 1] : 0, d->ends[which]);
}

static void draft_release(struct draft *d)
{
	buf_release(&d->packed_here);
	buf_release(&d->heads);
}

/* Copies s to *at in the block and moves on. */
static struct str put(char **at, struct str s)
{
	struct str copy = { *at, s.n };

	if (s.n)
		memcpy(*at, s.p, s.n);
	*at += s.n;
	return copy;
}

/* Type and extra lines stand in every block of a head: at its beginning and its end. */
static void point_into_head(struct entry *e, const struct entry_parts *p)
{
	struct str block = e->head_plain.n ? e->head_plain : e->head_gzip;
	size_t end = block.n - 2;

	e->type = str_sub(block, sizeof type_line - 1, sizeof type_line - 1 + p->type.n);
	e->head = str_sub(block, end - p->head.n, end);
}

static struct entry *entry_from(const struct draft *d)
{
	static const struct deps none;
	const struct entry_parts *p = d->parts;
	const struct deps *deps = p->deps ? p->deps : &none;
	struct str etag = str_of(d->etag), etag_gzip = str_of(d->etag_gzip);
	size_t deps_bytes = deps->n * sizeof *deps->p;
	size_t size = sizeof(struct entry) + deps_bytes + etag.n + etag_gzip.n
		      + p->body.n + d->packed.n + d->heads.n;
	struct entry *e = mem_resize(NULL, 1, size);	/* filled below, so not cleared */
	char *at = (char *)(e + 1);

	*e = (struct entry){
		.status = p->status, .site = p->site, .last_modified = p->last_modified,
		.is_double = d->is_double, .plain_bytes = d->plain_bytes, .size = size,
	};
	ref_init(&e->ref);
	e->deps.p = (struct dep *)at;
	e->deps.n = e->deps.cap = deps->n;
	put(&at, str_from((const char *)deps->p, deps_bytes));
	e->etag = put(&at, etag);
	e->etag_gzip = put(&at, etag_gzip);
	e->head_plain_304 = put(&at, head_of(d, PLAIN_304));
	e->head_gzip_304 = put(&at, head_of(d, GZIP_304));
	/* A body lies behind its head: both leave in one piece. */
	e->head_plain = put(&at, head_of(d, PLAIN));
	e->plain = put(&at, p->body);
	e->head_gzip = put(&at, head_of(d, GZIP));
	e->gzip = put(&at, d->packed);
	point_into_head(e, p);
	return e;
}

struct entry *entry_make(const struct entry_parts *parts)
{
	CLEANUP(draft_release) struct draft d = {
		.parts = parts, .packed_here = BUF(PACKED_MAX), .heads = BUF(4 * HEAD_MAX),
	};

	draft_pack(&d);
	draft_write(&d);
	return entry_from(&d);
}

struct entry *entry_hold(struct entry *e)
{
	ref_hold(&e->ref);
	return e;
}

void entry_drop(struct entry *e)
{
	if (e && ref_drop(&e->ref))
		mem_free(e);
}

struct str entry_digest(const struct entry *e)
{
	return str_sub(e->etag.n ? e->etag : e->etag_gzip, 1, 1 + DIGEST_HEX_LEN);
}

bool entry_has(const struct entry *e, bool gzip)
{
	return gzip && e->is_double ? e->gzip.n > 0 : e->plain.n == e->plain_bytes;
}

/* The same page with these bytes. */
static struct entry *remake(const struct entry *e, struct str plain, struct str gzip)
{
	return entry_make(&(struct entry_parts){
		.status = e->status, .site = e->site, .last_modified = e->last_modified,
		.type = e->type, .head = e->head, .body = plain, .gzip = gzip,
		.is_double = e->is_double, .plain_bytes = e->plain_bytes,
		.digest = entry_digest(e), .deps = &e->deps,
	});
}

struct entry *entry_of_form(struct entry *e, bool gzip)
{
	assert(entry_has(e, gzip));
	if (!e->plain.n || !e->gzip.n)
		return entry_hold(e);
	return gzip ? remake(e, STR_NONE, e->gzip) : remake(e, e->plain, STR_NONE);
}

struct entry *entry_unpack(struct entry *e)
{
	CLEANUP(buf_release) struct buf plain = BUF(LIMIT_PAGE);
	struct entry *both = NULL;

	if (!e || entry_has(e, false))
		return e;
	if (gz_read(e->gzip, &plain, NULL) && plain.n == e->plain_bytes)
		both = remake(e, buf_str(&plain), e->gzip);
	entry_drop(e);
	return both;
}

void entry_dropp(struct entry **e)
{
	entry_drop(*e);
}

bool entry_is_fresh(const struct entry *e, const struct gens *g)
{
	return deps_fresh(&e->deps, g);
}
