"""`hameau export`: a site as files, for a disk, for any server, and for another Hameau."""
import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
import unittest
import urllib.parse
import urllib.request

import html5
import village
from test_import import png, post
from test_village import SITES, settings_of

ORIGIN = "http://{}.test.example"


def files_of(folder):
    return {str(p.relative_to(folder)): p for p in folder.rglob("*") if p.is_file()}


def broken_links(folder):
    """Links of pages that lead to no file; those of the 404 page, which is shown at any depth,
    begin at the root."""
    found = []
    for name, path in files_of(folder).items():
        if not name.endswith(".html") or name.startswith("source/"):
            continue
        page = html5.Page(path.read_text(encoding="utf-8"))
        for link in page.links + page.parts:
            to = urllib.parse.urlsplit(link)
            if to.scheme or to.netloc or not to.path:
                continue
            if to.path.startswith("/"):
                if name != "404.html":
                    found.append(f"{name}: {link} begins with a slash")
                target = folder / urllib.parse.unquote(to.path[1:])
                target = target / "index.html" if to.path.endswith("/") else target
            else:
                target = path.parent / urllib.parse.unquote(to.path)
            if not target.is_file():
                found.append(f"{name}: {link}")
    return found


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Village(unittest.TestCase):
    """All example sites, exported, imported into another host and exported again."""

    @classmethod
    def setUpClass(cls):
        cls.one, cls.two = village.Host(), village.Host()
        cls.addClassCleanup(cls.one.close)
        cls.addClassCleanup(cls.two.close)
        cls.first, cls.second = cls.one.root / "out", cls.two.root / "out"
        cls.counts, cls.receipts = {}, {}
        for ini in SITES:
            name, settings = ini.parent.name, settings_of(ini)
            cls.one.site(name, **settings)
            cls.one.run("import", name, ini.parent / "content")
            cls.counts[name] = json.loads(cls.one.run("export", name, cls.first / name, "--json"))
            cls.two.site(name, **settings)
            cls.receipts[name] = json.loads(cls.two.run(
                "import", name, cls.first / name / "source", "--json"))
            cls.two.run("export", name, cls.second / name)

    def test_export_then_import_gives_the_same_pages(self):
        for name in self.counts:
            first, second = files_of(self.first / name), files_of(self.second / name)
            with self.subTest(site=name):
                self.assertGreater(len(first), 80)
                self.assertEqual(sorted(first), sorted(second))
                self.assertEqual([f for f in first
                                  if first[f].read_bytes() != second[f].read_bytes()], [])
                self.assertEqual(self.receipts[name]["complaints"], [])

    def test_it_opens_from_a_disk(self):
        for name in self.counts:
            with self.subTest(site=name):
                self.assertEqual(broken_links(self.first / name), [])

    def test_all_media_are_there(self):
        for name in self.counts:
            with self.subTest(site=name):
                folder = village.pathlib.Path(self.one.show(name)["folder"], "media")
                kept = {p.read_bytes() for p in folder.rglob("*") if p.is_file()}
                out, source = ({p.read_bytes() for p in (self.first / name / part).rglob("*")
                                if p.is_file()} for part in ("media", "source/static/media"))
                self.assertEqual(source, kept)
                self.assertLessEqual(kept, out)     # and narrower ones, made for the pages

    def test_the_canonical_address_stays_the_original_one(self):
        for name in self.counts:
            page = (self.first / name / "index.html").read_text()
            with self.subTest(site=name):
                self.assertIn(f'<link rel="canonical" href="{ORIGIN.format(name)}', page)

    def test_nothing_is_searched_without_a_server(self):
        for name in self.counts:
            with self.subTest(site=name):
                self.assertFalse([f for f, p in files_of(self.first / name).items()
                                  if f.endswith(".html") and "<form" in p.read_text()])
                self.assertIn("archive/", (self.first / name / "search/index.html").read_text())

    def test_any_static_server_serves_it(self):
        name = "anna"
        handler = functools.partial(Quiet, directory=str(self.first / name))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            base = f"http://127.0.0.1:{server.server_port}"
            seen, todo = {}, ["/"]
            while todo:
                path = todo.pop()
                if path in seen:
                    continue
                with urllib.request.urlopen(base + path) as reply:
                    seen[path] = reply.status
                    body = reply.read()
                    if reply.headers.get_content_type() != "text/html":
                        continue
                    page = html5.Page(body.decode())
                for link in page.links + page.parts:
                    to = urllib.parse.urlsplit(urllib.parse.urljoin(base + path, link))
                    if f"{to.scheme}://{to.netloc}" == base:
                        todo.append(to.path)
            server.shutdown()
        self.assertGreater(len(seen), 60)

    def test_feeds_and_other_names_are_there(self):
        for name in self.counts:
            for file in ("atom.xml", "rss.xml", "feed.json", "sitemap.xml", "robots.txt", "404.html"):
                self.assertTrue((self.first / name / file).is_file(), f"{name}/{file}")

    @unittest.skipUnless(shutil.which("hugo"), "hugo is not installed")
    def test_hugo_reads_and_builds_the_source(self):
        for name, counts in self.counts.items():
            with self.subTest(site=name):
                source = self.first / name / "source"
                out = self.one.root / "hugo" / name
                done = subprocess.run(["hugo", "-s", source, "-d", out, "--buildDrafts",
                                       "--buildFuture", "--noBuildLock"],
                                      capture_output=True, text=True, timeout=120)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assertNotIn("ERROR", done.stdout + done.stderr)
                told = subprocess.run(["hugo", "list", "all", "-s", source], check=True,
                                      capture_output=True, text=True).stdout
                self.assertEqual(len(told.splitlines()) - 1, counts["texts"], told)
                shutil.rmtree(source / "resources", ignore_errors=True)


class Export(village.Story):
    def setUp(self):
        super().setUp()
        self.host.site("anna", lang="en")
        self.out = self.host.root / "out"
        self.host.write("anna", "posts/rain.md", post("Rain", "![x](x.png)", slug="rain",
                                                      aliases="[/wet/]"))
        self.host.write("anna", "posts/x.png", png(1))
        self.host.write("anna", "posts/snow.md", post("Snow", "[Rain](rain.md)"))
        self.host.write("anna", "posts/draft.md", post("Draft", draft="true"))
        self.host.write("anna", "posts/later.md", post("Later") .replace("2020", "2090"))
        self.host.publish("anna")

    def export(self, *options, status=0):
        return self.host.run("export", "anna", self.out, *options, status=status)

    def test_a_folder_with_other_things_in_it_is_refused(self):
        self.out.mkdir()
        (self.out / "mine.txt").write_text("mine")
        self.export(status=1)
        self.assertEqual(os.listdir(self.out), ["mine.txt"])
        self.export("--force")
        self.assertEqual((self.out / "mine.txt").read_text(), "mine")
        self.assertTrue((self.out / "rain/index.html").is_file())

    def test_a_second_export_removes_what_is_gone_and_touches_only_what_changed(self):
        self.export()
        before = {f: p.stat().st_mtime_ns for f, p in files_of(self.out).items()}
        self.assertEqual(json.loads(self.export("--json"))["removed"], 0)
        same = {f: p.stat().st_mtime_ns for f, p in files_of(self.out).items()
                if f != ".hameau-export"}
        self.assertEqual({f: before[f] for f in same}, same)
        (self.host.folder("anna") / "posts/snow.md").unlink()
        self.host.publish("anna", "--prune")
        self.assertGreater(json.loads(self.export("--json"))["removed"], 1)
        self.assertFalse((self.out / "snow").exists() and list((self.out / "snow").iterdir()))
        self.assertNotIn("snow", (self.out / "index.html").read_text())
        self.assertEqual(broken_links(self.out), [])

    def test_only_what_readers_see_is_rendered_and_everything_is_in_the_source(self):
        counts = json.loads(self.export("--json"))
        files = files_of(self.out)
        self.assertNotIn("draft/index.html", files)
        self.assertNotIn("later/index.html", files)
        self.assertEqual(counts["texts"], 4)
        self.assertIn("draft: true", files["source/content/posts/draft.md"].read_text())
        self.assertIn("2090", files["source/content/posts/later.md"].read_text())

    def test_old_addresses_work_in_an_export(self):
        self.export()
        self.assertIn('url=../rain/', (self.out / "wet/index.html").read_text())
        self.assertEqual((self.out / "posts/x.png").read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
        self.assertTrue((self.out / "posts/rain/index.html").is_file())

    def test_addresses_that_are_gone_stay_gone_on_the_next_host(self):
        (self.host.folder("anna") / "posts/snow.md").unlink()
        self.host.publish("anna", "--prune")
        self.export()
        self.host.site("berta", lang="en")
        told = self.host.run("import", "berta", self.out / "source")
        self.assertEqual(self.host.get("berta", "/snow/").status, 410, told)
        self.assertEqual(self.host.get("berta", "/posts/x.png").status, 302)
        self.assertEqual(self.host.get("berta", "/wet/").status, 301)
        again = json.loads(self.host.run("import", "berta", self.out / "source", "--json"))
        self.assertEqual((again["changed"], again["created"], again["complaints"]), (0, 0, []))


class Dialects(unittest.TestCase):
    def test_what_came_from_other_programs_goes_round_the_same(self):
        one, other = village.Host(), village.Host()
        self.addCleanup(one.close)
        self.addCleanup(other.close)
        for name in ("hugo", "jekyll", "zola", "hexo", "folder"):
            first, second = one.root / "out" / name, other.root / "out" / name
            one.site(name, lang="en")
            one.run("import", name, village.TOP / "tests/data/import" / name, status=None)
            one.run("export", name, first)
            other.site(name, lang="en")
            other.run("import", name, first / "source")
            other.run("export", name, second)
            kept, got = files_of(first), files_of(second)
            with self.subTest(dialect=name):
                self.assertEqual(sorted(kept), sorted(got))
                self.assertEqual([f for f in kept if kept[f].read_bytes()
                                  != got[f].read_bytes()], [])


if __name__ == "__main__":
    village.unittest.main()
