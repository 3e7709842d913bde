/* number.h - whole numbers as people of a language write them. Any thread. */
#ifndef UNICODE_NUMBER_H
#define UNICODE_NUMBER_H

#include <stdint.h>
#include "base/arena.h"

/* fr "12 345" (with a narrow no-break space), de "12.345", es "1234" but "12.345". */
struct str number_format(struct arena *a, struct str lang, int64_t n);

#endif
