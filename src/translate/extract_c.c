/* extract_c.c - the messages of a C source.
 *
 * The source is cut into words, strings and signs; every open bracket is a frame, and one
 * that belongs to a call of ours knows which of its arguments are messages. Calls may
 * stand in the arguments of other calls.
 */
#include <ctype.h>
#include <string.h>

#include "lang/placeholder.h"
#include "translate/extract_impl.h"

#define FRAMES 64
#define NOTE_TAG STR("TRANSLATORS")

/* Places of arguments count from 1; 0: there is none. */
struct call_kind {
	const char *name;
	unsigned char context, id, plural;
	bool format;			/* always a format of printf */
};

static const struct call_kind CALLS[] = {
	{ "N_", 0, 1, 0, false }, { "tr", 0, 2, 0, false },
	{ "trc", 2, 3, 0, false }, { "trn", 0, 2, 3, false },
	{ "fail", 0, 3, 0, true }, { "fail_in", 0, 2, 0, true },
	{ "fail_errno", 0, 2, 0, true },
};

struct frame {
	const struct call_kind *call;	/* NULL: a bracket of something else */
	unsigned argument;
	struct str context, id, plural;
};

struct scan {
	struct extract *e;
	const char *name;
	struct str rest;
	int line;
	const struct call_kind *word;	/* the word just read, when it is one of ours */
	struct frame frames[FRAMES];
	size_t depth;			/* frames that are open, also where there is no room */
	struct str note;		/* the last comment for translators */
	int note_line;			/* its last line */
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void skip(struct scan *s, size_t n)
{
	for (size_t i = 0; i < n && i < s->rest.n; i++)
		s->line += s->rest.p[i] == '\n';
	s->rest = str_skip(s->rest, n);
}

static char first(const struct scan *s)
{
	return s->rest.n ? s->rest.p[0] : '\0';
}

/* ---- comments ---- */

/* Without the star at the start of each line. */
static struct str clean_note(struct arena *a, struct str text)
{
	CLEANUP(buf_release) struct buf b = BUF(4096);
	struct str line;

	while (str_line(&text, &line)) {
		line = str_trim(line);
		if (str_starts(line, STR("*")))
			line = str_trim(str_skip(line, 1));
		if (line.n)
			buf_addf(&b, "%s%.*s", b.n ? "\n" : "", STR_ARG(line));
	}
	return arena_str(a, buf_str(&b));
}

static bool skip_comment(struct scan *s)
{
	bool block = str_starts(s->rest, STR("/*"));
	struct str text;
	ptrdiff_t end;

	if (!block && !str_starts(s->rest, STR("//")))
		return false;
	end = str_find(str_skip(s->rest, 2), block ? STR("*/") : STR("\n"));
	text = end < 0 ? str_skip(s->rest, 2) : str_sub(s->rest, 2, 2 + (size_t)end);
	skip(s, 2 + text.n + (block ? 2 : 0));
	if (str_starts(str_trim(text), NOTE_TAG)) {
		s->note = clean_note(s->e->arena, text);
		s->note_line = s->line;
	}
	return true;
}

static void skip_blanks(struct scan *s)
{
	for (;;) {
		if (isspace((unsigned char)first(s)) || str_starts(s->rest, STR("\\\n")))
			skip(s, 1);
		else if (!skip_comment(s))
			return;
	}
}

/* ---- strings ---- */

static size_t put_escape(struct buf *b, struct str s)
{
	static const char letters[] = "ntrabfv", bytes[] = "\n\t\r\a\b\f\v";
	const char *at = s.n && s.p[0] ? strchr(letters, s.p[0]) : NULL;
	bool hex = s.n && s.p[0] == 'x';
	size_t n = hex;
	int value = 0;

	if (at) {
		buf_addc(b, bytes[at - letters]);
		return 1;
	}
	for (; n < s.n && (hex ? isxdigit((unsigned char)s.p[n]) != 0
			       : n < 3 && s.p[n] >= '0' && s.p[n] <= '7'); n++) {
		int c = tolower((unsigned char)s.p[n]);

		value = (value * (hex ? 16 : 8) + (isdigit(c) ? c - '0' : c - 'a' + 10)) & 0xff;
	}
	if (n == 0) {
		buf_add(b, str_sub(s, 0, 1));
		return 1;
	}
	buf_addc(b, (char)value);
	return n;
}

/* At a quotation mark. */
static void read_literal(struct scan *s, struct buf *b)
{
	char quote = first(s);

	skip(s, 1);
	while (s->rest.n && first(s) != quote && first(s) != '\n') {
		if (first(s) == '\\') {
			skip(s, 1);
			skip(s, put_escape(b, s->rest));
		} else {
			buf_addc(b, first(s));
			skip(s, 1);
		}
	}
	skip(s, 1);
}

static struct str word_at(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_word(s.p[n]))
		n++;
	return str_sub(s, 0, n);
}

/* "..." "..." PRId64 "..." as one; the macro is written as gettext writes it. As for C a NUL
 * ends it. */
static struct str read_string(struct scan *s)
{
	CLEANUP(buf_release) struct buf b = BUF(PO_MESSAGE_MAX);

	for (;;) {
		struct str word = word_at(s->rest);

		if (first(s) == '"') {
			read_literal(s, &b);
		} else if (str_starts(word, STR("PRI")) && word.n > 4) {
			buf_addf(&b, "<%.*s>", STR_ARG(word));
			skip(s, word.n);
		} else {
			return arena_str(s->e->arena, str_of(b.n ? b.p : ""));
		}
		skip_blanks(s);
	}
}

/* ---- calls ---- */

static struct frame *top(struct scan *s)
{
	return s->depth && s->depth <= FRAMES ? &s->frames[s->depth - 1] : NULL;
}

static bool is_format(const struct frame *f, struct str text)
{
	struct placeholders p;

	return f->call->format || str_find(text, STR("%<PRI")) >= 0 ||
	       (placeholders_of(text, &p) && p.count > 0);
}

static void put_found(struct scan *s, struct frame *f)
{
	struct extract_message *m;

	if (!f->call || !f->id.p)
		return;
	m = extract_put(s->e, s->name, f->context, f->id);
	if (!m)
		return;
	if (f->plural.p)
		m->id_plural = f->plural;
	m->c_format |= is_format(f, f->plural.p ? f->plural : f->id);
	if (s->note.n && s->line - s->note_line <= 3)
		m->note = s->note;
	s->note = STR_NONE;
}

/* A string among the arguments of a call; several in one argument are a choice. */
static void put_string(struct scan *s, struct str text)
{
	struct frame *f = top(s);

	if (!f || !f->call)
		return;
	if (f->argument == f->call->context)
		f->context = text;
	if (f->argument == f->call->plural)
		f->plural = text;
	if (f->argument != f->call->id)
		return;
	if (f->id.p)
		put_found(s, f);
	f->id = text;
}

static void open_frame(struct scan *s, const struct call_kind *call)
{
	s->depth++;
	if (top(s))
		*top(s) = (struct frame){ .call = call, .argument = 1 };
}

static void read_sign(struct scan *s)
{
	char c = first(s);
	struct frame *f = top(s);

	skip(s, 1);
	if (strchr("([{", c)) {
		open_frame(s, c == '(' ? s->word : NULL);
	} else if (strchr(")]}", c) && s->depth) {
		if (f)
			put_found(s, f);
		s->depth--;
	} else if (c == ',' && f) {
		f->argument++;
	}
	s->word = NULL;
}

static void read_word(struct scan *s)
{
	struct str word = word_at(s->rest);

	s->word = NULL;
	for (size_t i = 0; i < ARRAY_LEN(CALLS); i++)
		if (str_eq(word, str_of(CALLS[i].name)))
			s->word = &CALLS[i];
	skip(s, word.n);
}

void extract_c(struct extract *e, const char *name, struct str source)
{
	struct scan s = { .e = e, .name = name, .rest = source, .line = 1 };
	CLEANUP(buf_release) struct buf ignored = BUF(16);

	for (skip_blanks(&s); s.rest.n; skip_blanks(&s)) {
		if (first(&s) == '"')
			put_string(&s, read_string(&s));
		else if (first(&s) == '\'')
			read_literal(&s, &ignored);
		else if (is_word(first(&s)))
			read_word(&s);
		else
			read_sign(&s);
	}
}
