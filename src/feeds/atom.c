/* atom.c - Atom (RFC 4287), full text. */
#include "feeds/channel.h"

#include "base/date.h"
#include "unicode/zone.h"

static void element(struct buf *b, const char *name, struct str text)
{
	channel_open(b, name);
	channel_xml(b, text);
	channel_close(b, name);
}

static void date(struct ctx *cx, struct buf *b, const char *name, int64_t t)
{
	channel_open(b, name);
	date_rfc3339(b, t, zone_offset(cx->zone, t));
	channel_close(b, name);
}

static void link_to(struct buf *b, const char *rel, const char *type, struct str url)
{
	buf_addf(b, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
	channel_xml(b, url);
	buf_adds(b, "\"/>\n");
}

static void author(struct buf *b, struct str name)
{
	if (name.n == 0)
		return;
	buf_adds(b, "<author>");
	element(b, "name", name);
	buf_adds(b, "</author>\n");
}

static void entry(struct ctx *cx, struct buf *b, const struct post *p)
{
	struct str url = ctx_absolute(cx, p->path);

	buf_adds(b, "<entry xml:lang=\"");
	channel_xml(b, view_lang(cx, p));
	buf_adds(b, "\">\n");
	element(b, "id", url);
	element(b, "title", view_title(cx, p));
	link_to(b, "alternate", "text/html", url);
	date(cx, b, "published", p->published_at);
	date(cx, b, "updated", channel_updated(p));
	author(b, channel_author(cx, p));
	for (size_t i = 0; i < p->n_terms; i++) {
		if (p->terms[i].kind != TERM_TAG)
			continue;
		buf_adds(b, "<category term=\"");
		channel_xml(b, p->terms[i].slug);
		buf_adds(b, "\" label=\"");
		channel_xml(b, p->terms[i].name);
		buf_adds(b, "\"/>\n");
	}
	element(b, "summary", view_summary(cx, p, 500));
	buf_adds(b, "<content type=\"html\">");
	channel_xml(b, channel_html(cx, p).s);
	buf_adds(b, "</content>\n</entry>\n");
}

void atom_write(struct ctx *cx, const struct channel *c, struct buf *b)
{
	buf_adds(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		 "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
	channel_xml(b, c->lang);
	buf_adds(b, "\">\n");
	element(b, "id", c->self);
	element(b, "title", c->title);
	if (c->description.n)
		element(b, "subtitle", c->description);
	/* A feed without entries was updated when it was made: the same moment each time. */
	date(cx, b, "updated", c->updated ? c->updated : cx->site->created);
	link_to(b, "self", "application/atom+xml", c->self);
	link_to(b, "alternate", "text/html", c->page);
	author(b, cx->settings.author.n ? cx->settings.author : cx->settings.title);
	buf_adds(b, "<generator>Hameau</generator>\n");
	for (size_t i = 0; i < c->posts.n; i++)
		entries_write(cx, b, &c->posts.p[i], FEED_ATOM, entry);
	buf_adds(b, "</feed>\n");
}
