/* values.c - the table itself. Order is that of the reference. */
#include "theme/values.h"

#include <string.h>

#define TEXT(name, on, help) { name, VALUE_TEXT, NULL, on, help, false }
#define BOOL(name, on, help) { name, VALUE_BOOL, NULL, on, help, false }
#define URL(name, on, help)  { name, VALUE_URL, NULL, on, help, false }
#define HTML(name, on, help) { name, VALUE_HTML, NULL, on, help, false }
#define LIST(name, of, on, help) { name, VALUE_LIST, of, on, help, false }
#define MAP(name, of, on, help)  { name, VALUE_MAP, of, on, help, false }
/* of the forum, which is to come */
#define L_TEXT(name, on, help) { name, VALUE_TEXT, NULL, on, help, true }
#define L_BOOL(name, on, help) { name, VALUE_BOOL, NULL, on, help, true }
#define L_URL(name, on, help)  { name, VALUE_URL, NULL, on, help, true }
#define L_HTML(name, on, help) { name, VALUE_HTML, NULL, on, help, true }
#define L_LIST(name, of, on, help) { name, VALUE_LIST, of, on, help, true }
#define L_MAP(name, of, on, help)  { name, VALUE_MAP, of, on, help, true }
#define END { NULL, VALUE_NONE, NULL, 0, NULL, false }

#define WHETHER N_("Whether there is one.")
#define WHETHER_ANY N_("Whether there are any.")
#define ADDRESS N_("Its address.")
#define TITLE N_("Its title.")
#define NAME N_("Its name.")
#define TAG_OF_LANGUAGE N_("The tag of its language, for a lang attribute: fr, pt-BR.")
#define DIRECTION N_("Its direction, for a dir attribute: ltr or rtl.")
#define NAME_OF_LANGUAGE N_("The name of its language.")
#define PUBLISHED N_("When it was published.")
#define POSTS_IN_WORDS N_("How many posts, in words: “12 posts”.")
#define IS_CURRENT N_("Whether this is the page that is shown.")

static const struct values_row date_rows[] = {
	TEXT("iso", 0, N_("For machines, in a datetime attribute.")),
	TEXT("long", 0, N_("With the name of the month: 3 March 2026.")),
	TEXT("medium", 0, N_("With a shortened name of the month.")),
	TEXT("short", 0, N_("In digits.")),
	TEXT("year", 0, N_("The year alone.")),
	END
};
static const struct values_shape date = { "date", N_("A date"), NULL, date_rows };

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
static const struct values_shape cover = { "cover", N_("A picture"), NULL, cover_rows };

static const struct values_row term_link_rows[] = {
	TEXT("name", 0, NAME),
	TEXT("slug", 0, N_("Its name as it stands in addresses.")),
	URL("url", 0, ADDRESS),
	END
};
static const struct values_shape term_link = {
	"term link", N_("A tag or an author, as a post names it"), NULL, term_link_rows
};

static const struct values_row term_rows[] = {
	TEXT("count", 0, N_("How many posts, as a number.")),
	TEXT("count_label", 0, POSTS_IN_WORDS),
	END
};
static const struct values_shape term = {
	"term", N_("A tag, an author or a language with its posts"), &term_link, term_rows
};

static const struct values_row link_rows[] = {
	TEXT("title", 0, N_("Its title; empty when it has none.")),
	BOOL("has_title", 0, WHETHER),
	URL("url", 0, ADDRESS),
	URL("absolute_url", 0, N_("Its address with https:// and the name of the site.")),
	MAP("date", &date, 0, PUBLISHED),
	TEXT("number", 0, N_("Its place in a serial or a menu, as a number.")),
	BOOL("has_number", 0, WHETHER),
	MAP("cover", &cover, 0, N_("The picture that stands for it.")),
	BOOL("has_cover", 0, WHETHER),
	BOOL("is_page", 0, N_("Whether it is a page, which has no place in the lists of posts.")),
	TEXT("lang", 0, TAG_OF_LANGUAGE),
	TEXT("dir", 0, DIRECTION),
	TEXT("lang_name", 0, NAME_OF_LANGUAGE),
	BOOL("is_foreign", 0, N_("Whether its language is not that of the page.")),
	END
};
static const struct values_shape link = { "link", N_("A post that is linked to"), NULL, link_rows };

static const struct values_row post_rows[] = {
	URL("markdown_url", 0, N_("The address of its Markdown.")),
	BOOL("has_updated", 0, WHETHER),
	MAP("updated", &date, 0, N_("When it was last changed, if that is told.")),
	BOOL("is_pinned", 0, N_("Whether it stays at the top of the site’s first page.")),
	TEXT("reading_time", 0, N_("How long one reads it, in words: “4 minutes read”.")),
	TEXT("words", 0, N_("How long it is, in words: “800 words”.")),
	LIST("tags", &term_link, 0, N_("Its tags.")),
	BOOL("has_tags", 0, WHETHER_ANY),
	LIST("authors", &term_link, 0, N_("Who wrote it, where that is told.")),
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
static const struct values_shape post = { "post", N_("A post"), &link, post_rows };

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
static const struct values_shape site = { "site", N_("The site"), NULL, site_rows };

static const struct values_row menu_rows[] = {
	TEXT("title", 0, N_("What the link says.")),
	URL("url", 0, N_("Where it leads.")),
	BOOL("is_current", 0, IS_CURRENT),
	END
};
static const struct values_shape menu = {
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
static const struct values_shape language = {
	"language", N_("A language to choose"), NULL, language_rows
};

static const struct values_row pager_rows[] = {
	BOOL("has_newer", 0, WHETHER),
	URL("newer_url", 0, N_("The address of the page before, with newer posts.")),
	BOOL("has_older", 0, WHETHER),
	URL("older_url", 0, N_("The address of the page behind, with older posts.")),
	END
};
static const struct values_shape pager = {
	"pager", N_("The way through a list"), NULL, pager_rows
};

static const struct values_row month_rows[] = {
	TEXT("name", 0, N_("The name of the month.")),
	URL("url", 0, ADDRESS),
	TEXT("count_label", 0, POSTS_IN_WORDS),
	LIST("posts", &link, 0, N_("Its posts, on the page of a year; none when there are too many"
				   " for that.")),
	BOOL("has_posts", 0, WHETHER_ANY),
	END
};
static const struct values_shape month = {
	"month", N_("A month of the archive"), NULL, month_rows
};

static const struct values_row year_rows[] = {
	TEXT("year", 0, N_("The year.")),
	URL("url", 0, ADDRESS),
	TEXT("count_label", 0, POSTS_IN_WORDS),
	LIST("months", &month, 0, N_("Its months, the last one first.")),
	END
};
static const struct values_shape year = { "year", N_("A year of the archive"), NULL, year_rows };

static const struct values_row result_rows[] = {
	HTML("title", 0, N_("Its title with the words that were found marked.")),
	HTML("snippet", 0, N_("The place in its text, with the words that were found marked.")),
	URL("url", 0, ADDRESS),
	BOOL("has_date", 0, N_("Whether it is a post, for which the date matters.")),
	MAP("date", &date, 0, PUBLISHED),
	TEXT("lang", 0, TAG_OF_LANGUAGE),
	END
};
static const struct values_shape result = { "result", N_("A result of a search"), NULL,
					    result_rows };

static const struct values_row progress_rows[] = {
	TEXT("label", 0, N_("The whole in words: “Chapter 3 of 12”.")),
	TEXT("value", 0, N_("The number of the chapter, for a progress element.")),
	TEXT("max", 0, N_("How many chapters there are.")),
	END
};
static const struct values_shape progress = { "progress", N_("How far a chapter is in its serial"),
					      NULL, progress_rows };

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
static const struct values_shape front_site = {
	"front site", N_("A site on the host’s front page"), NULL, front_site_rows
};

static const struct values_row front_post_rows[] = {
	TEXT("title", 0, TITLE),
	URL("url", 0, ADDRESS),
	TEXT("site_title", 0, N_("The name of its site.")),
	URL("site_url", 0, N_("The address of its site.")),
	TEXT("lang", 0, TAG_OF_LANGUAGE),
	TEXT("dir", 0, DIRECTION),
	MAP("date", &date, 0, PUBLISHED),
	END
};
static const struct values_shape front_post = {
	"front post", N_("A post on the host’s front page"), NULL, front_post_rows
};

static const struct values_row options_rows[] = {
	{ "*", VALUE_NONE, NULL, 0, N_("The option NAME as the site chose it; of a select also"
				       " NAME_CHOICE, true or false."), false },
	END
};
static const struct values_shape options = { "options", N_("Options"), NULL, options_rows };

static const struct values_row menus_rows[] = {
	L_LIST("*", &menu, 0, N_("The menu at the place NAME of the theme.")),
	END
};
static const struct values_shape menus = { "menus", N_("Menus by place"), NULL, menus_rows };

static const struct values_row queries_rows[] = {
	L_LIST("*", &post, 0, N_("The posts that the query NAME of theme.ini finds.")),
	END
};
static const struct values_shape queries = { "queries", N_("Queries by name"), NULL, queries_rows };

static const struct values_row has_rows[] = {
	L_BOOL("*", 0, N_("Whether NAME has any.")),
	END
};
static const struct values_shape has = { "has", N_("Names that have something"), NULL, has_rows };

static const struct values_row person_rows[] = {
	L_TEXT("name", 0, N_("The name that the member is known by.")),
	L_URL("url", 0, N_("The address of the member’s page.")),
	L_TEXT("initial", 0, N_("The first letter of the name, where there is no picture.")),
	L_BOOL("has_avatar", 0, WHETHER),
	L_URL("avatar_url", 0, N_("The address of the member’s picture.")),
	END
};
static const struct values_shape person = { "person", N_("Who wrote in the forum"), NULL,
					    person_rows };

static const struct values_row writer_rows[] = {
	L_TEXT("role_label", 0, N_("What the member does here, in words: “moderator”.")),
	L_BOOL("has_role", 0, WHETHER),
	L_TEXT("joined_label", 0, N_("Since when, in words: “member since March 2026”.")),
	L_TEXT("posts_label", 0, N_("How much the member wrote, in words: “40 messages”.")),
	END
};
static const struct values_shape writer = { "writer", N_("Who wrote a reply"), &person,
					    writer_rows };

static const struct values_row member_rows[] = {
	L_TEXT("role_label", 0, N_("What the member does here, in words: “moderator”.")),
	L_BOOL("has_role", 0, WHETHER),
	L_MAP("joined", &date, 0, N_("Since when there is this member.")),
	L_TEXT("posts_label", 0, N_("How much the member wrote, in words: “40 messages”.")),
	L_TEXT("topics_label", VALUES_MEMBER, N_("How many topics, in words: “12 topics”.")),
	L_HTML("bio", VALUES_MEMBER, N_("The member in his or her own words.")),
	L_BOOL("has_bio", VALUES_MEMBER, WHETHER),
	L_URL("website_url", VALUES_MEMBER, N_("The address of the member’s own site.")),
	L_BOOL("has_website", VALUES_MEMBER, WHETHER),
	END
};
static const struct values_shape member = { "member", N_("A member"), &person, member_rows };

static const struct values_row place_rows[] = {
	L_TEXT("title", 0, TITLE),
	L_URL("url", 0, ADDRESS),
	END
};
static const struct values_shape place = { "place", N_("A title with its address"), NULL,
					   place_rows };

static const struct values_row latest_rows[] = {
	L_TEXT("title", 0, TITLE),
	L_URL("url", 0, ADDRESS),
	L_MAP("author", &person, 0, N_("Who wrote it.")),
	L_MAP("date", &date, 0, N_("When it was written.")),
	END
};
static const struct values_shape latest = { "latest", N_("The newest topic of a board"), NULL,
					    latest_rows };

static const struct values_row last_rows[] = {
	L_MAP("author", &person, 0, N_("Who wrote it.")),
	L_MAP("date", &date, 0, N_("When it was written.")),
	L_URL("url", 0, ADDRESS),
	END
};
static const struct values_shape last = {
	"last", N_("The last reply of a topic"), NULL, last_rows
};

static const struct values_row board_rows[] = {
	L_TEXT("title", 0, TITLE),
	L_URL("url", 0, ADDRESS),
	L_TEXT("description", 0, N_("What it is about.")),
	L_BOOL("has_description", 0, WHETHER),
	L_TEXT("topics", 0, N_("How many topics, as a number.")),
	L_TEXT("topics_label", 0, N_("How many topics, in words: “12 topics”.")),
	L_TEXT("replies", 0, N_("How many replies, as a number.")),
	L_TEXT("replies_label", 0, N_("How many replies, in words: “40 replies”.")),
	L_BOOL("is_private", 0, N_("Whether only some members may read it.")),
	L_BOOL("is_locked", 0, N_("Whether nobody can write in it any more.")),
	L_MAP("latest", &latest, 0, N_("The newest topic.")),
	L_BOOL("has_latest", 0, WHETHER),
	L_LIST("children", &place, 0, N_("The boards below it.")),
	L_BOOL("has_children", 0, WHETHER_ANY),
	END
};
static const struct values_shape board = { "board", N_("A board"), NULL, board_rows };

static const struct values_row group_rows[] = {
	L_TEXT("title", 0, TITLE),
	L_BOOL("has_title", 0, WHETHER),
	L_LIST("boards", &board, 0, N_("Its boards.")),
	END
};
static const struct values_shape group = { "group", N_("A group of boards"), NULL, group_rows };

static const struct values_row forum_rows[] = {
	L_TEXT("title", 0, TITLE),
	L_TEXT("description", 0, N_("What it is about.")),
	L_BOOL("has_description", 0, WHETHER),
	L_TEXT("topics_label", 0, N_("How many topics, in words: “12 topics”.")),
	L_TEXT("replies_label", 0, N_("How many replies, in words: “40 replies”.")),
	L_TEXT("members_label", 0, N_("How many members, in words: “30 members”.")),
	L_URL("url", 0, ADDRESS),
	END
};
static const struct values_shape forum = { "forum", N_("The forum"), NULL, forum_rows };

static const struct values_row topic_rows[] = {
	L_TEXT("title", 0, TITLE),
	L_URL("url", 0, ADDRESS),
	L_MAP("author", &person, 0, N_("Who wrote it.")),
	L_MAP("date", &date, 0, N_("When it was written.")),
	L_TEXT("replies", 0, N_("How many replies, as a number.")),
	L_TEXT("replies_label", 0, N_("How many replies, in words: “40 replies”.")),
	L_BOOL("has_replies", 0, WHETHER_ANY),
	L_TEXT("views_label", 0, N_("How often it was read, in words: “200 views”.")),
	L_MAP("last", &last, 0, N_("The last reply.")),
	L_BOOL("has_last", 0, WHETHER),
	L_BOOL("is_pinned", 0, N_("Whether it stays at the top of its board.")),
	L_BOOL("is_locked", 0, N_("Whether nobody can write in it any more.")),
	L_BOOL("is_solved", 0, N_("Whether a reply was marked as the answer.")),
	L_BOOL("is_announcement", 0, N_("Whether it is an announcement.")),
	L_LIST("tags", &term_link, 0, N_("Its tags.")),
	L_BOOL("has_tags", 0, WHETHER_ANY),
	L_MAP("board", &place, 0, N_("The board that it is in.")),
	L_TEXT("excerpt", 0, N_("The beginning of the text.")),
	END
};
static const struct values_shape topic = { "topic", N_("A topic"), NULL, topic_rows };

static const struct values_row in_reply_to_rows[] = {
	L_TEXT("number", 0, N_("Its place in the topic, as a number.")),
	L_URL("url", 0, ADDRESS),
	L_TEXT("author_name", 0, N_("The name of who wrote it.")),
	END
};
static const struct values_shape in_reply_to = { "in reply to", N_("The reply that one answers"),
						 NULL, in_reply_to_rows };

static const struct values_row reply_rows[] = {
	L_TEXT("number", 0, N_("Its place in the topic, as a number.")),
	L_TEXT("anchor", 0, N_("For an id attribute: r12.")),
	L_URL("url", 0, ADDRESS),
	L_MAP("author", &writer, 0, N_("Who wrote it.")),
	L_MAP("date", &date, 0, N_("When it was written.")),
	L_BOOL("has_updated", 0, WHETHER),
	L_MAP("updated", &date, 0, N_("When it was last changed, if that is told.")),
	L_HTML("body", 0, N_("The text.")),
	L_BOOL("is_first", 0, N_("Whether it opens the topic.")),
	L_BOOL("is_answer", 0, N_("Whether it was marked as the answer.")),
	L_BOOL("is_author_of_topic", 0, N_("Whether who opened the topic wrote it.")),
	L_MAP("in_reply_to", &in_reply_to, 0, N_("The reply that it answers.")),
	L_BOOL("has_in_reply_to", 0, WHETHER),
	L_TEXT("thanks_label", 0, N_("How many thanked for it, in words.")),
	L_BOOL("has_thanks", 0, WHETHER_ANY),
	L_URL("report_url", 0, N_("Where it can be reported.")),
	L_URL("quote_url", 0, N_("Where it can be answered with a quotation.")),
	L_BOOL("is_removed", 0, N_("Whether it was removed; there is no text then.")),
	L_TEXT("removed_reason", 0, N_("Why it was removed.")),
	END
};
static const struct values_shape reply = { "reply", N_("A reply"), NULL, reply_rows };

static const struct values_row page_rows[] = {
	TEXT("lang", 0, N_("The language of the page, for a lang attribute.")),
	TEXT("dir", 0, N_("The direction of the page, for a dir attribute.")),
	TEXT("title", 0, N_("The title of the page; without one, that of the site.")),
	BOOL("has_title", 0, N_("Whether the page has a title of its own.")),
	URL("url", 0, N_("The address of the page, without the name of the site.")),
	HTML("head", 0, N_("What belongs into the head element: title, styles, feeds, canonical"
			   " address, cards.")),
	MAP("site", &site, 0, N_("The site.")),
	LIST("menu", &menu, VALUES_SITES, N_("The main menu.")),
	BOOL("has_menu", VALUES_SITES, WHETHER),
	MAP("menus", &menus, VALUES_SITES, N_("The menus for the places of the theme.")),
	MAP("has_menus", &has, VALUES_SITES, N_("Which of them hold anything.")),
	MAP("queries", &queries, VALUES_SITES, N_("The queries of theme.ini.")),
	MAP("has_queries", &has, VALUES_SITES, N_("Which of them found anything.")),
	HTML("footer", 0, N_("What the site says at the foot of its pages.")),
	BOOL("has_footer", 0, WHETHER),
	MAP("options", &options, 0, N_("The options of the theme, as the site chose them.")),
	LIST("languages", &language, 0, N_("The languages that a reader may choose.")),
	BOOL("has_languages", 0, WHETHER_ANY),
	L_LIST("crumbs", &menu, VALUES_FORUMS, N_("The way from the forum to this page.")),
	L_BOOL("has_crumbs", VALUES_FORUMS, WHETHER_ANY),

	LIST("posts", &post, VALUES_LISTS, N_("The posts of this page.")),
	LIST("posts", &link, VALUES_ARCHIVE, N_("The posts of a month.")),
	LIST("posts", &front_post, VALUES_FRONT, N_("The newest posts of all sites.")),
	L_LIST("posts", &post, VALUES_MEMBER, N_("The posts that the member wrote.")),
	BOOL("has_posts", VALUES_LISTS | VALUES_ARCHIVE | VALUES_FRONT, WHETHER_ANY),
	L_BOOL("has_posts", VALUES_MEMBER, WHETHER_ANY),
	LIST("pinned", &post, VALUES_HOME, N_("The posts that stay at the top.")),
	BOOL("has_pinned", VALUES_HOME, WHETHER_ANY),
	L_LIST("pinned", &topic, VALUES_BOARD, N_("The topics that stay at the top.")),
	L_BOOL("has_pinned", VALUES_BOARD, WHETHER_ANY),
	TEXT("list_title", VALUES_LISTS, N_("What the list is called.")),
	URL("feed_url", VALUES_LISTS, N_("The address of the feed of this list.")),
	L_URL("feed_url", VALUES_FORUM | VALUES_BOARD | VALUES_TOPIC,
	      N_("The address of the feed of this list.")),
	BOOL("is_list", VALUES_LISTS, N_("True on every page of a list.")),
	BOOL("is_home", VALUES_LISTS, N_("Whether this is the first page of the site.")),
	BOOL("is_top", VALUES_LISTS, N_("Whether this is the first page of the list.")),
	BOOL("is_tag", VALUES_LISTS, N_("Whether the list is that of a tag.")),
	BOOL("is_author", VALUES_LISTS, N_("Whether the list is that of an author.")),
	BOOL("is_language", VALUES_LISTS, N_("Whether the list is that of a language.")),
	MAP("term", &term, VALUES_LIST, N_("What the list is of; the counts are on its first page"
					   " only.")),
	MAP("pager", &pager, VALUES_LISTS | VALUES_SEARCH | VALUES_FRONT,
	    N_("The pages before and behind.")),
	L_MAP("pager", &pager, VALUES_BOARD | VALUES_TOPIC | VALUES_MEMBERS,
	      N_("The pages before and behind.")),
	LIST("terms", &term, VALUES_TERMS, N_("All tags or all authors.")),
	BOOL("has_terms", VALUES_TERMS, WHETHER_ANY),

	MAP("post", &post, VALUES_POST | VALUES_PAGE, N_("The post or the page.")),
	MAP("previous", &link, VALUES_POST, N_("The post before, in the order of time.")),
	BOOL("has_previous", VALUES_POST, WHETHER),
	MAP("next", &link, VALUES_POST, N_("The post behind, in the order of time.")),
	BOOL("has_next", VALUES_POST, WHETHER),
	LIST("related", &link, VALUES_POST, N_("Posts about the same things.")),
	BOOL("has_related", VALUES_POST, WHETHER_ANY),
	LIST("translations", &link, VALUES_POST | VALUES_PAGE,
	     N_("The same text in other languages.")),
	BOOL("has_translations", VALUES_POST | VALUES_PAGE, WHETHER_ANY),
	MAP("progress", &progress, VALUES_POST, N_("How far the chapter is in its serial; counted"
						   " where post.html itself names it.")),
	BOOL("has_progress", VALUES_POST, WHETHER),
	BOOL("is_serial", VALUES_POST | VALUES_PAGE, N_("Whether the site is a serial, read from"
							" its beginning.")),

	LIST("years", &year, VALUES_ARCHIVE, N_("All years, the last one first.")),
	BOOL("has_years", VALUES_ARCHIVE, WHETHER_ANY),
	BOOL("is_archive", VALUES_ARCHIVE, N_("Whether this is the whole archive.")),
	BOOL("is_year", VALUES_ARCHIVE, N_("Whether this is the page of a year.")),
	BOOL("is_month", VALUES_ARCHIVE, N_("Whether this is the page of a month.")),
	TEXT("year", VALUES_ARCHIVE, N_("The year.")),
	URL("year_url", VALUES_ARCHIVE, N_("The address of the year, on the page of a month.")),
	TEXT("month_name", VALUES_ARCHIVE, N_("The month with its year.")),
	LIST("months", &month, VALUES_ARCHIVE, N_("The months of a year, the last one first.")),
	MAP("pager", &pager, VALUES_ARCHIVE,
	    N_("The pages before and behind, where a month has several.")),

	TEXT("query", VALUES_SEARCH, N_("What was searched for.")),
	BOOL("has_query", VALUES_SEARCH, N_("Whether anything was searched for.")),
	LIST("results", &result, VALUES_SEARCH, N_("What was found.")),
	BOOL("has_results", VALUES_SEARCH, WHETHER_ANY),
	TEXT("count_label", VALUES_SEARCH, N_("How much was found, in words: “3 results”.")),

	TEXT("status", VALUES_ERROR, N_("The number of the error: 404.")),
	TEXT("message", VALUES_ERROR, N_("What happened, in a sentence.")),
	TEXT("reason", VALUES_ERROR, N_("Why a site was suspended.")),
	BOOL("has_reason", VALUES_ERROR, WHETHER),
	BOOL("has_search", VALUES_ERROR, N_("Whether searching may help.")),
	URL("home_url", VALUES_ERROR, N_("Where to go on from here.")),
	TEXT("contact", VALUES_ERROR, N_("How to reach the operator, on pages of the host.")),
	BOOL("has_contact", VALUES_ERROR, WHETHER),
	URL("contact_url", VALUES_ERROR, N_("The same as an address, if it is one.")),
	BOOL("has_contact_url", VALUES_ERROR, WHETHER),

	LIST("sites", &front_site, VALUES_FRONT, N_("The sites that want to be listed.")),
	BOOL("has_sites", VALUES_FRONT, WHETHER_ANY),

	L_MAP("forum", &forum, VALUES_FORUM, N_("The forum.")),
	L_LIST("groups", &group, VALUES_FORUM, N_("The boards in their groups.")),
	L_BOOL("has_boards", VALUES_FORUM, WHETHER_ANY),
	L_LIST("latest_topics", &topic, VALUES_HOME | VALUES_FORUM,
	       N_("The topics with the newest replies.")),
	L_BOOL("has_latest_topics", VALUES_HOME | VALUES_FORUM, WHETHER_ANY),
	L_URL("search_url", VALUES_FORUM, N_("The address of the search.")),
	L_MAP("board", &board, VALUES_BOARD, N_("The board.")),
	L_LIST("topics", &topic, VALUES_BOARD | VALUES_MEMBER, N_("The topics of this page.")),
	L_BOOL("has_topics", VALUES_BOARD | VALUES_MEMBER, WHETHER_ANY),
	L_URL("new_topic_url", VALUES_BOARD, N_("Where a new topic is written.")),
	L_BOOL("can_post", VALUES_BOARD, N_("Whether the board is open for new topics.")),
	L_MAP("topic", &topic, VALUES_TOPIC, N_("The topic.")),
	L_LIST("replies", &reply, VALUES_TOPIC, N_("The replies of this page; the first one opens"
						   " the topic.")),
	L_URL("reply_url", VALUES_TOPIC, N_("Where a reply is written.")),
	L_BOOL("can_reply", VALUES_TOPIC, N_("Whether the topic is open for replies.")),
	L_BOOL("is_locked", VALUES_TOPIC, N_("Whether nobody can write in it any more.")),
	L_LIST("related", &topic, VALUES_TOPIC, N_("Topics about the same things.")),
	L_BOOL("has_related", VALUES_TOPIC, WHETHER_ANY),
	L_LIST("members", &member, VALUES_MEMBERS, N_("The members of this page.")),
	L_BOOL("has_members", VALUES_MEMBERS, WHETHER_ANY),
	L_MAP("member", &member, VALUES_MEMBER, N_("The member.")),
	END
};
const struct values_shape values_page = { "page", N_("A page"), NULL, page_rows };

const struct values_shape *const values_shapes[] = {
	&values_page, &site, &menu, &language, &pager, &link, &post, &date, &cover,
	&term_link, &term, &year, &month, &result, &progress, &front_site, &front_post, &options,
	&menus, &queries, &has, &forum, &group, &board, &place, &latest, &topic, &last, &person,
	&reply, &writer, &in_reply_to, &member, NULL
};

static const char *const template_names[] = {
	"home", "list", "terms", "post", "page", "archive", "search", "error", "front", "forum",
	"board", "topic", "members", "member",
};

const struct values_row *values_find(const struct values_shape *s, struct str name, unsigned on)
{
	for (; s; s = s->base)
		for (const struct values_row *r = s->rows; r->name; r++)
			if ((!on || !r->on || (r->on & on))
			    && (strcmp(r->name, "*") == 0 || str_eq(str_of(r->name), name)))
				return r;
	return NULL;
}

bool values_is_known(struct str name)
{
	for (size_t i = 0; values_shapes[i]; i++)
		for (const struct values_row *r = values_shapes[i]->rows; r->name; r++)
			if (str_eq(str_of(r->name), name))
				return true;
	return false;
}

unsigned values_template(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(template_names); i++)
		if (str_eq(str_of(template_names[i]), name))
			return 1u << i;
	return 0;
}

const char *values_template_name(size_t i)
{
	return i < ARRAY_LEN(template_names) ? template_names[i] : NULL;
}
