/* files.h - the files of a site, as they are fetched. */
#ifndef MEDIA_FILES_H
#define MEDIA_FILES_H

#include "web/feature.h"

extern const struct feature files_feature;

#endif
