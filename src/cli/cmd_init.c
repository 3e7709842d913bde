/* cmd_init.c - hameau init DIR. */
#include "app/engine.h"
#include "cli/call.h"
#include "lang/speak.h"

static const char *translate(const char *msgid)
{
	return catalog_get(speak_now(), NULL, msgid);
}

/* Themes that load now are known to load: no first site, nor the first start, waits for their
 * stylesheets. What is wrong with one is told by those who want it. */
static void load_themes(const char *data, struct arena *a)
{
	struct themes *themes;
	struct host *host;

	if (!host_open(data, &host, NULL))
		return;
	if (engine_open_themes(host, a, &themes, NULL))
		themes_close(themes);
	host_close(host);
}

bool cmd_init(struct call *call, struct fail *f)
{
	const char *data = call_path(call, call->args[0]);

	if (!host_init(data, call_option(call, "base"), translate, f))
		return false;
	load_themes(data, call->arena);
	call_out(call, tr(call->catalog, "The host is ready in %s."), data);
	call_out(call, "\n");
	call_out(call, "  hameau site create NAME --data %s\n  hameau serve --data %s\n", data,
		 data);
	return true;
}
