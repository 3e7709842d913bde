/* stage.h - a throw-away host whose sites wear a theme: for theme serve and theme bench.
 *
 * In a folder of its own below TMPDIR, with the example sites that come with the program
 * (examples/sites), those that show a theme what it will meet one day (examples/workshop/sites),
 * and one of the theme's own texts, when it has a folder `demo`.
 */
#ifndef CLI_STAGE_H
#define CLI_STAGE_H

#include "cli/call.h"

#define STAGE_SITES 20

struct stage {
	struct arena *arena;
	const char *dir;		/* of the host; NULL: not made */
	struct host *host;
	const char *theme_dir;
	struct str id;			/* of the theme */
	struct str sites[STAGE_SITES];	/* their names */
	size_t n_sites;
};

/* call->args[0] is a folder or the id of a theme. many: a site with so many posts more; 0:
 * none. What was made until a failure is left to stage_remove(). */
MUST_CHECK bool stage_make(struct call *call, int64_t many, struct stage *ret, struct fail *f);
void stage_remove(struct stage *s);		/* also half made; for CLEANUP */

/* The folder of examples/workshop. */
const char *stage_files(struct arena *a);

#endif
