/* compile.c - from source to instructions, in one pass.
 *
 * compile_scan() finds the next tag and what stands round it on its line; one function per
 * kind of tag appends instructions; a stack holds what is open. In strict mode every literal
 * text passes through the tokenizer of place.h, in the order of the source, and every tag asks
 * it for leave.
 */
#include "mustache/compile.h"
#include <string.h>
#include "base/utf8.h"

struct op *compile_op(struct compiler *c, enum op_kind kind, size_t pos)
{
	struct op *op = VEC_ADD(&c->ops);

	op->kind = kind;
	op->end = (uint32_t)c->ops.n;
	compile_locate(c, &c->position, pos);
	op->line = (uint32_t)c->position.line;
	op->column = (uint32_t)c->position.column;
	return op;
}

static struct open *innermost(struct compiler *c)
{
	return c->depth ? &c->stack[c->depth - 1] : NULL;
}

static bool in_parent(struct compiler *c)
{
	return c->depth && innermost(c)->kind == OP_PARENT;
}

/* --- literal text --- */

static bool add_text(struct compiler *c, size_t from, size_t to)
{
	struct str text = str_sub(c->src, from, to);
	struct op *op;
	size_t at = 0;

	if (from >= to || in_parent(c))
		return true;
	if (c->options->strict && !place_read(&c->place, text, &at, c->f))
		return compile_wrong_at(c, from + at);
	op = compile_op(c, OP_TEXT, from);
	op->text = text;
	op->bol = from == 0 || c->src.p[from - 1] == '\n';
	return true;
}

bool compile_text_before(struct compiler *c, const struct tag *tag, bool own_line)
{
	size_t to = own_line ? tag->start - tag->indent.n : tag->start;
	bool ok = add_text(c, c->text_from, to);

	c->text_from = own_line && tag->blank_after ? tag->next_line : tag->end;
	return ok;
}

/* --- tags without a body --- */

bool compile_outside_parent(struct compiler *c, size_t pos)
{
	if (!in_parent(c))
		return true;
	return fail(c->f, FAIL_INVALID, "only blocks may stand inside {{<%.*s}}",
		    STR_ARG(innermost(c)->name)) || compile_wrong_at(c, pos);
}

/* The text before it, its name, and whether it may stand there at all. */
static bool begin_tag(struct compiler *c, const struct tag *tag, bool own_line, const char *also)
{
	return compile_text_before(c, tag, own_line) && compile_check_name(c, tag, also)
		&& compile_outside_parent(c, tag->start);
}

static bool compile_value(struct compiler *c, const struct tag *tag)
{
	struct op *op;

	if (!begin_tag(c, tag, false, "."))
		return false;
	if (c->options->strict
	    && !(tag->kind == '{' ? place_allows_html(&c->place, c->f)
		 : place_allows_value(&c->place, c->f)))
		return compile_wrong_at(c, tag->start);
	op = compile_op(c, tag->kind == '{' ? OP_RAW : OP_VALUE, tag->start);
	op->text = tag->name;
	op->url = c->options->strict && place_wants_url(&c->place);
	return compile_path(c, tag->name, tag->start, &op->path);
}

static bool compile_partial(struct compiler *c, const struct tag *tag)
{
	bool own_line = tag->blank_before && tag->blank_after;
	struct op *op;

	if (!begin_tag(c, tag, own_line, "/"))
		return false;
	if (c->options->strict && !place_allows_partial(&c->place, c->f))
		return compile_wrong_at(c, tag->start);
	op = compile_op(c, OP_PARTIAL, tag->start);
	op->text = tag->name;
	op->own_line = own_line;
	op->indent = own_line ? tag->indent : STR_NONE;
	return true;
}

static bool compile_delimiters(struct compiler *c, const struct tag *tag)
{
	struct str right, left = str_cut(tag->name, ' ', &right);

	if (c->options->strict)
		return fail(c->f, FAIL_INVALID, "themes may not change the marks of tags")
			|| compile_wrong_at(c, tag->start);
	right = str_trim(right);
	if (!left.n || !right.n || left.n > 16 || right.n > 16 || str_has_char(right, ' ')
	    || str_has_char(left, '=') || str_has_char(right, '='))
		return fail(c->f, FAIL_INVALID, "new marks are written {{=<%% %%>=}}")
			|| compile_wrong_at(c, tag->start);
	if (!compile_text_before(c, tag, tag->blank_before && tag->blank_after))
		return false;
	c->left = left;
	c->right = right;
	return true;
}

/* --- tags with a body --- */

static bool push(struct compiler *c, enum op_kind kind, const struct tag *tag)
{
	struct open *o;

	if (c->depth == LIMIT_TEMPLATE_DEPTH)
		return fail(c->f, FAIL_TOO_LARGE, "more than %d sections and blocks in each other",
			    LIMIT_TEMPLATE_DEPTH) || compile_wrong_at(c, tag->start);
	o = &c->stack[c->depth++];
	*o = (struct open){ .kind = kind, .name = tag->name, .op = (uint32_t)c->ops.n - 1,
			    .start = tag->start, .place = c->place, .indent = tag->indent };
	return true;
}

static bool compile_section(struct compiler *c, const struct tag *tag)
{
	enum op_kind kind = tag->kind == '#' ? OP_SECTION : OP_INVERTED;
	bool own_line = tag->blank_before && tag->blank_after;
	struct op *op;

	if (!begin_tag(c, tag, own_line, "."))
		return false;
	if (c->options->strict && !place_border(&c->place, c->f))
		return compile_wrong_at(c, tag->start);
	op = compile_op(c, kind, tag->start);
	op->text = tag->name;
	op->own_line = own_line;
	return compile_path(c, tag->name, tag->start, &op->path) && push(c, kind, tag);
}

static bool compile_parent(struct compiler *c, const struct tag *tag)
{
	struct op *op;
	uint32_t before;

	if (!begin_tag(c, tag, false, "/"))
		return false;
	if (c->options->strict && !place_allows_partial(&c->place, c->f))
		return compile_wrong_at(c, tag->start);
	before = (uint32_t)c->ops.n;
	op = compile_op(c, OP_PARENT, tag->start);
	op->text = tag->name;
	if (!push(c, OP_PARENT, tag))
		return false;
	innermost(c)->text_op = tag->indent.n ? before : 0;
	return true;
}

static unsigned char fits_needed(const struct compiler *c)
{
	if (c->place.state == PLACE_VALUE)
		return FITS_ATTRIBUTE;
	return c->place.state == PLACE_RCDATA ? FITS_RCDATA : FITS_TEXT;
}

static bool compile_block(struct compiler *c, const struct tag *tag)
{
	bool override = in_parent(c);
	bool own_line = tag->blank_after && (override || tag->blank_before);
	struct op *op;

	if (!compile_text_before(c, tag, own_line && tag->blank_before)
	    || !compile_check_name(c, tag, ""))
		return false;
	if (own_line)
		c->text_from = tag->next_line;
	if (c->options->strict && !place_allows_block(&c->place, c->f))
		return compile_wrong_at(c, tag->start);
	op = compile_op(c, OP_BLOCK, tag->start);
	op->text = tag->name;
	op->hash = value_hash(tag->name);
	op->own_line = own_line;
	op->fresh = own_line;
	op->override = override;
	op->indent = tag->indent;
	op->fits = override ? 0 : fits_needed(c);
	return push(c, OP_BLOCK, tag);
}

/* --- ends --- */

/* What an override's literal text and tags leave possible besides standing in text. */
static unsigned char fits_of(const struct op *ops, uint32_t from, uint32_t to)
{
	unsigned char fits = FITS_RCDATA | FITS_ATTRIBUTE;

	for (uint32_t i = from; i < to; i++) {
		if (ops[i].kind == OP_RAW || ops[i].kind == OP_PARTIAL || ops[i].kind == OP_PARENT)
			return FITS_TEXT;
		for (size_t m = 0; ops[i].message && m < ops[i].message->n_args; m++)
			if (ops[i].message->args[m].raw)
				return FITS_TEXT;
		if (ops[i].kind != OP_TEXT)
			continue;
		if (str_has_char(ops[i].text, '<'))
			return FITS_TEXT;
		if (str_has_char(ops[i].text, '"') || str_has_char(ops[i].text, '\''))
			fits = FITS_RCDATA;
	}
	return fits;
}

static void close_block(struct compiler *c, const struct open *o, struct op *op)
{
	if (op->fresh)
		op->indent = program_unindent(c->t, c->ops.p, o->op + 1, op->end, o->indent);
	if (op->override)
		op->fits = fits_of(c->ops.p, o->op + 1, op->end);
}

/* A parent that has its lines for itself takes the blanks before it as indentation. */
static void close_parent(struct compiler *c, const struct open *o, struct op *op,
			 const struct tag *tag)
{
	bool own_first = o->start == 0 || o->indent.n || c->src.p[o->start - 1] == '\n';

	if (!tag->blank_after || (!own_first && !tag->blank_before))
		return;
	c->text_from = tag->next_line;
	if (!own_first)
		return;
	op->own_line = true;
	op->indent = o->indent;
	if (o->text_op)
		c->ops.p[o->text_op - 1].text.n -= o->indent.n;
}

static bool check_end(struct compiler *c, const struct tag *tag)
{
	const struct open *o = innermost(c);

	if (!o)
		return fail(c->f, FAIL_INVALID, "{{/%.*s}} closes nothing", STR_ARG(tag->name))
			|| compile_wrong_at(c, tag->start);
	if (!str_eq(o->name, tag->name))
		return fail(c->f, FAIL_INVALID, "{{/%.*s}} stands where {{/%.*s}} is expected",
			    STR_ARG(tag->name), STR_ARG(o->name))
			|| compile_wrong_at(c, tag->start);
	return true;
}

static bool compile_end(struct compiler *c, const struct tag *tag)
{
	struct open *o = innermost(c);
	bool own_line = tag->blank_before && tag->blank_after;
	bool override;
	struct op *op;

	if (!check_end(c, tag))
		return false;
	override = o->kind == OP_BLOCK && c->ops.p[o->op].override;
	if (!compile_text_before(c, tag, own_line || (override && tag->blank_before)))
		return false;
	if (override && !own_line)
		c->text_from = tag->end;
	if (c->options->strict && !place_join(&c->place, &o->place, c->f))
		return compile_wrong_at(c, tag->start);
	op = &c->ops.p[o->op];
	op->end = (uint32_t)c->ops.n;
	if (o->kind == OP_BLOCK)
		close_block(c, o, op);
	c->depth--;
	if (o->kind == OP_PARENT)
		close_parent(c, o, op, tag);
	return true;
}

/* --- the whole --- */

static bool compile_tag(struct compiler *c, const struct tag *tag)
{
	if (compile_is_message(c, tag))
		return compile_message(c, tag);
	switch (tag->kind) {
	case '!':
		return compile_text_before(c, tag, tag->blank_before && tag->blank_after);
	case '=':
		return compile_delimiters(c, tag);
	case '>':
		return compile_partial(c, tag);
	case '<':
		return compile_parent(c, tag);
	case '$':
		return compile_block(c, tag);
	case '#':
	case '^':
		return compile_section(c, tag);
	case '/':
		return compile_end(c, tag);
	default:
		return compile_value(c, tag);
	}
}

static bool compile_finish(struct compiler *c)
{
	const struct open *o = innermost(c);

	if (o)
		return fail(c->f, FAIL_INVALID, "{{%c%.*s}} is never closed by {{/%.*s}}",
			    c->src.p[o->start + 2], STR_ARG(o->name), STR_ARG(o->name))
			|| compile_wrong_at(c, o->start);
	if (!add_text(c, c->text_from, c->src.n))
		return false;
	if (c->options->strict && !place_allows_partial(&c->place, NULL))
		return fail(c->f, FAIL_INVALID, "the template ends inside a tag, a comment or a"
			    " <script>, <style>, <title> or <textarea>")
			|| compile_wrong_at(c, c->src.n);
	return true;
}

static bool compile_all(struct compiler *c)
{
	struct tag tag;
	bool found;

	for (;;) {
		size_t from = c->text_from > c->last_end ? c->text_from : c->last_end;

		if (!compile_scan(c, from, &tag, &found))
			return false;
		if (!found)
			return compile_finish(c);
		if (!compile_tag(c, &tag))
			return false;
		if (tag.end > c->last_end)
			c->last_end = tag.end;
	}
}

static void compiler_release(struct compiler *c)
{
	VEC_FREE(&c->ops);
}

bool template_compile(struct str source, const char *name, const struct template_options *options,
		      struct template **ret, struct fail *f)
{
	CLEANUP(template_unrefp) struct template *t = NULL;
	CLEANUP(compiler_release) struct compiler c = {
		.options = options, .f = f, .left = STR("{{"), .right = STR("}}"),
		.place = PLACE_START, .position = POSITION_START,
	};

	if (source.n > LIMIT_TEMPLATE)
		return fail(f, FAIL_TOO_LARGE, "%s: a template may have %d KiB, this one has %zu",
			    name, LIMIT_TEMPLATE / KIB, source.n / KIB + 1);
	if (!utf8_valid(source))
		return fail(f, FAIL_INVALID, "%s: the file is not UTF-8 text", name);
	t = MEM_NEW(struct template);
	ref_init(&t->ref);
	t->arena = arena_new(0);
	t->name = arena_cstr(t->arena, str_of(name));
	t->strict = options->strict;
	c.t = t;
	c.place.closed = options->closed;
	c.src = arena_str(t->arena, source);
	if (!compile_all(&c))
		return false;
	t->n = (uint32_t)c.ops.n;
	t->ops = arena_array(t->arena, c.ops.n, sizeof(*t->ops));
	if (t->n)
		memcpy(t->ops, c.ops.p, c.ops.n * sizeof(*t->ops));
	*ret = template_ref(t);
	return true;
}
