/* md_links.c - the rules of GFM's extended autolinks: a valid domain, no punctuation at the
 * end, parentheses in pairs. Look-back and domains have a bound, so the whole is linear
 * whatever is tried in vain.
 */
#include "markdown/md_links.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "markdown/md_marks.h"
#include <string.h>

#define DOMAIN_MAX 253
#define LOCAL_MAX  64

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Signs of typography and of other scripts that end an address. */
static bool ends_address(uint32_t cp)
{
	return cp <= ' ' || cp == '<' || cp == '"' || cp == 0xa0 || cp == 0xab || cp == 0xbb
	       || (cp >= 0x2000 && cp <= 0x206f) || (cp >= 0x3000 && cp <= 0x303f)
	       || (cp >= 0xff00 && cp <= 0xff0f);
}

/* Bytes of a domain with a dot at s[at] and no _ in its last two labels, or 0. */
static size_t domain_length(struct str s, size_t at, bool need_dot)
{
	size_t n = 0, dots = 0, last_low = 0, low_dots = 0;

	while (at + n < s.n && n < DOMAIN_MAX) {
		char c = s.p[at + n];

		if (c == '_') {
			last_low = n + 1;
			low_dots = dots;
		} else if (c == '.' && n && at + n + 1 < s.n && (is_alnum(s.p[at + n + 1])
			   || (unsigned char)s.p[at + n + 1] >= 0x80)) {
			dots++;
		} else if (!is_alnum(c) && c != '-' && (unsigned char)c < 0x80) {
			break;
		} else if (md_marks_at(s, at + n)) {
			break;
		} else if ((unsigned char)c >= 0x80) {
			size_t next = at + n;

			if (ends_address(utf8_next(s, &next)))
				break;
			n = next - at - 1;
		}
		n++;
	}
	if (!n || (need_dot && !dots) || (last_low && dots - low_dots < 2))
		return 0;
	return n;
}

/* Cuts what belongs to the sentence rather than to the address. */
static size_t trim_end(struct str s, size_t from, size_t to)
{
	bool brackets = memchr(s.p + from, '[', to - from) != NULL;
	long open = 0;

	for (size_t i = from; i < to; i++)
		open += s.p[i] == '(' ? 1 : s.p[i] == ')' ? -1 : 0;
	while (to > from) {
		char c = s.p[to - 1];

		if (c == ')' && open < 0)
			open++;
		else if (!strchr("?!.,:;*_~'[]{}|", c))
			break;
		else if (c == ']' && brackets)
			break;
		to--;
	}
	return to;
}

static bool take_web(struct str s, size_t at, size_t skip, struct md_link *ret)
{
	size_t n = domain_length(s, at + skip, skip == 0), to = at + skip + n;

	if (!n)
		return false;
	while (to < s.n && !md_marks_at(s, to)) {
		size_t next = to;

		if (ends_address(utf8_next(s, &next)))
			break;
		to = next;
	}
	*ret = (struct md_link){ at, trim_end(s, at, to), skip ? "" : "http://" };
	return ret->to > at + skip;
}

static bool take_mail(struct str s, size_t at, size_t floor, struct md_link *ret)
{
	size_t from = at, to, n;

	while (from > floor && at - from < LOCAL_MAX
	       && (is_alnum(s.p[from - 1]) || strchr(".-_+", s.p[from - 1])))
		from--;
	while (from < at && !is_alnum(s.p[from]))
		from++;
	n = domain_length(s, at + 1, true);
	to = at + 1 + n;
	while (n && to > at + 1 && !is_alnum(s.p[to - 1]) && (unsigned char)s.p[to - 1] < 0x80)
		to--;
	if (from == at || !n || to == at + 1 || (to < s.n && strchr("-_@", s.p[to])))
		return false;
	*ret = (struct md_link){ from, to, "mailto:" };
	return true;
}

static bool is_boundary(struct str s, size_t at, size_t from, uint32_t before)
{
	unsigned char c = at > 0 ? (unsigned char)s.p[at - 1] : 0;

	if (at == 0)
		return before >= 0x80 || !is_alnum((char)before);
	return at > from && (c >= 0x80 || !is_alnum((char)c)) && c != '/' && c != '.' && c != '@';
}

/* An @, and where an address may begin: "ht" and "ww" are rare where h and w are not. */
static inline struct scan is_sign(struct scan b)
{
	struct scan h = scan_and(scan_char(b, 0x20, 'h'), scan_behind(scan_char(b, 0x20, 't')));
	struct scan w = scan_char(b, 0x20, 'w');

	return scan_or(scan_or(h, scan_and(w, scan_behind(w))), scan_char(b, 0, '@'));
}

bool md_links_next(struct str s, size_t from, uint32_t before, struct md_link *ret)
{
	for (size_t at = from; (at = scan_next(s, at, is_sign)) < s.n; at++) {
		struct str rest;
		char next = at + 1 < s.n ? s.p[at + 1] | 32 : '\0';

		if (s.p[at] == '@' && take_mail(s, at, from, ret))
			return true;
		if (next != ((s.p[at] | 32) == 'h' ? 't' : 'w'))
			continue;
		rest = str_sub(s, at, at + 8);
		if (!(at == 0 || at > from) || !is_boundary(s, at, from, before))
			continue;
		if ((str_starts_nocase(rest, STR("http://")) && take_web(s, at, 7, ret))
		    || (str_starts_nocase(rest, STR("https://")) && take_web(s, at, 8, ret))
		    || (str_starts_nocase(rest, STR("www.")) && take_web(s, at, 0, ret)))
			return true;
	}
	return false;
}
