/* look_files.c - the folder: what is there, what is missing, what is too large. */
#include "base/file.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "check/look.h"
#include "image/image.h"

enum {
	SCREENSHOT_WIDTH = 1200, SCREENSHOT_HEIGHT = 900, SCREENSHOT_MOST = 500 * 1000,
	FONTS_MOST = 500 * 1000, THEME_MOST = 3 * 1000 * 1000, PICTURE_MOST = 400 * 1000,
};

static const char *const known[] = {
	"theme.ini", "templates", "sass", "assets", "lang", "demo", "README.md", "LICENSE",
	"screenshot.png", "screenshot-mobile.png",
};

static void tell(struct check *c, const char *id, struct str file, struct str detail)
{
	look_tell(c, id, (struct look_at){ file, 0, 0 }, detail, STR_NONE);
}

static struct str kb(struct check *c, int64_t bytes)
{
	return arena_printf(c->arena, "%lld KB", (long long)((bytes + 999) / 1000));
}

/* --- what every theme has --- */

static void look_screenshot(struct check *c)
{
	CLEANUP(buf_release) struct buf bytes = BUF(4 * MIB);
	const struct look_file *file = look_find(c, STR("screenshot.png"));
	struct image is;

	if (!file) {
		tell(c, "TH002", STR_NONE, STR_NONE);
		return;
	}
	if (file->size > SCREENSHOT_MOST)
		tell(c, "TH004", file->name, kb(c, file->size));
	if (!file_read(file->path, &bytes, NULL) || !image_probe(buf_str(&bytes), &is)
	    || is.type != IMAGE_PNG)
		tell(c, "TH003", file->name, STR_NONE);
	else if (is.width != SCREENSHOT_WIDTH || is.height != SCREENSHOT_HEIGHT)
		tell(c, "TH003", file->name,
		     arena_printf(c->arena, "%u × %u", is.width, is.height));
}

static void look_needed(struct check *c)
{
	const struct look_file *readme = look_find(c, STR("README.md"));
	const struct look_file *license = look_find(c, STR("LICENSE"));

	if (!look_find(c, STR("theme.ini")))
		tell(c, "TH001", STR_NONE, STR_NONE);
	if (!readme || readme->size == 0)
		tell(c, "TH005", STR_NONE, STR_NONE);
	if (!license || license->size == 0)
		tell(c, "TH006", STR_NONE, STR_NONE);
	look_screenshot(c);
}

static void look_at_id(struct check *c)
{
	bool good = c->id.n >= 3 && c->id.n <= 40;

	for (size_t i = 0; i < c->id.n; i++) {
		char x = c->id.p[i];

		good = good && ((x >= 'a' && x <= 'z') || (x >= '0' && x <= '9') || x == '-');
	}
	if (!good)
		tell(c, "TH007", STR_NONE, c->id);
}

/* --- one file --- */

static bool name_is_good(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char x = name.p[i], small = (char)(x | 32);

		if (!(small >= 'a' && small <= 'z') && !(x >= '0' && x <= '9') && x != '-'
		    && x != '_' && x != '.')
			return false;
	}
	return name.n > 0 && name.n <= 100;
}

static bool is_type(struct str name, const char *const *extensions)
{
	for (; *extensions; extensions++)
		if (str_eq_nocase(path_extension(name), str_of(*extensions)))
			return true;
	return false;
}

static const char *const fonts[] = { "woff2", "woff", "ttf", "otf", NULL };
static const char *const pictures[] = { "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico",
					NULL };
static const char *const others[] = { "css", "txt", "json", "webmanifest", NULL };
static const char *const scripts[] = { "js", "mjs", "wasm", NULL };

/* Whether any text of the theme names the asset: with its path below assets/, or, as
 * stylesheets may, with the end of that path. */
static bool is_named(const struct check *c, const struct look_file *asset)
{
	struct str name = path_name(asset->name);

	/* what the head of every page asks for */
	if (str_eq(asset->name, STR("assets/style.css"))
	    || str_eq(asset->name, STR("assets/icon.svg")))
		return true;
	for (size_t i = 0; i < c->files.n; i++) {
		const struct look_file *file = &c->files.p[i];

		if (file != asset && file->text.n && !str_eq(file->name, STR("README.md"))
		    && str_find(file->text, name) >= 0)
			return true;
	}
	return false;
}

static void look_at_asset(struct check *c, const struct look_file *file)
{
	if (is_type(file->name, scripts)) {
		if (!c->source->trusted)
			tell(c, "TH013", file->name, STR_NONE);
		return;
	}
	if (!is_type(file->name, fonts) && !is_type(file->name, pictures)
	    && !is_type(file->name, others)) {
		tell(c, "TH012", file->name, STR_NONE);
		return;
	}
	if (is_type(file->name, pictures) && file->size > PICTURE_MOST)
		tell(c, "TH016", file->name, kb(c, file->size));
	if (!is_named(c, file))
		tell(c, "TH017", file->name, STR_NONE);
}

static void look_at_text(struct check *c, const struct look_file *file)
{
	struct str text = file->text;
	ptrdiff_t crlf = str_find(text, STR("\r\n"));

	if (!utf8_valid(text)) {
		tell(c, "TH018", file->name, STR_NONE);
		return;
	}
	if (str_starts(text, STR("\xEF\xBB\xBF")))
		look_tell(c, "TH019", look_at(file->name, text, 0), STR_NONE, STR_NONE);
	if (crlf >= 0)
		look_tell(c, "TH020", look_at(file->name, text, (size_t)crlf), STR_NONE, STR_NONE);
	if (file->size == 0 && !str_eq(file->name, STR("README.md")))
		tell(c, "TH021", file->name, STR_NONE);
}

static void look_at_top(struct check *c, const struct look_file *file)
{
	struct nearest near;

	nearest_init(&near, file->name);
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (str_eq(file->name, str_of(known[i])))
			return;
		nearest_offer(&near, str_of(known[i]));
	}
	if (str_starts(file->name, STR("LICENSE")) || str_starts(file->name, STR("README"))
	    || str_starts(file->name, STR("CHANGELOG")) || str_starts(file->name, STR("COPYING")))
		return;
	look_tell(c, "TH011", (struct look_at){ file->name, 0, 0 }, STR_NONE, near.best);
}

static void look_at_file(struct check *c, const struct look_file *file)
{
	struct str name = path_name(file->name);

	if (file->is_link) {
		tell(c, "TH008", file->name, STR_NONE);
		return;
	}
	if (name.p[0] == '.') {
		tell(c, "TH009", file->name, STR_NONE);
		return;
	}
	if (!name_is_good(name)) {
		tell(c, "TH010", file->name, STR_NONE);
		return;
	}
	if (!str_has_char(file->name, '/'))
		look_at_top(c, file);
	if (file->is_dir)
		return;
	if (look_is_in(file, "assets/"))
		look_at_asset(c, file);
	if (file->text.n || look_is_in(file, "templates/") || look_is_in(file, "sass/"))
		look_at_text(c, file);
}

/* --- all of them --- */

static void look_at_sizes(struct check *c)
{
	int64_t all = 0, of_fonts = 0;

	for (size_t i = 0; i < c->files.n; i++) {
		const struct look_file *file = &c->files.p[i];

		if (file->is_dir || str_starts(file->name, STR("screenshot")))
			continue;
		all += file->size;
		of_fonts += is_type(file->name, fonts) ? file->size : 0;
	}
	if (all > THEME_MOST)
		tell(c, "TH014", STR_NONE, kb(c, all));
	if (of_fonts > FONTS_MOST)
		tell(c, "TH015", STR_NONE, kb(c, of_fonts));
}

static void look_at_capitals(struct check *c)
{
	for (size_t i = 0; i < c->files.n; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq_nocase(c->files.p[i].name, c->files.p[k].name))
				tell(c, "TH022", c->files.p[i].name, c->files.p[k].name);
}

void look_files(struct check *c)
{
	look_at_id(c);
	look_needed(c);
	for (size_t i = 0; i < c->files.n; i++)
		look_at_file(c, &c->files.p[i]);
	look_at_sizes(c);
	look_at_capitals(c);
}
