"""`hameau post`: one text is listed, printed, saved, edited, deleted, without its folder."""
import concurrent.futures
import json
import os
import pathlib
import pty
import subprocess
import unittest

import village
from test_import import png, post


class Posts(village.Story):
    """With a server; Alone has the same without one."""

    def setUp(self):
        super().setUp()
        self.host.site("anna", lang="en")
        self.folder = self.host.folder("anna")

    def save(self, text, *options, status=0):
        return self.host.run("post", "save", "anna", "-", *options, stdin=text, status=status)

    def saved(self, text, *options):
        return json.loads(self.save(text, "--json", *options))

    def save_file(self, path, *options):
        return json.loads(self.host.run("post", "save", "anna", self.folder / path, "--json",
                                        *options))

    def said(self, *words, stdin=None, **env):
        """Status and both outputs."""
        done = subprocess.run([self.host.program, *map(str, words)], env=self.host.env | env,
                              input=stdin, capture_output=True, cwd=self.host.root, check=False,
                              timeout=village.PATIENCE)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def show(self, address, *options):
        return self.host.run("post", "show", "anna", address, *options)

    def listed(self, *options):
        return self.host.run("post", "list", "anna", "--addresses", *options).split()

    def editor(self, script):
        """A program that stands in for a person: "$1" is the file."""
        path = self.host.root / "editor"
        path.write_text("#!/bin/sh\n" + script)
        path.chmod(0o755)
        return {"EDITOR": str(path)}

    def edit(self, script, *words):
        return self.said("post", "edit", "anna", *words, **self.editor(script))


class Saving(Posts):
    def test_a_text_is_on_its_page_and_in_the_list_at_once(self):
        self.assertNotIn("Rain", self.host.get("anna", "/").text)
        told = self.saved("---\ntitle: Rain\ntags: [wet]\n---\nIt rains.\n")
        self.assertEqual((told["address"], told["result"], told["status"]),
                         ("/rain/", "new", "published"))
        self.assertIn("It rains.", self.host.get("anna", "/rain/").text)
        self.assertIn("Rain", self.host.get("anna", "/").text)
        self.assertEqual(self.saved("---\ntitle: Rain\n---\nIt pours.\n", "--address", "rain")
                         ["result"], "changed")
        self.assertIn("It pours.", self.host.get("anna", "/rain/").text)
        self.assertEqual(self.host.get("anna", "/tag/wet/").status, 404)

    def test_what_is_shown_and_saved_is_as_it_was(self):
        self.host.write("anna", "sky.png", png(9))
        self.host.write("anna", "rain.md", post(
            "'Rain: a \"story\"'", "![A sky](sky.png) {{< x >}} `{{< y >}}`\n\n# Head\n\n- a",
            tags="[Wet, 'Very wet', wet]", description="Short", aliases="[/old/]",
            author="Anna", pinned="true", cover="sky.png", lastmod="2021-01-01", lang="fr"))
        self.host.write("anna", "club/about.md", post("About", "x", type="page",
                                                       menu="main", weight=3))
        self.host.publish("anna")
        page = self.host.get("anna", "/rain/").text
        self.assertIn('width="8"', page)
        for address in ("/rain/", "/club/about/"):
            text = self.show(address)
            told = self.saved(text)
            self.assertEqual((told["address"], told["result"]), (address, "unchanged"))
            self.assertEqual(self.saved(text + "\nMore.\n")["result"], "changed")
            self.assertEqual(self.show(address), text + "\nMore.\n")
        self.assertIn('width="8"', self.host.get("anna", "/rain/").text)
        self.assertEqual(self.host.get("anna", "/old/").status, 301)

    def test_what_is_shown_is_what_export_writes(self):
        self.host.write("anna", "rain.md", post("Rain", "It rains.", aliases="[/old/]"))
        self.host.publish("anna")
        self.host.run("export", "anna", self.host.root / "out")
        self.assertEqual((self.host.root / "out/source/content/posts/rain.md").read_text(),
                         self.show("/rain/"))

    def test_pictures_beside_it_come_along(self):
        self.host.write("anna", "sky.png", png(9))
        self.host.write("anna", "rain.md", "# Rain\n\n![Sky](sky.png)\n")
        self.save_file("rain.md")
        self.assertRegex(self.host.get("anna", "/rain/").text,
                         r'<img[^>]*src="/media/[0-9a-f]+/sky\.png"')
        self.saved("# Snow\n\n![Sky](sky.png)\n", "--media", self.folder)
        self.assertRegex(self.host.get("anna", "/snow/").text, r'src="/media/[0-9a-f]+/sky\.png"')
        status, _, said = self.said("post", "save", "anna", "-", stdin=b"# Fog\n\n![](no.png)\n")
        self.assertEqual((status, said), (0, '-:3: there is no file for "no.png"\n'))
        self.host.write("anna", "../secret.png", png(1))
        (self.folder / "way.png").symlink_to("../secret.png")
        status, _, said = self.said("post", "save", "anna", "-", "--media", self.folder,
                                    stdin=b"# Ice\n\n![](way.png) ![](../secret.png)\n")
        self.assertEqual(said.count("there is no file"), 2)

    def test_a_generators_folder_gives_addresses_and_pictures(self):
        self.host.write("anna", "hugo.toml", 'baseURL = "https://anna.org/"\n'
                        '[permalinks]\nposts = "/:year/:slug/"\n')
        self.host.write("anna", "static/images/sky.png", png(9))
        file = self.host.write("anna", "content/posts/rain.md",
                               post("Rain", "![](/images/sky.png)"))
        self.assertEqual(self.save_file("content/posts/rain.md")["address"], "/rain/")
        self.assertIn("/media/", self.host.get("anna", "/rain/").text)
        self.assertEqual(self.host.get("anna", "/2020/rain/").status, 301)
        other = self.host.write("anna", "content/posts/snow.md",
                                post("Snow", "[rain]({{< ref \"rain.md\" >}}) [r](rain.md)"))
        self.save_file("content/posts/snow.md")
        self.assertEqual(self.host.get("anna", "/snow/").text.count('href="/rain/"') >= 2, True)
        told = json.loads(self.host.publish("anna", "--json"))
        self.assertEqual((told["created"], told["changed"], told["unchanged"]), (0, 0, 2))
        self.assertTrue(file.exists() and other.exists())

    def test_drafts_and_days(self):
        told = self.saved("# Rain\n\nx\n", "--draft")
        self.assertEqual((told["status"], told["date"]), ("draft", None))
        self.assertEqual(self.host.get("anna", "/rain/").status, 404)
        self.assertIn("draft: true", self.show("rain"))
        told = self.saved(self.show("rain"), "--publish")
        self.assertEqual(told["status"], "published")
        self.assertIsNotNone(told["date"])
        self.assertEqual(self.host.get("anna", "/rain/").status, 200)
        self.assertEqual(self.saved("---\ntitle: Snow\ndate: 2999-01-01\n---\nx")["status"],
                         "scheduled")
        self.assertEqual(self.saved(self.show("snow"), "--publish")["status"], "published")
        self.assertEqual(self.host.get("anna", "/snow/").status, 200)

    def test_a_dry_run_writes_nothing(self):
        told = self.saved("# Rain\n\nx\n", "--dry-run")
        self.assertEqual((told["address"], told["result"]), ("/rain/", "new"))
        self.assertEqual(self.listed(), [])

    def test_a_name_alone_does_not_take_another_texts_place(self):
        self.saved("# Rain\n\nfirst\n")
        status, _, said = self.said("post", "save", "anna", "-", stdin=b"# Rain\n\nsecond\n")
        self.assertEqual(status, 1)
        self.assertIn("--address /rain/", said)
        self.host.write("anna", "rain.md", post("Rain", "third"))
        self.assertIn("another text", self.host.fails("post", "save", "anna",
                                                      self.folder / "rain.md"))
        self.assertIn("first", self.host.get("anna", "/rain/").text)

    def test_a_new_address_leaves_a_redirect(self):
        self.saved("# Rain\n\nx\n")
        self.saved("---\ntitle: Rain\nslug: wet\n---\nx\n", "--instead-of", "/rain/")
        self.assertEqual(self.host.get("anna", "/wet/").status, 200)
        self.assertEqual(self.host.get("anna", "/rain/").status, 301)
        self.assertIn("wet", self.show("http://anna.example/rain/"))

    def test_a_version_that_is_not_there_any_more_is_not_written_over(self):
        self.saved("# Rain\n\nfirst\n")
        version = json.loads(self.show("rain", "--json"))["version"]
        now = self.saved("# Rain\n\nsecond\n", "--address", "rain", "--if", version)["version"]
        self.assertNotEqual(now, version)
        status, _, said = self.said("post", "save", "anna", "-", "--address", "rain", "--if",
                                    version, stdin=b"# Rain\n\nthird\n")
        self.assertEqual(status, 1)
        self.assertIn("was changed meanwhile", said)
        self.assertIn("second", self.host.get("anna", "/rain/").text)

    def test_two_at_once_are_one_after_the_other(self):
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            all_ = list(pool.map(lambda n: self.saved(
                f"---\ntitle: T{n % 4}\nslug: t{n % 4}\n---\ntext {n}\n"), range(16)))
        self.assertEqual(sorted({t["address"] for t in all_}), ["/t0/", "/t1/", "/t2/", "/t3/"])
        self.assertEqual(sum(t["result"] == "new" for t in all_), 4)
        self.assertEqual(sorted(self.listed()), ["/t0/", "/t1/", "/t2/", "/t3/"])

    def test_what_cannot_be_a_text_is_told_with_its_line(self):
        self.saved("# Rain\n\nx\n")
        for text, word in ((b"---\ntitle: [a\n---\nx\n", "-:3:"), (b"a\xff", "UTF-8"),
                           (b"# T\n\n" + b"x" * 600000, "512 KiB"), (b"plain", "no title"),
                           (b"# T\n\n" + b"x" * 5000000, "KiB"), (b"", "no title"),
                           (b"# T\n\na\0b", "NUL"), (b"---\na: " + b"[" * 70000, "-:"),
                           (b"---\ntitle: T\nslug: tag\n---\nx", "the site's own"),
                           (b"---\ntitle: T\nslug: search\ntype: page\n---\nx", "site's own")):
            status, out, said = self.said("post", "save", "anna", "-", stdin=text)
            self.assertEqual((status, out), (1, ""), text[:40])
            self.assertIn(word, said)
        self.assertIn("no such file", self.host.fails("post", "save", "anna", "no.md").lower())
        self.assertIn("by standard input", self.host.fails("post", "save", "anna", "/etc/hosts"))
        self.assertEqual(self.listed(), ["/rain/"])


class Listing(Posts):
    def test_newest_first_by_pages(self):
        for n in range(1, 8):
            self.host.write("anna", f"t{n}.md", post(f"T{n}", date=f"2020-01-0{n}",
                                                     tags="[odd]" if n % 2 else "[even]"))
        self.host.write("anna", "draft.md", post("Draft", draft="true", date="2020-01-04"))
        self.host.write("anna", "later.md", post("Later", date="2999-01-01", tags="[odd]"))
        self.host.write("anna", "about.md", post("About", date="2020-01-03", type="page"))
        self.host.publish("anna")
        self.saved("# Idea\n\nx", "--draft")
        whole = self.listed()
        self.assertEqual(whole[:4], ["/idea/", "/later/", "/t7/", "/t6/"])
        self.assertEqual(len(whole), 11)
        paged, after = [], []
        while part := self.listed("--limit", "2", *after):
            paged += part
            after = ["--after", part[-1]]
        self.assertEqual(paged, whole)
        self.assertEqual(self.listed("--drafts"), ["/idea/", "/draft/"])
        self.assertEqual(self.listed("--scheduled"), ["/later/"])
        self.assertEqual(self.listed("--pages"), ["/about/"])
        self.assertEqual(self.listed("--tag", "Odd"), ["/later/", "/t7/", "/t5/", "/t3/", "/t1/"])
        self.assertEqual(self.listed("--tag", "odd", "--scheduled"), ["/later/"])
        self.assertIn("no text has the tag", self.host.fails("post", "list", "anna", "--tag", "x"))
        rows = json.loads(self.host.run("post", "list", "anna", "--json", "--limit", "2"))
        self.assertEqual([(r["address"], r["status"], r["date"], r["language"]) for r in rows],
                         [("/idea/", "draft", None, "en"),
                          ("/later/", "scheduled", "2999-01-01T00:00:00Z", "en")])
        out = self.host.run("post", "list", "anna")
        self.assertRegex(out, r"2020-01-07 00:00  published   /t7/ +T7")


class Deleting(Posts):
    def test_it_is_gone_and_can_be_brought_back(self):
        self.saved("---\ntitle: Rain\naliases: [/old/]\ntags: [wet]\n---\nIt rains.\n")
        text = self.show("rain")
        self.assertIn("--yes", self.host.fails("post", "delete", "anna", "rain"))
        self.host.run("post", "delete", "anna", "rain", "--yes")
        for path in ("/rain/", "/old/"):
            self.assertEqual(self.host.get("anna", path).status, 410)
        self.assertIn("undelete", self.host.fails("post", "show", "anna", "rain"))
        self.assertEqual(self.listed(), [])
        self.assertEqual(self.listed("--deleted"), ["/rain/"])
        self.assertEqual(self.show("rain", "--deleted"), text)
        self.host.run("post", "undelete", "anna", "rain")
        self.assertEqual(self.show("rain"), text)
        self.assertEqual(self.host.get("anna", "/rain/").status, 200)
        self.assertEqual(self.host.get("anna", "/old/").status, 301)
        self.assertEqual(self.listed("--deleted"), [])
        self.host.fails("post", "undelete", "anna", "rain")

    def test_another_text_there_is_not_written_over(self):
        self.saved("# Rain\n\nfirst\n")
        self.host.run("post", "delete", "anna", "rain", "-y")
        self.saved("# Rain\n\nsecond\n")
        self.assertIn("again", self.host.fails("post", "undelete", "anna", "rain"))
        self.assertIn("first", self.show("rain", "--deleted"))
        self.assertIn("second", self.show("rain"))

    def test_a_text_that_has_a_file_says_so_and_is_the_files_again(self):
        self.host.write("anna", "rain.md", post("Rain", "It rains."))
        self.host.publish("anna")
        status, _, said = self.said("post", "delete", "anna", "rain", "-y")
        self.assertEqual(status, 0)
        self.assertIn(str(pathlib.Path("content/anna")), said)
        self.host.run("post", "undelete", "anna", "rain")
        told = json.loads(self.host.publish("anna", "--json"))
        self.assertEqual((told["created"], told["unchanged"]), (0, 1))


class Editing(Posts):
    def test_a_first_text_without_any_folder(self):
        status, out, _ = self.edit("sed -i 's/title: \"\"/title: My first day/' \"$1\"\n"
                                   "echo Hello, everybody. >> \"$1\"\n")
        self.assertEqual(status, 0)
        self.assertIn("/my-first-day/ is new", out)
        self.assertIn("Hello, everybody.", self.host.get("anna", "/my-first-day/").text)
        self.assertEqual(self.edit("cat \"$1\" > got\ntrue", "my-first-day")[:2],
                         (0, "Nothing was changed.\n"))
        self.assertEqual((self.host.root / "got").read_text(), self.show("my-first-day"))
        self.assertEqual(self.edit("true")[:2], (0, "Nothing was changed.\n"))
        self.assertEqual(self.listed(), ["/my-first-day/"])

    def test_what_is_saved_is_told(self):
        self.saved("# Rain\n\nIt rains.\n")
        status, out, said = self.edit("sed -i s/rains/pours/ \"$1\"", "rain")
        self.assertEqual((status, said), (0, ""))
        self.assertIn("/rain/ has changed", out)
        self.assertIn("It pours.", self.host.get("anna", "/rain/").text)
        status, out, _ = self.edit("sed -i s/^slug:.*/slug:\\ wet/ \"$1\"", "rain")
        self.assertIn("/wet/ has changed", out)

    def lies(self, said):
        file = pathlib.Path(said.strip().rsplit(" ", 1)[1])
        self.addCleanup(subprocess.run, ["rm", "-rf", file.parent])
        return file.read_text()

    def test_nothing_typed_is_lost(self):
        self.saved("# Rain\n\nIt rains.\n")
        status, _, said = self.edit("sed -i 's/title:.*/title: [/' \"$1\"; echo typed >> \"$1\"",
                                    "rain")
        self.assertEqual(status, 1)
        self.assertRegex(said, r"/rain\.md:\d+: ")
        self.assertIn("typed", self.lies(said))
        status, _, said = self.edit("echo typed >> \"$1\"; exit 3", "rain")
        self.assertIn("typed", self.lies(said))
        self.assertIn("did not end well", said)
        status, _, said = self.edit(
            f"echo '# Rain' | cat - > other; echo other >> other\n"
            f"{self.host.program} post save anna --address rain - < other >/dev/null\n"
            "echo typed >> \"$1\"", "rain")
        self.assertEqual(status, 1)
        self.assertIn("was changed meanwhile", said)
        self.assertIn("typed", self.lies(said))
        self.assertIn("other", self.show("rain"))


class AtATerminal(Posts):
    """A person who is asked."""

    def at_terminal(self, *words, answers, **env):
        """Answers one question after the other; gives the status and all that was on the screen."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([self.host.program, *words], env=self.host.env | env,
                                   cwd=self.host.root, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        screen = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:
                break
            screen += part
            if b"(yes or no) " in part:
                os.write(ours, answers.pop(0) + b"\n")
        os.close(ours)
        self.assertEqual(answers, [])
        return process.wait(village.PATIENCE), screen.decode().replace("\r\n", "\n")

    def test_an_error_goes_back_to_the_editor(self):
        self.saved("# Rain\n\nIt rains.\n")
        env = self.editor("cp \"$1\" seen\n"
                          "if test -e once; then sed -i 's/title:.*/title: Good/' \"$1\"\n"
                          "else touch once; sed -i 's/title:.*/title: [/' \"$1\"\n"
                          "echo typed >> \"$1\"; fi\n")
        status, screen = self.at_terminal("post", "edit", "anna", "rain", answers=[b"y"], **env)
        self.assertEqual(status, 0, screen)
        self.assertRegex(screen, r"(?s)/rain\.md:\d+: .*Open the editor again\?.*has changed")
        self.assertIn("typed", (self.host.root / "seen").read_text())
        self.assertIn("typed", self.show("rain"))
        self.assertIn('title: "Good"', self.show("rain"))

    def test_no_leaves_the_file_and_names_it(self):
        env = self.editor("echo typed > \"$1\"")
        status, screen = self.at_terminal("post", "edit", "anna", answers=[b"no"], **env)
        self.assertEqual(status, 1)
        file = pathlib.Path(screen.strip().rsplit(" ", 1)[1])
        self.addCleanup(subprocess.run, ["rm", "-rf", file.parent])
        self.assertEqual(file.read_text(), "typed\n")

    def other(self, *changes):
        """What somebody else does with the text while it is in the editor the first time."""
        return ("if ! test -e once; then touch once\n"
                f"{self.host.program} post show anna rain > other\n"
                f"sed -i {' '.join('-e ' + c for c in changes)} other\n"
                f"{self.host.program} post save anna --instead-of rain - < other >/dev/null\nfi\n")

    def rain(self):
        self.saved("# Rain\n\nIt rains.\n\nAnd rains.\n\nAnd rains on.\n")

    def test_changes_in_other_places_are_put_together(self):
        self.rain()
        env = self.editor("sed -i 's/^It rains/It pours/' \"$1\"\n" + self.other("s/on/off/"))
        status, screen = self.at_terminal("post", "edit", "anna", "rain", answers=[b"y"], **env)
        self.assertEqual(status, 0, screen)
        self.assertRegex(screen, r"(?s)meanwhile, in other places.*Save both\?.*has changed")
        self.assertNotIn("Open the editor", screen)
        self.assertIn("It pours.\n\nAnd rains.\n\nAnd rains off.\n", self.show("rain"))

    def test_changes_that_meet_stand_both_in_the_editor(self):
        self.rain()
        env = self.editor("if test -e once; then cp \"$1\" seen$(ls seen* 2>/dev/null | wc -l)\n"
                          "if test -e seen1; then sed -i -e '/^<<<<<<< /d' -e '/^=======/,/^>>>>>>> /d'"
                          " \"$1\"; fi; fi\n"
                          "sed -i 's/^It rains/It pours/' \"$1\"\n" + self.other("s/It.rains/It.drips/"))
        status, screen = self.at_terminal("post", "edit", "anna", "rain", answers=[b"y", b"y"], **env)
        self.assertEqual(status, 0, screen)
        self.assertRegex(screen, r"(?s)in the same places.*again\?.*rain\.md:\d+: here both texts"
                                 r".*again\?.*has changed")
        seen = (self.host.root / "seen0").read_text()
        self.assertIn("<<<<<<< yours\nIt pours.\n=======\nIt.drips.\n>>>>>>> the site's\n", seen)
        self.assertIn("It pours.\n\nAnd rains.\n\nAnd rains on.\n", self.show("rain"))
        self.assertNotIn("drips", self.show("rain"))

    def test_who_does_not_go_on_finds_both_and_each(self):
        self.rain()
        env = self.editor("sed -i 's/^It rains/It pours/' \"$1\"\n" + self.other("s/on/off/"))
        status, screen = self.at_terminal("post", "edit", "anna", "rain", answers=[b"n", b"n"], **env)
        self.assertEqual(status, 1)
        file = pathlib.Path(screen.strip().rsplit(" ", 1)[1])
        self.addCleanup(subprocess.run, ["rm", "-rf", file.parent])
        texts = [file.with_suffix(s).read_text() for s in (".md", ".mine.md", ".site.md")]
        self.assertEqual([("pours" in t, "off" in t) for t in texts],
                         [(True, True), (True, False), (False, True)])
        self.assertEqual(len(list(file.parent.iterdir())), 3)
        self.assertNotIn("pours", self.show("rain"))

    def test_without_diff3_the_other_text_lies_beside(self):
        self.rain()
        (self.host.root / "bin").mkdir()
        (self.host.root / "bin/diff3").write_text("#!/bin/sh\nexit 2\n")
        (self.host.root / "bin/diff3").chmod(0o755)
        env = self.editor("sed -i 's/^It rains/It pours/' \"$1\"\ncat \"${1%md}site.md\" > site\n"
                          + self.other("s/on/off/") + "true\n")
        env["PATH"] = f"{self.host.root}/bin:{self.host.env['PATH']}"
        status, screen = self.at_terminal("post", "edit", "anna", "rain", answers=[b"y"], **env)
        self.assertEqual(status, 0, screen)
        self.assertRegex(screen, r"(?s)no diff3 here.*again\?.*has changed")
        self.assertIn("rains off", (self.host.root / "site").read_text())
        self.assertIn("It pours.\n\nAnd rains.\n\nAnd rains on.\n", self.show("rain"))

    def test_yes_is_no_answer_to_whether_the_editor_opens_again(self):
        """--yes is for what does harm; nothing here does."""
        self.saved("# Rain\n\nIt rains.\n")
        env = self.editor("touch once\nsed -i 's/title:.*/title: [/' \"$1\"\n")
        for word in ("--yes", "-y"):
            status, screen = self.at_terminal("post", "edit", "anna", "rain", word, answers=[], **env)
            self.assertEqual(status, 2)
            self.assertIn(f"post edit has no option {word}", screen)
        self.assertFalse((self.host.root / "once").exists())

    def test_a_text_that_was_deleted_meanwhile_asks_nothing(self):
        self.rain()
        env = self.editor(f"{self.host.program} post delete anna rain --yes >/dev/null; echo typed >> \"$1\"")
        status, screen = self.at_terminal("post", "edit", "anna", "rain", answers=[], **env)
        self.assertEqual(status, 1)
        self.assertNotIn("again?", screen)
        file = pathlib.Path(screen.strip().rsplit(" ", 1)[1])
        self.addCleanup(subprocess.run, ["rm", "-rf", file.parent])
        self.assertIn("typed", file.read_text())

    def test_a_deletion_is_asked_for(self):
        self.saved("# Rain\n\nIt rains.\n")
        status, screen = self.at_terminal("post", "delete", "anna", "rain", answers=[b"no"])
        self.assertEqual(status, 1)
        self.assertIn("Delete /rain/ (Rain)?", screen)
        self.assertEqual(self.listed(), ["/rain/"])
        self.assertEqual(self.at_terminal("post", "delete", "anna", "rain", answers=[b"y"])[0], 0)
        self.assertEqual(self.listed(), [])


class BesideAFolder(Posts):
    """A text saved alone and the folder's copy of it are two sources."""

    def setUp(self):
        super().setUp()
        self.file = self.host.write("anna", "rain.md", post("Rain", "From the file."))
        self.host.publish("anna")
        self.saved(self.show("rain").replace("From the file.", "From the site."))

    def bring(self, *options):
        status, out, said = self.said("import", "anna", self.folder, "--json", *options)
        self.assertEqual(status, 0)
        return json.loads(out)

    def complaints(self, told):
        return " ".join(c["text"] for c in told["complaints"])

    def test_what_the_site_changed_stays_while_the_file_does_not_change(self):
        told = self.bring()
        self.assertEqual((told["changed"], told["unchanged"]), (0, 1))
        self.assertIn("was changed on the site since (/rain/)", self.complaints(told))
        self.assertIn("From the site.", self.host.get("anna", "/rain/").text)

    def test_a_file_that_changes_too_goes_before_and_nothing_is_lost(self):
        self.host.write("anna", "rain.md", post("Rain", "The file again."))
        told = self.bring()
        self.assertEqual(told["changed"], 1)
        self.assertIn("changed here and on the site", self.complaints(told))
        self.assertIn("The file again.", self.host.get("anna", "/rain/").text)
        self.assertIn("From the site.", self.show("rain", "--deleted"))
        self.assertEqual(self.bring()["complaints"], [])

    def test_a_file_that_became_the_same_is_no_conflict(self):
        self.file.write_text(self.show("rain"))
        told = self.bring()
        self.assertEqual(told["complaints"], [])
        self.assertEqual(self.listed("--deleted"), [])

    def test_a_file_saved_alone_is_the_folders(self):
        self.host.write("anna", "rain.md", post("Rain", "Alone."))
        self.assertEqual(self.save_file("rain.md")["result"], "changed")
        self.assertIn("From the site.", self.show("rain", "--deleted"))
        self.host.write("anna", "sub/snow.md", post("Snow", "New."))
        self.assertEqual(self.save_file("sub/snow.md")["address"], "/snow/")
        told = self.bring()
        self.assertEqual((told["created"], told["changed"], told["unchanged"]), (0, 0, 2))
        self.assertEqual(told["complaints"], [])

    def test_the_file_is_named_as_people_write_it(self):
        for told in (json.loads(self.show("rain", "--json")),
                     json.loads(self.host.run("post", "list", "anna", "--json"))[0]):
            self.assertEqual(told["source"], str(self.file))
        _, _, told = self.said("post", "delete", "anna", "rain", "--yes")
        self.assertIn(f"Its file is still there: {self.file}. ", told)

    def test_a_draft_by_command_stays_one_until_the_file_changes(self):
        self.save_file("rain.md", "--draft")
        self.assertEqual(self.bring()["changed"], 0)
        self.assertEqual(self.host.get("anna", "/rain/").status, 404)

    def test_a_folder_that_was_saved_alone_first_is_imported_without_doubles(self):
        self.host.site("berta")
        file = self.host.write("berta", "notes/snow.md", post("Snow", "x"))
        self.host.run("post", "save", "berta", file)
        told = json.loads(self.host.publish("berta", "--json"))
        self.assertEqual((told["created"], told["refused"]), (0, 0))
        self.assertEqual(self.host.get("berta", "/snow-2/").status, 404)

    def test_a_file_is_one_text_in_whichever_folder_it_is_found(self):
        self.host.site("cesar")
        blog = self.host.folder("cesar") / "blog"
        self.host.write("cesar", "note.md", post("Note", "x"))
        self.host.write("cesar", "blog/_config.yml", "title: C\n")
        rain = self.host.write("cesar", "blog/_posts/2020-02-03-rain.md", post("Rain", "x"))
        snow = self.host.write("cesar", "blog/_posts/2020-02-04-snow.md", post("Snow", "x"))
        for file in (self.host.folder("cesar") / "note.md", rain):
            self.host.run("post", "save", "cesar", file)
        told = json.loads(self.host.run("import", "cesar", blog, "--json"))
        self.assertEqual((told["dialect"], told["created"], told["unchanged"]), ("jekyll", 1, 1))
        self.assertIn("as it was", self.host.run("post", "save", "cesar", snow))
        told = json.loads(self.host.run("import", "cesar", self.host.folder("cesar"), "--json"))
        self.assertEqual((told["created"], told["missing"]), (0, 0))
        told = json.loads(self.host.run("import", "cesar", blog, "--json", "--prune"))
        self.assertEqual((told["created"], told["removed"]), (0, 0))
        self.assertEqual(sorted(self.host.run("post", "list", "cesar", "--addresses").split()),
                         ["/note/", "/rain/", "/snow/"])

    def test_a_folder_that_moved_keeps_what_the_site_changed(self):
        new = self.host.root / "moved"
        self.folder.rename(new)
        status, out, _ = self.said("import", "anna", new, "--json")
        told = json.loads(out)
        self.assertEqual((status, told["created"], told["changed"]), (0, 0, 0))
        self.assertIn("From the site.", self.show("rain"))
        told = json.loads(self.host.run("import", "anna", new, "--json"))
        self.assertEqual((told["created"], told["missing"]), (0, 0))

    def test_a_watched_folder(self):
        from test_watch import Watcher
        watcher = Watcher(self.host, "anna", self.folder)
        self.addCleanup(watcher.process.stdout.close)
        self.addCleanup(watcher.end)
        self.assertIn("was changed on the site since", watcher.text)
        self.saved(self.show("rain").replace("From the site.", "Once more."))
        self.assertIn("Once more.", self.host.get("anna", "/rain/").text)
        self.host.write("anna", "rain.md", post("Rain", "The file at last."))
        self.assertIn("changed here and on the site", watcher.hear("text, in"))
        self.assertIn("The file at last.", self.host.get("anna", "/rain/").text)
        self.assertIn("Once more.", self.show("rain", "--deleted"))


class Alone(unittest.TestCase):
    """Without a server."""

    def setUp(self):
        self.host = village.Host()
        self.addCleanup(self.host.close)
        self.host.site("anna")

    def test_all_of_it(self):
        def run(*words, **more):
            return self.host.run("post", *words, **more)
        run("save", "anna", "-", stdin="# Rain\n\nIt rains.\n")
        self.assertIn("It rains.", run("show", "anna", "rain"))
        self.assertIn("as it was", run("save", "anna", "-", stdin=run("show", "anna", "rain")))
        self.assertIn("has changed", run("edit", "anna", "rain", EDITOR="sed -i s/rains/pours/"))
        run("delete", "anna", "rain", "-y")
        run("undelete", "anna", "rain")
        self.host.start()
        self.assertIn("It pours.", self.host.get("anna", "/rain/").text)


if __name__ == "__main__":
    unittest.main()
