/* cli.h - from main() to a command and its exit status. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "cli/call.h"

enum cli_status {
	CLI_DONE = 0,
	CLI_FAILED = 1,
	CLI_USAGE = 2,
	CLI_INTERRUPTED = 130,		/* 128 and the signal: 143 for SIGTERM */
};

int cli_main(int argc, const char *const argv[]);

/* Runs the command of a parsed call whose host is open, and says what went wrong. */
int cli_run(struct call *call);

/* A command within a command: these words, on the same host, as if they had been typed there,
 * but with this io. Returns the exit status. Not in the server. */
int cli_call(const struct call *from, const char *const words[], size_t count,
	     const struct call_io *io);

/* "hameau: sentence" on standard error; returns status. */
int cli_complain(struct call *call, const struct fail *f, enum cli_status status);

/* The language that the environment asks for ("fr"), "en" by default. */
struct str cli_language(struct arena *a, const char *(*env)(const char *name));

#endif
