/* search.h - a reader looks for something on a site. */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "web/feature.h"

extern const struct feature search_feature;

#endif
