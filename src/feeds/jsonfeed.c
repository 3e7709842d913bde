/* jsonfeed.c - JSON Feed 1.1 (jsonfeed.org/version/1.1). */
#include "feeds/channel.h"

#include "base/date.h"
#include "base/json.h"
#include "unicode/zone.h"

static void put_date(struct ctx *cx, struct json *j, const char *key, int64_t t)
{
	CLEANUP(buf_release) struct buf b = BUF(64);

	date_rfc3339(&b, t, zone_offset(cx->zone, t));
	json_put_str(j, key, buf_str(&b));
}

static void put_authors(struct json *j, struct str name)
{
	if (name.n == 0)
		return;
	json_key(j, "authors");
	json_open(j, '[');
	json_open(j, '{');
	json_put_str(j, "name", name);
	json_close(j, '}');
	json_close(j, ']');
}

static void put_item(struct ctx *cx, struct buf *b, const struct post *p)
{
	struct str url = ctx_absolute(cx, p->path);
	struct json one = { b, false }, *j = &one;

	json_open(j, '{');
	json_put_str(j, "id", url);
	json_put_str(j, "url", url);
	if (p->title.n)
		json_put_str(j, "title", view_title(cx, p));
	json_put_str(j, "content_html", channel_html(cx, p).s);
	json_put_str(j, "summary", view_summary(cx, p, 500));
	if (p->cover.n)
		json_put_str(j, "image", ctx_absolute(cx, p->cover));
	put_date(cx, j, "date_published", p->published_at);
	put_date(cx, j, "date_modified", channel_updated(p));
	json_put_str(j, "language", view_lang(cx, p));
	put_authors(j, channel_author(cx, p));
	json_key(j, "tags");
	json_open(j, '[');
	for (size_t i = 0; i < p->n_terms; i++)
		if (p->terms[i].kind == TERM_TAG)
			json_str(j, p->terms[i].name);
	json_close(j, ']');
	json_close(j, '}');
}

void jsonfeed_write(struct ctx *cx, const struct channel *c, struct buf *b)
{
	struct json j = { b, false };

	json_open(&j, '{');
	json_put_str(&j, "version", STR("https://jsonfeed.org/version/1.1"));
	json_put_str(&j, "title", c->title);
	json_put_str(&j, "home_page_url", c->page);
	json_put_str(&j, "feed_url", c->self);
	if (c->description.n)
		json_put_str(&j, "description", c->description);
	json_put_str(&j, "language", c->lang);
	put_authors(&j, cx->settings.author);
	json_key(&j, "items");
	json_open(&j, '[');
	for (size_t i = 0; i < c->posts.n; i++) {
		if (i > 0)
			buf_addc(b, ',');
		entries_write(cx, b, &c->posts.p[i], FEED_JSON, put_item);
	}
	json_close(&j, ']');
	json_close(&j, '}');
}
