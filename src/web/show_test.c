/* show_test.c - see show_test.h. */
#include "web/show_test.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/folder_test.h"
#include "content/kinds.h"
#include "store/db.h"
#include "unicode/slug.h"

static void open_site(struct show *x)
{
	struct db_config c = { .create = true, .site = 7, .tables = content_tables };

	assert_ok(gens_open(path_join(x->a, x->dir, STR("gens")), &x->gens, &x->f), &x->f);
	c.path = path_join(x->a, x->dir, STR("site.db"));
	c.gens = x->gens;
	c.relaxed = true;
	assert_ok(db_open(&c, &x->db, &x->f), &x->f);
	assert_ok(schema_apply(x->db, content_schema, &x->f), &x->f);
	x->site = (struct site){ .id = 7, .name = STR("test"), .shown = STR("test"),
				 .host = STR("test.example"), .dir = x->dir,
				 .created = 1900000000 };
}

int show_set_up(void **state)
{
	struct show *x = calloc(1, sizeof *x);
	const char *folder;
	struct themes_config c = { .folders = &folder, .n_folders = 1, .default_id = "plain" };

	x->a = arena_new(0);
	x->dir = folder_test_new(x->a);
	db_init();
	open_site(x);
	folder = folder_test_source(x->a, "tests/data/show");
	assert_ok(themes_open(&c, &x->themes, &x->f), &x->f);
	x->theme = themes_default(x->themes);
	assert_ok(catalogs_load(folder_test_source(x->a, "lang"), NULL, &x->catalogs, &x->f),
		  &x->f);
	*state = x;
	return 0;
}

int show_tear_down(void **state)
{
	struct show *x = *state;

	theme_unref(x->theme);
	themes_close(x->themes);
	catalogs_unref(x->catalogs);
	db_close(x->db);
	gens_close(x->gens);
	arena_free(x->a);
	free(x);
	return 0;
}

static struct tx *begin(struct show *x, enum tx_kind kind)
{
	struct tx *tx;

	assert_ok(tx_begin(x->db, kind, &tx, &x->f), &x->f);
	return tx;
}

static struct edit_rules rules_of(struct show *x, struct tx *tx)
{
	struct settings s;

	assert_ok(settings_load(x->a, tx, &s, &x->f), &x->f);
	return edit_rules_of(x->a, &s, 2000000000);
}

void show_set(struct show *x, const char *key, const char *value)
{
	struct tx *tx = begin(x, TX_WRITE);

	assert_ok(settings_set(tx, str_of(key), str_of(value), &x->f), &x->f);
	assert_ok(tx_commit(tx, &x->f), &x->f);
}

int64_t show_put(struct show *x, struct post_edit in)
{
	struct tx *tx = begin(x, TX_WRITE);
	struct edit_rules rules = rules_of(x, tx);
	struct body body;
	int64_t id = 0;

	if (!in.body) {
		assert_ok(body_render(x->a, in.source, in.lang.n ? in.lang : STR("en"), NULL, NULL,
				      &body, &x->f), &x->f);
		in.body = &body;
	}
	if (in.path.n == 0)
		in.path = arena_printf(x->a, "/%.*s/", STR_ARG(slug_make(x->a, in.title, 80)));
	assert_ok(edit_put(tx, &rules, &in, &id, &x->f), &x->f);
	assert_ok(tx_commit(tx, &x->f), &x->f);
	return id;
}

void show_remove(struct show *x, int64_t id)
{
	struct tx *tx = begin(x, TX_WRITE);
	struct edit_rules rules = rules_of(x, tx);

	assert_ok(edit_remove(tx, &rules, id, &x->f), &x->f);
	assert_ok(tx_commit(tx, &x->f), &x->f);
}

void show_fill(struct show *x, int n)
{
	static const struct term_name tag = { TERM_TAG, STR_INIT("t") };

	for (int i = 1; i <= n; i++)
		show_put(x, (struct post_edit){
			.title = arena_printf(x->a, "p%d", i), .source = STR("Words."),
			.published_at = 1900000000 + i * 3600, .terms = &tag, .n_terms = 1 });
}

void show_arrange(struct show *x)
{
	struct tx *tx = begin(x, TX_WRITE);
	struct edit_rules rules = rules_of(x, tx);

	assert_ok(edit_arrange(tx, &rules, &x->f), &x->f);
	assert_ok(tx_commit(tx, &x->f), &x->f);
}

struct ctx *show_begin(struct show *x, const char *path, const char *query)
{
	x->cx = (struct ctx){
		.arena = x->a, .site = &x->site, .tx = begin(x, TX_READ), .theme = x->theme,
		.scheme = STR("https"), .origin = STR("https://test.example"),
		.host = STR("host.example"), .path = str_of(path), .query = str_of(query),
		.now = 2000000000, .watch = x->watch,
	};
	assert_ok(settings_load(x->a, x->cx.tx, &x->cx.settings, &x->f), &x->f);
	if (x->cx.settings.title.n == 0)
		x->cx.settings.title = x->site.shown;
	x->cx.zone = arena_cstr(x->a, x->cx.settings.timezone);
	x->cx.lang = x->cx.settings.lang;
	x->cx.catalog = catalogs_find(x->catalogs, x->cx.lang);
	return &x->cx;
}

void show_end(struct show *x)
{
	tx_rollback(x->cx.tx);
	x->cx.tx = NULL;
}

struct answer show_ask(struct show *x, const struct feature *of, const char *path,
		       const char *query)
{
	struct ctx *cx = show_begin(x, path, query);
	const struct route *r = of->routes;
	struct answer an;

	answer_not_found(&an);
	while (r->pattern && !route_match(r->pattern, cx->path, cx->args))
		r++;
	if (r->pattern) {
		cx->tag = r->tag;
		assert_ok(r->show(cx, &an, &x->f), &x->f);
	}
	show_end(x);
	return an;
}

struct str show_page(struct show *x, const struct feature *of, const char *path)
{
	struct answer an = show_ask(x, of, path, "");

	if (an.not_found)
		return arena_printf(x->a, "%d", an.status);
	return str_trim(an.body);
}
