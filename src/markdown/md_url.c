/* md_url.c - the list of schemes, and writing an address into an attribute. */
#include "markdown/md_url.h"
#include <string.h>

#define SCHEME_MAX 15

static const char *const LINK_SCHEMES[] = {
	"http", "https", "mailto", "tel", "sms", "xmpp", "irc", "ircs", "matrix", "geo",
	"ftp", "gemini", "gopher", "sip", NULL
};

static bool is_skipped(char c)
{
	return (unsigned char)c <= ' ' || c == 0x7f;
}

/* The scheme in lower case, false when what stands before the colon is too long.
 * Without a colon it is empty. */
static bool scheme_of(struct str url, char scheme[SCHEME_MAX + 1], bool *has)
{
	size_t n = 0;

	*has = false;
	for (size_t i = 0; i < url.n && !strchr("/?#\\", url.p[i]); i++) {
		char c = url.p[i];

		if (c == ':') {
			*has = true;
			break;
		}
		if (is_skipped(c))
			continue;
		if (n <= SCHEME_MAX)
			scheme[n < SCHEME_MAX ? n : SCHEME_MAX] = c >= 'A' && c <= 'Z' ? c | 32 : c;
		n++;
	}
	scheme[n < SCHEME_MAX ? n : SCHEME_MAX] = '\0';
	return n <= SCHEME_MAX;
}

/* Without scheme and host. */
static bool is_relative(struct str url)
{
	char scheme[SCHEME_MAX + 1];
	bool has;

	scheme_of(url, scheme, &has);
	return !has && !str_starts(url, STR("//"));
}

bool md_url_allowed(struct str url, enum md_url_use use)
{
	char scheme[SCHEME_MAX + 1];
	bool has, fits = scheme_of(url, scheme, &has);

	if (use == MD_URL_MEDIA)
		return is_relative(url);
	if (!has)
		return true;
	if (!fits)
		return false;
	for (const char *const *known = LINK_SCHEMES; *known; known++)
		if (strcmp(*known, scheme) == 0)
			return true;
	return false;
}

/* Letters, digits, and these signs; all others are written in another way. */
static const bool is_other[256] = {
	[0 ... ' '] = true, ['"'] = true, ['&'] = true, ['\''] = true, ['<'] = true, ['>'] = true,
	['['] = true, ['\\'] = true, [']'] = true, ['^'] = true, ['`'] = true,
	['{'] = true, ['|'] = true, ['}'] = true, [0x7f ... 0xff] = true,
};

void md_url_put(struct buf *out, struct str url)
{
	for (size_t i = 0, end; i < url.n; i = end + 1) {
		unsigned char c;

		end = str_next_of(url, i, is_other);
		buf_add(out, str_sub(url, i, end));
		if (end == url.n)
			break;
		c = (unsigned char)url.p[end];
		if (c == '&')
			buf_adds(out, "&amp;");
		else if (c == '\'')
			buf_adds(out, "&#39;");
		else
			buf_addf(out, "%%%02X", c);
	}
}
