/* call.h - one use of a command: what was asked, and where the answer goes.
 *
 * The same struct whether the command runs by itself or in the server for somebody
 * else; then output, questions and progress travel over the control socket. One
 * thread at a time.
 */
#ifndef CLI_CALL_H
#define CLI_CALL_H

#include "app/host.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/vec.h"
#include "cli/command.h"
#include "lang/catalog.h"

/* Where a call's output goes; given by main for this terminal, by remote.c for another. */
struct call_io {
	void *data;
	void (*out)(void *data, struct str bytes);
	void (*err)(void *data, struct str bytes);
	void (*progress)(void *data, int64_t done, int64_t total, struct str what);
	bool (*ask)(void *data, struct str question, struct buf *answer);
	/* Appends the next piece of standard input, some KiB; nothing: its end. */
	void (*input)(void *data, struct buf *piece);
	bool (*is_cancelled)(void *data);
};

struct call_given {
	const struct command_option *option;
	struct str value;
};

struct call {
	const struct command *command;
	struct arena *arena;
	const struct call_io *io;
	const struct catalog *catalog;	/* of the caller's language; NULL: English */
	struct str lang;		/* "fr" */
	const char *cwd;		/* of the caller */
	const char *data;		/* absolute; NULL when not given */
	struct host *host;		/* open, for COMMAND_HOST */
	bool is_served;			/* runs in the server */
	bool tty;			/* a person can be asked */
	bool json, yes;
	int exit;			/* when it is done without a failure but not well: 1 */

	struct str *args;
	size_t n_args;
	VEC(struct call_given) given;
	struct buf out;
};

/* The value of an option, the last one given; NULL p: not given. */
struct str call_option(const struct call *call, const char *name);
bool call_has(const struct call *call, const char *name);
/* All values of an option that may be repeated, in the arena. */
size_t call_options(const struct call *call, const char *name, struct str **ret);
MUST_CHECK bool call_number(const struct call *call, const char *name, int64_t min, int64_t max,
			    int64_t usual, int64_t *ret, struct fail *f);

/* Text for standard output and standard error. Sentences are looked up by the caller:
 * call_out(call, tr(call->catalog, "..."), ...). call_note ends the line itself. */
void call_out(struct call *call, const char *fmt, ...) PRINTF(2, 3);
void call_note(struct call *call, const char *fmt, ...) PRINTF(2, 3);
struct buf *call_buf(struct call *call);	/* to write into, then call_flush(); bounded */
void call_flush(struct call *call);

/* Shown on a terminal when the work takes more than two seconds. total 0: not known. */
void call_progress(struct call *call, int64_t done, int64_t total, struct str what);

/* Asks yes or no. Without a person to ask and without --yes it is FAIL_INVALID; no is
 * FAIL_CONFLICT ("nothing was done"). */
MUST_CHECK bool call_confirm(struct call *call, struct fail *f, const char *fmt, ...) PRINTF(3, 4);

/* Appends all of standard input; more than b holds is FAIL_TOO_LARGE. */
MUST_CHECK bool call_input(struct call *call, struct buf *b, struct fail *f);

/* Ctrl-C, or the terminal went away: stop where it is safe. */
bool call_is_cancelled(struct call *call);

/* A path as the caller meant it: relative to his folder. */
const char *call_path(struct call *call, struct str path);

void call_release(struct call *call);		/* what parse_words() made, but the host */

#endif
