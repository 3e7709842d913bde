/* negotiate.c - see negotiate.h. */
#include "http/lex.h"
#include "http/negotiate.h"

/* "gzip", "gzip, deflate, br": what browsers say, and no quality in it. */
static bool begins_with_gzip(struct str list)
{
	return str_starts(list, STR("gzip")) && (list.n == 4 || list.p[4] == ',')
		&& !str_has_char(list, ';');
}

bool negotiate_gzip(const struct request *rq)
{
	struct str rest = request_field(rq, STR("Accept-Encoding")), word;
	int gzip = -1, identity = -1, others = -1, q;

	if (begins_with_gzip(rest))
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

/* "fr" matches "fr" and "fr-CA", not "fra". */
static bool covers(struct str range, struct str tag)
{
	return str_starts_nocase(tag, range) && (tag.n == range.n || tag.p[range.n] == '-');
}

static int match(struct str range, const struct str *languages, size_t count)
{
	ptrdiff_t cut;

	if (str_eq(range, STR("*")))
		return count ? 0 : -1;
	while (range.n) {
		for (size_t i = 0; i < count; i++)
			if (str_eq_nocase(range, languages[i]))
				return (int)i;
		for (size_t i = 0; i < count; i++)
			if (covers(range, languages[i]))
				return (int)i;
		cut = str_rfind_char(range, '-');
		range = str_sub(range, 0, cut < 0 ? 0 : (size_t)cut);
	}
	return -1;
}

int negotiate_language(struct str accept, const struct str *languages, size_t count)
{
	struct str rest = accept, range;
	int best = -1, best_q = 0, q, found;

	while (lex_quality(&rest, &range, &q)) {
		if (q <= best_q)
			continue;
		found = match(range, languages, count);
		if (found < 0)
			continue;
		best = found;
		best_q = q;
	}
	return best;
}
