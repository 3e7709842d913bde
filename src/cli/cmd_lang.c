/* cmd_lang.c - hameau lang extract, merge, new and pseudo: the files that translators
 * work on, made and kept up to date. See doc/TRANSLATING.md. */
#include "cli/cmd_lang.h"

#include "app/share.h"
#include "base/file.h"
#include "base/limits.h"
#include "translate/extract.h"
#include "translate/plurals.h"
#include "translate/po_merge.h"
#include "translate/po_new.h"
#include "translate/pseudo.h"
#include "unicode/language.h"

/* ---- the folder ---- */

static const char *folder_meant(struct call *call)
{
	struct str given = call_option(call, "dir");
	const char *below = path_join(call->arena, call->cwd, STR("lang"));

	if (given.n)
		return call_path(call, given);
	if (po_folder_is(call->arena, below))
		return below;
	if (po_folder_is(call->arena, call->cwd))
		return call->cwd;
	return path_join(call->arena, share_dir(), STR("lang"));
}

bool cmd_lang_wants(const struct call *call, const struct po_folder_file *file)
{
	for (size_t i = 0; i < call->n_args; i++)
		if (str_eq(call->args[i], file->lang))
			return true;
	return call->n_args == 0;
}

bool cmd_lang_wants_text(const struct call *call, struct str lang)
{
	for (size_t i = 0; i < call->n_args; i++)
		if (str_eq_nocase(call->args[i], lang))
			return true;
	return call->n_args == 0 || str_eq(lang, STR("en"));
}

static bool is_there(const struct po_folder *folder, struct str lang)
{
	for (size_t i = 0; i < folder->count; i++)
		if (str_eq(folder->files[i].lang, lang))
			return true;
	return false;
}

bool cmd_lang_load(struct call *call, struct po_folder *ret, struct fail *f)
{
	const char *dir = folder_meant(call);

	if (!po_folder_load(call->arena, dir, ret, f))
		return false;
	for (size_t i = 0; i < call->n_args; i++)
		if (!is_there(ret, call->args[i]))
			return fail(f, FAIL_NOT_FOUND, "there is no %.*s.po in %s",
				    STR_ARG(call->args[i]), dir);
	return true;
}

static bool need_template(const struct po_folder *folder, struct fail *f)
{
	return folder->domains[0].there || folder->domains[1].there ||
	       fail(f, FAIL_NOT_FOUND, "there is no template of catalogs (.pot) in %s; name the"
		    " folder with --dir, or make one with hameau lang extract", folder->dir);
}

/* ---- extract ---- */

struct domains {
	struct str text;		/* lang/DOMAINS */
	const char *wanted;
};

/* The longest beginning decides. */
static bool take_place(void *arg, struct str place)
{
	const struct domains *d = arg;
	struct str rest = d->text, line, domain = STR("");
	size_t longest = 0;

	while (str_line(&rest, &line)) {
		struct str start, name;

		line = str_trim(str_cut(line, '#', &(struct str){ 0 }));
		for (size_t i = 0; i < line.n; i++) {
			if (line.p[i] != ' ' && line.p[i] != '\t')
				continue;
			name = str_sub(line, 0, i);
			start = str_trim(str_skip(line, i));
			if (str_starts(place, start) && start.n > longest) {
				longest = start.n;
				domain = name;
			}
			break;
		}
	}
	return str_eq(domain, str_of(d->wanted));
}

static bool take_all(void *arg, struct str place)
{
	(void)arg;
	(void)place;
	return true;
}

/* Writes the file, or with --check compares it. */
static bool put_file(struct call *call, const char *path, struct str text, struct fail *f)
{
	CLEANUP(buf_release) struct buf old = BUF(LIMIT_CATALOG);
	bool same = file_read(path, &old, NULL) && str_eq(buf_str(&old), text);

	if (call_has(call, "check") && !same)
		return fail(f, FAIL_CONFLICT, "%s is not up to date; run hameau lang extract",
			    path);
	if (same)
		return true;
	return file_write(path, text, false, f);
}

/* Prints a name and how many messages it has. */
static void tell_count(struct call *call, const char *path, size_t count)
{
	call_out(call, trn(call->catalog, "%s: %llu message", "%s: %llu messages", count), path,
		 (unsigned long long)count);
	call_out(call, "\n");
}

static bool put_domain(struct call *call, struct extract *e, const char *dir,
		       const struct domains *d, const char *title, const struct po *visitors,
		       struct buf *out, struct fail *f)
{
	const char *path = path_join(call->arena, dir, arena_printf(call->arena, "%s.pot",
								    d->wanted));
	size_t count = extract_write(e, title, take_place, (void *)d, visitors, out);

	if (!put_file(call, path, buf_str(out), f))
		return false;
	tell_count(call, path, count);
	return true;
}

static bool extract_source(struct call *call, const char *top, struct fail *f)
{
	CLEANUP(extract_freep) struct extract *e = extract_new();
	CLEANUP(buf_release) struct buf text = BUF(LIMIT_CONFIG);
	CLEANUP(buf_release) struct buf visitors = BUF(LIMIT_CATALOG);
	CLEANUP(buf_release) struct buf operators = BUF(LIMIT_CATALOG);
	const char *dir = path_join(call->arena, top, STR("lang"));
	struct po pot = { 0 };
	struct domains d;

	if (!file_read(path_join(call->arena, dir, STR("DOMAINS")), &text, f) ||
	    !extract_tree(e, top, f))
		return false;
	d = (struct domains){ buf_str(&text), "hameau" };
	if (!put_domain(call, e, dir, &d, "What visitors and members of Hameau read.", NULL,
			&visitors, f) ||
	    !po_parse_all(call->arena, buf_str(&visitors), "hameau.pot", &pot, f))
		return false;
	d.wanted = "operator";
	return put_domain(call, e, dir, &d, "What operators of Hameau read.", &pot, &operators, f);
}

/* What the program's own catalogs have is not asked of a theme's translators. */
static bool extract_one_theme(struct call *call, const char *dir, struct fail *f)
{
	CLEANUP(extract_freep) struct extract *e = extract_new();
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_CATALOG), core = BUF(LIMIT_CATALOG);
	const char *own = path_join(call->arena, share_dir(), STR("lang/hameau.pot"));
	const char *lang = path_join(call->arena, dir, STR("lang"));
	struct str id = path_name(str_of(dir));
	struct po pot = { 0 };
	size_t count;

	if (file_read(own, &core, NULL) &&
	    !po_parse_all(call->arena, buf_str(&core), own, &pot, f))
		return false;
	if (!extract_theme(e, dir, "", id, f))
		return false;
	count = extract_write(e, arena_printf(call->arena, "The words of the theme %.*s.",
					      STR_ARG(id)).p, take_all, NULL, &pot, &out);
	if (!dir_make(lang, f) ||
	    !put_file(call, path_join(call->arena, lang, STR("theme.pot")), buf_str(&out), f))
		return false;
	tell_count(call, path_join(call->arena, lang, STR("theme.pot")), count);
	return true;
}

bool cmd_lang_extract(struct call *call, struct fail *f)
{
	const char *path = call->n_args ? call_path(call, call->args[0]) : call->cwd;
	size_t n = str_of(path).n;

	while (n > 1 && path[n - 1] == '/')
		n--;
	path = arena_cstr(call->arena, str_from(path, n));
	if (file_exists(path_join(call->arena, path, STR("theme.ini"))))
		return extract_one_theme(call, path, f);
	if (file_exists(path_join(call->arena, path, STR("lang/DOMAINS"))))
		return extract_source(call, path, f);
	return fail(f, FAIL_INVALID, "%s is neither a theme (theme.ini) nor the source of Hameau"
		    " (lang/DOMAINS)", path);
}

/* ---- merge ---- */

static bool merge_file(struct call *call, const struct po_folder *folder,
		       const struct po_folder_file *file, struct fail *f)
{
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_CATALOG);
	const struct po_folder_file *sibling = po_folder_sibling(folder, file);
	const struct po *others[] = { sibling ? &sibling->po : NULL };
	struct po_merge m = { &file->po, &folder->domains[file->domain].pot, others,
			      sibling ? 1 : 0 };
	struct po_merge_count count;

	if (file->wrong)
		return fail(f, FAIL_INVALID, "%s", file->wrong);
	po_merge(call->arena, &m, &out, &count);
	if (!buf_ok(&out))
		return fail(f, FAIL_TOO_LARGE, "%s: a catalog may have %d bytes", file->path,
			    LIMIT_CATALOG);
	if (!count.same && !file_write(file->path, buf_str(&out), false, f))
		return false;
	call_out(call, tr(call->catalog, "%s: %llu kept, %llu fuzzy, %llu new, %llu obsolete"),
		 file->name, (unsigned long long)(count.kept + count.moved),
		 (unsigned long long)count.fuzzy, (unsigned long long)count.added,
		 (unsigned long long)count.obsolete);
	call_out(call, "\n");
	return true;
}

bool cmd_lang_merge(struct call *call, struct fail *f)
{
	struct po_folder folder;

	if (!cmd_lang_load(call, &folder, f) || !need_template(&folder, f))
		return false;
	for (size_t i = 0; i < folder.count; i++) {
		const struct po_folder_file *file = &folder.files[i];

		if (folder.domains[file->domain].there && cmd_lang_wants(call, file) &&
		    !merge_file(call, &folder, file, f))
			return false;
	}
	return true;
}

/* ---- new, pseudo ---- */

static bool new_file(struct call *call, const struct po_folder_domain *d, const char *dir,
		     struct str lang, const char *rule, struct fail *f)
{
	CLEANUP(buf_release) struct buf out = BUF(LIMIT_CATALOG);
	const char *path = path_join(call->arena, dir, arena_printf(call->arena, "%.*s%s",
								    STR_ARG(lang), d->suffix));

	if (file_exists(path))
		return fail(f, FAIL_CONFLICT, "%s is there already; hameau lang merge brings it up"
			    " to date", path);
	po_new(&out, &d->pot, lang, rule);
	if (!file_write(path, buf_str(&out), false, f))
		return false;
	tell_count(call, path, d->pot.count);
	return true;
}

/* The long texts, in English until somebody writes them: marked, so that nobody reads them. */
static bool new_texts(struct call *call, const char *catalogs, struct str lang, struct fail *f)
{
	struct text_folder texts;

	if (!text_folder_load(call->arena, catalogs, &texts, f))
		return false;
	for (size_t i = 0; i < texts.count; i++) {
		CLEANUP(buf_release) struct buf out = BUF(LIMIT_TEXT);
		const struct text_file *file = &texts.files[i];
		const char *path = path_join(call->arena, texts.dir, arena_printf(
			call->arena, "%.*s.%.*s.md", STR_ARG(file->name), STR_ARG(lang)));

		if (!str_eq(file->lang, STR("en")) || file_exists(path))
			continue;
		text_folder_copy(&out, file);
		if (!file_write(path, buf_str(&out), false, f))
			return false;
		call_out(call, "%s\n", path);
	}
	return true;
}

static bool choose_rule(struct call *call, struct str lang, const char **ret, struct fail *f)
{
	struct str given = call_option(call, "plural");
	struct plural p;

	*ret = given.n ? arena_cstr(call->arena, given) : plurals_of(lang);
	if (!*ret)
		return fail(f, FAIL_INVALID, "the plural rule of \"%.*s\" is not known here; give"
			    " it with --plural \"nplurals=2; plural=(n != 1);\"", STR_ARG(lang));
	return plural_parse(str_of(*ret), &p, f);
}

bool cmd_lang_new(struct call *call, struct fail *f)
{
	struct str lang = language_canonical(call->arena, call->args[0]);
	struct po_folder folder;
	const char *rule;

	if (!lang.n)
		return fail(f, FAIL_INVALID, "\"%.*s\" is no language code, as fr or pt-BR are",
			    STR_ARG(call->args[0]));
	if (!po_folder_load(call->arena, folder_meant(call), &folder, f) ||
	    !need_template(&folder, f) || !choose_rule(call, lang, &rule, f))
		return false;
	for (size_t i = 0; i < PO_FOLDER_DOMAINS; i++)
		if (folder.domains[i].there &&
		    !new_file(call, &folder.domains[i], folder.dir, lang, rule, f))
			return false;
	if (!new_texts(call, folder.dir, lang, f))
		return false;
	call_out(call, tr(call->catalog,
			  "Translate %.*s.po with any editor of PO files, then run hameau lang"
			  " check %.*s. A site can speak it from 80 %% on; a running server takes"
			  " every save."), STR_ARG(lang), STR_ARG(lang));
	call_out(call, "\n");
	return true;
}

bool cmd_lang_pseudo(struct call *call, struct fail *f)
{
	struct str to = call_option(call, "to");
	struct po_folder folder;
	const char *dir;

	if (!po_folder_load(call->arena, folder_meant(call), &folder, f) ||
	    !need_template(&folder, f))
		return false;
	dir = to.n ? call_path(call, to) : folder.dir;
	for (size_t i = 0; i < PO_FOLDER_DOMAINS; i++) {
		CLEANUP(buf_release) struct buf out = BUF(LIMIT_CATALOG);
		const char *path = path_join(call->arena, dir, arena_printf(
			call->arena, "%s%s", PSEUDO_LANG, folder.domains[i].suffix));

		if (!folder.domains[i].there)
			continue;
		pseudo_catalog(&out, &folder.domains[i].pot);
		if (!file_write(path, buf_str(&out), false, f))
			return false;
		tell_count(call, path, folder.domains[i].pot.count);
	}
	return true;
}
