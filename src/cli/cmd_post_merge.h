/* cmd_post_merge.h - a text was changed on the site while somebody had it in his editor.
 *
 * Both changes are put together line by line by diff3, which every machine that has diff has,
 * on the side of who edits. What each of the two was stays beside it.
 */
#ifndef CLI_CMD_POST_MERGE_H
#define CLI_CMD_POST_MERGE_H

#include "cli/call.h"

enum cmd_post_merged {
	CMD_POST_APART,		/* in different places: both are in the file */
	CMD_POST_MEET,		/* where they meet both stand in the file, between marks */
	CMD_POST_ALONE,		/* diff3 is not there: the file is as it was */
};

struct cmd_post_merge {
	const char *file;		/* what was typed; then both */
	struct str before, site;	/* what it was typed into, and what the site has now */
	/* Set by the merge: what was typed, and what the site has, alone. */
	const char *mine_file, *site_file;
};

MUST_CHECK bool cmd_post_merge(struct call *call, struct cmd_post_merge *m,
			       enum cmd_post_merged *ret, struct fail *f);

/* The line of the first mark that is left, 0: none is. */
int cmd_post_merge_marks(struct call *call, struct str text);

#endif
