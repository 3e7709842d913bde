/* note.c - what stands beside the gzip bytes of a page as a file (entry.h: entry_note_*).
 *
 * One subfield of a gzip FEXTRA field (RFC 1952 2.3.1.1), numbers little-endian:
 *
 *	"Hm"  u16 length of the rest
 *	u8 version  u8 flags  u16 status  u64 site  i64 last_modified
 *	u16 n, path   u16 n, lang   u16 n, type   u16 n, head
 *	u16 n, then n times: u32 slot, u32 value
 *	u16 n, digest of the plain body in hex   u32 length of the plain body
 *	u64 hash of all from the version on (gzip's own checksum does not cover the field)
 */
#include <endian.h>
#include <string.h>
#include "base/digest.h"
#include "base/mem.h"
#include "cache/disk_impl.h"
#include "gz/gz.h"

enum { NOTE_VERSION = 2, FLAG_GZIP = 1, HASH_BYTES = 8, HEAD_BYTES = 4 };

static void put_number(struct buf *b, uint64_t v, int bytes)
{
	uint64_t little = htole64(v);

	buf_add(b, str_from((const char *)&little, (size_t)bytes));
}

static void put_text(struct buf *b, struct str s)
{
	put_number(b, s.n, 2);
	buf_add(b, s);
}

static uint64_t get_number(struct str *s, size_t bytes, bool *ok)
{
	uint64_t v = 0;

	if (s->n < bytes) {
		*ok = false;
		return 0;
	}
	memcpy(&v, s->p, bytes);
	s->p += bytes;
	s->n -= bytes;
	return le64toh(v);
}

static struct str get_text(struct str *s, bool *ok)
{
	size_t n = (size_t)get_number(s, 2, ok);
	struct str text = str_sub(*s, 0, n);

	if (text.n != n)
		*ok = false;
	*s = str_skip(*s, text.n);
	return text;
}

bool entry_note_write(const struct entry_note *n, struct buf *out)
{
	CLEANUP(buf_release) struct buf b = BUF(GZ_EXTRA_MAX - HEAD_BYTES);

	if (n->path.n > UINT16_MAX || n->lang.n > UINT16_MAX || n->type.n > UINT16_MAX
	    || n->head.n > UINT16_MAX || n->deps.n > UINT16_MAX || n->digest.n != DIGEST_HEX_LEN)
		return false;
	put_number(&b, NOTE_VERSION, 1);
	put_number(&b, n->has_gzip ? FLAG_GZIP : 0, 1);
	put_number(&b, (uint64_t)n->status, 2);
	put_number(&b, n->site, 8);
	put_number(&b, (uint64_t)n->last_modified, 8);
	put_text(&b, n->path);
	put_text(&b, n->lang);
	put_text(&b, n->type);
	put_text(&b, n->head);
	put_number(&b, n->deps.n, 2);
	for (uint32_t i = 0; i < n->deps.n; i++) {
		put_number(&b, n->deps.p[i].slot, 4);
		put_number(&b, n->deps.p[i].value, 4);
	}
	put_text(&b, n->digest);
	put_number(&b, n->plain_bytes, 4);
	put_number(&b, str_hash(buf_str(&b), DISK_NOTE_SEED), HASH_BYTES);
	if (!buf_ok(&b))
		return false;
	buf_adds(out, "Hm");
	put_text(out, buf_str(&b));
	return buf_ok(out);
}

static bool get_deps(struct str *s, struct deps *ret)
{
	bool ok = true;
	uint32_t n = (uint32_t)get_number(s, 2, &ok);

	if (!ok || s->n < n * 8u)
		return false;
	ret->p = mem_array(n ? n : 1, sizeof *ret->p);
	ret->n = ret->cap = n;
	for (uint32_t i = 0; i < n; i++) {
		ret->p[i].slot = (uint32_t)get_number(s, 4, &ok);
		ret->p[i].value = (uint32_t)get_number(s, 4, &ok);
	}
	return ok;
}

/* The bytes between the subfield's head and its hash; false: not ours, or changed. */
static bool open_note(struct str extra, struct str *ret)
{
	struct str hash;
	bool ok = true;

	if (!str_starts(extra, STR("Hm")))
		return false;
	extra = str_skip(extra, 2);
	if (get_number(&extra, 2, &ok) != extra.n || !ok || extra.n < HASH_BYTES)
		return false;
	*ret = str_sub(extra, 0, extra.n - HASH_BYTES);
	hash = str_skip(extra, extra.n - HASH_BYTES);
	return get_number(&hash, HASH_BYTES, &ok) == str_hash(*ret, DISK_NOTE_SEED);
}

static bool is_digest(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(s.p[i] >= 'a' && s.p[i] <= 'f'))
			return false;
	return s.n == DIGEST_HEX_LEN;
}

bool entry_note_read(struct str extra, struct entry_note *ret)
{
	struct entry_note n = { 0 };
	struct str s;
	uint64_t flags;
	bool ok = true;

	if (!open_note(extra, &s) || get_number(&s, 1, &ok) != NOTE_VERSION)
		return false;
	flags = get_number(&s, 1, &ok);
	n.has_gzip = flags == FLAG_GZIP;
	n.status = (int)get_number(&s, 2, &ok);
	n.site = get_number(&s, 8, &ok);
	n.last_modified = (int64_t)get_number(&s, 8, &ok);
	n.path = get_text(&s, &ok);
	n.lang = get_text(&s, &ok);
	n.type = get_text(&s, &ok);
	n.head = get_text(&s, &ok);
	if (!ok || flags > FLAG_GZIP || !get_deps(&s, &n.deps))
		return false;
	n.digest = get_text(&s, &ok);
	n.plain_bytes = (uint32_t)get_number(&s, 4, &ok);
	if (!ok || s.n || !is_digest(n.digest)) {
		deps_release(&n.deps);
		return false;
	}
	*ret = n;
	return true;
}
