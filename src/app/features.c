/* features.c - the list. Posts live at any address, so the blog comes last. */
#include "app/features.h"

#include "blog/blog.h"
#include "feeds/feeds.h"
#include "media/files.h"
#include "search/search.h"

const struct feature *const features[] = {
	&files_feature,
	&feeds_feature,
	&search_feature,
	&blog_feature,
	NULL,
};

const struct route *features_route(struct ctx *cx)
{
	for (size_t i = 0; features[i]; i++)
		for (const struct route *r = features[i]->routes; r->pattern; r++)
			if (route_match(r->pattern, cx->path, cx->args)) {
				cx->tag = r->tag;
				return r;
			}
	return NULL;
}
