/* look_links.c - templates by name: partials and parents that are not there, blocks that replace
 * nothing, and templates that nobody asks for. */
#include "base/nearest.h"
#include "check/look.h"

static void offer_templates(const struct check *c, struct nearest *near)
{
	for (size_t i = 0; i < c->templates.n; i++) {
		struct str name = c->templates.p[i].name;

		nearest_offer(near, str_starts(name, STR("partials/")) ? str_skip(name, 9) : name);
	}
}

struct blocks {
	struct str wanted;
	struct nearest near;
	bool found;
};

static bool on_block(void *arg, const struct template_use *u)
{
	struct blocks *b = arg;

	if (u->kind == TEMPLATE_BLOCK || u->kind == TEMPLATE_OVERRIDE) {
		nearest_offer(&b->near, u->name);
		b->found = b->found || str_eq(u->name, b->wanted);
	}
	return true;
}

/* The block may be one of the parent, of the parent's parent, or of a partial of theirs. */
static void look_for_block(struct check *c, struct blocks *b, struct str parent, int depth);

struct deeper {
	struct check *c;
	struct blocks *b;
	int depth;
};

static bool on_deeper(void *arg, const struct template_use *u)
{
	struct deeper *d = arg;

	if (u->kind == TEMPLATE_PARENT || u->kind == TEMPLATE_PARTIAL)
		look_for_block(d->c, d->b, u->name, d->depth + 1);
	return !d->b->found;
}

static void look_for_block(struct check *c, struct blocks *b, struct str parent, int depth)
{
	const struct look_template *t = look_template(c, parent);
	struct deeper d = { c, b, depth };

	if (!t || depth > 4)
		return;
	if (!t->compiled) {		/* nobody knows what it holds */
		b->found = true;
		return;
	}
	template_each_use(t->compiled, on_block, b);
	if (!b->found)
		template_each_use(t->compiled, on_deeper, &d);
}

/* Where a name is used. */
struct link {
	struct check *c;
	const struct look_template *t;
};

static bool on_link(void *arg, const struct template_use *u)
{
	const struct link *l = arg;
	struct look_at at = { l->t->file, u->line, u->column };
	struct nearest near;

	if ((u->kind == TEMPLATE_PARTIAL || u->kind == TEMPLATE_PARENT)
	    && !look_template(l->c, u->name)) {
		struct str name = arena_str(l->c->arena, u->name);

		nearest_init(&near, name);
		offer_templates(l->c, &near);
		look_tell(l->c, "TH077", at, name, near.best);
	}
	if (u->kind == TEMPLATE_OVERRIDE && u->in && u->in->kind == TEMPLATE_PARENT) {
		struct blocks b = { .wanted = arena_str(l->c->arena, u->name) };

		nearest_init(&b.near, b.wanted);
		look_for_block(l->c, &b, u->in->name, 0);
		if (!b.found && look_template(l->c, u->in->name))
			look_tell(l->c, "TH080", at, b.wanted,
				  arena_str(l->c->arena, b.near.best));
	}
	return true;
}

static void look_at_unused(struct check *c, const struct look_template *t)
{
	struct look_at at = { t->file, 0, 0 };
	struct nearest near;

	if (t->used)
		return;
	if (str_starts(t->name, STR("partials/"))) {
		look_tell(c, "TH081", at, STR_NONE, STR_NONE);
		return;
	}
	nearest_init(&near, t->name);
	for (size_t i = 0; values_template_name(i); i++)
		nearest_offer(&near, str_of(values_template_name(i)));
	look_tell(c, "TH082", at, STR_NONE, near.best);
}

void look_links(struct check *c)
{
	for (size_t i = 0; i < c->templates.n; i++) {
		const struct look_template *t = &c->templates.p[i];
		struct link l = { c, t };

		if (t->own && t->compiled)
			template_each_use(t->compiled, on_link, &l);
		if (t->own)
			look_at_unused(c, t);
	}
}
