/* limits.h - every number that something from outside meets before memory.
 *
 * Bytes unless said otherwise. A limit that an operator may lower stands in the
 * configuration; these are the ceilings.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define KIB (1024)
#define MIB (1024 * 1024)

/* HTTP (RFC 9110, 9112) */
#define LIMIT_HEAD            (16 * KIB)	/* request line and fields */
#define LIMIT_TARGET          (4 * KIB)
#define LIMIT_FIELDS          64		/* count */
#define LIMIT_BODY            (1 * MIB)		/* of a request nobody asked to be larger */
#define LIMIT_HOST            253
#define LIMIT_INTRODUCTION    (4 * KIB)	/* of a reader by a proxy (PROXY protocol) */

/* text */
#define LIMIT_POST            (512 * KIB)	/* Markdown of a post */
#define LIMIT_COMMENT         (64 * KIB)
#define LIMIT_POST_HTML       (8 * MIB)		/* what may become of it */
#define LIMIT_TITLE           300
#define LIMIT_TAGS            64		/* of a post, count */
#define LIMIT_FRONT_MATTER    (64 * KIB)
#define LIMIT_PAGE            (16 * MIB)	/* a rendered page */

/* the host and its sites */
#define LIMIT_NAME            63		/* a site's name, in ASCII */
#define LIMIT_SETTING         (4 * KIB)		/* one value */
#define LIMIT_SETTINGS        512		/* of a site, count */
#define LIMIT_REASON          500		/* why a site is suspended */
#define LIMIT_DOMAINS         100		/* of a site, count */
#define LIMIT_FORMER_NAMES    20		/* of a site, count */
#define LIMIT_NEWEST          10		/* posts of one site that the host remembers */
#define LIMIT_LISTENERS       16

/* the control socket */
#define LIMIT_TABLE           (64 * MIB)	/* a CSV file of sites to make */
#define LIMIT_COMMAND         (64 * KIB)	/* a command with its arguments */
#define LIMIT_ARGUMENTS       64		/* count */

/* themes and catalogs */
#define LIMIT_MANIFEST        (64 * KIB)
#define LIMIT_TEMPLATE        (256 * KIB)
#define LIMIT_TEMPLATE_DEPTH  32		/* partials and sections */
#define LIMIT_STYLESHEET      (1 * MIB)
#define LIMIT_CATALOG         (4 * MIB)
#define LIMIT_TEXT            (64 * KIB)	/* a long text: legal.fr.md */
#define LIMIT_CONFIG          (256 * KIB)
#define LIMIT_PACK            (24 * MIB)	/* an archive, and the files in it */

/* media */
#define LIMIT_MEDIA           (64 * MIB)	/* one file */

#endif
