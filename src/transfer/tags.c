/* tags.c - finds tags outside of code, takes them apart, and writes Markdown. */
#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "transfer/tags.h"

enum { ARGS_MAX = 16, TAG_MAX = 4096 };

struct tag {
	struct str name;
	struct { struct str key, value; } args[ARGS_MAX];
	size_t n;
};

struct tags {
	const struct source_context *cx;
	const struct source_doc *doc;
	struct buf out;
	int line;
	bool is_raw;			/* between raw and endraw */
};

/* --- arguments --- */

static struct str arg_named(const struct tag *t, const char *key)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (str_eq(t->args[i].key, str_of(key)))
			return t->args[i].value;
	return STR_NONE;
}

static struct str arg_at(const struct tag *t, size_t at)
{
	return at < t->n && t->args[at].key.n == 0 ? t->args[at].value : STR_NONE;
}

static struct str arg(const struct tag *t, const char *key, size_t at)
{
	struct str v = arg_named(t, key);

	return v.n ? v : arg_at(t, at);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',';
}

/* A word or a quoted text at the start of *s. */
static struct str take_word(struct str *s, bool *is_quoted)
{
	struct str word;
	size_t n = 0;

	*is_quoted = s->n && strchr("\"'`", s->p[0]);
	if (*is_quoted) {
		ptrdiff_t end = str_find_char(str_skip(*s, 1), s->p[0]);

		word = str_sub(*s, 1, end < 0 ? s->n : (size_t)end + 1);
		*s = str_skip(*s, end < 0 ? s->n : (size_t)end + 2);
		return word;
	}
	while (n < s->n && !is_blank(s->p[n]) && s->p[n] != '=' && s->p[n] != '(')
		n++;
	word = str_sub(*s, 0, n);
	*s = str_skip(*s, n);
	return word;
}

static void skip_blank(struct str *s)
{
	while (s->n && is_blank(s->p[0]))
		*s = str_skip(*s, 1);
}

static void tag_parse(struct str s, struct tag *t)
{
	bool quoted;

	memset(t, 0, sizeof *t);
	skip_blank(&s);
	t->name = take_word(&s, &quoted);
	if (quoted) {			/* {{ "/x" | relative_url }} */
		t->args[t->n++].value = t->name;
		t->name = STR("\"");
	}
	skip_blank(&s);
	if (s.n && s.p[0] == '(')
		s = str_sub(s, 1, s.p[s.n - 1] == ')' ? s.n - 1 : s.n);
	for (skip_blank(&s); s.n && t->n < ARGS_MAX; skip_blank(&s)) {
		struct str word;

		if (s.p[0] == '=' || s.p[0] == '(') {
			s = str_skip(s, 1);
			continue;
		}
		word = take_word(&s, &quoted);
		if (!quoted && s.n && s.p[0] == '=') {
			t->args[t->n].key = word;
			s = str_skip(s, 1);
			word = take_word(&s, &quoted);
		}
		t->args[t->n++].value = word;
	}
}

/* --- what tags become --- */

/* A destination in angle brackets when it has blanks or parentheses. */
static void put_destination(struct buf *b, struct str url)
{
	bool odd = str_has_char(url, ' ') || str_has_char(url, '(') || str_has_char(url, ')');

	if (odd)
		buf_addc(b, '<');
	buf_add(b, url);
	if (odd)
		buf_addc(b, '>');
}

static void put_link(struct buf *b, const char *open, struct str text, struct str url,
		     struct str title)
{
	buf_adds(b, open);
	buf_add(b, text);
	buf_adds(b, "](");
	put_destination(b, url);
	if (title.n && !str_has_char(title, '"'))
		buf_addf(b, " \"%.*s\"", STR_ARG(title));
	buf_addc(b, ')');
}

static void put_figure(struct tags *ts, const struct tag *t)
{
	struct str caption = arg_named(t, "caption"), alt = arg_named(t, "alt");
	struct str link = arg_named(t, "link");

	if (caption.n == 0)
		caption = arg_named(t, "title");
	if (link.n)
		buf_addc(&ts->out, '[');
	put_link(&ts->out, "![", alt.n ? alt : caption, arg(t, "src", 0), caption);
	if (link.n) {
		buf_adds(&ts->out, "](");
		put_destination(&ts->out, link);
		buf_addc(&ts->out, ')');
	}
}

static void put_inside(struct buf *b, struct str path)
{
	buf_adds(b, "@/");
	buf_add(b, str_starts(path, STR("/")) ? str_skip(path, 1) : path);
}

static void put_ref(struct tags *ts, const struct tag *t)
{
	put_inside(&ts->out, arg(t, "path", 0));
}

static void put_post_url(struct tags *ts, const struct tag *t)
{
	buf_adds(&ts->out, "@/_posts/");
	buf_add(&ts->out, arg_at(t, 0));
}

static void put_post_link(struct tags *ts, const struct tag *t)
{
	struct str text = arg_at(t, 1);
	CLEANUP(buf_release) struct buf url = BUF(TAG_MAX * 2);

	buf_addf(&url, "@/_posts/%.*s", STR_ARG(arg_at(t, 0)));
	put_link(&ts->out, "[", text.n ? text : arg_at(t, 0), buf_str(&url), STR_NONE);
}

static void put_asset_path(struct tags *ts, const struct tag *t)
{
	buf_add(&ts->out, arg_at(t, 0));
}

static bool is_number(struct str s)
{
	uint64_t v;

	return str_to_u64(s, &v) || str_ends(s, STR("%"));
}

/* {% asset_img [class] name [width] [height] [title [alt]] %} */
static void put_asset_img(struct tags *ts, const struct tag *t)
{
	size_t at = 0;
	struct str name, title = STR_NONE;

	while (at + 1 < t->n && path_extension(arg_at(t, at)).n == 0)
		at++;
	name = arg_at(t, at);
	for (at++; at < t->n && is_number(arg_at(t, at)); at++)
		;
	title = arg_at(t, at);
	put_link(&ts->out, "![", title, name, title);
}

static void put_asset_link(struct tags *ts, const struct tag *t)
{
	struct str text = arg_at(t, 1);

	put_link(&ts->out, "[", text.n ? text : arg_at(t, 0), arg_at(t, 0), STR_NONE);
}

static void put_code(struct tags *ts, const struct tag *t)
{
	struct str lang = arg(t, "lang", 0);

	if (str_starts(lang, STR("lang:")))
		lang = str_skip(lang, 5);
	buf_addf(&ts->out, "```%.*s", STR_ARG(lang));
}

static void put_code_end(struct tags *ts, const struct tag *t)
{
	(void)t;
	buf_adds(&ts->out, "```");
}

static void put_video(struct tags *ts, const struct tag *t)
{
	CLEANUP(buf_release) struct buf url = BUF(TAG_MAX * 2);

	buf_adds(&url, str_eq(t->name, STR("vimeo")) ? "https://vimeo.com/"
						     : "https://www.youtube.com/watch?v=");
	buf_add(&url, arg(t, "id", 0));
	buf_addf(&ts->out, "<%s>", url.p ? url.p : "");
}

static void put_gist(struct tags *ts, const struct tag *t)
{
	buf_addf(&ts->out, "<https://gist.github.com/%.*s%s%.*s>", STR_ARG(arg_at(t, 0)),
		 arg_at(t, 1).n ? "/" : "", STR_ARG(arg_at(t, 1)));
}

static void put_nothing(struct tags *ts, const struct tag *t)
{
	(void)ts;
	(void)t;
}

static void put_first(struct tags *ts, const struct tag *t)
{
	buf_add(&ts->out, arg_at(t, 0));
}

static void raw_begin(struct tags *ts, const struct tag *t)
{
	(void)t;
	ts->is_raw = true;
}

enum { HUGO = 1 << DIALECT_HUGO, JEKYLL = 1 << DIALECT_JEKYLL, ZOLA = 1 << DIALECT_ZOLA,
	HEXO = 1 << DIALECT_HEXO };

static const struct known {
	int dialects;
	const char *name;
	void (*put)(struct tags *ts, const struct tag *t);
} KNOWN[] = {
	{ HUGO, "figure", put_figure }, { HUGO | ZOLA, "image", put_figure },
	{ HUGO, "ref", put_ref }, { HUGO, "relref", put_ref },
	{ HUGO | JEKYLL, "highlight", put_code }, { HUGO, "/highlight", put_code_end },
	{ JEKYLL, "endhighlight", put_code_end },
	{ HEXO, "codeblock", put_code }, { HEXO, "endcodeblock", put_code_end },
	{ HEXO, "code", put_code }, { HEXO, "endcode", put_code_end },
	{ HUGO | HEXO | ZOLA | JEKYLL, "youtube", put_video },
	{ HUGO | HEXO | ZOLA, "vimeo", put_video },
	{ HUGO | JEKYLL | HEXO, "gist", put_gist },
	{ JEKYLL, "post_url", put_post_url }, { JEKYLL, "link", put_ref },
	{ JEKYLL, "site.baseurl", put_nothing }, { JEKYLL, "site.url", put_nothing },
	{ JEKYLL, "\"", put_first }, { JEKYLL | HEXO, "raw", raw_begin },
	{ HEXO, "post_link", put_post_link }, { HEXO, "post_path", put_post_url },
	{ HEXO, "asset_img", put_asset_img }, { HEXO, "asset_path", put_asset_path },
	{ HEXO, "asset_link", put_asset_link },
	{ HEXO, "blockquote", put_nothing }, { HEXO, "endblockquote", put_nothing },
	{ HEXO, "centerquote", put_nothing }, { HEXO, "endcenterquote", put_nothing },
	{ HUGO, "rawhtml", put_nothing }, { HUGO, "/rawhtml", put_nothing },
};

static bool put_tag(struct tags *ts, struct str inside)
{
	struct fail why = FAIL_INIT;
	struct tag t;
	size_t i;

	tag_parse(inside, &t);
	for (i = 0; i < ARRAY_LEN(KNOWN); i++)
		if ((KNOWN[i].dialects & 1 << ts->cx->dialect->kind) &&
		    str_eq(t.name, str_of(KNOWN[i].name))) {
			KNOWN[i].put(ts, &t);
			return true;
		}
	fail(&why, FAIL_INVALID,
	     "the template tag \"%.*s\" is not understood and stays in the text",
	     STR_ARG(utf8_cut(t.name, 40)));
	receipt_complain(ts->cx->receipt, ts->doc->path, ts->line, &why);
	return false;
}

/* --- finding them --- */

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
		end = str_find(str_sub(s, m->open.n, m->open.n + TAG_MAX), m->close);
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
	if (put_tag(ts, without_dashes(inside)))
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
