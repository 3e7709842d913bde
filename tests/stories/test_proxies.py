"""The sample configurations of doc/proxies, tried with the proxies themselves. Each is taken as it
stands; only addresses, files and the maker of certificates are those of the story."""
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
import unittest

import village

SAMPLES = village.TOP / "doc/proxies"
READER = "127.0.0.2"            # not the address that the proxy itself has
CONFIG = """
[host]
scheme = https
{listen}
metrics = 127.0.0.1:{operator}
[server]
hsts = yes
{server}
[log]
access = access.log
access_address = full
"""


class Proxied(village.Story):
    """A host, and the proxy `program` with its sample before it."""

    program = sample = None

    def setUp(self):
        for name in (self.program, "openssl"):
            if not shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin"):
                self.skipTest(f"{name} is not installed")
        self.host = village.Host()
        self.addCleanup(self.host.close)
        self.host.site("anna")
        self.host.write("anna", "rain.md", "---\ntitle: Rain\ndate: 2021-01-02\n---\nIt rained.\n")
        self.host.publish("anna")
        self.plain, self.secure, self.operator = (village.free_port() for _ in range(3))
        self.host.port = village.free_port()

    def begin(self, server="", listen=None, args=(), edits=(), env=None):
        text = CONFIG.format(operator=self.operator, server=server, listen=listen or "")
        with open(self.host.data / "hameau.ini", "a", encoding="utf-8") as ini:
            ini.write(text)
        if listen:
            with open(self.host.root / "errors", "ab") as errors:
                self.host.errors = errors
                self.host.server = subprocess.Popen([self.host.program, "serve"],
                                                    env=self.host.env, stdout=subprocess.PIPE,
                                                    stderr=errors)
                self.host.server.stdout.readline()
        else:
            self.host.start()
        config = (SAMPLES / self.sample).read_text()
        for old, new in edits:
            self.assertIn(old, config, "the sample has changed, and this story has not")
            config = config.replace(old, str(new))
        self.config = self.host.root / self.sample
        self.config.write_text(config)
        with open(self.host.root / "proxy", "wb") as out:
            proxy = subprocess.Popen([a.format(config=self.config) for a in args], stdout=out,
                                     stderr=out, cwd=self.host.root,
                                     env=dict(os.environ, PATH=os.environ["PATH"] + ":/usr/sbin")
                                     | (env or {}))
        self.addCleanup(proxy.wait)
        self.addCleanup(proxy.terminate)
        self.assertTrue(self.host.wait_for(self.is_open),
                        (self.host.root / "proxy").read_text(errors="replace"))

    def is_open(self):
        try:
            socket.create_connection(("127.0.0.1", self.secure), 1).close()
            return True
        except OSError:
            time.sleep(0.1)
            return False

    def certificate(self):
        """One for the base domain and its sites: certificate and key."""
        files = self.host.root / "cert.pem", self.host.root / "cert.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=test.example", "-addext",
             "subjectAltName=DNS:test.example,DNS:*.test.example", "-out", files[0], "-keyout",
             files[1]], check=True, capture_output=True)
        return files

    def ask(self, name="anna.test.example", path="/rain/", **fields):
        """As a browser with the address READER would, by https."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        raw = socket.create_connection(("127.0.0.1", self.secure), village.PATIENCE,
                                       source_address=(READER, 0))
        c = http.client.HTTPConnection(name)
        c.sock = context.wrap_socket(raw, server_hostname=name)
        try:
            c.request("GET", path, headers={k.replace("_", "-"): v for k, v in fields.items()})
            got = c.getresponse()
            return got, got.read()
        finally:
            c.close()

    def log(self, count):
        path = self.host.data / "access.log"
        self.assertTrue(self.host.wait_for(lambda: path.read_text().count("\n") >= count))
        return [json.loads(line) for line in path.read_text().splitlines()]

    def tell(self):
        """What every proxy must do, whatever the reader claims."""
        claims = {"X_Forwarded_For": "6.6.6.6", "X_Forwarded_Proto": "http",
                  "Forwarded": "for=6.6.6.6;proto=http", "X_Request_Id": "forged"}
        for _ in range(2):
            got, body = self.ask(**claims)
            self.assertEqual(got.status, 200, body)
            self.assertIn(b"It rained.", body)
            self.assertEqual(got.getheader("strict-transport-security"), "max-age=31536000")
        missing, _ = self.ask(path="/nowhere/")
        self.assertEqual(missing.status, 404)
        for line in self.log(3):
            self.assertEqual((line["host"], line["address"]), ("anna.test.example", READER))
            self.assertNotEqual(line["id"], "forged")

    def redirected(self):
        with village.Connection(self.plain) as c:
            got = c.ask("anna.test.example", "/rain/?a=b", fields={"Connection": "close"})
        self.assertEqual((got.status, got["location"]),
                         (301, "https://anna.test.example/rain/?a=b"))


class HAProxy(Proxied):
    program, sample = "haproxy", "haproxy.cfg"

    def haproxy(self, server, *edits):
        cert, key = self.certificate()
        folder = self.host.root / "certs"
        folder.mkdir()
        (folder / "all.pem").write_bytes(cert.read_bytes() + key.read_bytes())
        self.begin(server, args=("haproxy", "-db", "-f", "{config}"), edits=(
            ("maxconn 20000", "maxconn 200"), ("bind :80", f"bind 127.0.0.1:{self.plain}"),
            ("bind :443", f"bind 127.0.0.1:{self.secure}"),
            ("/etc/haproxy/certs/", f"{folder}/"),
            ("127.0.0.1:8080", f"127.0.0.1:{self.host.port}"), *edits))
        self.tell()
        self.redirected()

    def test_haproxy_says_who_asks_in_fields(self):
        self.haproxy("proxies = 127.0.0.1", ("check port 9100", f"check port {self.operator}"))
        self.assertRegex(self.log(3)[0]["id"], r"^[0-9A-F]{20,}$")

    def test_haproxy_introduces_readers_by_the_proxy_protocol(self):
        self.sample = "haproxy-tcp.cfg"
        self.haproxy("proxy_protocol = 127.0.0.1")


class Nginx(Proxied):
    program, sample = "nginx", "nginx.conf"

    def test_nginx_speaks_through_a_unix_socket(self):
        cert, key = self.certificate()
        web = self.host.root / "web.sock"
        self.host.root.chmod(0o755)
        whole = self.host.root / "whole.conf"
        whole.write_text(f"daemon off; pid {self.host.root}/pid; error_log stderr;\n"
                         "events {}\nhttp { access_log off;\n"
                         + "".join(f"{what}_temp_path {self.host.root}/{what};\n" for what in
                                   ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
                         + f"include {self.host.root}/nginx.conf;\n}}\n")
        self.begin(listen=f"listen = unix:{web}\nsocket_mode = 0666",
                   args=("nginx", "-e", "stderr", "-c", str(whole)), edits=(
                       ("listen 80;", f"listen 127.0.0.1:{self.plain};"),
                       ("listen 443 ssl", f"listen 127.0.0.1:{self.secure} ssl"),
                       ("/run/hameau/web.sock", web),
                       ("example.org *.example.org", "test.example *.test.example"),
                       ("/etc/nginx/certs/example.org.pem", cert),
                       ("/etc/nginx/certs/example.org.key", key)))
        self.tell()
        self.redirected()
        self.assertRegex(self.log(3)[0]["id"], r"^[0-9a-f]{32}$")

    def test_the_folder_of_that_socket_is_one_that_the_unit_makes(self):
        sample = (SAMPLES / self.sample).read_text()
        unit = (SAMPLES / "../../src/cli/hameau.service.in").read_text()
        folder = re.search(r"server unix:/run/(\w+)/", sample)[1]
        self.assertIn(f"\nRuntimeDirectory={folder}\n", unit)


class Caddy(Proxied):
    program, sample = "caddy", "Caddyfile"

    def test_caddy_gets_certificates_for_our_domains_only(self):
        self.host.run("site", "domain", "add", "anna", "anna.example.net")
        home = str(self.host.root)
        self.begin("proxies = 127.0.0.1", args=("caddy", "run", "--config", "{config}", "--adapter",
                                                "caddyfile"),
                   env={"HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home}, edits=(
                       ("{\n\ton_demand_tls", "{\n\tadmin off\n\tskip_install_trust\n"
                        f"\tauto_https disable_redirects\n\thttps_port {self.secure}\n"
                        "\ton_demand_tls"),
                       ("127.0.0.1:9100", f"127.0.0.1:{self.operator}"),
                       ("127.0.0.1:8080", f"127.0.0.1:{self.host.port}"),
                       ("https:// {", f"https://:{self.secure} {{"),
                       ("\t\ton_demand\n", "\t\ton_demand\n\t\tissuer internal\n")))
        self.tell()
        self.assertEqual(self.ask("anna.example.net", "/")[0].status, 301)
        for name in ("nobody.test.example", "evil.example"):
            with self.assertRaises(ssl.SSLError):
                self.ask(name)


del Proxied        # not a story by itself


if __name__ == "__main__":
    unittest.main()
