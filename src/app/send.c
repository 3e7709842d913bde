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

/* A part of it: the head is made for this reader. Parts are of the plain bytes. */
static void send_part(const struct request *rq, struct entry *e, struct reply *ret)
{
	ret->head = arena_printf(rq->arena, "Content-Type: %.*s\r\nETag: %.*s\r\n%s%.*s",
				 STR_ARG(e->type), STR_ARG(e->etag),
				 e->is_double ? "Vary: Accept-Encoding\r\n" : "",
				 STR_ARG(e->head));
	ret->body = e->plain;
	reply_range(rq, ret, e->etag, e->last_modified);
}

/* The page is not what the client takes it for (If-Match, If-Unmodified-Since). */
static void send_refusal(struct reply *ret)
{
	ret->status = 412;
	ret->head = STR("Cache-Control: no-store\r\n");
}

static bool wants_part(const struct request *rq)
{
	return rq->method == HTTP_GET && request_field(rq, STR("Range")).p;
}

bool send_takes_gzip(const struct request *rq)
{
	return negotiate_gzip(rq) && !wants_part(rq);
}

void send_entry(const struct request *rq, struct entry *e, bool gzip, struct reply *ret)
{
	int condition = 0;

	gzip = gzip && e->is_double;
	*ret = REPLY(e->status);
	ret->release = drop_entry;
	ret->owner = e;
	if (e->status == 200 && request_has_conditions(rq))
		condition = http_precondition(rq, gzip ? e->etag_gzip : e->etag, e->last_modified);
	if (condition == 412) {
		send_refusal(ret);
		return;
	}
	if (condition == 304) {
		ret->status = 304;
		ret->head = gzip ? e->head_gzip_304 : e->head_plain_304;
		ret->prepared = true;
		return;
	}
	if (!gzip && e->status == 200 && wants_part(rq)) {
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
	struct str id, name;
	const struct asset *a;
	struct theme *t;
	bool current, gzip;
	struct str etag;

	if (!str_starts(rq->path, STR(ASSET_PREFIX)))
		return false;
	id = str_cut(str_skip(rq->path, sizeof ASSET_PREFIX - 1), '/', &name);
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
				 "Content-Security-Policy: default-src 'none';"
				 " style-src 'unsafe-inline'; sandbox\r\n"
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
	int condition;

	if (fd < 0 || fstat(fd, &st) < 0) {
		fail_errno(f, "cannot open %s", r->file);
		fd_close(&fd);
		return false;
	}
	*ret = REPLY(200);
	ret->head = arena_printf(rq->arena, "Content-Type: %.*s\r\nETag: %.*s\r\n%.*s",
				 STR_ARG(r->type), STR_ARG(r->etag), STR_ARG(r->head));
	condition = http_precondition(rq, r->etag, 0);
	if (condition) {
		close(fd);
		ret->status = condition;
		if (condition == 412)
			send_refusal(ret);
		return true;
	}
	ret->has_file = true;
	ret->fd = fd;
	ret->file_bytes = (uint64_t)st.st_size;
	reply_range(rq, ret, r->etag, 0);
	return true;
}

void send_moved(const struct request *rq, struct str to, struct reply *ret)
{
	CLEANUP(buf_release) struct buf head = BUF(16384);

	buf_adds(&head,
		 "Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n");
	reply_field(&head, STR("Location"), to);
	*ret = REPLY(301);
	ret->head = arena_str(rq->arena, buf_str(&head));
	ret->body = arena_printf(rq->arena, "%.*s\n", STR_ARG(to));
}
