/* tokens.h - the words of a text as the full text index sees them.
 *
 * FTS5's own tokenizer, so that what is marked in a text is what was found in it. A table
 * that is looked through with it declares it: tokenize = TOKENS.
 */
#ifndef STORE_TOKENS_H
#define STORE_TOKENS_H

#include "store/db.h"

#define TOKENS_NAME "unicode61"
#define TOKENS_OPTION "remove_diacritics"
#define TOKENS_VALUE "2"
#define TOKENS TOKENS_NAME " " TOKENS_OPTION " " TOKENS_VALUE

/* Of a word that is shorter, so many bytes may be read: zeros follow it. */
enum { TOKENS_ROOM = 8 };

/* The next word: folded (lent for the call), and where it stands, in bytes. False: enough. */
typedef bool tokens_next(void *arg, struct str folded, size_t from, size_t to);

/* Calls for each word of the text, in order, until it is enough. */
MUST_CHECK bool tokens_each(struct db *db, struct str text, tokens_next *next, void *arg,
			    struct fail *f);

#endif
