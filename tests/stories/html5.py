"""A strict reader of our own pages: what is not closed, twice or nameless is a complaint.

It knows the rules that a browser forgives and a screen reader does not; it is no validator
(tidy and a browser are asked as well, where they are installed).
"""
import html.parser
import re

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr"}
PHRASING_ONLY = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "span", "em", "strong", "small",
                 "summary"}
BLOCKS = {"p", "div", "ul", "ol", "dl", "table", "section", "article", "aside", "nav", "header",
          "footer", "main", "figure", "blockquote", "pre", "form", "hr", "h1", "h2", "h3", "h4",
          "h5", "h6", "details"}


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.complaints, self.stack, self.ids, self.links, self.parts = [], [], set(), [], []
        self.fors, self.aria, self.lang, self.title, self.headings = [], [], None, "", []
        self.names = {}
        if not text.startswith("<!doctype html>"):
            self.complain("does not begin with a doctype")
        self.feed(text)
        self.close()
        for tag, _ in self.stack:
            self.complain(f"<{tag}> is not closed")
        self.finish()

    def complain(self, what):
        self.complaints.append(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if len(a) != len(attrs):
            self.complain(f"<{tag}> has an attribute twice")
        for outer, _ in self.stack:
            if outer in PHRASING_ONLY and tag in BLOCKS:
                self.complain(f"<{tag}> inside <{outer}>")
            if outer == tag == "a" or outer == tag == "form":
                self.complain(f"<{tag}> inside <{tag}>")
        self.look_at(tag, a)
        if tag not in VOID:
            self.stack.append((tag, a))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def look_at(self, tag, a):
        if "id" in a:
            if a["id"] in self.ids or not a["id"] or re.search(r"\s", a["id"]):
                self.complain(f"the id {a['id']!r} is empty or not the only one")
            self.ids.add(a["id"])
        if tag == "html":
            self.lang = a.get("lang")
        if tag == "img" and "alt" not in a:
            self.complain(f"<img src={a.get('src')}> has no alt")
        if tag == "a" and "href" in a:
            self.links.append(a["href"])
        if tag in ("img", "script", "source", "iframe") and a.get("src"):
            self.parts.append(a["src"])
        if tag == "link" and a.get("rel") in ("stylesheet", "icon", "preload"):
            self.parts.append(a["href"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "label" and a.get("for"):
            self.fors.append(a["for"])
        for key in ("aria-labelledby", "aria-describedby", "aria-controls"):
            self.aria += (a.get(key) or "").split()
        for key in a:
            if key.startswith("on"):
                self.complain(f"<{tag}> has {key}")
        if "style" in a:
            self.complain(f"<{tag}> has a style of its own, which the policy forbids")

    def handle_endtag(self, tag):
        if tag in VOID:
            self.complain(f"</{tag}>")
        elif not self.stack or self.stack[-1][0] != tag:
            self.complain(f"</{tag}> closes {self.stack[-1][0] if self.stack else 'nothing'}")
            while self.stack and self.stack.pop()[0] != tag:
                pass
        else:
            self.stack.pop()

    def handle_data(self, data):
        if self.stack and self.stack[-1][0] == "title":
            if [t for t, _ in self.stack] == ["html", "head", "title"]:
                self.title += data

    def finish(self):
        if not self.lang:
            self.complain("no language")
        if not self.title.strip():
            self.complain("no title")
        if self.headings.count(1) != 1:
            self.complain(f"{self.headings.count(1)} headings of the first order")
        for was, now in zip(self.headings, self.headings[1:]):
            if now > was + 1:
                self.complain(f"h{now} follows h{was}")
        for ref in self.fors + self.aria:
            if ref not in self.ids:
                self.complain(f"nothing has the id {ref!r}")
