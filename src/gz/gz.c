/* gz.c - see gz.h. */
#include "gz/gz.h"

#include <stdatomic.h>
#include <zlib.h>
#include "base/mem.h"

#define WINDOW_GZIP (15 + 16)
#define MEM_LEVEL 8
#define SPARES 8
#define PIECE (64 * 1024)		/* output grows by this when the size is not known */

/* Compressors at rest, for whoever comes next: making one costs more than a small page. */
struct press {
	z_stream z;
	int level;
};

static _Atomic(struct press *) spares[SPARES];

static struct press *press_new(int level)
{
	struct press *p = MEM_NEW(struct press);

	p->level = level;
	if (deflateInit2(&p->z, level, Z_DEFLATED, WINDOW_GZIP, MEM_LEVEL,
			 Z_DEFAULT_STRATEGY) == Z_OK)
		return p;
	mem_free(p);
	return NULL;
}

static void press_free(struct press *p)
{
	deflateEnd(&p->z);
	mem_free(p);
}

static struct press *press_take(int level)
{
	for (int i = 0; i < SPARES; i++) {
		struct press *p = atomic_exchange(&spares[i], NULL);

		if (p && p->level == level)
			return p;
		if (p)
			press_free(p);
	}
	return press_new(level);
}

static void press_give(struct press *p)
{
	deflateReset(&p->z);
	for (int i = 0; i < SPARES; i++) {
		struct press *none = NULL;

		if (atomic_compare_exchange_strong(&spares[i], &none, p))
			return;
	}
	press_free(p);
}

static bool press_run(struct press *p, struct str plain, struct str extra, struct buf *out)
{
	/* time 0, system "Unix": the bytes depend on the input alone */
	gz_header head = { .os = 3 };
	size_t room = out->max - out->n;

	head.extra = extra.n ? (Bytef *)extra.p : Z_NULL;
	head.extra_len = (uInt)extra.n;
	deflateSetHeader(&p->z, &head);
	if (room > deflateBound(&p->z, plain.n))
		room = deflateBound(&p->z, plain.n);
	if (!buf_reserve(out, room))
		return false;
	p->z.next_in = (Bytef *)plain.p;
	p->z.avail_in = (uInt)plain.n;
	p->z.next_out = (Bytef *)out->p + out->n;
	p->z.avail_out = (uInt)room;
	if (deflate(&p->z, Z_FINISH) != Z_STREAM_END) {
		out->over = true;
		return false;
	}
	out->n += room - p->z.avail_out;
	out->p[out->n] = '\0';
	return true;
}

bool gz_whole(struct str plain, int level, struct str extra, struct buf *out)
{
	struct press *p;
	bool ok;

	if (extra.n > GZ_EXTRA_MAX || plain.n > UINT32_MAX / 2)
		return false;
	p = press_take(level);
	ok = p && press_run(p, plain, extra, out);
	if (p)
		press_give(p);
	return ok;
}

/* How much room to make next: the size that the end of the member claims is a good guess
 * and nothing more. */
static size_t room_for(struct str gz, const struct buf *out)
{
	const unsigned char *end = (const unsigned char *)gz.p + gz.n;
	size_t left = out->max > out->n ? out->max - out->n : 0;
	size_t claim = 0;

	if (gz.n >= 18)
		claim = (size_t)end[-4] | (size_t)end[-3] << 8 | (size_t)end[-2] << 16
			| (size_t)end[-1] << 24;
	if (claim == 0 || claim > gz.n * 1100)	/* deflate packs 1032:1 at best */
		claim = PIECE;
	return claim < left ? claim : left;
}

/* At the ceiling: what is left may be the checksum, or too much. */
static int unpack_end(z_stream *z, bool *too_large)
{
	Bytef one_more;
	int rc;

	z->next_out = &one_more;
	z->avail_out = 1;
	rc = inflate(z, Z_NO_FLUSH);
	*too_large = z->avail_out == 0;
	return rc;
}

static int unpack_some(z_stream *z, size_t room, struct buf *out)
{
	int rc;

	z->next_out = (Bytef *)out->p + out->n;
	z->avail_out = (uInt)room;
	rc = inflate(z, Z_NO_FLUSH);
	out->n += room - z->avail_out;
	out->p[out->n] = '\0';
	return rc == Z_OK && z->avail_out > 0 ? Z_BUF_ERROR : rc;	/* no more input: torn */
}

static bool unpack(z_stream *z, struct str gz, struct buf *out, struct fail *f)
{
	size_t room = room_for(gz, out);
	bool too_large = false;
	int rc = Z_OK;

	while (rc == Z_OK && room > 0 && buf_reserve(out, room)) {
		rc = unpack_some(z, room, out);
		room = out->max - out->n < PIECE ? out->max - out->n : PIECE;
	}
	if (rc == Z_OK)
		rc = unpack_end(z, &too_large);
	if (too_large)
		return fail(f, FAIL_TOO_LARGE, "what was packed is larger than %zu bytes",
			    out->max);
	if (rc == Z_STREAM_END && z->avail_in == 0)
		return true;
	return fail(f, FAIL_CORRUPT, "the packed data is damaged");
}

bool gz_read(struct str gz, struct buf *out, struct fail *f)
{
	z_stream z = { .next_in = (Bytef *)gz.p, .avail_in = (uInt)gz.n };
	size_t was = out->n;
	bool ok;

	if (gz.n > UINT32_MAX / 2)
		return fail(f, FAIL_TOO_LARGE, "the packed data is too large");
	if (inflateInit2(&z, WINDOW_GZIP) != Z_OK)
		return fail(f, FAIL_BUG, "the unpacker cannot start");
	ok = unpack(&z, gz, out, f);
	inflateEnd(&z);
	if (!ok)
		buf_cut(out, was);
	return ok;
}

/* The head of a member: ten bytes, then perhaps the length and bytes of the extra field. */
enum { HEAD = 10, HEAD_FLAGS = 3, FLAG_EXTRA = 4 };

static bool is_member(struct str gz)
{
	const unsigned char *p = (const unsigned char *)gz.p;

	return gz.n > HEAD && p[0] == 0x1f && p[1] == 0x8b && p[2] == Z_DEFLATED;
}

bool gz_extra(struct str gz, struct str *ret)
{
	const unsigned char *p = (const unsigned char *)gz.p;
	size_t n;

	if (!is_member(gz) || gz.n < HEAD + 2 || !(p[HEAD_FLAGS] & FLAG_EXTRA))
		return false;
	n = (size_t)p[HEAD] | (size_t)p[HEAD + 1] << 8;
	if (gz.n - HEAD - 2 < n)
		return false;
	*ret = str_sub(gz, HEAD + 2, HEAD + 2 + n);
	return true;
}

bool gz_put_extra(struct str gz, struct str extra, struct buf *out)
{
	struct str old = STR_NONE, rest;
	bool had = gz_extra(gz, &old);

	if (!is_member(gz) || (gz.p[HEAD_FLAGS] & ~FLAG_EXTRA) || extra.n > GZ_EXTRA_MAX)
		return false;
	rest = str_skip(gz, HEAD + (had ? 2 + old.n : 0));
	buf_add(out, str_sub(gz, 0, HEAD_FLAGS));
	buf_addc(out, extra.n ? FLAG_EXTRA : 0);
	buf_add(out, str_sub(gz, HEAD_FLAGS + 1, HEAD));
	if (extra.n) {
		buf_addc(out, (char)(extra.n & 0xff));
		buf_addc(out, (char)(extra.n >> 8));
		buf_add(out, extra);
	}
	buf_add(out, rest);
	return buf_ok(out);
}
