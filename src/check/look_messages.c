/* look_messages.c - the sentences of the templates: are they in the catalogs? A theme brings
 * its own in lang/LANGUAGE.po; those of the program serve all themes. */
#include <stdio.h>

#include "check/look.h"

/* One language that the theme should speak. */
struct tongue {
	struct str lang;
	const struct catalog *core;	/* NULL: the program does not speak it */
	struct catalog *own;		/* NULL: the theme brings none */
};

struct messages {
	struct check *c;
	const struct look_template *t;
	VEC(struct tongue) tongues;
};

static void add_tongue(struct messages *ms, struct str lang)
{
	struct str name = arena_printf(ms->c->arena, "lang/%.*s.po", STR_ARG(lang));
	const struct look_file *file = look_find(ms->c, name);
	struct tongue t = { .lang = lang };
	struct fail f = FAIL_INIT;
	char label[160];

	if (str_eq(lang, STR("en")))
		return;
	t.core = ms->c->source->catalogs ? catalogs_find(ms->c->source->catalogs, lang) : NULL;
	snprintf(label, sizeof label, "%.*s/%.*s", STR_ARG(ms->c->id), STR_ARG(name));
	if (file && !catalog_parse(lang, file->text, label, &t.own, &f))
		look_tell_fail(ms->c, "TH086", name, &f);
	*VEC_ADD(&ms->tongues) = t;
}

/* Those that theme.ini names, else those that the program speaks. */
static void add_tongues(struct messages *ms)
{
	const struct catalogs *all = ms->c->source->catalogs;
	struct str rest = ms->c->own ? ms->c->own->languages : STR_NONE, lang;
	bool any = rest.n > 0;

	while (str_item(&rest, ",", &lang))
		add_tongue(ms, lang);
	for (size_t i = 0; !any && i < catalogs_count(all); i++)
		add_tongue(ms, catalog_lang(catalogs_at(all, i)));
}

static bool is_spoken(const struct tongue *t, struct str context, struct str id)
{
	struct str found;

	return (t->own && catalog_find(t->own, context, id, &found))
	       || (t->core && catalog_find(t->core, context, id, &found));
}

static bool on_message(void *arg, const struct template_use *u)
{
	struct messages *ms = arg;
	CLEANUP(buf_release) struct buf missing = BUF(400);
	struct look_at at = { ms->t->file, u->line, u->column };

	if (u->kind != TEMPLATE_MESSAGE)
		return true;
	for (size_t i = 0; i < ms->tongues.n; i++)
		if (!is_spoken(&ms->tongues.p[i], str_of(u->context), u->name))
			buf_addf(&missing, "%s%.*s", missing.n ? ", " : "",
				 STR_ARG(ms->tongues.p[i].lang));
	if (missing.n)
		look_tell(ms->c, "TH085", at,
			  arena_printf(ms->c->arena, "%.*s (%.*s)", STR_ARG(u->name),
				       STR_ARG(buf_str(&missing))), STR_NONE);
	return true;
}

void look_messages(struct check *c)
{
	struct messages ms = { .c = c };

	if (!c->source->catalogs)
		return;
	add_tongues(&ms);
	for (size_t i = 0; i < c->templates.n; i++) {
		ms.t = &c->templates.p[i];
		if (ms.t->own && ms.t->compiled)
			template_each_use(ms.t->compiled, on_message, &ms);
	}
	for (size_t i = 0; i < ms.tongues.n; i++)
		catalog_unref(ms.tongues.p[i].own);
	VEC_FREE(&ms.tongues);
}
