/* fulltext_store.c - FTS5, and the reader's query in its language.
 *
 * Every word of the query is quoted, so that no character of it means anything to
 * FTS5. Marks around hits are noncharacters until the snippet is escaped.
 */
#include "fulltext/fulltext.h"

#include <string.h>
#include "base/utf8.h"
#include "base/vec.h"
#include "store/row.h"

/* U+FDD0 and U+FDD1: no text holds them, Markdown replaces them. */
#define MARK_OPEN  "\xef\xb7\x90"
#define MARK_CLOSE "\xef\xb7\x91"

enum { SEARCH_WORDS = 12, SEARCH_MOST = 1000 };
enum { WORDS_BEFORE = 8, BYTES_BEFORE = 120, WORDS_SHOWN = 32, BYTES_SHOWN = 480 };

static const struct query PUT = {
	.sql = "INSERT OR REPLACE INTO found (rowid, title, terms, text) VALUES (?1, ?2, ?3, ?4)",
	.writes = {{ GEN_COMMIT }},
};

bool fulltext_put(struct tx *tx, int64_t id, struct str title, struct str terms, struct str text,
		  struct fail *f)
{
	return tx_exec(tx, &PUT, f, "isss", id, title, terms, text);
}

static const struct query ADD = {
	.sql = "INSERT INTO found (rowid, title, terms, text) VALUES (?1, ?2, ?3, ?4)",
	.writes = {{ GEN_COMMIT }},
};

bool fulltext_add(struct tx *tx, int64_t id, struct str title, struct str terms, struct str text,
		  struct fail *f)
{
	return tx_exec(tx, &ADD, f, "isss", id, title, terms, text);
}

static const struct query REMOVE = {
	.sql = "DELETE FROM found WHERE rowid = ?1",
	.writes = {{ GEN_COMMIT }},
};

bool fulltext_remove(struct tx *tx, int64_t id, struct fail *f)
{
	return tx_exec(tx, &REMOVE, f, "i", id);
}

static bool is_separator(char c)
{
	return (unsigned char)c < 0x80 && !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
					    || (c >= 'A' && c <= 'Z'));
}

static void add_word(struct buf *out, struct str word, bool prefix)
{
	if (out->n)
		buf_addc(out, ' ');
	buf_addc(out, '"');
	buf_add(out, word);
	buf_adds(out, prefix ? "\"*" : "\"");
}

static bool has_letter(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_separator(s.p[i]))
			return true;
	return false;
}

/* The first `most` words: each word of a phrase is looked for behind each place of the one
 * before it, in each text. */
static struct str first_words(struct str s, int most)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!is_separator(s.p[i]) && (i == 0 || is_separator(s.p[i - 1])) && most-- == 0)
			break;
	return str_sub(s, 0, i);
}

/* Words, "phrases" and beginnings* into FTS5's language. */
static void translate(struct str query, struct buf *out)
{
	struct str rest = query;

	for (int words = 0; rest.n && words < SEARCH_WORDS;) {
		size_t n = 0;

		if (rest.p[0] == '"') {
			struct str phrase = str_cut(str_skip(rest, 1), '"', &rest);

			if (has_letter(phrase)) {
				add_word(out, first_words(phrase, SEARCH_WORDS), false);
				words++;
			}
			continue;
		}
		while (n < rest.n && !is_separator(rest.p[n]))
			n++;
		if (n) {
			bool last = !has_letter(str_skip(rest, n));

			add_word(out, str_sub(rest, 0, n),
				 (n < rest.n && rest.p[n] == '*') || (last && n > 1));
			words++;
		}
		rest = str_skip(rest, n ? n : 1);
	}
}

static struct html marked(struct arena *a, struct str s)
{
	CLEANUP(buf_release) struct buf b = BUF(1 << 20);

	while (s.n) {
		ptrdiff_t open = str_find(s, STR(MARK_OPEN)), close = str_find(s, STR(MARK_CLOSE));
		size_t at = open >= 0 && (close < 0 || open < close) ? (size_t)open
			  : close >= 0 ? (size_t)close : s.n;

		html_escape_to(&b, str_sub(s, 0, at));
		if (at < s.n)
			buf_adds(&b, (ptrdiff_t)at == open ? "<mark>" : "</mark>");
		s = str_skip(s, at + sizeof MARK_OPEN - 1);
	}
	return html_trusted(arena_str(a, buf_str(&b)));
}

static bool is_inside(struct str s, size_t at)
{
	return at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80;
}

/* The words round the first hit, or the first words. */
static struct str window(struct str text, size_t *from)
{
	ptrdiff_t hit = str_find(text, STR(MARK_OPEN));
	size_t start = hit < 0 ? 0 : (size_t)hit, first = start, end;
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
	*from = start;
	return str_sub(text, start, end);
}

/* FTS5's own snippet() takes the square of the hits in a text, minutes for a long one. */
static struct html excerpt(struct arena *a, struct str text)
{
	size_t from, opens = 0, closes = 0;
	struct str s = window(text, &from);

	for (size_t i = 0; i + sizeof MARK_OPEN - 1 <= s.n; i++) {
		opens += memcmp(s.p + i, MARK_OPEN, sizeof MARK_OPEN - 1) == 0;
		closes += memcmp(s.p + i, MARK_CLOSE, sizeof MARK_CLOSE - 1) == 0;
	}
	return marked(a, arena_printf(a, "%s%.*s%s%s", from ? "…" : "", STR_ARG(s),
				      opens > closes ? MARK_CLOSE : "",
				      from + s.n < text.n ? "…" : ""));
}

/* The marks are set in the few that are shown only, not in all that are found. */
static const struct query SEARCH = {
	.sql = "SELECT rowid, highlight(found, 0, '" MARK_OPEN "', '" MARK_CLOSE "'),"
	       " highlight(found, 2, '" MARK_OPEN "', '" MARK_CLOSE "')"
	       " FROM found WHERE found MATCH ?1 AND rowid IN"
	       " (SELECT rowid FROM found WHERE found MATCH ?1"
	       "  ORDER BY bm25(found, 8.0, 4.0, 1.0), rowid DESC LIMIT ?2 OFFSET ?3)"
	       " ORDER BY bm25(found, 8.0, 4.0, 1.0), rowid DESC",
	.reads = {{ GEN_COMMIT }},
};

static const struct query COUNT_FOUND = {
	.sql = "SELECT count(*) FROM (SELECT 1 FROM found WHERE found MATCH ?1 LIMIT ?2)",
	.reads = {{ GEN_COMMIT }},
};

static bool hits(struct arena *a, struct row *r, struct fulltext_hit **ret, size_t *n,
		 struct fail *f)
{
	VEC(struct fulltext_hit) all = { 0 };
	bool ok;

	if (!r)
		return false;
	while (row_next(r)) {
		struct fulltext_hit *h = VEC_ADD(&all);

		h->id = row_i64(r, 0);
		h->title = marked(a, row_str(r, 1));
		h->snippet = excerpt(a, row_str(r, 2));
	}
	ok = row_end(r, f);
	*ret = VEC_INTO(a, &all, n);
	return ok;
}

bool fulltext_search(struct arena *a, struct tx *tx, struct str query, int skip, int limit,
		     struct fulltext_hit **ret, size_t *n, int64_t *total, struct fail *f)
{
	CLEANUP(buf_release) struct buf match = BUF(8192);

	*n = 0;
	*ret = NULL;
	*total = 0;
	translate(utf8_valid(query) ? query : STR(""), &match);
	if (match.n == 0 || !buf_ok(&match))
		return true;
	return hits(a, tx_run(tx, &SEARCH, f, "sdd", buf_str(&match), limit, skip), ret, n, f)
		&& tx_number(tx, &COUNT_FOUND, total, f, "sd", buf_str(&match), SEARCH_MOST);
}
