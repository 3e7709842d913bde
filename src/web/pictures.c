/* pictures.c - see pictures.h. The html is our own emitter's, which writes every picture as
 * <img src="..." alt="..." ... width="..." ...>. */
#include "web/pictures.h"

#include "base/limits.h"

static bool is_raster(struct str url)
{
	static const struct str ends[] = { STR_INIT(".jpg"), STR_INIT(".jpeg"), STR_INIT(".png"),
					   STR_INIT(".webp") };

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_ends(url, ends[i]))
			return true;
	return false;
}

bool pictures_has_width(const struct ctx *cx, int64_t width)
{
	const struct manifest *m = theme_manifest(cx->theme);

	for (size_t i = 0; i < m->n_images; i++)
		if (m->images[i].width == width)
			return true;
	return false;
}

/* "/media/1f2e3d4c/a.jpg" in two parts; false for anything else. */
static bool split(struct str url, struct str *folder, struct str *name)
{
	ptrdiff_t slash = str_rfind_char(url, '/');

	if (!str_starts(url, STR("/media/")) || slash != 15 || !is_raster(url)
	    || str_has_char(url, ',') || str_has_char(url, ' '))
		return false;
	*folder = str_sub(url, 0, (size_t)slash);
	*name = str_skip(url, (size_t)slash + 1);
	return true;
}

struct str pictures_srcset(struct ctx *cx, struct str url, int64_t width)
{
	const struct manifest *m = theme_manifest(cx->theme);
	CLEANUP(buf_release) struct buf b = BUF(16 * KIB);
	struct str folder, name;

	if (!m->n_images || !split(url, &folder, &name))
		return STR_NONE;
	for (size_t i = 0; i < m->n_images; i++)
		if (m->images[i].width < width)
			buf_addf(&b, "%.*s/w%d/%.*s %dw, ", STR_ARG(folder), m->images[i].width,
				 STR_ARG(name), m->images[i].width);
	if (b.n)
		buf_addf(&b, "%.*s %lldw", STR_ARG(url), (long long)width);
	return arena_str(cx->arena, buf_str(&b));
}

struct str pictures_sizes(const struct ctx *cx)
{
	struct str sizes = theme_manifest(cx->theme)->sizes;

	return sizes.n ? sizes : STR("100vw");
}

/* What stands behind `before` up to the next quote. */
static struct str attribute(struct str tag, struct str before)
{
	ptrdiff_t at = str_find(tag, before);
	struct str rest;

	return at < 0 ? STR_NONE : str_cut(str_skip(tag, (size_t)at + before.n), '"', &rest);
}

static void put_picture(struct ctx *cx, struct str tag, struct buf *b)
{
	struct str url = attribute(tag, STR("<img src=\"")), set = STR_NONE;
	size_t behind = url.n + sizeof "<img src=\"\"" - 1;
	int64_t width;

	if (str_to_i64(attribute(tag, STR(" width=\"")), &width))
		set = pictures_srcset(cx, url, width);
	if (!set.n) {
		buf_add(b, tag);
		return;
	}
	buf_add(b, str_sub(tag, 0, behind));
	buf_addf(b, " srcset=\"%.*s\" sizes=\"", STR_ARG(set));
	html_escape_to(b, pictures_sizes(cx));
	buf_addc(b, '"');
	buf_add(b, str_skip(tag, behind));
}

struct html pictures_in(struct ctx *cx, struct html html)
{
	CLEANUP(buf_release) struct buf b = BUF(2 * LIMIT_POST_HTML);
	struct str rest = html.s;

	if (!theme_manifest(cx->theme)->n_images
	    || str_find(rest, STR("<img src=\"/media/")) < 0)
		return html;
	for (;;) {
		ptrdiff_t at = str_find(rest, STR("<img src=\"/media/")), end;

		if (at < 0)
			break;
		buf_add(&b, str_sub(rest, 0, (size_t)at));
		rest = str_skip(rest, (size_t)at);
		end = str_find_char(rest, '>');
		if (end < 0)
			break;
		put_picture(cx, str_sub(rest, 0, (size_t)end + 1), &b);
		rest = str_skip(rest, (size_t)end + 1);
	}
	buf_add(&b, rest);
	return buf_ok(&b) ? html_trusted(arena_str(cx->arena, buf_str(&b))) : html;
}
