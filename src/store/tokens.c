/* tokens.c - see tokens.h. The tokenizer has a buffer of its own, so each handle has one.
 *
 * Most words are letters and digits of ASCII between others of its signs: these are folded
 * here. The tokenizer is asked for what has other letters in it, up to the next such sign; it
 * looks at one character after the other, so what is on the other side makes no difference.
 */
#include "store/tokens.h"

#include <limits.h>
#include "store/lite.h"

enum { SHORT = 64 };			/* longer words are left to the tokenizer */

struct tokens_call {
	tokens_next *next;
	void *arg;
	size_t base;			/* of what the tokenizer was given, in the text */
	bool enough;
};

static bool tell(struct tokens_call *call, struct str word, size_t from, size_t to)
{
	call->enough = !call->next(call->arg, word, from, to);
	return !call->enough;
}

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
	return tell(call, str_from(p, (size_t)n), call->base + (size_t)from,
		    call->base + (size_t)to) ? SQLITE_OK : SQLITE_DONE;
}

/* Of each byte: what it becomes in a word; 0: it stands between words; 1: not of ASCII. */
#define FOLD_10(c) c, c + 1, c + 2, c + 3, c + 4, c + 5, c + 6, c + 7, c + 8, c + 9
#define FOLD_26(c) FOLD_10(c), FOLD_10(c + 10), c + 20, c + 21, c + 22, c + 23, c + 24, c + 25
static const unsigned char folded[256] = {
	['0'] = FOLD_10('0'), ['A'] = FOLD_26('a'), ['a'] = FOLD_26('a'), [0x80 ... 0xff] = 1,
};

static size_t end_of(struct str text, size_t at)
{
	while (at < text.n && folded[(unsigned char)text.p[at]])
		at++;
	return at;
}

static int ask(struct db *db, struct tokens_call *call, struct str text, size_t from, size_t to)
{
	call->base = from;
	return db->tokens.xTokenize(db->tokenizer, call, FTS5_TOKENIZE_DOCUMENT, text.p + from,
				    (int)(to - from), on_token);
}

/* The word that begins there; *to: its end. */
static int next_word(struct db *db, struct tokens_call *call, struct str text, size_t from,
		     size_t *to)
{
	const char *p = text.p + from;
	size_t most = text.n - from < SHORT ? text.n - from : SHORT, n = 0;
	char word[SHORT];
	unsigned char c = 0;

	while (n < most && (c = folded[(unsigned char)p[n]]) > 1)
		word[n++] = (char)c;
	*to = from + n;
	if (*to < text.n && (c == 1 || n == SHORT)) {
		*to = end_of(text, *to);
		return ask(db, call, text, from, *to);
	}
	tell(call, str_from(word, n), from, *to);
	return SQLITE_OK;
}

bool tokens_each(struct db *db, struct str text, tokens_next *next, void *arg, struct fail *f)
{
	struct tokens_call call = { .next = next, .arg = arg };
	int rc = SQLITE_OK;

	if (!db->tokenizer && !open_tokens(db, f))
		return false;
	if (!text.n || text.n > INT_MAX)
		return true;
	for (size_t at = 0; rc == SQLITE_OK && !call.enough;) {
		while (at < text.n && !folded[(unsigned char)text.p[at]])
			at++;
		if (at == text.n)
			break;
		rc = next_word(db, &call, text, at, &at);
	}
	return rc == SQLITE_OK || call.enough || lite_fail(db, rc, f);
}
