"""A decision needs a fresh sign-in; proving anew who one is loses nothing that was written."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from checks import places
from checks.campaign.committee import ALONE as ONE
from checks.runs.run import Named, run_campaign
from review.record import Decision, Role, State
from tests.dashboard.accessible import violations
from tests.dashboard.meeting import NAME

ALONE = "alone"
"""A second review, which one person decides: it is signed."""


@pytest.fixture(scope="module")
def reviews(house):
    """A review whose ballot is open, and one that a person may sign."""
    office = house.office
    office.met("ana", "Ana Ruiz", Role.PREPARER)
    office.met("okafor", "Dr. Okafor", Role.LEGAL)
    seats = {
        "jonas": Role.CHAIR,
        "ito": Role.PRIVACY,
        "weber": Role.ETHICS,
        "lee": Role.CUSTOMER_VOICE,
    }
    for subject, role in seats.items():
        office.met(subject, subject.title(), role)
    run = run_campaign(places.DATA / "campaigns" / NAME / "campaign.yaml", places.policy_file())
    other = replace(run, campaign=Named(id=ALONE, name="Alone"), committee=ONE)
    for one in (run, other):
        office.desk.record_run(one, by=office.known("ana", Role.PREPARER), now=office.now)
    office.answer_all_but(0)
    for subject, role in seats.items():
        office.sit(subject, role)
    office.desk.ballot.begin(NAME, by=office.known("jonas", Role.CHAIR), now=office.now)
    return office


def write_a_ballot(weber, year):
    """Everything that a ballot with a condition asks for, under a sign-in that is too old."""
    weber.visit("my-answer")
    weber.choose("Approve with conditions")
    weber.write("The condition", "Count the complaints")
    weber.write("Who meets it", "Ana Ruiz")
    weber.click(weber.page.get_by_role("spinbutton", name="year, By when"))
    weber.page.keyboard.type(f"{year}1224")
    weber.write("Your grounds", "It is fair, if complaints are counted.")
    weber.press("Seal my ballot")
    weber.sees(re.compile(r"You signed in 1\d minutes ago"))


def test_a_ballot_is_sent_after_proving_anew_with_every_word_kept(people, reviews):
    """Two more screens of the same person look on: neither takes what was written elsewhere."""
    weber = people("weber", "Weber", Role.ETHICS, minutes_ago=10)
    wall = weber.on_a_second_screen()
    wall.visit("wall")
    wall.sees("No ballot is in.")
    write_a_ballot(weber, reviews.now.year + 1)
    weber.leave("Sign in again")
    reviews.cast("lee", Role.CUSTOMER_VOICE, Decision.REJECT)
    wall.sees("1 ballot is in.")
    elsewhere = people("weber", "Weber", Role.ETHICS)
    elsewhere.heads("Before you send it")
    weber.prove()
    weber.sees("You are signed in anew.")

    assert weber.page.url.endswith(f"/my-answer?review={NAME}")
    weber.reads("The condition", "Count the complaints")
    weber.reads("Who meets it", "Ana Ruiz")
    weber.reads("Your grounds", "It is fair, if complaints are counted.")
    weber.press("Seal my ballot")
    weber.heads("Your ballot is sealed")
    reviews.cast("ito", Role.PRIVACY, Decision.APPROVE)
    review = reviews.cast("jonas", Role.CHAIR, Decision.APPROVE)
    [condition] = review.conditions
    assert (condition.action.what, condition.action.who) == ("Count the complaints", "Ana Ruiz")
    assert review.state is State.APPROVED_WITH_CONDITIONS
    assert any("It was not taken: You signed in 1" in one.sentence for one in review.timeline)


def test_who_turns_round_on_the_way_finds_what_they_wrote(people, reviews):
    """A signature outside any committee: back by the browser's own button, then signed in anew."""
    weber = people("weber", "Weber", Role.ETHICS, minutes_ago=10)
    weber.visit("signoff", ALONE)
    weber.choose("Request changes")
    weber.write("Your grounds", "Ask fewer people.")
    weber.press(re.compile("Sign as"))
    weber.sees(re.compile(r"You signed in 1\d minutes ago"))
    weber.leave("Sign in again")
    weber.page.go_back()
    weber.sees("You did not sign in anew. What you wrote is here.")
    weber.reads("Your grounds", "Ask fewer people.")
    weber.press(re.compile("Sign as"))
    weber.leave("Sign in again")
    weber.prove()
    weber.sees("You are signed in anew.")
    weber.reads("Your grounds", "Ask fewer people.")
    weber.press(re.compile("Sign as"))
    weber.sees("Your signature is on record.")

    review = reviews.desk.review(ALONE)
    assert review.state is State.CHANGES_REQUESTED
    assert review.signatures[-1].grounds == "Ask fewer people."
    assert review.signatures[-1].by.verified


def test_an_administrator_reads_who_has_which_role(people, reviews):
    root = people("root", "R. Root", Role.ADMINISTRATOR, width=1280, height=900)
    root.visit("people")
    root.heads("Weber")
    narrow = root.on_a_second_screen()
    narrow.visit("people")
    narrow.heads("Weber")
    main = narrow.page.locator("[data-testid=stMain]")

    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 1
    assert violations(root.page) == []
    assert reviews.desk.people.register().named("root")[0].roles == {Role.ADMINISTRATOR}
