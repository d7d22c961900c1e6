"""The proxy block of docs/deploy.md, word for word, in a real proxy that speaks TLS."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import pytest
from playwright.sync_api import sync_playwright

from review.record import Role
from tests.dashboard.conftest import FLAGS, HOUSE, Served
from tests.dashboard.meeting import PATIENCE, Person
from tests.dashboard.provider import Office, free_port

HOST = "candor.bank.example"
MILLION = 1_000_000


def block():
    """The configuration as it is printed for whoever deploys."""
    told = (HOUSE / "docs" / "deploy.md").read_text(encoding="utf-8")
    [found] = re.findall(r"```nginx\n(.*?)```", told, re.DOTALL)
    return found


class Proxy:
    """nginx with that block: only ports and the folder of the certificate are of this test."""

    def __init__(self, folder, program):
        self.folder, self.program, self.port = folder, program, free_port()
        self.url = f"https://{HOST}:{self.port}"

    def start(self, behind):
        self._certify()
        asked = block()
        for written, here in (
            ("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl"),
            ("/etc/candor/tls", str(self.folder)),
            ("http://127.0.0.1:8501", f"http://127.0.0.1:{behind}"),
        ):
            assert written in asked
            asked = asked.replace(written, here)
        paths = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (self.folder / "nginx.conf").write_text(
            f"{'user root;' if os.getuid() == 0 else ''}\ndaemon off;\npid {self.folder}/pid;\n"
            f"error_log {self.folder}/log error;\nevents {{}}\n"
            f"http {{\naccess_log off;\n{paths}{asked}}}\n",
            encoding="utf-8",
        )
        words = [self.program, "-p", self.folder, "-c", self.folder / "nginx.conf", "-e"]
        self.running = subprocess.Popen([*words, self.folder / "log"])
        self._wait()

    def _wait(self):
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.1)
        pytest.fail("the proxy did not come up: " + (self.folder / "log").read_text("utf-8"))

    def _certify(self):
        asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        subprocess.run(
            [*asked, "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
             "-keyout", self.folder / "key.pem", "-out", self.folder / "fullchain.pem"],
            check=True, capture_output=True,
        )  # fmt: skip

    def stop(self):
        self.running.terminate()
        self.running.wait()


@pytest.fixture(scope="module")
def browser(missing):
    """Chromium that finds the host of the documentation on this machine."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        missing("no Chromium on this machine: install the package chromium")
    here = f"--host-resolver-rules=MAP {HOST} 127.0.0.1"
    with sync_playwright() as driver:
        running = driver.chromium.launch(
            executable_path=found, headless=True, args=[*FLAGS, here, "--ignore-certificate-errors"]
        )
        yield running
        running.close()


@pytest.fixture(scope="module")
def proxied(tmp_path_factory, provider, missing):
    """A dashboard behind that proxy, where a provider vouches for people."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not program or not shutil.which("openssl"):
        missing("no nginx or no openssl on this machine: install the packages nginx-light, openssl")
    subprocess.run([sys.executable, "-m", "checks.samples"], cwd=HOUSE, check=True)
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("proxy")
    proxy = Proxy(folder, program)
    running = Served(home, lambda _: provider.settings(home)(proxy.url))
    proxy.start(running.port)
    proxy.home, proxy.office = home, Office(home, provider.issuer)
    yield proxy
    proxy.stop()
    running.kill()
    proxy.office.desk.close()


@pytest.fixture
def ito(browser, provider, proxied):
    """Somebody who has signed in by way of the proxy."""
    proxied.office.met("ito", "M. Ito", Role.PRIVACY)
    who = Person(browser, provider, proxied.url, "ito", "M. Ito", width=1280, height=720)
    who.sign_in()
    yield who
    who.context.close()


def test_people_sign_in_over_tls_and_their_pages_live(ito):
    """The page is drawn over a WebSocket: it stays empty where the proxy passes none on."""
    ito.heads("Before you send it, look at it together.")

    cookies = {one["name"]: one for one in ito.context.cookies()}
    assert {"_streamlit_user", "candor_browser"} <= set(cookies)
    assert all(one["secure"] for one in cookies.values() if one["domain"] == HOST)


def test_a_file_of_many_million_bytes_passes_the_proxy(ito, tmp_path):
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"0" * 20 * MILLION)
    ito.page.goto(f"{ito.url}/verify")
    ito.settle()
    ito.page.locator("input[type=file]").first.set_input_files(paper)

    ito.page.get_by_text("this file is not a PDF").first.wait_for(timeout=PATIENCE)


def test_what_the_proxy_answers_has_all_the_headers(proxied):
    trusted = ssl.create_default_context(cafile=proxied.folder / "fullchain.pem")
    trusted.check_hostname = False  # it is asked by its number, under its name
    asked = urllib.request.Request(f"https://127.0.0.1:{proxied.port}/", headers={"Host": HOST})
    with urllib.request.urlopen(asked, context=trusted, timeout=10) as answer:
        told = answer.headers

    assert told["Strict-Transport-Security"] == "max-age=31536000"
    assert told["Content-Security-Policy"].startswith("default-src 'none'")
    assert told["X-Frame-Options"] == "DENY"
    assert told["Set-Cookie"].endswith("; Secure")
    assert (proxied.folder / "log").read_text("utf-8") == ""
