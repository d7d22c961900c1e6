"""The export layouts of tools, from files to the people who may be contacted and why others not."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import asdict, replace

import duckdb
import pytest
import yaml

from checks.audience import Audience
from checks.campaign.reading import read_campaign
from checks.case import Case
from checks.drafts.drafting import Facts, campaign
from checks.drafts.gathering import gathered, says
from checks.evidence import Waterfall
from checks.finding import Verdict
from checks.intake import layouts, take_in
from checks.intake.lists import make_lists
from checks.intake.propose import Meaning, Proposal, propose
from checks.intake.survey import survey
from checks.refusal import Refused
from checks.registry import catalogue

NO_RECORD, OTHER = "no answer is on record", "nobody has explained what the answer means"
NO_PROOF, NO_DAY = "there is no proof of the yes", "the day of the yes is not known"
EXPIRED, WITHDRAWN, OBJECTED = "the yes has expired", "took the yes back", "objected"
SUPPRESSED = "is on the do-not-contact list"


def some_facts(**other):
    return Facts(
        **{
            "id": "spring",
            "name": "Spring",
            "owner": "Ana",
            "launch": "2026-02-01",
            "sector": "general",
            "effect": "opportunity",
            "regions": ("DE",),
            "channels": {"email": "consent"},
            "complete": False,
            **other,
        }
    )


class Review:
    """A campaign made from a folder of exported files, taken in and counted."""

    def __init__(self, folder, names, policy, tmp_path, facts):
        home = tmp_path / "campaign"
        home.mkdir()
        for name in names:
            shutil.copy(folder / name, home)
        self.files = {name: propose(survey(home / name, name)) for name in names}
        file = home / "campaign.yaml"
        told = gathered(self.files, facts)
        file.write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8")
        self.campaign = read_campaign(file)
        self.policy = policy
        self.snapshot = take_in(self.campaign, home, tmp_path / "home")
        self.audience = Audience.open(self.snapshot.folder, self.campaign, policy)
        self.case = Case(campaign=self.campaign, audience=self.audience, policy=policy)
        self._lists = tmp_path / "lists"

    def lists(self, channel="email"):
        """Who may be contacted, and the others with their reason."""
        made = make_lists(
            self.snapshot.folder, self.campaign, self.policy, channel, self._lists
        ).lists
        kept = {row[0] for row in rows(made.contact)[1:]}
        return kept, dict(rows(made.removed)[1:])

    def coverage(self):
        """The bins of consent.coverage that hold anybody, and its verdict."""
        [check] = [one for one in catalogue() if one.id == "consent.coverage"]
        found = check(self.case)[0]
        bins = [one for one in found.evidence if isinstance(one, Waterfall)]
        return {s.name: s.people for one in bins for s in one.steps if s.people}, found.verdict

    def side_files(self):
        """What integrity.files counted in the files beside: how many, and of how many."""
        [check] = [one for one in catalogue() if one.id == "integrity.files"]
        [found] = [one for one in check(self.case) if one.subject == "side files"]
        return {rate.group: (rate.yes, rate.of) for rate in found.evidence}

    def doubts(self, column):
        return next(
            one.every_doubt for file in self.files.values() for one in file if one.column == column
        )


def rows(file):
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


@pytest.fixture
def exported(reference, policy, tmp_path):
    """Make a campaign of exported files: ``exported("klaviyo", "profiles.csv")``."""

    def make(folder, *names, **facts):
        home = reference / "data/export_layouts" / folder
        return Review(home, names, policy, tmp_path, some_facts(**facts))

    return make


def test_mailchimp(exported):
    review = exported(
        "mailchimp",
        "subscribed_members_export.csv",
        "unsubscribed_members_export.csv",
        "cleaned_members_export.csv",
    )
    kept, removed = review.lists()
    bins, verdict = review.coverage()

    assert verdict is Verdict.FAIL
    assert bins == {
        "denied": 2,
        "word not explained": 1,
        "expired": 1,
        "no proof": 2,
        "may be contacted": 1,
    }
    assert review.audience.rows == 9
    assert review.audience.people == 7
    assert {key.lower() for key in kept} == {"ada.one@example.com"}
    assert removed == {
        "ben.two@example.com": NO_PROOF,
        "cleo.three@example.com": NO_PROOF,
        "dov.four@example.com": EXPIRED,
        "eve.five@example.com": WITHDRAWN,
        "fay.six@example.com": WITHDRAWN,
        "gus.seven@example.com": OTHER,
    }


def test_the_subscribed_of_mailchimp_alone_are_five_people(exported):
    review = exported("mailchimp", "subscribed_members_export.csv")

    assert (review.audience.rows, review.audience.people) == (6, 5)


def test_klaviyo(exported):
    review = exported("klaviyo", "profiles.csv")
    kept, removed = review.lists()

    assert kept == {"ana@example.org"}
    assert removed == {
        "bob@example.org": NO_RECORD,
        "cat@example.org": WITHDRAWN,
        "dan@example.org": NO_DAY,
        "eli@example.org": SUPPRESSED,
    }


SALESFORCE = ("Contact.csv", "ContactPointTypeConsent.csv", "Individual.csv")
IRA, JO, KIM, LEA = (f"00300000000000{number}" for number in (1, 2, 3, 4))


def test_salesforce(exported):
    review = exported("salesforce", *SALESFORCE)
    kept, removed = review.lists()

    assert kept == {IRA}
    assert removed == {JO: OBJECTED, KIM: EXPIRED, LEA: NO_RECORD}


def test_salesforce_with_profiling(exported):
    _, removed = exported("salesforce", *SALESFORCE, profiling=True).lists()

    assert removed == {IRA: SUPPRESSED, JO: OBJECTED, KIM: EXPIRED, LEA: NO_RECORD}


def test_not_opted_out_is_no_consent(exported):
    review = exported("salesforce", "Contact.csv")
    bins, verdict = review.coverage()

    assert verdict is Verdict.CANNOT_TELL
    assert bins == {}


def test_the_child_of_salesforce_is_seen(exported):
    review = exported("salesforce", *SALESFORCE)

    counted = {count.values[0]: count.people for count in review.audience.count("age")}

    assert counted[13] == 1


def test_marketing_cloud(exported):
    review = exported("salesforce_marketing_cloud", "_Subscribers.csv")
    kept, removed = review.lists()

    assert kept == {"k1"}
    assert removed == {"k2": WITHDRAWN, "k3": OTHER, "k4": OTHER}


def test_the_clock_of_marketing_cloud_knows_no_summer(exported):
    review = exported("salesforce_marketing_cloud", "_Subscribers.csv")
    table = review.snapshot.record.tables["people"]
    [column] = [one for one in table.columns if one.name == "DateUnsubscribed"]
    file = review.snapshot.folder / table.file

    [(stored,)] = duckdb.sql(
        f"SELECT {column.stored} FROM '{file}' WHERE {column.stored} IS NOT NULL"
    ).fetchall()

    assert stored.isoformat() == "2025-01-01T05:30:00"


def test_hubspot(exported):
    review = exported("hubspot", "contacts.csv")
    kept, removed = review.lists()

    assert kept == {"101"}
    assert removed == {"102": OBJECTED, "103": OTHER, "104": NO_RECORD}
    [doubt] = review.doubts("Date of birth")
    assert "the day first: 12 May 1990 or the month first: 5 December 1990;" in doubt
    assert {count.values[0] for count in review.audience.count("age")} == {None}


def test_braze(exported):
    review = exported("braze", "users.jsonl")
    kept, removed = review.lists()

    assert kept == {"u1"}
    assert removed == {"u2": OTHER, "u3": WITHDRAWN, "u4": NO_RECORD}


RECEIPTS = "consent_receipts.jsonl"
NEWS = "3fa85f64-5717-4562-b3fc-2c963f66afa6"


def test_onetrust(exported):
    review = exported("onetrust", RECEIPTS, purposes={"email": NEWS})
    kept, removed = review.lists()

    assert kept == set()
    assert removed == {
        "yas@example.com": WITHDRAWN,
        "zed@example.com": OTHER,
        "test@example.com": NO_RECORD,
    }
    assert review.side_files()["test events, left out"] == (1, 5)


@pytest.mark.parametrize(
    ("folder", "file", "kept"),
    [
        ("klaviyo", "profiles.csv", {"ana@example.org"}),
        ("hubspot", "contacts.csv", {"101"}),
        ("braze", "users.jsonl", {"u1"}),
    ],
)
def test_a_layout_outlives_a_draft_and_a_page_that_knows_no_channel(
    exported, monkeypatch, folder, file, kept
):
    def kept_as_a_draft(files, facts):
        [(name, columns)] = files.items()
        told = json.loads(json.dumps([asdict(one) for one in columns]))
        again = [Proposal(**{**one, "meaning": Meaning(one["meaning"])}) for one in told]
        return campaign([replace(one, channel=None) for one in again], facts, name)

    monkeypatch.setitem(globals(), "gathered", kept_as_a_draft)

    assert exported(folder, file).lists()[0] == kept


def test_a_layout_is_recognised_and_says_why(exported):
    review = exported("hubspot", "contacts.csv")

    [said] = says(review.files)
    assert said == (
        "These look like a HubSpot export (contacts), because they have the columns “Record ID”, "
        "“Marketing contact status” and “Unsubscribed from all email”."
    )


def test_names_and_addresses_of_people_are_never_stored(exported):
    review = exported("salesforce", *SALESFORCE)

    stored = {column.name for column in review.snapshot.record.tables["people"].columns}

    assert not stored & {"FirstName", "LastName", "Email", "EmailBouncedReason"}


def test_unknown_columns_are_no_layout():
    assert layouts.recognised(["customer_id", "email_status"]) is None


def test_a_status_that_cannot_be_told_is_refused(reference):
    folder = reference / "data/export_layouts/mailchimp"
    columns = propose(survey(folder / "subscribed_members_export.csv", "a.csv"))

    with pytest.raises(Refused, match="Which status of Mailchimp"):
        gathered({"a.csv": columns, "b.csv": columns}, some_facts())
