"""What translators meet: catalogs begun, merged and checked by the program alone, and the
pseudo-language, in which everything that is in no catalog stands out."""
import html.parser
import json
import re
import shutil
import subprocess
import unittest

import village

LANG = village.TOP / "lang"
FIVE = ("fr", "es", "de", "it")
NAMES = re.compile(r"\b(RSS|Atom|JSON|Feed|Markdown|Hameau|OPML)\b")
# Dates come from ICU, which has no words for a language that nobody speaks.
MONTHS = re.compile(r"\b(January|February|March|April|May|June|July|August|September|October"
                    r"|November|December)\b")
SPOKEN = ("alt", "title", "aria-label", "placeholder", "summary")


class Words(html.parser.HTMLParser):
    """The words of a page that stand outside of ⟦ ⟧: on the page, and in spoken attributes."""

    def __init__(self, text):
        super().__init__()
        self.quiet, self.depth, self.words, self.links = 0, 0, [], set()
        self.feed(text)

    def hear(self, text):
        for piece in re.split("([⟦⟧])", text):
            if piece in "⟦⟧" and piece:
                self.depth += 1 if piece == "⟦" else -1
            elif self.depth == 0 and re.search("[A-Za-z]", MONTHS.sub("", NAMES.sub("", piece))):
                self.words.append(f"{self.getpos()[0]}: {piece.strip()}")

    def handle_starttag(self, tag, attrs):
        self.quiet += tag in ("script", "style", "time")
        for name, value in attrs:
            if name in SPOKEN and value:
                self.hear(value)
            if tag == "a" and name == "href" and value and value.startswith("/"):
                self.links.add(value.split("#")[0])

    def handle_endtag(self, tag):
        self.quiet -= tag in ("script", "style", "time")

    def handle_data(self, data):
        if not self.quiet:
            self.hear(data)


class PseudoLanguage(village.Story):
    """Posts and names are Greek, so what has Latin letters and no brackets is hard-coded."""

    def greek_site(self, name, theme):
        self.host.site(name, lang="qps", title="Σπίτι", tagline="Λόγια", theme=theme)
        for n in range(1, 13):
            self.host.write(name, f"{n}.md", f"---\ntitle: Άλφα {n}\ndate: 2024-{n:02}-03\n"
                            f"tags: [θάλασσα]\nauthor: Άννα\nurl: /{n}/\n---\n\n"
                            "## Βροχή\n\nΚείμενο[^1].\n\n## Ήλιος\n\n- [ ] ένα\n\n"
                            "> [!NOTE]\n> Πρόσεχε.\n\n[^1]: Εκεί.\n")
        self.host.write(name, "about.md", "---\ntitle: Εμείς\ntype: page\nurl: /about/\n---\n\nΓεια.\n")
        self.host.publish(name)

    def read_all(self, name, *more):
        """Complaints about every page that can be reached."""
        seen, todo, found = set(), {"/", *more}, []
        while todo:
            path = todo.pop()
            seen.add(path)
            reply = self.host.get(name, path)
            if "text/html" not in (reply["content-type"] or ""):
                continue
            words = Words(reply.text)
            found += [f"{path}:{w}" for w in words.words]
            todo |= {u for u in words.links if u not in seen}
        self.assertGreater(len(seen), 3, seen)
        return found

    def test_every_sentence_of_every_page_comes_from_a_catalog(self):
        (self.host.data / "lang").mkdir()
        self.host.run("lang", "pseudo", "--dir", LANG, "--to", self.host.data / "lang")
        themes = sorted(p.parent.name for p in (village.TOP / "themes").glob("*/theme.ini"))
        self.host.restart()
        for n, theme in enumerate(themes):
            self.greek_site(f"s{n}", theme)
            with self.subTest(theme=theme):
                self.assertEqual(self.read_all(f"s{n}", "/search/?q=%CE%92", "/search/?q=x",
                                               "/nowhere/", "/2/"), [])

    def test_it_is_a_third_longer_and_keeps_its_values(self):
        (self.host.data / "lang").mkdir()
        self.host.run("lang", "pseudo", "--dir", LANG, "--to", self.host.data / "lang")
        text = (self.host.data / "lang/qps.po").read_text()
        self.assertTrue('msgstr "⟦Áŕçĥíṽé ~~⟧"' in text)
        report = json.loads(self.host.run("lang", "check", "--json", "qps", "--dir",
                                          self.host.data / "lang", status=None))
        broken = [r for r in report if r["rule"] in ("LA001", "LA015", "LA020", "LA021", "LA030")]
        self.assertEqual(broken, [])


class Catalogs(unittest.TestCase):
    def setUp(self):
        self.host = village.Host()
        self.addCleanup(self.host.close)
        self.lang = self.host.root / "lang"
        shutil.copytree(LANG, self.lang)

    def check(self, *words, **kind):
        return json.loads(self.host.run("lang", "check", "--json", "--dir", self.lang, *words, **kind))

    def gettext(self, *words):
        if not shutil.which("msgfmt"):
            self.skipTest("gettext is not installed")
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout

    def test_what_comes_with_the_program_is_whole(self):
        stats = json.loads(self.host.run("lang", "stats", "--json", "--dir", self.lang, *FIVE))
        self.assertEqual([(s["file"], s["all"]["percent"]) for s in stats
                          if s["all"]["percent"] < 100], [])
        self.assertEqual(len(stats), 12)  # two catalogs and the long texts of each
        self.assertEqual([r for r in self.check("--complete", *FIVE)], [])

    def test_long_texts_begin_in_english_and_are_compared_with_it(self):
        self.host.run("lang", "new", "pt", "--dir", self.lang)
        text = self.lang / "texts/legal.pt.md"
        self.assertTrue(text.read_text().startswith("<!-- fuzzy -->\n# Legal notice\n"))
        self.assertEqual(self.check("pt"), [])
        stats = json.loads(self.host.run("lang", "stats", "--json", "--dir", self.lang, "pt"))
        self.assertEqual([(s["all"]["percent"], s["all"]["missing"]) for s in stats
                          if s["domain"] == "texts"], [(0, 0)])
        lines = text.read_text().split("\n")[1:]
        where = next(n for n, line in enumerate(lines) if "{place}" in line)
        lines[where] = "- Onde: {lugar}"
        text.write_text("\n".join(lines))
        self.assertEqual([(r["rule"], r["line"]) for r in self.check("pt", status=1)],
                         [("LA100", where + 1)])
        lines[where] = "- Onde: {place} [aqui"
        text.write_text("\n".join(lines))
        self.assertEqual([(r["rule"], r["line"]) for r in self.check("pt", status=1)],
                         [("LA104", where + 1)])

    def test_a_merge_of_what_is_up_to_date_changes_no_byte(self):
        before = {p.name: p.read_bytes() for p in self.lang.glob("*.po")}
        self.host.run("lang", "merge", "--dir", self.lang)
        self.assertEqual({p.name: p.read_bytes() for p in self.lang.glob("*.po")}, before)

    def test_a_new_language_is_what_gettext_takes(self):
        for lang in ("pl", "ar", "ja", "pt-BR"):
            self.host.run("lang", "new", lang, "--dir", self.lang)
            for file in (f"{lang}.po", f"{lang}.operator.po"):
                path = self.lang / file
                self.gettext("msgfmt", "-o", "/dev/null", path)
            # Line for line as gettext would write it.
            path = self.lang / f"{lang}.po"
            self.assertTrue(self.gettext("msgcat", path) == path.read_text(), path)
        self.assertIn("lang merge", self.host.fails("lang", "new", "pl", "--dir", self.lang))
        self.assertIn("--plural", self.host.fails("lang", "new", "tlh", "--dir", self.lang))

    def test_a_changed_sentence_is_fuzzy_and_gettext_reads_what_was_written(self):
        pot = self.lang / "hameau.pot"
        pot.write_text(pot.read_text().replace('"There is no page at this address."',
                                               '"There is no page at this address, sorry."'))
        self.host.run("lang", "merge", "de", "--dir", self.lang)
        text = (self.lang / "de.po").read_text()
        self.assertIn('#, fuzzy\n#| msgid "There is no page at this address."\n'
                      'msgid "There is no page at this address, sorry."\n', text)
        self.assertEqual(text.count("#~ msgid"), 1)
        self.gettext("msgfmt", "-c", "-o", "/dev/null", self.lang / "de.po")
        rules = [(r["rule"], r["line"]) for r in self.check("de", "--complete", status=1)]
        line = text[:text.index('msgid "There is no page at this address, sorry."')].count("\n") + 1
        self.assertEqual(rules, [("LA013", line)])

    def test_a_mistake_is_told_in_the_language_of_who_asks(self):
        po = self.lang / "fr.po"
        text = po.read_text()
        old = re.search(r'msgid "There is no page at this address."\nmsgstr "(.*)"', text)
        po.write_text(text.replace(old[1], "Rien ici; voyez ailleurs."))
        line = text[:old.start()].count("\n") + 1
        said = self.host.run("lang", "check", "fr", "--dir", self.lang, status=1, LC_ALL="fr_FR.UTF-8")
        self.assertIn(f"fr.po:{line}: erreur LA050: ", said)

    def test_the_words_of_a_theme_are_its_own(self):
        theme = self.host.root / "moss"
        (theme / "templates").mkdir(parents=True)
        (theme / "theme.ini").write_text("[theme]\nname = Moss\napi = 1\n[option paper]\n"
                                         "type = select\nchoices = warm, cool\nlabel = Paper\n")
        (theme / "templates/post.html").write_text("{{#t}}Where the moss grows{{/t}}"
                                                   "{{#t}}Skip to content{{/t}}")
        self.host.run("lang", "extract", theme)
        pot = (theme / "lang/theme.pot").read_text()
        self.assertIn('#: templates/post.html\nmsgid "Where the moss grows"\n', pot)
        self.assertIn('msgctxt "moss.paper"\nmsgid "cool"', pot)
        self.assertNotIn("Skip to content", pot)     # Hameau says it already
        self.host.run("lang", "new", "fr", "--dir", theme / "lang")
        self.gettext("msgfmt", "-o", "/dev/null", theme / "lang/fr.po")
        (theme / "templates/post.html").write_text("{{#t}}Where the moss grows{{/t}}")
        self.host.run("lang", "extract", "--check", theme)
        (theme / "templates/post.html").write_text("{{#t}}Where no moss grows{{/t}}")
        self.assertIn("theme.pot", self.host.fails("lang", "extract", "--check", theme))


if __name__ == "__main__":
    unittest.main()
