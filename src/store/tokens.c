/* tokens.c - see tokens.h. The tokenizer has a buffer of its own, so each handle has one. */
#include "store/tokens.h"

#include <limits.h>
#include "store/lite.h"

struct tokens_call {
	tokens_next *next;
	void *arg;
};

/* How FTS5 gives its functions away: through a pointer that is bound to a statement. */
static fts5_api *find_api(struct db *db)
{
	sqlite3_stmt *stmt = NULL;
	fts5_api *api = NULL;

	if (sqlite3_prepare_v2(db->lite, "SELECT fts5(?1)", -1, &stmt, NULL) == SQLITE_OK
	    && sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL) == SQLITE_OK)
		sqlite3_step(stmt);
	sqlite3_finalize(stmt);
	return api;
}

static bool open_tokens(struct db *db, struct fail *f)
{
	const char *options[] = { TOKENS_OPTION, TOKENS_VALUE };
	fts5_api *api = find_api(db);
	void *arg;

	if (api && api->xFindTokenizer(api, TOKENS_NAME, &arg, &db->tokens) == SQLITE_OK
	    && db->tokens.xCreate(arg, options, 2, &db->tokenizer) == SQLITE_OK)
		return true;
	db->tokenizer = NULL;
	return fail(f, FAIL_BUG, "SQLite has no tokenizer %s", TOKENS);
}

void lite_forget_tokens(struct db *db)
{
	if (db->tokenizer)
		db->tokens.xDelete(db->tokenizer);
	db->tokenizer = NULL;
}

static int on_token(void *arg, int flags, const char *p, int n, int from, int to)
{
	struct tokens_call *call = arg;

	(void)flags;
	return call->next(call->arg, str_from(p, (size_t)n), (size_t)from, (size_t)to)
		? SQLITE_OK : SQLITE_DONE;
}

bool tokens_each(struct db *db, struct str text, tokens_next *next, void *arg, struct fail *f)
{
	struct tokens_call call = { next, arg };
	int rc;

	if (!db->tokenizer && !open_tokens(db, f))
		return false;
	if (!text.n || text.n > INT_MAX)
		return true;
	rc = db->tokens.xTokenize(db->tokenizer, &call, FTS5_TOKENIZE_DOCUMENT, text.p,
				  (int)text.n, on_token);
	return rc == SQLITE_OK || rc == SQLITE_DONE || lite_fail(db, rc, f);
}
