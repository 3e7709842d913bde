/* cmd_site_table.c - hameau site create --from FILE.csv: as many sites as the file has lines.
 *
 * Everything is read and checked before the first site is made, and what is wrong is told all
 * at once with file:line; then sites are made in batches (site/maker.h).
 */
#include "cli/cmd_site_table.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/map.h"
#include "cli/choice.h"
#include "site/host_store.h"
#include "site/maker.h"
#include "site/settings.h"

#define COMPLAINTS 50			/* told one by one */

/* One run. Texts live in the call's arena or in the file's. */
struct table {
	struct call *call;
	struct maker *maker;
	struct mould *mould;
	const char *file;
	struct buf text;
	struct csv csv;
	struct str columns[CSV_FIELDS];
	size_t n_columns, name_column;
	VEC(struct maker_site) sites;
	struct map *names, *looks;	/* of the file: name and skeleton, to its line */
	size_t complaints, skipped;
	bool skip;			/* those that are there already */
};

static void table_release(struct table *t)
{
	maker_free(t->maker);
	mould_close(t->mould);
	buf_release(&t->text);
	VEC_FREE(&t->sites);
	map_free(t->names, NULL);
	map_free(t->looks, NULL);
}

static bool read_columns(struct table *t, struct fail *f)
{
	enum csv_result r = csv_next(&t->csv, t->call->arena, t->columns, &t->n_columns, f);

	if (r == CSV_END)
		return fail(f, FAIL_INVALID, "%s is empty; its first line names the columns, as "
			    "name,title,lang,theme", t->file);
	if (r == CSV_BAD)
		return fail_in(f, "%s:%d", t->file, t->csv.line);
	t->name_column = t->n_columns;
	for (size_t i = 0; i < t->n_columns; i++)
		if (str_eq(t->columns[i], STR("name")))
			t->name_column = i;
		else if (!settings_check(t->columns[i], STR(""), f))
			return fail_in(f, "%s:%d", t->file, t->csv.line);
	if (t->name_column == t->n_columns)
		return fail(f, FAIL_INVALID, "%s:%d: no column is called name; the first line"
			    " names the columns, as name,title,lang,theme", t->file, t->csv.line);
	return true;
}

static bool is_there(struct table *t, const struct name *name)
{
	struct host_tx tx = HOST_TX_NONE;
	uint64_t id = 0;
	bool former = false;
	bool ok = registry_begin(t->call->host->registry, TX_READ, &tx, NULL)
		&& host_store_by_name(tx.tx, name->ascii, &id, &former, NULL) && id && !former;

	registry_end(&tx);
	return ok;
}

/* Two lines of one file, too, must not have one name or names that look alike. */
static bool is_new_here(struct table *t, const struct name *name, struct fail *f)
{
	void *line = map_find(t->names, name->ascii);

	if (!line)
		line = map_find(t->looks, name->skeleton);
	if (line)
		return fail(f, FAIL_CONFLICT, "line %d has this name already, or one that looks "
			    "like it", (int)(intptr_t)line);
	map_put(t->names, name->ascii, (void *)(intptr_t)t->csv.line);
	map_put(t->looks, name->skeleton, (void *)(intptr_t)t->csv.line);
	return true;
}

static bool read_site(struct table *t, const struct str *fields, size_t n, struct fail *f)
{
	struct arena *a = t->call->arena;
	struct manage_setting *list = arena_array(a, n, sizeof *list);
	struct maker_site site = { .settings = list };

	if (n > t->n_columns)
		return fail(f, FAIL_INVALID, "%zu fields, but the first line names %zu columns; a "
			    "text that holds a comma stands in double quotes", n, t->n_columns);
	if (n <= t->name_column)
		return fail(f, FAIL_INVALID, "the name is missing");
	for (size_t i = 0; i < n; i++)
		if (i != t->name_column && fields[i].n)
			list[site.count++] = (struct manage_setting){ t->columns[i], fields[i] };
	if (!name_parse(a, fields[t->name_column], &site.name, f) || !is_new_here(t, &site.name, f))
		return false;
	if (t->skip && is_there(t, &site.name)) {
		t->skipped++;
		return true;
	}
	if (!choice_check(t->call, NULL, list, site.count, f)
	    || !maker_want(t->maker, &site, f))
		return false;
	*VEC_ADD(&t->sites) = site;
	return true;
}

static void complain(struct table *t, const struct fail *why)
{
	if (t->complaints++ < COMPLAINTS)
		call_note(t->call, "%s:%d: %s", t->file, t->csv.line, why->text);
}

static bool read_sites(struct table *t, struct fail *f)
{
	struct str fields[CSV_FIELDS];
	enum csv_result r;
	size_t n;

	for (;;) {
		struct fail why = FAIL_INIT;

		if (call_is_cancelled(t->call))
			return fail(f, FAIL_CONFLICT, "stopped; nothing was done");
		r = csv_next(&t->csv, t->call->arena, fields, &n, &why);
		if (r == CSV_END)
			break;
		if (r == CSV_BAD || !read_site(t, fields, n, &why))
			complain(t, &why);
		if (r == CSV_BAD)
			break;
	}
	if (t->complaints)
		return fail(f, FAIL_INVALID, "%s: %zu lines cannot be used; no site was made",
			    t->file, t->complaints);
	return true;
}

static bool make_all(struct table *t, struct fail *f)
{
	size_t i, done = 0;
	uint64_t id;

	for (i = 0; i < t->sites.n; i++) {
		bool last = i + 1 == t->sites.n || (i + 1) % MAKER_BATCH == 0;

		if (call_is_cancelled(t->call)
		    || !maker_add(t->maker, t->mould, &t->sites.p[i], NULL, &id, f)
		    || (last && !maker_commit(t->maker, f)))
			break;
		if (last)
			done = i + 1;
		call_progress(t->call, (int64_t)i + 1, (int64_t)t->sites.n, STR(""));
	}
	if (i == t->sites.n)
		return true;
	if (f->code == FAIL_NONE)
		fail(f, FAIL_CONFLICT, "stopped");
	return fail_in(f, "%zu of %zu sites are made; with --skip-existing the same command goes"
			  " on", done, t->sites.n);
}

static void tell(struct table *t)
{
	struct json j = { .b = call_buf(t->call) };
	const struct catalog *c = t->call->catalog;

	if (t->call->json) {
		json_open(&j, '{');
		json_put_i64(&j, "made", (int64_t)t->sites.n);
		json_put_i64(&j, "skipped", (int64_t)t->skipped);
		json_close(&j, '}');
		call_out(t->call, "\n");
		return;
	}
	call_out(t->call, trn(c, "%zu site is made.", "%zu sites are made.", t->sites.n),
		 t->sites.n);
	call_out(t->call, "\n");
	if (t->skipped) {
		call_out(t->call, trn(c, "%zu was there already.", "%zu were there already.",
				      t->skipped), t->skipped);
		call_out(t->call, "\n");
	}
}

bool cmd_site_table(struct call *call, struct fail *f)
{
	CLEANUP(table_release) struct table t = {
		.call = call, .maker = maker_new(call->host->registry),
		.file = call_path(call, call_option(call, "from")),
		.text = BUF(LIMIT_TABLE), .names = map_new(), .looks = map_new(),
		.skip = call_has(call, "skip-existing"),
	};

	if (call->n_args)
		return fail(f, FAIL_INVALID, "give NAME or --from, not both");
	if (!file_read(t.file, &t.text, f) || !mould_open(call->host->registry, &t.mould, f))
		return false;
	csv_init(&t.csv, buf_str(&t.text));
	if (!read_columns(&t, f) || !read_sites(&t, f) || !make_all(&t, f))
		return false;
	tell(&t);
	return true;
}
