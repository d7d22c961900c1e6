"""A committee decides, each member signed in with a real provider, on a screen of their own."""

from __future__ import annotations

import re
import subprocess
import sys
from copy import copy

import pytest

from review.record import Answer, Role
from tests.dashboard.conftest import HOUSE, Served
from tests.dashboard.provider import Office, vouching

NAME = "club-newsletter"
OPEN = 2
"""Questions that are left for the committee; the others are answered beforehand."""


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, browser, provider, url, subject, name, **screen):
        self.context = browser.new_context(viewport=screen or {"width": 390, "height": 844})
        self.page = self.context.new_page()
        self.page.set_default_timeout(120_000)
        self.provider, self.url, self.subject, self.name = provider, url, subject, name

    def prove(self, **how):
        """On the provider's own page: say who this is."""
        self.provider.tell(self.subject, self.name, **how)
        self.page.get_by_placeholder("sub").fill(self.subject)
        self.page.get_by_role("button", name="Authorize", exact=True).click()

    def sign_in(self, **how):
        self.page.goto(self.url)
        self.page.get_by_role("button", name="Sign in with Bank ID").click()
        self.prove(**how)
        self.page.wait_for_url(f"{self.url}/**")

    def on_a_phone(self):
        """The same person on a second screen, signed in already."""
        second = copy(self)
        second.page = self.context.new_page()
        second.page.set_default_timeout(120_000)
        second.page.set_viewport_size({"width": 390, "height": 844})
        return second

    def visit(self, path):
        self.page.goto(f"{self.url}/{path}?review={NAME}")
        self.settle()

    def settle(self):
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    def press(self, label):
        self.page.get_by_role("button", name=label).first.click()
        self.settle()

    def sees(self, words):
        self.page.get_by_text(words).first.wait_for()

    def heads(self, words):
        self.page.get_by_role("heading", name=words).first.wait_for()

    def choose(self, label):
        self.page.get_by_text(label, exact=True).first.click()
        self.settle()

    def write(self, label, words):
        self.page.get_by_label(label, exact=True).first.fill(words)

    def answer(self, choice, reason):
        self.choose(choice)
        self.write("Your reason", reason)
        self.press("Seal my answer")
        self.sees("Your answer is sealed")


@pytest.fixture(scope="module")
def provider():
    with vouching() as running:
        yield running


@pytest.fixture(scope="module")
def house(tmp_path_factory, provider):
    subprocess.run([sys.executable, "-m", "checks.samples"], cwd=HOUSE, check=True)
    home = tmp_path_factory.mktemp("room")
    running = Served(home, provider.settings(home))
    running.office = Office(home, provider.issuer)
    yield running
    running.kill()
    running.office.desk.close()


@pytest.fixture
def people(browser, provider, house):
    """People who have signed in; ``people("ito", "M. Ito", Role.PRIVACY)``."""
    came = []

    def build(subject, name, *roles, **screen):
        who = Person(browser, provider, house.url, subject, name, **screen)
        came.append(who)
        who.sign_in()
        if roles:
            who.heads("You have no role here yet")
            house.office.give(subject, *roles)
        return who

    yield build
    for one in came:
        one.context.close()


def prepare(office):
    """Answer all but a few questions, and say that nobody outside was asked."""
    who = office.known("okafor", Role.LEGAL)
    review = office.desk.review(NAME)
    waiting = [q for q in review.checklist.questions if not review.computed(q).settled]
    for one in waiting[OPEN:]:
        offered = review.offered(one)
        answer = Answer.ACCEPTABLE if Answer.ACCEPTABLE in offered else Answer.DOES_NOT_APPLY
        review = office.desk.answer(
            NAME, one.id, answer, reason="Read it.", by=who, now=office.now, seen=review.head
        )
    office.desk.room.not_sought(NAME, "Only members get it.", by=who, now=office.now)


def take_seats(house, people):
    """Everybody comes, and says whether anything ties them: Ana, the chair, and three members."""
    ana = people("ana", "Ana Ruiz", Role.PREPARER, width=1280, height=900)
    ana.page.goto(f"{house.url}/reviews")
    ana.page.get_by_role("heading", name="Not looked at yet").wait_for()
    ana.page.locator(".st-key-look-" + NAME).get_by_role("button").click()
    ana.page.wait_for_url("**/overview**")
    ana.heads("Club newsletter")
    people("okafor", "Dr. Okafor", Role.LEGAL)
    prepare(house.office)
    jonas = people("jonas", "Jonas Berg", Role.CHAIR, width=1280, height=720)
    ito = people("ito", "M. Ito", Role.PRIVACY)
    weber = people("weber", "J. Weber", Role.ETHICS)
    lee = people("lee", "S. Lee", Role.CUSTOMER_VOICE)
    for one in (jonas, ito, weber, lee):
        one.visit("my-answer")
        one.press(re.compile("Take a seat as"))
        one.press("I am here, and nothing ties me to it")
        one.heads("The chair has not put a point yet")
    ana.visit("my-answer")
    ana.heads("You brought this campaign")
    return jonas, ito, weber, lee


def answer_under_seal(jonas, ito, weber, lee):
    """Take the first point, on two kinds of screens at once; give back the chair's second one."""
    jonas.visit("wall")
    fits = jonas.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    jonas.press("Put this point to the committee")
    for one in (ito, weber, lee):
        one.page.get_by_role("button", name="Seal my answer").wait_for()
    lee.write("Your reason", "Half a thought")
    ito.answer("Accept as proposed", "Secret of Ito")
    jonas.sees("M. Ito has answered")
    assert "Secret of Ito" not in jonas.page.content()
    assert lee.page.get_by_label("Your reason").input_value() == "Half a thought"
    lee.answer("Accept as proposed", "A whole thought.")
    weber.answer("Accept as proposed", "Fine by me.")
    own = jonas.on_a_phone()
    own.visit("my-answer")
    own.answer("Accept as proposed", "Fine.")
    jonas.sees("All agree: acceptable. Settled.")
    ito.sees("Secret of Ito")
    assert fits <= 720
    return own


def settle_by_most(jonas, ito, *others):
    """Take the second point, to which the arrow key leads; Ito wants a change, the others do not.

    Every page follows the chair by itself, also after a point was settled.
    """
    jonas.settle()
    jonas.page.locator("h1").click()
    jonas.page.keyboard.press("ArrowRight")
    jonas.sees("Point 2 of")
    jonas.press("Put this point to the committee")
    for one in (ito, *others):
        one.sees("The chair is at point 2.")
        one.press("Go there")
        one.page.get_by_role("button", name="Seal my answer").wait_for()
    ito.answer("Ask for a change", "Too many messages.")
    for one in others:
        one.answer("Accept as proposed", "It is moderate.")
    jonas.sees("They differ.")
    jonas.press("Record what most say")
    jonas.write("Why", "We talked; Ito keeps the doubt.")
    jonas.page.get_by_test_id("stFormSubmitButton").get_by_role("button").first.click()
    jonas.sees("Most members say: acceptable. Settled.")


def test_a_committee_answers_under_seal_and_every_page_follows_to_the_ballot(people, house):
    jonas, ito, weber, lee = take_seats(house, people)
    own = answer_under_seal(jonas, ito, weber, lee)
    settle_by_most(jonas, ito, own, weber, lee)
    jonas.press("Open the ballot")
    jonas.heads("The ballot on this campaign is open")
    for one in (own, ito, weber, lee):
        one.heads("Your ballot on this campaign")

    review = house.office.desk.review(NAME)
    assert not review.committee.ballot.closed
    assert all(one.who.verified for one in review.committee.members)
    assert len({one.by.identity for one in review.committee.points[0].voices}) == 4
