"""Asking, and holding answers against what was written: see truth."""
import gzip
import hashlib
import pathlib
import random
import re
import socket
import tempfile
import threading
import time

import truth_site


class Record:
    """What was written and acknowledged, and what was seen. One lock round all of it."""

    def __init__(self, sites):
        self.lock = threading.Lock()
        self.states = {site: [truth_site.State(site)] for site in sites}
        self.acknowledged = dict.fromkeys(sites, 0)
        self.bytes_of, self.tag_of, self.shows = {}, {}, {}
        self.answers, self.edits, self.lost = {}, 0, 0
        self.faults, self.folder = [], None

    def fault(self, text, head="", body=b""):
        """Keeps the answer, too, so that it can be studied."""
        with self.lock:
            self.faults.append(text)
            if self.folder is None:
                self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hameau-faults-", dir="/var/tmp"))
            if len(self.faults) <= 100:
                file = self.folder / f"{len(self.faults)}"
                file.with_suffix(".txt").write_text(f"{text}\n\n{head}\n")
                file.with_suffix(".body").write_bytes(body)

    def begin(self, site, state):
        with self.lock:
            self.states[site].append(state)

    def acknowledge(self, site):
        with self.lock:
            self.acknowledged[site] = len(self.states[site]) - 1
            self.edits += 1

    def floor(self, site):
        with self.lock:
            return self.acknowledged[site]

    def possible(self, site, floor):
        """The states that may be true for whoever asked when `floor` was acknowledged."""
        with self.lock:
            return self.states[site][floor:]

    def now(self, site):
        with self.lock:
            return self.states[site][self.acknowledged[site]]

    def note_tag(self, where, tag, body, seen):
        """False: this tag stood for other bytes, or these bytes for another tag."""
        digest = hashlib.sha256(body).digest()
        with self.lock:
            same = self.bytes_of.setdefault((where, tag), digest) == digest
            same = self.tag_of.setdefault((where, digest), tag) == tag and same
            self.shows[where, tag] = seen
            return same


class Client:
    """A connection that is kept, and made anew after it was closed."""

    def __init__(self, port):
        self.port, self.socket = port, None

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket = None

    def ask(self, host, path, packed=False, tag=None):
        """(status, fields, body, head)"""
        try:
            if not self.socket:
                self.socket = socket.create_connection(("127.0.0.1", self.port), 60)
            return self.talk(host, path, packed, tag)
        except Exception:
            self.close()
            raise

    def talk(self, host, path, packed, tag):
        head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n"
        head += "Accept-Encoding: gzip\r\n" if packed else ""
        head += f"If-None-Match: {tag}\r\n" if tag else ""
        self.socket.sendall((head + "\r\n").encode())
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.more()
        head, body = data.split(b"\r\n\r\n", 1)
        head = head.decode("latin-1")
        fields = {k.lower(): v for k, v in re.findall(r"([\w-]+): (.*?)\r\n", head + "\r\n")}
        status = int(head.split(" ", 2)[1])
        size = int(fields.get("content-length", 0)) if status != 304 else 0
        while len(body) < size:
            body += self.more()
        if fields.get("connection", "") == "close":
            self.close()
        return status, fields, body, head

    def more(self):
        part = self.socket.recv(1 << 17)
        if not part:
            raise ConnectionError("the server closed")
        return part


class Reader(threading.Thread):
    def __init__(self, run, number):
        super().__init__()
        self.run_, self.record, self.random = run, run.record, random.Random(1000 + number)
        self.tags, self.client, self.paths = {}, Client(run.port), truth_site.paths()

    def run(self):
        while time.monotonic() < self.run_.end:
            try:
                self.look()
            except OSError as why:
                if not self.run_.may_lose():
                    self.record.fault(f"a reader: {why!r}")
                    return
                self.record.lost += 1
                time.sleep(0.05)
            except Exception as why:
                self.record.fault(f"a reader: {why!r}")
                return

    def look(self):
        site, dice = self.random.choice(self.run_.sites), self.random.random()
        if dice < 0.02:
            self.look_at_front()
        elif dice < 0.6:
            self.look_at(site, self.random.choice(("/", "/p0/", "/p1/", "/p2/", "/p3/", "/p4/")))
        else:
            self.look_at(site, self.random.choice(self.paths))

    def look_at(self, site, path, tagged=True):
        """Asks for a page; what it shows has to be a state that was not over when it was asked for.
        Returns the bytes."""
        record = self.record
        packed = self.random.random() < 0.5
        floor = record.floor(site)
        name = record.states[site][floor].name
        where = (name, path, packed)
        tag = self.tags.get(where) if tagged and self.random.random() < 0.5 else None
        status, fields, body, head = self.client.ask(f"{name}.localhost", path, packed, tag)
        possible = record.possible(site, floor)
        record.answers[status] = record.answers.get(status, 0) + 1
        if status == 304:
            seen = record.shows[where, tag]
        else:
            plain = gzip.decompress(body) if fields.get("content-encoding") == "gzip" else body
            seen = truth_site.read(status, fields, plain.decode())
            body = plain
        if status == 200 and "etag" in fields:
            self.tags[where] = fields["etag"]
            if not record.note_tag(where, fields["etag"], body, seen):
                record.fault(f"{name}{path}: other bytes for its tag", head, body)
        if not any(truth_site.agrees(seen, state, name, path) for state in possible):
            old = any(truth_site.agrees(seen, state, name, path) for state in record.states[site])
            record.fault(f"{name}{path}: {status} {'is older than' if old else 'was never'} what was "
                         f"acknowledged\n{seen}\npossible ({floor}):\n"
                         + "\n".join(map(str, possible)), head, body)
        return body

    def look_at_front(self):
        """The newest posts of all sites, each by itself."""
        floors = {site: self.record.floor(site) for site in self.run_.sites}
        status, fields, body, head = self.client.ask("localhost", "/")
        if status != 200:
            self.record.fault(f"the front page: {status}", head, body)
            return
        for name, post, edit in truth_site.FRONT.findall(body.decode()):
            site = name.split("-")[0]
            possible = self.record.possible(site, floors[site])
            if not any(s.name == name and s.shown == 200 and (int(post), int(edit))
                       in s.pairs(s.published()) for s in possible):
                self.record.fault(f"the front page shows edit {edit} of post {post} of {name}, "
                                  f"possible:\n" + "\n".join(map(str, possible)), head, body)
