/* cmd_lang_stats.c - hameau lang stats: how far the languages are. */
#include "cli/cmd_lang.h"

#include "base/utf8.h"
#include "translate/po_stats.h"

static void put_json(struct json *j, const char *screen, const struct po_stats *s)
{
	json_open(j, '{');
	if (screen)
		json_put_str(j, "screen", str_of(screen));
	json_put_i64(j, "translated", (int64_t)s->translated);
	json_put_i64(j, "fuzzy", (int64_t)s->fuzzy);
	json_put_i64(j, "missing", (int64_t)s->missing);
	json_put_i64(j, "percent", po_stats_percent(s));
	json_put_i64(j, "words", (int64_t)s->words);
	json_put_i64(j, "words_translated", (int64_t)s->words_translated);
	json_close(j, '}');
}

static void show_json(struct call *call, struct json *j, const struct po_folder *folder,
		      const struct po_folder_file *file, const struct po_stats *s, size_t n)
{
	json_open(j, '{');
	json_put_str(j, "language", file->lang);
	json_put_str(j, "domain", str_of(folder->domains[file->domain].name));
	json_put_str(j, "file", str_of(file->path));
	json_key(j, "all");
	put_json(j, NULL, &s[0]);
	json_key(j, "screens");
	json_open(j, '[');
	for (size_t i = 1; i < n; i++)
		put_json(j, s[i].screen, &s[i]);
	json_close(j, ']');
	json_close(j, '}');
	call_flush(call);
}

static void show_line(struct call *call, const char *name, const struct po_stats *s)
{
	call_out(call, "%-28s %6zu %6zu %6zu %4u %% %8zu %8zu\n", name, s->translated, s->fuzzy,
		 s->missing, po_stats_percent(s), s->words_translated, s->words);
}

/* Columns are as wide as show_line()'s; letters are not bytes. */
static void show_head(struct call *call)
{
	const struct catalog *c = call->catalog;
	const struct { const char *text; int width; } heads[] = {
		{ trc(c, "column", "catalog"), -28 }, { trc(c, "column", "done"), 6 },
		{ trc(c, "column", "fuzzy"), 6 }, { trc(c, "column", "open"), 6 },
		{ "%", 6 }, { trc(c, "column", "words"), 8 }, { trc(c, "column", "of"), 8 },
	};

	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		int width = heads[i].width < 0 ? -heads[i].width : heads[i].width;
		int pad = width - (int)utf8_length(str_of(heads[i].text));

		call_out(call, "%s", i ? " " : "");
		if (heads[i].width > 0)
			call_out(call, "%*s", pad > 0 ? pad : 0, "");
		call_out(call, "%s", heads[i].text);
		if (heads[i].width < 0)
			call_out(call, "%*s", pad > 0 ? pad : 0, "");
	}
	call_out(call, "\n");
}

static void show_text(struct call *call, const struct po_folder_file *file,
		      const struct po_stats *s, size_t n)
{
	show_line(call, file->name, &s[0]);
	for (size_t i = 1; i < n && call_has(call, "screens"); i++)
		show_line(call, arena_printf(call->arena, "  %s", s[i].screen).p, &s[i]);
}

static bool show_file(struct call *call, struct json *j, const struct po_folder *folder,
		      const struct po_folder_file *file, struct fail *f)
{
	const struct po_folder_domain *d = &folder->domains[file->domain];
	struct po_stats *s;
	size_t n;

	if (file->wrong)
		return fail(f, FAIL_INVALID, "%s", file->wrong);
	n = po_stats(call->arena, d->there ? &d->pot : &file->po, &file->po, &s);
	if (call->json)
		show_json(call, j, folder, file, s, n);
	else
		show_text(call, file, s, n);
	return true;
}

/* The long texts of a language as one more catalog, texts as its screens. */
static void show_texts(struct call *call, struct json *j, const struct text_folder *texts,
		       struct str lang)
{
	const struct po_folder as = { .domains = {{ .name = "texts" }} };
	const char *name = arena_printf(call->arena, "texts/*.%.*s.md", STR_ARG(lang)).p;
	const struct po_folder_file file = { .name = name, .path = texts->dir, .lang = lang };
	struct po_stats *s;
	size_t n = text_folder_stats(texts, lang, &s);

	if (n && call->json)
		show_json(call, j, &as, &file, s, n);
	else if (n)
		show_text(call, &file, s, n);
}

/* The codes of the languages, each once: catalogs of one stand together, by name. */
static void show_names(struct call *call, const struct po_folder *folder)
{
	struct str last = STR_NONE;

	for (size_t i = 0; i < folder->count; i++) {
		const struct po_folder_file *file = &folder->files[i];

		if (cmd_lang_wants(call, file) && !str_eq(file->lang, last))
			call_out(call, "%.*s\n", STR_ARG(file->lang));
		last = file->lang;
	}
}

bool cmd_lang_stats(struct call *call, struct fail *f)
{
	struct json j = { .b = call_buf(call) };
	struct po_folder folder;
	struct text_folder texts;

	if (!cmd_lang_load(call, &folder, f) ||
	    !text_folder_load(call->arena, folder.dir, &texts, f))
		return false;
	if (call_has(call, "names")) {
		show_names(call, &folder);
		return true;
	}
	if (call->json)
		json_open(&j, '[');
	else
		show_head(call);
	for (size_t i = 0; i < folder.count; i++)
		if (cmd_lang_wants(call, &folder.files[i]) &&
		    !show_file(call, &j, &folder, &folder.files[i], f))
			return false;
	for (size_t i = 0; i < texts.n_langs; i++)
		if (!str_eq(texts.langs[i], STR("en")) && cmd_lang_wants_text(call, texts.langs[i]))
			show_texts(call, &j, &texts, texts.langs[i]);
	if (call->json) {
		json_close(&j, ']');
		call_out(call, "\n");
	}
	return true;
}
