/* markdown.c - the way of a text: marked, guarded, parsed, its footnotes and tables rewritten
 * in the source and parsed again, passed over, written.
 */
#include "markdown/markdown.h"
#include <cmark.h>
#include <stdlib.h>
#include "base/limits.h"
#include "base/vec.h"
#include "markdown/md_smart.h"
#include "markdown/md_blocks.h"
#include "markdown/md_emit.h"
#include "markdown/md_guard.h"
#include "markdown/md_marks.h"
#include "markdown/md_mem.h"
#include "markdown/md_strike.h"
#include "markdown/md_survey.h"

#define SOURCE_MAX (4 * MIB)	/* with marks, and tables rewritten */

/* Everything on the way, let go together. */
struct work {
	struct buf source;
	cmark_node *tree;		/* lies in md_mem.h's memory and goes with it */
	struct md_survey survey;	/* of the tree */
	struct md_tables tables;
	struct md_cells cells;
	struct md_notes notes;
};

static struct work work_begin(void)
{
	md_mem_begin();
	return (struct work){ .source = BUF(SOURCE_MAX) };
}

static void work_release(struct work *w)
{
	buf_release(&w->source);
	md_survey_release(&w->survey);
	VEC_FREE(&w->tables);
	VEC_FREE(&w->cells);
	md_notes_release(&w->notes);
	md_mem_end();
}

static bool too_large(struct fail *f)
{
	return fail(f, FAIL_TOO_LARGE, "the tables and footnotes of this text are too large");
}

static cmark_node *parse(struct str source)
{
	cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &md_mem);
	cmark_node *tree;

	cmark_parser_feed(parser, source.n ? source.p : "", source.n);
	tree = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return tree;
}

static void parse_source(struct work *w)
{
	w->tree = parse(buf_str(&w->source));
	md_survey_take(&w->survey, w->tree);
}

static void replace_source(struct work *w, struct buf *with)
{
	buf_release(&w->source);
	w->source = *with;
	*with = (struct buf)BUF(SOURCE_MAX);
	parse_source(w);
}

static bool rewrite_notes(struct arena *a, struct work *w, struct fail *f)
{
	CLEANUP(buf_release) struct buf out = BUF(SOURCE_MAX);
	struct str source = arena_str(a, buf_str(&w->source));

	if (!md_notes_rewrite(a, source, w->tree, &out, &w->notes, f))
		return false;
	if (!buf_ok(&out))
		return too_large(f);
	if (w->notes.n)
		replace_source(w, &out);
	return true;
}

/* True when that was enough. The cells count before they are put where they belong. */
static bool put_tables_apart(struct arena *a, struct work *w)
{
	CLEANUP(buf_release) struct buf out = BUF(SOURCE_MAX);
	cmark_node *headings = NULL;

	if (!md_table_apart(a, buf_str(&w->source), w->tree, &w->survey, &out, &w->cells,
			    &w->tables) || out.over || out.n + w->source.n > SOURCE_MAX / 2)
		return false;
	if (out.n) {
		headings = parse(buf_str(&out));
		md_survey_more(&w->survey, headings);
	}
	w->survey.nodes += w->cells.n * 2;
	if (!md_survey_is_fine(&w->survey))
		return false;
	md_table_put(&w->cells, headings);
	return true;
}

static bool rewrite_tables(struct arena *a, struct work *w, struct fail *f)
{
	CLEANUP(buf_release) struct buf out = BUF(SOURCE_MAX);

	if (put_tables_apart(a, w))
		return true;
	w->tables.n = 0;
	if (!md_table_rewrite(a, buf_str(&w->source), &w->survey, &out, &w->tables, f))
		return false;
	if (!buf_ok(&out))
		return too_large(f);
	if (w->tables.n)
		replace_source(w, &out);
	return true;
}

static bool check_size(struct str source, const struct markdown_options *o, struct fail *f)
{
	size_t max = o->comment ? LIMIT_COMMENT : LIMIT_POST;

	if (source.n > max)
		return fail(f, FAIL_TOO_LARGE, "the text has %zu KiB, more than %zu KiB",
			    source.n / KIB, max / KIB);
	return true;
}

bool markdown_raw(struct arena *a, struct str source, struct html *ret, struct fail *f)
{
	static const struct markdown_options NONE;
	char *html;

	if (!check_size(source, &NONE, f) || !md_guard_check(source, f))
		return false;
	html = cmark_markdown_to_html(source.n ? source.p : "", source.n,
				      CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8);
	*ret = html_trusted(arena_str(a, str_of(html)));
	free(html);
	return true;
}

static bool render_raw(struct arena *a, struct str source, struct markdown *ret, struct fail *f)
{
	struct markdown made = { .words = 0 };

	if (!markdown_raw(a, source, &made.html, f))
		return false;
	made.text = html_text(a, made.html);
	*ret = made;
	return true;
}

bool markdown_render(struct arena *a, struct str source, const struct markdown_options *o,
		     struct markdown *ret, struct fail *f)
{
	CLEANUP(work_release) struct work w = work_begin();
	bool notes = !o->comment || o->id_prefix.n;
	struct md_marks marks;
	struct md_made made;

	if (!check_size(source, o, f))
		return false;
	if (o->raw)
		return render_raw(a, source, ret, f);
	md_marks_prepare(&w.source, source, &marks);
	if (!md_guard_check(buf_str(&w.source), f))
		return false;
	parse_source(&w);
	if (!md_survey_check(&w.survey, w.tree, f))
		return false;
	if (marks.notes && notes && !rewrite_notes(a, &w, f))
		return false;
	if (marks.tables && !rewrite_tables(a, &w, f))
		return false;
	/* A footnote may have hidden what is nested in it as indented code. */
	if (w.notes.n + w.tables.n && !md_survey_check(&w.survey, w.tree, f))
		return false;
	if (marks.tildes)
		md_strike_pass(w.tree);
	md_blocks_pass(&w.survey);
	md_notes_attach(&w.notes, w.tree);
	made = (struct md_made){ source.n, w.tree, w.survey.highest, &w.tables, &w.notes };
	return md_emit_document(a, o, &made, ret, f);
}

struct str markdown_line(struct arena *a, struct str line, struct str lang)
{
	CLEANUP(buf_release) struct buf html = BUF(LIMIT_POST), text = BUF(LIMIT_POST);
	struct md_smart smart;

	md_smart_init(&smart, lang);
	if (md_smart_is_plain(&smart, line))	/* as most titles are */
		return line;
	/* U+FDD0 and its neighbours mean something to md_smart_put(). */
	if (line.n > LIMIT_POST / 8 || str_find(line, STR("\xef\xb7")) >= 0)
		return line;
	md_smart_put(&smart, line, 0, &html, &text);
	return arena_str(a, buf_str(&text));
}
