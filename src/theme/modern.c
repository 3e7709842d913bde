/* modern.c - edits: recorded in any order, applied by place, followed back from a column. */
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/limits.h"
#include "theme/modern_impl.h"

const char modern_prelude[] =
	"@function hameau-both($a,$b){@return type-of($a)==number and type-of($b)==number}"
	"@function hameau-add($a,$b){@if hameau-both($a,$b) and comparable($a,$b){@return $a+$b}"
	"@return unquote(\"calc(#{$a} + #{$b})\")}"
	"@function hameau-sub($a,$b){@if hameau-both($a,$b) and comparable($a,$b){@return $a - $b}"
	"@return unquote(\"calc(#{$a} - #{$b})\")}"
	"@function hameau-mul($a,$b){@if hameau-both($a,$b) and (unitless($a) or unitless($b)){"
	"@return $a*$b}@return unquote(\"calc(#{$a} * #{$b})\")}"
	"@function hameau-div($a,$b){@if hameau-both($a,$b) and $b!=0 and (unitless($b) or"
	" (comparable($a,$b) and not unitless($a))){@return $a/$b}"
	"@return unquote(\"calc(#{$a} / #{$b})\")}"
	"@function hameau-numbers($v){@each $x in $v{@if type-of($x)!=number or"
	" not comparable($x,nth($v,1)){@return false}}@return true}"
	"@function hameau-min($v...){@if hameau-numbers($v){@return min($v...)}"
	"@return unquote(\"min(#{$v})\")}"
	"@function hameau-max($v...){@if hameau-numbers($v){@return max($v...)}"
	"@return unquote(\"max(#{$v})\")}"
	"@function hameau-alpha($a){@if type-of($a)==number and unit($a)=='%'{@return $a/100%}"
	"@return $a}\n";

/* --- recording --- */

enum { CLOSE = 0, OPEN = 1, REPLACE = 2 };

/* The order at one place: what ends there, what begins there (later: outer), the change. */
static size_t order_of(const struct modern *m, int kind)
{
	size_t n = kind == OPEN ? MODERN_EDITS - m->edits.n : m->edits.n;

	return (size_t)kind * 2 * MODERN_EDITS + n;
}

static void record(struct modern *m, struct modern_range at, struct str text, int kind)
{
	size_t order = order_of(m, kind);

	if (m->edits.n == MODERN_EDITS) {
		m->broken = m->full = true;
		return;
	}
	*VEC_ADD(&m->edits) = (struct modern_edit){ at.from, at.to, text, order };
}

void modern_replace(struct modern *m, size_t from, size_t to, struct str text)
{
	record(m, (struct modern_range){ from, to }, text, REPLACE);
}

void modern_open(struct modern *m, size_t at, struct str text)
{
	record(m, (struct modern_range){ at, at }, text, OPEN);
}

void modern_close(struct modern *m, size_t at, struct str text)
{
	record(m, (struct modern_range){ at, at }, text, CLOSE);
}

/* --- places --- */

static void place_of(struct str s, size_t at, size_t *line, size_t *column)
{
	*line = *column = 1;
	for (size_t i = 0; i < at && i < s.n; i++) {
		if (s.p[i] == '\n') {
			(*line)++;
			*column = 1;
		} else if (((unsigned char)s.p[i] & 0xc0) != 0x80) {
			(*column)++;
		}
	}
}

static size_t offset_of(struct str s, size_t line, size_t column)
{
	size_t at = 0;

	while (line > 1 && at < s.n)
		line -= s.p[at++] == '\n';
	while (column > 1 && at < s.n && s.p[at] != '\n') {
		at++;
		while (at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80)
			at++;
		column--;
	}
	return at;
}

bool modern_refuse(struct modern *m, size_t at)
{
	size_t line, column;

	place_of(m->s, at, &line, &column);
	return fail_in(m->f, "%s:%zu:%zu", m->label, line, column);
}

void modern_origin(const struct modern_text *t, size_t *line, size_t *column)
{
	size_t want = offset_of(t->text, *line, *column), from = 0, out = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct modern_edit *e = &t->edits[i];
		size_t before = e->from - from;

		if (want < out + before)
			break;
		out += before;
		from = e->from;
		if (want < out + e->text.n) {
			place_of(t->source, from, line, column);
			return;
		}
		out += e->text.n;
		from = e->to;
	}
	place_of(t->source, from + (want - out), line, column);
}

/* --- applying --- */

static int by_place(const void *x, const void *y)
{
	const struct modern_edit *a = x, *b = y;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static bool apply(struct modern *m, struct modern_text *ret)
{
	CLEANUP(buf_release) struct buf out = BUF(2 * LIMIT_STYLESHEET);
	size_t from = 0;

	qsort(m->edits.p, m->edits.n, sizeof(*m->edits.p), by_place);
	for (size_t i = 0; i < m->edits.n; i++) {
		const struct modern_edit *e = &m->edits.p[i];

		buf_add(&out, str_sub(m->s, from, e->from));
		buf_add(&out, e->text);
		from = e->to;
	}
	buf_add(&out, str_skip(m->s, from));
	if (!buf_ok(&out))
		return fail(m->f, FAIL_TOO_LARGE, "%s: the stylesheet is larger than %zu KiB",
			m->label,
			    (size_t)LIMIT_STYLESHEET / KIB);
	ret->text = arena_str(m->arena, buf_str(&out));
	ret->edits = VEC_INTO(m->arena, &m->edits, &ret->n);
	return true;
}

bool modern_rewrite(struct arena *a, const struct modern_source *source, struct modern_text *ret,
		    struct fail *f)
{
	struct modern m = { .arena = a, .label = source->label, .s = source->text,
			    .own = source->own, .f = f };
	bool ok = modern_statements(&m);

	*ret = (struct modern_text){ .source = m.s, .text = m.s, .prelude = m.prelude };
	if (ok && m.full)
		ok = fail(f, FAIL_TOO_LARGE,
			"too much of the stylesheet must be rewritten; plain CSS"
			  " may lie in assets/") || modern_refuse(&m, 0);
	if (ok && m.edits.n)
		ok = apply(&m, ret);
	VEC_FREE(&m.edits);
	return ok;
}
