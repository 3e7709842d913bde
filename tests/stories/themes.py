"""The themes that come with the program, and what their forum pages would show.

The forum's pages are rendered by `hameau render template` from what stands here, with the
theme's own options, so that a theme can be looked at before there is a forum to look at.
"""
import json
import re

import village

FOLDER = village.TOP / "themes"
ALL = sorted(p.parent.name for p in FOLDER.glob("*/theme.ini"))
FORUM = ("home", "forum", "board", "topic", "members", "member")


def options(theme):
    """The values that {{options...}} has when a site has chosen nothing."""
    found = {}
    ini = (FOLDER / theme / "theme.ini").read_text()
    for name, body in re.findall(r"^\[option (\w+)\]\n(.*?)(?=^\[|\Z)", ini, re.M | re.S):
        said = dict(re.findall(r"^(\w+) = (.*)$", body, re.M))
        value = said.get("default", "")
        found[name] = value == "yes" if said["type"] == "bool" else value or False
        for choice in re.split(", *", said.get("choices", "")):
            found[f"{name}_{choice}"] = choice == value
    return found


def settings(theme):
    """Every preset, and every choice of every option, as `hameau site set` takes them."""
    ini = (FOLDER / theme / "theme.ini").read_text()
    yield from (f"preset={name}" for name in re.findall(r"^\[preset (\w+)\]", ini, re.M))
    for name, body in re.findall(r"^\[option (\w+)\]\n(.*?)(?=^\[|\Z)", ini, re.M | re.S):
        choices = re.search(r"^choices = (.*)", body, re.M)
        if choices:
            yield from (f"option.{name}={c.strip()}" for c in choices[1].split(","))
        elif "type = bool" in body:
            yield from (f"option.{name}=yes", f"option.{name}=no")


# --- the forum of an association ---

def date(day, month="May"):
    return {"iso": f"2026-05-{day:02}T18:20:00+02:00", "long": f"{day} {month} 2026",
            "medium": f"{day} {month} 2026", "short": f"{day}/5/26", "year": "2026"}


def person(name, role="", posts=12, day=3):
    return {"name": name, "url": f"/members/{name.split()[0].lower()}/", "initial": name[0],
            "has_avatar": False, "role_label": role, "has_role": bool(role),
            "joined_label": "Member since 2024", "posts_label": f"{posts} replies",
            "joined": date(day)}


PEOPLE = [person("Ines Bertolini", "Moderator", 412), person("Tom Achterberg", "", 96, 9),
          person("Marguerite de la Tour d’Auvergne", "Treasurer", 58, 12),
          person("Ole", "", 3, 21), person("Samira Haddad", "", 127, 2),
          person("Yusuf K.", "Gardener", 31, 17)]


def topic(title, who, replies, day, **more):
    return {"title": title, "url": "/forum/garden/" + re.sub(r"\W+", "-", title.lower()) + "/",
            "author": PEOPLE[who], "date": date(day), "replies": str(replies),
            "replies_label": f"{replies} replies" if replies != 1 else "1 reply",
            "has_replies": replies > 0, "views_label": f"{replies * 31 + 8} views",
            "has_last": replies > 0, "has_tags": False, "excerpt": "Two rows are free since Sunday, "
            "and the tap beside them works again.", "board": {"title": "Garden", "url": "#"},
            "last": {"author": PEOPLE[(who + 2) % 6], "date": date(day + 1), "url": "#r9"}} | more


TOPICS = [
    topic("Who waters in August?", 0, 34, 18, is_pinned=True, is_announcement=True),
    topic("Slugs: what has really helped you, and what only kept you busy", 1, 57, 20),
    topic("Plot 17 is free", 4, 6, 22, is_solved=True),
    topic("The pump again", 5, 12, 12, is_locked=True),
    topic("Seeds to swap, with a list that is kept up to date by whoever takes something", 2, 128, 9),
    topic("Hello from plot 40", 3, 0, 24),
]


def board(title, text="", topics=48, latest=0, **more):
    t = TOPICS[latest]
    return {"title": title, "url": "/forum/" + title.split()[0].lower() + "/", "description": text,
            "has_description": bool(text), "topics": str(topics), "replies": str(topics * 9),
            "topics_label": f"{topics} topics", "replies_label": f"{topics * 9} replies",
            "has_latest": topics > 0, "latest": t | {"author": PEOPLE[latest]},
            "has_children": False} | more


GROUPS = [
    {"title": "The garden", "has_title": True, "boards": [
        board("Garden", "Beds, seeds, water, and what eats them.", 214, 1, has_children=True,
              children=[{"title": "Seeds", "url": "#"}, {"title": "Bees", "url": "#"}]),
        board("Work days", "Who comes, who brings what.", 36, 0),
        board("Swap and give away", "", 128, 4)]},
    {"title": "The association", "has_title": True, "boards": [
        board("Assembly", "Minutes, motions, accounts.", 17, 2, is_private=True),
        board("Archive of 2024", "What was said before the fence.", 77, 3, is_locked=True)]},
]


def reply(n, who, body, day, **more):
    return {"number": str(n), "anchor": f"r{n}", "url": f"#r{n}", "author": PEOPLE[who],
            "date": date(day), "has_updated": False, "body": body, "has_in_reply_to": False,
            "has_thanks": False, "report_url": f"/forum/report/{n}/",
            "quote_url": f"/forum/quote/{n}/"} | more


REPLIES = [
    reply(1, 1, "<p>Every spring the same question, so let us collect it in one place: what has "
          "<em>really</em> helped you against slugs, and what only kept you busy?</p><ul><li>beer "
          "traps</li><li>coffee grounds</li><li>copper tape</li></ul>", 20, is_first=True,
          has_thanks=True, thanks_label="Thanked by 4 members"),
    reply(2, 4, "<p>Going out at eleven with a torch. Nothing else, in nine years.</p>", 20,
          is_answer=True, has_thanks=True, thanks_label="Thanked by 11 members"),
    reply(3, 2, "<blockquote><p>copper tape</p></blockquote><p>They climb over it as soon as it is "
          "no longer bright. I measured this with <code>millimetre-paper</code> and a patience "
          "that my neighbours called worrying.</p><pre><code>day 1   0 slugs\nday 9  14 slugs, all "
          "of them beyond the tape, and apparently in the best of moods about it</code></pre>", 21,
          has_in_reply_to=True, in_reply_to={"number": "1", "url": "#r1",
                                             "author_name": "Tom Achterberg"}),
    reply(4, 3, "", 21, is_removed=True, removed_reason="An advertisement."),
    reply(5, 1, "<p>Then the torch it is. Thank you all.</p>", 22, has_updated=True,
          updated=date(23), is_author_of_topic=True),
]


def post(title, day, text="", month="May"):
    return {"title": title, "has_title": True, "url": f"/{title.split()[0].lower()}/",
            "date": date(day, month), "description": text, "has_cover": False, "lang": "en",
            "dir": "ltr", "reading_time": "2 minutes read", "has_authors": False}


POSTS = [post("The pump is back", 23, "Forty-one days, three plumbers, one sparrow’s nest. Since "
              "Saturday there is water again on the upper terraces."),
         post("What the assembly decided", 16, "Four votes and one round of applause."),
         post("Seedlings for whoever comes first", 9, "Tomatoes, basil, and something that Ole "
              "calls a surprise."),
         post("Three hives at the end of the path", 2)]
PAGER = {"has_newer": True, "newer_url": "#n", "has_older": True, "older_url": "#o"}
CRUMBS = [{"title": "Forum", "url": "/forum/"}, {"title": "Garden", "url": "/forum/garden/"}]


def crumbs(*parts):
    return {"has_crumbs": True, "crumbs": [*parts[:-1], parts[-1] | {"is_current": True}]}


def data(page):
    """What the page adds to what every page has."""
    if page == "home":
        return {"is_home": True, "is_top": True, "posts": POSTS, "has_posts": True, "pager": {},
                "list_title": "The allotments of Borgoverde", "latest_topics": TOPICS,
                "has_latest_topics": True}
    if page == "forum":
        return {"forum": {"title": "Forum", "description": "Ask, answer, lend a barrow.",
                          "has_description": True, "topics_label": "472 topics",
                          "replies_label": "4,120 replies", "members_label": "86 members",
                          "url": "/forum/"}, "groups": GROUPS, "has_boards": True,
                "latest_topics": TOPICS, "has_latest_topics": True, "search_url": "/search/",
                "feed_url": "/forum/atom.xml", "title": "Forum"}
    if page == "board":
        return {"board": GROUPS[0]["boards"][0], "topics": TOPICS[1:], "has_topics": True,
                "pinned": TOPICS[:1], "has_pinned": True, "pager": PAGER, "can_post": True,
                "new_topic_url": "/forum/garden/new/", "feed_url": "/forum/garden/atom.xml",
                "title": "Garden"} | crumbs(*CRUMBS)
    if page == "topic":
        return {"topic": TOPICS[1], "replies": REPLIES, "pager": PAGER, "can_reply": True,
                "reply_url": "#reply", "is_locked": False, "related": TOPICS[2:4],
                "has_related": True, "title": TOPICS[1]["title"]} | crumbs(
                    *CRUMBS, {"title": TOPICS[1]["title"], "url": TOPICS[1]["url"]})
    if page == "members":
        return {"members": PEOPLE, "has_members": True, "pager": PAGER, "title": "Members"}
    return {"member": PEOPLE[0] | {"bio": "<p>Plot 12, and the bees behind it. Mondays I am at the "
                                   "gate with the key.</p>", "has_bio": True, "has_website": True,
                                   "topics_label": "38 topics",
                                   "website_url": "https://example.org/"},
            "topics": TOPICS[:3], "has_topics": True, "has_posts": False,
            "title": "Ines Bertolini"} | crumbs({"title": "Members", "url": "/members/"},
                                                {"title": "Ines Bertolini", "url": "#"})


def everywhere(theme, head):
    return {
        "lang": "en", "dir": "ltr", "url": "/forum/", "head": head, "options": options(theme),
        "site": {"title": "The allotments of Borgoverde", "tagline": "Forty-two plots and a fountain",
                 "has_tagline": True, "url": "/", "absolute_url": "/", "lang": "en",
                 "has_forum": True, "has_blog": True, "forum_url": "/forum/", "blog_url": "/",
                 "members_url": "/members/", "feed_url": "/atom.xml", "archive_url": "/archive/",
                 "tags_url": "/tag/", "search_url": "/search/"},
        "menu": [{"title": "Who we are", "url": "/about/"}, {"title": "Contact", "url": "/contact/"}],
        "has_menu": True, "footer": "", "has_footer": False,
        "queries": {"news": POSTS, "dates": POSTS[1:3], "pages": [
            {"title": t, "url": "#"} for t in ("Who we are", "The plots", "Statutes", "Contact")]},
        "has_queries": {"news": True, "dates": True, "pages": True},
        "menus": {"footer": [{"title": "Legal notice", "url": "#"}]},
        "has_menus": {"footer": True}}


# What stands in {{#t}} is shown as it is written: English.
T = re.compile(r"\{\{#t(?: \w+)?\}\}|\{\{/t\}\}")


def sources(theme, assets):
    """The theme's templates and those of the default theme, by name. assets: name to address."""
    found = {}
    for layer in ("plume", theme):
        root = FOLDER / layer / "templates"
        for file in root.rglob("*.html"):
            text = T.sub("", file.read_text())
            for name, url in assets.items():
                text = text.replace(f'"assets/{name}"', f'"{url}"')
            found[str(file.relative_to(root))[:-5].removeprefix("partials/")] = text
    return found


def forum_page(host, theme, page, home):
    """The HTML of a forum page. home: that of a page of a site that wears the theme, from which
    the addresses of styles are taken."""
    assets = {url.split("/", 5)[5]: url for url in re.findall(r'"(/_/theme/\w[^"]+)"', home)}
    head = "<title>Forum</title>\n" + "\n".join(
        re.findall(r'<link rel="(?:stylesheet|icon)"[^>]*>', home))
    templates = sources(theme, assets)
    return host.run("render", "template", stdin=json.dumps(
        {"template": templates[page], "partials": templates,
         "data": everywhere(theme, head) | data(page)}))
