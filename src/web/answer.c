/* answer.c - the few shapes of answers. */
#include "web/answer.h"

#include "web/reader.h"

/* What may be loaded for a page, and from where. */
#define POLICY(loads) \
	"Content-Security-Policy: default-src 'none'; " loads \
	" form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n" \
	"Cache-Control: public, max-age=0, must-revalidate\r\n" \
	"X-Content-Type-Options: nosniff\r\n" \
	"X-Frame-Options: DENY\r\n" \
	"Referrer-Policy: strict-origin-when-cross-origin\r\n" \
	"Permissions-Policy: camera=(), microphone=(), geolocation=(), interest-cohort=()\r\n" \
	"Cross-Origin-Opener-Policy: same-origin\r\n"

/* Nothing is loaded from elsewhere and no script runs; the media player and the search form stay
 * within the site. */
#define OWN POLICY("img-src 'self'; media-src 'self'; style-src 'self'; font-src 'self';")

static const char page_head[] = OWN;
const char answer_open_head[] = "Access-Control-Allow-Origin: *\r\n" OWN;
const char answer_trusted_head[] =
	POLICY("script-src 'self'; connect-src 'self'; img-src 'self' https:;"
	       " media-src 'self' https:; style-src 'self' https:; font-src 'self' https:;");

void answer_html(struct answer *an, struct str body)
{
	*an = (struct answer){ .status = 200, .type = STR("text/html; charset=utf-8"), .body = body,
			       .head = str_of(page_head), .cacheable = true,
			       .compress = true };
}

void answer_text(struct answer *an, struct str type, struct str body)
{
	answer_html(an, body);
	an->type = type;
}

void answer_moved(struct ctx *cx, struct answer *an, struct str to)
{
	struct str where = to.n && to.p[0] == '/' ? ctx_absolute(cx, reader_path(cx, to)) : to;

	*an = (struct answer){
		.status = 301,
		.type = STR("text/plain; charset=utf-8"),
		.head = arena_printf(cx->arena, "Location: %.*s\r\n%s", STR_ARG(where),
				     page_head),
		.body = arena_printf(cx->arena, "%.*s\n", STR_ARG(where)),
	};
}

void answer_not_found(struct answer *an)
{
	*an = (struct answer){ .status = 404, .not_found = true };
}
