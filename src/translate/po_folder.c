/* po_folder.c - see po_folder.h. */
#include "translate/po_folder.h"

#include <stdlib.h>
#include "base/file.h"
#include "base/limits.h"
#include "lang/catalogs.h"

static struct str without_returns(struct arena *a, struct str text)
{
	char *p = arena_cstr(a, text);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '\r' || i + 1 == text.n || text.p[i + 1] != '\n')
			p[n++] = text.p[i];
	return str_from(p, n);
}

static bool read_po(struct arena *a, const char *path, struct str *text, struct po *po,
		    struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_CATALOG);

	if (!file_read(path, &b, f))
		return false;
	*text = without_returns(a, buf_str(&b));
	return po_parse_all(a, *text, path, po, f);
}

static const char *pot_path(struct arena *a, const char *dir, const char *name)
{
	return path_join(a, dir, arena_printf(a, "%s.pot", name));
}

bool po_folder_is(struct arena *a, const char *dir)
{
	return file_exists(pot_path(a, dir, "hameau")) || file_exists(pot_path(a, dir, "theme"));
}

static bool load_domains(struct po_folder *p, struct fail *f)
{
	bool theme = file_exists(pot_path(p->arena, p->dir, "theme"));

	p->domains[0].name = theme ? "theme" : "hameau";
	p->domains[0].suffix = ".po";
	p->domains[1].name = "operator";
	p->domains[1].suffix = CATALOGS_OPERATOR;
	for (size_t i = 0; i < PO_FOLDER_DOMAINS; i++) {
		struct po_folder_domain *d = &p->domains[i];

		d->path = pot_path(p->arena, p->dir, d->name);
		if (!file_exists(d->path))
			continue;
		if (!read_po(p->arena, d->path, &d->text, &d->pot, f))
			return false;
		d->there = true;
	}
	return true;
}

static void load_file(struct po_folder *p, const char *name)
{
	struct po_folder_file *file = &p->files[p->count];
	struct fail f = FAIL_INIT;
	struct str s = str_of(name);

	if (!str_ends(s, STR(".po")) || s.p[0] == '.')
		return;
	p->count++;
	file->domain = str_ends(s, STR(CATALOGS_OPERATOR));
	file->name = arena_cstr(p->arena, s);
	file->path = path_join(p->arena, p->dir, s);
	file->lang = arena_str(p->arena,
			       str_sub(s, 0, s.n - str_of(p->domains[file->domain].suffix).n));
	if (read_po(p->arena, file->path, &file->text, &file->po, &f))
		return;
	file->wrong = arena_cstr(p->arena, str_of(f.text));
	/* "PATH:LINE: ..." */
	file->wrong_line = atoi(str_skip(str_of(file->wrong), str_of(file->path).n + 1).p);
}

bool po_folder_load(struct arena *a, const char *dir, struct po_folder *ret, struct fail *f)
{
	struct dir_entry *entries;
	size_t count;

	*ret = (struct po_folder){ .arena = a, .dir = dir };
	if (!dir_list(a, dir, &entries, &count, f) || !load_domains(ret, f))
		return false;
	ret->files = arena_array(a, count + 1, sizeof *ret->files);
	for (size_t i = 0; i < count; i++)
		load_file(ret, entries[i].name);
	return true;
}

const struct po_folder_file *po_folder_sibling(const struct po_folder *folder,
					       const struct po_folder_file *file)
{
	for (size_t i = 0; i < folder->count; i++) {
		const struct po_folder_file *other = &folder->files[i];

		if (other->domain != file->domain && str_eq(other->lang, file->lang) &&
		    !other->wrong)
			return other;
	}
	return NULL;
}
