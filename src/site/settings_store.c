/* settings_store.c - SQL of settings.h, and rows turned into the typed struct. */
#include <string.h>

#include "base/conf.h"
#include "base/limits.h"
#include "site/settings.h"

static const struct query ALL = {
	.sql = "SELECT key, value FROM setting ORDER BY key",
	.reads = {{ GEN_SETTINGS }},
};
static const struct query ONE = {
	.sql = "SELECT value FROM setting WHERE key = ?1",
	.reads = {{ GEN_SETTINGS }},
};
static const struct query COUNT = {
	.sql = "SELECT count(*) FROM setting WHERE key <> ?1",
	.reads = {{ GEN_SETTINGS }},
};
static const struct query SET = {
	.sql = "INSERT INTO setting (key, value) VALUES (?1, ?2)"
	       " ON CONFLICT (key) DO UPDATE SET value = ?2",
	.writes = {{ GEN_SETTINGS }},
};
static const struct query UNSET = {
	.sql = "DELETE FROM setting WHERE key = ?1",
	.writes = {{ GEN_SETTINGS }},
};

/* The stored value was checked when it was written; one that an older program wrote and
 * that we would refuse today gives the default. */
static void apply(struct settings *s, struct str key, struct str value)
{
	if (str_eq(key, STR("title")))
		s->title = value;
	else if (str_eq(key, STR("tagline")))
		s->tagline = value;
	else if (str_eq(key, STR("lang")))
		s->lang = value;
	else if (str_eq(key, STR("languages")))
		s->languages = value;
	else if (str_eq(key, STR("author")))
		s->author = value;
	else if (str_eq(key, STR("timezone")))
		s->timezone = value;
	else if (str_eq(key, STR("theme")))
		s->theme = value;
	else if (str_eq(key, STR("preset")))
		s->preset = value;
	else if (str_eq(key, STR("menu")))
		s->menu = value;
	else if (str_eq(key, STR("footer")))
		s->footer = value;
	else if (str_eq(key, STR("order")))
		s->serial = str_eq(value, STR("serial"));
	else if (str_eq(key, STR("lists")))
		s->full_posts = str_eq(value, STR("full"));
	else if (str_eq(key, STR("robots_ai")))
		s->refuse_ai = str_eq(value, STR("refuse"));
	else if (str_eq(key, STR("listed")))
		(void)!conf_bool(value, &s->listed, NULL);
	else if (str_eq(key, STR("posts_per_page")))
		(void)!conf_int(value, 1, 100, &s->posts_per_page, NULL);
}

/* Settings of which there may be many. */
struct named {
	struct settings_option *p;
	size_t n, cap;
};

static void add_named(struct arena *a, struct named *l, struct str name, struct str value)
{
	if (l->n == l->cap) {
		struct settings_option *grown;

		l->cap = l->cap ? l->cap * 2 : 8;
		grown = arena_array(a, l->cap, sizeof *grown);
		if (l->n)
			memcpy(grown, l->p, l->n * sizeof *grown);
		l->p = grown;
	}
	l->p[l->n++] = (struct settings_option){ arena_str(a, name), value };
}

bool settings_load(struct arena *a, struct tx *tx, struct settings *ret, struct fail *f)
{
	struct row *row = tx_run(tx, &ALL, f, "");
	struct named options = { NULL, 0, 0 }, menus = { NULL, 0, 0 };
	struct settings s = { .options = NULL };

	if (!row)
		return false;
	for (size_t i = 0; i < settings_keys_count; i++)
		apply(&s, str_of(settings_keys[i].name), str_of(settings_keys[i].value));
	while (row_next(row)) {
		struct str key = row_str(row, 0), value = arena_str(a, row_str(row, 1));

		if (str_starts(key, STR("option.")))
			add_named(a, &options, str_skip(key, 7), value);
		else if (str_starts(key, STR("menu.")))
			add_named(a, &menus, str_skip(key, 5), value);
		else if (settings_check(key, value, NULL))
			apply(&s, key, value);
	}
	if (!row_end(row, f))
		return false;
	*ret = s;
	ret->options = options.p;
	ret->n_options = options.n;
	ret->menus = menus.p;
	ret->n_menus = menus.n;
	return true;
}

static struct str default_of(struct str key)
{
	for (size_t i = 0; i < settings_keys_count; i++)
		if (str_eq(str_of(settings_keys[i].name), key))
			return str_of(settings_keys[i].value);
	return STR_NONE;
}

bool settings_value(struct arena *a, struct tx *tx, struct str key, struct str *ret, struct fail *f)
{
	struct row *row;

	if (!settings_check(key, STR_NONE, f))
		return false;
	row = tx_run(tx, &ONE, f, "s", key);
	if (!row)
		return false;
	*ret = row_next(row) ? arena_str(a, row_str(row, 0)) : default_of(key);
	return row_end(row, f);
}

bool settings_set(struct tx *tx, struct str key, struct str value, struct fail *f)
{
	int64_t others;

	value = str_trim(value);
	if (!settings_check(key, value, f))
		return false;
	if (!value.n)
		return tx_exec(tx, &UNSET, f, "s", key);
	if (!tx_number(tx, &COUNT, &others, f, "s", key))
		return false;
	if (others >= LIMIT_SETTINGS)
		return fail(f, FAIL_QUOTA, "a site has at most %d settings", LIMIT_SETTINGS);
	return tx_exec(tx, &SET, f, "ss", key, value);
}
