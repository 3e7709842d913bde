/* pattern.c - see pattern.h. */
#include "unicode/pattern.h"
#include <unicode/uregex.h>
#include "base/mem.h"
#include "unicode/wide.h"

#define STEPS 1000		/* of ICU's clock: some milliseconds each at most */

struct pattern {
	URegularExpression *regex;
};

struct pattern *pattern_new(struct str regex)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct wide w = wide_of(a, regex);
	UErrorCode status = U_ZERO_ERROR;
	URegularExpression *made = uregex_open(w.p, w.n, UREGEX_UWORD, NULL, &status);
	struct pattern *p;

	if (U_FAILURE(status))
		return NULL;
	uregex_setTimeLimit(made, STEPS, &status);
	p = MEM_NEW(struct pattern);
	p->regex = made;
	return p;
}

void pattern_free(struct pattern *p)
{
	if (!p)
		return;
	uregex_close(p->regex);
	mem_free(p);
}

bool pattern_found(struct pattern *p, struct str text)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct wide w = wide_of(a, text);
	UErrorCode status = U_ZERO_ERROR;
	bool found;

	uregex_setText(p->regex, w.p, w.n, &status);
	found = uregex_find(p->regex, 0, &status);
	return U_SUCCESS(status) && found;
}

struct str pattern_replace(struct arena *a, struct pattern *p, struct str text, const char *with)
{
	struct wide w = wide_of(a, text), other = wide_of(a, str_of(with));
	struct wide made = wide_room(a, w.n * (other.n + 1) + other.n);
	UErrorCode status = U_ZERO_ERROR;

	uregex_setText(p->regex, w.p, w.n, &status);
	made.n = uregex_replaceAll(p->regex, other.p, other.n, made.p, made.n + 1, &status);
	return U_SUCCESS(status) ? wide_str(a, made) : text;
}
