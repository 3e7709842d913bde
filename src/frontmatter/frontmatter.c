/* frontmatter.c - finds the block at the head of a file and has it parsed. */
#include <string.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "frontmatter/parse.h"

static struct str line_of(struct str s)
{
	struct str line = STR_NONE;

	str_line(&s, &line);
	return line;
}

static bool is_fence(struct str line, struct str fence)
{
	if (!str_starts(line, fence))
		return false;
	return str_trim(str_skip(line, fence.n)).n == 0;
}

/* The block between the fences; false when the second one is missing. */
static bool cut_block(struct str file, struct str fence, struct str *block, struct frontmatter *fm)
{
	struct str rest = file, line = STR_NONE;
	const char *from;

	str_line(&rest, &line);
	from = rest.p;
	for (fm->body_line = 2;; fm->body_line++) {
		const char *at = rest.p;

		if (!str_line(&rest, &line))
			return false;
		if (is_fence(line, fence) || (fence.p[0] == '-' && is_fence(line, STR("...")))) {
			*block = str_from(from, (size_t)(at - from));
			fm->body = rest;
			fm->body_line++;
			return true;
		}
	}
}

static bool parse_block(struct pairs *ps, struct str block, struct frontmatter *fm, struct fail *f)
{
	bool done;

	if (block.n > LIMIT_FRONT_MATTER)
		return fail(f, FAIL_TOO_LARGE, "%s: the front matter is larger than %d KiB",
			    ps->name, LIMIT_FRONT_MATTER / KIB);
	done = fm->form == FRONTMATTER_TOML ? parse_toml(ps, block, f)
	       : parse_lines(ps, block) || parse_yaml(ps, block, f);
	fm->pairs = ps->p;
	fm->n = ps->n;
	return done;
}

static bool check_text(struct str text, const char *name, struct fail *f)
{
	if (!utf8_valid(text))
		return fail(f, FAIL_INVALID, "%s: this is not UTF-8 text; save the file as UTF-8",
			    name);
	if (str_has_char(text, '\0'))
		return fail(f, FAIL_INVALID, "%s: there is a NUL byte in the text", name);
	return true;
}

/* --- JSON --- */

/* A text may begin with a brace too, but hardly with an object. */
static bool is_object(struct str file)
{
	size_t i = 1;

	if (file.n == 0 || file.p[0] != '{')
		return false;
	while (i < file.n && (file.p[i] == ' ' || file.p[i] == '\t' || file.p[i] == '\n' ||
			      file.p[i] == '\r'))
		i++;
	return i < file.n && (file.p[i] == '"' || file.p[i] == '}');
}

/* Behind the brace that closes the first one; 0: there is none. */
static size_t object_end(struct str s)
{
	bool quoted = false;
	size_t i;
	int depth = 0;

	for (i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '{' || c == '}')) {
			depth += c == '{' ? 1 : -1;
			if (depth == 0)
				return i + 1;
		}
	}
	return 0;
}

static bool cut_object(struct str file, struct str *block, struct frontmatter *fm)
{
	size_t n = object_end(file), i;
	struct str line;

	*block = str_sub(file, 0, n);
	fm->body = str_skip(file, n);
	fm->body_line = 1;
	for (i = 0; i < n; i++)
		fm->body_line += file.p[i] == '\n';
	if (n && str_trim(line_of(fm->body)).n == 0) {
		str_line(&fm->body, &line);
		fm->body_line++;
	}
	return n > 0;
}

/* --- YAML without its first fence --- */

static bool is_key_line(struct str line)
{
	size_t n = 0;

	while (n < line.n && ((line.p[n] | 32) >= 'a' && (line.p[n] | 32) <= 'z'))
		n++;
	while (n < line.n && (((line.p[n] | 32) >= 'a' && (line.p[n] | 32) <= 'z') ||
			      (line.p[n] >= '0' && line.p[n] <= '9') || strchr("_-", line.p[n])))
		n++;
	return n > 0 && n < line.n && line.p[n] == ':' && (n + 1 == line.n || line.p[n + 1] == ' ');
}

/* Keys, what belongs to them, and a fence; at least two lines, since one above a line
 * of hyphens is a heading. */
static bool is_open_block(struct str file)
{
	struct str line;
	int n = 0;

	for (; str_line(&file, &line) && !is_fence(line, STR("---")); n++)
		if (!is_key_line(line) && (n == 0 || (line.n && !strchr(" \t-#", line.p[0]))))
			return false;
	return n > 1 && file.p && is_fence(line, STR("---"));
}

/* --- the block --- */

static enum frontmatter_form form_of(struct str file)
{
	if (is_fence(line_of(file), STR("---")))
		return FRONTMATTER_YAML;
	if (is_fence(line_of(file), STR("+++")))
		return FRONTMATTER_TOML;
	return is_object(file) ? FRONTMATTER_JSON : FRONTMATTER_NONE;
}

static bool find_block(struct str file, const char *name, struct str *block, struct frontmatter *fm,
		       struct fail *f)
{
	struct str fence = fm->form == FRONTMATTER_TOML ? STR("+++") : STR("---");

	if (fm->form == FRONTMATTER_JSON)
		return cut_object(file, block, fm) ||
		       fail(f, FAIL_INVALID, "%s:1: the front matter has no end; close it with a }",
			    name);
	return cut_block(file, fence, block, fm) ||
	       fail(f, FAIL_INVALID, "%s:1: the front matter has no end; "
		    "close it with a line of %.*s", name, STR_ARG(fence));
}

static bool parse_file(struct arena *a, struct str file, const char *name, bool may_be_open,
		       struct frontmatter *ret, struct fail *f)
{
	struct frontmatter fm = { .form = FRONTMATTER_NONE, .body_line = 1 };
	struct str block = STR_NONE;
	struct pairs ps;
	bool is_open;

	if (!check_text(file, name, f))
		return false;
	if (str_starts(file, STR("\xef\xbb\xbf")))
		file = str_skip(file, 3);
	fm.form = form_of(file);
	fm.body = file;
	is_open = may_be_open && fm.form == FRONTMATTER_NONE && is_open_block(file);
	if (is_open) {
		file = arena_printf(a, "---\n%.*s", STR_ARG(file));
		fm.form = FRONTMATTER_YAML;
	}
	if (fm.form != FRONTMATTER_NONE) {
		if (!find_block(file, name, &block, &fm, f))
			return false;
		fm.body_line -= is_open;
		pairs_init(&ps, a, name, fm.form == FRONTMATTER_JSON || is_open ? 1 : 2);
		if (!parse_block(&ps, block, &fm, f))
			return false;
	}
	*ret = fm;
	return true;
}

bool frontmatter_parse(struct arena *a, struct str file, const char *name, struct frontmatter *ret,
		       struct fail *f)
{
	return parse_file(a, file, name, false, ret, f);
}

bool frontmatter_parse_open(struct arena *a, struct str file, const char *name,
			    struct frontmatter *ret, struct fail *f)
{
	return parse_file(a, file, name, true, ret, f);
}

static bool parse_whole(struct arena *a, struct str text, const char *name,
			enum frontmatter_form form, struct frontmatter *ret, struct fail *f)
{
	struct frontmatter fm = { .form = form, .body_line = 1 };
	struct pairs ps;

	if (!check_text(text, name, f))
		return false;
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_skip(text, 3);
	pairs_init(&ps, a, name, 1);
	if (!parse_block(&ps, text, &fm, f))
		return false;
	*ret = fm;
	return true;
}

bool frontmatter_parse_yaml(struct arena *a, struct str text, const char *name,
			    struct frontmatter *ret, struct fail *f)
{
	return parse_whole(a, text, name, FRONTMATTER_YAML, ret, f);
}

bool frontmatter_parse_toml(struct arena *a, struct str text, const char *name,
			    struct frontmatter *ret, struct fail *f)
{
	return parse_whole(a, text, name, FRONTMATTER_TOML, ret, f);
}

const struct frontmatter_pair *frontmatter_find(const struct frontmatter *fm, struct str key)
{
	size_t i;

	for (i = fm->n; i > 0; i--)
		if (str_eq_nocase(fm->pairs[i - 1].key, key))
			return &fm->pairs[i - 1];
	return NULL;
}
