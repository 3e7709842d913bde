/* md_words.c - signs inside a word (l'air, co-op, 3.5) do not cut it; spaces and dashes do. */
#include "markdown/md_words.h"
#include "base/scan.h"
#include "base/utf8.h"

enum { PIECE = 2 * SCAN_BYTES };

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

/* Not of ASCII. */
static bool is_letter(uint32_t cp)
{
	return cp > 0xbf && !(cp >= 0x2000 && cp <= 0x2bff) && !(cp >= 0xfe00 && cp <= 0xfe0f);
}

static unsigned letters_of(struct scan b)
{
	return scan_bits(scan_or(scan_range(b, 0x20, 'a', 'z'), scan_range(b, 0, '0', '9')));
}

static unsigned bits_set(uint32_t v)
{
	v -= v >> 1 & 0x55555555;
	v = (v & 0x33333333) + (v >> 2 & 0x33333333);
	return ((v + (v >> 4)) & 0x0f0f0f0f) * 0x01010101 >> 24;
}

/* The ASCII at *at, up to a PIECE of it; returns the words that begin there.
 *
 * A run of what is no space is a word if there is a letter in it. Its bits and those of its
 * letters added up carry into the bit of the space behind it just then. A word that was begun
 * before is one letter more at the beginning. */
static unsigned count_piece(struct str text, size_t *at, bool *inside)
{
	size_t half = text.n - *at < SCAN_BYTES ? text.n : *at + SCAN_BYTES;
	struct scan a = scan_at(text, *at), b = scan_at(text, half);
	uint32_t other = scan_bits(a) | scan_bits(b) << SCAN_BYTES;
	unsigned n = text.n - *at < PIECE ? (unsigned)(text.n - *at) : PIECE;
	uint64_t spaces, letters, sum, all;
	unsigned ends;

	if (other && scan_first(other) < n)
		n = scan_first(other);
	all = (UINT64_C(1) << n) - 1;
	spaces = scan_between(a, 0, 0, ' ') | scan_between(b, 0, 0, ' ') << SCAN_BYTES;
	letters = (letters_of(a) | letters_of(b) << SCAN_BYTES) & all;
	sum = (~spaces & all) + letters + *inside;
	ends = bits_set((uint32_t)(sum & spaces & all)) + (sum > all);
	ends -= *inside;
	*inside = sum > all;
	*at += n;
	return ends;
}

size_t md_words_count(struct str text)
{
	size_t count = 0;
	bool inside = false;

	for (size_t at = 0; at < text.n;) {
		uint32_t cp;

		if ((unsigned char)text.p[at] < 0x80) {
			count += count_piece(text, &at, &inside);
			continue;
		}
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
