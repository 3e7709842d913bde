/* theme.c - loading a theme: manifests of all layers, assets and stylesheets, then the
 * templates that mention them, then the links between templates. */
#include "theme/theme.h"
#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/ref.h"

#define TEMPLATES_MAX 200

struct theme {
	struct ref ref;
	struct arena *arena;
	struct str id;
	struct manifest *manifest;
	struct assets assets;
	struct map *templates;		/* name -> struct template, one reference a name */
	struct map *asks;		/* name -> uint32_t in the arena: see theme_asks() */
	struct digest digest;
	size_t n_family;		/* layers that options and Sass come from */
	bool trusted;
	struct words words;
	struct theme_source source;
	struct folder_layers layers;	/* the source's, with the overrides on top */
};

/* --- ownership --- */

static void drop_template(void *t)
{
	template_unref(t);
}

struct theme *theme_ref(struct theme *t)
{
	ref_hold(&t->ref);
	return t;
}

void theme_unref(struct theme *t)
{
	if (!t || !ref_drop(&t->ref))
		return;
	map_free(t->templates, drop_template);
	words_release(&t->words);
	map_free(t->asks, NULL);
	arena_free(t->arena);
	mem_free(t);
}

void theme_unrefp(struct theme **t)
{
	theme_unref(*t);
}

/* --- manifests --- */

static bool load_manifest(struct theme *t, const char *dir, struct manifest **ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_MANIFEST);
	struct str label = arena_printf(t->arena, "%.*s/theme.ini",
		STR_ARG(path_name(str_of(dir))));

	return file_read(path_join(t->arena, dir, STR("theme.ini")), &text, f)
		&& manifest_parse(t->arena, buf_str(&text), arena_cstr(t->arena, label), ret, f);
}

/* Whether any of the first n layers brings its own frame of a page. */
static bool has_base(struct theme *t, const struct theme_source *source, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (file_exists(path_join(t->arena, source->dirs[i], STR("templates/base.html"))))
			return true;
	return false;
}

/* Options and Sass come from the theme and its parents. The engine's default theme, which
 * nobody names as a parent, gives only the files that are missing, unless the theme has no
 * base.html: then it wears the default theme's clothes and counts it as a parent. */
static bool load_manifests(struct theme *t, const struct theme_source *source, struct fail *f)
{
	struct manifest *parent;
	struct str wanted;

	if (!load_manifest(t, source->dirs[0], &t->manifest, f))
		return false;
	wanted = t->manifest->parent;
	for (t->n_family = 1; t->n_family < source->n_dirs; t->n_family++) {
		const char *dir = source->dirs[t->n_family];
		bool named = wanted.n && str_eq(path_name(str_of(dir)), wanted);

		if (!named && has_base(t, source, t->n_family))
			break;
		if (!load_manifest(t, dir, &parent, f))
			return false;
		manifest_inherit(t->manifest, parent);
		wanted = parent->parent;
	}
	return true;
}

/* --- options in Sass --- */

static struct str sass_options(struct arena *a, const struct manifest *m)
{
	CLEANUP(buf_release) struct buf out = BUF(64 * KIB);

	for (size_t i = 0; i < m->n_options; i++) {
		const struct option *o = &m->options[i];

		if (o->type == OPTION_MARKDOWN)
			continue;
		buf_addf(&out, "$%.*s:var(--%.*s);", STR_ARG(o->name), STR_ARG(o->name));
		if (o->type != OPTION_COLOR && o->type != OPTION_NUMBER && o->type != OPTION_FONT)
			continue;
		buf_addf(&out, "$%.*s-default:", STR_ARG(o->name));
		option_css(o, o->value, &out);
		buf_addc(&out, ';');
	}
	buf_addc(&out, '\n');
	return arena_str(a, buf_str(&out));
}

static bool load_assets(struct theme *t, const struct theme_source *source, struct fail *f)
{
	struct asset_source as = {
		.layers = &t->layers, .n_sass = t->n_family + (source->overrides != NULL),
		.id = t->id, .prefix = source->overrides ? STR(ASSET_OWN)
			: arena_printf(t->arena, ASSET_PREFIX "%.*s/", STR_ARG(t->id)),
		.options = sass_options(t->arena, t->manifest), .cache = source->cache,
		.trusted = source->trusted,
	};

	return asset_load(t->arena, &as, &t->assets, f);
}

/* --- templates --- */

static void keep_template(struct theme *t, struct str name, struct template *tpl)
{
	struct template *old = map_put(t->templates, name, template_ref(tpl));

	template_unref(old);
}

/* Compiled twice where assets are named: first as written, so that what is wrong is told at
 * its own column, then with the addresses put in. */
static bool load_template(struct theme *t, const struct folder_file *file, struct fail *f)
{
	const struct template_options options = { .strict = true, .messages = true,
						  .closed = !t->trusted };
	CLEANUP(buf_release) struct buf linked = BUF(LIMIT_TEMPLATE);
	CLEANUP(template_unrefp) struct template *tpl = NULL, *again = NULL;
	struct str source, name = str_sub(file->name, 0, file->name.n - 5);

	if (!folder_read(t->arena, file, LIMIT_TEMPLATE, &source, f)
	    || !template_compile(source, file->label, &options, &tpl, f)
	    || !asset_link(&t->assets, source, file->label, &linked, f))
		return false;
	if (!buf_ok(&linked))
		return fail(f, FAIL_TOO_LARGE, "%s: the template is too large", file->label);
	if (!str_eq(buf_str(&linked), source)
	    && !template_compile(buf_str(&linked), file->label, &options, &again, f))
		return false;
	keep_template(t, name, again ? again : tpl);
	if (str_starts(name, STR("partials/")) && !map_find(t->templates, str_skip(name, 9)))
		keep_template(t, str_skip(name, 9), again ? again : tpl);
	return true;
}

static bool load_templates(struct theme *t, struct fail *f)
{
	static const char *const required[] = { "base.html", "post.html", "list.html" };
	struct folder_list list;

	if (!folder_list_but(t->arena, &t->layers, "templates", &list, f))
		return false;
	if (list.n > TEMPLATES_MAX)
		return fail(f, FAIL_TOO_LARGE, "%.*s: more than %d templates", STR_ARG(t->id),
			    TEMPLATES_MAX);
	for (size_t i = 0; i < ARRAY_LEN(required); i++)
		if (!folder_find(&list, str_of(required[i])))
			return fail(f, FAIL_NOT_FOUND, "%.*s/templates/%s is missing",
				    STR_ARG(t->id), required[i]);
	for (size_t i = 0; i < list.n; i++) {
		if (!str_ends(list.files[i].name, STR(".html")))
			return fail(f, FAIL_INVALID, "%s: this folder holds .html files only",
				    list.files[i].label);
		if (!load_template(t, &list.files[i], f))
			return false;
	}
	return true;
}

struct linking {
	const struct theme *t;
	const struct template *tpl;
	struct fail *f;
	bool ok;
};

static bool check_use(void *arg, const struct template_use *use)
{
	struct linking *l = arg;

	if (use->kind != TEMPLATE_PARTIAL && use->kind != TEMPLATE_PARENT)
		return true;
	if (theme_template(l->t, use->name))
		return true;
	l->ok = fail(l->f, FAIL_NOT_FOUND, "%s:%d:%d: there is no template \"%.*s\"",
		     template_name(l->tpl), use->line, use->column, STR_ARG(use->name));
	return false;
}

static bool check_links(struct theme *t, struct fail *f)
{
	struct str name;
	void *tpl;
	size_t at = 0;

	while (map_each(t->templates, &at, &name, &tpl)) {
		struct linking l = { t, tpl, f, true };

		template_each_use(tpl, check_use, &l);
		if (!l.ok)
			return false;
	}
	return true;
}

/* --- which queries templates ask for --- */

struct asking {
	struct theme *t;
	uint32_t mask;
};

/* {{#queries.news}}, {{#has_queries.news}}, or either as a whole. */
static uint32_t queries_named(const struct manifest *m, struct str path)
{
	struct str rest, first = str_cut(path, '.', &rest), name = str_cut(rest, '.', &rest);
	uint32_t mask = 0;

	if (!str_eq(first, STR("queries")) && !str_eq(first, STR("has_queries")))
		return 0;
	for (size_t i = 0; i < m->n_queries; i++)
		if (!name.n || str_eq(name, m->queries[i].name))
			mask |= 1u << i;
	return mask;
}

static bool note_asks(void *arg, const struct template_use *use)
{
	struct asking *ask = arg;

	if (use->kind == TEMPLATE_PARTIAL || use->kind == TEMPLATE_PARENT)
		ask->mask |= theme_asks(ask->t, use->name);
	else
		ask->mask |= queries_named(ask->t->manifest, use->name);
	return true;
}

/* What a template asks for its partials ask, too: until nothing is added any more. */
static void find_asks(struct theme *t)
{
	bool more = t->manifest->n_queries > 0;

	while (more) {
		struct str name;
		void *tpl;
		size_t at = 0;

		more = false;
		while (map_each(t->templates, &at, &name, &tpl)) {
			struct asking ask = { t, theme_asks(t, name) };
			uint32_t had = ask.mask, *mask = ARENA_NEW(t->arena, uint32_t);

			template_each_use(tpl, note_asks, &ask);
			if (ask.mask == had)
				continue;
			*mask = ask.mask;
			map_put(t->asks, name, mask);
			more = true;
		}
	}
}

/* --- the whole --- */

bool theme_id_is_good(struct str id)
{
	for (size_t i = 0; i < id.n; i++)
		if (!(id.p[i] >= 'a' && id.p[i] <= 'z') && !(id.p[i] >= '0' && id.p[i] <= '9')
		    && id.p[i] != '-')
			return false;
	return id.n >= 3 && id.n <= 40;
}

static void keep_source(struct theme *t, const struct theme_source *source)
{
	t->source = (struct theme_source){ .n_dirs = source->n_dirs, .trusted = source->trusted };
	if (source->overrides)
		t->layers.dirs[t->layers.n++] = source->overrides;
	for (size_t i = 0; i < source->n_dirs; i++) {
		t->source.dirs[i] = arena_cstr(t->arena, str_of(source->dirs[i]));
		t->layers.dirs[t->layers.n++] = t->source.dirs[i];
	}
	if (source->cache)
		t->source.cache = arena_cstr(t->arena, str_of(source->cache));
	t->layers.but = source->overrides ? source->but : NULL;
}

bool theme_load(const struct theme_source *source, struct theme **ret, struct fail *f)
{
	CLEANUP(theme_unrefp) struct theme *t = MEM_NEW(struct theme);

	ref_init(&t->ref);
	t->arena = arena_new(64 * KIB);
	t->templates = map_new();
	t->asks = map_new();
	t->trusted = source->trusted;
	t->id = arena_str(t->arena, path_name(str_of(source->dirs[0])));
	if (!theme_id_is_good(t->id))
		return fail(f, FAIL_INVALID, "\"%.*s\" is not a name for a theme: 3 to 40 small"
			    " letters, digits and \"-\"", STR_ARG(t->id));
	keep_source(t, source);
	if (!folder_stamp(t->layers.dirs, t->layers.n, &t->digest, f)
	    || !load_manifests(t, source, f) || !load_assets(t, source, f)
	    || !load_templates(t, f) || !check_links(t, f)
	    || !words_load(source->dirs, source->n_dirs, source->last ? &source->last->words : NULL,
			   &t->words, f))
		return false;
	find_asks(t);
	/* What stood in the caller's hands is gone after this. */
	t->layers = (struct folder_layers){ .n = 0 };
	*ret = theme_ref(t);
	return true;
}

/* --- asking --- */

struct str theme_id(const struct theme *t)
{
	return t->id;
}

const struct theme_source *theme_loaded_from(const struct theme *t)
{
	return &t->source;
}

/* A compiled template is some times its source; nobody counts it. */
size_t theme_bytes(const struct theme *t)
{
	return arena_used(t->arena) + map_count(t->templates) * 8 * KIB;
}

bool theme_is_trusted(const struct theme *t)
{
	return t->trusted;
}

const struct manifest *theme_manifest(const struct theme *t)
{
	return t->manifest;
}

const struct digest *theme_digest(const struct theme *t)
{
	return &t->digest;
}

const struct words *theme_words(const struct theme *t)
{
	return &t->words;
}

/* Partials stand there by a short name, too. */
void theme_each_template(const struct theme *t, void (*fn)(void *arg, const struct template *),
			 void *arg)
{
	struct str name;
	void *tpl;
	size_t at = 0;

	while (map_each(t->templates, &at, &name, &tpl)) {
		if (str_starts(name, STR("partials/"))
		    || str_find(str_of(template_name(tpl)), STR("/partials/")) < 0)
			fn(arg, tpl);
	}
}

const struct template *theme_template(const struct theme *t, struct str name)
{
	return map_find(t->templates, name);
}

const struct template *theme_find_template(void *arg, struct str name)
{
	return theme_template(arg, name);
}

uint32_t theme_asks(const struct theme *t, struct str name)
{
	const uint32_t *mask = map_find(t->asks, name);

	return mask ? *mask : 0;
}

const struct asset *theme_asset(const struct theme *t, struct str rest, bool *current)
{
	struct str name, digest = str_cut(rest, '/', &name);
	const struct asset *as = asset_find(&t->assets, name);
	struct str want;

	if (!as)
		return NULL;
	want = str_sub(as->url, as->url.n - name.n - 9, as->url.n - name.n - 1);
	*current = str_eq(digest, want);
	return as;
}

struct str theme_asset_url(const struct theme *t, struct str name)
{
	const struct asset *as = asset_find(&t->assets, name);

	return as ? as->url : STR_NONE;
}
