/* css_media.h - whether a list of media queries holds for one reader.
 *
 * Known are the width of the window and what readers prefer; of everything else it is taken
 * that it holds. Anything may be asked, sense or not.
 */
#ifndef CHECK_CSS_MEDIA_H
#define CHECK_CSS_MEDIA_H

#include "base/str.h"

struct css_reader {
	bool dark;			/* asks for dark pages */
	double width;			/* of the window, in pixels */
};

/* list: what stands behind @media, "(width >= 600px), print". */
bool css_media_holds(struct str list, const struct css_reader *r);

#endif
