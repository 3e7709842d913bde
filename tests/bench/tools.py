"""What the benches share: processes with their cost, a host in a folder, medians, the table."""
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = {"hugo": "hugo", "nginx": "nginx-light", "wrk": "wrk"}


def say(text):
    print(text, file=sys.stderr, flush=True)


def find(tool):
    return shutil.which(tool, path=os.environ["PATH"] + ":/usr/sbin:/sbin")


def install_missing():
    """Installs what is missing where that is possible; returns what is still missing."""
    missing = [tool for tool in PACKAGES if not find(tool)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        say("installing " + " ".join(PACKAGES[tool] for tool in missing))
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends"]
                       + [PACKAGES[tool] for tool in missing], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
    return [tool for tool in PACKAGES if not find(tool)]


class Cost:
    """Wall and processor seconds and the largest resident memory (KiB) of one process or several."""

    def __init__(self, wall=0.0, cpu=0.0, peak=0):
        self.wall, self.cpu, self.peak = wall, cpu, peak

    def __add__(self, other):
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.peak, other.peak))


def run(command, env=None, cwd=None):
    """Runs to the end; returns its Cost and what it printed."""
    begin = time.monotonic()
    child = subprocess.Popen([str(word) for word in command], env=env, cwd=cwd,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed with {child.returncode}")
    return Cost(time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss), out.decode()


class Server:
    """A process that is started, asked and stopped, on chosen processors."""

    def __init__(self, command, cpus=None, env=None, ready=None, patience=30):
        if cpus:
            command = ["taskset", "-c", cpus, *command]
        self.child = subprocess.Popen([str(word) for word in command], env=env,
                                      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.port = ready
        if ready and not answers(ready, patience):
            self.stop()
            raise SystemExit(f"{command} does not answer on port {ready}")

    def pids(self):
        """Itself and its children (nginx works in one)."""
        found = [self.child.pid]
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                if int(stat.read_text().rsplit(")", 1)[1].split()[1]) == self.child.pid:
                    found.append(int(stat.parent.name))
            except (OSError, IndexError):
                pass
        return found

    def cpu(self):
        """Processor seconds so far, to the nanosecond where the kernel tells."""
        total = 0
        for pid in self.pids():
            for task in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat"):
                total += int(task.read_text().split()[0])
        return total / 1e9

    def memory(self):
        """Resident KiB, and the part of it that no file backs."""
        found = {}
        for line in pathlib.Path(f"/proc/{self.child.pid}/status").read_text().splitlines():
            key, _, value = line.partition(":")
            if key in ("VmRSS", "RssAnon"):
                found[key] = int(value.split()[0])
        return found["VmRSS"], found["RssAnon"]

    def stop(self):
        if self.child.poll() is not None:
            return
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(30)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def is_free(port):
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        except OSError:
            time.sleep(0.005)
    return False


class Host:
    """A host of Hameau in a folder."""

    def __init__(self, program, data):
        self.program, self.data = str(program), pathlib.Path(data)
        self.env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HAMEAU_SHARE": str(TOP),
                    "HAMEAU_DATA": str(data)}
        self.env |= {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}

    def __call__(self, *words):
        return run([self.program, *words], env=self.env)

    def set(self, section, **keys):
        path = self.data / "hameau.ini"
        text = f"[{section}]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())
        path.write_text(path.read_text() + "\n" + text)

    def change(self, **keys):
        """Keys that set() wrote before get another value."""
        path = self.data / "hameau.ini"
        text = path.read_text()
        for key, value in keys.items():
            text = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", text)
        path.write_text(text)

    def serve(self, cpus=None, port=None):
        port = port or free_port()
        return Server([self.program, "serve", "--listen", f"127.0.0.1:{port}"], cpus, self.env, port)


def sites(host, scratch, names, content=None, tell=None):
    """Makes all of them by one table; with `content` its posts are imported into the first, and its
    database is copied into the others: a site is its folder. Returns the Cost of making them."""
    file = scratch / "sites.csv"
    file.write_text("name,title,lang\n" + "".join(
        f"{n},Site {n},{('en', 'fr', 'es', 'de', 'it')[i % 5]}\n" for i, n in enumerate(names)))
    cost, _ = host("site", "create", "--from", file)
    if not content:
        return cost
    host("import", names[0], content)
    model = pathlib.Path(json.loads(host("site", "show", names[0], "--json")[1])["folder"])
    data = (model / "site.db").read_bytes()
    folders = [p for p in (host.data / "sites").glob("*/*") if p != model]
    for i, folder in enumerate(folders):
        (folder / "site.db").write_bytes(data)
        if tell:
            tell(i + 1, len(folders))
    # What was known of the empty ones must not be believed.
    shutil.rmtree(host.data / "cache", ignore_errors=True)
    (host.data / "gens").unlink(missing_ok=True)
    return cost


def median(values):
    return statistics.median(values)


def spread(values):
    return f"{min(values):.2f}-{max(values):.2f}"


def cpu_model():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return os.uname().machine


def version(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True)
        return (done.stdout + done.stderr).splitlines()[0].strip()
    except (OSError, IndexError):
        return None


def be_first():
    """A thread of this priority gets a processor at once; without the right to it, sooner."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except OSError:
        try:
            os.setpriority(os.PRIO_PROCESS, 0, -19)
        except OSError:
            pass


def put_first(server):
    """The same for all threads of a server."""
    for pid in server.pids():
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            try:
                os.sched_setscheduler(int(task.name), os.SCHED_FIFO, os.sched_param(1))
            except OSError:
                pass


def be_usual():
    """Like everybody again: after be_first(), or in a child of who is first."""
    try:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
        os.setpriority(os.PRIO_PROCESS, 0, 0)
    except OSError:
        pass


class Table:
    """Rows of (bench, what, ours, theirs, ratio, goal), printed as Markdown and kept as JSON."""

    def __init__(self):
        self.rows = []

    def add(self, bench, what, ours, theirs="", ratio=None, goal="", **more):
        self.rows.append({"bench": bench, "what": what, "ours": ours, "theirs": theirs,
                          "ratio": ratio, "goal": goal} | more)

    def text(self):
        head = ["bench", "what", "Hameau", "beside", "ratio", "goal"]
        rows = [[row["bench"], row["what"], row["ours"], row["theirs"],
                 f"{row['ratio']:.2f}" if row["ratio"] is not None else "", row["goal"]]
                for row in self.rows]
        widths = [max(len(str(row[i])) for row in [head] + rows) for i in range(len(head))]
        line = lambda row: "| " + " | ".join(str(c).ljust(w) for c, w in zip(row, widths)) + " |"
        return "\n".join([line(head), "|" + "|".join("-" * (w + 2) for w in widths) + "|"]
                         + [line(row) for row in rows])

    def save(self, path, about):
        path.write_text(json.dumps({"about": about, "rows": self.rows}, indent=1) + "\n")
