/* config.h - what the operator decided: DATA/hameau.ini, typed and checked.
 *
 * One table of keys (name, type, default, help) gives the reading, the sample
 * that `init` writes and the pages of doc/. A struct config is immutable and
 * refcounted: a reload reads another one and swaps it in. Keys marked
 * "restart" are told apart by config_restart_keys().
 *
 * A wrong key or value is an error that names file and line; all of them are
 * told at once. A missing file is an error too: an empty one gives the defaults.
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/limits.h"
#include "base/ref.h"

struct config_texts {
	struct str p[LIMIT_LISTENERS];
	size_t n;
};

struct config {
	struct ref ref;
	struct arena *memory;

	/* [host] */
	struct str base;		/* lower-case A-labels, without port */
	struct str title;		/* of the front page */
	struct str lang;		/* of the front page and of commands, where nobody asks */
	struct str scheme;		/* "http" or "https": as readers see the host */
	int64_t port; /* as readers see it; 0: the scheme's own, or the first listener's */
	struct config_texts listen;	/* ADDR:PORT or unix:/PATH */
	int64_t socket_mode;		/* of the files of Unix sockets */
	struct config_texts metrics;	/* as listen, but local: see operator.h */
	struct str contact;		/* mail or URL shown on error pages */
	struct str operator, address, responsible, place;	/* for the legal notice */

	/* [server] */
	int64_t loops;			/* 0: one a processor */
	int64_t connections;
	int64_t per_address;		/* connections of one address; 0: any number */
	int64_t body_memory;		/* bytes of bodies being read, in all */
	int64_t min_rate;		/* bytes a second, both ways */
	int64_t head_timeout, body_timeout, idle_timeout, write_timeout, drain_timeout;	/* s */
	struct config_texts proxies; /* addresses and networks whose fields are believed */
	struct str proxy_fields;	/* which fields those are */
	struct config_texts introducers;	/* who speaks the PROXY protocol */
	bool hsts;

	/* [cache] */
	int64_t cache_memory;		/* bytes */
	bool cache_disk;
	int64_t registry_places;	/* host names kept in memory */

	/* [work] */
	int64_t page_workers;		/* 0: by processors */
	int64_t queue, queue_of_site;	/* requests that may wait for a worker, of a site */
	int64_t readers_of_site;	/* at work for it at once */
	int64_t open_sites;		/* databases kept open */

	/* [limits] */
	int64_t max_body;		/* bytes */
	int64_t undelete_days;
	bool durable; /* every commit reaches the disk before it is acknowledged */

	/* [log] */
	struct str access_log;		/* its file; empty: none is kept */
	struct str access_format, access_address;

	/* [paths] */
	struct str trusted_themes;	/* ids, with commas or spaces between them */
	struct str themes, lang_dir;	/* empty: those that came with the program */
};

/* Reads the file; FAIL_INVALID holds all that is wrong, a line each. Any thread. */
MUST_CHECK bool config_load(const char *path, struct config **ret, struct fail *f);
/* The same of a text; name stands before the line in what is wrong. */
MUST_CHECK bool config_parse(struct str text, const char *name, struct config **ret,
			     struct fail *f);
void config_ref(struct config *c);
void config_unref(struct config *c);
void config_unrefp(struct config **c);		/* for CLEANUP */

/* The keys that differ and that a reload cannot change: "[host] base, [cache] memory". */
void config_restart_keys(const struct config *was, const struct config *now, struct buf *out);

/* The sample file: every key with its help and default, commented out. base: written as
 * [host] base, without the comment sign, unless it is empty. `translate` may be NULL. */
void config_sample(struct buf *b, struct str base, const char *(*translate)(const char *));

/* The same table as Markdown, for doc/OPERATING.md. */
void config_manual(struct buf *b);

/* ADDR:PORT, [ADDR]:PORT or :PORT taken apart; the address may be empty (all). For
 * unix:/PATH the address is the path and the port 0. */
bool config_split_listen(struct str text, struct str *address, uint16_t *port);

/* "http://anna.localhost:8080" for a host name: as readers write it, without a slash behind. */
struct str config_origin(struct arena *a, const struct config *c, struct str host);

#endif
