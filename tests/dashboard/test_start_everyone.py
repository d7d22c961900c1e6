"""Each step of the start for everyone: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

import hashlib
import re

import pytest

from tests.dashboard.accessible import violations
from tests.dashboard.conftest import Served
from tests.dashboard.drawn import settle
from tests.dashboard.test_real_sets import bring, named, pick, press
from tests.dashboard.test_walk import choose, heading

HEAD = "member_id,in_campaign,gender,birth_year,balance,mobile,mail,email_status,email_at"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    running = Served(tmp_path_factory.mktemp("home"))
    yield running
    running.kill()


@pytest.fixture
def files(tmp_path):
    """People whose columns leave something to be asked of each kind, and whom not to contact."""
    rows = [
        f"m{n},{'true' if n % 2 else 'false'},{n % 2},{'118' if n < 8 else 1950 + n % 50},"
        f'"$1,{n:03}.50",0301{n:06},p{n}@x.example,granted,0{1 + n % 9}/0{1 + n % 8}/2026'
        for n in range(120)
    ]
    people = tmp_path / "members.csv"
    people.write_text("\n".join([HEAD, *rows, "Total,,,,,,,,"]) + "\n", encoding="utf-8")
    phones = tmp_path / "do-not-call.csv"
    phones.write_text("phone\n030 1000003\n030 1000004\n", encoding="utf-8")
    answers = tmp_path / "consents.csv"
    digests = [hashlib.sha256(f"p{n}@x.example".encode()).hexdigest() for n in range(9)]
    told = [f"{digest},withdrawn,2026-04-01" for digest in digests]
    answers.write_text("\n".join(["email_hash,status,at", *told]) + "\n", encoding="utf-8")
    return people, phones, answers


class Looking:
    """Looks at a step in each look and width, and keeps what was wrong."""

    def __init__(self, page):
        self.page, self.wrong = page, {}

    def at(self, step):
        settle(self.page)
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            self.page.wait_for_function(
                "dark => matchMedia('(prefers-color-scheme: dark)').matches === dark",
                arg=scheme == "dark",
            )
            settle(self.page)
            if broken := violations(self.page):
                self.wrong[step, scheme] = broken
        for width in (1440, 390, 320):
            self.page.set_viewport_size({"width": width, "height": 900})
            settle(self.page)
            main = self.page.locator("[data-testid=stMain]")
            excess = main.evaluate("element => element.scrollWidth - element.clientWidth")
            if excess > 1:
                self.wrong[step, width] = excess
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.emulate_media(color_scheme="light")
        settle(self.page)


def test_every_step_is_for_everyone(browser, served, files):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{served.url}/start")
    heading(page, "Start: what is it called")
    looking = Looking(page)
    looking.at("name")
    named(page, "For everyone")
    looking.at("files")
    bring(page, *files)
    heading(page, "Start: what each file is")
    looking.at("parts")
    press(page, "These are right")
    page.get_by_text("Say which country the phone numbers").wait_for()
    pick(page, re.compile("do not say their country"), "Germany (+49)")
    page.get_by_text("Numbers that do not say their country get +49.").wait_for()
    looking.at("parts, told")
    press(page, "These are right")
    heading(page, "Start: what the columns mean")
    looking.at("columns")
    press(page, "These are right")
    page.get_by_text("Say how “email_at” is to be read").wait_for()
    looking.at("columns, refused")
    page.get_by_role("radiogroup", name="“email_at”").get_by_text("I do not know").click()
    press(page, "These are right")
    heading(page, "Start: a few facts")
    looking.at("facts")
    page.get_by_text("something people may want", exact=True).click()
    choose(page, page.get_by_label("Is it about one of these?"), "none of these")
    press(page, "Look some proofs up first")
    heading(page, "Start: look some proofs up")
    page.get_by_text("The seed is").wait_for()
    looking.at("proofs")
    context.close()

    assert looking.wrong == {}
