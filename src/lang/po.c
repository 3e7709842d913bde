/* po.c - see po.h: a reader line by line.
 *
 * What a quoted string belongs to is the field that the last keyword opened:
 *
 *	NONE -msgctxt-> CONTEXT -msgid-> ID -msgid_plural-> PLURAL -msgstr[0]-> TEXT
 *	NONE -msgid-> ID -msgstr-> TEXT -anything that begins a message-> NONE
 *
 * field_begin() goes the arrows and refuses all others; message_end() goes the last.
 * With `all` an obsolete message is read as any other, without its "#~ ".
 */
#include "lang/po.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"

enum field { FIELD_NONE, FIELD_CONTEXT, FIELD_ID, FIELD_PLURAL, FIELD_TEXT };

struct reader {
	struct arena *a;
	const char *name;
	int line;
	enum field field;
	unsigned form;			/* of FIELD_TEXT */
	struct buf text;		/* of the field */
	struct po_message now;
	VEC(struct po_message) messages;
	struct str header;
	struct po_message head;
	bool has_header, all;
	bool obsolete;			/* the line began with "#~ " */
	const char *here, *behind;	/* the line */
	const char *begin, *body, *end;	/* of the message: comments, first keyword, last string */
	struct fail *f;
};

/* Puts file:line before what is in f. */
static bool fail_here(struct reader *r)
{
	return fail_in(r->f, "%s:%d", r->name, r->line);
}

/* ---- strings ---- */

/* \xHH and \OOO: s stands behind the backslash; returns how many bytes were read, 0: none. */
static size_t escape_number(struct str s, char *ret)
{
	size_t n = 0;
	int v = 0;

	if (s.n > 1 && s.p[0] == 'x') {
		for (n = 1; n < s.n && n < 3 && ascii_hex(s.p[n]) >= 0; n++)
			v = v * 16 + ascii_hex(s.p[n]);
		n = n > 1 ? n : 0;
	} else {
		for (; n < s.n && n < 3 && s.p[n] >= '0' && s.p[n] <= '7'; n++)
			v = v * 8 + (s.p[n] - '0');
	}
	*ret = (char)v;
	return v > 0 && v < 256 ? n : 0;
}

static size_t escape(struct str s, char *ret)
{
	static const char letters[] = "ntr\\\"abfv'", bytes[] = "\n\t\r\\\"\a\b\f\v'";

	if (s.n == 0)
		return 0;
	for (size_t i = 0; letters[i]; i++) {
		if (letters[i] != s.p[0])
			continue;
		*ret = bytes[i];
		return 1;
	}
	return escape_number(s, ret);
}

/* So many bytes from `at` on stand for themselves. */
static size_t plain_run(struct str s, size_t at)
{
	size_t i = at;

	while (i < s.n && s.p[i] != '"' && s.p[i] != '\\')
		i++;
	return i - at;
}

/* "..." at the start of s, and nothing behind it, is added to the field's text. */
static bool add_quoted(struct reader *r, struct str s)
{
	size_t i, n;
	char c;

	s = str_trim(s);
	if (s.n == 0 || s.p[0] != '"')
		return fail(r->f, FAIL_INVALID, "a string in double quotes is expected");
	for (i = 1; i < s.n && s.p[i] != '"'; i += n + 1) {
		n = plain_run(s, i);
		buf_add(&r->text, str_sub(s, i, i + n));
		i += n;
		if (i >= s.n || s.p[i] == '"')
			break;
		n = escape(str_skip(s, i + 1), &c);
		if (n == 0)
			return fail(r->f, FAIL_INVALID, "an unknown escape after the backslash");
		buf_addc(&r->text, c);
	}
	if (i >= s.n)
		return fail(r->f, FAIL_INVALID, "the string has no closing quote");
	if (i + 1 != s.n)
		return fail(r->f, FAIL_INVALID, "there is something behind the closing quote");
	if (!buf_ok(&r->text))
		return fail(r->f, FAIL_TOO_LARGE, "a message is longer than %d bytes",
			    PO_MESSAGE_MAX);
	return true;
}

/* ---- messages ---- */

/* The text read so far goes where it belongs. */
static bool field_end(struct reader *r)
{
	struct str s;

	if (r->field == FIELD_NONE)
		return true;
	if (!utf8_valid(buf_str(&r->text)))
		return fail(r->f, FAIL_INVALID, "a message is not valid UTF-8");
	s = arena_str(r->a, buf_str(&r->text));
	buf_clear(&r->text);
	switch (r->field) {
	case FIELD_CONTEXT: r->now.context = s; break;
	case FIELD_ID: r->now.id = s; break;
	case FIELD_PLURAL: r->now.id_plural = s; break;
	case FIELD_TEXT: r->now.text[r->form] = s; break;
	case FIELD_NONE: break;
	}
	return true;
}

static bool header_keep(struct reader *r)
{
	if (r->has_header)
		return fail(r->f, FAIL_INVALID, "there is a second header (an empty msgid)");
	r->has_header = true;
	r->header = r->now.text[0];
	r->head = r->now;
	return true;
}

static void lines_keep(struct reader *r)
{
	if (r->all) {
		r->now.raw = str_from(r->begin, (size_t)(r->end - r->begin));
		r->now.comments = str_from(r->begin, (size_t)(r->body - r->begin));
	}
	r->begin = NULL;
}

static bool message_end(struct reader *r)
{
	bool is_header;

	if (r->field == FIELD_NONE)
		return true;
	if (r->field != FIELD_TEXT)
		return fail(r->f, FAIL_INVALID, "a message ends before its msgstr");
	if (!field_end(r))
		return false;
	lines_keep(r);
	is_header = r->now.id.n == 0 && !r->now.context.p && !r->now.obsolete;
	if (is_header && !header_keep(r))
		return false;
	if (!is_header && r->messages.n == PO_MESSAGES_MAX)
		return fail(r->f, FAIL_TOO_LARGE, "there are more than %d messages",
			    PO_MESSAGES_MAX);
	if (!is_header)
		*VEC_ADD(&r->messages) = r->now;
	r->now = (struct po_message){ 0 };
	r->field = FIELD_NONE;
	return true;
}

static bool field_allowed(const struct reader *r, enum field next)
{
	switch (next) {
	case FIELD_CONTEXT: return r->field == FIELD_NONE;
	case FIELD_ID: return r->field == FIELD_NONE || r->field == FIELD_CONTEXT;
	case FIELD_PLURAL: return r->field == FIELD_ID;
	default: return false;
	}
}

static bool field_begin(struct reader *r, enum field next, struct str rest)
{
	bool begins = next == FIELD_CONTEXT || next == FIELD_ID;

	if (begins && r->field == FIELD_TEXT && !message_end(r))
		return false;
	if (!field_allowed(r, next))
		return fail(r->f, FAIL_INVALID, "this keyword may not stand here");
	if (!field_end(r))
		return false;
	if (r->field == FIELD_NONE) {
		r->body = r->here;
		r->begin = r->begin ? r->begin : r->here;
		r->now.obsolete = r->obsolete;
	}
	if (next == FIELD_ID)
		r->now.line = r->line;
	r->field = next;
	return add_quoted(r, rest);
}

/* msgstr "..." or msgstr[N] "..."; rest stands behind the word. */
static bool text_begin(struct reader *r, struct str rest)
{
	bool numbered = rest.n > 2 && rest.p[0] == '[' && rest.p[2] == ']';
	bool plural = r->field == FIELD_PLURAL || (r->field == FIELD_TEXT && r->now.id_plural.p);
	unsigned form = numbered ? (unsigned)(rest.p[1] - '0') : 0;

	if (plural && !numbered)
		return fail(r->f, FAIL_INVALID, "msgstr needs its number here: msgstr[0]");
	if (numbered && !plural)
		return fail(r->f, FAIL_INVALID, "only a message with msgid_plural has msgstr[N]");
	if (form != r->now.texts || form >= PLURAL_FORMS)
		return fail(r->f, FAIL_INVALID,
			    "the numbers of msgstr must be 0, 1, 2 and so on, to %d",
			    PLURAL_FORMS - 1);
	if (!field_end(r))
		return false;
	if (r->field != FIELD_ID && r->field != FIELD_PLURAL && r->field != FIELD_TEXT)
		return fail(r->f, FAIL_INVALID, "this keyword may not stand here");
	r->form = form;
	r->now.texts = form + 1;
	r->field = FIELD_TEXT;
	return add_quoted(r, numbered ? str_skip(rest, 3) : rest);
}

/* ---- lines ---- */

static void read_flags(struct reader *r, struct str flags)
{
	while (flags.n) {
		struct str flag = str_trim(str_cut(flags, ',', &flags));

		if (str_eq(flag, STR("fuzzy")))
			r->now.fuzzy = true;
		if (str_eq(flag, STR("c-format")))
			r->now.c_format = true;
	}
}

/* A comment belongs to the message after it. */
static bool read_comment(struct reader *r, struct str line)
{
	if (r->field == FIELD_TEXT && !message_end(r))
		return false;
	if (r->field != FIELD_NONE)
		return str_starts(line, STR("#~")) ||
		       fail(r->f, FAIL_INVALID, "a comment may not stand inside a message");
	r->begin = r->begin ? r->begin : r->here;
	if (str_starts(line, STR("#,")))
		read_flags(r, str_skip(line, 2));
	return true;
}

static bool eat(struct str *line, struct str word)
{
	if (!str_starts(*line, word))
		return false;
	*line = str_skip(*line, word.n);
	return true;
}

/* A line that is no comment. */
static bool read_part(struct reader *r, struct str line)
{
	if (line.p[0] == '"' && r->field != FIELD_NONE)
		return add_quoted(r, line);
	if (eat(&line, STR("msgctxt")))
		return field_begin(r, FIELD_CONTEXT, line);
	if (eat(&line, STR("msgid_plural")))
		return field_begin(r, FIELD_PLURAL, line);
	if (eat(&line, STR("msgid")))
		return field_begin(r, FIELD_ID, line);
	if (eat(&line, STR("msgstr")))
		return text_begin(r, line);
	return fail(r->f, FAIL_INVALID,
		    "expected msgctxt, msgid, msgid_plural, msgstr or a comment");
}

static bool read_line(struct reader *r, struct str line)
{
	r->here = line.p;
	r->behind = line.p + line.n;
	if (str_has_char(line, '\0'))	/* no escape makes one either */
		return fail(r->f, FAIL_INVALID, "there is a NUL byte in the line");
	line = str_trim(line);
	r->obsolete = r->all && str_starts(line, STR("#~")) && !str_starts(line, STR("#~|"));
	if (r->obsolete)
		line = str_trim(str_skip(line, 2));
	if (line.n == 0)
		return true;
	if (line.p[0] == '#')
		return read_comment(r, line);
	if (!read_part(r, line))
		return false;
	r->end = r->behind;
	return true;
}

static bool read_all(struct reader *r, struct str text)
{
	struct str line;

	if (text.n > LIMIT_CATALOG)
		return fail(r->f, FAIL_TOO_LARGE, "a catalog may have %d bytes", LIMIT_CATALOG);
	eat(&text, STR("\xEF\xBB\xBF"));
	while (str_line(&text, &line)) {
		r->line++;
		if (!read_line(r, line))
			return fail_here(r);
	}
	return message_end(r) || fail_here(r);
}

static void reader_release(struct reader *r)
{
	buf_release(&r->text);
	VEC_FREE(&r->messages);
}

static bool parse(struct reader *r, struct str text, struct po *ret)
{
	if (!read_all(r, text))
		return false;
	ret->header = r->header;
	ret->head = r->head;
	ret->messages = VEC_INTO(r->a, &r->messages, &ret->count);
	return true;
}

bool po_parse(struct arena *a, struct str text, const char *name, struct po *ret, struct fail *f)
{
	CLEANUP(reader_release) struct reader r = {
		.a = a, .name = name, .text = BUF(PO_MESSAGE_MAX), .f = f,
	};

	return parse(&r, text, ret);
}

bool po_parse_all(struct arena *a, struct str text, const char *name, struct po *ret,
		  struct fail *f)
{
	CLEANUP(reader_release) struct reader r = {
		.a = a, .name = name, .text = BUF(PO_MESSAGE_MAX), .all = true, .f = f,
	};

	return parse(&r, text, ret);
}

struct str po_header(const struct po *po, const char *field)
{
	struct str rest = po->header, line, value;

	while (str_line(&rest, &line))
		if (str_eq_nocase(str_cut(line, ':', &value), str_of(field)))
			return str_trim(value);
	return STR("");
}
