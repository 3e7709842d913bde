/* tags.c - finds tags outside of code. */
#include "base/limits.h"
#include "transfer/tags_impl.h"

static const struct mark {
	int dialects;
	struct str open, close;
} MARKS[] = {
	{ HUGO, STR_INIT("{{<"), STR_INIT(">}}") },
	{ HUGO, STR_INIT("{{%"), STR_INIT("%}}") },
	{ JEKYLL | ZOLA | HEXO, STR_INIT("{%"), STR_INIT("%}") },
	{ JEKYLL | ZOLA, STR_INIT("{{"), STR_INIT("}}") },
	{ JEKYLL, STR_INIT("{:"), STR_INIT("}") },
};

/* The tag at the start of s: its whole length, 0 when there is none. */
static size_t tag_at(const struct tags *ts, struct str s, struct str *inside,
		     const struct mark **ret)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(MARKS); i++) {
		const struct mark *m = &MARKS[i];
		ptrdiff_t end;

		if (!(m->dialects & 1 << ts->cx->dialect->kind) || !str_starts(s, m->open))
			continue;
		end = str_find(str_sub(s, m->open.n, m->open.n + TAGS_LENGTH_MAX), m->close);
		if (end < 0)
			continue;
		*inside = str_sub(s, m->open.n, m->open.n + (size_t)end);
		*ret = m;
		return m->open.n + (size_t)end + m->close.n;
	}
	return 0;
}

static struct str without_dashes(struct str s)
{
	s = str_trim(s);
	if (str_starts(s, STR("-")))
		s = str_skip(s, 1);
	if (str_ends(s, STR("-")) || str_ends(s, STR("/")))
		s.n--;
	return str_trim(s);
}

/* Hugo shows a tag instead of running it when its inside is a C comment. */
static bool put_shown(struct tags *ts, struct str inside, const struct mark *m)
{
	if (!str_starts(inside, STR("/*")) || !str_ends(inside, STR("*/")))
		return false;
	buf_add(&ts->out, m->open);
	buf_add(&ts->out, str_sub(inside, 2, inside.n - 2));
	buf_add(&ts->out, m->close);
	return true;
}

static void put_newlines(struct tags *ts, struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] == '\n') {
			buf_addc(&ts->out, '\n');
			ts->line++;
		}
}

/* Code as it is; but Hugo runs tags in code too, so a shown one is unwrapped there. */
static void put_code_text(struct tags *ts, struct str s)
{
	size_t i = 0, n;

	while (i < s.n) {
		struct str rest = str_skip(s, i), inside;
		const struct mark *m;

		n = ts->cx->dialect->kind == DIALECT_HUGO && rest.p[0] == '{'
			? tag_at(ts, rest, &inside, &m) : 0;
		if (n && put_shown(ts, inside, m)) {
			i += n;
			continue;
		}
		buf_addc(&ts->out, s.p[i++]);
	}
}

/* Takes what stands at s; returns how many bytes that was. */
static size_t step(struct tags *ts, struct str s)
{
	static const struct str ends[] = { STR_INIT("{% endraw %}"), STR_INIT("{%endraw%}") };
	const struct mark *m = NULL;
	struct str inside;
	size_t n;

	for (n = 0; ts->is_raw && n < ARRAY_LEN(ends); n++)
		if (str_starts(s, ends[n])) {
			ts->is_raw = false;
			return ends[n].n;
		}
	n = ts->is_raw ? 0 : tag_at(ts, s, &inside, &m);
	if (n == 0) {
		buf_addc(&ts->out, s.p[0]);
		return 1;
	}
	if (str_eq(m->open, STR("{:"))) {
		put_newlines(ts, inside);
		return n;
	}
	if (put_shown(ts, inside, m))
		return n;
	if (tags_put(ts, without_dashes(inside)))
		put_newlines(ts, inside);
	else
		buf_add(&ts->out, str_sub(s, 0, n));
	return n;
}

static bool is_fence(struct str line, char *fence)
{
	line = str_trim(line);
	if (!str_starts(line, STR("```")) && !str_starts(line, STR("~~~")))
		return false;
	if (*fence && *fence != line.p[0])
		return false;
	*fence = *fence ? '\0' : line.p[0];
	return true;
}

/* The length of a code span at s, which begins with backticks. */
static size_t code_span(struct str s)
{
	size_t ticks = 0, at, run;

	while (ticks < s.n && s.p[ticks] == '`')
		ticks++;
	for (at = ticks; at < s.n && s.p[at] != '\n'; at += run ? run : 1) {
		for (run = 0; at + run < s.n && s.p[at + run] == '`'; run++)
			;
		if (run == ticks)
			return at + run;
	}
	return ticks;
}

static void translate_body(struct tags *ts, struct str body)
{
	char fence = '\0';
	size_t at = 0;
	bool at_start = true;

	while (at < body.n) {
		struct str rest = str_skip(body, at);
		ptrdiff_t end = str_find_char(rest, '\n');
		size_t n = end < 0 ? rest.n : (size_t)end + 1;

		if (at_start && (is_fence(str_sub(rest, 0, n), &fence) || fence)) {
			put_code_text(ts, str_sub(rest, 0, n));
		} else {
			n = rest.p[0] == '`' ? code_span(rest) : 0;
			put_code_text(ts, str_sub(rest, 0, n));
			if (n == 0)
				n = rest.p[0] == '{' ? step(ts, rest)
						     : (buf_addc(&ts->out, rest.p[0]), 1);
		}
		at += n;
		at_start = body.p[at - 1] == '\n';
		ts->line += at_start;
	}
}

/* "{{", "{%" or "{:": texts have few braces, so they are looked for. */
static bool has_tags(struct str s)
{
	ptrdiff_t at;

	while ((at = str_find_char(s, '{')) >= 0) {
		s = str_skip(s, (size_t)at + 1);
		if (s.n && (s.p[0] == '{' || s.p[0] == '%' || s.p[0] == ':'))
			return true;
	}
	return false;
}

struct str tags_translate(const struct source_context *cx, struct arena *a,
			  const struct source_doc *doc)
{
	struct tags ts = {
		.cx = cx, .doc = doc, .out = BUF(LIMIT_POST * 2), .line = doc->body_line
	};
	struct str out = doc->body;

	if (cx->dialect->kind == DIALECT_FOLDER || !has_tags(doc->body))
		return doc->body;
	translate_body(&ts, doc->body);
	if (buf_ok(&ts.out))
		out = arena_str(a, buf_str(&ts.out));
	buf_release(&ts.out);
	return out;
}
