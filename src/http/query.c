/* query.c - see query.h. */
#include "http/query.h"
#include "base/utf8.h"
#include "http/url.h"

static struct str text_of(struct arena *a, struct str raw)
{
	struct str s = url_decode(a, raw, true);
	struct str ret;
	struct buf b = BUF(s.n * 3 + 4);

	if (utf8_valid(s))
		return s;
	for (size_t at = 0; at < s.n;)
		utf8_put(&b, utf8_next(s, &at));
	ret = arena_str(a, buf_str(&b));
	buf_release(&b);
	return ret;
}

/* The next "name=value" as it stands; false at the end. */
static bool next_raw(struct str *rest, struct str *name, struct str *value)
{
	struct str pair;

	while (rest->n) {
		pair = str_cut(*rest, '&', rest);
		if (!pair.n)
			continue;
		*name = str_cut(pair, '=', value);
		return true;
	}
	return false;
}

bool query_next(struct arena *a, struct str *rest, struct query_pair *ret)
{
	struct str name, value;

	if (!next_raw(rest, &name, &value))
		return false;
	ret->name = text_of(a, name);
	ret->value = value.p ? text_of(a, value) : STR_NONE;
	return true;
}

static bool find(struct arena *a, struct str query, struct str name, struct query_pair *ret)
{
	struct str rest = query;

	for (int i = 0; i < QUERY_PAIRS && query_next(a, &rest, ret); i++)
		if (str_eq(ret->name, name))
			return true;
	return false;
}

struct str query_get(struct arena *a, struct str query, struct str name)
{
	struct query_pair pair;

	if (!find(a, query, name, &pair))
		return STR_NONE;
	return pair.value.p ? pair.value : STR("");
}
