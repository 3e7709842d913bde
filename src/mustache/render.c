/* render.c - running the instructions.
 *
 * Scopes (what names are sought in), frames (which blocks the callers override) and the
 * recursion itself live on the C stack; LIMIT_TEMPLATE_DEPTH bounds partials in each other,
 * the compiler bounds sections in each other, and a budget of instructions bounds the
 * whole. Indentation belongs to the text of a template, never to values: it is written
 * where the text begins a line.
 */
#include <string.h>
#include "base/limits.h"
#include "mustache/program.h"

#define NODES_USUAL (1000 * 1000)
#define INDENT_MAX  256
#define NEST_MAX    (LIMIT_TEMPLATE_DEPTH * 6)	/* sections and blocks, through all partials */

struct scope {
	const struct value *value;
	const struct scope *outer;
};

/* The overrides that one {{<parent}} gives; those of its callers come first. */
struct frame {
	const struct template *t;
	const struct op *parent;
	const struct frame *caller;
};

struct render {
	const struct render_env *env;
	struct buf *out;
	struct fail *f;
	const struct frame *frame;
	size_t nodes;
	unsigned depth, nest;
	unsigned char needs;		/* what overrides must fit, from the places outside */
	bool bol;			/* the text so far ends a line */
	size_t indent_n;
	char indent[INDENT_MAX];
};

/* One template being run in one scope. */
struct run {
	struct render *r;
	const struct template *t;
	const struct scope *scope;
};

static bool run_range(const struct run *run, uint32_t from, uint32_t to);

static bool at_op(const struct run *run, const struct op *op)
{
	return fail_in(run->r->f, "%s:%u:%u", run->t->name, op->line, op->column);
}

/* --- text --- */

static void begin_line(struct render *r)
{
	if (r->bol && r->indent_n)
		buf_add(r->out, str_from(r->indent, r->indent_n));
	r->bol = false;
}

static void put_text(struct render *r, struct str text)
{
	if (!text.n)
		return;
	if (!r->indent_n) {
		buf_add(r->out, text);
		r->bol = text.p[text.n - 1] == '\n';
		return;
	}
	while (text.n) {
		const char *nl = memchr(text.p, '\n', text.n);
		size_t n = nl ? (size_t)(nl - text.p) + 1 : text.n;
		bool empty = text.p[0] == '\n' || (text.p[0] == '\r' && n == 2);

		if (!empty)
			begin_line(r);
		buf_add(r->out, str_sub(text, 0, n));
		r->bol = nl;
		text = str_skip(text, n);
	}
}

static size_t push_indent(struct render *r, struct str indent)
{
	size_t was = r->indent_n;

	if (indent.n && was + indent.n <= INDENT_MAX) {
		memcpy(r->indent + was, indent.p, indent.n);
		r->indent_n += indent.n;
	}
	return was;
}

/* --- names --- */

static const struct value *look_up(const struct scope *scope, const struct path *path)
{
	const struct value *v = NULL;

	if (!path->n)
		return scope->value;
	for (; scope && !v; scope = scope->outer)
		v = value_find_hashed(scope->value, path->names[0].s, path->names[0].hash);
	for (uint32_t i = 1; v && i < path->n; i++)
		v = value_find_hashed(v, path->names[i].s, path->names[i].hash);
	return v;
}

/* --- values --- */

static bool put_value(const struct run *run, const struct op *op)
{
	const struct value *v = look_up(run->scope, &op->path);
	enum value_kind kind = value_kind(v);

	begin_line(run->r);
	if (op->url && kind != VALUE_NONE && kind != VALUE_URL)
		return fail(run->r->f, FAIL_INVALID, "{{%.*s}} stands for an address but is of the"
			    " type %s", STR_ARG(op->text), value_kind_name(kind))
			|| at_op(run, op);
	if (kind == VALUE_BOOL)
		buf_adds(run->r->out, value_is_true(v) ? "true" : "false");
	else
		html_escape_to(run->r->out, value_str(v));
	return true;
}

static bool put_raw(const struct run *run, const struct op *op, const struct value *v,
		    struct str name)
{
	enum value_kind kind = value_kind(v);

	begin_line(run->r);
	if (run->t->strict && kind != VALUE_NONE && kind != VALUE_HTML)
		return fail(run->r->f, FAIL_INVALID, "{{{%.*s}}} must be of the type html but is of"
			    " the type %s; write {{%.*s}}", STR_ARG(name), value_kind_name(kind),
			    STR_ARG(name)) || at_op(run, op);
	if (kind == VALUE_BOOL)
		buf_adds(run->r->out, value_is_true(v) ? "true" : "false");
	else
		buf_add(run->r->out, value_str(v));
	return true;
}

/* --- messages --- */

static const struct message_arg *find_arg(const struct message *m, struct str name)
{
	for (size_t i = 0; i < m->n_args; i++)
		if (str_eq(m->args[i].name, name))
			return &m->args[i];
	return NULL;
}

static bool put_arg(const struct run *run, const struct op *op, const struct message_arg *arg)
{
	const struct value *v = look_up(run->scope, &arg->path);

	if (arg->raw)
		return put_raw(run, op, v, arg->name);
	html_escape_to(run->r->out, value_str(v));
	return true;
}

/* A translation may leave a placeholder out or repeat it; what names no value of the
 * message is text. */
static bool put_message(const struct run *run, const struct op *op)
{
	const struct message *m = op->message;
	const struct render_env *env = run->r->env;
	struct str rest = str_of(env->translate ? env->translate(env->arg, m->context, m->id)
				 : m->id);

	begin_line(run->r);
	while (rest.n) {
		ptrdiff_t open = m->n_args ? str_find_char(rest, '{') : -1;
		ptrdiff_t close = open < 0 ? -1 : str_find_char(str_skip(rest, (size_t)open), '}');
		const struct message_arg *arg;

		if (close < 0)
			break;
		arg = find_arg(m, str_sub(rest, (size_t)open + 1, (size_t)(open + close)));
		html_escape_to(run->r->out,
			       str_sub(rest, 0, (size_t)open + (arg ? 0 : 1)));
		if (arg && !put_arg(run, op, arg))
			return false;
		rest = str_skip(rest, (size_t)open + (arg ? (size_t)close : 0) + 1);
	}
	html_escape_to(run->r->out, rest);
	return true;
}

/* --- sections --- */

static bool run_in_scope(const struct run *run, const struct op *op, const struct value *v)
{
	struct scope scope = { v, run->scope };
	struct run inner = { run->r, run->t, &scope };
	uint32_t body = (uint32_t)(op - run->t->ops) + 1;

	return run_range(&inner, body, op->end);
}

static bool run_section(const struct run *run, const struct op *op)
{
	const struct value *v = look_up(run->scope, &op->path);

	if (!value_is_true(v))
		return true;
	if (value_kind(v) != VALUE_LIST)
		return run_in_scope(run, op, v);
	for (size_t i = 0; i < value_length(v); i++)
		if (!run_in_scope(run, op, value_item(v, i)))
			return false;
	return true;
}

static bool run_inverted(const struct run *run, const struct op *op)
{
	if (value_is_true(look_up(run->scope, &op->path)))
		return true;
	return run_range(run, (uint32_t)(op - run->t->ops) + 1, op->end);
}

/* --- other templates --- */

static bool run_template(const struct run *run, const struct op *op, const struct frame *frame)
{
	struct render *r = run->r;
	const struct frame *was = r->frame;
	struct run inner = { r, NULL, run->scope };
	size_t indent_n;
	bool ok;

	if (r->env->find)
		inner.t = r->env->find(r->env->arg, op->text);
	if (!inner.t && run->t->strict)
		return fail(r->f, FAIL_NOT_FOUND, "there is no template \"%.*s\"",
			STR_ARG(op->text))
			|| at_op(run, op);
	if (!inner.t)
		return true;
	if (r->depth == LIMIT_TEMPLATE_DEPTH)
		return fail(r->f, FAIL_TOO_LARGE, "more than %d templates in each other",
			    LIMIT_TEMPLATE_DEPTH) || at_op(run, op);
	indent_n = push_indent(r, op->indent);
	r->frame = frame;
	r->depth++;
	ok = run_range(&inner, 0, inner.t->n);
	r->depth--;
	r->frame = was;
	r->indent_n = indent_n;
	return ok;
}

static bool run_parent(const struct run *run, const struct op *op)
{
	struct frame frame = { run->t, op, run->r->frame };

	return run_template(run, op, &frame);
}

static const struct op *find_override(struct render *r, const struct frame *frame,
				      const struct op *block)
{
	const struct op *ops = frame->t->ops;
	uint32_t i = (uint32_t)(frame->parent - ops) + 1;

	for (; i < frame->parent->end; i = ops[i].end, r->nodes -= r->nodes > 0)
		if (ops[i].hash == block->hash && str_eq(ops[i].text, block->text))
			return &ops[i];
	return NULL;
}

/* The outermost caller who overrides the block has the last word. Inside its text the
 * names of blocks mean what they meant to that caller. */
static bool run_block(const struct run *run, const struct op *op)
{
	struct render *r = run->r;
	const struct frame *was = r->frame, *giver = NULL;
	const struct op *body = op;
	struct run inner = *run;
	unsigned char needs = r->needs;
	size_t indent_n;
	bool ok;

	for (const struct frame *frame = was; frame; frame = frame->caller) {
		const struct op *found = find_override(r, frame, op);

		if (found) {
			body = found;
			giver = frame;
		}
	}
	if (giver) {
		r->needs |= op->fits;
		inner.t = giver->t;
		r->frame = giver->caller;
	}
	if (giver && run->t->strict && (r->needs & ~body->fits))
		return fail(r->f, FAIL_INVALID, "the block \"%.*s\" stands in an attribute or a"
			" title, so what replaces it may hold no markup and no quotes",
			    STR_ARG(op->text)) || at_op(&inner, body);
	indent_n = push_indent(r, giver || op->fresh ? op->indent : STR_NONE);
	ok = run_range(&inner, (uint32_t)(body - inner.t->ops) + 1, body->end);
	r->indent_n = indent_n;
	r->frame = was;
	r->needs = needs;
	return ok;
}

/* --- the loop --- */

static bool run_op(const struct run *run, const struct op *op)
{
	switch (op->kind) {
	case OP_TEXT:
		put_text(run->r, op->text);
		return true;
	case OP_VALUE:
		return put_value(run, op);
	case OP_RAW:
		return put_raw(run, op, look_up(run->scope, &op->path), op->text);
	case OP_SECTION:
		return run_section(run, op);
	case OP_INVERTED:
		return run_inverted(run, op);
	case OP_PARTIAL:
		return run_template(run, op, run->r->frame);
	case OP_PARENT:
		return run_parent(run, op);
	case OP_BLOCK:
		return run_block(run, op);
	case OP_MESSAGE:
		return put_message(run, op);
	}
	return true;
}

static bool run_range(const struct run *run, uint32_t from, uint32_t to)
{
	struct render *r = run->r;

	if (r->nest == NEST_MAX)
		return fail(r->f, FAIL_TOO_LARGE, "%s: sections are nested too deeply",
			run->t->name);
	r->nest++;
	for (uint32_t i = from; i < to; i = run->t->ops[i].end) {
		if (r->nodes-- == 0) {
			r->nodes = 0;
			return fail(r->f, FAIL_TOO_LARGE, "the page takes too many steps to make")
				|| at_op(run, &run->t->ops[i]);
		}
		if (!run_op(run, &run->t->ops[i]))
			return false;
		if (!buf_ok(r->out))
			return fail(r->f, FAIL_TOO_LARGE, "the page grows past %zu KiB",
				    r->out->max / KIB) || at_op(run, &run->t->ops[i]);
	}
	r->nest--;
	return true;
}

bool template_render(const struct template *t, const struct value *root,
		     const struct render_env *env, struct buf *out, struct fail *f)
{
	static const struct render_env nothing;
	struct render r = { .env = env ? env : &nothing, .out = out, .f = f, .bol = true };
	struct scope scope = { root, NULL };
	struct run run = { &r, t, &scope };

	const size_t most = r.env->nodes ? r.env->nodes : NODES_USUAL;
	bool ok;

	r.nodes = most;
	ok = run_range(&run, 0, t->n);
	if (r.env->ran)
		*r.env->ran = most - r.nodes;
	return ok;
}
