/* frontmatter.c - finds the block at the head of a file and has it parsed. */
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
	done = fm->form == FRONTMATTER_YAML ? parse_yaml(ps, block, f) : parse_toml(ps, block, f);
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

bool frontmatter_parse(struct arena *a, struct str file, const char *name, struct frontmatter *ret,
		       struct fail *f)
{
	struct frontmatter fm = { .form = FRONTMATTER_NONE, .body_line = 1 };
	struct str block = STR_NONE, fence;
	struct pairs ps;

	if (!check_text(file, name, f))
		return false;
	if (str_starts(file, STR("\xef\xbb\xbf")))
		file = str_skip(file, 3);
	if (is_fence(line_of(file), STR("---")))
		fm.form = FRONTMATTER_YAML;
	else if (is_fence(line_of(file), STR("+++")))
		fm.form = FRONTMATTER_TOML;
	fm.body = file;
	if (fm.form != FRONTMATTER_NONE) {
		fence = fm.form == FRONTMATTER_YAML ? STR("---") : STR("+++");
		if (!cut_block(file, fence, &block, &fm))
			return fail(f, FAIL_INVALID, "%s:1: the front matter has no end; "
				    "close it with a line of %.*s", name, STR_ARG(fence));
		pairs_init(&ps, a, name, 2);
		if (!parse_block(&ps, block, &fm, f))
			return false;
	}
	*ret = fm;
	return true;
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
