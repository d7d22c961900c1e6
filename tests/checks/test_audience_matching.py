"""People met by another column than their key, refusals apart from permissions, test events."""

from __future__ import annotations

import hashlib

import pytest

from checks.integrity.files import judge
from checks.people.permission import (
    EXPIRED,
    MAY,
    OBJECTED,
    SUPPRESSED,
    WITHDRAWN,
    standing,
    unseen_refusals,
)

EMAIL = {"basis": "consent", "permission": {"status": "said"}}


def where_all_stand(a_case, sections=None, *, tables=None, **columns):
    people = {"key": "id", **(sections or {}).pop("people", {})}
    case = a_case(
        {"people": people, "channels": {"email": EMAIL}, **(sections or {})},
        tables=tables,
        id=[1, 2, 3],
        said=["yes", "yes", "yes"],
        **columns,
    )
    return dict(standing(case, "email").people)


def sha256(word):
    return hashlib.sha256(word.encode()).hexdigest()


@pytest.mark.parametrize(
    ("match", "mine", "theirs"),
    [
        pytest.param("party", ["p1", "p2", None], ["p1"], id="another number"),
        pytest.param(
            {"column": "party", "as": "email"},
            ["Ana@Example.org", "b@example.org", None],
            ["ANA@example.ORG "],
            id="an email",
        ),
        pytest.param(
            {"column": "party", "as": "phone", "country_code": "49"},
            ["030 / 123-456", "+49 30 999", None],
            ["0049 (0)30 123456"],
            id="a phone number",
        ),
        pytest.param(
            {"column": "party", "as": "email", "hashed": "sha256"},
            [" Ana@Example.org", "b@example.org", None],
            [sha256("ana@example.org").upper()],
            id="the hash of an email",
        ),
        pytest.param(
            {"column": "party", "as": "email", "hashed": "sha256"},
            [sha256("ana@example.org"), sha256("b@example.org"), None],
            [sha256("ana@example.org")],
            id="hashes on both sides",
        ),
        pytest.param(
            {"column": "party", "as": "email", "hashed": "sha256"},
            [sha256("ana@example.org"), sha256("b@example.org"), None],
            ["Ana@Example.org"],
            id="the hashes are the people's",
        ),
        pytest.param(
            {"column": "party", "as": "phone", "country_code": "34"},
            ["612 345 678", "34 699 000 111", None],
            ["+34612345678"],
            id="a number of a country without a 0 in front",
        ),
        pytest.param(
            {"column": "party", "as": "phone", "country_code": "1"},
            ["(212) 555-0123", "1-212-555-0199", None],
            ["12125550123"],
            id="a number of North America",
        ),
        pytest.param(
            {"column": "party", "as": "phone", "country_code": "39"},
            ["06 123 4567", "+39 02 1234567", None],
            ["+39061234567"],
            id="a number that keeps its 0",
        ),
    ],
)
def test_a_refusal_meets_its_person(a_case, match, mine, theirs):
    found = where_all_stand(
        a_case,
        {"suppression": {"file": "no.csv", "key": "who", "matches": match}},
        tables={"suppression": {"who": theirs}},
        party=mine,
    )

    assert found == {SUPPRESSED: 1, MAY: 2}


def test_how_people_were_met_is_stated(a_case):
    match = {"column": "mail", "as": "email", "hashed": "sha256"}
    case = a_case(
        {
            "people": {"key": "id"},
            "suppression": {"file": "no.csv", "key": "who", "matches": match},
        },
        tables={"suppression": {"who": [sha256("a@example.org"), sha256("b@example.org")]}},
        id=[1, 2],
        mail=["A@example.org", "c@example.org"],
    )

    [found] = [one for one in judge(case) if one.subject == "side files"]

    [rate] = found.evidence
    assert rate.group == (
        "rows of suppression that belong to nobody "
        "(compared by email, without case and blanks around it, as sha256)"
    )
    assert rate.yes == 1


def test_a_phone_number_without_a_country_meets_nobody(a_case):
    match = {"column": "party", "as": "phone"}
    found = where_all_stand(
        a_case,
        {"suppression": {"file": "no.csv", "key": "who", "matches": match}},
        tables={"suppression": {"who": ["030 123"]}},
        party=["030 123", None, None],
    )

    assert found == {MAY: 3}


def test_who_cannot_be_met_is_not_seen_to_be_free(a_case):
    case = a_case(
        {
            "people": {"key": "id"},
            "channels": {"email": EMAIL},
            "suppression": {
                "file": "no.csv",
                "key": "who",
                "matches": {"column": "phone", "as": "phone"},
            },
        },
        tables={"suppression": {"who": ["+49 30 123456"]}},
        id=[1, 2, 3],
        said=["yes"] * 3,
        phone=["+49 30 123456", "030 999999", None],
    )

    [gap] = unseen_refusals(case, "email")

    assert gap.what == (
        "whether 2 people without a usable “phone” stand on the do-not-contact list"
    )


def test_every_address_of_a_person_counts(a_case):
    case = a_case(
        {
            "people": {"key": "id"},
            "channels": {"email": EMAIL},
            "suppression": {
                "file": "no.csv",
                "key": "who",
                "matches": {"column": "mail", "as": "email"},
            },
        },
        tables={"suppression": {"who": ["second@example.org"]}},
        id=[1, 1, 2],
        said=["yes"] * 3,
        mail=["first@example.org", "second@example.org", "other@example.org"],
    )

    assert standing(case, "email").people == {SUPPRESSED: 1, MAY: 1}


def test_a_row_says_no_only_where_a_flag_does(a_case):
    found = where_all_stand(
        a_case,
        {"suppression": {"file": "no.csv", "key": "who", "flags": ["a", "b"]}},
        tables={
            "suppression": {
                "who": [1, 2, 3],
                "a": [True, False, False],
                "b": [False, False, True],
            }
        },
    )

    assert found == {SUPPRESSED: 2, MAY: 1}


@pytest.mark.parametrize("basis", ["consent", "legitimate_interest"])
def test_a_no_in_a_column_of_its_own_is_an_objection(a_case, basis):
    email = {**EMAIL, "basis": basis, "refused": ["opted_out", "no_news"]}
    found = where_all_stand(
        a_case,
        {"channels": {"email": email}},
        opted_out=["true", "", "false"],
        no_news=["", "since May", None],
    )

    assert found == {OBJECTED: 2, MAY: 1}


def test_a_no_has_a_time_of_its_own(a_case):
    said = {"status": "said", "given": "yes_at", "withdrawn_at": "no_at"}
    case = a_case(
        {"people": {"key": "id"}, "channels": {"email": {"basis": "consent", "permission": said}}},
        id=[1, 1, 2, 2],
        said=["yes", "withdrawn", "yes", "withdrawn"],
        yes_at=["2026-03-01", "2026-01-01", "2026-03-01", "2026-01-01"],
        no_at=[None, "2026-02-01", None, "2026-04-01"],
    )

    assert standing(case, "email").people == {MAY: 1, WITHDRAWN: 1}


def events(a_case, rows, **told):
    columns = {name: [row.get(name) for row in rows] for name in ("who", "status", *told.values())}
    case = a_case(
        {
            "people": {"key": "id"},
            "channels": {"email": {"basis": "consent"}},
            "permissions": {"file": "said.csv", "key": "who", "purpose": None, **told},
        },
        tables={"permissions": columns},
        id=[1, 2],
    )
    return case, dict(standing(case, "email").people)


def test_events_made_to_try_the_system_say_nothing(a_case):
    rows = [
        {"who": 1, "status": "granted", "trial": None},
        {"who": 2, "status": "granted", "trial": None},
        {"who": 2, "status": "withdrawn", "trial": True},
    ]

    case, found = events(a_case, rows, test="trial")

    assert found == {MAY: 2}
    assert case.audience.test_events == 1


def test_the_yes_of_an_event_can_end(a_case):
    rows = [
        {"who": 1, "status": "granted", "until": "2026-01-01"},
        {"who": 2, "status": "granted", "until": None},
    ]

    _, found = events(a_case, rows, expires="until")

    assert found == {EXPIRED: 1, MAY: 1}
