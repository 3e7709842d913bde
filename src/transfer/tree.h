/* tree.h - the folder that is imported, as a list of files.
 *
 * Walked once. Left out: dot files, what tools produce (node_modules, public, _site
 * and the like), links that lead out of the folder (a complaint says so). Paths are
 * relative to the folder, with slashes. Belongs to its maker; reading it is safe
 * from any thread.
 */
#ifndef TRANSFER_TREE_H
#define TRANSFER_TREE_H

#include <sys/stat.h>
#include "base/map.h"
#include "transfer/receipt.h"

enum { TREE_NOT_ASKED = -1 };
enum tree_kind { TREE_TEXT, TREE_MEDIA, TREE_OTHER };	/* by the file's extension */

struct tree_file {
	struct str path;
	enum tree_kind kind;
	int64_t size, mtime_ns;		/* of a text TREE_NOT_ASKED, if the folder was scanned so */
	bool is_used;			/* some text shows it */
};

/* One text of the folder that is at hand already, by its path there. */
struct tree_given {
	struct str path, bytes;
};

struct tree {
	struct arena *arena;		/* the caller's */
	const char *root;		/* NULL: no folder at all (tree_lone()) */
	bool is_lone;
	struct tree_given given;	/* bytes.p == NULL: none */
	struct tree_file *files;	/* sorted by path */
	size_t n, cap;
	struct map *by_path;
};

/* is_new: all texts will be read, and say by then what size they have and when they were changed:
 * they are not asked for it now, one by one. */
MUST_CHECK bool tree_scan(struct arena *a, const char *folder, bool is_new, struct receipt *r,
			  struct tree *ret, struct fail *f);
/* For one text of the folder: nothing is walked, each file is looked up when somebody asks for
 * it, by the same rules; `files` stays empty. given: NULL: the text is in the folder. One
 * thread. */
void tree_lone(struct arena *a, const char *folder, const struct tree_given *given,
	       struct tree *ret);
void tree_release(struct tree *t);

const struct tree_file *tree_find(const struct tree *t, struct str path);
bool tree_has_under(const struct tree *t, struct str folder);	/* a file below "folder/" */
/* The whole file; larger than b's ceiling is FAIL_TOO_LARGE. */
MUST_CHECK bool tree_read(const struct tree *t, struct str path, struct buf *b, struct fail *f);
/* The same, and what the file was when it was opened. */
MUST_CHECK bool tree_read_stat(const struct tree *t, struct str path, struct buf *b,
			       struct stat *st, struct fail *f);

/* The file was saved: its size and time are looked up anew. False: it is not in the list, or
 * no longer a plain file with something in it. */
bool tree_renew(struct tree *t, struct str path);

enum tree_kind tree_kind_of(struct str path);
/* Is a file or folder of that name, so deep below the root, left out? For watch. */
bool tree_skips(struct str name, int depth);

/* dir + "/" + rel with "." and ".." worked out; false when it would leave the root. */
bool tree_resolve(struct arena *a, struct str dir, struct str rel, struct str *ret);

#endif
