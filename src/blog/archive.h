/* archive.h - posts by year and month. */
#ifndef BLOG_ARCHIVE_H
#define BLOG_ARCHIVE_H

#include "web/route.h"
#include "web/view.h"

route_fn archive_years, archive_year, archive_month;

#endif
