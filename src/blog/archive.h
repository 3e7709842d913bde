/* archive.h - posts by year and month. */
#ifndef BLOG_ARCHIVE_H
#define BLOG_ARCHIVE_H

#include "web/route.h"
#include "web/view.h"

route_fn archive_years, archive_year, archive_month, archive_month_page;

/* Where part k of a month is (content/month.h). */
struct month;
struct str archive_month_path(struct arena *a, const struct month *m, int64_t part);

#endif
