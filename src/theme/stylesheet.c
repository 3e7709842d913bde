/* stylesheet.c - the parent's side of Sass, and a reader of CSS that knows just enough
 * (comments, strings, url( and @import) to find addresses. */
#include <stdlib.h>
#include <string.h>
#include "base/ascii.h"
#include "base/limits.h"
#include "base/spawn.h"
#include "theme/modern.h"
#include "theme/sheet_cache.h"
#include "theme/stylesheet.h"

/* --- compiling --- */

/* One compilation: the sources as they were written and as libsass gets them. */
struct compiling {
	const struct stylesheet_source *sources;
	size_t n, main;
	struct modern_text *texts;	/* NULL: as written */
	struct str options;
};

static bool rewrite_sources(struct arena *a, struct compiling *c, struct fail *f)
{
	unsigned own = 0;

	c->texts = arena_array(a, c->n + 1, sizeof(*c->texts));
	for (size_t i = 0; i < c->n; i++)
		own |= modern_own(c->sources[i].text);
	for (size_t i = 0; i < c->n; i++) {
		struct str label = arena_printf(a, "sass/%.*s", STR_ARG(c->sources[i].name));
		struct modern_source source = { label.p, c->sources[i].text, own };

		if (!modern_rewrite(a, &source, &c->texts[i], f))
			return false;
		if (c->texts[i].prelude && !str_starts(c->options, str_of(modern_prelude)))
			c->options = arena_printf(a, "%s%.*s", modern_prelude, STR_ARG(c->options));
	}
	return true;
}

/* What the child is to compile, or, before sources are rewritten, what a result is kept by. */
static bool build_request(const struct compiling *c, struct buf *rq, struct fail *f)
{
	buf_addf(rq, "main %.*s\nfile -options.scss %zu\n", STR_ARG(c->sources[c->main].name),
		 c->options.n);
	buf_add(rq, c->options);
	for (size_t i = 0; i < c->n; i++) {
		struct str text = c->texts ? c->texts[i].text : c->sources[i].text;

		buf_addf(rq, "file %.*s %zu\n", STR_ARG(c->sources[i].name), text.n);
		buf_add(rq, text);
	}
	if (!buf_ok(rq))
		return fail(f, FAIL_TOO_LARGE, "the Sass files of a theme may have %d KiB together",
			    LIMIT_STYLESHEET / KIB);
	return true;
}

/* libsass counts in what it got; themers count in what they wrote. */
static void find_origin(const struct compiling *c, struct str name, struct str row,
			struct str column,
			size_t ret[2])
{
	uint64_t line = 1, at = 1;

	if (!str_to_u64(row, &line) || !str_to_u64(column, &at))
		line = at = 1;
	ret[0] = line;
	ret[1] = at;
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->sources[i].name, name))
			modern_origin(&c->texts[i], &ret[0], &ret[1]);
}

static bool read_error(const struct compiling *c, struct str answer, struct fail *f)
{
	struct str line, name, row, column, text = answer;
	size_t at[2];

	if (!str_line(&text, &line))
		return fail(f, FAIL_BUSY, "the compiler of stylesheets gave no answer");
	str_cut(line, ' ', &name);
	name = str_cut(name, ' ', &row);
	row = str_cut(row, ' ', &column);
	find_origin(c, name, row, column, at);
	return fail(f, FAIL_INVALID, "sass/%.*s:%zu:%zu: %.*s", STR_ARG(name), at[0], at[1],
		    STR_ARG(text));
}

static bool run_child(struct str request, struct str main, struct buf *answer, struct fail *f)
{
	static const char *const argv[] = { "hameau", "sass-child", NULL };
	struct spawn_limits limits = { .cpu_s = 4, .wall_ms = 15000, .memory = 384 * (size_t)MIB,
				       .output = LIMIT_STYLESHEET + 4096 };
	struct fail why = FAIL_INIT;

#ifdef HAMEAU_SANITIZED
	limits.memory = 0;
#endif
	if (spawn_filter("/proc/self/exe", argv, request, &limits, answer, &why))
		return true;
	if (why.code == FAIL_TOO_LARGE)
		return fail(f, FAIL_TOO_LARGE, "sass/%.*s: the compiled stylesheet is larger than"
			    " %d KiB", STR_ARG(main), LIMIT_STYLESHEET / KIB);
	if (why.code == FAIL_BUSY || why.code == FAIL_INVALID)
		return fail(f, FAIL_BUSY, "sass/%.*s: compiling took too much time or memory and"
			" was stopped; look for endless loops and nested lists of selectors",
			    STR_ARG(main));
	return fail(f, why.code, "sass/%.*s: %s", STR_ARG(main), why.text);
}

static bool compile(const struct compiling *c, struct str request, struct buf *out, struct fail *f)
{
	CLEANUP(buf_release) struct buf answer = BUF(LIMIT_STYLESHEET + 8192);
	struct str main = c->sources[c->main].name;

	if (!run_child(request, main, &answer, f))
		return false;
	if (!str_starts(buf_str(&answer), STR("css\n")))
		return read_error(c, buf_str(&answer), f);
	buf_add(out, str_skip(buf_str(&answer), 4));
	if (!buf_ok(out))
		return fail(f, FAIL_TOO_LARGE, "sass/%.*s: the compiled stylesheet is larger than"
			    " %d KiB", STR_ARG(main), LIMIT_STYLESHEET / KIB);
	return true;
}

bool stylesheet_compile(const struct stylesheet_source *sources, size_t n, size_t main,
			struct str options, const char *cache, struct buf *out, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf request = BUF(LIMIT_STYLESHEET + 16 * KIB);
	CLEANUP(buf_release) struct buf css = BUF(LIMIT_STYLESHEET);
	struct compiling c = { .sources = sources, .n = n, .main = main, .options = options };
	const char *path = NULL;

	if (cache) {
		if (!build_request(&c, &request, f))
			return false;
		path = sheet_cache_path(a, cache, buf_str(&request));
		if (sheet_cache_read(path, out))
			return true;
		buf_clear(&request);
	}
	if (!rewrite_sources(a, &c, f) || !build_request(&c, &request, f))
		return false;
	if (!compile(&c, buf_str(&request), &css, f))
		return false;
	buf_add(out, buf_str(&css));
	if (path)
		sheet_cache_keep(cache, path, buf_str(&css));
	return true;
}

/* --- addresses --- */

struct rewriting {
	struct str css;
	size_t at, from;		/* read so far; copied so far */
	const char *file;
	const struct stylesheet_map *map;
	struct buf *out;
	size_t open;			/* brackets */
	size_t images;			/* where strings are addresses: depth, or 0 */
};

static bool is_word(char c)
{
	return c == '-' || c == '_' || c == '\\' || (c >= '0' && c <= '9')
		|| ((c | 32) >= 'a' && (c | 32) <= 'z') || (c & 0x80);
}

static void count_bracket(struct rewriting *r, char c)
{
	if (c == '(')
		r->open++;
	else if (c == ')' && r->open && r->open-- == r->images)
		r->images = 0;
}

static void skip_space(struct rewriting *r)
{
	while (r->at < r->css.n && ascii_is_space(r->css.p[r->at]))
		r->at++;
}

static int line_of(const struct rewriting *r, size_t at)
{
	int line = 1;

	for (size_t i = 0; i < at && i < r->css.n; i++)
		line += r->css.p[i] == '\n';
	return line;
}

/* A string whose opening quote is at r->at; r->at moves behind the closing one. */
static struct str read_string(struct rewriting *r)
{
	char quote = r->css.p[r->at++];
	size_t from = r->at;

	while (r->at < r->css.n && r->css.p[r->at] != quote && r->css.p[r->at] != '\n')
		r->at += r->css.p[r->at] == '\\' ? 2 : 1;
	if (r->at > r->css.n)
		r->at = r->css.n;
	return str_sub(r->css, from, r->at < r->css.n ? r->at++ : r->at);
}

static bool map_address(struct rewriting *r, size_t from, struct str url, bool quoted,
			struct fail *f)
{
	struct str to = url;

	if (!url.n || url.p[0] == '#' || str_starts_nocase(url, STR("data:image/"))
	    || str_starts_nocase(url, STR("data:font/")))
		return true;
	if (str_has_char(url, '\\'))
		return fail(f, FAIL_INVALID, "an address holds a backslash")
			|| fail_in(f, "%s:%d", r->file, line_of(r, from));
	if (!r->map->map(r->map->arg, url, &to, f))
		return fail_in(f, "%s:%d", r->file, line_of(r, from));
	buf_add(r->out, str_sub(r->css, r->from, from));
	buf_adds(r->out, quoted ? "" : "\"");
	buf_add(r->out, to);
	buf_adds(r->out, quoted ? "" : "\"");
	r->from = from + url.n;
	return true;
}

static bool rewrite_string(struct rewriting *r, struct fail *f)
{
	size_t from = r->at + 1;

	return map_address(r, from, read_string(r), true, f);
}

/* Behind "url(". */
static bool rewrite_url(struct rewriting *r, struct fail *f)
{
	size_t from;

	skip_space(r);
	if (r->at < r->css.n && (r->css.p[r->at] == '"' || r->css.p[r->at] == '\''))
		return rewrite_string(r, f);
	from = r->at;
	while (r->at < r->css.n && r->css.p[r->at] != ')' && !ascii_is_space(r->css.p[r->at]))
		r->at++;
	return map_address(r, from, str_sub(r->css, from, r->at), false, f);
}

enum { WORD = 24 };		/* of the names that matter */

/* A name as browsers read it: "\\75 rl" is "url". Longer ones than fit are none of ours. */
static struct str unescape(struct str word, char out[WORD])
{
	size_t n = 0;

	for (size_t i = 0; i < word.n && n < WORD;) {
		unsigned c = 0;
		int digits = 0;

		if (word.p[i] != '\\') {
			out[n++] = word.p[i++];
			continue;
		}
		for (i++; i < word.n && digits < 6 && ascii_hex(word.p[i]) >= 0; digits++)
			c = c * 16 + (unsigned)ascii_hex(word.p[i++]);
		if (digits && i < word.n && ascii_is_space(word.p[i]))
			i++;
		if (!digits && i < word.n)
			c = (unsigned char)word.p[i++];
		out[n++] = c < 128 ? (char)c : '?';
	}
	return str_from(out, n);
}

/* Behind the last byte of a name, with what its escapes take. */
static size_t word_end(struct str css, size_t at)
{
	while (at < css.n && is_word(css.p[at])) {
		int digits = 0;

		if (css.p[at++] != '\\')
			continue;
		while (at < css.n && digits < 6 && ascii_hex(css.p[at]) >= 0) {
			at++;
			digits++;
		}
		if (!digits || (at < css.n && ascii_is_space(css.p[at])))
			at++;
	}
	return at < css.n ? at : css.n;
}

static bool takes_strings(struct str word)
{
	return str_eq_nocase(word, STR("image-set")) || str_eq_nocase(word,
		STR("-webkit-image-set"))
		|| str_eq_nocase(word, STR("src"));
}

static bool rewrite_word(struct rewriting *r, struct fail *f)
{
	size_t from = r->at;
	struct str word;
	char plain[WORD];

	if (r->css.p[r->at] == '@')
		r->at++;
	r->at = word_end(r->css, r->at);
	word = unescape(str_sub(r->css, from, r->at), plain);
	if (str_eq_nocase(word, STR("@import"))) {
		skip_space(r);
		if (r->at < r->css.n && (r->css.p[r->at] == '"' || r->css.p[r->at] == '\''))
			return rewrite_string(r, f);
		return true;
	}
	if (r->at == from)
		count_bracket(r, r->css.p[r->at++]);
	else if (r->at < r->css.n && r->css.p[r->at] == '(' && takes_strings(word))
		r->images = r->open + 1;
	if (str_eq_nocase(word, STR("url")) && r->at < r->css.n && r->css.p[r->at] == '(') {
		r->at++;
		return rewrite_url(r, f);
	}
	return true;
}

static bool rewrite_next(struct rewriting *r, struct fail *f)
{
	char c = r->css.p[r->at];

	if ((c == '"' || c == '\'') && r->images && r->open == r->images)
		return rewrite_string(r, f);
	if (c == '"' || c == '\'') {
		read_string(r);
		return true;
	}
	if (c == '/' && r->at + 1 < r->css.n && r->css.p[r->at + 1] == '*') {
		ptrdiff_t end = str_find(str_skip(r->css, r->at + 2), STR("*/"));

		r->at = end < 0 ? r->css.n : r->at + (size_t)end + 4;
		return true;
	}
	return rewrite_word(r, f);
}

bool stylesheet_rewrite(struct str css, const char *file, const struct stylesheet_map *map,
			struct buf *out, struct fail *f)
{
	struct rewriting r = { .css = css, .file = file, .map = map, .out = out };

	while (r.at < css.n)
		if (!rewrite_next(&r, f))
			return false;
	buf_add(out, str_skip(css, r.from));
	if (!buf_ok(out))
		return fail(f, FAIL_TOO_LARGE, "%s: the stylesheet is larger than %zu KiB", file,
			    out->max / KIB);
	return true;
}
