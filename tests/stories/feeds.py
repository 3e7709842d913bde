"""What is wrong with a feed, sentence by sentence: Atom by RFC 4287, RSS by its 2.0 specification.

    self.assertEqual(feeds.atom(got.body), [])

Stricter than both where readers stumble: addresses are whole, the feed says where it is itself,
and no id comes twice.
"""
import datetime
import re
import urllib.parse
import xml.etree.ElementTree as xml

import html5

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)")
DAY = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d"
                 r" ([+-]\d{4}|GMT)")
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")

# How often an element may stand in another: (least, most), most None for any number.
ONE, MAYBE, ANY = (1, 1), (0, 1), (0, None)
PERSON = {"name": ONE, "uri": MAYBE, "email": MAYBE}
ENTRY = {"id": ONE, "title": ONE, "updated": ONE, "published": MAYBE, "summary": MAYBE,
         "content": MAYBE, "rights": MAYBE, "source": MAYBE, "author": ANY, "category": ANY,
         "contributor": ANY, "link": ANY}
FEED = {"id": ONE, "title": ONE, "updated": ONE, "subtitle": MAYBE, "generator": MAYBE,
        "icon": MAYBE, "logo": MAYBE, "rights": MAYBE, "author": ANY, "category": ANY,
        "contributor": ANY, "link": ANY, "entry": ANY}
ATTRIBUTES = {"link": {"href", "rel", "type", "hreflang", "title", "length"},
              "category": {"term", "scheme", "label"}, "content": {"type", "src"},
              "generator": {"uri", "version"}, "title": {"type"}, "subtitle": {"type"},
              "summary": {"type"}, "rights": {"type"}}
CHANNEL = {"title": ONE, "link": ONE, "description": ONE, "category": ANY, "item": ANY} | {
    name: MAYBE for name in ("language", "copyright", "managingEditor", "webMaster", "pubDate",
                             "lastBuildDate", "generator", "docs", "cloud", "ttl", "image",
                             "rating", "textInput", "skipHours", "skipDays")}
ITEM = {"category": ANY} | {
    name: MAYBE for name in ("title", "link", "description", "author", "comments", "enclosure",
                             "guid", "pubDate", "source")}


def is_whole(address):
    parts = urllib.parse.urlsplit(address or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"\s", address)


def is_moment(text):
    found = MOMENT.fullmatch(text or "")
    try:
        return bool(found and datetime.datetime.fromisoformat(found[1]))
    except ValueError:
        return False


def is_day(text):
    """With the weekday that it was."""
    if not DAY.fullmatch(text or ""):
        return False
    try:
        return datetime.datetime.strptime(text[5:25], "%d %b %Y %H:%M:%S").strftime("%a") == text[:3]
    except ValueError:
        return False


class Feed:
    def __init__(self, body):
        self.complaints = []
        self.root = xml.fromstring(body)

    def tell(self, where, what):
        self.complaints.append(f"{where}: {what}")

    def count(self, parent, where, rules, prefix=""):
        """Every child is one of the rules, as often as they say; other namespaces are welcome."""
        names = [child.tag.removeprefix(prefix) for child in parent]
        for name in {name for name in names if "{" not in name} - set(rules):
            self.tell(where, f"<{name}> does not belong there")
        for name, (least, most) in rules.items():
            n = names.count(name)
            if n < least or (most is not None and n > most):
                self.tell(where, f"<{name}> stands there {n} times")
        if (parent.text or "").strip() or any((child.tail or "").strip() for child in parent):
            self.tell(where, "text between the elements")

    def text(self, parent, where, name):
        """The text of an element that must have some, if it is there."""
        part = parent.find(name)
        if part is None:
            return None
        if not (part.text or "").strip() or len(part):
            self.tell(where, f"<{name}> has no text")
        return part.text

    def html(self, where, text):
        page = html5.Page(f"<!DOCTYPE html><title>x</title>{text}")
        for address in page.links + page.parts:
            if not urllib.parse.urlsplit(address).scheme:
                self.tell(where, f"the address {address} depends on where it is read")

    def unique(self, where, ids):
        for one in {one for one in ids if ids.count(one) > 1}:
            self.tell(where, f"the id {one} comes twice")


class Atom(Feed):
    def attributes(self, part, where):
        name = part.tag.removeprefix(ATOM)
        for key, value in part.attrib.items():
            if key == LANG and not TAG.fullmatch(value):
                self.tell(where, f"xml:lang=\"{value}\" is no language")
            if "{" not in key and key not in ATTRIBUTES.get(name, ()):
                self.tell(where, f"<{name}> has no attribute {key}")

    def link(self, link, where):
        if not is_whole(link.get("href")):
            self.tell(where, f"the link {link.get('href')} is not whole")
        if link.get("type") and not TYPE.fullmatch(link.get("type")):
            self.tell(where, f"the link has the type {link.get('type')}")
        return link.get("rel", "alternate"), link.get("type"), link.get("hreflang")

    def common(self, part, where):
        """What feeds and entries have both. Returns the rels of its links."""
        if not is_whole(self.text(part, where, ATOM + "id")):
            self.tell(where, "the id is no whole address")
        for name in ("updated", "published"):
            date = part.find(ATOM + name)
            if date is not None and not is_moment(date.text):
                self.tell(where, f"<{name}> is no date of RFC 3339: {date.text}")
        for person in part.findall(ATOM + "author") + part.findall(ATOM + "contributor"):
            self.count(person, f"{where}, author", PERSON, ATOM)
            self.text(person, f"{where}, author", ATOM + "name")
        for category in part.findall(ATOM + "category"):
            if not category.get("term"):
                self.tell(where, "a category without term")
        links = [self.link(link, where) for link in part.findall(ATOM + "link")]
        alternate = [link for link in links if link[0] == "alternate"]
        if len(set(alternate)) < len(alternate):
            self.tell(where, "two alternate links of one type and language")
        return [link[0] for link in links]

    def entry(self, entry, where, signed):
        self.count(entry, where, ENTRY, ATOM)
        self.text(entry, where, ATOM + "title")
        rels = self.common(entry, where)
        content = entry.find(ATOM + "content")
        if content is None and "alternate" not in rels:
            self.tell(where, "neither content nor a link to it")
        if not signed and entry.find(ATOM + "author") is None:
            self.tell(where, "nobody wrote it")
        if content is not None:
            if content.get("type") not in ("html", "text") or len(content):
                self.tell(where, "the content is not one text")
            self.html(where, content.text or "")

    def check(self):
        feed = self.root
        if feed.tag != ATOM + "feed":
            self.tell("feed", f"is a {feed.tag}")
            return self.complaints
        for part in feed.iter():
            if part.tag.startswith(ATOM):
                self.attributes(part, part.tag.removeprefix(ATOM))
        self.count(feed, "feed", FEED, ATOM)
        self.text(feed, "feed", ATOM + "title")
        rels = self.common(feed, "feed")
        if rels.count("self") != 1 or rels.count("alternate") != 1:
            self.tell("feed", "does not say where it is and what it is of")
        entries = feed.findall(ATOM + "entry")
        for i, entry in enumerate(entries, 1):
            self.entry(entry, f"entry {i}", feed.find(ATOM + "author") is not None)
        self.unique("feed", [feed.findtext(ATOM + "id")] + [e.findtext(ATOM + "id") for e in entries])
        return self.complaints


class Rss(Feed):
    def addresses(self, part, where):
        link = part.find("link")
        if link is not None and not is_whole(link.text):
            self.tell(where, f"<link> is not whole: {link.text}")
        for name in ("pubDate", "lastBuildDate"):
            date = part.find(name)
            if date is not None and not is_day(date.text):
                self.tell(where, f"<{name}> is no date of RFC 822: {date.text}")

    def item(self, item, where):
        self.count(item, where, ITEM)
        self.addresses(item, where)
        for name in ("title", "description"):
            self.text(item, where, name)
        if item.find("title") is None and item.find("description") is None:
            self.tell(where, "neither title nor description")
        guid = item.find("guid")
        if guid is None or not guid.text:
            self.tell(where, "no guid")
        elif guid.get("isPermaLink", "true") == "true" and not is_whole(guid.text):
            self.tell(where, f"the guid is no address: {guid.text}")
        if len(item.findall(CONTENT + "encoded")) > 1:
            self.tell(where, "two contents")
        self.html(where, item.findtext(CONTENT + "encoded") or "")

    def check(self):
        if self.root.tag != "rss" or self.root.get("version") != "2.0":
            self.tell("rss", "is not RSS 2.0")
            return self.complaints
        self.count(self.root, "rss", {"channel": ONE})
        channel = self.root.find("channel")
        self.count(channel, "channel", CHANNEL)
        self.addresses(channel, "channel")
        for name in ("title", "description"):
            self.text(channel, "channel", name)
        if channel.find("language") is not None and not TAG.fullmatch(channel.findtext("language")):
            self.tell("channel", "<language> is none")
        own = channel.findall(ATOM + "link")
        if [link.get("rel") for link in own] != ["self"] or not is_whole(own[0].get("href")):
            self.tell("channel", "does not say where it is")
        items = channel.findall("item")
        for i, item in enumerate(items, 1):
            self.item(item, f"item {i}")
        self.unique("channel", [item.findtext("guid") for item in items])
        return self.complaints


def atom(body):
    return Atom(body).check()


def rss(body):
    return Rss(body).check()
