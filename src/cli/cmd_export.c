/* cmd_export.c - hameau export. */
#include "cli/call.h"

bool cmd_export(struct call *call, struct fail *f)
{
	return fail(f, FAIL_BUG, "%s is not built yet", call->command->name);
}
