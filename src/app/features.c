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

static const struct feature *added;

void features_add(const struct feature *feature)
{
	added = feature;
}

void features_finish(struct ctx *cx, struct answer *an)
{
	if (added && added->finish)
		added->finish(cx, an);
}

bool features_explain(struct ctx *cx, const struct fail *why, struct answer *ret)
{
	return added && added->explain && cx->site && added->explain(cx, why, ret);
}

static const struct route *route_of(const struct feature *feature, struct ctx *cx)
{
	for (const struct route *r = feature->routes; r->pattern; r++)
		if (route_match(r->pattern, cx->path, cx->args)) {
			cx->tag = r->tag;
			return r;
		}
	return NULL;
}

const struct route *features_route(struct ctx *cx)
{
	const struct route *r = added ? route_of(added, cx) : NULL;

	for (size_t i = 0; !r && features[i]; i++)
		r = route_of(features[i], cx);
	return r;
}
