/* asset.c - loading assets: first the plain files, then the stylesheets that mention them. */
#include "theme/asset.h"
#include <string.h>
#include "base/limits.h"
#include "gz/gz.h"
#include "theme/stylesheet.h"

#define ASSET_MAX   (2 * MIB)
#define ASSETS_MAX  (12 * MIB)
#define SHEETS_MAX  16

struct type {
	const char *extension, *type;
	bool text;			/* worth compressing */
};

static const struct type types[] = {
	{ "css", "text/css; charset=utf-8", true },
	{ "js", "text/javascript; charset=utf-8", true },
	{ "svg", "image/svg+xml", true },
	{ "txt", "text/plain; charset=utf-8", true },
	{ "json", "application/json", true },
	{ "webmanifest", "application/manifest+json", true },
	{ "png", "image/png", false }, { "jpg", "image/jpeg", false },
	{ "jpeg", "image/jpeg", false }, { "gif", "image/gif", false },
	{ "webp", "image/webp", false }, { "avif", "image/avif", false },
	{ "ico", "image/x-icon", true },
	{ "woff2", "font/woff2", false }, { "woff", "font/woff", false },
	{ "ttf", "font/ttf", true }, { "otf", "font/otf", true },
};

struct loading {
	struct arena *arena;
	const struct asset_source *source;
	struct assets *as;
	size_t cap;
	size_t bytes;
	struct digest everything;
};

static const struct type *type_of(struct str name)
{
	ptrdiff_t dot = str_rfind_char(name, '.');

	for (size_t i = 0; dot >= 0 && i < ARRAY_LEN(types); i++)
		if (str_eq_nocase(str_skip(name, (size_t)dot + 1), str_of(types[i].extension)))
			return &types[i];
	return NULL;
}

const struct asset *asset_find(const struct assets *as, struct str name)
{
	for (size_t i = 0; i < as->n; i++)
		if (str_eq(as->all[i].name, name))
			return &as->all[i];
	return NULL;
}

/* --- one asset --- */

static void fingerprint(struct loading *l, struct asset *as, const struct digest *d)
{
	char hex[DIGEST_HEX_LEN + 1];

	digest_hex(d, hex);
	as->url = arena_printf(l->arena, "%.*s%.8s/%.*s", STR_ARG(l->source->prefix), hex,
			       STR_ARG(as->name));
	as->etag = arena_printf(l->arena, "\"%.16s\"", hex);
	as->etag_gzip = arena_printf(l->arena, "\"%.16s-gz\"", hex);
}

static void compress(struct loading *l, struct asset *as)
{
	CLEANUP(buf_release) struct buf gz = BUF(as->bytes.n + 1024);

	if (as->bytes.n > 200 && gz_whole(as->bytes, 9, STR_NONE, &gz)
	    && gz.n < as->bytes.n - as->bytes.n / 10)
		as->gzip = arena_str(l->arena, buf_str(&gz));
}

static struct asset *add(struct loading *l, struct str name, const struct type *type,
			 struct str bytes)
{
	struct asset *as = &l->as->all[l->as->n++];

	as->name = name;
	as->type = str_of(type->type);
	as->bytes = bytes;
	return as;
}

static bool add_file(struct loading *l, const struct folder_file *file, struct fail *f)
{
	const struct type *type = type_of(file->name);
	struct str bytes;

	if (!type)
		return fail(f, FAIL_INVALID, "%s: files of this type are not served; a theme holds"
			    " pictures, fonts and stylesheets", file->label);
	if (!strcmp(type->extension, "js") && !l->source->trusted)
		return fail(f, FAIL_FORBIDDEN, "%s: scripts need the operator's trust in the theme",
			    file->label);
	if (!folder_read(l->arena, file, ASSET_MAX, &bytes, f))
		return false;
	l->bytes += bytes.n;
	if (l->bytes > ASSETS_MAX)
		return fail(f, FAIL_TOO_LARGE, "%s: the assets of a theme may have %d MiB together",
			    file->label, ASSETS_MAX / MIB);
	add(l, file->name, type, bytes);
	return true;
}

/* --- addresses in stylesheets --- */

struct css_map {
	struct loading *l;
	struct str folder;		/* of the stylesheet below assets/, with slash */
};

/* a/b/../c without its dots; false when it leaves the top. */
static bool flatten(struct arena *a, struct str path, struct str *ret)
{
	char out[300];
	size_t n = 0;

	if (path.n >= sizeof(out))
		return false;
	while (path.n) {
		struct str part = str_cut(path, '/', &path);

		if (str_eq(part, STR("..")) && !n)
			return false;
		if (str_eq(part, STR(".."))) {
			while (n && out[n - 1] != '/')
				n--;
			n -= n > 0;
			continue;
		}
		if (!part.n || str_eq(part, STR(".")))
			continue;
		if (n)
			out[n++] = '/';
		memcpy(out + n, part.p, part.n);
		n += part.n;
	}
	*ret = arena_str(a, str_from(out, n));
	return true;
}

static const struct asset *find_relative(const struct css_map *m, struct str url)
{
	struct arena *a = m->l->arena;
	struct str name = url, path;
	const struct asset *as;

	if (str_starts(name, STR("/")))
		name = str_skip(name, 1);
	while (str_starts(name, STR("../")))
		name = str_skip(name, 3);
	if (str_starts(name, STR("assets/")))
		return asset_find(m->l->as, str_skip(name, 7));
	path = arena_printf(a, "%.*s%.*s", STR_ARG(m->folder), STR_ARG(url));
	if (flatten(a, path, &path)) {
		as = asset_find(m->l->as, path);
		if (as)
			return as;
	}
	return flatten(a, url, &path) ? asset_find(m->l->as, path) : NULL;
}

static bool map_css(void *arg, struct str url, struct str *ret, struct fail *f)
{
	struct css_map *m = arg;
	size_t end = 0;
	const struct asset *as;

	while (end < url.n && url.p[end] != '?' && url.p[end] != '#' && url.p[end] != ':')
		end++;
	if (str_starts(url, STR("//")) || (end < url.n && url.p[end] == ':')) {
		if (m->l->source->trusted)
			return true;
		return fail(f, FAIL_FORBIDDEN, "\"%.*s\" lies elsewhere; readers would be told to"
			    " others, so put the file into assets/", STR_ARG(str_sub(url, 0, 200)));
	}
	as = find_relative(m, str_sub(url, 0, end));
	if (as) {
		*ret = arena_printf(m->l->arena, "%.*s%.*s", STR_ARG(as->url),
				    STR_ARG(str_skip(url, end)));
		return true;
	}
	if (url.n && url.p[0] == '/' && !str_starts(url, STR("/assets/")))
		return true;
	return fail(f, FAIL_NOT_FOUND, "there is no asset \"%.*s\"", STR_ARG(str_sub(url, 0, 200)));
}

static bool link_css(struct loading *l, struct asset *as, const char *label, struct fail *f)
{
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_STYLESHEET);
	ptrdiff_t slash = str_rfind_char(as->name, '/');
	struct css_map m = { l, slash < 0 ? STR_NONE : str_sub(as->name, 0, (size_t)slash + 1) };
	struct stylesheet_map map = { map_css, &m };

	if (!stylesheet_rewrite(as->bytes, label, &map, &out, f))
		return false;
	as->bytes = arena_str(l->arena, buf_str(&out));
	return true;
}

/* --- stylesheets from Sass --- */

static bool is_entry(struct str name)
{
	return str_ends(name, STR(".scss")) && name.p[0] != '_' && !str_has_char(name, '/');
}

static bool read_sources(struct loading *l, const struct folder_list *list,
			 struct stylesheet_source *sources, struct fail *f)
{
	for (size_t i = 0; i < list->n; i++) {
		sources[i].name = list->files[i].name;
		if (!str_ends(sources[i].name, STR(".scss")))
			return fail(f, FAIL_INVALID, "%s: this folder holds .scss files only; plain"
				    " stylesheets go to assets/", list->files[i].label);
		if (!folder_read(l->arena, &list->files[i], LIMIT_STYLESHEET, &sources[i].text, f))
			return false;
	}
	return true;
}

static bool add_sheet(struct loading *l, const struct stylesheet_source *sources, size_t n,
		      size_t main, struct fail *f)
{
	CLEANUP(buf_release) struct buf css = BUF(LIMIT_STYLESHEET);
	struct str stem = str_sub(sources[main].name, 0, sources[main].name.n - 5);
	struct str name = arena_printf(l->arena, "%.*s.css", STR_ARG(stem));

	if (asset_find(l->as, name))
		return fail(f, FAIL_CONFLICT, "%.*s/sass/%.*s: assets/%.*s is there as well",
			    STR_ARG(l->source->id), STR_ARG(sources[main].name), STR_ARG(name));
	if (!stylesheet_compile(sources, n, main, l->source->options, l->source->cache, &css, f))
		return fail_in(f, "%.*s", STR_ARG(l->source->id));
	add(l, name, &types[0], arena_str(l->arena, buf_str(&css)));
	return true;
}

static bool add_sheets(struct loading *l, const struct folder_list *list, struct fail *f)
{
	struct stylesheet_source *sources = arena_array(l->arena, list->n, sizeof(*sources));
	size_t count = 0;

	if (!read_sources(l, list, sources, f))
		return false;
	for (size_t i = 0; i < list->n; i++) {
		if (!is_entry(sources[i].name))
			continue;
		if (++count > SHEETS_MAX)
			return fail(f, FAIL_TOO_LARGE, "%s: more than %d stylesheets",
				    list->files[i].label, SHEETS_MAX);
		if (!add_sheet(l, sources, list->n, i, f))
			return false;
	}
	return true;
}

/* --- all --- */

static bool is_css(const struct asset *as)
{
	return str_ends(as->name, STR(".css"));
}

static void fingerprint_all(struct loading *l)
{
	struct str *parts = arena_array(l->arena, 2 * l->as->n + 1, sizeof(*parts));
	size_t n = 0;

	for (size_t i = 0; i < l->as->n; i++) {
		struct digest d = digest_of(l->as->all[i].bytes);

		parts[n++] = l->as->all[i].name;
		parts[n++] = l->as->all[i].bytes;
		if (!is_css(&l->as->all[i]))
			fingerprint(l, &l->as->all[i], &d);
	}
	l->everything = digest_of_parts(parts, n);
	for (size_t i = 0; i < l->as->n; i++) {
		struct str both[2] = { str_from((const char *)l->everything.b, DIGEST_LEN),
				       l->as->all[i].name };
		struct digest d = digest_of_parts(both, 2);

		if (is_css(&l->as->all[i]))
			fingerprint(l, &l->as->all[i], &d);
	}
}

static bool finish(struct loading *l, struct fail *f)
{
	fingerprint_all(l);
	for (size_t i = 0; i < l->as->n; i++) {
		struct asset *as = &l->as->all[i];
		struct str label = arena_printf(l->arena, "%.*s/assets/%.*s",
						STR_ARG(l->source->id), STR_ARG(as->name));

		if (is_css(as) && !link_css(l, as, arena_cstr(l->arena, label), f))
			return false;
		if (type_of(as->name)->text)
			compress(l, as);
	}
	return true;
}

bool asset_load(struct arena *a, const struct asset_source *source, struct assets *ret,
		struct fail *f)
{
	struct loading l = { .arena = a, .source = source, .as = ret };
	struct folder_layers with_sass = *source->layers;
	struct folder_list files, sass;

	*ret = (struct assets){ .arena = a, .id = source->id };
	with_sass.n = source->n_sass;
	if (!folder_list_but(a, source->layers, "assets", &files, f)
	    || !folder_list_but(a, &with_sass, "sass", &sass, f))
		return false;
	ret->all = arena_array(a, files.n + SHEETS_MAX + 1, sizeof(*ret->all));
	for (size_t i = 0; i < files.n; i++)
		if (!add_file(&l, &files.files[i], f))
			return false;
	return add_sheets(&l, &sass, f) && finish(&l, f);
}

/* --- in templates --- */

static bool wrong_place(struct str source, size_t at, const char *label, struct fail *f)
{
	size_t line = 1, column = 1;

	for (size_t i = 0; i < at; i++) {
		column++;
		if (source.p[i] == '\n') {
			line++;
			column = 1;
		}
	}
	return fail_in(f, "%s:%zu:%zu", label, line, column);
}

bool asset_link(const struct assets *as, struct str source, const char *label, struct buf *out,
		struct fail *f)
{
	size_t from = 0;

	for (;;) {
		ptrdiff_t found = str_find(str_skip(source, from), STR("assets/"));
		size_t at = from + (size_t)(found < 0 ? 0 : found), start = at + 7, end = start;
		const struct asset *asset;

		if (found < 0)
			break;
		buf_add(out, str_sub(source, from, at));
		from = at;
		if (at < 2 || (source.p[at - 1] != '"' && source.p[at - 1] != '\'')
		    || source.p[at - 2] != '=') {
			buf_add(out, str_sub(source, from, start));
			from = start;
			continue;
		}
		while (end < source.n && source.p[end] != source.p[at - 1] && source.p[end] != '#'
		       && source.p[end] != '?')
			end++;
		asset = asset_find(as, str_sub(source, start, end));
		if (!asset)
			return fail(f, FAIL_NOT_FOUND, "there is no asset \"%.*s\"",
				    STR_ARG(str_sub(source, start, end)))
				|| wrong_place(source, at, label, f);
		buf_add(out, asset->url);
		from = end;
	}
	buf_add(out, str_skip(source, from));
	return true;
}
