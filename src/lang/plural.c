/* plural.c - see plural.h: precedence climbing into a small array of nodes.
 *
 * Operators of two letters have a letter of their own in `op`: = for ==, # for !=,
 * l for <=, g for >=, & for &&, | for ||. A number is '0', the variable 'n', the
 * condition '?'.
 */
#include "lang/plural.h"
#include <string.h>

struct parser {
	struct str rest;
	struct plural *out;
	unsigned depth;
	struct fail *f;
};

static const struct {
	const char *sign;
	char op;
	int binds;
} OPERATORS[] = {	/* the longer sign first */
	{ "||", '|', 1 }, { "&&", '&', 2 }, { "==", '=', 3 }, { "!=", '#', 3 },
	{ "<=", 'l', 4 }, { ">=", 'g', 4 }, { "<", '<', 4 }, { ">", '>', 4 },
	{ "+", '+', 5 }, { "-", '-', 5 }, { "*", '*', 6 }, { "/", '/', 6 }, { "%", '%', 6 },
};

static bool parse_condition(struct parser *p, unsigned char *ret);

static bool eat(struct parser *p, const char *sign)
{
	p->rest = str_trim(p->rest);
	if (!str_starts(p->rest, str_of(sign)))
		return false;
	p->rest = str_skip(p->rest, strlen(sign));
	return true;
}

static bool add_node(struct parser *p, struct plural_node node, unsigned char *ret)
{
	if (p->out->count == PLURAL_NODES)
		return fail(p->f, FAIL_TOO_LARGE, "the plural expression is too long");
	*ret = p->out->count++;
	p->out->nodes[*ret] = node;
	return true;
}

static bool fail_at(struct parser *p)
{
	struct str rest = str_sub(p->rest, 0, 20);

	if (rest.n == 0)
		return fail(p->f, FAIL_INVALID, "the plural expression ends too early");
	return fail(p->f, FAIL_INVALID, "the plural expression makes no sense at \"%.*s\"",
		    STR_ARG(rest));
}

static bool parse_number(struct parser *p, unsigned char *ret)
{
	struct plural_node node = { .op = '0' };
	size_t n = 0;

	while (n < p->rest.n && n < 9 && p->rest.p[n] >= '0' && p->rest.p[n] <= '9')
		node.value = node.value * 10 + (unsigned)(p->rest.p[n++] - '0');
	if (n == 0)
		return fail_at(p);
	p->rest = str_skip(p->rest, n);
	return add_node(p, node, ret);
}

static bool parse_operand(struct parser *p, unsigned char *ret)
{
	struct plural_node node = { .op = '!' };

	if (p->depth >= PLURAL_DEPTH)
		return fail(p->f, FAIL_TOO_LARGE, "the plural expression is nested too deeply");
	if (eat(p, "(")) {
		p->depth++;
		if (!parse_condition(p, ret))
			return false;
		p->depth--;
		return eat(p, ")") || fail_at(p);
	}
	if (eat(p, "!")) {
		p->depth++;
		if (!parse_operand(p, &node.child[0]))
			return false;
		p->depth--;
		return add_node(p, node, ret);
	}
	if (eat(p, "n"))
		return add_node(p, (struct plural_node){ .op = 'n' }, ret);
	return parse_number(p, ret);
}

/* The operator that comes next if it binds at least so tightly; not yet eaten. */
static int next_operator(struct parser *p, int binds)
{
	p->rest = str_trim(p->rest);
	for (size_t i = 0; i < ARRAY_LEN(OPERATORS); i++)
		if (str_starts(p->rest, str_of(OPERATORS[i].sign)))
			return OPERATORS[i].binds >= binds ? (int)i : -1;
	return -1;
}

static bool parse_binary(struct parser *p, int binds, unsigned char *ret)
{
	int i;

	if (!parse_operand(p, ret))
		return false;
	while ((i = next_operator(p, binds)) >= 0) {
		struct plural_node node = { .op = OPERATORS[i].op, .child = { *ret } };

		eat(p, OPERATORS[i].sign);
		if (!parse_binary(p, OPERATORS[i].binds + 1, &node.child[1]) ||
		    !add_node(p, node, ret))
			return false;
	}
	return true;
}

static bool parse_condition(struct parser *p, unsigned char *ret)
{
	struct plural_node node = { .op = '?' };

	if (!parse_binary(p, 1, ret))
		return false;
	if (!eat(p, "?"))
		return true;
	if (++p->depth >= PLURAL_DEPTH)
		return fail(p->f, FAIL_TOO_LARGE, "the plural expression is nested too deeply");
	node.child[0] = *ret;
	if (!parse_condition(p, &node.child[1]))
		return false;
	if (!eat(p, ":"))
		return fail_at(p);
	if (!parse_condition(p, &node.child[2]))
		return false;
	p->depth--;
	return add_node(p, node, ret);
}

bool plural_parse(struct str text, struct plural *ret, struct fail *f)
{
	struct plural made = { 0 };
	struct parser p = { text, &made, 0, f };

	if (!eat(&p, "nplurals") || !eat(&p, "="))
		return fail(f, FAIL_INVALID, "Plural-Forms must begin with \"nplurals=\"");
	p.rest = str_trim(p.rest);
	if (p.rest.n == 0 || p.rest.p[0] < '1' || p.rest.p[0] > '0' + PLURAL_FORMS)
		return fail(f, FAIL_INVALID, "nplurals must be a number from 1 to %d",
			    PLURAL_FORMS);
	made.forms = (unsigned)(p.rest.p[0] - '0');
	p.rest = str_skip(p.rest, 1);
	if (!eat(&p, ";") || !eat(&p, "plural") || !eat(&p, "="))
		return fail(f, FAIL_INVALID,
			    "Plural-Forms must be \"nplurals=N; plural=EXPRESSION;\"");
	if (!parse_condition(&p, &made.root))
		return false;
	eat(&p, ";");
	if (str_trim(p.rest).n)
		return fail_at(&p);
	*ret = made;
	return true;
}

void plural_germanic(struct plural *ret)
{
	*ret = (struct plural){
		.forms = 2, .root = 2, .count = 3,
		.nodes = {{ .op = 'n' }, { .op = '0', .value = 1 }, { '#', { 0, 1 }, 0 }},
	};
}

static uint64_t apply(char op, uint64_t a, uint64_t b)
{
	switch (op) {
	case '|': return a || b;
	case '&': return a && b;
	case '=': return a == b;
	case '#': return a != b;
	case '<': return a < b;
	case '>': return a > b;
	case 'l': return a <= b;
	case 'g': return a >= b;
	case '+': return a + b;
	case '-': return a - b;
	case '*': return a * b;
	case '/': return b ? a / b : 0;
	case '%': return b ? a % b : 0;
	default: return 0;
	}
}

/* Children are made before their parents, so one pass over the array is enough,
 * and no expression can make it recurse. */
static uint64_t value_of(const struct plural *p, uint64_t n)
{
	uint64_t value[PLURAL_NODES];

	for (unsigned i = 0; i < p->count; i++) {
		const struct plural_node *node = &p->nodes[i];
		uint64_t a = node->op == '0' || node->op == 'n' ? 0 : value[node->child[0]];

		switch (node->op) {
		case '0': value[i] = node->value; break;
		case 'n': value[i] = n; break;
		case '?': value[i] = value[node->child[a ? 1 : 2]]; break;
		case '!': value[i] = !a; break;
		default: value[i] = apply(node->op, a, value[node->child[1]]); break;
		}
	}
	return p->count ? value[p->root] : 0;
}

unsigned plural_form(const struct plural *p, uint64_t n)
{
	uint64_t value = value_of(p, n);

	return value < p->forms ? (unsigned)value : 0;
}

bool plural_fits(const struct plural *p)
{
	unsigned seen = 0;

	for (uint64_t n = 0; n <= 1000; n++) {
		uint64_t value = value_of(p, n);

		if (value >= p->forms)
			return false;
		seen |= 1U << value;
	}
	return seen == (1U << p->forms) - 1;
}

bool plural_same(const struct plural *a, const struct plural *b)
{
	for (uint64_t n = 0; n <= 1000; n++)
		if (plural_form(a, n) != plural_form(b, n))
			return false;
	return a->forms == b->forms;
}
