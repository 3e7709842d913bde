/* statics_name.c - from paths that visitors type to names of files (statics.h: statics_name).
 *
 * Different keys have different names: '%' never stands for itself, so what the code
 * adds ("%-" before a digest, "%~" before a language) cannot come from a path, and no name
 * begins with a dot, ends in ".gz" or "~" (a file being written, base/file.c) or is "index.html"
 * unless the code says so.
 */
#include <inttypes.h>
#include "base/digest.h"
#include "base/utf8.h"
#include "cache/statics.h"

#define DEPTH_MAX 32
#define COMPONENT_MAX 200		/* 255 less a language, ".gz" and what writing aside adds */
#define COMPONENT_KEPT 120		/* of one that is longer */
#define LANG_MAX 35			/* what BCP 47 wants to be enough */
#define RAW_MAX 4096

static bool is_plain(struct str c, size_t i)
{
	unsigned char b = (unsigned char)c.p[i];

	if (b < 0x20 || b == 0x7f || str_has_char(STR("%\\:*?\"<>|/"), (char)b))
		return false;
	if (b == '.' && (i == 0 || str_eq(str_skip(c, i), STR(".gz"))))
		return false;
	if (b == '~' && i + 1 == c.n)
		return false;
	return i > 0 || !str_eq(c, STR("index.html"));
}

static void add_component(struct buf *out, struct str c)
{
	size_t start = out->n;
	struct digest digest;
	char hex[DIGEST_HEX_LEN + 1];

	for (size_t i = 0; i < c.n; i++) {
		if (is_plain(c, i))
			buf_addc(out, c.p[i]);
		else
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)c.p[i]);
	}
	if (out->n - start <= COMPONENT_MAX)
		return;
	digest = digest_of(c);
	digest_hex(&digest, hex);
	buf_cut(out, start + utf8_cut(str_skip(buf_str(out), start), COMPONENT_KEPT).n);
	buf_addf(out, "%%-%s", hex);
}

static bool is_lang(struct str lang)
{
	for (size_t i = 0; i < lang.n; i++) {
		char c = lang.p[i];

		if (!((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9') && c != '-')
			return false;
	}
	return lang.n <= LANG_MAX;
}

bool statics_name(const struct cache_key *k, struct buf *out)
{
	struct str rest = str_skip(k->path, 1);
	int depth = 0;

	if (!str_starts(k->path, STR("/")) || k->path.n > RAW_MAX || !is_lang(k->lang))
		return false;
	buf_addf(out, "%" PRIu64, k->site);
	while (rest.n) {
		struct str c = str_cut(rest, '/', &rest);

		if (c.n == 0 || ++depth > DEPTH_MAX)
			return false;
		buf_addc(out, '/');
		add_component(out, c);
	}
	if (str_ends(k->path, STR("/")))
		buf_adds(out, "/index.html");
	if (k->lang.n) {
		buf_adds(out, "%~");
		buf_add(out, k->lang);
	}
	return buf_ok(out);
}
