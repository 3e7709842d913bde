/* image.h - a whole database as the bytes of a new file.
 *
 * How new sites are made: the schema is laid once in a database in memory, each site writes
 * its settings into a transaction on it, takes the image, and rolls back. No log, no shared
 * memory file and no statement on the new file: one create and one write.
 */
#ifndef STORE_IMAGE_H
#define STORE_IMAGE_H

#include "store/tx.h"

/* A path for db_open() with `create`: a database that is nowhere but in memory. */
#define IMAGE_MEMORY ":memory:"

/* Writes the database as the transaction sees it, its own writes included, to path, in WAL
 * mode. durable: synced, with its folder. On failure nothing is left at path. */
MUST_CHECK bool image_write(struct tx *tx, const char *path, bool durable, struct fail *f);

#endif
