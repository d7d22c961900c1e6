"""Which part each of several files plays, and the campaign file that they make together."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

from checks.audience import Audience
from checks.campaign.reading import read_campaign
from checks.case import Case
from checks.drafts.gathering import gathered
from checks.intake import roles, take_in
from checks.intake.propose import propose
from checks.intake.roles import Part
from checks.intake.survey import survey
from checks.people.permission import MAY, SUPPRESSED, WITHDRAWN, standing
from checks.refusal import Refused
from tests.checks.test_propose import some_facts

PEOPLE = "customer_id,in_campaign,gender,email\n1,true,f,a@x.example\n2,true,m,b@x.example\n"
EVENTS = "customer_id,channel,status,at\n1,email,granted,2026-01-01\n2,email,withdrawn,2026-01-02\n"


@pytest.fixture
def brought(tmp_path):
    """Files as they are brought, by name: ``brought(people_csv="id\\n1\\n")``."""

    def bring(**files):
        told = {}
        for name, text in files.items():
            file = tmp_path / name.replace("_csv", ".csv")
            file.write_text(text, encoding="utf-8")
            told[file.name] = propose(survey(file, file.name))
        return told

    return bring


@pytest.fixture
def taken(tmp_path, policy, brought):
    """The case that brought files make, each in the part that was proposed for it."""

    def take(facts=None, parts=None, **files):
        told = gathered(brought(**files), facts or some_facts(), parts)
        (tmp_path / "campaign.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
        campaign = read_campaign(tmp_path / "campaign.yaml")
        snapshot = take_in(campaign, tmp_path, tmp_path / "home")
        audience = Audience.open(snapshot.folder, campaign, policy)
        return Case(campaign=campaign, audience=audience, policy=policy)

    return take


@pytest.mark.parametrize(
    ("name", "text", "role", "columns"),
    [
        pytest.param(
            "consent_events",
            EVENTS,
            "permissions",
            {"key": "customer_id", "status": "status", "at": "at", "channel": "channel"},
            id="what people said",
        ),
        pytest.param(
            "contacts_90d",
            "customer_id,sent_at,channel,campaign\n1,2026-01-01,email,spring\n",
            "contacts",
            {"key": "customer_id", "at": "sent_at", "channel": "channel", "campaign": "campaign"},
            id="contacts",
        ),
        pytest.param(
            "march",
            "customer_id,converted,complained\n1,true,false\n",
            "outcomes",
            {"key": "customer_id", "converted": "converted", "complained": "complained"},
            id="outcomes by their columns",
        ),
        pytest.param(
            "signals", "customer_id,gpc\n1,true\n", "signals",
            {"key": "customer_id", "gpc": "gpc"}, id="signals",
        ),
        pytest.param(
            "do-not-contact", "customer_id,reason\n1,asked\n", "suppression",
            {"key": "customer_id", "kind": "reason"}, id="a list of refusals by its name",
        ),
        pytest.param(
            "x", "customer_id\n1\n", "suppression", {"key": "customer_id"}, id="a bare list",
        ),
    ],
)  # fmt: skip
def test_a_side_file_is_told_by_its_name_or_its_columns(brought, name, text, role, columns):
    files = brought(people_csv=PEOPLE, **{f"{name}_csv": text})

    parts = roles.parts(files)

    assert parts["people.csv"].role == "people"
    assert parts[f"{name}.csv"].role == role
    assert parts[f"{name}.csv"].columns == columns
    assert parts[f"{name}.csv"].because


def test_the_people_are_told_by_what_only_they_have(brought):
    parts = roles.parts(brought(list_csv="customer_id\n1\n", everyone_csv=PEOPLE))

    assert parts["everyone.csv"].because == "it describes people: “in_campaign”, “gender”"


def test_without_people_the_first_unsure_file_holds_them(brought):
    parts = roles.parts(brought(a_csv="customer_id\n1\n"))

    assert parts["a.csv"].role == "people"


def test_two_files_of_people_are_one_table(taken):
    more = PEOPLE.replace("\n1,", "\n3,").replace("\n2,", "\n4,")

    case = taken(north_csv=PEOPLE, south_csv=more)

    assert case.campaign.people.file == ("north.csv", "south.csv")
    assert case.audience.people == 4


def test_files_whose_names_are_statuses_say_what_everybody_in_them_answered(taken):
    case = taken(
        subscribed_csv="customer_id,gender\n1,f\n2,m\n",
        unsubscribed_csv="customer_id,gender,left\n3,f,2026-01-01\n",
    )

    assert standing(case, "email").people == {MAY: 2, WITHDRAWN: 1}


def test_events_beside_people_decide_who_may_be_contacted(taken):
    case = taken(people_csv=PEOPLE, consent_events_csv=EVENTS)

    assert standing(case, "email").people == {MAY: 1, WITHDRAWN: 1}


def test_answers_without_a_channel_are_about_every_one(taken):
    events = "customer_id,status,at\n1,granted,2026-01-01\n2,withdrawn,2026-01-02\n"
    facts = some_facts(channels={"email": "consent", "sms": "consent"})

    case = taken(facts, people_csv=PEOPLE, consents_csv=events)

    assert case.campaign.permissions.channel is None
    for channel in ("email", "sms"):
        assert standing(case, channel).people == {MAY: 1, WITHDRAWN: 1}


def test_a_list_of_addresses_meets_people_by_their_address(taken):
    case = taken(people_csv=PEOPLE, suppressed_csv="email,since\nB@X.example,2026-01-01\n")

    assert case.campaign.suppression.matches.as_ == "email"
    assert standing(case, "email").people[SUPPRESSED] == 1


def test_a_file_that_is_left_out_is_not_read(taken, brought):
    files = {"people_csv": PEOPLE, "consent_events_csv": EVENTS}
    parts = roles.parts(brought(**files))
    parts["consent_events.csv"] = replace(parts["consent_events.csv"], role=roles.LEFT_OUT)

    assert taken(parts=parts, **files).campaign.permissions is None


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        pytest.param(
            {n: Part(role="contacts" if n != "a.csv" else "people", because="")
             for n in ("a.csv", "b.csv", "c.csv")},
            "Two files would be the contacts file", id="two of a kind",
        ),
        pytest.param(
            {n: Part(role="leave_out", because="") for n in ("a.csv", "b.csv", "c.csv")},
            "None of the files holds the people", id="nobody",
        ),
        pytest.param(
            {n: Part(role="people", because="", label="subscribed") for n in ("a.csv", "b.csv")}
            | {"c.csv": Part(role="leave_out", because="")},
            "the same status as a.csv", id="one status twice",
        ),
        pytest.param(
            {"a.csv": Part(role="people", because="", label="subscribed"),
             "b.csv": Part(role="people", because=""), "c.csv": Part(role="leave_out", because="")},
            "Which status it holds cannot be told", id="a file without a status",
        ),
    ],
)  # fmt: skip
def test_parts_that_do_not_fit_together_are_refused(brought, parts, said):
    files = brought(**dict.fromkeys(("a_csv", "b_csv", "c_csv"), "customer_id\n1\n"))

    with pytest.raises(Refused, match=said):
        gathered(files, some_facts(), parts)
