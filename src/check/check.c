/* check.c - one check: reads the folder, lets every look run once, puts what was found in
 * order. */
#include <assert.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/limits.h"
#include "check/look.h"

const char *check_level_name(enum check_level level)
{
	static const char *const names[] = { "advice", "warning", "error" };

	return names[level];
}

/* --- telling --- */

struct look_at look_at(struct str file, struct str text, size_t offset)
{
	struct look_at at = { file, 1, 1 };

	for (size_t i = 0; i < offset && i < text.n; i++) {
		if (text.p[i] == '\n') {
			at.line++;
			at.column = 1;
		} else if ((text.p[i] & 0xC0) != 0x80) {
			at.column++;
		}
	}
	return at;
}

static const struct check_rule *rule_of(const char *id)
{
	const struct check_rule *r = check_rules;

	while (r->id && strcmp(r->id, id) != 0)
		r++;
	assert(r->id);
	return r;
}

static bool is_same(const struct check_finding *a, const struct check_finding *b)
{
	return a->rule == b->rule && str_eq(a->file, b->file) && a->line == b->line
	       && a->column == b->column && str_eq(a->detail, b->detail);
}

void look_tell(struct check *c, const char *id, struct look_at at, struct str detail,
	       struct str near)
{
	struct check_finding new = { rule_of(id), at.file, at.line, at.column, detail, near };
	size_t same = 0;

	for (size_t i = 0; i < c->found.n; i++) {
		if (is_same(&c->found.p[i], &new))
			return;
		same += c->found.p[i].rule == new.rule && str_eq(c->found.p[i].file, new.file);
	}
	if (same < LOOK_SAME && c->found.n < LOOK_FINDINGS)
		*VEC_ADD(&c->found) = new;
}

/* "12" at the front of *s, before a colon. */
static int take_number(struct str *s)
{
	struct str rest, number = str_cut(*s, ':', &rest);
	int64_t n;

	if (!rest.p || !str_to_i64(number, &n) || n < 0 || n > 1000000000)
		return 0;
	*s = rest;
	return (int)n;
}

/* The first line only: the next ones are of other places. */
void look_tell_fail(struct check *c, const char *id, struct str file, const struct fail *f)
{
	struct str text = str_of(f->text), prefix = arena_printf(c->arena, "%.*s/", STR_ARG(c->id));
	struct look_at at = { file, 0, 0 };
	struct str rest, name;

	text = str_cut(text, '\n', &rest);
	if (str_starts(text, prefix))
		text = str_skip(text, prefix.n);
	name = str_cut(text, ':', &rest);
	if (rest.p && look_find(c, name)) {
		at.file = arena_str(c->arena, name);
		text = rest;
		at.line = take_number(&text);
		at.column = at.line ? take_number(&text) : 0;
	}
	look_tell(c, id, at, arena_str(c->arena, str_trim(text)), STR_NONE);
}

bool look_was_told(const struct check *c, const char *id, struct str file, int line)
{
	for (size_t i = 0; i < c->found.n; i++) {
		const struct check_finding *x = &c->found.p[i];

		if ((id ? strcmp(x->rule->id, id) == 0 : x->rule->level == CHECK_ERROR)
		    && (!file.n || str_eq(x->file, file)) && (x->line == line || !line))
			return true;
	}
	return false;
}

/* --- the folder --- */

static bool is_written(struct str name)
{
	static const char *const extensions[] = { "html", "css", "scss", "ini", "po", "svg", "md" };

	for (size_t i = 0; i < ARRAY_LEN(extensions); i++)
		if (str_eq(path_extension(name), str_of(extensions[i])))
			return true;
	return false;
}

static void read_text(struct check *c, struct look_file *file)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_STYLESHEET);

	if (!file->is_dir && !file->is_link && is_written(file->name)
	    && file_read(file->path, &text, NULL))
		file->text = arena_str(c->arena, buf_str(&text));
}

static bool read_dir(struct check *c, const char *dir, struct str below, int depth, struct fail *f)
{
	struct dir_entry *e;
	size_t n;

	if (!dir_list_stat(c->arena, dir, &e, &n, f))
		return false;
	for (size_t i = 0; i < n && c->files.n < LOOK_FILES; i++) {
		struct look_file file = {
			.name = arena_printf(c->arena, "%.*s%s", STR_ARG(below), e[i].name),
			.path = path_join(c->arena, dir, str_of(e[i].name)),
			.size = e[i].size, .is_link = e[i].is_link, .is_dir = e[i].is_dir,
		};

		read_text(c, &file);
		*VEC_ADD(&c->files) = file;
		if (e[i].is_dir && depth < 8 && e[i].name[0] != '.'
		    && !read_dir(c, file.path, arena_printf(c->arena, "%.*s/", STR_ARG(file.name)),
				 depth + 1, f))
			return false;
	}
	return true;
}

const struct look_file *look_find(const struct check *c, struct str name)
{
	for (size_t i = 0; i < c->files.n; i++)
		if (str_eq(c->files.p[i].name, name))
			return &c->files.p[i];
	return NULL;
}

bool look_is_in(const struct look_file *file, const char *prefix)
{
	return !file->is_dir && str_starts(file->name, str_of(prefix));
}

bool look_is_sheet(const struct look_file *file)
{
	return (look_is_in(file, "sass/") && str_ends(file->name, STR(".scss")))
	       || (look_is_in(file, "assets/") && str_ends(file->name, STR(".css")));
}

const struct look_template *look_template(const struct check *c, struct str name)
{
	for (size_t i = 0; i < c->templates.n; i++) {
		struct str its = c->templates.p[i].name;

		if (str_eq(its, name)
		    || (str_starts(its, STR("partials/")) && str_eq(str_skip(its, 9), name)))
			return &c->templates.p[i];
	}
	return NULL;
}

/* --- the whole --- */

static int by_place(const void *a, const void *b)
{
	const struct check_finding *x = a, *y = b;
	int files = str_cmp(x->file, y->file);

	if (files)
		return files;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return strcmp(x->rule->id, y->rule->id);
}

static void run_looks(struct check *c)
{
	for (const struct check_rule *r = check_rules; r->id; r++) {
		const struct check_rule *first = check_rules;

		while (first->look != r->look)
			first++;
		if (first == r)
			r->look(c);
	}
}

/* Why it cannot be loaded was told better. */
static void forget_load(struct check *c)
{
	size_t kept = 0, errors = 0;

	for (size_t i = 0; i < c->found.n; i++)
		errors += c->found.p[i].rule->level == CHECK_ERROR;
	for (size_t i = 0; i < c->found.n; i++)
		if (errors < 2 || strcmp(c->found.p[i].rule->id, "TH090") != 0)
			c->found.p[kept++] = c->found.p[i];
	c->found.n = kept;
}

static void release(struct check *c)
{
	for (size_t i = 0; i < c->templates.n; i++)
		template_unref(c->templates.p[i].compiled);
	theme_unref(c->theme);
	VEC_FREE(&c->templates);
	VEC_FREE(&c->files);
	VEC_FREE(&c->found);
}

bool check_theme(struct arena *a, const struct check_source *source, struct check_report *ret,
		 struct fail *f)
{
	CLEANUP(release) struct check c = {
		.arena = a, .source = source, .id = path_name(str_of(source->dirs[0])),
	};

	if (!read_dir(&c, source->dirs[0], STR_NONE, 0, f))
		return false;
	run_looks(&c);
	forget_load(&c);
	*ret = (struct check_report){ NULL };
	for (size_t i = 0; i < c.found.n; i++)
		ret->count[c.found.p[i].rule->level]++;
	ret->p = VEC_INTO(a, &c.found, &ret->n);
	if (ret->n)
		qsort(ret->p, ret->n, sizeof *ret->p, by_place);
	return true;
}
