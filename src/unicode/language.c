/* language.c - see language.h: ICU's locale names and their display names. */
#include "unicode/language.h"
#include <stdio.h>
#include <string.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include "unicode/memo.h"
#include "unicode/wide.h"

#define NAME_ROOM 200

/* Tags in the wild are also written with the underscore of POSIX. */
static bool tag_copy(struct str tag, char out[LANGUAGE_MAX + 1])
{
	if (tag.n == 0 || tag.n > LANGUAGE_MAX)
		return false;
	for (size_t i = 0; i < tag.n; i++)
		out[i] = tag.p[i] == '_' ? '-' : tag.p[i];
	out[tag.n] = '\0';
	return strlen(out) == tag.n;
}

/* Of the tags with two letters ICU knows every one; of those with three it does
 * not, and a small language is no mistake. */
static bool locale_parse(struct str tag, char out[LANGUAGE_LOCALE_MAX])
{
	UErrorCode status = U_ZERO_ERROR;
	char copy[LANGUAGE_MAX + 1], lang[16];
	int32_t parsed = 0, n;

	if (!tag_copy(tag, copy))
		return false;
	uloc_forLanguageTag(copy, out, LANGUAGE_LOCALE_MAX, &parsed, &status);
	if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING ||
	    (size_t)parsed != tag.n)
		return false;
	n = uloc_getLanguage(out, lang, sizeof lang, &status);
	if (U_FAILURE(status) || n < 2 || n > 3)
		return false;
	return n > 2 || *uloc_getISO3Language(out);
}

bool language_valid(struct str tag)
{
	char locale[LANGUAGE_LOCALE_MAX];

	return locale_parse(tag, locale);
}

/* Those of our catalogs need no parsing, and are written from left to right: every post on
 * every page asks. */
static bool is_ours(struct str tag)
{
	static const char known[] = "en fr es de it pt nl";

	for (const char *l = known; tag.n == 2 && l < known + sizeof known - 1; l += 3)
		if (memcmp(l, tag.p, 2) == 0)
			return true;
	return false;
}

void language_locale(struct str tag, char out[LANGUAGE_LOCALE_MAX])
{
	if (is_ours(tag))
		snprintf(out, LANGUAGE_LOCALE_MAX, "%.2s", tag.p);
	else if (!locale_parse(tag, out))
		strcpy(out, "en");
	if (strcmp(out, "en") == 0)
		strcpy(out, "en_GB");
}

bool language_is_rtl(struct str tag)
{
	char locale[LANGUAGE_LOCALE_MAX];

	return !is_ours(tag) && locale_parse(tag, locale) && uloc_isRightToLeft(locale);
}

struct str language_canonical(struct arena *a, struct str tag)
{
	UErrorCode status = U_ZERO_ERROR;
	char locale[LANGUAGE_LOCALE_MAX], out[LANGUAGE_LOCALE_MAX];

	if (!locale_parse(tag, locale))
		return STR("");
	uloc_toLanguageTag(locale, out, sizeof out, 1, &status);
	if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING)
		return STR("");
	return arena_str(a, str_of(out));
}

static struct str make_name(struct arena *a, struct str tag, struct str in, UDisplayContext where)
{
	UErrorCode status = U_ZERO_ERROR;
	char locale[LANGUAGE_LOCALE_MAX], in_locale[LANGUAGE_LOCALE_MAX];
	UDisplayContext contexts[] = { UDISPCTX_STANDARD_NAMES, where };
	struct wide name = wide_room(a, NAME_ROOM);
	ULocaleDisplayNames *names;

	if (!locale_parse(tag, locale))
		return arena_str(a, tag);
	language_locale(in, in_locale);
	names = uldn_openForContext(in_locale, contexts, 2, &status);
	name.n = uldn_localeDisplayName(names, locale, name.p, NAME_ROOM, &status);
	uldn_close(names);
	if (U_FAILURE(status) || name.n > NAME_ROOM)
		return arena_str(a, tag);
	return wide_str(a, name);
}

static struct str display_name(struct arena *a, struct str tag, struct str in,
			       enum memo_kind kind, UDisplayContext where)
{
	const struct memo_key key = { kind, 0, tag, in };
	struct str name;

	if (memo_find(a, &key, &name))
		return name;
	name = make_name(a, tag, in, where);
	memo_keep(&key, name);
	return name;
}

struct str language_name(struct arena *a, struct str tag, struct str in)
{
	return display_name(a, tag, in, MEMO_NAME,
			    UDISPCTX_CAPITALIZATION_FOR_MIDDLE_OF_SENTENCE);
}

struct str language_title(struct arena *a, struct str tag, struct str in)
{
	return display_name(a, tag, in, MEMO_TITLE,
			    UDISPCTX_CAPITALIZATION_FOR_BEGINNING_OF_SENTENCE);
}
