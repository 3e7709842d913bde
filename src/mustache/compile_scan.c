/* compile_scan.c - from source to tags: where the next one is, what stands round it on its
 * line, whether its name is one, and how a fault is told with its place.
 */
#include "mustache/compile.h"
#include <stdio.h>
#include <string.h>

#define PATH_PARTS 16

void compile_locate(const struct compiler *c, struct position *position, size_t to)
{
	for (; position->at < to && position->at < c->src.n; position->at++) {
		char ch = c->src.p[position->at];

		if (ch == '\n') {
			position->line++;
			position->column = 1;
		} else if ((ch & 0xc0) != 0x80) {
			position->column++;
		}
	}
}

bool compile_wrong_at(struct compiler *c, size_t pos)
{
	struct position position = POSITION_START;

	compile_locate(c, &position, pos);
	return fail_in(c->f, "%s:%zu:%zu", c->t->name, position.line, position.column);
}

/* --- names --- */

static bool is_name_byte(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9')
		|| ch == '_' || ch == '-';
}

static bool name_is_good(struct str name, bool strict, const char *also)
{
	if (!name.n)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		if (strict && !is_name_byte(name.p[i]) && !strchr(also, name.p[i]))
			return false;
		if ((unsigned char)name.p[i] <= ' ')
			return false;
	}
	return true;
}

bool compile_check_name(struct compiler *c, const struct tag *tag, const char *also)
{
	struct str rest;

	if (name_is_good(tag->name, c->options->strict, also))
		return true;
	if (!tag->name.n)
		return fail(c->f, FAIL_INVALID, "a tag without a name")
			|| compile_wrong_at(c, tag->start);
	/* A brace too few, and the "name" goes on for pages. */
	return fail(c->f, FAIL_INVALID, "\"%.*s\" is not a name; names are made of letters, digits,"
		    " \"_\" and \"-\"", STR_ARG(str_sub(str_cut(tag->name, '\n', &rest), 0, 60)))
		|| compile_wrong_at(c, tag->start);
}

bool compile_path(struct compiler *c, struct str name, size_t pos, struct path *ret)
{
	struct str rest = name;
	size_t n = 1;

	*ret = (struct path){ NULL, 0 };
	if (str_eq(name, STR(".")))
		return true;
	for (size_t i = 0; i < name.n; i++)
		n += name.p[i] == '.';
	if (n > PATH_PARTS)
		return fail(c->f, FAIL_TOO_LARGE, "a name may have %d parts", PATH_PARTS)
			|| compile_wrong_at(c, pos);
	ret->names = arena_array(c->t->arena, n, sizeof(*ret->names));
	while (ret->n < n) {
		struct str part = str_cut(rest, '.', &rest);

		if (!part.n)
			return fail(c->f, FAIL_INVALID, "\"%.*s\" has a part without a name",
				    STR_ARG(name)) || compile_wrong_at(c, pos);
		ret->names[ret->n++] = (struct name){ part, value_hash(part) };
	}
	return true;
}

/* --- scanning --- */

static void look_around(const struct compiler *c, struct tag *tag)
{
	size_t line = tag->start, after = tag->end;

	while (line > c->last_end && c->src.p[line - 1] != '\n')
		line--;
	if (line > 0 && line == c->last_end && c->src.p[line - 1] != '\n')
		line = tag->start + 1;		/* another tag shares the line */
	tag->blank_before = line <= tag->start;
	for (size_t i = line; i < tag->start; i++)
		if (c->src.p[i] != ' ' && c->src.p[i] != '\t')
			tag->blank_before = false;
	if (tag->blank_before)
		tag->indent = str_sub(c->src, line, tag->start);

	while (after < c->src.n && (c->src.p[after] == ' ' || c->src.p[after] == '\t'))
		after++;
	if (after + 1 < c->src.n && c->src.p[after] == '\r' && c->src.p[after + 1] == '\n')
		after++;
	tag->blank_after = after >= c->src.n || c->src.p[after] == '\n';
	tag->next_line = after < c->src.n ? after + 1 : after;
}

static bool find_end(struct compiler *c, struct tag *tag, size_t from, const char *extra)
{
	char mark[32];
	struct str closing;
	ptrdiff_t end;

	snprintf(mark, sizeof(mark), "%s%.*s", extra, STR_ARG(c->right));
	closing = str_of(mark);
	end = str_find(str_skip(c->src, from), closing);
	if (end < 0)
		return fail(c->f, FAIL_INVALID, "the tag that begins here is never closed by %s",
			    mark) || compile_wrong_at(c, tag->start);
	tag->name = str_trim(str_sub(c->src, from, from + (size_t)end));
	tag->end = from + (size_t)end + closing.n;
	return true;
}

bool compile_scan(struct compiler *c, size_t from, struct tag *tag, bool *found)
{
	ptrdiff_t at = str_find(str_skip(c->src, from), c->left);
	size_t body;
	char kind;

	*found = at >= 0;
	if (!*found)
		return true;
	*tag = (struct tag){ .start = from + (size_t)at };
	body = tag->start + c->left.n;
	kind = body < c->src.n ? c->src.p[body] : '\0';
	if (!strchr("#^/><$!={&", kind))
		kind = '\0';
	if (!find_end(c, tag, kind ? body + 1 : body, kind == '{' ? "}" : kind == '=' ? "=" : ""))
		return false;
	tag->kind = kind == '&' ? '{' : kind;
	look_around(c, tag);
	return true;
}
