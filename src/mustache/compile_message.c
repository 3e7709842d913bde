/* compile_message.c - {{#t}}...{{/t}}: text and values up to its end are one instruction, with
 * the message's id as the catalogs know it.
 */
#include "mustache/compile.h"
#include <string.h>

#define MESSAGE_ARGS 16

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
				|| compile_wrong_at(c, from + i);
		if (c->options->strict && (text.p[i] == '<' || text.p[i] == '>'))
			return fail(c->f, FAIL_INVALID, "a message is plain text; put the markup"
				    " round it or into a {{{value}}}")
				|| compile_wrong_at(c, from + i);
	}
	add_folded(id, text);
	return true;
}

static bool message_value(struct compiler *c, const struct tag *tag, struct message_arg *arg)
{
	if (!compile_check_name(c, tag, "."))
		return false;
	if (tag->kind == '{' && c->options->strict && !place_allows_html(&c->place, c->f))
		return compile_wrong_at(c, tag->start);
	arg->name = tag->name;
	arg->raw = tag->kind == '{';
	return compile_path(c, tag->name, tag->start, &arg->path);
}

bool compile_is_message(const struct compiler *c, const struct tag *tag)
{
	return c->options->messages && tag->kind == '#'
		&& (str_eq(tag->name, STR("t")) || str_starts(tag->name, STR("t ")));
}

static bool message_allowed(struct compiler *c, size_t pos)
{
	if (!compile_outside_parent(c, pos))
		return false;
	if (!c->options->strict)
		return true;
	if (!place_allows_value(&c->place, c->f))
		return compile_wrong_at(c, pos);
	if (place_wants_url(&c->place))
		return fail(c->f, FAIL_INVALID, "a message cannot be an address")
			|| compile_wrong_at(c, pos);
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

		if (!compile_scan(c, from, &tag, &found))
			return false;
		if (!found)
			return fail(c->f, FAIL_INVALID, "{{#t}} is never closed by {{/t}}")
				|| compile_wrong_at(c, open->start);
		if (!message_text(c, id, from, tag.start))
			return false;
		*end = from = c->last_end = tag.end;
		if (tag.kind == '/' && str_eq(tag.name, STR("t")))
			return true;
		if (tag.kind == '!')
			continue;
		if ((tag.kind != '\0' && tag.kind != '{') || m->n_args == MESSAGE_ARGS)
			return fail(c->f, FAIL_INVALID, "a message holds text and up to %d values,"
				    " no other tags", MESSAGE_ARGS)
				|| compile_wrong_at(c, tag.start);
		if (!message_value(c, &tag, &m->args[m->n_args]))
			return false;
		m->n_args++;
		buf_addf(id, "{%.*s}", STR_ARG(tag.name));
	}
}

bool compile_message(struct compiler *c, const struct tag *tag)
{
	CLEANUP(buf_release) struct buf id = BUF(LIMIT_TEMPLATE);
	struct message *m = ARENA_NEW(c->t->arena, struct message);
	struct str context = str_trim(str_skip(tag->name, 1));
	struct op *op;
	size_t end = 0;

	if (!compile_text_before(c, tag, false) || !message_allowed(c, tag->start)
	    || !message_body(c, tag, &id, m, &end))
		return false;
	if (!str_trim(buf_str(&id)).n)
		return fail(c->f, FAIL_INVALID, "a message without text")
			|| compile_wrong_at(c, tag->start);
	op = compile_op(c, OP_MESSAGE, tag->start);
	m->context = context.n ? arena_cstr(c->t->arena, context) : NULL;
	m->id = arena_cstr(c->t->arena, str_trim(buf_str(&id)));
	op->text = str_of(m->id);
	op->message = m;
	c->text_from = end;
	return true;
}
