/* name.h - which names a site may have, and which domains may point to it.
 *
 * A site's name is the label before the base domain: 2 to 63 letters, digits and
 * hyphens, in any one script. It is kept as DNS knows it (an A-label) and shown
 * as people write it. Its skeleton (Unicode TS 39) is kept too: a name that looks
 * like another one is refused. Pure functions, any thread.
 */
#ifndef SITE_NAME_H
#define SITE_NAME_H

#include "base/arena.h"
#include "base/fail.h"

struct name {
	struct str ascii;	/* "xn--..." or plain: key in the database and in DNS */
	struct str shown;	/* lower-case, as people write it */
	struct str skeleton;	/* equal for names that look the same */
};

/* Takes what a person typed. Says what is wrong with it; FAIL_CONFLICT for reserved names. */
MUST_CHECK bool name_parse(struct arena *a, struct str given, struct name *ret, struct fail *f);

/* As name_parse, but only to look a site up: reserved and mixed names pass. */
MUST_CHECK bool name_key(struct arena *a, struct str given, struct str *ret, struct fail *f);

/* A host name of the site's owner, as A-labels. One below `base` is FAIL_CONFLICT. */
MUST_CHECK bool name_domain(struct arena *a, struct str given, struct str base, struct str *ret,
			    struct fail *f);

/* "anna" of "anna.example.org" below "example.org"; empty when it is not directly below. */
struct str name_below(struct str host, struct str base);

#endif
