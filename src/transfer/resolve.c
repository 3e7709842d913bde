/* resolve.c - looks an address up in the places where generators would find it. */
#include "transfer/resolve.h"
#include <string.h>
#include "base/file.h"
#include "base/mem.h"
#include "http/url.h"
#include "transfer/permalink.h"

struct resolve_index {
	const struct source_context *cx;
	struct map *by_path;		/* file -> doc */
	struct map *by_address;		/* old address without its slash at the end -> doc */
	struct map *by_name;		/* file name -> doc; NULL_DOC where there are several */
};

static struct source_doc ambiguous;

static struct str plain_address(struct str s)
{
	if (str_ends(s, STR("/index.html")))
		s.n -= 10;
	while (s.n > 1 && s.p[s.n - 1] == '/')
		s.n--;
	return s;
}

static void put_once(struct map *m, struct str key, const struct source_doc *doc)
{
	if (key.n && !map_find(m, key))
		map_put(m, key, (void *)(uintptr_t)doc);
}

struct resolve_index *resolve_index_new(const struct source_context *cx,
					struct source_doc *const *docs, size_t n)
{
	struct resolve_index *ix = MEM_NEW(struct resolve_index);
	size_t i, k;

	ix->cx = cx;
	ix->by_path = map_new();
	ix->by_address = map_new();
	ix->by_name = map_new();
	for (i = 0; i < n; i++) {
		struct str name = path_name(docs[i]->path);

		map_put(ix->by_path, docs[i]->path, docs[i]);
		put_once(ix->by_address, plain_address(docs[i]->old_address), docs[i]);
		map_put(ix->by_name, name, map_find(ix->by_name, name) ? &ambiguous : docs[i]);
	}
	for (i = 0; i < n; i++)
		for (k = 0; k < docs[i]->aliases.n; k++)
			put_once(ix->by_address, plain_address(docs[i]->aliases.p[k]), docs[i]);
	return ix;
}

void resolve_index_free(struct resolve_index *ix)
{
	if (!ix)
		return;
	map_free(ix->by_path, NULL);
	map_free(ix->by_address, NULL);
	map_free(ix->by_name, NULL);
	mem_free(ix);
}

void resolve_index_freep(struct resolve_index **ix)
{
	resolve_index_free(*ix);
}

/* --- one address --- */

struct lookup {
	const struct resolve_index *ix;
	struct arena *arena;
	const struct source_doc *from;
	struct resolved *ret;
};

/* A text of the folder that is not read, but on the site. */
static bool try_site(struct lookup *l, struct str full)
{
	const struct source_site *site = l->ix->cx->site;

	l->ret->doc = site ? site->doc_of(site->ctx, l->arena, full) : NULL;
	if (l->ret->doc)
		l->ret->kind = RESOLVE_DOC;
	return l->ret->doc != NULL;
}

/* A file of the folder under dir/path: a text or something to bring along. */
static bool try_file(struct lookup *l, struct str dir, struct str path)
{
	const struct tree_file *file;
	struct str full;

	if (!tree_resolve(l->arena, dir, path, &full))
		return false;
	l->ret->doc = map_find(l->ix->by_path, full);
	if (l->ret->doc) {
		l->ret->kind = RESOLVE_DOC;
		return true;
	}
	file = tree_find(l->ix->cx->tree, full);
	if (file && file->kind == TREE_TEXT && try_site(l, full))
		return true;
	if (!file || file->kind != TREE_MEDIA)
		return false;
	l->ret->kind = RESOLVE_MEDIA;
	l->ret->file = file;
	return true;
}

static bool try_address(struct lookup *l, struct str path)
{
	l->ret->doc = map_find(l->ix->by_address, plain_address(path));
	if (!l->ret->doc)
		return false;
	l->ret->kind = RESOLVE_DOC;
	return true;
}

static bool try_statics(struct lookup *l, struct str path)
{
	const struct dialect *d = l->ix->cx->dialect;
	size_t i;

	for (i = 0; i < DIALECT_STATICS && d->statics[i].p; i++)
		if (try_file(l, d->statics[i], path))
			return true;
	return false;
}

/* "/a/b": an address of the old site, a static file, a file below the content. */
static bool try_absolute(struct lookup *l, struct str path)
{
	struct str site = permalink_path(l->ix->cx->dialect, l->arena, path);

	return try_address(l, site) || try_statics(l, site) ||
	       try_file(l, l->ix->cx->dialect->content, site);
}

static bool try_relative(struct lookup *l, struct str path)
{
	const struct source_doc *from = l->from;
	struct str full, own;

	if (try_file(l, from->dir, path))
		return true;
	own = str_sub(from->path, 0, from->path.n - path_extension(from->path).n - 1);
	if (try_file(l, own, path))		/* Hexo: a folder with the text's name */
		return true;
	if (from->old_address.n && tree_resolve(l->arena, from->old_address, path, &full)) {
		full = arena_printf(l->arena, "/%.*s", STR_ARG(full));
		if (try_address(l, full) || try_statics(l, full))
			return true;
	}
	return try_statics(l, path);
}

/* "@/posts/a.md": below the content, beside the text, or the only file of that name. */
static bool try_inside(struct lookup *l, struct str path)
{
	static const char *const endings[] = { "", ".md", ".markdown", "/index.md", "/_index.md" };
	const struct source_doc *doc;
	size_t i;

	for (i = 0; i < ARRAY_LEN(endings); i++) {
		struct str p = arena_printf(l->arena, "%.*s%s", STR_ARG(path), endings[i]);

		if (try_file(l, l->ix->cx->dialect->content, p) || try_file(l, l->from->dir, p))
			return true;
		doc = map_find(l->ix->by_name, path_name(p));
		if (doc && doc != &ambiguous && str_ends(p, path_name(p))) {
			l->ret->kind = RESOLVE_DOC;
			l->ret->doc = doc;
			return true;
		}
	}
	return false;
}

static bool has_scheme(struct str url)
{
	size_t i;

	for (i = 0; i < url.n; i++) {
		char c = url.p[i];

		if (c == ':')
			return i > 0;
		if (!((c | 32) >= 'a' && (c | 32) <= 'z') && !(i && strchr("+-.0123456789", c)))
			return false;
	}
	return false;
}

static bool is_of_this_site(const struct dialect *d, struct str url)
{
	return d->base_url.n && str_starts_nocase(url, d->base_url) &&
	       (url.n == d->base_url.n || url.p[d->base_url.n] == '/');
}

/* An address of a file that is not there, rather than of some page. */
static bool names_a_file(const struct source_site *site, struct str path)
{
	if (site && path.p[0] == '/' && site->has(site->ctx, path))
		return false;
	return str_starts(path, STR("@/")) || tree_kind_of(path) != TREE_OTHER;
}

struct resolved resolve_url(const struct resolve_index *ix, struct arena *a,
			    const struct source_doc *from, struct str url)
{
	struct resolved ret = { .kind = RESOLVE_ELSEWHERE };
	struct lookup l = { .ix = ix, .arena = a, .from = from, .ret = &ret };
	size_t n = 0;
	struct str path;
	bool found;

	if (url.n == 0 || url.p[0] == '#' || str_starts(url, STR("//")))
		return ret;
	if (has_scheme(url)) {
		if (!is_of_this_site(ix->cx->dialect, url))
			return ret;
		url = str_skip(url, ix->cx->dialect->base_url.n);
	}
	while (n < url.n && url.p[n] != '?' && url.p[n] != '#')
		n++;
	ret.tail = str_skip(url, n);
	path = url_decode(a, str_sub(url, 0, n), false);
	if (path.n == 0 || str_has_char(path, '\0'))
		return ret;
	if (str_starts(path, STR("@/")))
		found = try_inside(&l, str_skip(path, 2));
	else
		found = path.p[0] == '/' ? try_absolute(&l, path) : try_relative(&l, path);
	if (!found && names_a_file(ix->cx->site, path))
		ret.kind = RESOLVE_MISSING;
	return ret;
}
