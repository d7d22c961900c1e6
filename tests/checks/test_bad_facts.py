"""Whatever the files hold, every check answers, and none is clear about nobody it looked at."""

from __future__ import annotations

import pytest

from checks.finding import Verdict
from checks.registry import run

WHOLE = {
    "people": {
        "key": "id",
        "targeted": "on",
        "complete": True,
        "segment": "segment",
        "attributes": {
            "gender": "gender",
            "age": {"column": "age", "as": "age", "bands": [18, 40]},
        },
        "quasi_identifiers": ["age", "gender"],
        "region": "region",
        "time_zone": "clock",
        "language": "language",
        "notice": {"version": "version", "given": "told"},
    },
    "regions": ["DE", "US-CA"],
    "rules": [{"column": "age", "at_least": 18}],
    "channels": {
        name: {
            "basis": "consent",
            "permission": {
                "status": "said",
                "given": "at",
                "proof": "ref",
                "wording": "ref",
                "source": "form",
                "method": "form",
                "preticked": "ticked",
            },
            "send": {"from": "09:00", "to": "18:00"},
            "registers": [{"name": "national", "screened": "2026-11-20"}],
        }
        for name in ("email", "sms")
    },
    "suppression": {"column": "stopped"},
    "signals": {"gpc": "gpc"},
    "contacts": {"email_7d": "mails", "total_30d": "mails"},
    "outcomes": {"complained": "complained", "opted_out": "left"},
    "uses_data_for": {"profiling": True, "shares_with_ad_platform": True, "basis": "consent"},
    "notice": {"version": "2", "languages": ["en"], "items": ["13(1)(a)"]},
}
PERSON = {
    "on": True,
    "segment": "a",
    "gender": "f",
    "age": 30,
    "region": "DE",
    "clock": "Europe/Berlin",
    "language": "en",
    "version": "2",
    "told": "2026-01-01",
    "said": "granted",
    "at": "2026-06-01",
    "ref": "form-1",
    "form": "web",
    "ticked": False,
    "stopped": False,
    "gpc": False,
    "mails": 0,
    "complained": False,
    "left": False,
}


def people(many=60, **other):
    held = {**PERSON, **other}
    return {"id": [f"p{n}" for n in range(many)]} | {
        name: value if isinstance(value, list) else [value] * many for name, value in held.items()
    }


def mixed(one, other):
    return [one if n % 3 else other for n in range(60)]


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param(people(many=0), id="no people"),
        pytest.param(people(many=1), id="one person"),
        pytest.param(people(on=False), id="nobody on the list"),
        pytest.param(people(on=mixed(True, False), gender="f"), id="one group"),
        pytest.param(people(**dict.fromkeys(PERSON)), id="nothing known"),
        pytest.param(people(age="old", mails="many"), id="words for numbers"),
        pytest.param(people(age=-5), id="impossible ages"),
        pytest.param(people(at="2031-01-01", told="2031-01-01"), id="days in the future"),
        pytest.param(people(at="yesterday", told="?"), id="words for days"),
        pytest.param(people(region="Germany", clock="Mars", language="?"), id="unknown places"),
        pytest.param(
            people(gender="<script>", form="<script>", segment="<script>", on=mixed(True, False)),
            id="hostile names",
        ),
        pytest.param(people(said="perhaps", version="other"), id="unknown words"),
    ],
)
def test_every_check_answers_whatever_the_files_hold(a_case, columns):
    found = run(a_case(WHOLE, **columns))

    assert not [one.headline for one in found if one.verdict is Verdict.BROKEN]
    assert all(one.evidence for one in found if one.verdict is Verdict.CLEAR)
    keys = [one.key for one in found]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("columns", [people(many=0), people(on=False)], ids=["none", "nobody"])
def test_nobody_on_the_list_is_never_a_clear_consent(a_case, columns):
    found = run(a_case(WHOLE, **columns))

    about_people = [
        one for one in found if one.check.startswith("consent.") and "registers" not in one.subject
    ]
    assert about_people
    assert not [one.key for one in about_people if one.verdict is Verdict.CLEAR]


def test_a_rule_on_a_column_that_is_not_there_is_told(a_case):
    sections = {**WHOLE, "rules": [{"column": "gone", "at_least": 1}]}

    found = run(a_case(sections, **people()))

    assert not [one.headline for one in found if one.verdict is Verdict.BROKEN]
