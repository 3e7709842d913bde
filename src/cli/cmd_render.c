/* cmd_render.c - hameau render markdown and template. */
#include "cli/call.h"

bool cmd_render_markdown(struct call *call, struct fail *f)
{
	return fail(f, FAIL_BUG, "%s is not built yet", call->command->name);
}

bool cmd_render_template(struct call *call, struct fail *f)
{
	return fail(f, FAIL_BUG, "%s is not built yet", call->command->name);
}
