/* values_impl.h - how the table of values is written down, for values.c and values_*.c only.
 *
 * A row is a macro of its type: name, the shape it is of (maps and lists), templates, help.
 * The sentences that many rows share stand here once.
 */
#ifndef THEME_VALUES_IMPL_H
#define THEME_VALUES_IMPL_H

#include "theme/values.h"

#define TEXT(name, on, help) { name, VALUE_TEXT, NULL, on, help, false }
#define BOOL(name, on, help) { name, VALUE_BOOL, NULL, on, help, false }
#define URL(name, on, help)  { name, VALUE_URL, NULL, on, help, false }
#define HTML(name, on, help) { name, VALUE_HTML, NULL, on, help, false }
#define LIST(name, of, on, help) { name, VALUE_LIST, &values_##of, on, help, false }
#define MAP(name, of, on, help)  { name, VALUE_MAP, &values_##of, on, help, false }
/* of the forum, which is to come */
#define L_TEXT(name, on, help) { name, VALUE_TEXT, NULL, on, help, true }
#define L_BOOL(name, on, help) { name, VALUE_BOOL, NULL, on, help, true }
#define L_URL(name, on, help)  { name, VALUE_URL, NULL, on, help, true }
#define L_HTML(name, on, help) { name, VALUE_HTML, NULL, on, help, true }
#define L_LIST(name, of, on, help) { name, VALUE_LIST, &values_##of, on, help, true }
#define L_MAP(name, of, on, help)  { name, VALUE_MAP, &values_##of, on, help, true }
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

/* values_site.c */
extern const struct values_shape values_date;
extern const struct values_shape values_cover;
extern const struct values_shape values_term_link;
extern const struct values_shape values_term;
extern const struct values_shape values_link;
extern const struct values_shape values_post;
extern const struct values_shape values_site;
extern const struct values_shape values_menu;
extern const struct values_shape values_language;
extern const struct values_shape values_pager;
extern const struct values_shape values_month;
extern const struct values_shape values_year;
extern const struct values_shape values_result;
extern const struct values_shape values_progress;
extern const struct values_shape values_front_site;
extern const struct values_shape values_front_post;
extern const struct values_shape values_options;
extern const struct values_shape values_menus;
extern const struct values_shape values_queries;
extern const struct values_shape values_has;

/* values_forum.c */
extern const struct values_shape values_person;
extern const struct values_shape values_writer;
extern const struct values_shape values_member;
extern const struct values_shape values_place;
extern const struct values_shape values_latest;
extern const struct values_shape values_last;
extern const struct values_shape values_board;
extern const struct values_shape values_group;
extern const struct values_shape values_forum;
extern const struct values_shape values_topic;
extern const struct values_shape values_in_reply_to;
extern const struct values_shape values_reply;

#endif
