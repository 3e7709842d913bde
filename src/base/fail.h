/* fail.h - a failure is an outcome with a name.
 *
 * A function that can fail returns bool (true: done) and takes a struct fail *
 * last. It says what went wrong where it is noticed:
 *
 *	return fail(f, FAIL_QUOTA, "the site is full: %zu of %zu MiB", a, b);
 *
 * and a caller may say where, which puts "place: " before the text:
 *
 *	return fail_in(f, "%s", path);
 *
 * Nobody below app/ or cli/ logs or prints one. The formats are sentences for
 * people and pass through the catalogs: fail() asks the function given to
 * fail_speak() for the translation before it formats. f may be NULL where the
 * caller does not care why.
 */
#ifndef BASE_FAIL_H
#define BASE_FAIL_H

#include "base/str.h"

enum fail_code {
	FAIL_NONE,
	FAIL_NOT_FOUND,		/* no such thing */
	FAIL_GONE,		/* it was there and was removed */
	FAIL_INVALID,		/* what was given makes no sense */
	FAIL_FORBIDDEN,
	FAIL_CONFLICT,		/* true, but not together with what is there */
	FAIL_TOO_LARGE,
	FAIL_QUOTA,
	FAIL_BUSY,		/* try again later */
	FAIL_IO,		/* disk, network, operating system */
	FAIL_CORRUPT,		/* our own data does not hold what it must */
	FAIL_BUG,
};

struct fail {
	enum fail_code code;
	char text[1000];	/* one sentence, UTF-8, no newline at the end */
};

#define FAIL_INIT { FAIL_NONE, "" }

/* Always return false, so that they can stand behind `return`. */
bool fail(struct fail *f, enum fail_code code, const char *fmt, ...) PRINTF(3, 4);
bool fail_in(struct fail *f, const char *fmt, ...) PRINTF(2, 3);

/* As fail(FAIL_IO) with ": " and the text of errno behind it (the file's name is
 * expected in the format); ENOENT gives FAIL_NOT_FOUND. */
bool fail_errno(struct fail *f, const char *fmt, ...) PRINTF(2, 3);

void fail_clear(struct fail *f);
const char *fail_code_name(enum fail_code code);	/* "NOT_FOUND" ... for tests */

/* Process-wide, set once at start: turns a format into the reader's language. The
 * function is called on any thread and must return a format with the same
 * arguments (lang/ proves that when it loads a catalog). */
void fail_speak(const char *(*translate)(const char *msgid));

#endif
