/* po_check.c - see po_check.h: the header, and each message against its template. */
#include "translate/po_check.h"

#include <ctype.h>
#include <string.h>
#include "base/buf.h"
#include "base/map.h"
#include "lang/placeholder.h"
#include "lang/po_write.h"
#include "translate/plurals.h"
#include "translate/po_check_impl.h"
#include "unicode/wrap.h"

void po_check_tell_rule(struct po_checking *c, const struct po_check_rule *rule, int line,
			struct str text)
{
	const struct po_check_finding found = { rule, c->file->path, line, text };

	c->check->tell(c->check->arg, &found);
}

void po_check_tell(struct po_checking *c, const char *id, int line, struct str text)
{
	for (const struct po_check_rule *r = po_check_rules; r->id; r++)
		if (strcmp(r->id, id) == 0)
			po_check_tell_rule(c, r, line, text);
}

/* ---- the header ---- */

static void check_plural(struct po_checking *c)
{
	int line = c->file->po.head.line;
	struct str value = po_header(&c->file->po, "Plural-Forms");
	const char *usual = plurals_of(c->file->lang);
	struct plural known;

	c->has_plural = plural_parse(value, &c->plural, NULL);
	if (!c->has_plural) {
		po_check_tell(c, "LA003", line, value);
		return;
	}
	if (!plural_fits(&c->plural))
		po_check_tell(c, "LA005", line, value);
	if (usual && plural_parse(str_of(usual), &known, NULL) &&
	    !plural_same(&known, &c->plural))
		po_check_tell(c, "LA004", line, str_of(usual));
}

static void check_header(struct po_checking *c)
{
	struct str type = po_header(&c->file->po, "Content-Type");
	struct str lang = po_header(&c->file->po, "Language");
	CLEANUP(buf_release) struct buf b = BUF(100);

	if (str_find(type, STR("UTF-8")) < 0 && str_find(type, STR("utf-8")) < 0)
		po_check_tell(c, "LA002", c->file->po.head.line, type);
	for (size_t i = 0; i < lang.n; i++)
		buf_addc(&b, lang.p[i] == '_' ? '-' : lang.p[i]);
	if (lang.n && !str_eq_nocase(buf_str(&b), c->file->lang))
		po_check_tell(c, "LA006", c->file->po.head.line, lang);
	check_plural(c);
}

/* ---- placeholders ---- */

static size_t count_arguments(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '%')
			continue;
		if (i + 1 < s.n && s.p[i + 1] == '%') {
			i++;
			continue;
		}
		while (i + 1 < s.n && !isalpha((unsigned char)s.p[i + 1]) && s.p[i + 1] != '<' &&
		       s.p[i + 1] != '%')
			i++;
		n += i + 1 < s.n && s.p[i + 1] != '%';
	}
	return n;
}

static bool is_from_c(const struct po_message *m)
{
	struct str rest = m->comments, line;

	while (po_comment_next(&rest, ':', &line))
		if (str_find(line, STR(".c ")) >= 0 || str_ends(line, STR(".c")))
			return true;
	return false;
}

static void check_placeholders(struct po_checking *c, const struct po_message *m, struct str id,
			       struct str text)
{
	bool plural = m->id_plural.p;
	struct placeholders want;
	bool fits = true;

	if (m->c_format && placeholders_of(plural ? m->id_plural : id, &want))
		fits = placeholders_fit(&want, text, plural);
	else if (m->c_format || is_from_c(m))
		fits = count_arguments(id) == count_arguments(text);
	if (!fits)
		po_check_tell(c, "LA020", m->line, text);
	if (!placeholder_names_fit(plural ? m->id_plural : id, text, plural))
		po_check_tell(c, "LA021", m->line, text);
}

/* ---- markup ---- */

static size_t count(struct str s, struct str what)
{
	size_t n = 0;
	ptrdiff_t at;

	for (; (at = str_find(s, what)) >= 0; n++)
		s = str_skip(s, (size_t)at + what.n);
	return n;
}

/* The names of its tags and their number; their order may be another. */
static unsigned long tags_of(struct str s)
{
	unsigned long sum = 0;

	for (size_t i = 0; i + 1 < s.n; i++) {
		size_t end = i + 1 + (s.p[i + 1] == '/');
		size_t from = end;

		if (s.p[i] != '<')
			continue;
		while (end < s.n && isalnum((unsigned char)s.p[end]))
			end++;
		if (end > from && end < s.n && strchr(" >/", s.p[end]) && islower(s.p[from]))
			sum += (unsigned long)str_hash(str_sub(s, i, end), 1);
	}
	return sum;
}

static bool is_balanced(struct str s)
{
	int depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		depth += s.p[i] == '(' || s.p[i] == '[';
		depth -= s.p[i] == ')' || s.p[i] == ']';
		if (depth < 0)
			return false;
	}
	return depth == 0;
}

static bool has_accelerator(struct str s)
{
	for (size_t i = 0; i + 1 < s.n; i++)
		if ((s.p[i] == '&' || s.p[i] == '_') && (i == 0 || s.p[i - 1] == ' ') &&
		    isalpha((unsigned char)s.p[i + 1]) && str_find_char(s, ';') < 0)
			return true;
	return false;
}

static void check_markup(struct po_checking *c, int line, struct str id, struct str text)
{
	if (tags_of(id) != tags_of(text))
		po_check_tell(c, "LA030", line, text);
	if (count(id, STR("`")) != count(text, STR("`")) ||
	    count(id, STR("**")) != count(text, STR("**")) ||
	    count(id, STR("](")) != count(text, STR("](")))
		po_check_tell(c, "LA031", line, text);
	if (is_balanced(id) && !is_balanced(text))
		po_check_tell(c, "LA032", line, text);
	if (has_accelerator(text) && !has_accelerator(id))
		po_check_tell(c, "LA033", line, text);
}

/* ---- spaces and ends ---- */

static bool same_ends(struct str a, struct str b)
{
	struct str core_a = str_trim(a), core_b = str_trim(b);
	size_t before_a = core_a.n ? (size_t)(core_a.p - a.p) : a.n;
	size_t before_b = core_b.n ? (size_t)(core_b.p - b.p) : b.n;

	return str_eq(str_sub(a, 0, before_a), str_sub(b, 0, before_b)) &&
	       str_eq(str_skip(a, before_a + core_a.n), str_skip(b, before_b + core_b.n));
}

static struct str punctuation(struct str s)
{
	static const struct str ends[] = {
		STR_INIT("..."), STR_INIT("…"), STR_INIT("."), STR_INIT(":"), STR_INIT("!"),
		STR_INIT("?"),
	};

	s = str_trim(s);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_ends(s, ends[i]))
			return i == 0 ? ends[1] : ends[i];
	return STR("");
}

/* Signs that other scripts have for these (Arabic, Chinese, Greek) are as good. */
static bool has_own_punctuation(struct str text)
{
	static const struct str signs[] = {
		STR_INIT("؟"), STR_INIT("。"), STR_INIT("："), STR_INIT("？"), STR_INIT("！"),
		STR_INIT(";"), STR_INIT("।"), STR_INIT("։"),
	};

	text = str_trim(text);
	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (str_ends(text, signs[i]))
			return true;
	return false;
}

static bool has_two_spaces(struct str s)
{
	for (size_t i = 1; i + 2 < s.n; i++)
		if (s.p[i] == ' ' && s.p[i + 1] == ' ' && s.p[i - 1] != ' ' && s.p[i - 1] != '\n')
			return true;
	return false;
}

static void check_spaces(struct po_checking *c, int line, struct str id, struct str text)
{
	if (!same_ends(id, text))
		po_check_tell(c, "LA040", line, text);
	if (!str_eq(punctuation(id), punctuation(text)) && !has_own_punctuation(text))
		po_check_tell(c, "LA041", line, text);
	if (has_two_spaces(text) && !has_two_spaces(id))
		po_check_tell(c, "LA042", line, text);
	if (str_find(text, STR("...")) >= 0 && str_find(id, STR("...")) < 0)
		po_check_tell(c, "LA043", line, text);
	if (count(id, STR("\n")) != count(text, STR("\n")))
		po_check_tell(c, "LA044", line, text);
}

static void check_length(struct po_checking *c, int line, struct str id, struct str text)
{
	unsigned width = wrap_width(id), made = wrap_width(text);

	if (str_eq(id, text) && str_find_char(id, ' ') > 0)
		po_check_tell(c, "LA090", line, text);
	if (made > 15 + width * 3 / 2 + (width < 30 ? 5 : 0))
		po_check_tell(c, "LA091", line, text);
}

/* ---- messages ---- */

static void check_form(struct po_checking *c, const struct po_message *m, struct str id,
		       struct str text)
{
	check_placeholders(c, m, id, text);
	check_markup(c, m->line, id, text);
	check_spaces(c, m->line, id, text);
	check_length(c, m->line, id, text);
	po_check_prose(c, m, id, text);
}

static bool is_open(const struct po_message *m)
{
	for (unsigned i = 0; i < m->texts; i++)
		if (m->text[i].n == 0)
			return true;
	return m->texts == 0;
}

static void check_message(struct po_checking *c, const struct po_message *m)
{
	if (is_open(m) || m->fuzzy) {
		if (c->check->complete)
			po_check_tell(c, is_open(m) ? "LA012" : "LA013", m->line, m->id);
		return;
	}
	if (m->id_plural.p && c->has_plural && m->texts != c->plural.forms)
		po_check_tell(c, "LA015", m->line, m->id);
	for (unsigned i = 0; i < m->texts; i++) {
		/* Of several forms the first is for one, unless there is only one. */
		bool one = !m->id_plural.p || (i == 0 && m->texts > 1);

		check_form(c, m, one ? m->id : m->id_plural, m->text[i]);
	}
}

static struct str key_of(struct arena *a, const struct po_message *m)
{
	return arena_printf(a, "%.*s%c%.*s", STR_ARG(m->context), m->context.p ? '\x04' : '\x05',
			    STR_ARG(m->id));
}

static struct map *keys_of(struct arena *a, const struct po *po)
{
	struct map *keys = map_new();

	for (size_t i = 0; i < po->count; i++)
		if (!po->messages[i].obsolete)
			map_put(keys, key_of(a, &po->messages[i]), &po->messages[i]);
	return keys;
}

static void check_messages(struct po_checking *c)
{
	struct map *wanted = keys_of(c->a, &c->domain->pot), *seen = map_new();
	const struct po *po = &c->file->po;

	for (size_t i = 0; i < po->count; i++) {
		const struct po_message *m = &po->messages[i];

		if (m->obsolete)
			continue;
		if (map_put(seen, key_of(c->a, m), (void *)m))
			po_check_tell(c, "LA014", m->line, m->id);
		if (c->domain->there && !map_find(wanted, key_of(c->a, m)))
			po_check_tell(c, "LA011", m->line, m->id);
		check_message(c, m);
	}
	for (size_t i = 0; c->check->complete && i < c->domain->pot.count; i++)
		if (!map_find(seen, key_of(c->a, &c->domain->pot.messages[i])))
			po_check_tell(c, "LA010", 1, c->domain->pot.messages[i].id);
	map_free(wanted, NULL);
	map_free(seen, NULL);
}

void po_check_file(const struct po_check *check, const struct po_folder *folder,
		   const struct po_folder_file *file)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct po_checking c = { .check = check, .file = file, .a = a,
				 .domain = &folder->domains[file->domain] };

	if (file->wrong) {
		po_check_tell(&c, "LA001", file->wrong_line, str_of(file->wrong));
		return;
	}
	c.prose = po_check_prose_new(&c);
	check_header(&c);
	check_messages(&c);
	po_check_prose_free(c.prose);
}
