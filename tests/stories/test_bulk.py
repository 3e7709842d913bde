"""Many sites at once: hameau site create --from FILE.csv, with and without a server."""
import json
import subprocess

import village


class Bulk(village.unittest.TestCase):
    def setUp(self):
        self.host = village.Host("localhost")
        self.addCleanup(self.host.close)

    def table(self, text):
        file = self.host.root / "sites.csv"
        file.write_bytes(text.encode())
        return file

    def refused(self, *words):
        done = subprocess.run([self.host.program, *map(str, words)], env=self.host.env, text=True,
                              capture_output=True, timeout=village.PATIENCE)
        self.assertEqual((done.returncode != 0, done.stdout), (True, ""))
        return done.stderr

    def test_a_table_makes_sites_that_are_served_at_once(self):
        file = self.table('name;title;lang\r\nanna;"Anna; the garden";en\r\nmüller;Müller;de\r\n')
        self.host.start()
        self.assertEqual(self.host.get("anna").status, 404)
        self.assertIn("2 sites are made", self.host.run("site", "create", "--from", file))
        self.assertIn("Anna; the garden", self.host.get("anna", "/").text)
        self.assertIn('lang="de"', self.host.get("xn--mller-kva", "/").text)
        self.host.write("anna", "a.md", "---\ntitle: One\ndate: 2021-01-01\n---\nText.\n")
        self.host.publish("anna")
        self.assertIn("One", self.host.get("anna", "/a/").text)
        self.assertIn("sound", self.host.run("doctor"))

    def test_nothing_is_made_when_a_line_is_wrong(self):
        file = self.table("name,title,lang\ngood,Good,en\nadmin,Taken by rule,en\nfine,Fine,xx-\n"
                          "good,Again,en\nok,a,b,c,d\n,Nameless,en\n")
        got = self.refused("site", "create", "--from", file)
        for line, word in ((3, "reserved"), (4, "language"), (5, "line 2"), (6, "columns"),
                           (7, "empty")):
            self.assertRegex(got, rf"sites\.csv:{line}: .*{word}")
        self.assertIn("5 lines", got)
        self.assertEqual(self.host.run("site", "list", "--names").split(), [])

    def test_columns_are_settings_and_there_is_a_name(self):
        for text, word in (("nam,title\nanna,A\n", "nam"), ("title\nA\n", "name"), ("", "empty"),
                           ('name\n"anna\n', "never closed")):
            got = self.refused("site", "create", "--from", self.table(text))
            self.assertIn(word, got)
        self.assertIn("NAME", self.refused("site", "create"))

    def test_a_run_that_stopped_goes_on(self):
        self.host.run("site", "create", "a1")
        names = [f"a{i}" for i in range(1, 600)]
        file = self.table("name\n" + "\n".join(names) + "\n")
        got = self.host.run("site", "create", "--from", file, "--skip-existing", "--json")
        self.assertEqual(json.loads(got), {"made": 598, "skipped": 1})
        listed = self.host.run("site", "list", "--names", "--limit", "1000").split()
        self.assertEqual(sorted(listed), sorted(names))
        self.assertIn("a1", self.refused("site", "create", "--from", file))
