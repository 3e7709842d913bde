/* query.h - a statement that says what it reads and writes.
 *
 * SQL stands only in *_store.c, as `static const struct query`:
 *
 *	static const struct query REPLIES_OF_TOPIC = {
 *		.sql = "SELECT id, account_id, html FROM reply"
 *		       " WHERE topic_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
 *		.reads = {{ GEN_TOPIC, 1 }},		(the topic in parameter 1)
 *	};
 *
 * A page is cached for as long as the counters of what it read stand still
 * (base/gens.h), and a commit raises the counters of what it wrote: nobody keeps
 * lists of pages to purge. Write `{ KIND }` for all of a kind (every list of posts),
 * `{ KIND, 1 }` for the one named by parameter 1, `{ KIND, 1, 2 }` for a pair.
 *
 * What a statement cannot name by a parameter (the old slug, each tag of a post)
 * is raised by hand with tx_raise(). Only kinds above GEN_EPOCH can be declared.
 *
 * Builds with --enable-debug prove the declarations: every table that a statement
 * touches must belong to a kind it declares, by the table given to db_open().
 */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include "base/gens.h"
#include "base/str.h"

#define QUERY_READS 12
#define QUERY_WRITES 6

struct gen_use {
	unsigned kind;				/* 0 ends the list */
	unsigned char param, param2, param3;	/* numbers of parameters, 0 for none */
};

struct query {
	const char *sql;			/* one statement; parameters ?1 ?2 ... */
	struct gen_use reads[QUERY_READS];
	struct gen_use writes[QUERY_WRITES];
};

/* Which tables stand behind a kind: { GEN_POST, "post post_tag" }. A row with kind
 * GEN_EPOCH names tables that no cached page shows and that need no declaration.
 * A full text table stands for its shadow tables too. Ends with tables == NULL. */
struct gen_tables {
	unsigned kind;
	const char *tables;
};

/* The key of a counter from the values that name it, written as for tx_run():
 * query_key("") (0) for all of a kind, query_key("i", id), query_key("is", id, tag). */
uint64_t query_key(const char *types, ...);

#endif
