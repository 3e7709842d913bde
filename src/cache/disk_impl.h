/* disk_impl.h - what the files of the disk level share; nobody else includes it but their
 * fuzz target.
 */
#ifndef CACHE_DISK_IMPL_H
#define CACHE_DISK_IMPL_H

#include "cache/disk.h"

/* Seeds the hash that seals a note. */
#define DISK_NOTE_SEED 0x48616d656175u

struct disk {
	char *dir;
	const struct gens *gens;
};

#endif
