"""Languages that are dropped in while the server runs, and words of one's own."""
import re
import urllib.parse

import html5
import village


class DroppedIn(village.Story):
    """A language is a file that an operator puts into DATA/lang while the server runs."""

    CATALOGS = village.TOP / "tests/data/lang"

    def drop_in(self, lang, text=None):
        folder = self.host.data / "lang"
        folder.mkdir(exist_ok=True)
        text = text or (self.CATALOGS / f"{lang}.po").read_text()
        (folder / f"{lang}.po").write_text(text)

    def read(self, path="/"):
        return self.host.get("anna", path).text

    def write_posts(self, counts):
        n = 0
        for tag, count in counts.items():
            for _ in range(count):
                n += 1
                self.host.write("anna", f"p{n}.md", f"---\ntitle: P{n}\ndate: 2024-01-01\n"
                                f"tags: [{tag}]\n---\n\nText.\n")
        self.host.publish("anna")

    def test_an_arabic_site_has_six_forms_and_runs_from_right_to_left(self):
        self.host.site("anna", lang="ar", title="آنا")
        self.write_posts({"one": 1, "two": 2, "three": 3, "eleven": 11, "hundred": 100})
        self.assertIn("Tags", self.read("/tag/"))
        self.drop_in("ar")
        self.assertTrue(self.host.wait_for(lambda: "الوسوم" in self.read("/tag/")))
        page = self.read("/tag/")
        self.assertRegex(page, r'<html lang="ar" dir="rtl"')
        for words in ("مقالة واحدة", "مقالتان", "3 مقالات", "11 مقالة", "100 مقالة"):
            self.assertIn(words, page)
        self.assertIn("لم يُعثر على شيء", self.read("/search/?q=nothing"))
        self.assertEqual(html5.Page(self.read("/")).complaints, [])
        lost = self.host.get("anna", "/nowhere/")
        self.assertIn("لا توجد صفحة في هذا العنوان.", lost.text)
        self.assertIn("<language>ar</language>", self.read("/rss.xml"))
        self.assertIn("يناير", self.read("/archive/2024/01/"))

    def test_a_polish_site_has_three_forms(self):
        self.host.site("anna", lang="pl")
        self.write_posts({"one": 1, "two": 2, "five": 5, "twelve": 12, "many": 22})
        self.drop_in("pl")
        self.assertTrue(self.host.wait_for(lambda: "Tagi" in self.read("/tag/")))
        for words in ("1 wpis<", "2 wpisy", "5 wpisów", "12 wpisów", "22 wpisy"):
            self.assertIn(words, self.read("/tag/"))
        self.assertIn("stycznia", self.read("/p1/"))

    def test_a_broken_file_is_told_and_the_last_good_one_stays(self):
        self.host.site("anna", lang="pl")
        self.drop_in("pl")
        self.assertTrue(self.host.wait_for(lambda: "Tagi" in self.read("/tag/")))
        self.drop_in("pl", 'msgid "Tags"\nmsgstr "Zepsute\n')
        errors = self.host.root / "errors"
        self.assertTrue(self.host.wait_for(lambda: "lang/pl.po:2: " in errors.read_text()))
        self.assertIn("Tagi", self.read("/tag/"))
        self.drop_in("pl", 'msgid "Tags"\nmsgstr "Znaczniki"\n')
        self.assertTrue(self.host.wait_for(lambda: "Znaczniki" in self.read("/tag/")))

    def translated(self, percent):
        """A Portuguese catalog of so much of what visitors read."""
        pot = (village.TOP / "lang/hameau.pot").read_text().split("\n\n")
        head, messages = pot[0], [m for m in pot[1:] if "msgid_plural" not in m]
        head = re.sub(r'msgid ""\nmsgstr ""(\n".*")*', 'msgid ""\nmsgstr "Content-Type: text/plain;'
                      ' charset=UTF-8\\\\n"\n', head.replace("#, fuzzy\n", ""))
        done = messages[:(len(pot) - 1) * percent // 100 + 1]
        return "\n\n".join([head, *map(self.same, done)]) + "\n"

    @staticmethod
    def same(message):
        """The message as its own translation."""
        said = re.search(r'^msgid ((?:".*"\n?)+)', message, re.M).group(1)
        return message.replace('msgstr ""', "msgstr " + said.strip())

    def test_a_language_is_offered_from_80_percent_on(self):
        self.host.site("anna")
        self.drop_in("pt", self.translated(50))
        set_pt = ("site", "set", "anna", "lang=pt")
        told = lambda: self.host.get("", "/").text
        self.assertTrue(self.host.wait_for(lambda: "there is no translation" not in
                                           self.host.fails("site", "set", "anna",
                                                           "languages=fr,pt")))
        self.assertRegex(self.host.fails(*set_pt), "lang: 5[01] % of")
        self.host.fails("site", "set", "anna", "languages=eo")
        self.assertNotIn('hreflang="pt"', told())
        self.drop_in("pt", self.translated(90))
        self.assertTrue(self.host.wait_for(lambda: 'hreflang="pt"' in told()))
        self.assertRegex(told(), r'hreflang="pt"[^\n]*9[0-9] % translated')
        self.assertNotRegex(told(), r'hreflang="fr"[^\n]*translated')
        # The host's own pages speak it, too.
        for path in ("/", "/nowhere/"):
            own = self.host.get("", path, accept_language="pt;q=0.9, fr;q=0.5")
            self.assertIn('<html lang="pt"', own.text)
        self.host.run(*set_pt)
        self.assertIn('<html lang="pt"', self.read())

    def test_an_operators_words_stand_before_the_programs(self):
        self.host.site("anna", lang="fr")
        self.assertIn("Étiquettes", self.read("/tag/"))
        self.drop_in("fr", 'msgid "Tags"\nmsgstr "Mots-clés"\n')
        self.assertTrue(self.host.wait_for(lambda: "Mots-clés" in self.read("/tag/")))
        self.assertIn("Aller au contenu", self.read("/tag/"))

    def test_what_was_changed_while_nothing_ran_is_seen(self):
        self.host.site("anna", lang="fr")
        self.read("/tag/")
        self.host.stop()
        self.drop_in("fr", 'msgid "Tags"\nmsgstr "Mots-clés"\n')
        self.host.start()
        self.assertIn("Mots-clés", self.read("/tag/"))


class Wording(village.Story):
    """Site over theme over program, in small PO files."""

    def setUp(self):
        super().setUp()
        for name in ("anna", "berta"):
            self.host.site(name, lang="en", languages="fr")

    def lang_dir(self, name):
        folder = self.host.run("site", "show", name, "--json")
        return village.pathlib.Path(village.json.loads(folder)["folder"]) / "lang"

    def say(self, name, text, lang="en"):
        self.lang_dir(name).mkdir(exist_ok=True)
        (self.lang_dir(name) / f"{lang}.po").write_text(text)

    def tags(self, name, prefix=""):
        return self.host.get(name, f"{prefix}/tag/").text

    def wait_for_tags(self, name, words, prefix=""):
        self.assertTrue(self.host.wait_for(lambda: words in self.tags(name, prefix)), words)

    def test_a_site_has_words_of_its_own(self):
        etag = self.host.get("berta", "/tag/")["etag"]
        self.assertIn("Tags", self.tags("anna"))
        self.say("anna", 'msgid "Tags"\nmsgstr "Topics of <ours>"\n')
        self.host.server.send_signal(village.signal.SIGHUP)
        self.wait_for_tags("anna", "Topics of &lt;ours&gt;")
        self.assertEqual(self.host.get("berta", "/tag/")["etag"], etag)
        # From now on it is looked at every second.
        self.say("anna", 'msgid "Tags"\nmsgstr "Themes"\n')
        self.wait_for_tags("anna", "Themes")
        self.say("anna", 'msgid "Tags"\nmsgstr "Sujets"\n', "fr")
        self.wait_for_tags("anna", "Sujets", "/_/fr")
        self.assertIn("Themes", self.tags("anna"))
        village.shutil.rmtree(self.lang_dir("anna"))
        self.wait_for_tags("anna", ">Tags<")
        self.assertIn("Étiquettes", self.tags("anna", "/_/fr"))

    def test_what_cannot_be_used_is_told_and_the_rest_stays(self):
        errors = self.host.root / "errors"
        self.say("anna", 'msgid "Tags"\nmsgstr "Themes"\n\n'
                 'msgid "Continue reading: {title}"\nmsgstr "On with {name}"\n\n'
                 'msgid "%d post"\nmsgid_plural "%d posts"\nmsgstr[0] "%s"\nmsgstr[1] "%d"\n')
        self.wait_for_tags("anna", "Themes")
        self.assertRegex(errors.read_text(), r"lang/en\.po:4: .*\{names\}")
        self.say("anna", 'msgid "Tags\n')
        self.assertTrue(self.host.wait_for(lambda: "lang/en.po:1: " in errors.read_text()))
        self.assertIn("Themes", self.tags("anna"))

    def test_a_small_file_counts_as_its_language_does(self):
        self.host.write("anna", "a.md", "---\ntitle: A\ndate: 2024-01-01\ntags: [t]\n---\n\nA.\n")
        self.host.publish("anna")
        self.say("anna", 'msgid "%d post"\nmsgid_plural "%d posts"\nmsgstr[0] "%d billet"\n'
                 'msgstr[1] "%d billets"\n', "fr")
        self.wait_for_tags("anna", "1 billet<", "/_/fr")

    def test_words_that_changed_while_nothing_ran_are_seen(self):
        self.say("anna", 'msgid "Tags"\nmsgstr "Themes"\n')
        self.wait_for_tags("anna", "Themes")
        self.host.wait_for(lambda: (self.host.data / "cache/wording").exists())
        self.host.stop()
        self.say("anna", 'msgid "Tags"\nmsgstr "Subjects"\n')
        self.host.start()
        self.assertIn("Subjects", self.tags("anna"))

    def test_words_are_set_by_command(self):
        self.host.run("site", "word", "anna", "Tags", "Topics")
        self.wait_for_tags("anna", "Topics")
        self.host.run("site", "word", "anna", "%d post", "%d story", "%d stories")
        self.host.run("site", "word", "anna", "Tags", "Sujets", "--lang", "fr")
        listed = self.host.run("site", "words", "anna")
        self.assertIn("en  Tags  ->  Topics", listed)
        self.assertIn("%d stories", listed)
        self.assertIn("fr  Tags  ->  Sujets", listed)
        self.assertIn("Sujets", self.tags("anna", "/_/fr"))
        self.assertIn("did you mean \"Tags\"", self.host.fails("site", "word", "anna", "Tagss", "x"))
        self.assertIn("2 forms", self.host.fails("site", "word", "anna", "%d post", "x"))
        self.assertIn("%-arguments", self.host.fails("site", "word", "anna", "Page %d", "Page %s"))
        self.host.run("site", "word", "anna", "Tags")
        self.wait_for_tags("anna", ">Tags<")
        self.assertNotIn("Topics", self.host.run("site", "words", "anna"))

    def make_theme(self):
        theme = self.host.data / "themes/villa"
        (theme / "lang").mkdir(parents=True)
        (theme / "theme.ini").write_text("[theme]\nname = Villa\nversion = 1\napi = 1\n"
                                         "parent = plume\nlicense = MIT\n")
        return theme

    def test_a_theme_has_words_of_its_own_below_those_of_a_site(self):
        theme = self.make_theme()
        (theme / "lang/en.po").write_text('msgid "Tags"\nmsgstr "Labels"\n\n'
                                          'msgid "Archive"\nmsgstr "Cellar"\n')
        self.assertTrue(self.host.wait_for(
            lambda: "theme" in self.host.run("site", "set", "anna", "theme=villa", status=None)
            or "Labels" in self.tags("anna")))
        other = self.host.get("berta", "/tag/")
        self.assertIn(">Tags<", other.text)
        self.say("anna", 'msgid "Tags"\nmsgstr "Themes"\n')
        self.host.server.send_signal(village.signal.SIGHUP)
        self.wait_for_tags("anna", "Themes")
        self.assertIn("Cellar", self.tags("anna"))
        (theme / "lang/en.po").write_text('msgid "Archive"\nmsgstr "Attic"\n')
        self.wait_for_tags("anna", "Attic")
        errors = self.host.root / "errors"
        (theme / "lang/en.po").write_text('msgid "Archive"\nmsgstr Attic\n')
        self.assertTrue(self.host.wait_for(lambda: "villa/lang/en.po:2" in errors.read_text()))
        self.assertIn("Attic", self.tags("anna"))


class InThePage(village.unittest.TestCase):
    """hameau serve --translate"""

    def setUp(self):
        self.host = village.Host()
        self.addCleanup(self.host.close)
        lang = self.host.root / "lang"
        village.shutil.copytree(village.TOP / "lang", lang)
        for file in lang.iterdir():
            file.chmod(0o644)
        with open(self.host.data / "hameau.ini", "a", encoding="utf-8") as ini:
            ini.write(f"\n[paths]\nlang = {lang}\n")
        self.fr = lang / "fr.po"
        self.fr.write_text(self.fr.read_text()
                           .replace('msgid "Archive"\nmsgstr "Archives"',
                                    'msgid "Archive"\nmsgstr ""'))
        self.host.site("anna", lang="fr")
        self.host.write("anna", "a.md", "---\ntitle: A\ndate: 2024-01-01\ntags: [t]\n---\n\nA.\n")
        self.host.publish("anna")
        self.host.start("--translate")

    def save(self, **fields):
        token = re.search('name="token" value="([^"]*)"', self.page("/tag/")).group(1)
        body = urllib.parse.urlencode({"token": token, "lang": "fr", "theme": "plume",
                                       "back": "/tag/"} | fields)
        return self.host.get("anna", "/_/translate", "POST", body.encode())

    def page(self, path):
        reply = self.host.get("anna", path)
        self.assertEqual(reply.status, 200, path)
        return reply.text

    def test_a_sentence_shows_its_message_and_its_place(self):
        page = self.page("/tag/")
        self.assertRegex(page, r'<span class="t9n t9n-done" tabindex="0">.*<b>Tags</b>.*'
                               r'src/blog/lists\.c.*fr\.po:\d+</span>Étiquettes</span></h1>')
        self.assertRegex(page, r"plume/templates/partials/footer\.html:\d+:\d+")
        self.assertRegex(page, r'class="t9n t9n-missing".*<b>Archive</b>')
        self.assertIn("<b>%d post</b>", page)
        self.assertRegex(page, "<title>Étiquettes – ")
        self.assertNotIn("\ue000", page)
        self.assertEqual(html5.Page(page).complaints, [])
        for path in ("/rss.xml", "/_/de/", "/a/", "/nowhere/"):
            self.assertNotIn("\ue000", self.host.get("anna", path).text)

    def test_what_is_saved_is_in_the_file_and_in_the_page(self):
        before = self.fr.read_text()
        self.assertEqual(self.save(id="Archive", text0="Grenier").status, 303)
        self.assertIn("Grenier", self.page("/archive/"))
        changed = set(self.fr.read_text().split("\n")) ^ set(before.split("\n"))
        self.assertEqual(changed, {'msgstr "Grenier"'})
        self.save(id="%d post", plural="%d posts", text0="%d billet", text1="%d billets")
        self.assertIn("1 billet", self.page("/tag/"))

    def test_what_does_not_fit_is_not_saved(self):
        before = self.fr.read_text()
        self.assertEqual(self.save(id="%d post", plural="%d posts", text0="%s", text1="%d").status,
                         422)
        self.assertEqual(self.save(id="Archive", text0="Grenier", token="x").status, 403)
        self.assertEqual(self.save(id="Archive", text0="Grenier", lang="../fr").status, 422)
        self.assertEqual(self.fr.read_text(), before)

    def test_a_language_begins_in_the_page(self):
        reply = self.save(id="Tags", text0="Etikedoj", lang="eo")
        self.assertEqual(reply.status, 303)
        self.assertTrue(self.host.wait_for(lambda: self.host.get("anna", "/_/eo/tag/").status == 200))
        self.assertIn("Etikedoj", self.page("/_/eo/tag/"))

    def test_the_pseudo_language_shows_what_is_in_no_catalog(self):
        self.host.run("lang", "pseudo", "--dir", self.fr.parent, "--to", self.fr.parent)
        self.assertTrue(self.host.wait_for(
            lambda: self.host.get("anna", "/_/qps/tag/").status == 200))
        page = re.sub(r'<span class="t9n-note".*?</span>', "", self.page("/_/qps/tag/"))
        self.assertRegex(page, r'<h1><span class="t9n[^>]*>⟦[^<]*⟧</span></h1>')
        self.assertRegex(page, r'aria-label="⟦')

    def test_only_this_machine_may_translate(self):
        self.host.stop()
        self.assertIn("others can reach", self.host.fails("serve", "--translate", "--listen",
                                                          "0.0.0.0:0"))
        self.host.start()
        self.assertNotIn("t9n", self.page("/tag/"))
        self.assertEqual(self.host.get("anna", "/_/translate.css").status, 404)


if __name__ == "__main__":
    village.unittest.main()
