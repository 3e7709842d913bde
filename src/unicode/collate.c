/* collate.c - see collate.h: ICU's sort keys. */
#include <stdio.h>
#include <unicode/ucol.h>
#include "unicode/collate.h"
#include "unicode/language.h"
#include "unicode/spare.h"
#include "unicode/wide.h"

static void collator_close(void *collator)
{
	ucol_close(collator);
}

static struct spare *collator_take(struct str lang)
{
	UErrorCode status = U_ZERO_ERROR;
	char locale[LANGUAGE_LOCALE_MAX], key[SPARE_KEY];
	UCollator *collator;
	struct spare *s;

	language_locale(lang, locale);
	snprintf(key, sizeof key, "collate/%s", locale);
	s = spare_take(key);
	if (s)
		return s;
	collator = ucol_open(locale, &status);
	if (U_FAILURE(status))
		return NULL;
	ucol_setAttribute(collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
	return spare_new(key, collator, collator_close);
}

struct str collate_key(struct arena *a, struct str lang, struct str text)
{
	CLEANUP(spare_givep) struct spare *s = collator_take(lang);
	struct wide w = wide_of(a, text);
	uint8_t *key;
	int32_t n;

	if (!s)
		return arena_str(a, text);
	n = ucol_getSortKey(s->object, w.p, w.n, NULL, 0);
	if (n <= 0)
		return arena_str(a, text);
	key = arena_alloc(a, (size_t)n);
	ucol_getSortKey(s->object, w.p, w.n, key, n);
	return str_from((const char *)key, (size_t)n - 1);	/* the last byte is NUL */
}
