/* lists.h - the pages of a list: home, and those of a tag, an author, a language. */
#ifndef BLOG_LISTS_H
#define BLOG_LISTS_H

#include "web/feature.h"
#include "web/view.h"

route_fn lists_home, lists_home_page, lists_term, lists_term_page, lists_terms;

/* The paths of a list from its top page on. */
MUST_CHECK bool lists_paths(struct ctx *cx, int64_t list, struct str folder,
			    feature_path_fn *tell, void *arg, struct fail *f);

#endif
