"""protection.special_categories."""

from __future__ import annotations

import pytest

from checks.finding import Reason, Verdict
from checks.protection.special_categories import judge

ILL = {"name": "illness", "role": "special", "used_in": "segment", "sensitivity": 4}
PLAIN = {"name": "area", "role": "quasi", "used_in": "message", "sensitivity": 1}
PEOPLE = {"targeted": "on"}


def found(a_case, fields, *, rules=None, recipients=(), people=PEOPLE, segments=None, **columns):
    given = {"illness": ["yes"] * 6 + ["no"] * 4, "on": [True] * 8 + [False] * 2, **columns}
    sections = {
        "people": people,
        "fields": fields,
        "rules": rules,
        "recipients": None if recipients is None else list(recipients),
        "segments": segments,
    }
    return {finding.subject: finding for finding in judge(a_case(sections, **given))}


def test_nothing_special_is_used(a_case):
    findings = found(a_case, [PLAIN])

    assert {subject: one.verdict for subject, one in findings.items()} == {
        "platforms": Verdict.NOT_APPLICABLE,
        "names": Verdict.CLEAR,
    }
    assert findings["names"].headline == "None of 1 field hints at a special category."


def test_those_with_the_trait_are_chosen_by_it(a_case):
    finding = found(a_case, [ILL])["illness"]

    assert finding.verdict is Verdict.FAIL
    assert finding.headline == (
        "6 people are chosen by illness, without an explicit consent on record."
    )
    assert finding.remedy == "Leave illness out of the choice, or ask these people first."


def test_a_rule_chooses_everybody_it_let_in_and_dropping_it_is_counted(a_case):
    rules = [{"column": "illness", "among": ["yes"]}]
    finding = found(
        a_case,
        [{**ILL, "source_kind": "inferred"}],
        rules=rules,
        on=[True] * 6 + [False] * 4,
    )["illness"]

    assert finding.headline == (
        "6 people are chosen by illness, which is inferred, without an explicit consent on record."
    )
    assert finding.remedy == (
        "Drop the rule on illness (4 people come back), or ask these people first."
    )


@pytest.mark.parametrize(
    ("agreed", "verdict", "words"),
    [
        pytest.param(["yes"] * 10, Verdict.CLEAR, "by the column in the file", id="everybody"),
        pytest.param(["yes"] * 5 + ["no"] * 5, Verdict.FAIL, "Fewer than 5 people", id="one not"),
        pytest.param([None] * 10, Verdict.FAIL, "6 people are", id="nobody"),
        pytest.param(
            ["2026-05-01"] * 10, Verdict.CLEAR, "by the column in the file", id="a day of the yes"
        ),
    ],
)
def test_explicit_consent_by_a_column(a_case, agreed, verdict, words):
    field = {**ILL, "explicit_consent": "agreed"}
    finding = found(a_case, [field], agreed=agreed)["illness"]

    assert finding.verdict is verdict
    assert words in finding.headline


def test_explicit_consent_by_a_record_is_named_as_the_owners_word(a_case):
    finding = found(a_case, [{**ILL, "explicit_consent": "<script>C-9"}])["illness"]

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == (
        "Everybody on the list who is chosen by illness agreed to it explicitly, "
        "by the record <script>C-9."
    )


def test_a_few_people_are_not_numbered(a_case):
    finding = found(a_case, [ILL], illness=["yes"] * 3 + ["no"] * 7)["illness"]

    assert finding.verdict is Verdict.FAIL
    assert finding.headline.startswith("Fewer than 5 people are chosen by illness")
    assert finding.evidence[0].yes is None


def test_nobody_has_the_trait(a_case):
    finding = found(a_case, [ILL], illness=["no"] * 10)["illness"]

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == "Nobody on the list is chosen by illness."


@pytest.mark.parametrize(
    ("use", "verdict"),
    [
        pytest.param("measure", Verdict.ASK, id="measures"),
        pytest.param("none", None, id="serves nothing"),
    ],
)
def test_a_special_field_that_chooses_nobody_is_asked_about(a_case, use, verdict):
    finding = found(a_case, [PLAIN, {**ILL, "used_in": use}]).get("illness")

    assert (finding and finding.verdict) is verdict
    if finding:
        assert finding.headline == (
            "illness is of a special category, and is used for one thing: measure."
        )


def test_the_other_fields_are_named_as_such(a_case):
    finding = found(a_case, [PLAIN, ILL])["names"]

    assert finding.headline == "None of 1 other field hints at a special category."


def test_a_field_that_is_not_in_the_file_cannot_be_counted(a_case):
    finding = found(a_case, [{**ILL, "name": "belief"}])["belief"]

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


@pytest.mark.parametrize(
    ("recipients", "verdict"),
    [
        pytest.param(None, Verdict.CANNOT_TELL, id="not stated"),
        pytest.param([], Verdict.NOT_APPLICABLE, id="nobody"),
        pytest.param([{"name": "A", "role": "joint"}], Verdict.NOT_APPLICABLE, id="no platform"),
        pytest.param(
            [{"name": "A", "role": "platform", "receives": ["area"]}], Verdict.CLEAR, id="harmless"
        ),
        pytest.param(
            [{"name": "A", "role": "platform", "receives": ["Illness"]}], Verdict.FAIL, id="special"
        ),
    ],
)
def test_platforms(a_case, recipients, verdict):
    assert found(a_case, [PLAIN, ILL], recipients=recipients)["platforms"].verdict is verdict


def test_says_what_a_platform_gets(a_case):
    ads = {"name": "Ads", "role": "platform", "receives": ["illness"]}
    finding = found(a_case, [ILL], recipients=[ads])["platforms"]

    assert finding.headline == "1 special field is sent to a platform: illness."
    assert finding.remedy == "Take it out of what is sent: no consent lifts this."


@pytest.mark.parametrize(
    ("field", "because"),
    [
        pytest.param({"name": "healthScore"}, "the word health*", id="a word in a name"),
        pytest.param({"name": "spot", "location": "precise"}, "a precise place", id="a place"),
        pytest.param({"name": "origin", "sensitivity": 3}, "sensitivity 3", id="sensitive"),
    ],
)
def test_a_hint_only_asks(a_case, field, because):
    finding = found(a_case, [{**PLAIN, **field}])["names"]

    assert finding.verdict is Verdict.ASK
    assert finding.headline == f"1 name may tell of a special category: {field['name']}."
    assert finding.evidence[0].rows[0][2] == because


def test_rules_and_segments_are_read_for_words_too(a_case):
    finding = found(
        a_case,
        [PLAIN],
        rules=[{"column": "shop", "among": ["clinic"]}],
        segments=[{"name": "careful", "is": "people in debt"}],
    )["names"]

    assert finding.headline == "2 names may tell of a special category: shop, careful."


def test_what_is_said_to_be_special_is_not_asked_again(a_case):
    finding = found(a_case, [{**ILL, "name": "health"}], rules=[{"column": "health", "among": []}])

    assert finding["names"].verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(None, id="no fields"),
        pytest.param([{"name": "area", "used_in": "message"}], id="neither role nor sensitivity"),
    ],
)
def test_what_is_not_stated_is_never_clear(a_case, fields):
    finding = found(a_case, fields)["names"]

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_the_segments_that_carry_it_are_named(a_case):
    people = {**PEOPLE, "segment": "part"}
    finding = found(a_case, [ILL], people=people, part=["a"] * 7 + ["b"] * 3)["illness"]

    [where] = [one for one in finding.evidence if one.kind == "breakdown"]
    assert where.total == 6
