/* rss.c - RSS 2.0 (rssboard.org/rss-specification), full text in content:encoded. */
#include "feeds/channel.h"

#include "base/date.h"
#include "unicode/zone.h"

static void element(struct buf *b, const char *name, struct str text)
{
	if (text.n == 0)
		return;
	channel_open(b, name);
	channel_xml(b, text);
	channel_close(b, name);
}

static void date(struct ctx *cx, struct buf *b, const char *name, int64_t t)
{
	channel_open(b, name);
	date_rfc5322(b, t, zone_offset(cx->zone, t));
	channel_close(b, name);
}

static void item(struct ctx *cx, struct buf *b, const struct post *p)
{
	struct str url = ctx_absolute(cx, p->path);

	buf_adds(b, "<item>\n");
	element(b, "title", view_title(cx, p));
	element(b, "link", url);
	buf_adds(b, "<guid isPermaLink=\"true\">");
	channel_xml(b, url);
	buf_adds(b, "</guid>\n");
	date(cx, b, "pubDate", p->published_at);
	element(b, "dc:creator", channel_author(cx, p));
	for (size_t i = 0; i < p->n_terms; i++)
		if (p->terms[i].kind == TERM_TAG)
			element(b, "category", p->terms[i].name);
	element(b, "description", view_summary(cx, p, 500));
	element(b, "content:encoded", channel_html(cx, p).s);
	buf_adds(b, "</item>\n");
}

void rss_write(struct ctx *cx, const struct channel *c, struct buf *b)
{
	buf_adds(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		 "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\""
		 " xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
		 " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n");
	element(b, "title", c->title);
	element(b, "link", c->page);
	element(b, "description", c->description.n ? c->description : c->title);
	element(b, "language", c->lang);
	element(b, "generator", STR("Hameau"));
	buf_adds(b, "<docs>https://www.rssboard.org/rss-specification</docs>\n<atom:link href=\"");
	channel_xml(b, c->self);
	buf_adds(b, "\" rel=\"self\" type=\"application/rss+xml\"/>\n");
	if (c->updated)
		date(cx, b, "lastBuildDate", c->updated);
	for (size_t i = 0; i < c->posts.n; i++)
		entries_write(cx, b, &c->posts.p[i], FEED_RSS, item);
	buf_adds(b, "</channel>\n</rss>\n");
}
