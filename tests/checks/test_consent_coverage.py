"""Everyone on the list may be contacted: what is said when they may, may not, or nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.consent.coverage import judge
from checks.finding import Reason, Severity, Verdict

PERMISSION = {"status": "status", "given": "day", "proof": "proof"}
SECTIONS = {
    "people": {
        "segment": "segment",
        "attributes": {"age": {"column": "age", "as": "age"}},
    },
    "segments": [{"name": "old"}, {"name": "new"}],
    "channels": {"email": {"basis": "consent", "permission": PERMISSION}},
    "suppression": {"column": "suppressed"},
}


def columns(count=20, **others):
    """So many people who may be contacted, but for what is said otherwise of the first ones."""
    plain = {
        "segment": "old",
        "age": 40,
        "suppressed": False,
        "status": "granted",
        "day": "2026-01-01",
        "proof": "ref",
    }
    return {
        name: others.get(name, []) + [value] * (count - len(others.get(name, [])))
        for name, value in plain.items()
    }


def channel(**changes):
    return {"email": {"basis": "consent", "permission": PERMISSION, **changes}}


def only(case):
    [finding] = judge(case)
    return finding


def of_kind(finding, kind):
    return [one for one in finding.evidence if one.kind == kind]


def test_everybody_said_yes(a_case):
    finding = only(a_case(SECTIONS, **columns()))

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == "All 20 people on the email list may be contacted."
    assert of_kind(finding, "waterfall")[0].stays == 20
    assert finding.severity is Severity.BLOCKING


def test_one_no_is_enough(a_case):
    finding = only(a_case(SECTIONS, **columns(status=["withdrawn"])))

    assert finding.verdict is Verdict.FAIL
    assert finding.headline == ("1 of 20 people on the email list may not be contacted: 1 said no.")
    assert finding.remedy == "Take this person off: the email list becomes 19."


def test_noes_and_missing_yeses_are_told_apart(a_case):
    finding = only(
        a_case(SECTIONS, **columns(status=["denied", "denied", None], suppressed=[True]))
    )

    assert finding.headline == (
        "3 of 20 people on the email list may not be contacted: 2 said no, 1 has no valid yes."
    )


def test_nobody_may_be_contacted(a_case):
    finding = only(a_case(SECTIONS, **columns(3, status=[None] * 3)))

    assert finding.verdict is Verdict.FAIL
    assert finding.remedy == "Leave email out: nobody on the list may be contacted that way."


def test_the_waterfall_names_every_bin_in_order(a_case):
    finding = only(a_case(SECTIONS, **columns(status=["denied"])))
    [waterfall] = of_kind(finding, "waterfall")

    assert [(step.name, step.people) for step in waterfall.steps if step.people] == [
        ("denied", 1),
        ("may be contacted", 19),
    ]
    assert [step.name for step in waterfall.steps] == [
        "suppressed",
        "objected",
        "no record",
        "denied",
        "word not explained",
        "wrong purpose or channel",
        "expired",
        "no proof",
        "minor",
        "may be contacted",
    ]


def test_the_segments_that_carry_it_are_named(a_case):
    finding = only(a_case(SECTIONS, **columns(status=["denied"] * 4, segment=["new"] * 6)))
    [where] = [one for one in of_kind(finding, "breakdown") if one.by == "segment"]

    assert [(part.name, part.people) for part in where.parts] == [("new", 4), ("old", 0)]


def test_a_word_that_nobody_has_explained_is_no_no(a_case):
    finding = only(a_case(SECTIONS, **columns(status=["denied", "pending", "pending"])))
    [waterfall] = of_kind(finding, "waterfall")

    steps = {step.name: (step.people, step.meaning) for step in waterfall.steps}
    assert steps["denied"] == (1, "said_no")
    assert steps["word not explained"] == (2, "not_covered")
    assert "1 said no, 2 gave an answer that nobody has explained" in finding.headline
    assert finding.remedy.startswith("Say first what the words mean")


def test_words_of_everybody_that_nobody_has_explained_are_asked_about_first(a_case):
    finding = only(a_case(SECTIONS, **columns(status=["pending"] * 20)))

    assert finding.headline.endswith("20 gave an answer that nobody has explained.")
    assert "Say first what the words mean" in finding.remedy


def test_nothing_is_asked_where_every_word_is_known(a_case):
    finding = only(a_case(SECTIONS, **columns(status=["denied"])))

    assert "explained" not in finding.headline + finding.remedy


def test_not_yet_valid_is_reported_inside_expired(a_case):
    finding = only(a_case(SECTIONS, **columns(day=["2026-12-02", "2020-01-01"])))
    [inside] = [one for one in of_kind(finding, "breakdown") if one.by == "reason"]

    assert inside.title == "What is in “expired”"
    assert [part.people for part in inside.parts] == [1, 1]


def test_each_channel_by_itself(a_case):
    channels = {
        **channel(),
        "post": {"basis": "legitimate_interest", "permission": {"status": "p"}},
    }
    findings = tuple(
        judge(a_case({**SECTIONS, "channels": channels}, **columns(), p=["objected"] + [None] * 19))
    )

    assert [(one.subject, one.verdict) for one in findings] == [
        ("email", Verdict.CLEAR),
        ("post", Verdict.FAIL),
    ]


def test_without_consent_the_young_are_named_as_such(a_case):
    sections = {**SECTIONS, "channels": channel(basis="soft_opt_in")}
    finding = only(a_case(sections, **columns(status=["withdrawn"], age=[40, 12, 13, 12, 13, 12])))

    assert finding.headline == (
        "6 of 20 people on the email list may not be contacted: 1 said no, 5 are too young."
    )


def test_age_not_in_the_file_is_said(a_case):
    sections = {**SECTIONS, "people": {"segment": "segment"}}
    finding = only(a_case(sections, **columns()))

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline.endswith("Age was not looked at: the file has none.")


@pytest.mark.parametrize(
    ("missing", "place"),
    [
        pytest.param("given", "channels.email.permission.given", id="no day of the yes"),
        pytest.param("proof", "channels.email.permission.proof", id="no proof"),
    ],
)
def test_what_is_not_there_is_never_clear(a_case, missing, place):
    permission = {name: column for name, column in PERMISSION.items() if name != missing}
    sections = {**SECTIONS, "channels": channel(permission=permission)}
    finding = only(a_case(sections, **columns()))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    assert place in finding.headline
    assert place in finding.remedy
    assert of_kind(finding, "waterfall")[0].stays == 20


def test_no_suppression_is_never_clear(a_case):
    finding = only(a_case({**SECTIONS, "suppression": None}, **columns()))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    assert "suppression" in finding.remedy


def test_a_no_fails_even_where_the_proof_is_missing(a_case):
    permission = {"status": "status", "given": "day"}
    sections = {**SECTIONS, "channels": channel(permission=permission)}
    finding = only(a_case(sections, **columns(status=["denied"])))

    assert finding.verdict is Verdict.FAIL
    assert "Not looked at: the proof of the yes" in finding.headline


@pytest.mark.parametrize(
    "permission",
    [
        pytest.param(None, id="no permission named"),
        pytest.param({**PERMISSION, "status": "elsewhere"}, id="a column the file does not have"),
    ],
)
def test_consent_without_an_answer_cannot_be_told(a_case, permission):
    sections = {**SECTIONS, "channels": channel(permission=permission)}
    finding = only(a_case(sections, **columns(suppressed=[True])))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    assert "channels.email.permission.status" in finding.remedy


def test_without_consent_and_without_any_answer_it_is_not_clear(a_case):
    sections = {**SECTIONS, "channels": channel(basis="opt_out", permission=None)}
    finding = only(a_case(sections, **columns()))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_a_list_that_cannot_be_joined(a_case):
    suppression = {"file": "no.csv", "key": "id"}
    finding = only(a_case({**SECTIONS, "suppression": suppression}, **columns()))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.NO_KEY)
    assert "people.key" in finding.remedy


def test_no_channel(a_case):
    finding = only(a_case({**SECTIONS, "channels": {}}, **columns()))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_nobody_on_the_list(a_case):
    sections = {**SECTIONS, "people": {**SECTIONS["people"], "targeted": "on"}}
    finding = only(a_case(sections, **columns(), on=[False] * 20))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)


@pytest.mark.parametrize(
    ("noes", "verdict"),
    [
        pytest.param(0, Verdict.CLEAR, id="none"),
        pytest.param(1, Verdict.WATCH, id="exactly at the limit"),
        pytest.param(2, Verdict.FAIL, id="over it"),
    ],
)
def test_the_limit_is_the_policys(a_case, policy, noes, verdict):
    strict = a_case(SECTIONS, **columns(status=["denied"] * noes))
    coverage = policy.checks["consent.coverage"]
    required = coverage.limits["required"].model_copy(update={"value": 0.95})
    changed = coverage.model_copy(update={"limits": {"required": required}})
    checks = {**policy.checks, "consent.coverage": changed}
    lenient = replace(strict, policy=policy.model_copy(update={"checks": checks}))

    assert only(lenient).verdict is verdict


def test_weights_are_people(a_case):
    rows = only(a_case(SECTIONS, **columns(30, status=["denied"] * 10)))
    weighted = {**SECTIONS, "people": {**SECTIONS["people"], "weight": "many"}}
    counts = only(a_case(weighted, **columns(2, status=["denied"]), many=[10, 20]))

    assert counts == rows


EVENTS = {"file": "events.csv", "key": "id", "proof": "ref"}
SAID = {
    "id": ["p0", "p1", "p1", "p2", "p3"],
    "channel": ["email", "email", "email", "sms", "email"],
    "purpose": ["direct_marketing"] * 5,
    "status": ["granted", "granted", "withdrawn", "granted", "granted"],
    "at": ["2026-01-01", "2026-01-01", "2026-02-01", "2026-01-01", "2020-01-01"],
    "ref": ["x"] * 5,
}


def from_events(a_case, **people):
    sections = {
        "people": people,
        "channels": {"email": {"basis": "consent"}},
        "permissions": EVENTS,
        "suppression": {"column": "suppressed"},
    }
    columns_ = {"id": ["p0", "p1", "p2", "p3"], "suppressed": [False] * 4}
    return only(a_case(sections, tables={"permissions": SAID}, **columns_))


def test_what_was_said_may_come_as_events(a_case):
    finding = from_events(a_case, key="id")
    [waterfall] = of_kind(finding, "waterfall")

    assert {step.name: step.people for step in waterfall.steps if step.people} == {
        "no record": 1,
        "denied": 1,
        "expired": 1,
        "may be contacted": 1,
    }


def test_events_of_people_who_cannot_be_recognised(a_case):
    finding = from_events(a_case)

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.NO_KEY)
    assert "permissions.status" in finding.remedy


def test_a_few_minors_are_no_number_here_either(a_case):
    made = columns(100, age=[12, 12, 12])
    channels = {"email": {"basis": "legitimate_interest", "permission": {"status": "status"}}}
    suppressed = [False] * 3 + [True] * 9

    finding = only(
        a_case(
            {**SECTIONS, "channels": channels}, **{**made, "suppressed": suppressed + [False] * 88}
        )
    )

    assert finding.headline == (
        "12 of 100 people on the email list may not be contacted: they said no or are too young."
    )
    [waterfall] = of_kind(finding, "waterfall")
    assert "minor" not in {step.name for step in waterfall.steps}
