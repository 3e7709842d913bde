/* mask.h - a template with its Mustache tags blanked out, so that it can be read as HTML.
 *
 * Every byte of a tag, and of a message between {{#t}} and {{/t}}, becomes HTML_SCAN_BLANK;
 * ends of lines stay, and so do all offsets.
 */
#ifndef CHECK_MASK_H
#define CHECK_MASK_H

#include "base/arena.h"

struct str mask_tags(struct arena *a, struct str text);

#endif
