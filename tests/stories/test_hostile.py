"""Hostile and unlucky input, end to end: what nobody sane would write, and somebody will."""
import json
import unittest

import village


class HostileTexts(village.Story):
    def post(self, name, path, body="x", **head):
        head = {"title": "T", "date": "2024-01-02"} | head
        self.host.write(name, path, json.dumps(head, indent=1) + "\n\n" + body)

    def publish(self, name):
        return json.loads(self.host.publish(name, "--json"))

    def test_an_old_address_nobody_can_ask_for_is_told_and_left_out(self):
        self.host.site("anna")
        self.post("anna", "a.md", aliases=["/../../etc", "/a\r\nSet-Cookie: x=y", "//twice//x",
                                           "/caf%C3%A9/", "/100%/", "/fine/"])
        told = [c["text"] for c in self.publish("anna")["complaints"]]
        self.assertEqual(sum("can never be asked for" in t for t in told), 2, told)
        for path in ("/twice/x", "/caf%C3%A9/", "/100%25/", "/fine/"):
            self.assertEqual(self.host.get("anna", path).status, 301, path)

    def test_a_complaint_is_one_line_and_commands_no_terminal(self):
        self.host.site("anna")
        self.post("anna", "evil\nINFO: all is well\x1b[2J.md", lang="no\x1b]0;language")
        told = self.publish("anna")["complaints"]
        self.assertTrue(told)
        for c in told:
            self.assertTrue((c["file"] + c["text"]).isprintable(), c)

    def test_an_export_leaves_out_what_cannot_be_a_file(self):
        self.host.site("anna")
        self.post("anna", "a.md", aliases=["/" + "x" * 300 + "/", "/a/index.html/more/",
                                           "/.hameau-export", "/old.html"])
        self.publish("anna")
        out = self.host.root / "out"
        done = json.loads(self.host.run("export", "anna", out, "--json"))
        self.assertGreaterEqual(done["left_out"], 2)
        self.assertTrue((out / "a/index.html").is_file())
        self.assertTrue((out / "old.html").is_file())
        self.assertIn("a/index.html\n", (out / ".hameau-export").read_text())


if __name__ == "__main__":
    unittest.main()
