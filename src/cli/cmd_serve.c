/* cmd_serve.c - hameau serve. */
#include "app/serve.h"
#include "cli/call.h"
#include "cli/remote.h"
#include "cli/terminal.h"

static void tell_ready(void *arg, struct str address)
{
	struct call *call = arg;

	call_out(call, tr(call->catalog, "Hameau serves %s, with the data in %s.\n"),
		 address.p, call->data);
	call_flush(call);
}

static bool is_cancelled(void *call)
{
	return call_is_cancelled(call);
}

bool cmd_serve(struct call *call, struct fail *f)
{
	struct str *given;
	size_t n = call_options(call, "listen", &given);
	const char **listen = arena_array(call->arena, n + 1, sizeof *listen);
	struct serve_options o = { .listen = listen, .n_listen = n, .control = remote_serve,
				   .translate = call_has(call, "translate"),
				   .replace = call_has(call, "replace"),
				   .ready = tell_ready, .is_cancelled = is_cancelled,
				   .arg = call };
	bool ok;

	for (size_t i = 0; i < n; i++)
		listen[i] = arena_cstr(call->arena, given[i]);
	if (!host_open(call->data, &call->host, f))
		return false;
	ok = serve_run(call->host, &o, f);
	if (!ok)
		terminal_heed_interrupts();
	host_close(call->host);
	call->host = NULL;
	return ok;
}
