/* disk_impl.h - what disk.c and disk_sweep.c share; nobody else includes it. */
#ifndef CACHE_DISK_IMPL_H
#define CACHE_DISK_IMPL_H

#include "cache/disk.h"

struct disk {
	char *dir;
	const struct gens *gens;
};

#endif
