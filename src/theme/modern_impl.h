/* modern_impl.h - what the files of the rewriter share; nobody else includes it.
 *
 * All rewriting is a list of edits: the walk over the source records them, and
 * they are applied at its end. So an inner change never moves an outer one.
 */
#ifndef THEME_MODERN_IMPL_H
#define THEME_MODERN_IMPL_H

#include "base/vec.h"
#include "theme/modern.h"
#include "theme/scss.h"

#define MODERN_DEPTH   40	/* functions in functions */
#define MODERN_EDITS   50000
#define MODERN_ALIASES 16

struct modern_alias {
	struct str name;
	struct str module;
};

struct modern {
	struct arena *arena;
	const char *label;
	struct str s;
	VEC(struct modern_edit) edits;
	unsigned own;
	int depth;
	bool prelude;
	bool broken;		/* a bracket has no end: libsass will say so, we stop here */
	bool full;		/* MODERN_EDITS were reached */
	struct modern_alias aliases[MODERN_ALIASES];
	size_t n_aliases;
	struct fail *f;
};

/* A call "name(args)": name at [at, open), arguments at (open, close). */
struct modern_call {
	size_t at, open, close;
};

#define MODERN_ARGS 16
struct modern_range {
	size_t from, to;	/* trimmed */
};

/* modern.c: recording. Wraps may nest; of two at one place the later one is the outer. */
void modern_replace(struct modern *m, size_t from, size_t to, struct str text);
void modern_open(struct modern *m, size_t at, struct str text);
void modern_close(struct modern *m, size_t at, struct str text);
/* "LABEL:LINE:COLUMN: " goes before the failure; returns false. */
bool modern_refuse(struct modern *m, size_t at);

/* modern_walk.c */
/* Rewrites what is in the expressions of [at, end); returns false with m->f set. */
MUST_CHECK bool modern_walk(struct modern *m, size_t at, size_t end);
MUST_CHECK bool modern_statements(struct modern *m);
/* Interpolations in [at, end) and nothing else. */
MUST_CHECK bool modern_inner(struct modern *m, size_t at, size_t end);
/* The call whose name begins at `at`: rewritten as the name asks. */
MUST_CHECK bool modern_function(struct modern *m, const struct modern_call *c);
/* Splits the arguments at a byte outside brackets; false: too many. */
bool modern_split(const struct modern *m, struct modern_range all, char at,
		  struct modern_range ret[MODERN_ARGS], size_t *n);
/* Makes text for the browser of [from, to): a $name and a call of a Sass function become
 * interpolations. quoted: it will stand in a string. */
MUST_CHECK bool modern_raw(struct modern *m, size_t from, size_t to, bool quoted);
/* The call becomes unquote("..."). */
MUST_CHECK bool modern_verbatim(struct modern *m, const struct modern_call *c);

/* modern_math.c: min, max and clamp */
MUST_CHECK bool modern_math(struct modern *m, const struct modern_call *c);
/* modern_color.c */
MUST_CHECK bool modern_color(struct modern *m, const struct modern_call *c);
/* modern_query.c: what stands between @media or @supports and its block */
MUST_CHECK bool modern_media(struct modern *m, size_t from, size_t to);
MUST_CHECK bool modern_supports(struct modern *m, size_t from, size_t to);
/* modern_module.c: @use and @forward up to the semicolon at `to`; then "module.name" */
MUST_CHECK bool modern_use(struct modern *m, size_t at, size_t to);
bool modern_is_module(const struct modern *m, size_t at, size_t *dot);
MUST_CHECK bool modern_member(struct modern *m, size_t at, size_t dot, size_t *end);

#endif
