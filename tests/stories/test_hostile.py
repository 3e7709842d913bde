"""Hostile and unlucky input, end to end: what nobody sane would write, and somebody will."""
import concurrent.futures
import json
import pathlib
import shutil
import unittest

import village


class HostileTexts(village.Story):
    def post(self, name, path, body="x", **head):
        head = {"title": "T", "date": "2024-01-02"} | head
        self.host.write(name, path, json.dumps(head, indent=1) + "\n\n" + body)

    def publish(self, name):
        return json.loads(self.host.publish(name, "--json"))

    def test_an_old_address_nobody_can_ask_for_is_told_and_left_out(self):
        self.host.site("anna")
        self.post("anna", "a.md", aliases=["/../../etc", "/a\r\nSet-Cookie: x=y", "//twice//x",
                                           "/caf%C3%A9/", "/100%/", "/fine/"])
        told = [c["text"] for c in self.publish("anna")["complaints"]]
        self.assertEqual(sum("can never be asked for" in t for t in told), 2, told)
        for path in ("/twice/x", "/caf%C3%A9/", "/100%25/", "/fine/"):
            self.assertEqual(self.host.get("anna", path).status, 301, path)

    def test_a_complaint_is_one_line_and_commands_no_terminal(self):
        self.host.site("anna")
        self.post("anna", "evil\nINFO: all is well\x1b[2J.md", lang="no\x1b]0;language")
        told = self.publish("anna")["complaints"]
        self.assertTrue(told)
        for c in told:
            self.assertTrue((c["file"] + c["text"]).isprintable(), c)

    def test_an_export_leaves_out_what_cannot_be_a_file(self):
        self.host.site("anna")
        self.post("anna", "a.md", aliases=["/" + "x" * 300 + "/", "/a/index.html/more/",
                                           "/.hameau-export", "/old.html"])
        self.publish("anna")
        out = self.host.root / "out"
        done = json.loads(self.host.run("export", "anna", out, "--json"))
        self.assertGreaterEqual(done["left_out"], 2)
        self.assertTrue((out / "a/index.html").is_file())
        self.assertTrue((out / "old.html").is_file())
        self.assertIn("a/index.html\n", (out / ".hameau-export").read_text())


class UnluckyDisks(village.Story):
    def setUp(self):
        super().setUp()
        for name in ("anna", "bert"):
            self.host.site(name)
            self.host.write(name, "a.md", "---\ntitle: A\ndate: 2024-01-02\n---\nText.")
            self.host.publish(name)
        self.database = pathlib.Path(self.host.show("anna")["folder"]) / "site.db"
        self.errors = self.host.root / "errors"

    def spoil(self, how):
        """With nobody at the database, as after a crash."""
        self.host.stop()
        how(self.database)
        shutil.rmtree(self.host.data / "cache")
        self.host.start()

    def assert_only_anna_fails(self):
        self.assertEqual(self.host.get("anna", "/a/").status, 500)
        self.assertEqual(self.host.get("bert", "/a/").status, 200)
        self.assertIn(str(self.database), self.errors.read_text())
        self.host.run("doctor", status=1)
        self.host.run("import", "anna", self.host.folder("anna"), status=1)

    def test_a_site_whose_database_is_empty_is_damaged_and_not_new(self):
        self.spoil(lambda path: path.write_bytes(b""))
        self.assert_only_anna_fails()
        self.assertEqual(self.database.stat().st_size, 0)

    def test_a_site_whose_database_is_lost_is_damaged_and_not_unknown(self):
        self.spoil(lambda path: path.unlink())
        self.assert_only_anna_fails()

    def test_a_site_whose_database_is_garbage_troubles_nobody_else(self):
        self.spoil(lambda path: path.write_bytes(b"\x1b[2J\nno" * 999))
        self.assert_only_anna_fails()

    def test_an_empty_host_is_damaged_and_its_sites_are_not_called_waste(self):
        self.host.stop()
        (self.host.data / "host.db").write_bytes(b"")
        self.host.run("site", "list", status=1)
        self.assertNotIn("can be removed", self.host.run("doctor", status=1))

    def test_nothing_is_acknowledged_that_went_into_a_lost_file(self):
        self.assertEqual(self.host.get("anna", "/a/").status, 200)
        self.database.unlink()
        self.host.write("anna", "b.md", "---\ntitle: B\ndate: 2024-01-02\n---\nText.")
        self.host.run("import", "anna", self.host.folder("anna"), status=1)


class HostileThemes(village.Story):
    def test_a_page_that_outgrows_its_limit_is_told_and_troubles_nobody_else(self):
        theme = self.host.data / "themes/vast"
        (theme / "templates").mkdir(parents=True)
        (theme / "theme.ini").write_text("[theme]\nname = Vast\nversion = 1\napi = 1\n"
                                         "license = MIT\n")
        (theme / "templates/home.html").write_text(
            "{{#posts}}" * 9 + "x" * 999 + "{{/posts}}" * 9)
        for name in ("anna", "bert"):
            self.host.site(name)
            for i in range(10):
                self.host.write(name, f"p{i}.md",
                                f"---\ntitle: P{i}\ndate: 2024-01-02\n---\nText.")
            self.host.publish(name)
        self.host.restart()
        self.host.run("site", "set", "anna", "theme=vast")
        self.assertEqual(self.host.get("anna", "/").status, 500)
        self.assertIn("vast/templates/home.html", (self.host.root / "errors").read_text())
        self.assertEqual(self.host.get("bert", "/").status, 200)


class HostileSearches(village.Story):
    def test_a_word_said_often_is_found_in_time_and_shown_shortly(self):
        self.host.site("anna")
        for i in range(5):
            self.host.write("anna", f"p{i}.md", "---\ntitle: P\ndate: 2024-01-02\n---\n"
                            + "lorem ipsum & dolor " * 20000)
        self.host.publish("anna")
        # What takes the square of the hits takes minutes here: longer than anybody waits for an answer.
        page = self.host.get("anna", "/search/?q=l*").text
        self.assertIn("<mark>lorem</mark>", page)
        self.assertEqual(page.count("<mark>"), page.count("</mark>"))
        self.assertLess(len(page), 20000)


class UnluckyHurry(village.Story):
    def test_imports_into_one_site_at_once_wait_for_each_other(self):
        self.host.site("anna")
        for i in range(100):
            self.host.write("anna", f"p{i}.md", f"---\ntitle: P{i}\ndate: 2024-01-02\n---\nT.")
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            runs = [pool.submit(self.host.publish, "anna", "--json") for _ in range(4)]
            done = [json.loads(r.result()) for r in runs]
        self.assertEqual(sum(d["created"] for d in done), 100)
        self.assertEqual(sum(d["unchanged"] for d in done), 300)


if __name__ == "__main__":
    unittest.main()
