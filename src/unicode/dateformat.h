/* dateformat.h - dates as people of a language write them.
 *
 * The words, orders and signs are CLDR's, with what CLDR's patterns leave out:
 * the first of a month is "1er" in French and "1º" in Italian. Protocol dates
 * are base/date.h's. Any thread.
 */
#ifndef UNICODE_DATEFORMAT_H
#define UNICODE_DATEFORMAT_H

#include <stdint.h>
#include "base/arena.h"

enum date_form {		/* of 3 February 2031, 14:05, in French */
	DATE_LONG,		/* 3 février 2031 */
	DATE_SHORT,		/* 03/02/2031 */
	DATE_MEDIUM,		/* 3 févr. 2031 */
	DATE_FULL,		/* lundi 3 février 2031 */
	DATE_TIME,		/* 3 février 2031 à 14:05 */
	DATE_CLOCK,		/* 14:05 */
	DATE_DAY,		/* 3 février */
	DATE_MONTH,		/* février 2031 */
	DATE_MONTH_NAME,	/* février: alone, as a heading */
	DATE_YEAR,		/* 2031 */
	DATE_FORMS		/* how many forms there are */
};

/* zone: an IANA name; NULL or unknown is UTC. */
struct str date_format(struct arena *a, struct str lang, const char *zone, int64_t t,
		       enum date_form form);

#endif
