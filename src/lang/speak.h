/* speak.h - the language in which failures are told.
 *
 * fail() formats its sentence where the failure is noticed, deep below anything that
 * knows the reader. So each thread has a catalog in use: whoever begins to work for
 * somebody sets it, and sets NULL (English) when done. The catalog is lent: it must
 * live as long as it is set.
 */
#ifndef LANG_SPEAK_H
#define LANG_SPEAK_H

#include "lang/catalog.h"

void speak_install(void);			/* once, at start: fail() asks us from now on */
void speak_set(const struct catalog *c);	/* of this thread */
const struct catalog *speak_now(void);		/* of this thread; NULL is English */

#endif
