/* cmd_lang_check.c - hameau lang check: what is wrong with catalogs, with file and line. */
#include "cli/cmd_lang.h"

#include "app/share.h"
#include "base/file.h"
#include "base/limits.h"
#include "translate/text_check.h"

struct checking {
	struct call *call;
	struct json json;
	bool advice;
	size_t found[PO_CHECK_ADVICE + 1];
};

static const char *say(struct call *call, const char *text)
{
	return catalog_get(call->catalog, NULL, text);
}

static void tell_json(struct checking *c, const struct po_check_finding *found)
{
	struct json *j = &c->json;
	static const char *const levels[] = { "error", "warning", "advice" };

	json_open(j, '{');
	json_put_str(j, "file", str_of(found->path));
	json_put_i64(j, "line", found->line);
	json_put_str(j, "rule", str_of(found->rule->id));
	json_put_str(j, "level", str_of(levels[found->rule->level]));
	json_put_str(j, "message", str_of(say(c->call, found->rule->text)));
	json_put_str(j, "text", found->text);
	json_close(j, '}');
	call_flush(c->call);
}

static void tell(void *arg, const struct po_check_finding *found)
{
	struct checking *c = arg;

	c->found[found->rule->level]++;
	if (found->rule->level == PO_CHECK_ADVICE && !c->advice)
		return;
	if (c->call->json) {
		tell_json(c, found);
		return;
	}
	call_out(c->call, "%s:%d: %s %s: %s\n", found->path, found->line,
		 say(c->call, po_check_level_name(found->rule->level)), found->rule->id,
		 say(c->call, found->rule->text));
	if (found->text.n)
		call_out(c->call, "    %.*s\n", STR_ARG(found->text));
}

/* GLOSSARY.csv of the folder, else the program's own. */
static bool load_glossary(struct call *call, const char *dir, struct glossary *ret, bool *there,
			  struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(LIMIT_CONFIG);
	const char *path = path_join(call->arena, dir, STR("GLOSSARY.csv"));

	if (!file_exists(path))
		path = path_join(call->arena, share_dir(), STR("lang/GLOSSARY.csv"));
	*there = file_exists(path);
	return !*there || (file_read(path, &b, f) &&
			   glossary_parse(call->arena, arena_str(call->arena, buf_str(&b)), path,
					  ret, f));
}

static void sum_up(struct checking *c)
{
	struct call *call = c->call;

	call_out(call, trn(call->catalog, "%llu error", "%llu errors", c->found[PO_CHECK_ERROR]),
		 (unsigned long long)c->found[PO_CHECK_ERROR]);
	call_out(call, ", ");
	call_out(call, trn(call->catalog, "%llu warning", "%llu warnings",
			   c->found[PO_CHECK_WARNING]),
		 (unsigned long long)c->found[PO_CHECK_WARNING]);
	call_out(call, ", ");
	call_out(call, trn(call->catalog, "%llu piece of advice", "%llu pieces of advice",
			   c->found[PO_CHECK_ADVICE]),
		 (unsigned long long)c->found[PO_CHECK_ADVICE]);
	call_out(call, "\n");
}

bool cmd_lang_check(struct call *call, struct fail *f)
{
	struct checking c = { .call = call, .json = { .b = call_buf(call) },
			      .advice = call_has(call, "advice") };
	struct po_check check = { .complete = call_has(call, "complete"), .tell = tell,
				  .arg = &c };
	struct po_folder folder;
	struct text_folder texts;
	struct glossary glossary;
	bool has_glossary;

	if (!cmd_lang_load(call, &folder, f) ||
	    !text_folder_load(call->arena, folder.dir, &texts, f) ||
	    !load_glossary(call, folder.dir, &glossary, &has_glossary, f))
		return false;
	check.glossary = has_glossary ? &glossary : NULL;
	if (call->json)
		json_open(&c.json, '[');
	for (size_t i = 0; i < folder.count; i++)
		if (cmd_lang_wants(call, &folder.files[i]))
			po_check_file(&check, &folder, &folder.files[i]);
	for (size_t i = 0; i < texts.n_langs; i++)
		if (cmd_lang_wants_text(call, texts.langs[i]))
			text_check(&check, &texts, texts.langs[i]);
	if (call->json) {
		json_close(&c.json, ']');
		call_out(call, "\n");
	} else {
		sum_up(&c);
	}
	call->exit = c.found[PO_CHECK_ERROR] || c.found[PO_CHECK_WARNING];
	return true;
}
