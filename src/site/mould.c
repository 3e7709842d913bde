/* mould.c - see mould.h. */
#include "site/mould.h"

#include "base/mem.h"
#include "store/image.h"

struct mould {
	struct db *db;
};

bool mould_open(struct registry *r, struct mould **ret, struct fail *f)
{
	const struct registry_config *setup = registry_setup(r);
	CLEANUP(mould_closep) struct mould *m = MEM_NEW(struct mould);
	struct db_config config = { .path = IMAGE_MEMORY, .create = true,
				    .tables = setup->site_tables };

	if (!db_open(&config, &m->db, f) || !schema_apply(m->db, setup->site_steps, f))
		return false;
	*ret = m;
	m = NULL;
	return true;
}

void mould_close(struct mould *m)
{
	if (!m)
		return;
	if (m->db)
		db_undo(m->db);
	db_close(m->db);
	mem_free(m);
}

void mould_closep(struct mould **m)
{
	mould_close(*m);
}

bool mould_clear(struct mould *m, struct fail *f)
{
	db_undo(m->db);
	return db_hold(m->db, f);
}

struct db *mould_db(struct mould *m)
{
	return m->db;
}

bool mould_cast(struct mould *m, const char *path, struct fail *f)
{
	return image_write(m->db, path, false, f);
}
