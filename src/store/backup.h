/* backup.h - a whole copy of a database that is in use. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/db.h"

/* Writes a complete copy to path (which must not exist): one state of the
 * database, also while others write. On failure nothing is left at path. */
MUST_CHECK bool backup_make(struct db *db, const char *path, struct fail *f);

#endif
