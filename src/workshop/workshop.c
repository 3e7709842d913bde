/* workshop.c - the routes of the workshop. There is one in a process, set before its server
 * answers. */
#include "workshop/workshop.h"

#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "content/list.h"
#include "http/query.h"
#include "http/url.h"
#include "site/manage.h"
#include "theme/theme_option.h"
#include "web/view.h"
#include "workshop/forum.h"
#include "workshop/trouble.h"

static struct workshop shop;

void workshop_begin(const struct workshop *s)
{
	shop = *s;
}

static const char page_head[] =
	"Content-Security-Policy: default-src 'none'; img-src 'self'; media-src 'self';"
	" style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self';"
	" form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
	"Cache-Control: no-cache\r\n"
	"X-Content-Type-Options: nosniff\r\n";

/* --- every page --- */

static bool is_html(const struct answer *an)
{
	return !an->file && str_starts(an->type, STR("text/html"));
}

static void finish(struct ctx *cx, struct answer *an)
{
	CLEANUP(buf_release) struct buf b = BUF(2 * LIMIT_PAGE);
	ptrdiff_t end;

	if (!cx->site || !is_html(an))
		return;
	end = str_find(an->body, STR("</body>"));
	buf_add(&b, str_sub(an->body, 0, end < 0 ? an->body.n : (size_t)end));
	buf_adds(&b, "<script src=\"/workshop/live.js\" defer></script>\n");
	if (end >= 0)
		buf_add(&b, str_skip(an->body, (size_t)end));
	an->body = arena_str(cx->arena, buf_str(&b));
	if (an->status < 300 || an->status >= 400)
		an->head = str_of(page_head);
}

static void page_start(struct ctx *cx, struct buf *b, const char *title)
{
	buf_addf(b, "<!DOCTYPE html>\n<html lang=\"%.*s\">\n<head>\n<meta charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" content=\"width=device-width\">\n"
		 "<link rel=\"stylesheet\" href=\"/workshop/workshop.css\">\n<title>%s</title>\n"
		 "</head>\n<body>\n<main>\n<h1>%s</h1>\n", STR_ARG(cx->lang), title, title);
}

static void page_end(struct ctx *cx, struct buf *b, struct answer *ret)
{
	buf_adds(b, "</main>\n</body>\n</html>\n");
	answer_html(ret, arena_str(cx->arena, buf_str(b)));
	ret->cacheable = false;
}

static bool explain(struct ctx *cx, const struct fail *why, struct answer *ret)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_PAGE);
	struct trouble t;

	trouble_read(cx->arena, shop.themes, str_of(why->text), &t);
	page_start(cx, &b, tr(cx->catalog, "This page cannot be made"));
	trouble_html(&t, &b);
	page_end(cx, &b, ret);
	ret->status = 500;
	return true;
}

/* --- state and script --- */

static struct str error_of(struct arena *a)
{
	size_t n;
	struct themes_entry *all = themes_all(a, shop.themes, &n);

	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i].id, shop.id))
			return all[i].error;
	return STR_NONE;
}

static bool state(struct ctx *cx, struct answer *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(64 * KIB);
	struct str error = error_of(cx->arena);
	struct json j = { .b = &b };
	char hex[DIGEST_HEX_LEN + 1];
	struct trouble t;

	(void)f;
	digest_hex(theme_digest(cx->theme), hex);
	json_open(&j, '{');
	json_put_str(&j, "theme", theme_id(cx->theme));
	json_put_str(&j, "version", str_of(hex));
	json_key(&j, "trouble");
	if (error.n) {
		trouble_read(cx->arena, shop.themes, error, &t);
		trouble_json(&t, &j);
	} else {
		json_none(&j);
	}
	json_close(&j, '}');
	answer_text(ret, STR("application/json"), arena_str(cx->arena, buf_str(&b)));
	ret->head = str_of(page_head);
	ret->cacheable = false;
	return true;
}

static bool send_own(struct ctx *cx, const char *name, const char *type, struct answer *ret,
		     struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(64 * KIB);

	if (!file_read(path_join(cx->arena, shop.files, str_of(name)), &b, f))
		return false;
	answer_text(ret, str_of(type), arena_str(cx->arena, buf_str(&b)));
	ret->head = str_of(page_head);
	return true;
}

static bool live(struct ctx *cx, struct answer *ret, struct fail *f)
{
	return send_own(cx, "live.js", "text/javascript; charset=utf-8", ret, f);
}

static bool style(struct ctx *cx, struct answer *ret, struct fail *f)
{
	return send_own(cx, "workshop.css", "text/css; charset=utf-8", ret, f);
}

/* --- pages that are not easily met --- */

static bool error_page(struct ctx *cx, struct answer *ret, struct fail *f)
{
	static const char *const known[] = { "404", "410", "451", "500", "503" };
	int64_t status = 404;

	(void)f;
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_eq(cx->args[0], str_of(known[i])) && !str_to_i64(cx->args[0], &status))
			status = 404;
	answer_not_found(ret);
	ret->status = (int)status;
	return true;
}

/* --- options --- */

static bool check(struct ctx *cx, struct str key, struct str value, struct fail *f)
{
	if (str_eq(key, STR("preset")))
		return !value.n || manifest_preset_find(theme_manifest(cx->theme), value)
			|| fail(f, FAIL_NOT_FOUND, "there is no preset \"%.*s\"", STR_ARG(value));
	if (!str_starts(key, STR("option.")))
		return fail(f, FAIL_FORBIDDEN, "the workshop sets options and presets only");
	return !value.n || theme_option_check(cx->arena, cx->theme, str_skip(key, 7), value,
					      &value, f);
}

static bool set(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct manage_setting one = { query_get(cx->arena, cx->query, STR("key")),
				      query_get(cx->arena, cx->query, STR("value")) };
	struct fail why = FAIL_INIT;

	if (!check(cx, one.key, one.value, &why)) {
		answer_text(ret, STR("text/plain; charset=utf-8"),
			    arena_printf(cx->arena, "%s\n", why.text));
		ret->status = 400;
		ret->cacheable = false;
		return true;
	}
	if (!manage_set(shop.registry, cx->site->host, &one, 1, f))
		return false;
	answer_moved(cx, ret, STR("/workshop/"));
	ret->status = 303;
	return true;
}

static struct str current(struct ctx *cx, const struct option *o)
{
	const struct settings *s = &cx->settings;
	struct theme_setting *list = arena_array(cx->arena, s->n_options + 1, sizeof *list);
	struct theme_choice choice = { s->preset, list, s->n_options };

	for (size_t i = 0; i < s->n_options; i++)
		list[i] = (struct theme_setting){ s->options[i].name, s->options[i].value };
	return theme_option(cx->arena, cx->theme, &choice, o);
}

static void choice(struct buf *b, struct str value, struct str now)
{
	buf_addf(b, "<option%s>", str_eq(value, now) ? " selected" : "");
	html_escape_to(b, value);
	buf_adds(b, "</option>");
}

static void option_form(struct ctx *cx, struct buf *b, const struct option *o)
{
	struct str now = current(cx, o);

	buf_addf(b, "<form action=\"/workshop/set\"><input type=\"hidden\" name=\"key\""
		 " value=\"option.%.*s\"><label>", STR_ARG(o->name));
	html_escape_to(b, o->label.n ? o->label : o->name);
	if (o->type == OPTION_SELECT || o->type == OPTION_BOOL) {
		buf_adds(b, " <select name=\"value\">");
		for (size_t i = 0; i < o->n_choices; i++)
			choice(b, o->choices[i], now);
		for (int i = 0; o->type == OPTION_BOOL && i < 2; i++)
			choice(b, i ? STR("false") : STR("true"), now);
		buf_adds(b, "</select>");
	} else {
		buf_adds(b, " <input name=\"value\" value=\"");
		html_escape_to(b, now);
		buf_adds(b, "\">");
	}
	buf_addf(b, "</label> <button>%s</button></form>\n", tr(cx->catalog, "Apply"));
}

static void put_options(struct ctx *cx, struct buf *b)
{
	const struct manifest *m = theme_manifest(cx->theme);

	if (m->n_presets) {
		buf_addf(b, "<h2>%s</h2>\n<p class=\"presets\"><a href=\"/workshop/set?key=preset"
			 "&amp;value=\">%s</a>", tr(cx->catalog, "Presets"),
			 tr(cx->catalog, "none"));
		for (size_t i = 0; i < m->n_presets; i++)
			buf_addf(b,
				"\n<a href=\"/workshop/set?key=preset&amp;value=%.*s\"%s>%.*s</a>",
				 STR_ARG(m->presets[i].name),
				 str_eq(m->presets[i].name, cx->settings.preset)
				 ? " aria-current=\"true\"" : "", STR_ARG(m->presets[i].name));
		buf_adds(b, "</p>\n");
	}
	if (m->n_options)
		buf_addf(b, "<h2>%s</h2>\n", tr(cx->catalog, "Options"));
	for (size_t i = 0; i < m->n_options; i++)
		option_form(cx, b, &m->options[i]);
}

/* --- the list of all pages --- */

struct stop {
	const char *label;		/* for the catalog */
	const char *path;
};

static const struct stop stops[] = {
	{ N_("Home"), "/" }, { N_("Tags"), "/tag/" }, { N_("Authors"), "/author/" },
	{ N_("Archive"), "/archive/" }, { N_("Beginning of a serial"), "/start/" },
	{ N_("Search"), "/search/" }, { N_("Search without a result"), "/search/?q=xyzzyq" },
	{ N_("Forum"), "/forum/" }, { N_("A board"), "/forum/1/" }, { N_("A topic"),
	"/forum/1/1/" },
	{ N_("Members"), "/members/" }, { N_("A member"), "/members/1/" },
	{ N_("Page not found"), "/workshop/nothing/" },
	{ N_("An error"), "/workshop/error/500/" }, { N_("Suspended"), "/workshop/error/503/" },
	{ N_("Suspended by law"), "/workshop/error/451/" }, { N_("Removed"),
	"/workshop/error/410/" },
};

static struct str host_of(struct ctx *cx, struct str site)
{
	return ctx_elsewhere(cx, arena_printf(cx->arena, "%.*s.%.*s", STR_ARG(site),
					      STR_ARG(registry_base(shop.registry))), STR(""));
}

/* A row a page, a column a site. */
static void put_table(struct ctx *cx, struct buf *b)
{
	buf_adds(b, "<div class=\"scroll\"><table>\n<tr><td></td>");
	for (size_t k = 0; k < shop.n_sites; k++) {
		struct str host = host_of(cx, shop.sites[k]);

		buf_addf(b, "<th scope=\"col\"><a href=\"%.*s/workshop/\">%.*s</a></th>",
			 STR_ARG(host), STR_ARG(shop.sites[k]));
	}
	buf_adds(b, "</tr>\n");
	for (size_t i = 0; i < ARRAY_LEN(stops); i++) {
		buf_addf(b, "<tr><th scope=\"row\">%s</th>", tr(cx->catalog, stops[i].label));
		for (size_t k = 0; k < shop.n_sites; k++) {
			struct str host = host_of(cx, shop.sites[k]);

			buf_addf(b, "<td><a href=\"%.*s%s\">%.*s</a></td>", STR_ARG(host),
				 stops[i].path, STR_ARG(shop.sites[k]));
		}
		buf_adds(b, "</tr>\n");
	}
	buf_adds(b, "</table></div>\n");
}

static bool put_posts(struct ctx *cx, struct buf *b, struct fail *f)
{
	struct post_list posts, pages;

	if (!list_newest(cx->arena, cx->tx, 0, 30, &posts, f)
	    || !post_menu(cx->arena, cx->tx, &pages, f))
		return false;
	buf_addf(b, "<h2>%s</h2>\n<ul>\n", tr(cx->catalog, "Texts of this site"));
	for (size_t i = 0; i < posts.n + pages.n; i++) {
		const struct post *p = i < posts.n ? &posts.p[i] : &pages.p[i - posts.n];
		struct str title = view_title(cx, p);

		buf_adds(b, "<li><a href=\"");
		url_encode_path(b, p->path);
		buf_adds(b, "\">");
		html_escape_to(b, title.n ? str_sub(title, 0, 200) : p->path);
		buf_adds(b, "</a></li>\n");
	}
	buf_adds(b, "</ul>\n");
	return true;
}

static bool show_all(struct ctx *cx, struct answer *ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_PAGE);

	page_start(cx, &b, arena_printf(cx->arena, "%s: %.*s", tr(cx->catalog, "Workshop"),
					STR_ARG(shop.id)).p);
	put_table(cx, &b);
	put_options(cx, &b);
	if (!put_posts(cx, &b, f))
		return false;
	page_end(cx, &b, ret);
	return true;
}

static const struct route routes[] = {
	{ "/workshop/", show_all, NULL, 0 },
	{ "/workshop/set", set, "key value", 0 },
	{ "/workshop/state", state, NULL, 0 },
	{ "/workshop/live.js", live, NULL, 0 },
	{ "/workshop/workshop.css", style, NULL, 0 },
	{ "/workshop/error/:status/", error_page, NULL, 0 },
	{ "/forum/", forum_index, NULL, 0 },
	{ "/forum/:board/", forum_board, NULL, 0 },
	{ "/forum/:board/:topic/", forum_topic, NULL, 0 },
	{ "/members/", forum_members, NULL, 0 },
	{ "/members/:member/", forum_member, NULL, 0 },
	{ NULL },
};

const struct feature workshop_feature = { .name = "workshop", .routes = routes,
					  .finish = finish, .explain = explain };
