/* control.h - how a command reaches the server that runs.
 *
 * A local socket in the data folder, for the user who runs the server and root. One
 * connection is one command: a request in, then frames of output, questions and
 * progress, then the exit status. What a request and a progress frame hold is the
 * business of cli/; this file moves frames.
 *
 *	frame	kind (1 byte), length (4 bytes, big endian), bytes
 *
 * Blocking, on threads of its own: no loop thread waits for a command.
 */
#ifndef APP_CONTROL_H
#define APP_CONTROL_H

#include "base/buf.h"
#include "base/fail.h"

enum control_frame {
	CONTROL_REQUEST = 'R',	/* to the server: the command */
	CONTROL_ANSWER = 'A',	/* to the server: what was typed, or a piece of standard input */
	CONTROL_CANCEL = 'C',	/* to the server: stop where it is safe */
	CONTROL_TAKE = 'T',	/* to the server: another one is to take its place (handover.h) */
	CONTROL_OUT = 'O',	/* for standard output */
	CONTROL_ERR = 'E',	/* for standard error */
	CONTROL_PROGRESS = 'P',
	CONTROL_ASK = 'Q',	/* a question for the person at the terminal */
	CONTROL_INPUT = 'I',	/* more of standard input is wanted; an empty answer is its end */
	CONTROL_EXIT = 'X',	/* the exit status in decimal; the last frame */
	CONTROL_BUSY = 'B',	/* in place of all others: as many commands run as may */
};

/* The server's side. */
struct control;
struct control_peer;		/* one command that is served */

/* Runs on a thread of its own for each command; returns the exit status. */
typedef int control_fn(void *data, struct control_peer *peer, struct str request);

struct control_hooks {
	control_fn *command;
	void *data;			/* for it */
	/* CONTROL_TAKE came; NULL: refused */
	void (*take)(void *taken, struct control *c, int fd);
	void *taken;
};

/* Listens, but under another name until control_publish(): a server that is to take the
 * place of one that runs does not take its commands before. */
MUST_CHECK bool control_open(const char *path, const struct control_hooks *hooks,
			     struct control **ret, struct fail *f);
MUST_CHECK bool control_publish(struct control *c, struct fail *f);

/* Cancels and waits for running commands; NULL is fine. */
void control_close(struct control *c);
/* Another server has the name: no more commands here, those that run may end. Any thread. */
void control_hand_over(struct control *c);

void control_send(struct control_peer *p, enum control_frame kind, struct str bytes);
bool control_ask(struct control_peer *p, struct str question, struct buf *answer);
/* The next piece of the command's standard input, at most LIMIT_COMMAND / 2, takes the place of
 * b's bytes; nothing: its end. False: the command went away. */
bool control_input(struct control_peer *p, struct buf *b);
bool control_is_cancelled(struct control_peer *p);	/* asked to stop, gone, or we are closing */

/* The command's side. */
struct control_events {
	void *data;
	void (*frame)(void *data, enum control_frame kind, struct str bytes); /* OUT ERR PROGRESS */
	bool (*answer)(void *data, struct str question, struct buf *answer);
	/* The next piece of standard input, at most LIMIT_COMMAND / 2; nothing: its end. */
	void (*input)(void *data, struct buf *piece);
	bool (*is_cancelled)(void *data);	/* asked a few times a second */
};

/* FAIL_NOT_FOUND: no server listens there. FAIL_BUSY: it has enough to do. FAIL_IO: it went
 * away. */
MUST_CHECK bool control_call(const char *path, struct str request, const struct control_events *ev,
			     int *status, struct fail *f);

#endif
