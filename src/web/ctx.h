/* ctx.h - what a handler has in its hands while it makes one answer.
 *
 * Made by app/dispatch for one request (or one page of an export), used by one
 * thread, gone with its arena. What it points to is immutable or belongs to this
 * work alone. An answer may depend on the site, the path, and a declared query
 * parameter: nothing else of a request is here, so nothing else can reach a cache.
 */
#ifndef WEB_CTX_H
#define WEB_CTX_H

#include "base/arena.h"
#include "lang/catalogs.h"
#include "site/settings.h"
#include "site/site.h"
#include "store/tx.h"
#include "theme/theme.h"

#define CTX_ARGS 4

struct value;

/* For who wants to know what a template is shown: called when the page is made. The value
 * is lent for the call. */
struct ctx_watch {
	void (*see)(void *arg, const char *template, const struct value *page);
	void *arg;
};

struct ctx_language {
	struct str lang;
	int percent;			/* of what readers see is translated */
};

/* What is the same on all pages that one sitting makes (app/render.h), made when the first of them
 * asks. Belongs to the sitting. */
enum ctx_part { CTX_SITE, CTX_OPTIONS, CTX_FOOTER, CTX_STYLES, CTX_FEEDS, CTX_MENUS, CTX_PARTS };
struct ctx_common {
	struct arena *arena;
	struct value *parts[CTX_PARTS];
};

struct ctx {
	struct arena *arena;
	const struct site *site;	/* NULL: a page of the host itself */
	struct tx *tx; /* a read transaction on site.db; on host.db without a site */
	struct settings settings;
	const char *zone;		/* settings.timezone, NUL-terminated */
	struct str lang;		/* of the interface: settings.lang, or a reader's choice */
	const struct catalog *catalog;	/* messages in that language */
	struct ctx_language *languages;	/* the site offers, its own first; see web/reader.h */
	size_t n_languages;		/* 0: only its own */
	struct str prefix;		/* "/_/fr" of a reader's choice, else empty */
	const struct theme *theme;
	struct str scheme, port;	/* "https", and ":8080" or "" */
	struct str origin;		/* "https://anna.example", without a slash at the end */
	struct str path;		/* decoded; begins with a slash; without the prefix */
	struct str query;		/* raw; only handlers that declare it may look */
	int tag;			/* of the route */
	struct str args[CTX_ARGS];	/* what the route's pattern caught */
	int64_t now;			/* Unix seconds */
	struct str contact;		/* of the operator; may be empty */
	struct str host;		/* the host's own domain; empty: pages do not lead there */
	const char *images;		/* DATA/cache/images: narrower copies; NULL: none */
	const struct ctx_watch *watch;	/* NULL: nobody */
	struct ctx_common *common;	/* NULL: a page alone */
};

/* What make() gives, which must not depend on the page; once for all pages of a sitting. */
struct value *ctx_once(struct ctx *cx, enum ctx_part part, struct value *(*make)(struct ctx *cx));

/* All addresses and sentences below are in the arena. */

/* The address of a path of this site, absolute. */
struct str ctx_absolute(const struct ctx *cx, struct str path);

/* The address of a path on another host name of ours. */
struct str ctx_elsewhere(const struct ctx *cx, struct str host, struct str path);

/* The address of a page of the host itself, "/legal/", in the reader's language; empty where
 * cx->host is. */
struct str ctx_of_host(const struct ctx *cx, struct str path);

/* A sentence of the catalog with its arguments, in the arena. */
struct str ctx_say(const struct ctx *cx, const char *format, ...) PRINTF(2, 3);

#endif
