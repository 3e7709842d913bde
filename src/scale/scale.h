/* scale.h - raster pictures made narrower, for screens that need no more (libgd).
 *
 * Decoding is done in a child process with limits (scale_child.h), because a picture comes
 * from anybody and decoders are where pictures bite: what it cannot do in its time and memory
 * is an outcome, not a crash. JPEG, PNG and WebP; the result is of the same kind, upright,
 * and without anything but its pixels. Animations are left alone.
 *
 * Blocking, up to some seconds: workers and commands only. Any thread.
 */
#ifndef SCALE_SCALE_H
#define SCALE_SCALE_H

#include "base/buf.h"
#include "base/fail.h"
#include "image/image.h"

#define SCALE_PIXELS (50 * 1000 * 1000)	/* a decoded picture takes four bytes for each */

/* Is it of a kind that can be made narrower, and small enough to try? */
bool scale_can(const struct image *im);

/* Appends the picture, `width` pixels wide as it is shown, to out. FAIL_INVALID: not of such
 * a kind, not wider than that, broken, or too dear. Anything else is no fault of the picture
 * (FAIL_BUSY, FAIL_IO: memory, processes, libgd): another time it may be done. */
MUST_CHECK bool scale_down(struct str picture, int width, struct buf *out, struct fail *f);

/* Can pictures be made narrower here? For doctor: the child loads its library by itself. */
MUST_CHECK bool scale_try(struct fail *f);

#endif
