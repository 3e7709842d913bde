/* pairs.c - the list of pairs both parsers fill. */
#include "frontmatter/pairs.h"
#include <string.h>

void pairs_init(struct pairs *ps, struct arena *a, const char *name, int first_line)
{
	memset(ps, 0, sizeof *ps);
	ps->arena = a;
	ps->name = name;
	ps->first_line = first_line;
}

bool pairs_enter(struct pairs *ps, struct str part)
{
	if (ps->path_n + part.n + 1 >= PAIRS_KEY_MAX)
		return false;
	if (ps->path_n)
		ps->path[ps->path_n++] = '.';
	if (part.n)
		memcpy(ps->path + ps->path_n, part.p, part.n);
	ps->path_n += part.n;
	return true;
}

void pairs_leave(struct pairs *ps, size_t path_n)
{
	ps->path_n = path_n;
}

bool pairs_fail(const struct pairs *ps, int line, struct fail *f)
{
	return fail_in(f, "%s:%d", ps->name, ps->first_line + line - 1);
}

static void grow(struct pairs *ps)
{
	struct frontmatter_pair *p;

	if (ps->n < ps->cap)
		return;
	ps->cap = ps->cap ? ps->cap * 2 : 16;
	p = arena_array(ps->arena, ps->cap, sizeof *p);
	if (ps->n)
		memcpy(p, ps->p, ps->n * sizeof *p);
	ps->p = p;
}

bool pairs_begin(struct pairs *ps, int line, bool is_list, struct fail *f)
{
	if (++ps->values > PAIRS_MAX) {
		fail(f, FAIL_TOO_LARGE, "the front matter has more than %d values", PAIRS_MAX);
		return pairs_fail(ps, line, f);
	}
	grow(ps);
	ps->p[ps->n++] = (struct frontmatter_pair){
		.key = arena_str(ps->arena, str_from(ps->path, ps->path_n)),
		.line = ps->first_line + line - 1,
		.is_list = is_list,
	};
	return true;
}

/* The values of a pair double their room at powers of two. */
bool pairs_value(struct pairs *ps, size_t pair, struct str v, int line, struct fail *f)
{
	struct frontmatter_pair *last = &ps->p[pair];

	if (++ps->values > PAIRS_MAX) {
		fail(f, FAIL_TOO_LARGE, "the front matter has more than %d values", PAIRS_MAX);
		return pairs_fail(ps, line, f);
	}
	if ((last->n & (last->n - 1)) == 0) {
		struct str *values =
			arena_array(ps->arena, last->n ? last->n * 2 : 1, sizeof *values);

		if (last->n)
			memcpy(values, last->values, last->n * sizeof *values);
		last->values = values;
	}
	last->values[last->n++] = arena_str(ps->arena, v);
	return true;
}
