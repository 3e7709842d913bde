/* notice.c - see notice.h. */
#include "app/notice.h"

#include "base/html.h"
#include "front/front.h"
#include "http/query.h"
#include "unicode/language.h"

#define NOTICE_MAX (16 * KIB)

static const char head_lines[] =
	"Content-Type: text/html; charset=utf-8\r\n"
	"Cache-Control: no-store\r\n"
	"Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
	" form-action 'none'; frame-ancestors 'none'\r\n"
	"X-Content-Type-Options: nosniff\r\n"
	"Referrer-Policy: no-referrer\r\n";

static const char style[] =
	"<style>"
	":root{color-scheme:light dark}"
	"body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:15vh auto 0;padding:0"
	" 1.25rem}"
	"h1{font-size:1.5rem;line-height:1.3;margin:0 0 1rem}"
	".status{font-size:1rem;opacity:.7;margin:0 0 .25rem}"
	"</style>\n";

const struct catalog *notice_language(const struct request *rq, const struct catalogs *all,
				      struct str usual)
{
	struct str asked = query_get(rq->arena, rq->query, STR("lang"));
	struct str accept = request_field(rq, STR("Accept-Language"));

	if (asked.n && catalogs_find(all, asked))
		return catalogs_find(all, asked);
	if (accept.n == 0 && catalogs_find(all, usual))
		return catalogs_find(all, usual);
	return catalogs_best(all, accept);
}

const char *notice_sentence(const struct catalog *c, int status)
{
	switch (status) {
	case 400: return tr(c, "The browser sent something that we do not understand.");
	case 408: return tr(c, "The request took too long to arrive. Please try again.");
	case 412: return tr(c, "The page has changed in the meantime.");
	case 413: return tr(c, "What was sent is too large.");
	case 414: return tr(c, "The address is too long.");
	case 417: return tr(c, "The browser expects something that we cannot do.");
	case 431: return tr(c, "The browser sent too many header fields; deleting cookies may"
			       " help.");
	case 501: return tr(c, "The browser asked for something that we cannot do.");
	case 505: return tr(c, "The browser speaks a version of HTTP that we do not know.");
	}
	return front_sentence(c, status);
}

static void add_contact(struct arena *a, struct buf *b, const struct catalog *c,
			struct str contact)
{
	struct str url = front_contact_url(a, contact);

	if (!contact.n)
		return;
	buf_adds(b, "<p>");
	html_escape_to(b, str_of(tr(c, "Who runs this host:")));
	buf_adds(b, url.n ? " <a href=\"" : " ");
	html_escape_to(b, url);
	buf_adds(b, url.n ? "\">" : "");
	html_escape_to(b, contact);
	buf_adds(b, url.n ? "</a></p>\n" : "</p>\n");
}

/* By which the operator finds what went wrong. */
static void add_id(struct buf *b, const struct catalog *c, const struct request *rq, int status)
{
	struct str text;

	if ((status != 500 && status != 503) || !rq->id.n)
		return;
	text = arena_printf(rq->arena, tr(c, "In our log this is request %s."),
			    arena_cstr(rq->arena, rq->id));
	buf_adds(b, "<p class=\"status\">");
	html_escape_to(b, text);
	buf_adds(b, "</p>\n");
}

static void add_page(const struct request *rq, struct buf *b, const struct catalog *c, int status,
		     struct str contact)
{
	struct str sentence = str_of(notice_sentence(c, status)), lang = catalog_lang(c);

	buf_addf(b, "<!doctype html>\n<html lang=\"%.*s\" dir=\"%s\">\n<head>\n<meta"
		    " charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		 "<title>",
		 STR_ARG(lang), language_is_rtl(lang) ? "rtl" : "ltr");
	html_escape_to(b, sentence);
	buf_addf(b, "</title>\n%s</head>\n<body>\n<main>\n<p class=\"status\">%d</p>\n<h1>", style,
		 status);
	html_escape_to(b, sentence);
	buf_adds(b, "</h1>\n");
	add_contact(rq->arena, b, c, contact);
	add_id(b, c, rq, status);
	buf_adds(b, "</main>\n</body>\n</html>\n");
}

void notice_reply(struct host *h, const struct request *rq, int status, struct str head,
		  struct reply *ret)
{
	CLEANUP(buf_release) struct buf b = BUF(NOTICE_MAX);
	struct catalogs *all = host_catalogs(h);
	struct config *config = host_config(h);

	add_page(rq, &b, notice_language(rq, all, config->lang), status, config->contact);
	ret->status = status;
	ret->head = arena_printf(rq->arena, "%s%.*s", head_lines, STR_ARG(head));
	ret->body = arena_str(rq->arena, buf_str(&b));
	catalogs_unref(all);
	config_unref(config);
}
