/* po_check_prose.c - the typography of a language and the words of its glossary. */
#include "base/buf.h"
#include "base/limits.h"
#include "base/vec.h"
#include "translate/po_check_impl.h"
#include "unicode/fold.h"
#include "unicode/pattern.h"

/* Options, addresses, file:line, keys, code in quotes. */
static const struct {
	const char *regex, *with;
} NOT_PROSE[] = {
	{ "\\{[\\w.]+\\}", "x" },
	{ "%(?:\\d\\$)?[-+ #0']*[\\d.*]*(?:hh?|ll?|j|z|t)?[diouxXeEfgcs]", "x" },
	{ "x(?::[\\dx]+)+:", "x" },
	{ "\\{\".*?\\}", "x" },
	{ "%<\\w+>", "x" },
	{ "\\w+://\\S*", "x" },
	{ "«\\s?[^»\\p{L}]*\\s?»", "x" },
	{ "[«„]\\s?[^»“]*[=<>\\{\\}][^»“]*\\s?[»“]", "x" },
	{ "\\{\\{.*?\\}\\}+", "x" },
	{ "(?<!\\p{L})'[^']*'", "x" },
	{ "&\\w+;", "x" },
};

struct rule {
	const struct po_check_rule *rule;
	struct pattern *pattern;
};

struct po_check_prose {
	struct pattern *cleaners[ARRAY_LEN(NOT_PROSE)];
	VEC(struct rule) rules;
	struct pattern *avoided;		/* words of the "not" column; NULL: none */
};

static bool is_for(const struct po_check_rule *rule, struct str lang)
{
	return str_has_item(str_of(rule->lang), " ", str_cut(lang, '-', &(struct str){ 0 }));
}

/* ---- words that are never used ---- */

/* The word as a pattern; a small one is the same with a capital. */
static void put_word(struct buf *b, struct str word)
{
	bool any_end = str_ends(word, STR("*"));
	bool small = (unsigned char)word.p[0] < 'A' || (unsigned char)word.p[0] > 'Z';

	if (any_end)
		word = str_sub(word, 0, word.n - 1);
	buf_adds(b, b->n ? "|" : "");
	buf_adds(b, small ? "(?i:" : "(?:");
	for (size_t i = 0; i < word.n; i++) {
		if (str_has_char(STR("\\^$.|?*+()[]{}"), word.p[i]))
			buf_addc(b, '\\');
		buf_addc(b, word.p[i]);
	}
	buf_adds(b, any_end ? ")\\w*" : ")");
}

static struct pattern *avoided_words(struct po_checking *c, const struct glossary *g)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_CONFIG);
	struct str column = arena_printf(c->a, "not %.*s", STR_ARG(c->file->lang));

	for (size_t i = 0; g && i < g->count; i++) {
		struct str cell = glossary_cell(g, i, column), word;

		while (glossary_word(&cell, &word))
			put_word(&b, word);
	}
	if (b.n == 0)
		return NULL;
	return pattern_new(arena_printf(c->a, "\\b(?:%.*s)\\b", STR_ARG(buf_str(&b))));
}

/* ---- terms ---- */

static bool has_term(struct str text, struct str term)
{
	ptrdiff_t at = str_find(text, term);
	size_t end = at < 0 ? 0 : (size_t)at + term.n;

	return at >= 0 && (at == 0 || text.p[at - 1] == ' ') &&
	       (end == text.n || str_has_char(STR(" ,.:;s"), text.p[end]));
}

/* Endings change: the beginning of each word is enough. */
static bool has_stem(struct arena *a, struct str text, struct str word)
{
	struct str key = fold_key(a, word);

	return str_find(text, str_sub(key, 0, key.n > 5 ? key.n - 2 : key.n)) >= 0;
}

/* Of "tag" and "tag (template)" either will do. */
static bool is_meant(struct str row, struct str term)
{
	return str_eq(row, term) ||
	       (str_starts(row, term) && str_starts(str_skip(row, term.n), STR(" (")));
}

static bool has_any_form(struct po_checking *c, struct str term, struct str folded)
{
	const struct glossary *g = c->check->glossary;
	bool any = false;

	for (size_t i = 0; i < g->count; i++) {
		struct str cell = glossary_cell(g, i, c->file->lang), word;

		if (!is_meant(glossary_cell(g, i, STR("term")), term))
			continue;
		while (glossary_word(&cell, &word)) {
			any = true;
			if (has_stem(c->a, folded, word))
				return true;
		}
	}
	return !any;
}

static void check_terms(struct po_checking *c, int line, struct str id, struct str text)
{
	const struct glossary *g = c->check->glossary;
	struct str folded = fold_key(c->a, text), english = fold_key(c->a, id);

	for (size_t i = 0; i < g->count; i++) {
		struct str term = glossary_cell(g, i, STR("term"));

		if (!str_has_char(term, '(') && has_term(english, term) &&
		    !has_any_form(c, term, folded))
			po_check_tell(c, "LA081", line, arena_printf(c->a, "%.*s: %.*s",
								    STR_ARG(term), STR_ARG(text)));
	}
}

/* ---- all of it ---- */

struct po_check_prose *po_check_prose_new(struct po_checking *c)
{
	struct po_check_prose *p = MEM_NEW(struct po_check_prose);

	for (size_t i = 0; i < ARRAY_LEN(NOT_PROSE); i++)
		p->cleaners[i] = pattern_new(str_of(NOT_PROSE[i].regex));
	for (const struct po_check_rule *r = po_check_rules; r->id; r++)
		if (r->regex && is_for(r, c->file->lang))
			*VEC_ADD(&p->rules) = (struct rule){ r, pattern_new(str_of(r->regex)) };
	p->avoided = avoided_words(c, c->check->glossary);
	return p;
}

void po_check_prose_free(struct po_check_prose *p)
{
	for (size_t i = 0; i < ARRAY_LEN(NOT_PROSE); i++)
		pattern_free(p->cleaners[i]);
	for (size_t i = 0; i < p->rules.n; i++)
		pattern_free(p->rules.p[i].pattern);
	VEC_FREE(&p->rules);
	pattern_free(p->avoided);
	mem_free(p);
}

void po_check_prose(struct po_checking *c, const struct po_message *m, struct str id,
		    struct str text)
{
	struct po_check_prose *p = c->prose;
	struct str s = text;

	for (size_t i = 0; i < ARRAY_LEN(NOT_PROSE); i++)
		s = pattern_replace(c->a, p->cleaners[i], s, NOT_PROSE[i].with);
	for (size_t i = 0; i < p->rules.n; i++)
		if (pattern_found(p->rules.p[i].pattern, s))
			po_check_tell_rule(c, p->rules.p[i].rule, m->line, text);
	if (p->avoided && pattern_found(p->avoided, s))
		po_check_tell(c, "LA080", m->line, text);
	if (c->check->glossary)
		check_terms(c, m->line, id, text);
}
