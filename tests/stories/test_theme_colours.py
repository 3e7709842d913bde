"""WCAG 2.2 AA in every bundled theme, preset and scheme: 4.5 to 1 for text, 3 to 1 if large.

A browser computes the colours: a page with everything that Markdown makes, a home page with
a forum behind it and a topic, each in the dark, too. Skipped where chromium is not installed.
"""
import shutil
import unittest

import themes
import village
from test_browser import Browser
from test_pages_look import EVERYTHING, FOREIGN

# Text whose contrast with what is behind it is too small, each kind once. Colours are painted,
# so that whatever syntax they have becomes numbers; what is see-through is laid over what is
# behind it.
LOOK = """(() => {
  const pen = Object.assign(document.createElement('canvas'), {width: 1, height: 1})
    .getContext('2d', {willReadFrequently: true});
  const seen = new Map();
  const rgb = colour => {
    if (!seen.has(colour)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      seen.set(colour, [r, g, b, a / 255]);
    }
    return seen.get(colour);
  };
  const over = (f, b) => f.slice(0, 3).map((v, i) => v * f[3] + b[i] * (1 - f[3]));
  const ground = e => e ? over(rgb(getComputedStyle(e).backgroundColor), ground(e.parentElement))
    : matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  const light = c => c.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const told = new Map();
  let texts = 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement, s = getComputedStyle(e);
    if (!walk.currentNode.data.trim() || !e.checkVisibility({opacityProperty: true})) continue;
    texts++;
    const behind = ground(e), ink = over(rgb(s.color), behind);
    const [low, high] = [light(ink), light(behind)].sort((a, b) => a - b);
    const ratio = (high + .05) / (low + .05), size = parseFloat(s.fontSize);
    const large = size >= 24 || (size >= 18.66 && s.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5))
      told.set(`${e.tagName.toLowerCase()}.${e.className}`,
               `${ratio.toFixed(2)} ${ink.map(Math.round)} on ${behind.map(Math.round)}`);
  }
  return [texts, [...told].map(([k, v]) => k + ' ' + v)];
})()"""


class Colours(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        chromium = shutil.which("chromium")
        if not chromium or village.SANITIZED:
            raise unittest.SkipTest("chromium is not installed, or has nothing to tell")
        cls.host = village.Host("localhost")
        cls.addClassCleanup(cls.host.close)
        cls.host.write("all", "everything.md", EVERYTHING)
        cls.host.write("all", "foreign.md", FOREIGN)
        for theme in themes.ALL:
            cls.host.site(theme, title="A site", tagline="Of every colour", lang="en", theme=theme)
            cls.host.run("import", theme, cls.host.folder("all"))
        cls.host.start()
        cls.browser = Browser(chromium)
        cls.addClassCleanup(cls.browser.close)

    def url(self, theme, path):
        return f"http://{self.host.name_of(theme)}:{self.host.port}{path}"

    def looks(self, theme):
        """What is wrong with the pages as they are now, by day and by night."""
        home = self.host.get(theme, "/").text
        for path, page in (("/everything/", None), ("/", "home"), ("/", "topic")):
            text = page and themes.forum_page(self.host, theme, page, home)
            self.browser.open(self.url(theme, path), 1280)
            if text:
                frame = self.browser.call("Page.getFrameTree")["frameTree"]["frame"]["id"]
                self.browser.call("Page.setDocumentContent", frameId=frame, html=text)
                self.assertTrue(self.host.wait_for(
                    lambda: self.browser.ask("document.readyState == 'complete'")))
            for scheme in ("light", "dark"):
                self.browser.call("Emulation.setEmulatedMedia", features=[
                    {"name": "prefers-color-scheme", "value": scheme},
                    {"name": "prefers-reduced-motion", "value": "reduce"}])
                texts, told = self.browser.ask(LOOK)
                self.assertGreater(texts, 10)
                yield from (f"{path} {scheme}: {what}" for what in told)

    def test_all_text_can_be_read(self):
        for theme in themes.ALL:
            presets = [s for s in themes.settings(theme) if s.startswith("preset=")]
            self.assertGreater(len(presets), 2)
            # The last is a yellow that no designer would have taken.
            for setting in ["preset=", *presets, "option.accent=#f7e017"]:
                with self.subTest(f"{theme} {setting}"):
                    self.host.run("site", "set", theme, setting)
                    self.assertEqual(list(self.looks(theme)), [])
                    self.host.run("site", "set", theme, setting.split("=")[0] + "=")


if __name__ == "__main__":
    unittest.main()
