/* cmd_post.c - hameau post show, delete and undelete; what the others share. */
#include "cli/cmd_post.h"

#include "base/date.h"
#include "base/file.h"
#include "base/limits.h"
#include "content/announce.h"
#include "transfer/export_text.h"
#include "transfer/import_known.h"
#include "unicode/zone.h"

enum { TEXT_MAX = 4 * LIMIT_POST };

const char *cmd_post_status_name(enum post_status status)
{
	static const char *const names[] = { "draft", "scheduled", "published" };

	return names[status];
}

const char *cmd_post_state(const struct call *call, enum post_kind kind, enum post_status status)
{
	static const char *const words[] = { N_("draft"), N_("scheduled"), N_("published") };

	if (kind == POST_PAGE && status == POST_PUBLISHED)
		return trc(call->catalog, "kind of a text", "page");
	return tr(call->catalog, words[status]);
}

void cmd_post_json_date(struct json *j, const char *key, int64_t t, const char *zone)
{
	CLEANUP(buf_release) struct buf b = BUF(KIB);

	json_key(j, key);
	if (t == 0) {
		json_none(j);
		return;
	}
	date_rfc3339(&b, t, zone ? zone_offset(zone, t) : 0);
	json_str(j, buf_str(&b));
}

bool cmd_post_address(struct call *call, struct str asked, struct str *ret, struct fail *f)
{
	*ret = save_address(call->arena, asked);
	return ret->n || fail(f, FAIL_INVALID, "\"%.*s\" is no address of a text; write it as "
			      "/rain/", STR_ARG(str_sub(asked, 0, 200)));
}

/* --- show --- */

static void show_json(struct call *call, const struct writing *w, const struct post *p,
		      const char *version, struct str text)
{
	CLEANUP(buf_release) struct buf b = BUF(8 * TEXT_MAX);
	struct json j = { .b = &b };
	struct str origin = writing_origin(call, w->site);

	json_open(&j, '{');
	json_put_str(&j, "address", p->path);
	json_put_str(&j, "title", p->title);
	json_put_str(&j, "kind", p->kind == POST_PAGE ? STR("page") : STR("post"));
	json_put_str(&j, "status", str_of(cmd_post_status_name(p->status)));
	cmd_post_json_date(&j, "date", p->published_at, w->to.rules.zone);
	json_put_str(&j, "language", p->lang.n ? p->lang : w->to.lang);
	json_put_str(&j, "url", arena_printf(call->arena, "%.*s%.*s", STR_ARG(origin),
					     STR_ARG(p->path)));
	json_put_str(&j, "source", import_known_file(call->arena, p->source_path));
	json_put_str(&j, "version", str_of(version));
	json_put_str(&j, "text", text);
	json_close(&j, '}');
	buf_addc(&b, '\n');
	call->io->out(call->io->data, buf_str(&b));
}

static bool show_kept(struct call *call, const struct writing *w, struct str address,
		      struct fail *f)
{
	struct kept k;

	if (call->json)
		return fail(f, FAIL_INVALID, "--json and --deleted do not go together");
	if (!kept_find(call->arena, w->to.dir, address, &k, f))
		return false;
	call->io->out(call->io->data, k.text);
	return true;
}

static bool show(struct call *call, struct writing *w, struct str address, struct fail *f)
{
	CLEANUP(buf_release) struct buf text = BUF(TEXT_MAX);
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	char version[DIGEST_HEX_LEN + 1];
	struct digest d;
	struct post *p;

	if (!tx_begin(w->db, TX_READ, &tx, f) ||
	    !save_find_at(call->arena, tx, address, &p, f) ||
	    !export_text(&text, tx, p, w->to.rules.zone, f))
		return false;
	d = digest_of(buf_str(&text));
	digest_hex(&d, version);
	if (call->json)
		show_json(call, w, p, version, buf_str(&text));
	else
		call->io->out(call->io->data, buf_str(&text));
	return true;
}

bool cmd_post_show(struct call *call, struct fail *f)
{
	CLEANUP(writing_release) struct writing w = { .db = NULL };
	struct str address;

	if (!cmd_post_address(call, call->args[1], &address, f) || !writing_open(call, &w, f))
		return false;
	return call_has(call, "deleted") ? show_kept(call, &w, address, f)
					 : show(call, &w, address, f);
}

/* --- delete --- */

static bool find(struct call *call, struct writing *w, struct str address, struct post **ret,
		 struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;

	return tx_begin(w->db, TX_READ, &tx, f) && save_find_at(call->arena, tx, address, ret, f);
}

/* By its number: the question may have taken a while. */
static bool delete(struct call *call, struct writing *w, const struct post *found, struct fail *f)
{
	CLEANUP(tx_rollbackp) struct tx *tx = NULL;
	struct tx *whole;
	struct post *p;

	w->to.rules.now = date_now();
	if (!tx_begin(w->db, TX_WRITE, &tx, f) ||
	    !post_at(call->arena, tx, found->path, &p, f))
		return false;
	if (!p)
		return fail(f, FAIL_NOT_FOUND, "there is no text at %.*s any more",
			    STR_ARG(found->path));
	if (!kept_put(w->to.dir, tx, p, w->to.rules.zone, f) ||
	    !edit_remove(tx, &w->to.rules, p->id, f))
		return false;
	if (!announce_mark(w->host->registry, tx, false, f))
		return false;
	whole = tx;
	tx = NULL;
	return tx_commit(whole, f) && writing_announce(w, f);
}

static void tell_file(struct call *call, const struct post *p)
{
	const char *file = arena_cstr(call->arena, import_known_file(call->arena, p->source_path));

	if (*file && file_exists(file))
		call_note(call, tr(call->catalog, "Its file is still there: %s. An import of its"
				   " folder brings the text back."), file);
}

bool cmd_post_delete(struct call *call, struct fail *f)
{
	CLEANUP(writing_release) struct writing w = { .db = NULL };
	struct str address;
	struct post *p;

	if (!cmd_post_address(call, call->args[1], &address, f) || !writing_open(call, &w, f) ||
	    !find(call, &w, address, &p, f))
		return false;
	tell_file(call, p);
	if (!call_confirm(call, f, tr(call->catalog, "Delete %.*s (%.*s)?"), STR_ARG(p->path),
			  STR_ARG(p->title)) ||
	    !delete(call, &w, p, f))
		return false;
	call_out(call, tr(call->catalog, "%.*s is deleted. This brings it back: %s"),
		 STR_ARG(p->path), arena_printf(call->arena, "hameau post undelete %.*s %.*s",
						STR_ARG(call->args[0]), STR_ARG(p->path)).p);
	call_out(call, "\n");
	return true;
}

/* --- undelete --- */

bool cmd_post_undelete(struct call *call, struct fail *f)
{
	CLEANUP(writing_release) struct writing w = { .db = NULL };
	struct save_text text = { .file = NULL };
	struct str address;
	struct kept k;

	if (!cmd_post_address(call, call->args[1], &address, f) || !writing_open(call, &w, f) ||
	    !kept_find(call->arena, w.to.dir, address, &k, f))
		return false;
	text.text = k.text;
	text.address = address;
	text.kept = &k;
	return cmd_post_put(call, &w, &text, address, f) && kept_forget(&k, f);
}
