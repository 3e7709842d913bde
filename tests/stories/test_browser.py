"""The example village in a real browser: Debian's chromium, spoken to through a pipe.

Skipped where it is not installed. Every page is opened at the width of a phone and of a
desktop: nothing may be refused by the policy, nothing may be missing, nothing may make the
reader scroll sideways. HAMEAU_SCREENSHOTS names a folder to keep pictures in.
"""
import base64
import json
import os
import pathlib
import re
import select
import shutil
import subprocess
import tempfile
import time

import village

SITES = sorted(p.parent for p in (village.TOP / "examples/sites").glob("*/site.ini"))
WIDTHS = {"phone": 360, "desktop": 1280}


class Browser:
    """One tab. Messages are JSON, each ended by a NUL, on the descriptors 3 and 4."""

    def __init__(self, program):
        self.home = tempfile.mkdtemp(prefix="hameau-browser-")
        hear, their_out = os.pipe()
        their_in, tell = os.pipe()
        shell = f'exec "$0" "$@" 3<&{their_in} 4>&{their_out}'
        self.process = subprocess.Popen(
            ["bash", "-c", shell, program, "--headless", "--no-sandbox", "--disable-gpu",
             "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe",
             # It is to speak to nobody but us.
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--disable-quic",
             f"--user-data-dir={self.home}"],
            pass_fds=(their_in, their_out), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=os.environ | {"HOME": self.home})
        os.close(their_in)
        os.close(their_out)
        self.hear, self.tell, self.rest, self.n, self.events = hear, tell, b"", 0, []
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target,
                                 flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.hear)
        os.close(self.tell)
        shutil.rmtree(self.home, ignore_errors=True)

    def message(self):
        while b"\0" not in self.rest:
            if not select.select([self.hear], [], [], village.PATIENCE)[0]:
                raise TimeoutError("the browser says nothing")
            part = os.read(self.hear, 1 << 20)
            if not part:
                raise ConnectionError("the browser is gone")
            self.rest += part
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **params):
        self.n += 1
        ask = {"id": self.n, "method": method, "params": params}
        os.write(self.tell, json.dumps(ask | ({"sessionId": self.session} if self.session else {}))
                 .encode() + b"\0")
        while True:
            got = self.message()
            if got.get("id") == self.n:
                if "error" in got:
                    raise RuntimeError(f"{method}: {got['error']}")
                return got["result"]
            self.events.append(got)

    def open(self, url, width, dark=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900,
                  deviceScaleFactor=1, mobile=width < 500)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.events = []
        self.call("Page.navigate", url=url)
        end = time.monotonic() + village.PATIENCE
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            if time.monotonic() > end:
                raise TimeoutError(url)
            self.events.append(self.message())

    def ask(self, expression):
        return self.call("Runtime.evaluate", expression=expression,
                         returnByValue=True)["result"].get("value")

    def complaints(self):
        for event in self.events:
            p = event.get("params", {})
            if event.get("method") == "Log.entryAdded":
                yield p["entry"]["text"]
            elif event.get("method") == "Runtime.exceptionThrown":
                yield str(p["exceptionDetails"])
            elif event.get("method") == "Network.responseReceived":
                if p["response"]["status"] >= 400:
                    yield f"{p['response']['url']}: {p['response']['status']}"

    def picture(self, name):
        folder = os.environ.get("HAMEAU_SCREENSHOTS")
        if folder:
            data = self.call("Page.captureScreenshot")["data"]
            pathlib.Path(folder, name + ".png").write_bytes(base64.b64decode(data))


class Seen(village.unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        program = shutil.which("chromium")
        if not program:
            raise village.unittest.SkipTest("chromium is not installed")
        if village.SANITIZED:
            raise village.unittest.SkipTest("a browser has nothing to tell a sanitizer")
        cls.host = village.Host("localhost")
        cls.addClassCleanup(cls.host.close)
        for site in SITES:
            told = dict(re.findall(r"(?m)^(\w+) = (.*)$", (site / "site.ini").read_text()))
            cls.host.site(site.name, lang=told["lang"], theme=told.get("theme", ""),
                          order=told["order"])
            cls.host.run("import", site.name, site / "content")
        cls.host.start()
        cls.browser = Browser(program)
        cls.addClassCleanup(cls.browser.close)

    def url(self, site, path):
        return f"http://{self.host.name_of(site)}:{self.host.port}{path}"

    def paths(self, site):
        home = self.host.get(site, "/").text
        posts = re.findall(r'class="[^"]*u-url[^"]*" href="(/[^"]+)"', home)
        return ["/", *dict.fromkeys(posts[:4]), "/archive/", "/tag/", "/search/?q=a", "/nowhere/"]

    def look(self, site, path, width, dark=False):
        self.browser.open(self.url(site, path), WIDTHS[width], dark)
        told = [c for c in self.browser.complaints() if "404" not in c or path != "/nowhere/"]
        wide = self.browser.ask("document.documentElement.scrollWidth")
        if wide > WIDTHS[width]:
            told.append(f"is {wide} wide")
        small = self.browser.ask(
            "[...document.querySelectorAll('main p')].filter(p => p.offsetWidth &&"
            " parseFloat(getComputedStyle(p).fontSize) < 12).length")
        if small:
            told.append(f"{small} paragraphs are too small to read")
        missing = self.browser.ask(
            "[...document.images].filter(i => i.loading != 'lazy' && !i.naturalWidth)"
            ".map(i => i.src).join(' ')")
        if missing:
            told.append("does not show " + missing)
        self.browser.picture(f"{site or 'front'}{path.replace('/', '-').split('?')[0]}{width}"
                             f"{'-dark' if dark else ''}")
        return [f"{site}{path} ({width}): {t}" for t in told]

    def test_pages_fit_and_nothing_is_refused(self):
        told = []
        for site in [s.name for s in SITES]:
            for path in self.paths(site):
                for width in WIDTHS:
                    told += self.look(site, path, width)
        for width in WIDTHS:
            told += self.look("", "/", width)
        self.assertEqual(len(told), 0, "\n".join([""] + told[:30]))

    def test_at_night_the_page_is_dark(self):
        for dark, comparison in ((False, self.assertGreater), (True, self.assertLess)):
            self.assertEqual(self.look(SITES[0].name, "/", "phone", dark), [])
            colour = self.browser.ask("getComputedStyle(document.body).backgroundColor + ' ' +"
                                      " getComputedStyle(document.documentElement).backgroundColor")
            shown = [sum(map(int, c)) for c in re.findall(r"rgb\((\d+), (\d+), (\d+)\)", colour)]
            comparison(shown[0], 384, colour)

    def test_one_can_search_with_the_keyboard_alone(self):
        self.browser.open(self.url(SITES[0].name, "/search/"), 1280)
        self.browser.ask("document.querySelector('main input[name=q]').focus()")
        self.browser.call("Input.insertText", text="the")
        for kind in ("keyDown", "keyUp"):
            self.browser.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter",
                              text="\r", windowsVirtualKeyCode=13)
        self.assertTrue(self.host.wait_for(
            lambda: "q=the" in (self.browser.ask("location.search") or "")))


if __name__ == "__main__":
    village.unittest.main()
