"""Lists leave a review: by owner or preparer only, on record, whole or not at all, no key told."""

from __future__ import annotations

import csv
import hashlib
import json
import logging
import shutil
import stat
import subprocess

import pytest

from checks import places
from checks.runs.run import run_campaign
from review.commands.desk import Desk, NotTaken
from review.document import report
from review.lists.leaving import lying, make_lists
from review.record import Actor, Decision, Role
from review.store.secret import keyed_hash, secret
from tests.review.builders import ANA, COVERED, ITO, MIRA, NOON, WEBER, agreed

CANARY = "canary7391"
CAMPAIGN = """\
id: spring
name: Spring savings
owner: Ana
launch: 2026-12-01
sector: general
effect: opportunity
people: {file: people.csv, key: id, targeted: on_list}
channels:
  email:
    basis: consent
    permission: {status: said, given: at, proof: ref}
suppression: {file: stop.csv, key: id}
"""


def a_row(number):
    said = "withdrawn" if number % 10 == 3 else "granted"
    return f"{CANARY}-{number},{'true' if number % 2 else 'false'},{said},2026-06-01,form"


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """A campaign of forty people, twenty of them on the list, after its run: (folder, run)."""
    folder = tmp_path_factory.mktemp("checked")
    file = folder / "campaign.yaml"
    file.write_text(CAMPAIGN, encoding="utf-8")
    people = "\n".join(["id,on_list,said,at,ref", *map(a_row, range(40))])
    file.with_name("people.csv").write_text(f"{people}\n", encoding="utf-8")
    file.with_name("stop.csv").write_text(f"id\n{CANARY}-5\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANDOR_HOME", str(folder / "home"))
        patch.delenv("CANDOR_POLICY", raising=False)
        return folder, run_campaign(file, places.policy_file())


@pytest.fixture
def campaign(checked, tmp_path, monkeypatch):
    """The campaign file of a test, in a home of its own."""
    shutil.copytree(checked[0], tmp_path / "one")
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "one/home"))
    monkeypatch.delenv("CANDOR_POLICY", raising=False)
    return tmp_path / "one/campaign.yaml"


@pytest.fixture
def desk(a_desk, checked, campaign):
    """A desk with the run of this campaign on record."""
    made = a_desk(COVERED)
    made.record_run(checked[1], by=MIRA, now=NOON)
    assert campaign.is_file()
    return made


def ask(desk, campaign, by=ANA, channel="email"):
    return make_lists(desk, "spring", channel, file=campaign, by=by, now=NOON)


def events(desk):
    return [json.loads(one["event"]) for one in json.loads(desk.bundle("spring"))["events"]]


def files():
    return sorted(places.lists("spring").glob("**/*"))


def test_the_owner_is_told_how_many_people_and_where_the_files_lie(desk, campaign):
    told = ask(desk, campaign)

    assert told == (
        "15 people may be contacted (email-revision-1-contact.csv). "
        "5 people are taken off, each with the reason (email-revision-1-removed.csv). "
        f"Both files lie in {places.lists('spring').resolve()}."
    )
    contact, removed = lying(desk.review("spring"), "email")
    assert files() == [contact, removed]
    with contact.open(encoding="utf-8", newline="") as opened:
        keys = [row[0] for row in csv.reader(opened)]
    assert keys[0] == "id"
    assert len(keys) == 1 + 15
    assert f"{CANARY}-5" not in keys


def test_the_files_are_for_the_owner_of_the_installation_only(desk, campaign):
    ask(desk, campaign)

    folder = places.lists("spring")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in files()} == {0o600}
    assert stat.S_IMODE(places.keys().stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in places.keys().iterdir()} == {0o600}


def test_the_event_holds_counts_and_hashes(desk, campaign):
    ask(desk, campaign, by=MIRA)

    event = events(desk)[-1]
    assert event["kind"] == "lists_made"
    assert (event["kept"], event["removed"], event["revision"]) == ({"email": 15}, {"email": 5}, 1)
    key = secret("spring", places.keys())
    assert event["files"] == {one.name: keyed_hash(key, one) for one in files()}


def test_who_guesses_a_short_list_cannot_try_it_on_the_record(desk, campaign):
    ask(desk, campaign)

    plain = {hashlib.sha256(one.read_bytes()).hexdigest() for one in files()}
    assert not plain & set(events(desk)[-1]["files"].values())
    assert secret("spring", places.keys()) != secret("autumn", places.keys())


@pytest.mark.parametrize("role", [role for role in Role if not role.inside])
def test_others_are_refused_on_record_and_nothing_is_written(desk, campaign, role):
    other = Actor(name="Somebody", role=role)

    with pytest.raises(NotTaken, match="Only the owner or the preparer may make lists of people"):
        ask(desk, campaign, by=other)

    assert files() == []
    assert events(desk)[-1]["kind"] == "refused"
    assert "wanted to make the cleaned lists" in desk.review("spring").timeline[-1].sentence


def test_the_event_alone_is_refused_to_others_too(desk):
    with pytest.raises(NotTaken, match="Only the owner"):
        desk.lists_made("spring", kept={"email": 1}, removed={"email": 0}, by=ITO, now=NOON)

    assert "lists_made" not in {event["kind"] for event in events(desk)}


def test_what_cannot_be_put_on_record_does_not_leave(desk, campaign, monkeypatch):
    def moved(*_, **__):
        raise NotTaken("The review moved on.")

    monkeypatch.setattr(Desk, "lists_made", moved)
    with pytest.raises(NotTaken, match="moved on"):
        ask(desk, campaign)

    assert files() == []


def test_a_review_that_moved_on_meanwhile_is_refused(desk):
    with pytest.raises(NotTaken, match="moved on while the lists were made"):
        desk.lists_made("spring", kept={}, removed={}, revision=7, by=ANA, now=NOON)


def test_what_a_killed_process_left_behind_is_taken_away(desk, campaign):
    left = places.lists("spring") / ".taking-killed/lists/contact.csv"
    left.parent.mkdir(parents=True)
    left.write_text(f"id\n{CANARY}-1\n", encoding="utf-8")
    ask(desk, campaign)

    assert files() == list(lying(desk.review("spring"), "email"))


def test_a_refusal_of_the_files_is_a_sentence(desk, campaign):
    with pytest.raises(NotTaken, match="The campaign has no channel “sms”"):
        ask(desk, campaign, channel="sms")

    campaign.write_text(CAMPAIGN.replace("2026-12-01", "2026-12-02"), encoding="utf-8")
    with pytest.raises(NotTaken, match=r"changed after the checks ran\. Run the checks again"):
        ask(desk, campaign)

    assert files() == []


def test_the_people_of_the_review_are_listed_whatever_their_file_says_now(desk, campaign):
    campaign.with_name("people.csv").unlink()

    assert ask(desk, campaign).startswith("15 people may be contacted")


def test_a_new_revision_has_lists_of_its_own(desk, campaign):
    ask(desk, campaign)
    people = campaign.with_name("people.csv")
    people.write_text(people.read_text("utf-8").replace("-7,true,granted", "-7,true,withdrawn"))
    desk.record_run(run_campaign(campaign, places.policy_file()), by=MIRA, now=NOON)
    assert lying(desk.review("spring"), "email") == ()

    assert ask(desk, campaign).startswith("14 people may be contacted")
    assert len(files()) == 4


def test_no_key_is_told_by_record_document_or_log(desk, campaign, caplog, pdftotext, tmp_path):
    with caplog.at_level(logging.DEBUG):
        told = ask(desk, campaign)
        with pytest.raises(NotTaken):
            ask(desk, campaign, by=WEBER)
    review, bundle = desk.review("spring"), desk.bundle("spring")
    pdf = tmp_path / "one.pdf"
    pdf.write_bytes(report.document(review, bundle, at=NOON))
    printed = subprocess.run([pdftotext, pdf, "-"], capture_output=True, check=True).stdout
    seen = told + caplog.text + bundle.decode() + "".join(one.sentence for one in review.timeline)

    assert any(CANARY in one.read_text(encoding="utf-8") for one in files())
    assert CANARY not in seen
    assert b"made the cleaned lists" in printed
    assert CANARY.encode() not in printed
    home = [one for one in places.home().glob("**/*") if one.is_file()]
    beside = [one for one in home if one not in files() and places.snapshots() not in one.parents]
    assert beside
    assert not any(CANARY.encode() in one.read_bytes() for one in beside)


# The people of an approval


def kept(meeting, *, revision=1):
    return meeting.desk.members_kept(
        "spring",
        people={"email": 12},
        may_be_contacted={"email": 11},
        nameless=0,
        files={"email": "f" * 64},
        revision=revision,
        by=WEBER,
        now=meeting.now,
    )


def test_the_people_of_an_approval_are_kept_with_it(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))
    meeting.sign(Decision.APPROVE)

    assert kept(meeting).members == {"email": "f" * 64}
    assert meeting.told()[-1].endswith("email: 12 people.")
    with pytest.raises(NotTaken, match="No approval of this revision stands"):
        kept(meeting, revision=2)


def test_where_no_approval_stands_no_people_are_kept(a_meeting):
    meeting = a_meeting()
    meeting.run(agreed(20))
    for act in (lambda: None, lambda: meeting.sign(Decision.REJECT)):
        act()
        with pytest.raises(NotTaken, match="No approval of this revision stands"):
            kept(meeting)
