/* send.c - see send.h. */
#include "app/send.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "http/http.h"
#include "http/negotiate.h"

static void drop_entry(void *owner)
{
	entry_drop(owner);
}

/* A part of it: the head is made for this reader. */
static void send_part(const struct request *rq, struct entry *e, struct reply *ret)
{
	ret->head = arena_printf(rq->arena, "Content-Type: %.*s\r\nETag: %.*s\r\n%.*s",
				 STR_ARG(e->type), STR_ARG(e->etag), STR_ARG(e->head));
	ret->body = e->plain;
	reply_range(rq, ret, e->etag, e->last_modified);
}

void send_entry(const struct request *rq, struct entry *e, struct reply *ret)
{
	bool gzip = e->gzip.n && negotiate_gzip(rq);

	*ret = REPLY(e->status);
	ret->release = drop_entry;
	ret->owner = e;
	if (e->status == 200
	    && http_not_modified(rq, gzip ? e->etag_gzip : e->etag, e->last_modified)) {
		ret->status = 304;
		ret->head = gzip ? e->head_gzip_304 : e->head_plain_304;
		ret->prepared = true;
		return;
	}
	if (e->status == 200 && request_field(rq, STR("range")).p) {
		send_part(rq, e, ret);
		return;
	}
	ret->prepared = true;
	ret->head = gzip ? e->head_gzip : e->head_plain;
	ret->body = gzip ? e->gzip : e->plain;
}

static void drop_theme(void *owner)
{
	theme_unref(owner);
}

bool send_asset(struct engine *e, const struct request *rq, struct reply *ret)
{
	struct str rest = str_skip(rq->path, sizeof ASSET_PREFIX - 1), id, name;
	const struct asset *a;
	struct theme *t;
	bool current, gzip;
	struct str etag;

	if (!str_starts(rq->path, STR(ASSET_PREFIX)))
		return false;
	id = str_cut(rest, '/', &name);
	t = themes_find(e->themes, id);
	a = t ? theme_asset(t, name, &current) : NULL;
	if (!a) {
		theme_unref(t);
		return false;
	}
	gzip = a->gzip.n && negotiate_gzip(rq);
	etag = gzip ? a->etag_gzip : a->etag;
	*ret = REPLY(http_not_modified(rq, etag, 0) ? 304 : 200);
	ret->release = drop_theme;
	ret->owner = t;
	ret->body = ret->status == 304 ? STR("") : gzip ? a->gzip : a->bytes;
	ret->head = arena_printf(rq->arena, "Content-Type: %.*s\r\n%sETag: %.*s\r\n"
				 "Vary: Accept-Encoding\r\nX-Content-Type-Options: nosniff\r\n"
				 "Cache-Control: public, max-age=%s\r\n", STR_ARG(a->type),
				 gzip ? "Content-Encoding: gzip\r\n" : "", STR_ARG(etag),
				 current ? "31536000, immutable" : "60");
	return true;
}

bool send_file(const struct request *rq, const struct rendering *r, struct reply *ret,
	       struct fail *f)
{
	int fd = open(r->file, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0) {
		fail_errno(f, "cannot open %s", r->file);
		fd_close(&fd);
		return false;
	}
	*ret = REPLY(200);
	ret->head = arena_printf(rq->arena, "Content-Type: %.*s\r\nETag: %.*s\r\n%.*s",
				 STR_ARG(r->type), STR_ARG(r->etag), STR_ARG(r->head));
	if (http_not_modified(rq, r->etag, 0)) {
		close(fd);
		ret->status = 304;
		return true;
	}
	ret->has_file = true;
	ret->fd = fd;
	ret->file_bytes = (uint64_t)st.st_size;
	reply_range(rq, ret, r->etag, 0);
	return true;
}

void send_plain(const struct request *rq, int status, struct str head, const char *text,
		struct reply *ret)
{
	*ret = REPLY(status);
	ret->head = arena_printf(rq->arena, "Content-Type: text/plain; charset=utf-8\r\n"
				 "X-Content-Type-Options: nosniff\r\n%.*s", STR_ARG(head));
	ret->body = arena_printf(rq->arena, "%s\n", text);
}

void send_moved(const struct request *rq, struct str to, struct reply *ret)
{
	CLEANUP(buf_release) struct buf head = BUF(16384);

	reply_field(&head, STR("Location"), to);
	send_plain(rq, 301, buf_str(&head), arena_cstr(rq->arena, to), ret);
}
