/* cmd_site_list.c - hameau site list and hameau site show. */
#include <stdint.h>
#include <stdio.h>

#include "base/utf8.h"
#include "cli/each_site.h"
#include "site/settings.h"

struct listing {
	struct call *call;
	bool names;
	int state;		/* -1: all */
	int64_t left;
	struct json json;
};

static bool state_of(struct str name, int *ret, struct fail *f)
{
	*ret = -1;
	if (!name.p)
		return true;
	for (int s = SITE_ACTIVE; s <= SITE_DELETED; s++)
		if (str_eq(name, str_of(site_state_name((enum site_state)s))))
			*ret = s;
	return *ret >= 0
	       || fail(f, FAIL_INVALID,
		       "--state: a site is active, suspended or deleted, not \"%.*s\"",
		       STR_ARG(name));
}

static const char *state_word(const struct catalog *c, int state)
{
	static const char *const words[] = { N_("active"), N_("suspended"), N_("deleted") };

	return tr(c, words[state]);
}

/* Columns by code points: good enough for names, and wide scripts only move a column. */
static void add_column(struct call *call, struct str text, size_t width)
{
	size_t n = utf8_length(text);

	call_out(call, "%.*s%*s", STR_ARG(text), (int)(n < width ? width - n + 2 : 2), "");
}

static void show_row(struct listing *l, const struct host_row *row)
{
	struct call *call = l->call;
	char id[SITE_ID_LEN + 1];

	site_id_text(row->id, id);
	if (call->json) {
		struct json *j = &l->json;

		j->b = call_buf(call);
		json_open(j, '{');
		json_put_str(j, "name", row->name);
		json_put_str(j, "id", str_of(id));
		json_put_str(j, "state", str_of(site_state_name((enum site_state)row->state)));
		json_put_str(j, "title", row->title);
		json_put_str(j, "lang", row->lang);
		json_put_bool(j, "listed", row->listed);
		json_put_i64(j, "created", row->created);
		json_close(j, '}');
		j->comma = true;
		call_out(call, "\n");
	} else if (l->names) {
		call_out(call, "%.*s\n", STR_ARG(row->name));
	} else {
		add_column(call, row->shown, 20);
		add_column(call, str_of(state_word(call->catalog, row->state)), 10);
		add_column(call, row->lang, 5);
		call_out(call, "%.*s\n", STR_ARG(row->title));
	}
}

/* False when as many are shown as were asked for. */
static bool list_site(void *arg, const struct host_row *row, struct fail *f)
{
	struct listing *l = arg;

	(void)f;
	if (l->state >= 0 && row->state != l->state)
		return true;
	show_row(l, row);
	return --l->left > 0;
}

bool cmd_site_list(struct call *call, struct fail *f)
{
	struct listing l = { .call = call, .names = call_has(call, "names") };

	if (!state_of(call_option(call, "state"), &l.state, f)
	    || !call_number(call, "limit", 1, INT64_MAX, INT64_MAX, &l.left, f))
		return false;
	if (call->json)
		call_out(call, "[");
	if (!each_site(call, call_option(call, "after"), list_site, &l, f) && l.left > 0)
		return false;
	if (call->json)
		call_out(call, "]\n");
	return true;
}

/* Everything that show tells, read before anything is printed. */
struct sheet {
	struct site *site;
	struct host_domain *domains;
	size_t n_domains;
	struct str *former;
	size_t n_former;
	struct str *values;	/* of settings_keys */
	struct settings settings;
};

static bool read_sheet(struct call *call, struct sheet *s, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx host = HOST_TX_NONE, site = HOST_TX_NONE;
	struct registry *r = call->host->registry;
	struct arena *a = call->arena;

	if (!registry_begin(r, TX_READ, &host, f)
	    || !host_store_domains(a, host.tx, s->site->id, &s->domains, &s->n_domains, f)
	    || !host_store_former(a, host.tx, s->site->id, &s->former, &s->n_former, f)
	    || !registry_begin_site(r, s->site, TX_READ, &site, f)
	    || !settings_load(a, site.tx, &s->settings, f))
		return false;
	s->values = arena_array(a, settings_keys_count, sizeof *s->values);
	for (size_t i = 0; i < settings_keys_count; i++)
		if (!settings_value(a, site.tx, str_of(settings_keys[i].name), &s->values[i], f))
			return false;
	return true;
}

static void json_names(struct json *j, const char *key, const struct str *names, size_t count)
{
	json_key(j, key);
	json_open(j, '[');
	for (size_t i = 0; i < count; i++)
		json_str(j, names[i]);
	json_close(j, ']');
}

static void json_named(struct json *j, const char *what, const struct settings_option *p, size_t n)
{
	CLEANUP(buf_release) struct buf key = BUF(KIB);

	for (size_t i = 0; i < n; i++) {
		buf_clear(&key);
		buf_addf(&key, "%s.%.*s", what, STR_ARG(p[i].name));
		json_put_str(j, key.p, p[i].value);
	}
}

static void json_settings(struct json *j, const struct sheet *s)
{
	json_key(j, "settings");
	json_open(j, '{');
	for (size_t i = 0; i < settings_keys_count; i++)
		json_put_str(j, settings_keys[i].name, s->values[i]);
	json_named(j, "menu", s->settings.menus, s->settings.n_menus);
	json_named(j, "option", s->settings.options, s->settings.n_options);
	json_close(j, '}');
}

static void show_json(struct call *call, const struct sheet *s)
{
	struct json j = { .b = call_buf(call) };
	const struct site *site = s->site;
	char id[SITE_ID_LEN + 1];

	site_id_text(site->id, id);
	json_open(&j, '{');
	json_put_str(&j, "name", site->name);
	json_put_str(&j, "id", str_of(id));
	json_put_str(&j, "state", str_of(site_state_name(site->state)));
	json_put_i64(&j, "status", site->status);
	json_put_str(&j, "reason", site->reason);
	json_put_str(&j, "host", site->host);
	json_put_str(&j, "folder", str_of(site->dir));
	json_put_i64(&j, "created", site->created);
	json_key(&j, "domains");
	json_open(&j, '[');
	for (size_t i = 0; i < s->n_domains; i++)
		json_str(&j, s->domains[i].host);
	json_close(&j, ']');
	json_names(&j, "former_names", s->former, s->n_former);
	json_settings(&j, s);
	json_close(&j, '}');
	call_out(call, "\n");
}

static void show_line(struct call *call, const char *label, struct str value)
{
	add_column(call, str_of(label), 16);
	call_out(call, "%.*s\n", STR_ARG(value));
}

static void show_named(struct call *call, const char *what, const struct settings_option *p,
		       size_t n)
{
	for (size_t i = 0; i < n; i++)
		show_line(call, arena_printf(call->arena, "%s.%.*s", what, STR_ARG(p[i].name)).p,
			  p[i].value);
}

static void show_text(struct call *call, const struct sheet *s)
{
	const struct catalog *c = call->catalog;
	const struct site *site = s->site;
	char text[SITE_ID_LEN + 1];

	site_id_text(site->id, text);
	show_line(call, tr(c, "name"), site->shown);
	show_line(call, tr(c, "id"), str_of(text));
	show_line(call, tr(c, "state"), str_of(state_word(c, (int)site->state)));
	if (site->state == SITE_SUSPENDED)
		show_line(call, tr(c, "reason"), site->reason);
	show_line(call, tr(c, "address"), site->host);
	for (size_t i = 0; i < s->n_domains; i++)
		show_line(call,
			  s->domains[i].canonical ? tr(c, "domain, canonical") : tr(c, "domain"),
			  s->domains[i].host);
	for (size_t i = 0; i < s->n_former; i++)
		show_line(call, tr(c, "former name"), s->former[i]);
	show_line(call, tr(c, "folder"), str_of(site->dir));
	call_out(call, "\n");
	for (size_t i = 0; i < settings_keys_count; i++)
		show_line(call, settings_keys[i].name, s->values[i]);
	show_named(call, "menu", s->settings.menus, s->settings.n_menus);
	show_named(call, "option", s->settings.options, s->settings.n_options);
}

bool cmd_site_show(struct call *call, struct fail *f)
{
	CLEANUP(site_unrefp) struct site *site = NULL;
	struct sheet sheet = { .site = NULL };

	if (!registry_named(call->host->registry, call->args[0], &site, f))
		return false;
	sheet.site = site;
	if (!read_sheet(call, &sheet, f))
		return false;
	if (call->json)
		show_json(call, &sheet);
	else
		show_text(call, &sheet);
	return true;
}
