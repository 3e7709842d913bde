/* gz.c - see gz.h. */
#include "gz/gz.h"

#include <libdeflate.h>
#include "base/mem.h"
#include "gz/shelf.h"

struct press {
	struct libdeflate_compressor *c;
	int level;
};

static struct shelf presses, openers;

static struct press *press_new(int level)
{
	struct press *p = MEM_NEW(struct press);

	p->level = level;
	p->c = libdeflate_alloc_compressor(level);
	if (p->c)
		return p;
	mem_free(p);
	return NULL;
}

static void press_free(struct press *p)
{
	libdeflate_free_compressor(p->c);
	mem_free(p);
}

static struct press *press_take(int level)
{
	struct press *p;

	while ((p = shelf_take(&presses)) != NULL) {
		if (p->level == level)
			return p;
		press_free(p);
	}
	return press_new(level);
}

static void press_give(struct press *p)
{
	if (!shelf_give(&presses, p))
		press_free(p);
}

static bool press_run(struct press *p, struct str plain, struct buf *out)
{
	size_t room = out->max - out->n, n;
	size_t bound = libdeflate_gzip_compress_bound(p->c, plain.n);

	if (room > bound)
		room = bound;
	if (!buf_reserve(out, room))
		return false;
	n = libdeflate_gzip_compress(p->c, plain.p ? plain.p : "", plain.n, out->p + out->n, room);
	if (n == 0) {
		out->over = true;
		return false;
	}
	out->n += n;
	out->p[out->n] = '\0';
	return true;
}

bool gz_whole(struct str plain, int level, struct str extra, struct buf *out)
{
	struct buf bare = BUF(out->max);
	struct press *p;
	bool ok;

	if (extra.n > GZ_EXTRA_MAX)
		return false;
	p = press_take(level);
	ok = p && press_run(p, plain, extra.n ? &bare : out);
	if (p)
		press_give(p);
	ok = ok && (extra.n == 0 || gz_put_extra(buf_str(&bare), extra, out));
	buf_release(&bare);
	return ok;
}

static struct libdeflate_decompressor *opener_take(void)
{
	struct libdeflate_decompressor *d = shelf_take(&openers);

	return d ? d : libdeflate_alloc_decompressor();
}

static void opener_give(struct libdeflate_decompressor *d)
{
	if (!shelf_give(&openers, d))
		libdeflate_free_decompressor(d);
}

static bool fail_torn(struct fail *f)
{
	return fail(f, FAIL_CORRUPT, "the packed data is damaged");
}

static bool unpack(struct libdeflate_decompressor *d, struct str gz, size_t n, struct buf *out,
		   struct fail *f)
{
	size_t in = 0, got = 0;

	if (!buf_reserve(out, n ? n : 1))
		return fail(f, FAIL_TOO_LARGE, "what was packed is larger than %zu bytes",
			    out->max);
	if (libdeflate_gzip_decompress_ex(d, gz.p, gz.n, out->p + out->n, n, &in, &got)
	    != LIBDEFLATE_SUCCESS || in != gz.n)
		return fail_torn(f);
	out->n += got;
	out->p[out->n] = '\0';
	return true;
}

/* The end of the member claims a size. It is proved by unpacking, and believed before only
 * where so much can come of so few bytes at all. */
bool gz_read(struct str gz, struct buf *out, struct fail *f)
{
	const unsigned char *end = (const unsigned char *)gz.p + gz.n;
	struct libdeflate_decompressor *d;
	size_t claim;
	bool ok;

	if (gz.n < 18)
		return fail_torn(f);
	claim = (size_t)end[-4] | (size_t)end[-3] << 8 | (size_t)end[-2] << 16
		| (size_t)end[-1] << 24;
	if (claim / 1100 > gz.n)		/* deflate packs 1032:1 at best */
		return fail_torn(f);
	if (claim > out->max - out->n)
		return fail(f, FAIL_TOO_LARGE, "what was packed is larger than %zu bytes",
			    out->max);
	d = opener_take();
	if (!d)
		return fail(f, FAIL_BUG, "the unpacker cannot start");
	ok = unpack(d, gz, claim, out, f);
	opener_give(d);
	return ok;
}

uint32_t gz_crc_on(uint32_t before, struct str s)
{
	return libdeflate_crc32(before, s.p ? s.p : "", s.n);
}

uint32_t gz_crc(struct str s)
{
	return gz_crc_on(0, s);
}

/* The head of a member: ten bytes, then perhaps the length and bytes of the extra field. */
enum { HEAD = 10, HEAD_FLAGS = 3, FLAG_EXTRA = 4, DEFLATED = 8 };

static bool is_member(struct str gz)
{
	const unsigned char *p = (const unsigned char *)gz.p;

	return gz.n > HEAD && p[0] == 0x1f && p[1] == 0x8b && p[2] == DEFLATED;
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
