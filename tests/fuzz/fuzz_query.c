/* fuzz_query.c - any bytes as a query, a path and a host. */
#include <stdlib.h>

#include "base/utf8.h"
#include "http/query.h"
#include "http/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_query(struct arena *a, struct str s)
{
	struct query_pair pair;
	struct str rest = s, last = STR_NONE;

	for (int i = 0; i < QUERY_PAIRS && query_next(a, &rest, &pair); i++) {
		if (!utf8_valid(pair.name) || !utf8_valid(pair.value))
			abort();
		last = pair.name;
	}
	if (last.p && !query_get(a, s, last).p)
		abort();
}

/* What is encoded decodes to itself. */
static void check_coding(struct arena *a, struct str s)
{
	CLEANUP(buf_release) struct buf b = BUF(s.n * 3 + 1);

	url_encode(&b, s);
	if (!str_eq(url_decode(a, buf_str(&b), true), s))
		abort();
	buf_clear(&b);
	url_encode_path(&b, s);
	if (!str_eq(url_decode(a, buf_str(&b), false), s))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str s = str_from((const char *)data, size), host, path;
	uint16_t port;
	bool folded;

	check_query(a, s);
	check_coding(a, s);
	if (url_host(a, s, &host, &port) && (!host.n || str_has_char(host, '/')))
		abort();
	if (url_path(a, s, &path, &folded) && !utf8_valid(path))
		abort();
	return 0;
}
