/* highlight.c - see highlight.h. */
#include "fulltext/highlight.h"

#include "base/vec.h"

enum { WORDS_BEFORE = 8, BYTES_BEFORE = 120, WORDS_SHOWN = 32, BYTES_SHOWN = 480 };

struct span {
	size_t from, to;
};

/* On the way through one text. */
struct reading {
	const struct highlight *of;
	struct { uint64_t hash; size_t from; } seen[HIGHLIGHT_WORDS];	/* the last words */
	size_t words;
	size_t most;			/* bytes after the first mark that anybody wants */
	VEC(struct span) spans;
};

struct seeking {
	struct highlight_phrase *p;
	struct arena *a;
};

static bool seek_word(void *arg, struct str folded, size_t from, size_t to)
{
	struct seeking *s = arg;

	(void)from;
	(void)to;
	if (s->p->n == HIGHLIGHT_WORDS) {
		s->p->n = 0;
		return false;
	}
	s->p->words[s->p->n++] = str_hash(folded, 0);
	s->p->last = arena_str(s->a, folded);
	return true;
}

bool highlight_seek(struct highlight *h, struct arena *a, struct db *db, struct str phrase,
		    bool prefix, struct fail *f)
{
	struct highlight_phrase *p = &h->phrases[h->n];
	struct seeking s = { p, a };

	*p = (struct highlight_phrase){ .prefix = prefix };
	if (!tokens_each(db, phrase, seek_word, &s, f))
		return false;
	h->n += p->n > 0;
	if (p->n > h->longest)
		h->longest = p->n;
	return true;
}

static bool ends_here(const struct reading *r, const struct highlight_phrase *p, struct str word)
{
	if (p->prefix ? !str_starts(word, p->last) : !str_eq(word, p->last))
		return false;
	if (r->words < p->n)
		return false;
	for (size_t i = 0; i + 1 < p->n; i++)
		if (r->seen[(r->words - p->n + i) % HIGHLIGHT_WORDS].hash != p->words[i])
			return false;
	return true;
}

/* A phrase ends later than a word in its midst: what meets is one mark. */
static void add_span(struct reading *r, struct span s)
{
	struct span *last;

	while (r->spans.n && r->spans.p[r->spans.n - 1].to > s.from) {
		last = &r->spans.p[--r->spans.n];
		s.from = last->from < s.from ? last->from : s.from;
		s.to = last->to > s.to ? last->to : s.to;
	}
	*VEC_ADD(&r->spans) = s;
}

static bool read_word(void *arg, struct str folded, size_t from, size_t to)
{
	struct reading *r = arg;
	size_t i = r->words++ % HIGHLIGHT_WORDS;

	if (r->spans.n && from > r->spans.p[0].from + r->most)
		return false;
	if (r->of->longest > 1)
		r->seen[i].hash = str_hash(folded, 0);
	r->seen[i].from = from;
	for (size_t k = 0; k < r->of->n; k++) {
		const struct highlight_phrase *p = &r->of->phrases[k];
		size_t first = (r->words - p->n) % HIGHLIGHT_WORDS;

		if (ends_here(r, p, folded))
			add_span(r, (struct span){ r->seen[first].from, to });
	}
	return true;
}

/* The text from `from` to `to`. A mark that goes on ends there. */
static struct html marked(const struct reading *r, struct arena *a, struct str text,
			  struct span shown)
{
	CLEANUP(buf_release) struct buf b = BUF(1 << 20);
	size_t at = shown.from;

	if (shown.from)
		buf_adds(&b, "…");
	for (size_t i = 0; i < r->spans.n && at < shown.to; i++) {
		struct span s = r->spans.p[i];

		if (s.to > shown.to)
			s.to = shown.to;
		if (s.from < at || s.from >= s.to)
			continue;
		html_escape_to(&b, str_sub(text, at, s.from));
		buf_adds(&b, "<mark>");
		html_escape_to(&b, str_sub(text, s.from, s.to));
		buf_adds(&b, "</mark>");
		at = s.to;
	}
	html_escape_to(&b, str_sub(text, at, shown.to));
	if (shown.to < text.n)
		buf_adds(&b, "…");
	return html_trusted(arena_str(a, buf_str(&b)));
}

static bool is_inside(struct str s, size_t at)
{
	return at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80;
}

/* The words round the place, or the first words. */
static struct span window(struct str text, size_t first)
{
	size_t start = first, end;
	int words;

	for (words = 0; start && first - start < BYTES_BEFORE; start--)
		if (text.p[start - 1] == ' ' && words++ == WORDS_BEFORE)
			break;
	while (is_inside(text, start))
		start++;
	for (end = first, words = 0; end < text.n && end - first < BYTES_SHOWN; end++)
		if (text.p[end] == ' ' && ++words == WORDS_SHOWN - WORDS_BEFORE)
			break;
	while (end > start && is_inside(text, end))
		end--;
	return (struct span){ start, end };
}

bool highlight_all(const struct highlight *h, struct arena *a, struct db *db, struct str text,
		   struct html *ret, struct fail *f)
{
	struct reading r = { .of = h, .most = text.n };
	bool ok = tokens_each(db, text, read_word, &r, f);

	*ret = marked(&r, a, text, (struct span){ 0, text.n });
	VEC_FREE(&r.spans);
	return ok;
}

bool highlight_excerpt(const struct highlight *h, struct arena *a, struct db *db, struct str text,
		       struct html *ret, struct fail *f)
{
	struct reading r = { .of = h, .most = BYTES_SHOWN };
	bool ok = tokens_each(db, text, read_word, &r, f);

	*ret = marked(&r, a, text, window(text, r.spans.n ? r.spans.p[0].from : 0));
	VEC_FREE(&r.spans);
	return ok;
}
