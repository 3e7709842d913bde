/* route.c - matching segment by segment; tables are short, so a walk is enough. */
#include "web/route.h"

static struct str segment(struct str *rest)
{
	struct str after, s = str_cut(*rest, '/', &after);

	/* What follows keeps its meaning: "" after a final slash is a segment, too. */
	*rest = after;
	return s;
}

/* Of most patterns the first letter tells that they are not meant. */
static bool may_match(const char *pattern, struct str path)
{
	char first = path.n > 1 ? path.p[1] : '\0';

	return pattern[1] == first || pattern[1] == ':' || pattern[1] == '*';
}

bool route_match(const char *pattern, struct str path, struct str args[CTX_ARGS])
{
	struct str want, have = str_skip(path, 1);
	size_t n = 0;

	if (!may_match(pattern, path))
		return false;
	want = str_skip(str_of(pattern), 1);
	for (;;) {
		bool want_more = want.p != NULL, have_more = have.p != NULL;
		struct str w, h;

		if (!want_more || !have_more)
			return want_more == have_more;
		w = segment(&want);
		if (str_eq(w, STR("*"))) {
			args[n] = have;
			return true;
		}
		h = segment(&have);
		if (w.n && w.p[0] == ':') {
			if (h.n == 0 || n == CTX_ARGS)
				return false;
			args[n++] = h;
		} else if (!str_eq(w, h)) {
			return false;
		}
	}
}

bool route_number(struct str s, int64_t *ret)
{
	return s.n && s.n < 9 && s.p[0] != '0' && str_to_i64(s, ret) && *ret > 0
		&& *ret <= 10000000;
}
