/* disk_impl.h - what entry's notes share with their fuzz target; nobody else includes it. */
#ifndef CACHE_DISK_IMPL_H
#define CACHE_DISK_IMPL_H

#include "cache/disk.h"

/* Seeds the hash that seals a note. */
#define DISK_NOTE_SEED 0x48616d656175u

#endif
