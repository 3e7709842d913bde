/* manifest.c - what a manifest holds, and what it takes over from a parent's. Reading theme.ini
 * is in manifest_read.c.
 */
#include "theme/manifest.h"
#include <string.h>

void manifest_inherit(struct manifest *m, const struct manifest *parent)
{
	for (size_t i = 0; i < parent->n_options && m->n_options < MANIFEST_OPTIONS; i++)
		if (!manifest_option_find(m, parent->options[i].name))
			m->options[m->n_options++] = parent->options[i];
	for (size_t i = 0; i < parent->n_presets && m->n_presets < MANIFEST_PRESETS; i++)
		if (!manifest_preset_find(m, parent->presets[i].name))
			m->presets[m->n_presets++] = parent->presets[i];
	for (size_t i = 0; i < parent->n_queries && m->n_queries < MANIFEST_QUERIES; i++)
		if (!manifest_query_find(m, parent->queries[i].name))
			m->queries[m->n_queries++] = parent->queries[i];
	for (size_t i = 0; i < parent->n_menus && m->n_menus < MANIFEST_MENUS; i++)
		if (!manifest_menu_find(m, parent->menus[i].name))
			m->menus[m->n_menus++] = parent->menus[i];
	if (!m->n_images) {
		memcpy(m->images, parent->images, sizeof(m->images));
		m->n_images = parent->n_images;
		m->sizes = m->sizes.n ? m->sizes : parent->sizes;
	}
	if (!m->posts_per_page)
		m->posts_per_page = parent->posts_per_page;
}

const struct option *manifest_option_find(const struct manifest *m, struct str name)
{
	for (size_t i = 0; i < m->n_options; i++)
		if (str_eq(m->options[i].name, name))
			return &m->options[i];
	return NULL;
}

const struct manifest_preset *manifest_preset_find(const struct manifest *m, struct str name)
{
	for (size_t i = 0; i < m->n_presets; i++)
		if (str_eq(m->presets[i].name, name))
			return &m->presets[i];
	return NULL;
}

const struct manifest_query *manifest_query_find(const struct manifest *m, struct str name)
{
	for (size_t i = 0; i < m->n_queries; i++)
		if (str_eq(m->queries[i].name, name))
			return &m->queries[i];
	return NULL;
}

const struct manifest_menu *manifest_menu_find(const struct manifest *m, struct str name)
{
	for (size_t i = 0; i < m->n_menus; i++)
		if (str_eq(m->menus[i].name, name))
			return &m->menus[i];
	return NULL;
}

bool manifest_was_called(const struct option *o, struct str name)
{
	return str_has_item(o->renamed_from, ",", name);
}

bool manifest_supports(const struct manifest *m, struct str what)
{
	for (size_t i = 0; i < m->n_supports; i++)
		if (str_eq(m->supports[i], what))
			return true;
	return false;
}
