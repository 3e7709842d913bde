/* export.c - asks the site for pages until all of it is on the disk.
 *
 * A queue of addresses: those every site has, those of all texts and old addresses,
 * and those that pages link to. Each is rendered once and written under the name that
 * a link to it is given, so it does not matter in which order they come.
 */
#include "transfer/export.h"
#include <string.h>
#include "base/html.h"
#include "base/limits.h"
#include "base/vec.h"
#include "content/address.h"
#include "content/media.h"
#include "content/post.h"
#include "transfer/export_link.h"
#include "transfer/export_source.h"
#include "web/reader.h"

enum { AT_ONCE = 500, PATHS_MAX = 2000000 };

static const char *const STARTS[] = {
	"/", "/archive/", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json",
	"/sitemap.xml", "/robots.txt", "/favicon.ico",
};

struct crawl {
	const struct export_site *site;
	const struct export_options *o;
	struct export_folder *ef;
	struct export_counts *counts;
	struct arena *arena;		/* of the queue */
	struct map *seen;
	VEC(struct str) queue;
	size_t at;
};

static void enqueue(void *ctx, struct str path)
{
	struct crawl *c = ctx;
	struct str own;

	if (c->queue.n >= PATHS_MAX || map_find(c->seen, path) || path.n > 1024)
		return;
	own = arena_str(c->arena, path);
	map_put(c->seen, own, c);
	*VEC_ADD(&c->queue) = own;
}


static bool enqueue_posts(struct crawl *c, struct tx *tx, struct fail *f)
{
	int64_t after = 0;
	struct post_list list;
	size_t i;

	do {
		CLEANUP(arena_freep) struct arena *a = arena_new(0);

		if (!post_all_briefly(a, tx, after, AT_ONCE, &list, f))
			return false;
		for (i = 0; i < list.n; i++) {
			after = list.p[i].id;
			if (list.p[i].status == POST_PUBLISHED)
				enqueue(c, list.p[i].path);
		}
	} while (list.n == AT_ONCE);
	return true;
}

static bool enqueue_redirects(struct crawl *c, struct tx *tx, struct fail *f)
{
	struct str after = STR_NONE;
	struct address *list;
	size_t i, n;

	do {
		if (!address_all(c->arena, tx, after, AT_ONCE, &list, &n, f))
			return false;
		for (i = 0; i < n; i++) {
			after = list[i].from;
			if (list[i].to.n)
				enqueue(c, list[i].from);
		}
	} while (n == AT_ONCE);
	return true;
}

/* All of them: a picture that no text shows any more may be shown elsewhere. */
static bool enqueue_media(struct crawl *c, struct tx *tx, struct fail *f)
{
	struct str after = STR_NONE;
	struct medium *list;
	size_t i, n;

	do {
		if (!media_all(c->arena, tx, after, AT_ONCE, &list, &n, f))
			return false;
		for (i = 0; i < n; i++) {
			after = list[i].path;
			enqueue(c, after);
		}
	} while (n == AT_ONCE);
	return true;
}

static bool fill_queue(struct crawl *c, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	size_t i;

	for (i = 0; i < ARRAY_LEN(STARTS); i++)
		enqueue(c, str_of(STARTS[i]));
	for (i = 0; i < c->site->n_starts; i++)
		enqueue(c, c->site->starts[i]);
	return tx_begin(c->site->db, TX_READ, &tx, f) && enqueue_posts(c, tx, f) &&
	       enqueue_redirects(c, tx, f) && enqueue_media(c, tx, f);
}

/* --- one answer --- */

static bool is_type(const struct export_page *page, struct str type)
{
	return str_starts_nocase(page->type, type);
}

static bool write_page(struct crawl *c, struct arena *a, struct str file, struct export_page *page,
		       struct fail *f)
{
	CLEANUP(buf_release) struct buf out = BUF(2 * LIMIT_PAGE);

	if (is_type(page, STR("text/html"))) {
		c->counts->pages++;
		export_link_html(a, buf_str(&page->body), file, enqueue, c, &out);
	} else if (is_type(page, STR("text/css"))) {
		c->counts->files++;
		export_link_css(a, buf_str(&page->body), file, enqueue, c, &out);
	} else {
		c->counts->files++;
		return export_write(c->ef, file, buf_str(&page->body), f);
	}
	if (!buf_ok(&out))
		return fail(f, FAIL_TOO_LARGE, "%.*s is too large to be exported", STR_ARG(file));
	return export_write(c->ef, file, buf_str(&out), f);
}

/* The path of a redirect's target when it is on this site, else empty. */
static struct str own_target(const struct crawl *c, struct str location)
{
	if (c->site->url.n && str_starts(location, c->site->url))
		location = str_skip(location, c->site->url.n);
	if (!str_starts(location, STR("/")) || str_starts(location, STR("//")))
		return STR_NONE;
	return location;
}

/* A picture is also where it lay on the site that was imported. */
static bool write_copy(struct crawl *c, struct arena *a, struct str path, struct str file,
		       struct fail *f)
{
	struct export_page page = { .body = BUF(LIMIT_MEDIA) };
	bool done = c->site->render(c->site->ctx, a, path, &page, f);

	if (done && page.status == 200) {
		c->counts->files++;
		done = export_write(c->ef, file, buf_str(&page.body), f);
	}
	buf_release(&page.body);
	return done;
}

/* Static servers know no redirect but this one. */
static bool write_redirect(struct crawl *c, struct arena *a, struct str file,
			   const struct export_page *page, struct fail *f)
{
	CLEANUP(buf_release) struct buf out = BUF(64 * KIB);
	struct str own = own_target(c, page->location), to = page->location, whole;

	if (!str_ends(file, STR(".html")))
		return str_starts(own, STR("/media/")) ? write_copy(c, a, own, file, f)
						       : true;	/* a feed under another name */
	if (own.n) {
		struct str rest, path = str_cut(own, '#', &rest);

		enqueue(c, path);
		to = export_link_between(a, file, export_link_file(a, path));
	}
	whole = own.n ? arena_printf(a, "%.*s%.*s", STR_ARG(c->site->url), STR_ARG(own)) : to;
	to = html_escape(a, to).s;
	buf_addf(
		&out,
		"<!doctype html>\n<html lang=\"%.*s\">\n<meta charset=\"utf-8\">\n"
		"<title>%.*s</title>\n<meta http-equiv=\"refresh\" content=\"0; url=%.*s\">\n"
		"<link rel=\"canonical\" href=\"%.*s\">\n"
		"<p><a href=\"%.*s\">%.*s</a></p>\n</html>\n",
		STR_ARG(html_escape(a, c->site->lang).s), STR_ARG(to), STR_ARG(to),
		STR_ARG(html_escape(a, whole).s), STR_ARG(to), STR_ARG(html_escape(a, whole).s));
	c->counts->redirects++;
	return export_write(c->ef, file, buf_str(&out), f);
}

static bool is_search(struct str path)
{
	struct str lang;

	reader_split(path, &lang, &path);
	return str_eq(path, STR("/search/"));
}

static bool take(struct crawl *c, struct str path, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(32 * 1024);
	struct export_page page = { .body = BUF(LIMIT_MEDIA) };
	struct str file = export_link_file(a, path);
	bool done;

	if (export_write_has(c->ef, file))
		return true;
	done = c->site->render(c->site->ctx, a, path, &page, f);
	if (done && is_search(path)) {
		page.status = 302;		/* the archive is what comes closest */
		page.location = arena_printf(a, "%.*sarchive/",
					     STR_ARG(str_sub(path, 0, path.n - sizeof "search")));
	}
	if (done && page.status == 200)
		done = write_page(c, a, file, &page, f);
	else if (done && page.status >= 300 && page.status < 400)
		done = write_redirect(c, a, file, &page, f);
	buf_release(&page.body);
	if (!done && f->code == FAIL_INVALID) {
		c->counts->left_out++;
		return true;
	}
	return done;
}

/* Found at any depth by a server that does not find a page: its links stay absolute. */
static bool take_not_found(struct crawl *c, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf out = BUF(2 * LIMIT_PAGE);
	struct export_page page = { .body = BUF(LIMIT_PAGE) };
	bool done = c->site->render(c->site->ctx, a, STR("/404.html"), &page, f);

	if (done && page.status == 404 && is_type(&page, STR("text/html"))) {
		export_link_html(a, buf_str(&page.body), STR_NONE, enqueue, c, &out);
		done = export_write(c->ef, STR("404.html"), buf_str(&out), f);
	}
	buf_release(&page.body);
	return done;
}

static bool crawl(struct crawl *c, struct fail *f)
{
	if (!fill_queue(c, f) || !take_not_found(c, f))
		return false;
	for (; c->at < c->queue.n; c->at++) {
		if (!take(c, c->queue.p[c->at], f))
			return false;
		if (c->o->progress)
			c->o->progress(c->o->progress_ctx, c->at + 1, c->queue.n);
	}
	return true;
}

bool export_run(const struct export_site *site, const char *folder, const struct export_options *o,
		struct export_counts *ret, struct fail *f)
{
	struct export_counts counts = { 0 };
	struct export_folder ef;
	struct crawl c = { .site = site, .o = o, .ef = &ef, .counts = &counts };
	bool done;

	c.arena = arena_new(64 * 1024);
	c.seen = map_new();
	done = export_write_open(&ef, folder, o->force, f) &&
	       (!site->render || crawl(&c, f)) &&
	       export_source_write(site, &ef, &counts, f) &&
	       export_write_finish(&ef, &counts.removed, f);
	export_write_release(&ef);
	map_free(c.seen, NULL);
	VEC_FREE(&c.queue);
	arena_free(c.arena);
	if (done)
		*ret = counts;
	return done;
}
