/* fold.c - see fold.h: NFKC_Casefold, then marks dropped by the script they sit on. */
#include "unicode/fold.h"
#include <unicode/unorm2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include "unicode/wide.h"

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static struct str fold_ascii(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);

	for (size_t i = 0; i < s.n; i++)
		out[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] - 'A' + 'a') : s.p[i];
	return str_from(out, s.n);
}

static struct wide normalize(struct arena *a, const UNormalizer2 *with, struct wide w)
{
	UErrorCode status = U_ZERO_ERROR;
	struct wide out = wide_room(a, w.n + w.n / 2 + 16);
	int32_t n = unorm2_normalize(with, w.p, w.n, out.p, out.n, &status);

	if (wide_too_small(&status)) {
		out = wide_room(a, n);
		n = unorm2_normalize(with, w.p, w.n, out.p, out.n + 1, &status);
	}
	if (U_FAILURE(status))
		return w;
	out.n = n;
	return out;
}

/* Letters with a stroke or of two bodies have no decomposition, and are typed
 * without by everyone in a hurry. All of them are lower-case by now. */
static const struct {
	UChar from;
	UChar to[2];
} PLAIN[] = {
	{ u'ł', u"l" }, { u'ø', u"o" }, { u'đ', u"d" }, { u'ħ', u"h" }, { u'ı', u"i" },
	{ u'ð', u"d" }, { u'þ', { 't', 'h' } }, { u'æ', { 'a', 'e' } }, { u'œ', { 'o', 'e' } },
	{ u'ŧ', u"t" },
};

static void add_plain(struct wide *out, UChar32 c)
{
	for (size_t i = 0; i < ARRAY_LEN(PLAIN); i++) {
		if (PLAIN[i].from != c)
			continue;
		out->p[out->n++] = PLAIN[i].to[0];
		if (PLAIN[i].to[1])
			out->p[out->n++] = PLAIN[i].to[1];
		return;
	}
	U16_APPEND_UNSAFE(out->p, out->n, c);
}

static bool is_dropped(UChar32 mark, UChar32 base)
{
	UErrorCode status = U_ZERO_ERROR;

	if (u_charType(mark) != U_NON_SPACING_MARK)
		return false;
	switch (uscript_getScript(base, &status)) {
	case USCRIPT_LATIN:
	case USCRIPT_GREEK:
	case USCRIPT_HEBREW:
	case USCRIPT_ARABIC:
		return true;
	case USCRIPT_CYRILLIC:
		return mark == 0x300 || mark == 0x301 || (mark == 0x308 && base == 0x435);
	default:
		return false;
	}
}

static struct wide drop_marks(struct arena *a, struct wide w)
{
	struct wide out = wide_room(a, w.n * 2);
	UChar32 base = 0, c;

	out.n = 0;
	for (int32_t i = 0; i < w.n;) {
		U16_NEXT(w.p, i, w.n, c);
		if (is_dropped(c, base))
			continue;
		if (u_getCombiningClass(c) == 0)
			base = c;
		add_plain(&out, c);
	}
	return out;
}

struct str fold_key(struct arena *a, struct str text)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *casefold, *nfd, *nfc;
	struct wide w;

	if (is_ascii(text))
		return fold_ascii(a, text);
	casefold = unorm2_getNFKCCasefoldInstance(&status);
	nfd = unorm2_getNFDInstance(&status);
	nfc = unorm2_getNFCInstance(&status);
	if (U_FAILURE(status))
		return arena_str(a, text);
	w = normalize(a, casefold, wide_of(a, text));
	w = drop_marks(a, normalize(a, nfd, w));
	return wide_str(a, normalize(a, nfc, w));
}
