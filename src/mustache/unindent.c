/* unindent.c - a block that begins on a line of its own is kept without the indentation of its
 * lines and gets that of the place where it is shown (specification of inheritance). White
 * space only: what cannot be told for sure (a line begun by an inline section) counts as not
 * indented.
 */
#include "mustache/program.h"

struct shift {
	bool any;
	struct str indent;	/* the smallest so far */
};

static struct str blanks_of(struct str line)
{
	size_t n = 0;

	while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
		n++;
	return str_sub(line, 0, n);
}

static bool is_end_of_line(struct str rest)
{
	return str_starts(rest, STR("\n")) || str_starts(rest, STR("\r\n"));
}

static void consider(struct shift *s, struct str indent)
{
	if (!s->any || indent.n < s->indent.n)
		s->indent = indent;
	s->any = true;
}

/* Looks at every line of the text; true when it ends at the beginning of a line. */
static bool consider_text(struct shift *s, const struct op *op)
{
	struct str rest = op->text;
	bool bol = op->bol;

	while (rest.n) {
		ptrdiff_t nl = str_find_char(rest, '\n');
		struct str blanks = blanks_of(rest);

		if (bol && !is_end_of_line(str_skip(rest, blanks.n)))
			consider(s, blanks);
		if (nl < 0)
			return false;
		rest = str_skip(rest, (size_t)nl + 1);
		bol = true;
	}
	return bol;
}

static bool has_own_indent(const struct op *op)
{
	return op->own_line && (op->kind == OP_PARTIAL || op->kind == OP_PARENT
				|| (op->kind == OP_BLOCK && op->fresh));
}

static uint32_t next_op(const struct op *ops, uint32_t i)
{
	if (ops[i].kind == OP_PARENT || (ops[i].kind == OP_BLOCK && ops[i].fresh))
		return ops[i].end;
	return i + 1;
}

static struct shift measure(const struct op *ops, uint32_t from, uint32_t to)
{
	struct shift s = { false, STR_NONE };
	bool bol = true;

	for (uint32_t i = from; i < to; i = next_op(ops, i)) {
		if (ops[i].kind == OP_TEXT) {
			bol = consider_text(&s, &ops[i]);
			continue;
		}
		if (has_own_indent(&ops[i]))
			consider(&s, ops[i].indent);
		else if (bol && !ops[i].own_line)
			consider(&s, STR_NONE);
		bol = ops[i].own_line;
	}
	return s;
}

static struct str without(struct arena *a, const struct op *op, size_t indent)
{
	CLEANUP(buf_release) struct buf b = BUF(op->text.n);
	struct str rest = op->text;
	bool bol = op->bol;

	while (rest.n) {
		ptrdiff_t nl = str_find_char(rest, '\n');
		struct str line = nl < 0 ? rest : str_sub(rest, 0, (size_t)nl + 1);
		size_t blanks = blanks_of(line).n;

		buf_add(&b, bol ? str_skip(line, blanks < indent ? blanks : indent) : line);
		rest = str_skip(rest, line.n);
		bol = true;
	}
	return arena_str(a, buf_str(&b));
}

struct str program_unindent(struct template *t, struct op *ops, uint32_t from, uint32_t to,
			    struct str otherwise)
{
	struct shift s = measure(ops, from, to);

	if (!s.any)
		return otherwise;
	if (!s.indent.n)
		return STR_NONE;
	for (uint32_t i = from; i < to; i = next_op(ops, i)) {
		if (ops[i].kind == OP_TEXT)
			ops[i].text = without(t->arena, &ops[i], s.indent.n);
		else if (has_own_indent(&ops[i]))
			ops[i].indent = str_skip(ops[i].indent, s.indent.n);
	}
	return s.indent;
}
