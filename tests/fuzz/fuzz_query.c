/* fuzz_query.c - any bytes as a query, a path, a host and a list of languages. */
#include <stdlib.h>

#include "base/utf8.h"
#include "http/negotiate.h"
#include "http/query.h"
#include "http/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_query(struct arena *a, struct str s)
{
	struct query_pair *pairs;
	size_t n;

	pairs = query_parse(a, s, &n);
	for (size_t i = 0; i < n; i++)
		if (!utf8_valid(pairs[i].name) || !utf8_valid(pairs[i].value))
			abort();
	if (n && !query_has(a, s, pairs[n - 1].name))
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
	static const struct str languages[] = { STR_INIT("en"), STR_INIT("pt-BR") };
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
	negotiate_language(s, languages, 2);
	return 0;
}
