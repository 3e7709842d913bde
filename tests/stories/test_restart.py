"""A server that starts anew while it is read: no request is lost. And what it says to
whoever started it, as systemd would hear it."""
import fcntl
import os
import pathlib
import re
import signal
import socket
import subprocess
import threading
import time

import village

RESTARTS = 3
POST = "---\ntitle: Rain\ndate: 2021-01-02\n---\nIt rained.\n"


class Reader(threading.Thread):
    """Reads as fast as it can, from memory and rendered, on connections that it keeps until the
    server politely closes them, or on a new one for each request."""

    def __init__(self, host, keeps):
        super().__init__(daemon=True)
        self.host, self.keeps = host, keeps
        self.over = threading.Event()
        self.read, self.trouble = 0, None

    def run(self):
        try:
            while not self.over.is_set():
                with self.host.connect() as c:
                    self.talk(c)
        except Exception as e:          # told in the test
            self.trouble = repr(e)

    def talk(self, c):
        while not self.over.is_set():
            path = "/rain/" if self.read % 7 else f"/search/?q={self.read}"
            fields = {} if self.keeps else {"Connection": "close"}
            got = c.ask("anna.test.example", path, fields=fields)
            assert got.status == 200, got.status
            self.read += 1
            if got["connection"] == "close":
                return


class Restarting(village.Story):
    def setUp(self):
        self.host = village.Host()
        self.addCleanup(self.host.close)
        self.host.site("anna")
        self.host.write("anna", "rain.md", POST)
        self.host.publish("anna")
        self.servers = []
        self.addCleanup(self.end_servers)

    def end_servers(self):
        for server in self.servers:
            if server.poll() is None:
                server.kill()
            server.wait()
            server.stdout.close()

    def serve(self, *words, **more):
        """Another server; its line when it is ready."""
        with open(self.host.root / "errors", "ab") as errors:
            server = subprocess.Popen([self.host.program, "serve", *words], env=self.host.env,
                                      stdout=subprocess.PIPE, stderr=errors, text=True, **more)
        self.servers.append(server)
        line = server.stdout.readline()
        self.assertIn("Hameau serves", line, (self.host.root / "errors").read_text())
        return server

    def read_during(self, restart):
        readers = [Reader(self.host, keeps) for keeps in (True, True, True, False, False)]
        for r in readers:
            r.start()
        time.sleep(0.3)
        for _ in range(RESTARTS):
            restart()
            time.sleep(0.3)
        for r in readers:
            r.over.set()
        for r in readers:
            r.join(village.PATIENCE)
            self.assertFalse(r.is_alive())
        self.assertEqual([r.trouble for r in readers], [None] * len(readers))
        self.assertTrue(all(r.read > 20 for r in readers), [r.read for r in readers])


class Replaced(Restarting):
    def test_another_server_takes_over_and_no_request_is_lost(self):
        self.host.port = village.free_port()
        listen = f"--listen=127.0.0.1:{self.host.port}"
        self.serve(listen)

        def replace():
            old = self.servers[-1]
            self.serve(listen, "--replace")
            self.assertEqual(old.wait(village.PATIENCE), 0)

        self.read_during(replace)
        # The new one has it all: the lock, the control socket, the port.
        self.assertEqual(self.host.show("anna")["name"], "anna")
        self.host.run("site", "set", "anna", "title=Jardin")
        self.assertIn("Jardin", self.host.get("anna").text)
        refused = subprocess.run([self.host.program, "serve", listen], env=self.host.env,
                                 capture_output=True, text=True, timeout=village.PATIENCE)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("a server runs on", refused.stderr)
        self.servers[-1].terminate()
        self.assertEqual(self.servers[-1].wait(village.PATIENCE), 0)
        self.assertFalse((self.host.data / "control.sock").exists())

    def test_without_a_server_there_is_nothing_to_replace_and_it_serves(self):
        self.host.port = village.free_port()
        self.serve(f"--listen=127.0.0.1:{self.host.port}", "--replace")
        self.assertEqual(self.host.get("anna").status, 200)

    def test_a_server_that_begins_or_ends_is_waited_for(self):
        self.host.port = village.free_port()
        with open(self.host.data / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            waiter = threading.Timer(1, lock.close)
            waiter.start()
            self.serve(f"--listen=127.0.0.1:{self.host.port}", "--replace")
            waiter.join()
        self.assertEqual(self.host.get("anna").status, 200)

    def waiting_server(self, *words):
        """One that waits for the lock, which somebody has."""
        server = subprocess.Popen([self.host.program, "serve", *words], env=self.host.env,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(server.stderr.close)
        self.servers.append(server)
        wait = pathlib.Path(f"/proc/{server.pid}/wchan")
        self.assertTrue(self.host.wait_for(lambda: "nanosleep" in wait.read_text()))
        return server

    def test_a_server_that_is_told_to_stop_before_it_serves_stops(self):
        self.host.port = village.free_port()
        for number, status in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            with open(self.host.data / "lock", "w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                server = self.waiting_server(f"--listen=127.0.0.1:{self.host.port}", "--replace")
                server.send_signal(number)
                self.assertEqual(server.wait(village.PATIENCE), status)
                self.assertIn("stopped before the end", server.stderr.read())

    def test_a_server_that_is_told_to_reload_before_it_serves_does_both(self):
        self.host.port = village.free_port()
        with open(self.host.data / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            server = self.waiting_server(f"--listen=127.0.0.1:{self.host.port}", "--replace")
            server.send_signal(signal.SIGHUP)
        self.assertIn("Hameau serves", server.stdout.readline())
        self.assertIn("were read again", server.stderr.readline())
        server.terminate()
        self.assertEqual(server.wait(village.PATIENCE), 0)

    def test_a_server_that_cannot_start_leaves_the_other_as_it_was(self):
        self.host.port = village.free_port()
        listen = f"--listen=127.0.0.1:{self.host.port}"
        self.serve(listen)
        with socket.create_server(("127.0.0.1", 0)) as taken:
            failed = subprocess.run(
                [self.host.program, "serve", "--replace", listen,
                 f"--listen=127.0.0.1:{taken.getsockname()[1]}"], env=self.host.env,
                capture_output=True, text=True, timeout=village.PATIENCE)
        self.assertEqual(failed.returncode, 1)
        self.assertIn("another program does", failed.stderr)
        self.assertEqual(self.host.get("anna").status, 200)
        self.assertEqual(self.host.show("anna")["name"], "anna")

    def test_the_file_of_a_unix_socket_stays_with_the_server_that_goes_on(self):
        path = self.host.root / "web.sock"
        self.serve(f"--listen=unix:{path}")
        with socket.create_server(("127.0.0.1", 0)) as taken:
            failed = subprocess.run(
                [self.host.program, "serve", "--replace", f"--listen=unix:{path}",
                 f"--listen=127.0.0.1:{taken.getsockname()[1]}"], env=self.host.env,
                capture_output=True, text=True, timeout=village.PATIENCE)
        self.assertEqual(failed.returncode, 1)
        with socket.socket(socket.AF_UNIX) as s:
            s.connect(str(path))

    def test_a_unix_socket_is_handed_over_too(self):
        path = self.host.root / "web.sock"
        self.serve(f"--listen=unix:{path}")
        old = self.servers[-1]
        self.serve(f"--listen=unix:{path}", "--replace")
        self.assertEqual(old.wait(village.PATIENCE), 0)
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(village.PATIENCE)
            s.connect(str(path))
            s.sendall(b"GET / HTTP/1.1\r\nHost: anna.test.example\r\nConnection: close\r\n\r\n")
            self.assertTrue(s.recv(100).startswith(b"HTTP/1.1 200 "))
        self.servers[-1].terminate()
        self.assertEqual(self.servers[-1].wait(village.PATIENCE), 0)
        self.assertFalse(path.exists())


class Supervised(Restarting):
    """With sockets that outlive the server, and somebody who listens to it."""

    def setUp(self):
        super().setUp()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.socket.close)
        self.host.port = self.socket.getsockname()[1]
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.notify.close)
        self.notify.bind(str(self.host.root / "notify"))
        self.notify.settimeout(village.PATIENCE)

    def activate(self, **env):
        """As systemd starts it: the socket is descriptor 3, LISTEN_PID its process."""
        def third():
            os.dup2(self.socket.fileno(), 3)
            os.set_inheritable(3, True)

        saved = dict(self.host.env)
        self.host.env |= {"LISTEN_FDS": "1", "LISTEN_FDNAMES": "web",
                          "NOTIFY_SOCKET": str(self.host.root / "notify")} | env
        try:
            with open(self.host.root / "errors", "ab") as errors:
                server = subprocess.Popen(
                    ["sh", "-c", 'LISTEN_PID=$$ exec "$0" serve', self.host.program],
                    env=self.host.env, stdout=subprocess.PIPE, stderr=errors, text=True,
                    preexec_fn=third, pass_fds=(3,))
        finally:
            self.host.env = saved
        self.servers.append(server)
        self.assertIn("Hameau serves", server.stdout.readline(),
                      (self.host.root / "errors").read_text())
        return server

    def told(self, text, seconds=village.PATIENCE):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            got = self.notify.recv(1000).decode()
            if text in got:
                return got
        raise AssertionError(f"nobody said {text}")

    def test_a_restart_behind_a_socket_that_stays_open_loses_no_request(self):
        self.activate()

        def restart():
            old = self.servers[-1]
            old.terminate()
            self.assertEqual(old.wait(village.PATIENCE), 0)
            self.activate()

        self.read_during(restart)

    def test_it_says_what_it_does(self):
        server = self.activate()
        self.told("READY=1")
        server.send_signal(signal.SIGHUP)
        reloading = self.told("RELOADING=1")
        now = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        self.assertLess(now - int(re.search(r"MONOTONIC_USEC=(\d+)", reloading)[1]), 60e6)
        self.told("READY=1")
        server.terminate()
        self.told("STOPPING=1")
        self.assertEqual(server.wait(village.PATIENCE), 0)

    def test_its_pulse_beats_while_it_lives_and_stops_when_it_hangs(self):
        server = self.activate(WATCHDOG_USEC="4000000")
        for _ in range(3):
            self.told("WATCHDOG=1")
        server.send_signal(signal.SIGSTOP)
        self.notify.settimeout(2.5)
        with self.assertRaises(TimeoutError):
            for _ in range(3):          # one may have been on its way
                self.told("WATCHDOG=1", 2.5)
        self.notify.settimeout(village.PATIENCE)
        server.send_signal(signal.SIGCONT)
        self.told("WATCHDOG=1")

    def test_the_sockets_of_others_are_not_ours(self):
        """LISTEN_PID names another process: the configuration counts."""
        self.host.env |= {"LISTEN_FDS": "1", "LISTEN_PID": "1"}
        port = village.free_port()
        self.serve(f"--listen=127.0.0.1:{port}")
        self.host.port = port
        self.assertEqual(self.host.get("anna").status, 200)
