/* md_tags.c - the tables. Not here, by decision: script, style, iframe, object, form and all
 * its fields, style= and on...=, target=; class, id and blocks in comments.
 */
#include "markdown/md_tags.h"
#include <string.h>

#define P MD_HOLDS_PHRASING
#define F MD_HOLDS_FLOW
#define X MD_HOLDS_PARTS

static const struct md_tag TAGS[] = {
	/* name, holds, empty, block, comment, parents */
	{ "a", P, false, false, true, NULL }, { "abbr", P, false, false, true, NULL },
	{ "address", F, false, true, false, NULL }, { "article", F, false, true, false, NULL },
	{ "aside", F, false, true, false, NULL }, { "audio", X, false, false, false, NULL },
	{ "b", P, false, false, true, NULL }, { "bdi", P, false, false, true, NULL },
	{ "bdo", P, false, false, true, NULL }, { "blockquote", F, false, true, false, NULL },
	{ "br", P, true, false, true, NULL }, { "caption", F, false, true, false, " table " },
	{ "cite", P, false, false, true, NULL }, { "code", P, false, false, true, NULL },
	{ "col", P, true, true, false, " colgroup " },
	{ "colgroup", X, false, true, false, " table " },
	{ "data", P, false, false, false, NULL },
	{ "dd", F, false, true, false, " dl " }, { "del", P, false, false, true, NULL },
	{ "details", F, false, true, false, NULL }, { "dfn", P, false, false, true, NULL },
	{ "div", F, false, true, false, NULL }, { "dl", X, false, true, false, NULL },
	{ "dt", F, false, true, false, " dl " }, { "em", P, false, false, true, NULL },
	{ "figcaption", F, false, true, false, " figure " },
	{ "figure", F, false, true, false, NULL },
	{ "h1", P, false, true, false, NULL }, { "h2", P, false, true, false, NULL },
	{ "h3", P, false, true, false, NULL }, { "h4", P, false, true, false, NULL },
	{ "h5", P, false, true, false, NULL }, { "h6", P, false, true, false, NULL },
	{ "hr", P, true, true, false, NULL }, { "i", P, false, false, true, NULL },
	{ "img", P, true, false, false, NULL }, { "ins", P, false, false, true, NULL },
	{ "kbd", P, false, false, true, NULL }, { "li", F, false, true, false, " ul ol " },
	{ "mark", P, false, false, true, NULL }, { "ol", X, false, true, false, NULL },
	{ "p", P, false, true, false, NULL }, { "pre", P, false, true, false, NULL },
	{ "q", P, false, false, true, NULL }, { "rp", P, false, false, true, " ruby " },
	{ "rt", P, false, false, true, " ruby " }, { "ruby", P, false, false, true, NULL },
	{ "s", P, false, false, true, NULL }, { "samp", P, false, false, true, NULL },
	{ "section", F, false, true, false, NULL }, { "small", P, false, false, true, NULL },
	{ "source", P, true, false, false, " audio video " },
	{ "span", P, false, false, true, NULL }, { "strong", P, false, false, true, NULL },
	{ "sub", P, false, false, true, NULL },
	{ "summary", P, false, true, false, " details " },
	{ "sup", P, false, false, true, NULL }, { "table", X, false, true, false, NULL },
	{ "tbody", X, false, true, false, " table " },
	{ "td", F, false, true, false, " tr " }, { "tfoot", X, false, true, false, " table " },
	{ "th", F, false, true, false, " tr " }, { "thead", X, false, true, false, " table " },
	{ "time", P, false, false, true, NULL },
	{ "tr", X, false, true, false, " table thead tbody tfoot " },
	{ "u", P, false, false, true, NULL }, { "ul", X, false, true, false, NULL },
	{ "var", P, false, false, true, NULL }, { "video", X, false, false, false, NULL },
	{ "wbr", P, true, false, true, NULL },
};

static const struct md_attr ATTRS[] = {
	{ "alt", MD_ATTR_TEXT, " img ", false },
	{ "cite", MD_ATTR_LINK, " blockquote q del ins ", true },
	{ "class", MD_ATTR_TEXT, NULL, false },
	{ "colspan", MD_ATTR_NUMBER, " td th ", false },
	{ "controls", MD_ATTR_BOOL, " audio video ", false },
	{ "datetime", MD_ATTR_TEXT, " time del ins ", true },
	{ "dir", MD_ATTR_TEXT, NULL, true },
	{ "headers", MD_ATTR_TEXT, " td th ", false },
	{ "height", MD_ATTR_NUMBER, " img video ", false },
	{ "href", MD_ATTR_LINK, " a ", true },
	{ "hreflang", MD_ATTR_TEXT, " a ", true },
	{ "id", MD_ATTR_ID, NULL, false },
	{ "lang", MD_ATTR_TEXT, NULL, true },
	{ "loop", MD_ATTR_BOOL, " audio video ", false },
	{ "muted", MD_ATTR_BOOL, " audio video ", false },
	{ "open", MD_ATTR_BOOL, " details ", false },
	{ "poster", MD_ATTR_MEDIA, " video ", false },
	{ "preload", MD_ATTR_TEXT, " audio video ", false },
	{ "reversed", MD_ATTR_BOOL, " ol ", false },
	{ "rowspan", MD_ATTR_NUMBER, " td th ", false },
	{ "scope", MD_ATTR_TEXT, " th ", false },
	{ "span", MD_ATTR_NUMBER, " col colgroup ", false },
	{ "src", MD_ATTR_MEDIA, " img audio video source ", false },
	{ "start", MD_ATTR_NUMBER, " ol ", false },
	{ "title", MD_ATTR_TEXT, NULL, true },
	{ "type", MD_ATTR_TEXT, " ol source ", false },
	{ "value", MD_ATTR_NUMBER, " li ", false },
	{ "value", MD_ATTR_TEXT, " data ", false },
	{ "width", MD_ATTR_NUMBER, " img video ", false },
};

static const char HIDDEN[] = " script style iframe object embed template textarea select title "
			     "noscript svg math canvas xmp noembed noframes head ";

bool md_tags_in(const char *list, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = list; (p = strstr(p, name)) != NULL; p += n)
		if (p > list && p[-1] == ' ' && p[n] == ' ')
			return true;
	return false;
}

const struct md_tag *md_tags_find(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(TAGS); i++)
		if (str_eq_nocase(name, str_of(TAGS[i].name)))
			return &TAGS[i];
	return NULL;
}

const struct md_attr *md_tags_attr(const struct md_tag *tag, struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(ATTRS); i++)
		if (str_eq_nocase(name, str_of(ATTRS[i].name))
		    && (!ATTRS[i].tags || md_tags_in(ATTRS[i].tags, tag->name)))
			return &ATTRS[i];
	return NULL;
}

bool md_tags_is_hidden(struct str name)
{
	char lower[16] = "";

	if (name.n >= sizeof lower)
		return false;
	for (size_t i = 0; i < name.n; i++)
		lower[i] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? name.p[i] | 32 : name.p[i];
	return md_tags_in(HIDDEN, lower);
}
