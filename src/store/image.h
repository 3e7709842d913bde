/* image.h - a whole database as the bytes of a new file.
 *
 * How new sites are made: the schema is laid once in a database in memory that is held
 * (db_hold), each site is written into it and taken as an image, and it is undone. No log, no
 * shared memory file and no statement on the new file: one create and one write.
 */
#ifndef STORE_IMAGE_H
#define STORE_IMAGE_H

#include "store/db.h"

/* A path for db_open() with `create`: a database that is nowhere but in memory. */
#define IMAGE_MEMORY ":memory:"

/* Writes the database as its handle sees it, what is held included, to path, in WAL mode. No
 * transaction is open. durable: synced, with its folder. On failure nothing is left at
 * path. */
MUST_CHECK bool image_write(struct db *db, const char *path, bool durable, struct fail *f);

#endif
