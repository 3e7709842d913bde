/* Signs inside a word (l'air, co-op, 3.5) do not cut it; spaces and dashes do. */
#include "markdown/md_words.h"
#include "base/utf8.h"

static bool is_ideograph(uint32_t cp)
{
	return (cp >= 0x3040 && cp <= 0x30ff) || (cp >= 0x3400 && cp <= 0x9fff)
	       || (cp >= 0xf900 && cp <= 0xfaff) || (cp >= 0x20000 && cp <= 0x3ffff);
}

static bool is_space(uint32_t cp)
{
	return cp <= ' ' || cp == 0xa0 || (cp >= 0x2000 && cp <= 0x200b) || cp == 0x202f
	       || cp == 0x2013 || cp == 0x2014 || (cp >= 0x3000 && cp <= 0x303f);
}

static bool is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || ((cp | 32) >= 'a' && (cp | 32) <= 'z');
	return cp > 0xbf && !(cp >= 0x2000 && cp <= 0x2bff) && !(cp >= 0xfe00 && cp <= 0xfe0f);
}

size_t md_words_count(struct str text)
{
	size_t count = 0;
	bool inside = false;

	for (size_t at = 0; at < text.n;) {
		unsigned char c = (unsigned char)text.p[at];
		uint32_t cp = c < 0x80 ? (at++, c) : utf8_next(text, &at);

		if (is_ideograph(cp)) {
			count++;
			inside = false;
		} else if (is_space(cp)) {
			inside = false;
		} else if (!inside && is_letter(cp)) {
			inside = true;
			count++;
		}
	}
	return count;
}
