/* themes_known.c - which themes are known to load, from one start to the next.
 *
 * CACHE/known has a line for each theme that loaded: the digest of program, theme, trust and the
 * stamp of its files.
 */
#include "base/file.h"
#include "config.h"
#include "theme/themes_impl.h"

static void add_seal(const struct themes *ts, const struct slot *slot, const struct digest *stamp,
		     struct buf *out)
{
	struct str parts[] = { STR("1 " PACKAGE_VERSION " "), str_of(slot->id),
			       themes_trusts(ts, str_of(slot->id)) ? STR(" trusted ") : STR(" "),
			       str_from((const char *)stamp->b, DIGEST_LEN) };
	struct digest d = digest_of_parts(parts, ARRAY_LEN(parts));
	char hex[DIGEST_HEX_LEN + 1];

	digest_hex(&d, hex);
	buf_addf(out, "%s\n", hex);
}

bool themes_is_known(const struct themes *ts, const struct slot *slot, const struct digest *stamp)
{
	CLEANUP(buf_release) struct buf seal = BUF(2 * DIGEST_HEX_LEN);

	add_seal(ts, slot, stamp, &seal);
	return str_find(buf_str(&ts->known), buf_str(&seal)) >= 0;
}

static bool loads(const struct slot *slot)
{
	return slot->waits || (slot->theme && slot->tried && !slot->error
			       && digest_eq(theme_digest(slot->theme), &slot->stamp));
}

static const char *known_path(struct arena *a, const struct themes *ts)
{
	return path_join(a, ts->cache, STR("known"));
}

void themes_save_known(struct themes *ts)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	CLEANUP(buf_release) struct buf now = BUF(THEMES_KNOWN_MAX);
	bool kept;

	if (!ts->cache)
		return;
	for (size_t i = 0; i < ts->slots.n; i++)
		if (loads(ts->slots.p[i]))
			add_seal(ts, ts->slots.p[i], &ts->slots.p[i]->stamp, &now);
	if (!buf_ok(&now) || str_eq(buf_str(&now), buf_str(&ts->known)))
		return;
	buf_clear(&ts->known);
	buf_add(&ts->known, buf_str(&now));
	kept = dir_make(ts->cache, NULL)
		&& file_write(known_path(a, ts), buf_str(&now), false, NULL);
	(void)kept;
}

void themes_read_known(struct themes *ts)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);

	if (ts->cache && !file_read(known_path(a, ts), &ts->known, NULL))
		buf_clear(&ts->known);
}
