/* cmd_serve.c - hameau serve. */
#include "cli/call.h"

bool cmd_serve(struct call *call, struct fail *f)
{
	return fail(f, FAIL_BUG, "%s is not built yet", call->command->name);
}
