"""Who must not be contacted, and how often people were contacted before 1 December 2026."""

from __future__ import annotations

from datetime import date

import pytest

from checks.audience import Count
from checks.conditions import Is

NO = Is("suppressed", True)


def refused(a_case, refusals, suppression=None, **columns):
    sections = {
        "people": {"key": "id"},
        "suppression": {"file": "stop.csv", **(suppression or {})},
    }
    columns = columns or {"id": ["a", "b", "c"]}
    return a_case(sections, tables={"suppression": refusals}, **columns).audience


@pytest.mark.parametrize(
    ("keys", "people", "strangers"),
    [
        pytest.param([], 0, 0, id="nobody"),
        pytest.param(["a"], 1, 0, id="one"),
        pytest.param([" a ", "a"], 1, 0, id="one, twice"),
        pytest.param(["a", "b", "c"], 3, 0, id="all"),
        pytest.param(["A "], 1, 0, id="in another case"),
        pytest.param(["y", "x", ""], 0, 3, id="strangers and nobody"),
    ],
)
def test_who_is_on_the_do_not_contact_list(a_case, keys, people, strangers):
    audience = refused(a_case, {"id": keys})

    assert audience.total(NO) == people
    assert audience.total(Is("suppressed", False)) == 3 - people
    assert audience.unmatched == {"suppression": strangers}


def test_keys_match_however_they_are_stored(a_case):
    assert refused(a_case, {"id": ["1", " 2"]}, id=[1, 2, 3]).total(NO) == 2
    assert refused(a_case, {"id": [1.0]}, id=["1", "2"]).total(NO) == 1
    assert refused(a_case, {"id": ["ANA@x.example"]}, id=["ana@X.example"]).total(NO) == 1


def test_the_keys_may_have_another_name(a_case):
    assert refused(a_case, {"who": ["a"], "x": [1]}, {"key": "who"}).total(NO) == 1
    assert refused(a_case, {"whoever": ["a"]}).total(NO) == 1
    assert not refused(a_case, {"who": ["a"], "x": [1]}).has("suppressed")


def test_since_and_effective_are_facts_of_the_person(a_case):
    audience = refused(
        a_case,
        {
            "id": ["a", "a", "b", "c"],
            "since": ["2026-03-01", "2026-02-01", "2026-12-01", "2026-12-02"],
            "effective": ["2026-03-02", "2026-02-05", None, None],
        },
        {"since": "since", "effective": "effective"},
    )

    assert audience.total(NO) == 3
    assert audience.count("suppression.since", "suppression.effective", where=NO) == (
        Count((date(2026, 2, 1), date(2026, 3, 2)), 1),
        Count((date(2026, 12, 1), None), 1),
        Count((date(2026, 12, 2), None), 1),
    )


def test_a_refusal_dated_after_launch_counts_and_is_told(a_case):
    audience = refused(
        a_case, {"id": ["a", "b"], "since": ["2026-12-05", "2026-12-01"]}, {"since": "since"}
    )

    assert audience.total(NO) == 2
    assert audience.late_refusals == 1


def test_keys_that_differ_by_case_only_are_kept_apart(a_case):
    audience = refused(a_case, {"id": ["A"]}, id=["a", "A", "b"])

    assert audience.total(NO) == 1


@pytest.mark.parametrize("empty", ["", "unknown"])
def test_a_column_of_refusals_that_says_nothing_is_none(a_case, empty):
    sections = {"suppression": {"column": "stop"}}

    assert not a_case(sections, stop=[empty] * 3).audience.has("suppressed")
    assert a_case(sections, stop=[empty, "no"]).audience.has("suppressed")


def test_a_column_of_refusals(a_case):
    sections = {"suppression": {"column": "stop"}}

    audience = a_case(sections, stop=["yes", "complained", "no", "", None]).audience

    assert audience.total(NO) == 2
    assert audience.total(Is("suppressed", False)) == 3


def test_a_column_and_a_file_are_added_up(a_case):
    audience = refused(
        a_case, {"id": ["a"]}, {"column": "stop"}, id=["a", "b", "c"], stop=[False, True, False]
    )

    assert audience.total(NO) == 2


def test_any_row_of_a_person_is_enough_to_refuse(a_case):
    sections = {"people": {"key": "id"}, "suppression": {"column": "stop"}}

    audience = a_case(sections, id=[1, 1, 2], stop=[False, True, False]).audience

    assert audience.total(NO) == 1


def test_a_file_cannot_refuse_people_without_a_key(a_case):
    sections = {"suppression": {"file": "stop.csv", "key": "id"}}

    audience = a_case(sections, tables={"suppression": {"id": ["a"]}}, id=["a"]).audience

    assert not audience.has("suppressed")


def contacted(a_case, told=None, **events):
    sections = {
        "people": {"key": "id"},
        "contacts": {"file": "contacts.csv", "at": "at", "channel": "by", **(told or {})},
    }
    return a_case(sections, tables={"contacts": events}, id=[1, 2]).audience


@pytest.mark.parametrize(
    ("day", "week", "month"),
    [
        pytest.param("2026-12-01", 0, 0, id="the launch day itself is this campaign's"),
        pytest.param("2026-11-30", 1, 1, id="the day before"),
        pytest.param("2026-11-24", 1, 1, id="seven days before"),
        pytest.param("2026-11-23", 0, 1, id="eight days before"),
        pytest.param("2026-11-01", 0, 1, id="thirty days before"),
        pytest.param("2026-10-31", 0, 0, id="thirty-one days before"),
        pytest.param("someday", 0, 0, id="on no known day"),
    ],
)
def test_contacts_up_to_launch(a_case, day, week, month):
    audience = contacted(a_case, id=[1], at=[day], by=["E-mail"])

    assert audience.total(Is("contacts.email_7d", 1)) == week
    assert audience.total(Is("contacts.total_30d", 1)) == month
    assert audience.total(Is("contacts.total_30d", 0)) == 2 - month - (day == "someday")


def test_contacts_that_may_count_or_not_are_not_known(a_case):
    audience = contacted(
        a_case,
        id=[1, 1, 2, 2],
        at=["2026-11-29"] * 3 + ["29.11.2026"],
        by=["fax", "email", "sms", "sms"],
    )

    assert audience.count("contacts.email_7d") == (Count((None,), 2),)
    assert audience.count("contacts.total_30d") == (Count((2,), 1), Count((None,), 1))
    assert audience.strange_channels == {"permissions": 0, "contacts": 1}


def test_fewer_than_no_contacts_are_not_known(a_case):
    audience = a_case({"contacts": {"total_30d": "all"}}, all=[-1, 0]).audience

    assert audience.count("contacts.total_30d") == (Count((0,), 1), Count((None,), 1))


def test_contacts_by_channel(a_case):
    day = "2026-11-29"
    audience = contacted(
        a_case,
        id=[1] * 6 + [9],
        at=[day] * 7,
        by=["email", "Mail", "SMS", "push", "post", "all", "x"],
    )

    assert audience.total(Is("contacts.email_7d", 2)) == 1
    assert audience.total(Is("contacts.text_push_7d", 2)) == 1
    assert audience.total(Is("contacts.total_30d", 6)) == 1
    assert audience.unmatched == {"contacts": 1}


def test_without_channels_only_the_total_is_known(a_case):
    audience = contacted(a_case, {"channel": None}, id=[1], at=["2026-11-29"])

    assert audience.has("contacts.total_30d")
    assert not audience.has("contacts.email_7d")


def test_contacts_in_columns(a_case):
    sections = {"contacts": {"email_7d": "mails", "total_30d": "all"}}

    audience = a_case(sections, mails=[0, 3, None], all=["1", "12", "many"]).audience

    assert audience.count("contacts.email_7d") == (
        Count((0,), 1),
        Count((3,), 1),
        Count((None,), 1),
    )
    assert audience.count("contacts.total_30d") == (
        Count((1,), 1),
        Count((12,), 1),
        Count((None,), 1),
    )
    assert not audience.has("contacts.text_push_7d")


def test_other_side_files_are_matched_too(a_case):
    sections = {"people": {"key": "id"}, "outcomes": {"file": "o.csv", "converted": "c"}}

    audience = a_case(sections, tables={"outcomes": {"id": [1, 9], "c": [1, 0]}}, id=[1]).audience

    assert audience.unmatched == {"outcomes": 1}
