/* posts.h - the page of one post or page, and its Markdown. */
#ifndef BLOG_POSTS_H
#define BLOG_POSTS_H

#include "web/route.h"
#include "web/view.h"

/* Whatever lives at the path; redirects and 410 for what once did. */
route_fn posts_show;
/* "/start/": to the first post in reading order. */
route_fn posts_start;

#endif
