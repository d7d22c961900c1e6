"""A committee decides, each member signed in with a real provider, on a screen of their own."""

from __future__ import annotations

import re

from review.record import Decision, Role, State
from tests.dashboard.meeting import NAME

OPEN = 2
"""Questions that are left for the committee; the others are answered beforehand."""


def submit(people):
    """The owner has the checks run on the campaign, and so brings it."""
    ana = people("ana", "Ana Ruiz", Role.OWNER, width=1280, height=900)
    ana.page.goto(f"{ana.url}/reviews")
    ana.heads("Not looked at yet")
    ana.click(ana.page.locator(f".st-key-look-{NAME}").get_by_role("button"))
    ana.page.wait_for_url("**/overview**")
    ana.heads("Club newsletter")
    ana.visit("my-answer")
    ana.heads("You brought this campaign")
    ana.press("I have presented it, and leave")
    ana.sees("It is on record that the campaign was presented.")
    return ana


def take_a_seat(who):
    who.visit("my-answer")
    who.press(re.compile("Take a seat as"))
    who.press("I am here, and nothing ties me to it")
    who.sees("You are here.")
    return who


def answer_under_seal(jonas, own, ito, lee, office):
    """Take the first point, with one member far away; what somebody is typing stays."""
    jonas.press("Put this point to the committee")
    for one in (own, ito, lee):
        one.page.get_by_role("button", name="Seal my answer").wait_for()
    lee.write("Your reason", "Half a thought")
    ito.answer("Accept as proposed", "Secret of Ito")
    jonas.sees("M. Ito has answered")
    jonas.sees("The ballot can be opened later.")
    assert "Secret of Ito" not in jonas.page.content()
    assert jonas.page.get_by_role("button", name="Open the ballot").count() == 0
    assert lee.text_of("Your reason") == "Half a thought"
    lee.answer("Accept as proposed", "A whole thought.")
    office.seal("weber", Role.ETHICS)
    own.answer("Accept as proposed", "Fine.")
    jonas.sees("All agree: acceptable. Settled.")
    ito.sees("Secret of Ito")


def settle_by_most(jonas, own, ito, lee, office):
    """Take the second point, to which the arrow key leads; Ito wants a change, the others none."""
    jonas.settle()
    jonas.click(jonas.page.locator("h1"))
    jonas.page.keyboard.press("ArrowRight")
    jonas.sees("Point 2 of")
    jonas.press("Put this point to the committee")
    for one in (own, ito, lee):
        one.sees("The chair is at point 2.")
        one.press("Go there")
        one.page.get_by_role("button", name="Seal my answer").wait_for()
    office.seal("weber", Role.ETHICS)
    ito.answer("Ask for a change", "Too many messages.")
    for one in (own, lee):
        one.answer("Accept as proposed", "It is moderate.")
    jonas.sees("They differ.")
    jonas.press("Record what most say")
    jonas.write("Why", "We talked; Ito keeps the doubt.")
    jonas.click(jonas.page.get_by_test_id("stFormSubmitButton").get_by_role("button"))
    jonas.sees("Most members say: acceptable. Settled.")


def replace_who_has_a_conflict(jonas, lee, people):
    """A recusal empties a seat that must be taken: no ballot before somebody else sits there."""
    lee.click(lee.page.get_by_text("I have a conflict of interest"))
    lee.write("What ties you to it", "My brother prints it.")
    lee.press("Say so, and do not vote")
    lee.heads("You are recused")
    jonas.sees("Nobody sits for customer voice.")
    jonas.settle()
    assert jonas.page.get_by_role("button", name="Open the ballot").count() == 0
    moss = take_a_seat(people("moss", "T. Moss", Role.CUSTOMER_VOICE))
    jonas.press("Open the ballot")
    jonas.heads("The ballot on this campaign is open")
    return moss


def vote_after_proving_anew(who, year):
    """Vote with a sign-in that is too old: what was written stands there after the new one."""
    who.context.clear_cookies()
    who.sign_in(minutes_ago=10)
    who.visit("my-answer")
    who.choose("Approve with conditions")
    who.write("The condition", "Count the complaints")
    who.write("Who meets it", "Ana Ruiz")
    who.click(who.page.get_by_role("spinbutton", name="year, By when"))
    who.page.keyboard.type(f"{year}1224")
    who.write("Your grounds", "It is fair, if complaints are counted.")
    who.press("Seal my ballot")
    who.sees(re.compile(r"You signed in 1\d minutes ago"))
    who.leave("Sign in again")
    who.prove()
    who.sees("You are signed in anew.")
    who.heads("Your ballot on this campaign")
    who.reads("Your grounds", "It is fair, if complaints are counted.")
    who.press("Seal my ballot")
    who.heads("Your ballot is sealed")


def vote(who, choice, grounds):
    who.context.clear_cookies()
    who.sign_in()
    who.visit("my-answer")
    who.choose(choice)
    who.write("Your grounds", grounds)
    who.press("Seal my ballot")


def clear_it(jonas, ito):
    """The chair signs for how it was decided; a condition that no check counts is found kept."""
    jonas.press("Sign for how it was decided")
    jonas.sees("signed for how the decision was taken")
    ito.visit("signoff")
    ito.click(ito.page.get_by_text("It is kept"))
    ito.write("What shows it", "The count is in the minutes of May.")
    ito.press("Put it on record")
    ito.sees("All are kept: the campaign may go out.")


def test_a_committee_decides_from_the_submission_to_the_clearance(people, house):
    office = house.office
    for subject, name, role in (
        ("okafor", "Dr. Okafor", Role.LEGAL),
        ("weber", "J. Weber", Role.ETHICS),
    ):
        office.met(subject, name, role)
    ana = submit(people)
    office.answer_all_but(OPEN)
    office.sit("weber", Role.ETHICS)
    jonas = people("jonas", "Jonas Berg", Role.CHAIR, width=1280, height=720)
    ito = take_a_seat(people("ito", "M. Ito", Role.PRIVACY))
    lee = take_a_seat(people("lee", "S. Lee", Role.CUSTOMER_VOICE))
    own = take_a_seat(jonas.on_a_second_screen())
    jonas.visit("wall")
    fits = jonas.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    answer_under_seal(jonas, own, ito, lee, office)
    settle_by_most(jonas, own, ito, lee, office)
    moss = replace_who_has_a_conflict(jonas, lee, people)
    for one in (own, ito, moss):
        one.heads("Your ballot on this campaign")
    vote_after_proving_anew(ito, office.now.year + 1)
    office.cast("weber", Role.ETHICS, Decision.APPROVE)
    vote(moss, "Reject", "Nobody asked the members.")
    moss.heads("Your ballot is sealed")
    vote(own, "Approve", "Read it all.")
    for one in (jonas, own, ito, moss):
        one.heads("Approved with conditions")
    clear_it(jonas, ito)
    ana.visit("overview")

    review = office.desk.review(NAME)
    ballot = review.committee.ballot
    assert fits <= 720
    assert review.state is State.APPROVED_WITH_CONDITIONS
    assert ballot.rule.startswith("3 of 4 who voted for or against approved")
    assert [one.grounds for one in ballot.dissents] == ["Nobody asked the members."]
    assert [one.action.what for one in review.conditions] == ["Count the complaints"]
    assert {one.decision for one in review.signatures} == {
        Decision.APPROVE,
        Decision.APPROVE_WITH_CONDITIONS,
        Decision.REJECT,
    }
    assert all(one.by.verified for one in review.signatures)
    assert not any(one.by.name in ("Ana Ruiz", "S. Lee") for one in review.signatures)
    assert any("It was not taken: You signed in 1" in one.sentence for one in review.timeline)
    assert len({one.by.identity for one in review.committee.points[0].voices}) == 4
