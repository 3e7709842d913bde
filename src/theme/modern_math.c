/* modern_math.c - min(), max() and clamp(): each argument is read as a sum. Where all is plain
 * numbers of one kind, libsass computes as ever. Else the operators become functions of the
 * prelude, which compute when the values turn out to be numbers of one kind and write calc(...)
 * when not. An argument that is no sum leaves the call as it is.
 *
 *	sum = product {("+" | "-") product}   product = operand {("*" | "/") operand}
 */
#include <string.h>
#include "base/buf.h"
#include "theme/modern_impl.h"

struct math {
	struct modern *m;
	size_t at, end;
	bool emit;		/* record edits: the nested calls' and, with `ops`, operators' */
	bool ops;
	bool ok;
	bool any;		/* there is an operator */
	bool open;		/* something whose kind is not known before it runs */
	bool mixed;		/* numbers of several kinds */
	int depth;
	struct str unit;	/* the kind of the first number that has one */
};

static void sum(struct math *p);

static char byte(const struct math *p, size_t at)
{
	return at < p->end ? p->m->s.p[at] : '\0';
}

static struct str kind_of(struct str unit)
{
	static const char *const kinds[] = { " px in cm mm q pt pc ", " deg grad rad turn ",
					     " s ms ", " hz khz ", " dpi dpcm dppx " };
	struct buf b = BUF(40);
	struct str kind = unit;

	buf_addf(&b, " %.*s ", STR_ARG(str_sub(unit, 0, 20)));
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_find(str_of(kinds[i]), buf_str(&b)) >= 0)
			kind = str_of(kinds[i]);
	buf_release(&b);
	return kind;
}

static void number(struct math *p, size_t end)
{
	size_t at = end;
	struct str unit;

	while (at > p->at && !scss_is_digit(p->m->s.p[at - 1]))
		at--;
	unit = kind_of(str_sub(p->m->s, at, end));
	if (unit.n && p->unit.n && !str_eq(unit, p->unit))
		p->mixed = true;
	if (unit.n)
		p->unit = unit;
	p->at = end;
}

/* A run of names, interpolations and calls without white space: nobody knows its kind. */
static void unknown(struct math *p)
{
	struct str s = p->m->s;
	size_t from = p->at, dot;

	p->open = true;
	if (byte(p, p->at) == '-')
		p->at++;
	while (p->at < p->end && p->ok) {
		size_t at = p->at, name = scss_name(s, at);
		bool module = name > at && byte(p, at) != '$' && modern_is_module(p->m, at, &dot);

		if (module)
			name = scss_name(s, dot + 1);
		if (byte(p, at) == '#' && byte(p, at + 1) == '{')
			p->at = scss_close(s, at + 1) + 1;
		else if (name > at && byte(p, name) == '(' && byte(p, at) != '$')
			p->at = scss_close(s, name) + 1;
		else if (name > at)
			p->at = name;
		else if (scss_is_digit(byte(p, at)) && at > from)
			p->at = scss_number(s, at);
		else
			break;
	}
	p->ok = p->ok && p->at > from && p->at <= p->end;
	if (p->ok && p->emit)
		p->ok = modern_walk(p->m, from, p->at);
}

static void operand(struct math *p)
{
	size_t end;

	p->at = scss_space(p->m->s, p->at);
	end = scss_number(p->m->s, p->at);
	if (end > p->at && end <= p->end && byte(p, end) != '(' && byte(p, end) != '#') {
		number(p, end);
	} else if (byte(p, p->at) == '(') {
		p->at++;
		sum(p);
		p->at = scss_space(p->m->s, p->at);
		p->ok = p->ok && byte(p, p->at) == ')';
		p->at++;
	} else {
		unknown(p);
	}
}

/* The operator behind the operand, with its place; 0 when the sum or product ends. */
static char operator(struct math *p, const char *wanted, size_t *ret)
{
	size_t at = scss_space(p->m->s, p->at);
	char c = byte(p, at);

	if (!c || !strchr(wanted, c))
		return '\0';
	/* "1px -2px" is a list; "a-b" is a name or an accident. */
	if ((c == '-' || c == '+') && (at > p->at) != (scss_space(p->m->s, at + 1) > at + 1))
		p->ok = false;
	if (c == '-' && at == p->at)
		p->ok = false;
	*ret = at;
	return c;
}

static void put(struct math *p, char op, size_t left, size_t at)
{
	const char *name = op == '+' ? "hameau-add(" : op == '-' ? "hameau-sub("
		: op == '*' ? "hameau-mul(" : "hameau-div(";

	p->any = true;
	if (!p->emit || !p->ops || !p->ok)
		return;
	p->m->prelude = true;
	modern_open(p->m, left, str_of(name));
	modern_replace(p->m, at, at + 1, STR(","));
	modern_close(p->m, p->at, STR(")"));
}

static void product(struct math *p)
{
	size_t left = scss_space(p->m->s, p->at), at = 0;
	char op;

	operand(p);
	while (p->ok && (op = operator(p, "*/", &at))) {
		p->at = at + 1;
		operand(p);
		put(p, op, left, at);
	}
}

static void sum(struct math *p)
{
	size_t left = scss_space(p->m->s, p->at), at = 0;
	char op;

	if (p->depth++ == MODERN_DEPTH)
		p->ok = false;
	if (p->ok)
		product(p);
	while (p->ok && (op = operator(p, "+-", &at)) && p->ok) {
		p->at = at + 1;
		product(p);
		put(p, op, left, at);
	}
	p->depth--;
}

static struct math read_sum(struct modern *m, struct modern_range r, bool emit, bool ops)
{
	struct math p = { .m = m, .at = r.from, .end = r.to, .emit = emit, .ops = ops, .ok = true };

	sum(&p);
	p.at = scss_space(m->s, p.at);
	p.ok = p.ok && p.at >= r.to && r.to > r.from;
	return p;
}

bool modern_math(struct modern *m, const struct modern_call *c)
{
	struct modern_range all = { c->open + 1, c->close }, args[MODERN_ARGS];
	struct str unit = STR_NONE;
	bool unlike = false, ok = true;
	size_t n;

	if (!modern_split(m, all, ',', args, &n))
		return modern_walk(m, all.from, all.to);
	for (size_t i = 0; i < n; i++) {
		struct math p = read_sum(m, args[i], false, false);

		if (!p.ok)
			return modern_walk(m, all.from, all.to);
		unlike = unlike || p.open || p.mixed
			|| (p.unit.n && unit.n && !str_eq(unit, p.unit));
		unit = p.unit.n ? p.unit : unit;
	}
	if (unlike && m->s.p[c->at] == 'm') {
		modern_open(m, c->at, STR("hameau-"));
		m->prelude = true;
	}
	for (size_t i = 0; ok && i < n; i++) {
		struct math p = read_sum(m, args[i], false, false);

		ok = read_sum(m, args[i], true, p.open || p.mixed).ok || m->broken;
	}
	return ok;
}
