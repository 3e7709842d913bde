/* css_vars.c - see css_vars.h. */
#include "check/css_vars.h"

#include "base/buf.h"
#include "check/css_scan.h"

enum { DEPTH = 16, VALUE = 4096 };

/* Newest first. */
struct css_vars {
	struct str name, value;
	const struct css_vars *next;
};

/* Before `end`; or NULL. */
static const struct css_vars *find(const struct css_vars *vars, const struct css_vars *end,
				   struct str name)
{
	for (; vars != end; vars = vars->next)
		if (str_eq(vars->name, name))
			return vars;
	return NULL;
}

static bool resolve(const struct css_vars *vars, struct str value, int depth, struct buf *out);

/* "--x, fallback": what stood in var(). */
static bool put_var(const struct css_vars *vars, struct str inside, int depth, struct buf *out)
{
	struct str rest = inside, name;
	const struct css_vars *set;

	if (depth == DEPTH)
		return false;
	css_scan_part(&rest, ',', &name);
	set = find(vars, NULL, name);
	if (set)
		return resolve(vars, set->value, depth + 1, out);
	return rest.p && resolve(vars, str_trim(rest), depth + 1, out);
}

/* The value with every var() replaced; false: one is not set. */
static bool resolve(const struct css_vars *vars, struct str value, int depth, struct buf *out)
{
	for (ptrdiff_t at; (at = str_find(value, STR("var("))) >= 0;) {
		size_t end = (size_t)at + 4;

		buf_add(out, str_sub(value, 0, (size_t)at));
		for (int open = 1; end < value.n && open; end++)
			open += (value.p[end] == '(') - (value.p[end] == ')');
		if (!put_var(vars, str_sub(value, (size_t)at + 4, end - 1), depth, out))
			return false;
		value = str_skip(value, end);
	}
	buf_add(out, value);
	return buf_ok(out);
}

struct str css_vars_resolve(struct arena *a, const struct css_vars *vars, struct str value)
{
	CLEANUP(buf_release) struct buf b = BUF(VALUE);

	if (str_find(value, STR("var(")) < 0)
		return value;
	return resolve(vars, value, 0, &b) ? arena_str(a, buf_str(&b)) : STR_NONE;
}

const struct css_vars *css_vars_add(struct arena *a, const struct css_vars *vars, struct str name,
				    struct str value)
{
	struct css_vars *v = ARENA_NEW(a, struct css_vars);

	*v = (struct css_vars){ name, value, vars };
	return v;
}

const struct css_vars *css_vars_settle(struct arena *a, const struct css_vars *own,
				       const struct css_vars *above)
{
	const struct css_vars *all = above;

	for (const struct css_vars *v = own; v && v != above; v = v->next) {
		CLEANUP(buf_release) struct buf b = BUF(VALUE);

		/* the newest comes first and counts */
		if (!find(all, above, v->name) && resolve(own, v->value, 0, &b))
			all = css_vars_add(a, all, v->name, arena_str(a, buf_str(&b)));
	}
	return all;
}
