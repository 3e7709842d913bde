/* disk_test.h - pages of site 7 and a disk to put them on, for the tests of disk.h. */
#ifndef CACHE_DISK_TEST_H
#define CACHE_DISK_TEST_H

#include <stdio.h>
#include "base/file.h"
#include "cache/cache_test.h"

#define WORDS "rain and snow and rain and snow and rain and snow and "
#define LONG_TEXT STR(WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS)		/* worth packing */
#define ROLL_OF_7 "07/000000000007.roll"

static const struct cache_key HOME = { 7, STR_INIT("/"), STR_INIT(""), false };
static const struct cache_key POST = { 7, STR_INIT("/2031/rain/"), STR_INIT(""), false };
static const struct cache_key FEED = { 7, STR_INIT("/feed.xml"), STR_INIT(""), false };

static const struct cache_key HOME_GZIP = { 7, STR_INIT("/"), STR_INIT(""), true };
static const struct cache_key POST_GZIP = { 7, STR_INIT("/2031/rain/"), STR_INIT(""), true };

/* A disk of its own on the place's folder, as another process or a restart has one. */
static inline struct disk *disk_test_new(struct place *p)
{
	return disk_new(p->cache_dir, p->gens);
}

static inline void disk_test_save(struct disk *d, struct cache_key k, const struct entry *e)
{
	struct fail f = FAIL_INIT;

	assert_ok(disk_save(d, &k, e, &f), &f);
}

/* Is there a file or folder of that name? */
static inline bool disk_test_has(struct place *p, const char *name)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", p->cache_dir, name);
	return file_exists(path);
}

/* The path of the site's file. */
static inline const char *disk_test_roll(struct place *p, char path[200])
{
	snprintf(path, 200, "%s/%s", p->cache_dir, ROLL_OF_7);
	return path;
}

#endif
