/* number.c - see number.h. Numbers that no language groups do not wake ICU. */
#include "unicode/number.h"
#include <stdio.h>
#include <unicode/unumberformatter.h>
#include "unicode/language.h"
#include "unicode/spare.h"
#include "unicode/wide.h"

#define NUMBER_ROOM 64

static void formatter_close(void *formatter)
{
	unumf_close(formatter);
}

static struct spare *formatter_take(const char *locale)
{
	UErrorCode status = U_ZERO_ERROR;
	UNumberFormatter *formatter;
	struct spare *s;
	char key[SPARE_KEY];

	snprintf(key, sizeof key, "number/%s", locale);
	s = spare_take(key);
	if (s)
		return s;
	formatter = unumf_openForSkeletonAndLocale(u"", 0, locale, &status);
	return U_SUCCESS(status) ? spare_new(key, formatter, formatter_close) : NULL;
}

static bool has_own_digits(struct str lang)
{
	return !(str_starts_nocase(lang, STR("en")) || str_starts_nocase(lang, STR("fr")) ||
		 str_starts_nocase(lang, STR("de")) || str_starts_nocase(lang, STR("es")) ||
		 str_starts_nocase(lang, STR("it")));
}

struct str number_format(struct arena *a, struct str lang, int64_t n)
{
	UErrorCode status = U_ZERO_ERROR;
	struct wide w = wide_room(a, NUMBER_ROOM);
	char locale[LANGUAGE_LOCALE_MAX];
	CLEANUP(spare_givep) struct spare *s = NULL;
	UFormattedNumber *result;

	if (n >= 0 && n < 1000 && !has_own_digits(lang))
		return arena_printf(a, "%d", (int)n);

	language_locale(lang, locale);
	s = formatter_take(locale);
	if (!s)
		return arena_printf(a, "%lld", (long long)n);
	result = unumf_openResult(&status);
	unumf_formatInt(s->object, n, result, &status);
	w.n = unumf_resultToString(result, w.p, NUMBER_ROOM, &status);
	unumf_closeResult(result);
	if (U_FAILURE(status))
		return arena_printf(a, "%lld", (long long)n);
	return wide_str(a, w);
}
