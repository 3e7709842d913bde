/* parse_yaml.c - YAML by libyaml's events, flattened on the way.
 *
 * No tree is built. Two things are refused before libyaml sees the text, because
 * it is quadratic on them: brackets nested deeper than anybody writes, and with
 * the events come the rest: aliases (which could multiply) and deep maps.
 */
#include <yaml.h>
#include "base/attrs.h"
#include "base/utf8.h"
#include "frontmatter/parse.h"

enum { BRACKETS_MAX = 64 };

/* Counts every bracket, also quoted ones: sixty-four open at once is no title. */
static bool guard_brackets(const struct pairs *ps, struct str block, struct fail *f)
{
	int open = 0, line = 1;
	size_t i;

	for (i = 0; i < block.n; i++) {
		if (block.p[i] == '\n')
			line++;
		else if (block.p[i] == '[' || block.p[i] == '{')
			open++;
		else if ((block.p[i] == ']' || block.p[i] == '}') && open > 0)
			open--;
		if (open > BRACKETS_MAX) {
			fail(f, FAIL_INVALID,
			     "the brackets of the front matter are nested too deeply");
			return pairs_fail(ps, line, f);
		}
	}
	return true;
}

struct yaml {
	struct pairs *pairs;
	struct str block;
	yaml_parser_t parser;
	struct fail *f;
};

static int event_line(const yaml_event_t *e)
{
	return (int)e->start_mark.line + 1;
}

static bool refuse(struct yaml *y, int line)
{
	return pairs_fail(y->pairs, line, y->f);
}

static const char bad_quote[] = N_("a string of the front matter has no closing quote");
static const char bad_start[] = N_("a value cannot begin with %c; put it between quotation marks");
static const char bad_tab[] = N_("lines are indented with spaces, not with tabs");
static const char bad_line[] =
	N_("this line neither goes on nor ends what stands before it; look at how far it is"
	   " indented, and for a quotation mark that is missing");
static const char bad_escape[] = N_("the front matter has an unknown escape in a string");

/* What libyaml 0.2 says of what people get wrong, and what we say of it. At the context
 * began what the problem is the end of. */
static const struct said {
	const char *problem, *text;
	bool at_context;
} sayings[] = {
	{ "mapping values are not allowed in this context",
	  N_("a colon stands where no key ends; put the value between quotation marks, or begin"
	     " the keys in one column"), false },
	{ "could not find expected ':'", N_("a key has no colon behind it"), true },
	{ "did not find expected key", bad_line, false },
	{ "did not find expected '-' indicator", bad_line, false },
	{ "found unexpected end of stream", bad_quote, true },
	{ "found unexpected document indicator", bad_quote, true },
	{ "did not find expected ',' or ']'",
	  N_("a list of the front matter lacks a comma or its end"), false },
	{ "did not find expected ',' or '}'",
	  N_("a table of the front matter lacks a comma or its end"), false },
	{ "did not find expected node content", bad_start, false },
	{ "found character that cannot start any token", bad_start, false },
	{ "did not find expected alphabetic or numeric character", bad_start, true },
	{ "found undefined tag handle", bad_start, false },
	{ "found a tab character where an indentation space is expected", bad_tab, false },
	{ "found a tab character that violates indentation", bad_tab, false },
	{ "block sequence entries are not allowed in this context",
	  N_("a list with hyphens begins on a line of its own"), false },
	{ "found unknown escape character", bad_escape, false },
	{ "did not find expected hexdecimal number", bad_escape, false },
	{ "found invalid Unicode character escape code", bad_escape, false },
};

/* The character of the block at a mark, if it is of ASCII; else '?'. */
static char character_at(struct str block, yaml_mark_t mark)
{
	struct str line = STR_NONE;
	size_t at = 0;

	for (size_t i = 0; i <= mark.line; i++)
		if (!str_line(&block, &line))
			return '?';
	for (size_t i = 0; i < mark.column && at < line.n; i++)
		utf8_next(line, &at);
	return at < line.n && (unsigned char)line.p[at] < 0x80 ? line.p[at] : '?';
}

static bool say(struct yaml *y, const struct said *s, yaml_mark_t mark)
{
	char c = character_at(y->block, mark);

	fail(y->f, FAIL_INVALID, c == '\t' && s->text == bad_start ? bad_tab : s->text, c);
	return refuse(y, (int)mark.line + 1);
}

static bool parser_error(struct yaml *y)
{
	const yaml_parser_t *p = &y->parser;
	yaml_mark_t mark = p->error == YAML_READER_ERROR ? p->mark : p->problem_mark;

	for (size_t i = 0; p->problem && i < ARRAY_LEN(sayings); i++)
		if (strcmp(p->problem, sayings[i].problem) == 0)
			return say(y, &sayings[i],
				   sayings[i].at_context ? p->context_mark : p->problem_mark);
	fail(y->f, FAIL_INVALID, "the front matter is not valid YAML near column %d",
	     (int)mark.column + 1);
	return refuse(y, (int)mark.line + 1);
}

static bool next(struct yaml *y, yaml_event_t *e)
{
	if (!yaml_parser_parse(&y->parser, e))
		return parser_error(y);
	if (e->type != YAML_ALIAS_EVENT)
		return true;
	fail(y->f, FAIL_INVALID, "the front matter uses a YAML alias (*name); write the value out");
	refuse(y, event_line(e));
	yaml_event_delete(e);
	return false;
}

static struct str scalar(const yaml_event_t *e)
{
	return str_from((const char *)e->data.scalar.value, e->data.scalar.length);
}

static bool is_null(const yaml_event_t *e)
{
	struct str s = scalar(e);

	return e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	       (s.n == 0 || str_eq(s, STR("~")) || str_eq_nocase(s, STR("null")));
}

static bool take_node(struct yaml *y, yaml_event_t *e, int depth, size_t list);

static bool take_list(struct yaml *y, int depth, size_t list)
{
	bool done = true;

	while (done) {
		yaml_event_t e;

		if (!next(y, &e))
			return false;
		if (e.type == YAML_SEQUENCE_END_EVENT) {
			yaml_event_delete(&e);
			return true;
		}
		done = take_node(y, &e, depth + 1, list);
		yaml_event_delete(&e);
	}
	return false;
}

static bool take_entry(struct yaml *y, const yaml_event_t *key, int depth)
{
	size_t path_n = y->pairs->path_n;
	yaml_event_t value;
	bool done;

	if (key->type != YAML_SCALAR_EVENT) {
		fail(y->f, FAIL_INVALID, "a key of the front matter is not a plain word");
		return refuse(y, event_line(key));
	}
	if (!pairs_enter(y->pairs, scalar(key))) {
		fail(y->f, FAIL_INVALID, "a key of the front matter is too long");
		return refuse(y, event_line(key));
	}
	if (!next(y, &value))
		return false;
	done = take_node(y, &value, depth + 1, PAIRS_ALONE);
	yaml_event_delete(&value);
	pairs_leave(y->pairs, path_n);
	return done;
}

static bool take_map(struct yaml *y, int depth)
{
	bool done = true;

	while (done) {
		yaml_event_t key;

		if (!next(y, &key))
			return false;
		if (key.type == YAML_MAPPING_END_EVENT) {
			yaml_event_delete(&key);
			return true;
		}
		done = take_entry(y, &key, depth);
		yaml_event_delete(&key);
	}
	return false;
}

/* list: the pair of the list around, of which a scalar is one more value. A list in a
 * list adds to the same pair, a map in a list begins pairs of its own. */
static bool take_node(struct yaml *y, yaml_event_t *e, int depth, size_t list)
{
	int line = event_line(e);

	if (depth > PAIRS_DEPTH) {
		fail(y->f, FAIL_INVALID, "the front matter is nested too deeply");
		return refuse(y, line);
	}
	if (e->type == YAML_MAPPING_START_EVENT)
		return take_map(y, depth);
	if (e->type != YAML_SCALAR_EVENT && e->type != YAML_SEQUENCE_START_EVENT) {
		fail(y->f, FAIL_INVALID, "the front matter is not a list of keys and values");
		return refuse(y, line);
	}
	if (list == PAIRS_ALONE) {
		if (!pairs_begin(y->pairs, line, e->type == YAML_SEQUENCE_START_EVENT, y->f))
			return false;
		list = y->pairs->n - 1;
	}
	if (e->type == YAML_SEQUENCE_START_EVENT)
		return take_list(y, depth, list);
	return is_null(e) || pairs_value(y->pairs, list, scalar(e), line, y->f);
}

/* STREAM-START DOCUMENT-START, then the one map; whatever follows it is an error. */
static bool take_stream(struct yaml *y)
{
	for (;;) {
		yaml_event_t e;
		yaml_event_type_t type;
		int line;
		bool done = true;

		if (!next(y, &e))
			return false;
		type = e.type;
		line = event_line(&e);
		if (type == YAML_MAPPING_START_EVENT)
			done = take_map(y, 1);
		else if (type == YAML_SCALAR_EVENT && is_null(&e))
			;				/* an empty block */
		else if (type != YAML_STREAM_START_EVENT && type != YAML_DOCUMENT_START_EVENT &&
			 type != YAML_DOCUMENT_END_EVENT && type != YAML_STREAM_END_EVENT) {
			fail(y->f, FAIL_INVALID,
			     "the front matter is not a list of keys and values");
			done = refuse(y, line);
		}
		yaml_event_delete(&e);
		if (!done || type == YAML_STREAM_END_EVENT)
			return done;
	}
}

bool parse_yaml(struct pairs *ps, struct str block, struct fail *f)
{
	struct yaml y = { .pairs = ps, .block = block, .f = f };
	bool done;

	if (!guard_brackets(ps, block, f))
		return false;
	if (!yaml_parser_initialize(&y.parser))
		return fail(f, FAIL_BUSY, "there is not enough memory to read the front matter");
	yaml_parser_set_encoding(&y.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&y.parser, (const unsigned char *)block.p, block.n);
	done = take_stream(&y);
	yaml_parser_delete(&y.parser);
	return done;
}
