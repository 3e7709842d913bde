/* render.c - see render.h. */
#include "check/render.h"

#include "base/limits.h"
#include "check/html_scan.h"
#include "check/mask.h"

struct render {
	struct check *c;
	struct map *templates;		/* name to struct template, one reference each */
};

static void drop(void *t)
{
	template_unref(t);
}

/* The source with the place of each tag put behind its name. */
static void put_places(struct check *c, size_t number, struct buf *out)
{
	const struct look_template *t = &c->templates.p[number];
	struct html_scan s = { .text = mask_tags(c->arena, t->text) };
	struct html_token token;
	size_t done = 0;

	while (html_scan_next(&s, &token)) {
		struct look_at at;
		size_t end;

		if (token.kind != HTML_OPEN)
			continue;
		end = token.at + 1 + token.name.n;
		at = look_at(t->file, t->text, token.at);
		buf_add(out, str_sub(t->text, done, end));
		buf_addf(out, " " HTML_TREE_AT "=\"%zu.%d.%d\"", number, at.line, at.column);
		done = end;
	}
	buf_add(out, str_skip(t->text, done));
}

static void keep(struct render *r, struct str name, struct template *t)
{
	template_unref(map_put(r->templates, name, template_ref(t)));
}

static void add(struct render *r, size_t number)
{
	static const struct template_options options = { .strict = true, .messages = true };
	const struct look_template *t = &r->c->templates.p[number];
	CLEANUP(buf_release) struct buf source = BUF(4 * LIMIT_TEMPLATE);
	CLEANUP(template_unrefp) struct template *placed = NULL;

	if (!t->compiled)
		return;
	put_places(r->c, number, &source);
	if (!template_compile(buf_str(&source), arena_cstr(r->c->arena, t->file), &options, &placed,
			      NULL))
		placed = template_ref(t->compiled);
	keep(r, t->name, placed);
	if (str_starts(t->name, STR("partials/"))
	    && !map_find(r->templates, str_skip(t->name, 9)))
		keep(r, str_skip(t->name, 9), placed);
}

struct render *render_open(struct check *c)
{
	struct render *r;

	if (!c->theme)
		return NULL;
	r = MEM_NEW(struct render);
	r->c = c;
	r->templates = map_new();
	for (size_t i = 0; i < c->templates.n; i++)
		add(r, i);
	return r;
}

void render_close(struct render *r)
{
	if (!r)
		return;
	map_free(r->templates, drop);
	mem_free(r);
}

static const struct template *find(void *arg, struct str name)
{
	const struct render *r = arg;

	return map_find(r->templates, name);
}

static const char *translate(void *arg, const char *context, const char *msgid)
{
	(void)arg;
	(void)context;
	return msgid;
}

static struct html markdown(struct arena *a, struct str source)
{
	return html_trusted(arena_printf(a, "<p>%.*s</p>", STR_ARG(html_escape(a, source).s)));
}

struct html_tree *render_page(struct render *r, struct arena *a, const struct sample *s,
			      const struct theme_choice *choice, struct fail *why)
{
	const struct template *t = find(r, str_of(s->template));
	struct render_env env = { .arg = r, .find = find, .translate = translate };
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_PAGE);
	struct value *options;

	if (!t)
		return NULL;
	options = theme_options_value(a, r->c->theme, choice, markdown);
	if (!template_render(t, sample_values(a, r->c, s, options), &env, &out, why))
		return NULL;
	return html_tree_make(a, arena_str(a, buf_str(&out)));
}

bool render_place(const struct render *r, int file, int line, int column, struct look_at *ret)
{
	if (line == 0 || file < 0 || (size_t)file >= r->c->templates.n
	    || !r->c->templates.p[file].own)
		return false;
	*ret = (struct look_at){ r->c->templates.p[file].file, line, column };
	return true;
}

size_t render_choices(const struct check *c, struct arena *a, struct theme_choice *ret,
		      size_t most)
{
	const struct manifest *m = theme_manifest(c->theme);
	struct theme_setting *set = arena_array(a, m->n_options + 1, sizeof *set);
	size_t n = 0, n_set = 0;

	ret[n++] = (struct theme_choice){ .preset = STR_NONE };
	for (size_t i = 0; i < m->n_presets && n + 1 < most; i++)
		ret[n++] = (struct theme_choice){ .preset = m->presets[i].name };
	for (size_t i = 0; i < m->n_options; i++)
		if (m->options[i].type == OPTION_BOOL)
			set[n_set++] = (struct theme_setting){
				m->options[i].name, str_eq(m->options[i].value, STR("true"))
						    ? STR("false") : STR("true") };
	if (n_set && n < most)
		ret[n++] = (struct theme_choice){ STR_NONE, set, n_set };
	return n;
}
