/* pack.h - many files in one: a .zip or .tar.gz from somebody, read whole and distrusted.
 *
 * Kit for libarchive. pack_read() takes the bytes of an archive and gives the regular files
 * in it, in memory, or refuses all of it with a sentence that names the entry: links and
 * devices, absolute paths, "..", a name twice or twice but for capitals, names that some
 * system cannot hold, too many entries, too many bytes, too deep, and bombs (more bytes come
 * out than an honest archive of that size holds). Nothing is written to disk while that is
 * found out, so there is nothing to clean away.
 *
 * Left out and counted: what begins with a dot, __MACOSX, folders. When everything lies in
 * one folder, its name is `top` and is taken off the names of the files.
 *
 * pack_zip() makes an archive that depends on names and bytes alone: the same files give the
 * same archive on every machine.
 *
 * Results live in the arena. Any thread. Reading a pack from the disk blocks.
 */
#ifndef PACK_PACK_H
#define PACK_PACK_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"

#define PACK_FILES 2000			/* entries, folders and what is left out included */
#define PACK_DEPTH 8			/* folders in each other */
#define PACK_NAME  200			/* bytes of a whole name */
#define PACK_RATIO 100			/* bytes out for a byte in, beyond the first MiB */

struct pack_file {
	struct str name;		/* "templates/base.html" */
	struct str bytes;
};

struct pack {
	struct pack_file *files;	/* sorted by name, no name twice */
	size_t n;
	struct str top;			/* the one folder that held everything, or empty */
	size_t left_out;		/* dotfiles and the like */
};

/* label: how the archive is called in messages. FAIL_INVALID: no archive, or a trap;
 * FAIL_TOO_LARGE: over LIMIT_PACK or a limit above. */
MUST_CHECK bool pack_read(struct arena *a, struct str archive, const char *label, struct pack *ret,
			  struct fail *f);

/* The same from the disk; a folder is taken as an archive of it would be. top is then the
 * folder's name. */
MUST_CHECK bool pack_open(struct arena *a, const char *path, struct pack *ret, struct fail *f);

const struct pack_file *pack_find(const struct pack *p, struct str name);

/* Writes the files below dir, which is made. */
MUST_CHECK bool pack_unfold(const struct pack *p, const char *dir, struct fail *f);

/* Appends a .zip of the files, inside a folder called top unless that is empty. */
MUST_CHECK bool pack_zip(const struct pack *p, struct str top, struct buf *out, struct fail *f);

#endif
