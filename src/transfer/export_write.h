/* export_write.h - the folder an export goes to, and the list of what was put there. */
#ifndef TRANSFER_EXPORT_WRITE_H
#define TRANSFER_EXPORT_WRITE_H

#include "base/arena.h"
#include "base/fail.h"
#include "base/map.h"

struct export_folder {
	struct arena *arena;
	const char *path;
	struct map *before;		/* files of the former export that were not written again */
	struct map *now;		/* written: file -> itself */
	struct map *folders;		/* the folders they are in */
};

/* Makes the folder, or takes a former export over. */
MUST_CHECK bool export_write_open(struct export_folder *ef, const char *path, bool force,
				  struct fail *f);
/* FAIL_INVALID when this cannot be the name of a file, or a file is where its folder
 * would be: old addresses may be anything. */
MUST_CHECK bool export_write(struct export_folder *ef, struct str file, struct str bytes,
			     struct fail *f);
bool export_write_has(const struct export_folder *ef, struct str file);
/* Removes what was not written again and notes what was. */
MUST_CHECK bool export_write_finish(struct export_folder *ef, size_t *removed, struct fail *f);
void export_write_release(struct export_folder *ef);

#endif
