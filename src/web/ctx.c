/* ctx.c - see ctx.h. */
#include "web/ctx.h"

#include "http/url.h"

struct value *ctx_once(struct ctx *cx, enum ctx_part part, struct value *(*make)(struct ctx *cx))
{
	struct arena *page = cx->arena;
	struct value **kept;

	if (!cx->common)
		return make(cx);
	kept = &cx->common->parts[part];
	if (!*kept) {
		cx->arena = cx->common->arena;
		*kept = make(cx);
		cx->arena = page;
	}
	return *kept;
}

struct str ctx_absolute(const struct ctx *cx, struct str path)
{
	CLEANUP(buf_release) struct buf b = BUF(8192);

	buf_add(&b, cx->origin);
	url_encode_path(&b, path);
	return arena_str(cx->arena, buf_str(&b));
}

struct str ctx_elsewhere(const struct ctx *cx, struct str host, struct str path)
{
	CLEANUP(buf_release) struct buf b = BUF(8192);

	buf_addf(&b, "%.*s://%.*s%.*s", STR_ARG(cx->scheme), STR_ARG(host), STR_ARG(cx->port));
	url_encode_path(&b, path);
	return arena_str(cx->arena, buf_str(&b));
}

struct str ctx_of_host(const struct ctx *cx, struct str path)
{
	struct str address = ctx_elsewhere(cx, cx->host, path);

	if (!cx->host.n)
		return STR("");
	return arena_printf(cx->arena, "%.*s?lang=%.*s", STR_ARG(address), STR_ARG(cx->lang));
}

struct str ctx_say(const struct ctx *cx, const char *format, ...)
{
	va_list ap;
	struct str s;

	va_start(ap, format);
	s = arena_vprintf(cx->arena, format, ap);
	va_end(ap);
	return s;
}
