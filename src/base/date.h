/* date.h - points in time as numbers, and how protocols write them.
 *
 * Time is int64_t seconds since 1970 UTC (struct date breaks it down in the
 * proleptic Gregorian calendar). How people read dates is unicode/dateformat.h's
 * business, zones are unicode/zone.h's. Sources: RFC 3339, RFC 9110 section 5.6.7,
 * RFC 5322.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/buf.h"

struct date {
	int year, month, day;		/* 1-12, 1-31 */
	int hour, minute, second;
	int weekday;			/* 0 = Sunday */
};

int64_t date_now(void);			/* seconds, wall clock */
int64_t clock_ns(void);			/* monotonic nanoseconds, for durations */

struct date date_of(int64_t t, int offset);		/* offset: seconds east of UTC */
int64_t date_unix(const struct date *d, int offset);

/* YYYY-MM-DD[(T| +)HH:MM[:SS[.frac]]][ ]*[Z|±HH[:]MM]. *has_offset tells whether the text
 * named an offset; without one the result reads the clock fields as UTC. */
bool date_parse(struct str s, int64_t *ret, bool *has_offset);

#define DATE_HTTP_LEN 29
void date_http(int64_t t, char out[DATE_HTTP_LEN + 1]);		/* IMF-fixdate */
bool date_parse_http(struct str s, int64_t *ret);		/* the three forms of RFC 9110 */

void date_rfc3339(struct buf *b, int64_t t, int offset); /* 2031-02-03T04:05:06+01:00, Z for 0 */
void date_rfc5322(struct buf *b, int64_t t, int offset); /* RSS: Mon, 03 Feb 2031 04:05:06 +0100 */

#endif
