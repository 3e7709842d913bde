/* values.c - the page itself, in the order of the reference, and finding in the table. */
#include "theme/values_impl.h"

#include <string.h>

static const struct values_row page_rows[] = {
	TEXT("lang", 0, N_("The language of the page, for a lang attribute.")),
	TEXT("dir", 0, N_("The direction of the page, for a dir attribute.")),
	TEXT("title", 0, N_("The title of the page; without one, that of the site.")),
	BOOL("has_title", 0, N_("Whether the page has a title of its own.")),
	URL("url", 0, N_("The address of the page, without the name of the site.")),
	HTML("head", 0, N_("What belongs into the head element: title, styles, feeds, canonical"
			   " address, cards.")),
	MAP("site", site, 0, N_("The site.")),
	LIST("menu", menu, VALUES_SITES, N_("The main menu.")),
	BOOL("has_menu", VALUES_SITES, WHETHER),
	MAP("menus", menus, VALUES_SITES, N_("The menus for the places of the theme.")),
	MAP("has_menus", has, VALUES_SITES, N_("Which of them hold anything.")),
	MAP("queries", queries, VALUES_SITES, N_("The queries of theme.ini.")),
	MAP("has_queries", has, VALUES_SITES, N_("Which of them found anything.")),
	HTML("footer", 0, N_("What the site says at the foot of its pages.")),
	BOOL("has_footer", 0, WHETHER),
	MAP("options", options, 0, N_("The options of the theme, as the site chose them.")),
	LIST("languages", language, 0, N_("The languages that a reader may choose.")),
	BOOL("has_languages", 0, WHETHER_ANY),
	L_LIST("crumbs", menu, VALUES_FORUMS, N_("The way from the forum to this page.")),
	L_BOOL("has_crumbs", VALUES_FORUMS, WHETHER_ANY),

	LIST("posts", post, VALUES_LISTS, N_("The posts of this page.")),
	LIST("posts", link, VALUES_ARCHIVE, N_("The posts of a month.")),
	LIST("posts", front_post, VALUES_FRONT, N_("The newest posts of all sites.")),
	L_LIST("posts", post, VALUES_MEMBER, N_("The posts that the member wrote.")),
	BOOL("has_posts", VALUES_LISTS | VALUES_ARCHIVE | VALUES_FRONT, WHETHER_ANY),
	L_BOOL("has_posts", VALUES_MEMBER, WHETHER_ANY),
	LIST("pinned", post, VALUES_HOME, N_("The posts that stay at the top.")),
	BOOL("has_pinned", VALUES_HOME, WHETHER_ANY),
	L_LIST("pinned", topic, VALUES_BOARD, N_("The topics that stay at the top.")),
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
	MAP("term", term, VALUES_LIST, N_("What the list is of; the counts are on its first page"
					   " only.")),
	MAP("pager", pager, VALUES_LISTS | VALUES_SEARCH | VALUES_FRONT,
	    N_("The pages before and behind.")),
	L_MAP("pager", pager, VALUES_BOARD | VALUES_TOPIC | VALUES_MEMBERS,
	      N_("The pages before and behind.")),
	LIST("terms", term, VALUES_TERMS, N_("All tags or all authors.")),
	BOOL("has_terms", VALUES_TERMS, WHETHER_ANY),

	MAP("post", post, VALUES_POST | VALUES_PAGE, N_("The post or the page.")),
	MAP("previous", link, VALUES_POST, N_("The post before, in the order of time.")),
	BOOL("has_previous", VALUES_POST, WHETHER),
	MAP("next", link, VALUES_POST, N_("The post behind, in the order of time.")),
	BOOL("has_next", VALUES_POST, WHETHER),
	LIST("related", link, VALUES_POST, N_("Posts about the same things.")),
	BOOL("has_related", VALUES_POST, WHETHER_ANY),
	LIST("translations", link, VALUES_POST | VALUES_PAGE,
	     N_("The same text in other languages.")),
	BOOL("has_translations", VALUES_POST | VALUES_PAGE, WHETHER_ANY),
	MAP("progress", progress, VALUES_POST, N_("How far the chapter is in its serial; counted"
						   " where post.html itself names it.")),
	BOOL("has_progress", VALUES_POST, WHETHER),
	BOOL("is_serial", VALUES_POST | VALUES_PAGE, N_("Whether the site is a serial, read from"
							" its beginning.")),

	LIST("years", year, VALUES_ARCHIVE, N_("All years, the last one first.")),
	BOOL("has_years", VALUES_ARCHIVE, WHETHER_ANY),
	BOOL("is_archive", VALUES_ARCHIVE, N_("Whether this is the whole archive.")),
	BOOL("is_year", VALUES_ARCHIVE, N_("Whether this is the page of a year.")),
	BOOL("is_month", VALUES_ARCHIVE, N_("Whether this is the page of a month.")),
	TEXT("year", VALUES_ARCHIVE, N_("The year.")),
	URL("year_url", VALUES_ARCHIVE, N_("The address of the year, on the page of a month.")),
	TEXT("month_name", VALUES_ARCHIVE, N_("The month with its year.")),
	LIST("months", month, VALUES_ARCHIVE, N_("The months of a year, the last one first.")),
	MAP("pager", pager, VALUES_ARCHIVE,
	    N_("The pages before and behind, where a month has several.")),

	TEXT("query", VALUES_SEARCH, N_("What was searched for.")),
	BOOL("has_query", VALUES_SEARCH, N_("Whether anything was searched for.")),
	LIST("results", result, VALUES_SEARCH, N_("What was found.")),
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

	LIST("sites", front_site, VALUES_FRONT, N_("The sites that want to be listed.")),
	BOOL("has_sites", VALUES_FRONT, WHETHER_ANY),

	L_MAP("forum", forum, VALUES_FORUM, N_("The forum.")),
	L_LIST("groups", group, VALUES_FORUM, N_("The boards in their groups.")),
	L_BOOL("has_boards", VALUES_FORUM, WHETHER_ANY),
	L_LIST("latest_topics", topic, VALUES_HOME | VALUES_FORUM,
	       N_("The topics with the newest replies.")),
	L_BOOL("has_latest_topics", VALUES_HOME | VALUES_FORUM, WHETHER_ANY),
	L_URL("search_url", VALUES_FORUM, N_("The address of the search.")),
	L_MAP("board", board, VALUES_BOARD, N_("The board.")),
	L_LIST("topics", topic, VALUES_BOARD | VALUES_MEMBER, N_("The topics of this page.")),
	L_BOOL("has_topics", VALUES_BOARD | VALUES_MEMBER, WHETHER_ANY),
	L_URL("new_topic_url", VALUES_BOARD, N_("Where a new topic is written.")),
	L_BOOL("can_post", VALUES_BOARD, N_("Whether the board is open for new topics.")),
	L_MAP("topic", topic, VALUES_TOPIC, N_("The topic.")),
	L_LIST("replies", reply, VALUES_TOPIC, N_("The replies of this page; the first one opens"
						   " the topic.")),
	L_URL("reply_url", VALUES_TOPIC, N_("Where a reply is written.")),
	L_BOOL("can_reply", VALUES_TOPIC, N_("Whether the topic is open for replies.")),
	L_BOOL("is_locked", VALUES_TOPIC, N_("Whether nobody can write in it any more.")),
	L_LIST("related", topic, VALUES_TOPIC, N_("Topics about the same things.")),
	L_BOOL("has_related", VALUES_TOPIC, WHETHER_ANY),
	L_LIST("members", member, VALUES_MEMBERS, N_("The members of this page.")),
	L_BOOL("has_members", VALUES_MEMBERS, WHETHER_ANY),
	L_MAP("member", member, VALUES_MEMBER, N_("The member.")),
	END
};
const struct values_shape values_page = { "page", N_("A page"), NULL, page_rows };

const struct values_shape *const values_shapes[] = {
	&values_page, &values_site, &values_menu, &values_language, &values_pager, &values_link,
	&values_post, &values_date, &values_cover, &values_term_link, &values_term, &values_year,
	&values_month, &values_result, &values_progress, &values_front_site, &values_front_post,
	&values_options, &values_menus, &values_queries, &values_has, &values_forum,
	&values_group, &values_board, &values_place, &values_latest, &values_topic, &values_last,
	&values_person, &values_reply, &values_writer, &values_in_reply_to, &values_member, NULL
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
