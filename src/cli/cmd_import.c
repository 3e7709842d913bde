/* cmd_import.c - hameau import and watch. */
#include "cli/call.h"

bool cmd_import(struct call *call, struct fail *f)
{
	return fail(f, FAIL_BUG, "%s is not built yet", call->command->name);
}

bool cmd_watch(struct call *call, struct fail *f)
{
	return fail(f, FAIL_BUG, "%s is not built yet", call->command->name);
}
