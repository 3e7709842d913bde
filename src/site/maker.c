/* maker.c - see maker.h. SQL is in host_store.c and settings_store.c. */
#include "site/maker.h"

#include <fcntl.h>
#include <unistd.h>
#include "base/date.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"
#include "site/host_store.h"
#include "site/settings.h"
#include "store/image.h"

struct made {
	struct host_row row;
	const char *dir;
};

struct maker {
	struct registry *registry;
	struct db *mould;		/* an empty site, in memory */
	struct arena *arena;		/* of what is added */
	VEC(struct made) made;		/* since the last commit */
};

bool maker_open(struct registry *r, struct maker **ret, struct fail *f)
{
	const struct registry_config *setup = registry_setup(r);
	CLEANUP(maker_closep) struct maker *m = MEM_NEW(struct maker);
	struct db_config config = { .path = IMAGE_MEMORY, .create = true,
				    .tables = setup->site_tables };

	m->registry = r;
	m->arena = arena_new(0);
	if (!db_open(&config, &m->mould, f) || !schema_apply(m->mould, setup->site_steps, f))
		return false;
	*ret = m;
	m = NULL;
	return true;
}

/* Nobody knows of them: they may go at once. */
static void forget(struct maker *m, bool remove)
{
	for (size_t i = 0; remove && i < m->made.n; i++)
		(void)!dir_remove(m->made.p[i].dir, NULL);
	m->made.n = 0;
	arena_reset(m->arena);
}

void maker_close(struct maker *m)
{
	if (!m)
		return;
	forget(m, true);
	VEC_FREE(&m->made);
	arena_free(m->arena);
	db_close(m->mould);
	mem_free(m);
}

void maker_closep(struct maker **m)
{
	maker_close(*m);
}

bool maker_check(struct maker *m, const struct maker_site *s, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;

	for (size_t i = 0; i < s->count; i++)
		if (!settings_check(s->settings[i].key, s->settings[i].value, f))
			return false;
	return registry_begin(m->registry, TX_READ, &t, f)
		&& host_store_name_is_free(t.tx, &s->name, 0, f);
}

/* The database of the new site, and what host.db keeps of its settings. */
static bool cast(struct maker *m, struct made *one, const struct maker_site *s, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct settings all;

	if (!tx_begin(m->mould, TX_WRITE, &tx, f))
		return false;
	for (size_t i = 0; i < s->count; i++)
		if (!settings_set(tx, s->settings[i].key, s->settings[i].value, f))
			return false;
	if (!settings_load(m->arena, tx, &all, f))
		return false;
	one->row.title = all.title;
	one->row.tagline = all.tagline;
	one->row.lang = all.lang;
	one->row.listed = all.listed;
	return image_write(tx, path_join(m->arena, one->dir, STR("site.db")), false, f);
}

bool maker_add(struct maker *m, const struct maker_site *s, uint64_t *id, struct fail *f)
{
	struct made one = { .row = { .id = site_id_new(), .created = date_now() } };

	one.row.name = arena_str(m->arena, s->name.ascii);
	one.row.shown = arena_str(m->arena, s->name.shown);
	one.row.skeleton = arena_str(m->arena, s->name.skeleton);
	one.dir = site_dir(m->arena, registry_data(m->registry), one.row.id);
	if (file_exists(one.dir))
		return fail(f, FAIL_CONFLICT, "the folder %s exists already", one.dir);
	if (!dir_make(one.dir, f))
		return false;
	if (!cast(m, &one, s, f)) {
		(void)!dir_remove(one.dir, NULL);
		return false;
	}
	*VEC_ADD(&m->made) = one;
	*id = one.row.id;
	return true;
}

/* Files and folders of all at once. */
static bool sync_disk(struct maker *m, struct fail *f)
{
	CLEANUP(fd_close) int fd = open(registry_data(m->registry),
					O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return (fd >= 0 && syncfs(fd) == 0)
		|| fail_errno(f, "cannot write %s", registry_data(m->registry));
}

static bool insert_all(struct maker *m, struct fail *f)
{
	CLEANUP(registry_end) struct host_tx t = HOST_TX_NONE;

	if (!registry_begin(m->registry, TX_WRITE, &t, f))
		return false;
	for (size_t i = 0; i < m->made.n; i++) {
		struct host_row *row = &m->made.p[i].row;
		struct name name = { row->name, row->shown, row->skeleton };

		if (!host_store_name_is_free(t.tx, &name, 0, f)
		    || !host_store_insert(t.tx, row, f))
			return false;
	}
	return registry_commit(&t, f);
}

bool maker_commit(struct maker *m, struct fail *f)
{
	bool ok = m->made.n == 0 || (sync_disk(m, f) && insert_all(m, f));

	forget(m, !ok);
	return ok;
}
