"""A campaign file is read whole, or refused with every problem, its place and its cure."""

from __future__ import annotations

import json
from datetime import date

import pytest

from checks import places
from checks.campaign import Attribute
from checks.campaign.reading import SCHEMA, campaign_schema, read_campaign
from checks.refusal import Refused

HEAD = """\
id: spring
name: Spring savings
owner: ana@bank.example
launch: 2026-12-01
sector: general
effect: opportunity
"""
PEOPLE = "people: {file: people.csv, key: id}\n"
EMAIL = "channels:\n  email:\n    basis: consent\n"


@pytest.fixture
def written(tmp_path):
    def write(text):
        file = tmp_path / "campaign.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def refusal(written):
    """The problems of a campaign file, each as one sentence."""

    def read(text):
        with pytest.raises(Refused) as refused:
            read_campaign(written(text))
        return [str(problem) for problem in refused.value.problems]

    return read


def test_a_campaign_is_read(written):
    campaign = read_campaign(written(HEAD + PEOPLE + EMAIL + "regions: [NO, DE]\n"))

    assert campaign.launch == date(2026, 12, 1)
    assert campaign.regions == ("NO", "DE")
    assert campaign.channels["email"].basis == "consent"


def test_the_samples_are_read():
    samples = sorted((places.DATA / "campaigns").glob("*/campaign.yaml"))

    assert samples
    for sample in samples:
        assert read_campaign(sample).id == sample.parent.name


def test_numbers_where_words_belong_are_read_as_written(written):
    people = "people: {file: 2024.10, attributes: {age: {column: 7, bands: [18, 65]}}}\n"
    rules = "rules: [{column: postcode, not_among: [01067, true]}]\n"

    campaign = read_campaign(written(HEAD + people + rules))

    assert campaign.people.file == "2024.10"
    assert campaign.people.attributes["age"] == Attribute(column="7", bands=(18, 65))
    assert campaign.rules[0].not_among == ("01067", "true")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(
            HEAD + PEOPLE + EMAIL + "    permission: {satus: email_ok}\n",
            'campaign.yaml, channels.email.permission.satus: "satus" is not a name that is known'
            ' here. Did you mean "status"?',
            id="a misspelt name",
        ),
        pytest.param(
            HEAD.replace("general", "credt") + PEOPLE,
            'campaign.yaml, sector: "credt" is not a value that is known here.'
            ' Did you mean "credit"?',
            id="a misspelt value",
        ),
        pytest.param(
            HEAD.replace("2026-12-01", ".nan") + PEOPLE,
            'campaign.yaml, launch: ".nan" was found. Write a day such as 2026-12-01.',
            id="no day",
        ),
        pytest.param(
            HEAD.replace("2026-12-01", "20261201") + PEOPLE,
            "campaign.yaml, launch: 20261201 was found. Write a day such as 2026-12-01.",
            id="a number is no day",
        ),
        pytest.param(
            HEAD.replace("2026-12-01", "2026-02-30") + PEOPLE,
            'campaign.yaml, launch: "2026-02-30" was found. Write a day such as 2026-12-01.',
            id="a day that does not exist",
        ),
        pytest.param(
            HEAD.replace("owner: ana@bank.example\n", "") + PEOPLE,
            "campaign.yaml, owner: It is missing. Add “owner:” with a word or text.",
            id="a missing name",
        ),
        pytest.param(
            HEAD + "people: {file: people.csv, complete: yes}\n",
            'campaign.yaml, people.complete: "yes" was found. Write true or false, without quotes.',
            id="yes is not true",
        ),
        pytest.param(
            HEAD + PEOPLE + "channels: {emial: {basis: consent}}\n",
            'campaign.yaml, channels.emial: "emial" is not a name that is known here.'
            ' Did you mean "email"?',
            id="a misspelt channel",
        ),
        pytest.param(
            HEAD + PEOPLE + EMAIL + "    touches: -1\n",
            "campaign.yaml, channels.email.touches: -1 was found. Write a number of at least 0.",
            id="fewer than no messages",
        ),
        pytest.param(
            HEAD + "people: {file: p.csv, attributes: {age: {colum: age}}}\n",
            'campaign.yaml, people.attributes.age.colum: "colum" is not a name that is known here.'
            ' Did you mean "column"?',
            id="a misspelt name where there is a choice of shapes",
        ),
        pytest.param(
            HEAD + "people: {file: p.csv, targeted: {column: a, among: []}}\n",
            "campaign.yaml, people.targeted.among: A list of 0 was found. Name at least 1.",
            id="among nothing",
        ),
        pytest.param(
            HEAD.replace("spring\n", "Spring Savings\n") + PEOPLE,
            'campaign.yaml, id: "Spring Savings" was found.'
            " Use only small letters a to z, digits and hyphens, 64 at most.",
            id="an id with blanks",
        ),
        pytest.param(
            HEAD + "people: {}\n",
            "campaign.yaml, people: It names no people."
            " Add “file:” with the name of the people file.",
            id="no people",
        ),
        pytest.param(
            HEAD + "people: {file: a.csv, snapshot: abc}\n",
            "campaign.yaml, people: It names a file and a snapshot. Keep one of the two.",
            id="two sources",
        ),
        pytest.param(
            HEAD + "people: {file: [a.csv, a.csv]}\n",
            'campaign.yaml, people.file: "a.csv" is named 2 times. Name each file once.',
            id="one file twice",
        ),
        pytest.param(
            HEAD + "people: {file: a.csv, attributes: {age: {column: a, bands: [18, 65, 25]}}}\n",
            "campaign.yaml, people.attributes.age.bands: The bands 18, 65, 25 do not rise."
            " Write the lower end of each band, the smallest first, each once.",
            id="bands out of order",
        ),
        pytest.param(
            HEAD + PEOPLE + "time_zone: Europe/Berln\n",
            'campaign.yaml, time_zone: "Europe/Berln" is not a time zone.'
            ' Did you mean "Europe/Berlin"?',
            id="a misspelt time zone",
        ),
        pytest.param(
            HEAD + PEOPLE + "time_zone: ../../etc/passwd\n",
            'campaign.yaml, time_zone: "../../etc/passwd" is not a time zone.'
            " Write one such as Europe/Berlin.",
            id="a path is no time zone",
        ),
        pytest.param(
            HEAD + PEOPLE + "regions: [Germany]\n",
            'campaign.yaml, regions[0]: "Germany" is not the code of a region.'
            " Write codes such as DE or US-CA.",
            id="a region by its name",
        ),
        pytest.param(
            HEAD + PEOPLE + "rules: [{column: balance}]\n",
            "campaign.yaml, rules[0]: The rule says nothing about its column."
            " Add at_least, at_most, among or not_among.",
            id="a rule without a limit",
        ),
        pytest.param(
            HEAD + PEOPLE + "rules: [{column: balance, at_least: 5, at_most: 1}]\n",
            "campaign.yaml, rules[0]: Nobody can have at least 5 and at most 1."
            " Exchange the two numbers, or keep one.",
            id="a rule nobody meets",
        ),
        pytest.param(
            HEAD + PEOPLE + EMAIL + "    permission: {status: s, granted: [ok], denied: [OK]}\n",
            'campaign.yaml, channels.email.permission.denied: "OK" stands under granted as well.'
            " Keep it under one of them.",
            id="a word with two meanings",
        ),
        pytest.param(
            HEAD + PEOPLE + EMAIL + "    send: {from: 25:00}\n",
            'campaign.yaml, channels.email.send.from: "25:00" is not a time of day.'
            " Write a time such as 09:30.",
            id="no time of day",
        ),
        pytest.param(
            HEAD + PEOPLE + "suppression: {file: no.csv, column: suppressed}\n",
            "campaign.yaml, suppression: It names a file and a column of the people file."
            " Keep “file:” with “key:”, or “column:”.",
            id="suppression from two places",
        ),
        pytest.param(
            HEAD + PEOPLE + "segments: [{name: young}, {name: young}]\n",
            'campaign.yaml, segments: "young" is described 2 times. Describe each segment once.',
            id="a segment twice",
        ),
        pytest.param(
            HEAD + PEOPLE + "calendar: [{from: 2026-12-24, to: 2026-12-01}]\n",
            "campaign.yaml, calendar[0]: It ends on 2026-12-01, before it begins on 2026-12-24."
            " Exchange the two days.",
            id="days the wrong way round",
        ),
    ],
)
def test_a_problem_is_told_with_its_place_and_cure(refusal, text, sentence):
    assert refusal(text) == [sentence]


def test_all_problems_are_told_at_once(refusal):
    text = HEAD.replace("opportunity", "chance").replace("name: Spring savings\n", "")

    told = refusal(text + PEOPLE + "time_zone: Mars\nextra: 1\nregions: [Germany]\n")

    assert [problem.split(":")[0] for problem in told] == [
        "campaign.yaml, name",
        "campaign.yaml, effect",
        "campaign.yaml, extra",
        "campaign.yaml, regions[0]",
        "campaign.yaml, time_zone",
    ]


def test_a_long_or_strange_value_is_shortened(refusal):
    [told] = refusal(HEAD.replace("general", "x" * 500) + PEOPLE)

    assert len(told) < 260


def test_the_schema_for_editors_is_current():
    written = (places.DATA / "schema" / SCHEMA).read_text(encoding="utf-8")

    assert json.loads(written) == campaign_schema(), "call checks.reading.write_schema()"
