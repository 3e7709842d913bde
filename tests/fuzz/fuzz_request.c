/* fuzz_request.c - any bytes as the head of a request: the verdict must be the same
 * whole, cut, on any processor, and with heads that were kept; lines and fields must be those that
 * one finds who looks at one byte after the other; and what was taken must keep the promises of
 * request.h. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "base/wide.h"
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

static bool is_token(char c)
{
	return c && (str_has_char(STR("!#$%&'*+-.^_`|~"), c) || (c >= '0' && c <= '9')
		     || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
}

/* The line at *at, and *at behind its CRLF. False: a control byte, or the bytes end. */
static bool next_line(struct str bytes, size_t *at, struct str *line, bool *is_bad)
{
	for (size_t i = *at; i < bytes.n; i++) {
		char c = bytes.p[i];

		if (c == '\r' && i + 1 == bytes.n)
			return false;
		if (c == '\r' && bytes.p[i + 1] == '\n') {
			*line = str_sub(bytes, *at, i);
			*at = i + 2;
			return true;
		}
		*is_bad |= ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f;
		if (*is_bad)
			return false;
	}
	return false;
}

/* Reads the fields in the simplest way. Counts those that are right; *end: behind the empty
 * line, or 0. False: a line that no head may have. */
static bool read_simply(struct str bytes, struct field *fields, size_t *count, size_t *end)
{
	size_t at = str_starts(bytes, STR("\r\n")) ? 2 : 0, n;
	bool is_bad = false;
	struct str line;

	*count = *end = 0;
	if (!next_line(bytes, &at, &line, &is_bad))
		return !is_bad;
	while (next_line(bytes, &at, &line, &is_bad)) {
		if (!line.n) {
			*end = at;
			return true;
		}
		for (n = 0; n < line.n && is_token(line.p[n]); n++)
			;
		if (!n || n == line.n || line.p[n] != ':')
			return false;
		if (*count == LIMIT_FIELDS)
			return false;
		fields[*count].name = str_sub(line, 0, n);
		for (n++; n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'); n++)
			;
		line = str_skip(line, n);
		while (line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
			line.n--;
		fields[(*count)++].value = line;
	}
	return !is_bad;
}

static void check_lines(struct str bytes, int status, const struct request *rq, size_t used)
{
	struct field fields[LIMIT_FIELDS];
	size_t count, end;
	bool is_good = read_simply(bytes, fields, &count, &end);

	if (bytes.n > LIMIT_TARGET)
		return;				/* limits are the unit test's */
	if ((status == 200 && (!is_good || end != used)) || (status == 0 && (!is_good || end)))
		abort();
	if (status != 200)
		return;
	if (count != rq->n_fields)
		abort();
	for (size_t i = 0; i < count; i++)
		if (!str_eq(fields[i].name, rq->fields[i].name)
		    || !str_eq(fields[i].value, rq->fields[i].value))
			abort();
}

static void assert_same(const struct request *a, const struct request *b)
{
	if (!str_eq(a->path, b->path) || !str_eq(a->host, b->host) || a->n_fields != b->n_fields
	    || a->names != b->names || a->shared != b->shared || a->keep_alive != b->keep_alive
	    || a->length != b->length || a->chunked != b->chunked || !str_eq(a->query, b->query)
	    || a->has_query != b->has_query || a->port != b->port)
		abort();
	for (size_t i = 0; i < a->n_fields; i++)
		if (!str_eq(a->fields[i].name, b->fields[i].name)
		    || !str_eq(a->fields[i].value, b->fields[i].value)
		    || !str_eq(request_field(a, a->fields[i].name),
			       request_field(b, b->fields[i].name)))
			abort();
}

/* As a processor reads it that has nothing but what all have. */
static void parse_narrow(struct arena *a, struct str bytes, int status, const struct request *whole)
{
	bool wide = wide_is_used;
	struct request rq;
	size_t used;

	wide_is_used = false;
	if (parse_in_steps(a, NULL, bytes, bytes.n, &rq, &used) != status)
		abort();
	wide_is_used = wide;
	if (status == 200)
		assert_same(&rq, whole);
}

/* The first time it is offered, the second kept, the third known, and the fourth too. */
static void parse_known(struct arena *a, struct str bytes, int status, const struct request *whole)
{
	static struct heads *heads;
	bool wide = wide_is_used;
	struct request rq;
	size_t used;

	if (!heads)
		heads = heads_new();
	for (int i = 0; i < 4; i++) {
		wide_is_used = wide && i < 3;
		if (parse_in_steps(a, heads, bytes, bytes.n, &rq, &used) != status)
			abort();
		if (status == 200)
			assert_same(&rq, whole);
	}
	wide_is_used = wide;
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
	check_lines(bytes, status, &whole, used_whole);
	parse_narrow(a, bytes, status, &whole);
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
