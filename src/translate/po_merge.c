/* po_merge.c - see po_merge.h. */
#include "translate/po_merge.h"

#include "base/map.h"
#include "lang/po_write.h"

#define LIKE_ENOUGH 700		/* of 1000 */
#define LIKE_BYTES 600		/* longer texts are compared by their beginnings */

struct merging {
	struct arena *a;
	const struct po_merge *m;
	struct map *old, *wanted, *elsewhere;	/* key to struct po_message */
	bool *used;			/* of m->old->messages */
	size_t next;			/* old message that stands next if nothing changes */
	unsigned forms;
	struct buf *out;
	struct po_merge_count *count;
};

/* ---- likeness ---- */

static unsigned common_bytes(struct str a, struct str b)
{
	unsigned in_a[256] = { 0 }, in_b[256] = { 0 }, sum = 0;

	for (size_t i = 0; i < a.n; i++)
		in_a[(unsigned char)a.p[i]]++;
	for (size_t i = 0; i < b.n; i++)
		in_b[(unsigned char)b.p[i]]++;
	for (int c = 0; c < 256; c++)
		sum += in_a[c] < in_b[c] ? in_a[c] : in_b[c];
	return sum;
}

/* The longest common subsequence, row by row. */
static unsigned common_order(struct str a, struct str b)
{
	unsigned row[LIKE_BYTES + 1] = { 0 };

	for (size_t i = 0; i < a.n; i++) {
		unsigned corner = 0;

		for (size_t j = 0; j < b.n; j++) {
			unsigned above = row[j + 1];

			if (a.p[i] == b.p[j])
				row[j + 1] = corner + 1;
			else if (row[j] > above)
				row[j + 1] = row[j];
			corner = above;
		}
	}
	return row[b.n];
}

unsigned po_merge_likeness(struct str a, struct str b)
{
	size_t all;

	a = str_sub(a, 0, LIKE_BYTES);
	b = str_sub(b, 0, LIKE_BYTES);
	all = a.n + b.n;
	if (all == 0)
		return 1000;
	/* Cheap, and never less than the truth. */
	if (common_bytes(a, b) * 2000 / all < LIKE_ENOUGH)
		return 0;
	return (unsigned)(common_order(a, b) * 2000 / all);
}

/* ---- finding ---- */

static struct str key_of(struct arena *a, const struct po_message *m)
{
	return arena_printf(a, "%.*s%c%.*s", STR_ARG(m->context), m->context.p ? '\x04' : '\x05',
			    STR_ARG(m->id));
}

static bool is_translated(const struct po_message *m)
{
	for (unsigned i = 0; i < m->texts; i++)
		if (m->text[i].n == 0)
			return false;
	return m->texts > 0;
}

/* What stands in the file as a message counts before what is obsolete there. */
static void index_all(struct arena *a, struct map *map, const struct po *po)
{
	for (int obsolete = 0; obsolete < 2; obsolete++) {
		for (size_t i = 0; i < po->count; i++) {
			const struct po_message *m = &po->messages[i];
			struct str key = key_of(a, m);

			if (m->obsolete == obsolete && !map_find(map, key))
				map_put(map, key, (void *)m);
		}
	}
}

static const struct po_message *most_like(struct merging *g, const struct po_message *want)
{
	const struct po_message *best = NULL;
	unsigned best_likeness = LIKE_ENOUGH - 1;

	for (size_t i = 0; i < g->m->old->count; i++) {
		const struct po_message *m = &g->m->old->messages[i];
		unsigned likeness;

		if (m->fuzzy || !is_translated(m) || map_find(g->wanted, key_of(g->a, m)))
			continue;
		likeness = po_merge_likeness(want->id, m->id);
		if (likeness <= best_likeness)
			continue;
		best = m;
		best_likeness = likeness;
	}
	return best;
}

/* ---- writing ---- */

static void put_lines(struct buf *b, struct str comments, char kind)
{
	struct str line;

	while (po_comment_next(&comments, kind, &line)) {
		buf_add(b, line);
		buf_addc(b, '\n');
	}
}

static bool has_flag(struct str flags, struct str flag)
{
	while (flags.n)
		if (str_eq(str_trim(str_cut(flags, ',', &flags)), flag))
			return true;
	return false;
}

/* Flags that are not there yet; a format is what the extractor says. */
static void add_flags(struct buf *flags, struct str comments, bool with_formats)
{
	struct str line, flag;

	while (po_comment_next(&comments, ',', &line)) {
		for (line = str_skip(line, 2); line.n;) {
			flag = str_trim(str_cut(line, ',', &line));
			if (!flag.n || str_eq(flag, STR("fuzzy")) ||
			    has_flag(buf_str(flags), flag) ||
			    (!with_formats && str_ends(flag, STR("-format"))))
				continue;
			buf_adds(flags, flags->n ? ", " : "");
			buf_add(flags, flag);
		}
	}
}

static struct str comments_of(struct merging *g, const struct po_message *want,
			      const struct po_message *from, bool fuzzy,
			      const struct po_message *was)
{
	CLEANUP(buf_release) struct buf b = BUF(PO_MESSAGE_MAX * 4), flags = BUF(PO_MESSAGE_MAX);

	put_lines(&b, from->comments, ' ');
	put_lines(&b, want->comments, '.');
	put_lines(&b, want->comments, ':');
	buf_adds(&flags, fuzzy ? "fuzzy" : "");
	add_flags(&flags, want->comments, true);
	add_flags(&flags, from->comments, false);
	if (flags.n)
		buf_addf(&b, "#, %.*s\n", STR_ARG(buf_str(&flags)));
	if (was)
		po_write_previous(&b, was);
	else if (fuzzy)
		put_lines(&b, from->comments, '|');
	return arena_str(g->a, buf_str(&b));
}

static void put_raw(struct merging *g, struct str raw)
{
	buf_adds(g->out, g->out->n ? "\n" : "");
	buf_add(g->out, raw);
	buf_adds(g->out, "\n");
}

static void put_message(struct merging *g, struct str comments, const struct po_message *m)
{
	buf_adds(g->out, g->out->n ? "\n" : "");
	buf_add(g->out, comments);
	po_write_body(g->out, m);
	g->count->same = false;
}

/* want with the texts of `from`, as many as want has. */
static struct po_message filled(struct merging *g, const struct po_message *want,
				const struct po_message *from)
{
	struct po_message m = *want;

	m.texts = want->id_plural.p ? g->forms : 1;
	for (unsigned i = 0; i < m.texts; i++)
		m.text[i] = from->text[!from->id_plural.p ? 0 : i < from->texts ? i : 0];
	return m;
}

static void mark_used(struct merging *g, const struct po_message *from)
{
	size_t i = (size_t)(from - g->m->old->messages);

	g->used[i] = true;
	if (i != g->next)
		g->count->same = false;
	g->next = i + 1;
}

static bool same_plural(const struct po_message *a, const struct po_message *b)
{
	return !a->id_plural.p == !b->id_plural.p && str_eq(a->id_plural, b->id_plural);
}

/* The message is in the catalog under its key. */
static void put_known(struct merging *g, const struct po_message *want,
		      const struct po_message *from)
{
	bool same = same_plural(want, from);
	bool fuzzy = from->fuzzy || (!same && is_translated(from));
	struct str comments = comments_of(g, want, from, fuzzy, same ? NULL : from);
	struct po_message m;

	mark_used(g, from);
	g->count->kept += !fuzzy;
	g->count->fuzzy += fuzzy;
	if (same && !from->obsolete && str_eq(comments, from->comments)) {
		put_raw(g, from->raw);
		return;
	}
	g->count->same = false;
	if (same && !from->obsolete) {
		put_raw(g, arena_printf(g->a, "%.*s%.*s", STR_ARG(comments),
					STR_ARG(str_skip(from->raw, from->comments.n))));
		return;
	}
	m = filled(g, want, from);
	put_message(g, comments, &m);
}

static void put_new(struct merging *g, const struct po_message *want)
{
	static const struct po_message none;
	const struct po_message *from = map_find(g->elsewhere, key_of(g->a, want));
	bool fuzzy = false;
	struct po_message m;

	if (from && is_translated(from) && same_plural(want, from)) {
		g->count->moved++;
		fuzzy = from->fuzzy;
	} else {
		from = most_like(g, want);
		fuzzy = from;
		g->count->fuzzy += fuzzy;
		g->count->added += !fuzzy;
	}
	m = filled(g, want, from ? from : &none);
	put_message(g, comments_of(g, want, from ? from : &none, fuzzy,
				   fuzzy && !from->fuzzy ? from : NULL), &m);
}

static void put_obsolete(struct merging *g)
{
	for (size_t i = 0; i < g->m->old->count; i++) {
		static const struct po_message none;
		struct po_message m = g->m->old->messages[i];

		if (g->used[i] || map_find(g->wanted, key_of(g->a, &m)))
			continue;
		if (m.obsolete) {
			g->count->same &= i == g->next;
			g->next = i + 1;
			put_raw(g, m.raw);
			continue;
		}
		g->count->same = false;
		if (m.fuzzy || !is_translated(&m))
			continue;
		m.obsolete = true;
		g->count->obsolete++;
		put_message(g, comments_of(g, &none, &m, false, NULL), &m);
	}
	if (g->next != g->m->old->count)
		g->count->same = false;
}

static void put_all(struct merging *g)
{
	const struct po *pot = g->m->pot;

	buf_add(g->out, g->m->old->head.raw);
	buf_adds(g->out, g->out->n ? "\n" : "");
	for (size_t i = 0; i < pot->count; i++) {
		const struct po_message *want = &pot->messages[i];
		const struct po_message *from = map_find(g->old, key_of(g->a, want));

		if (from)
			put_known(g, want, from);
		else
			put_new(g, want);
	}
	put_obsolete(g);
}

/* How many forms the header promises. */
static unsigned forms_of(const struct po *po)
{
	struct plural p;

	return plural_parse(po_header(po, "Plural-Forms"), &p, NULL) ? p.forms : 2;
}

void po_merge(struct arena *a, const struct po_merge *m, struct buf *out,
	      struct po_merge_count *ret)
{
	struct merging g = {
		.a = a, .m = m, .old = map_new(), .wanted = map_new(), .elsewhere = map_new(),
		.used = arena_array(a, m->old->count + 1, sizeof(bool)),
		.forms = forms_of(m->old), .out = out, .count = ret,
	};

	*ret = (struct po_merge_count){ .same = true };
	index_all(a, g.old, m->old);
	index_all(a, g.wanted, m->pot);
	for (size_t i = 0; i < m->n_others; i++)
		index_all(a, g.elsewhere, m->others[i]);
	put_all(&g);
	map_free(g.old, NULL);
	map_free(g.wanted, NULL);
	map_free(g.elsewhere, NULL);
}
