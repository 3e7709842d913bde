"""The long texts of a host: its legal notice and its help, in the reader's language."""
import re
import urllib.parse

import html5
import village

FIVE = {"en": ("Legal notice", "Help"), "fr": ("Mentions légales", "Aide"),
        "es": ("Aviso legal", "Ayuda"), "de": ("Rechtliche Hinweise", "Hilfe"),
        "it": ("Note legali", "Aiuto")}


class Texts(village.Story):
    def read(self, path, **fields):
        return self.host.get(None, path, **fields)

    def configure(self, text):
        ini = self.host.data / "hameau.ini"
        ini.write_text(ini.read_text().replace("[host]\n", "[host]\n" + text, 1))

    def own(self, name, text):
        folder = self.host.data / "texts"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text)

    def test_notice_and_help_are_there_in_five_languages(self):
        for lang, titles in FIVE.items():
            for name, title in zip(("legal", "help"), titles):
                got = self.read(f"/{name}/?lang={lang}")
                self.assertEqual(got.status, 200)
                page = html5.Page(got.text)
                self.assertEqual((page.lang, page.complaints), (lang, []))
                self.assertIn(f">{title}</h1>", got.text)
                self.assertNotIn("{", re.sub("<pre.*?</pre>", "", got.text, flags=re.S))
                links = [urllib.parse.urlsplit(u) for u in page.links]
                for other in FIVE:
                    self.assertIn(("", f"/{name}/", f"lang={other}"),
                                  [(u.netloc, u.path, u.query) for u in links])
                for other in ("/legal/", "/help/"):
                    self.assertIn((other, f"lang={lang}"), [(u.path, u.query) for u in links])

    def test_the_reader_s_language_is_chosen_as_on_the_front_page(self):
        got = self.read("/legal/", **{"Accept-Language": "it, en;q=0.5"})
        self.assertIn("Note legali</h1>", got.text)
        moved = self.read("/help?lang=de")
        self.assertEqual(moved.status, 301)
        self.assertTrue(moved["location"].endswith("/help/?lang=de"), moved["location"])

    def test_every_page_leads_to_the_notice(self):
        self.host.site("anna", lang="fr", title="Anna")
        self.host.write("anna", "rain.md", "---\ntitle: Pluie\ndate: 2024-03-01\n---\n\nIl pleut.\n")
        self.host.publish("anna")
        for theme in ("plume", "plain", "place", "agora", "feuilleton"):
            self.host.run("site", "set", "anna", f"theme={theme}")
            for path in ("/", "/rain/", "/nowhere/"):
                self.assertRegex(self.host.get("anna", path).text, r'href="http://test\.example'
                                 r':\d+/legal/\?lang=fr">Mentions légales</a>', (theme, path))
        self.host.run("site", "suspend", "anna", "--reason", "Travaux")
        for site, path in (("anna", "/"), ("nobody", "/"), (None, "/nowhere/"), (None, "/")):
            self.assertIn("/legal/?lang=", self.host.get(site, path).text)

    def test_only_what_the_operator_told_is_said(self):
        text = self.read("/legal/?lang=en").text
        for words in ("Run by", "Address:", "Write to"):
            self.assertNotIn(words, text)
        self.assertIn("Nobody writes down who reads what", text)
        self.configure("operator = Les Voisins <du> *lac*\ncontact = help@test.example\n"
                       "place = Annecy\n[log]\naccess = reads.log\naccess_address = network\n"
                       "[host]\n")
        self.host.restart()
        text = self.read("/legal/?lang=en").text
        self.assertIn("Run by: Les Voisins &lt;du&gt; *lac*</li>", text)
        self.assertIn('Write to <a href="mailto:help@test.example">help@test.example</a>.', text)
        self.assertIn("Where the data is: Annecy", text)
        self.assertIn("the network that the reader comes from", text)
        self.assertNotIn("Nobody writes down", text)

    def test_an_operator_s_own_text_is_live_on_save_and_a_broken_one_is_told(self):
        self.own("legal.en.md", "# Our rules\n\nOf {host}.\n")
        self.assertTrue(self.host.wait_for(lambda: "Our rules" in self.read("/legal/").text))
        self.assertIn("Of test.example.", self.read("/legal/").text)
        self.assertIn("Mentions légales", self.read("/legal/?lang=fr").text)
        errors = self.host.root / "errors"
        for text, told in (("# Our rules\n\nOf {hots}.\n", r"legal\.en\.md:3: .*\{hots\}.*\{host\}"),
                           ("# Our rules\n" + "words " * 20000, r"legal\.en\.md"),
                           ("# Our rules\n\n" + "> " * 100 + "deep\n", r"legal\.en\.md: ")):
            self.own("legal.en.md", "# Meanwhile\n")
            self.assertTrue(self.host.wait_for(lambda: "Meanwhile" in self.read("/legal/").text))
            before = len(errors.read_text())
            self.own("legal.en.md", text)
            self.assertTrue(self.host.wait_for(
                lambda: re.search(told, errors.read_text()[before:])), told)
            self.assertIn("Legal notice</h1>", self.read("/legal/?lang=en").text)
        self.assertRegex(self.host.run("doctor", status=None), r"legal\.en\.md: ")

    def test_a_language_without_the_text_shows_english_and_says_so(self):
        lang = self.host.data / "lang"
        lang.mkdir()
        (lang / "pl.po").write_text((village.TOP / "tests/data/lang/pl.po").read_text())
        self.assertTrue(self.host.wait_for(
            lambda: html5.Page(self.read("/legal/?lang=pl").text).lang == "pl"))
        self.assertRegex(self.read("/legal/?lang=pl").text, r'<h1[^>]* lang="en"[^>]*>Legal notice')

    def test_robots_find_the_pages_of_the_host(self):
        robots = self.read("/robots.txt")
        self.assertEqual((robots.status, robots["content-type"]),
                         (200, "text/plain; charset=utf-8"))
        self.assertIn("User-agent: *\nAllow: /\n", robots.text)
        where = re.search("Sitemap: (.*)", robots.text)[1]
        self.assertRegex(where, r"^http://test\.example:\d+/sitemap\.xml$")
        places = re.findall("<loc>(.*?)</loc>", self.read("/sitemap.xml").text)
        self.assertEqual([urllib.parse.urlsplit(u).path for u in places],
                         ["/", "/legal/", "/help/"])
        for place in places:
            self.assertEqual(self.read(urllib.parse.urlsplit(place).path).status, 200)


if __name__ == "__main__":
    village.unittest.main()
