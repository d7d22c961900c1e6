"""How often groups are contacted, and which message each gets."""

from __future__ import annotations

import pytest

from checks.bias.messages import judge
from checks.evidence import Table
from checks.finding import Reason, Verdict
from checks.phrases import scaled


@pytest.fixture
def contacts(a_case):
    """Judge contacts of 30 days: ``contacts(f=[(2, 40)], m=[(1, 40)])``, how many with people."""

    def run(touches=1, **groups):
        rows = [(g, many) for g, told in groups.items() for many, n in told for _ in range(n)]
        case = a_case(
            {
                "people": {"attributes": {"gender": "gender"}},
                "contacts": {"total_30d": "sent"},
                "channels": {"email": {"basis": "consent", "touches": touches}},
            },
            gender=[gender for gender, _ in rows],
            sent=[many for _, many in rows],
        )
        return {one.subject: one for one in judge(case)}

    return run


def test_a_group_contacted_far_more_is_watched_never_failed(contacts):
    found = contacts(f=[(9, 50), (11, 50)], m=[(1, 50), (3, 50)])["gender: contacts"]

    assert found.verdict is Verdict.WATCH
    assert found.headline == (
        "Women get 11.0 contacts a person in 30 days, 3.67 times as many as men (3.0)."
    )
    assert found.remedy == "Cap women at 3 contacts in 30 days; 800 messages fall away."


def test_the_touches_of_this_campaign_count_for_all(contacts):
    found = contacts(touches=4, f=[(1, 60)], m=[(0, 60)])["gender: contacts"]

    assert found.verdict is Verdict.CLEAR  # 5 against 4 is exactly the limit, and not above it


def test_more_contacts_within_luck_are_clear(contacts):
    found = contacts(f=[(0, 70), (20, 30)], m=[(0, 75), (20, 25)])["gender: contacts"]

    assert found.verdict is Verdict.CLEAR


def test_the_evidence_shows_every_group(contacts):
    found = contacts(f=[(2, 40)], m=[(2, 40)])["gender: contacts"]

    assert found.headline == "Every group gets about 3.0 contacts a person in 30 days."
    [table] = found.evidence
    assert isinstance(table, Table)
    assert table.rows == (("women (f)", 40, "3.00", "0.00"), ("men (m)", 40, "3.00", "0.00"))


def test_a_small_group_is_named_and_not_clear(contacts):
    found = contacts(f=[(2, 40)], m=[(2, 40)], x=[(9, 12)])["gender: contacts"]

    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)
    assert "Too few to compare: people with gender x." in found.headline


def test_too_few_in_all_groups(contacts):
    assert contacts(f=[(2, 20)], m=[(2, 20)])["gender: contacts"].reason is Reason.TOO_FEW_PEOPLE


def test_one_group(contacts):
    assert contacts(f=[(2, 40)])["gender: contacts"].verdict is Verdict.NOT_APPLICABLE


def test_without_contacts_it_is_asked(a_case):
    found = {
        one.subject: one for one in judge(a_case({"people": {"attributes": {"g": "g"}}}, g=["f"]))
    }

    assert found["contacts"].verdict is Verdict.ASK
    assert found["messages"].verdict is Verdict.ASK


def test_without_attributes_it_is_asked(a_case):
    [found] = judge(a_case(x=[1]))

    assert found.verdict is Verdict.ASK


# messages


def told(a_case, women, men):
    people = {"creative": "creative", "attributes": {"gender": "g"}}
    case = a_case(
        {"people": people},
        g=["f"] * 100 + ["m"] * 100,
        creative=["home"] * women
        + ["work"] * (100 - women)
        + ["home"] * men
        + ["work"] * (100 - men),
    )
    return {one.subject: one for one in judge(case)}["gender: messages"]


def test_messages_that_go_by_gender_are_asked_about(a_case):
    found = told(a_case, 90, 10)

    assert found.verdict is Verdict.ASK
    assert found.headline == f"Which of 2 messages people get goes by gender: {scaled(0.80)}."
    [matrix] = found.evidence
    assert {(c.row, c.column): (c.yes, c.of, c.verdict) for c in matrix.cells}["work", "m"] == (
        90,
        100,
        "ask",
    )


def test_messages_that_go_by_lot_are_clear(a_case):
    found = told(a_case, 50, 50)

    assert found.verdict is Verdict.CLEAR
    assert (
        found.headline == f"Which of 2 messages people get hardly goes by gender: {scaled(0.00)}."
    )


def test_small_numbers_of_a_message_are_withheld(a_case):
    found = told(a_case, 97, 50)

    [matrix] = found.evidence
    assert {(c.row, c.column): c.yes for c in matrix.cells}["work", "f"] is None
    assert sum(c.yes is None for c in matrix.cells) == 4


def test_the_same_message_for_all_does_not_apply(a_case):
    assert told(a_case, 100, 100).verdict is Verdict.NOT_APPLICABLE


def test_the_message_of_a_segment_is_that_of_its_people(a_case):
    segments = [{"name": "a", "message": "home"}, {"name": "b", "message": "work"}]
    case = a_case(
        {"people": {"segment": "s", "attributes": {"gender": "g"}}, "segments": segments},
        g=["f"] * 50 + ["m"] * 50,
        s=["a"] * 45 + ["b"] * 5 + ["a"] * 5 + ["b"] * 45,
    )
    found = {one.subject: one for one in judge(case)}["gender: messages"]

    assert found.verdict is Verdict.ASK


def test_a_hostile_creative_is_only_a_name(a_case):
    people = {"creative": "c", "attributes": {"gender": "g"}}
    case = a_case({"people": people}, g=["f", "m"] * 50, c=["<script>"] * 50 + ["b"] * 50)
    found = {one.subject: one for one in judge(case)}["gender: messages"]

    assert found.evidence[0].rows == ("<script>", "b")
