/* text_check.c - see text_check.h. */
#include "translate/text_check.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/vec.h"
#include "lang/placeholder.h"
#include "lang/text.h"
#include "translate/po_check_impl.h"

struct heading {
	int level, line;
	struct str text;
};

struct place {
	struct str text;
	int line;
};

/* What has to agree in all languages. Parts of the prose, in its arena. */
struct shape {
	struct str prose;		/* the text line by line, without what is code */
	VEC(struct heading) headings;
	VEC(struct place) names, links;
	int open_bracket;		/* the line of one that is not closed; 0: none */
	int lines;
};

static void shape_release(struct shape *s)
{
	VEC_FREE(&s->headings);
	VEC_FREE(&s->names);
	VEC_FREE(&s->links);
}

/* ---- reading ---- */

/* `code` becomes a letter, so that the words around it stay apart. */
static void put_without_code(struct buf *b, struct str line)
{
	ptrdiff_t open, close;

	while ((open = str_find_char(line, '`')) >= 0) {
		close = str_find_char(str_skip(line, (size_t)open + 1), '`');
		if (close < 0)
			break;
		buf_add(b, str_sub(line, 0, (size_t)open));
		buf_addc(b, 'x');
		line = str_skip(line, (size_t)(open + close) + 2);
	}
	buf_add(b, line);
	buf_addc(b, '\n');
}

static void read_lines(struct arena *a, struct shape *s, struct str source)
{
	CLEANUP(buf_release) struct buf b = BUF(2 * LIMIT_TEXT);
	struct text_reader r = { .rest = source };
	struct text_line line;

	while (text_next(&r, &line)) {
		s->lines = line.number;
		if (line.heading)
			*VEC_ADD(&s->headings) =
				(struct heading){ line.heading, line.number, line.line };
		put_without_code(&b, line.code ? STR("") : line.line);
	}
	s->prose = arena_str(a, buf_str(&b));
}

static void read_names(struct shape *s)
{
	struct str rest = s->prose, line, name;

	for (int number = 1; str_line(&rest, &line); number++)
		for (size_t at = 0; (name = placeholder_next_name(line, &at)).n;)
			*VEC_ADD(&s->names) = (struct place){ name, number };
}

/* The address behind "](": false where it has no end. */
static bool read_link(struct shape *s, size_t from, int line)
{
	size_t end = from;

	while (end < s->prose.n && s->prose.p[end] != ')' && s->prose.p[end] > ' ')
		end++;
	if (end == s->prose.n || s->prose.p[end] != ')')
		return false;
	*VEC_ADD(&s->links) = (struct place){ str_sub(s->prose, from, end), line };
	return true;
}

/* A bracket may be closed on a later line, and not behind the paragraph. */
static void read_links(struct shape *s)
{
	struct str p = s->prose;
	int line = 1, depth = 0, opened = 1;

	for (size_t i = 0; i < p.n && !s->open_bracket; i++) {
		bool ends = p.p[i] == '\n' && (i + 1 == p.n || p.p[i + 1] == '\n');

		if (p.p[i] == '[' && depth++ == 0)
			opened = line;
		if (p.p[i] == ']')
			depth--;
		if (depth < 0)
			s->open_bracket = line;
		else if (ends && depth > 0)
			s->open_bracket = opened;
		else if (p.p[i] == ']' && i + 1 < p.n && p.p[i + 1] == '('
			 && !read_link(s, i + 2, line))
			s->open_bracket = line;
		line += p.p[i] == '\n';
	}
}

static struct shape shape_of(struct arena *a, struct str source)
{
	struct shape s = { .prose = STR_NONE };

	read_lines(a, &s, source);
	read_names(&s);
	read_links(&s);
	return s;
}

/* ---- comparing ---- */

static bool has_place(const struct place *in, size_t n, struct str text)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(in[i].text, text))
			return true;
	return false;
}

/* What one has and the other does not; line 0: that of the place. */
static void tell_others(struct po_checking *c, const char *rule, const struct place *in, size_t n,
			const struct place *of, size_t n_of, int line)
{
	for (size_t i = 0; i < n; i++)
		if (!has_place(of, n_of, in[i].text) && !has_place(in, i, in[i].text))
			po_check_tell(c, rule, line ? line : in[i].line, in[i].text);
}

static void compare_headings(struct po_checking *c, const struct shape *own,
			     const struct shape *english)
{
	size_t n = own->headings.n, i = 0;

	while (i < n && i < english->headings.n
	       && own->headings.p[i].level == english->headings.p[i].level)
		i++;
	if (i < n)
		po_check_tell(c, "LA102", own->headings.p[i].line, own->headings.p[i].text);
	else if (i < english->headings.n)
		po_check_tell(c, "LA102", own->lines, english->headings.p[i].text);
}

static void compare(struct po_checking *c, const struct shape *own, struct str source)
{
	struct shape en = shape_of(c->a, source);

	compare_headings(c, own, &en);
	tell_others(c, "LA103", own->names.p, own->names.n, en.names.p, en.names.n, 0);
	tell_others(c, "LA103", en.names.p, en.names.n, own->names.p, own->names.n, own->lines);
	if (!own->open_bracket) {
		tell_others(c, "LA105", own->links.p, own->links.n, en.links.p, en.links.n, 0);
		tell_others(c, "LA105", en.links.p, en.links.n, own->links.p, own->links.n,
			    own->lines);
	}
	shape_release(&en);
}

/* ---- prose ---- */

static bool begins_anew(struct str line)
{
	return str_starts(line, STR("#")) || str_starts(line, STR("|"))
		|| str_starts(line, STR("- "));
}

static void end_paragraph(struct po_checking *c, struct buf *b, int line)
{
	const struct po_message m = { .line = line };

	if (b->n)
		po_check_prose(c, &m, STR(""), arena_str(c->a, str_trim(buf_str(b))));
	buf_clear(b);
}

static void check_prose(struct po_checking *c, const struct shape *s)
{
	CLEANUP(buf_release) struct buf b = BUF(2 * LIMIT_TEXT);
	struct str rest = s->prose, line;
	int from = 1;

	c->prose = po_check_prose_new(c);
	for (int number = 1; str_line(&rest, &line); number++) {
		if (begins_anew(line) || !str_trim(line).n)
			end_paragraph(c, &b, from);
		if (!str_trim(line).n || str_starts(line, STR("|-")))
			continue;
		if (!b.n)
			from = number;
		buf_addf(&b, "%s%.*s", b.n ? " " : "", STR_ARG(str_trim(line)));
	}
	end_paragraph(c, &b, from);
	po_check_prose_free(c->prose);
}

/* ---- one text, all texts ---- */

static void check_file(const struct po_check *check, const struct text_folder *folder,
		       const struct text_file *file, bool wanted)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const struct po_folder_file as = { .path = file->path, .lang = file->lang };
	struct po_checking c = { .check = check, .file = &as, .a = a };
	const struct text_file *english = text_folder_find(folder, file->name, STR("en"));
	struct shape shape;

	if (!texts_is_name(file->name))
		po_check_tell(&c, "LA107", 1, file->name);
	if (file->wrong)
		po_check_tell(&c, "LA100", file->wrong_line, str_of(file->wrong));
	if (file->fuzzy && wanted)
		po_check_tell(&c, "LA106", 1, STR(TEXTS_FUZZY));
	if (file->wrong || file->fuzzy)
		return;
	shape = shape_of(a, file->source);
	if (shape.open_bracket)
		po_check_tell(&c, "LA104", shape.open_bracket, STR(""));
	if (english && english != file && !english->wrong)
		compare(&c, &shape, english->source);
	check_prose(&c, &shape);
	shape_release(&shape);
}

static void tell_missing(const struct po_check *check, const struct text_folder *folder,
			 struct str name, struct str lang)
{
	const struct po_folder_file as = {
		.path = path_join(folder->arena, folder->dir,
				  arena_printf(folder->arena, "%.*s.%.*s.md", STR_ARG(name),
					       STR_ARG(lang))),
	};
	struct po_checking c = { .check = check, .file = &as };

	po_check_tell(&c, "LA101", 1, STR(""));
}

void text_check(const struct po_check *check, const struct text_folder *folder, struct str lang)
{
	bool wanted = check->complete || text_folder_wants(folder, lang);

	for (size_t i = 0; i < folder->count; i++)
		if (str_eq_nocase(folder->files[i].lang, lang))
			check_file(check, folder, &folder->files[i], wanted);
	for (size_t i = 0; wanted && folder->count && texts_names[i]; i++)
		if (!text_folder_find(folder, str_of(texts_names[i]), lang))
			tell_missing(check, folder, str_of(texts_names[i]), lang);
}
