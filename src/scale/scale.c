/* scale.c - see scale.h: what can be known without decoding, and the child. */
#include "scale/scale.h"

#include "config.h"
#include "base/limits.h"
#include "base/spawn.h"

bool scale_can(const struct image *im)
{
	return (im->type == IMAGE_JPEG || im->type == IMAGE_PNG || im->type == IMAGE_WEBP)
		&& im->width && im->height && im->width <= 30000 && im->height <= 30000
		&& (uint64_t)im->width * im->height <= SCALE_PIXELS;
}

static bool run_child(struct str request, struct buf *out, struct fail *f)
{
	static const char *const argv[] = { "hameau", "scale-child", NULL };
	struct spawn_limits limits = { .cpu_s = 8, .wall_ms = 20000, .memory = 640 * (size_t)MIB,
				       .output = out->max };
	struct fail why = FAIL_INIT;

#ifdef HAMEAU_SANITIZED
	limits.memory = 0;
#endif
	if (spawn_filter("/proc/self/exe", argv, request, &limits, out, &why) && out->n)
		return true;
	if (why.code == FAIL_BUSY || why.code == FAIL_IO)
		return fail(f, why.code, "pictures cannot be made narrower now: %s", why.text);
	return fail(f, FAIL_INVALID, "the picture cannot be made narrower");
}

bool scale_down(struct str picture, int width, struct buf *out, struct fail *f)
{
	CLEANUP(buf_release) struct buf request = BUF(LIMIT_MEDIA + 100);
	CLEANUP(buf_release) struct buf made = BUF(picture.n + 64 * KIB);
	struct image im;
	uint64_t height;

	if (!image_probe(picture, &im) || !scale_can(&im) || width < 1
	    || (uint32_t)width >= im.width)
		return fail(f, FAIL_INVALID, "the picture cannot be made narrower");
	height = ((uint64_t)im.height * (unsigned)width + im.width / 2) / im.width;
	buf_addf(&request, "%d %d %d %d\n", (int)im.type, width, (int)(height ? height : 1),
		 im.orientation);
	buf_add(&request, picture);
	if (!buf_ok(&request) || !run_child(buf_str(&request), &made, f))
		return false;
	buf_add(out, buf_str(&made));
	return true;
}

bool scale_try(struct fail *f)
{
	/* Two grey pixels, a PNG. */
	static const char picture[] =
		"\211\120\116\107\015\012\032\012\000\000\000\015\111\110\104\122"
		"\000\000\000\002\000\000\000\001\010\000\000\000\000\321\111\040"
		"\126\000\000\000\013\111\104\101\124\170\234\143\160\150\000\000"
		"\001\003\000\301\324\041\340\372\000\000\000\000\111\105\116\104"
		"\256\102\140\202";
	CLEANUP(buf_release) struct buf out = BUF(4 * KIB);

	return scale_down(str_from(picture, sizeof picture - 1), 1, &out, NULL)
		|| fail(f, FAIL_NOT_FOUND, "the library %s cannot be loaded: install it",
			HAMEAU_LIBGD);
}
