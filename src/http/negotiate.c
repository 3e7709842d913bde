/* negotiate.c - see negotiate.h. */
#include "http/negotiate.h"
#include "http/lex.h"

/* What browsers say. */
static inline bool is_usual(struct str list)
{
	return str_same(list, STR("gzip, deflate, br, zstd"))
		|| str_same(list, STR("gzip, deflate, br"));
}

/* "gzip", "gzip, deflate": and no quality in it. */
static bool begins_with_gzip(struct str list)
{
	if (list.n < 4 || lex_four(list.p, 0) != lex_four("gzip", 0))
		return false;
	return list.n == 4 || (list.p[4] == ',' && !str_has_char(list, ';'));
}

bool negotiate_gzip(const struct request *rq)
{
	struct str rest = request_field(rq, STR("Accept-Encoding")), word;
	int gzip = -1, identity = -1, others = -1, q;

	if (!rest.n)
		return false;
	if (is_usual(rest) || begins_with_gzip(rest))
		return true;
	while (lex_quality(&rest, &word, &q)) {
		if (str_eq_nocase(word, STR("gzip")) || str_eq_nocase(word, STR("x-gzip")))
			gzip = q;
		else if (str_eq_nocase(word, STR("identity")))
			identity = q;
		else if (str_eq(word, STR("*")))
			others = q;
	}
	if (gzip < 0)
		gzip = others;
	/* Plain bytes that are not spoken of are acceptable, but not wished for. */
	if (identity < 0)
		identity = 0;
	return gzip > 0 && gzip >= identity;
}
