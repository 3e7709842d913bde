/* md_smart.c - one character at a time, with one of look-ahead. Which way a quote faces is
 * decided by its neighbours; the counters only choose between outer and inner quotes, and
 * between a closing single quote and an apostrophe.
 */
#include "markdown/md_smart.h"
#include "base/html.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "markdown/md_marks.h"

#define NBSP  0x00a0
#define NNBSP 0x202f		/* narrow */
#define APOSTROPHE 0x2019

enum spaces { SPACES_NONE, SPACES_FR, SPACES_FR_CA };

struct md_smart_style {
	const char *lang;
	uint32_t outer[2], inner[2];	/* "..." and "..." inside it */
	uint32_t single[2];		/* '...' */
	enum spaces spaces;
};

/* A longer name stands before the shorter one it begins with. */
static const struct md_smart_style STYLES[] = {
	{ "fr-ca", { 0xab, 0xbb }, { 0x201c, 0x201d }, { 0x2018, 0x2019 }, SPACES_FR_CA },
	{ "fr-ch", { 0xab, 0xbb }, { 0x2039, 0x203a }, { 0x2018, 0x2019 }, SPACES_FR },
	{ "fr", { 0xab, 0xbb }, { 0x201c, 0x201d }, { 0x2018, 0x2019 }, SPACES_FR },
	{ "de-ch", { 0xab, 0xbb }, { 0x2039, 0x203a }, { 0x2039, 0x203a }, SPACES_NONE },
	{ "de", { 0x201e, 0x201c }, { 0x201a, 0x2018 }, { 0x201a, 0x2018 }, SPACES_NONE },
	{ "es", { 0xab, 0xbb }, { 0x201c, 0x201d }, { 0x2018, 0x2019 }, SPACES_NONE },
	{ "it", { 0xab, 0xbb }, { 0x201c, 0x201d }, { 0x2018, 0x2019 }, SPACES_NONE },
	{ "pt-br", { 0x201c, 0x201d }, { 0x2018, 0x2019 }, { 0x2018, 0x2019 }, SPACES_NONE },
	{ "pt", { 0xab, 0xbb }, { 0x201c, 0x201d }, { 0x2018, 0x2019 }, SPACES_NONE },
	{ "ca", { 0xab, 0xbb }, { 0x201c, 0x201d }, { 0x2018, 0x2019 }, SPACES_NONE },
	{ "el", { 0xab, 0xbb }, { 0x201c, 0x201d }, { 0x2018, 0x2019 }, SPACES_NONE },
	{ "ru", { 0xab, 0xbb }, { 0x201e, 0x201c }, { 0x2018, 0x2019 }, SPACES_NONE },
	{ "uk", { 0xab, 0xbb }, { 0x201e, 0x201c }, { 0x2018, 0x2019 }, SPACES_NONE },
	{ "cs", { 0x201e, 0x201c }, { 0x201a, 0x2018 }, { 0x201a, 0x2018 }, SPACES_NONE },
	{ "sk", { 0x201e, 0x201c }, { 0x201a, 0x2018 }, { 0x201a, 0x2018 }, SPACES_NONE },
	{ "sl", { 0x201e, 0x201c }, { 0x201a, 0x2018 }, { 0x201a, 0x2018 }, SPACES_NONE },
	{ "pl", { 0x201e, 0x201d }, { 0xab, 0xbb }, { 0x201a, 0x2019 }, SPACES_NONE },
	{ "hu", { 0x201e, 0x201d }, { 0xbb, 0xab }, { 0x2019, 0x2019 }, SPACES_NONE },
	{ "ro", { 0x201e, 0x201d }, { 0xab, 0xbb }, { 0x2018, 0x2019 }, SPACES_NONE },
	{ "da", { 0xbb, 0xab }, { 0x203a, 0x2039 }, { 0x203a, 0x2039 }, SPACES_NONE },
	{ "nb", { 0xab, 0xbb }, { 0x2018, 0x2019 }, { 0x2018, 0x2019 }, SPACES_NONE },
	{ "no", { 0xab, 0xbb }, { 0x2018, 0x2019 }, { 0x2018, 0x2019 }, SPACES_NONE },
	{ "sv", { 0x201d, 0x201d }, { 0x2019, 0x2019 }, { 0x2019, 0x2019 }, SPACES_NONE },
	{ "fi", { 0x201d, 0x201d }, { 0x2019, 0x2019 }, { 0x2019, 0x2019 }, SPACES_NONE },
	/* English, and whatever is not named */
	{ "", { 0x201c, 0x201d }, { 0x2018, 0x2019 }, { 0x2018, 0x2019 }, SPACES_NONE },
};

void md_smart_init(struct md_smart *s, struct str lang)
{
	const struct md_smart_style *style = STYLES;

	char first = lang.n ? lang.p[0] | 32 : ' ';

	for (; style->lang[0]; style++) {
		struct str name;

		if (style->lang[0] != first)
			continue;
		name = str_of(style->lang);
		if (str_starts_nocase(lang, name)
		    && (lang.n == name.n || lang.p[name.n] == '-' || lang.p[name.n] == '_'))
			break;
	}
	*s = (struct md_smart){ .style = style };
}

void md_smart_block(struct md_smart *s)
{
	s->prev = 0;
	s->doubles = s->singles = 0;
}

void md_smart_passed(struct md_smart *s, uint32_t last)
{
	s->prev = last;
}

/* One piece of text being written. */
struct piece {
	struct md_smart *s;
	struct str raw;
	size_t at;
	uint32_t next;			/* behind the piece */
	size_t last_single;		/* the last ' that could close one, when it is known */
	bool knows_last_single;
	struct buf *html, *text;
};

static void put(struct piece *p, uint32_t cp)
{
	char bytes[5] = "";
	struct buf one = { bytes, 0, sizeof bytes, sizeof bytes - 1, false };

	utf8_put(&one, cp);
	if (one.n == 1)
		html_escape_to(p->html, buf_str(&one));
	else
		buf_add(p->html, buf_str(&one));
	buf_add(p->text, buf_str(&one));
	p->s->prev = cp;
}

static bool is_space(uint32_t cp)
{
	return cp == 0 || cp == ' ' || cp == '\n' || cp == '\t' || cp == NBSP || cp == NNBSP
	       || (cp >= 0x2000 && cp <= 0x200a) || cp == 0x3000;
}

static bool is_word(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || ((cp | 32) >= 'a' && (cp | 32) <= 'z');
	return cp != 0xab && cp != 0xbb && cp > 0xbf && (cp < 0x2000 || cp > 0x206f);
}

/* May an opening quote stand behind this? */
static bool is_opening(uint32_t cp)
{
	return is_space(cp) || cp == '(' || cp == '[' || cp == '{' || cp == '<' || cp == '-'
	       || cp == '/' || cp == '=' || cp == 0xab || cp == 0x2013 || cp == 0x2014
	       || cp == 0x2018 || cp == 0x201a || cp == 0x201c || cp == 0x201e
	       || cp == 0xa1 || cp == 0xbf;
}

/* The character `skip` bytes on, without the marks. */
static uint32_t ahead(const struct piece *p, size_t skip)
{
	size_t at = p->at + skip;

	while (md_marks_at(p->raw, at))
		at += MARK_BYTES;
	return at < p->raw.n ? utf8_next(p->raw, &at) : p->next;
}

static void quote_double(struct piece *p)
{
	struct md_smart *s = p->s;
	uint32_t next = ahead(p, 1);
	bool elided = s->prev == APOSTROPHE && is_word(next);
	bool french = s->style->spaces != SPACES_NONE;

	if ((is_opening(s->prev) || elided) && !is_space(next)) {
		uint32_t q = s->doubles++ ? s->style->inner[0] : s->style->outer[0];

		put(p, q);
		if (french && q == 0xab)
			put(p, NBSP);
	} else if (!s->doubles && s->prev >= '0' && s->prev <= '9') {
		put(p, '"');			/* inches */
	} else {
		uint32_t q = s->doubles > 1 ? s->style->inner[1] : s->style->outer[1];

		s->doubles -= s->doubles > 0;
		if (french && q == 0xbb)
			put(p, NBSP);
		put(p, q);
	}
}

/* Where the last ' stands that follows something and precedes no letter. */
static size_t find_last_single(const struct piece *p)
{
	struct piece at = *p;

	for (size_t n = p->raw.n;;) {
		ptrdiff_t i = str_rfind_char(str_sub(p->raw, 0, n), '\'');

		if (i < 1)
			return 0;
		n = at.at = (size_t)i;
		if (!is_space((unsigned char)p->raw.p[i - 1]) && !is_word(ahead(&at, 1)))
			return at.at;
	}
}

/* Is there a ' behind this one that could close it? */
static bool may_close(struct piece *p)
{
	if (!p->knows_last_single)
		p->last_single = find_last_single(p);
	p->knows_last_single = true;
	return p->at < p->last_single;
}

static void quote_single(struct piece *p)
{
	struct md_smart *s = p->s;
	uint32_t next = ahead(p, 1);

	if (is_opening(s->prev) && is_word(next) && !(next >= '0' && next <= '9')
	    && may_close(p)) {
		s->singles++;
		put(p, s->style->single[0]);
	} else if (s->singles && !is_word(next)) {
		s->singles--;
		put(p, s->style->single[1]);
	} else {
		put(p, APOSTROPHE);
	}
}

static size_t run_length(const struct piece *p, char c)
{
	size_t n = 0;

	while (p->at + n < p->raw.n && p->raw.p[p->at + n] == c)
		n++;
	return n;
}

/* Dashes and dots; returns the bytes taken. */
static size_t put_run(struct piece *p, char c)
{
	size_t n = run_length(p, c);

	if (c == '.' && n == 3)
		put(p, 0x2026);
	else if (c == '-' && (n == 2 || n == 3) && ahead(p, n) != '>' && p->s->prev != '<')
		put(p, n == 2 ? 0x2013 : 0x2014);
	else
		for (size_t i = 0; i < n; i++)
			put(p, (unsigned char)c);
	return n;
}

/* The space that French puts before a sign: 0 when it is no such sign. */
static uint32_t space_before(const struct md_smart *s, uint32_t sign)
{
	if (s->style->spaces == SPACES_NONE)
		return 0;
	if (sign == ':' || sign == 0xbb)
		return NBSP;
	if (sign == ';' || sign == '!' || sign == '?')
		return s->style->spaces == SPACES_FR ? NNBSP : 0;
	return 0;
}

/* A sign written without its space gets one where it ends a word and a clause, so
 * that 12:30, a::b and (!) stay as they are. */
static bool lacks_space(const struct piece *p, uint32_t sign, size_t bytes)
{
	uint32_t prev = p->s->prev, next = ahead(p, bytes);
	bool after_word = is_word(prev) || prev == ')' || prev == 0xbb || prev == 0x201d
			  || prev == 0x2026 || prev == '%';

	if (sign == 0xbb)
		return !is_space(prev);
	return after_word && (is_space(next) || next == '!' || next == '?' || next == ')'
			      || next == '"' || next == 0xbb);
}

static void put_french(struct piece *p, uint32_t cp, size_t bytes)
{
	uint32_t next = ahead(p, bytes), space;

	if (cp == ' ' && (space = space_before(p->s, next)) != 0) {
		put(p, space);
		return;
	}
	if (cp == ' ' && p->s->prev == NBSP)
		return;				/* behind the « that brought its own */
	space = space_before(p->s, cp);
	if (space && lacks_space(p, cp, bytes))
		put(p, space);
	put(p, cp);
	if (cp == 0xab && next != NBSP && next != NNBSP)
		put(p, NBSP);
}

static void put_plain(struct piece *p)
{
	size_t from = p->at;
	uint32_t cp = utf8_next(p->raw, &p->at);
	size_t bytes = p->at - from;

	if (p->s->style->spaces == SPACES_NONE) {
		put(p, cp);
		return;
	}
	p->at = from;
	put_french(p, cp, bytes);
	p->at = from + bytes;
}

/* What may be a quote, a dash or dots, wants escaping, or is not ASCII. */
static inline struct scan is_sign(struct scan b)
{
	struct scan quotes = scan_or(scan_char(b, 0, '"'), scan_char(b, 1, '\''));	/* and & */
	struct scan angles = scan_char(b, 2, '<');					/* and > */
	struct scan runs = scan_or(scan_char(b, 0, '-'), scan_char(b, 0, '.'));
	struct scan odd = scan_or(scan_char(b, 0, '\0'), b);

	return scan_or(scan_or(quotes, angles), scan_or(runs, odd));
}

/* And what French puts a space before. */
static inline struct scan is_french_sign(struct scan b)
{
	struct scan colons = scan_range(b, 0, ':', ';');
	struct scan marks = scan_or(scan_char(b, 0, '!'), scan_char(b, 0, '?'));

	return scan_or(is_sign(b), scan_or(colons, marks));
}

/* A dash or a dot alone means nothing. */
static bool is_single(struct str raw, size_t at)
{
	return (raw.p[at] == '-' || raw.p[at] == '.')
	       && (at + 1 == raw.n || raw.p[at + 1] != raw.p[at]);
}

/* Where the characters end that mean nothing here. In French a space may belong to the sign
 * behind it, or come behind a « that brought its own. */
static size_t dull_end(const struct piece *p)
{
	bool french = p->s->style->spaces != SPACES_NONE;
	size_t i = p->at;

	if (french && i < p->raw.n && p->raw.p[i] == ' ' && p->s->prev == NBSP)
		return i;
	for (;; i++) {
		i = french ? scan_next(p->raw, i, is_french_sign) : scan_next(p->raw, i, is_sign);
		if (i == p->raw.n || !is_single(p->raw, i))
			break;
	}
	return french && i > p->at && p->raw.p[i - 1] == ' ' ? i - 1 : i;
}

bool md_smart_asks_next(const struct md_smart *s, struct str raw)
{
	unsigned char c = raw.n ? (unsigned char)raw.p[raw.n - 1] : 'a';

	if ((unsigned)((c | 32) - 'a') < 26 || c == '.' || c == ',')
		return false;
	return s->style->spaces != SPACES_NONE || c == '"' || c == '\'' || c == '-' || c >= 0x80;
}

bool md_smart_is_plain(const struct md_smart *s, struct str text)
{
	struct md_smart from = *s;
	struct piece p = { .s = &from, .raw = text };

	return dull_end(&p) == text.n;
}

/* Characters that mean nothing here, all at once. */
static bool put_dull(struct piece *p)
{
	size_t end = dull_end(p);
	struct str dull = str_sub(p->raw, p->at, end);

	if (!dull.n)
		return false;
	buf_add(p->html, dull);
	buf_add(p->text, dull);
	p->s->prev = (unsigned char)p->raw.p[end - 1];
	p->at = end;
	return true;
}

void md_smart_put(struct md_smart *s, struct str raw, uint32_t next, struct buf *html,
		  struct buf *text)
{
	struct piece p = { .s = s, .raw = raw, .next = next, .html = html, .text = text };
	bool escaped = false;

	while (p.at < raw.n) {
		char c = raw.p[p.at];

		if (c == MARK_LEAD[0] && md_marks_at(raw, p.at)) {
			if (md_marks_is(raw, p.at, MARK_NOTE))
				put(&p, '^');
			escaped = md_marks_is(raw, p.at, MARK_ESC_NEXT);
			p.at += MARK_BYTES;
		} else if (put_dull(&p)) {
			escaped = false;
		} else if (escaped || md_marks_is(raw, p.at + 1, MARK_ESC_PREV)) {
			put(&p, (unsigned char)raw.p[p.at++]);
			escaped = false;
		} else if (c == '"') {
			quote_double(&p);
			p.at++;
		} else if (c == '\'') {
			quote_single(&p);
			p.at++;
		} else if (c == '-' || c == '.') {
			p.at += put_run(&p, c);
		} else {
			put_plain(&p);
		}
	}
}
