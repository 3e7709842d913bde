/* md_guard.c - the bounds, in two parts.
 *
 * Containers: a small model of the block parser keeps the open quotes and list
 * items of every line. It never thinks fewer are open than there are.
 *
 * Inlines: counted over each run of lines without a blank one, which no
 * paragraph can leave. A counter multiplies the openers that stay open with the
 * tokens that walk over them.
 */
#include "markdown/md_guard.h"
#include "base/scan.h"
#include "markdown/md_marks.h"
#include <string.h>

struct level {
	bool quote;
	unsigned width;		/* of an item: columns its content is indented by */
};

struct model {
	struct level open[MD_GUARD_DEPTH + 1];
	unsigned n;
	uint64_t blank_steps;	/* a blank line passes through all open items */
};

/* A place in a line. A tab is walked through column by column. */
struct place {
	struct str line;
	size_t at;
	unsigned column;
	unsigned tab_left;	/* columns of the tab at `at` not walked yet; 0: none or all */
};

static bool is_blank(struct str s)
{
	return str_trim(s).n == 0;
}

static char peek(const struct place *p)
{
	return p->at < p->line.n ? p->line.p[p->at] : '\0';
}

static void step(struct place *p)
{
	if (peek(p) == '\t' && !p->tab_left)
		p->tab_left = 4 - p->column % 4;
	p->column++;
	if (!p->tab_left || --p->tab_left == 0)
		p->at++;
}

/* Skips blanks up to `max` columns; returns how many. */
static unsigned skip_blanks(struct place *p, unsigned max)
{
	unsigned from = p->column;

	while ((peek(p) == ' ' || peek(p) == '\t') && p->column - from < max)
		step(p);
	return p->column - from;
}

static bool take_quote(struct place *p)
{
	struct place was = *p;

	skip_blanks(p, 3);
	if (peek(p) == '>') {
		step(p);
		skip_blanks(p, 1);
		return true;
	}
	*p = was;
	return false;
}

/* Bytes of a list marker, or 0. */
static size_t marker_length(struct str s)
{
	size_t n = 0;

	if (s.n && strchr("-+*", s.p[0]) && s.p[0]) {
		n = 1;
	} else {
		while (n < s.n && n < 9 && s.p[n] >= '0' && s.p[n] <= '9')
			n++;
		if (!n || n >= s.n || (s.p[n] != '.' && s.p[n] != ')'))
			return 0;
		n++;
	}
	return n == s.n || s.p[n] == ' ' || s.p[n] == '\t' ? n : 0;
}

static bool take_item(struct place *p, size_t rule_from, unsigned *width)
{
	struct place was = *p;
	unsigned from = p->column;
	size_t n;

	skip_blanks(p, 3);
	n = marker_length(str_skip(p->line, p->at));
	if (!n || p->at >= rule_from) {
		*p = was;
		return false;
	}
	while (n--)
		step(p);
	/* Five blanks and more are one, and an indented code block; none at all, at the
	 * end of the line, count as one. */
	was = *p;
	*width = p->column - from + 1;
	if (skip_blanks(p, 5) >= 5 || p->at >= p->line.n) {
		*p = was;
		skip_blanks(p, 1);
		return true;
	}
	*width = p->column - from;
	return true;
}

/* From here on a line is nothing but one of -*_ and blanks: a rule, no list. */
static size_t rule_start(struct str line)
{
	size_t i = line.n, count = 0;
	char c = '\0';

	while (i > 0) {
		char d = line.p[i - 1];

		if (d != ' ' && d != '\t') {
			if (!strchr("-*_", d) || (c && d != c))
				break;
			c = d;
			count++;
		}
		i--;
	}
	return count >= 3 ? i : line.n;
}

/* How many of the open containers the line goes on with; p moves behind their
 * marks. */
static unsigned match_open(struct model *m, struct place *p)
{
	size_t end = p->line.n;
	unsigned matched = 0;

	while (end > 0 && (p->line.p[end - 1] == ' ' || p->line.p[end - 1] == '\t'))
		end--;
	for (; matched < m->n; matched++) {
		const struct level *level = &m->open[matched];
		struct place was = *p;

		if (level->quote) {
			if (!take_quote(p))
				break;
		} else if (p->at >= end) {
			m->blank_steps++;
		} else if (skip_blanks(p, level->width) < level->width) {
			*p = was;
			break;
		}
	}
	return matched;
}

/* Without a mark of a container, at the margin: it belongs to a paragraph, or closes what the
 * model goes on to believe open. */
static bool is_mere_text(struct str line)
{
	static const bool marks[256] = {
		[' '] = true, ['\t'] = true, ['>'] = true, ['-'] = true, ['+'] = true, ['*'] = true,
		['0' ... '9'] = true,
	};

	return line.n && !marks[(unsigned char)line.p[0]];
}

/* It passes through the items, up to a quote. */
static void model_empty(struct model *m)
{
	for (unsigned i = 0; i < m->n && !m->open[i].quote; i++)
		m->blank_steps++;
}

/* Lets the line close and open containers; false when they are too many. */
static bool model_line(struct model *m, struct str line)
{
	struct place p = { .line = line };
	size_t rule;
	unsigned matched, width;

	if (line.n == 0)
		model_empty(m);
	if (line.n == 0 || is_mere_text(line))
		return true;
	rule = rule_start(line);
	matched = match_open(m, &p);
	for (bool more = true, first = true; more; first = false) {
		struct level level = { .quote = true };

		more = take_quote(&p);
		if (!more && take_item(&p, rule, &width)) {
			level = (struct level){ .width = width };
			more = true;
		}
		if (more && first)
			m->n = matched;
		if (more && m->n == MD_GUARD_DEPTH)
			return false;
		if (more)
			m->open[m->n++] = level;
	}
	return true;
}

/* What a run of lines without a blank one holds. */
struct run {
	uint64_t images, closers, comments, bytes;
};

struct counts {
	struct run run;
	uint64_t image_steps, comment_steps;	/* of all runs before */
	uint64_t definition;		/* bytes of the longest reference definition */
	uint64_t brackets;		/* ] of the whole text */
	uint64_t marks;			/* of the whole text: the parser makes a node of each */
};

/* A run of one character is one mark, but for those that stand alone. */
static bool is_mark(struct str s, size_t i)
{
	switch (s.p[i]) {
	case '*': case '_': case '~': case '`':
		return i == 0 || s.p[i - 1] != s.p[i];
	case '[': case ']': case '"': case '\'': case '<': case '&':
		return true;
	default:
		return false;
	}
}

static const char *why_refused(const struct counts *c)
{
	const struct run *r = &c->run;

	if (c->marks > MD_GUARD_MARKS)
		return N_("line %d: too many stars, quotes, brackets and the like up to here");
	if (c->image_steps + r->images * r->closers > MD_GUARD_STEPS)
		return N_("line %d: too many images and brackets in one paragraph");
	if (c->comment_steps + r->comments * r->bytes > MD_GUARD_STEPS * (uint64_t)8)
		return N_("line %d: too many \"<!\" or \"<?\" in one paragraph");
	return NULL;
}

static const char *count_char(struct counts *c, struct str s, size_t i)
{
	struct run *r = &c->run;
	char next = i + 1 < s.n ? s.p[i + 1] : '\0';

	c->marks += is_mark(s, i);
	switch (s.p[i]) {
	case '[':
		r->images += i > 0 && s.p[i - 1] == '!';
		break;
	case ']':
		r->closers++;
		c->brackets++;
		break;
	case '<':
		r->comments += next == '!' || next == '?';
		break;
	default:
		break;
	}
	return why_refused(c);
}

/* "[label]:" may define a reference, which every use of it copies. */
static void count_definition(struct counts *c, struct str line, size_t at)
{
	if (line.p[at] == ']' && at + 1 < line.n && line.p[at + 1] == ':'
	    && line.n > c->definition)
		c->definition = line.n;
}

/* All that count_char() counts: " * & ' [ _ ] ` ~ < */
static inline struct scan is_counted(struct scan b)
{
	struct scan quotes = scan_or(scan_char(b, 8, '"'), scan_char(b, 1, '&'));
	struct scan square = scan_or(scan_char(b, 4, '['), scan_char(b, 0, ']'));
	struct scan ticks = scan_or(scan_char(b, 0, '`'), scan_char(b, 0, '~'));

	return scan_or(scan_or(quotes, square), scan_or(ticks, scan_char(b, 0, '<')));
}

/* `rest` begins with the line and goes on to the end of the text. */
static const char *count_line(struct counts *c, struct str line, struct str rest)
{

	if (is_blank(line)) {
		c->image_steps += c->run.images * c->run.closers;
		c->comment_steps += c->run.comments * c->run.bytes;
		c->run = (struct run){ 0 };
		return NULL;
	}
	c->run.bytes += line.n + 1;
	for (size_t at = 0; at < line.n; at += SCAN_BYTES) {
		unsigned bits = scan_bits(is_counted(scan_at(rest, at))) & scan_there(line, at);

		for (; bits; bits &= bits - 1) {
			size_t i = at + scan_first(bits);
			const char *why = count_char(c, line, i);

			count_definition(c, line, i);
			if (why)
				return why;
		}
	}
	return why_refused(c);		/* the bytes count, too: once a line is enough */
}

unsigned md_guard_depth(struct str source)
{
	struct model model = { .n = 0 };
	unsigned deepest = 0;
	struct str line;

	while (str_line(&source, &line)) {
		if (!model_line(&model, line))
			return MD_GUARD_DEPTH + 1;
		deepest = model.n > deepest ? model.n : deepest;
	}
	return deepest;
}

bool md_guard_check(struct str source, struct fail *f)
{
	struct model model = { .n = 0 };
	struct counts counts = { .brackets = 0 };
	const char *end = source.p + source.n;
	struct str line;

	for (int number = 1; str_line(&source, &line); number++) {
		struct str rest = str_from(line.p, (size_t)(end - line.p));
		const char *why = count_line(&counts, line, rest);

		if (why)
			return fail(f, FAIL_INVALID, why, number);
		if (!model_line(&model, line))
			return fail(f, FAIL_INVALID,
				    "line %d: quotes and lists are nested more than %d deep",
				    number, MD_GUARD_DEPTH);
		if (model.blank_steps > MD_GUARD_BLANKS)
			return fail(f, FAIL_INVALID,
				    "line %d: too many blank lines inside nested lists", number);
	}
	if (counts.definition * counts.brackets > MD_GUARD_COPIES)
		return fail(f, FAIL_INVALID,
			    "a link definition of %zu bytes is too long for %zu brackets",
			    (size_t)counts.definition, (size_t)counts.brackets);
	return true;
}
