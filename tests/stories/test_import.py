"""`hameau import`: a folder of Markdown becomes a site, again and again."""
import json
import shutil
import sqlite3
import subprocess
import zlib

import village


def png(shade, width=8):
    """A small picture of one colour."""
    def chunk(kind, data):
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    head = width.to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    rows = (b"\x00" + bytes([shade]) * width) * width
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))


def post(title, text="Text.", **head):
    head = {"title": title, "date": "2020-01-02"} | head
    return "---\n" + "".join(f"{k}: {v}\n" for k, v in head.items()) + f"---\n{text}\n"


class ManySites(village.Story):
    def test_a_folder_of_folders_becomes_many_sites(self):
        folder = self.host.root / "all"
        for name in ("anna", "berta", "cesar"):
            for n in range(3):
                path = folder / name / f"text-{n}.md"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(post(f"{name} {n}"))
        (folder / "cesar" / "broken.md").write_text("---\ntitle: [x\n---\n")
        self.host.site("anna", lang="en")
        self.assertIn("berta", self.host.fails("site", "import", folder))
        self.assertEqual(self.host.get("anna", "/text-1/").status, 200)
        self.assertEqual(self.host.get("berta", "/text-1/").status, 404)
        told = json.loads(self.host.run("site", "import", folder, "--create", "--json", status=1))
        self.assertEqual(told, {"sites": 3, "texts": 6, "refused": 1})
        self.assertIn("cesar/broken.md:", self.host.fails("site", "import", folder))
        for name in ("anna", "berta", "cesar"):
            self.assertIn(f"{name} 2", self.host.get(name, "/").text)
        self.assertGreater(json.loads(self.host.run("cache", "warm", "--json"))["rendered"], 30)
        self.assertEqual(json.loads(self.host.run("cache", "warm", "--json"))["rendered"], 0)

    def many(self, n):
        folder = self.host.root / "all"
        for i in range(n):
            (folder / f"blog{i:03d}").mkdir(parents=True)
            for k in range(2):
                (folder / f"blog{i:03d}" / f"text-{k}.md").write_text(
                    post(f"Text {k}", f"The word{i:03d} of it.", tags="[a]"))
        return folder

    def asked(self, path, sql):
        with sqlite3.connect(f"file:{self.host.data / path}?mode=ro", uri=True) as db:
            return db.execute(sql).fetchall()

    def sites(self):
        return [row[0] for row in self.asked("host.db", "SELECT printf('%012x', id) FROM site")]

    def texts(self, site):
        return self.asked(f"sites/{site[:2]}/{site}/site.db", "SELECT count(*) FROM post")[0][0]

    def test_who_is_killed_leaves_whole_sites_or_none(self):
        folder = self.many(600)
        self.host.stop()                # else it would do the work
        begun = [lambda: any((self.host.data / "sites").glob("*/*")), self.sites]
        for has_begun in begun:
            child = subprocess.Popen([self.host.program, "site", "import", folder, "--create"],
                                     env=self.host.env, stdout=subprocess.DEVNULL)
            while not has_begun() and child.poll() is None:
                pass
            child.kill()
            child.wait()
            for site in self.sites():
                self.assertEqual(self.texts(site), 2, site)
        told = json.loads(self.host.run("site", "import", folder, "--create", "--json"))
        self.assertEqual((told["sites"], told["refused"]), (600, 0))
        self.host.start()
        told = json.loads(self.host.run("site", "import", folder, "--create", "--json"))
        self.assertEqual(told, {"sites": 600, "texts": 0, "refused": 0})
        for name in ("blog000", "blog599"):
            self.assertEqual(self.host.get(name, "/text-1/").status, 200)
            self.assertIn("/text-1/", self.host.get(name, f"/search/?q=word{name[4:]}").text)

    def test_a_new_site_is_on_the_front_page_and_found_at_once(self):
        folder = self.many(2)
        (folder / "blog000" / "soon.md").write_text(post("Soon", date="2999-01-01"))
        (folder / "blog000" / "pic.png").write_bytes(png(3))
        (folder / "blog000" / "seen.md").write_text(post("Seen", "![A](pic.png)"))
        (folder / "blog001" / "same.md").write_text(post("Same"))
        (folder / "bloɡ001").mkdir()
        self.host.run("site", "import", folder, "--create", status=1)
        self.assertIn("Seen", self.host.get("", "/").text)
        page = self.host.get("blog000", "/seen/").text
        picture = page.split('<img src="')[1].split('"')[0]
        self.assertEqual(self.host.get("blog000", picture).status, 200)
        self.assertIn("/seen/", self.host.get("blog000", "/search/?q=seen").text)
        self.assertEqual(self.asked("host.db", "SELECT count(*) FROM due"), [(1,)])
        self.assertIn("is sound", self.host.run("doctor", status=0))

    def test_a_large_new_site_is_filled_too(self):
        folder = self.many(2)
        for i in range(510):
            (folder / "blog001" / f"more-{i}.md").write_text(post(f"More {i}"))
        told = json.loads(self.host.run("site", "import", folder, "--create", "--json"))
        self.assertEqual(told, {"sites": 2, "texts": 514, "refused": 0})
        self.assertEqual(self.texts(self.host.show("blog001")["id"]), 512)


class Import(village.Story):
    def setUp(self):
        super().setUp()
        self.host.site("anna", lang="en")

    def write(self, path, text):
        return self.host.write("anna", path, text)

    def receipt(self, *options, folder=None, status=0):
        return json.loads(self.host.run("import", "anna", folder or self.host.folder("anna"),
                                        "--json", *options, status=status))

    def told(self, receipt):
        return [f"{c['file']}:{c['line']}: {c['text']}" for c in receipt["complaints"]]

    def status(self, path):
        return self.host.get("anna", path).status

    def leads(self, path):
        reply = self.host.get("anna", path)
        self.assertIn(reply.status, (301, 302), path)
        return reply["location"].removeprefix(f"http://anna.test.example:{self.host.port}")

    def database(self):
        return sqlite3.connect(self.host.show("anna")["folder"] + "/site.db")

    # --- what is told ---

    def test_a_complaint_inside_a_text_names_the_line_of_the_file(self):
        self.write("posts/deep.md", post("Deep", "One\n\n" + "> " * 200 + "x"))
        self.write("posts/lost.md", post("Lost", "One\n\n![A](no.png)\n\n[B](gone.md)"))
        self.write("posts/bad.md", post("Bad", "One\n\nTwo ![A](bad.png)"))
        self.write("posts/bad.png", png(5)[:45])
        self.write("posts/head.md", "---\ntitle: x\ndate: [\n---\n")
        told = self.told(self.receipt(status=1))
        self.assertTrue(any(t.startswith("posts/deep.md:7: quotes and lists") for t in told), told)
        self.assertTrue(any(t.startswith("posts/lost.md:7: ") and "no.png" in t for t in told), told)
        self.assertTrue(any(t.startswith("posts/lost.md:9: ") and "gone.md" in t for t in told), told)
        self.assertTrue(any(t.startswith("posts/bad.md:7: ") for t in told), told)
        self.assertTrue(any(t.startswith("posts/head.md:4: ") for t in told), told)
        french = self.host.run("import", "anna", self.host.folder("anna"), "--json", status=1,
                               LC_ALL="fr_FR.UTF-8", LANGUAGE="fr")
        self.assertTrue(any(t.startswith("posts/deep.md:7: ") and "ligne" not in t
                            for t in self.told(json.loads(french))), french)

    def test_a_file_with_an_error_keeps_its_old_post(self):
        self.write("posts/rain.md", post("Rain", "First."))
        self.receipt()
        self.write("posts/rain.md", "---\ntitle: [\n---\nSecond.")
        self.assertEqual(self.receipt(status=1)["refused"], 1)
        self.assertIn("First.", self.host.get("anna", "/rain/").text)

    # --- again ---

    def test_what_has_not_changed_costs_no_transaction(self):
        for i in range(70):
            self.write(f"posts/n{i}.md", post(f"Post {i}", "![x](x.png)", tags="[a, b]"))
        self.write("posts/x.png", png(1))
        self.assertEqual(self.receipt()["created"], 70)
        with self.database() as db:
            version = db.execute("PRAGMA data_version").fetchone()
            again = self.receipt()
            self.assertEqual((again["unchanged"], again["changed"], again["created"]), (70, 0, 0))
            self.assertEqual(db.execute("PRAGMA data_version").fetchone(), version)
            self.write("posts/n7.md", post("Post 7", "Other."))
            self.assertEqual(self.receipt()["changed"], 1)
            self.assertNotEqual(db.execute("PRAGMA data_version").fetchone(), version)
        self.assertIn("Other.", self.host.get("anna", "/n7/").text)

    def test_the_host_is_told_what_is_new_to_it(self):
        for i in range(12):
            self.write(f"posts/n{i}.md", post(f"Post {i}", date=f"2020-01-{i + 10}"))
        self.receipt()
        with sqlite3.connect(self.host.data / "host.db") as db:
            def version():
                return db.execute("PRAGMA data_version").fetchone()

            def newest():
                return db.execute("SELECT title FROM newest ORDER BY at DESC").fetchall()
            told, was = newest(), version()
            self.write("posts/n11.md", post("Post 11", "Other.", date="2020-01-21"))
            self.write("posts/n0.md", post("Oldest", date="2020-01-10"))
            self.assertEqual(self.receipt()["changed"], 2)
            self.assertEqual(version(), was)
            self.write("posts/n11.md", post("Another", date="2020-01-21"))
            self.receipt()
            self.assertEqual(newest(), [("Another",), *told[1:]])
            # As if the run before had ended too early.
            db.execute("DELETE FROM newest")
            db.commit()
            self.assertEqual(self.receipt()["changed"], 0)
            self.assertEqual(newest(), [("Another",), *told[1:]])

    def test_a_changed_text_is_seen_by_the_next_request(self):
        self.write("posts/rain.md", post("Rain", "First."))
        self.receipt()
        for word in ("Second", "Third"):
            self.assertNotIn(word, self.host.get("anna", "/rain/").text)
            self.write("posts/rain.md", post("Rain", word))
            self.receipt()
            self.assertIn(word, self.host.get("anna", "/rain/").text)
            self.assertIn(word, self.host.get("anna", "/atom.xml").text)

    def test_a_renamed_file_keeps_its_post_and_its_old_address_leads_there(self):
        self.write("posts/rain.md", post("Rain", "It rains."))
        self.write("posts/snow.md", post("Snow", "It snows."))
        self.receipt()
        folder = self.host.folder("anna") / "posts"
        with self.database() as db:
            ids = dict(db.execute("SELECT title, id FROM post"))
        (folder / "rain.md").rename(folder / "drizzle.md")
        # Renamed and written over, with the address kept by hand.
        (folder / "snow.md").unlink()
        self.write("posts/sleet.md", post("Snow", "It snows a lot.", slug="snow"))
        dry = self.receipt("--dry-run")
        done = self.receipt()
        self.assertEqual((dry["changed"], dry["missing"]), (2, 0))
        self.assertEqual((done["changed"], done["created"], done["missing"]), (2, 0, 0))
        self.assertEqual(self.leads("/rain/"), "/drizzle/")
        self.assertIn("It rains.", self.host.get("anna", "/drizzle/").text)
        self.assertIn("snows a lot", self.host.get("anna", "/snow/").text)
        with self.database() as db:
            self.assertEqual(dict(db.execute("SELECT title, id FROM post")), ids)

    def test_what_was_removed_is_gone_when_asked_and_its_address_can_be_had_again(self):
        self.write("posts/rain.md", post("Rain"))
        self.write("posts/snow.md", post("Snow"))
        self.receipt()
        (self.host.folder("anna") / "posts/rain.md").unlink()
        first = self.receipt()
        self.assertEqual((first["missing"], first["removed"]), (1, 0))
        self.assertIn("--prune", self.told(first)[0])
        self.assertEqual(self.status("/rain/"), 200)
        self.assertEqual(self.receipt("--prune", "--dry-run")["removed"], 1)
        self.assertEqual(self.status("/rain/"), 200)
        self.assertEqual(self.receipt("--prune")["removed"], 1)
        self.assertEqual(self.status("/rain/"), 410)
        self.write("posts/rain-again.md", post("Rain again", slug="rain"))
        self.receipt()
        self.assertIn("Rain again", self.host.get("anna", "/rain/").text)

    def test_an_empty_folder_removes_nothing(self):
        self.write("posts/rain.md", post("Rain"))
        self.receipt()
        (self.host.folder("anna") / "posts/rain.md").unlink()
        self.assertEqual(self.receipt("--prune")["removed"], 0)
        self.assertEqual(self.status("/rain/"), 200)

    def test_two_folders_leave_each_others_posts_alone(self):
        one, two = self.host.root / "one", self.host.root / "two"
        for folder, word in ((one, "First"), (two, "Second")):
            (folder / "posts").mkdir(parents=True)
            (folder / "posts/rain.md").write_text(post(word, word + " text."))
            (folder / f"posts/{word}.md").write_text(post(word))
        self.receipt(folder=one)
        second = self.receipt("--prune", folder=two)
        self.assertEqual((second["created"], second["changed"], second["missing"]), (2, 0, 0))
        self.assertIn("First text", self.host.get("anna", "/rain/").text)
        self.assertIn("Second text", self.host.get("anna", "/rain-2/").text)
        self.assertIn("/rain/ is taken", " ".join(self.told(second)))
        (two / "posts/rain.md").unlink()
        self.assertEqual(self.receipt("--prune", folder=two)["removed"], 1)
        self.assertEqual(self.receipt("--prune", folder=one)["unchanged"], 2)
        self.assertEqual((self.status("/rain/"), self.status("/rain-2/")), (200, 410))

    def test_a_folder_that_was_moved_or_cloned_is_recognised(self):
        self.write("posts/rain.md", post("Rain"))
        self.write("posts/snow.md", post("Snow"))
        self.receipt()
        moved, clone = self.host.root / "moved", self.host.root / "clone"
        self.host.folder("anna").rename(moved)
        (moved / "posts/snow.md").write_text(post("Snow", "Changed."))
        done = self.receipt("--prune", folder=moved)
        self.assertEqual((done["created"], done["changed"], done["removed"]), (0, 2, 0))
        self.assertIn("go on here", self.told(done)[0])
        shutil.copytree(moved, clone)
        self.assertEqual(self.receipt("--prune", folder=clone)["created"], 0)
        again = self.receipt("--prune", folder=clone)
        self.assertEqual((again["unchanged"], again["complaints"]), (2, []))

    # --- dry ---

    def test_a_dry_run_tells_the_same_and_writes_nothing(self):
        self.write("posts/rain.md", post("Rain", "![x](x.png) ![y](bad.png)\n\n[z](no.md)"))
        self.write("posts/x.png", png(3))
        self.write("posts/bad.png", png(5)[:45])
        self.write("posts/bad.md", "---\ntitle: [\n---\n")
        self.write("about.md", "---\ntitle: About\nnonsense: 7\naliases: [/who]\n---\n")
        with self.database() as db:
            version = db.execute("PRAGMA data_version").fetchone()
            dry = self.receipt("--dry-run", status=1)
            self.assertEqual(db.execute("PRAGMA data_version").fetchone(), version)
        media = village.pathlib.Path(self.host.show("anna")["folder"], "media")
        self.assertFalse(media.exists() and list(media.rglob("*")))
        real = self.receipt(status=1)
        self.assertEqual((dry.pop("dry_run"), real.pop("dry_run")), (True, False))
        self.assertEqual(dry, real)

    # --- pictures and old addresses ---

    def test_a_changed_picture_gets_a_new_address_and_the_old_one_still_answers(self):
        self.write("posts/walk/index.md", post("Walk", "![Path](path.png)"))
        self.write("posts/walk/path.png", png(1))
        self.receipt()
        first = self.leads("/posts/walk/path.png")
        self.assertIn(first, self.host.get("anna", "/walk/").text)
        self.write("posts/walk/path.png", png(200))
        self.receipt()
        second = self.leads("/posts/walk/path.png")
        self.assertNotEqual(first, second)
        page = self.host.get("anna", "/walk/").text
        self.assertIn(second, page)
        self.assertNotIn(first, page)
        self.assertEqual((self.status(first), self.status(second)), (200, 200))
        self.assertEqual(self.host.get("anna", second)["content-type"], "image/png")

    def test_old_addresses_of_a_hugo_site_keep_working(self):
        folder = self.host.root / "hugo"
        shutil.copytree(village.TOP / "tests/data/import/hugo", folder)
        (folder / "static/_redirects").write_text(
            "# moved\n/logo.png /images/sky.png 301\n/old/* /new/:splat\n/was /nowhere\n"
            "/dead/ / 410\n")
        told = self.told(self.receipt(folder=folder, status=1))
        self.assertTrue(any(t.startswith("static/_redirects:3: ") for t in told), told)
        self.assertTrue(any(t.startswith("static/_redirects:4: ") for t in told), told)
        sky = self.leads("/images/sky.png")
        self.assertEqual(self.status(sky), 200)
        self.assertEqual(self.leads("/logo.png"), sky)
        self.assertEqual(self.status("/dead/"), 410)
        with self.database() as db:
            version = db.execute("PRAGMA data_version").fetchone()
            self.receipt(folder=folder, status=1)
            self.assertEqual(db.execute("PRAGMA data_version").fetchone(), version)

    def test_heads_of_all_kinds_are_read(self):
        for name in ("hugo", "jekyll", "zola", "hexo", "folder"):
            self.host.site(name, lang="en")
            self.host.run("import", name, village.TOP / "tests/data/import" / name,
                          status=1 if name == "hugo" else 0)
        self.write("posts/json.md", '{\n "title": "In JSON",\n "date": "2020-05-06",\n'
                   ' "tags": ["a {b}", "c"],\n "weight": 3\n}\n\nJSON text.\n')
        self.write("posts/bad.md", '{\n "title": "In JSON",\n "date" "2030"\n}\n\nText.\n')
        told = self.told(self.receipt(status=1))
        self.assertTrue(any(t.startswith("posts/bad.md:3: ") for t in told), told)
        page = self.host.get("anna", "/json/").text
        self.assertIn("<h1 class=\"p-name\">In JSON</h1>", page)
        self.assertIn("a {b}", page)

    def test_a_head_of_hexo_needs_no_first_line(self):
        self.write("_config.yml", "permalink: :year/:title/\n")
        self.write("source/_posts/open.md", "title: Open\ndate: 2020-01-02\ntags: [x]\n---\nText.\n")
        self.write("source/_posts/setext.md", "Note: this is a heading\n---\n\nText.\n")
        self.receipt()
        self.assertIn("<p>Text.</p>", self.host.get("anna", "/open/").text)
        self.assertEqual(self.leads("/2020/open/"), "/open/")

    def test_styles_of_jekyll_addresses_are_known(self):
        styles = {"pretty": "/a/2020/01/02/rain/", "date": "/a/2020/01/02/rain.html",
                  "ordinal": "/a/2020/002/rain.html", "weekdate": "/a/2020/W01/Thu/rain.html",
                  "none": "/a/rain.html", "/:year/:month/:title:output_ext": "/2020/01/rain.html"}
        for i, (style, old) in enumerate(styles.items()):
            site = f"j{i}"
            self.host.site(site, lang="en")
            self.host.write(site, "_config.yml", f"permalink: {style}\n")
            self.host.write(site, "_posts/2020-01-02-rain.md", "---\ncategories: a\n---\nIt rains.\n")
            self.host.publish(site)
            with self.subTest(style=style):
                self.assertEqual(self.host.get(site, old).status, 301)
                self.assertIn("/rain/", self.host.get(site, old)["location"])

    def test_tags_of_hugo_become_markdown_or_are_told(self):
        self.write("hugo.toml", 'baseURL = "https://example.org/"\n')
        self.write("static/sky.png", png(9))
        self.write("content/posts/b.md", post("B"))
        self.write("content/posts/a.md", post(
            "A", '{{< figure src="/sky.png" caption="The sky" >}}\n\n'
            '{{< highlight go "linenos=table" >}}\nfunc main() {}\n{{< /highlight >}}\n\n'
            '[b]({{< ref "posts/b.md" >}}) [c]({{< relref "b.md" >}})\n\n{{< odd >}}\n'))
        told = self.told(self.receipt())
        self.assertEqual([t for t in told if "template tag" in t and "odd" in t
                          and t.startswith("content/posts/a.md:13:")], told)
        page = self.host.get("anna", "/a/").text
        self.assertIn("<figcaption>The sky</figcaption>", page)
        self.assertIn("language-go", page)
        self.assertEqual(page.count('href="/b/"'), page.count('href="/b/"') or 2)
        self.assertIn('<a href="/b/">b</a> <a href="/b/">c</a>', page)

    def test_it_works_without_a_server_too(self):
        self.host.stop()
        self.write("posts/rain.md", post("Rain"))
        self.assertEqual(self.receipt()["created"], 1)
        self.host.start()
        self.assertEqual(self.status("/rain/"), 200)


if __name__ == "__main__":
    village.unittest.main()
