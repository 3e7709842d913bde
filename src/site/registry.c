/* registry.c - asks host.db what a host name means, and remembers it in known.c. */
#include "site/registry.h"

#include "base/file.h"
#include "base/mem.h"
#include "site/host_store.h"
#include "site/known.h"
#include "site/name.h"

/* Somebody else's commit between two statements makes an answer useless for keeping;
 * commits wait for the disk, so a second try meets one rarely. */
#define TRIES 20

struct registry {
	struct registry_config config;
	struct arena *memory;
	struct handles *host;		/* of host.db: site 0 */
	struct known *known;
	const char *path;
};

struct str registry_base(const struct registry *r)
{
	return r->config.base;
}

const char *registry_data(const struct registry *r)
{
	return r->config.data;
}

struct handles *registry_sites(const struct registry *r)
{
	return r->config.sites;
}

const struct registry_config *registry_setup(const struct registry *r)
{
	return &r->config;
}

static bool make_database(const struct registry *r, struct fail *f)
{
	struct db_config config = {
		.path = r->path,
		.create = true,
		.gens = r->config.gens,
		.tables = host_store_tables,
	};
	CLEANUP(db_closep) struct db *db = NULL;

	return db_open(&config, &db, f) && schema_apply(db, host_store_schema, f);
}

bool registry_open(const struct registry_config *c, bool create, struct registry **ret,
		   struct fail *f)
{
	struct registry *r = MEM_NEW(struct registry);
	struct host_tx probe = HOST_TX_NONE;
	bool ok;

	r->memory = arena_new(0);
	r->config = *c;
	r->config.data = arena_cstr(r->memory, str_of(c->data));
	r->config.base = arena_str(r->memory, c->base);
	r->path = path_join(r->memory, r->config.data, STR("host.db"));
	r->known = known_new(c->places ? c->places : 16384);
	r->host = handles_new(&(struct handles_config){
		.max_open = 4, .relaxed = c->relaxed, .gens = c->gens, .tables = host_store_tables,
		.steps = host_store_schema,
	});
	ok = (!create || make_database(r, f)) && registry_begin(r, TX_READ, &probe, f);
	registry_end(&probe);
	if (!ok) {
		registry_close(r);
		return false;
	}
	*ret = r;
	return true;
}

void registry_close(struct registry *r)
{
	if (!r)
		return;
	known_free(r->known);
	handles_free(r->host);
	arena_free(r->memory);
	mem_free(r);
}

void found_release(struct found *f)
{
	site_unref(f->site);
	f->site = NULL;
}

static void give_back(struct host_tx *t)
{
	struct registry *r = t->registry;

	if (t->is_hasty)
		db_hasten(t->db, false);
	handles_give(db_site(t->db) ? r->config.sites : r->host, t->db);
	t->db = NULL;
	t->tx = NULL;
}

static bool begin(struct registry *r, struct handles *handles, uint64_t id, const char *path,
		  enum tx_kind kind, bool is_hasty, struct host_tx *ret, struct fail *f)
{
	struct host_tx t = { .registry = r, .is_hasty = is_hasty };

	if (!handles_take(handles, id, path, &t.db, f))
		return false;
	if (is_hasty)
		db_hasten(t.db, true);
	if (!tx_begin(t.db, kind, &t.tx, f)) {
		give_back(&t);
		return false;
	}
	*ret = t;
	return true;
}

bool registry_begin(struct registry *r, enum tx_kind kind, struct host_tx *ret, struct fail *f)
{
	return begin(r, r->host, 0, r->path, kind, false, ret, f);
}

bool registry_begin_hasty(struct registry *r, struct host_tx *ret, struct fail *f)
{
	return begin(r, r->host, 0, r->path, TX_WRITE, true, ret, f);
}

bool registry_begin_site(struct registry *r, const struct site *site, enum tx_kind kind,
			 struct host_tx *ret, struct fail *f)
{
	return begin(r, r->config.sites, site->id, site->path, kind, false, ret, f);
}

bool registry_commit(struct host_tx *t, struct fail *f)
{
	bool ok = tx_commit(t->tx, f);

	give_back(t);
	return ok;
}

void registry_end(struct host_tx *t)
{
	if (!t->tx)
		return;
	tx_rollback(t->tx);
	give_back(t);
}

bool registry_check(struct registry *r, const struct site *site, struct fail *f)
{
	struct handles *handles = site ? r->config.sites : r->host;
	struct db *db;
	bool ok;

	if (!handles_take(handles, site ? site->id : 0, site ? site->path : r->path, &db, f))
		return false;
	ok = db_check(db, f);
	handles_give(handles, db);
	return ok;
}

/* The snapshot of a site as tx sees it. */
static bool load_site(struct registry *r, struct tx *tx, uint64_t id, struct site **ret,
		      struct fail *f)
{
	struct arena *a = arena_new(1024);
	struct host_row row;
	struct str own;
	struct site *s;

	if (!host_store_load(a, tx, id, &row, f) || !host_store_canonical(a, tx, id, &own, f)) {
		arena_free(a);
		return false;
	}
	s = MEM_NEW(struct site);
	ref_init(&s->ref);
	*s = (struct site){
		.ref = s->ref, .memory = a, .id = id, .state = (enum site_state)row.state,
		.status = row.state == SITE_DELETED ? 410 : row.status,
		.listed = row.listed, .name = row.name, .shown = row.shown,
		.reason = row.reason, .title = row.title, .tagline = row.tagline, .lang = row.lang,
		.created = row.created, .changed = row.changed,
	};
	s->host = own.n ? own
		: arena_printf(a, "%.*s.%.*s", STR_ARG(row.name), STR_ARG(r->config.base));
	s->dir = site_dir(a, r->config.data, id);
	s->path = path_join(a, s->dir, STR("site.db"));
	*ret = s;
	return true;
}

/* Keys that begin with '#' are ids: no host name does. */
static bool find_id(struct registry *r, struct tx *tx, struct str key, uint64_t *id, struct fail *f)
{
	struct str name = name_below(key, r->config.base);
	bool former;

	*id = 0;
	if (str_starts(key, STR("#"))) {
		(void)!site_id_parse(str_skip(key, 1), id);
		return true;
	}
	if (name.n)
		return host_store_by_name(tx, name, id, &former, f);
	return host_store_by_domain(tx, key, id, f);
}

/* One look at host.db. *kept: the answer may be remembered. */
static bool look_up(struct registry *r, struct str key, struct found *ret, bool *kept,
		    struct deps *deps, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;
	CLEANUP(found_release) struct found found = { .kind = FOUND_NOTHING };
	struct fail why = FAIL_INIT;
	uint64_t id;

	if (!registry_begin(r, TX_READ, &t, f) || !find_id(r, t.tx, key, &id, f))
		return false;
	if (id && load_site(r, t.tx, id, &found.site, &why)) {
		found.kind = FOUND_SITE;
		found.redirect = !str_eq(found.site->host, key);
	} else if (id && why.code != FAIL_NOT_FOUND) {
		if (f)
			*f = why;
		return false;
	}
	*kept = tx_deps(t.tx, deps);
	*ret = found;
	found.site = NULL;
	return true;
}

static bool look_up_and_keep(struct registry *r, struct str key, struct found *ret, struct fail *f)
{
	for (int i = 0; i < TRIES; i++) {
		CLEANUP(found_release) struct found found = { .kind = FOUND_NOTHING };
		CLEANUP(deps_release) struct deps deps = { 0 };
		struct known_answer *answer;
		bool kept;

		if (!look_up(r, key, &found, &kept, &deps, f))
			return false;
		if (!kept)
			continue;
		if (found.site)
			deps_add_all(&found.site->deps, &deps);
		answer = known_answer_new(key, &found, &deps);
		known_put(r->known, answer);
		known_answer_unref(answer);
		*ret = found;
		found.site = NULL;
		return true;
	}
	return fail(f, FAIL_BUSY, "the host is changing too quickly to be read");
}

/* The base domain, www. before it, and on a laptop the machine's own addresses. */
static bool is_front(const struct registry *r, struct str host, struct found *ret)
{
	struct str base = r->config.base;
	bool exact = str_eq(host, base);

	if (!exact && !str_eq(name_below(host, base), STR("www"))
	    && !(str_eq(base, STR("localhost"))
		 && (str_eq(host, STR("127.0.0.1")) || str_eq(host, STR("[::1]")))))
		return false;
	*ret = (struct found){ .kind = FOUND_FRONT, .redirect = !exact };
	return true;
}

bool registry_find_cached(struct registry *r, struct str host, struct found *ret)
{
	return known_find(r->known, host, r->config.gens, ret) || is_front(r, host, ret);
}

bool registry_find(struct registry *r, struct str host, struct found *ret, struct fail *f)
{
	return registry_find_cached(r, host, ret) || look_up_and_keep(r, host, ret, f);
}

bool registry_site(struct registry *r, uint64_t id, struct site **ret, struct fail *f)
{
	char text[SITE_ID_LEN + 2] = "#";
	struct found found;

	site_id_text(id, text + 1);
	if (!known_find(r->known, str_of(text), r->config.gens, &found)
	    && !look_up_and_keep(r, str_of(text), &found, f))
		return false;
	if (!found.site)
		return fail(f, FAIL_NOT_FOUND, "there is no site with the id %s", text + 1);
	*ret = found.site;
	return true;
}

bool registry_named(struct registry *r, struct str given, struct site **ret, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str host = str_trim(given), name;
	struct found found;
	uint64_t id;

	if (site_id_parse(host, &id) && registry_site(r, id, ret, NULL))
		return true;
	if (!str_has_char(host, '.')) {
		if (!name_key(a, host, &name, f))
			return false;
		host = arena_printf(a, "%.*s.%.*s", STR_ARG(name), STR_ARG(r->config.base));
	}
	if (!registry_find(r, host, &found, f))
		return false;
	if (!found.site)
		return fail(f, FAIL_NOT_FOUND, "there is no site \"%.*s\"", STR_ARG(given));
	*ret = found.site;
	return true;
}
