/* look_templates.c - reads and compiles the templates of all layers, each for itself, so that
 * every one that is wrong is told. */
#include "base/limits.h"
#include "check/look.h"

static void compile(struct check *c, const struct folder_file *file, bool own)
{
	static const struct template_options options = { .strict = true, .messages = true };
	struct look_template t = {
		.name = str_sub(file->name, 0, file->name.n - 5), .own = own,
		.file = arena_printf(c->arena, "templates/%.*s", STR_ARG(file->name)),
	};
	struct fail f = FAIL_INIT;

	if (!folder_read(c->arena, file, LIMIT_TEMPLATE, &t.text, &f)
	    || !template_compile(t.text, file->label, &options, &t.compiled, &f)) {
		struct look_at at = { t.file, 0, 0 };

		if (own) {
			look_tell_fail(c, "TH070", at.file, &f);
			/* What the markup says of the line is more precise. */
			at.line = c->found.n ? c->found.p[c->found.n - 1].line : 0;
			for (size_t i = 0; at.line && i + 1 < c->found.n; i++)
				if (c->found.p[i].rule->level == CHECK_ERROR
				    && c->found.p[i].line == at.line
				    && str_eq(c->found.p[i].file, at.file)) {
					c->found.n--;
					break;
				}
		}
	}
	*VEC_ADD(&c->templates) = t;
}

void look_templates(struct check *c)
{
	const char *const *dirs = c->source->dirs;
	struct str mine = arena_printf(c->arena, "%.*s/", STR_ARG(c->id));
	struct fail f = FAIL_INIT;
	struct folder_list list;

	if (!folder_list(c->arena, dirs, c->source->n_dirs, "templates", &list, &f)) {
		if (!look_was_told(c, "TH008", STR_NONE, 0)
		    && !look_was_told(c, "TH010", STR_NONE, 0))
			look_tell_fail(c, "TH070", STR("templates"), &f);
		return;
	}
	for (size_t i = 0; i < list.n; i++) {
		const struct folder_file *file = &list.files[i];
		bool own = str_starts(str_of(file->label), mine);

		if (str_ends(file->name, STR(".html")))
			compile(c, file, own);
		else if (own)
			look_tell(c, "TH071",
				  (struct look_at){ arena_printf(c->arena, "templates/%.*s",
								 STR_ARG(file->name)), 0, 0 },
				  STR_NONE, STR_NONE);
	}
}
