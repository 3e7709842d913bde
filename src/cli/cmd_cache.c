/* cmd_cache.c - hameau cache show and clear. */
#include "cli/call.h"

bool cmd_cache_show(struct call *call, struct fail *f)
{
	return fail(f, FAIL_BUG, "%s is not built yet", call->command->name);
}

bool cmd_cache_clear(struct call *call, struct fail *f)
{
	return fail(f, FAIL_BUG, "%s is not built yet", call->command->name);
}
