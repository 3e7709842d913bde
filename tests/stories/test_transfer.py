"""Texts come in from other programs, stay true while they are written, and go out again."""
import http.server
import json
import re
import subprocess
import threading
import time
import urllib.request

import html5
import village

FIXTURES = village.TOP / "tests/data/import"


class Import(village.Story):
    def bring(self, dialect, *options):
        self.host.site("anna", lang="en")
        return self.host.run("import", "anna", FIXTURES / dialect, *options, status=None)

    def page(self, path, status=200):
        got = self.host.get("anna", path)
        self.assertEqual(got.status, status, path)
        return got.text

    def leads(self, old, new):
        got = self.host.get("anna", old)
        self.assertEqual(got.status, 301, old)
        self.assertTrue(got["location"].endswith(new), got["location"])

    def test_hugo(self):
        self.bring("hugo")
        page = self.page("/first-rain/")
        for part in ("First rain: a story", "<figure", "The sky", "{{&lt; not a tag &gt;}}",
                     'hreflang="fr"'):
            self.assertIn(part, page)
        self.assertRegex(page, r'<a href="/walk/"[^>]*>the walk</a>')
        self.leads("/old/rain/", "/first-rain/")
        self.leads("/posts/first-rain/", "/first-rain/")
        self.assertIn('lang="fr"', self.page("/first-rain-fr/"))
        self.page("/not-yet/", 404)
        self.assertRegex(self.page("/walk/"), r'<img src="/media/[0-9a-f]+/path\.png"')

    def test_jekyll(self):
        self.bring("jekyll")
        page = self.page("/welcome/")
        self.assertRegex(page, r'<a href="/code/"[^>]*>code</a>')
        self.assertRegex(page, r'src="/media/[0-9a-f]+/logo\.png"')
        self.leads("/hello.html", "/welcome/")
        self.leads("/news/general/2020/01/02/welcome.html", "/welcome/")
        self.page("/tag/two/")

    def test_zola(self):
        self.bring("zola")
        page = self.page("/hello-world/")
        self.assertRegex(page, r'<a href="/next/#part"[^>]*>Next</a>')
        self.leads("/blog/hello-world/", "/hello-world/")
        self.leads("/greeting/", "/hello-world/")
        self.assertIn('lang="de"', self.page("/next-de/"))
        self.page("/author/clara/")

    def test_hexo(self):
        self.bring("hexo")
        page = self.page("/hello-hexo/")
        self.assertRegex(page, r'src="/media/[0-9a-f]+/photo\.png"')
        self.assertRegex(page, r'<a href="/second/"[^>]*>The second</a>')
        self.leads("/2019/07/08/hello-hexo/", "/hello-hexo/")
        self.assertIn("language-js", self.page("/second/"))

    def test_all_that_came_in_is_sound(self):
        for dialect in ("hugo", "jekyll", "zola", "hexo", "folder"):
            self.host.site(dialect)
            self.host.run("import", dialect, FIXTURES / dialect, status=None)
            paths = re.findall(r"<loc>http://[^/]*(/[^<]*)</loc>",
                               self.host.get(dialect, "/sitemap.xml").text)
            for part in [p for p in paths if p.endswith(".xml")]:
                paths += re.findall(r"<loc>http://[^/]*(/[^<]*)</loc>",
                                    self.host.get(dialect, part).text)
            for path in [p for p in paths if not p.endswith(".xml")]:
                got = self.host.get(dialect, path)
                self.assertEqual((got.status, html5.Page(got.text).complaints), (200, []), path)

    def test_a_dry_run_tells_all_and_does_nothing(self):
        self.bring("hugo", "--dry-run", "--json")
        self.page("/first-rain/", 404)
        told = json.loads(self.host.run("import", "anna", FIXTURES / "hugo", "--dry-run",
                                        "--json", status=None))
        self.assertEqual((told["dry_run"], told["created"], told["refused"]), (True, 6, 1))
        self.assertIn({"file": "content/broken.md", "line": 4},
                      [{k: c[k] for k in ("file", "line")} for c in told["complaints"]])

    def test_only_what_changed_is_taken_again(self):
        self.host.site("anna")
        for n in range(5):
            self.host.write("anna", f"t{n}.md", f"---\ntitle: T{n}\ndate: 2020-01-0{n + 1}\n---\nx\n")
        self.host.publish("anna")
        self.host.write("anna", "t3.md", "---\ntitle: New\ndate: 2020-01-04\nslug: t3\n---\ny\n")
        told = json.loads(self.host.publish("anna", "--json"))
        self.assertEqual((told["changed"], told["unchanged"], told["created"]), (1, 4, 0))
        self.assertIn("New", self.page("/t3/"))

    def test_what_is_gone_from_the_folder_goes_with_prune(self):
        self.host.site("anna")
        file = self.host.write("anna", "t.md", "---\ntitle: T\ndate: 2020-01-01\n---\nx\n")
        self.host.write("anna", "u.md", "---\ntitle: U\ndate: 2020-01-01\n---\nx\n")
        self.host.publish("anna")
        file.unlink()
        self.host.publish("anna")
        self.page("/t/")
        self.host.publish("anna", "--prune")
        self.page("/t/", 410)
        self.page("/u/")


class Time(village.Story):
    def test_a_post_of_the_future_is_published_by_the_server(self):
        self.host.site("anna")
        then = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 4))
        self.host.write("anna", "now.md", "---\ntitle: Now\ndate: 2020-01-01\n---\nx\n")
        self.host.write("anna", "soon.md", f"---\ntitle: Soon\ndate: {then}\n---\nx\n")
        self.host.publish("anna")
        before = {p: self.host.get("anna", p) for p in ("/", "/soon/", "/atom.xml")}
        self.assertEqual(before["/soon/"].status, 404)
        self.assertNotIn("Soon", before["/"].text + before["/atom.xml"].text)
        self.assertTrue(self.host.wait_for(lambda: self.host.get("anna", "/soon/").status == 200))
        self.assertIn("Soon", self.host.get("anna", "/").text)
        self.assertIn("Soon", self.host.get("anna", "/atom.xml").text)


class Watch(village.Story):
    def setUp(self):
        super().setUp()
        self.host.site("anna")
        self.host.write("anna", "rain.md", "---\ntitle: Rain\ndate: 2020-01-01\n---\nOne.\n")
        self.watch = subprocess.Popen(
            [self.host.program, "watch", "anna", self.host.folder("anna")], env=self.host.env,
            cwd=self.host.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.watch.stderr.close)
        self.addCleanup(self.watch.wait)
        self.addCleanup(self.watch.kill)
        self.assertTrue(self.host.wait_for(lambda: self.says("/rain/", "One.")))

    def says(self, path, words):
        got = self.host.get("anna", path)
        return got.status == 200 and words in got.text

    def test_a_saved_file_is_on_the_site(self):
        self.host.write("anna", "rain.md", "---\ntitle: Rain\ndate: 2020-01-01\n---\nTwo.\n")
        self.assertTrue(self.host.wait_for(lambda: self.says("/rain/", "Two.")))
        self.host.write("anna", "deep/new.md", "---\ntitle: N\ndate: 2020-01-02\n---\nThree.\n")
        self.assertTrue(self.host.wait_for(lambda: self.says("/new/", "Three.")))

    def test_an_error_is_told_and_the_old_text_stays(self):
        self.host.write("anna", "rain.md", "---\ntitle: [Rain\ndate: 2020\n---\nTwo.\n")
        line = ""
        while line is not None and "rain.md:" not in line:
            line = self.watch.stderr.readline() or None
        self.assertRegex(line or "nothing", r"rain\.md:\d+: ")
        self.assertTrue(self.says("/rain/", "One."))

    def test_a_removed_file_takes_its_text_along(self):
        (self.host.folder("anna") / "rain.md").unlink()
        self.host.write("anna", "sun.md", "---\ntitle: Sun\ndate: 2020-01-01\n---\nSun.\n")
        self.assertTrue(self.host.wait_for(
            lambda: self.host.get("anna", "/rain/").status == 410))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Export(village.Story):
    """What goes out can be read anywhere, and comes in again as it was."""

    def setUp(self):
        super().setUp()
        self.host.site("anna", title="Anna", lang="en", author="Anna")
        self.host.run("import", "anna", village.TOP / "examples/sites/anna/content")
        self.out = self.host.root / "out"
        self.host.run("export", "anna", self.out)

    def test_every_link_between_the_files_leads_to_a_file(self):
        pages = list(self.out.rglob("*.html"))
        self.assertGreater(len(pages), 25)
        for page in pages:
            for link in re.findall(r'(?:href|src)="([^"#?]+)[^"]*"', page.read_text()):
                if re.match(r"[a-z]+:", link):
                    continue
                to = (self.out / link.lstrip("/") if link.startswith("/")
                      else page.parent / urllib.request.url2pathname(link))
                to = to / "index.html" if to.is_dir() or link.endswith("/") else to
                self.assertTrue(to.exists(), f"{page.relative_to(self.out)}: {link}")

    def test_any_static_server_can_serve_it(self):
        handler = lambda *a: Quiet(*a, directory=str(self.out))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        at = f"http://127.0.0.1:{server.server_port}"
        with urllib.request.urlopen(at + "/about/") as got:
            self.assertIn("About", got.read().decode())

    def test_what_was_exported_comes_in_as_the_same_pages(self):
        paths = [p for p in re.findall(r"<loc>http://[^/]*(/[^<]*)</loc>",
                                       self.sitemap("anna")) if not p.endswith(".xml")]
        self.assertGreater(len(paths), 15)
        before = {p: self.host.get("anna", p).text for p in [*paths, "/", "/atom.xml"]}
        self.host.run("site", "create", "berta", "--set=title=Anna", "--set=lang=en",
                      "--set=author=Anna")
        self.host.run("import", "berta", self.out / "source")
        for path, text in before.items():
            again = self.host.get("berta", path).text
            self.assertEqual(self.nameless(text), self.nameless(again), path)

    def sitemap(self, site):
        index = self.host.get(site, "/sitemap.xml").text
        return index + "".join(self.host.get(site, p).text for p in
                               re.findall(r"<loc>http://[^/]*(/[^<]*\.xml)</loc>", index))

    @staticmethod
    def nameless(text):
        """Names of the sites and the times of the import differ, and nothing else may."""
        text = re.sub(r"(anna|berta)\.test\.example", "x", text)
        return text


if __name__ == "__main__":
    village.unittest.main()
