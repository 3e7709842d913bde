/* translate_save.c - what the forms of translate.c send, and their stylesheet. */
#include "app/translate.h"

#include <stdio.h>
#include "app/translate_entry.h"
#include "base/digest.h"
#include "base/log.h"
#include "http/query.h"
#include "http/url.h"
#include "unicode/language.h"

#define PATH "/_/translate"

static const char css[] =
	".t9n{outline:1px dotted #7a7a7a;position:relative}"
	".t9n-missing{outline:2px solid #c4302b}.t9n-fuzzy{outline:2px dashed #b36b00}"
	".t9n:hover,.t9n:focus{outline:2px solid #1f6feb}"
	".t9n-note{display:none;position:absolute;inset-block-start:100%;inset-inline-start:0;"
	"z-index:1000;width:max-content;max-width:min(30rem,80vw);padding:.4rem .6rem;"
	"background:#111;color:#fff;font:13px/1.4 ui-monospace,monospace;text-align:start;"
	"white-space:normal;overflow-wrap:anywhere;letter-spacing:0;text-transform:none}"
	".t9n:hover>.t9n-note,.t9n:focus>.t9n-note{display:block}"
	".visually-hidden:has(.t9n:focus){position:static;width:auto;height:auto;clip-path:none;"
	"clip:auto}"
	".t9n-list{font:15px/1.5 system-ui,sans-serif;background:#fff;color:#111;padding:1.5rem;"
	"border-block-start:4px solid #1f6feb}.t9n-list details{border-block-end:1px solid #ddd;"
	"padding:.4rem 0;outline:none}.t9n-list summary{cursor:pointer}"
	".t9n-list details.t9n-missing>summary small{background:#c4302b;color:#fff;padding:0 .4em}"
	".t9n-list details.t9n-fuzzy>summary small{background:#8a5200;color:#fff;padding:0 .4em}"
	".t9n-list dl{margin:.5rem 0}.t9n-list dt{font-weight:600}.t9n-list dd{margin:0}"
	".t9n-list code{overflow-wrap:anywhere}.t9n-list label{display:block;margin:.5rem 0}"
	".t9n-list textarea{display:block;box-sizing:border-box;width:100%;max-width:50rem;"
	"font:inherit;color:inherit;background:#fff;border:1px solid #777}"
	".t9n-list button{font:inherit;padding:.3rem 1rem}";

void translate_begin(struct engine *e)
{
	unsigned char bytes[TRANSLATE_TOKEN / 2];
	char *token = arena_alloc(e->memory, TRANSLATE_TOKEN);

	rand_bytes(bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(token + 2 * i, 3, "%02x", bytes[i]);
	e->translate = token;
}

bool translate_wants(const struct engine *e, struct str path)
{
	return e->translate && (str_eq(path, STR(PATH)) || str_eq(path, STR(PATH ".css")));
}

/* What a form says. */
struct asked {
	struct str lang, back, theme;
	struct po_message m;
};

static bool read_form(const struct engine *e, const struct request *rq, struct asked *ret,
		      struct fail *f)
{
	struct arena *a = rq->arena;
	struct asked in = { .lang = query_get(a, rq->body, STR("lang")),
			    .back = query_get(a, rq->body, STR("back")),
			    .theme = query_get(a, rq->body, STR("theme")) };
	struct str name;

	if (rq->method != HTTP_POST
	    || !str_eq(query_get(a, rq->body, STR("token")), str_of(e->translate)))
		return fail(f, FAIL_FORBIDDEN,
			    "this form is of an earlier run; load the page again");
	if (!language_valid(in.lang))
		return fail(f, FAIL_INVALID, "\"%.*s\" is no language code, as fr or pt-BR are",
			    STR_ARG(in.lang));
	in.m.context = query_get(a, rq->body, STR("context"));
	in.m.id = query_get(a, rq->body, STR("id"));
	in.m.id_plural = query_get(a, rq->body, STR("plural"));
	for (; in.m.texts < PLURAL_FORMS; in.m.texts++) {
		struct str text;

		name = arena_printf(a, "text%u", in.m.texts);
		text = query_get(a, rq->body, name);
		if (!text.p)
			break;
		in.m.text[in.m.texts] = text;
	}
	if (in.m.id.n == 0 || in.m.texts == 0)
		return fail(f, FAIL_INVALID, "the form is not whole");
	*ret = in;
	return true;
}

/* Browsers end the lines of a form with CR and LF. */
static void drop_returns(struct arena *a, struct asked *in)
{
	for (unsigned i = 0; i < in->m.texts; i++) {
		struct str s = arena_str(a, in->m.text[i]);
		char *p = (char *)s.p;
		size_t n = 0;

		for (size_t k = 0; k < s.n; k++)
			if (p[k] != '\r')
				p[n++] = p[k];
		p[n] = '\0';
		in->m.text[i] = str_from(p, n);
	}
}

static bool save(struct engine *e, const struct request *rq, struct asked *in, struct fail *f)
{
	struct registry *r = e->host->registry;
	struct catalogs *all = host_catalogs(e->host);
	struct theme *theme = themes_find(e->themes, in->theme);
	struct found found = { .kind = FOUND_NOTHING };
	bool ok = registry_find(r, rq->host, &found, f);

	drop_returns(rq->arena, in);
	if (ok) {
		const struct catalog *like = catalogs_find(all, in->lang);
		struct translate_files *files =
			translate_entry_files(e, rq->arena, found.site, theme, in->lang, like);

		ok = translate_entry_save(e, files, &in->m, f);
	}
	if (ok && found.site)
		wording_changed(e->wording, found.site->id, all);
	found_release(&found);
	theme_unref(theme);
	catalogs_unref(all);
	return ok && host_reload_catalogs(e->host, f);
}

static void say(const struct request *rq, int status, struct str text, struct reply *ret)
{
	ret->status = status;
	ret->head = arena_printf(rq->arena, "Content-Type: text/plain; charset=utf-8\r\n"
				 "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
	ret->body = arena_str(rq->arena, text);
}

void translate_answer(struct engine *e, const struct request *rq, struct reply *ret)
{
	struct fail f = FAIL_INIT;
	struct asked in;
	struct buf head = BUF(8 * KIB);

	*ret = REPLY(200);
	if (str_ends(rq->path, STR(".css"))) {
		ret->head = STR("Content-Type: text/css; charset=utf-8\r\n"
				"Cache-Control: no-store\r\n"
				"X-Content-Type-Options: nosniff\r\n");
		ret->body = str_of(css);
		return;
	}
	if (!read_form(e, rq, &in, &f) || !save(e, rq, &in, &f)) {
		say(rq, f.code == FAIL_FORBIDDEN ? 403 : 422, str_of(f.text), ret);
		return;
	}
	if (!str_starts(in.back, STR("/")) || str_starts(in.back, STR("//")))
		in.back = STR("/");
	say(rq, 303, STR(""), ret);
	buf_adds(&head, "Location: ");
	url_encode_path(&head, in.back);
	buf_addf(&head, "#t9n\r\n%.*s", STR_ARG(ret->head));
	ret->head = arena_str(rq->arena, buf_str(&head));
	buf_release(&head);
	log_info("translated into %.*s: %.*s", STR_ARG(in.lang), STR_ARG(in.m.id));
}
