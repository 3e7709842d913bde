"""A host for a story: a data folder that goes away, a server, and what a reader does.

    class Story(village.Story):
        def test_something_is_so(self):
            self.host.site("anna", lang="fr")
            self.host.write("anna", "rain.md", "# Rain\\n\\nIt rains.")
            self.host.publish("anna")
            self.assertEqual(self.host.get("anna", "/rain/").status, 200)
"""
import contextlib
import gzip
import json
import os
import pathlib
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
SANITIZED = os.environ.get("ASAN_OPTIONS") or os.environ.get("TSAN_OPTIONS")
PATIENCE = 60		# seconds; nothing that works takes so long, however busy the machine is


def program():
    for path in (os.environ.get("HAMEAU"), TOP / "build/check/hameau", TOP / "build/hameau"):
        if path and os.access(path, os.X_OK):
            return str(pathlib.Path(path).resolve())
    raise unittest.SkipTest("the program is not built")


def ports():
    """Below those that the kernel gives to whoever connects, and not where a neighbour begins."""
    at = os.getpid() * 1009
    while True:
        at += 1
        yield 10000 + at % 20000


PORTS = {}


def free_port():
    for port in PORTS.setdefault(os.getpid(), ports()):
        with contextlib.closing(socket.socket()) as s, contextlib.suppress(OSError):
            s.bind(("127.0.0.1", port))
            return port


class Reply:
    """What came back, and how many bytes of it."""

    def __init__(self, status, fields, body, version):
        self.status, self.fields, self.body, self.version = status, fields, body, version

    def __getitem__(self, name):
        return self.fields.get(name.lower())

    @property
    def plain(self):
        return gzip.decompress(self.body) if self["content-encoding"] == "gzip" else self.body

    @property
    def text(self):
        return self.plain.decode()


class Connection:
    """Raw HTTP/1.1 over one socket, so that a story decides about every byte."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.rest = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data.encode() if isinstance(data, str) else data)

    def ask(self, host, path="/", method="GET", fields=(), body=b""):
        head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n"
        head += "".join(f"{k}: {v}\r\n" for k, v in dict(fields).items())
        if body:
            head += f"Content-Length: {len(body)}\r\n"
        self.send(head.encode() + b"\r\n" + body)
        return self.reply(method)

    def _more(self):
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("closed: " + repr(self.rest[:200]))
        self.rest += part

    def _take(self, n):
        while len(self.rest) < n:
            self._more()
        part, self.rest = self.rest[:n], self.rest[n:]
        return part

    def reply(self, method="GET"):
        while b"\r\n\r\n" not in self.rest:
            self._more()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("latin-1").split("\r\n")
        version, status, _ = first.split(" ", 2)
        fields = {}
        for line in lines:
            k, v = line.split(": ", 1)
            fields[k.lower()] = fields[k.lower()] + ", " + v if k.lower() in fields else v
        has_body = method != "HEAD" and status not in ("304", "204", "100")
        body = self._take(int(fields.get("content-length", 0))) if has_body else b""
        return Reply(int(status), fields, body, version)

    def is_closed(self):
        self.socket.settimeout(PATIENCE)
        try:
            return self.rest == b"" and self.socket.recv(1) == b""
        except ConnectionError:
            return True


class Host:
    def __init__(self, base="test.example"):
        self.program, self.base = program(), base
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="hameau-"))
        self.data = self.root / "data"
        self.env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HAMEAU_DATA": str(self.data),
                    "HAMEAU_SHARE": os.environ.get("HAMEAU_SHARE") or str(TOP)}
        self.env |= {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
        self.server = self.port = None
        if os.environ.get("HAMEAU_STYLES"):		# of tests/stories/run
            shutil.copytree(os.environ["HAMEAU_STYLES"], self.data / "cache" / "themes")
        self.run("init", self.data, "--base", base)
        # Nothing here outlives the story, so nothing waits for the disk.
        with open(self.data / "hameau.ini", "a", encoding="utf-8") as ini:
            ini.write("\n[limits]\ndurable = no\n")

    def close(self):
        try:
            self.stop()
        finally:
            shutil.rmtree(self.root, ignore_errors=True)

    # --- the operator ---

    def run(self, *words, status=0, stdin=None, **env):
        done = subprocess.run([self.program, *map(str, words)], env=self.env | env, input=stdin,
                              capture_output=True, text=True, timeout=PATIENCE * 3, cwd=self.root)
        if status is not None and done.returncode != status:
            raise AssertionError(f"{words}: status {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def fails(self, *words):
        """What a command says that must not succeed."""
        done = subprocess.run([self.program, *map(str, words)], env=self.env, check=False,
                              capture_output=True, text=True, timeout=PATIENCE * 3, cwd=self.root)
        if done.returncode == 0:
            raise AssertionError(f"{words}: succeeded\n{done.stdout}")
        return done.stderr

    def site(self, name, **settings):
        sets = [f"--set={k.replace('__', '.')}={v}" for k, v in settings.items()]
        self.run("site", "create", name, *sets)
        self.folder(name).mkdir(parents=True)

    def show(self, name):
        return json.loads(self.run("site", "show", name, "--json"))

    def folder(self, name):
        return self.root / "content" / name

    def write(self, name, path, text):
        file = self.folder(name) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            file.write_bytes(text)
        else:
            file.write_text(text, encoding="utf-8")
        return file

    def publish(self, name, *options):
        return self.run("import", name, self.folder(name), *options)

    # --- the server ---

    def start(self, *options, descriptors=None):
        few = ["prlimit", f"--nofile={descriptors}:{descriptors}"] if descriptors else []
        self.port = self.port or free_port()
        self.errors = open(self.root / "errors", "ab")
        self.server = subprocess.Popen(
            [*few, self.program, "serve", "--listen", f"127.0.0.1:{self.port}", *options],
            env=self.env, cwd=self.root, stdout=subprocess.PIPE, stderr=self.errors)
        if not select.select([self.server.stdout], [], [], PATIENCE)[0]:
            raise AssertionError("the server said nothing")
        line = self.server.stdout.readline()
        if not line:
            self.server.wait(PATIENCE)
            raise AssertionError("no server: " + (self.root / "errors").read_text())
        return line.decode()

    def stop(self, how=signal.SIGTERM):
        if not self.server:
            return 0
        server, self.server = self.server, None
        if server.poll() is None:
            server.send_signal(how)
        try:
            status = server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
            raise AssertionError("the server did not end") from None
        finally:
            server.stdout.close()
            self.errors.close()
        if status != 0 and how == signal.SIGTERM:
            raise AssertionError(f"ended with {status}\n" + (self.root / "errors").read_text())
        return status

    def restart(self):
        self.stop()
        self.start()

    # --- the reader ---

    def name_of(self, site):
        """anna -> anna.test.example, anna.org and "" (the host itself) as they are."""
        if not site:
            return self.base
        return site if "." in site else f"{site}.{self.base}"

    def connect(self):
        return Connection(self.port)

    def get(self, site, path="/", method="GET", body=b"", **fields):
        fields = {k.replace("_", "-"): v for k, v in fields.items()}
        with self.connect() as c:
            return c.ask(self.name_of(site), path, method, fields | {"Connection": "close"}, body)

    def wait_for(self, question, seconds=PATIENCE):
        """Asks until the answer is yes."""
        end = time.monotonic() + seconds
        while not question():
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True


class Story(unittest.TestCase):
    """A server of its own for each test."""

    def setUp(self):
        self.host = Host()
        self.addCleanup(self.host.close)
        self.host.start()
