/* feeds.h - what programs read of a site: RSS, Atom, JSON Feed, sitemaps, robots.txt. */
#ifndef FEEDS_FEEDS_H
#define FEEDS_FEEDS_H

#include "web/feature.h"

extern const struct feature feeds_feature;

#endif
