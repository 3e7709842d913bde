"""Commands on a host without a server: what an operator types and gets.

Needs the program: HAMEAU names it, else it is looked for where `make` puts it.
"""
import concurrent.futures
import json
import os
import pathlib
import pty
import shutil
import signal
import subprocess
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]


def program():
    for path in (os.environ.get("HAMEAU"), os.environ.get("top_builddir", TOP / "build") + "/hameau"
                 if "top_builddir" in os.environ else TOP / "build" / "hameau", TOP / "hameau"):
        if path and os.access(path, os.X_OK):
            return str(pathlib.Path(path).resolve())
    raise unittest.SkipTest("the program is not built")


class Host(unittest.TestCase):
    def setUp(self):
        self.program = program()
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="hameau-"))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        self.data = self.root / "data"
        self.env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HAMEAU_SHARE": str(TOP),
                    "HAMEAU_DATA": str(self.data)}
        self.good("init", self.data, "--base", "test.example")

    def run_it(self, *words, stdin=subprocess.DEVNULL, **env):
        return subprocess.run([self.program, *map(str, words)], env=self.env | env, stdin=stdin,
                              cwd=self.root, capture_output=True, text=True, timeout=60)

    def good(self, *words, **env):
        done = self.run_it(*words, **env)
        self.assertEqual((done.returncode, done.stderr), (0, ""), words)
        return done.stdout

    def bad(self, status, *words, **env):
        done = self.run_it(*words, **env)
        self.assertEqual(done.returncode, status, (words, done.stdout, done.stderr))
        self.assertEqual(done.stdout, "")
        for line in done.stderr.splitlines():
            self.assertTrue(line.startswith("hameau: "), line)
        return done.stderr.removeprefix("hameau: ").rstrip("\n")


class Commands(Host):
    def test_the_plain_forms_of_the_readme_work(self):
        other = self.root / "other"
        self.good("init", other)
        self.good("site", "create", "anna", "--data", other, "--title", "Anna's", "--lang", "fr")
        site = json.loads(self.good("site", "show", "anna", "--data", other, "--json"))
        self.assertEqual(site["settings"]["title"], "Anna's")
        self.assertEqual(site["host"], "anna.localhost")
        self.assertTrue(pathlib.Path(site["folder"], "site.db").is_file())

    def test_a_relative_folder_is_taken_from_where_one_stands(self):
        self.good("init", "here")
        self.good("site", "list", "--data", "./here")
        self.assertTrue((self.root / "here" / "hameau.ini").is_file())

    def test_exit_statuses_tell_failure_from_a_wrong_line(self):
        self.assertIn("which host?", self.bad(2, "site", "list", HAMEAU_DATA=""))
        self.assertIn('did you mean "site list"?', self.bad(2, "site", "lst"))
        self.assertIn("did you mean --limit?", self.bad(2, "site", "list", "--limt", "3"))
        self.assertIn("is no host", self.bad(1, "site", "list", "--data", self.root))
        self.assertIn("there is no site", self.bad(1, "site", "show", "nobody"))
        self.assertIn("is a host already", self.bad(1, "init", self.data))

    def test_every_command_explains_itself(self):
        everything = self.good("help")
        for line in self.good("help").splitlines():
            if line.startswith("  ") and line[2] != " " and not line.startswith("  -"):
                words = [w for w in line[2:].split("  ")[0].split() if w.islower()]
                self.assertIn("Usage: hameau " + " ".join(words), self.good("help", *words))
                self.assertIn("Usage: hameau", self.good(*words, "--help"))
        self.assertIn("site create", everything)

    def test_the_life_of_a_site(self):
        self.good("site", "create", "anna")
        self.good("site", "domain", "add", "anna", "anna.org", "--canonical")
        self.good("site", "domain", "add", "anna", "www.anna.org")
        self.good("site", "rename", "anna", "berta")
        self.good("site", "suspend", "anna", "--legal", "--reason", "court order 7")
        site = json.loads(self.good("site", "show", "anna", "--json"))
        self.assertEqual((site["name"], site["status"], site["reason"], site["host"]),
                         ("berta", 451, "court order 7", "anna.org"))
        self.assertEqual(site["domains"], ["anna.org", "www.anna.org"])
        self.assertEqual(site["former_names"], ["anna"])
        self.good("site", "resume", "berta")
        self.good("site", "delete", "berta", "--yes")
        self.good("site", "undelete", "berta")
        self.good("site", "delete", "berta", "--yes")
        self.assertIn("--early", self.bad(1, "site", "purge", "berta", "--yes"))
        self.good("site", "purge", "berta", "--yes", "--early")
        self.assertFalse(os.path.exists(site["folder"]))
        self.assertEqual(json.loads(self.good("site", "list", "--json")), [])

    def test_settings_are_checked_before_anything_is_changed(self):
        self.good("site", "create", "anna")
        self.assertIn("order:", self.bad(1, "site", "set", "anna", "order=oldest"))
        self.good("site", "set", "anna", "order=serial", "posts_per_page=5", "option.accent=#2a6")
        self.good("site", "set", "anna", "title", "Two words")
        settings = json.loads(self.good("site", "show", "anna", "--json"))["settings"]
        self.assertEqual((settings["order"], settings["posts_per_page"], settings["title"],
                          settings["option.accent"]), ("serial", "5", "Two words", "#2a6"))
        self.bad(1, "site", "create", "berta", "--lang", "??")
        self.assertIn("there is no theme", self.bad(1, "site", "create", "berta", "--theme", "zz"))
        self.assertEqual(self.good("site", "list", "--names"), "anna\n")

    def test_a_long_list_is_read_by_name(self):
        names = [f"n{i:03}" for i in range(230)]
        table = self.root / "sites.csv"
        table.write_text("\n".join(["name", *names]))
        self.good("site", "create", "--from", table)
        self.assertEqual(self.good("site", "list", "--names").split(), names)
        self.assertEqual(self.good("site", "list", "--names", "--after", "n227").split(),
                         ["n228", "n229"])
        self.assertEqual(self.good("site", "list", "--names", "-n", "2").split(), names[:2])

    def test_of_two_that_make_the_same_site_one_wins(self):
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            done = list(pool.map(lambda _: self.run_it("site", "create", "anna"), range(8)))
        self.assertEqual(sorted(d.returncode for d in done), [0] + [1] * 7)
        folders = list((self.data / "sites").glob("*/*"))
        self.assertEqual(len(folders), 1)

    def test_mistakes_in_the_configuration_are_told_all_at_once(self):
        (self.data / "hameau.ini").write_text("[host]\nbse = x\n\n[cache]\nmemory = lots\n")
        told = self.run_it("site", "list")
        self.assertEqual(told.returncode, 1)
        first, second = told.stderr.splitlines()
        self.assertIn('hameau.ini:2: unknown key "bse" in [host]; did you mean "base"?', first)
        self.assertIn("hameau.ini:5: memory:", second)

    def test_more_mistakes_than_have_room_are_counted(self):
        (self.data / "hameau.ini").write_text("[cache]\n" + "memory = much\n" * 40)
        told = self.bad(1, "site", "list").splitlines()
        self.assertTrue(all("hameau.ini:" in line for line in told[:-1]), told)
        self.assertEqual(told[-1], f"hameau: more mistakes: {40 - len(told[:-1])}")

    def test_a_folder_without_a_site_is_found_by_the_doctor(self):
        (self.data / "sites" / "ab" / "ab0000000001").mkdir(parents=True)
        findings = json.loads(self.run_it("doctor", "--json").stdout)
        self.assertIn("ab0000000001", " ".join(f["text"] for f in findings))

    def test_a_damaged_site_is_found_by_the_doctor_and_harms_no_other(self):
        self.good("site", "create", "anna")
        self.good("site", "create", "berta")
        folder = json.loads(self.good("site", "show", "anna", "--json"))["folder"]
        pathlib.Path(folder, "site.db").write_bytes(b"no database at all " * 100)
        done = self.run_it("doctor")
        self.assertEqual(done.returncode, 1)
        self.assertIn("anna", done.stdout)
        self.good("site", "show", "berta")
        self.bad(1, "site", "show", "anna")

    def test_a_damaged_host_is_told_in_json_too(self):
        self.good("site", "create", "anna")
        path = self.data / "host.db"
        path.write_bytes(path.read_bytes()[:4096] + b"?" * (path.stat().st_size - 4096))
        done = self.run_it("doctor", "--json")
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        findings = [f["text"] for f in json.loads(done.stdout) if f["level"] == "error"]
        self.assertEqual(len(findings), 1, findings)
        self.assertIn("host.db", findings[0])

    def test_the_cache_may_be_counted_and_cleared_at_any_time(self):
        self.good("site", "create", "anna")
        self.assertEqual(json.loads(self.good("cache", "show", "--json"))["pages"], 0)
        self.assertEqual(self.good("cache", "clear", "anna"), "")
        told = self.good("cache", "clear", "anna", "--json")
        self.assertEqual(json.loads(told), {"site": "anna"})
        self.assertEqual(json.loads(self.good("cache", "clear", "--json")), {"site": None})
        self.assertIn("there is no site", self.bad(1, "cache", "clear", "nobody"))

    def test_a_copied_host_is_a_host(self):
        self.good("site", "create", "anna", "--title", "Anna")
        copy = self.root / "copy"
        shutil.copytree(self.data, copy)
        site = json.loads(self.good("site", "show", "anna", "--json", "--data", copy))
        self.assertEqual(site["settings"]["title"], "Anna")
        self.assertTrue(site["folder"].startswith(str(copy)))


class Completion(Host):
    """What bash offers where a word is wanted; zsh asks the same script."""

    def setUp(self):
        super().setUp()
        (self.root / "bin").mkdir()
        (self.root / "bin/hameau").symlink_to(self.program)

    def offers(self, *words):
        script = ("source <(hameau help --completion bash); COMP_WORDS=(hameau \"$@\"); COMP_CWORD=$#;"
                  ' _hameau; printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script, "bash", *words], cwd=self.root, text=True,
                              env=self.env | {"PATH": f"{self.root}/bin:{os.environ['PATH']}"},
                              capture_output=True, timeout=60)
        self.assertEqual(done.stderr, "")
        return set(done.stdout.split())

    def test_a_name_is_offered_where_a_name_is_wanted_and_a_folder_where_a_folder_is(self):
        self.good("site", "create", "anna")
        (self.root / "folder").mkdir()
        (self.root / "folder.csv").touch()
        for words, wanted, unwanted in (
                (("th",), {"theme"}, {"folder", "anna"}),
                (("theme", "sh"), {"show"}, {"folder", "new"}),
                (("site", "show", ""), {"anna"}, {"folder", "plume"}),
                (("import", ""), {"anna", "folder"}, {"folder.csv", "plume"}),
                (("theme", "show", ""), {"plume", "plain"}, {"folder", "anna"}),
                (("theme", "check", ""), {"plume", "folder"}, {"anna"}),
                (("theme", "install", "fo"), {"folder", "folder.csv"}, {"plume"}),
                (("lang", "check", ""), {"fr", "de"}, {"folder", "anna"}),
                (("site", "create", "bert", "--lang", ""), {"fr"}, {"folder", "anna"}),
                (("site", "create", "bert", "--theme", "pl"), {"plume", "plain"}, {"place2", "fr"}),
                (("site", "create", "bert", "--from", "fo"), {"folder.csv"}, {"plume"}),
                (("site", "create", "bert", "--title", ""), set(), {"fr", "folder", "anna"}),
                (("site", "show", "--"), {"--json", "--data"}, {"anna"}),
                (("site", "show", "--data", ""), {"folder"}, {"anna"})):
            offered = self.offers(*words)
            self.assertLessEqual(wanted, offered, words)
            self.assertFalse(unwanted & offered, (words, offered))

    def test_names_alone_are_one_a_line(self):
        self.assertIn("plume\n", self.good("theme", "list", "--names"))
        self.assertEqual(self.good("lang", "stats", "--names", "fr", "de"), "de\nfr\n")


class Terminal(Host):
    """With a person to ask."""

    def talk(self, answer, *words):
        pid, fd = pty.fork()
        if pid == 0:
            os.chdir(self.root)
            os.execve(self.program, [self.program, *words], self.env)
        seen = b""
        asked = False
        while True:
            try:
                part = os.read(fd, 4096)
            except OSError:
                break
            if not part:
                break
            seen += part
            if b"?" in seen and not asked:
                asked = True
                if answer is None:
                    os.kill(pid, signal.SIGINT)
                else:
                    os.write(fd, answer.encode() + b"\n")
        os.close(fd)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen.decode()

    def test_what_does_harm_asks_first(self):
        self.good("site", "create", "anna")
        status, seen = self.talk("no", "site", "delete", "anna")
        self.assertEqual(status, 1)
        self.assertIn("nothing was done", seen)
        status, seen = self.talk("y", "site", "delete", "anna")
        self.assertEqual(status, 0, seen)
        self.assertEqual(self.good("site", "list", "--names", "--state", "deleted"), "anna\n")

    def test_ctrl_c_at_a_question_does_nothing(self):
        self.good("site", "create", "anna")
        status, _ = self.talk(None, "site", "delete", "anna")
        self.assertEqual(status, 130)
        self.assertEqual(self.good("site", "list", "--names", "--state", "active"), "anna\n")


if __name__ == "__main__":
    unittest.main()
