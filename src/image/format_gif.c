/* format_gif.c - GIF: a screen, then blocks that are chains of sub-blocks.
 *
 * Kept are pictures, their control blocks and the looping count; comments and
 * application data (XMP) go. Source: GIF89a.
 */
#include "image/format.h"

enum { EXTENSION = 0x21, PICTURE = 0x2c, TRAILER = 0x3b, CONTROL = 0xf9, APPLICATION = 0xff,
	PLAIN_TEXT = 0x01, SCREEN = 13 };

/* Behind the chain of sub-blocks at `at`; 0 when it never ends. */
static size_t chain_end(struct str s, size_t at)
{
	while (at < s.n) {
		size_t n = format_u8(s, at);

		at += 1 + n;
		if (n == 0)
			return at;
	}
	return 0;
}

static size_t colours(unsigned packed)
{
	return packed & 0x80 ? (size_t)3 << ((packed & 7) + 1) : 0;
}

static size_t screen_end(struct str s)
{
	return s.n < SCREEN ? 0 : SCREEN + colours(format_u8(s, 10));
}

/* Behind the block at `at`; 0 when it is broken. */
static size_t block_end(struct str s, size_t at)
{
	if (format_u8(s, at) == EXTENSION)
		return at + 2 < s.n ? chain_end(s, at + 2) : 0;
	if (format_u8(s, at) == PICTURE && at + 10 < s.n)
		return chain_end(s, at + 10 + colours(format_u8(s, at + 9)) + 1);
	return 0;
}

static bool is_kept(struct str block)
{
	unsigned label;

	if (format_u8(block, 0) == PICTURE)
		return true;
	label = format_u8(block, 1);
	if (label == APPLICATION)
		return str_starts(str_skip(block, 3), STR("NETSCAPE2.0")) ||
		       str_starts(str_skip(block, 3), STR("ANIMEXTS1.0")) ||
		       str_starts(str_skip(block, 3), STR("ICCRGBG1012"));
	return label == CONTROL || label == PLAIN_TEXT;
}

bool format_gif_probe(struct str s, struct image *ret)
{
	size_t at = screen_end(s), next;

	if (at == 0)
		return false;
	ret->width = format_le16(s, 6);
	ret->height = format_le16(s, 8);
	for (; at < s.n && format_u8(s, at) == EXTENSION; at = next) {
		if (at + 3 < s.n && format_u8(s, at + 1) == CONTROL)
			ret->has_alpha = format_u8(s, at + 3) & 1;
		next = block_end(s, at);
		if (next == 0)
			break;
	}
	return true;
}

bool format_gif_clean(struct str s, struct buf *out, struct fail *f)
{
	size_t at = screen_end(s), next;

	if (at == 0 || at > s.n)
		return fail(f, FAIL_INVALID, "this GIF picture is broken: it ends in its head");
	buf_add(out, str_sub(s, 0, at));
	for (; at < s.n && format_u8(s, at) != TRAILER; at = next) {
		next = block_end(s, at);
		if (next == 0 || next > s.n)
			return fail(f, FAIL_INVALID, "this GIF picture is broken at byte %zu", at);
		if (is_kept(str_sub(s, at, next)))
			buf_add(out, str_sub(s, at, next));
	}
	buf_addc(out, TRAILER);
	return buf_ok(out) || fail(f, FAIL_TOO_LARGE, "this picture is too large");
}
