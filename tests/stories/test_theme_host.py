"""A themer and an operator beside a running server: themes come, break, are mended and go, and
nobody restarts anything."""
import io
import json
import pathlib
import random
import re
import shutil
import struct
import tarfile
import time
import unittest
import zipfile
import zlib

import village

INI = "[theme]\nname = Slate\nversion = {version}\napi = 1\nlicense = MIT\n{more}"
BASE = ('<!doctype html><html lang="{{lang}}"><head>{{{head}}}</head><body>'
        '<main data-theme="{{options.word}}">MARK {{$main}}{{/main}}</main></body></html>')
POST = "{{<base}}{{$main}}<h1>{{post.title}}</h1>{{{post.body}}}{{/main}}{{/base}}"
LIST = "{{<base}}{{$main}}{{#posts}}<p>{{title}}</p>{{/posts}}{{/main}}{{/base}}"


def files(mark, version="1.0", more=""):
    return {
        "theme.ini": INI.format(version=version, more=more),
        "templates/base.html": BASE.replace("MARK", mark),
        "templates/post.html": POST, "templates/list.html": LIST, "templates/home.html": LIST,
        "sass/style.scss": "p{color:$tint}" if "tint" in more else "p{margin:0}",
        "screenshot.png": "",
    }


def zipped(path, top, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(f"{top}/{name}" if top else name, text)
    return path


class ThemeStory(village.Story):
    def setUp(self):
        super().setUp()
        self.host.site("anna")
        self.host.write("anna", "a.md", "---\ntitle: Rain\ndate: 2024-01-02\n---\nIt rains.")
        self.host.publish("anna")

    def drop_in(self, parts, name="slate"):
        """As people copy folders: theme.ini comes when it comes."""
        for path, text in parts.items():
            file = self.host.data / "themes" / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    def wear(self):
        self.host.run("site", "set", "anna", "theme=slate")

    def wait_for(self, words, path="/a/"):
        end = time.monotonic() + village.PATIENCE
        while words not in (text := self.host.get("anna", path).text):
            self.assertLess(time.monotonic(), end, text)
            time.sleep(0.05)

    def listed(self, name="slate"):
        rows = json.loads(self.host.run("theme", "list", "--json", "--sites"))
        return {row["id"]: row for row in rows}.get(name)

    def log(self):
        return (self.host.root / "errors").read_text()


class Trusted(ThemeStory):
    """Scripts and what lies elsewhere, only where the operator said so."""

    PARTS = files("first") | {
        "assets/js/nice.js": "document.title = 'nice';",
        "templates/base.html": BASE.replace(
            "MARK", '<img src="https://far.example/a.png" alt=""><script src="assets/js/nice.js">'
                    "</script>"),
    }

    def test_a_script_runs_only_in_a_theme_that_the_operator_trusts(self):
        self.drop_in(self.PARTS)
        self.assertRegex(self.listed()["error"], "scripts need the operator's trust")
        self.wear()
        page = self.host.get("anna", "/a/")
        self.assertNotIn("<script src", page.text)
        self.assertNotIn("script-src", page.fields["content-security-policy"])
        self.host.stop()
        with open(self.host.data / "hameau.ini", "a", encoding="utf-8") as ini:
            ini.write("\n[themes]\ntrusted = other, slate\n")
        self.host.start()
        self.assertEqual(self.listed()["error"], "")
        page = self.host.get("anna", "/a/")
        script = re.search(r'<script src="(/_/theme/slate/[^"]+)"', page.text)[1]
        self.assertIn("https://far.example/a.png", page.text)
        self.assertIn("script-src 'self'", page.fields["content-security-policy"])
        self.assertNotIn("unsafe", page.fields["content-security-policy"])
        self.assertIn("nice", self.host.get("anna", script).text)
        # Nobody else's pages are any looser.
        self.host.site("bo")
        self.assertNotIn("script-src", self.host.get("bo").fields["content-security-policy"])


class DroppedIn(ThemeStory):
    def test_a_folder_comes_breaks_is_mended_and_goes_beside_a_running_server(self):
        self.assertIsNone(self.listed())
        self.drop_in(files("FIRST"))
        self.wear()
        self.wait_for("FIRST")
        row = self.listed()
        self.assertEqual((row["state"], row["version"], row["sites"]), ("good", "1.0", 1))
        self.assertTrue(row["screenshot"].endswith("/themes/slate/screenshot.png"), row)

        before = {p: p.stat().st_mtime_ns for p in (self.host.data / "themes").rglob("*")}
        self.drop_in({"templates/post.html": "<p>\n{{#open}}"})
        end = time.monotonic() + village.PATIENCE
        while self.listed()["state"] != "broken":
            self.assertLess(time.monotonic(), end)
        row = self.listed()
        self.assertIn("slate/templates/post.html:2", row["error"])
        self.assertTrue(row["works"])
        self.assertIn("slate/templates/post.html:2", self.host.run("theme", "list"))
        self.host.run("cache", "clear", "anna")
        self.assertIn("FIRST", self.host.get("anna", "/a/").text)

        self.drop_in(files("SECOND", "1.1"))
        self.wait_for("SECOND")
        self.assertEqual(self.listed()["error"], "")
        self.assertIn("slate/templates/post.html:2", self.log())
        after = {p for p in (self.host.data / "themes").rglob("*")}
        self.assertEqual(after, set(before), "nobody else writes there")

        shutil.rmtree(self.host.data / "themes" / "slate")
        end = time.monotonic() + village.PATIENCE
        while self.listed()["state"] != "removed":
            self.assertLess(time.monotonic(), end)
        self.host.run("cache", "clear", "anna")
        self.assertIn("SECOND", self.host.get("anna", "/a/").text)
        self.host.stop()
        self.assertIsNone(self.listed())


class Options(ThemeStory):
    OPTIONS = ("[option tint]\ntype = color\ndefault = #123456\n"
               "[option word]\ntype = text\ndefault = one\n")

    def compiled(self):
        return {p.name: p.stat().st_mtime_ns
                for p in (self.host.data / "cache" / "themes").rglob("*") if p.is_file()}

    def style(self):
        return [w for w in self.host.get("anna", "/a/").text.split('"') if "style.css" in w]

    def test_an_option_shows_on_the_next_request_and_compiles_nothing(self):
        self.drop_in(files("MARK", more=self.OPTIONS))
        self.listed()
        self.wear()
        page = self.host.get("anna", "/a/").text
        self.assertIn('data-theme="one"', page)
        compiled, style = self.compiled(), self.style()
        self.assertTrue(compiled and style)
        self.assertIn("var(--tint)", self.host.get("anna", style[0]).text)
        for n in range(5):
            self.host.run("site", "set", "anna", f"option.word=w{n}", f"option.tint=#00000{n}")
            page = self.host.get("anna", "/a/").text
            self.assertIn(f'data-theme="w{n}"', page)
            css = next(w for w in page.split('"') if "/_/options-" in w)
            self.assertIn(f"--tint:#00000{n}", self.host.get("anna", css).text)
        self.assertEqual((self.compiled(), self.style()), (compiled, style))


class Asked(ThemeStory):
    """Named queries and the places of menus."""
    INI = ("[menu foot]\nlabel = Foot\n[option tag]\ntype = text\ndefault = news\n"
           "[query news]\ntag = $tag\nlimit = 2\n[query first]\norder = oldest\nlimit = 1\n"
           "[query talked]\norder = most_discussed\nlimit = 1\n"
           "[query club]\nkind = pages\nsection = /club/\n")
    PAGE = ("{{#menus.foot}}<a href=\"{{url}}\">{{title}}</a>{{/menus.foot}}"
            "{{^has_menus.foot}}NO FOOT{{/has_menus.foot}}"
            "{{#queries}}NEWS{{#news}} {{title}}{{/news}} FIRST{{#first}} {{title}}{{/first}}"
            " TALKED{{#talked}} {{title}}{{/talked}} CLUB{{#club}} {{title}}{{/club}} END{{/queries}}"
            "{{^has_queries.news}}NO NEWS{{/has_queries.news}}")

    def setUp(self):
        super().setUp()
        parts = files("MARK", more=self.INI)
        parts["templates/page.html"] = self.PAGE
        self.drop_in(parts)
        self.listed()
        self.wear()
        for n in range(1, 5):
            self.host.write("anna", f"n{n}.md", f"---\ntitle: N{n}\ndate: 2024-02-0{n}\n"
                            f"tags: [{'news' if n % 2 else 'other'}]\n---\nText.")
        for name, weight in (("rules", 2), ("board", 1)):
            self.host.write("anna", f"club/{name}.md", f"---\ntitle: {name.title()}\n"
                            f"type: page\nweight: {weight}\n---\nText.")
        self.host.write("anna", "about.md", "---\ntitle: About\ntype: page\n---\nUs.")
        self.host.publish("anna")

    def shown(self):
        text = self.host.get("anna", "/about/").text
        return text[text.index("NEWS"):text.index("END")].strip()

    def test_queries_show_what_they_name_and_follow_every_change(self):
        self.assertEqual(self.shown(), "NEWS N3 N1 FIRST Rain TALKED N4 CLUB Board Rules")
        self.host.write("anna", "n5.md", "---\ntitle: N5\ndate: 2024-02-05\ntags: [news]\n---\nx")
        self.host.write("anna", "club/rules.md", "---\ntitle: Law\ntype: page\nweight: 0\n---\nx")
        self.host.publish("anna")
        self.assertEqual(self.shown(), "NEWS N5 N3 FIRST Rain TALKED N5 CLUB Law Board")
        self.host.run("site", "set", "anna", "option.tag=other")
        self.assertIn("NEWS N4 N2 FIRST", self.shown())
        self.host.run("site", "set", "anna", "option.tag=nobody writes so")
        self.assertIn("NO NEWS", self.host.get("anna", "/about/").text)

    def test_a_menu_of_the_theme_is_the_sites_to_fill(self):
        self.assertIn("NO FOOT", self.host.get("anna", "/about/").text)
        self.host.run("site", "set", "anna", "menu.foot=Imprint = /imprint/\nHome = /")
        self.assertIn('<a href="/imprint/">Imprint</a><a href="/">Home</a>',
                      self.host.get("anna", "/about/").text)
        self.assertEqual(self.host.show("anna")["settings"]["menu.foot"],
                         "Imprint = /imprint/\nHome = /")
        self.host.run("site", "set", "anna", "menu.head=A = /a/", status=1)


class Overridden(ThemeStory):
    """A site has files of its own above those of its theme."""

    def setUp(self):
        super().setUp()
        self.drop_in(files("THEIRS"))
        self.listed()
        self.wear()
        self.host.site("bert", theme="slate")
        self.host.write("bert", "a.md", "---\ntitle: B\ndate: 2024-01-02\n---\nText.")
        self.host.publish("bert")

    def override(self, *words, **more):
        return self.host.run("theme", "override", "anna", *words, **more)

    def own(self, path, text):
        file = pathlib.Path(self.host.show("anna")["folder"], "theme", path)
        file.write_text(text)

    def test_what_a_site_changes_shows_at_once_and_outlives_the_themes_updates(self):
        path = self.override("templates/base.html").strip()
        self.assertIn("THEIRS", pathlib.Path(path).read_text())
        self.own("templates/base.html", BASE.replace("MARK", "MINE"))
        self.wait_for("MINE")
        self.assertNotIn("MINE", self.host.get("bert", "/a/").text)
        newer = zipped(self.host.root / "b.zip", "slate", files("NEWER", "2.0"))
        self.host.run("theme", "install", newer)
        self.assertIn("NEWER", self.host.get("bert", "/a/").text)
        self.assertIn("MINE", self.host.get("anna", "/a/").text)
        self.host.restart()
        self.assertIn("MINE", self.host.get("anna", "/a/").text)
        self.override("--remove", "templates/base.html")
        self.assertIn("NEWER", self.host.get("anna", "/a/").text)

    def test_a_mistake_is_told_and_the_themes_own_file_is_used(self):
        self.override("templates/post.html")
        self.own("templates/post.html", "<p>\n<script>{{x}}</script>")
        told = json.loads(self.override("--json", status=1))
        self.assertIn("theme/templates/post.html:2:", told["errors"][0])
        self.assertEqual(told["files"], ["templates/post.html"])
        self.assertIn("<h1>Rain</h1>", self.host.get("anna", "/a/").text)
        self.assertIn("<h1>B</h1>", self.host.get("bert", "/a/").text)
        self.own("templates/post.html", POST.replace("h1", "h2"))
        self.wait_for("<h2>Rain</h2>")
        self.assertEqual(json.loads(self.override("--json"))["errors"], [])

    def test_a_stylesheet_of_the_site_has_an_address_of_its_own(self):
        self.override("sass/style.scss")
        self.own("sass/style.scss", "p{color:#010203}")
        self.wait_for("/_/own/")
        url = next(w for w in self.host.get("anna", "/a/").text.split('"') if "/_/own/" in w)
        reply = self.host.get("anna", url)
        self.assertEqual(reply.text.strip(), "p{color:#010203}")
        self.assertIn("immutable", reply["cache-control"])
        self.assertIn("text/css", reply["content-type"])
        self.assertNotIn("#010203", self.host.get("bert", url).text)
        out = self.host.root / "out"
        self.host.run("export", "anna", out)
        self.assertTrue(any(b"#010203" in f.read_bytes() for f in out.rglob("*.css")))

    def test_only_files_of_the_theme_can_be_taken(self):
        for name in ("templates/nothing.html", "theme.ini", "../theme.ini", "/etc/passwd",
                     "templates/../../x", "lang/fr.po", ""):
            self.override(name, status=1)
        self.override("templates/post.html")
        self.override("templates/post.html", status=1)


def png(width, height, rows=None):
    """Noise, so that fewer pixels are fewer bytes."""
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    noise = random.Random(7)
    rows = rows or b"".join(b"\0" + noise.randbytes(3 * width) for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Pictures(ThemeStory):
    def setUp(self):
        super().setUp()
        parts = files("MARK", more="[images]\ns = 100\nm = 200\nl = 900\nsizes = 50vw\n")
        parts["templates/post.html"] = (
            '{{{post.body}}}{{#post.cover}}<img src="{{url}}" srcset="{{srcset}}" '
            'sizes="{{sizes}}" alt="">{{/post.cover}}')
        self.drop_in(parts)
        self.listed()
        self.wear()

    def publish(self, picture):
        self.host.write("anna", "b/index.md", "---\ntitle: B\ndate: 2024-01-03\ncover: p.png\n---\n"
                        "![A field](p.png)\n")
        self.host.write("anna", "b/p.png", picture)
        self.host.publish("anna")
        return self.host.get("anna", "/b/").text

    def test_a_picture_is_offered_and_made_in_the_sizes_of_the_theme(self):
        page = self.publish(png(400, 100))
        sets = re.findall(r'srcset="([^"]*)" sizes="50vw"', page)
        self.assertEqual(len(sets), 2, page)
        self.assertEqual(sets[0], sets[1])
        urls = dict(reversed(one.rsplit(" ", 1)) for one in sets[0].split(", "))
        self.assertEqual(list(urls), ["100w", "200w", "400w"])
        for width in (100, 200, 400):
            reply = self.host.get("anna", urls[f"{width}w"])
            self.assertEqual((reply.status, reply["content-type"]), (200, "image/png"))
            self.assertIn("immutable", reply["cache-control"])
            self.assertEqual(struct.unpack(">II", reply.plain[16:24]), (width, width // 4))
        made = [p for p in (self.host.data / "cache" / "images").rglob("*") if p.is_file()]
        self.assertEqual(len(made), 2)
        shutil.rmtree(self.host.data / "cache" / "images")
        self.host.run("cache", "clear")
        self.assertEqual(self.host.get("anna", urls["100w"]).status, 200)
        for other in ("w101", "w900", "w0", "wx", "x100"):
            reply = self.host.get("anna", urls["100w"].replace("w100", other))
            self.assertIn(reply.status, (302, 404), other)

    def test_a_picture_that_cannot_be_read_is_shown_as_it_is(self):
        page = self.publish(png(400, 100, rows=b"rubbish"))
        url = re.search(r"(/media/\w+)/w100/p.png", page)
        for _ in range(2):
            reply = self.host.get("anna", url[0])
            self.assertEqual(reply.status, 302)
            self.assertTrue(reply["location"].endswith(url[1] + "/p.png"), reply["location"])


class Installed(ThemeStory):
    def zip(self, name, parts, top="slate"):
        return zipped(self.host.root / name, top, parts)

    def install(self, path, *more):
        return json.loads(self.host.run("theme", "install", path, "--json", *more))

    def test_a_zip_is_usable_at_once_with_and_without_a_server(self):
        self.host.stop()
        done = self.install(self.zip("slate-1.0.zip", files("FIRST")))
        self.wear()
        self.assertEqual((done["id"], done["version"], done["replaced"]), ("slate", "1.0", False))
        self.host.start()
        self.assertIn("FIRST", self.host.get("anna", "/a/").text)
        done = self.install(self.zip("new.zip", files("SECOND", "1.1"), top=""), "--id", "slate")
        self.assertEqual((done["was"], done["older"]), ("1.0", False))
        self.assertIn("SECOND", self.host.get("anna", "/a/").text)
        done = self.install(self.zip("old.zip", files("THIRD", "0.9")))
        self.assertTrue(done["older"])
        self.assertIn("THIRD", self.host.get("anna", "/a/").text)

    def test_what_site_owners_chose_survives_an_update(self):
        more = "[option word]\ntype = text\ndefault = one\n"
        self.install(self.zip("a.zip", files("FIRST", more=more)))
        self.wear()
        self.host.run("site", "set", "anna", "option.word=mine")
        self.assertIn('data-theme="mine"', self.host.get("anna", "/a/").text)
        more = "[option motto]\ntype = text\nrenamed_from = word\n"
        parts = files("SECOND", "2.0", more)
        parts["templates/base.html"] = parts["templates/base.html"].replace(".word", ".motto")
        self.install(self.zip("b.zip", parts))
        self.assertIn('data-theme="mine"', self.host.get("anna", "/a/").text)

    def test_a_broken_theme_changes_nothing(self):
        self.install(self.zip("a.zip", files("FIRST")))
        self.wear()
        parts = files("SECOND", "2.0") | {"templates/post.html": "x\n<script>{{title}}</script>"}
        self.host.run("theme", "install", self.zip("b.zip", parts), status=1)
        self.assertIn("FIRST", self.host.get("anna", "/a/").text)
        self.assertEqual(self.listed()["version"], "1.0")
        self.assertEqual([p.name for p in (self.host.data / "themes").iterdir()], ["slate"])

    def test_traps_are_refused_and_leave_nothing(self):
        evil = self.host.root / "evil.tar.gz"
        for name, kind, link in (("slate/x", tarfile.SYMTYPE, "/etc/passwd"),
                                 ("slate/x", tarfile.LNKTYPE, "slate/theme.ini"),
                                 ("slate/x", tarfile.FIFOTYPE, ""), ("../x", tarfile.REGTYPE, ""),
                                 ("/tmp/x", tarfile.REGTYPE, "")):
            with tarfile.open(evil, "w:gz") as tar:
                for path, text in files("FIRST").items():
                    info = tarfile.TarInfo("slate/" + path)
                    info.size = len(text)
                    tar.addfile(info, io.BytesIO(text.encode()))
                info = tarfile.TarInfo(name)
                info.type, info.linkname = kind, link
                tar.addfile(info)
            self.host.run("theme", "install", evil, status=1)
        bomb = files("FIRST") | {"assets/zeros.txt": "0" * (20 << 20)}
        self.host.run("theme", "install", self.zip("bomb.zip", bomb), status=1)
        self.host.run("theme", "install", __file__, status=1)
        self.assertFalse((self.host.data / "themes" / "slate").exists())
        self.assertIsNone(self.listed())

    def test_what_is_packed_is_the_same_each_time_and_can_be_installed(self):
        self.drop_in(files("FIRST"))
        one, two = self.host.root / "one.zip", self.host.root / "slate-1.0.zip"
        self.host.run("theme", "pack", "slate", "--output", one)
        shutil.rmtree(self.host.data / "themes" / "slate")
        self.install(one)
        self.host.run("theme", "pack", self.host.data / "themes" / "slate", HAMEAU_DATA="",
                      TZ="Asia/Tokyo")
        self.assertEqual(one.read_bytes(), two.read_bytes())
        self.drop_in({"templates/post.html": "{{#open}}"})
        self.host.run("theme", "pack", "slate", "--output", one, status=1)

    def test_a_theme_shows_what_a_site_can_choose(self):
        self.drop_in(files("FIRST", more=Options.OPTIONS))
        shown = json.loads(self.host.run("theme", "show", "slate", "--json"))
        self.assertEqual([(o["name"], o["type"], o["default"]) for o in shown["options"]],
                         [("tint", "color", "#123456"), ("word", "text", "one")])
        self.assertIn("tint", self.host.run("theme", "show", "slate"))
        self.host.run("theme", "show", "slat", status=1)


if __name__ == "__main__":
    unittest.main()
