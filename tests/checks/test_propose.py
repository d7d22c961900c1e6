"""What columns are taken for, and the campaign file that comes of it."""

from __future__ import annotations

import pytest
import yaml

from checks.campaign import Campaign
from checks.drafts.drafting import Facts, campaign, slug
from checks.drafts.template import template
from checks.intake.propose import Meaning, Profile, propose
from checks.intake.survey import survey
from checks.refusal import Refused


def a_profile(name, *, rows=100, filled=100, distinct=3, values=(), **told):
    return Profile(
        name=name,
        rows=rows,
        filled=filled,
        distinct=distinct,
        values=values,
        **{"type": "text", **told},
    )


@pytest.mark.parametrize(
    ("profile", "meaning", "sure"),
    [
        pytest.param(a_profile("customerID", distinct=100), Meaning.KEY, True, id="a key"),
        pytest.param(a_profile("customer_id", distinct=99), Meaning.KEY, False, id="repeated key"),
        pytest.param(a_profile("in_campaign", distinct=2), Meaning.TARGETED, True, id="the list"),
        pytest.param(a_profile("Birth Year", type="integer"), Meaning.BIRTH_YEAR, True, id="year"),
        pytest.param(a_profile("birth_year"), Meaning.BIRTH_YEAR, False, id="year as text"),
        pytest.param(a_profile("e-mail opt-in"), Meaning.PERMISSION, True, id="a permission"),
        pytest.param(a_profile("email_at", type="day"), Meaning.GIVEN, True, id="day of a yes"),
        pytest.param(a_profile("Marital_Status"), Meaning.ATTRIBUTE, True, id="no permission"),
        pytest.param(a_profile("First Name"), Meaning.LEAVE_OUT, True, id="a name"),
        pytest.param(a_profile("blurb", distinct=99), Meaning.LEAVE_OUT, False, id="free text"),
        pytest.param(a_profile("z_17"), Meaning.OTHER, False, id="nothing known"),
    ],
)
def test_takes_a_column_for(profile, meaning, sure):
    [proposal] = propose([profile])

    assert (proposal.meaning, proposal.sure) == (meaning, sure)


def test_only_one_column_is_the_segment():
    older, plain = propose([a_profile("history_segment"), a_profile("segment")])

    assert (older.meaning, plain.meaning) == (Meaning.OTHER, Meaning.SEGMENT)


def test_shows_what_a_column_looks_like():
    [proposal] = propose([a_profile("gender", filled=90, values=(("f", 50), ("m", 40)))])

    assert proposal.looks == "3 values: f (50), m (40). 10 of 100 rows are empty."


def test_a_survey_counts_columns(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("id,born,note\n1,1980,a\n2,1990,\n3,1980,b\n", encoding="utf-8")

    key, born, note = survey(file, "x.csv")

    assert (key.rows, key.filled, key.distinct, key.type) == (3, 3, 3, "integer")
    assert born.values == (("1980", 2), ("1990", 1))
    assert (note.filled, note.distinct) == (2, 2)


def test_a_template_tells_what_was_done_to_a_file(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text('id,born\n1,"1980\n2,1990\n', encoding="utf-8")

    told = template([file])

    assert "#   people.csv: In 1 row a quote that has no partner was read as a letter" in told


def test_a_survey_refuses_what_is_not_whole(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text('id,born\n1,2,"1980\n', encoding="utf-8")

    with pytest.raises(Refused, match="never closed"):
        survey(file, "x.csv")


def some_facts(**other):
    return Facts(
        **{
            "id": "spring",
            "name": "Spring",
            "owner": "Ana",
            "launch": "2026-12-01",
            "sector": "general",
            "effect": "opportunity",
            "regions": ("DE",),
            "channels": {"email": "consent"},
            "complete": True,
            **other,
        }
    )


def test_the_draft_is_a_campaign():
    columns = propose(
        [
            a_profile("customer_id", distinct=100),
            a_profile("in_campaign", distinct=2),
            a_profile("birth_year", type="integer"),
            a_profile("gender"),
            a_profile("area"),
            a_profile("email_status"),
            a_profile("email_at", type="day"),
            a_profile("emails_7d", type="integer"),
        ]
    )

    drafted = Campaign.model_validate(campaign(columns, some_facts(), "people.csv"))

    assert drafted.people.key == "customer_id"
    assert drafted.people.quasi_identifiers == ("age", "gender", "area")
    assert drafted.channels["email"].permission.given == "email_at"
    assert drafted.contacts.email_7d == "emails_7d"


def test_the_refused_come_from_a_file_or_a_column():
    columns = propose([a_profile("suppressed", distinct=2)])

    by_column = campaign(columns, some_facts(), "people.csv")
    by_file = campaign(
        columns, some_facts(), "people.csv", beside={"suppression": {"file": "no.csv", "key": "id"}}
    )

    assert by_column["suppression"] == {"column": "suppressed"}
    assert by_file["suppression"] == {"file": "no.csv", "key": "id"}


def test_an_id_is_never_given_twice():
    assert slug("Spring!", taken=["spring", "spring-2"]) == "spring-3"


def test_a_template_leaves_open_what_no_file_tells(tmp_path):
    people, refused = tmp_path / "our_people.csv", tmp_path / "no.csv"
    people.write_text("id,in_campaign,sms_status\n1,true,yes\n2,false,no\n", encoding="utf-8")
    refused.write_text("id\n2\n", encoding="utf-8")

    text = template([people, refused])

    told = yaml.safe_load(text)
    assert told["launch"] is None
    assert told["people"]["targeted"] == "in_campaign"
    assert told["suppression"] == {"file": "no.csv", "key": "id"}
    assert "launch:  # ?" in text
