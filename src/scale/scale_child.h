/* scale_child.h - the other end of scale.h: libgd in a process of its own.
 *
 * Called when the program is started as `hameau scale-child`, before it opens anything else.
 * It can open no file any more, and holds nothing worth having.
 *
 * Request:	"TYPE WIDTH HEIGHT ORIENTATION\n" (enum image_type; the size as it shall be shown)
 *		and the picture
 * Answer:	the new picture; nothing when it cannot be made
 */
#ifndef SCALE_SCALE_CHILD_H
#define SCALE_SCALE_CHILD_H

#include "base/attrs.h"

NORETURN void scale_child_main(void);

#endif
