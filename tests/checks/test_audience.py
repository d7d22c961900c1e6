"""The people: who is on the list, in which group, how many."""

from __future__ import annotations

import pytest

from checks.audience import SMALLER, Count, answers
from checks.audience.engine import DuckDB
from checks.conditions import Is
from checks.refusal import Refused


def crowd(a_case, people=None, **columns):
    return a_case({"people": people or {}}, **columns).audience


def test_nobody_at_all(a_case):
    empty = a_case().audience

    assert (empty.rows, empty.people, empty.targeted) == (0, 0, 0)
    assert empty.count() == (Count((), 0),)
    assert empty.count("targeted") == ()
    assert not empty.has_base


def test_a_header_only(a_case):
    empty = crowd(a_case, {"attributes": {"gender": "g"}, "targeted": "on"}, g=[], on=[])

    assert (empty.people, empty.groups("gender")) == (0, ())


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([True, True, False, None], id="true and false"),
        pytest.param([1, 1, 0, None], id="1 and 0"),
        pytest.param(["Yes", " y ", "NO", ""], id="words"),
        pytest.param(["t", "TRUE", "f", "unknown"], id="other words, and not known"),
    ],
)
def test_on_the_list_in_many_spellings(a_case, values):
    assert crowd(a_case, {"targeted": "on"}, on=values).targeted == 2


def test_without_a_list_column_all_are_on_it(a_case):
    everyone = crowd(a_case, x=[1, 2, 3])

    assert everyone.targeted == 3
    assert not everyone.has_base


def test_on_the_list_are_some_words_of_a_column(a_case):
    arms = ["Mens E-Mail"] * 3 + ["Womens E-Mail"] * 4 + ["No E-Mail"] * 5
    targeted = {"column": "segment", "among": ["Mens E-Mail", "Womens E-Mail"]}

    audience = crowd(a_case, {"targeted": targeted, "segment": "segment"}, segment=arms)

    assert audience.targeted == 7
    assert audience.segments == ("Mens E-Mail", "Womens E-Mail")


def test_a_word_that_is_neither_yes_nor_no_is_refused(a_case):
    with pytest.raises(Refused, match="2 values that are neither yes nor no") as refused:
        crowd(a_case, {"targeted": "on"}, on=["oui", "peut-être", "no"])

    [problem] = refused.value.problems
    assert problem.where == "campaign.yaml, people.targeted"
    assert "oui" not in str(refused.value)


@pytest.mark.parametrize(
    ("on", "complete", "base"),
    [
        pytest.param(0, False, False, id="nobody"),
        pytest.param(1, False, True, id="one"),
        pytest.param(98, False, True, id="two short of all"),
        pytest.param(99, False, False, id="99 of 100 is the full list"),
        pytest.param(100, False, False, id="all"),
        pytest.param(100, True, True, id="all, and the file is complete"),
        pytest.param(0, True, True, id="nobody, and the file is complete"),
    ],
)
def test_whether_it_is_known_who_was_left_out(a_case, on, complete, base):
    people = {"targeted": "on", "complete": complete}

    assert crowd(a_case, people, on=[True] * on + [False] * (100 - on)).has_base is base


def test_groups_are_trimmed_and_the_unknown_is_none_of_them(a_case):
    words = [" f", "f "] * 5 + ["m"] * 10 + ["prefer not to say"] * 10
    unknown = ["", None, "Unknown", " N/A "]

    audience = crowd(a_case, {"attributes": {"gender": "g"}}, g=words + unknown)

    assert audience.groups("gender") == ("f", "m", "prefer not to say")
    assert audience.count("attribute.gender") == (
        Count(("f",), 10),
        Count(("m",), 10),
        Count(("prefer not to say",), 10),
        Count((None,), 4),
    )


def test_what_means_not_known_is_the_campaigns_to_say(a_case):
    people = {"attributes": {"gender": "g"}, "missing": ["-1", "x"]}

    audience = crowd(a_case, people, g=[-1] * 4 + [0] * 10 + [1] * 10)

    assert audience.count("attribute.gender") == (
        Count(("0",), 10),
        Count(("1",), 10),
        Count((None,), 4),
    )


def test_small_groups_are_merged_and_named(a_case):
    groups = ["big"] * 10 + ["nine"] * 9 + ["one"] + ["wide"] * 11

    audience = crowd(a_case, {"attributes": {"area": "area"}}, area=groups)

    assert audience.groups("area") == ("big", "wide", SMALLER)
    assert audience.merged("area") == ("nine", "one")
    assert audience.total(Is("attribute.area", SMALLER)) == 10
    assert audience.total(Is("attribute.area", "nine")) == 0


def test_a_group_is_small_by_its_people_in_the_file_not_on_the_list(a_case):
    people = {"attributes": {"area": "area"}, "targeted": "on"}

    audience = crowd(a_case, people, area=["a"] * 10, on=[True] + [False] * 9)

    assert audience.groups("area") == ("a",)
    assert audience.merged("area") == ()


def test_many_tiny_groups_are_no_category_and_are_not_named(a_case):
    names = [f"Person {n}" for n in range(101)]

    audience = crowd(a_case, {"attributes": {"area": "area"}}, area=names)

    assert audience.groups("area") == (SMALLER,)
    assert not set(audience.merged("area")) & set(names)


def test_numbers_order_by_size(a_case):
    values = [10] * 10 + [9] * 10 + [100] * 10

    assert crowd(a_case, {"attributes": {"n": "n"}}, n=values).groups("n") == ("9", "10", "100")


def test_bands_are_named_by_their_ends(a_case):
    attribute = {"column": "balance", "bands": [100, 1000]}
    values = [99.99] * 10 + [100] * 11 + [999] * 1 + [1000] * 13 + [None] * 2 + [float("nan")]

    audience = crowd(a_case, {"attributes": {"money": attribute}}, balance=values)

    assert audience.count("attribute.money") == (
        Count(("under 100",), 10),
        Count(("100 to 999",), 12),
        Count(("1000 and over",), 13),
        Count((None,), 3),
    )


def test_segments_come_as_declared_then_as_found(a_case):
    sections = {
        "people": {"targeted": "on", "segment": "s"},
        "segments": [{"name": "young"}, {"name": "absent"}, {"name": "old"}],
    }
    column = ["old", "young", "extra", "off", ""]

    audience = a_case(sections, s=column, on=[True, True, True, False, True]).audience

    assert audience.segments == ("young", "old", "extra")
    assert audience.count("segment", where=Is("targeted", True))[-1] == Count((None,), 1)


def test_without_a_segment_column_there_are_no_segments(a_case):
    audience = crowd(a_case, x=[1])

    assert audience.segments == ()
    assert not audience.has("segment")


def test_a_fact_exists_only_where_its_column_does(a_case):
    sections = {
        "people": {"attributes": {"gender": "g", "age": {"column": "y", "as": "birth_year"}}},
        "channels": {"email": {"basis": "consent", "permission": {"status": "s", "proof": "p"}}},
    }

    audience = a_case(sections, g=["f"] * 10, s=["yes"] * 10).audience

    assert audience.has("attribute.gender")
    assert audience.has("email.status")
    assert not audience.has("attribute.age")
    assert not audience.has("age")
    assert not audience.has("email.proof")
    assert not audience.has("suppressed")
    assert audience.groups("gender") == ("f",)


def test_a_column_the_list_rests_on_must_be_there(a_case):
    people = {"key": "custmer_id", "targeted": "chosen"}

    with pytest.raises(Refused) as refused:
        crowd(a_case, people, customer_id=[1], on=[True])

    key, targeted = refused.value.problems
    assert key.where == "campaign.yaml, people.key"
    assert key.what == "The people file has no column “custmer_id”."
    assert key.cure == "Did you mean “customer_id”?"
    assert targeted.where == "campaign.yaml, people.targeted"
    assert targeted.cure == "Name a column that the file has."


@pytest.mark.parametrize(
    ("rule", "met"),
    [
        pytest.param({"column": "n", "at_least": 20}, 2, id="at least, the limit included"),
        pytest.param({"column": "n", "at_most": 20}, 2, id="at most, the limit included"),
        pytest.param({"column": "n", "at_least": 11, "at_most": 29}, 1, id="between"),
        pytest.param({"column": "w", "among": ["a", "b"]}, 2, id="among"),
        pytest.param({"column": "w", "not_among": ["a"]}, 3, id="not among: unknown is let in"),
        pytest.param({"column": "t", "at_least": 20}, 2, id="numbers in text"),
    ],
)
def test_who_meets_a_rule(a_case, rule, met):
    columns = {
        "n": [10, 20, 30, None],
        "w": ["a", "b", "c", None],
        "t": ["10", "20.0", "30 ", "many"],
    }

    audience = a_case({"rules": [rule]}, **columns).audience

    assert audience.total(Is("rule.0", True)) == met
    assert audience.total(Is("rule.0", False)) == 4 - met


def test_flags_language_and_columns_in_use(a_case):
    sections = {
        "people": {
            "language": "lang",
            "vulnerable": {"debt": "d", "ill": {"column": "i", "exclude": True}},
            "quasi_identifiers": ["plz"],
        },
        "fields": [{"name": "plan"}, {"name": "joined"}, {"name": "absent"}],
    }

    audience = a_case(
        sections,
        lang=["de"] * 6 + ["fr"] * 6,
        d=["yes"] * 2 + ["no"] * 10,
        i=["ward 3"] + [None] * 11,
        plz=["10115"] * 11 + ["99999"],
        plan=["free"] * 12,
        joined=["2026-01-01"] * 12,
    ).audience

    assert audience.count("language") == (Count(("de",), 6), Count(("fr",), 6))
    assert audience.total(Is("vulnerable.debt", True)) == 2
    assert audience.total(Is("vulnerable.ill", True)) == 1
    assert audience.count("quasi.plz") == (Count(("10115",), 11), Count(("rare value 1",), 1))
    assert audience.total(Is("quasi.plz", "99999")) == 1
    assert audience.has("field.plan")
    assert not audience.has("field.absent")


@pytest.fixture
def asked(monkeypatch):
    """Every statement that reaches the database from here on."""
    statements = []
    run = DuckDB.run

    def spy(engine, statement, values=None):
        statements.append(statement)
        return run(engine, statement, values)

    monkeypatch.setattr(DuckDB, "run", spy)
    return statements


def test_an_answer_given_once_is_kept(a_case, asked):
    audience = crowd(a_case, {"targeted": "on"}, on=[True, False])
    first = audience.count("targeted")
    asked.clear()

    assert audience.count("targeted") is first
    assert asked == []


def test_answers_kept_are_bounded(a_case, asked, monkeypatch):
    monkeypatch.setattr(answers, "REMEMBERED", 2)
    audience = crowd(a_case, {"region": "r"}, r=["a", "b"])
    for place in ("a", "b", "c"):
        audience.total(Is("region", place))
    asked.clear()

    assert audience.total(Is("region", "c")) == 0
    assert asked == []
    assert audience.total(Is("region", "a")) == 1
    assert len(asked) == 1


def test_what_intake_said_holds_no_value(a_case):
    record = crowd(a_case, word=["secret"]).intake

    assert record["sources"][0]["rows"] == 1
    assert "secret" not in repr(record)


def test_a_misspelt_word_for_the_list_is_refused(a_case):
    targeted = {"column": "arm", "among": ["Mens Email", "Womens E-Mail"]}

    with pytest.raises(Refused) as refused:
        crowd(a_case, {"targeted": targeted}, arm=["Mens E-Mail", "Womens E-Mail", "None"])

    [problem] = refused.value.problems
    assert problem.where == "campaign.yaml, people.targeted.among"
    assert problem.what == "No row of the column “arm” holds “Mens Email”."
    assert problem.cure == "Did you mean “Mens E-Mail”?"


def test_a_word_for_the_list_that_nobody_has_leaves_the_list_empty(a_case):
    targeted = {"column": "arm", "among": ["chosen"]}

    assert crowd(a_case, {"targeted": targeted}, arm=["Mens", "Womens"]).targeted == 0
