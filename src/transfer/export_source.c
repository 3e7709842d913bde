/* export_source.c - source/hugo.toml, source/content/, source/static/.
 *
 * Addresses inside the texts are those of the site ("/rain/", "/media/..."): they hold
 * in Hugo and when imported again, where the media of source/static/ get the same
 * addresses because those follow from their content.
 */
#include "transfer/export_source.h"
#include <string.h>
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "content/address.h"
#include "content/media.h"
#include "content/post.h"
#include "http/url.h"
#include "transfer/export_text.h"

enum { AT_ONCE = 100 };

struct writer {
	const struct export_site *site;
	struct export_folder *ef;
	struct export_counts *counts;
	struct tx *tx;
	struct buf redirects;		/* what no head can say */
};

/* --- old addresses that no head can tell --- */

/* Pictures that lay elsewhere, and what is gone. */
static void put_redirect(struct writer *w, const struct address *as)
{
	url_encode_path(&w->redirects, as->from);
	buf_addc(&w->redirects, ' ');
	url_encode_path(&w->redirects, as->to.n ? as->to : STR("/"));
	buf_adds(&w->redirects, as->to.n ? " 302\n" : " 410\n");
}

static bool load_redirects(struct writer *w, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(64 * 1024);
	struct str after = STR_NONE;
	struct address *list;
	size_t i, n;

	do {
		if (!address_all(a, w->tx, after, AT_ONCE, &list, &n, f))
			return false;
		for (i = 0; i < n; i++) {
			after = list[i].from;
			if (list[i].post == 0)
				put_redirect(w, &list[i]);
		}
	} while (n == AT_ONCE);
	return true;
}

/* --- a text --- */

/* "/docs/install/" of a page is docs/install.md, "/rain/" of a post posts/rain.md. */
static struct str file_of(struct arena *a, const struct post *p, struct str site_lang)
{
	struct str inner = str_sub(p->path, 1, p->path.n - 1);
	bool is_foreign = p->lang.n && !str_eq_nocase(p->lang, site_lang);

	return arena_printf(a, "source/content/%s%.*s%s%.*s.md",
			    p->kind == POST_POST ? "posts/" : "", STR_ARG(inner),
			    is_foreign ? "." : "", STR_ARG(is_foreign ? p->lang : STR_NONE));
}

static bool write_post(struct writer *w, int64_t id, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(32 * 1024);
	CLEANUP(buf_release) struct buf b = BUF(4 * LIMIT_POST);
	struct post *p;

	if (!post_by_id(a, w->tx, id, &p, f))
		return false;
	if (!p || p->path.n < 3)
		return true;
	if (!export_text(&b, w->tx, p, w->site->zone, f))
		return false;
	w->counts->texts++;
	return export_write(w->ef, file_of(a, p, w->site->lang), buf_str(&b), f);
}

static bool write_posts(struct writer *w, struct fail *f)
{
	int64_t after = 0;
	struct post_list list;
	size_t i;

	do {
		CLEANUP(arena_freep) struct arena *a = arena_new(32 * 1024);

		if (!post_all_briefly(a, w->tx, after, AT_ONCE, &list, f))
			return false;
		for (i = 0; i < list.n; i++) {
			after = list.p[i].id;
			if (!write_post(w, after, f))
				return false;
		}
	} while (list.n == AT_ONCE);
	return true;
}

/* --- media and the configuration --- */

static bool write_medium(struct writer *w, const struct medium *m, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf bytes = BUF(LIMIT_MEDIA);

	if (!file_read(media_file(a, w->site->dir, m->digest), &bytes, f))
		return false;
	w->counts->media++;
	return export_write(w->ef, arena_printf(a, "source/static%.*s", STR_ARG(m->path)),
			    buf_str(&bytes), f);
}

static bool write_media(struct writer *w, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str after = STR_NONE;
	struct medium *list;
	size_t i, n;

	do {
		if (!media_all(a, w->tx, after, AT_ONCE, &list, &n, f))
			return false;
		for (i = 0; i < n; i++) {
			after = list[i].path;
			if (!write_medium(w, &list[i], f))
				return false;
		}
	} while (n == AT_ONCE);
	return true;
}

static bool write_redirects(struct writer *w, struct fail *f)
{
	return w->redirects.n == 0 || export_write(w->ef, STR("source/static/_redirects"),
						   buf_str(&w->redirects), f);
}

static void put_toml(struct buf *b, const char *key, struct str v)
{
	struct json j = { .b = b };

	buf_addf(b, "%s = ", key);
	json_str(&j, v);
	buf_addc(b, '\n');
}

static bool write_config(struct writer *w, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(64 * KIB);
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	put_toml(&b, "baseURL", arena_printf(a, "%.*s/", STR_ARG(w->site->url)));
	put_toml(&b, "title", w->site->title);
	put_toml(&b, "defaultContentLanguage", w->site->lang);
	if (w->site->zone)
		put_toml(&b, "timeZone", str_of(w->site->zone));
	buf_adds(&b, "\n[permalinks]\nposts = \"/:slug/\"\n");
	return export_write(w->ef, STR("source/hugo.toml"), buf_str(&b), f);
}

bool export_source_write(const struct export_site *site, struct export_folder *ef,
			 struct export_counts *counts, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct writer w = { .site = site, .ef = ef, .counts = counts,
			    .redirects = BUF(64 * MIB) };
	bool done;

	if (!tx_begin(site->db, TX_READ, &tx, f))
		return false;
	w.tx = tx;
	done = load_redirects(&w, f) && write_posts(&w, f) && write_media(&w, f) &&
	       write_redirects(&w, f) && write_config(&w, f);
	buf_release(&w.redirects);
	return done;
}
