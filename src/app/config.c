/* config.c - reading hameau.ini by the table of config_keys.c. */
#include "app/config.h"

#include <stddef.h>
#include <string.h>

#include "app/config_keys.h"
#include "base/conf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "http/forwarded.h"
#include "unicode/idn.h"
#include "unicode/language.h"

struct reading {
	struct config *config;
	bool seen[CONFIG_KEYS_MAX];
};

bool config_split_listen(struct str text, struct str *address, uint16_t *port)
{
	ptrdiff_t colon = str_rfind_char(text, ':');
	int64_t number;

	if (str_starts(text, STR("unix:/"))) {
		*address = str_skip(text, 5);
		*port = 0;
		return true;
	}
	if (colon < 0 || !str_to_i64(str_skip(text, (size_t)colon + 1), &number))
		return false;
	if (number < 0 || number > UINT16_MAX)
		return false;
	*address = str_sub(text, 0, (size_t)colon);
	if (str_starts(*address, STR("[")) && str_ends(*address, STR("]")))
		*address = str_sub(*address, 1, address->n - 1);
	else if (str_has_char(*address, ':'))
		return false;
	*port = (uint16_t)number;
	return true;
}

static void *field_of(struct config *c, const struct config_key *key)
{
	return (char *)c + key->offset;
}

static bool read_choice(const struct config_key *key, struct str value, struct fail *f)
{
	return str_has_item(str_of(key->choices), " ", value)
	       || fail(f, FAIL_INVALID, "\"%.*s\" is none of: %s", STR_ARG(value), key->choices);
}

static bool read_domain(struct config *c, struct str value, struct str *ret, struct fail *f)
{
	if (str_has_char(value, ':') || str_has_char(value, '/'))
		return fail(f, FAIL_INVALID, "\"%.*s\" is not a domain: it stands without scheme"
			    " and port here", STR_ARG(value));
	return idn_to_ascii(c->memory, value, ret, f);
}

/* Loopback, the private networks of RFC 1918, 6598 and 4193, link-local. */
static bool is_local(struct str listen)
{
	static const char *const networks[] = {
		"127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
		"100.64.0.0/10", "169.254.0.0/16", "fc00::/7", "fe80::/10",
	};
	struct forwarded_net net;
	struct str address;
	uint16_t port;

	if (!config_split_listen(listen, &address, &port) || str_starts(listen, STR("unix:"))
	    || str_eq(address, STR("localhost")))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(networks); i++)
		if (forwarded_net_parse(str_of(networks[i]), &net, NULL)
		    && forwarded_net_has(&net, 1, address))
			return true;
	return false;
}

/* One element of a list. */
static bool check_one(const struct config_key *key, struct str text, struct fail *f)
{
	struct forwarded_net net;
	struct str address;
	uint16_t port;

	if (key->type == CONFIG_SENDERS && str_eq(text, STR("unix")))
		return true;
	if (key->type == CONFIG_NETWORKS || key->type == CONFIG_SENDERS)
		return forwarded_net_parse(text, &net, f);
	if (key->type == CONFIG_LOCAL && !is_local(text))
		return fail(f, FAIL_INVALID, "\"%.*s\" is neither loopback nor of a private"
			    " network: what is shown there is not for the world", STR_ARG(text));
	return config_split_listen(text, &address, &port)
		|| fail(f, FAIL_INVALID, "\"%.*s\" is not ADDRESS:PORT, for instance"
			" 127.0.0.1:8080 or [::1]:8080", STR_ARG(text));
}

/* Two that want a port of the system's choice are two. */
static bool is_same_listener(struct str one, struct str other)
{
	struct str at, other_at;
	uint16_t port, other_port;

	if (!config_split_listen(one, &at, &port)
	    || !config_split_listen(other, &other_at, &other_port) || port != other_port)
		return false;
	if (!port)
		return str_starts(one, STR("unix:")) && str_eq(one, other);
	at = str_eq(at, STR("localhost")) ? STR("127.0.0.1") : at;
	other_at = str_eq(other_at, STR("localhost")) ? STR("127.0.0.1") : other_at;
	return str_eq(at, other_at);
}

/* A network that is named twice is one; an address cannot be listened on twice. */
static bool check_new(const struct config_key *key, const struct config_texts *list,
		      struct str text, struct fail *f)
{
	if (key->type != CONFIG_LISTEN && key->type != CONFIG_LOCAL)
		return true;
	for (size_t i = 0; i < list->n; i++)
		if (is_same_listener(list->p[i], text))
			return fail(f, FAIL_INVALID, "\"%.*s\" stands there a second time; leave"
				    " one of them out", STR_ARG(text));
	return true;
}

/* "a, b c": separated by commas or white space. */
static bool read_texts(struct config *c, const struct config_key *key, struct str value,
		       struct config_texts *list, struct fail *f)
{
	for (size_t at = 0, from; at < value.n; at++) {
		struct str text;

		for (from = at; at < value.n && !strchr(", \t", value.p[at]); at++)
			;
		text = str_sub(value, from, at);
		if (!text.n)
			continue;
		if (list->n == LIMIT_LISTENERS)
			return fail(f, FAIL_TOO_LARGE, "more than %d entries", LIMIT_LISTENERS);
		if (!check_one(key, text, f) || !check_new(key, list, text, f))
			return false;
		list->p[list->n++] = arena_str(c->memory, text);
	}
	return true;
}

static bool check_range(const struct config_key *key, int64_t value, struct fail *f)
{
	if (value < key->min || value > key->max)
		return fail(f, FAIL_INVALID, "%lld is not between %lld and %lld", (long long)value,
			    (long long)key->min, (long long)key->max);
	return true;
}

static bool read_mode(struct str value, int64_t *ret, struct fail *f)
{
	*ret = 0;
	for (size_t i = 0; i < value.n; i++) {
		if (value.n > 4 || value.p[i] < '0' || value.p[i] > '7')
			return fail(f, FAIL_INVALID, "\"%.*s\" is no mode of a file, as 0660 is",
				    STR_ARG(value));
		*ret = *ret * 8 + (value.p[i] - '0');
	}
	return true;
}

static bool is_list(const struct config_key *key)
{
	return key->type == CONFIG_LISTEN || key->type == CONFIG_LOCAL
	       || key->type == CONFIG_NETWORKS
	       || key->type == CONFIG_SENDERS;
}

static bool read_value(struct config *c, const struct config_key *key, struct str value,
		       struct fail *f)
{
	void *field = field_of(c, key);

	switch (key->type) {
	case CONFIG_TEXT:
		*(struct str *)field = arena_str(c->memory, value);
		return true;
	case CONFIG_CHOICE:
		*(struct str *)field = arena_str(c->memory, value);
		return read_choice(key, value, f);
	case CONFIG_LANG:
		*(struct str *)field = arena_str(c->memory, value);
		return language_valid(value)
			|| fail(f, FAIL_INVALID, "\"%.*s\" is no language code, as fr or pt-BR are",
				STR_ARG(value));
	case CONFIG_FOLDER:
		*(struct str *)field = arena_str(c->memory, value);
		return value.n == 0 || file_is_dir(arena_cstr(c->memory, value))
			|| fail(f, FAIL_NOT_FOUND, "\"%.*s\" is no folder", STR_ARG(value));
	case CONFIG_DOMAIN:
		return read_domain(c, value, field, f);
	case CONFIG_LISTEN:
	case CONFIG_LOCAL:
	case CONFIG_NETWORKS:
	case CONFIG_SENDERS:
		return read_texts(c, key, value, field, f);
	case CONFIG_BOOL:
		return conf_bool(value, field, f);
	case CONFIG_NUMBER:
		return conf_int(value, key->min, key->max, field, f);
	case CONFIG_SIZE:
		return conf_size(value, field, f) && check_range(key, *(int64_t *)field, f);
	case CONFIG_TIME:
		return conf_seconds(value, field, f) && check_range(key, *(int64_t *)field, f);
	case CONFIG_MODE:
		return read_mode(value, field, f) && check_range(key, *(int64_t *)field, f);
	}
	return fail(f, FAIL_BUG, "a key of an unknown type");
}

static bool unknown_key(const struct conf_line *l, struct fail *f)
{
	struct nearest near;

	nearest_init(&near, l->key);
	for (size_t i = 0; i < config_keys_count; i++)
		if (str_eq(str_of(config_keys[i].section), l->section))
			nearest_offer(&near, str_of(config_keys[i].name));
	if (near.best.n)
		return fail(f, FAIL_INVALID,
			    "unknown key \"%.*s\" in [%.*s]; did you mean \"%.*s\"?",
			    STR_ARG(l->key), STR_ARG(l->section), STR_ARG(near.best));
	return fail(f, FAIL_INVALID, "unknown key \"%.*s\" in [%.*s]", STR_ARG(l->key),
		    STR_ARG(l->section));
}

/* Repeatable keys gather; the first line of the file takes the place of the default. */
static bool read_line(void *data, const struct conf_line *l, struct fail *f)
{
	struct reading *r = data;

	for (size_t i = 0; i < config_keys_count; i++) {
		const struct config_key *key = &config_keys[i];
		bool many = is_list(key);

		if (!str_eq(str_of(key->section), l->section) || !str_eq(str_of(key->name), l->key))
			continue;
		if (r->seen[i] && !many)
			return fail(f, FAIL_INVALID, "the key \"%s\" is given a second time",
				    key->name);
		if (!r->seen[i] && many)
			((struct config_texts *)field_of(r->config, key))->n = 0;
		r->seen[i] = true;
		return read_value(r->config, key, str_trim(l->value), f)
			|| fail_in(f, "%s", key->name);
	}
	return unknown_key(l, f);
}

static bool set_defaults(struct config *c, struct fail *f)
{
	for (size_t i = 0; i < config_keys_count; i++)
		if (!read_value(c, &config_keys[i], str_of(config_keys[i].value), f))
			return fail_in(f, "%s", config_keys[i].name);
	return true;
}

bool config_parse(struct str text, const char *name, struct config **ret, struct fail *f)
{
	CLEANUP(config_unrefp) struct config *c = MEM_NEW(struct config);
	struct reading reading = { .config = c };

	ref_init(&c->ref);
	c->memory = arena_new(0);
	if (!set_defaults(c, f) || !conf_parse(text, name, read_line, &reading, f))
		return false;
	*ret = c;
	c = NULL;
	return true;
}

bool config_load(const char *path, struct config **ret, struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_CONFIG);

	return file_read(path, &text, f) && config_parse(buf_str(&text), path, ret, f);
}

static int64_t usual_port(const struct config *c)
{
	return str_eq(c->scheme, STR("https")) ? 443 : 80;
}

/* What readers must write: the configured port, else with http that of the first listener. */
static int64_t public_port(const struct config *c)
{
	struct str address;
	uint16_t port;

	if (c->port)
		return c->port;
	if (str_eq(c->scheme, STR("http")) && c->listen.n
	    && config_split_listen(c->listen.p[0], &address, &port) && port)
		return port;
	return usual_port(c);
}

struct str config_origin(struct arena *a, const struct config *c, struct str host)
{
	int64_t port = public_port(c);

	if (port == usual_port(c))
		return arena_printf(a, "%.*s://%.*s", STR_ARG(c->scheme), STR_ARG(host));
	return arena_printf(a, "%.*s://%.*s:%lld", STR_ARG(c->scheme), STR_ARG(host),
			    (long long)port);
}

void config_ref(struct config *c)
{
	ref_hold(&c->ref);
}

void config_unref(struct config *c)
{
	if (!c || !ref_drop(&c->ref))
		return;
	arena_free(c->memory);
	mem_free(c);
}

void config_unrefp(struct config **c)
{
	config_unref(*c);
}

static bool same_value(const struct config_key *key, const void *a, const void *b)
{
	const struct config_texts *x = a, *y = b;

	switch (key->type) {
	case CONFIG_BOOL:
		return *(const bool *)a == *(const bool *)b;
	case CONFIG_NUMBER:
	case CONFIG_SIZE:
	case CONFIG_TIME:
	case CONFIG_MODE:
		return *(const int64_t *)a == *(const int64_t *)b;
	case CONFIG_LISTEN:
	case CONFIG_LOCAL:
	case CONFIG_NETWORKS:
	case CONFIG_SENDERS:
		for (size_t i = 0; x->n == y->n && i < x->n; i++)
			if (!str_eq(x->p[i], y->p[i]))
				return false;
		return x->n == y->n;
	case CONFIG_TEXT:
	case CONFIG_CHOICE:
	case CONFIG_LANG:
	case CONFIG_FOLDER:
	case CONFIG_DOMAIN:
		return str_eq(*(const struct str *)a, *(const struct str *)b);
	}
	return true;
}

void config_restart_keys(const struct config *was, const struct config *now, struct buf *out)
{
	for (size_t i = 0; i < config_keys_count; i++) {
		const struct config_key *key = &config_keys[i];

		if (key->restart && !same_value(key, (const char *)was + key->offset,
						(const char *)now + key->offset))
			buf_addf(out, "%s[%s] %s", out->n ? ", " : "", key->section, key->name);
	}
}
