"""What an operator sees of a running server: numbers for Prometheus, the access log, the names
of requests, hameau top; and what a proxy may ask."""
import contextlib
import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import village

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
SAMPLE = re.compile(rf'({NAME})(\{{{NAME}="[^"\\\n]*"(?:,{NAME}="[^"\\\n]*")*\}})? (\S+)')


class Watched(village.Story):
    """With an address for the operator and an access log."""

    config = ""

    def setUp(self):
        self.host = village.Host()
        self.addCleanup(self.host.close)
        self.port = village.free_port()
        with open(self.host.data / "hameau.ini", "a", encoding="utf-8") as ini:
            ini.write(f"\n[host]\nmetrics = 127.0.0.1:{self.port}\n{self.config}")
        self.host.site("anna")
        self.host.write("anna", "rain.md", "---\ntitle: Rain\ndate: 2021-01-02\n---\nIt rained.\n")
        self.host.publish("anna")
        self.host.start()

    def operator(self, path):
        """Status, type and text of a page of the operator's."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}")
        try:
            with urllib.request.urlopen(request, timeout=village.PATIENCE) as got:
                return got.status, got.headers["content-type"], got.read().decode()
        except urllib.error.HTTPError as e:
            return e.code, e.headers["content-type"], e.read().decode()

    def metrics(self):
        """{name with labels: value}, after a look at the format."""
        status, kind, text = self.operator("/metrics")
        self.assertEqual((status, kind), (200, "text/plain; version=0.0.4; charset=utf-8"))
        self.assertTrue(text.endswith("\n"))
        values, types = {}, {}
        for line in text.splitlines():
            if line.startswith("# TYPE "):
                _, _, name, kind = line.split(" ")
                self.assertNotIn(name, types, "a type is told once")
                types[name] = kind
            elif not line.startswith("# HELP "):
                m = SAMPLE.fullmatch(line)
                self.assertTrue(m, line)
                family = re.sub(r"_(bucket|sum|count)$", "", m[1])
                self.assertIn(m[1] if m[1] in types else family, types, line)
                values[m[1] + (m[2] or "")] = float(m[3])
        for name, kind in types.items():
            self.assertEqual(kind == "counter", name.endswith("_total"), name)
        return values


class Metrics(Watched):
    def test_requests_pages_and_renderings_are_counted(self):
        before = self.metrics()
        for path in ("/rain/", "/rain/", "/rain/", "/nowhere/"):
            self.host.get("anna", path)
        after = self.metrics()

        def grown(name):
            return after[name] - before[name]

        self.assertEqual(grown('hameau_requests_total{class="2xx"}'), 3)
        self.assertEqual(grown('hameau_requests_total{class="4xx"}'), 1)
        # Each request is one of them, however often it is looked for on its way.
        self.assertEqual(grown('hameau_cache_lookups_total{result="hit"}'), 2)
        self.assertEqual(grown('hameau_cache_lookups_total{result="miss"}'), 2)
        self.assertEqual(grown('hameau_cache_lookups_total{result="stale"}'), 0)
        self.assertGreaterEqual(grown("hameau_render_seconds_count"), 2)
        self.assertEqual(after['hameau_render_seconds_bucket{le="+Inf"}'],
                         after["hameau_render_seconds_count"])
        self.assertEqual(grown("hameau_connections_total"), 4)
        self.assertGreater(grown("hameau_sent_bytes_total"), 4000)
        self.assertEqual(sum(v for k, v in after.items() if "loop_requests" in k), 4)
        self.assertEqual(after["hameau_open_sites"], 1)
        self.assertGreater(after["process_resident_memory_bytes"], 1e6)
        self.assertIn("version=", next(k for k in after if "build_info" in k))
        self.host.write("anna", "rain.md", "---\ntitle: Rain\ndate: 2021-01-02\n---\nIt snowed.\n")
        self.host.publish("anna")
        before = self.metrics()
        self.host.get("anna", "/rain/")
        after = self.metrics()
        self.assertEqual([grown('hameau_cache_lookups_total{result="%s"}' % r)
                          for r in ("hit", "miss", "stale")], [0, 0, 1])

    def test_a_thousand_readers_of_one_stale_page_cost_one_rendering(self):
        self.assertIn("It rained.", self.host.get("anna", "/rain/").text)
        with contextlib.ExitStack() as stack:
            readers = [stack.enter_context(self.host.connect()) for _ in range(1000)]
            for lap in range(3):
                self.host.write("anna", "rain.md", "---\ntitle: Rain\ndate: 2021-01-02\n---\n"
                                f"Lap {lap}.\n")
                self.host.publish("anna")
                before = self.metrics()["hameau_render_seconds_count"]
                for c in readers:
                    c.send("GET /rain/ HTTP/1.1\r\nHost: anna.test.example\r\n\r\n")
                answers = [c.reply() for c in readers]
                self.assertEqual({a.status for a in answers}, {200})
                self.assertEqual(len({a.body for a in answers}), 1)
                self.assertIn(f"Lap {lap}.", answers[0].text)
                self.assertEqual(self.metrics()["hameau_render_seconds_count"] - before, 1)

    def test_they_are_not_for_readers(self):
        for path in ("/metrics", "/ask?domain=anna.test.example"):
            self.assertEqual(self.host.get("", path).status, 404)

    def test_the_operators_address_may_not_be_the_worlds(self):
        self.host.stop()
        ini = self.host.data / "hameau.ini"
        usual = ini.read_text()
        for address in (":9100", "0.0.0.0:9100", "[::]:9100", "192.0.2.1:9100"):
            ini.write_text(usual + f"\n[host]\nmetrics = {address}\n")
            done = subprocess.run([self.host.program, "serve"], env=self.host.env, text=True,
                                  capture_output=True, timeout=village.PATIENCE)
            self.assertEqual(done.returncode, 1)
            self.assertIn("is neither loopback nor of a private network", done.stderr)

    def test_a_proxy_may_ask_for_domains_that_sites_have(self):
        self.host.run("site", "domain", "add", "anna", "anna.example.org")
        self.host.site("gone")
        self.host.run("site", "delete", "gone", "--yes")
        self.host.run("site", "rename", "anna", "berta")
        for domain, status in (("berta.test.example", 200), ("anna.test.example", 200),
                               ("anna.example.org", 200), ("ANNA.example.org.", 200),
                               ("test.example", 200), ("gone.test.example", 404),
                               ("nobody.test.example", 404), ("example.org", 404),
                               ("a%20b", 404), ("%00", 404), ("x" * 300, 404), ("", 400)):
            with self.subTest(domain=domain):
                self.assertEqual(self.operator(f"/ask?domain={domain}")[0], status)


class Log(Watched):
    config = "[log]\naccess = access.log\n[server]\nproxies = 127.0.0.1\n"

    def lines(self, count, name="access.log"):
        path = self.host.data / name
        self.assertTrue(self.host.wait_for(
            lambda: path.exists() and path.read_text().count("\n") >= count))
        return [json.loads(line) for line in path.read_text().splitlines()]

    def test_each_request_is_a_line_without_the_readers_address(self):
        for path in ("/rain/?utm=secret", "/rain/", "/nowhere/"):
            self.host.get("anna", path, user_agent="Spy/1.0", referer="http://secret.example/")
        with self.host.connect() as c:
            c.send("GET / HTTP/1.1\r\n\r\n")
            c.reply()
        rain, again, nowhere, bad = self.lines(4)
        self.assertEqual(list(rain), ["time", "id", "host", "method", "path", "status", "bytes",
                                      "ms", "cache"])
        self.assertEqual((rain["host"], rain["path"], rain["status"], rain["cache"]),
                         ("anna.test.example", "/rain/", 200, "render"))
        self.assertEqual((again["status"], again["cache"]), (200, "hit"))
        self.assertEqual(again["bytes"], len(self.host.get("anna", "/rain/").body))
        self.assertEqual((nowhere["path"], nowhere["status"]), ("/nowhere/", 404))
        self.assertEqual((bad["status"], bad["host"]), (400, ""))
        text = (self.host.data / "access.log").read_text()
        for word in ("127.0.0.1", "secret", "Spy"):
            self.assertNotIn(word, text)

    def test_a_reload_opens_it_anew_and_heeds_what_is_asked_for(self):
        self.host.get("anna", "/rain/")
        self.lines(1)
        (self.host.data / "access.log").rename(self.host.data / "access.1")
        with open(self.host.data / "hameau.ini", "a", encoding="utf-8") as ini:
            ini.write("[log]\naccess_format = logfmt\naccess_address = network\n")
        self.host.server.send_signal(signal.SIGHUP)
        self.assertTrue(self.host.wait_for((self.host.data / "access.log").exists))
        path = self.host.data / "access.log"

        def logged():
            """A request that was under way keeps its form; soon there is one that was not."""
            self.host.get("anna", "/rain/", x_forwarded_for="192.0.2.77")
            return re.search(r"^time=\S+ id=\S+ host=anna.test.example method=GET path=/rain/ "
                             r"status=200 bytes=\d+ ms=\S+ cache=\w+ address=192.0.2.0$",
                             path.read_text(), re.M)

        self.assertTrue(self.host.wait_for(logged))
        self.assertNotIn("192.0.2.77", path.read_text())
        # Who sends what cannot be read is told, too, by the address that he has himself.
        with self.host.connect() as c:
            c.send("GET / HTTP/1.1\r\n\r\n")
            self.assertEqual(c.reply().status, 400)
        self.assertTrue(self.host.wait_for(lambda: re.search(
            r"status=400 .* address=127.0.0.0$", path.read_text(), re.M)))
        self.assertNotIn("address", self.lines(1, "access.1")[0])

    def test_a_request_keeps_its_name_from_the_page_to_the_log(self):
        database = next(self.host.data.glob("sites/*/*/site.db"))
        self.host.stop()
        database.write_bytes(b"no database" * 1000)
        for extra in database.parent.glob("site.db-*"):
            extra.unlink()
        shutil.rmtree(self.host.data / "cache", ignore_errors=True)
        self.host.start()
        ids = set()
        for given in (None, "proxy-17.a", "not <fit>"):
            fields = {"x_request_id": given} if given else {}
            got = self.host.get("anna", "/rain/", **fields)
            self.assertEqual(got.status, 500)
            name = got["x-request-id"]
            self.assertIn(f"In our log this is request {name}.", got.text)
            self.assertEqual(name == given, given == "proxy-17.a")
            self.assertIn(f"request {name}: ", (self.host.root / "errors").read_text())
            ids.add(name)
        self.assertEqual(len(ids), 3)
        self.assertEqual({line["id"] for line in self.lines(3)}, ids)
        with self.host.connect() as c:
            c.send("GET / HTTP/1.1\r\n\r\n")
            self.assertRegex(c.reply()["x-request-id"], r"^[0-9a-f]{16}$")


class Top(Watched):
    def test_scripts_get_numbers(self):
        for _ in range(5):
            self.host.get("anna", "/rain/")
        told = json.loads(self.host.run("top", "--once", "--json"))
        self.assertEqual(told["requests"], 5)
        self.assertEqual(told["sites"][0]["name"], "anna")
        for name in ("requests_per_second", "hit_percent", "renders_per_second", "connections",
                     "memory", "open_sites"):
            self.assertIn(name, told)

    def test_without_a_server_it_says_so(self):
        self.host.stop()
        done = subprocess.run([self.host.program, "top"], env=self.host.env, capture_output=True,
                              text=True, timeout=village.PATIENCE)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no server runs on", done.stderr)

    def test_it_is_drawn_on_the_terminal_until_q(self):
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(self.host.program, [self.host.program, "top"],
                      self.host.env | {"TERM": "xterm"})
        seen, left = b"", False
        end = time.monotonic() + village.PATIENCE
        while time.monotonic() < end:
            if select.select([terminal], [], [], 0.2)[0]:
                try:
                    part = os.read(terminal, 65536)
                except OSError:         # the other end was closed
                    break
                if not part:
                    break
                seen += part
                self.host.get("anna", "/rain/")
            if b"Requests " in seen and not left:
                os.write(terminal, b"q")
                left = True
        _, status = os.waitpid(pid, 0)
        os.close(terminal)
        self.assertEqual(status, 0)
        self.assertTrue(seen.startswith(b"\x1b[?1049h"), seen[:50])
        self.assertTrue(seen.rstrip().endswith(b"\x1b[?1049l"), seen[-50:])
        self.assertIn(b"Hameau ", seen)
        for line in re.sub(rb"\x1b\[[?0-9]*[a-zA-Z]", b"", seen).split(b"\r\n"):
            self.assertLessEqual(len(line), 100)


class Addresses(Watched):
    def test_the_operators_page_is_handed_over_too(self):
        with open(self.host.root / "errors", "ab") as errors:
            new = subprocess.Popen([self.host.program, "serve", "--replace",
                                    f"--listen=127.0.0.1:{self.host.port}"], env=self.host.env,
                                   stdout=subprocess.PIPE, stderr=errors)
        self.addCleanup(new.stdout.close)
        self.addCleanup(new.wait)
        self.addCleanup(new.terminate)
        self.assertIn(b"Hameau serves", new.stdout.readline())
        self.assertEqual(self.host.server.wait(village.PATIENCE), 0)
        self.assertEqual(self.host.get("anna", "/rain/").status, 200)
        self.assertEqual(self.metrics()['hameau_requests_total{class="2xx"}'], 1)

    def test_a_unix_socket_will_do(self):
        path = self.host.root / "operator.sock"
        self.host.stop()
        ini = self.host.data / "hameau.ini"
        ini.write_text(ini.read_text().replace(f"metrics = 127.0.0.1:{self.port}",
                                               f"metrics = unix:{path}\nsocket_mode = 0600"))
        self.host.start()
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(village.PATIENCE)
            s.connect(str(path))
            s.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            self.assertTrue(s.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n"))
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
