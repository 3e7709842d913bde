/* cmd_theme_context.c - hameau theme context: what a template is shown on a real page, as
 * JSON. The page is made as for a reader, by the same code; only the values are printed. */
#include <stdio.h>

#include "app/engine.h"
#include "app/render.h"
#include "cli/cmd_theme.h"
#include "content/list.h"
#include "content/term.h"
#include "theme/values.h"

static void print_value(struct json *j, const struct value *v)
{
	const struct value *item;
	struct str name;

	switch (value_kind(v)) {
	case VALUE_MAP:
		json_open(j, '{');
		for (size_t i = 0; value_entry(v, i, &name, &item); i++) {
			char key[64];

			snprintf(key, sizeof key, "%.*s", STR_ARG(name));
			json_key(j, key);
			print_value(j, item);
		}
		json_close(j, '}');
		break;
	case VALUE_LIST:
		json_open(j, '[');
		for (size_t i = 0; i < value_length(v); i++)
			print_value(j, value_item(v, i));
		json_close(j, ']');
		break;
	case VALUE_BOOL:
		json_bool(j, value_is_true(v));
		break;
	case VALUE_NONE:
		json_none(j);
		break;
	default:
		json_str(j, value_str(v));
	}
}

struct seen {
	struct call *call;
	bool any;
};

static void see(void *arg, const char *template, const struct value *page)
{
	struct seen *s = arg;
	struct json j = { call_buf(s->call), false };

	json_open(&j, '{');
	json_put_str(&j, "template", str_of(template));
	json_key(&j, "values");
	print_value(&j, page);
	json_close(&j, '}');
	call_out(s->call, "\n");
	call_flush(s->call);
	s->any = true;
}

/* --- a page for the name of a template --- */

/* Where the newest post or the first page of the menu is; an empty path: there is none. */
static bool post_path(struct call *call, struct tx *tx, bool page, struct str *ret, struct fail *f)
{
	struct post_list found;

	if (!(page ? post_menu(call->arena, tx, &found, f)
		   : list_newest(call->arena, tx, 0, 1, &found, f)))
		return false;
	*ret = found.n ? found.p[0].path : STR_NONE;
	return true;
}

/* The list of some tag, else of some author. */
static bool list_path(struct call *call, struct tx *tx, struct str *ret, struct fail *f)
{
	static const char *const folders[] = { "tag", "author" };
	struct term *terms;
	size_t n = 0;

	*ret = STR_NONE;
	for (int kind = TERM_TAG; kind <= TERM_AUTHOR && n == 0; kind++) {
		if (!term_all(call->arena, tx, (enum term_kind)kind, &terms, &n, f))
			return false;
		if (n)
			*ret = arena_printf(call->arena, "/%s/%.*s/", folders[kind],
					    STR_ARG(terms[0].slug));
	}
	return true;
}

static struct str fixed_path(unsigned on)
{
	switch (on) {
	case VALUES_HOME: return STR("/");
	case VALUES_TERMS: return STR("/tag/");
	case VALUES_ARCHIVE: return STR("/archive/");
	case VALUES_SEARCH: return STR("/search/");
	case VALUES_ERROR: return STR("/there/is/no/such/page/");
	default: return STR_NONE;
	}
}

static bool path_for(struct call *call, const struct site *site, unsigned on, struct str *ret,
		     struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;

	*ret = fixed_path(on);
	if (ret->n)
		return true;
	if (!registry_begin_site(call->host->registry, site, TX_READ, &t, f))
		return false;
	if (on == VALUES_LIST)
		return list_path(call, t.tx, ret, f);
	if (on == VALUES_POST || on == VALUES_PAGE)
		return post_path(call, t.tx, on == VALUES_PAGE, ret, f);
	return true;
}

/* From what was asked for to a path with its query. */
static bool find_page(struct call *call, const struct site *site, struct str *path,
		      struct str *query, struct fail *f)
{
	struct str asked = call->args[0];
	unsigned on = values_template(asked);

	if (str_starts(asked, STR("/"))) {
		*path = arena_str(call->arena, str_cut(asked, '?', query));
		return true;
	}
	*query = STR_NONE;
	if (!on)
		return cmd_theme_no_template(asked, f);
	if (!path_for(call, site, on, path, f))
		return false;
	return path->n || fail(f, FAIL_NOT_FOUND, "the site has no page of the template \"%.*s\"",
			       STR_ARG(asked));
}

static bool show(struct call *call, const struct site *site, struct str path, struct str query,
		 struct fail *f)
{
	struct seen seen = { call, false };
	const struct ctx_watch watch = { see, &seen };
	struct engine *e;
	bool ok;

	if (!engine_borrow(call->host, &e, f))
		return false;
	ok = render_watched(e, call->arena, site, path, query, &watch, f);
	engine_give_back(call->host, e);
	if (ok && !seen.any)
		return fail(f, FAIL_INVALID, "%.*s is made without a template", STR_ARG(path));
	return ok;
}

bool cmd_theme_context(struct call *call, struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct str path = STR("/"), query = STR_NONE;

	if (call->n_args == 1) {
		if (!str_eq(call->args[0], STR("front")) && !str_eq(call->args[0], STR("/")))
			return fail(f, FAIL_INVALID,
				    "of which site? add its name; without one there is only the"
				    " host's front page");
		return show(call, NULL, path, query, f);
	}
	return registry_named(call->host->registry, call->args[1], &site, f)
		&& find_page(call, site, &path, &query, f) && show(call, site, path, query, f);
}
