/* fuzz_request.c - any bytes as the head of a request: the verdict must be the same
 * whole, cut, and with heads that were kept, and what was taken must keep the promises of
 * request.h. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "http/http.h"
#include "http/negotiate.h"
#include "http/parser.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int parse_in_steps(struct arena *a, struct heads *heads, struct str bytes, size_t step,
			  struct request *rq, size_t *used)
{
	enum parser_result r = PARSER_MORE;
	struct parser p;

	parser_init(&p);
	p.heads = heads;
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

static void assert_same(const struct request *a, const struct request *b)
{
	if (!str_eq(a->path, b->path) || !str_eq(a->host, b->host) || a->n_fields != b->n_fields
	    || a->names != b->names || a->keep_alive != b->keep_alive)
		abort();
	for (size_t i = 0; i < a->n_fields; i++)
		if (!str_eq(a->fields[i].name, b->fields[i].name)
		    || !str_eq(a->fields[i].value, b->fields[i].value))
			abort();
}

/* The first time it is offered, the second kept, the third known. */
static void parse_known(struct arena *a, struct str bytes, int status, const struct request *whole)
{
	static struct heads *heads;
	struct request rq;
	size_t used;

	if (!heads)
		heads = heads_new();
	for (int i = 0; i < 3; i++) {
		if (parse_in_steps(a, heads, bytes, bytes.n, &rq, &used) != status)
			abort();
		if (status == 200)
			assert_same(&rq, whole);
	}
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
	status = parse_in_steps(a, NULL, bytes, bytes.n, &whole, &used_whole);
	parse_known(a, bytes, status, &whole);
	if (parse_in_steps(a, NULL, bytes, step, &rq, &used) != status)
		abort();
	if (status != 200)
		return 0;
	if (used != used_whole)
		abort();
	assert_same(&rq, &whole);
	check(&whole);
	return 0;
}
