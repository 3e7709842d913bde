/* tokens.c - see tokens.h. The tokenizer has a buffer of its own, so each handle has one.
 *
 * Most words are less than sixteen letters and digits of ASCII between others of its signs: these
 * are folded here. The tokenizer is asked for longer ones and for what has other letters in it, up
 * to the next such sign; it looks at one character after the other, so what is on the other side
 * makes no difference.
 */
#include "store/tokens.h"

#include <limits.h>
#include <string.h>
#include "base/scan.h"
#include "store/lite.h"

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
	char room[TOKENS_ROOM] = { 0 };

	(void)flags;
	if (n < TOKENS_ROOM)
		p = memcpy(room, p, (size_t)n);
	return tell(call, str_from(p, (size_t)n), call->base + (size_t)from,
		    call->base + (size_t)to) ? SQLITE_OK : SQLITE_DONE;
}

/* Letters and digits of ASCII. FOLD makes capitals small and changes no other of them. */
enum { FOLD = 0x20 };

static struct scan is_plain(struct scan b)
{
	return scan_or(scan_range(b, FOLD, 'a', 'z'), scan_range(b, 0, '0', '9'));
}

/* These, and what is not ASCII. */
static struct scan may_be_in_word(struct scan b)
{
	return scan_or(is_plain(b), b);
}

static struct scan is_between(struct scan b)
{
	return scan_not(may_be_in_word(b));
}

static int ask(struct db *db, struct tokens_call *call, struct str text, size_t from, size_t *to)
{
	*to = scan_next(text, from, is_between);
	call->base = from;
	return db->tokens.xTokenize(db->tokenizer, call, FTS5_TOKENIZE_DOCUMENT, text.p + from,
				    (int)(*to - from), on_token);
}

/* The word that begins at *at, which goes on to where the next one begins. */
static int next_word(struct db *db, struct tokens_call *call, struct str text, size_t *at)
{
	char word[SCAN_BYTES + TOKENS_ROOM];
	struct scan b = scan_at(text, *at);
	unsigned plain = scan_bits(is_plain(b)), other = scan_bits(b), rest;
	size_t from = *at, to;
	int rc = SQLITE_OK;

	if (plain == SCAN_ALL || other >> scan_first(~plain) & 1) {
		rc = ask(db, call, text, from, &to);
		*at = scan_next(text, to, may_be_in_word);
		return rc;
	}
	to = from + scan_first(~plain);
	scan_store(b, FOLD, word);
	memset(word + (to - from), 0, TOKENS_ROOM);
	rest = (plain | other) >> (to - from);
	*at = rest ? to + scan_first(rest) : scan_next(text, to, may_be_in_word);
	tell(call, str_from(word, to - from), from, to);
	return SQLITE_OK;
}

bool tokens_each(struct db *db, struct str text, tokens_next *next, void *arg, struct fail *f)
{
	struct tokens_call call = { .next = next, .arg = arg };
	int rc = SQLITE_OK;
	size_t at;

	if (!db->tokenizer && !open_tokens(db, f))
		return false;
	if (!text.n || text.n > INT_MAX)
		return true;
	at = scan_next(text, 0, may_be_in_word);
	while (rc == SQLITE_OK && !call.enough && at < text.n)
		rc = next_word(db, &call, text, &at);
	return rc == SQLITE_OK || call.enough || lite_fail(db, rc, f);
}
