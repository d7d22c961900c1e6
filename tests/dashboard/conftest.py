"""A real dashboard on a real port, and a real browser to look at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.dashboard.meeting import Person
from tests.dashboard.provider import Office, free_port, vouching

HOUSE = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

TOO_LATE = ["TimeoutError", "Locator expected"]
"""How a browser says that it waited in vain; a busy machine may be the whole reason."""


def pytest_collection_modifyitems(items):
    """What a browser waited for in vain is tried once more, and the report says so."""
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=TOO_LATE))


@pytest.fixture(scope="module")
def browser(missing):
    """Chromium from the system, driven from outside; its driver keeps an event loop running."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        missing("no Chromium on this machine: install the package chromium")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=found, headless=True, args=FLAGS)
        yield running
        running.close()


class Served:
    """A dashboard process that can be killed and started again on the same home."""

    def __init__(self, home, provider=None, words=("--no-browser",), **settings):
        """`provider` writes the settings of an OpenID provider for this address to a file."""
        self.home, self.port, self.process = home, free_port(), None
        self.words = words
        self.settings = settings
        if provider:
            self.settings["CANDOR_PROVIDER"] = str(provider(self.url))
        self.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.log = (self.home / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dashboard", "--port", str(self.port), *self.words],
            cwd=HOUSE,
            env={**os.environ, "CANDOR_HOME": str(self.home), **self.settings},
            stdout=self.log,
            stderr=self.log,
        )
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return
            except OSError:
                time.sleep(0.1)
        pytest.fail("the dashboard did not come up: " + (self.home / "server.log").read_text())

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.log.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A dashboard with the sample campaigns and an empty home."""
    subprocess.run([sys.executable, "-m", "checks.samples"], cwd=HOUSE, check=True)
    running = Served(tmp_path_factory.mktemp("home"))
    yield running
    running.kill()


@pytest.fixture(scope="module")
def provider():
    """A real OpenID provider."""
    with vouching() as running:
        yield running


@pytest.fixture(scope="module")
def house(tmp_path_factory, provider):
    """A dashboard where that provider vouches for people, with an office that gives roles."""
    subprocess.run([sys.executable, "-m", "checks.samples"], cwd=HOUSE, check=True)
    home = tmp_path_factory.mktemp("room")
    running = Served(home, provider.settings(home))
    running.office = Office(home, provider.issuer)
    yield running
    running.kill()
    running.office.desk.close()


@pytest.fixture
def people(browser, provider, house):
    """People with a role who have signed in; ``people("ito", "M. Ito", Role.PRIVACY)``."""
    came = []

    def build(subject, name, *roles, minutes_ago=0, **screen):
        house.office.met(subject, name, *roles)
        who = Person(browser, provider, house.url, subject, name, **screen)
        came.append(who)
        who.sign_in(minutes_ago=minutes_ago)
        return who

    yield build
    for one in came:
        one.context.close()
