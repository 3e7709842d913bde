"""What readers cannot take from each other: connections, descriptors, memory, time."""
import contextlib
import re
import socket
import subprocess
import time
import unittest

import village

POST = "---\ntitle: Rain\ndate: 2021-01-02\n---\nIt rained.\n"
GET = "GET /rain/ HTTP/1.1\r\nHost: anna.test.example\r\n\r\n"


class Limited(village.Story):
    """A server with a configuration of its own, and perhaps few descriptors."""

    def begin(self, config="", descriptors=None):
        self.host = village.Host()
        self.addCleanup(self.host.close)
        with open(self.host.data / "hameau.ini", "a", encoding="utf-8") as ini:
            ini.write(f"\n[server]\nloops = 1\n{config}\n")
        self.host.site("anna")
        self.host.write("anna", "rain.md", POST)
        self.host.publish("anna")
        self.host.start(descriptors=descriptors)
        self.open = contextlib.ExitStack()
        self.addCleanup(self.open.close)

    def setUp(self):
        pass

    def connect(self):
        return self.open.enter_context(self.host.connect())

    def served(self, c):
        c.send(GET)
        return c.reply().status == 200

    def private(self):
        """Memory of the server that nobody shares, in bytes."""
        with open(f"/proc/{self.host.server.pid}/smaps_rollup", encoding="ascii") as f:
            return int(re.search(r"Private_Dirty:\s+(\d+)", f.read())[1]) * 1024


class Connections(Limited):
    def test_descriptors_never_run_out_and_warm_pages_go_on(self):
        self.begin(descriptors=100)
        kept = self.connect()
        for i in range(250):
            self.assertTrue(self.served(self.connect()), i)
            self.assertTrue(self.served(kept), i)       # it is active, so others go first
        # What needs descriptors of its own: another site's database, and a command.
        self.host.site("berta")
        self.assertEqual(self.host.get("berta").status, 200)
        self.assertEqual(self.host.get("anna", "/nowhere/").status, 404)
        log = (self.host.root / "errors").read_text()
        self.assertIn("file descriptors run out; idle connections are closed early", log)
        self.assertLess(log.count("run out"), 5)

    def test_when_all_are_busy_new_ones_wait_or_go_and_busy_ones_are_served(self):
        self.begin("head_timeout = 60s", descriptors=100)
        busy = [self.connect() for _ in range(200)]
        for c in busy:
            with contextlib.suppress(OSError):
                c.send(GET[:30])
        served = 0
        for c in busy:
            with contextlib.suppress(ConnectionError, TimeoutError):
                c.socket.settimeout(0.3)
                c.send(GET[30:])
                served += c.reply().status == 200
        self.assertGreater(served, 20)
        self.assertTrue(self.host.wait_for(lambda: self.host.get("anna").status == 200))

    def test_the_longest_idle_is_closed_for_a_new_one(self):
        self.begin("connections = 20")
        first = self.connect()
        self.assertTrue(self.served(first))
        others = [self.connect() for _ in range(19)]
        self.assertTrue(self.served(others[0]))
        time.sleep(0.05)                                # idleness is counted in milliseconds
        self.assertTrue(all(self.served(c) for c in others[1:]))
        self.assertTrue(self.served(first))             # not the longest idle any more
        self.assertTrue(self.served(self.connect()))
        self.assertTrue(others[0].is_closed())
        self.assertTrue(self.served(first))

    def test_an_address_has_only_so_many(self):
        """Told by a proxy, since the machine's own addresses are not counted."""
        self.begin("proxy_protocol = 127.0.0.1\nconnections_per_address = 5")

        def reader(address):
            c = self.connect()
            c.send(f"PROXY TCP4 {address} 192.0.2.2 5001 80\r\n")
            return c

        some = [reader("192.0.2.9") for _ in range(5)]
        self.assertTrue(all(self.served(c) for c in some))
        self.assertTrue(reader("192.0.2.9").is_closed())
        self.assertTrue(self.served(reader("192.0.2.10")))
        some.pop().socket.close()
        self.assertTrue(self.host.wait_for(lambda: not self.closed_at_once(reader("192.0.2.9"))))

    def closed_at_once(self, c):
        try:
            return not self.served(c)
        except ConnectionError:
            return True

    @unittest.skipIf(village.SANITIZED, "sanitizers need memory of their own")
    def test_an_idle_connection_costs_less_than_4_kib(self):
        self.begin("connections = 5000")
        for _ in range(50):
            self.assertTrue(self.served(self.connect()))
        before, n = self.private(), 600
        for _ in range(n):
            self.assertTrue(self.served(self.connect()))
        self.assertLess((self.private() - before) / n, 4096)


class Time(Limited):
    def test_the_slow_are_closed_in_time_while_others_are_served(self):
        self.begin("head_timeout = 1s\nbody_timeout = 1s\nidle_timeout = 1s\nwrite_timeout = 1s")
        body = "POST / HTTP/1.1\r\nHost: anna.test.example\r\nContent-Length: 5000\r\n\r\nabc"
        head, slow_body, nothing, reader = (self.connect() for _ in range(4))
        head.send(GET[:30])
        slow_body.send(body)
        reader.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        flood = GET * 2000              # and its answers are not read
        reader.socket.settimeout(0.2)
        with contextlib.suppress(TimeoutError):
            reader.socket.sendall(flood.encode())
        fast = self.connect()
        end = time.monotonic() + 3
        while time.monotonic() < end:
            self.assertTrue(self.served(fast))
            time.sleep(0.02)
        for c in (head, slow_body):
            got = c.reply()
            self.assertEqual((got.status, got["connection"]), (408, "close"))
        self.assertTrue(nothing.is_closed())
        reader.socket.settimeout(village.PATIENCE)
        read = 0
        with contextlib.suppress(ConnectionError):
            while part := reader.socket.recv(1 << 20):
                read += len(part)
        self.assertLess(read, 2000 * 2000)

    def test_too_much_memory_for_bodies_is_503_with_a_time_to_come_again(self):
        self.begin("body_memory = 1M\n[limits]\nbody = 1M")
        head = "POST / HTTP/1.1\r\nHost: anna.test.example\r\nContent-Length: 900000\r\n\r\n"
        first, second = self.connect(), self.connect()
        first.send(head + "x" * 600000)
        time.sleep(0.3)
        with contextlib.suppress(ConnectionError):
            second.send(head + "x" * 600000)
        got = second.reply()
        self.assertEqual((got.status, got["retry-after"], got["connection"]), (503, "5", "close"))
        self.assertRegex(got.text, f"In our log this is request {got['x-request-id']}")
        self.assertIn(got["x-request-id"], (self.host.root / "errors").read_text())
        first.send("x" * 300000)
        self.assertEqual(first.reply().status, 405)     # read to its end, and refused as a method
        self.assertTrue(self.served(first))

    def test_each_limit_has_its_answer_and_closes(self):
        self.begin("[limits]\nbody = 10K")
        name = "Host: anna.test.example\r\n"
        for status, data in ((413, f"POST / HTTP/1.1\r\n{name}Content-Length: 10241\r\n\r\n"),
                             (413, f"POST / HTTP/1.1\r\n{name}Transfer-Encoding: chunked\r\n\r\n"
                                   f"2801\r\n"),
                             (414, f"GET /{'x' * 4096} HTTP/1.1\r\n{name}\r\n"),
                             (431, f"GET / HTTP/1.1\r\n{name}X: {'x' * 16384}\r\n\r\n"),
                             (431, f"GET / HTTP/1.1\r\n{name}" + "X: y\r\n" * 64 + "\r\n")):
            with self.subTest(status=status), self.host.connect() as c:
                c.send(data)
                got = c.reply()
                self.assertEqual((got.status, got["connection"]), (status, "close"))
                self.assertTrue(c.is_closed())
