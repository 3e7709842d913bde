/* files.c - /media/<digest8>/<name>. An address never changes its bytes, so it may be
 * kept for ever; what a browser could run is only shown in a sandbox or downloaded. */
#include "media/files.h"

#include "content/address.h"
#include "content/media.h"
#include "http/mime.h"
#include "web/view.h"

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

static const struct route routes[] = {
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
			if (!tell(arg, all[i].path, f))
				return false;
		}
	} while (n > 0);
	return true;
}

const struct feature files_feature = { "media", routes, paths };
