/* forum.c - the values are those that theme/values.h promises for the templates forum, board,
 * topic, members and member. Every flag is true somewhere and false somewhere. */
#include "workshop/forum.h"

#include "content/list.h"
#include "content/term.h"
#include "workshop/people.h"

enum { TOPICS = 30, BOARDS = 6, REPLIES = 12, HOUR = 3600 };

struct forum {
	struct ctx *cx;
	struct post_list posts;
	struct value *shown;		/* the posts as lists show them, whole */
	struct term *tags;
	size_t n_tags;
};

static bool open_forum(struct ctx *cx, struct forum *ret, struct fail *f)
{
	*ret = (struct forum){ .cx = cx };
	if (!list_newest(cx->arena, cx->tx, 0, TOPICS, &ret->posts, f)
	    || !term_all(cx->arena, cx->tx, TERM_TAG, &ret->tags, &ret->n_tags, f))
		return false;
	if (ret->n_tags > BOARDS)
		ret->n_tags = BOARDS;
	ret->shown = view_posts(cx, &ret->posts, true);
	return true;
}

static void set_count(struct ctx *cx, struct value *v, const char *name, size_t n)
{
	value_set_text(v, name, arena_printf(cx->arena, "%zu", n));
}

static void set_labels(struct ctx *cx, struct value *v, int topics, int replies)
{
	const struct catalog *c = cx->catalog;

	value_set_text(v, "topics_label", ctx_say(cx, trn(c, "%d topic", "%d topics",
							  (uint64_t)topics), topics));
	value_set_text(v, "replies_label", ctx_say(cx, trn(c, "%d reply", "%d replies",
							   (uint64_t)replies), replies));
}

/* --- boards and topics --- */

static struct str board_url(struct forum *fo, size_t i)
{
	return arena_printf(fo->cx->arena, "/forum/%zu/", i + 1);
}

static struct str topic_url(struct forum *fo, size_t i)
{
	size_t board = fo->n_tags ? i % fo->n_tags : 0;

	return arena_printf(fo->cx->arena, "/forum/%zu/%zu/", board + 1, i + 1);
}

static struct str post_title(struct forum *fo, size_t i)
{
	struct str title = view_title(fo->cx, &fo->posts.p[i]);

	return title.n ? title : view_summary(fo->cx, &fo->posts.p[i], 60);
}

static struct value *place(struct forum *fo, struct str title, struct str url)
{
	struct value *v = value_map(fo->cx->arena);

	value_set_text(v, "title", title);
	value_set_url(v, "url", url);
	return v;
}

static struct value *board_place(struct forum *fo, size_t i)
{
	return place(fo, i < fo->n_tags ? fo->tags[i].name : STR("—"), board_url(fo, i));
}

static struct value *last_of(struct forum *fo, size_t i, bool title)
{
	struct value *v = value_map(fo->cx->arena);

	if (title)
		value_set_text(v, "title", post_title(fo, i));
	value_set_url(v, "url", topic_url(fo, i));
	value_set(v, "author", people_value(fo->cx, i + 1, false));
	view_date(fo->cx, v, "date", fo->cx->now - (int64_t)(i + 1) * HOUR);
	return v;
}

static struct value *board(struct forum *fo, size_t i)
{
	struct ctx *cx = fo->cx;
	struct value *v = board_place(fo, i), *children = value_list(cx->arena);
	bool any = fo->posts.n > i;

	value_set_text(v, "description", any ? view_summary(cx, &fo->posts.p[i], 120) : STR(""));
	value_set_bool(v, "has_description", any && i != 1);
	set_count(cx, v, "topics", fo->posts.n);
	set_count(cx, v, "replies", fo->posts.n * 41 * i);
	set_labels(cx, v, (int)fo->posts.n, (int)(fo->posts.n * 41 * i));
	value_set_bool(v, "is_private", i == 2);
	value_set_bool(v, "is_locked", i == 3);
	value_set_bool(v, "has_latest", any);
	if (any)
		value_set(v, "latest", last_of(fo, i, true));
	for (size_t k = 0; i == 0 && k < fo->n_tags; k += 2)
		value_list_add(children, board_place(fo, k));
	value_set(v, "children", children);
	value_set_bool(v, "has_children", value_length(children) > 0);
	return v;
}

static void set_flags(struct value *v, size_t i, size_t replies)
{
	value_set_bool(v, "has_replies", replies > 0);
	value_set_bool(v, "has_last", replies > 0);
	value_set_bool(v, "is_pinned", i < 2);
	value_set_bool(v, "is_announcement", i == 0);
	value_set_bool(v, "is_locked", i == 1);
	value_set_bool(v, "is_solved", i % 4 == 2);
}

static struct value *topic(struct forum *fo, size_t i)
{
	struct ctx *cx = fo->cx;
	struct value *v = place(fo, post_title(fo, i), topic_url(fo, i));
	const struct value *shown = value_item(fo->shown, i), *tags;
	size_t replies = i % 5 == 4 ? 0 : i * i * 7 + 1;

	value_set(v, "author", people_value(cx, i, false));
	view_date(cx, v, "date", fo->posts.p[i].published_at);
	set_count(cx, v, "replies", replies);
	set_labels(cx, v, 1, (int)replies);
	value_set_text(v, "views_label", ctx_say(cx, trn(cx->catalog, "%d view", "%d views",
							 replies * 13), (int)replies * 13));
	if (replies)
		value_set(v, "last", last_of(fo, i, false));
	set_flags(v, i, replies);
	tags = value_find(shown, STR("tags"));
	value_set(v, "tags", tags ? (struct value *)tags : value_list(cx->arena));
	value_set_bool(v, "has_tags", value_length(tags) > 0);
	value_set(v, "board", board_place(fo, fo->n_tags ? i % fo->n_tags : 0));
	value_set_text(v, "excerpt", view_summary(cx, &fo->posts.p[i], 200));
	return v;
}

static struct value *topics(struct forum *fo, size_t from, size_t most)
{
	struct value *list = value_list(fo->cx->arena);

	for (size_t i = from; i < fo->posts.n && i < from + most; i++)
		value_list_add(list, topic(fo, i));
	return list;
}

/* --- pages --- */

static void set_list(struct value *page, const char *name, const char *has, struct value *list)
{
	value_set(page, name, list);
	value_set_bool(page, has, value_length(list) > 0);
}

static void set_crumbs(struct forum *fo, struct value *page, const size_t *board, struct str title)
{
	struct value *crumbs = value_list(fo->cx->arena), *v;

	v = place(fo, str_of(tr(fo->cx->catalog, "Forum")), STR("/forum/"));
	value_set_bool(v, "is_current", !board && !title.n);
	value_list_add(crumbs, v);
	if (board) {
		v = board_place(fo, *board);
		value_set_bool(v, "is_current", !title.n);
		value_list_add(crumbs, v);
	}
	if (title.n) {
		v = place(fo, title, fo->cx->path);
		value_set_bool(v, "is_current", true);
		value_list_add(crumbs, v);
	}
	set_list(page, "crumbs", "has_crumbs", crumbs);
}

static bool begin(struct forum *fo, struct str title, struct value **page, struct fail *f)
{
	struct ctx *cx = fo->cx;
	struct page_about about = { .title = title, .path = cx->path, .no_index = true };
	struct value *site, *pager = value_map(cx->arena);

	if (!view_page(cx, &about, page, f))
		return false;
	site = (struct value *)value_find(*page, STR("site"));
	value_set_bool(site, "has_forum", true);
	value_set_url(site, "forum_url", STR("/forum/"));
	value_set_url(site, "members_url", STR("/members/"));
	value_set_bool(pager, "has_newer", false);
	value_set_bool(pager, "has_older", fo->posts.n > 1);
	value_set_url(pager, "older_url", cx->path);
	value_set(*page, "pager", pager);
	value_set_url(*page, "feed_url", STR("/atom.xml"));
	return true;
}

static struct value *groups(struct forum *fo)
{
	struct value *all = value_list(fo->cx->arena), *group, *boards;

	for (size_t i = 0; i < fo->n_tags; i += 3) {
		group = value_map(fo->cx->arena);
		boards = value_list(fo->cx->arena);
		for (size_t k = i; k < i + 3 && k < fo->n_tags; k++)
			value_list_add(boards, board(fo, k));
		value_set_text(group, "title", fo->cx->settings.title);
		value_set_bool(group, "has_title", i > 0);
		value_set(group, "boards", boards);
		value_list_add(all, group);
	}
	return all;
}

bool forum_index(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct value *page, *forum = value_map(cx->arena);
	struct str title = str_of(tr(cx->catalog, "Forum"));
	struct forum fo;

	if (!open_forum(cx, &fo, f) || !begin(&fo, title, &page, f))
		return false;
	value_set_text(forum, "title", title);
	value_set_url(forum, "url", STR("/forum/"));
	value_set_text(forum, "description", cx->settings.tagline);
	value_set_bool(forum, "has_description", cx->settings.tagline.n > 0);
	set_labels(cx, forum, (int)fo.posts.n, (int)fo.posts.n * 41);
	value_set_text(forum, "members_label", ctx_say(cx, trn(cx->catalog, "%d member",
		"%d members", PEOPLE_COUNT), PEOPLE_COUNT));
	value_set(page, "forum", forum);
	value_set(page, "groups", groups(&fo));
	value_set_bool(page, "has_boards", fo.n_tags > 0);
	set_list(page, "latest_topics", "has_latest_topics", topics(&fo, 0, 6));
	value_set_url(page, "search_url", STR("/search/"));
	set_crumbs(&fo, page, NULL, STR_NONE);
	return view_render(cx, "forum", page, ret, f);
}

/* The number in the path, from 1 to `most`, less one. */
static bool number(struct str s, size_t most, size_t *ret)
{
	int64_t n;

	if (!route_number(s, &n) || (size_t)n > most)
		return false;
	*ret = (size_t)n - 1;
	return true;
}

bool forum_board(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct value *page;
	struct forum fo;
	size_t i;

	if (!open_forum(cx, &fo, f))
		return false;
	if (!number(cx->args[0], fo.n_tags, &i)) {
		answer_not_found(ret);
		return true;
	}
	if (!begin(&fo, fo.tags[i].name, &page, f))
		return false;
	value_set(page, "board", board(&fo, i));
	set_list(page, "pinned", "has_pinned", topics(&fo, 0, 2));
	set_list(page, "topics", "has_topics", topics(&fo, 2, TOPICS));
	value_set_url(page, "new_topic_url", STR("#new"));
	value_set_bool(page, "can_post", i != 3);
	set_crumbs(&fo, page, &i, STR_NONE);
	return view_render(cx, "board", page, ret, f);
}

static struct value *reply(struct forum *fo, size_t of, size_t k)
{
	struct ctx *cx = fo->cx;
	size_t from = (of + k) % fo->posts.n, who = of + k * k;
	struct value *v = value_map(cx->arena), *to = value_map(cx->arena);
	const struct post *p = &fo->posts.p[from];

	set_count(cx, v, "number", k + 1);
	value_set_text(v, "anchor", arena_printf(cx->arena, "r%zu", k + 1));
	value_set_url(v, "url", arena_printf(cx->arena, "%.*s#r%zu", STR_ARG(cx->path), k + 1));
	value_set(v, "author", people_value(cx, who, false));
	view_date(cx, v, "date", p->published_at + (int64_t)k * HOUR);
	view_date(cx, v, "updated", p->published_at + (int64_t)(k + 2) * HOUR);
	value_set_bool(v, "has_updated", k % 5 == 1);
	value_set_html(v, "body", k % 3 ? p->excerpt : p->html);
	value_set_bool(v, "is_first", k == 0);
	value_set_bool(v, "is_answer", k == 2);
	value_set_bool(v, "is_author_of_topic", who % PEOPLE_COUNT == of % PEOPLE_COUNT);
	value_set_text(to, "number", STR("1"));
	value_set_url(to, "url", STR("#r1"));
	value_set_text(to, "author_name", value_str(value_find(people_value(cx, of, false),
							       STR("name"))));
	value_set(v, "in_reply_to", to);
	value_set_bool(v, "has_in_reply_to", k % 3 == 2);
	value_set_bool(v, "has_thanks", k % 2 == 0);
	value_set_text(v, "thanks_label", ctx_say(cx, trn(cx->catalog, "%d thank-you",
							  "%d thank-yous", k + 1), (int)k + 1));
	value_set_url(v, "report_url", STR("#report"));
	value_set_url(v, "quote_url", STR("#quote"));
	value_set_bool(v, "is_removed", k == 4);
	value_set_text(v, "removed_reason", k == 4 ? view_summary(cx, p, 60) : STR(""));
	return v;
}

bool forum_topic(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct value *page, *replies = value_list(cx->arena);
	struct forum fo;
	size_t i, b;

	if (!open_forum(cx, &fo, f))
		return false;
	if (!number(cx->args[1], fo.posts.n, &i) || !number(cx->args[0], BOARDS, &b)) {
		answer_not_found(ret);
		return true;
	}
	if (!begin(&fo, post_title(&fo, i), &page, f))
		return false;
	value_set(page, "topic", topic(&fo, i));
	for (size_t k = 0; k < REPLIES; k++)
		value_list_add(replies, reply(&fo, i, k));
	value_set(page, "replies", replies);
	value_set_url(page, "reply_url", STR("#reply"));
	value_set_bool(page, "can_reply", i != 1);
	value_set_bool(page, "is_locked", i == 1);
	set_list(page, "related", "has_related", topics(&fo, i + 1, 3));
	set_crumbs(&fo, page, &b, post_title(&fo, i));
	return view_render(cx, "topic", page, ret, f);
}

bool forum_members(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct value *page, *list = value_list(cx->arena);
	struct str title = str_of(tr(cx->catalog, "Members"));
	struct forum fo;

	if (!open_forum(cx, &fo, f) || !begin(&fo, title, &page, f))
		return false;
	for (size_t i = 0; fo.posts.n && i < PEOPLE_COUNT; i++)
		value_list_add(list, people_value(cx, i, false));
	set_list(page, "members", "has_members", list);
	set_crumbs(&fo, page, NULL, title);
	return view_render(cx, "members", page, ret, f);
}

bool forum_member(struct ctx *cx, struct answer *ret, struct fail *f)
{
	struct value *page, *who;
	struct forum fo;
	size_t i;

	if (!open_forum(cx, &fo, f))
		return false;
	if (!number(cx->args[0], PEOPLE_COUNT, &i)) {
		answer_not_found(ret);
		return true;
	}
	who = people_value(cx, i, true);
	if (!begin(&fo, value_str(value_find(who, STR("name"))), &page, f))
		return false;
	value_set(page, "member", who);
	set_list(page, "topics", "has_topics", topics(&fo, i, 4));
	set_list(page, "posts", "has_posts", i % 2 ? value_list(cx->arena) : fo.shown);
	set_crumbs(&fo, page, NULL, value_str(value_find(who, STR("name"))));
	return view_render(cx, "member", page, ret, f);
}
