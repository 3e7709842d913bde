/* po_edit.c - see po_edit.h. */
#include "lang/po_edit.h"

#include "lang/po_write.h"

const struct po_message *po_edit_find(const struct po *po, struct str context, struct str id)
{
	for (size_t i = 0; i < po->count; i++)
		if (!po->messages[i].obsolete && str_eq(po->messages[i].id, id)
		    && str_eq(po->messages[i].context, context))
			return &po->messages[i];
	return NULL;
}

/* "#, fuzzy, c-format" without its first word; nothing where that was all. */
static void add_flags(struct buf *b, struct str line)
{
	struct str rest = str_skip(line, 2), flag;
	bool any = false;

	while (str_item(&rest, ",", &flag)) {
		if (str_eq(flag, STR("fuzzy")))
			continue;
		buf_addf(b, "%s%.*s", any ? ", " : "#, ", STR_ARG(flag));
		any = true;
	}
	if (any)
		buf_addc(b, '\n');
}

static void add_comments(struct buf *b, struct str comments)
{
	struct str line;

	while (str_line(&comments, &line)) {
		line = str_trim(line);	/* a comment may be indented */
		if (str_starts(line, STR("#,")))
			add_flags(b, line);
		else if (!str_starts(line, STR("#|")) && !str_starts(line, STR("#~")))
			buf_addf(b, "%.*s\n", STR_ARG(line));
	}
}

/* The body ends with a newline, as all that stands between the messages here does not. */
static void add_message(struct buf *b, const struct po_message *was, const struct po_message *m)
{
	struct po_message now = *m;
	CLEANUP(buf_release) struct buf body = BUF(4 * PO_MESSAGE_MAX);

	if (m->texts == 0)
		return;
	buf_adds(b, b->n ? "\n\n" : "");
	if (was)
		add_comments(b, was->comments);
	else if (m->c_format)
		buf_adds(b, "#, c-format\n");
	now.obsolete = false;
	if (now.context.n == 0)		/* "" is another key than none to gettext's tools */
		now.context = STR_NONE;
	po_write_body(&body, &now);
	buf_add(b, str_trim(buf_str(&body)));
}

static void add_header(struct buf *b, struct str lang)
{
	buf_addf(b, "msgid \"\"\nmsgstr \"\"\n\"Language: %.*s\\n\"\n\"MIME-Version: 1.0\\n\"\n"
		 "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
		 "\"Content-Transfer-Encoding: 8bit\\n\"", STR_ARG(lang));
}

bool po_edit(struct str text, const char *name, struct str lang, const struct po_message *m,
	     struct buf *out, struct fail *f)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	const struct po_message *was;
	struct po po;

	if (!po_parse_all(a, text, name, &po, f))
		return false;
	was = po_edit_find(&po, m->context, m->id);
	if (po.head.raw.n)
		buf_add(out, po.head.raw);
	else if (po.count == 0)
		add_header(out, lang);
	for (size_t i = 0; i < po.count; i++) {
		if (&po.messages[i] == was) {
			add_message(out, was, m);
			continue;
		}
		buf_adds(out, out->n ? "\n\n" : "");
		buf_add(out, po.messages[i].raw);
	}
	if (!was)
		add_message(out, NULL, m);
	buf_addc(out, '\n');
	return true;
}

/* A catalog of nothing but this message tells it. */
bool po_edit_check(struct str lang, const struct po_message *m, const struct catalog *like,
		   struct fail *f)
{
	CLEANUP(buf_release) struct buf b = BUF(4 * PO_MESSAGE_MAX);
	struct catalog_source source = { .name = "msgstr", .like = like };
	const struct catalog_note *note;
	struct catalog *c;

	if (!po_edit(STR(""), "msgstr", lang, m, &b, f))
		return false;
	source.text = buf_str(&b);
	if (!catalog_parse_all(lang, &source, 1, &c, f))
		return false;
	note = catalog_notes(c);
	if (note) {
		struct str rest, where = str_cut(str_of(note->text), ' ', &rest);

		(void)where;
		(void)!fail(f, FAIL_INVALID, "%.*s", STR_ARG(rest));
	}
	catalog_unref(c);
	return !note;
}
