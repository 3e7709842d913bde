/* target.c - see target.h. */
#include "http/target.h"
#include "http/lex.h"
#include "http/url.h"

static int refuse(int status, const char *text, const char **why)
{
	*why = text;
	return status;
}

/* Where the authority of an absolute-form target begins; 0 for other forms. */
static size_t scheme_length(struct str target)
{
	if (str_starts_nocase(target, STR("http://")))
		return 7;
	if (str_starts_nocase(target, STR("https://")))
		return 8;
	return 0;
}

static void resolve_path(struct request *rq, struct str raw)
{
	struct str query, path = str_cut(raw, '?', &query);

	rq->has_query = query.p != NULL;
	rq->query = query;
	if (!path.n)
		path = STR("/");
	if (!url_path(rq->arena, path, &rq->path, &rq->path_folded)) {
		rq->path = REQUEST_NOWHERE;
		rq->path_folded = false;
	}
}

bool target_take_query(struct request *rq, size_t room)
{
	struct str query, path = str_cut(rq->target, '?', &query);

	if (!query.p || !target_is_plain(path, room) || lex_target(query) != query.n)
		return false;
	rq->path = path;
	rq->path_folded = false;
	rq->query = query;
	rq->has_query = true;
	return true;
}

int target_resolve(struct request *rq, struct str host_field, bool has_host, const char **why)
{
	struct str target = rq->target, authority;
	size_t skip;

	rq->host = STR_NONE;
	rq->port = 0;
	if (has_host && !url_host(rq->arena, host_field, &rq->host, &rq->port))
		return refuse(400, "the Host field makes no sense", why);
	if (rq->method == HTTP_CONNECT)
		return refuse(501, "CONNECT is for proxies", why);
	if (str_eq(target, STR("*")) && rq->method == HTTP_OPTIONS) {
		rq->path = target;
		return 0;
	}
	if (target.p[0] == '/') {
		resolve_path(rq, target);
		return 0;
	}
	skip = scheme_length(target);
	if (!skip)
		return refuse(400, "the address is neither a path nor a URL", why);

	target = str_skip(target, skip);
	for (skip = 0; skip < target.n && target.p[skip] != '/' && target.p[skip] != '?'; skip++)
		;
	authority = str_sub(target, 0, skip);
	if (!url_host(rq->arena, authority, &rq->host, &rq->port))
		return refuse(400, "the host of the address makes no sense", why);
	resolve_path(rq, str_skip(target, skip));
	return 0;
}
