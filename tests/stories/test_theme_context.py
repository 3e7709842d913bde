"""What `hameau theme context` and `theme values` print, with and without a running server."""
import json
import subprocess
import unittest

import village


class Context(village.Story):
    def context(self, *words):
        return json.loads(self.host.run("theme", "context", *words))

    def test_the_values_of_a_page_are_those_that_its_template_is_shown(self):
        self.host.site("anna", title="Anna")
        self.host.write("anna", "rain.md", "---\ndate: 2025-03-01\ntags: [wet]\n---\n# Rain & sun\n\nIt rains.")
        self.host.write("anna", "snow.md", "---\ndate: 2025-02-01\n---\n# Snow\n\nIt snows.")
        self.host.publish("anna")
        served = self.context("/rain/", "anna")
        self.assertEqual(served["template"], "post")
        post = served["values"]["post"]
        self.assertEqual(post["title"], "Rain & sun")
        self.assertIn("<p>It rains.</p>", post["body"])
        self.assertEqual([t["name"] for t in post["tags"]], ["wet"])
        self.assertIs(served["values"]["has_previous"], True)
        self.assertEqual(self.context("post", "anna"), served, "the newest post")
        self.assertEqual(self.context("list", "anna")["values"]["url"], "/tag/wet/")
        self.assertEqual(self.context("/search/?q=snow", "anna")["values"]["query"], "snow")
        self.assertEqual(self.context("/nothing/", "anna")["template"], "error")
        self.assertEqual(self.context("front")["template"], "front")
        self.host.stop()
        alone = self.context("/rain/", "anna")
        self.assertEqual(alone["values"]["post"]["body"], post["body"], "without a server")
        self.assertEqual(alone["values"].keys(), served["values"].keys())

    def test_what_cannot_be_shown_is_said(self):
        self.host.site("anna")
        for words, says in ((("pots", "anna"), 'did you mean "post"?'),
                            (("post", "anna"), 'no page of the template "post"'),
                            (("/atom.xml", "anna"), "without a template"),
                            (("post",), "of which site?")):
            done = subprocess.run([self.host.program, "theme", "context", *words],
                                  env=self.host.env, capture_output=True, text=True)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(says, done.stderr)


if __name__ == "__main__":
    unittest.main()
