/* etag.c - see etag.h. */
#include "http/etag.h"
#include "http/lex.h"

/* A comma may stand inside the quotes, so the list is read tag by tag. */
static bool next_tag(struct str *rest, struct str *tag, bool *weak)
{
	ptrdiff_t end;

	while (rest->n && (rest->p[0] == ',' || rest->p[0] == ' ' || rest->p[0] == '\t'))
		*rest = str_skip(*rest, 1);
	*weak = str_starts(*rest, STR("W/"));
	if (*weak)
		*rest = str_skip(*rest, 2);
	if (!rest->n || rest->p[0] != '"')
		return false;
	end = str_find_char(str_skip(*rest, 1), '"');
	if (end < 0)
		return false;
	*tag = str_sub(*rest, 0, (size_t)end + 2);
	*rest = str_skip(*rest, (size_t)end + 2);
	return true;
}

bool etag_list_has(struct str list, struct str etag, enum etag_compare how)
{
	struct str rest = lex_trim(list), tag;
	bool weak, mine_weak = str_starts(etag, STR("W/"));

	if (str_eq(rest, STR("*")))
		return true;
	if (!etag.n || (how == ETAG_STRONG && mine_weak))
		return false;
	if (mine_weak)
		etag = str_skip(etag, 2);
	while (next_tag(&rest, &tag, &weak))
		if (str_eq(tag, etag) && !(weak && how == ETAG_STRONG))
			return true;
	return false;
}
