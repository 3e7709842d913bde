/* slug.c - see slug.h: ICU transliterates, the loop below keeps letters and digits.
 *
 * ASCII and the usual letters with accents need no ICU. Other texts in Latin letters do with
 * a small transliterator; the one for every script loads megabytes of tables when the first
 * such title comes.
 */
#include "unicode/slug.h"
#include <stdio.h>
#include <unicode/uscript.h>
#include <unicode/utrans.h>
#include <unicode/utf16.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "unicode/spare.h"
#include "unicode/wide.h"

/* A byte of slug comes from at most this many bytes of text (a Chinese character of
 * three or four bytes gives at least one letter; marks and signs give none). */
#define TEXT_PER_SLUG 16

static const UChar LATIN[] = u"NFKC; Latin-ASCII; NFD; [:Mn:] Remove";
static const UChar GERMAN[] = u"NFKC; de-ASCII; Latin-ASCII; NFD; [:Mn:] Remove";
static const UChar ANY[] = u"NFKC; Any-Latin; Latin-ASCII; NFD; [:Mn:] Remove";

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* From U+00C0 on: what ICU makes of a letter, in lower case; slug_test proves it. NULL: not
 * told here. A transliterator takes 40 ms to make, most titles with accents do without. */
static const char *const LETTERS[] = {
	/* 00c0 */ "a", "a", "a", "a", "a", "a", "ae", "c",
		      "e", "e", "e", "e", "i", "i", "i", "i",
	/* 00d0 */ "d", "n", "o", "o", "o", "o", "o", "-",
		      "o", "u", "u", "u", "u", "y", "th", "ss",
	/* 00e0 */ "a", "a", "a", "a", "a", "a", "ae", "c",
		      "e", "e", "e", "e", "i", "i", "i", "i",
	/* 00f0 */ "d", "n", "o", "o", "o", "o", "o", "-",
		      "o", "u", "u", "u", "u", "y", "th", "y",
	/* 0100 */ "a", "a", "a", "a", "a", "a", "c", "c",
		      "c", "c", "c", "c", "c", "c", "d", "d",
	/* 0110 */ "d", "d", "e", "e", "e", "e", "e", "e",
		      "e", "e", "e", "e", "g", "g", "g", "g",
	/* 0120 */ "g", "g", "g", "g", "h", "h", "h", "h",
		      "i", "i", "i", "i", "i", "i", "i", "i",
	/* 0130 */ "i", "i", "ij", "ij", "j", "j", "k", "k",
		      "q", "l", "l", "l", "l", "l", "l", NULL,
	/* 0140 */ NULL, "l", "l", "n", "n", "n", "n", "n",
		      "n", NULL, "n", "n", "o", "o", "o", "o",
	/* 0150 */ "o", "o", "oe", "oe", "r", "r", "r", "r",
		      "r", "r", "s", "s", "s", "s", "s", "s",
	/* 0160 */ "s", "s", "t", "t", "t", "t", "t", "t",
		      "u", "u", "u", "u", "u", "u", "u", "u",
	/* 0170 */ "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z",
};

/* As de-ASCII has it. */
static const char *german_letter(uint32_t cp)
{
	switch (cp) {
	case 0xc4: case 0xe4:
		return "ae";
	case 0xd6: case 0xf6:
		return "oe";
	case 0xdc: case 0xfc:
		return "ue";
	default:
		return NULL;
	}
}

/* Quotation marks, dashes and spaces, which stand between words only. */
static bool is_typography(uint32_t cp)
{
	return cp == 0xa0 || cp == 0xab || cp == 0xbb || (cp >= 0x2010 && cp <= 0x2015)
	       || (cp >= 0x2018 && cp <= 0x201f) || cp == 0x2026 || cp == 0x202f || cp == 0x2039
	       || cp == 0x203a;
}

static const char *spelling(uint32_t cp, bool german)
{
	const char *letter = german ? german_letter(cp) : NULL;

	if (letter)
		return letter;
	if (cp >= 0xc0 && cp < 0xc0 + ARRAY_LEN(LETTERS))
		return LETTERS[cp - 0xc0];
	return is_typography(cp) ? "-" : NULL;
}

static bool is_german(struct str lang)
{
	return str_starts_nocase(lang, STR("de")) && (lang.n == 2 || lang.p[2] == '-');
}

/* Texts of usual letters without ICU; false: another sign is in it. */
static bool spell(struct arena *a, struct str lang, struct str text, struct str *ret)
{
	CLEANUP(buf_release) struct buf b = BUF(text.n * 2);
	bool german = is_german(lang);

	for (size_t at = 0; at < text.n;) {
		unsigned char c = (unsigned char)text.p[at];
		const char *as = c < 0x80 ? NULL : spelling(utf8_next(text, &at), german);

		if (c < 0x80)
			buf_addc(&b, text.p[at++]);
		else if (as)
			buf_adds(&b, as);
		else
			return false;
	}
	*ret = arena_str(a, buf_str(&b));
	return true;
}

static bool is_latin(struct wide w)
{
	for (int32_t i = 0; i < w.n;) {
		UErrorCode status = U_ZERO_ERROR;
		UScriptCode script;
		UChar32 c;

		U16_NEXT(w.p, i, w.n, c);
		script = uscript_getScript(c, &status);
		if (script != USCRIPT_LATIN && script != USCRIPT_COMMON &&
		    script != USCRIPT_INHERITED)
			return false;
	}
	return true;
}

static void transliterator_close(void *t)
{
	utrans_close(t);
}

static struct spare *transliterator_take(const char *key, const UChar *id)
{
	UErrorCode status = U_ZERO_ERROR;
	struct spare *s = spare_take(key);
	UTransliterator *t;

	if (s)
		return s;
	t = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
	return U_SUCCESS(status) ? spare_new(key, t, transliterator_close) : NULL;
}

static struct spare *transliterator_for(struct wide w, struct str lang)
{
	if (!is_latin(w))
		return transliterator_take("slug/any", ANY);
	if (is_german(lang))
		return transliterator_take("slug/de", GERMAN);
	return transliterator_take("slug/latin", LATIN);
}

static struct str to_ascii(struct arena *a, struct str lang, struct str text)
{
	struct wide w = wide_of(a, text), out;
	CLEANUP(spare_givep) struct spare *s = transliterator_for(w, lang);
	UErrorCode status = U_ZERO_ERROR;
	int32_t limit = w.n;

	if (!s)
		return text;
	/* utrans works in place: the room is what the longest names of letters need. */
	out = wide_room(a, w.n * 12 + 64);
	for (int32_t i = 0; i < w.n; i++)
		out.p[i] = w.p[i];
	out.n = w.n;
	utrans_transUChars(s->object, out.p, &out.n, w.n * 12 + 64, 0, &limit, &status);
	if (U_FAILURE(status))
		return text;
	return wide_str(a, out);
}

static bool is_slug_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* The first max bytes, without half a word where a whole one ends late enough. */
static struct str cut_between_words(struct str slug, size_t max)
{
	struct str cut = str_sub(slug, 0, max);
	ptrdiff_t hyphen;

	if (slug.n <= max)
		return slug;
	hyphen = slug.p[max] == '-' ? (ptrdiff_t)max : str_rfind_char(cut, '-');
	if (hyphen > (ptrdiff_t)max / 2)
		return str_sub(slug, 0, (size_t)hyphen);
	while (cut.n && cut.p[cut.n - 1] == '-')
		cut.n--;
	return cut;
}

static struct str hyphenate(struct arena *a, struct str ascii, size_t max)
{
	char *out = arena_alloc(a, ascii.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < ascii.n; i++) {
		char c = ascii.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (is_slug_char(c))
			out[n++] = c;
		else if (n && out[n - 1] != '-')
			out[n++] = '-';
	}
	if (n && out[n - 1] == '-')
		n--;
	return arena_str(a, cut_between_words(str_from(out, n), max));
}

struct str slug_make_in(struct arena *a, struct str lang, struct str text, size_t max)
{
	if (max > SLUG_MAX)
		max = SLUG_MAX;
	text = utf8_cut(text, max * TEXT_PER_SLUG);
	if (!is_ascii(text) && !spell(a, lang, text, &text))
		text = to_ascii(a, lang, text);
	return hyphenate(a, text, max);
}

struct str slug_make(struct arena *a, struct str text, size_t max)
{
	return slug_make_in(a, STR(""), text, max);
}
