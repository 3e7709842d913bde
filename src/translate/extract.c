/* extract.c - see extract.h: what was found, and how it is written. */
#include "translate/extract.h"

#include <stdlib.h>
#include <string.h>
#include "lang/po_write.h"
#include "translate/extract_impl.h"

#define COLUMNS 79

static const char POT_HEADER[] =
	"# Copyright (C) 2026 the authors of Hameau\n"
	"# This file is distributed under the same license as the hameau package.\n"
	"#\n"
	"#, fuzzy\n"
	"msgid \"\"\n"
	"msgstr \"\"\n"
	"\"Project-Id-Version: hameau\\n\"\n"
	"\"Report-Msgid-Bugs-To: \\n\"\n"
	"\"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n\"\n"
	"\"Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n\"\n"
	"\"Language-Team: LANGUAGE <LL@li.org>\\n\"\n"
	"\"Language: \\n\"\n"
	"\"MIME-Version: 1.0\\n\"\n"
	"\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\"Content-Transfer-Encoding: 8bit\\n\"\n"
	"\"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n\"\n";

struct extract *extract_new(void)
{
	struct extract *e = MEM_NEW(struct extract);

	e->arena = arena_new(0);
	e->by_key = map_new();
	return e;
}

void extract_freep(struct extract **e)
{
	if (!*e)
		return;
	for (size_t i = 0; i < (*e)->messages.n; i++)
		VEC_FREE(&(*e)->messages.p[i]->places);
	VEC_FREE(&(*e)->messages);
	map_free((*e)->by_key, NULL);
	arena_free((*e)->arena);
	mem_free(*e);
	*e = NULL;
}

/* ---- collecting ---- */

/* "%-10.3lld" or "%<PRId64>": its length at the start of s, 0 for none. */
static size_t directive_length(struct str s)
{
	size_t i = 1;

	if (s.n < 2 || s.p[0] != '%')
		return 0;
	if (s.p[1] == '<') {
		ptrdiff_t end = str_find_char(s, '>');

		return end < 0 ? 0 : (size_t)end + 1;
	}
	while (i < s.n && strchr("-0123456789.*hlzj", s.p[i]))
		i++;
	return i < s.n && strchr("sducfx", s.p[i]) ? i + 1 : 0;
}

static bool has_words(struct str s)
{
	while (s.n) {
		size_t n = directive_length(s);
		unsigned char c = (unsigned char)s.p[0];

		if (n == 0 && (c == '%' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
			return true;
		s = str_skip(s, n ? n : 1);
	}
	return false;
}

static void add_place(struct extract *e, struct extract_message *m, const char *place)
{
	struct str s = str_of(place);

	for (size_t i = 0; i < m->places.n; i++)
		if (str_eq(m->places.p[i], s))
			return;
	*VEC_ADD(&m->places) = arena_str(e->arena, s);
}

struct extract_message *extract_put(struct extract *e, const char *place, struct str context,
				    struct str id)
{
	struct str key = arena_printf(e->arena, "%.*s%c%.*s", STR_ARG(context),
				      context.p ? '\x04' : '\x05', STR_ARG(id));
	struct extract_message *m = map_find(e->by_key, key);

	if (!has_words(id) || id.n > PO_MESSAGE_MAX)
		return NULL;
	if (!m) {
		m = ARENA_NEW(e->arena, struct extract_message);
		m->context = context.p ? arena_str(e->arena, context) : STR_NONE;
		m->id = arena_str(e->arena, id);
		map_put(e->by_key, key, m);
		*VEC_ADD(&e->messages) = m;
	}
	add_place(e, m, place);
	return m;
}

/* ---- writing ---- */

static void put_places(struct buf *out, const struct extract_message *m)
{
	size_t column = 0;

	for (size_t i = 0; i < m->places.n; i++) {
		size_t width = m->places.p[i].n + 1;

		if (column && column + width > COLUMNS) {
			buf_adds(out, "\n");
			column = 0;
		}
		if (column == 0) {
			buf_adds(out, "#:");
			column = 2;
		}
		buf_addf(out, " %.*s", STR_ARG(m->places.p[i]));
		column += width;
	}
	buf_adds(out, "\n");
}

static void put_message(struct buf *out, const struct extract_message *m)
{
	struct po_message po = { .context = m->context, .id = m->id, .id_plural = m->id_plural,
				 .texts = m->id_plural.p ? 2 : 1 };
	struct str note = m->note, line;

	buf_adds(out, "\n");
	while (str_line(&note, &line))
		buf_addf(out, "#. %.*s\n", STR_ARG(line));
	put_places(out, m);
	if (m->c_format)
		buf_adds(out, "#, c-format\n");
	po_write_body(out, &po);
}

static bool is_taken(const struct extract_message *m, extract_take *take, void *arg)
{
	for (size_t i = 0; i < m->places.n; i++)
		if (take(arg, m->places.p[i]))
			return true;
	return false;
}

static bool is_in(const struct po *po, const struct extract_message *m)
{
	for (size_t i = 0; po && i < po->count; i++)
		if (str_eq(po->messages[i].id, m->id) &&
		    str_eq(po->messages[i].context, m->context))
			return true;
	return false;
}

/* By file and then by text, as gettext's --sort-by-file does it where places have no lines:
 * moving a sentence within its file changes nothing. */
static int by_place(const void *a, const void *b)
{
	const struct extract_message *m = *(struct extract_message *const *)a;
	const struct extract_message *n = *(struct extract_message *const *)b;
	int order = str_cmp(m->places.p[0], n->places.p[0]);

	order = order ? order : str_cmp(m->id, n->id);
	return order ? order : str_cmp(m->context, n->context);
}

size_t extract_write(struct extract *e, const char *title, extract_take *take, void *arg,
		     const struct po *without, struct buf *out)
{
	size_t written = 0;

	buf_addf(out, "# %s\n%s", title, POT_HEADER);
	if (e->messages.n)
		qsort(e->messages.p, e->messages.n, sizeof *e->messages.p, by_place);
	for (size_t i = 0; i < e->messages.n; i++) {
		const struct extract_message *m = e->messages.p[i];

		if (!is_taken(m, take, arg) || is_in(without, m))
			continue;
		put_message(out, m);
		written++;
	}
	return written;
}
