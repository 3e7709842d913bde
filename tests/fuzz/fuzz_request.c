/* fuzz_request.c - any bytes as the head of a request: the verdict must be the same
 * whole and cut, and what was taken must keep the promises of request.h. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "http/http.h"
#include "http/negotiate.h"
#include "http/parser.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int parse_in_steps(struct arena *a, struct str bytes, size_t step, struct request *rq,
			  size_t *used)
{
	enum parser_result r = PARSER_MORE;
	struct parser p;

	parser_init(&p);
	for (size_t n = 0; n < bytes.n && r == PARSER_MORE;) {
		n = bytes.n - n < step ? bytes.n : n + step;
		request_init(rq, a);
		r = parser_head(&p, str_sub(bytes, 0, n), rq);
	}
	*used = p.used;
	return r == PARSER_DONE ? 200 : r == PARSER_BAD ? p.status : 0;
}

static void check(const struct request *rq)
{
	if (!rq->path.n || (rq->path.p[0] != '/' && rq->method != HTTP_OPTIONS))
		abort();
	if (!utf8_valid(rq->path) || str_find(rq->path, STR("//")) >= 0 ||
	    str_find(rq->path, STR("/../")) >= 0 || str_ends(rq->path, STR("/..")))
		abort();
	for (size_t i = 0; i < rq->path.n; i++)
		if (((unsigned char)rq->path.p[i] < 0x20 || rq->path.p[i] == 0x7f)
		    && !request_leads_nowhere(rq))
			abort();
	if (rq->minor && !rq->host.n)
		abort();
	if (rq->chunked && rq->length)
		abort();
	negotiate_gzip(rq);
	http_precondition(rq, STR("\"x\""), 784111777);
	http_range(rq, STR("\"x\""), 784111777, 1000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	size_t used, used_whole, step;
	struct request rq, whole;
	struct str bytes;
	int status;

	if (size < 1)
		return 0;
	bytes = str_from((const char *)data + 1, size - 1);
	step = bytes.n > 2000 ? 64 + data[0] : 1 + data[0] % 16;
	status = parse_in_steps(a, bytes, bytes.n, &whole, &used_whole);
	if (parse_in_steps(a, bytes, step, &rq, &used) != status)
		abort();
	if (status != 200)
		return 0;
	if (used != used_whole || !str_eq(rq.path, whole.path) || !str_eq(rq.host, whole.host) ||
	    rq.n_fields != whole.n_fields)
		abort();
	check(&whole);
	return 0;
}
