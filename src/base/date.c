/* date.c - the calendar by arithmetic (days since 1970 in eras of 400 years), and
 * the date formats of the protocols. */
#include "base/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const day_names[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
static const char *const month_names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
	"Sep", "Oct", "Nov", "Dec" };

int64_t date_now(void)
{
	return (int64_t)time(NULL);
}

int64_t clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Days since 1970-01-01. The year begins in March here, so that the leap day is last. */
static int64_t days_of(int y, int m, int d)
{
	int64_t year = (int64_t)y - (m <= 2), era = floor_div(year, 400);
	int64_t of_era = year - era * 400, of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct date date_of(int64_t t, int offset)
{
	int64_t local = t + offset, days = floor_div(local, 86400), second = local - days * 86400;
	int64_t z = days + 719468, era = floor_div(z, 146097), doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	struct date d;

	d.day = (int)(doy - (153 * mp + 2) / 5 + 1);
	d.month = (int)(mp < 10 ? mp + 3 : mp - 9);
	d.year = (int)(yoe + era * 400 + (d.month <= 2));
	d.hour = (int)(second / 3600);
	d.minute = (int)(second / 60 % 60);
	d.second = (int)(second % 60);
	d.weekday = (int)(((days + 4) % 7 + 7) % 7);
	return d;
}

int64_t date_unix(const struct date *d, int offset)
{
	return days_of(d->year, d->month, d->day) * 86400 + d->hour * 3600 + d->minute * 60
		+ d->second - offset;
}

static bool digits(struct str *s, int n, int *ret)
{
	int v = 0;

	if (s->n < (size_t)n)
		return false;
	for (int i = 0; i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		v = v * 10 + (s->p[i] - '0');
	}
	*s = str_skip(*s, (size_t)n);
	*ret = v;
	return true;
}

static bool one_of(struct str *s, const char *set)
{
	if (s->n == 0 || !strchr(set, s->p[0]) || s->p[0] == '\0')
		return false;
	*s = str_skip(*s, 1);
	return true;
}

static bool in_calendar(const struct date *d)
{
	static const int length[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (d->year % 4 == 0 && d->year % 100) || d->year % 400 == 0;

	return d->month >= 1 && d->month <= 12 && d->day >= 1 && d->day <= length[d->month - 1]
		&& (leap || d->month != 2 || d->day < 29)
		&& d->hour < 24 && d->minute < 60 && d->second < 61;
}

/* What may follow the seconds: nothing, Z, ±HH, ±HHMM, ±HH:MM. */
static bool parse_offset(struct str s, int *offset, bool *has)
{
	int sign, h, m = 0;

	*offset = 0;
	*has = s.n > 0;
	if (s.n == 0 || str_eq_nocase(s, STR("z")))
		return true;
	sign = s.p[0] == '-' ? -1 : 1;
	if (!one_of(&s, "+-") || !digits(&s, 2, &h))
		return false;
	one_of(&s, ":");
	if (s.n && !digits(&s, 2, &m))
		return false;
	*offset = sign * (h * 3600 + m * 60);
	return s.n == 0 && h < 24 && m < 60;
}

bool date_parse(struct str s, int64_t *ret, bool *has_offset)
{
	struct date d = { 0 };
	int offset = 0, ignored;

	*has_offset = false;
	s = str_trim(s);
	if (!digits(&s, 4, &d.year) || !one_of(&s, "-/") || !digits(&s, 2, &d.month)
	    || !one_of(&s, "-/") || !digits(&s, 2, &d.day))
		return false;
	if (s.n) {
		if (!one_of(&s, "Tt "))
			return false;
		s = str_trim(s);
		if (!digits(&s, 2, &d.hour) || !one_of(&s, ":") || !digits(&s, 2, &d.minute))
			return false;
		if (one_of(&s, ":") && !digits(&s, 2, &d.second))
			return false;
		if (one_of(&s, "."))
			while (digits(&s, 1, &ignored))
				;
		if (!parse_offset(str_trim(s), &offset, has_offset))
			return false;
	}
	if (!in_calendar(&d))
		return false;
	*ret = date_unix(&d, offset);
	return true;
}

/* The last n digits of v, at `at`; behind them is returned. */
static char *put_digits(char *at, int v, int n)
{
	for (int i = n - 1; i >= 0; i--, v /= 10)
		at[i] = (char)('0' + v % 10);
	return at + n;
}

/* "hh:mm:ss" */
static char *put_clock(char *at, const struct date *d)
{
	at = put_digits(at, d->hour, 2);
	*at++ = ':';
	at = put_digits(at, d->minute, 2);
	*at++ = ':';
	return put_digits(at, d->second, 2);
}

static char *put_letters(char *at, const char *three)
{
	memcpy(at, three, 3);
	return at + 3;
}

/* "Sun, 06 Nov 1994 08:49:37", 25 bytes: what mail (RFC 5322) and HTTP have in common. */
static char *put_fixdate(char *at, const struct date *d)
{
	at = put_letters(at, day_names[d->weekday]);
	*at++ = ',';
	*at++ = ' ';
	at = put_digits(at, d->day, 2);
	*at++ = ' ';
	at = put_letters(at, month_names[d->month - 1]);
	*at++ = ' ';
	at = put_digits(at, d->year, 4);
	*at++ = ' ';
	return put_clock(at, d);
}

void date_http(int64_t t, char out[DATE_HTTP_LEN + 1])
{
	struct date d = date_of(t, 0);
	char *at;

	d.year = (d.year % 10000 + 10000) % 10000;
	at = put_fixdate(out, &d);
	memcpy(at, " GMT", sizeof " GMT");
}

static bool month_name(struct str *s, int *month)
{
	for (int i = 0; i < 12; i++)
		if (str_starts(*s, str_of(month_names[i]))) {
			*month = i + 1;
			*s = str_skip(*s, 3);
			return true;
		}
	return false;
}

static bool clock_part(struct str *s, struct date *d)
{
	return digits(s, 2, &d->hour) && one_of(s, ":") && digits(s, 2, &d->minute)
		&& one_of(s, ":") && digits(s, 2, &d->second);
}

/* asctime: "Sun Nov  6 08:49:37 1994", the weekday gone already */
static bool parse_asctime(struct str s, struct date *d)
{
	if (!month_name(&s, &d->month) || !one_of(&s, " "))
		return false;
	if (!(one_of(&s, " ") ? digits(&s, 1, &d->day) : digits(&s, 2, &d->day)))
		return false;
	return one_of(&s, " ") && clock_part(&s, d) && one_of(&s, " ")
		&& digits(&s, 4, &d->year) && s.n == 0;
}

/* "06 Nov 1994 08:49:37 GMT" and RFC 850's "06-Nov-94 08:49:37 GMT" */
static bool parse_fixdate(struct str s, struct date *d)
{
	bool dashed;

	if (!digits(&s, 2, &d->day) || s.n == 0)
		return false;
	dashed = s.p[0] == '-';
	if (!one_of(&s, " -") || !month_name(&s, &d->month) || !one_of(&s, " -"))
		return false;
	if (!digits(&s, dashed ? 2 : 4, &d->year))
		return false;
	if (dashed)
		d->year += d->year < 70 ? 2000 : 1900;
	return one_of(&s, " ") && clock_part(&s, d) && str_eq(s, STR(" GMT"));
}

bool date_parse_http(struct str s, int64_t *ret)
{
	struct date d = { 0 };
	struct str rest;
	bool ok;

	if (str_has_char(s, ',')) {
		str_cut(s, ',', &rest);
		ok = one_of(&rest, " ") && parse_fixdate(rest, &d);
	} else {
		str_cut(s, ' ', &rest);
		ok = parse_asctime(rest, &d);
	}
	if (!ok || !in_calendar(&d))
		return false;
	*ret = date_unix(&d, 0);
	return true;
}

static void put_offset(struct buf *b, int offset, const char *between)
{
	int minutes = abs(offset) / 60;

	buf_addf(b, "%c%02d%s%02d", offset < 0 ? '-' : '+', minutes / 60, between, minutes % 60);
}

/* Feeds and pages hold thousands of dates: digits by hand, where a year has four. */
static void put_date(struct buf *b, const struct date *d)
{
	char text[32], *at = text;

	if (d->year < 0 || d->year > 9999) {
		buf_addf(b, "%04d-%02d-%02dT%02d:%02d:%02d", d->year, d->month, d->day, d->hour,
			 d->minute, d->second);
		return;
	}
	at = put_digits(at, d->year, 4);
	*at++ = '-';
	at = put_digits(at, d->month, 2);
	*at++ = '-';
	at = put_digits(at, d->day, 2);
	*at++ = 'T';
	at = put_clock(at, d);
	buf_add(b, str_from(text, (size_t)(at - text)));
}

void date_rfc3339(struct buf *b, int64_t t, int offset)
{
	struct date d = date_of(t, offset);

	put_date(b, &d);
	if (offset == 0)
		buf_addc(b, 'Z');
	else
		put_offset(b, offset, ":");
}

void date_rfc5322(struct buf *b, int64_t t, int offset)
{
	struct date d = date_of(t, offset);
	char text[32], *at;

	if (d.year < 0 || d.year > 9999) {
		buf_addf(b, "%s, %02d %s %04d %02d:%02d:%02d ", day_names[d.weekday], d.day,
			 month_names[d.month - 1], d.year, d.hour, d.minute, d.second);
	} else {
		at = put_fixdate(text, &d);
		*at++ = ' ';
		buf_add(b, str_from(text, (size_t)(at - text)));
	}
	if (offset == 0)
		buf_adds(b, "+0000");
	else
		put_offset(b, offset, "");
}
