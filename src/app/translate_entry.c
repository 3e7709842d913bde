/* translate_entry.c - see translate_entry.h. Only translators wait for this, so files are
 * read anew for each page. */
#include "app/translate_entry.h"

#include <unistd.h>
#include "base/file.h"
#include "base/limits.h"
#include "lang/po_edit.h"
#include "lang/po_write.h"

enum { FILES_MAX = 8 };

struct file {
	const char *path;
	struct str text;
	struct po po;
	bool is_template;		/* hameau.pot: tells places and nothing else */
};

struct translate_files {
	struct arena *a;
	struct file at[FILES_MAX];
	size_t n;
	struct str lang;
	const struct theme *theme;
	const struct catalog *like;	/* for plural rules */
};

/* ---- reading ---- */

static void take(struct translate_files *t, const char *dir, const char *name, bool is_template)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_CATALOG);
	struct file *file = &t->at[t->n];

	if (t->n == FILES_MAX)
		return;
	*file = (struct file){ .path = path_join(t->a, dir, str_of(name)),
			       .is_template = is_template };
	if (!file_read(file->path, &text, NULL))
		return;
	file->text = arena_str(t->a, buf_str(&text));
	if (po_parse_all(t->a, file->text, file->path, &file->po, NULL))
		t->n++;
}

static const char *theme_dir(struct engine *e, struct arena *a, const struct theme *theme)
{
	size_t n;
	struct themes_entry *all = themes_all(a, e->themes, &n);

	for (size_t i = 0; theme && i < n; i++)
		if (str_eq(all[i].id, theme_id(theme)))
			return path_join(a, arena_cstr(a, all[i].dir), STR("lang"));
	return NULL;
}

struct translate_files *translate_entry_files(struct engine *e, struct arena *a,
					      const struct site *site, const struct theme *theme,
					      struct str lang, const struct catalog *like)
{
	struct translate_files *t = ARENA_NEW(a, struct translate_files);
	const char *name = arena_printf(a, "%.*s.po", STR_ARG(lang)).p;
	const char *more = arena_printf(a, "%.*s%s", STR_ARG(lang), CATALOGS_OPERATOR).p;
	const char *dirs[HOST_LANG_DIRS], *of_theme = theme_dir(e, a, theme);
	size_t n = host_lang_dirs(e->host, a, dirs);

	*t = (struct translate_files){ .a = a, .lang = lang, .theme = theme, .like = like };
	if (site)
		take(t, wording_dir(a, site), name, false);
	if (of_theme)
		take(t, of_theme, name, false);
	for (size_t i = 0; i < n; i++)
		take(t, dirs[i], name, false);
	for (size_t i = 0; i < n; i++)
		take(t, dirs[i], more, false);
	if (n)
		take(t, dirs[n - 1], "hameau.pot", true);
	return t;
}

/* ---- finding ---- */

static bool is_done(const struct po_message *m)
{
	for (unsigned i = 0; i < m->texts; i++)
		if (m->text[i].n == 0)
			return false;
	return m->texts > 0 && !m->fuzzy;
}

/* Files of templates are left out: their lines are known better. */
static void add_references(struct str comments, struct buf *b)
{
	struct str line, one;

	while (po_comment_next(&comments, ':', &line)) {
		for (line = str_trim(str_skip(line, 2)); line.n;) {
			one = str_cut(line, ' ', &line);
			if (one.n && !str_starts(one, STR("themes/")))
				buf_addf(b, " %.*s", STR_ARG(one));
		}
	}
}

struct search {
	struct buf *b;
	const char *template, *context;
	struct str id;
};

static bool note_use(void *arg, const struct template_use *use)
{
	struct search *s = arg;

	if (use->kind == TEMPLATE_MESSAGE && str_eq(use->name, s->id)
	    && str_eq(str_of(use->context), str_of(s->context)))
		buf_addf(s->b, " %s:%d:%d", s->template, use->line, use->column);
	return true;
}

static void note_template(void *arg, const struct template *t)
{
	struct search *s = arg;

	s->template = template_name(t);
	template_each_use(t, note_use, s);
}

static struct str places_of(const struct translate_files *t, const char *context, const char *id)
{
	CLEANUP(buf_release) struct buf b = BUF(4 * KIB);
	struct search s = { .b = &b, .context = context, .id = str_of(id) };

	if (t->theme)
		theme_each_template(t->theme, note_template, &s);
	for (size_t i = 0; i < t->n; i++) {
		const struct po_message *m = po_edit_find(&t->at[i].po, str_of(context),
							  str_of(id));

		if (m && t->at[i].is_template)
			add_references(m->comments, &b);
	}
	return arena_str(t->a, str_trim(buf_str(&b)));
}

static const struct file *file_of(const struct translate_files *t, struct str context,
				  struct str id, const struct po_message **ret)
{
	const struct file *first = NULL;

	for (size_t i = 0; i < t->n; i++) {
		const struct po_message *m = po_edit_find(&t->at[i].po, context, id);

		if (!m || t->at[i].is_template || (first && !is_done(m)))
			continue;
		*ret = m;
		first = &t->at[i];
		if (is_done(m))
			return first;
	}
	return first;
}

struct translate_entry translate_entry_find(const struct translate_files *t, const char *context,
					    const char *id)
{
	const struct po_message *m = NULL;
	const struct file *file = file_of(t, str_of(context), str_of(id), &m);
	struct translate_entry e = { .places = places_of(t, context, id) };

	if (!file)
		return e;
	e.path = file->path;
	e.line = m->line;
	e.fuzzy = m->fuzzy;
	e.message = m;
	return e;
}

/* ---- writing ---- */

/* Whether it is a format for C, says whatever file has it. */
static bool is_format(const struct translate_files *t, const struct po_message *m)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct po_message *has = po_edit_find(&t->at[i].po, m->context, m->id);

		if (has && has->c_format)
			return true;
	}
	return false;
}

bool translate_entry_save(struct engine *e, const struct translate_files *t,
			  struct po_message *m, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_CATALOG), own = BUF(LIMIT_CATALOG);
	const char *dir = path_join(t->a, e->host->data, STR("lang"));
	struct str name = arena_printf(t->a, "%.*s.po", STR_ARG(t->lang)), text = STR("");
	const char *path = path_join(t->a, dir, name);
	const struct po_message *was = NULL;
	const struct file *file = file_of(t, m->context, m->id, &was);

	m->c_format = is_format(t, m);
	if (!po_edit_check(t->lang, m, t->like, f))
		return false;
	if (file && access(file->path, W_OK) == 0) {
		path = file->path;
		text = file->text;
	} else if (file_exists(path)) {
		if (!file_read(path, &own, f))
			return false;
		text = buf_str(&own);
	} else if (!dir_make(dir, f)) {
		return false;
	}
	return po_edit(text, path, t->lang, m, &b, f) && file_write(path, buf_str(&b), true, f);
}
