/* cmd_init.c - hameau init DIR. */
#include "cli/call.h"
#include "lang/speak.h"

static const char *translate(const char *msgid)
{
	return catalog_get(speak_now(), NULL, msgid);
}

bool cmd_init(struct call *call, struct fail *f)
{
	const char *data = call_path(call, call->args[0]);

	if (!host_init(data, call_option(call, "base"), translate, f))
		return false;
	call_out(call, tr(call->catalog, "The host is ready in %s."), data);
	call_out(call, "\n");
	call_out(call, "  hameau site create NAME --data %s\n  hameau serve --data %s\n", data,
		 data);
	return true;
}
