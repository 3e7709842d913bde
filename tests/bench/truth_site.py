"""What a site of the truth bench is, state by state, and what each of its pages shows in a state.

A state is never changed: a change makes the next one. Whoever has an answer asks which of the
states that may have been true could have given it.
"""
import dataclasses
import re

POSTS = 5
TAGS = ("even", "odd", "rain")
PLACES = 4                      # days that a post may have
TITLE = re.compile(r"Post (\d+) (?:<mark>)?edit(?:</mark>)? (\d+)\.")
SITE = re.compile(r"Site (\w+) title (\d+)\.")
MARK = re.compile(r"(?:Begin|Middle|End) (\d+)\.")
COUNT = re.compile(r'href="/((?:archive/2021|tag)/\w+)/">[^<]*</a> <span class="count">(\d+) ')
CANONICAL = re.compile(r'<link rel="canonical" href="http://([\w-]+)\.localhost')
WORD = re.compile(r'<a href="/tag/">(\w+)</a>')           # stands below every page
PLACE = re.compile(r"<loc>http://([\w-]+)\.localhost(?::\d+)?(/[^<]*)</loc>")
FRONT = re.compile(r'href="http://([\w-]+)\.localhost(?::\d+)?/p(\d+)/"[^>]*>Post \d+ edit (\d+)\.')
FEEDS = ("/rss.xml", "/atom.xml", "/feed.json")

TEXT = """---
title: Post {post} edit {edit}.
date: 2021-{month:02}-{day:02}
tags: [{tags}]
draft: {draft}
---
Begin {edit}.

{filler}

Middle {edit}.

{filler}

End {edit}.
"""


@dataclasses.dataclass(frozen=True)
class Post:
    edit: int = 0
    tags: tuple = ("even",)
    draft: bool = False
    place: int = 0

    def month(self):
        return 1 + self.place % 2

    def text(self, number):
        filler = " ".join(f"word{(self.edit * 7 + i) % 50}" for i in range(200))
        return TEXT.format(post=number, edit=self.edit, month=self.month(), filler=filler,
                           day=1 + number + POSTS * self.place, tags=", ".join(self.tags),
                           draft="true" if self.draft else "false")


@dataclasses.dataclass(frozen=True)
class State:
    name: str
    title: int = 0
    word: int = 0                       # how often "Tags" was called something else
    shown: int = 200                    # or what the whole site answers: 503, 410
    posts: tuple = (Post(),) * POSTS    # None: there is none
    gone: frozenset = frozenset()       # where something was that went

    def with_posts(self, new):
        """new: number -> Post or None."""
        posts, gone = list(self.posts), set(self.gone)
        for number, post in new.items():
            if post is None and posts[number] and not posts[number].draft:
                gone.add(number)
            if post and not post.draft:
                gone.discard(number)
            posts[number] = post
        return dataclasses.replace(self, posts=tuple(posts), gone=frozenset(gone))

    def published(self):
        """Numbers, oldest first."""
        out = [n for n, p in enumerate(self.posts) if p and not p.draft]
        return sorted(out, key=lambda n: (self.posts[n].month(), n + POSTS * self.posts[n].place))

    def pairs(self, numbers):
        return {(n, self.posts[n].edit) for n in numbers}


@dataclasses.dataclass(frozen=True)
class Seen:
    """What an answer says, as far as it is compared."""
    status: int
    host: str = ""              # whose name the page gives itself, or where it leads
    title: int = -1             # -1: the page does not say
    word: str = ""
    pairs: frozenset = frozenset()
    marks: frozenset = frozenset()
    counts: tuple = ()
    places: frozenset = frozenset()


def read(status, fields, text):
    """The Seen of an answer."""
    if status == 301:
        host = re.match(r"http://([\w-]+)\.localhost", fields.get("location", ""))
        return Seen(status, host.group(1) if host else "?")
    host = CANONICAL.search(text) or PLACE.search(text)
    titles = {int(t) for _, t in SITE.findall(text)}
    if len(titles) > 1:
        return Seen(status, "?", -2)
    return Seen(status, host.group(1) if host else "", titles.pop() if titles else -1,
                "/".join(set(WORD.findall(text))),
                frozenset((int(p), int(e)) for p, e in TITLE.findall(text)),
                frozenset(int(e) for e in MARK.findall(text)),
                tuple(sorted({(where, int(n)) for where, n in COUNT.findall(text)})),
                frozenset(path for _, path in PLACE.findall(text)))


def words_of(state):
    return f"Word{state.word}" if state.word else "Tags"


def paths():
    """Every page that is looked at."""
    posts = [f"/p{n}{end}" for n in range(POSTS) for end in ("/", ".md")]
    lists = [f"/tag/{t}/" for t in TAGS] + ["/archive/2021/01/", "/archive/2021/02/", "/archive/2021/"]
    return ["/", "/archive/", "/tag/", "/sitemap.xml", "/search/?q=edit", *FEEDS, *posts, *lists]


def agrees(seen, state, name, path):
    """Could a site in this state have given this, asked by this name?"""
    if name != state.name:
        return seen.status == 301 and seen.host == state.name
    if state.shown != 200:
        return seen.status == state.shown
    if (seen.host not in ("", state.name) or seen.title not in (-1, state.title)
            or seen.word not in ("", words_of(state))):
        return False
    out = state.published()
    if path.startswith("/p") and path[2].isdigit():
        return agrees_post(seen, state, int(path[2]), out, path.endswith(".md"))
    wanted = {n for n in out if is_listed(path, state.posts[n])}
    if path.startswith(("/tag/", "/archive/2021/")) and path not in ("/tag/", "/archive/2021/"):
        return seen.pairs == state.pairs(wanted) if wanted else seen.status == 404
    if path == "/sitemap.xml":
        return seen.status == 200 and {f"/p{n}/" for n in out} == seen.places - {"/"}
    if path in ("/archive/", "/archive/2021/", "/tag/"):
        return agrees_counts(seen, state, path, out)
    return seen.status == 200 and seen.pairs == state.pairs(out)


def agrees_post(seen, state, number, out, is_source):
    if number not in out:
        return seen.status == (410 if number in state.gone and not is_source else 404)
    at, own = out.index(number), state.posts[number].edit
    beside = [] if is_source else [n for n in (at - 1, at + 1) if 0 <= n < len(out)]
    must = state.pairs([number] + [out[n] for n in beside])
    return (seen.status == 200 and must <= seen.pairs <= state.pairs(out) and seen.marks == {own})


def is_listed(path, post):
    part = path.strip("/").split("/")
    if part[0] == "tag" and len(part) == 2:
        return part[1] in post.tags
    return part[0] != "archive" or len(part) < 3 or int(part[2]) == post.month()


def agrees_counts(seen, state, path, out):
    if not out and path == "/archive/2021/":
        return seen.status == 404
    counts = {}
    for n in out:
        post = state.posts[n]
        for key in ([f"tag/{t}" for t in post.tags] if path == "/tag/"
                    else [f"archive/2021/{post.month():02}"]):
            counts[key] = counts.get(key, 0) + 1
    return seen.status == 200 and set(counts.items()) == set(seen.counts)
