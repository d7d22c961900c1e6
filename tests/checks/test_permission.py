"""Who may be contacted: everybody in exactly one bin, and the bins add up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.audience import Audience
from checks.campaign import Campaign
from checks.case import Case
from checks.finding import Reason
from checks.people.permission import (
    Standing,
    first_valid_day,
    standing,
    standing_by_segment,
    unseen,
)

LAUNCH = date(2026, 12, 1)
EMAIL = {
    "basis": "consent",
    "permission": {
        "status": "status",
        "given": "day",
        "proof": "proof",
        "purpose": "purpose",
        "expires": "expires",
    },
}
SECTIONS = {
    "people": {
        "targeted": "on",
        "segment": "segment",
        "attributes": {"age": {"column": "age", "as": "age"}},
    },
    "channels": {"email": EMAIL},
    "suppression": {"column": "suppressed"},
    "segments": [{"name": "a"}, {"name": "b"}],
}
FINE = {
    "on": True,
    "segment": "a",
    "age": 40,
    "suppressed": False,
    "status": "granted",
    "day": "2026-01-01",
    "proof": "ref",
    "purpose": "direct_marketing",
    "expires": None,
}


def columns(*people):
    """One column a fact, from people who differ from somebody who may be contacted."""
    rows = [{**FINE, **person} for person in people]
    return {name: [row[name] for row in rows] for name in FINE}


@pytest.fixture
def stand(a_case):
    """Where these people stand on email: ``stand({"status": "denied"}, …)``."""

    def build(*people, **sections):
        return standing(a_case({**SECTIONS, **sections}, **columns(*people)), "email")

    return build


def bins(one):
    return {step.name: step.people for step in one.steps if step.people}


@pytest.mark.parametrize(
    ("person", "bin_"),
    [
        pytest.param({}, "may be contacted", id="nothing against it"),
        pytest.param({"suppressed": True}, "suppressed", id="on the do-not-contact list"),
        pytest.param({"status": "objected"}, "objected", id="objected"),
        pytest.param({"status": None}, "no record", id="never asked"),
        pytest.param({"status": "unknown"}, "no record", id="a word for not known"),
        pytest.param({"status": "denied"}, "denied", id="denied"),
        pytest.param({"status": "withdrawn"}, "denied", id="withdrew"),
        pytest.param({"status": "pending"}, "word not explained", id="neither yes nor no"),
        pytest.param({"purpose": "profiling"}, "wrong purpose or channel", id="other purpose"),
        pytest.param({"purpose": None}, "wrong purpose or channel", id="purpose not recorded"),
        pytest.param({"day": "2024-11-30"}, "expired", id="one day over 24 months"),
        pytest.param({"day": "2024-12-01"}, "may be contacted", id="exactly 24 months"),
        pytest.param({"day": "2026-12-01"}, "may be contacted", id="given on launch day"),
        pytest.param({"day": "2026-12-02"}, "expired", id="dated after launch"),
        pytest.param({"expires": "2026-11-30"}, "expired", id="ended the day before"),
        pytest.param({"expires": "2026-12-01"}, "may be contacted", id="ends on launch day"),
        pytest.param({"proof": None}, "no proof", id="no proof"),
        pytest.param({"day": None}, "no proof", id="the day of the yes is not known"),
        pytest.param({"age": 15}, "minor", id="too young to say yes"),
        pytest.param({"age": 16}, "may be contacted", id="just old enough"),
        pytest.param({"age": None}, "may be contacted", id="age not known"),
    ],
)
def test_the_first_bin_that_fits(stand, person, bin_):
    assert bins(stand(person)) == {bin_: 1}


@pytest.mark.parametrize(
    ("person", "bin_"),
    [
        pytest.param({"suppressed": True, "status": "denied"}, "suppressed", id="two noes"),
        pytest.param({"suppressed": True, "status": "objected"}, "suppressed", id="three"),
        pytest.param({"status": "objected", "proof": None}, "objected", id="no before proof"),
        pytest.param({"status": "denied", "age": 9}, "denied", id="no before age"),
        pytest.param({"day": "2020-01-01", "proof": None}, "expired", id="old and unproved"),
        pytest.param({"proof": None, "age": 9}, "no proof", id="unproved and young"),
        pytest.param({"purpose": "x", "day": "2020-01-01"}, "wrong purpose or channel", id="x"),
    ],
)
def test_everybody_is_counted_once(stand, person, bin_):
    assert bins(stand(person)) == {bin_: 1}


def test_nobody_off_the_list_is_counted(stand):
    one = stand({}, {"on": False}, {"on": False, "suppressed": True})

    assert (one.total, one.may) == (1, 1)


def test_nobody_at_all(stand):
    one = stand({"on": False})

    assert (one.total, one.may, one.out, one.said_no) == (0, 0, 0, 0)


def test_said_no_is_suppressed_objected_denied_and_withdrawn(stand):
    one = stand(
        {},
        {"suppressed": True},
        {"status": "objected"},
        {"status": "denied"},
        {"status": "withdrawn"},
        {"status": None},
        {"proof": None},
    )

    assert (one.total, one.said_no, one.out, one.may) == (7, 4, 6, 1)


def test_a_yes_to_profiling_stands_for_twelve_months(stand):
    channels = {"email": {**EMAIL, "purpose": "profiling"}}
    person = {"purpose": "profiling"}
    one = stand({**person, "day": "2025-11-30"}, {**person, "day": "2025-12-01"}, channels=channels)

    assert bins(one) == {"expired": 1, "may be contacted": 1}


def test_without_consent_any_no_is_an_objection(stand):
    channels = {"email": {**EMAIL, "basis": "soft_opt_in"}}
    one = stand(
        {"suppressed": True},
        {"status": "objected"},
        {"status": "withdrawn"},
        {"status": "denied"},
        {"status": "pending"},
        {"status": None},
        {"proof": None, "day": None},
        {"age": 15},
        channels=channels,
    )

    assert bins(one) == {"suppressed": 1, "objected": 4, "minor": 1, "may be contacted": 2}
    assert [step.name for step in one.steps] == [
        "suppressed",
        "objected",
        "minor",
        "may be contacted",
    ]


@pytest.mark.parametrize(
    ("regions", "age"),
    [
        pytest.param(["GB"], 13, id="one region with its own age"),
        pytest.param(["US-CA"], 13, id="a part of a country"),
        pytest.param(["GB", "DE"], 16, id="several: the strictest"),
        pytest.param([], 16, id="none named"),
    ],
)
def test_the_age_of_consent_is_that_of_the_region(stand, regions, age):
    one = stand({"age": age - 1}, {"age": age}, regions=regions)

    assert bins(one) == {"minor": 1, "may be contacted": 1}


def test_the_age_of_consent_is_that_of_a_persons_own_region(a_case):
    people = {**SECTIONS["people"], "region": "country"}
    ages = columns({"age": 14}, {"age": 14}, {"age": 12}, {"age": 14})
    countries = ["GB", "DE", "US-CA", None]
    case = a_case({**SECTIONS, "people": people}, **ages, country=countries)

    assert bins(standing(case, "email")) == {"minor": 3, "may be contacted": 1}


def test_segments_add_up_to_the_list(a_case):
    case = a_case(
        SECTIONS, **columns({}, {"segment": "b", "status": "denied"}, {"segment": None, "age": 3})
    )
    by_segment = standing_by_segment(case, "email")

    assert {segment: bins(one) for segment, one in by_segment.items()} == {
        "a": {"may be contacted": 1},
        "b": {"denied": 1},
        None: {"minor": 1},
    }


@pytest.mark.parametrize(
    ("launch", "months", "first"),
    [
        pytest.param(date(2026, 12, 1), 24, date(2024, 12, 1), id="plain"),
        pytest.param(date(2027, 2, 28), 1, date(2027, 1, 28), id="31 January stands on 28 Feb"),
        pytest.param(date(2027, 3, 1), 1, date(2027, 2, 1), id="31 January has ended on 1 March"),
        pytest.param(date(2027, 5, 31), 3, date(2027, 3, 1), id="February has no 31st"),
        pytest.param(date(2028, 2, 29), 24, date(2026, 3, 1), id="launch on a leap day"),
        pytest.param(date(2026, 2, 28), 24, date(2024, 2, 28), id="29 February stands until 28"),
        pytest.param(date(2027, 1, 15), 12, date(2026, 1, 15), id="a year"),
        pytest.param(date(2026, 12, 31), 1, date(2026, 12, 1), id="November has no 31st"),
    ],
)
def test_months_are_calendar_months(launch, months, first):
    assert first_valid_day(launch, months) == first


def plus_months(day, months):
    """The same day so many months later, the last day of a shorter month; written anew here."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 60))
def test_a_yes_stands_from_its_first_valid_day_on(launch, months):
    first = first_valid_day(launch, months)

    assert plus_months(first, months) >= launch
    assert plus_months(first - timedelta(days=1), months) < launch


PEOPLE = st.fixed_dictionaries(
    {
        "on": st.booleans(),
        "segment": st.sampled_from(["a", "b", None]),
        "age": st.sampled_from([None, 3, 15, 16, 80, 900]),
        "suppressed": st.sampled_from([True, False, None]),
        "status": st.sampled_from(
            ["granted", "denied", "withdrawn", "objected", "pending", "unknown", None]
        ),
        "day": st.sampled_from([None, "2024-11-30", "2024-12-01", "2026-12-01", "2026-12-02"]),
        "proof": st.sampled_from(["x", None]),
        "purpose": st.sampled_from(["direct_marketing", "profiling", None]),
        "expires": st.sampled_from([None, "2026-11-30", "2026-12-01"]),
    }
)


@given(st.lists(PEOPLE, min_size=1, max_size=30), st.sampled_from(["consent", "opt_out"]))
@settings(max_examples=25, deadline=None)
def test_the_bins_always_add_up(policy, people, basis):
    sections = {**SECTIONS, "channels": {"email": {**EMAIL, "basis": basis}}}
    plain = {
        "id": "spring",
        "name": "Spring",
        "owner": "ana@bank.example",
        "launch": LAUNCH,
        "sector": "general",
        "effect": "opportunity",
    }
    campaign = Campaign.model_validate({**plain, **sections})
    audience = Audience.of(campaign, policy, **columns(*people))
    case = Case(campaign=campaign, audience=audience, policy=policy)
    one = standing(case, "email")
    parts = standing_by_segment(case, "email").values()

    assert one.waterfall("email").total == sum(person["on"] for person in people)
    assert one.may <= one.total - one.said_no
    assert sum(part.total for part in parts) == one.total
    assert sum(part.may for part in parts) == one.may
    assert sum(part.said_no for part in parts) == one.said_no


def test_weights_give_the_same_bins_as_rows(a_case):
    people = [{}] * 3 + [{"status": "denied"}] * 2 + [{"age": 12, "on": False}]
    rows = standing(a_case(SECTIONS, **columns(*people)), "email")
    weighted = {**SECTIONS, "people": {**SECTIONS["people"], "weight": "many"}}
    few = columns({}, {"status": "denied"}, {"age": 12, "on": False})
    counts = standing(a_case(weighted, **few, many=[3, 2, 1]), "email")

    assert bins(counts) == bins(rows) == {"may be contacted": 3, "denied": 2}


def without(sections, *parts):
    permission = {k: v for k, v in EMAIL["permission"].items() if k not in parts}
    return {**sections, "channels": {"email": {**EMAIL, "permission": permission}}}


def test_nothing_is_unseen_when_all_is_there(a_case):
    assert unseen(a_case(SECTIONS, **columns({})), "email") == ()


@pytest.mark.parametrize(
    ("part", "place"),
    [
        pytest.param("given", "channels.email.permission.given", id="the day"),
        pytest.param("proof", "channels.email.permission.proof", id="the proof"),
    ],
)
def test_a_column_that_is_not_named_is_unseen(a_case, part, place):
    [gap] = unseen(a_case(without(SECTIONS, part), **columns({})), "email")

    assert place in gap.what
    assert gap.reason is Reason.COLUMN_MISSING


def test_a_column_that_is_not_in_the_file_is_unseen(a_case):
    people = {name: values for name, values in columns({}).items() if name != "proof"}
    [gap] = unseen(a_case(SECTIONS, **people), "email")

    assert "channels.email.permission.proof" in gap.what


def test_no_suppression_is_unseen(a_case):
    [gap] = unseen(a_case({**SECTIONS, "suppression": None}, **columns({})), "email")

    assert gap.what == "the do-not-contact list (suppression)"


def test_a_file_that_no_key_joins_is_unseen_for_that_reason(a_case):
    suppression = {"file": "no.csv", "key": "id"}
    [gap] = unseen(a_case({**SECTIONS, "suppression": suppression}, **columns({})), "email")

    assert gap.reason is Reason.NO_KEY


def test_counts_cannot_be_joined_to_a_file(a_case):
    sections = {
        **SECTIONS,
        "suppression": {"file": "no.csv", "key": "id"},
        "people": {**SECTIONS["people"], "weight": "many"},
    }
    [gap] = unseen(a_case(sections, **columns({}), many=[7]), "email")

    assert gap.reason is Reason.COUNTS_ONLY


@pytest.mark.parametrize(
    ("people", "bin_", "many"),
    [
        pytest.param({"minor": 5}, "minor", 5, id="not so few"),
        pytest.param({"minor": 3, "no proof": 4}, "no proof or minor", 7, id="with the nearest"),
        pytest.param({"minor": 3, "expired": 4}, "expired or minor", 7, id="with the next"),
        pytest.param(
            {"minor": 3, "denied": 40},
            "no record, word not explained, wrong purpose or channel, expired, no proof or minor",
            3,
            id="told apart from refusals only",
        ),
    ],
)
def test_a_few_minors_are_not_told_apart(people, bin_, many):
    one = Standing(True, {**people, "may be contacted": 100}, 5).waterfall("email")

    shown = {step.name: step.people for step in one.steps}
    assert shown[bin_] == many
    assert shown["may be contacted"] == 100
    assert shown.get("minor", 5) == 5
    assert one.total == 100 + sum(people.values())


def test_a_few_minors_without_consent_stand_with_the_refusals():
    people = {"minor": 2, "objected": 9, "may be contacted": 100}

    one = Standing(False, people, 5).waterfall("post")

    assert [(step.name, step.people) for step in one.steps] == [
        ("suppressed", 0),
        ("objected or minor", 11),
        ("may be contacted", 100),
    ]
