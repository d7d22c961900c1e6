"""May this very list be sent? Each difference from the approved one is counted, to the person."""

from __future__ import annotations

import csv
import json
import random
import shutil
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pdfua
import pytest

from checks import places
from checks.campaign.committee import ALONE
from checks.runs.run import run_campaign
from review.__main__ import main
from review.checklist import read_checklist
from review.commands.desk import Desk, NotTaken
from review.document.issuing import issued
from review.lists.membership import keep_members, members_folder
from review.lists.release import Answer, Wanted, release
from review.record import Action, Decision
from review.store.forgetting import forget
from tests.review.builders import ANA, ITO, MIRA, agreed

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
  email: {basis: consent}
  sms: {basis: consent}
permissions: {file: events.csv, key: id}
suppression: {file: stop.csv, key: id}
creatives:
  - {id: a, file: message.txt}
"""
THEN = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = THEN + timedelta(days=3)
ON = range(1, 40, 2)
"""The numbers of those who are on the list; 13 said no by email and stayed on it."""


def event(number, status="granted", at="2026-06-01T10:00:00Z", channel="email"):
    return f"{CANARY}-{number},{channel},direct_marketing,{status},{at}"


def events(*more):
    given = [
        event(n, "denied" if (n, channel) == (13, "email") else "granted", channel=channel)
        for n in ON
        for channel in ("email", "sms")
    ]
    return "\n".join(["id,channel,purpose,status,at", *given, *more, ""])


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A campaign of forty people, twenty of them on the list, after its run: (folder, run)."""
    folder = tmp_path_factory.mktemp("ran")
    rows = "\n".join(f"{CANARY}-{n},{'yes' if n in ON else 'no'}" for n in range(40))
    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (folder / "people.csv").write_text(f"id,on_list\n{rows}\n", encoding="utf-8")
    (folder / "events.csv").write_text(events(), encoding="utf-8")
    (folder / "stop.csv").write_text(f"id\n{CANARY}-98\n", encoding="utf-8")
    (folder / "message.txt").write_text("Save with us this spring.\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANDOR_HOME", str(folder / "home"))
        patch.delenv("CANDOR_POLICY", raising=False)
        return folder, run_campaign(folder / "campaign.yaml", places.policy_file())


class Office:
    """An installation with one approved campaign, and the files that are brought later."""

    def __init__(self, folder, run):
        self.folder = folder
        self.run = replace(run, findings=(agreed(20, 20),), committee=ALONE)
        self.desk = Desk(
            places.store_url(), places.anchors_file(), read_checklist(places.checklist_file())
        )

    def approve(self, decision=Decision.APPROVE_WITH_CONDITIONS, *, days=30):
        desk, say = self.desk, {"by": ITO, "now": THEN}
        review = desk.record_run(self.run, by=MIRA, now=THEN)
        for question in review.checklist.questions:
            if review.standing(question) is None and not review.computed(question).settled:
                review = desk.answer(
                    "spring", question.id, review.offered(question)[0], reason="Looked.",
                    seen=review.head, **say,
                )  # fmt: skip
        held = [
            Action(what="Count the complaints", who="Ana", by=THEN.date() + timedelta(days=days))
        ]
        review = desk.sign(
            "spring", decision, grounds="Fine.", seen=review.head, **say,
            conditions=held if decision is Decision.APPROVE_WITH_CONDITIONS else (),
        )  # fmt: skip
        keep_members(desk, "spring", file=self.folder / "campaign.yaml", by=ITO, now=THEN)
        return self.document()

    def document(self):
        made = issued(self.desk.review("spring"), self.desk.bundle("spring"), at=THEN, now=THEN)
        file = self.folder / "sign-off.pdf"
        file.write_bytes(made.content)
        return file

    def send(self, numbers=ON, *, name="send.csv", head="id,first name", more=()):
        lines = [head, *(f"{CANARY}-{n},Q{n}" for n in numbers), *more, ""]
        file = self.folder / name
        file.write_text("\n".join(lines), encoding="utf-8")
        return file

    def now_say(self, *more, stop=(98,)):
        """What is brought as of today: events and the do-not-contact list."""
        answers, suppressed = self.folder / "today.csv", self.folder / "stop-today.csv"
        answers.write_text(events(*more), encoding="utf-8")
        keys = "\n".join(f"{CANARY}-{n}" for n in stop)
        suppressed.write_text(f"id\n{keys}\n", encoding="utf-8")
        return {"permissions": answers, "suppression": suppressed}

    def ask(self, send, *, channel="email", by=ANA, message="message.txt", now=LATER, **more):
        given = {"message": self.folder / message} if message else {}
        wanted = Wanted(
            pdf=self.folder / "sign-off.pdf", send=send, channel=channel, **{**given, **more}
        )
        return release(self.desk, wanted, by=by, now=now)

    def slip(self, send, **more):
        return self.ask(send, **more)[0]


@pytest.fixture
def office(ran, tmp_path, monkeypatch):
    shutil.copytree(ran[0], tmp_path / "one")
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "one/home"))
    for name in ("POLICY", "STORE", "ANCHORS", "SEAL_KEY", "TRUST", "FONTS"):
        monkeypatch.delenv(f"CANDOR_{name}", raising=False)
    made = Office(tmp_path / "one", ran[1])
    with closing(made.desk):
        yield made


@pytest.fixture
def approved(office):
    office.approve()
    return office


def without(*numbers):
    return [n for n in ON if n not in (13, *numbers)]


def test_the_list_is_kept_as_digests_and_never_as_a_list(approved):
    folder = members_folder(approved.desk.review("spring"))
    held = b"".join(file.read_bytes() for file in folder.iterdir())

    assert {file.stem for file in folder.glob("*.parquet")} == {"email", "sms"}
    assert CANARY.encode() not in held
    assert approved.desk.review("spring").timeline[-1].sentence == (
        "The approved list was kept as digests, with the approval of M. Ito (privacy, not "
        "verified). email: 20 people; sms: 20 people."
    )


def test_rows_and_columns_in_another_order_are_approved(approved):
    numbers = without()
    random.Random(7).shuffle(numbers)
    lines = ["first name;email;ID number", *(f"Q;q@x.example;{CANARY}-{n}" for n in numbers), ""]
    file = approved.folder / "other.csv"
    file.write_text("\n".join(lines), encoding="utf-8")

    slip = approved.slip(file, key="ID number", **approved.now_say())

    assert slip.answer is Answer.APPROVED
    assert slip.sentence == "Approved: the 19 people in this list are the ones that were approved."
    assert (slip.counts.same, slip.counts.left_out_then) == (19, 1)
    assert slip.conditions == ("Count the complaints (Ana, by 23 December 2026): open",)


def test_people_taken_off_who_said_no_since_are_approved_with_their_number(approved):
    since = [event(n, "withdrawn", "2026-11-25T08:00:00Z") for n in (3, 5)]

    slip = approved.slip(approved.send(without(3, 5, 7)), **approved.now_say(*since, stop=(98, 7)))

    assert slip.answer is Answer.APPROVED_FEWER
    assert slip.sentence == "Approved, 3 fewer: they said no since."
    assert slip.counts.said_no_since == 3


@pytest.mark.parametrize(
    ("numbers", "more", "said"),
    [
        pytest.param([*without(), 2], (), "Changed: 1 was added.", id="one added"),
        pytest.param(
            without(3), (), "Changed: 1 was removed for no recorded reason.", id="one dropped"
        ),
        pytest.param(
            [*without(3), 2],
            (),
            "Changed: 1 was added, 1 was removed for no recorded reason.",
            id="one swapped",
        ),
        pytest.param(
            without(),
            [event(3, "withdrawn", "2026-11-25T08:00:00Z")],
            "Changed: 1 said no and is still there.",
            id="a withdrawal since, and still in the file",
        ),
        pytest.param(
            [*without(), 13],
            (),
            "Changed: 1 said no and is still there.",
            id="a no that the review had seen",
        ),
        pytest.param(
            [*without(3, 5), 2, 4, 6],
            [event(7, "objected", "2026-11-25T08:00:00Z")],
            "Changed: 3 were added, 2 were removed for no recorded reason, "
            "1 said no and is still there.",
            id="all at once",
        ),
    ],
)
def test_another_list_is_changed_with_exact_counts(approved, numbers, more, said):
    slip = approved.slip(approved.send(numbers), **approved.now_say(*more))

    assert slip.answer is Answer.CHANGED
    assert slip.sentence == said


def test_a_condition_that_is_not_kept_holds_the_list_back(approved):
    after = THEN + timedelta(days=31)

    slip = approved.slip(approved.send(without()), now=after, **approved.now_say())

    assert slip.answer is Answer.HELD_BACK
    assert slip.answer.status == 1
    assert slip.sentence == (
        "Held back: the people are the approved ones, but 1 condition is not kept."
    )
    assert slip.conditions == ("Count the complaints (Ana, by 23 December 2026): not kept",)


def test_a_condition_due_by_the_launch_holds_the_list_back_until_it_is_kept(office):
    office.approve(days=(office.run.launch - THEN.date()).days)

    slip = office.slip(office.send(without()), **office.now_say())

    assert slip.answer is Answer.HELD_BACK
    assert slip.conditions[0].endswith(": not kept")


def test_a_row_without_a_key_is_told(approved):
    slip = approved.slip(approved.send(without(), more=[",Q", "unknown,Q"]), **approved.now_say())

    assert slip.sentence == "Changed: 2 rows have no key."


def test_a_no_on_another_channel_is_another_matter(approved):
    since = [event(3, "withdrawn", "2026-11-25T08:00:00Z", channel="sms")]

    assert approved.slip(approved.send(without()), **approved.now_say(*since)).answer is (
        Answer.APPROVED
    )
    assert approved.slip(
        approved.send(ON), channel="sms", **approved.now_say(*since)
    ).sentence == "Changed: 1 said no and is still there."  # fmt: skip


def test_one_word_of_the_message_is_another_message(approved):
    (approved.folder / "edited.txt").write_text("Save with us this summer.\n", encoding="utf-8")

    slip = approved.slip(approved.send(without()), message="edited.txt", **approved.now_say())

    assert slip.answer is Answer.CHANGED
    assert slip.sentence == "Changed: the message is not the approved one."


def test_what_was_not_given_is_not_looked_at(approved):
    slip = approved.slip(approved.send(without()), message=None)

    assert slip.answer is Answer.SAME_PEOPLE
    assert slip.sentence == (
        "The same people as approved, 19 people; not looked at: who said no since "
        "(--permissions), the do-not-contact list (--suppression), the message (--message)."
    )


def test_a_column_of_other_numbers_is_noticed(approved):
    slip = approved.slip(approved.send(without()), key="first name", **approved.now_say())

    assert slip.answer is Answer.CHANGED
    assert "Nobody in this list was approved: perhaps the column holds other numbers" in (
        " ".join(slip.notes)
    )


def test_the_answer_is_on_record_and_in_a_slip_without_a_key_of_anybody(approved, tmp_path, capsys):
    approved.send([*without(), 2])
    asked = [
        "release", str(approved.folder / "sign-off.pdf"), str(approved.folder / "send.csv"),
        "--channel", "email", "--slip", str(tmp_path / "slips"), "--json",
        "--name", "Ana", "--role", "owner",
    ]  # fmt: skip

    assert main(asked) == 1
    told = json.loads(capsys.readouterr().out)
    page, data = sorted((tmp_path / "slips").iterdir(), key=lambda one: one.suffix != ".pdf")

    assert told["answer"] == "changed"
    assert told["counts"]["added"] == 1
    assert json.loads(data.read_bytes()) == told
    assert not pdfua.validate(page).findings
    text = subprocess.run(
        ["pdftotext", str(page), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Changed: 1 was added" in text
    assert "page 1 of 1" in text
    last = approved.desk.review("spring").timeline[-1].sentence
    assert last == (
        "Ana (owner, not verified) held a list for email of 20 people against the approval. "
        "Answer: changed: 1 added, 0 removed for no recorded reason, 0 who said no are still there."
    )
    bundle = approved.desk.bundle("spring").decode()
    assert not any(CANARY in one for one in (text, bundle, json.dumps(told)))


def test_a_pipeline_may_insist_that_all_was_looked_at(approved, capsys):
    send = approved.send(without())
    asked = ["release", str(approved.folder / "sign-off.pdf"), str(send), "--channel", "email"]

    assert main(asked) == 0
    assert main([*asked, "--complete"]) == 2
    assert "The same people as approved" in capsys.readouterr().out


def test_the_cleaned_list_and_the_removed_one_are_written_when_asked(approved, tmp_path):
    since = [event(3, "withdrawn", "2026-11-25T08:00:00Z")]
    send = approved.send([*without(), 2], more=["=cmd(),Q"])

    slip, lists = approved.ask(send, lists=tmp_path / "lists", **approved.now_say(*since))

    assert slip.counts.added == 2
    with lists.contact.open(newline="", encoding="utf-8") as opened:
        kept = [row[0] for row in csv.reader(opened)][1:]
    with lists.removed.open(newline="", encoding="utf-8") as opened:
        removed = dict(list(csv.reader(opened))[1:])
    assert sorted(kept) == sorted(f"{CANARY}-{n}" for n in without(3))
    assert removed == {
        f"{CANARY}-3": "said no",
        f"{CANARY}-2": "was not on the approved list",
        "'=cmd()": "was not on the approved list",
    }


def test_only_the_owner_or_the_preparer_gets_lists(approved, tmp_path):
    with pytest.raises(NotTaken, match="Only the owner or the preparer"):
        approved.ask(approved.send(without()), by=ITO, lists=tmp_path / "lists")

    assert not (tmp_path / "lists").exists()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(
            lambda one: one.desk.withdraw("spring", reason="No.", by=ITO, now=THEN),
            "withdrawn",
            id="withdrawn",
        ),
        pytest.param(
            lambda one: forget(one.desk, "spring", by=ANA, now=THEN),
            "its people data were deleted",
            id="people data deleted",
        ),
        pytest.param(
            lambda one: (members_folder(one.desk.review("spring")) / "email.parquet").write_bytes(
                b""
            ),
            "is not there any more, or was changed",
            id="members changed",
        ),
        pytest.param(
            lambda one: (one.folder / "sign-off.pdf").write_bytes(b"%PDF-1.7\n%%EOF"),
            "Cannot tell: this PDF is damaged",
            id="no document",
        ),
    ],
)
def test_no_answer_is_given_where_no_approval_stands(approved, spoil, said):
    spoil(approved)

    with pytest.raises(NotTaken, match=said):
        approved.ask(approved.send(without()))


def test_a_rejection_releases_nothing(office):
    office.approve(Decision.REJECT)

    with pytest.raises(NotTaken, match="The review is rejected"):
        office.ask(office.send(without()))


def test_several_channels_want_one_to_be_named(approved):
    with pytest.raises(NotTaken, match="Name one with --channel: email, sms"):
        approved.ask(approved.send(without()), channel="")


def test_a_file_without_the_key_is_refused_with_its_columns(approved, capsys):
    send = approved.send(without(), head="number,first name")
    asked = ["release", str(approved.folder / "sign-off.pdf"), str(send), "--channel", "email"]

    assert main(asked) == 2
    said = capsys.readouterr().err

    assert 'It has no column "id"' in said
    assert "Name the column with --key. Its columns are number, first name." in said
    assert CANARY not in said
