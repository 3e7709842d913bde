"""A themer's day: theme new, theme serve, theme bench, and a browser that follows the saves."""
import json
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time

import test_browser
import village


class Workshop:
    """`theme serve` of a theme, in a folder of its own for what is temporary."""

    def __init__(self, theme, *options):
        self.tmp = pathlib.Path(tempfile.mkdtemp(prefix="hameau-workshop-story-"))
        self.port = village.free_port()
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TMPDIR": str(self.tmp),
               "HAMEAU_SHARE": os.environ.get("HAMEAU_SHARE") or str(village.TOP)}
        env |= {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
        self.process = subprocess.Popen(
            [village.program(), "theme", "serve", theme, "--listen", f"127.0.0.1:{self.port}",
             *options], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if not select.select([self.process.stdout], [], [], 3 * village.PATIENCE)[0]:
            raise AssertionError("the workshop does not open")
        self.line = self.process.stdout.readline().decode()
        if not self.line:
            raise AssertionError(self.process.stderr.read().decode())

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        status = self.process.wait(village.PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()
        left = list(self.tmp.iterdir())
        shutil.rmtree(self.tmp)
        return status, left

    def get(self, site, path):
        with village.Connection(self.port) as c:
            return c.ask(f"{site}.localhost", path, fields={"Connection": "close"})

    def state(self):
        return json.loads(self.get("anna", "/workshop/state").text)

    def wait_for(self, question):
        end = time.monotonic() + village.PATIENCE
        while not question():
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
        return True


class Themer(village.unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = village.Host("localhost")
        cls.addClassCleanup(cls.host.close)
        cls.host.run("theme", "new", "my-theme", "--author", "Ada Quill")
        cls.theme = cls.host.root / "my-theme"
        cls.shop = Workshop(cls.theme, "--many", "60")
        cls.addClassCleanup(lambda: cls.shop and cls.shop.close())

    def test_a_new_theme_is_whole_and_ones_own(self):
        ini = (self.theme / "theme.ini").read_text()
        for line in ("name = My theme", "version = 0.1.0", "name = Ada Quill", "[original]",
                     "name = Plain"):
            self.assertIn(line, ini)
        self.assertIn("Ada Quill", (self.theme / "README.md").read_text())
        for name in ("LICENSE", "screenshot.png", "demo/welcome.md", "lang/fr.po",
                     "templates/base.html"):
            self.assertTrue((self.theme / name).exists(), name)
        self.host.run("theme", "pack", self.theme, "--output", "my-theme.zip")
        self.host.run("theme", "install", "my-theme.zip")
        self.host.run("theme", "new", "my-theme", status=1)
        self.host.run("theme", "new", "No Such", status=1)
        self.host.run("theme", "new", "other", "--from", "nothing", status=1)
        self.host.run("theme", "new", "quill", "somewhere", "--from", "plume")
        self.assertIn("name = Quill", (self.host.root / "somewhere/quill/theme.ini").read_text())

    def test_the_workshop_has_every_page(self):
        self.assertIn("http://anna.localhost", self.shop.line)
        index = self.shop.get("anna", "/workshop/").text
        links = set(re.findall(r'href="http://([a-z]+)\.localhost:\d+(/[^"]*)"', index))
        self.assertGreaterEqual({site for site, _ in links},
                                {"anna", "atelier", "borgoverde", "mareas", "wanderverein",
                                 "worst", "rtl", "one", "empty", "demo", "many"})
        strange = []
        for site, path in sorted(links):
            reply = self.shop.get(site, path.replace("&amp;", "&"))
            wanted = {"/workshop/nothing/": 404}
            status = wanted.get(path, int((re.findall(r"/error/(\d+)/", path) or [200])[0]))
            if site in ("empty", "one", "demo", "rtl") and re.match("/forum/1/|/start/", path):
                status = reply.status if reply.status in (200, 302, 301, 404) else 0
            if path == "/start/" and reply.status in (200, 301, 302, 307):
                status = reply.status
            if reply.status != status:
                strange.append(f"{site}{path}: {reply.status}")
            elif reply.status < 300 and "live.js" not in reply.text:
                strange.append(f"{site}{path}: is not followed")
        self.assertEqual(strange, [])
        self.assertIn('dir="rtl"', self.shop.get("rtl", "/").text)

    def test_an_option_is_chosen_by_a_link(self):
        css = lambda: re.search(r"/_/options-\w+\.css", self.shop.get("mareas", "/").text).group()
        before = css()
        reply = self.shop.get("mareas", "/workshop/set?key=option.accent&value=%23b00020")
        self.assertEqual((reply.status, "/workshop/" in reply["location"]), (303, True))
        self.assertNotEqual(css(), before)
        self.assertIn("#b00020", self.shop.get("mareas", css()).text)
        for wrong in ("option.accent&value=url(x)", "theme&value=plume", "option.none&value=1"):
            self.assertEqual(self.shop.get("mareas", "/workshop/set?key=" + wrong).status, 400)

    def test_a_mistake_is_told_with_its_lines_and_goes_when_it_is_mended(self):
        template = self.theme / "templates/page.html"
        good = template.read_text()
        template.write_text(good + "\n{{#nothing}}\n")
        self.addCleanup(template.write_text, good)
        self.assertTrue(self.shop.wait_for(lambda: self.shop.state()["trouble"]))
        trouble = self.shop.state()["trouble"]
        self.assertEqual(trouble["file"], "my-theme/templates/page.html")
        here = [one["text"] for one in trouble["lines"] if one["number"] == trouble["line"]]
        self.assertEqual(here, ["{{#nothing}}"])
        self.assertEqual(self.shop.get("anna", "/about/").status, 200)
        template.write_text(good)
        self.assertTrue(self.shop.wait_for(lambda: not self.shop.state()["trouble"]))

    def test_a_page_that_cannot_be_made_says_why(self):
        template = self.theme / "templates/terms.html"
        good = template.read_text()
        template.write_text(good.replace("{{$main}}", "{{$main}}{{{site.title}}}"))
        self.addCleanup(template.write_text, good)
        self.assertTrue(self.shop.wait_for(lambda: self.shop.get("one", "/tag/").status == 500))
        page = self.shop.get("one", "/tag/").text
        self.assertIn("my-theme/templates/terms.html:", page)
        self.assertIn('class="here"', page)
        self.assertIn("live.js", page)
        template.write_text(good)
        self.assertTrue(self.shop.wait_for(lambda: self.shop.get("one", "/tag/").status == 200))

    def test_the_browser_follows(self):
        program = shutil.which("chromium")
        if not program or village.SANITIZED:
            self.skipTest("there is no chromium, or a sanitizer")
        browser = test_browser.Browser(program)
        self.addCleanup(browser.close)
        browser.open(f"http://anna.localhost:{self.shop.port}/about/", 1280)
        browser.ask("window.stays = true")
        css = self.theme / "assets/css/style.css"
        good = css.read_text()
        self.addCleanup(css.write_text, good)
        css.write_text(good + "\nbody { border: 7px solid red }\n")
        self.assertTrue(self.shop.wait_for(
            lambda: browser.ask("getComputedStyle(document.body).borderTopWidth") == "7px"))
        self.assertIsNone(browser.ask("window.stays"))
        css.write_text(good + "\nbody { background: url(no.png) }\n")
        told = "(document.getElementById('workshop-trouble') || {}).textContent || ''"
        self.assertTrue(self.shop.wait_for(lambda: "no.png" in (browser.ask(told) or "")))
        browser.picture("workshop-trouble")
        css.write_text(good)
        self.assertTrue(self.shop.wait_for(
            lambda: browser.ask(told) == ""
            and browser.ask("getComputedStyle(document.body).borderTopWidth") == "0px"))
        self.assertEqual([c for c in browser.complaints() if "Refused" in c], [])

    def test_the_time_of_each_template_is_measured(self):
        rows = json.loads(self.host.run("theme", "bench", self.theme, "--runs", "3", "--json"))
        self.assertGreaterEqual({row["template"] for row in rows},
                                {"home", "post", "page", "terms", "archive", "search", "error",
                                 "forum", "board", "topic", "members", "member"})
        for row in rows:
            self.assertTrue(0 < row["median_ns"] <= row["worst_ns"], row)
            self.assertTrue(row["bytes"] > 500 and row["nodes"] > 10, row)
        text = self.host.run("theme", "bench", "plume", "--runs", "1")
        self.assertRegex(text, r"(?m)^post +worst +/tables/ +[\d.]+ +[\d.]+ +\d+ +\d+$")


class Closing(village.unittest.TestCase):
    def test_nothing_is_left_when_the_workshop_closes(self):
        status, left = Workshop("plain").close()
        self.assertEqual((status, left), (0, []))


if __name__ == "__main__":
    village.unittest.main()
