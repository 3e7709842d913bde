/* host_store.c - SQL of the table of sites, their names and domains. */
#include "site/host_store.h"

#include "base/limits.h"

void host_store_copy(struct host_row *row, const struct settings *from)
{
	row->title = from->title;
	row->tagline = from->tagline;
	row->lang = from->lang;
	row->listed = from->listed;
}

const struct schema_step host_store_schema[] = {
	{ .sql =
	  "CREATE TABLE site ("
	  " id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, shown TEXT NOT NULL,"
	  " skeleton TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, status INTEGER NOT NULL,"
	  " listed INTEGER NOT NULL, reason TEXT NOT NULL, title TEXT NOT NULL,"
	  " tagline TEXT NOT NULL, lang TEXT NOT NULL, created INTEGER NOT NULL,"
	  " changed INTEGER NOT NULL) STRICT;"
	  "CREATE INDEX site_listed ON site (name) WHERE listed = 1 AND state = 0;"
	  "CREATE TABLE domain ("
	  " host TEXT PRIMARY KEY, site INTEGER NOT NULL, canonical INTEGER NOT NULL)"
	  " STRICT, WITHOUT ROWID;"
	  "CREATE INDEX domain_site ON domain (site, canonical);"
	  "CREATE TABLE former ("
	  " name TEXT PRIMARY KEY, skeleton TEXT NOT NULL, site INTEGER NOT NULL,"
	  " since INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	  "CREATE INDEX former_site ON former (site, since);"
	  "CREATE INDEX former_skeleton ON former (skeleton);"
	  "CREATE TABLE due ("
	  " site INTEGER NOT NULL, kind INTEGER NOT NULL, at INTEGER NOT NULL,"
	  " PRIMARY KEY (site, kind)) STRICT, WITHOUT ROWID;"
	  "CREATE INDEX due_at ON due (at);"
	  "CREATE TABLE newest ("
	  " site INTEGER NOT NULL, url TEXT NOT NULL, at INTEGER NOT NULL, title TEXT NOT NULL,"
	  " lang TEXT NOT NULL, shown INTEGER NOT NULL,"
	  " PRIMARY KEY (site, url)) STRICT, WITHOUT ROWID;"
	  "CREATE INDEX newest_at ON newest (at, site, url) WHERE shown = 1;" },
	{ 0 },
};

const struct gen_tables host_store_tables[] = {
	{ GEN_REGISTRY, "site domain former" },
	{ GEN_LISTED, "site newest" },
	{ GEN_DUE, "due" },
	{ 0 },
};

static const struct query BY_NAME = {
	.sql = "SELECT id FROM site WHERE name = ?1",
	.reads = {{ GEN_REGISTRY, 1 }},
};
static const struct query BY_FORMER_NAME = {
	.sql = "SELECT site FROM former WHERE name = ?1",
	.reads = {{ GEN_REGISTRY, 1 }},
};
static const struct query BY_DOMAIN = {
	.sql = "SELECT site FROM domain WHERE host = ?1",
	.reads = {{ GEN_REGISTRY, 1 }},
};
/* Only asked before a write: all of the kind is never depended upon. */
static const struct query HOLDERS = {
	.sql = "SELECT id, shown, name = ?1 FROM site WHERE name = ?1 OR skeleton = ?2"
	       " UNION ALL SELECT site, name, name = ?1 FROM former WHERE name = ?1 OR skeleton ="
	       " ?2",
	.reads = {{ GEN_REGISTRY }},
};
static const struct query LOAD = {
	.sql = "SELECT id, name, shown, skeleton, state, status, listed, reason, title, tagline,"
	       " lang,"
	       " created, changed FROM site WHERE id = ?1",
	.reads = {{ GEN_REGISTRY, 1 }},
};
static const struct query CANONICAL = {
	.sql = "SELECT host FROM domain WHERE site = ?1 AND canonical = 1",
	.reads = {{ GEN_REGISTRY, 1 }},
};
static const struct query INSERT = {
	.sql = "INSERT INTO site (id, name, shown, skeleton, state, status, listed, reason, title,"
	       " tagline, lang, created, changed)"
	       " VALUES (?1, ?2, ?3, ?4, 0, 200, ?5, '', ?6, ?7, ?8, ?9, ?9)",
	.writes = {{ GEN_REGISTRY, 1 }, { GEN_REGISTRY, 2 }, { GEN_LISTED }},
};
static const struct query RENAME = {
	.sql = "UPDATE site SET name = ?2, shown = ?3, skeleton = ?4 WHERE id = ?1",
	.writes = {{ GEN_REGISTRY, 1 }, { GEN_REGISTRY, 2 }, { GEN_LISTED }},
};
static const struct query FORMER_ADD = {
	.sql = "INSERT OR REPLACE INTO former (name, skeleton, site, since) VALUES (?1, ?2, ?3,"
	       " ?4)",
	.writes = {{ GEN_REGISTRY, 1 }, { GEN_REGISTRY, 3 }},
};
static const struct query FORMER_REMOVE = {
	.sql = "DELETE FROM former WHERE name = ?1",
	.writes = {{ GEN_REGISTRY, 1 }},
};
static const struct query FORMER_OF_SITE = {
	.sql = "SELECT name FROM former WHERE site = ?1 ORDER BY since DESC, name",
	.reads = {{ GEN_REGISTRY, 1 }},
};
static const struct query STATE = {
	.sql = "UPDATE site SET state = ?2, status = ?3, reason = ?4, changed = ?5 WHERE id = ?1",
	.writes = {{ GEN_REGISTRY, 1 }, { GEN_LISTED }},
};
static const struct query SHOW_NEWEST = {
	.sql = "UPDATE newest SET shown = ?2 WHERE site = ?1",
	.writes = {{ GEN_LISTED }},
};
static const struct query DESCRIBE = {
	.sql = "UPDATE site SET listed = ?2, title = ?3, tagline = ?4, lang = ?5 WHERE id = ?1",
	.writes = {{ GEN_REGISTRY, 1 }, { GEN_LISTED }},
};
static const struct query REMOVE_SITE = {
	.sql = "DELETE FROM site WHERE id = ?1 AND name = ?2",
	.writes = {{ GEN_REGISTRY, 1 }, { GEN_REGISTRY, 2 }, { GEN_LISTED }},
};
static const struct query REMOVE_NEWEST = {
	.sql = "DELETE FROM newest WHERE site = ?1",
	.writes = {{ GEN_LISTED }},
};
static const struct query REMOVE_DUE = {
	.sql = "DELETE FROM due WHERE site = ?1",
	.writes = {{ GEN_DUE }},
};
static const struct query DOMAIN_ADD = {
	.sql = "INSERT INTO domain (host, site, canonical) VALUES (?1, ?2, ?3)"
	       " ON CONFLICT (host) DO UPDATE SET canonical = ?3",
	.writes = {{ GEN_REGISTRY, 1 }, { GEN_REGISTRY, 2 }},
};
static const struct query DOMAIN_UNCANONICAL = {
	.sql = "UPDATE domain SET canonical = 0 WHERE site = ?1 AND canonical = 1",
	.writes = {{ GEN_REGISTRY, 1 }},
};
static const struct query DOMAIN_REMOVE = {
	.sql = "DELETE FROM domain WHERE host = ?1 AND site = ?2",
	.writes = {{ GEN_REGISTRY, 1 }, { GEN_REGISTRY, 2 }},
};
static const struct query DOMAINS = {
	.sql = "SELECT host, canonical FROM domain WHERE site = ?1 ORDER BY canonical DESC, host",
	.reads = {{ GEN_REGISTRY, 1 }},
};
static const struct query LIST = {
	.sql = "SELECT id, name, shown, skeleton, state, status, listed, reason, title, tagline,"
	       " lang,"
	       " created, changed FROM site WHERE name > ?1 ORDER BY name LIMIT ?2",
	.reads = {{ GEN_LISTED }},
};
static const struct query LIST_LISTED = {
	.sql = "SELECT id, name, shown, skeleton, state, status, listed, reason, title, tagline,"
	       " lang,"
	       " created, changed FROM site WHERE name > ?1 AND listed = 1 AND state = 0"
	       " ORDER BY name LIMIT ?2",
	.reads = {{ GEN_LISTED }},
};
static const struct query COUNT = {
	.sql = "SELECT count(*) FROM site",
	.reads = {{ GEN_LISTED }},
};

/* The id in the first column, 0 without a row. */
static bool one_id(struct row *row, uint64_t *ret, struct fail *f)
{
	uint64_t id = 0;

	if (!row)
		return false;
	if (row_next(row))
		id = (uint64_t)row_i64(row, 0);
	if (!row_end(row, f))
		return false;
	*ret = id;
	return true;
}

bool host_store_by_name(struct tx *tx, struct str name, uint64_t *ret, bool *former, struct fail *f)
{
	uint64_t id;

	*former = false;
	if (!one_id(tx_run(tx, &BY_NAME, f, "s", name), &id, f))
		return false;
	if (!id) {
		*former = true;
		if (!one_id(tx_run(tx, &BY_FORMER_NAME, f, "s", name), &id, f))
			return false;
	}
	*ret = id;
	return true;
}

bool host_store_by_domain(struct tx *tx, struct str host, uint64_t *ret, struct fail *f)
{
	return one_id(tx_run(tx, &BY_DOMAIN, f, "s", host), ret, f);
}

bool host_store_name_is_free(struct tx *tx, const struct name *name, uint64_t except,
			     struct fail *f)
{
	struct row *row = tx_run(tx, &HOLDERS, f, "ss", name->ascii, name->skeleton);

	if (!row)
		return false;
	while (row_next(row)) {
		uint64_t holder = (uint64_t)row_i64(row, 0);

		if (holder == except)
			continue;
		if (row_bool(row, 2))
			return fail(f, FAIL_CONFLICT, "the name \"%.*s\" is taken",
				    STR_ARG(name->shown));
		return fail(f, FAIL_CONFLICT, "the name \"%.*s\" looks like \"%.*s\", which is"
					      " taken",
			    STR_ARG(name->shown), STR_ARG(row_str(row, 1)));
	}
	return row_end(row, f);
}

static void read_row(struct arena *a, struct row *row, struct host_row *ret)
{
	*ret = (struct host_row){
		.id = (uint64_t)row_i64(row, 0),
		.name = arena_str(a, row_str(row, 1)),
		.shown = arena_str(a, row_str(row, 2)),
		.skeleton = arena_str(a, row_str(row, 3)),
		.state = row_int(row, 4),
		.status = row_int(row, 5),
		.listed = row_bool(row, 6),
		.reason = arena_str(a, row_str(row, 7)),
		.title = arena_str(a, row_str(row, 8)),
		.tagline = arena_str(a, row_str(row, 9)),
		.lang = arena_str(a, row_str(row, 10)),
		.created = row_i64(row, 11),
		.changed = row_i64(row, 12),
	};
}

bool host_store_load(struct arena *a, struct tx *tx, uint64_t id, struct host_row *ret,
		     struct fail *f)
{
	struct row *row = tx_run(tx, &LOAD, f, "i", (int64_t)id);

	if (!row)
		return false;
	if (!row_next(row))
		return row_end(row, f) && fail(f, FAIL_NOT_FOUND, "there is no such site");
	read_row(a, row, ret);
	return row_end(row, f);
}

bool host_store_canonical(struct arena *a, struct tx *tx, uint64_t id, struct str *ret,
			  struct fail *f)
{
	struct row *row = tx_run(tx, &CANONICAL, f, "i", (int64_t)id);

	if (!row)
		return false;
	*ret = row_next(row) ? arena_str(a, row_str(row, 0)) : STR_NONE;
	return row_end(row, f);
}

bool host_store_insert(struct tx *tx, const struct host_row *r, struct fail *f)
{
	return tx_exec(tx, &INSERT, f, "isssdsssi", (int64_t)r->id, r->name, r->shown, r->skeleton,
		       (int)r->listed, r->title, r->tagline, r->lang, r->created);
}

/* Old links stay good through the last LIMIT_FORMER_NAMES names. */
static bool drop_oldest_former(struct tx *tx, uint64_t id, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str *names;
	size_t count;

	if (!host_store_former(a, tx, id, &names, &count, f))
		return false;
	for (size_t i = LIMIT_FORMER_NAMES; i < count; i++)
		if (!tx_exec(tx, &FORMER_REMOVE, f, "s", names[i]))
			return false;
	return true;
}

bool host_store_rename(struct tx *tx, const struct host_row *was, const struct name *name,
		       int64_t now, struct fail *f)
{
	tx_raise(tx, GEN_REGISTRY, query_key("s", was->name));
	return tx_exec(tx, &FORMER_REMOVE, f, "s", name->ascii)
	       && tx_exec(tx, &RENAME, f, "isss", (int64_t)was->id, name->ascii, name->shown,
			  name->skeleton)
	       && tx_exec(tx, &FORMER_ADD, f, "ssii", was->name, was->skeleton, (int64_t)was->id,
			  now)
	       && drop_oldest_former(tx, was->id, f);
}

bool host_store_state(struct tx *tx, const struct host_row *was, enum site_state state, int status,
		      struct str reason, int64_t now, struct fail *f)
{
	return tx_exec(tx, &STATE, f, "iddsi", (int64_t)was->id, (int)state, status, reason, now)
		&& tx_exec(tx, &SHOW_NEWEST, f, "id", (int64_t)was->id,
			   (int)(was->listed && state == SITE_ACTIVE));
}

bool host_store_describe(struct tx *tx, const struct host_row *r, struct fail *f)
{
	return tx_exec(tx, &DESCRIBE, f, "idsss", (int64_t)r->id, (int)r->listed, r->title,
		       r->tagline, r->lang)
	       && tx_exec(tx, &SHOW_NEWEST, f, "id", (int64_t)r->id,
			  (int)(r->listed && r->state == SITE_ACTIVE));
}

bool host_store_remove(struct tx *tx, const struct host_row *r, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct host_domain *domains;
	struct str *names;
	size_t n_domains, n_names;

	if (!host_store_domains(a, tx, r->id, &domains, &n_domains, f)
	    || !host_store_former(a, tx, r->id, &names, &n_names, f))
		return false;
	for (size_t i = 0; i < n_domains; i++)
		if (!host_store_domain_remove(tx, r->id, domains[i].host, f))
			return false;
	for (size_t i = 0; i < n_names; i++)
		if (!tx_exec(tx, &FORMER_REMOVE, f, "s", names[i]))
			return false;
	return tx_exec(tx, &REMOVE_NEWEST, f, "i", (int64_t)r->id)
		&& tx_exec(tx, &REMOVE_DUE, f, "i", (int64_t)r->id)
		&& tx_exec(tx, &REMOVE_SITE, f, "is", (int64_t)r->id, r->name);
}

/* Raises every domain of the site, whose redirects change with the canonical one: they
 * depend on the site's id too, so its counter is enough. */
bool host_store_domain_add(struct tx *tx, uint64_t id, struct str host, bool canonical,
			   struct fail *f)
{
	uint64_t holder;

	if (!host_store_by_domain(tx, host, &holder, f))
		return false;
	if (holder && holder != id)
		return fail(f, FAIL_CONFLICT, "the domain %.*s belongs to another site",
			    STR_ARG(host));
	if (canonical && !tx_exec(tx, &DOMAIN_UNCANONICAL, f, "i", (int64_t)id))
		return false;
	return tx_exec(tx, &DOMAIN_ADD, f, "sid", host, (int64_t)id, (int)canonical);
}

bool host_store_domain_remove(struct tx *tx, uint64_t id, struct str host, struct fail *f)
{
	if (!tx_exec(tx, &DOMAIN_REMOVE, f, "si", host, (int64_t)id))
		return false;
	if (!tx_changes(tx))
		return fail(f, FAIL_NOT_FOUND, "the site has no domain %.*s", STR_ARG(host));
	return true;
}

bool host_store_domains(struct arena *a, struct tx *tx, uint64_t id, struct host_domain **ret,
			size_t *count, struct fail *f)
{
	struct row *row = tx_run(tx, &DOMAINS, f, "i", (int64_t)id);
	struct host_domain *list = arena_array(a, LIMIT_DOMAINS, sizeof *list);
	size_t n = 0;

	if (!row)
		return false;
	while (n < LIMIT_DOMAINS && row_next(row))
		list[n++] = (struct host_domain){ arena_str(a, row_str(row, 0)), row_bool(row, 1) };
	if (!row_end(row, f))
		return false;
	*ret = list;
	*count = n;
	return true;
}

bool host_store_former(struct arena *a, struct tx *tx, uint64_t id, struct str **ret, size_t *count,
		       struct fail *f)
{
	struct row *row = tx_run(tx, &FORMER_OF_SITE, f, "i", (int64_t)id);
	struct str *list = arena_array(a, LIMIT_FORMER_NAMES + 1, sizeof *list);
	size_t n = 0;

	if (!row)
		return false;
	while (n <= LIMIT_FORMER_NAMES && row_next(row))
		list[n++] = arena_str(a, row_str(row, 0));
	if (!row_end(row, f))
		return false;
	*ret = list;
	*count = n;
	return true;
}

bool host_store_list(struct arena *a, struct tx *tx, struct str after, int limit, bool listed,
		     struct host_row **ret, size_t *count, struct fail *f)
{
	struct row *row = tx_run(tx, listed ? &LIST_LISTED : &LIST, f, "sd", after, limit);
	struct host_row *list = arena_array(a, (size_t)limit, sizeof *list);
	size_t n = 0;

	if (!row)
		return false;
	while (n < (size_t)limit && row_next(row))
		read_row(a, row, &list[n++]);
	if (!row_end(row, f))
		return false;
	*ret = list;
	*count = n;
	return true;
}

bool host_store_count(struct tx *tx, int64_t *ret, struct fail *f)
{
	return tx_number(tx, &COUNT, ret, f, "");
}
