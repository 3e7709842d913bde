/* prove.c - declarations of queries, proved while they are prepared.
 *
 * SQLite asks its authorizer about each table that a statement touches. In builds with
 * --enable-debug the answer is no for a table of which no declared kind speaks: the
 * statement cannot be prepared, the first test that runs it shows it. Other builds
 * trust what those have proved.
 */
#include "store/lite.h"

#include <string.h>

#ifdef HAMEAU_DEBUG

struct prove {
	const struct query *q;
	const struct gen_tables *tables;
};

/* One prepare at a time on a thread. */
static _Thread_local struct prove prove;

/* The table itself, or a shadow of it (post_text_data for post_text). */
static bool names_table(struct str word, const char *table)
{
	size_t n = strlen(table);

	if (n < word.n || !str_eq_nocase(word, str_from(table, word.n)))
		return false;
	return n == word.n || table[word.n] == '_';
}

static bool kind_has_table(unsigned kind, const char *table)
{
	const struct gen_tables *t;

	for (t = prove.tables; t->tables; t++) {
		struct str rest = str_of(t->tables);

		while (t->kind == kind && rest.n)
			if (names_table(str_cut(rest, ' ', &rest), table))
				return true;
	}
	return false;
}

static bool is_declared(const struct gen_use *uses, size_t max, const char *table)
{
	size_t i;

	if (kind_has_table(GEN_EPOCH, table))
		return true;
	for (i = 0; i < max && uses[i].kind; i++)
		if (kind_has_table(uses[i].kind, table))
			return true;
	return false;
}

/* What a writing statement reads needs no declaration: it runs in write transactions,
 * whose results are never cached. */
static bool may_read(const char *table)
{
	return prove.q->writes[0].kind || is_declared(prove.q->reads, QUERY_READS, table);
}

static bool is_sqlites_own(const char *table, const char *schema)
{
	return strncmp(table, "sqlite_", 7) == 0 || strncmp(table, "json_", 5) == 0
	       || strncmp(table, "pragma_", 7) == 0 || (schema && strcmp(schema, "temp") == 0);
}

static int authorize(void *arg, int action, const char *table, const char *column,
		     const char *schema, const char *trigger)
{
	(void)arg;
	(void)column;
	(void)trigger;
	if (!table || is_sqlites_own(table, schema))
		return SQLITE_OK;
	switch (action) {
	case SQLITE_READ:
		return may_read(table) ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		return is_declared(prove.q->writes, QUERY_WRITES, table) ? SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_OK;
	}
}

void lite_prove_begin(struct db *db, const struct query *q)
{
	if (!db->tables)
		return;
	prove = (struct prove){ q, db->tables };
	sqlite3_set_authorizer(db->lite, authorize, NULL);
}

void lite_prove_end(struct db *db)
{
	if (db->tables)
		sqlite3_set_authorizer(db->lite, NULL, NULL);
}

#else

void lite_prove_begin(struct db *db, const struct query *q)
{
	(void)db;
	(void)q;
}

void lite_prove_end(struct db *db)
{
	(void)db;
}

#endif
