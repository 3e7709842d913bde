/* text.c - see text.h. */
#include "lang/text.h"

#include "base/buf.h"
#include "base/limits.h"
#include "lang/placeholder.h"

enum { LEVELS = 6, FILLED = 4 * LIMIT_TEXT };

const char *const text_facts[] = {
	"host",			/* its title */
	"domain",		/* its address, without https:// */
	"operator", "address", "responsible", "place", "contact",
	"legal_url", "help_url",	/* of these pages, in the reader's language */
	/* what the access log keeps */
	"if_log_nothing", "if_log_requests", "if_log_networks", "if_log_addresses",
	NULL,
};

bool text_fact_is_known(struct str name)
{
	for (size_t i = 0; text_facts[i]; i++)
		if (str_eq(name, str_of(text_facts[i])))
			return true;
	return false;
}

static int heading_level(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == '#')
		n++;
	return n && n <= LEVELS && n < line.n && line.p[n] == ' ' ? (int)n : 0;
}

/* A line ends as CommonMark 2.1 has it: "\n", "\r\n", or "\r" alone. What was filled and is
 * read again then has the same lines, whichever editor wrote it. */
static bool next_line(struct str *rest, struct str *ret)
{
	size_t n = 0, end;

	if (!rest->n)
		return false;
	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	end = n + (n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n');
	*ret = str_sub(*rest, 0, n);
	*rest = str_skip(*rest, end + 1);
	return true;
}

bool text_next(struct text_reader *r, struct text_line *ret)
{
	struct str line;
	bool fence;

	if (!next_line(&r->rest, &line))
		return false;
	fence = str_starts(line, STR("```"));
	*ret = (struct text_line){ .line = line, .number = ++r->number,
				   .code = fence || r->in_code };
	if (fence)
		r->in_code = !r->in_code;
	if (!ret->code)
		ret->heading = heading_level(line);
	return true;
}

/* A paragraph or an item being gathered, and what waits for it. */
struct filling {
	struct arena *a;
	struct buf out, unit;
	struct str headings[LEVELS];	/* not written yet, by level - 1 */
	bool left_out;			/* the unit asks for what is not given */
	bool blank;			/* a blank line stood before it */
	text_fact *fact;
	void *arg;
};

static void put_headings(struct filling *t)
{
	for (int i = 0; i < LEVELS; i++) {
		if (t->headings[i].n)
			buf_addf(&t->out, "\n%.*s\n", STR_ARG(t->headings[i]));
		t->headings[i] = STR_NONE;
	}
}

static void end_unit(struct filling *t)
{
	if (t->unit.n && !t->left_out) {
		put_headings(t);
		buf_adds(&t->out, t->blank ? "\n" : "");
		buf_add(&t->out, buf_str(&t->unit));
		t->blank = false;
	}
	buf_clear(&t->unit);
	t->left_out = false;
}

static bool is_item(struct str line)
{
	size_t i = 0;

	if (str_starts(line, STR("- ")) || str_starts(line, STR("* ")))
		return true;
	while (i < line.n && line.p[i] >= '0' && line.p[i] <= '9')
		i++;
	return i > 0 && str_starts(str_skip(line, i), STR(". "));
}

static void put_filled(struct filling *t, struct buf *b, struct str line)
{
	size_t at = 0, from = 0;
	struct str name;

	while ((name = placeholder_next_name(line, &at)).n) {
		struct str value;

		if (!text_fact_is_known(name))
			continue;
		value = t->fact(t->arg, name);
		t->left_out |= !value.p;
		buf_add(b, str_sub(line, from, (size_t)(name.p - line.p) - 1));
		buf_add(b, value);
		from = at;
	}
	buf_add(b, str_skip(line, from));
	buf_addc(b, '\n');
}

/* What stands under the one before, deeper or as deep, has no place under this one. */
static void take_heading(struct filling *t, const struct text_line *line)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_TEXT);

	end_unit(t);
	for (int i = line->heading - 1; i < LEVELS; i++)
		t->headings[i] = STR_NONE;
	put_filled(t, &b, line->line);
	if (!t->left_out)
		t->headings[line->heading - 1] = arena_str(t->a, str_trim(buf_str(&b)));
	t->left_out = false;
	t->blank = true;
}

struct str text_fill(struct arena *a, struct str text, text_fact *fact, void *arg)
{
	struct filling t = { .a = a, .out = BUF(FILLED), .unit = BUF(FILLED), .fact = fact,
			     .arg = arg };
	struct text_reader r = { .rest = text };
	struct text_line line;
	struct str ret;

	while (text_next(&r, &line)) {
		if (line.code) {
			buf_addf(&t.unit, "%.*s\n", STR_ARG(line.line));
		} else if (line.heading) {
			take_heading(&t, &line);
		} else if (!str_trim(line.line).n) {
			end_unit(&t);
			t.blank = true;
		} else {
			if (is_item(line.line))
				end_unit(&t);
			put_filled(&t, &t.unit, line.line);
		}
	}
	end_unit(&t);
	ret = arena_str(a, buf_str(&t.out));
	buf_release(&t.out);
	buf_release(&t.unit);
	return ret;
}
