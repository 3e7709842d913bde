/* tags_put.c - takes a tag apart and writes the Markdown that it means. */
#include <string.h>
#include "base/file.h"
#include "base/utf8.h"
#include "transfer/tags_impl.h"

enum { ARGS_MAX = 16 };

struct tag {
	struct str name;
	struct { struct str key, value; } args[ARGS_MAX];
	size_t n;
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
	CLEANUP(buf_release) struct buf url = BUF(TAGS_LENGTH_MAX * 2);

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
	CLEANUP(buf_release) struct buf url = BUF(TAGS_LENGTH_MAX * 2);

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

bool tags_put(struct tags *ts, struct str inside)
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
