/* cmd_post_save.c - hameau post save. */
#include "base/date.h"
#include "base/file.h"
#include "base/limits.h"
#include "cli/cmd_post.h"
#include "unicode/zone.h"

/* The lines of the one text, under the name that the caller has for it. */
static void tell_complaints(struct call *call, const struct receipt *r, struct str name)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct receipt_line *c = &r->complaints[i];

		if (c->file.n == 0)		/* it names the file itself */
			call_note(call, "%.*s", STR_ARG(c->text));
		else if (c->line)
			call_note(call, "%.*s:%d: %.*s", STR_ARG(name), c->line, STR_ARG(c->text));
		else
			call_note(call, "%.*s: %.*s", STR_ARG(name), STR_ARG(c->text));
	}
}

static void tell_json(struct call *call, const struct writing *w, const struct receipt *r,
		      const struct saved *s, bool dry_run)
{
	struct json j = { .b = call_buf(call) };
	struct str origin = writing_origin(call, w->site);

	json_open(&j, '{');
	json_put_str(&j, "address", s->path);
	json_put_str(&j, "result", s->is_new ? STR("new") : s->is_changed ? STR("changed")
							    : STR("unchanged"));
	json_put_str(&j, "kind", s->kind == POST_PAGE ? STR("page") : STR("post"));
	json_put_str(&j, "status", str_of(cmd_post_status_name(s->status)));
	cmd_post_json_date(&j, "date", s->published_at, w->to.rules.zone);
	json_put_str(&j, "url", arena_printf(call->arena, "%.*s%.*s", STR_ARG(origin),
					     STR_ARG(s->path)));
	json_put_str(&j, "version", str_of(s->version));
	json_put_bool(&j, "dry_run", dry_run);
	json_key(&j, "complaints");
	json_open(&j, '[');
	for (size_t i = 0; i < r->n; i++) {
		json_open(&j, '{');
		json_put_i64(&j, "line", r->complaints[i].line);
		json_put_str(&j, "text", r->complaints[i].text);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	call_out(call, "\n");
}

static const char *sentence_of(const struct call *call, const struct saved *s)
{
	if (!s->is_new && !s->is_changed)
		return tr(call->catalog, "%.*s is as it was");
	if (s->status == POST_DRAFT)
		return s->is_new ? tr(call->catalog, "%.*s is new, a draft that nobody sees yet")
				 : tr(call->catalog, "%.*s has changed, a draft that nobody sees");
	return s->is_new ? tr(call->catalog, "%.*s is new") : tr(call->catalog, "%.*s has changed");
}

static void tell(struct call *call, const struct writing *w, const struct saved *s)
{
	struct str origin = writing_origin(call, w->site);
	const char *zone = w->to.rules.zone;
	struct date d = date_of(s->published_at, zone ? zone_offset(zone, s->published_at) : 0);
	struct str url = arena_printf(call->arena, "%.*s%.*s", STR_ARG(origin), STR_ARG(s->path));

	call_out(call, sentence_of(call, s), STR_ARG(url));
	call_out(call, "\n");
	if (s->status == POST_SCHEDULED) {
		call_out(call, tr(call->catalog, "It comes out on %04d-%02d-%02d at %02d:%02d."),
			 d.year, d.month, d.day, d.hour, d.minute);
		call_out(call, "\n");
	}
}

bool cmd_post_put(struct call *call, struct writing *w, const struct save_text *text,
		  struct str name, struct fail *f)
{
	struct saved saved;
	struct receipt r;
	bool done;

	receipt_init(&r);
	done = save_text(call->arena, &w->to, text, &r, &saved, f);
	if (!done || !call->json)
		tell_complaints(call, &r, name);
	/* Even when nothing changed: the run before may have ended between the two. */
	done = done && (text->dry_run || writing_announce(w, f));
	if (done && text->dry_run && !call->json)
		call_out(call, "%s\n",
			 tr(call->catalog, "Nothing was written. This is what would be:"));
	if (done && call->json)
		tell_json(call, w, &r, &saved, text->dry_run);
	else if (done)
		tell(call, w, &saved);
	receipt_release(&r);
	return done;
}

/* An option that is an address; empty when it was not given. */
static bool address_option(struct call *call, const char *option, struct str *ret,
			   struct fail *f)
{
	struct str asked = call_option(call, option);

	*ret = STR_NONE;
	return !asked.p || cmd_post_address(call, asked, ret, f);
}

static bool read_options(struct call *call, struct save_text *text, struct fail *f)
{
	*text = (struct save_text){
		.version = call_option(call, "if"), .draft = call_has(call, "draft"),
		.publish = call_has(call, "publish"), .page = call_has(call, "page"),
		.dry_run = call_has(call, "dry-run"),
	};
	if (text->draft && text->publish)
		return fail(f, FAIL_INVALID, "--draft and --publish do not go together");
	if (call_has(call, "address") && call_has(call, "instead-of"))
		return fail(f, FAIL_INVALID, "--address and --instead-of do not go together");
	return address_option(call, "address", &text->address, f) &&
	       address_option(call, "instead-of", &text->instead_of, f);
}

/* The bytes come from the caller's side, the pictures from a folder that he names. */
static bool read_input(struct call *call, struct buf *b, struct save_text *text, struct fail *f)
{
	struct str media = call_option(call, "media");

	if (!call_input(call, b, f))
		return false;
	text->text = buf_str(b);
	if (!text->text.p)
		text->text = STR("");
	if (!media.p)
		return true;
	text->folder = call_path(call, media);
	return file_is_dir(text->folder) ||
	       fail(f, FAIL_NOT_FOUND, "%s: there is no such folder", text->folder);
}

bool cmd_post_save(struct call *call, struct fail *f)
{
	CLEANUP(buf_release) struct buf input = BUF(LIMIT_POST + LIMIT_FRONT_MATTER);
	CLEANUP(writing_release) struct writing w = { .db = NULL };
	struct str file = call->args[1];
	struct save_text text;

	if (!read_options(call, &text, f) || !writing_open(call, &w, f))
		return false;
	if (!str_eq(file, STR("-"))) {
		if (call_has(call, "media"))
			return fail(f, FAIL_INVALID, "--media is for a text from standard input; "
				    "that of a file lies beside it");
		text.file = call_path(call, file);
	} else if (!read_input(call, &input, &text, f)) {
		return false;
	}
	return cmd_post_put(call, &w, &text, file, f);
}
