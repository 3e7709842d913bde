/* md_mem.h - memory for the parser's tree: handed out one behind the other, gone at once.
 *
 * cmark asks for some thousand small pieces a text and gives each back by itself; malloc and
 * free were a twelfth of an import. Between begin and end, of one thread, what was given
 * back is not used again; a text that needs very much gets the rest from malloc as ever.
 */
#ifndef MARKDOWN_MD_MEM_H
#define MARKDOWN_MD_MEM_H

#include <cmark.h>

void md_mem_begin(void);		/* may be nested */
void md_mem_end(void);			/* nothing made since the first begin is used any more */

/* For cmark_..._with_mem(), between the two. A tree is freed by its root's memory, so all nodes
 * of one must have theirs from here. */
extern cmark_mem md_mem;

#endif
