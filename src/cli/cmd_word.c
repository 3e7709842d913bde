/* cmd_word.c - hameau site word, site words: what a site says in other words than the program.
 *
 * The PO files that app/wording.h reads, for people who edit none.
 */
#include "app/engine.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "cli/call.h"
#include "lang/po_edit.h"
#include "site/settings.h"

/* One sentence under all its contexts, and the file that is to have it. */
struct word {
	struct call *call;
	struct site *site;
	struct catalogs *all;
	struct str id, lang;
	struct po_message at[16];
	size_t n;
	struct nearest near;
	bool any_context;
};

static void word_release(struct word *w)
{
	site_unref(w->site);
	catalogs_unref(w->all);
}

/* ---- which sentences there are ---- */

static void take(struct word *w, struct str context, struct str id, struct str id_plural,
		 bool c_format)
{
	struct call *call = w->call;

	if (!str_eq(id, w->id)) {
		nearest_offer(&w->near, id);
		return;
	}
	if (!w->any_context && !str_eq(context, call_option(call, "context")))
		return;
	for (size_t i = 0; i < w->n; i++)
		if (str_eq(w->at[i].context, context))
			return;
	if (w->n == ARRAY_LEN(w->at))
		return;
	w->at[w->n++] = (struct po_message){
		.context = arena_str(call->arena, context), .id = w->id, .c_format = c_format,
		.id_plural = id_plural.p ? arena_str(call->arena, id_plural) : STR_NONE,
	};
}

static void take_template(struct word *w)
{
	struct arena *a = w->call->arena;
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_CATALOG);
	const char *dirs[HOST_LANG_DIRS];
	size_t n = host_lang_dirs(w->call->host, a, dirs);
	const char *path = n ? path_join(a, dirs[n - 1], STR("hameau.pot")) : "";
	struct po po;

	if (!n || !file_read(path, &text, NULL)
	    || !po_parse(a, arena_str(a, buf_str(&text)), path, &po, NULL))
		return;
	for (size_t i = 0; i < po.count; i++)
		take(w, po.messages[i].context, po.messages[i].id, po.messages[i].id_plural,
		     po.messages[i].c_format);
}

static bool take_use(void *arg, const struct template_use *use)
{
	if (use->kind == TEMPLATE_MESSAGE)
		take(arg, str_of(use->context), use->name, STR_NONE, false);
	return true;
}

static void take_uses(void *arg, const struct template *t)
{
	template_each_use(t, take_use, arg);
}

/* The sentences of its theme, which need not be the program's. */
static bool take_theme(struct word *w, struct str id, struct fail *f)
{
	struct host *host = w->call->host;
	CLEANUP(theme_unrefp) struct theme *theme = NULL;
	struct engine *e;

	if (!engine_borrow(host, &e, f))
		return false;
	theme = id.n ? themes_find(e->themes, id) : themes_default(e->themes);
	if (theme)
		theme_each_template(theme, take_uses, w);
	engine_give_back(host, e);
	return true;
}

static bool open_word(struct word *w, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	struct call *call = w->call;
	struct settings s;

	w->any_context = !call_has(call, "context");
	w->id = call->args[1];
	w->all = host_catalogs(call->host);
	nearest_init(&w->near, w->id);
	if (!registry_named(call->host->registry, call->args[0], &w->site, f)
	    || !registry_begin_site(call->host->registry, w->site, TX_READ, &t, f)
	    || !settings_load(call->arena, t.tx, &s, f))
		return false;
	w->lang = call_has(call, "lang") ? call_option(call, "lang") : s.lang;
	take_template(w);
	if (!take_theme(w, s.theme, f))
		return false;
	if (w->n)
		return true;
	if (w->near.best.n)
		return fail(f, FAIL_NOT_FOUND, "no page says \"%.*s\"; did you mean \"%.*s\"?",
			    STR_ARG(w->id), STR_ARG(w->near.best));
	return fail(f, FAIL_NOT_FOUND, "no page says \"%.*s\"", STR_ARG(w->id));
}

/* ---- writing ---- */

static bool read_file(struct word *w, const char *path, struct buf *text, struct fail *f)
{
	(void)w;
	return !file_exists(path) || file_read(path, text, f);
}

/* The words as translations of one message; none, or an empty one: back to the usual. */
static bool set_texts(struct word *w, struct po_message *m, struct fail *f)
{
	const struct catalog *like = catalogs_find(w->all, w->lang);
	struct call *call = w->call;
	size_t n = call->n_args - 2, want = m->id_plural.p ? catalog_forms(like) : 1;

	if (n == 0 || (n == 1 && call->args[2].n == 0))
		return true;
	if (n != want)
		return fail(f, FAIL_INVALID, "\"%.*s\" takes %zu forms here, for the numbers of the"
			    " language; %zu are given", STR_ARG(m->id), want, n);
	for (size_t i = 0; i < n && i < PLURAL_FORMS; i++)
		m->text[m->texts++] = call->args[2 + i];
	return po_edit_check(w->lang, m, like, f);
}

static bool write_words(struct word *w, struct fail *f)
{
	struct arena *a = w->call->arena;
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_CATALOG);
	const char *dir = wording_dir(a, w->site);
	const char *path = path_join(a, dir, arena_printf(a, "%.*s.po", STR_ARG(w->lang)));

	if (!read_file(w, path, &text, f))
		return false;
	for (size_t i = 0; i < w->n; i++) {
		CLEANUP(buf_release) struct buf next = BUF(LIMIT_CATALOG);

		if (!set_texts(w, &w->at[i], f)
		    || !po_edit(buf_str(&text), path, w->lang, &w->at[i], &next, f))
			return false;
		buf_clear(&text);
		buf_add(&text, buf_str(&next));
	}
	if (!buf_ok(&text))
		return fail(f, FAIL_TOO_LARGE, "%s: a catalog may have %d bytes", path,
			    LIMIT_CATALOG);
	return dir_make(dir, f) && file_write(path, buf_str(&text), true, f);
}

bool cmd_site_word(struct call *call, struct fail *f)
{
	CLEANUP(word_release) struct word w = { .call = call };
	struct host *host = call->host;

	if (!open_word(&w, f) || !write_words(&w, f))
		return false;
	if (host->engine)
		wording_changed(host->engine->wording, w.site->id, w.all);
	else
		gens_raise(host->gens, gens_slot(w.site->id, GEN_EPOCH, 0));
	return true;
}

/* ---- listing ---- */

static void tell_message(struct call *call, struct json *j, struct str lang,
			 const struct po_message *m)
{
	for (unsigned i = 0; i < m->texts; i++) {
		if (!call->json) {
			call_out(call, "%.*s  %.*s  ->  %.*s\n", STR_ARG(lang),
				 i ? 0 : (int)m->id.n, m->id.p, STR_ARG(m->text[i]));
			continue;
		}
		json_open(j, '{');
		json_put_str(j, "lang", lang);
		json_put_str(j, "context", m->context);
		json_put_str(j, "sentence", m->id);
		json_put_i64(j, "form", i);
		json_put_str(j, "words", m->text[i]);
		json_close(j, '}');
	}
}

static bool tell_file(struct call *call, struct json *j, const char *path, struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_CATALOG);
	struct str name = path_name(str_of(path));
	struct po po;

	if (!file_read(path, &text, f)
	    || !po_parse(call->arena, arena_str(call->arena, buf_str(&text)), path, &po, f))
		return false;
	for (size_t i = 0; i < po.count; i++)
		tell_message(call, j, str_sub(name, 0, name.n - 3), &po.messages[i]);
	return true;
}

bool cmd_site_words(struct call *call, struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct json j = { .b = call_buf(call) };
	struct dir_entry *files;
	const char *dir;
	size_t n = 0;

	if (!registry_named(call->host->registry, call->args[0], &site, f))
		return false;
	dir = wording_dir(call->arena, site);
	if (file_is_dir(dir) && !dir_list(call->arena, dir, &files, &n, f))
		return false;
	if (call->json)
		json_open(&j, '[');
	for (size_t i = 0; i < n; i++)
		if (str_ends(str_of(files[i].name), STR(".po"))
		    && !tell_file(call, &j, path_join(call->arena, dir, str_of(files[i].name)), f))
			return false;
	if (call->json) {
		json_close(&j, ']');
		call_out(call, "\n");
	}
	return true;
}
