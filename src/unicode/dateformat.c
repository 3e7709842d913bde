/* dateformat.c - see dateformat.h.
 *
 * The formatters work in UTC on a time that is moved by the zone's offset, so
 * that one serves all zones. Forms that CLDR ships as styles are asked for by
 * style, the others by skeleton; "j" would be the hour as the locale counts it.
 */
#include <stdio.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>
#include "base/date.h"
#include "unicode/dateformat.h"
#include "unicode/language.h"
#include "unicode/memo.h"
#include "unicode/spare.h"
#include "unicode/wide.h"
#include "unicode/zone.h"

#define PATTERN_ROOM 128
#define DATE_ROOM 256

/* The years 1 to 9999: what people write dates of. */
#define TIME_FIRST INT64_C(-62135596800)
#define TIME_LAST INT64_C(253402300799)

static const struct {
	UDateFormatStyle date, time;	/* used where there is no skeleton */
	const UChar *skeleton;
} FORMS[DATE_FORMS] = {
	[DATE_LONG] = { UDAT_LONG, UDAT_NONE, NULL },
	[DATE_SHORT] = { UDAT_NONE, UDAT_NONE, u"yMMdd" },
	[DATE_MEDIUM] = { UDAT_MEDIUM, UDAT_NONE, NULL },
	[DATE_FULL] = { UDAT_FULL, UDAT_NONE, NULL },
	[DATE_TIME] = { UDAT_LONG, UDAT_SHORT, NULL },
	[DATE_CLOCK] = { UDAT_NONE, UDAT_SHORT, NULL },
	[DATE_DAY] = { UDAT_NONE, UDAT_NONE, u"MMMMd" },
	[DATE_MONTH] = { UDAT_NONE, UDAT_NONE, u"yMMMM" },
	[DATE_MONTH_NAME] = { UDAT_NONE, UDAT_NONE, u"LLLL" },
	[DATE_YEAR] = { UDAT_NONE, UDAT_NONE, u"y" },
};

/* What a language puts behind the first day of a month, in pattern letters. */
static const UChar *mark_of_first(const char *locale)
{
	if (strncmp(locale, "fr", 2) == 0)
		return u"'er'";
	if (strncmp(locale, "it", 2) == 0)
		return u"'º'";
	return NULL;
}

static int32_t pattern_of_style(const char *locale, enum date_form form, UChar *out,
				UErrorCode *status)
{
	UDateFormat *df = udat_open(FORMS[form].time, FORMS[form].date, locale, u"Etc/UTC", -1,
				    NULL, 0, status);
	int32_t n = udat_toPattern(df, 0, out, PATTERN_ROOM, status);

	udat_close(df);
	return n;
}

static void patterns_close(void *g)
{
	udatpg_close(g);
}

/* Takes a millisecond to open, and each form of a language is asked for once. */
static struct spare *patterns_take(const char *locale, UErrorCode *status)
{
	char key[SPARE_KEY];
	struct spare *s;
	UDateTimePatternGenerator *g;

	snprintf(key, sizeof key, "patterns/%s", locale);
	s = spare_take(key);
	if (s)
		return s;
	g = udatpg_open(locale, status);
	return U_SUCCESS(*status) ? spare_new(key, g, patterns_close) : NULL;
}

static int32_t pattern_of_skeleton(const char *locale, const UChar *skeleton, UChar *out,
				   UErrorCode *status)
{
	CLEANUP(spare_givep) struct spare *s = patterns_take(locale, status);

	return s ? udatpg_getBestPattern(s->object, skeleton, -1, out, PATTERN_ROOM, status) : 0;
}

/* Puts the mark behind the lonely "d" of a pattern that names its month by word;
 * "01/02" takes none. */
static int32_t pattern_mark_first(UChar *pattern, int32_t n, const UChar *mark)
{
	int32_t m = u_strlen(mark);
	bool quoted = false;

	if (!u_strstr(pattern, u"MMM") || n + m >= PATTERN_ROOM)
		return n;
	for (int32_t i = 0; i < n; i++) {
		if (pattern[i] == '\'')
			quoted = !quoted;
		if (quoted || pattern[i] != 'd' || pattern[i + 1] == 'd')
			continue;
		u_memmove(pattern + i + 1 + m, pattern + i + 1, n - i);
		u_memcpy(pattern + i + 1, mark, m);
		return n + m;
	}
	return n;
}

static UDateFormat *format_open(const char *locale, enum date_form form, const UChar *mark)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar pattern[PATTERN_ROOM + 1] = { 0 };
	UDateFormat *df;
	int32_t n;

	n = FORMS[form].skeleton
		? pattern_of_skeleton(locale, FORMS[form].skeleton, pattern, &status)
		: pattern_of_style(locale, form, pattern, &status);
	if (U_FAILURE(status) || n >= PATTERN_ROOM)
		return NULL;
	if (mark)
		n = pattern_mark_first(pattern, n, mark);
	df = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, u"Etc/UTC", -1, pattern, n, &status);
	return U_SUCCESS(status) ? df : NULL;
}

static void format_close(void *df)
{
	udat_close(df);
}

static struct spare *format_take(const char *locale, enum date_form form, bool first)
{
	const UChar *mark = first ? mark_of_first(locale) : NULL;
	char key[SPARE_KEY];
	UDateFormat *df;
	struct spare *s;

	snprintf(key, sizeof key, "date%d%s/%s", (int)form, mark ? "first" : "", locale);
	s = spare_take(key);
	if (s)
		return s;
	df = format_open(locale, form, mark);
	return df ? spare_new(key, df, format_close) : NULL;
}

/* The time that a clock in UTC would have to show to read as clocks in the zone do. */
static int64_t time_in_zone(const char *zone, int64_t t)
{
	if (t < TIME_FIRST)
		t = TIME_FIRST;
	if (t > TIME_LAST)
		t = TIME_LAST;
	return t + zone_offset(zone, t);
}

static struct str date_plain(struct arena *a, struct date d)
{
	return arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static struct str format(struct arena *a, struct str lang, int64_t local, struct date d,
			 enum date_form form)
{
	UErrorCode status = U_ZERO_ERROR;
	struct wide w = wide_room(a, DATE_ROOM);
	char locale[LANGUAGE_LOCALE_MAX];
	CLEANUP(spare_givep) struct spare *s = NULL;

	language_locale(lang, locale);
	s = format_take(locale, form, d.day == 1);
	if (!s)
		return date_plain(a, d);
	w.n = udat_format(s->object, (UDate)local * 1000.0, w.p, DATE_ROOM, NULL, &status);
	if (U_FAILURE(status) || w.n > DATE_ROOM)
		return date_plain(a, d);
	return wide_str(a, w);
}

struct str date_format(struct arena *a, struct str lang, const char *zone, int64_t t,
		       enum date_form form)
{
	int64_t local = time_in_zone(zone, t);
	struct date d = date_of(local, 0);
	int day = form == DATE_YEAR ? 0 : d.month * 100 + d.day;
	const struct memo_key key = { MEMO_DATE + (int)form, d.year * 10000 + day, lang, STR("") };
	struct str text;

	if (form == DATE_TIME || form == DATE_CLOCK)	/* change by the minute */
		return format(a, lang, local, d, form);
	if (memo_find(a, &key, &text))
		return text;
	text = format(a, lang, local, d, form);
	memo_keep(&key, text);
	return text;
}
