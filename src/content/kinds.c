/* kinds.c - the schema of what a site says, and which tables stand behind a kind. */
#include "content/kinds.h"

#include "fulltext/fulltext.h"
#include "site/settings.h"

static const char first_schema[] =
	SETTINGS_SCHEMA
	/* What lists read comes first: the long texts behind it lie on pages of their own. */
	"CREATE TABLE post ("
	" id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, status INTEGER NOT NULL,"
	" path TEXT NOT NULL UNIQUE, title TEXT NOT NULL, lang TEXT NOT NULL,"
	" published_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,"
	" pinned INTEGER NOT NULL, in_menu INTEGER NOT NULL, weight INTEGER NOT NULL,"
	" cover TEXT NOT NULL, cover_alt TEXT NOT NULL, cover_width INTEGER NOT NULL,"
	" cover_height INTEGER NOT NULL, translations TEXT NOT NULL, summary TEXT NOT NULL,"
	" source_path TEXT, source_digest TEXT NOT NULL, words INTEGER NOT NULL,"
	" has_more INTEGER NOT NULL, excerpt TEXT NOT NULL,"
	" html TEXT NOT NULL, toc TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL,"
	" links TEXT NOT NULL) STRICT;"
	"CREATE UNIQUE INDEX post_source ON post (source_path) WHERE source_path IS NOT NULL;"
	/* What stands in no list: drafts, what is to come, and pages, by date. */
	"CREATE INDEX post_aside ON post (status, published_at) WHERE status <> 2 OR kind <> 0;"
	"CREATE INDEX post_set ON post (translations) WHERE translations <> '';"
	"CREATE INDEX post_special ON post (in_menu, pinned) WHERE in_menu <> 0 OR pinned <> 0;"
	"CREATE TABLE term (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, slug TEXT NOT NULL,"
	" name TEXT NOT NULL, posts INTEGER NOT NULL, UNIQUE (kind, slug)) STRICT;"
	"CREATE TABLE post_term (post INTEGER NOT NULL, place INTEGER NOT NULL, term INTEGER NOT"
	" NULL,"
	" PRIMARY KEY (post, place)) STRICT, WITHOUT ROWID;"
	/* at: the order of the list; out: the date, for feeds and months */
	"CREATE TABLE listing (list INTEGER NOT NULL, at INTEGER NOT NULL, post INTEGER NOT NULL,"
	" shelf INTEGER NOT NULL, out INTEGER NOT NULL, PRIMARY KEY (list, at, post))"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX listing_shelf ON listing (list, shelf);"
	"CREATE INDEX listing_out ON listing (list, out);"
	"CREATE INDEX listing_post ON listing (post);"
	"CREATE TABLE month (ym INTEGER PRIMARY KEY, posts INTEGER NOT NULL) STRICT;"
	"CREATE TABLE related (post INTEGER NOT NULL, other INTEGER NOT NULL, score INTEGER NOT"
	" NULL,"
	" PRIMARY KEY (post, other)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX related_other ON related (other);"
	/* leads to a post, or else to the file at `file`, or else to what is gone */
	"CREATE TABLE address (path TEXT PRIMARY KEY, post INTEGER NOT NULL, file TEXT NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"CREATE INDEX address_post ON address (post);"
	"CREATE TABLE media (path TEXT PRIMARY KEY, digest TEXT NOT NULL, type TEXT NOT NULL,"
	" size INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	FULLTEXT_SCHEMA;

const struct schema_step content_schema[] = {
	{ first_schema, NULL },
	{ NULL, NULL },
};

/* Rows of a list show the post and its terms, so these tables stand behind many kinds. */
#define LISTED "listing post post_term term"

const struct gen_tables content_tables[] = {
	{ GEN_SETTINGS, SETTINGS_TABLES },
	{ GEN_POST, "post post_term term" },
	{ GEN_AROUND, LISTED " related" },
	{ GEN_ADDRESS, "post address" },
	{ GEN_LIST, "listing" },
	{ GEN_SHELF, LISTED },
	{ GEN_ROOM, "listing" },
	{ GEN_FEED, LISTED },
	{ GEN_TOP, LISTED },
	{ GEN_PINNED, LISTED },
	{ GEN_MONTHS, "month listing" },
	{ GEN_MONTH, LISTED " month" },
	{ GEN_TERM, "term" },
	{ GEN_NAME, "term" },
	{ GEN_TERMS, "term post_term" },
	{ GEN_MENU, "post" },
	{ GEN_PAGES, "post" },
	{ GEN_SET, "post" },
	{ GEN_SITEMAP, "post" },
	{ GEN_PARTS, "post" },
	{ GEN_MEDIA, "media" },
	/* Asked on every visit, or only while editing: no cached page depends on it. */
	{ GEN_EPOCH, FULLTEXT_TABLES },
	{ 0, NULL },
};
