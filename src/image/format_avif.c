/* format_avif.c - AVIF: boxes within boxes (ISO/IEC 14496-12, 23008-12).
 *
 * The size stands in meta / iprp / ipco / ispe. The items' bytes are addressed by
 * offsets from the start of the file, so nothing can be taken out without moving
 * everything; a file that carries an Exif or XMP item is therefore refused.
 */
#include "image/format.h"

struct box {
	struct str name, body;
};

static bool box_next(struct str *rest, struct box *ret)
{
	size_t n, head = 8;

	if (rest->n < 8)
		return false;
	n = format_be32(*rest, 0);
	if (n == 1) {
		if (rest->n < 16 || format_be32(*rest, 8) != 0)
			return false;
		n = format_be32(*rest, 12);
		head = 16;
	}
	if (n == 0)
		n = rest->n;
	if (n < head || n > rest->n)
		return false;
	ret->name = str_sub(*rest, 4, 8);
	ret->body = str_sub(*rest, head, n);
	*rest = str_skip(*rest, n);
	return true;
}

static bool box_find(struct str in, struct str name, struct str *ret)
{
	struct box b;

	while (box_next(&in, &b))
		if (str_eq(b.name, name)) {
			*ret = b.body;
			return true;
		}
	return false;
}

/* The boxes of `meta` stand behind its version and flags. */
static bool find_meta(struct str s, struct str *ret)
{
	if (!box_find(s, STR("meta"), ret) || ret->n < 4)
		return false;
	*ret = str_skip(*ret, 4);
	return true;
}

/* irot and imir, the AVIF ways to turn, matter here only where they swap the sides. */
bool format_avif_probe(struct str s, struct image *ret)
{
	struct str meta, props;
	struct box b;

	if (!find_meta(s, &meta) || !box_find(meta, STR("iprp"), &props) ||
	    !box_find(props, STR("ipco"), &props))
		return false;
	while (box_next(&props, &b)) {
		if (str_eq(b.name, STR("ispe")) && b.body.n >= 12 && ret->width == 0) {
			ret->width = format_be32(b.body, 4);
			ret->height = format_be32(b.body, 8);
		}
		if (str_eq(b.name, STR("irot")) && b.body.n >= 1 && (format_u8(b.body, 0) & 1))
			ret->orientation = (format_u8(b.body, 0) & 3) == 1 ? 8 : 6;
		if (str_eq(b.name, STR("auxC")))
			ret->has_alpha = str_find(b.body, STR(":alpha")) >= 0 ||
					 str_find(b.body, STR("auxid:1")) >= 0;
	}
	return ret->width && ret->width <= INT32_MAX && ret->height <= INT32_MAX;
}

static bool has_metadata(struct str s)
{
	struct str meta, items;
	struct box b;

	if (!find_meta(s, &meta) || !box_find(meta, STR("iinf"), &items))
		return false;
	items = str_skip(items, items.n && items.p[0] == 0 ? 6 : 8);
	while (box_next(&items, &b))
		if (str_eq(b.name, STR("infe")) && (str_find(b.body, STR("Exif")) >= 0 ||
						    str_find(b.body, STR("mime")) >= 0))
			return true;
	return false;
}

bool format_avif_clean(struct str s, struct buf *out, struct fail *f)
{
	struct image im = { .orientation = 1 };

	if (!format_avif_probe(s, &im))
		return fail(f, FAIL_INVALID, "this AVIF picture is broken in its head");
	if (has_metadata(s))
		return fail(f, FAIL_INVALID,
			    "this AVIF picture carries camera data that cannot be taken "
			    "out of it; save it again without metadata");
	buf_add(out, s);
	return buf_ok(out) || fail(f, FAIL_TOO_LARGE, "this picture is too large");
}
