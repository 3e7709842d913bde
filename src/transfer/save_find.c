/* save_find.c - which folder a file belongs to, and which text of the site it is. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/limits.h"
#include "content/address.h"
#include "http/url.h"
#include "transfer/save_impl.h"

/* --- the folder --- */

/* What generators have at the top of a folder. */
static const char *const CONFIGS[] = {
	"hugo.toml", "hugo.yaml", "hugo.yml", "config.toml", "config.yaml", "config.yml",
	"_config.yml", "config/_default",
};

static bool is_generators(struct arena *a, const char *folder, struct str file)
{
	struct str below = arena_printf(a, "/%.*s", STR_ARG(file));

	if (!str_starts(file, STR("content/")) && !str_starts(file, STR("source/")) &&
	    str_find(below, STR("/_posts/")) < 0 && str_find(below, STR("/_drafts/")) < 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(CONFIGS); i++)
		if (file_exists(path_join(a, folder, str_of(CONFIGS[i]))))
			return true;
	return false;
}

static void take_folder(struct save *s, const char *folder, struct str file)
{
	s->folder = folder;
	s->file = file;
	s->place = import_known_place(s->arena, folder, file);
	s->as_import = true;
}

/* How well a folder above the file is known to hold it. */
enum bond { BOND_FILE, BOND_BESIDE, BOND_CONFIG, BOND_FOLDER, BONDS };

static bool has_bond(struct save *s, enum bond bond, const char *folder, struct str file,
		     bool *ret, struct fail *f)
{
	struct str place = import_known_place(s->arena, folder, file), digest, rest;
	struct str first = str_has_char(file, '/') ? str_cut(file, '/', &rest) : STR_NONE;
	struct str beside = import_known_place(s->arena, folder,
					       bond == BOND_BESIDE ? first : STR_NONE);
	int64_t id = 0;

	if (bond == BOND_CONFIG) {
		*ret = is_generators(s->arena, folder, file);
		return true;
	}
	/* Texts that came from the folder, or from the same folder in it. */
	if (first.n && bond == BOND_BESIDE)
		beside = arena_printf(s->arena, "%.*s/", STR_ARG(beside));
	if (!(bond == BOND_FILE ? post_by_source(s->arena, s->tx, place, &id, &digest, f)
				: post_by_source_below(s->arena, s->tx, beside, &id, f)))
		return false;
	*ret = id != 0;
	return true;
}

/* The folders above the file, the nearest first. */
static bool find_above(struct save *s, enum bond bond, struct str path, struct fail *f)
{
	struct str dir = path_dir(path);
	bool found = false;

	while (dir.n > 1 && !found) {
		const char *folder = arena_cstr(s->arena, dir);
		struct str file = str_skip(path, dir.n + 1);

		if (!has_bond(s, bond, folder, file, &found, f))
			return false;
		if (found)
			take_folder(s, folder, file);
		dir = path_dir(dir);
	}
	return true;
}

static bool find_of_file(struct save *s, struct fail *f)
{
	char real[PATH_MAX];
	struct str path;

	if (!realpath(s->in->file, real))
		return fail_errno(f, "%s", s->in->file);
	path = arena_str(s->arena, str_of(real));
	if (tree_kind_of(path) != TREE_TEXT)
		return fail(f, FAIL_INVALID, "%s: a text is a file of Markdown (.md); give any "
			    "other by standard input", s->in->file);
	for (int bond = 0; bond < BONDS && !s->as_import; bond++)
		if (!find_above(s, (enum bond)bond, path, f))
			return false;
	if (!s->as_import)
		take_folder(s, arena_cstr(s->arena, path_dir(path)), path_name(path));
	else if (is_generators(s->arena, s->folder, s->file))
		return true;
	s->as_import = s->as_import && path_dir(path).n > strlen(s->folder);
	return true;
}

bool save_find_folder(struct save *s, struct fail *f)
{
	if (s->in->file) {
		if (!find_of_file(s, f))
			return false;
		if (s->in->address.n || s->in->instead_of.n)
			s->place = STR_NONE;
		return true;
	}
	s->folder = s->in->folder;
	s->file = STR("-");
	return true;
}

/* --- the text --- */

struct str save_address(struct arena *a, struct str asked)
{
	ptrdiff_t at = str_find(asked, STR("://"));
	struct str path = asked, rest;
	bool folded;

	if (str_has_char(asked, '\0'))
		return STR_NONE;
	if (at > 0) {
		str_cut(str_skip(asked, (size_t)at + 3), '/', &path);
		path = arena_printf(a, "/%.*s", STR_ARG(path));
	}
	path = str_cut(str_cut(path, '#', &rest), '?', &rest);
	path = arena_printf(a, "%s%.*s%s", str_starts(path, STR("/")) ? "" : "/", STR_ARG(path),
			    str_ends(path, STR("/")) ? "" : "/");
	if (path.n > LIMIT_TARGET || !url_path(a, path, &path, &folded) || path.n < 3)
		return STR_NONE;
	return path;
}

bool save_find_at(struct arena *a, struct tx *tx, struct str address, struct post **ret,
		  struct fail *f)
{
	enum address_kind kind;
	struct str to;

	if (!post_at(a, tx, address, ret, f))
		return false;
	if (*ret)
		return true;
	if (!address_find(a, tx, address, &kind, &to, f))
		return false;
	if (kind == ADDRESS_MOVED && !post_at(a, tx, to, ret, f))
		return false;
	if (*ret)
		return true;
	if (kind == ADDRESS_GONE)
		return fail(f, FAIL_GONE, "the text at %.*s was deleted; hameau post undelete "
			    "brings it back", STR_ARG(address));
	return fail(f, FAIL_NOT_FOUND, "there is no text at %.*s; hameau post list shows all",
		    STR_ARG(address));
}

bool save_find_named(struct save *s, struct fail *f)
{
	struct str digest;
	int64_t id = 0;

	s->was = NULL;
	if (s->in->instead_of.n)
		return save_find_at(s->arena, s->tx, s->in->instead_of, &s->was, f);
	if (s->in->address.n)
		return post_at(s->arena, s->tx, s->in->address, &s->was, f);
	if (s->place.n == 0)
		return true;
	return post_by_source(s->arena, s->tx, s->place, &id, &digest, f) &&
	       (id == 0 || post_by_id(s->arena, s->tx, id, &s->was, f));
}

/* A file of its own that is still there speaks for that text. */
static bool has_own_file(struct save *s, const struct post *p)
{
	return p->source_path.n && file_exists(arena_cstr(s->arena, p->source_path));
}

bool save_find_wished(struct save *s, struct str path, struct fail *f)
{
	struct post *holder;

	if (!post_at(s->arena, s->tx, path, &holder, f))
		return false;
	if (!holder || (s->was && s->was->id == holder->id))
		return true;
	if (s->was && s->place.n) {		/* as an import gives one like it */
		s->it->doc.address = s->was->path;
		return true;
	}
	if (s->was)
		return fail(f, FAIL_CONFLICT, "the address %.*s is that of another text (%.*s)",
			    STR_ARG(path), STR_ARG(holder->title));
	if (!s->is_explicit || (s->place.n && has_own_file(s, holder)))
		return fail(f, FAIL_CONFLICT, "there is another text at %.*s already (%.*s); say "
			    "--address %.*s to change it, or give this one another slug",
			    STR_ARG(path), STR_ARG(holder->title), STR_ARG(path));
	s->was = holder;
	return true;
}
