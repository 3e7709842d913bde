/* values_forum.c - shapes of the forum, which is to come: every row here is `later`. Order is
 * that of need: what a shape is made of stands above it.
 */
#include "theme/values_impl.h"

static const struct values_row person_rows[] = {
	L_TEXT("name", 0, N_("The name that the member is known by.")),
	L_URL("url", 0, N_("The address of the member’s page.")),
	L_TEXT("initial", 0, N_("The first letter of the name, where there is no picture.")),
	L_BOOL("has_avatar", 0, WHETHER),
	L_URL("avatar_url", 0, N_("The address of the member’s picture.")),
	END
};
const struct values_shape values_person = {
	"person", N_("Who wrote in the forum"), NULL, person_rows
};

static const struct values_row writer_rows[] = {
	L_TEXT("role_label", 0, N_("What the member does here, in words: “moderator”.")),
	L_BOOL("has_role", 0, WHETHER),
	L_TEXT("joined_label", 0, N_("Since when, in words: “member since March 2026”.")),
	L_TEXT("posts_label", 0, N_("How much the member wrote, in words: “40 messages”.")),
	END
};
const struct values_shape values_writer = {
	"writer", N_("Who wrote a reply"), &values_person, writer_rows
};

static const struct values_row member_rows[] = {
	L_TEXT("role_label", 0, N_("What the member does here, in words: “moderator”.")),
	L_BOOL("has_role", 0, WHETHER),
	L_MAP("joined", date, 0, N_("Since when there is this member.")),
	L_TEXT("posts_label", 0, N_("How much the member wrote, in words: “40 messages”.")),
	L_TEXT("topics_label", VALUES_MEMBER, N_("How many topics, in words: “12 topics”.")),
	L_HTML("bio", VALUES_MEMBER, N_("The member in his or her own words.")),
	L_BOOL("has_bio", VALUES_MEMBER, WHETHER),
	L_URL("website_url", VALUES_MEMBER, N_("The address of the member’s own site.")),
	L_BOOL("has_website", VALUES_MEMBER, WHETHER),
	END
};
const struct values_shape values_member = { "member", N_("A member"), &values_person, member_rows };

static const struct values_row place_rows[] = {
	L_TEXT("title", 0, TITLE),
	L_URL("url", 0, ADDRESS),
	END
};
const struct values_shape values_place = {
	"place", N_("A title with its address"), NULL, place_rows
};

static const struct values_row latest_rows[] = {
	L_TEXT("title", 0, TITLE),
	L_URL("url", 0, ADDRESS),
	L_MAP("author", person, 0, N_("Who wrote it.")),
	L_MAP("date", date, 0, N_("When it was written.")),
	END
};
const struct values_shape values_latest = {
	"latest", N_("The newest topic of a board"), NULL, latest_rows
};

static const struct values_row last_rows[] = {
	L_MAP("author", person, 0, N_("Who wrote it.")),
	L_MAP("date", date, 0, N_("When it was written.")),
	L_URL("url", 0, ADDRESS),
	END
};
const struct values_shape values_last = {
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
	L_MAP("latest", latest, 0, N_("The newest topic.")),
	L_BOOL("has_latest", 0, WHETHER),
	L_LIST("children", place, 0, N_("The boards below it.")),
	L_BOOL("has_children", 0, WHETHER_ANY),
	END
};
const struct values_shape values_board = { "board", N_("A board"), NULL, board_rows };

static const struct values_row group_rows[] = {
	L_TEXT("title", 0, TITLE),
	L_BOOL("has_title", 0, WHETHER),
	L_LIST("boards", board, 0, N_("Its boards.")),
	END
};
const struct values_shape values_group = { "group", N_("A group of boards"), NULL, group_rows };

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
const struct values_shape values_forum = { "forum", N_("The forum"), NULL, forum_rows };

static const struct values_row topic_rows[] = {
	L_TEXT("title", 0, TITLE),
	L_URL("url", 0, ADDRESS),
	L_MAP("author", person, 0, N_("Who wrote it.")),
	L_MAP("date", date, 0, N_("When it was written.")),
	L_TEXT("replies", 0, N_("How many replies, as a number.")),
	L_TEXT("replies_label", 0, N_("How many replies, in words: “40 replies”.")),
	L_BOOL("has_replies", 0, WHETHER_ANY),
	L_TEXT("views_label", 0, N_("How often it was read, in words: “200 views”.")),
	L_MAP("last", last, 0, N_("The last reply.")),
	L_BOOL("has_last", 0, WHETHER),
	L_BOOL("is_pinned", 0, N_("Whether it stays at the top of its board.")),
	L_BOOL("is_locked", 0, N_("Whether nobody can write in it any more.")),
	L_BOOL("is_solved", 0, N_("Whether a reply was marked as the answer.")),
	L_BOOL("is_announcement", 0, N_("Whether it is an announcement.")),
	L_LIST("tags", term_link, 0, N_("Its tags.")),
	L_BOOL("has_tags", 0, WHETHER_ANY),
	L_MAP("board", place, 0, N_("The board that it is in.")),
	L_TEXT("excerpt", 0, N_("The beginning of the text.")),
	END
};
const struct values_shape values_topic = { "topic", N_("A topic"), NULL, topic_rows };

static const struct values_row in_reply_to_rows[] = {
	L_TEXT("number", 0, N_("Its place in the topic, as a number.")),
	L_URL("url", 0, ADDRESS),
	L_TEXT("author_name", 0, N_("The name of who wrote it.")),
	END
};
const struct values_shape values_in_reply_to = {
	"in reply to", N_("The reply that one answers"), NULL, in_reply_to_rows
};

static const struct values_row reply_rows[] = {
	L_TEXT("number", 0, N_("Its place in the topic, as a number.")),
	L_TEXT("anchor", 0, N_("For an id attribute: r12.")),
	L_URL("url", 0, ADDRESS),
	L_MAP("author", writer, 0, N_("Who wrote it.")),
	L_MAP("date", date, 0, N_("When it was written.")),
	L_BOOL("has_updated", 0, WHETHER),
	L_MAP("updated", date, 0, N_("When it was last changed, if that is told.")),
	L_HTML("body", 0, N_("The text.")),
	L_BOOL("is_first", 0, N_("Whether it opens the topic.")),
	L_BOOL("is_answer", 0, N_("Whether it was marked as the answer.")),
	L_BOOL("is_author_of_topic", 0, N_("Whether who opened the topic wrote it.")),
	L_MAP("in_reply_to", in_reply_to, 0, N_("The reply that it answers.")),
	L_BOOL("has_in_reply_to", 0, WHETHER),
	L_TEXT("thanks_label", 0, N_("How many thanked for it, in words.")),
	L_BOOL("has_thanks", 0, WHETHER_ANY),
	L_URL("report_url", 0, N_("Where it can be reported.")),
	L_URL("quote_url", 0, N_("Where it can be answered with a quotation.")),
	L_BOOL("is_removed", 0, N_("Whether it was removed; there is no text then.")),
	L_TEXT("removed_reason", 0, N_("Why it was removed.")),
	END
};
const struct values_shape values_reply = { "reply", N_("A reply"), NULL, reply_rows };
