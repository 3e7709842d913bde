/* export_source.h - the texts of a site as Markdown files, and its media, below source/. */
#ifndef TRANSFER_EXPORT_SOURCE_H
#define TRANSFER_EXPORT_SOURCE_H

#include "transfer/export.h"
#include "transfer/export_write.h"

MUST_CHECK bool export_source_write(const struct export_site *site, struct export_folder *ef,
				    struct export_counts *counts, struct fail *f);

#endif
