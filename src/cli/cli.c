/* cli.c - reads the command line, finds the host or its server, runs the command. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/share.h"
#include "base/file.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "cli/remote.h"
#include "cli/terminal.h"
#include "lang/speak.h"
#include "store/db.h"

struct str cli_language(struct arena *a, const char *(*env)(const char *name))
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *value = env(names[i]);
		struct str lang, rest;
		char *copy;

		if (!value || !*value)
			continue;
		lang = str_cut(str_cut(str_of(value), '.', &rest), '@', &rest);
		if (!lang.n || lang.n > 20 || str_eq(lang, STR("C")) || str_eq(lang, STR("POSIX")))
			return STR("en");
		copy = arena_cstr(a, lang);
		for (char *p = copy; *p; p++)
			if (*p == '_')
				*p = '-';
		return str_of(copy);
	}
	return STR("en");
}

int cli_complain(struct call *call, const struct fail *f, enum cli_status status)
{
	struct str rest = str_of(f->text), line;

	/* A configuration may have several mistakes, a line each. */
	while (str_line(&rest, &line))
		call_note(call, "hameau: %.*s", STR_ARG(line));
	return status;
}

int cli_run(struct call *call)
{
	struct fail f = FAIL_INIT;
	bool ok = call->command->run(call, &f);

	call_flush(call);
	if (!ok)
		return cli_complain(call, &f,
				    call_is_cancelled(call) ? CLI_INTERRUPTED : CLI_FAILED);
	return call->exit;
}

static const char *absolute(struct call *call, struct str path)
{
	char *whole;
	const char *result = call_path(call, path);

	whole = realpath(result, NULL);
	if (whole)
		result = arena_cstr(call->arena, str_of(whole));
	free(whole);
	return result;
}

/* --data, else HAMEAU_DATA. */
static bool find_data(struct call *call, struct fail *f)
{
	struct str given = call_option(call, "data");
	const char *env = getenv("HAMEAU_DATA");

	if (!given.p && env && *env)
		given = str_of(env);
	if (!given.n)
		return fail(f, FAIL_INVALID, "which host? say --data DIR or set HAMEAU_DATA");
	call->data = absolute(call, given);
	return true;
}

static int run_on_host(struct call *call)
{
	struct fail f = FAIL_INIT;
	int status;

	if (!host_open(call->data, &call->host, &f))
		return cli_complain(call, &f, CLI_FAILED);
	status = cli_run(call);
	host_close(call->host);
	call->host = NULL;
	return status;
}

/* In the server when one runs and the command need not be here; else in this process. */
static int run_command(struct call *call, const char *const words[], size_t count)
{
	const unsigned flags = call->command->flags;
	struct fail f = FAIL_INIT;
	int status;

	if (!(flags & (COMMAND_HOST | COMMAND_DATA)))
		return cli_run(call);
	if (!find_data(call, &f)) {
		if (flags & COMMAND_HOSTLESS)
			return cli_run(call);
		return cli_complain(call, &f, CLI_USAGE);
	}
	if (!(flags & COMMAND_HOST))
		return cli_run(call);
	if (flags & COMMAND_LOCAL)
		return run_on_host(call);
	if (remote_call(call->data, words, count, call, &status, &f))
		return status;
	if (f.code != FAIL_NOT_FOUND)
		return cli_complain(call, &f, CLI_FAILED);
	return run_on_host(call);
}

int cli_call(const struct call *from, const char *const words[], size_t count,
	     const struct call_io *io)
{
	CLEANUP(call_release) struct call call = { .arena = arena_new(0), .io = io };
	struct fail f = FAIL_INIT;
	struct parse parse;

	call.catalog = from->catalog;
	call.lang = from->lang;
	call.cwd = from->cwd;
	call.tty = from->tty;
	if (!parse_words(&call, words, count, &parse, &f))
		return cli_complain(&call, &f, CLI_USAGE);
	return run_command(&call, words, count);
}

static int show_help(struct call *call)
{
	struct buf *b = call_buf(call);

	if (call->command)
		help_command(b, call->catalog, call->command);
	else if (call->n_args)
		help_group(b, call->catalog, call->args[0]);
	else
		help_all(b, call->catalog);
	call_flush(call);
	return CLI_DONE;
}

static int begin(struct call *call, const char *const words[], size_t count)
{
	struct fail f = FAIL_INIT;
	struct parse parse;

	if (!parse_words(call, words, count, &parse, &f))
		return cli_complain(call, &f, CLI_USAGE);
	if (parse.version) {
		help_version(call_buf(call));
		call_flush(call);
		return CLI_DONE;
	}
	if (parse.help)
		return show_help(call);
	if (!call->command) {
		help_all(call_buf(call), call->catalog);
		call->io->err(call->io->data, buf_str(&call->out));
		return CLI_USAGE;
	}
	return run_command(call, words, count);
}

static const char *env(const char *name)
{
	return getenv(name);
}

int cli_main(int argc, const char *const argv[])
{
	CLEANUP(call_release) struct call call = { .arena = arena_new(0), .io = &terminal_io };
	struct catalogs *catalogs = NULL;
	char cwd[4096];
	int status;

	terminal_catch_interrupts();
	speak_install();
	db_init();
	call.cwd = arena_cstr(call.arena, str_of(getcwd(cwd, sizeof cwd) ? cwd : "/"));
	call.tty = terminal_can_ask();
	call.lang = cli_language(call.arena, env);
	/* Without catalogs the messages are English: that is no reason to stop here. */
	if (!str_starts(call.lang, STR("en"))) {
		catalogs = catalogs_load_one(path_join(call.arena, share_dir(), STR("lang")),
					     call.lang);
		call.catalog = catalogs_find(catalogs, call.lang);
	}
	speak_set(call.catalog);
	status = begin(&call, argv + 1, argc > 0 ? (size_t)argc - 1 : 0);
	terminal_clear_progress();
	speak_set(NULL);
	catalogs_unref(catalogs);
	if (terminal_interrupt() && (status == CLI_FAILED || status == CLI_INTERRUPTED))
		status = 128 + terminal_interrupt();
	return status;
}
