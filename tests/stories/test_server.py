"""What a reader gets over HTTP, byte for byte, and what an operator does to a running server."""
import concurrent.futures
import contextlib
import gzip
import shutil
import signal
import time

import village

PIXELS = village.TOP / "examples/sites/anna/content/posts"
RAIN = """---
title: Rain in March
date: 2031-01-02
tags: [weather]
---
It *rained* for a week, and the river came up to the second step.
""".replace("2031", "2021")


class Served(village.Story):
    def setUp(self):
        super().setUp()
        self.host.site("anna", title="Anna's garden", lang="en")
        self.host.write("anna", "rain.md", RAIN)
        self.host.write("anna", "sun.md", RAIN.replace("Rain in March", "Sun in May"))
        picture = sorted(PIXELS.glob("*.jpg"))[0]
        self.host.write("anna", "picture.jpg", picture.read_bytes())
        self.host.write("anna", "walk.md", "---\ntitle: Walk\ndate: 2020-01-01\n---\n"
                                           "![A path](picture.jpg)\n")
        self.host.publish("anna")
        self.name = self.host.name_of("anna")

    def media(self):
        page = self.host.get("anna", "/walk/").text
        return page.split('src="/media/')[1].split('"')[0].join(("/media/", ""))


class Reading(Served):
    def test_a_connection_is_kept_and_answers_in_order(self):
        with self.host.connect() as c:
            for path, status in (("/", 200), ("/rain/", 200), ("/nowhere/", 404), ("/", 200)):
                self.assertEqual(c.ask(self.name, path).status, status)
            paths = ["/rain/", "/nowhere/", "/sun/", "/", "/atom.xml"] * 4
            c.send("".join(f"GET {p} HTTP/1.1\r\nHost: {self.name}\r\n\r\n" for p in paths))
            seen = [c.reply() for _ in paths]
            self.assertEqual([r.status for r in seen], [200, 404, 200, 200, 200] * 4)
            self.assertIn("Rain in March", seen[0].text)
            self.assertIn("Sun in May", seen[2].text)

    def test_connection_close_is_obeyed_and_http_1_0_is_closed(self):
        with self.host.connect() as c:
            self.assertEqual(c.ask(self.name, "/", fields={"Connection": "close"}).status, 200)
            self.assertTrue(c.is_closed())
        with self.host.connect() as c:
            c.send(f"GET / HTTP/1.0\r\nHost: {self.name}\r\n\r\n")
            self.assertEqual(c.reply().status, 200)
            self.assertTrue(c.is_closed())

    def test_head_says_what_get_says(self):
        for path in ("/", "/rain/", "/nowhere/", "/atom.xml", self.media()):
            got, head = self.host.get("anna", path), self.host.get("anna", path, "HEAD")
            self.assertEqual(head.body, b"")
            for fields in (got.fields, head.fields):
                fields.pop("date")
            self.assertEqual((got.status, got.fields), (head.status, head.fields), path)

    def test_gzip_holds_the_plain_page(self):
        for path in ("/", "/rain/", "/atom.xml", "/rss.xml", "/feed.json", "/sitemap.xml"):
            plain = self.host.get("anna", path)
            packed = self.host.get("anna", path, accept_encoding="gzip")
            self.assertEqual(packed["content-encoding"], "gzip", path)
            self.assertEqual(packed.plain, plain.body, path)
            self.assertNotEqual(packed["etag"], plain["etag"])
            self.assertIn("accept-encoding", packed["vary"].lower())
            self.assertIn("accept-encoding", plain["vary"].lower())

    def test_gzip_goes_by_q_values(self):
        for accept, packed in (("gzip;q=0", False), ("identity, gzip;q=0.5", False), ("*", True),
                               ("br, gzip;q=0.1, identity;q=0", True), ("br", False),
                               ("*;q=0, identity", False), ("x-gzip", True)):
            got = self.host.get("anna", "/", accept_encoding=accept)
            self.assertEqual(got["content-encoding"] == "gzip", packed, accept)

    def test_what_the_reader_has_is_not_sent_again(self):
        for encoding in ("identity", "gzip"):
            first = self.host.get("anna", "/rain/", accept_encoding=encoding)
            for tag in (first["etag"], "W/" + first["etag"], '"x", ' + first["etag"], "*"):
                again = self.host.get("anna", "/rain/", accept_encoding=encoding,
                                      if_none_match=tag)
                self.assertEqual((again.status, again.body), (304, b""), tag)
                self.assertEqual(again["etag"], first["etag"])
                self.assertIsNone(again["content-length"])
            self.assertEqual(self.host.get("anna", "/rain/", if_none_match='"x"').status, 200)

    def test_a_picture_is_sent_in_parts(self):
        path = self.media()
        whole = self.host.get("anna", path)
        self.assertEqual((whole.status, whole["content-type"]), (200, "image/jpeg"))
        self.assertEqual(whole["accept-ranges"], "bytes")
        size = len(whole.body)
        for asked, begin, end in (("0-99", 0, 100), ("100-", 100, size), ("-50", size - 50, size),
                                  (f"10-{size * 2}", 10, size)):
            part = self.host.get("anna", path, range=f"bytes={asked}")
            self.assertEqual((part.status, part.body), (206, whole.body[begin:end]), asked)
            self.assertEqual(part["content-range"], f"bytes {begin}-{end - 1}/{size}")
        beyond = self.host.get("anna", path, range=f"bytes={size}-")
        self.assertEqual((beyond.status, beyond["content-range"]), (416, f"bytes */{size}"))
        same = self.host.get("anna", path, range="bytes=0-9", if_range=whole["etag"])
        other = self.host.get("anna", path, range="bytes=0-9", if_range='"other"')
        self.assertEqual((same.status, other.status), (206, 200))

    def test_an_unknown_page_offers_the_search(self):
        got = self.host.get("anna", "/no/such/page/")
        self.assertEqual(got.status, 404)
        self.assertIn('action="/search/"', got.text)
        self.assertIn('name="q"', got.text)

    def test_pages_are_only_read(self):
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
            with self.host.connect() as c:
                got = c.ask(self.name, "/rain/", method, body=b"x=y")
                self.assertEqual((got.status, got["allow"]), (405, "GET, HEAD"), method)
                if got["connection"] != "close":
                    self.assertEqual(c.ask(self.name, "/rain/").status, 200)

    def test_a_body_nobody_asked_for_is_framed_and_not_taken_for_a_request(self):
        inner = b"GET /rain/ HTTP/1.1\r\nHost: x\r\n\r\n"
        for path in ("/rain/", "/nowhere/"):
            for method in ("GET", "POST"):
                with self.host.connect() as c:
                    c.ask(self.name, path, method, body=inner)
                    c.send(f"GET /sun/ HTTP/1.1\r\nHost: {self.name}\r\n\r\n")
                    # The server may close instead of reading on.
                    with contextlib.suppress(ConnectionError):
                        self.assertIn("Sun in May", c.reply().text)

    def test_addresses_lead_to_the_one_address(self):
        for path in ("/rain", "//rain/"):
            got = self.host.get("anna", path)
            self.assertIn(got.status, (301, 308), path)
            self.assertTrue(got["location"].endswith("/rain/"), (path, got["location"]))

    def test_a_page_typed_without_its_slash_is_found(self):
        for path, to in (("/archive", "/archive/"), ("/archive/2021", "/archive/2021/"),
                         ("/tag", "/tag/"), ("/search", "/search/"),
                         ("/search?q=rain", "/search/?q=rain")):
            got = self.host.get("anna", path)
            self.assertEqual(got.status, 301, path)
            self.assertTrue(got["location"].endswith(to), (path, got["location"]))
        for path in ("/archive/1800", "/tag/nothing", "/author/nobody", "/tag/a/page/9"):
            self.assertEqual(self.host.get("anna", path).status, 404, path)

    def test_a_path_cannot_leave_the_site(self):
        for path in ("/../host.db", "/%2e%2e/host.db", "/media/../../host.db", "/media/%2e%2e/x",
                     "/_/theme/plume/x/../../theme.ini", "/%00", "/a%00b", "/%ff", "/.%2e/",
                     "/./rain/", "/rain/../sun/", "/%zz", "/rain/%00", "/_/theme/plume/%00"):
            for host, status in (("anna", 404), ("", 404), ("nobody", 404)):
                with self.host.connect() as c:
                    got = c.ask(self.host.name_of(host), path)
                    self.assertEqual(got.status, status, path)
                    self.assertNotIn(b"SQLite format", got.body)
                    again = c.ask(self.name, path, fields={"Accept-Encoding": "gzip"})
                    self.assertEqual((again.status, again["connection"]), (404, None), path)
                    self.assertIn("/search/", again.plain.decode())
                    self.assertEqual(c.ask(self.name, "/rain/").status, 200)
        for raw in (b"/\x00", b"/a b", b"/\x7f", "/é".encode(), b"/#a"):
            with self.host.connect() as c:
                c.send(b"GET " + raw + b" HTTP/1.1\r\nHost: " + self.name.encode() + b"\r\n\r\n")
                self.assertEqual(c.reply().status, 400, raw)
                self.assertTrue(c.is_closed())

    def test_feeds_answer_where_people_look_for_them(self):
        for path, kind in (("/feed", "rss"), ("/rss.xml", "rss"), ("/atom.xml", "atom"),
                           ("/index.xml", "rss"), ("/feed.json", "json"), ("/feed/", "rss")):
            got = self.host.get("anna", path)
            if got.status in (301, 308):
                got = self.host.get("anna", got["location"].split(self.name, 1)[-1]
                                    .removeprefix(f":{self.host.port}"))
            self.assertEqual(got.status, 200, path)
            self.assertIn(kind, got["content-type"], path)
            self.assertEqual(self.host.get("anna", path, if_none_match=got["etag"] or "").status
                             in (304, 301, 308), True, path)

    def test_every_answer_is_guarded(self):
        for path in ("/", "/rain/", "/nowhere/", "/atom.xml", self.media()):
            got = self.host.get("anna", path)
            self.assertEqual(got["x-content-type-options"], "nosniff", path)
            self.assertIsNone(got["set-cookie"], path)
        page = self.host.get("anna", "/")
        self.assertIn("default-src 'none'", page["content-security-policy"])
        self.assertIsNone(page["server"])


class Hosts(Served):
    def test_a_host_nobody_knows_is_404(self):
        for name in ("nobody.test.example", "other.example", "127.0.0.1", "a.b.test.example"):
            got = self.host.get(name, "/")
            self.assertEqual(got.status, 404, name)
            self.assertTrue(got["content-type"].startswith("text/html"))

    def test_a_name_is_known_however_it_is_written(self):
        for name in ("ANNA.Test.Example", "anna.test.example.", "anna.test.example:8080"):
            self.assertEqual(self.host.get(name, "/rain/").status, 200, name)

    def test_the_base_domain_shows_the_listed_sites(self):
        self.host.site("berta", title="Berta hides", listed="no")
        page = self.host.get("", "/")
        self.assertEqual(page.status, 200)
        self.assertIn("garden", page.text)
        self.assertNotIn("Berta hides", page.text)
        self.assertIn('lang="fr"', self.host.get("", "/", accept_language="fr").text)

    def test_a_suspended_site_says_why(self):
        self.host.run("site", "suspend", "anna", "--reason", "late with the rent")
        got = self.host.get("anna", "/rain/")
        self.assertEqual(got.status, 503)
        self.assertIn("late with the rent", got.text)
        self.host.run("site", "resume", "anna")
        self.assertEqual(self.host.get("anna", "/rain/").status, 200)
        self.host.run("site", "suspend", "anna", "--legal", "--reason", "court order 7")
        got = self.host.get("anna", "/rain/")
        self.assertEqual(got.status, 451)
        self.assertIn("court order 7", got.text)

    def test_a_deleted_site_is_gone_and_can_come_back(self):
        self.host.run("site", "delete", "anna", "--yes")
        self.assertEqual(self.host.get("anna", "/rain/").status, 410)
        self.host.run("site", "undelete", "anna")
        self.assertEqual(self.host.get("anna", "/rain/").status, 200)

    def test_a_renamed_site_is_found_under_its_old_name(self):
        self.host.get("anna", "/rain/")
        self.host.run("site", "rename", "anna", "berta")
        got = self.host.get("anna", "/rain/?a=b")
        self.assertEqual(got.status, 301)
        self.assertEqual(got["location"],
                         f"http://berta.test.example:{self.host.port}/rain/?a=b")
        page = self.host.get("berta", "/rain/")
        self.assertIn("http://berta.test.example", page.text)
        self.assertNotIn("http://anna.test.example", page.text)

    def test_one_domain_is_the_real_one(self):
        self.host.run("site", "domain", "add", "anna", "anna.org", "--canonical")
        self.host.run("site", "domain", "add", "anna", "www.anna.org")
        for name in ("anna.test.example", "www.anna.org"):
            got = self.host.get(name, "/rain/")
            self.assertEqual((got.status, got["location"]),
                             (301, f"http://anna.org:{self.host.port}/rain/"))
        self.assertEqual(self.host.get("anna.org", "/rain/").status, 200)


class Running(Served):
    def test_a_new_site_is_told_with_the_address_where_it_is(self):
        told = self.host.run("site", "create", "berta")
        self.assertIn(f"http://berta.test.example:{self.host.port}/", told)

    def test_a_command_is_seen_by_the_next_request(self):
        for title in ("One", "Two", "Three"):
            self.host.run("site", "set", "anna", f"title={title}")
            self.assertIn(f"<title>{title}</title>", self.host.get("anna", "/").text)

    def test_a_saved_text_is_seen_by_the_next_request(self):
        for n in range(5):
            self.host.write("anna", "rain.md", RAIN + f"\nThe {n} day.\n")
            self.host.publish("anna")
            self.assertIn(f"The {n} day.", self.host.get("anna", "/rain/").text)

    def test_a_reload_drops_no_connection(self):
        with self.host.connect() as c:
            self.assertEqual(c.ask(self.name, "/").status, 200)
            for _ in range(3):
                self.host.server.send_signal(signal.SIGHUP)
                time.sleep(0.2)
                self.assertEqual(c.ask(self.name, "/rain/").status, 200)

    def test_a_wrong_configuration_is_told_and_the_old_one_stays(self):
        ini = self.host.data / "hameau.ini"
        good = ini.read_text()
        ini.write_text(good + "\n[host]\nttle = x\n")
        self.host.server.send_signal(signal.SIGHUP)
        errors = self.host.root / "errors"
        self.assertTrue(self.host.wait_for(lambda: "ttle" in errors.read_text()))
        self.assertRegex(errors.read_text(), r"hameau\.ini:\d+: ")
        self.assertEqual(self.host.get("anna", "/").status, 200)

    def test_the_host_changes_its_title_at_a_reload(self):
        self.host.get("", "/")
        with open(self.host.data / "hameau.ini", "a", encoding="utf-8") as ini:
            ini.write("\n[host]\ntitle = A new village\n")
        self.host.server.send_signal(signal.SIGHUP)
        self.assertTrue(self.host.wait_for(
            lambda: "A new village" in self.host.get("", "/").text))

    def test_the_end_lets_running_requests_finish(self):
        with self.host.connect() as c:
            self.assertEqual(c.ask(self.name, "/").status, 200)
            c.send(f"GET /rain/ HTTP/1.1\r\nHost: {self.name}\r\n")
            time.sleep(0.1)
            self.host.server.send_signal(signal.SIGTERM)
            time.sleep(0.1)
            try:
                c.send("\r\n")
                got = c.reply()
                self.assertEqual(got.status, 200)
            except ConnectionError:
                pass		# not begun: it may be closed
        self.assertEqual(self.host.server.wait(village.PATIENCE), 0)

    def test_a_restart_serves_what_was_there(self):
        before = {p: self.host.get("anna", p) for p in ("/", "/rain/", "/atom.xml")}
        self.host.restart()
        for path, old in before.items():
            new = self.host.get("anna", path)
            self.assertEqual((new.status, new.body, new["etag"]), (200, old.body, old["etag"]))

    def test_pages_lie_as_files_where_somebody_asked_for_them(self):
        site = self.host.data / "cache" / "pages" / str(int(self.host.show("anna")["id"], 16))
        self.host.run("cache", "warm", "anna", "--files")
        files = {p: p.stat().st_ino for p in site.rglob("*") if p.is_file()}
        self.assertIn(site / "rain" / "index.html.gz", files)
        for path in ("/", "/rain/", "/atom.xml"):
            file = site / path[1:] / "index.html" if path.endswith("/") else site / path[1:]
            body = self.host.get("anna", path).body
            self.assertEqual(file.read_bytes(), body)
            self.assertEqual(gzip.decompress((file.parent / (file.name + ".gz")).read_bytes()), body)
        self.host.write("anna", "rain.md", RAIN.replace("Rain in March", "Rain in May"))
        self.host.publish("anna")
        self.host.run("cache", "warm", "anna", "--files")
        self.assertIn("Rain in May", (site / "rain" / "index.html").read_text())
        again = {p: p.stat().st_ino for p in site.rglob("*") if p.is_file()}
        self.assertEqual(set(again), set(files))
        self.assertEqual(again[site / "archive" / "index.html"],
                         files[site / "archive" / "index.html"])
        self.host.run("cache", "clear", "anna")
        self.assertFalse(site.exists())

    def test_a_killed_server_starts_again(self):
        self.host.write("anna", "snow.md", RAIN.replace("Rain in March", "Snow"))
        self.host.publish("anna")
        self.host.stop(signal.SIGKILL)
        self.host.start()
        self.assertIn("Snow", self.host.get("anna", "/").text)

    def test_the_cache_may_be_deleted_at_any_time(self):
        cache = self.host.data / "cache"
        before = {p: self.host.get("anna", p).body for p in ("/", "/rain/", "/atom.xml", "/sun/")}
        for n in range(20):
            shutil.rmtree(cache, ignore_errors=True)
            for path, body in before.items():
                self.assertEqual(self.host.get("anna", path).body, body)
            if n % 5 == 0:
                self.host.run("cache", "clear")
        self.host.stop()
        shutil.rmtree(cache, ignore_errors=True)
        self.host.start()
        for path, body in before.items():
            self.assertEqual(self.host.get("anna", path).body, body)

    def test_what_lies_damaged_in_the_cache_is_not_served(self):
        before = {p: self.host.get("anna", p).body for p in ("/", "/rain/")}
        self.host.stop()
        for file in (self.host.data / "cache").rglob("*"):
            if file.is_file():
                data = bytearray(file.read_bytes())
                data[len(data) // 2] ^= 0x55
                file.write_bytes(data)
        self.host.start()
        for path, body in before.items():
            self.assertEqual(self.host.get("anna", path).body, body, path)

    def test_two_servers_do_not_share_a_host(self):
        other = village.subprocess.run(
            [self.host.program, "serve", "--listen", f"127.0.0.1:{village.free_port()}"],
            env=self.host.env, capture_output=True, text=True, timeout=village.PATIENCE)
        self.assertEqual(other.returncode, 1)
        self.assertEqual(self.host.get("anna", "/").status, 200)

    def test_many_readers_at_once_get_whole_pages(self):
        whole = {p: self.host.get("anna", p).body for p in ("/", "/rain/", "/sun/", "/atom.xml")}
        self.host.run("cache", "clear")

        def read(n):
            path = list(whole)[n % len(whole)]
            return self.host.get("anna", path).body == whole[path]

        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            self.assertTrue(all(pool.map(read, range(200))))


if __name__ == "__main__":
    village.unittest.main()
