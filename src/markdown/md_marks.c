/* Setting and removing the private marks; one pass over the source each.
 *
 * A mark counts as a letter for the parser's rules about emphasis, where the
 * backslash it stands beside counts as punctuation. So it stands on the side of
 * the escape that is not next to a * or _; between two of them it is left out.
 */
#include "markdown/md_marks.h"
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

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Has one of these eight bytes its high bit, or is it NUL or CR? It may say so of a byte
 * behind one that has. */
static bool has_odd_byte(uint64_t eight)
{
	uint64_t no_cr = eight ^ EACH('\r');

	return ((eight | (eight - EACH(1)) | (no_cr - EACH(1))) & EACH(0x80)) != 0;
}

/* Bytes from s[at] on that stay as they are. */
static size_t plain_run(struct str s, size_t at)
{
	size_t end = at;
	uint64_t eight;

	for (; s.n - end >= sizeof eight; end += sizeof eight) {
		memcpy(&eight, s.p + end, sizeof eight);
		if (has_odd_byte(eight))
			break;
	}
	while (end < s.n && (unsigned char)s.p[end] < 0x80 && s.p[end] && s.p[end] != '\r')
		end++;
	return end - at;
}

static void clean_one(struct buf *out, struct str s, size_t *at)
{
	size_t from = *at;
	uint32_t cp;

	if (s.p[from] == '\r') {
		buf_addc(out, '\n');
		*at += 1 + (from + 1 < s.n && s.p[from + 1] == '\n');
		return;
	}
	cp = utf8_next(s, at);
	if (cp == 0 || cp == 0xfffd || is_noncharacter(cp))
		utf8_put(out, 0xfffd);
	else
		buf_add(out, str_sub(s, from, *at));
}

static void clean(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		size_t n = plain_run(s, at);

		buf_add(out, str_sub(s, at, at + n));
		at += n;
		if (at < s.n)
			clean_one(out, s, &at);
	}
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

static void shield_all(struct buf *out, struct str s, struct md_marks *ret)
{
	static const bool ours[256] = { ['\\'] = true, ['['] = true, ['|'] = true, ['~'] = true };
	size_t at = 0, from = 0;

	while ((at = str_next_of(s, at, ours)) < s.n) {
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
	clean(&b, source);
	shield_all(out, buf_str(&b), ret);
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
