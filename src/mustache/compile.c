/* From source to instructions, in one pass.
 *
 * scan() finds the next tag and what stands round it on its line; one function per kind of
 * tag appends instructions; a stack holds what is open. In strict mode every literal text
 * passes through the tokenizer of place.h, in the order of the source, and every tag asks
 * it for leave.
 */
#include <stdio.h>
#include <string.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "mustache/place.h"
#include "mustache/program.h"

#define PATH_PARTS   16
#define MESSAGE_ARGS 16

struct open {
	enum op_kind kind;
	struct str name;
	uint32_t op;
	size_t start;			/* of the tag, in the source */
	struct place place;
	struct str indent;
	uint32_t text_op;		/* parent: the text before it + 1, or 0 */
};

struct tag {
	char kind;			/* '\0' for a plain value, '{' also for '&' */
	struct str name;
	size_t start, end;		/* in the source, marks included */
	bool blank_before, blank_after;	/* on its line */
	struct str indent;		/* the blanks before, when there is nothing else */
	size_t next_line;		/* where the text goes on, when blank_after */
};

struct compiler {
	struct template *t;
	const struct template_options *options;
	struct fail *f;
	struct str src;
	size_t text_from;		/* literal text not yet appended */
	size_t last_end;		/* end of the tag before */
	struct str left, right;		/* the marks */
	VEC(struct op) ops;
	struct open stack[LIMIT_TEMPLATE_DEPTH];
	unsigned depth;
	struct place place;
	size_t at, line_no, column_no;	/* position of `at`, moved forward only */
};

static bool place_is_wrong(struct compiler *c, size_t pos)
{
	size_t line = 1, column = 1;

	for (size_t i = 0; i < pos && i < c->src.n; i++) {
		if (c->src.p[i] == '\n') {
			line++;
			column = 1;
		} else if ((c->src.p[i] & 0xc0) != 0x80) {
			column++;
		}
	}
	return fail_in(c->f, "%s:%zu:%zu", c->t->name, line, column);
}

static void locate(struct compiler *c, struct op *op, size_t pos)
{
	for (; c->at < pos; c->at++) {
		if (c->src.p[c->at] == '\n') {
			c->line_no++;
			c->column_no = 1;
		} else if ((c->src.p[c->at] & 0xc0) != 0x80) {
			c->column_no++;
		}
	}
	op->line = (uint32_t)c->line_no;
	op->column = (uint32_t)c->column_no;
}

static struct op *add_op(struct compiler *c, enum op_kind kind, size_t pos)
{
	struct op *op = VEC_ADD(&c->ops);

	op->kind = kind;
	op->end = (uint32_t)c->ops.n;
	locate(c, op, pos);
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
		return place_is_wrong(c, from + at);
	op = add_op(c, OP_TEXT, from);
	op->text = text;
	op->bol = from == 0 || c->src.p[from - 1] == '\n';
	return true;
}

/* The text before a tag, without the blanks of a line that the tag has for itself. */
static bool add_text_before(struct compiler *c, const struct tag *tag, bool own_line)
{
	size_t to = own_line ? tag->start - tag->indent.n : tag->start;
	bool ok = add_text(c, c->text_from, to);

	c->text_from = own_line && tag->blank_after ? tag->next_line : tag->end;
	return ok;
}

/* --- names --- */

static bool is_name_byte(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9')
		|| ch == '_' || ch == '-';
}

static bool name_is_good(struct str name, bool strict, const char *also)
{
	if (!name.n)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		if (strict && !is_name_byte(name.p[i]) && !strchr(also, name.p[i]))
			return false;
		if ((unsigned char)name.p[i] <= ' ')
			return false;
	}
	return true;
}

static bool check_name(struct compiler *c, const struct tag *tag, const char *also)
{
	struct str rest;

	if (name_is_good(tag->name, c->options->strict, also))
		return true;
	if (!tag->name.n)
		return fail(c->f, FAIL_INVALID, "a tag without a name")
			|| place_is_wrong(c, tag->start);
	/* A brace too few, and the "name" goes on for pages. */
	return fail(c->f, FAIL_INVALID, "\"%.*s\" is not a name; names are made of letters, digits,"
		    " \"_\" and \"-\"", STR_ARG(str_sub(str_cut(tag->name, '\n', &rest), 0, 60)))
		|| place_is_wrong(c, tag->start);
}

static bool parse_path(struct compiler *c, struct str name, size_t pos, struct path *ret)
{
	struct str rest = name;
	size_t n = 1;

	*ret = (struct path){ NULL, 0 };
	if (str_eq(name, STR(".")))
		return true;
	for (size_t i = 0; i < name.n; i++)
		n += name.p[i] == '.';
	if (n > PATH_PARTS)
		return fail(c->f, FAIL_TOO_LARGE, "a name may have %d parts", PATH_PARTS)
			|| place_is_wrong(c, pos);
	ret->names = arena_array(c->t->arena, n, sizeof(*ret->names));
	while (ret->n < n) {
		struct str part = str_cut(rest, '.', &rest);

		if (!part.n)
			return fail(c->f, FAIL_INVALID, "\"%.*s\" has a part without a name",
				    STR_ARG(name)) || place_is_wrong(c, pos);
		ret->names[ret->n++] = (struct name){ part, value_hash(part) };
	}
	return true;
}

/* --- scanning --- */

static void look_around(const struct compiler *c, struct tag *tag)
{
	size_t line = tag->start, after = tag->end;

	while (line > c->last_end && c->src.p[line - 1] != '\n')
		line--;
	if (line > 0 && line == c->last_end && c->src.p[line - 1] != '\n')
		line = tag->start + 1;		/* another tag shares the line */
	tag->blank_before = line <= tag->start;
	for (size_t i = line; i < tag->start; i++)
		if (c->src.p[i] != ' ' && c->src.p[i] != '\t')
			tag->blank_before = false;
	if (tag->blank_before)
		tag->indent = str_sub(c->src, line, tag->start);

	while (after < c->src.n && (c->src.p[after] == ' ' || c->src.p[after] == '\t'))
		after++;
	if (after + 1 < c->src.n && c->src.p[after] == '\r' && c->src.p[after + 1] == '\n')
		after++;
	tag->blank_after = after >= c->src.n || c->src.p[after] == '\n';
	tag->next_line = after < c->src.n ? after + 1 : after;
}

static bool find_end(struct compiler *c, struct tag *tag, size_t from, const char *extra)
{
	char mark[32];
	struct str closing;
	ptrdiff_t end;

	snprintf(mark, sizeof(mark), "%s%.*s", extra, STR_ARG(c->right));
	closing = str_of(mark);
	end = str_find(str_skip(c->src, from), closing);
	if (end < 0)
		return fail(c->f, FAIL_INVALID, "the tag that begins here is never closed by %s",
			    mark) || place_is_wrong(c, tag->start);
	tag->name = str_trim(str_sub(c->src, from, from + (size_t)end));
	tag->end = from + (size_t)end + closing.n;
	return true;
}

/* The next tag at or behind `from`; *found is false at the end of the source. */
static bool scan(struct compiler *c, size_t from, struct tag *tag, bool *found)
{
	ptrdiff_t at = str_find(str_skip(c->src, from), c->left);
	size_t body;
	char kind;

	*found = at >= 0;
	if (!*found)
		return true;
	*tag = (struct tag){ .start = from + (size_t)at };
	body = tag->start + c->left.n;
	kind = body < c->src.n ? c->src.p[body] : '\0';
	if (!strchr("#^/><$!={&", kind))
		kind = '\0';
	if (!find_end(c, tag, kind ? body + 1 : body, kind == '{' ? "}" : kind == '=' ? "=" : ""))
		return false;
	tag->kind = kind == '&' ? '{' : kind;
	look_around(c, tag);
	return true;
}

/* --- tags without a body --- */

static bool is_outside_parent(struct compiler *c, size_t pos)
{
	if (!in_parent(c))
		return true;
	return fail(c->f, FAIL_INVALID, "only blocks may stand inside {{<%.*s}}",
		    STR_ARG(innermost(c)->name)) || place_is_wrong(c, pos);
}

/* The text before it, its name, and whether it may stand there at all. */
static bool begin_tag(struct compiler *c, const struct tag *tag, bool own_line, const char *also)
{
	return add_text_before(c, tag, own_line) && check_name(c, tag, also)
		&& is_outside_parent(c, tag->start);
}

static bool compile_value(struct compiler *c, const struct tag *tag)
{
	struct op *op;

	if (!begin_tag(c, tag, false, "."))
		return false;
	if (c->options->strict
	    && !(tag->kind == '{' ? place_allows_html(&c->place, c->f)
		 : place_allows_value(&c->place, c->f)))
		return place_is_wrong(c, tag->start);
	op = add_op(c, tag->kind == '{' ? OP_RAW : OP_VALUE, tag->start);
	op->text = tag->name;
	op->url = c->options->strict && place_wants_url(&c->place);
	return parse_path(c, tag->name, tag->start, &op->path);
}

static bool compile_partial(struct compiler *c, const struct tag *tag)
{
	bool own_line = tag->blank_before && tag->blank_after;
	struct op *op;

	if (!begin_tag(c, tag, own_line, "/"))
		return false;
	if (c->options->strict && !place_allows_partial(&c->place, c->f))
		return place_is_wrong(c, tag->start);
	op = add_op(c, OP_PARTIAL, tag->start);
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
			|| place_is_wrong(c, tag->start);
	right = str_trim(right);
	if (!left.n || !right.n || left.n > 16 || right.n > 16 || str_has_char(right, ' ')
	    || str_has_char(left, '=') || str_has_char(right, '='))
		return fail(c->f, FAIL_INVALID, "new marks are written {{=<%% %%>=}}")
			|| place_is_wrong(c, tag->start);
	if (!add_text_before(c, tag, tag->blank_before && tag->blank_after))
		return false;
	c->left = left;
	c->right = right;
	return true;
}

/* --- messages --- */

static void add_folded(struct buf *id, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		bool blank = (unsigned char)text.p[i] <= ' ';

		if (!blank)
			buf_addc(id, text.p[i]);
		else if (id->n && id->p[id->n - 1] != ' ')
			buf_addc(id, ' ');
	}
}

static bool message_text(struct compiler *c, struct buf *id, size_t from, size_t to)
{
	struct str text = str_sub(c->src, from, to);

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '{' || text.p[i] == '}')
			return fail(c->f, FAIL_INVALID, "a message holds no single braces")
				|| place_is_wrong(c, from + i);
		if (c->options->strict && (text.p[i] == '<' || text.p[i] == '>'))
			return fail(c->f, FAIL_INVALID, "a message is plain text; put the markup"
				    " round it or into a {{{value}}}")
				|| place_is_wrong(c, from + i);
	}
	add_folded(id, text);
	return true;
}

static bool message_value(struct compiler *c, const struct tag *tag, struct message_arg *arg)
{
	if (!check_name(c, tag, "."))
		return false;
	if (tag->kind == '{' && c->options->strict && !place_allows_html(&c->place, c->f))
		return place_is_wrong(c, tag->start);
	arg->name = tag->name;
	arg->raw = tag->kind == '{';
	return parse_path(c, tag->name, tag->start, &arg->path);
}

/* The opening tag's name is "t" or "t context". */
static bool is_message(const struct compiler *c, const struct tag *tag)
{
	return c->options->messages && tag->kind == '#'
		&& (str_eq(tag->name, STR("t")) || str_starts(tag->name, STR("t ")));
}

static bool message_allowed(struct compiler *c, size_t pos)
{
	if (!is_outside_parent(c, pos))
		return false;
	if (!c->options->strict)
		return true;
	if (!place_allows_value(&c->place, c->f))
		return place_is_wrong(c, pos);
	if (place_wants_url(&c->place))
		return fail(c->f, FAIL_INVALID, "a message cannot be an address")
			|| place_is_wrong(c, pos);
	return true;
}

/* Reads up to {{/t}}. */
static bool message_body(struct compiler *c, const struct tag *open, struct buf *id,
			 struct message *m, size_t *end)
{
	size_t from = open->end;

	m->args = arena_array(c->t->arena, MESSAGE_ARGS, sizeof(*m->args));
	for (;;) {
		struct tag tag;
		bool found;

		if (!scan(c, from, &tag, &found))
			return false;
		if (!found)
			return fail(c->f, FAIL_INVALID, "{{#t}} is never closed by {{/t}}")
				|| place_is_wrong(c, open->start);
		if (!message_text(c, id, from, tag.start))
			return false;
		*end = from = c->last_end = tag.end;
		if (tag.kind == '/' && str_eq(tag.name, STR("t")))
			return true;
		if (tag.kind == '!')
			continue;
		if ((tag.kind != '\0' && tag.kind != '{') || m->n_args == MESSAGE_ARGS)
			return fail(c->f, FAIL_INVALID, "a message holds text and up to %d values,"
				    " no other tags", MESSAGE_ARGS) || place_is_wrong(c, tag.start);
		if (!message_value(c, &tag, &m->args[m->n_args]))
			return false;
		m->n_args++;
		buf_addf(id, "{%.*s}", STR_ARG(tag.name));
	}
}

static bool compile_message(struct compiler *c, const struct tag *tag)
{
	CLEANUP(buf_release) struct buf id = BUF(LIMIT_TEMPLATE);
	struct message *m = ARENA_NEW(c->t->arena, struct message);
	struct str context = str_trim(str_skip(tag->name, 1));
	struct op *op;
	size_t end = 0;

	if (!add_text_before(c, tag, false) || !message_allowed(c, tag->start)
	    || !message_body(c, tag, &id, m, &end))
		return false;
	if (!str_trim(buf_str(&id)).n)
		return fail(c->f, FAIL_INVALID, "a message without text")
			|| place_is_wrong(c, tag->start);
	op = add_op(c, OP_MESSAGE, tag->start);
	m->context = context.n ? arena_cstr(c->t->arena, context) : NULL;
	m->id = arena_cstr(c->t->arena, str_trim(buf_str(&id)));
	op->text = str_of(m->id);
	op->message = m;
	c->text_from = end;
	return true;
}

/* --- tags with a body --- */

static bool push(struct compiler *c, enum op_kind kind, const struct tag *tag)
{
	struct open *o;

	if (c->depth == LIMIT_TEMPLATE_DEPTH)
		return fail(c->f, FAIL_TOO_LARGE, "more than %d sections and blocks in each other",
			    LIMIT_TEMPLATE_DEPTH) || place_is_wrong(c, tag->start);
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
		return place_is_wrong(c, tag->start);
	op = add_op(c, kind, tag->start);
	op->text = tag->name;
	op->own_line = own_line;
	return parse_path(c, tag->name, tag->start, &op->path) && push(c, kind, tag);
}

static bool compile_parent(struct compiler *c, const struct tag *tag)
{
	struct op *op;
	uint32_t before;

	if (!begin_tag(c, tag, false, "/"))
		return false;
	if (c->options->strict && !place_allows_partial(&c->place, c->f))
		return place_is_wrong(c, tag->start);
	before = (uint32_t)c->ops.n;
	op = add_op(c, OP_PARENT, tag->start);
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

	if (!add_text_before(c, tag, own_line && tag->blank_before) || !check_name(c, tag, ""))
		return false;
	if (own_line)
		c->text_from = tag->next_line;
	if (c->options->strict && !place_allows_block(&c->place, c->f))
		return place_is_wrong(c, tag->start);
	op = add_op(c, OP_BLOCK, tag->start);
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
			|| place_is_wrong(c, tag->start);
	if (!str_eq(o->name, tag->name))
		return fail(c->f, FAIL_INVALID, "{{/%.*s}} stands where {{/%.*s}} is expected",
			    STR_ARG(tag->name), STR_ARG(o->name)) || place_is_wrong(c, tag->start);
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
	if (!add_text_before(c, tag, own_line || (override && tag->blank_before)))
		return false;
	if (override && !own_line)
		c->text_from = tag->end;
	if (c->options->strict && !place_join(&c->place, &o->place, c->f))
		return place_is_wrong(c, tag->start);
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
	if (is_message(c, tag))
		return compile_message(c, tag);
	switch (tag->kind) {
	case '!':
		return add_text_before(c, tag, tag->blank_before && tag->blank_after);
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
			|| place_is_wrong(c, o->start);
	if (!add_text(c, c->text_from, c->src.n))
		return false;
	if (c->options->strict && !place_allows_partial(&c->place, NULL))
		return fail(c->f, FAIL_INVALID, "the template ends inside a tag, a comment or a"
			    " <script>, <style>, <title> or <textarea>")
			|| place_is_wrong(c, c->src.n);
	return true;
}

static bool compile_all(struct compiler *c)
{
	struct tag tag;
	bool found;

	for (;;) {
		if (!scan(c, c->text_from > c->last_end ? c->text_from : c->last_end, &tag, &found))
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
		.place = PLACE_START, .line_no = 1, .column_no = 1,
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
