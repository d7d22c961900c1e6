"""Lists that name people by something else than their key, held against an approval."""

from __future__ import annotations

import shutil
from contextlib import closing
from hashlib import sha256

import pyarrow.parquet as pq
import pytest

from checks import places
from checks.intake.members import LINKS
from checks.lists.releasing import Asked, compared
from checks.refusal import Refused
from checks.runs.run import run_campaign
from review.lists.membership import members_folder
from review.lists.release import Answer
from tests.review.test_release import LATER, ON, Office

SECRET = b"a secret of thirty-two letters.."
CAMPAIGN = """\
id: spring
name: Spring savings
owner: Ana
launch: 2026-12-01
sector: general
effect: opportunity
people: {file: people.csv, key: id, targeted: on_list}
channels:
  email: {basis: consent}
permissions: {file: events.csv, key: mail, matches: {column: mail, as: email}}
suppression: {file: stop.csv, key: hash, matches: {column: mail, as: email, hashed: sha256}}
creatives:
  - {id: a, file: message.txt}
"""


def mail(number):
    return f"Canary{number}@Example.org"


def event(number, status="granted", at="2026-06-01T10:00:00Z"):
    return f"{mail(number).upper()},email,direct_marketing,{status},{at}"


def stopped(*numbers):
    hashes = (sha256(mail(n).lower().encode()).hexdigest() for n in numbers)
    return "\n".join(["hash", *hashes, ""])


def events(*more):
    return "\n".join(["mail,channel,purpose,status,at", *(event(n) for n in ON), *more, ""])


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ran")
    rows = (f"{n},{mail(n)},{'yes' if n in ON else 'no'}" for n in range(40))
    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (folder / "people.csv").write_text("\n".join(["id,mail,on_list", *rows, ""]), encoding="utf-8")
    (folder / "events.csv").write_text(events(), encoding="utf-8")
    (folder / "stop.csv").write_text(stopped(98), encoding="utf-8")
    (folder / "message.txt").write_text("Save with us this spring.\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANDOR_HOME", str(folder / "home"))
        patch.delenv("CANDOR_POLICY", raising=False)
        return folder, run_campaign(folder / "campaign.yaml", places.policy_file())


class ByMail(Office):
    """An office whose lists come from a mailing tool: it knows addresses, and no numbers."""

    def send(self, numbers=ON):
        file = self.folder / "send.csv"
        file.write_text("\n".join(["id", *map(str, numbers), ""]), encoding="utf-8")
        return file

    def now_say(self, *more, stop=(98,)):
        answers, suppressed = self.folder / "today.csv", self.folder / "stop-today.csv"
        answers.write_text(events(*more), encoding="utf-8")
        suppressed.write_text(stopped(*stop), encoding="utf-8")
        return {"permissions": answers, "suppression": suppressed}


@pytest.fixture
def approved(ran, tmp_path, monkeypatch):
    shutil.copytree(ran[0], tmp_path / "one")
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "one/home"))
    for name in ("POLICY", "STORE", "ANCHORS", "SEAL_KEY", "TRUST", "FONTS"):
        monkeypatch.delenv(f"CANDOR_{name}", raising=False)
    made = ByMail(tmp_path / "one", ran[1])
    with closing(made.desk):
        made.approve()
        yield made


def without(*numbers):
    return [n for n in ON if n not in numbers]


def test_people_named_by_address_or_its_hash_are_accounted_for(approved):
    since = [event(3, "withdrawn", "2026-11-25T08:00:00Z")]

    slip = approved.slip(approved.send(without(3, 5)), **approved.now_say(*since, stop=(98, 5)))

    assert slip.answer is Answer.APPROVED_FEWER
    assert slip.sentence == "Approved, 2 fewer: they said no since."


def test_who_said_no_by_address_and_is_still_there_is_counted(approved):
    since = [event(3, "withdrawn", "2026-11-25T08:00:00Z")]

    slip = approved.slip(approved.send(), **approved.now_say(*since, stop=(98, 5)))

    assert slip.sentence == "Changed: 2 said no and are still there."


def test_who_is_missing_and_said_nothing_was_removed_for_no_reason(approved):
    slip = approved.slip(approved.send(without(7)), **approved.now_say())

    assert slip.sentence == "Changed: 1 was removed for no recorded reason."


def test_an_unchanged_list_is_approved(approved):
    assert approved.slip(approved.send(), **approved.now_say()).answer is Answer.APPROVED


def test_no_address_is_kept_and_no_plain_hash_of_one(approved):
    folder = members_folder(approved.desk.review("spring"))
    file = folder / "email.parquet"
    held = file.read_bytes() + str(pq.read_table(file).to_pylist()).encode()

    assert pq.read_schema(file).field("suppression").type.equals(LINKS)
    assert not [n for n in ON if mail(n).lower().encode() in held.lower()]
    assert not [n for n in ON if stopped(n).split()[1][:16].encode() in held]


def test_people_kept_without_their_addresses_are_refused_with_a_way_out(approved):
    """As an earlier version kept them: by their key alone."""
    file = members_folder(approved.desk.review("spring")) / "email.parquet"
    table = pq.read_table(file)
    pq.write_table(table.select(["digest", "stood"]), file)
    given = approved.now_say()
    asked = Asked(send=approved.send(), channel="email", suppression=given["suppression"])

    with (
        pytest.raises(Refused, match="kept before a list could name them by another column"),
        compared(asked, file, policy_file=places.policy_file(), secret=SECRET, day=LATER.date()),
    ):
        pass
