/* paper.h - the long texts of the host as pages of its own: its legal notice, its help.
 *
 * A text (lang/texts.h) with the facts of this host put in, shown by the theme's "page". As
 * all pages of the host they have no site and speak the reader's language; a text that is
 * not there in it says so (is_foreign).
 */
#ifndef FRONT_PAPER_H
#define FRONT_PAPER_H

#include "lang/catalogs.h"
#include "lang/texts.h"
#include "web/answer.h"

/* What the access log says of readers. */
enum paper_log { PAPER_LOG_NOTHING, PAPER_LOG_REQUESTS, PAPER_LOG_NETWORKS, PAPER_LOG_ADDRESSES };

/* What an operator tells of the host beside cx->contact; each may be empty. */
struct paper_facts {
	struct str operator, address, responsible, place;
	enum paper_log log;
};

MUST_CHECK bool paper_show(struct ctx *cx, const struct text *text,
			   const struct paper_facts *facts, const struct catalogs *languages,
			   struct answer *ret, struct fail *f);

/* Whether a body can be shown: for texts_load(). */
MUST_CHECK bool paper_check(struct str body, struct str lang, struct fail *f);

/* "/legal/" is the text "legal": its name, and whether the slash is there. False: not the
 * address of a text. */
bool paper_at(struct str path, struct str *name, bool *slash);

/* What robots and search engines ask for at the host's own name. */
void paper_robots(struct ctx *cx, struct answer *ret);
void paper_sitemap(struct ctx *cx, struct answer *ret);

#endif
