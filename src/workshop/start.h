/* start.h - a new theme that begins as a copy of another. */
#ifndef WORKSHOP_START_H
#define WORKSHOP_START_H

#include "base/arena.h"
#include "base/fail.h"

struct start {
	const char *from;	/* folder of the theme that is copied */
	const char *extras;	/* folder with README.md, demo/ and lang/
		 that every new theme gets */
	const char *to;		/* made; FAIL_CONFLICT when something is there */
	struct str id, name, author;
};

/* Copies everything but dotfiles and links; theme.ini gets its own name, version 0.1.0, author,
 * and says what it was made from. On failure nothing is left. */
MUST_CHECK bool start_theme(struct arena *a, const struct start *s, struct fail *f);

/* "my-theme" -> "My theme" */
struct str start_name(struct arena *a, struct str id);

#endif
