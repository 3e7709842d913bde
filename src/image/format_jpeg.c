/* format_jpeg.c - JPEG: a chain of marker segments with compressed data between.
 *
 * Kept segments are those that change pixels: tables, frames, scans, the colour
 * profile (APP2 ICC_PROFILE), Adobe's transform flag (APP14) and JFIF without its
 * thumbnail. Everything behind the end marker goes too: phones hide films there.
 * Source: ITU-T T.81, JFIF 1.02.
 */
#include "image/format.h"

enum {
	M_SOF0 = 0xc0, M_DHT = 0xc4, M_JPG = 0xc8, M_DAC = 0xcc, M_SOF15 = 0xcf, M_RST0 = 0xd0,
	M_RST7 = 0xd7, M_SOI = 0xd8, M_EOI = 0xd9, M_SOS = 0xda, M_APP0 = 0xe0, M_APP1 = 0xe1,
	M_APP2 = 0xe2, M_APP14 = 0xee, M_APP15 = 0xef, M_COM = 0xfe,
};

struct segment {
	unsigned marker;
	struct str whole;		/* with its marker; of a scan also the data behind */
	struct str body;		/* behind the length */
};

static bool is_bare(unsigned marker)
{
	return marker >= M_RST0 && marker <= M_EOI;
}

static bool is_frame(unsigned m)
{
	return m >= M_SOF0 && m <= M_SOF15 && m != M_DHT && m != M_JPG && m != M_DAC;
}

/* Where the compressed data that starts at `at` ends: at the next real marker, or at the
 * fill bytes before it. */
static size_t scan_end(struct str s, size_t at)
{
	for (; at < s.n; at++) {
		size_t behind = at;
		unsigned next;

		while (behind < s.n && format_u8(s, behind) == 0xff)
			behind++;
		if (behind == at)
			continue;
		if (behind == s.n)
			return at;
		next = format_u8(s, behind);
		if (next != 0 && !(next >= M_RST0 && next <= M_RST7))
			return at;
		at = behind;
	}
	return s.n;
}

/* The segment at *at; false at the end of what makes sense. */
static bool segment_next(struct str s, size_t *at, struct segment *ret)
{
	size_t from, len;

	if (*at >= s.n || format_u8(s, *at) != 0xff)
		return false;
	while (*at + 1 < s.n && format_u8(s, *at + 1) == 0xff)
		++*at;				/* fill bytes */
	if (*at + 1 >= s.n)
		return false;
	from = *at;
	ret->marker = format_u8(s, from + 1);
	if (ret->marker < M_SOF0)
		return false;			/* reserved */
	ret->body = STR_NONE;
	*at += 2;
	if (!is_bare(ret->marker)) {
		if (*at + 2 > s.n)
			return false;
		len = format_be16(s, *at);
		if (len < 2 || len > s.n - *at)
			return false;
		ret->body = str_sub(s, *at + 2, *at + len);
		*at += len;
		if (ret->marker == M_SOS)
			*at = scan_end(s, *at);
	}
	ret->whole = str_sub(s, from, *at);
	return true;
}

static int exif_orientation(const struct segment *g)
{
	if (g->marker != M_APP1 || !str_starts(g->body, STR("Exif\0\0")))
		return 1;
	return format_tiff_orientation(str_skip(g->body, 6));
}

bool format_jpeg_probe(struct str s, struct image *ret)
{
	struct segment g;
	size_t at = 0;

	while (segment_next(s, &at, &g)) {
		if (g.marker == M_APP1 && ret->orientation == 1)
			ret->orientation = exif_orientation(&g);
		if (!is_frame(g.marker))
			continue;
		if (g.body.n < 6)
			return false;
		ret->height = format_be16(g.body, 1);
		ret->width = format_be16(g.body, 3);
		return true;
	}
	return false;
}

/* JFIF: a fixed head of 14 bytes whose last two tell the size of a thumbnail. */
static void add_jfif(struct buf *out, struct str body)
{
	if (!str_starts(body, STR("JFIF\0")) || body.n < 14)
		return;
	buf_add(out, STR("\xff\xe0\0\x10"));
	buf_add(out, str_sub(body, 0, 12));
	buf_add(out, STR("\0\0"));
}

static void add_orientation(struct buf *out, int orientation)
{
	unsigned char tiff[FORMAT_TIFF_LEN];

	format_tiff_minimal(orientation, tiff);
	buf_add(out, STR("\xff\xe1"));
	buf_addc(out, 0);
	buf_addc(out, 2 + 6 + FORMAT_TIFF_LEN);
	buf_add(out, STR("Exif\0\0"));
	buf_add(out, str_from((const char *)tiff, sizeof tiff));
}

/* A restart marker outside of a scan means nothing, and would join the scan before. */
static bool is_kept(const struct segment *g)
{
	if (g->marker >= M_RST0 && g->marker <= M_RST7)
		return false;
	if (g->marker == M_APP2)
		return str_starts(g->body, STR("ICC_PROFILE\0"));
	if (g->marker == M_APP14)
		return str_starts(g->body, STR("Adobe"));
	return !(g->marker >= M_APP0 && g->marker <= M_APP15) && g->marker != M_COM;
}

bool format_jpeg_clean(struct str s, struct buf *out, struct fail *f)
{
	bool has_scan = false, is_turned = false;
	struct segment g;
	size_t at = 0;

	while (segment_next(s, &at, &g)) {
		int turn = exif_orientation(&g);

		if (g.marker == M_APP0)
			add_jfif(out, g.body);
		else if (turn != 1 && !is_turned)
			add_orientation(out, turn), is_turned = true;
		else if (is_kept(&g))
			buf_add(out, g.whole);
		has_scan |= g.marker == M_SOS;
		if (g.marker == M_EOI)
			break;
	}
	if (!has_scan)
		return fail(f, FAIL_INVALID,
			    "this JPEG picture is broken: it ends before its pixels");
	return buf_ok(out) || fail(f, FAIL_TOO_LARGE, "this picture is too large");
}
