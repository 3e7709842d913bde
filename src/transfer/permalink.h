/* permalink.h - where a text lived and where it lives with us.
 *
 * Ours: a post is /slug/, a page /its/path/. Theirs follows from the generator's rules
 * and the site's configuration; where it differs it becomes a redirect.
 */
#ifndef TRANSFER_PERMALINK_H
#define TRANSFER_PERMALINK_H

#include "transfer/source.h"

/* Fills slug (of a page: its path without slashes at the ends), address and old_address.
 * Empty address: the text has no place of its own here (a home page). */
void permalink_make(const struct source_context *cx, struct arena *a, struct source_doc *doc);

/* Another slug for a text whose own is taken; fills slug and address. */
void permalink_rename(struct arena *a, struct source_doc *doc, struct str slug);

/* "https://example.org/a/b.html?x" or "a/b" as a path of the site: "/a/b.html". Empty
 * when it is another site's. */
struct str permalink_path(const struct dialect *d, struct arena *a, struct str url);

/* What a request for it is decoded to: "/a%20b" and "/a b" are one address. False when
 * nobody can ask for it, for its ".." or control characters. */
bool permalink_is_askable(struct arena *a, struct str path, struct str *ret);

#endif
