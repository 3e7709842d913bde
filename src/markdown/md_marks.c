/* md_marks.c - setting and removing the private marks; one pass over the source each.
 *
 * A mark counts as a letter for the parser's rules about emphasis, where the
 * backslash it stands beside counts as punctuation. So it stands on the side of
 * the escape that is not next to a * or _; between two of them it is left out.
 */
#include "markdown/md_marks.h"
#include "base/scan.h"
#include "base/utf8.h"
#include <string.h>

#define NOTE_LABEL_MAX 100

/* What our own passes give a meaning to, and must not when it was escaped. */
static bool is_ours(char c)
{
	return c && strchr("\"'-.~:@[", c);
}

static bool is_emphasis(char c)
{
	return c == '*' || c == '_';
}

static bool is_noncharacter(uint32_t cp)
{
	return (cp >= 0xfdd0 && cp <= 0xfdef) || (cp & 0xfffe) == 0xfffe;
}

/* Not ASCII, NUL or CR: what may have to be another byte. */
static inline struct scan is_odd(struct scan b)
{
	return scan_or(b, scan_or(scan_char(b, 0, '\0'), scan_char(b, 0, '\r')));
}

/* Bytes of the character at s[*at] when it may stay as it is, or 0; *at moves behind it. */
static size_t take_good(struct str s, size_t *at)
{
	size_t from = *at;
	uint32_t cp = utf8_next(s, at);

	return cp == 0 || cp == '\r' || cp == 0xfffd || is_noncharacter(cp) ? 0 : *at - from;
}

/* What stands for the bad character before s[*at]. */
static void put_instead(struct buf *out, struct str s, size_t *at)
{
	if (s.p[*at - 1] != '\r') {
		utf8_put(out, 0xfffd);
		return;
	}
	buf_addc(out, '\n');
	*at += *at < s.n && s.p[*at] == '\n';
}

/* s itself where nothing in it must be another byte, as in most texts; else made in out. */
static struct str clean(struct buf *out, struct str s)
{
	size_t from = 0;

	for (size_t at = 0; (at = scan_next(s, at, is_odd)) < s.n;) {
		size_t bad = at;

		if (take_good(s, &at))
			continue;
		buf_add(out, str_sub(s, from, bad));
		put_instead(out, s, &at);
		from = at;
	}
	if (from == 0)
		return s;
	buf_add(out, str_skip(s, from));
	return buf_str(out);
}

/* Bytes of "[^label]" at s[at], or 0. */
static size_t note_length(struct str s, size_t at)
{
	size_t i = at + 2;

	if (at + 3 >= s.n || s.p[at + 1] != '^')
		return 0;
	while (i < s.n && i - at < NOTE_LABEL_MAX && (unsigned char)s.p[i] > ' '
	       && !strchr("[]^\\`*<>&|\"'~", s.p[i]))
		i++;
	return i > at + 2 && i < s.n && s.p[i] == ']' ? i + 1 - at : 0;
}

static size_t shield_escape(struct buf *out, struct str s, size_t at)
{
	bool before = at > 0 && is_emphasis(s.p[at - 1]);
	bool after = at + 2 < s.n && is_emphasis(s.p[at + 2]);
	bool ours = is_ours(s.p[at + 1]);

	if (ours && !before)
		buf_adds(out, MARK_ESC_NEXT);
	buf_add(out, str_sub(s, at, at + 2));
	if (ours && before && !after)
		buf_adds(out, MARK_ESC_PREV);
	return 2;
}

static size_t shield_note(struct buf *out, struct str s, size_t at, struct md_marks *ret)
{
	size_t n = note_length(s, at);

	if (!n) {
		buf_addc(out, '[');
		return 1;
	}
	buf_adds(out, "[" MARK_NOTE);
	buf_add(out, str_sub(s, at + 2, at + n));
	if (at + n < s.n && s.p[at + n] == ':') {
		buf_adds(out, MARK_NOTE_DEF);
		ret->notes = true;
	}
	return n;
}

static inline struct scan is_shielded(struct scan b)
{
	struct scan bars = scan_char(b, 0x20, '|');	/* and the backslash */

	return scan_or(bars, scan_or(scan_char(b, 0, '['), scan_char(b, 0, '~')));
}

static void shield_all(struct buf *out, struct str s, struct md_marks *ret)
{
	size_t at = 0, from = 0;

	while ((at = scan_next(s, at, is_shielded)) < s.n) {
		char c = s.p[at];

		if (!(c == '\\' && at + 1 < s.n) && c != '[') {
			ret->tables |= c == '|';
			ret->tildes |= c == '~';
			at++;
			continue;
		}
		buf_add(out, str_sub(s, from, at));
		at += c == '\\' ? shield_escape(out, s, at) : shield_note(out, s, at, ret);
		from = at;
	}
	buf_add(out, str_sub(s, from, at));
}

void md_marks_prepare(struct buf *out, struct str source, struct md_marks *ret)
{
	CLEANUP(buf_release) struct buf b = BUF(out->max);

	*ret = (struct md_marks){ 0 };
	if (str_starts(source, STR("\xef\xbb\xbf")))
		source = str_skip(source, 3);
	source = clean(&b, source);
	buf_reserve(out, source.n + source.n / 16);
	shield_all(out, source, ret);
}

unsigned char md_marks_at(struct str s, size_t at)
{
	unsigned char c;

	if (at + MARK_BYTES > s.n || memcmp(s.p + at, MARK_LEAD, 2) != 0)
		return 0;
	c = (unsigned char)s.p[at + 2];
	return c >= 0x90 && c <= 0xaf ? c : 0;
}

bool md_marks_is(struct str s, size_t at, const char *mark)
{
	return at + MARK_BYTES <= s.n && memcmp(s.p + at, mark, MARK_BYTES) == 0;
}

void md_marks_restore(struct buf *out, struct str s)
{
	size_t from = 0;

	for (size_t at = 0; at < s.n;) {
		const char *p = memchr(s.p + at, MARK_LEAD[0], s.n - at);

		if (!p)
			break;
		at = (size_t)(p - s.p);
		if (!md_marks_at(s, at)) {
			at++;
			continue;
		}
		buf_add(out, str_sub(s, from, at));
		if (md_marks_is(s, at, MARK_NOTE))
			buf_addc(out, '^');
		at += MARK_BYTES;
		from = at;
	}
	buf_add(out, str_sub(s, from, s.n));
}
