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

static bool is_ascii_letter(unsigned char c)
{
	return (unsigned)((c | 32) - 'a') < 26 || (unsigned)(c - '0') < 10;
}

/* ASCII words, as most are: a letter begins one, a space ends it. */
static size_t count_ascii(struct str text, size_t *at, bool *inside)
{
	const unsigned char *p = (const unsigned char *)text.p + *at;
	const unsigned char *end = (const unsigned char *)text.p + text.n;
	size_t count = 0;
	bool in = *inside;

	for (;; in = !in) {
		if (in)
			while (p < end && *p > ' ' && *p < 0x80)
				p++;
		else
			while (p < end && !is_ascii_letter(*p) && *p < 0x80)
				p++;
		if (p == end || *p >= 0x80)
			break;
		count += !in;
	}
	*at = (size_t)((const char *)p - text.p);
	*inside = in;
	return count;
}

size_t md_words_count(struct str text)
{
	size_t count = 0;
	bool inside = false;

	for (size_t at = 0; at < text.n;) {
		uint32_t cp;

		count += count_ascii(text, &at, &inside);
		if (at == text.n)
			break;
		cp = utf8_next(text, &at);
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
