/* scss.h - where the pieces of a Sass text end: strings, comments, addresses, brackets.
 *
 * Just enough of the syntax to walk through a stylesheet without mistaking what is quoted
 * for what is said. Nothing here fails: what has no end, ends with the text. All positions
 * are offsets of bytes; `at` beyond the end is the end.
 */
#ifndef THEME_SCSS_H
#define THEME_SCSS_H

#include "base/str.h"

#define SCSS_DEPTH 48		/* interpolations in strings in interpolations ... */

bool scss_is_space(char c);
bool scss_is_name(char c);		/* may stand in an identifier; '\\' too */
bool scss_is_digit(char c);

/* The end of the comment, string or unquoted url(...) that begins at `at`; `at` itself when
 * none does. */
size_t scss_quiet(struct str s, size_t at);
bool scss_is_comment(struct str s, size_t at);
/* Behind white space and comments. */
size_t scss_space(struct str s, size_t at);
/* Behind the identifier at `at` ("$x", "--a", "-moz-x", "@media"); `at` when there is none. */
size_t scss_name(struct str s, size_t at);
/* Behind the number with its unit at `at`; `at` when there is none. */
size_t scss_number(struct str s, size_t at);
/* Where the bracket that opens at `at` is closed; s.n when it is not. "#{" opens at its "{". */
size_t scss_close(struct str s, size_t at);
/* Behind the token at `at`, at least one byte: a quiet piece, a number, a name, a byte. */
size_t scss_token(struct str s, size_t at);
/* The first of the bytes `stops` outside brackets in [at, end); end when there is none. */
size_t scss_find(struct str s, size_t at, size_t end, const char *stops);

#endif
