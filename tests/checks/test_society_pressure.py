"""Nobody is contacted too often: caps, shares of the list, and what is not known."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.society.pressure import judge

CONTACTS = {"email_7d": "emails", "text_push_7d": "texts", "total_30d": "all"}
SECTIONS = {
    "people": {"targeted": "on", "segment": "segment"},
    "segments": [{"name": "old"}, {"name": "new"}],
    "channels": {"email": {"basis": "consent", "touches": 1}},
    "contacts": CONTACTS,
}


def columns(count=100, **others):
    """So many people on the list without any contacts, but for what is said of the first ones."""
    plain = {"on": True, "segment": "old", "emails": 0, "texts": 0, "all": 0}
    return {
        name: others.get(name, []) + [value] * (count - len(others.get(name, [])))
        for name, value in plain.items()
    }


def found(case):
    return {finding.subject: finding for finding in judge(case)}


def emails(case):
    return found(case)["email in 7 days"]


def test_nobody_over_a_cap(a_case):
    findings = found(a_case(SECTIONS, **columns()))

    assert findings["email in 7 days"].verdict is Verdict.CLEAR
    assert (
        findings["email in 7 days"].headline == "0 of 100 people would get over 3 emails in 7 days."
    )
    assert findings["all channels in 30 days"].verdict is Verdict.CLEAR
    assert findings["texts and push in 7 days"].verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("before", "over"),
    [
        pytest.param(2, 0, id="exactly at the cap with this campaign"),
        pytest.param(3, 100, id="over it with this campaign"),
    ],
)
def test_this_campaign_is_added(a_case, before, over):
    finding = emails(a_case(SECTIONS, **columns(emails=[before] * 100)))

    assert finding.headline.startswith(f"{over} of 100")


@pytest.mark.parametrize(
    ("over", "verdict"),
    [
        pytest.param(0, Verdict.CLEAR, id="none"),
        pytest.param(1, Verdict.CLEAR, id="exactly one in a hundred"),
        pytest.param(2, Verdict.WATCH, id="above one in a hundred"),
        pytest.param(5, Verdict.WATCH, id="exactly five in a hundred"),
        pytest.param(6, Verdict.FAIL, id="above five in a hundred"),
    ],
)
def test_shares_of_the_list(a_case, over, verdict):
    assert emails(a_case(SECTIONS, **columns(emails=[9] * over))).verdict is verdict


def test_says_how_many_the_most_and_what_the_list_becomes(a_case):
    finding = emails(a_case(SECTIONS, **columns(emails=[3] * 9 + [11])))

    assert finding.headline == ("10 of 100 people would get over 3 emails in 7 days, the most 12.")
    assert finding.remedy == "Leave them out this time: the list becomes 90."


def test_everybody_would_be_over(a_case):
    channels = {"email": {"basis": "consent", "touches": 4}}
    finding = emails(a_case({**SECTIONS, "channels": channels}, **columns()))

    assert finding.headline.startswith("100 of 100")
    assert finding.remedy.startswith("Send less, or wait")


def test_this_campaign_alone_may_be_too_much_whatever_came_before(a_case):
    channels = {"email": {"basis": "consent", "touches": 4}}
    people = columns(emails=[None] * 100)
    finding = emails(a_case({**SECTIONS, "channels": channels}, **people))

    assert finding.verdict is Verdict.FAIL
    assert finding.headline.startswith("100 of 100")


def test_people_off_the_list_do_not_count(a_case):
    finding = emails(a_case(SECTIONS, **columns(emails=[9] * 10, on=[False] * 10)))

    assert finding.headline.startswith("0 of 90")


def test_texts_and_push_share_a_cap(a_case):
    channels = {
        "sms": {"basis": "consent", "touches": 1},
        "push": {"basis": "consent", "touches": 1},
    }
    findings = found(a_case({**SECTIONS, "channels": channels}, **columns(texts=[1] * 10)))

    assert findings["texts and push in 7 days"].headline.startswith("10 of 100")
    assert findings["email in 7 days"].verdict is Verdict.NOT_APPLICABLE


def test_all_channels_add_up(a_case):
    channels = {
        "email": {"basis": "consent", "touches": 2},
        "post": {"basis": "opt_out", "touches": 1},
    }
    people = columns(all=[5] * 50 + [6] * 50)
    finding = found(a_case({**SECTIONS, "channels": channels}, **people))["all channels in 30 days"]

    assert finding.headline.startswith("50 of 100 people would get over 8 contacts in 30 days")


def test_the_picture_shows_the_cap_and_says_the_middle(a_case):
    finding = emails(a_case(SECTIONS, **columns(emails=[0] * 60 + [1] * 30 + [4] * 10)))
    [picture] = [one for one in finding.evidence if one.kind == "distribution"]

    assert [(one.low, one.high, one.people) for one in picture.bins] == [
        (1, 2, 60),
        (2, 3, 30),
        (3, 4, 0),
        (4, 5, 0),
        (5, 6, 10),
    ]
    assert [line.at for line in picture.lines] == [4]
    assert picture.says == "Half the people get at most 1, 95 in 100 at most 5; the most is 5."


def test_a_very_long_tail_stays_in_the_picture(a_case):
    finding = emails(a_case(SECTIONS, **columns(emails=[900] * 2 + [50] * 3)))
    [picture] = [one for one in finding.evidence if one.kind == "distribution"]

    assert len(picture.bins) == 40
    assert (picture.bins[-1].low, picture.bins[-1].high, picture.bins[-1].people) == (40, 902, 5)
    assert sum(one.people for one in picture.bins) == 100


def test_the_segments_that_carry_it_are_named(a_case):
    people = columns(emails=[9] * 9, segment=["new"] * 20)
    finding = emails(a_case(SECTIONS, **people))
    [where] = [one for one in finding.evidence if one.kind == "breakdown"]

    assert [(part.name, part.people) for part in where.parts] == [("new", 9), ("old", 0)]


@pytest.mark.parametrize(
    ("unknown", "verdict"),
    [
        pytest.param(1, Verdict.CLEAR, id="too few to matter"),
        pytest.param(2, Verdict.CANNOT_TELL, id="enough to matter"),
        pytest.param(100, Verdict.CANNOT_TELL, id="everybody"),
    ],
)
def test_contacts_that_are_not_known(a_case, unknown, verdict):
    finding = emails(a_case(SECTIONS, **columns(emails=[None] * unknown)))

    assert finding.verdict is verdict
    assert finding.reason is (Reason.GROUP_UNKNOWN if verdict is Verdict.CANNOT_TELL else None)


def test_the_unknown_never_turn_a_fail_into_doubt(a_case):
    finding = emails(a_case(SECTIONS, **columns(emails=[9] * 10 + [None] * 10)))

    assert finding.verdict is Verdict.FAIL
    assert "The contacts of 10 are not known." in finding.headline


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        pytest.param({"contacts": None}, "contacts", id="no contacts"),
        pytest.param({"contacts": {"total_30d": "all"}}, "contacts", id="no emails"),
        pytest.param({"channels": {}}, "channels", id="no channels"),
    ],
)
def test_what_is_not_there_is_never_clear(a_case, changes, place):
    finding = emails(a_case({**SECTIONS, **changes}, **columns()))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    assert place in finding.remedy


def test_nobody_on_the_list(a_case):
    finding = emails(a_case(SECTIONS, **columns(on=[False] * 100)))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)


FILE = {"file": "c.csv", "key": "id", "at": "at", "channel": "channel"}


def test_a_file_of_contacts(a_case):
    sections = {**SECTIONS, "people": {**SECTIONS["people"], "key": "id"}, "contacts": FILE}
    tables = {
        "contacts": {
            "id": ["p0"] * 3 + ["p1"] * 3,
            "at": ["2026-11-25"] * 3 + ["2026-11-01"] * 3,
            "channel": ["email"] * 6,
        }
    }
    ids = [f"p{n}" for n in range(10)]
    finding = emails(a_case(sections, tables=tables, id=ids, **columns(10)))

    assert finding.headline.startswith("1 of 10 people would get over 3 emails in 7 days")


def test_a_file_of_contacts_without_a_key(a_case):
    finding = emails(a_case({**SECTIONS, "contacts": FILE}, **columns()))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.NO_KEY)


def test_weights_are_people(a_case):
    rows = found(a_case(SECTIONS, **columns(30, emails=[7] * 10, all=[9] * 10)))
    people = {**SECTIONS["people"], "weight": "many"}
    few = columns(2, emails=[7], all=[9])
    counts = found(a_case({**SECTIONS, "people": people}, **few, many=[10, 20]))

    assert counts == rows


@pytest.mark.parametrize(
    ("key", "day", "reason"),
    [
        pytest.param(99, "2026-11-29", Reason.NO_KEY, id="of strangers"),
        pytest.param(1, "2025-11-29", Reason.STALE, id="of last year"),
    ],
)
def test_a_file_of_contacts_that_tells_nothing_is_never_clear(a_case, key, day, reason):
    sections = {
        "people": {"key": "id", "targeted": "on"},
        "channels": {"email": {"basis": "consent"}},
        "contacts": {"file": "c.csv", "at": "at", "channel": "by"},
    }
    tables = {"contacts": {"id": [key], "at": [day], "by": ["email"]}}

    finding = emails(a_case(sections, tables=tables, id=[1, 2], on=[True, True]))

    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.reason is reason
