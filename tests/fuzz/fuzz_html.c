/* fuzz_html.c - pages and templates as check/ reads them. Every node's text lies in the page,
 * and the tree is one: who has a parent is among its children. */
#include <assert.h>

#include "check/html_tree.h"
#include "check/mask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str text = str_from((const char *)data, size), masked = mask_tags(a, text);
	struct html_tree *t = html_tree_make(a, text);
	int n = 0;

	assert(masked.n == text.n);
	for (const struct html_node *x = t->root; (x = html_tree_next(x, t->root));) {
		assert(x->parent && (x->prev ? x->prev->next == x : x->parent->first == x));
		assert(x->name.n || x->text.p >= text.p);
		assert(x->name.n || x->text.p + x->text.n <= text.p + text.n);
		n++;
	}
	assert(n == t->count);
	html_tree_make(a, masked);
	return 0;
}
