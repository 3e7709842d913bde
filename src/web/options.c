/* options.c - from the site's settings to the theme's choice. */
#include "web/options.h"

#include "base/digest.h"
#include "base/limits.h"
#include "markdown/markdown.h"
#include "theme/theme_option.h"

static struct theme_choice choice_of(struct ctx *cx)
{
	struct settings *s = &cx->settings;
	struct theme_setting *set = arena_array(cx->arena, s->n_options + 1, sizeof *set);

	for (size_t i = 0; i < s->n_options; i++)
		set[i] = (struct theme_setting){ s->options[i].name, s->options[i].value };
	return (struct theme_choice){ s->preset, set, s->n_options };
}

/* An option's Markdown that cannot be rendered is shown as it was written. */
static struct html markdown_option(struct arena *a, struct str source)
{
	struct markdown_options o = { .comment = false };
	struct markdown md;

	if (!markdown_render(a, source, &o, &md, NULL))
		return html_escape(a, source);
	return md.html;
}

static struct value *make_options(struct ctx *cx)
{
	struct theme_choice choice = choice_of(cx);

	return theme_options_value(cx->arena, cx->theme, &choice, markdown_option);
}

static struct value *make_footer(struct ctx *cx)
{
	return value_html(cx->arena, cx->settings.footer.n
			  ? markdown_option(cx->arena, cx->settings.footer)
			  : html_trusted(STR("")));
}

void options_value(struct ctx *cx, struct value *page)
{
	value_set(page, "options", ctx_once(cx, CTX_OPTIONS, make_options));
	value_set(page, "footer", ctx_once(cx, CTX_FOOTER, make_footer));
	value_set_bool(page, "has_footer", cx->settings.footer.n > 0);
}

struct str options_one(struct ctx *cx, struct str name)
{
	const struct option *o = manifest_option_find(theme_manifest(cx->theme), name);
	struct theme_choice choice = choice_of(cx);

	return o ? theme_option(cx->arena, cx->theme, &choice, o) : STR_NONE;
}

struct str options_css(struct ctx *cx)
{
	struct theme_choice choice = choice_of(cx);
	CLEANUP(buf_release) struct buf b = BUF(64 * KIB);

	theme_options_css(cx->theme, &choice, &b);
	return arena_str(cx->arena, buf_str(&b));
}

struct str options_path(struct ctx *cx, struct str css)
{
	struct digest d = digest_of(css);
	char hex[DIGEST_HEX_LEN + 1];

	digest_hex(&d, hex);
	return arena_printf(cx->arena, "/_/options-%.8s.css", hex);
}
