/* links.c - one pass over the lines, one over each line's characters. */
#include "transfer/links.h"
#include <string.h>
#include "base/limits.h"
#include "base/buf.h"
#include "base/scan.h"
#include "base/vec.h"

enum { LINKS_MAX = 5000, OPEN_MAX = 32 };

struct finder {
	struct str text;
	size_t at, end;			/* within the current line */
	int line;
	VEC(struct link) found;
	bool open_image[OPEN_MAX];	/* the brackets open now: did '!' stand before? */
	size_t open;
};

static void add(struct finder *s, size_t from, size_t to, bool is_image, bool in_brackets)
{
	if (s->found.n >= LINKS_MAX || from >= to)
		return;
	*VEC_ADD(&s->found) = (struct link){
		.from = from, .to = to, .line = s->line, .is_image = is_image,
		.in_brackets = in_brackets, .url = str_sub(s->text, from, to),
	};
}

static char char_at(const struct finder *s, size_t at)
{
	return at < s->end ? s->text.p[at] : '\0';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The destination at s->at, as CommonMark has it; moves behind it. */
static void take_destination(struct finder *s, bool is_image)
{
	size_t from, depth = 0;

	while (is_blank(char_at(s, s->at)))
		s->at++;
	if (char_at(s, s->at) == '<') {
		from = ++s->at;
		while (s->at < s->end && char_at(s, s->at) != '>')
			s->at++;
		if (s->at < s->end)
			add(s, from, s->at++, is_image, true);
		return;
	}
	for (from = s->at; s->at < s->end; s->at++) {
		char c = char_at(s, s->at);

		if (is_blank(c) || (c == ')' && depth == 0))
			break;
		depth += c == '(';
		depth -= c == ')';
		if (c == '\\')
			s->at++;
	}
	if (s->at > s->end)
		s->at = s->end;
	add(s, from, s->at, is_image, false);
}

static void pass_code_span(struct finder *s)
{
	size_t ticks = 0, at, run;

	while (char_at(s, s->at + ticks) == '`')
		ticks++;
	for (at = s->at + ticks; at < s->end; at += run ? run : 1) {
		for (run = 0; char_at(s, at + run) == '`'; run++)
			;
		if (run == ticks) {
			s->at = at + run;
			return;
		}
	}
	s->at += ticks;
}

/* src="..." and href="..." up to the end of the tag. */
static void take_tag(struct finder *s)
{
	struct str tag = str_sub(s->text, s->at, s->end);
	static const struct str names[] = { STR_INIT("src="), STR_INIT("href="),
					    STR_INIT("poster=") };
	ptrdiff_t close = str_find_char(tag, '>');
	size_t i, n = close < 0 ? tag.n : (size_t)close;

	for (i = 1; i < n; i++) {
		struct str rest = str_sub(tag, i, n);
		size_t k;

		for (k = 0; k < ARRAY_LEN(names); k++) {
			ptrdiff_t quote;
			size_t from = names[k].n + 1;

			if (!is_blank(tag.p[i - 1]) || !str_starts(rest, names[k]) || rest.n < from
			    || !strchr("\"'", rest.p[from - 1]))
				continue;
			quote = str_find_char(str_skip(rest, from), rest.p[from - 1]);
			if (quote > 0)
				add(s, s->at + i + from, s->at + i + from + (size_t)quote, k != 1,
				    true);
		}
	}
	s->at += n;
}

/* "[label]: address" at the start of a line. */
static bool take_definition(struct finder *s)
{
	struct str line = str_sub(s->text, s->at, s->end), rest;
	ptrdiff_t close;

	rest = str_trim(line);
	if (!str_starts(rest, STR("[")) || str_starts(rest, STR("[^")))
		return false;
	close = str_find(rest, STR("]:"));
	if (close < 1 || str_find(str_sub(rest, 0, (size_t)close), STR("](")) >= 0)
		return false;
	s->at = (size_t)(rest.p - s->text.p) + (size_t)close + 2;
	take_destination(s, false);
	return true;
}

static void open_bracket(struct finder *s)
{
	if (s->open < OPEN_MAX)
		s->open_image[s->open] = s->at > 0 && s->text.p[s->at - 1] == '!';
	s->open++;
	s->at++;
}

static void close_bracket(struct finder *s)
{
	bool is_image;

	s->at++;
	if (s->open == 0)
		return;
	s->open--;
	is_image = s->open < OPEN_MAX && s->open_image[s->open];
	if (char_at(s, s->at) != '(')
		return;
	s->at++;
	take_destination(s, is_image);
}

static inline struct scan is_sign(struct scan b)
{
	struct scan brackets = scan_or(scan_char(b, 0, '['), scan_char(b, 1, ']'));	/* and \ */

	return scan_or(brackets, scan_or(scan_char(b, 0, '`'), scan_char(b, 0, '<')));
}

static void scan_line(struct finder *s)
{
	struct str text = str_sub(s->text, 0, s->end);

	if (take_definition(s))
		return;
	while (s->at < s->end && (s->at = scan_next(text, s->at, is_sign)) < s->end)
		switch (char_at(s, s->at)) {
		case '\\':
			s->at += 2;
			break;
		case '`':
			pass_code_span(s);
			break;
		case '[':
			open_bracket(s);
			break;
		case ']':
			close_bracket(s);
			break;
		case '<':
			take_tag(s);
			break;
		default:
			s->at++;
		}
}

/* In or at the border of a fenced block? */
static bool is_code_line(struct str line, char *fence)
{
	line = str_trim(line);
	if (str_starts(line, STR("```")) || str_starts(line, STR("~~~"))) {
		if (*fence == '\0')
			*fence = line.p[0];
		else if (*fence == line.p[0])
			*fence = '\0';
		return true;
	}
	return *fence != '\0';
}

size_t links_find(struct arena *a, struct str text, struct link **ret)
{
	struct finder s = { .text = text };
	struct str rest = text, line;
	char fence = '\0';
	size_t n;

	while (str_line(&rest, &line)) {
		s.line++;
		if (line.n == 0)
			s.open = 0;
		if (line.n == 0 || is_code_line(line, &fence))
			continue;
		s.at = (size_t)(line.p - text.p);
		s.end = s.at + line.n;
		scan_line(&s);
	}
	n = s.found.n;
	*ret = n ? arena_array(a, n, sizeof **ret) : NULL;
	if (n)
		memcpy(*ret, s.found.p, n * sizeof **ret);
	VEC_FREE(&s.found);
	return n;
}

/* Blanks and parentheses would end an address that stands without brackets. */
static void put_url(struct buf *b, const struct link *l)
{
	size_t i;

	for (i = 0; i < l->now.n; i++)
		if (!l->in_brackets && strchr(" ()", l->now.p[i]))
			buf_addf(b, "%%%02X", (unsigned char)l->now.p[i]);
		else
			buf_addc(b, l->now.p[i]);
}

struct str links_replace(struct arena *a, struct str text, const struct link *links, size_t n)
{
	CLEANUP(buf_release) struct buf out = BUF(text.n * 4 + LIMIT_POST);
	size_t i, at = 0;

	for (i = 0; i < n; i++) {
		if (!links[i].now.p || links[i].from < at)
			continue;
		buf_add(&out, str_sub(text, at, links[i].from));
		put_url(&out, &links[i]);
		at = links[i].to;
	}
	if (at == 0 || !buf_ok(&out))
		return text;
	buf_add(&out, str_skip(text, at));
	return arena_str(a, buf_str(&out));
}
