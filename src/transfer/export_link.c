/* export_link.c - finds the addresses in a rendered page and makes them relative.
 *
 * The pages are our own: attributes are quoted with ", and no < stands in a text.
 */
#include "transfer/export_link.h"
#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "http/url.h"

struct str export_link_file(struct arena *a, struct str path)
{
	while (path.n && path.p[0] == '/')
		path = str_skip(path, 1);
	if (path.n == 0 || path.p[path.n - 1] == '/')
		return arena_printf(a, "%.*sindex.html", STR_ARG(path));
	if (path_extension(path_name(path)).n)
		return arena_str(a, path);
	return arena_printf(a, "%.*s/index.html", STR_ARG(path));
}

struct str export_link_between(struct arena *a, struct str from, struct str to)
{
	CLEANUP(buf_release) struct buf out = BUF(16 * KIB);
	size_t i, same = 0;

	for (i = 0; i < from.n && i < to.n && from.p[i] == to.p[i]; i++)
		if (from.p[i] == '/')
			same = i + 1;
	for (i = same; i < from.n; i++)
		if (from.p[i] == '/')
			buf_adds(&out, "../");
	url_encode_path(&out, str_skip(to, same));
	return arena_str(a, buf_str(&out));
}

struct page {
	struct arena *arena;
	struct str file;
	export_link_fn *found;
	void *ctx;
	struct buf *out;
};

/* "/a/b?x#y" made relative; what is not an address of this site stays. */
static void put_url(struct page *p, struct str url)
{
	struct str path, tail;
	bool folded;
	size_t n = 0;

	if (!str_starts(url, STR("/")) || str_starts(url, STR("//"))) {
		buf_add(p->out, url);
		return;
	}
	while (n < url.n && url.p[n] != '?' && url.p[n] != '#')
		n++;
	tail = str_skip(url, n);
	if (!url_path(p->arena, str_sub(url, 0, n), &path, &folded)) {
		buf_add(p->out, url);
		return;
	}
	p->found(p->ctx, path);
	if (p->file.n == 0) {
		buf_add(p->out, url);
		return;
	}
	buf_add(p->out, export_link_between(p->arena, p->file, export_link_file(p->arena, path)));
	buf_add(p->out, tail);
}

/* "a.png 1x, b.png 2x" */
static void put_srcset(struct page *p, struct str set)
{
	while (set.n) {
		struct str one = str_cut(set, ',', &set), rest;
		struct str url = str_cut(str_trim(one), ' ', &rest);

		put_url(p, url);
		if (rest.n)
			buf_addf(p->out, " %.*s", STR_ARG(rest));
		if (set.n)
			buf_adds(p->out, ", ");
	}
}

static const struct attribute {
	struct str name;
	void (*put)(struct page *p, struct str value);
} ATTRIBUTES[] = {
	{ STR_INIT(" href=\""), put_url }, { STR_INIT(" src=\""), put_url },
	{ STR_INIT(" action=\""), put_url }, { STR_INIT(" poster=\""), put_url },
	{ STR_INIT(" srcset=\""), put_srcset },
};

static const struct attribute *attribute_at(struct str s)
{
	size_t i;

	if (s.p[0] != ' ' && s.p[0] != '\n')
		return NULL;
	for (i = 0; i < ARRAY_LEN(ATTRIBUTES); i++)
		if (str_starts(str_skip(s, 1), str_skip(ATTRIBUTES[i].name, 1)))
			return &ATTRIBUTES[i];
	return NULL;
}

/* One tag, from its '<' to behind its '>'; returns its length. */
static size_t put_tag(struct page *p, struct str s)
{
	size_t i = 0;
	bool quoted = false;

	while (i < s.n) {
		const struct attribute *at = quoted ? NULL : attribute_at(str_skip(s, i));
		ptrdiff_t end = -1;

		if (at)
			end = str_find_char(str_skip(s, i + at->name.n), '"');
		if (end >= 0) {
			buf_add(p->out, str_sub(s, i, i + at->name.n));
			i += at->name.n;
			at->put(p, str_sub(s, i, i + (size_t)end));
			i += (size_t)end;
			buf_addc(p->out, s.p[i++]);
			continue;
		}
		if (s.p[i] == '"')
			quoted = !quoted;
		buf_addc(p->out, s.p[i]);
		if (s.p[i++] == '>' && !quoted)
			break;
	}
	return i;
}

/* A form that searches, from its '<' to behind its end; 0: there is none here. */
static size_t search_form(struct str s)
{
	struct str tag;
	ptrdiff_t end;

	if (!str_starts(s, STR("<form ")))
		return 0;
	tag = str_sub(s, 0, (size_t)(str_find_char(s, '>') + 1));
	end = str_find(s, STR("</form>"));
	return str_find(tag, STR(" role=\"search\"")) >= 0 && end >= 0 ? (size_t)end + 7 : 0;
}

void export_link_html(struct arena *a, struct str html, struct str file, export_link_fn *found,
		      void *ctx, struct buf *out)
{
	struct page p = { a, file, found, ctx, out };

	while (html.n) {
		ptrdiff_t at = str_find_char(html, '<');
		size_t n = at < 0 ? html.n : (size_t)at;

		buf_add(out, str_sub(html, 0, n));
		html = str_skip(html, n);
		n = search_form(html);
		if (n == 0 && html.n)
			n = put_tag(&p, html);
		html = str_skip(html, n);
	}
}

void export_link_css(struct arena *a, struct str css, struct str file, export_link_fn *found,
		     void *ctx, struct buf *out)
{
	struct page p = { a, file, found, ctx, out };

	while (css.n) {
		ptrdiff_t at = str_find(css, STR("url(")), end;
		struct str url;
		size_t skip;

		if (at < 0)
			break;
		skip = (size_t)at + 4;
		if (skip < css.n && strchr("\"'", css.p[skip]))
			skip++;
		buf_add(out, str_sub(css, 0, skip));
		css = str_skip(css, skip);
		for (end = 0; (size_t)end < css.n && !strchr("\"')", css.p[end]); end++)
			;
		url = str_sub(css, 0, (size_t)end);
		put_url(&p, url);
		css = str_skip(css, (size_t)end);
	}
	buf_add(out, css);
}
