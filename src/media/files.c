/* files.c - /media/<digest8>/<name>. An address never changes its bytes, so it may be
 * kept for ever; what a browser could run is only shown in a sandbox or downloaded. */
#include "media/files.h"

#include <stdatomic.h>
#include <sys/stat.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "content/address.h"
#include "content/media.h"
#include "http/mime.h"
#include "scale/scale.h"
#include "web/pictures.h"

enum { REST_S = 30 };

static const char file_head[] =
	"Cache-Control: public, max-age=31536000, immutable\r\n"
	"X-Content-Type-Options: nosniff\r\n"
	"Cross-Origin-Resource-Policy: same-site\r\n"
	"Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox\r\n"
	"Accept-Ranges: bytes\r\n";

/* An imported site may have had pictures below /media/ too. */
static bool elsewhere(struct ctx *cx, struct answer *ret, struct fail *f)
{
	enum address_kind kind;
	struct str to;

	if (!address_find(cx->arena, cx->tx, cx->path, &kind, &to, f))
		return false;
	if (kind == ADDRESS_FILE) {
		answer_moved(cx, ret, to);
		ret->status = 302;
	}
	return true;
}

static bool file_show(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct medium *m;

	if (!media_at(cx->arena, cx->tx, cx->path, &m, f))
		return false;
	answer_not_found(ret);
	if (!m)
		return elsewhere(cx, ret, f);
	*ret = (struct answer){
		.status = 200, .type = m->type, .head = str_of(file_head),
		.file = media_file(cx->arena, cx->site->dir, m->digest),
		.etag = arena_printf(cx->arena, "\"%.*s\"", STR_ARG(m->digest)),
	};
	if (!mime_of(cx->path)->shown)
		ret->head =
			arena_printf(cx->arena, "Content-Disposition: attachment\r\n%s", file_head);
	return true;
}

/* Until when no picture is tried, because the machine failed at one (no memory, no processes):
 * many that try at once would only make that worse. */
static atomic_llong resting;

/* made stays empty when there is none to be had: broken, too dear, or no smaller than the
 * picture. False: it may be another time. */
static bool scale_now(struct ctx *cx, struct str all, int64_t width, struct buf *made)
{
	struct fail why = FAIL_INIT;

	if (cx->now < atomic_load(&resting))
		return false;
	if (scale_down(all, (int)width, made, &why)) {
		if (made->n >= all.n)
			buf_clear(made);
		return true;
	}
	if (why.code == FAIL_INVALID)
		return true;
	log_warn("pictures are shown as they are for %d seconds: %s", REST_S, why.text);
	atomic_store(&resting, cx->now + REST_S);
	return false;
}

/* The copy of that width, made now if it is not there. An empty file says that there is none
 * to be had. */
static const char *narrower(struct ctx *cx, const struct medium *m, int64_t width)
{
	CLEANUP(buf_release) struct buf all = BUF(LIMIT_MEDIA), made = BUF(LIMIT_MEDIA);
	const char *path = arena_printf(cx->arena, "%s/%.2s/%.*s-%lld", cx->images, m->digest.p,
					STR_ARG(m->digest), (long long)width).p;
	struct stat st;

	if (stat(path, &st) == 0)
		return st.st_size ? path : NULL;
	if (!file_read(media_file(cx->arena, cx->site->dir, m->digest), &all, NULL)
	    || !scale_now(cx, buf_str(&all), width, &made)
	    || !dir_make(arena_cstr(cx->arena, path_dir(str_of(path))), NULL)
	    || !file_write(path, buf_str(&made), false, NULL))
		return NULL;
	return made.n ? path : NULL;
}

/* /media/<digest8>/w640/<name>. What cannot be had in that width is shown as it is. */
static bool narrow_show(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct str path = arena_printf(cx->arena, "/media/%.*s/%.*s", STR_ARG(cx->args[0]),
				       STR_ARG(cx->args[2]));
	const char *file = NULL;
	struct medium *m = NULL;
	int64_t width = 0;

	answer_not_found(ret);
	if (str_starts(cx->args[1], STR("w")) && route_number(str_skip(cx->args[1], 1), &width)
	    && !media_at(cx->arena, cx->tx, path, &m, f))
		return false;
	if (!m)
		return elsewhere(cx, ret, f);
	if (cx->images && width < m->width && pictures_has_width(cx, width))
		file = narrower(cx, m, width);
	if (!file) {
		answer_moved(cx, ret, path);
		ret->status = 302;
		return true;
	}
	*ret = (struct answer){
		.status = 200, .type = m->type, .head = str_of(file_head), .file = file,
		.etag = arena_printf(cx->arena, "\"%.*s-%lld\"", STR_ARG(m->digest),
				     (long long)width),
	};
	return true;
}

static const struct route routes[] = {
	{ "/media/:digest/:width/:name", narrow_show, NULL, 0 },
	{ "/media/:digest/:name", file_show, NULL, 0 },
	{ NULL, NULL, NULL, 0 },
};

static bool paths(struct ctx *cx, feature_path_fn *tell, void *arg, struct fail *f)
{
	struct str after = STR("");
	struct medium *all;
	size_t n;

	do {
		if (!media_all(cx->arena, cx->tx, after, 200, &all, &n, f))
			return false;
		for (size_t i = 0; i < n; i++) {
			after = all[i].path;
			if (!tell(arg, all[i].path, PATH_LED_TO, f))
				return false;
		}
	} while (n > 0);
	return true;
}

const struct feature files_feature = { .name = "media", .routes = routes, .paths = paths };
