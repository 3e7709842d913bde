/* site.h - a site as the host knows it: an immutable snapshot.
 *
 * Made by the registry, shared by reference. It goes stale when its counters do
 * (deps); whoever holds one may go on using it for the request at hand.
 */
#ifndef SITE_SITE_H
#define SITE_SITE_H

#include "base/arena.h"
#include "base/gens.h"
#include "base/ref.h"

enum site_state {
	SITE_ACTIVE = 0,
	SITE_SUSPENDED = 1,
	SITE_DELETED = 2,
};

struct site {
	struct ref ref;
	struct arena *memory;
	uint64_t id;
	enum site_state state;
	int status;			/* what pages answer: 200, 503, 451 or 410 */
	bool listed;			/* on the host's front page */
	struct str name, shown;		/* ASCII and as people write it */
	struct str host; /* canonical host name: own domain or NAME.base; others 301 to it */
	struct str reason;		/* why it is suspended; may be empty */
	struct str title, tagline, lang;	/* copies of settings, for lists */
	int64_t created, changed;	/* changed: when the state was last changed */
	const char *dir;		/* DATA/sites/<ab>/<id> */
	const char *path;		/* dir/site.db */
	struct deps deps; /* what pages of the site depend on beside their own content */
};

void site_ref(struct site *s);
void site_unref(struct site *s);	/* NULL is fine */
void site_unrefp(struct site **s);	/* for CLEANUP */

/* Ids are random 48-bit numbers: made anywhere, without asking a counter. They are
 * written as 12 hex digits. */
#define SITE_ID_LEN 12
uint64_t site_id_new(void);
/* The next new id is this one: for tests in which counters must not share a slot by chance. */
void site_id_choose(uint64_t id);
void site_id_text(uint64_t id, char out[SITE_ID_LEN + 1]);
bool site_id_parse(struct str text, uint64_t *ret);
const char *site_dir(struct arena *a, const char *data, uint64_t id);

const char *site_state_name(enum site_state s);	/* "active" ... for --json */

#endif
