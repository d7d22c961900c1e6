"""Files in the shape that a campaign says they have: labels, stand-ins, days, lists of events."""

from __future__ import annotations

import json

import pytest

from checks.audience import Audience
from checks.campaign import Campaign
from checks.campaign.reading import read_campaign
from checks.case import Case
from checks.intake import layouts, take_in
from checks.intake.propose import WITH_CHANNEL, Meaning
from checks.people.permission import MAY, NO_RECORD, WITHDRAWN, standing
from checks.refusal import Refused

PLAIN = {
    "id": "spring",
    "name": "Spring",
    "owner": "Ana",
    "launch": "2026-12-01",
    "sector": "general",
    "effect": "opportunity",
}


@pytest.fixture
def case(tmp_path, policy):
    """Take in a campaign of files given as text: ``case({"people": {…}}, a_csv="id\\n1\\n")``."""

    def take(sections, **files):
        for name, text in files.items():
            (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
        campaign = Campaign.model_validate({**PLAIN, **sections})
        snapshot = take_in(campaign, tmp_path, tmp_path / "home")
        audience = Audience.open(snapshot.folder, campaign, policy)
        return Case(campaign=campaign, audience=audience, policy=policy)

    return take


def ages(case):
    return {count.values[0]: count.people for count in case.audience.count("age")}


TWO = {"in": "a.csv", "out": "b.csv"}
BY_LABEL = {
    "email": {
        "basis": "consent",
        "permission": {"status": "list", "granted": ["in"], "withdrawn": ["out"]},
    }
}


def test_each_file_is_a_status(case):
    people = {"file": TWO, "file_as": "list", "key": "id"}

    found = case({"people": people, "channels": BY_LABEL}, a_csv="id\n1\n2\n", b_csv="id,x\n2,y\n")

    assert standing(found, "email").people == {MAY: 1, WITHDRAWN: 1}


def test_exchanged_labels_are_other_people_data(case):
    sections = {"people": {"file": TWO, "file_as": "list", "key": "id"}, "channels": BY_LABEL}
    one = case(sections, a_csv="id\n1\n2\n3\n", b_csv="id\n4\n")
    sections["people"]["file"] = {"in": "b.csv", "out": "a.csv"}

    other = case(sections)

    assert one.audience.intake["id"] != other.audience.intake["id"]
    assert standing(one, "email").people == {MAY: 3, WITHDRAWN: 1}
    assert standing(other, "email").people == {MAY: 1, WITHDRAWN: 3}


def test_a_label_never_hides_a_column(case):
    people = {"file": TWO, "file_as": "list", "key": "id"}

    with pytest.raises(Refused, match=r'a\.csv has a column "list" already'):
        case({"people": people, "channels": BY_LABEL}, a_csv="id,list\n1,x\n", b_csv="id\n2\n")


@pytest.mark.parametrize(
    ("people", "said"),
    [
        pytest.param("{file: {in: a.csv}}", "no column to hold them", id="no column"),
        pytest.param("{file: a.csv, file_as: list}", "they have none", id="no labels"),
        pytest.param("{file: {}, file_as: list}", "An empty list", id="no files"),
        pytest.param("{file: {a: a.csv, b: a.csv}, file_as: l}", "named 2 times", id="twice"),
    ],
)
def test_labels_and_their_column_need_each_other(tmp_path, people, said):
    file = tmp_path / "campaign.yaml"
    lines = [f"{name}: {value}" for name, value in PLAIN.items()]
    file.write_text("\n".join([*lines, f"people: {people}"]), encoding="utf-8")

    with pytest.raises(Refused, match=said):
        read_campaign(file)


AGED = {"attributes": {"age": {"column": "age", "as": "age"}}}


def test_a_value_means_not_known_in_its_column_only(case):
    people = {"file": "a.csv", "missing_in": {"age": ["118"]}, **AGED}
    attributes = {**AGED["attributes"], "spent": "spent"}

    found = case(
        {"people": {**people, "attributes": attributes}}, a_csv="age,spent\n118,118\n30,5\n"
    )

    assert ages(found) == {30: 1, None: 1}
    assert found.audience.impossible_ages == 0
    assert None not in {one.values[0] for one in found.audience.count("attribute.spent")}


def test_a_column_that_is_not_there_has_no_stand_ins(case):
    with pytest.raises(Refused, match=r"people\.missing_in"):
        case({"people": {"file": "a.csv", "missing_in": {"ages": ["118"]}}}, a_csv="age\n118\n")


@pytest.mark.parametrize(
    ("dates", "age"), [("day_first", {36: 2}), ("month_first", {36: 1, 37: 1})]
)
def test_days_are_read_as_the_campaign_says(case, dates, age):
    born = {"attributes": {"age": {"column": "born", "as": "birth_date"}}}

    people = {"file": "a.csv", "dates": dates, **born}

    found = case({"people": people}, a_csv="born\n03/12/1989\n1/1/1990\n")

    assert ages(found) == age


def groups(case, name):
    return {count.values[0]: count.people for count in case.audience.count(f"attribute.{name}")}


def test_words_that_mean_the_same_are_one_group_and_it_is_said(case):
    people = {
        "file": "a.csv",
        "attributes": {"gender": "gender"},
        "same": {"gender": {"female": ["Female", "femle"]}},
    }
    rows = ["female"] * 20 + [" Female"] * 10 + ["femle"] + ["male"] * 30

    found = case({"people": people}, a_csv="\n".join(["gender", *rows, ""]))

    assert groups(found, "gender") == {"female": 31, "male": 30}
    [source] = found.audience.intake["sources"]
    said = 'In "gender", 11 values were put right, as a person said: 2 spellings.'
    assert said in source["repairs"]


@pytest.mark.parametrize(
    ("way", "written", "type_"),
    [
        pytest.param("day_first", "03/12/1989", "day", id="the day first"),
        pytest.param("month_first", "03/12/1989", "day", id="the month first"),
        pytest.param("decimal_comma", '"1,250"', "number", id="a decimal comma"),
        pytest.param("thousands_comma", '"1,250"', "integer", id="a comma between thousands"),
        pytest.param("decimal_point", "1.250", "number", id="a decimal point"),
        pytest.param("thousands_point", "1.250", "integer", id="a point between thousands"),
        pytest.param("thousands_point", "12/5", "text", id="what is no number stays"),
    ],
)
def test_a_column_is_read_in_the_way_a_person_chose(case, way, written, type_):
    people = {"file": "a.csv", "read_as": {"told": way}, "quasi_identifiers": ["told"]}

    found = case({"people": people}, a_csv=f"told,x\n{written},1\n")

    [source] = found.audience.intake["sources"]
    assert any(one.startswith('"told" was read as a person said') for one in source["repairs"])
    assert found.audience.intake["tables"]["people"]["columns"][0]["type"] == type_


@pytest.mark.parametrize(
    "people",
    [
        pytest.param({"same": {"sex": {"f": ["F"]}}}, id="same"),
        pytest.param({"read_as": {"sex": "day_first"}}, id="read_as"),
    ],
)
def test_what_a_person_said_of_a_column_that_is_not_there_is_refused(case, people):
    with pytest.raises(Refused, match=r"people\.(same|read_as)\.sex"):
        case({"people": {"file": "a.csv", **people}}, a_csv="gender\nf\n")


def test_a_list_in_a_cell_is_events(case):
    said = [
        {
            "who": 1,
            "on": "2026-05-01",
            "said": [{"to": "email", "what": "granted"}, {"to": "sms", "what": "denied"}],
        },
        {"who": 2, "said": [{"to": "sms", "what": "granted"}]},
        {"who": 3, "said": []},
    ]
    events = {
        "file": "e.jsonl",
        "key": "who",
        "each": "said",
        "channel": "said.to",
        "status": "said.what",
        "at": "on",
        "purpose": None,
    }

    found = case(
        {
            "people": {"file": "a.csv", "key": "id"},
            "channels": {"email": {"basis": "consent"}, "sms": {"basis": "consent"}},
            "permissions": events,
        },
        a_csv="id\n1\n2\n3\n",
        e_jsonl="".join(json.dumps(one) + "\n" for one in said),
    )

    assert standing(found, "email").people == {MAY: 1, NO_RECORD: 2}
    [source] = [one for one in found.audience.intake["sources"] if one["role"] == "permissions"]
    assert '3 rows hold 4 events in "said".' in source["repairs"]


@pytest.mark.parametrize("tool", sorted(layouts.tools()))
def test_a_preset_says_what_its_columns_mean(tool):
    for layout in layouts.tools()[tool]:
        for taken in (*layout.columns.values(), *layout.begins.values()):
            assert taken.because
            assert (Meaning(taken.means) in WITH_CHANNEL) is bool(taken.channel)


def test_the_presets_are_of_seven_tools():
    assert set(layouts.tools()) == {
        "HubSpot",
        "Salesforce",
        "Marketing Cloud",
        "Mailchimp",
        "Klaviyo",
        "Braze",
        "OneTrust",
    }
