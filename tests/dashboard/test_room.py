"""A committee decides, each member signed in with a real provider and on a screen of their own."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from review.record import Answer, Decision, Role, State
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
        self.page.set_default_timeout(40_000)
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


def test_a_committee_decides_on_its_own_screens(people, house):  # noqa: PLR0915 — one story
    office = house.office
    ana = people("ana", "Ana Ruiz", Role.PREPARER, width=1280, height=900)
    ana.page.goto(f"{house.url}/reviews")
    ana.page.get_by_role("heading", name="Not looked at yet").wait_for()
    ana.page.locator(".st-key-look-" + NAME).get_by_role("button").click()
    ana.page.wait_for_url("**/overview**")
    ana.heads("Club newsletter")
    people("okafor", "Dr. Okafor", Role.LEGAL)
    prepare(office)
    jonas = people("jonas", "Jonas Berg", Role.CHAIR, width=1280, height=720)
    ito = people("ito", "M. Ito", Role.PRIVACY)
    weber = people("weber", "J. Weber", Role.ETHICS)
    lee = people("lee", "S. Lee", Role.CUSTOMER_VOICE)

    # Seats and conflicts
    for one in (jonas, ito, weber, lee):
        one.visit("my-answer")
        one.press(re.compile("Take a seat as"))
        one.press("I am here, and nothing ties me to it")
        one.heads("The chair has not put a point yet")
    ana.visit("my-answer")
    ana.heads("You brought this campaign")

    # A point under seal, on two kinds of screens at once
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
    own = people("jonas", "Jonas Berg", width=390, height=844)
    own.visit("my-answer")
    own.answer("Accept as proposed", "Fine.")
    jonas.sees("All agree: acceptable. Settled.")
    ito.sees("Secret of Ito")
    assert fits <= 720

    # The second point: they differ, the chair records what most said
    jonas.settle()
    jonas.page.locator("h1").click()
    jonas.page.keyboard.press("ArrowRight")
    jonas.sees("Point 2 of")
    jonas.press("Put this point to the committee")
    ito.sees("The chair is at point 2.")
    for one in (own, ito, weber, lee):
        one.press("Go there")
        one.page.get_by_role("button", name="Seal my answer").wait_for()
    ito.answer("Ask for a change", "Too many messages.")
    for one in (own, weber, lee):
        one.answer("Accept as proposed", "It is moderate.")
    jonas.sees("They differ.")
    jonas.press("Record what most say")
    jonas.write("Why", "We talked; Ito keeps the doubt.")
    jonas.page.get_by_test_id("stFormSubmitButton").get_by_role("button").first.click()
    jonas.sees("Most members say: acceptable. Settled.")

    # A recusal leaves an empty seat; another member takes it
    lee.page.get_by_text("I have a conflict of interest").click()
    lee.write("What ties you to it", "My brother prints it.")
    lee.press("Say so, and do not vote")
    lee.heads("You are recused")
    jonas.press("Open the ballot")
    jonas.sees("Nobody sits for customer voice")
    assert office.desk.review(NAME).committee.ballot is None
    moss = people("moss", "T. Moss", Role.CUSTOMER_VOICE)
    moss.visit("my-answer")
    moss.press(re.compile("Take a seat as"))
    moss.press("I am here, and nothing ties me to it")
    jonas.press("Open the ballot")
    jonas.heads("The ballot on this campaign is open")

    # Sealed ballots: one with a condition, a dissent, and a sign-in that is too old
    for one in (own, ito, weber, moss):
        one.visit("my-answer")
        one.heads("Your ballot on this campaign")
    weber.page.context.clear_cookies()
    weber.sign_in(minutes_ago=10)
    weber.visit("my-answer")
    weber.choose("Approve with conditions")
    weber.write("The condition", "Count the complaints")
    weber.write("Who meets it", "Ana Ruiz")
    weber.page.get_by_label("By when").fill("2099-12-24")
    weber.page.keyboard.press("Enter")
    weber.write("Your grounds", "It is fair, if complaints are counted.")
    weber.press("Seal my ballot")
    weber.sees("You signed in 10 minutes ago")
    weber.press("Sign in again")
    weber.prove()
    weber.sees("You are signed in anew.")
    weber.heads("Your ballot on this campaign")
    kept = weber.page.get_by_label("Your grounds").input_value()
    weber.press("Seal my ballot")
    weber.heads("Your ballot is sealed")
    ito.choose("Reject")
    ito.write("Your grounds", "Nobody asked the members.")
    ito.press("Seal my ballot")
    ito.heads("Your ballot is sealed")
    for one in (own, moss):
        one.choose("Approve")
        one.write("Your grounds", "Read it all.")
        one.press("Seal my ballot")
    jonas.heads("Approved with conditions")

    review = office.desk.review(NAME)
    assert kept == "It is fair, if complaints are counted."
    assert review.state is State.APPROVED_WITH_CONDITIONS
    assert review.committee.ballot.rule.startswith("3 of 4 who voted for or against approved")
    assert [one.grounds for one in review.committee.ballot.dissents] == [
        "Nobody asked the members."
    ]
    assert [one.action.what for one in review.conditions] == ["Count the complaints"]
    assert {one.decision for one in review.signatures} == {
        Decision.APPROVE,
        Decision.APPROVE_WITH_CONDITIONS,
        Decision.REJECT,
    }
    assert all(one.by.verified for one in review.signatures)
    assert any("It was not taken: You signed in 10 minutes ago" in s.sentence
               for s in review.timeline)  # fmt: skip

    # The chair signs for it; a condition that no check counts is found kept
    jonas.press("Sign for how it was decided")
    jonas.sees("signed for how the decision was taken")
    ito.visit("signoff")
    ito.page.get_by_text("It is kept").first.click()
    ito.write("What shows it", "The count is in the minutes of May.")
    ito.page.get_by_role("button", name="Put it on record").first.click()
    ito.sees("All are kept: the campaign may go out.")
