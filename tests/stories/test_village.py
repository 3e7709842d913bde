"""The example village as its readers walk through it: every page, every link, every feed."""
import configparser
import json
import re
import shutil
import subprocess
import urllib.parse
import xml.etree.ElementTree as xml

import feeds
import html5
import village

SITES = sorted((village.TOP / "examples/sites").glob("*/site.ini"))
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def settings_of(path):
    ini = configparser.ConfigParser(interpolation=None)
    ini.read(path, encoding="utf-8")
    return dict(ini["site"]) | {f"option.{k}": v for k, v in ini["option"].items()}


class Village(village.unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = village.Host()
        cls.addClassCleanup(cls.host.close)
        cls.settings = {}
        for ini in SITES:
            name = ini.parent.name
            cls.settings[name] = settings_of(ini)
            cls.host.site(name, **cls.settings[name])
            cls.host.run("import", name, ini.parent / "content")
        cls.host.start()
        cls.pages = {name: cls.walk(name) for name in [*cls.settings, ""]}

    @classmethod
    def walk(cls, site):
        """Every address that can be reached from the home page -> what is there."""
        origin = f"http://{cls.host.name_of(site)}:{cls.host.port}"
        seen, todo = {}, ["/"]
        while todo:
            path = todo.pop()
            if path in seen:
                continue
            seen[path] = reply = cls.host.get(site, path)
            reply.page = None
            if (reply["content-type"] or "").startswith("text/html"):
                reply.page = html5.Page(reply.text)
                for link in reply.page.links + reply.page.parts:
                    to = urllib.parse.urlsplit(urllib.parse.urljoin(origin + path, link))
                    if f"{to.scheme}://{to.netloc}" == origin:
                        todo.append(to.path + (f"?{to.query}" if to.query else ""))
        return seen

    def complain(self, of):
        """Asks each page; every complaint is told, not only the first."""
        told = [f"{site}{path}: {what}" for site, pages in self.pages.items()
                for path, reply in pages.items() if reply.page
                for what in of(site, path, reply)]
        self.assertEqual(len(told), 0, "\n".join([""] + told[:40]))

    def test_every_link_leads_somewhere(self):
        lost = [f"{site}{p}: {r.status}" for site, pages in self.pages.items()
                for p, r in pages.items() if r.status not in (200, 301, 302)]
        self.assertEqual(lost, [])
        for site in self.settings:
            self.assertGreater(len(self.pages[site]), 25, site)

    def test_every_page_is_sound(self):
        self.complain(lambda site, path, reply: reply.page.complaints)

    def test_a_page_speaks_the_language_of_its_site(self):
        def strange(site, path, reply):
            lang = self.settings.get(site, {"lang": "en"})["lang"]
            if path in ("/", "/archive/", "/tag/", "/search/") and reply.page.lang != lang:
                yield reply.page.lang
        self.complain(strange)

    def test_anchors_exist(self):
        def lost(site, path, reply):
            for link in reply.page.links:
                to = urllib.parse.urlsplit(link)
                there = self.pages[site].get(urllib.parse.urljoin(path, to.path or path))
                if (to.fragment and not to.netloc
                        and urllib.parse.unquote(to.fragment) not in there.page.ids):
                    yield link
        self.complain(lost)

    def test_nothing_is_loaded_from_elsewhere(self):
        def foreign(_, __, reply):
            yield from (p for p in reply.page.parts if not p.startswith("/") or p[:2] == "//")
            if "<script src" in reply.text:
                yield "a script"
        self.complain(foreign)

    def test_tidy_finds_no_error(self):
        if not shutil.which("tidy"):
            self.skipTest("tidy is not installed")

        def tidy(_, __, reply):
            done = subprocess.run(["tidy", "-q", "-e", "-utf8", "--show-warnings", "no"],
                                  input=reply.body, capture_output=True, check=False)
            # tidy 5.6 does not know all elements of today.
            return [l for l in done.stderr.decode().splitlines()
                    if "Error:" in l and "is not recognized" not in l]
        self.complain(tidy)

    def test_drafts_are_not_shown(self):
        shown = {p for p, r in self.pages["anna"].items() if r.status == 200}
        for file in (village.TOP / "examples/sites/anna/content").rglob("*.md"):
            if "\ndraft: true" in file.read_text():
                self.assertFalse([p for p in shown if file.stem in p], file)


class Feeds(Village):
    def fetch(self, site, path):
        got = self.host.get(site, path)
        self.assertEqual(got.status, 200, path)
        return got

    def test_atom_is_atom(self):
        for site in self.settings:
            feed = xml.fromstring(self.fetch(site, "/atom.xml").body)
            self.assertEqual(feed.tag, ATOM + "feed")
            for name in ("id", "title", "updated"):
                self.assertEqual(len(feed.findall(ATOM + name)), 1, name)
            entries = feed.findall(ATOM + "entry")
            self.assertGreater(len(entries), 5)
            ids = [e.findtext(ATOM + "id") for e in entries]
            self.assertEqual(len(set(ids)), len(ids))
            for entry in entries:
                for name in ("id", "title", "updated"):
                    self.assertTrue(entry.findtext(ATOM + name), name)
                self.assertRegex(entry.findtext(ATOM + "updated"),
                                 r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$")
                self.assertTrue(entry.find(ATOM + "content").text)
            own = [l.get("href") for l in feed.findall(ATOM + "link") if l.get("rel") == "self"]
            self.assertEqual(len(own), 1)
            self.assertTrue(own[0].endswith("/atom.xml"))

    def test_rss_is_rss(self):
        for site in self.settings:
            feed = xml.fromstring(self.fetch(site, "/rss.xml").body)
            self.assertEqual((feed.tag, feed.get("version")), ("rss", "2.0"))
            channel = feed.find("channel")
            for name in ("title", "link", "description"):
                self.assertTrue(channel.findtext(name), name)
            items = channel.findall("item")
            self.assertGreater(len(items), 5)
            for item in items:
                self.assertTrue(item.findtext("title"))
                self.assertTrue(item.findtext("guid"))
                self.assertTrue(item.findtext("link").startswith("http://"))
                self.assertRegex(item.findtext("pubDate"), r"^\w{3}, \d\d \w{3} \d{4} "
                                                           r"\d\d:\d\d:\d\d [+-]\d{4}$")

    def test_every_feed_is_what_its_standard_says(self):
        for site in self.settings:
            lists = [path for path in self.pages[site] if re.fullmatch(r"/tag/[^/]+/", path)]
            self.assertGreater(len(lists), 2, site)
            for path in ["/"] + lists:
                for name, check in (("atom.xml", feeds.atom), ("rss.xml", feeds.rss)):
                    self.assertEqual(check(self.fetch(site, path + name).body), [],
                                     f"{site}{path}{name}")

    def test_what_is_wrong_with_a_feed_would_be_found(self):
        good = self.fetch("anna", "/atom.xml").text
        for old, new in ((r"<id>[^<]*</id>", ""), ("</entry>", "<id>http://a/</id></entry>"),
                         ("<updated>2", "<updated>x2"), (r"(\d)T(\d)", r"\1 \2"), ("<author>", "<author><name>x</name>"),
                         ('rel="self"', 'rel="via"'), ('term="', 'name="'), ('xml:lang="', 'lang="'),
                         ("<entry ", "entries <entry "), ("<title>", "<title><b/>"),
                         ('href="http://', 'href="//'), ('type="html"', 'type="markdown"')):
            bad = re.sub(old, new, good)
            self.assertNotEqual(bad, good, old)
            self.assertTrue(feeds.atom(bad.encode()), old)
        good = self.fetch("anna", "/rss.xml").text
        for old, new in (("<description>", "<description><b/>"), (" +0", " 0"), ("<link>http", "<link>"),
                         ("Mon, ", "Sun, "), ("Tue, ", "Wed, "), ("<item>", "<item><id/>"),
                         ('rel="self"', 'rel="next"'), ("<language>", "<language>?"),
                         ('<guid isPermaLink="true">', "<guid>?"), ("</channel>", "</channel>x"),
                         (' href=&quot;http', ' href=&quot;'), ('version="2.0"', 'version="0.91"')):
            bad = good.replace(old, new)
            if bad != good:
                self.assertTrue(feeds.rss(bad.encode()), old)
        item = good[good.index("<item>"):good.index("</item>") + len("</item>")]
        self.assertTrue(feeds.rss(good.replace(item, item * 2).encode()))

    def test_json_feed_is_json_feed(self):
        for site in self.settings:
            feed = json.loads(self.fetch(site, "/feed.json").body)
            self.assertEqual(feed["version"], "https://jsonfeed.org/version/1.1")
            self.assertTrue(feed["title"] and feed["home_page_url"] and feed["feed_url"])
            for item in feed["items"]:
                self.assertTrue(item["id"] and item["url"] and item["content_html"])

    def test_addresses_in_feeds_are_whole_and_answer(self):
        for site in self.settings:
            origin = f"http://{self.host.name_of(site)}:{self.host.port}"
            feed = xml.fromstring(self.fetch(site, "/atom.xml").body)
            for entry in feed.findall(ATOM + "entry"):
                link = entry.find(ATOM + "link").get("href")
                self.assertTrue(link.startswith(origin), link)
                self.assertEqual(self.host.get(site, link.removeprefix(origin)).status, 200)
                content = entry.find(ATOM + "content").text
                self.assertNotIn('href="/', content)
                self.assertNotIn('src="/', content)

    def test_the_sitemap_names_every_text_and_nothing_else(self):
        for site in self.settings:
            origin = f"http://{self.host.name_of(site)}:{self.host.port}"
            index = xml.fromstring(self.fetch(site, "/sitemap.xml").body)
            parts = [index]
            if index.tag == MAP + "sitemapindex":
                parts = [xml.fromstring(self.fetch(site, l.text.removeprefix(origin)).body)
                         for l in index.iter(MAP + "loc")]
            paths = [l.text.removeprefix(origin) for p in parts for l in p.iter(MAP + "loc")]
            self.assertEqual(len(set(paths)), len(paths))
            for path in paths:
                self.assertEqual(self.host.get(site, path).status, 200, path)
            self.assertGreater(len(paths), 10)

    def test_robots_may_come_in_and_find_the_map(self):
        for site in self.settings:
            robots = self.fetch(site, "/robots.txt").text
            self.assertIn("Sitemap: http://", robots)
            self.assertIn("User-agent: *", robots)

    def test_the_source_of_a_post_is_at_md(self):
        paths = [p for p, r in self.pages["anna"].items()
                 if r.page and 'rel="alternate" type="text/markdown"' in r.text]
        self.assertGreater(len(paths), 5)
        for path in paths:
            got = self.fetch("anna", path.rstrip("/") + ".md")
            self.assertIn("text/markdown", got["content-type"])

    # Those of Village ran there already.
    for name in [n for n in dir(Village) if n.startswith("test_")]:
        locals()[name] = None
    del name


if __name__ == "__main__":
    village.unittest.main()
