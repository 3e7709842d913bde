/* catalog.c - see catalog.h: a hash table over the messages of PO files.
 *
 * The key of a message is its context, a byte that no text holds, and its English
 * text; it is not kept but compared in its two parts. The table is open, at most
 * half full, and never changes once it is filled.
 */
#include "lang/catalog.h"

#include <inttypes.h>
#include <string.h>
#include "base/arena.h"
#include "base/mem.h"
#include "base/ref.h"
#include "lang/placeholder.h"
#include "lang/po.h"

struct message {
	uint64_t hash;
	struct str context, id, id_plural;
	struct str text[PLURAL_FORMS];
	unsigned texts;
	const struct part *part;
	bool fits_format;		/* fit for C: see placeholder.h */
};

/* One of the texts that a catalog was made from. */
struct part {
	struct po po;
	struct plural plural;
	const char *name;
};

struct catalog {
	struct ref ref;
	struct arena *arena;
	struct str lang;
	struct message **slots;		/* a power of two of them */
	size_t mask, count;
	struct catalog_note *notes, **last_note;
	const struct plural *plural;	/* of its first text; NULL: it has none */
	/* Of a layer, which has no table of its own: */
	const struct catalog *over, *under;
	struct marks *marks;		/* answers of `under` in frames */
};

/* ---- system-dependent integers ---- */

/* xgettext writes the macros of <inttypes.h> as "%<PRId64>"; printf knows them by what
 * they are here. */
static const struct {
	const char *name, *format;
} INTEGERS[] = {
	{ "<PRId64>", PRId64 }, { "<PRIu64>", PRIu64 }, { "<PRIx64>", PRIx64 },
	{ "<PRIi64>", PRIi64 }, { "<PRIX64>", PRIX64 }, { "<PRIo64>", PRIo64 },
	{ "<PRId32>", PRId32 }, { "<PRIu32>", PRIu32 }, { "<PRIx32>", PRIx32 },
	{ "<PRIi32>", PRIi32 }, { "<PRIX32>", PRIX32 }, { "<PRIu16>", PRIu16 },
	{ "<PRIu8>", PRIu8 }, { "<PRIdMAX>", PRIdMAX }, { "<PRIuMAX>", PRIuMAX },
	{ "<PRIdPTR>", PRIdPTR }, { "<PRIuPTR>", PRIuPTR },
};

static struct str with_integers(struct arena *a, struct str s)
{
	if (!str_has_char(s, '<') || str_find(s, STR("<PRI")) < 0)
		return s;
	for (size_t i = 0; i < ARRAY_LEN(INTEGERS); i++) {
		struct str name = str_of(INTEGERS[i].name);
		ptrdiff_t at;

		while ((at = str_find(s, name)) >= 0) {
			struct str rest = str_skip(s, (size_t)at + name.n);

			s = arena_printf(a, "%.*s%s%.*s", (int)at, s.p, INTEGERS[i].format,
					 STR_ARG(rest));
		}
	}
	return s;
}

/* ---- the table ---- */

static uint64_t key_hash(struct str context, struct str id)
{
	return str_hash(id, str_hash(context, context.n));
}

static size_t slot_of(const struct catalog *c, uint64_t hash, struct str context, struct str id)
{
	size_t i = hash & c->mask;

	for (; c->slots[i]; i = (i + 1) & c->mask)
		if (c->slots[i]->hash == hash && str_eq(c->slots[i]->id, id) &&
		    str_eq(c->slots[i]->context, context))
			break;
	return i;
}

static const struct message *find(const struct catalog *c, struct str context, struct str id)
{
	if (!c || c->count == 0)
		return NULL;
	return c->slots[slot_of(c, key_hash(context, id), context, id)];
}

/* The message in the next layer from *c on that has it; *c is then what is below. */
static const struct message *find_next(const struct catalog **c, struct str context, struct str id)
{
	const struct message *m = NULL;

	while (*c && !m) {
		const struct catalog *layer = (*c)->over ? (*c)->over : *c;

		*c = (*c)->under;
		m = find(layer, context, id);
	}
	return m;
}

/* ---- filling it ---- */

static void add_note(struct catalog *c, const char *name, int line, const struct fail *why)
{
	struct catalog_note *note = ARENA_NEW(c->arena, struct catalog_note);

	note->text = arena_printf(c->arena, "%s:%d: %s", name, line, why->text).p;
	*c->last_note = note;
	c->last_note = (struct catalog_note **)&note->next;
}

static bool is_complete(const struct po_message *m)
{
	for (unsigned i = 0; i < m->texts; i++)
		if (m->text[i].n == 0)
			return false;
	return m->texts > 0;
}

/* fewer: a form for some numbers only may leave its number out, "one reply". */
static bool fits_format(const struct message *m, struct str reference, bool fewer)
{
	struct placeholders want;

	if (!placeholders_of(reference, &want))
		return false;
	for (unsigned i = 0; i < m->texts; i++)
		if (!placeholders_fit(&want, m->text[i], fewer))
			return false;
	return true;
}

static bool fits_names(const struct message *m, struct str reference, bool fewer)
{
	for (unsigned i = 0; i < m->texts; i++)
		if (!placeholder_names_fit(reference, m->text[i], fewer))
			return false;
	return true;
}

static bool message_make(struct catalog *c, const struct po_message *from, struct message *to,
			 struct fail *f)
{
	bool plural = from->id_plural.p;
	unsigned forms = to->part->plural.forms;
	struct str reference;

	if (plural && from->texts != forms)
		return fail(f, FAIL_INVALID, "the message has %u forms and the header promises %u",
			    from->texts, forms);
	to->context = from->context;
	to->id = with_integers(c->arena, from->id);
	to->id_plural = with_integers(c->arena, from->id_plural);
	to->texts = from->texts;
	for (unsigned i = 0; i < from->texts; i++)
		to->text[i] = with_integers(c->arena, from->text[i]);
	to->hash = key_hash(to->context, to->id);
	reference = plural ? to->id_plural : to->id;
	to->fits_format = fits_format(to, reference, plural);
	if (from->c_format && !to->fits_format)
		return fail(f, FAIL_INVALID,
			    "the translation does not take the same %%-arguments as the message");
	if (!fits_names(to, reference, plural))
		return fail(f, FAIL_INVALID,
			    "the translation does not hold the same {names} as the message");
	return true;
}

static void add_message(struct catalog *c, const struct po_message *from, const struct part *part)
{
	struct fail why = FAIL_INIT;
	struct message *m;
	size_t i;

	if (from->fuzzy || !is_complete(from))
		return;
	m = ARENA_NEW(c->arena, struct message);
	m->part = part;
	if (!message_make(c, from, m, &why)) {
		add_note(c, part->name, from->line, &why);
		return;
	}
	i = slot_of(c, m->hash, m->context, m->id);
	if (c->slots[i] && c->slots[i]->part != part)
		return;
	if (c->slots[i]) {
		fail(&why, FAIL_INVALID, "the message is here a second time");
		add_note(c, part->name, from->line, &why);
		return;
	}
	c->slots[i] = m;
	c->count++;
}

/* Of the first text that has one; NULL: English. */
static const struct plural *rule_of(const struct catalog *c)
{
	while (c && !c->plural)
		c = c->over ? c->over : c->under;
	return c ? c->plural : NULL;
}

static bool read_header(struct part *part, const struct catalog *like, struct fail *f)
{
	struct str plural = po_header(&part->po, "Plural-Forms");
	struct str type = po_header(&part->po, "Content-Type");

	if (rule_of(like))
		part->plural = *rule_of(like);
	else
		plural_germanic(&part->plural);
	if (type.n && str_find(type, STR("UTF-8")) < 0 && str_find(type, STR("utf-8")) < 0) {
		fail(f, FAIL_INVALID, "the header's Content-Type must say charset=UTF-8");
		return fail_in(f, "%s", part->name);
	}
	if (plural.n && !plural_parse(plural, &part->plural, f))
		return fail_in(f, "%s", part->name);
	return true;
}

static bool read_part(struct catalog *c, const struct catalog_source *from, struct part *ret,
		      struct fail *f)
{
	ret->name = arena_cstr(c->arena, str_of(from->name));
	return po_parse(c->arena, from->text, ret->name, &ret->po, f)
		&& read_header(ret, from->like, f);
}

static struct catalog *catalog_new(struct str lang)
{
	struct catalog *c = MEM_NEW(struct catalog);

	ref_init(&c->ref);
	c->arena = arena_new(0);
	c->lang = arena_str(c->arena, lang);
	c->last_note = &c->notes;
	return c;
}

static void catalog_drop(struct catalog **c)
{
	catalog_unref(*c);
}

bool catalog_parse_all(struct str lang, const struct catalog_source *sources, size_t count,
		       struct catalog **ret, struct fail *f)
{
	CLEANUP(catalog_drop) struct catalog *c = catalog_new(lang);
	struct part *parts = arena_array(c->arena, count, sizeof *parts);
	size_t slots = 16, messages = 0;

	for (size_t i = 0; i < count; i++) {
		if (!read_part(c, &sources[i], &parts[i], f))
			return false;
		messages += parts[i].po.count;
	}
	while (slots < messages * 2)
		slots *= 2;
	c->plural = count ? &parts[0].plural : NULL;
	c->slots = arena_array(c->arena, slots, sizeof *c->slots);
	c->mask = slots - 1;
	for (size_t i = 0; i < count; i++)
		for (size_t m = 0; m < parts[i].po.count; m++)
			add_message(c, &parts[i].po.messages[m], &parts[i]);
	*ret = c;
	c = NULL;
	return true;
}

bool catalog_parse(struct str lang, struct str text, const char *name, struct catalog **ret,
		   struct fail *f)
{
	return catalog_parse_all(lang, &(struct catalog_source){ .text = text, .name = name }, 1,
				 ret, f);
}

struct catalog *catalog_over(const struct catalog *over, const struct catalog *under)
{
	struct catalog *c = catalog_new(catalog_lang(under ? under : over));

	c->over = catalog_ref(over);
	c->under = catalog_ref(under);
	c->count = over->count;
	return c;
}

struct catalog *catalog_marking(const struct catalog *under, struct marks *m)
{
	struct catalog *c = catalog_new(catalog_lang(under));

	c->under = catalog_ref(under);
	c->marks = m;
	return c;
}

struct catalog *catalog_ref(const struct catalog *c)
{
	struct catalog *shared = (struct catalog *)c;

	if (shared)
		ref_hold(&shared->ref);
	return shared;
}

void catalog_unref(const struct catalog *c)
{
	struct catalog *shared = (struct catalog *)c;

	if (!shared || !ref_drop(&shared->ref))
		return;
	catalog_unref(shared->over);
	catalog_unref(shared->under);
	arena_free(shared->arena);
	mem_free(shared);
}

/* ---- asking ---- */

struct str catalog_lang(const struct catalog *c)
{
	return c ? c->lang : STR("en");
}

size_t catalog_count(const struct catalog *c)
{
	return c ? c->count : 0;
}

const struct catalog_note *catalog_notes(const struct catalog *c)
{
	return c ? c->notes : NULL;
}

unsigned catalog_forms(const struct catalog *c)
{
	return rule_of(c) ? rule_of(c)->forms : 2;
}

unsigned catalog_form(const struct catalog *c, uint64_t n)
{
	return rule_of(c) ? plural_form(rule_of(c), n) : n != 1;
}

bool catalog_has(const struct catalog *c, struct str context, struct str msgid)
{
	return find_next(&c, context, msgid);
}

/* The sentence as a translator sees it. */
static const char *framed(const struct catalog *c, struct mark of, const char *sentence)
{
	of.translated = catalog_has(c->under, str_of(of.context), str_of(of.id));
	return marks_frame(c->marks, &of, sentence);
}

const char *catalog_get(const struct catalog *c, const char *context, const char *msgid)
{
	const struct message *m;

	if (c && c->marks)
		return framed(c, (struct mark){ context, msgid, NULL, false },
			      catalog_get(c->under, context, msgid));
	/* The forms of a plural were measured by its other text, not by this one. */
	while ((m = find_next(&c, str_of(context), str_of(msgid))))
		if (m->fits_format && m->id_plural.n == 0)
			return m->text[0].p;
	return msgid;
}

const char *catalog_plural(const struct catalog *c, const char *context, const char *one,
			   const char *many, uint64_t n)
{
	const struct message *m;

	if (c && c->marks)
		return framed(c, (struct mark){ context, one, many, false },
			      catalog_plural(c->under, context, one, many, n));
	while ((m = find_next(&c, str_of(context), str_of(one))))
		if (m->fits_format && str_eq(m->id_plural, str_of(many)))
			return m->text[plural_form(&m->part->plural, n)].p;
	return n == 1 ? one : many;
}

/* For template messages: what is asked for ends in NUL or is a part of what does not. */
static bool find_framed(const struct catalog *c, struct str context, struct str msgid,
			struct str *ret)
{
	CLEANUP(arena_freep) struct arena *a = arena_new(0);
	struct str sentence = msgid;

	(void)catalog_find(c->under, context, msgid, &sentence);
	*ret = str_of(framed(c, (struct mark){ context.n ? arena_cstr(a, context) : NULL,
					       arena_cstr(a, msgid), NULL, false },
			     arena_cstr(a, sentence)));
	return true;
}

bool catalog_find(const struct catalog *c, struct str context, struct str msgid, struct str *ret)
{
	const struct message *m;

	if (c && c->marks)
		return find_framed(c, context, msgid, ret);
	m = find_next(&c, context, msgid);
	if (!m)
		return false;
	*ret = m->text[0];
	return true;
}
