/* front.h - the host's own pages: its front page, and what it says instead of a site.
 *
 * They have no site: cx->site is NULL, cx->lang is the reader's best language, and
 * cx->settings.title is the host's.
 */
#ifndef FRONT_FRONT_H
#define FRONT_FRONT_H

#include "lang/catalogs.h"
#include "web/view.h"

/* The sites that wish to be listed, and the newest posts. cx->tx reads host.db. query: its
 * `after` (a site's name) and `lang`. */
MUST_CHECK bool front_show(struct ctx *cx, const struct catalogs *languages, struct str base,
			   struct answer *ret, struct fail *f);

/* A page that says why there is nothing else: on a site (cx->tx reads it) or without
 * one. reason may be empty; host pages say whom to ask (cx->contact); search: offer
 * to look for it. */
MUST_CHECK bool front_error(struct ctx *cx, int status, struct str message, struct str reason,
			    bool search, struct answer *ret, struct fail *f);

/* The operator's contact as an address to link to: mailto: for a mail address, itself for
 * one of the web, empty for any other text. */
struct str front_contact_url(struct arena *a, struct str contact);

/* The languages that the host's pages are offered in, each with the address of that path. */
struct value *front_languages(struct ctx *cx, const struct catalogs *languages, struct str path);

/* The sentence for a status. */
const char *front_sentence(const struct catalog *c, int status);

#endif
