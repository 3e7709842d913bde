"""Pages of the default theme, as a browser and a reader with a screen reader would meet them.

A site with everything that Markdown makes is served, and each kind of page is checked for
what can be checked without looking: structure, headings, labels, languages, nothing from
elsewhere. The colours are computed from the theme's own tokens.
"""
import html.parser
import re
import unittest

import village

THEME = village.TOP / "themes" / "plume"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr", "path"}

EVERYTHING = """---
title: Everything "at once"
date: 2026-01-02
updated: 2026-02-03
tags: [one, two words]
summary: A sentence by the author.
---

A paragraph with `code`, <kbd>Ctrl</kbd>, ~~struck~~ words and a note[^1].

## Tables

| Left | Right |
|:-----|------:|
| a    |   1,5 |

### Tasks

- [ ] open
- [x] done

> [!WARNING]
> Mind the step.

## Code

```c
int main(void);
```

<details><summary>More</summary><p>Hidden.</p></details>

[^1]: The note.
"""

FOREIGN = """---
title: Le texte d'à côté
date: 2026-01-05
lang: fr
pinned: true
---

Un paragraphe.

## Une partie

Et un autre.
"""

UNTITLED = """---
date: 2026-01-04
---

A thought without a title, and a word that is Donaudampfschifffahrtsgesellschaftskapitaen long.
"""


class Page(html.parser.HTMLParser):
    """What a page is made of; `wrong` says what no page should have."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.wrong, self.ids = [], [], [], []
        self.feed(text)
        self.close()
        if self.open:
            self.wrong.append(f"never closed: {self.open}")
        self.wrong += [f"id twice: {i}" for i in set(self.ids) if self.ids.count(i) > 1]

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs), list(self.open)))
        if len(dict(attrs)) < len(attrs):
            self.wrong.append(f"an attribute twice: {self.get_starttag_text()}")
        if "id" in dict(attrs):
            self.ids.append(dict(attrs)["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else, line {self.getpos()[0]}")

    def all(self, *names):
        return [attrs for tag, attrs, _ in self.tags if tag in names]

    def headings(self):
        return [int(tag[1]) for tag, _, _ in self.tags if re.fullmatch("h[1-6]", tag)]


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = village.Host()
        cls.addClassCleanup(cls.host.close)
        for name, order in (("anna", "newest"), ("saga", "serial")):
            cls.host.site(name, title=name.title(), lang="en", order=order)
            for post, text in (("everything", EVERYTHING), ("foreign", FOREIGN),
                               ("untitled", UNTITLED)):
                cls.host.write(name, f"posts/{post}.md", text)
            cls.host.write(name, "about.md", "---\ntitle: About\nmenu: main\n---\n\nA page.\n")
            cls.host.publish(name)
        cls.host.start()

    def get(self, path, site="anna", status=200):
        reply = self.host.get(site, path)
        self.assertEqual(reply.status, status, path)
        return reply.text

    def kinds(self):
        for path, status in (("/", 200), ("/everything/", 200), ("/foreign/", 200),
                             ("/about/", 200), ("/tag/", 200), ("/tag/one/", 200),
                             ("/archive/", 200), ("/archive/2026/", 200),
                             ("/archive/2026/01/", 200), ("/search/?q=paragraph", 200),
                             ("/search/?q=nowhere", 200), ("/nothing/", 404)):
            for site in ("anna", "saga"):
                yield site + path, self.get(path, site, status)
        yield "front", self.get("/", "")
        yield "no such site", self.get("/", "nobody", 404)

    def test_every_kind_of_page_is_well_formed(self):
        for name, text in self.kinds():
            with self.subTest(name):
                self.assertTrue(text.startswith("<!doctype html>"))
                self.assertEqual(Page(text).wrong, [])

    def test_headings_begin_with_one_h1_and_skip_no_level(self):
        for name, text in self.kinds():
            with self.subTest(name):
                levels = Page(text).headings()
                self.assertEqual(levels.count(1), 1)
                self.assertEqual(levels[0], 1)
                for before, after in zip(levels, levels[1:]):
                    self.assertLessEqual(after, before + 1, levels)

    def test_landmarks_and_labels_are_there(self):
        for name, text in self.kinds():
            with self.subTest(name):
                page = Page(text)
                self.assertEqual([len(page.all(t)) for t in ("main", "title")], [1, 1])
                self.assertEqual(page.all("main")[0]["id"], "content")
                self.assertEqual(page.all("a")[0]["href"], "#content")
                for nav in page.all("nav"):
                    self.assertTrue(nav.get("aria-label") or nav.get("aria-labelledby"))
                for image in page.all("img"):
                    self.assertIn("alt", image)
                labels = {label.get("for") for label in page.all("label")}
                for field in page.all("input"):
                    self.assertTrue(field.get("id") in labels or field["type"] == "checkbox")
                for attrs in page.all("ul", "nav", "section", "aside"):
                    for other in (attrs.get("aria-labelledby") or "").split():
                        self.assertIn(other, page.ids)

    def test_nothing_runs_and_nothing_comes_from_elsewhere(self):
        for name, text in self.kinds():
            with self.subTest(name):
                page = Page(text)
                for script in page.all("script"):
                    self.assertEqual(script.get("type"), "application/ld+json")
                self.assertEqual(page.all("style", "iframe", "object"), [])
                for tag, attrs, _ in page.tags:
                    self.assertFalse({a for a in attrs if a == "style" or a.startswith("on")}, tag)
                    if tag in ("img", "source") or attrs.get("rel") in ("stylesheet", "icon"):
                        self.assertRegex(attrs.get("src") or attrs.get("href"), "^/[^/]")

    def test_a_text_in_another_language_says_so(self):
        page = Page(self.get("/"))
        self.assertIn("fr", [a.get("lang") for a in page.all("div", "a", "span")])

    def test_a_pinned_post_stands_once_on_the_home_page(self):
        self.assertEqual(self.get("/").count('href="/foreign/"'), 1)

    def test_the_page_in_the_menu_knows_that_it_is_shown(self):
        menu = [a for a in Page(self.get("/about/")).all("a") if "aria-current" in a]
        self.assertEqual([(a["href"], a["aria-current"]) for a in menu], [("/about/", "page")])

    def test_microformats_name_the_post_its_date_and_its_text(self):
        text = self.get("/everything/")
        for name in ("h-entry", "p-name", "u-url", "dt-published", "dt-updated", "p-category",
                     "e-content", "p-summary"):
            self.assertRegex(text, rf'class="[^"]*\b{name}\b')

    def test_every_preset_and_every_choice_gives_a_page(self):
        ini = (THEME / "theme.ini").read_text()
        wanted = [f"preset={name}" for name in re.findall(r"^\[preset (\w+)\]", ini, re.M)]
        for name, body in re.findall(r"^\[option (\w+)\]\n(.*?)(?=^\[|\Z)", ini, re.M | re.S):
            choices = re.search(r"^choices = (.*)", body, re.M)
            if choices:
                wanted += [f"option.{name}={c.strip()}" for c in choices[1].split(",")]
            elif "type = bool" in body:
                wanted += [f"option.{name}=yes", f"option.{name}=no"]
        self.assertGreater(len(wanted), 25)
        for setting in wanted:
            with self.subTest(setting):
                self.host.run("site", "set", "anna", setting)
                for path in ("/", "/everything/"):
                    self.assertEqual(Page(self.get(path)).wrong, [])
                self.host.run("site", "set", "anna", setting.split("=")[0] + "=")


class Colours(unittest.TestCase):
    """WCAG 2.2 AA: 4.5 to 1 for text."""

    tokens = (THEME / "sass" / "_tokens.scss").read_text()

    @staticmethod
    def rgb(colour):
        return [int(colour[i:i + 2], 16) for i in (1, 3, 5)]

    @staticmethod
    def mix(front, back, share):
        return [f * share + b * (1 - share) for f, b in zip(front, back)]

    @staticmethod
    def contrast(one, other):
        def light(colour):
            linear = [(v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4)
                      for v in colour]
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        low, high = sorted((light(one), light(other)))
        return (high + 0.05) / (low + 0.05)

    def papers(self):
        found = re.findall(r"@mixin \w+-(light|dark) \{ @include paper\(([^)]*)\)", self.tokens)
        self.assertEqual(len(found), 6)
        for scheme, colours in found:
            block = re.search(rf"@mixin {scheme} \{{(.*?)^\}}", self.tokens, re.M | re.S)[1]
            tones = dict(re.findall(r"--(\w+): (#\w{6});", block))
            share = int(re.search(r"--tint: (\d+)%", block)[1]) / 100
            yield scheme, [self.rgb(c.strip()) for c in colours.split(",")], tones, share

    def test_text_is_readable_on_every_paper_in_light_and_dark(self):
        for scheme, (bg, ink, soft, _, wash), _, _ in self.papers():
            for text in (ink, soft):
                for ground in (bg, wash):
                    self.assertGreaterEqual(self.contrast(text, ground), 4.5, scheme)

    def test_admonitions_and_marked_words_are_readable(self):
        for scheme, (bg, ink, *_), tones, share in self.papers():
            self.assertGreaterEqual(self.contrast(ink, self.rgb(tones["mark"])), 4.5)
            for name in ("note", "tip", "important", "warning", "caution"):
                tone = self.rgb(tones[name])
                ground = self.mix(tone, bg, share)
                self.assertGreaterEqual(self.contrast(tone, ground), 4.5, (scheme, name))
                self.assertGreaterEqual(self.contrast(ink, ground), 4.5, (scheme, name))


if __name__ == "__main__":
    unittest.main()
