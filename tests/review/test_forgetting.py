"""People data of a review go in one action: on record, nobody else's, and the record stays."""

from __future__ import annotations

import json
import shutil

import pytest

from checks import places
from checks.campaign.reading import read_campaign
from checks.intake import take_in
from checks.refusal import Refused
from checks.runs.run import run_campaign
from review.__main__ import main
from review.commands.desk import Desk, NotTaken
from review.document import report
from review.lists.leaving import make_lists
from review.record import Actor, Role
from review.store.forgetting import forget
from tests.review.builders import ANA, COVERED, MIRA, NOON

CANARY = "canary5512"
CAMPAIGN = """\
id: {id}
name: Spring savings
owner: Ana
launch: 2026-12-01
sector: general
effect: opportunity
people: {{{people}, key: id, targeted: on_list}}
channels:
  email:
    basis: consent
    permission: {{status: said, given: at, proof: ref}}
"""
PEOPLE = "\n".join(
    ["id,on_list,said,at,ref"]
    + [f"{CANARY}-{n},{str(n % 2 == 1).lower()},granted,2026-06-01,form" for n in range(40)]
)


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """Two campaigns about the same people, and their runs: (folder, runs by id)."""
    folder = tmp_path_factory.mktemp("checked")
    runs = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANDOR_HOME", str(folder / "home"))
        patch.delenv("CANDOR_POLICY", raising=False)
        for name in ("spring", "summer"):
            (folder / name).mkdir()
            (folder / name / "people.csv").write_text(PEOPLE, encoding="utf-8")
            file = folder / name / "campaign.yaml"
            file.write_text(CAMPAIGN.format(id=name, people="file: people.csv"), encoding="utf-8")
            runs[name] = run_campaign(file, places.policy_file())
    assert runs["spring"].snapshot == runs["summer"].snapshot
    return folder, runs


@pytest.fixture
def here(checked, tmp_path, monkeypatch):
    """The folder of a test, with a home of its own."""
    shutil.copytree(checked[0], tmp_path / "one")
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "one/home"))
    for name in ("CANDOR_POLICY", "CANDOR_STORE", "CANDOR_ANCHORS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "one"


@pytest.fixture
def desk(a_desk, checked, here):
    """A desk with a run of the spring campaign on record, and its lists made."""
    made = a_desk(COVERED)
    made.record_run(checked[1]["spring"], by=MIRA, now=NOON)
    make_lists(made, "spring", "email", file=here / "spring/campaign.yaml", by=ANA, now=NOON)
    return made


def snapshot(checked):
    return places.snapshots() / checked[1]["spring"].snapshot


def found_in(folder):
    return [one for one in folder.rglob("*") if one.is_file() and CANARY in _bytes(one)]


def _bytes(file):
    return file.read_bytes().decode("latin-1")


def kinds(desk, review="spring"):
    events = json.loads(desk.bundle(review))["events"]
    return [json.loads(one["event"])["kind"] for one in events]


def test_snapshot_lists_and_members_are_gone_and_that_is_on_record(desk, here, checked):
    places.members("spring").mkdir(parents=True)
    assert found_in(places.home())

    told = forget(desk, "spring", by=ANA, now=NOON)

    assert told == (
        "The people data of this review are deleted, and that is on record. Files that lie "
        "elsewhere are not touched. To look at the campaign again, bring its files again."
    )
    assert not found_in(places.home())
    assert [one.name for one in snapshot(checked).iterdir()] == ["deleted"]
    assert not places.lists("spring").exists()
    assert not places.members("spring").exists()
    assert not list(places.home().glob(".forgetting-*"))
    assert kinds(desk)[-1] == "people_data_deleted"
    assert (
        "Ana (owner, not verified) deleted the data" in desk.review("spring").timeline[-1].sentence
    )
    assert (here / "spring/people.csv").is_file(), "what somebody brought is theirs"


def test_the_record_stays_whole_and_its_document_can_be_made(desk):
    before = desk.review("spring")

    forget(desk, "spring", by=ANA, now=NOON)

    after = desk.review("spring")
    assert not after.read_only
    assert after.run == before.run
    assert after.length == before.length + 1
    assert report.document(after, desk.bundle("spring"), at=NOON).startswith(b"%PDF")


def test_a_snapshot_that_another_review_uses_stays_until_that_one_is_forgotten(desk, checked):
    desk.record_run(checked[1]["summer"], by=MIRA, now=NOON)

    told = forget(desk, "spring", by=ANA, now=NOON)

    assert "One snapshot stays, because another review uses it." in told
    assert (snapshot(checked) / "snapshot.json").is_file()
    assert not places.lists("spring").exists()

    forget(desk, "summer", by=ANA, now=NOON)

    assert not (snapshot(checked) / "snapshot.json").exists()
    assert not found_in(places.home())


def test_opening_the_campaign_again_says_when_they_were_deleted(desk, here, checked):
    forget(desk, "spring", by=ANA, now=NOON)
    file = here / "spring/campaign.yaml"
    people = f"snapshot: {checked[1]['spring'].snapshot}"
    file.write_text(CAMPAIGN.format(id="spring", people=people), encoding="utf-8")

    with pytest.raises(Refused) as refused:
        run_campaign(file, places.policy_file())

    assert str(refused.value) == (
        "snapshot: These people data were deleted on 23 November 2026. "
        "To look at the campaign again, bring its files again."
    )


def test_whoever_brings_the_files_again_is_served(desk, here, checked):
    forget(desk, "spring", by=ANA, now=NOON)
    file = here / "spring/campaign.yaml"

    again = take_in(read_campaign(file), file.parent)

    assert again.id == checked[1]["spring"].snapshot
    assert not (again.folder / "deleted").exists()

    desk.record_run(run_campaign(file, places.policy_file()), by=MIRA, now=NOON)
    forget(desk, "spring", by=ANA, now=NOON)

    assert not found_in(places.home())
    assert kinds(desk).count("people_data_deleted") == 2


@pytest.mark.parametrize("role", [one for one in Role if one.judges or one is Role.AUDITOR])
def test_others_than_owner_and_preparer_delete_nothing(desk, checked, role):
    with pytest.raises(NotTaken, match="Only the owner or the preparer may delete people data"):
        forget(desk, "spring", by=Actor(name="Kai", role=role), now=NOON)

    assert (snapshot(checked) / "snapshot.json").is_file()
    assert "people_data_deleted" not in kinds(desk)


def test_what_cannot_be_put_on_record_is_not_deleted(desk, monkeypatch):
    def broken(*_, **__):
        raise NotTaken("The store is full.")

    before = sorted(places.home().rglob("*"))
    monkeypatch.setattr(Desk, "people_data_deleted", broken)

    with pytest.raises(NotTaken, match="full"):
        forget(desk, "spring", by=ANA, now=NOON)

    assert sorted(places.home().rglob("*")) == before


def test_what_a_killed_process_put_aside_goes_with_the_next_try(desk, checked):
    aside = places.home() / ".forgetting-spring/0"
    aside.mkdir(parents=True)
    snapshot(checked).rename(aside / "left")

    told = forget(desk, "spring", by=ANA, now=NOON)

    assert "are deleted, and that is on record" in told
    assert not found_in(places.home())


def test_the_command_deletes_and_says_so(checked, here, capsys, a_desk):
    with_store = Desk(places.store_url(), places.anchors_file(), a_desk(COVERED)._checklist)  # noqa: SLF001
    with_store.record_run(checked[1]["spring"], by=MIRA, now=NOON)
    with_store.close()

    assert main(["forget", "spring", "--name", "Ana", "--role", "ethics"]) == 2
    assert "Only the owner or the preparer" in capsys.readouterr().err
    assert main(["forget", "spring", "--name", "Ana", "--role", "owner"]) == 0
    assert "are deleted, and that is on record" in capsys.readouterr().out
    assert not found_in(here / "home")
    assert main(["forget", "winter", "--name", "Ana", "--role", "owner"]) == 2
    assert "There is no review named “winter”. It begins" in capsys.readouterr().err


def test_lists_cannot_be_made_of_people_who_are_gone(desk, here):
    forget(desk, "spring", by=ANA, now=NOON)

    with pytest.raises(NotTaken, match="were deleted on 23 November 2026"):
        make_lists(desk, "spring", "email", file=here / "spring/campaign.yaml", by=ANA, now=NOON)

    assert not found_in(places.home())
