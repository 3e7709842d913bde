/* source.c - a text as a whole: its name, its head, its body, and what follows from them. */
#include "transfer/source.h"
#include <stdio.h>
#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "transfer/source_head.h"
#include "transfer/source_name.h"
#include "transfer/tags.h"

static bool is_word_of(struct str s, const char *words)
{
	struct str rest = str_of(words);

	while (rest.n)
		if (str_eq_nocase(str_cut(rest, ' ', &rest), s))
			return true;
	return false;
}

/* Where it lies, what it calls itself (type), whether it has a date. */
static bool decide_post(const struct source_context *cx, const struct source_doc *doc,
			struct str type)
{
	if (doc->is_section || is_word_of(type, "page pages default home archives"))
		return false;
	if (doc->is_post || is_word_of(doc->section, "posts post blog articles article news notes"))
		return true;
	if (is_word_of(type, "post posts blog article single"))
		return doc->has_date || !is_word_of(type, "single");
	return doc->has_name_date || (doc->has_date && !doc->in_menu
				      && cx->dialect->kind == DIALECT_FOLDER);
}

/* The heading that the body begins with, or nothing; it and empty lines before it are taken
 * from the body. */
static struct str take_heading(struct source_doc *doc)
{
	struct str rest = doc->body, line;

	while (str_line(&rest, &line)) {
		bool is_heading = str_starts(line, STR("# "));

		if (!is_heading && str_trim(line).n)
			break;
		doc->body = rest;
		doc->body_line++;
		if (is_heading)
			return str_trim(str_skip(line, 2));
	}
	return STR_NONE;
}

/* "my-first-text" as "My first text". */
static struct str title_of_name(struct arena *a, struct str stem)
{
	char *name = arena_cstr(a, stem);

	for (size_t i = 0; name[i]; i++)
		if (name[i] == '-' || name[i] == '_')
			name[i] = ' ';
	if (name[0] >= 'a' && name[0] <= 'z')
		name[0] = (char)(name[0] - 32);
	return str_of(name);
}

/* Without a title key: the first heading when the text begins with one, else the name. */
static void make_title(struct arena *a, struct source_doc *doc)
{
	if (doc->title.n == 0)
		doc->title = take_heading(doc);
	if (doc->title.n == 0)
		doc->title = title_of_name(a, doc->stem);
	doc->title = utf8_cut(doc->title, LIMIT_TITLE);
}

/* Jekyll copies files without a head as they are: they are not pages. */
static bool is_page_at_all(const struct source_context *cx, const struct frontmatter *fm)
{
	return cx->dialect->kind != DIALECT_JEKYLL || fm->form != FRONTMATTER_NONE;
}

/* The front matter names "path:line: " itself. */
static void complain_placed(struct receipt *r, struct str path, struct fail why)
{
	struct str text = str_skip(str_of(why.text), path.n + 1), sentence;
	struct fail plain = why;
	int64_t line;

	if (str_starts(str_of(why.text), path) &&
	    str_to_i64(str_cut(text, ':', &sentence), &line)) {
		snprintf(plain.text, sizeof plain.text, "%.*s", STR_ARG(str_trim(sentence)));
		receipt_complain(r, path, (int)line, &plain);
		return;
	}
	receipt_complain(r, STR_NONE, 0, &why);
}

bool source_read(const struct source_context *cx, struct arena *a, struct str path,
		 const struct digest *known, struct source_doc *ret)
{
	CLEANUP(buf_release) struct buf file = BUF(LIMIT_POST + LIMIT_FRONT_MATTER);
	struct fail why = FAIL_INIT;
	struct frontmatter fm;
	struct str text, type;
	struct stat st;

	memset(ret, 0, sizeof *ret);
	source_name_read(cx, a, path, ret);
	if (!tree_read_stat(cx->tree, path, &file, &st, &why)) {
		receipt_complain(cx->receipt, path, 0, &why);
		return false;
	}
	ret->size = st.st_size;
	ret->mtime_ns = file_mtime_ns(&st);
	ret->digest = known ? *known : digest_of(buf_str(&file));
	text = arena_str(a, buf_str(&file));
	if (!(cx->dialect->kind == DIALECT_HEXO ? frontmatter_parse_open : frontmatter_parse)
	     (a, text, arena_cstr(a, path), &fm, &why)) {
		complain_placed(cx->receipt, path, why);
		return false;
	}
	type = source_head_take(cx, a, &fm, ret);
	ret->body = fm.body;
	ret->body_line = fm.body_line;
	ret->is_hidden |= !is_page_at_all(cx, &fm);
	ret->has_type = type.n > 0;
	ret->is_post = decide_post(cx, ret, type);
	make_title(a, ret);
	ret->body = tags_translate(cx, a, ret);
	return true;
}
