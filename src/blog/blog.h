/* blog.h - posts and pages as readers see them: home, lists, archive, the post itself. */
#ifndef BLOG_BLOG_H
#define BLOG_BLOG_H

#include "web/feature.h"

extern const struct feature blog_feature;

#endif
