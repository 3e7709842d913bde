/* template.c - ownership of compiled templates, and the walk through what they mention. */
#include <string.h>
#include "base/mem.h"
#include "mustache/program.h"

struct template *template_ref(struct template *t)
{
	ref_hold(&t->ref);
	return t;
}

void template_unref(struct template *t)
{
	if (!t || !ref_drop(&t->ref))
		return;
	arena_free(t->arena);
	mem_free(t);
}

void template_unrefp(struct template **t)
{
	template_unref(*t);
}

const char *template_name(const struct template *t)
{
	return t->name;
}

/* --- what it mentions --- */

struct walk {
	const struct template *t;
	bool (*fn)(void *arg, const struct template_use *use);
	void *arg;
};

static enum template_use_kind kind_of_use(const struct op *op)
{
	static const enum template_use_kind kinds[] = {
		[OP_VALUE] = TEMPLATE_VALUE, [OP_RAW] = TEMPLATE_HTML,
		[OP_SECTION] = TEMPLATE_SECTION, [OP_INVERTED] = TEMPLATE_INVERTED,
		[OP_PARTIAL] = TEMPLATE_PARTIAL, [OP_PARENT] = TEMPLATE_PARENT,
		[OP_BLOCK] = TEMPLATE_BLOCK, [OP_MESSAGE] = TEMPLATE_MESSAGE,
	};

	return op->override ? TEMPLATE_OVERRIDE : kinds[op->kind];
}

static bool walk_message(const struct walk *w, const struct op *op, const struct template_use *in)
{
	for (size_t i = 0; i < op->message->n_args; i++) {
		const struct message_arg *arg = &op->message->args[i];
		struct template_use use = {
			.kind = arg->raw ? TEMPLATE_HTML : TEMPLATE_VALUE, .name = arg->name,
			.line = (int)op->line, .column = (int)op->column, .in = in,
		};

		if (!w->fn(w->arg, &use))
			return false;
	}
	return true;
}

static bool walk_ops(const struct walk *w, uint32_t from, uint32_t to,
		     const struct template_use *in)
{
	for (uint32_t i = from; i < to; i = w->t->ops[i].end) {
		const struct op *op = &w->t->ops[i];
		struct template_use use = {
			.kind = kind_of_use(op), .name = op->text, .url = op->url,
			.line = (int)op->line, .column = (int)op->column, .in = in,
			.context = op->message ? op->message->context : NULL,
		};

		if (op->kind == OP_TEXT)
			continue;
		if (!w->fn(w->arg, &use))
			return false;
		if (op->message && !walk_message(w, op, in))
			return false;
		if (!walk_ops(w, i + 1, op->end, &use))
			return false;
	}
	return true;
}

void template_each_use(const struct template *t,
		       bool (*fn)(void *arg, const struct template_use *use), void *arg)
{
	struct walk w = { t, fn, arg };

	walk_ops(&w, 0, t->n, NULL);
}

struct mention {
	struct str name;
	bool found;
};

static bool is_mention(void *arg, const struct template_use *use)
{
	struct mention *m = arg;
	bool names_value = use->kind == TEMPLATE_VALUE || use->kind == TEMPLATE_HTML
		|| use->kind == TEMPLATE_SECTION || use->kind == TEMPLATE_INVERTED;

	if (names_value && str_starts(use->name, m->name)
	    && (use->name.n == m->name.n || use->name.p[m->name.n] == '.'))
		m->found = true;
	return !m->found;
}

bool template_mentions(const struct template *t, struct str name)
{
	struct mention m = { name, false };

	template_each_use(t, is_mention, &m);
	return m.found;
}
