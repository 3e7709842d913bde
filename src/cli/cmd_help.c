/* cmd_help.c - hameau help [COMMAND]. */
#include <string.h>

#include "base/nearest.h"
#include "cli/call.h"
#include "cli/help.h"
#include "lang/speak.h"

static const char *translate(const char *msgid)
{
	return catalog_get(speak_now(), NULL, msgid);
}

static bool show_shell(struct call *call, struct str shell, struct fail *f)
{
	return help_completion(call_buf(call), shell)
		|| fail(f, FAIL_INVALID, "there is completion for bash, zsh and fish, not for %.*s",
			STR_ARG(shell));
}

static bool unknown(struct str name, struct fail *f)
{
	struct nearest near;

	nearest_init(&near, name);
	for (const struct command *c = command_table; c->name; c++)
		nearest_offer(&near, str_of(c->name));
	if (near.best.n)
		return fail(f, FAIL_NOT_FOUND, "unknown command \"%.*s\"; did you mean \"%.*s\"?",
			    STR_ARG(name), STR_ARG(near.best));
	return fail(f, FAIL_NOT_FOUND, "unknown command \"%.*s\"; see hameau help", STR_ARG(name));
}

static bool explain(struct call *call, struct fail *f)
{
	const char **words = arena_array(call->arena, call->n_args + 1, sizeof *words);
	CLEANUP(buf_release) struct buf name = BUF(LIMIT_COMMAND);
	const struct command *c;
	size_t used;

	for (size_t i = 0; i < call->n_args; i++) {
		words[i] = call->args[i].p;
		buf_addf(&name, "%s%s", i ? " " : "", words[i]);
	}
	c = command_find(words, call->n_args, &used);
	if (c && used == call->n_args)
		help_command(call_buf(call), call->catalog, c);
	else if (command_is_group(buf_str(&name)))
		help_group(call_buf(call), call->catalog, buf_str(&name));
	else
		return unknown(buf_str(&name), f);
	return true;
}

/* What is no command and yet has keys to explain. */
static bool explain_topic(struct call *call, struct fail *f)
{
	bool manual = call_has(call, "manual");

	if (str_eq(call->args[0], STR("config")) && manual)
		config_manual(call_buf(call));
	else if (str_eq(call->args[0], STR("config")))
		config_sample(call_buf(call), STR_NONE, translate);
	else if (str_eq(call->args[0], STR("settings")) && manual)
		help_settings_manual(call_buf(call));
	else if (str_eq(call->args[0], STR("settings")))
		help_settings(call_buf(call), call->catalog);
	else
		return explain(call, f);
	return true;
}

bool cmd_help(struct call *call, struct fail *f)
{
	struct str shell = call_option(call, "completion");

	if (shell.p)
		return show_shell(call, shell, f);
	if (call_has(call, "man"))
		help_man(call_buf(call), call->catalog);
	else if (!call->n_args)
		help_all(call_buf(call), call->catalog);
	else
		return explain_topic(call, f);
	return true;
}
