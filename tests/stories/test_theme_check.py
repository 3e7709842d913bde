"""hameau theme check from outside: what a themer reads, in which language, with which status."""
import json
import pathlib
import shutil
import subprocess
import tarfile
import tempfile
import unittest
import zipfile

import village

CLEAN = village.TOP / "tests/data/check/clean"


class Check(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="hameau-"))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        self.theme, self.tmp = self.root / "ours", self.root / "tmp"
        self.tmp.mkdir()
        shutil.copytree(CLEAN, self.theme)

    def check(self, *words, lang="C", status=0):
        done = subprocess.run([village.program(), "theme", "check", *map(str, words)], text=True,
                              env={"LC_ALL": lang, "HAMEAU_SHARE": str(village.TOP),
                                   "TMPDIR": str(self.tmp)},
                              capture_output=True, timeout=village.PATIENCE * 3)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout

    def change(self, name, old, new):
        file = self.theme / name
        text = file.read_text()
        self.assertIn(old, text)
        file.write_text(text.replace(old, new, 1))

    def test_nothing_is_found_in_the_themes_that_come_with_the_program(self):
        for theme in sorted(village.TOP.glob("themes/*/theme.ini")):
            with self.subTest(theme.parent.name):
                self.assertEqual(self.check(theme.parent), "Nothing was found.\n")
        self.assertEqual(self.check(self.theme), "Nothing was found.\n")

    def test_a_fault_is_told_with_its_place_what_was_meant_and_what_to_do(self):
        self.change("templates/post.html", "{{title}}", "{{titel}}")
        said = self.check(self.theme, status=1)
        self.assertIn("templates/post.html:3:5: error TH072: no page has this value – titel"
                      " (did you mean title?)\n    hameau theme values", said)
        self.assertIn("1 error, ", said.splitlines()[-1])
        self.assertIn("aucune page n’a cette valeur", self.check(self.theme, lang="fr_FR.UTF-8",
                                                                status=1))

    def test_json_holds_the_same_for_programs(self):
        self.change("templates/partials/item.html", "<li>", '<li id="a">')
        report = json.loads(self.check(self.theme, "--json", status=1))
        self.assertEqual((report["errors"], report["warnings"], report["advice"]), (1, 0, 0))
        found = report["findings"][0]
        self.assertEqual((found["id"], found["level"], found["file"], found["line"], found["detail"]),
                         ("TH102", "error", "templates/partials/item.html", 1, "a"))

    def test_warnings_fail_only_where_they_are_meant_to(self):
        self.change("templates/post.html", "<h1>", "<p>Hello</p>\n<h1>")
        self.assertIn("TH060", self.check(self.theme))
        self.assertIn("TH060", self.check(self.theme, "--strict", status=1))

    def test_a_theme_of_a_folder_may_stand_on_one_beside_it(self):
        child = self.root / "child"
        child.mkdir()
        for name in ("README.md", "LICENSE", "screenshot.png"):
            shutil.copy(CLEAN / name, child)
        ini = (CLEAN / "theme.ini").read_text().replace("[author]", "parent = ours\n\n[author]")
        (child / "theme.ini").write_text(ini.split("[option")[0])
        self.assertEqual(self.check(child), "Nothing was found.\n")

    def test_an_archive_is_checked_like_its_folder_and_a_trap_is_told(self):
        good, bad = self.root / "ours-1.0.0.zip", self.root / "trap.tar.gz"
        with zipfile.ZipFile(good, "w") as z:
            for file in self.theme.rglob("*"):
                z.write(file, "ours" / file.relative_to(self.theme))
        self.assertEqual(self.check(good), "Nothing was found.\n")
        with tarfile.open(bad, "w:gz") as t:
            link = tarfile.TarInfo("ours/templates/post.html")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            t.addfile(link)
        said = self.check(bad, status=1)
        self.assertIn("error TH170", said)
        self.assertIn("post.html", said)
        self.assertEqual(list(self.tmp.iterdir()), [])

    def test_rules_are_listed(self):
        rules = json.loads(self.check("--list", "--json"))
        self.assertGreaterEqual(len(rules), 60)
        self.assertEqual(len({r["id"] for r in rules}), len(rules))


if __name__ == "__main__":
    unittest.main()
