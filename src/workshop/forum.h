/* forum.h - the pages of a forum for themers, made from what a demo site has: its tags are
 * boards, its posts topics and replies. So they speak the site's language and hold all that
 * its texts hold, and a site without posts has a forum without topics.
 */
#ifndef WORKSHOP_FORUM_H
#define WORKSHOP_FORUM_H

#include "web/route.h"

/* /forum/  /forum/:board/  /forum/:board/:topic/  /members/  /members/:member/ */
route_fn forum_index, forum_board, forum_topic, forum_members, forum_member;

#endif
