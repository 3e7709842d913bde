/* parse.h - from the words of a command line to a call, by the table of commands. */
#ifndef CLI_PARSE_H
#define CLI_PARSE_H

#include "cli/call.h"

struct parse {
	bool help, version;	/* asked for, in place of the command */
};

/* Fills command, args, given, json and yes of call, whose arena is made. words: without the
 * program's name. A wrong line is FAIL_INVALID; the command is set when it was understood.
 * Without any word call->command is NULL. */
MUST_CHECK bool parse_words(struct call *call, const char *const words[], size_t count,
			    struct parse *ret, struct fail *f);

#endif
