/* po_stats.c - see po_stats.h. */
#include "translate/po_stats.h"

#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "lang/po_write.h"

struct counting {
	struct arena *a;
	struct map *by_screen, *messages;
	VEC(struct po_stats *) screens;
};

enum state { TRANSLATED, FUZZY, MISSING };

static size_t words_of(struct str s)
{
	size_t n = 0;

	while (s.n)
		n += str_trim(str_cut(s, ' ', &s)).n > 0;
	return n;
}

static const char *screen_of(struct arena *a, struct str place)
{
	ptrdiff_t at = str_find(place, STR("/templates/"));
	struct str theme = at < 0 ? STR("") : path_name(str_sub(place, 0, (size_t)at)), name;

	if (str_starts(place, STR("templates/"))) {
		name = str_skip(place, 10);
	} else if (at >= 0) {
		name = str_skip(place, (size_t)at + 11);
	} else {
		name = path_dir(place);
		return arena_cstr(a, name.n ? name : place);
	}
	name = str_ends(name, STR(".html")) ? str_sub(name, 0, name.n - 5) : name;
	return arena_printf(a, "%.*s%s%.*s", STR_ARG(theme), theme.n ? "/" : "", STR_ARG(name)).p;
}

static struct po_stats *find_screen(struct counting *c, const char *screen)
{
	struct po_stats *s = map_find(c->by_screen, str_of(screen));

	if (s)
		return s;
	s = ARENA_NEW(c->a, struct po_stats);
	s->screen = screen;
	map_put(c->by_screen, str_of(screen), s);
	*VEC_ADD(&c->screens) = s;
	return s;
}

static struct str key_of(struct arena *a, const struct po_message *m)
{
	return arena_printf(a, "%.*s%c%.*s", STR_ARG(m->context), m->context.p ? '\x04' : '\x05',
			    STR_ARG(m->id));
}

static enum state state_of(const struct po_message *m)
{
	if (!m || m->texts == 0)
		return MISSING;
	for (unsigned i = 0; i < m->texts; i++)
		if (m->text[i].n == 0)
			return MISSING;
	return m->fuzzy ? FUZZY : TRANSLATED;
}

static void count(struct po_stats *s, enum state state, size_t words)
{
	s->translated += state == TRANSLATED;
	s->fuzzy += state == FUZZY;
	s->missing += state == MISSING;
	s->words += words;
	s->words_translated += state == TRANSLATED ? words : 0;
}

static void count_message(struct counting *c, struct po_stats *whole, const struct po_message *m)
{
	enum state state = state_of(map_find(c->messages, key_of(c->a, m)));
	size_t words = words_of(m->id);
	struct str rest = m->comments, line, place;
	const struct po_stats *last = NULL;

	count(whole, state, words);
	while (po_comment_next(&rest, ':', &line)) {
		for (line = str_skip(line, 2); line.n;) {
			struct po_stats *s;

			place = str_trim(str_cut(line, ' ', &line));
			if (!place.n)
				continue;
			s = find_screen(c, screen_of(c->a, place));
			if (s != last)		/* two files of one folder */
				count(s, state, words);
			last = s;
		}
	}
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(struct po_stats *const *)a)->screen,
		      (*(struct po_stats *const *)b)->screen);
}

size_t po_stats(struct arena *a, const struct po *pot, const struct po *po,
		struct po_stats **ret)
{
	struct counting c = { .a = a, .by_screen = map_new(), .messages = map_new() };
	struct po_stats whole = { 0 };
	size_t n;

	for (size_t i = 0; po && i < po->count; i++)
		if (!po->messages[i].obsolete)
			map_put(c.messages, key_of(a, &po->messages[i]), &po->messages[i]);
	for (size_t i = 0; i < pot->count; i++)
		if (!pot->messages[i].obsolete)
			count_message(&c, &whole, &pot->messages[i]);
	n = c.screens.n;
	if (n)
		qsort(c.screens.p, n, sizeof *c.screens.p, by_name);
	*ret = arena_array(a, n + 1, sizeof **ret);
	(*ret)[0] = whole;
	for (size_t i = 0; i < n; i++)
		(*ret)[i + 1] = *c.screens.p[i];
	VEC_FREE(&c.screens);
	map_free(c.by_screen, NULL);
	map_free(c.messages, NULL);
	return n + 1;
}

size_t po_stats_all(const struct po_stats *s)
{
	return s->translated + s->fuzzy + s->missing;
}

unsigned po_stats_percent(const struct po_stats *s)
{
	size_t all = po_stats_all(s);

	return all ? (unsigned)(s->translated * 100 / all) : 100;
}
