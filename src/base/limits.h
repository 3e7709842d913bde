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

/* text */
#define LIMIT_POST            (512 * KIB)	/* Markdown of a post */
#define LIMIT_COMMENT         (64 * KIB)
#define LIMIT_POST_HTML       (8 * MIB)		/* what may become of it */
#define LIMIT_TITLE           300
#define LIMIT_TAGS            64		/* of a post, count */
#define LIMIT_FRONT_MATTER    (64 * KIB)
#define LIMIT_PAGE            (16 * MIB)	/* a rendered page */

/* themes and catalogs */
#define LIMIT_MANIFEST        (64 * KIB)
#define LIMIT_TEMPLATE        (256 * KIB)
#define LIMIT_TEMPLATE_DEPTH  32		/* partials and sections */
#define LIMIT_STYLESHEET      (1 * MIB)
#define LIMIT_CATALOG         (4 * MIB)
#define LIMIT_CONFIG          (256 * KIB)

/* media */
#define LIMIT_MEDIA           (64 * MIB)	/* one file */

#endif
