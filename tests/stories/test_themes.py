"""Every theme that comes with the program: each kind of page, and those of the forum.

What test_pages_look.py asks of the default theme is asked of all here, in short.
"""
import unittest

import themes
import village
from test_pages_look import EVERYTHING, FOREIGN, UNTITLED, Page

PATHS = (("/", 200), ("/everything/", 200), ("/about/", 200), ("/tag/", 200), ("/tag/one/", 200),
         ("/archive/", 200), ("/archive/2026/", 200), ("/archive/2026/01/", 200),
         ("/search/?q=paragraph", 200), ("/search/?q=nowhere", 200), ("/nothing/", 404))


class Themes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = village.Host()
        cls.addClassCleanup(cls.host.close)
        cls.host.write("all", "about.md", "---\ntitle: About\nmenu: main\n---\n\nA page.\n")
        for name, text in (("everything", EVERYTHING), ("foreign", FOREIGN),
                           ("untitled", UNTITLED)):
            cls.host.write("all", f"posts/{name}.md", text)
        for theme in themes.ALL:
            for order in ("newest", "serial"):
                name = f"{theme}-{order}"
                cls.host.site(name, title=name.title(), lang="en", order=order, theme=theme)
                cls.host.run("import", name, cls.host.folder("all"))
        cls.host.start()

    def pages(self, theme):
        for order in ("newest", "serial"):
            for path, status in PATHS:
                reply = self.host.get(f"{theme}-{order}", path)
                self.assertEqual(reply.status, status, path)
                self.assertIn(f"/_/theme/{theme}/", reply.text)
                yield order + path, reply.text
        home = self.host.get(f"{theme}-newest", "/").text
        for page in themes.FORUM:
            yield page, themes.forum_page(self.host, theme, page, home)

    def check(self, text):
        page = Page(text)
        self.assertEqual(page.wrong, [])
        levels = page.headings()
        self.assertEqual((levels.count(1), levels[0]), (1, 1), levels)
        for before, after in zip(levels, levels[1:]):
            self.assertLessEqual(after, before + 1, levels)
        self.assertEqual([len(page.all(t)) for t in ("main", "title")], [1, 1])
        self.assertEqual((page.all("main")[0]["id"], page.all("a")[0]["href"]),
                         ("content", "#content"))
        for nav in page.all("nav"):
            self.assertTrue(nav.get("aria-label") or nav.get("aria-labelledby"))
        for attrs in page.all("ul", "nav", "section", "aside"):
            for other in (attrs.get("aria-labelledby") or "").split():
                self.assertIn(other, page.ids)
        for image in page.all("img"):
            self.assertIn("alt", image)
        labels = {label.get("for") for label in page.all("label")}
        for field in page.all("input"):
            self.assertTrue(field.get("id") in labels or field["type"] == "checkbox")
        for tag, attrs, _ in page.tags:
            self.assertFalse({a for a in attrs if a == "style" or a.startswith("on")}, tag)

    def test_every_page_of_every_theme_is_well_formed_and_can_be_found_around_in(self):
        for theme in themes.ALL:
            for name, text in self.pages(theme):
                with self.subTest(f"{theme} {name}"):
                    self.check(text)

    def test_every_preset_and_every_choice_gives_a_page(self):
        for theme in themes.ALL:
            site = f"{theme}-newest"
            for setting in themes.settings(theme):
                with self.subTest(f"{theme} {setting}"):
                    self.host.run("site", "set", site, setting)
                    self.assertEqual(Page(self.host.get(site, "/everything/").text).wrong, [])
                    self.host.run("site", "set", site, setting.split("=")[0] + "=")

    def test_a_chapter_counts_those_that_come_after_it(self):
        self.host.site("tale", lang="fr", order="serial", theme="feuilleton")
        for n, name in enumerate(("one", "two"), start=1):
            self.host.write("tale", f"posts/{name}.md", f"---\ntitle: {name}\ndate: 2026-01-0{n}\n"
                            f"weight: {n}\n---\n\nA chapter.\n")
            self.host.publish("tale")
            self.assertIn(f">Chapitre 1 sur {n}<", self.host.get("tale", "/one/").text)

    def test_theme_check_finds_nothing(self):
        for theme in themes.ALL:
            with self.subTest(theme):
                self.assertEqual(self.host.run("theme", "check", themes.FOLDER / theme),
                                 "Nothing was found.\n")

    def test_every_theme_is_whole(self):
        for theme in themes.ALL:
            with self.subTest(theme):
                folder = themes.FOLDER / theme
                for name in ("README.md", "LICENSE", "screenshot.png", "assets/icon.svg"):
                    self.assertTrue((folder / name).is_file(), name)
                picture = (folder / "screenshot.png").read_bytes()
                size = [int.from_bytes(picture[i:i + 4], "big") for i in (16, 20)]
                self.assertEqual(size, [1200, 900])
                self.assertLess(len(picture), 500 * 1024)
                self.assertGreater(len(themes.options(theme)), 5)


if __name__ == "__main__":
    unittest.main()
