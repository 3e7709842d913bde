/* pseudo.c - see pseudo.h. */
#include "translate/pseudo.h"

#include <ctype.h>
#include <string.h>
#include "lang/placeholder.h"
#include "lang/po_write.h"

#define LONGER 35		/* per cent */

static const char *const LETTERS[] = {	/* a to z, A to Z */
	"á", "ḃ", "ç", "ḋ", "é", "ḟ", "ĝ", "ĥ", "í", "ĵ", "ķ", "ĺ", "ṁ", "ñ", "ó", "ṗ", "q",
	"ŕ", "ś", "ţ", "ú", "ṽ", "ŵ", "ẋ", "ý", "ž",
	"Á", "Ḃ", "Ç", "Ḋ", "É", "Ḟ", "Ĝ", "Ĥ", "Í", "Ĵ", "Ķ", "Ĺ", "Ṁ", "Ñ", "Ó", "Ṗ", "Q",
	"Ŕ", "Ś", "Ţ", "Ú", "Ṽ", "Ŵ", "Ẋ", "Ý", "Ž",
};

static size_t until(struct str s, const char *end)
{
	ptrdiff_t at = str_find(s, str_of(end));

	return at < 0 ? 0 : (size_t)at + strlen(end);
}

/* "%-10.3lld", "%1$s", "%<PRId64>" at the start of s. */
static size_t directive(struct str s)
{
	size_t i = 1;

	if (s.n > 1 && s.p[1] == '<')
		return until(s, ">");
	while (i < s.n && strchr("-+ #0'123456789.*$hlLjzt", s.p[i]))
		i++;
	return i < s.n ? i + 1 : i;
}

static size_t address(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != ' ' && s.p[n] != '\n' && s.p[n] != '"' && s.p[n] != ')')
		n++;
	return n;
}

/* How many bytes at the start of s must stay as they are. */
static size_t kept(struct str s, bool c_format)
{
	size_t at = 0;
	struct str name;

	switch (s.p[0]) {
	case '%': return c_format ? directive(s) : 0;
	case '{':
		name = placeholder_next_name(s, &at);
		return name.n && name.p == s.p + 1 ? at : 0;
	case '<': return s.n > 1 && (s.p[1] == '/' || islower((unsigned char)s.p[1]))
			? until(s, ">") : 0;
	case '&': return until(str_sub(s, 0, 10), ";");
	case '(': return s.n > 1 && s.p[1] == '/' ? address(s) : 0;
	case 'h': return str_starts(s, STR("http://")) || str_starts(s, STR("https://"))
			? address(s) : 0;
	default: return 0;
	}
}

static void put_letters(struct buf *out, struct str text, bool c_format, size_t *letters)
{
	for (size_t i = 0; i < text.n;) {
		size_t keep = kept(str_skip(text, i), c_format);
		char c = text.p[i];

		if (keep) {
			buf_add(out, str_sub(text, i, i + keep));
			i += keep;
			continue;
		}
		i++;
		if (c >= 'a' && c <= 'z')
			buf_adds(out, LETTERS[c - 'a']);
		else if (c >= 'A' && c <= 'Z')
			buf_adds(out, LETTERS[26 + c - 'A']);
		else
			buf_addc(out, c);
		*letters += ((unsigned char)c & 0xC0) != 0x80;
	}
}

/* White space at the ends stays outside of the brackets. */
void pseudo_text(struct buf *out, struct str text, bool c_format)
{
	size_t before = 0, behind = text.n, letters = 0;

	while (before < text.n && strchr(" \n\t", text.p[before]))
		before++;
	while (behind > before && strchr(" \n\t", text.p[behind - 1]))
		behind--;
	buf_add(out, str_sub(text, 0, before));
	buf_adds(out, "⟦");
	put_letters(out, str_sub(text, before, behind), c_format, &letters);
	letters = (letters * LONGER + 99) / 100;
	for (size_t i = 0; i < letters; i++)
		buf_addc(out, i % 10 == 0 ? ' ' : '~');
	buf_adds(out, "⟧");
	buf_add(out, str_skip(text, behind));
}

static void put_comments(struct buf *out, struct str comments)
{
	struct str line;

	for (const char *kind = ".:,"; *kind; kind++)
		for (struct str rest = comments; po_comment_next(&rest, *kind, &line);)
			buf_addf(out, "%.*s\n", STR_ARG(line));
}

static void put_message(struct buf *out, const struct po_message *from)
{
	CLEANUP(buf_release) struct buf one = BUF(PO_MESSAGE_MAX), many = BUF(PO_MESSAGE_MAX);
	struct po_message m = *from;

	pseudo_text(&one, m.id, m.c_format);
	pseudo_text(&many, m.id_plural, m.c_format);
	m.text[0] = buf_str(&one);
	m.text[1] = buf_str(&many);
	m.texts = m.id_plural.p ? 2 : 1;
	buf_adds(out, "\n");
	put_comments(out, from->comments);
	po_write_body(out, &m);
}

void pseudo_catalog(struct buf *out, const struct po *pot)
{
	buf_adds(out, "# Made by: hameau lang pseudo. Not a language; see doc/TRANSLATING.md.\n"
		 "msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: hameau\\n\"\n"
		 "\"PO-Revision-Date: \\n\"\n\"Last-Translator: hameau lang pseudo\\n\"\n"
		 "\"Language-Team: \\n\"\n\"Language: " PSEUDO_LANG "\\n\"\n"
		 "\"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
		 "\"Content-Transfer-Encoding: 8bit\\n\"\n"
		 "\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n");
	for (size_t i = 0; i < pot->count; i++)
		if (!pot->messages[i].obsolete)
			put_message(out, &pot->messages[i]);
}
