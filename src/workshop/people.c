/* people.c - names of nine people in five scripts; the rest is counted from them. */
#include "workshop/people.h"

#include "unicode/dateformat.h"

static const struct person {
	const char *name, *initial;
	const char *bio;		/* empty: says nothing of themselves */
	const char *website;
	bool leads;
	int days, posts;
} people[PEOPLE_COUNT] = {
	{ "Anna Lindqvist", "A", "Reads with a pencil.", "https://anna.example", true, 2900, 412 },
	{ "José García Ñíguez", "J", "Colecciona mapas viejos.", "", false, 900, 37 },
	{ "Łukasz Żółć", "Ł", "", "", false, 12, 1 },
	{ "ليلى حداد", "ل", "تكتب عن البحر.", "https://layla.example", false, 700, 58 },
	{ "Jean-Baptiste de la Rochefoucauld-Montbrillant", "J", "Jardine, lit, oublie.", "", true,
	  1500, 1024 },
	{ "Donaudampfschifffahrtsgesellschaftskapitän", "D", "", "", false, 30, 3 },
	{ "x", "X", "", "", false, 1, 0 },
	{ "Chiara D’Angelo", "C", "Fotografa porte.", "", false, 365, 90 },
	{ "דנה כהן", "ד", "", "", false, 200, 8 },
};

static void more(struct ctx *cx, struct value *v, const struct person *p)
{
	value_set_html(v, "bio", html_escape(cx->arena, str_of(p->bio)));
	value_set_bool(v, "has_bio", p->bio[0] != '\0');
	value_set_bool(v, "has_website", p->website[0] != '\0');
	if (p->website[0])
		value_set_url(v, "website_url", str_of(p->website));
	value_set_text(v, "topics_label", ctx_say(cx, trn(cx->catalog, "%d topic", "%d topics",
							  (uint64_t)p->posts / 9), p->posts / 9));
}

struct value *people_value(struct ctx *cx, size_t i, bool full)
{
	size_t k = i % PEOPLE_COUNT;
	const struct person *p = &people[k];
	struct value *v = value_map(cx->arena);
	int64_t since = cx->now - p->days * (int64_t)86400;

	value_set_text(v, "name", str_of(p->name));
	value_set_url(v, "url", arena_printf(cx->arena, "/members/%zu/", k + 1));
	value_set_text(v, "initial", str_of(p->initial));
	value_set_bool(v, "has_avatar", false);
	value_set_bool(v, "has_role", p->leads);
	if (p->leads)
		value_set_text(v, "role_label", str_of(tr(cx->catalog, "Moderator")));
	value_set_text(v, "posts_label", ctx_say(cx, trn(cx->catalog, "%d message", "%d messages",
							 (uint64_t)p->posts), p->posts));
	view_date(cx, v, "joined", since);
	value_set_text(v, "joined_label", ctx_say(cx, tr(cx->catalog, "member since %s"),
		date_format(cx->arena, cx->lang, cx->zone, since, DATE_MEDIUM).p));
	if (full)
		more(cx, v, p);
	return v;
}
