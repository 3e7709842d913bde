"""What language a reader of a site has: the site's, or one that he chose in the page."""
import re
import urllib.parse

import html5
import village


def links_of(reply):
    return html5.Page(reply.text).links


class Reader(village.Story):
    """What a reader chose stands in the address, and the pages lead on in it."""

    def setUp(self):
        super().setUp()
        self.host.site("anna", lang="en", languages="fr, de", title="Anna")
        self.host.write("anna", "rain.md", "---\ntitle: Rain\ndate: 2024-03-01\ntags: [wet]\n"
                        "---\n\nIt rains. [Sun](/sun/)\n")
        self.host.write("anna", "sun.md", "---\ntitle: Sun\ndate: 2024-03-02\n---\n\nSun.\n")
        self.host.write("anna", "regen.md", "---\ntitle: Regen\ndate: 2024-03-03\nlang: de\n"
                        "---\n\nEs regnet.\n")
        self.host.publish("anna")

    def test_a_reader_stays_in_the_language_that_he_chose(self):
        seen, todo = set(), ["/_/fr/"]
        while todo:
            path = todo.pop()
            if path in seen:
                continue
            seen.add(path)
            reply = self.host.get("anna", path)
            self.assertEqual(reply.status, 200, path)
            page = html5.Page(reply.text)
            self.assertEqual(page.lang, "fr", path)
            self.assertEqual(page.complaints, [], path)
            for link in page.links:
                to = urllib.parse.urlsplit(link)
                if to.netloc or "." in to.path.rsplit("/", 1)[-1]:
                    continue
                there = urllib.parse.urljoin(path, to.path or path)
                if not there.startswith("/_/fr/"):
                    # Only the menu of languages leads out.
                    self.assertIn(there, (path[5:], "/_/de" + path[5:]), path)
                else:
                    todo.append(there)
        for path in ("/_/fr/rain/", "/_/fr/sun/", "/_/fr/archive/", "/_/fr/tag/wet/"):
            self.assertIn(path, seen)

    def test_the_texts_stay_and_say_their_language(self):
        french = self.host.get("anna", "/_/fr/rain/").text
        self.assertIn("It rains.", french)
        self.assertRegex(french, r'lang="en"')
        self.assertIn("mars 2024", french)
        self.assertIn("March 2024", self.host.get("anna", "/rain/").text)

    def test_caches_do_not_mix_languages(self):
        for _ in range(2):
            for lang, path in (("en", "/archive/"), ("fr", "/_/fr/archive/"),
                               ("de", "/_/de/archive/")):
                self.assertEqual(html5.Page(self.host.get("anna", path).text).lang, lang)
        again = self.host.get("anna", "/_/fr/archive/", **{"Accept-Language": "de"})
        self.assertEqual(html5.Page(again.text).lang, "fr")
        self.assertNotIn("Accept-Language", again["vary"] or "")

    def test_search_engines_find_each_language_once(self):
        for path in ("/archive/", "/_/fr/archive/", "/_/de/archive/"):
            text = self.host.get("anna", path).text
            self.assertRegex(text, f'rel="canonical" href="[^"]*{path}"')
            for lang, to in (("en", "/archive/"), ("fr", "/_/fr/archive/"),
                             ("de", "/_/de/archive/"), ("x-default", "/archive/")):
                self.assertRegex(text, f'hreflang="{lang}" href="http://anna[^"]*[0-9]{to}"')
        german = self.host.get("anna", "/_/fr/regen/").text
        self.assertRegex(german, r'rel="canonical" href="http://anna[^"/]*/regen/"')
        self.assertIn("/_/fr/</loc>", self.host.get("anna", "/sitemap.xml").text)

    def test_other_addresses_lead_to_where_the_page_is(self):
        for path, status, to in (("/_/en/rain/", 301, "/rain/"), ("/_/es/rain/", 302, "/rain/"),
                                 ("/_/fr/rain", 301, "/_/fr/rain/"),
                                 ("/_/fr/atom.xml", 301, "/atom.xml"),
                                 ("/_/fr/feed/", 301, "/feed/"),
                                 ("/_/fr/start/", 302, "/_/fr/rain/"),
                                 ("/_/en/search/?q=sun", 301, "/search/?q=sun")):
            got = self.host.get("anna", path)
            self.assertEqual(got.status, status, path)
            self.assertEqual(got["location"].split(str(self.host.port))[1], to)
        self.assertEqual(self.host.get("anna", "/_/xx/rain/").status, 404)
        lost = self.host.get("anna", "/_/fr/nowhere/")
        self.assertEqual((lost.status, html5.Page(lost.text).lang), (404, "fr"))

    def test_a_search_is_answered_in_the_language(self):
        reply = self.host.get("anna", "/_/fr/search/?q=rain")
        self.assertEqual(html5.Page(reply.text).lang, "fr")
        self.assertIn('action="/_/fr/search/"', reply.text)
        self.assertIn("/_/fr/rain/", links_of(reply))

    def test_what_is_no_longer_offered_is_gone_from_the_pages(self):
        self.assertIn("/_/de/", links_of(self.host.get("anna", "/")))
        self.host.run("site", "set", "anna", "languages=fr")
        self.assertNotIn("/_/de/", links_of(self.host.get("anna", "/")))
        self.assertEqual(self.host.get("anna", "/_/de/").status, 302)
        self.host.run("site", "set", "anna", "languages=")
        self.assertFalse(re.search("hreflang=\"fr\"", self.host.get("anna", "/").text))

    def test_an_export_holds_every_language(self):
        out = self.host.root / "out"
        self.host.run("export", "anna", out)
        page = (out / "_/fr/rain/index.html").read_text()
        self.assertIn('lang="fr"', page)
        self.assertIn('href="../sun/index.html"', page)
        self.assertIn('href="../../../rain/index.html"', page)
        self.assertTrue((out / "_/de/archive/index.html").exists())


if __name__ == "__main__":
    village.unittest.main()
