"""What doc/OPERATING.md promises to whoever runs a host."""
import concurrent.futures
import contextlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import sqlite3
import struct
import subprocess
import threading
import time
import zlib

import village

POST = """---
title: {title}
date: 2021-01-{day:02}
---
{title} is a text.
"""


class Operating(village.Story):
    """A host with a server of its own, whose configuration and share a test may change."""

    def setUp(self):
        self.host = village.Host()
        self.addCleanup(self.host.close)

    def configure(self, text):
        with open(self.host.data / "hameau.ini", "a", encoding="utf-8") as ini:
            ini.write("\n" + text)

    def share(self):
        """A copy of themes and catalogs that may be spoiled."""
        share = self.host.root / "share"
        for name in ("themes", "lang"):
            shutil.copytree(village.TOP / name, share / name)
        self.host.env["HAMEAU_SHARE"] = str(share)
        return share

    def posts(self, name, count):
        for day in range(1, count + 1):
            self.host.write(name, f"p{day}.md", POST.format(title=f"Text {day}", day=day))
        self.host.publish(name)

    def log(self):
        return (self.host.root / "errors").read_text(encoding="utf-8")

    def told(self, text, seconds=village.PATIENCE):
        return self.host.wait_for(lambda: text in self.log(), seconds)

    def raw(self, data, wait=0):
        """What the server says to bytes of any kind, to the end of the connection."""
        with self.host.connect() as c:
            c.send(data)
            time.sleep(wait)
            return c.reply()

    def complaint(self, *words, **env):
        """What a command that fails says."""
        done = subprocess.run([self.host.program, *map(str, words)], env=self.host.env | env,
                              capture_output=True, text=True, timeout=village.PATIENCE * 3)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        return done.stderr


class Pages(Operating):
    def test_what_the_server_refuses_is_a_page_that_needs_nothing(self):
        self.configure("[host]\ncontact = help@test.example\n[server]\nhead_timeout = 1s\n")
        self.host.start()
        name = f"Host: {self.host.base}\r\n"
        for status, data in (
                (400, "GET / HTTP/1.1\r\n\r\n"),
                (408, f"GET / HTTP/1.1\r\n{name}"),
                (413, f"POST / HTTP/1.1\r\n{name}Content-Length: 99999999\r\n\r\n"),
                (414, f"GET /{'x' * 5000} HTTP/1.1\r\n{name}\r\n"),
                (417, f"GET / HTTP/1.1\r\n{name}Expect: much\r\n\r\n"),
                (431, f"GET / HTTP/1.1\r\n{name}X: {'x' * 17000}\r\n\r\n"),
                (505, f"GET / HTTP/2.0\r\n{name}\r\n")):
            with self.subTest(status=status):
                got = self.raw(data)
                self.assertEqual(got.status, status)
                self.assertEqual(got["connection"], "close")
                self.assertEqual(got["content-type"], "text/html; charset=utf-8")
                self.assertIn(f">{status}<", got.text)
                self.assertIn('<html lang="en" dir="ltr">', got.text)
                self.assertIn('href="mailto:help@test.example"', got.text)
                self.assertNotRegex(got.text, "<(link|script|img)")
                self.assertIn("default-src 'none'", got["content-security-policy"])

    def test_they_speak_the_readers_language_when_it_is_known(self):
        self.host.start()
        for lang in ("de", "fr"):
            got = self.host.get("", "/", "POST", accept_language=lang + ", en;q=0.5")
            self.assertEqual((got.status, got["allow"]), (405, "GET, HEAD"))
            self.assertIn(f'<html lang="{lang}"', got.text)
            self.assertNotIn("can only be read", got.text)
        large = self.raw(f"POST / HTTP/1.1\r\nHost: {self.host.base}\r\nAccept-Language: it\r\n"
                         "Content-Length: 99999999\r\n\r\n")
        self.assertEqual(large.status, 413)
        self.assertIn('<html lang="it"', large.text)

    def test_without_a_known_reader_they_speak_the_hosts_language(self):
        self.configure("[host]\nlang = es\n")
        self.host.start()
        got = self.raw("GET / HTTP/1.1\r\n\r\n")
        self.assertEqual(got.status, 400)
        self.assertIn('<html lang="es"', got.text)

    def test_a_site_that_cannot_be_shown_says_so_in_two_languages(self):
        self.configure("[host]\ncontact = https://test.example/help\n")
        self.host.site("anna", title="Jardin", lang="fr")
        self.host.start()
        for status, words in ((503, ("suspend", "--reason", "On déménage <b>")),
                              (451, ("suspend", "--legal", "--reason", "TGI 7")),
                              (410, ("delete", "--yes"))):
            self.host.run("site", words[0], "anna", *words[1:])
            got = self.host.get("anna", "/any/page/", accept_language="de")
            self.assertEqual(got.status, status)
            self.assertIn('<html lang="fr"', got.text)
            self.assertNotIn("<b>", got.text.split("<main")[1])
            self.assertIn('href="https://test.example/help"', got.text)
            self.assertIn(f'href="http://test.example:{self.host.port}/"', got.text)
            if "--reason" in words:
                self.assertIn(words[-1].split("<")[0].strip(), got.text)
        for lang in ("de", "it"):
            got = self.host.get("nobody", "/", accept_language=lang)
            self.assertEqual(got.status, 404)
            self.assertIn(f'<html lang="{lang}"', got.text)
            css = re.search(r'href="(/_/options-[^"]+)"', got.text)
            if css:
                self.assertEqual(self.host.get("nobody", css[1]).status, 200)

    def test_paths_with_double_slashes_lead_to_the_clean_one(self):
        self.host.site("anna")
        self.host.start()
        got = self.host.get("anna", "//a//%C3%A9/?q=1&r=%20")
        self.assertEqual(got.status, 301)
        self.assertEqual(got["location"], f"http://anna.test.example:{self.host.port}"
                                          "/a/%C3%A9/?q=1&r=%20")
        with self.host.connect() as c:
            c.send("GET http://anna.test.example//b// HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertTrue(c.reply()["location"].endswith(f"example:{self.host.port}/b/"))


class Proxies(Operating):
    def ask(self, **fields):
        return self.host.get("anna", "/", **fields)

    def test_https_is_what_a_believed_proxy_says(self):
        self.configure("[host]\nscheme = https\n[server]\nproxies = 127.0.0.0/8\nhsts = yes\n")
        self.host.site("anna")
        self.host.start()
        safe = self.ask(x_forwarded_proto="https", x_forwarded_for="192.0.2.1")
        self.assertEqual((safe.status, safe["strict-transport-security"]),
                         (200, "max-age=31536000"))
        again = self.ask(x_forwarded_proto="https", if_none_match=safe["etag"])
        self.assertEqual((again.status, again["strict-transport-security"]),
                         (304, "max-age=31536000"))
        plain = self.ask(x_forwarded_proto="http")
        self.assertEqual((plain.status, plain["location"]), (301, "https://anna.test.example/"))
        self.assertIsNone(plain["strict-transport-security"])
        unknown = self.ask()
        self.assertEqual((unknown.status, unknown["strict-transport-security"]), (200, None))

    def test_nobody_else_is_believed(self):
        self.configure("[host]\nscheme = https\n[server]\nproxies = 10.0.0.0/8\nhsts = yes\n")
        self.host.site("anna")
        self.host.start()
        got = self.ask(x_forwarded_proto="https")
        self.assertEqual((got.status, got["strict-transport-security"]), (200, None))
        self.assertEqual(self.ask(x_forwarded_proto="http").status, 200)


class Settings(Operating):
    def setUp(self):
        super().setUp()
        self.host.site("anna", title="Garden", lang="en")
        self.posts("anna", 12)
        self.host.start()

    def texts(self, path="/"):
        return [int(n) for n in re.findall(r"/p(\d+)/\"", self.host.get("anna", path).text)]

    def shown(self, path="/"):
        seen = []
        for n in self.texts(path):
            if n not in seen:
                seen.append(n)
        return seen

    def test_lists_follow_their_settings_at_once(self):
        self.assertEqual(set(self.shown()) - {1, 2}, set(range(3, 13)))
        self.host.run("site", "set", "anna", "posts_per_page=3")
        self.assertEqual(self.shown()[:3], [12, 11, 10])
        self.assertNotIn(9, self.shown())
        self.host.run("site", "set", "anna", "order", "serial")
        self.assertEqual(self.shown()[:3], [1, 2, 3])
        self.host.run("site", "set", "anna", "order=newest", "posts_per_page=")
        self.assertEqual(self.shown()[0], 12)

    def test_words_of_the_site_show_on_the_next_request(self):
        self.host.get("anna", "/")
        self.host.run("site", "set", "anna", "title=Jardin", "lang=fr", "tagline=Deux mots")
        page = self.host.get("anna", "/").text
        self.assertIn('<html lang="fr"', page)
        self.assertIn("Jardin", page)
        self.assertIn("Deux mots", page)
        front = self.host.get("", "/").text
        self.assertIn("Jardin", front)

    def test_a_value_that_does_not_fit_is_told_with_what_would(self):
        for words, told in (
                (["option.layout=spiral"], "is none of"),
                (["option.layot=list"], 'did you mean "layout"?'),
                (["preset=zebra"], "preset"),
                (["order=sideways"], "is none of: newest serial"),
                (["title=New", "order=sideways"], "order"),
                (["theme=plum"], 'did you mean "plume"?'),
                (["timezone=Mars/Phobos"], "is no time zone"),
                (["title"], "is not KEY=VALUE")):
            with self.subTest(words=words):
                self.assertIn(told, self.complaint("site", "set", "anna", *words))
        self.assertEqual(self.host.show("anna")["settings"]["title"], "Garden")
        self.host.run("site", "set", "anna", "option.layout=cards")
        self.assertIn("layout-cards", self.host.get("anna", "/").text)
        self.assertRegex(self.host.run("site", "show", "anna"), r"option\.layout +cards\n")
        self.host.run("site", "set", "anna", "option.layout=")
        self.assertNotIn("layout-cards", self.host.get("anna", "/").text)


class Starting(Operating):
    def test_a_host_is_served_once(self):
        self.host.start()
        told = self.complaint("serve", "--listen", "127.0.0.1:0")
        self.assertIn(f"a server runs on {self.host.data} already", told)
        self.assertEqual(self.host.get("").status, 200)

    def test_a_taken_address_is_told_with_what_to_do(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            told = self.complaint("serve", "--listen", f"127.0.0.1:{port}")
        self.assertIn(f"cannot listen on 127.0.0.1:{port}: another program does", told)
        self.assertIn("--listen", told)
        self.assertIn("no such address", self.complaint("serve", "--listen", "192.0.2.1:8080"))

    def test_an_address_that_is_given_twice_is_no_other_programs(self):
        listen = f"--listen=127.0.0.1:{village.free_port()}"
        self.assertIn("is given a second time", self.complaint("serve", listen, listen))

    def test_a_port_of_the_systems_choice_stands_in_addresses(self):
        self.host.site("anna")
        with subprocess.Popen([self.host.program, "serve", "--listen", "127.0.0.1:0"],
                              env=self.host.env, stdout=subprocess.PIPE, text=True) as server:
            try:
                line = server.stdout.readline()
                self.host.port = int(re.search(r"http://test.example:(\d+)/", line)[1])
                page = self.host.get("anna", "/")
                self.assertIn(f"http://anna.test.example:{self.host.port}/", page.text)
            finally:
                server.terminate()

    def test_more_addresses_than_there_is_room_for_are_refused(self):
        self.assertIn("more than 16", self.complaint("serve", *["--listen=127.0.0.1:0"] * 17))

    def test_a_unix_socket_is_listened_on_and_believed(self):
        path = self.host.root / "web.sock"
        self.configure(f"[host]\nscheme = https\nlisten = unix:{path}\n[server]\nhsts = yes\n")
        with subprocess.Popen([self.host.program, "serve"], env=self.host.env,
                              stdout=subprocess.PIPE, text=True) as server:
            try:
                self.assertIn("https://test.example/", server.stdout.readline())
                with socket.socket(socket.AF_UNIX) as s:
                    s.connect(str(path))
                    s.sendall(b"GET / HTTP/1.1\r\nHost: test.example\r\nConnection: close\r\n"
                              b"X-Forwarded-Proto: https\r\n\r\n")
                    got = b"".join(iter(lambda: s.recv(65536), b""))
            finally:
                server.terminate()
        self.assertIn(b"HTTP/1.1 200", got)
        self.assertIn(b"Strict-Transport-Security", got)
        self.assertFalse(path.exists())

    def test_a_folder_that_is_no_host_is_told_with_what_to_do(self):
        for folder in (self.host.root, self.host.root / "nowhere"):
            told = self.complaint("serve", "--data", folder)
            self.assertIn("is no host", told)
            self.assertIn("hameau init", told)


class Living(Operating):
    def test_a_broken_configuration_is_told_with_its_line_and_the_old_one_stays(self):
        self.configure("[host]\ntitle = First\n")
        self.host.start()
        ini = self.host.data / "hameau.ini"
        good = ini.read_text()
        lines = good.count("\n")
        ini.write_text(good.replace("title = First", "title = Second") + "[host]\nscheme = ftp\n")
        self.host.server.send_signal(signal.SIGHUP)
        self.assertTrue(self.told(f"hameau.ini:{lines + 2}: scheme:"), self.log())
        self.assertIn("First", self.host.get("", "/").text)
        ini.write_text(good.replace("title = First", "title = Second"))
        self.host.server.send_signal(signal.SIGHUP)
        self.assertTrue(self.host.wait_for(lambda: "Second" in self.host.get("", "/").text))

    def test_a_changed_catalog_shows_and_a_broken_one_does_not(self):
        share = self.share()
        self.host.site("anna", lang="fr")
        self.host.start()
        po = share / "lang" / "fr.po"
        good = po.read_text(encoding="utf-8")
        old = re.search(r'msgid "There is no page at this address."\nmsgstr "(.*)"', good)[1]
        page = lambda: self.host.get("anna", "/no/").text
        self.assertIn(old.split("'")[0].split("’")[0], page())
        po.write_text(good.replace(old, "Rien du tout."), encoding="utf-8")
        self.assertTrue(self.host.wait_for(lambda: "Rien du tout." in page(), 5))
        po.write_text('msgid "a"\nmsgstr "b\n', encoding="utf-8")
        self.assertTrue(self.told("fr.po:2"), self.log())
        self.assertIn("Rien du tout.", page())

    def test_a_changed_theme_shows_and_a_broken_one_does_not(self):
        share = self.share()
        self.host.site("anna")
        self.host.start()
        template = share / "themes" / "plume" / "templates" / "error.html"
        good = template.read_text(encoding="utf-8")
        page = lambda: self.host.get("anna", "/no/").text
        self.assertNotIn("Lost?", page())
        template.write_text(good.replace("{{message}}", "Lost? {{message}}"), encoding="utf-8")
        self.assertTrue(self.host.wait_for(lambda: "Lost?" in page(), 10), page())
        template.write_text("{{#message}}", encoding="utf-8")
        self.assertTrue(self.told("templates/error.html:1"), self.log())
        time.sleep(2.5)
        self.assertEqual(self.log().count("templates/error.html:1"), 1)
        self.assertIn("Lost?", page())

    def test_a_damaged_site_harms_no_other_and_is_told_once(self):
        for name in ("anna", "berta"):
            self.host.site(name)
            self.posts(name, 3)
        path = self.host.show("anna")["folder"] + "/site.db"
        shutil.copy(path, path + ".copy")
        with open(path, "r+b") as db:
            db.write(b"\0" * 4096)
        self.host.start()
        for page in ("/", "/p1/", "/p2/", "/atom.xml", "/"):
            got = self.host.get("anna", page, accept_language="de")
            self.assertEqual(got.status, 500)
            self.assertIn('<html lang="de"', got.text)
        self.assertEqual(self.host.get("berta", "/").status, 200)
        self.assertEqual(self.host.get("").status, 200)
        self.assertEqual(self.log().count(path), 1, self.log())
        findings = json.loads(self.host.run("doctor", "--json", status=1))
        errors = [f["text"] for f in findings if f["level"] == "error"]
        self.assertTrue(any(path in e for e in errors), errors)
        self.assertFalse(any("berta" in e for e in errors), errors)
        os.replace(path + ".copy", path)
        self.assertEqual(self.host.get("anna", "/p1/").status, 200)


class Conditions(Operating):
    def test_what_is_not_modified_says_what_the_page_said(self):
        self.host.site("anna")
        self.posts("anna", 1)
        self.host.start()
        for encoding in ("identity", "gzip"):
            page = self.host.get("anna", "/p1/", accept_encoding=encoding)
            again = self.host.get("anna", "/p1/", accept_encoding=encoding,
                                  if_none_match=page["etag"])
            self.assertEqual(again.status, 304)
            for field in ("etag", "vary", "cache-control", "last-modified"):
                self.assertEqual(again[field], page[field], field)
            for field in ("content-type", "content-length", "content-encoding"):
                self.assertIsNone(again[field], field)

    def test_equal_bytes_have_equal_tags(self):
        for name in ("anna", "berta"):
            self.host.site(name)
            self.host.write(name, "same.png", PNG)
            self.host.write(name, "p1.md", POST.format(title="A", day=1) + "\n![x](same.png)\n")
            self.host.publish(name)
        self.host.start()
        tags = set()
        for name in ("anna", "berta"):
            at = re.search(r"/media/[^\"]+", self.host.get(name, "/p1/").text)[0]
            tags.add(self.host.get(name, at)["etag"])
        self.assertEqual(len(tags), 1)

    def test_a_large_file_is_sent_whole_in_parts_and_not_twice(self):
        self.host.site("anna")
        self.host.write("anna", "noise.png", noise(700))
        self.host.write("anna", "p1.md", POST.format(title="A", day=1) + "\n![x](noise.png)\n")
        self.host.publish("anna")
        self.host.start()
        at = re.search(r"/media/[^\"]+", self.host.get("anna", "/p1/").text)[0]
        whole = self.host.get("anna", at, accept_encoding="gzip")
        size = len(whole.body)
        self.assertGreater(size, 400_000)
        self.assertEqual((whole.status, whole["content-type"], whole["content-encoding"]),
                         (200, "image/png", None))
        self.assertIn("immutable", whole["cache-control"])
        head = self.host.get("anna", at, "HEAD")
        self.assertEqual((head.status, head["content-length"], head["etag"]),
                         (200, str(size), whole["etag"]))
        again = self.host.get("anna", at, if_none_match=whole["etag"])
        self.assertEqual((again.status, again["etag"], again["content-length"]),
                         (304, whole["etag"], None))
        self.assertEqual(again["cache-control"], whole["cache-control"])
        self.assertEqual(self.host.get("anna", at, if_match='"x"').status, 412)
        with self.host.connect() as c:
            for asked, begin, end in (("100000-399999", 100_000, 400_000), ("-5", size - 5, size),
                                      ("0-0", 0, 1)):
                part = c.ask(self.host.name_of("anna"), at, fields={"Range": "bytes=" + asked})
                self.assertEqual((part.status, part.body), (206, whole.body[begin:end]), asked)
            several = c.ask(self.host.name_of("anna"), at, fields={"Range": "bytes=0-1,5-6"})
            self.assertEqual((several.status, len(several.body)), (200, size))
            self.assertEqual(c.ask(self.host.name_of("anna"), at,
                                   fields={"Range": f"bytes={size}-"}).status, 416)

    def test_a_condition_that_fails_is_told(self):
        self.host.site("anna")
        self.host.start()
        page = self.host.get("anna", "/")
        self.assertEqual(self.host.get("anna", "/", if_match='"x"').status, 412)
        self.assertEqual(self.host.get("anna", "/", if_match=page["etag"]).status, 200)
        part = self.host.get("anna", "/", range="bytes=0-9", accept_encoding="gzip")
        self.assertEqual((part.status, part.body), (206, page.body[:10]))
        self.assertEqual((part["etag"], part["vary"]), (page["etag"], "Accept-Encoding"))
        head = self.host.get("anna", "/", "HEAD", range="bytes=0-9")
        self.assertEqual((head.status, head["content-length"]), (200, str(len(page.body))))


class Folder(Operating):
    def test_a_copy_of_the_databases_is_the_host_again(self):
        self.host.site("anna", title="Garden")
        self.posts("anna", 3)
        self.host.start()
        page = self.host.get("anna", "/").body
        self.host.stop()
        copy = self.host.root / "copy"
        copy.mkdir()
        for name in ("hameau.ini", "host.db"):
            shutil.copy(self.host.data / name, copy / name)
        shutil.copytree(self.host.data / "sites", copy / "sites")
        shutil.rmtree(self.host.data)
        copy.rename(self.host.data)
        self.host.start()
        self.assertEqual(self.host.get("anna", "/").body, page)

    def test_strangers_do_not_reach_the_control_socket(self):
        self.host.start()
        mode = (self.host.data / "control.sock").stat().st_mode
        self.assertEqual(mode & 0o777, 0o600)

    def test_a_purged_site_leaves_nothing(self):
        self.host.site("anna")
        self.host.start()
        self.host.get("anna", "/")
        self.host.run("cache", "warm", "anna", "--files")
        folder = pathlib.Path(self.host.show("anna")["folder"])
        self.host.run("site", "delete", "anna", "--yes")
        self.host.run("site", "purge", "anna", "--yes", "--early")
        self.assertEqual(self.host.get("anna", "/").status, 404)
        self.assertFalse(folder.exists())
        for level in ("rolls", "pages"):
            left = [p for p in (self.host.data / "cache" / level).rglob("*") if p.is_file()]
            self.assertEqual(left, [])
        self.host.run("site", "create", "anna")
        self.assertEqual(self.host.get("anna", "/").status, 200)


class Front(Operating):
    def test_the_front_page_shows_all_sites_in_pieces_and_in_every_language(self):
        names = [f"s{n:02}" for n in range(53)]
        table = self.host.root / "sites.csv"
        table.write_text("\n".join(["name", *names]), encoding="utf-8")
        self.host.run("site", "create", "--from", table)
        self.host.start()
        first = self.host.get("", "/", accept_language="de").text
        self.assertIn('<html lang="de"', first)
        older = re.search(r'href="(/\?lang=de(?:&amp;|&)after=[^"]+)"', first)[1]
        second = self.host.get("", older.replace("&amp;", "&"), accept_language="fr").text
        self.assertIn('<html lang="de"', second)
        seen = re.findall(r'href="http://(s\d\d)\.', first) + re.findall(
            r'href="http://(s\d\d)\.', second)
        self.assertEqual(sorted(set(seen)), names)
        self.assertEqual(self.host.get("", "/?lang=it").text.count('<html lang="it"'), 1)
        self.assertEqual(self.host.get("", "/?lang=xx").status, 200)
        self.assertEqual(self.host.get("", "/nothing").status, 404)


class Doctor(Operating):
    def findings(self, status=0):
        return [(f["level"], f["text"]) for f in
                json.loads(self.host.run("doctor", "--json", status=status))]

    def test_a_sound_host_has_nothing_but_good_news(self):
        self.host.site("anna")
        self.posts("anna", 2)
        self.host.start()
        levels = {level for level, text in self.findings() if "files may be open" not in text}
        self.assertEqual(levels, {"fine"})

    def test_what_is_wrong_is_told_with_what_to_do(self):
        share = self.share()
        self.configure("[host]\nscheme = https\n")
        shutil.copytree(share / "themes" / "plume", share / "themes" / "other")
        (share / "themes" / "other" / "templates" / "post.html").write_text("{{#a}}")
        po = share / "lang" / "de.po"
        po.write_text(po.read_text(encoding="utf-8") + '\n#, c-format\nmsgid "%d x"\nmsgstr "x %s"\n',
                      encoding="utf-8")
        (self.host.data / "host.db").chmod(0o666)
        told = self.findings(status=1)
        for level, text in (("error", "templates/post.html:1"), ("warning", "de.po:"),
                            ("warning", "names nobody"), ("warning", "chmod o-w")):
            self.assertTrue(any(at == level and text in what for at, what in told), (text, told))

    def test_a_host_that_a_newer_program_wrote_is_not_touched(self):
        self.host.site("anna")
        path = self.host.show("anna")["folder"] + "/site.db"
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA user_version = 9999")
        self.assertTrue(any("newer" in text for level, text in self.findings(1)
                            if level == "error"))


class Full(Operating):
    def test_what_does_not_fit_into_the_queue_is_told_to_come_again(self):
        self.configure("[work]\npage_workers = 1\nreaders_of_site = 1\nqueue_of_site = 1\n")
        for name in ("anna", "berta"):
            self.host.site(name)
            self.posts(name, 9)
        self.host.start()
        with contextlib.ExitStack() as stack:
            readers = [stack.enter_context(self.host.connect()) for _ in range(40)]
            for n, c in enumerate(readers):
                c.send(f"GET /search/?q=text{n} HTTP/1.1\r\nHost: {self.host.name_of('anna')}\r\n\r\n")
            got = [c.reply() for c in readers]
        self.assertEqual({r.status for r in got}, {200, 503})
        refused = next(r for r in got if r.status == 503)
        self.assertEqual(refused["retry-after"], "2")
        self.assertIn("<html", refused.text)
        self.assertEqual(self.host.get("anna", "/search/?q=text").status, 200)
        self.assertEqual(self.host.get("berta", "/").status, 200)
        self.assertIn(f"{self.host.name_of('anna')}: more requests wait", self.log())

    def test_the_longest_idle_connection_makes_room(self):
        self.configure("[server]\nconnections = 16\nloops = 1\n")
        self.host.start()
        with contextlib.ExitStack() as stack:
            readers = [stack.enter_context(self.host.connect()) for _ in range(30)]
            for c in readers[-8:]:
                self.assertEqual(c.ask(self.host.base).status, 200)
            self.assertTrue(readers[0].is_closed())


class Together(Operating):
    """Readers, commands, reloads and a keeper at the same time."""

    NAMES = ("anna", "berta", "carla")
    PATHS = ("/", "/p1/", "/p2/", "/nowhere/", "/atom.xml", "/search/?q=text", "/sitemap.xml", "/p3")

    def read(self, seed):
        worst = 0
        with self.host.connect() as c:
            while not self.done.is_set():
                seed = (seed * 1103515245 + 12345) % 2 ** 31
                name = (*self.NAMES, "nobody", "")[seed // 7 % 5]
                began = time.monotonic()
                got = c.ask(self.host.name_of(name), self.PATHS[seed // 64 % len(self.PATHS)],
                            fields={"Accept-Encoding": ("gzip", "identity")[seed // 1024 % 2]})
                worst = max(worst, time.monotonic() - began)
                self.answers.append(got.status)
                self.assertLess(len(got.plain), 10 ** 6)
        return worst

    def command(self, turn):
        name = self.NAMES[turn % 3]
        self.host.run("site", "set", name, f"title=Title {turn}", f"posts_per_page={turn % 3 + 1}")
        self.assertIn(f"Title {turn}", self.host.get(name, "/").text)
        self.host.write(name, f"p{turn % 5}.md", POST.format(title=f"Turn {turn}", day=turn % 9 + 1))
        self.host.publish(name)
        self.assertIn(f"Turn {turn}", self.host.get(name, f"/p{turn % 5}/").text)
        self.host.run("site", "create", f"new{turn}")
        self.host.run("site", "delete", f"new{turn}", "--yes")
        self.assertEqual(self.host.get(f"new{turn}").status, 410)
        if turn % 4 == 0:
            self.host.server.send_signal(signal.SIGHUP)
            self.host.run("cache", "clear")

    def test_readers_and_commands_do_not_wait_for_each_other(self):
        seconds = float(os.environ.get("HAMEAU_LOAD_SECONDS", 4))
        self.done, self.answers = threading.Event(), []
        self.share()
        for name in self.NAMES:
            self.host.site(name)
            self.posts(name, 9)
        self.host.start()
        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            readers = [pool.submit(self.read, seed) for seed in range(12)]
            end, turn = time.monotonic() + seconds, 0
            try:
                # On a busy machine longer, until enough was read to be sure.
                while time.monotonic() < end or (len(self.answers) <= 100
                                                 and not any(r.done() for r in readers)):
                    self.command(turn)
                    turn += 1
            finally:
                self.done.set()
            results = [r.result() for r in readers]
        self.assertGreater(turn, 0)
        self.assertLessEqual(set(self.answers), {200, 301, 404})
        self.assertGreater(len(self.answers), 100)
        self.assertLess(max(results), 15 if village.SANITIZED else 5)
        self.host.stop()
        self.assertNotRegex(self.log(), "Sanitizer|runtime error|assert")


def noise(side):
    """A picture that nothing makes smaller."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(
            ">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + random.Random(n).randbytes(side) for n in range(side))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


# One grey pixel.
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010800000000"
                    "3a7e9b550000000a49444154789c6360000000020001"
                    "48afa4710000000049454e44ae426082")
