/* markdown.h - a post, a page or a comment, from Markdown to safe HTML.
 *
 * The text is CommonMark 0.30 as cmark reads it, and what people expect beside
 * it: tables, strikethrough, task lists, footnotes, bare links, heading anchors,
 * admonitions, figures, the typography of the language, <!--more-->. Raw HTML
 * passes through an allow-list. The result can stand in any page: every element
 * is closed, no script, no unknown link scheme.
 *
 * Any thread, but never a loop thread: a long text takes tens of milliseconds.
 * No text within the limits takes half a second, whatever its shape: shapes
 * that the parser is slow on are refused beforehand (md_guard.h), FAIL_INVALID
 * or FAIL_TOO_LARGE with the line.
 *
 * Where it differs from CommonMark, by choice, and the test that shows it:
 *
 *   difference                                        test (markdown_test.c ...)
 *   raw HTML only of an allow-list, always balanced   raw_html_is_cut_to_the_allow_list
 *   raw HTML comments vanish                          html_comments_are_dropped
 *   links of unknown schemes lose their link          a_script_link_is_only_its_text
 *   straight quotes, -- and ... become typography     quotes_follow_the_language
 *   http://, www. and e-mail addresses become links   bare_links_become_links
 *   ~text~ and ~~text~~ are struck through            tildes_strike_through
 *   a paragraph with a row of dashes is a table       a_table_keeps_its_alignment
 *   [^x] with a definition is a footnote              a_footnote_links_there_and_back
 *   "[ ] " and "[x] " open a task in a list           task_items_have_labelled_boxes
 *   "> [!NOTE]" is an admonition                      an_admonition_has_the_title_given
 *   a titled image alone in its paragraph: a figure   a_titled_image_alone_is_a_figure
 *   headings have ids                                 heading_ids_are_unique
 *   an image from elsewhere is a link to it           an_image_from_elsewhere_is_a_link
 *   every image is lazy; in comments it is a link     images_are_lazy_and_sized
 *   noncharacters (U+FDD0...) become U+FFFD           noncharacters_are_replaced
 *   containers deeper than 48 are refused             markers_too_deep_are_refused
 */
#ifndef MARKDOWN_MARKDOWN_H
#define MARKDOWN_MARKDOWN_H

#include "base/arena.h"
#include "base/fail.h"
#include "base/html.h"

/* What the page says by itself, in the reader's language; empty: English. An
 * empty `anchor` or `table` leaves out the link behind headings / the name of
 * the scrolling box round tables. */
struct markdown_words {
	struct str note, tip, important, warning, caution;
	struct str footnotes;		/* names the section of footnotes */
	struct str back;		/* "Back to the text" */
	struct str anchor;		/* "Link to this section:", before the heading */
	struct str table;		/* "Table" */
	struct str task;		/* names the box of a task without text: "Task" */
};

struct markdown_options {
	struct str lang;		/* BCP 47, of the text: typography */
	bool comment;			/* 64 KiB, fewer tags, no images, nofollow links */
	bool raw;			/* plain CommonMark, unsafe: for conformance suites */
	int heading_base;		/* the level of the highest heading; 0: as written */
	struct str id_prefix;		/* before every id made here. A comment without
					 * one has no ids, hence no footnotes */
	struct markdown_words words;

	/* All may be NULL; `ctx` is theirs. */
	void *ctx;
	/* Gives links and images another address (relative ones above all). False:
	 * leave it as it is. The answer meets the list of schemes again. */
	bool (*link)(void *ctx, struct arena *a, struct str url, struct str *ret);
	bool (*size)(void *ctx, struct str url, int *width, int *height);
	/* The id of a heading; NULL: slug_make_in() of unicode/. */
	struct str (*slug)(struct arena *a, struct str text, size_t max);
};

struct markdown {
	struct html html;
	struct html toc;		/* nested <ul>; empty with fewer than two headings */
	struct html excerpt;		/* what stands before <!--more-->, or the first
					 * paragraphs; no ids, no footnotes */
	bool has_more;			/* there was a <!--more--> */
	struct str text;		/* plain, blocks on lines of their own: for search */
	size_t words;			/* a CJK character counts as one */
	struct str image_url;		/* of the first image, after `link`; or empty */
	struct str image_alt;
};

MUST_CHECK bool markdown_render(struct arena *a, struct str source,
				const struct markdown_options *options,
				struct markdown *ret, struct fail *f);

/* One line of plain text (a title) in the typography of its language: quotes, dashes,
 * ellipsis, the spaces of French. Plain text again. */
struct str markdown_line(struct arena *a, struct str line, struct str lang);

/* What cmark itself makes of it, raw HTML and all: unsafe, for suites and for
 * people who compare. The same guards apply. */
MUST_CHECK bool markdown_raw(struct arena *a, struct str source, struct html *ret,
			     struct fail *f);

#endif
