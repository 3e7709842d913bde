/* sitemap.h - what crawlers ask for: sitemap.xml (sitemaps.org), robots.txt (RFC 9309),
 * security.txt (RFC 9116) when the operator named a contact. */
#ifndef FEEDS_SITEMAP_H
#define FEEDS_SITEMAP_H

#include "web/route.h"
#include "web/view.h"

route_fn sitemap_show, sitemap_part, sitemap_robots, sitemap_security;

/* "/favicon.ico", which programs try before they have read a page: the theme's icon. */
route_fn sitemap_icon;

#endif
