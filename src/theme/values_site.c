/* values_site.c - shapes of what sites and the host's front page show: posts, lists, the
 * archive, languages, menus. Order is that of need: what a shape is made of stands above it.
 */
#include "theme/values_impl.h"

static const struct values_row date_rows[] = {
	TEXT("iso", 0, N_("For machines, in a datetime attribute.")),
	TEXT("long", 0, N_("With the name of the month: 3 March 2026.")),
	TEXT("medium", 0, N_("With a shortened name of the month.")),
	TEXT("short", 0, N_("In digits.")),
	TEXT("year", 0, N_("The year alone.")),
	END
};
const struct values_shape values_date = { "date", N_("A date"), NULL, date_rows };

static const struct values_row cover_rows[] = {
	URL("url", 0, N_("The address of the picture.")),
	TEXT("alt", 0, N_("What it shows, in words; may be empty.")),
	BOOL("has_size", 0, N_("Whether width and height are known.")),
	TEXT("width", 0, N_("Its width in pixels.")),
	TEXT("height", 0, N_("Its height in pixels.")),
	BOOL("has_srcset", 0, N_("Whether it is offered in the sizes of theme.ini.")),
	URL("srcset", 0, N_("Its sizes, for a srcset attribute.")),
	TEXT("sizes", 0, N_("How wide it is shown, for a sizes attribute.")),
	END
};
const struct values_shape values_cover = { "cover", N_("A picture"), NULL, cover_rows };

static const struct values_row term_link_rows[] = {
	TEXT("name", 0, NAME),
	TEXT("slug", 0, N_("Its name as it stands in addresses.")),
	URL("url", 0, ADDRESS),
	END
};
const struct values_shape values_term_link = {
	"term link", N_("A tag or an author, as a post names it"), NULL, term_link_rows
};

static const struct values_row term_rows[] = {
	TEXT("count", 0, N_("How many posts, as a number.")),
	TEXT("count_label", 0, POSTS_IN_WORDS),
	END
};
const struct values_shape values_term = {
	"term", N_("A tag, an author or a language with its posts"), &values_term_link, term_rows
};

static const struct values_row link_rows[] = {
	TEXT("title", 0, N_("Its title; empty when it has none.")),
	BOOL("has_title", 0, WHETHER),
	URL("url", 0, ADDRESS),
	URL("absolute_url", 0, N_("Its address with https:// and the name of the site.")),
	MAP("date", date, 0, PUBLISHED),
	TEXT("number", 0, N_("Its place in a serial or a menu, as a number.")),
	BOOL("has_number", 0, WHETHER),
	MAP("cover", cover, 0, N_("The picture that stands for it.")),
	BOOL("has_cover", 0, WHETHER),
	BOOL("is_page", 0, N_("Whether it is a page, which has no place in the lists of posts.")),
	TEXT("lang", 0, TAG_OF_LANGUAGE),
	TEXT("dir", 0, DIRECTION),
	TEXT("lang_name", 0, NAME_OF_LANGUAGE),
	BOOL("is_foreign", 0, N_("Whether its language is not that of the page.")),
	END
};
const struct values_shape values_link = { "link", N_("A post that is linked to"), NULL, link_rows };

static const struct values_row post_rows[] = {
	URL("markdown_url", 0, N_("The address of its Markdown.")),
	BOOL("has_updated", 0, WHETHER),
	MAP("updated", date, 0, N_("When it was last changed, if that is told.")),
	BOOL("is_pinned", 0, N_("Whether it stays at the top of the site’s first page.")),
	TEXT("reading_time", 0, N_("How long one reads it, in words: “4 minutes read”.")),
	TEXT("words", 0, N_("How long it is, in words: “800 words”.")),
	LIST("tags", term_link, 0, N_("Its tags.")),
	BOOL("has_tags", 0, WHETHER_ANY),
	LIST("authors", term_link, 0, N_("Who wrote it, where that is told.")),
	BOOL("has_authors", 0, WHETHER_ANY),
	TEXT("summary", 0, N_("The summary that its author wrote; may be empty.")),
	BOOL("has_summary", 0, WHETHER),
	TEXT("description", 0, N_("The summary or the first words of the text, at most 200"
				  " letters.")),
	HTML("excerpt", 0, N_("The beginning of the text.")),
	BOOL("has_more", 0, N_("Whether the post is longer than what lists show.")),
	HTML("body", 0, N_("The text: on its own page, and in lists where site.lists_full is"
			   " true.")),
	HTML("toc", 0, N_("The table of contents, a list of links; where the text is.")),
	BOOL("has_toc", 0, WHETHER),
	END
};
const struct values_shape values_post = { "post", N_("A post"), &values_link, post_rows };

static const struct values_row site_rows[] = {
	TEXT("title", 0, N_("The name of the site.")),
	TEXT("tagline", 0, N_("A sentence that says what the site is about.")),
	BOOL("has_tagline", 0, WHETHER),
	TEXT("author", 0, N_("Who writes the site.")),
	BOOL("has_author", 0, WHETHER),
	TEXT("lang", 0, TAG_OF_LANGUAGE),
	URL("url", 0, N_("The address of its first page.")),
	URL("absolute_url", 0, N_("The same with https:// and the name of the site.")),
	URL("legal_url", 0, N_("The address of the host’s legal notice.")),
	URL("help_url", 0, N_("The address of the host’s help for readers and authors.")),
	URL("feed_url", VALUES_SITES, N_("The address of its Atom feed.")),
	URL("rss_url", VALUES_SITES, N_("The address of its RSS feed.")),
	URL("archive_url", VALUES_SITES, N_("The address of the archive.")),
	URL("tags_url", VALUES_SITES, N_("The address of the list of tags.")),
	URL("search_url", VALUES_SITES, N_("The address of the search.")),
	URL("start_url", VALUES_SITES, N_("The address that leads to the first chapter.")),
	BOOL("is_serial", VALUES_SITES, N_("Whether the site is a serial, read from its"
					   " beginning.")),
	BOOL("lists_full", VALUES_SITES, N_("Whether lists show whole texts.")),
	BOOL("has_blog", VALUES_SITES, N_("Whether the site has a blog.")),
	URL("blog_url", VALUES_SITES, N_("The address of the blog.")),
	BOOL("has_forum", VALUES_SITES, N_("Whether the site has a forum.")),
	L_URL("forum_url", VALUES_SITES, N_("The address of the forum.")),
	L_URL("members_url", VALUES_SITES, N_("The address of the list of members.")),
	END
};
const struct values_shape values_site = { "site", N_("The site"), NULL, site_rows };

static const struct values_row menu_rows[] = {
	TEXT("title", 0, N_("What the link says.")),
	URL("url", 0, N_("Where it leads.")),
	BOOL("is_current", 0, IS_CURRENT),
	END
};
const struct values_shape values_menu = {
	"menu", N_("A line of a menu, or a step of the way to a page"), NULL, menu_rows
};

static const struct values_row language_rows[] = {
	TEXT("name", 0, N_("Its name in itself: français.")),
	TEXT("lang", 0, TAG_OF_LANGUAGE),
	URL("url", 0, N_("The address of this page in it.")),
	BOOL("is_current", 0, N_("Whether it is the language of this page.")),
	BOOL("is_partial", 0, N_("Whether some of it is not translated yet.")),
	TEXT("percent", 0, N_("How much of it is translated, as a sentence.")),
	END
};
const struct values_shape values_language = {
	"language", N_("A language to choose"), NULL, language_rows
};

static const struct values_row pager_rows[] = {
	BOOL("has_newer", 0, WHETHER),
	URL("newer_url", 0, N_("The address of the page before, with newer posts.")),
	BOOL("has_older", 0, WHETHER),
	URL("older_url", 0, N_("The address of the page behind, with older posts.")),
	END
};
const struct values_shape values_pager = {
	"pager", N_("The way through a list"), NULL, pager_rows
};

static const struct values_row month_rows[] = {
	TEXT("name", 0, N_("The name of the month.")),
	URL("url", 0, ADDRESS),
	TEXT("count_label", 0, POSTS_IN_WORDS),
	LIST("posts", link, 0, N_("Its posts, on the page of a year; none when there are too many"
				   " for that.")),
	BOOL("has_posts", 0, WHETHER_ANY),
	END
};
const struct values_shape values_month = {
	"month", N_("A month of the archive"), NULL, month_rows
};

static const struct values_row year_rows[] = {
	TEXT("year", 0, N_("The year.")),
	URL("url", 0, ADDRESS),
	TEXT("count_label", 0, POSTS_IN_WORDS),
	LIST("months", month, 0, N_("Its months, the last one first.")),
	END
};
const struct values_shape values_year = { "year", N_("A year of the archive"), NULL, year_rows };

static const struct values_row result_rows[] = {
	HTML("title", 0, N_("Its title with the words that were found marked.")),
	HTML("snippet", 0, N_("The place in its text, with the words that were found marked.")),
	URL("url", 0, ADDRESS),
	BOOL("has_date", 0, N_("Whether it is a post, for which the date matters.")),
	MAP("date", date, 0, PUBLISHED),
	TEXT("lang", 0, TAG_OF_LANGUAGE),
	END
};
const struct values_shape values_result = {
	"result", N_("A result of a search"), NULL, result_rows
};

static const struct values_row progress_rows[] = {
	TEXT("label", 0, N_("The whole in words: “Chapter 3 of 12”.")),
	TEXT("value", 0, N_("The number of the chapter, for a progress element.")),
	TEXT("max", 0, N_("How many chapters there are.")),
	END
};
const struct values_shape values_progress = {
	"progress", N_("How far a chapter is in its serial"), NULL, progress_rows
};

static const struct values_row front_site_rows[] = {
	TEXT("title", 0, TITLE),
	TEXT("tagline", 0, N_("A sentence that says what the site is about.")),
	BOOL("has_tagline", 0, WHETHER),
	TEXT("name", 0, N_("Its name in its address.")),
	URL("url", 0, ADDRESS),
	TEXT("lang", 0, TAG_OF_LANGUAGE),
	TEXT("lang_name", 0, NAME_OF_LANGUAGE),
	END
};
const struct values_shape values_front_site = {
	"front site", N_("A site on the host’s front page"), NULL, front_site_rows
};

static const struct values_row front_post_rows[] = {
	TEXT("title", 0, TITLE),
	URL("url", 0, ADDRESS),
	TEXT("site_title", 0, N_("The name of its site.")),
	URL("site_url", 0, N_("The address of its site.")),
	TEXT("lang", 0, TAG_OF_LANGUAGE),
	TEXT("dir", 0, DIRECTION),
	MAP("date", date, 0, PUBLISHED),
	END
};
const struct values_shape values_front_post = {
	"front post", N_("A post on the host’s front page"), NULL, front_post_rows
};

static const struct values_row options_rows[] = {
	{ "*", VALUE_NONE, NULL, 0, N_("The option NAME as the site chose it; of a select also"
				       " NAME_CHOICE, true or false."), false },
	END
};
const struct values_shape values_options = { "options", N_("Options"), NULL, options_rows };

static const struct values_row menus_rows[] = {
	L_LIST("*", menu, 0, N_("The menu at the place NAME of the theme.")),
	END
};
const struct values_shape values_menus = { "menus", N_("Menus by place"), NULL, menus_rows };

static const struct values_row queries_rows[] = {
	L_LIST("*", post, 0, N_("The posts that the query NAME of theme.ini finds.")),
	END
};
const struct values_shape values_queries = { "queries", N_("Queries by name"), NULL, queries_rows };

static const struct values_row has_rows[] = {
	L_BOOL("*", 0, N_("Whether NAME has any.")),
	END
};
const struct values_shape values_has = { "has", N_("Names that have something"), NULL, has_rows };
