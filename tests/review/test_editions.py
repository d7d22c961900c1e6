"""Three editions of one record, and a page to quote from: the same roots, other readers."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import timedelta

import pdfua
import pikepdf
import pytest

from checks.campaign.disclosed import Told, Used, WayOut
from review.document.editions import OF_A_DECISION, Edition, record_for
from review.document.issuing import issued, page_issued, put_on_record
from review.present.unfolding import from_bundle
from review.proof.seal_key import known_certificates, make_trial_key
from review.proof.standing import with_store
from review.proof.verify import Says, verify
from review.record import Decision
from review.store.canonical import canonical
from review.store.chain import verify_bundle
from tests.review.builders import LEAK, agreed
from tests.review.documents import CHECKLIST
from tests.review.full import COMMITTEE, MEMBERS, MIRA, NOON, Sitting, whole_run
from tests.review.test_report import flat, words

NAMES = [one.name for one in (*MEMBERS, MIRA)]
HEADS = "Fingerprint of what was reviewed"
TOLD = Told(
    fields=(Used(name="birth_year", why="to see that nobody is left out", source="register"),),
    because=("product minimum",),
    senders=("Bank of Examples, 1 High Street",),
    recipients=("Mailhouse (DE)",),
    ways_out=(WayOut(channel="email", steps=1, login=False, fee=False),),
    notice="version 3.1, since 2026-01-01",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANDOR_HOME", str(tmp_path_factory.mktemp("home")))
        for name in ("SEAL_KEY", "TRUST", "STORE", "TIME_STAMPS"):
            patch.delenv(f"CANDOR_{name}", raising=False)
        make_trial_key(NOON)
        yield


@pytest.fixture(scope="module")
def sitting(home, tmp_path_factory):
    from review.commands.desk import Desk

    assert home is None
    folder = tmp_path_factory.mktemp("store")
    desk = Desk(f"sqlite:///{folder / 'store.db'}", folder / "anchors.jsonl", CHECKLIST)
    run = replace(whole_run(), told=TOLD)
    yield Sitting(desk, run).prepare().decide(Decision.REJECT, against=Decision.REQUEST_CHANGES)
    desk.close()


@pytest.fixture(scope="module")
def editions(sitting):
    """Every edition, sealed with a trial key."""
    bundle = sitting.desk.bundle("spring-savings")
    return {
        one: issued(sitting.review, bundle, at=NOON, now=NOON, edition=one) for one in OF_A_DECISION
    }


@pytest.fixture(scope="module")
def page(sitting):
    return page_issued(sitting.review, sitting.desk.bundle("spring-savings"), at=NOON)


def asked(pdf):
    return verify(pdf, now=NOON + timedelta(days=1), known=known_certificates())


@pytest.mark.parametrize("edition", OF_A_DECISION)
def test_each_edition_stands_by_itself_and_names_the_same_roots(editions, sitting, edition):
    made = editions[edition]
    checked = asked(made.content)

    assert checked.says is Says.STANDS, checked.sentence
    assert checked.made_again
    assert checked.edition == edition
    assert checked.head == sitting.review.head
    assert checked.fingerprint == sitting.review.run.fingerprint
    assert sitting.review.run.fingerprint in flat(made.content)
    assert with_store(checked, sitting.desk, day=NOON.date()).says is Says.STANDS


@pytest.mark.parametrize("edition", OF_A_DECISION)
def test_a_checker_of_accessible_pdfs_finds_nothing_in_any_edition(editions, tmp_path, edition):
    file = tmp_path / "edition.pdf"
    file.write_bytes(editions[edition].content)

    report = pdfua.validate(file)

    assert report.outcomes
    assert not report.findings


def test_a_regulator_reads_all_reasoning_and_no_name(editions, sitting):
    text = flat(editions[Edition.REGULATOR].content)

    assert "edition for a regulator" in text
    assert not [name for name in NAMES if name in text]
    [chair] = {int(one) for one in re.findall(r"Person (\d) · chair", text)}
    assert f"I, Person {chair}, sign as chair for revision 1" in text
    assert "As a lender we should not send this before the postcode rule is gone." in text
    assert from_bundle(_attached(editions[Edition.REGULATOR])).head == sitting.review.head


def test_no_name_is_anywhere_in_the_regulators_file(editions):
    with pikepdf.open(io.BytesIO(editions[Edition.REGULATOR].content)) as opened:
        held = _attached(editions[Edition.REGULATOR]).decode()
        told = f"{dict(opened.docinfo)} {opened.open_metadata()}"
        fields = str([str(one.get("/TU")) for one in opened.Root.AcroForm.Fields])

    assert not [name for name in NAMES if name in held + told + fields]
    assert '"redacted"' in held


def test_a_policy_may_give_a_regulator_the_names(sitting):
    bundle = sitting.desk.bundle("spring-savings")

    assert record_for(bundle, "full") == bundle
    made = issued(
        sitting.review, bundle, at=NOON, now=NOON, edition=Edition.REGULATOR, names="full"
    )
    assert "Jonas Brandt · chair" in flat(made.content)


def test_a_record_without_names_is_whole_and_says_how_much_is_not_as_it_was(sitting):
    given = record_for(sitting.desk.bundle("spring-savings"), "roles")
    whole = verify_bundle(given)

    assert whole.stands
    assert whole.erased > len(NAMES)


def test_a_word_put_into_the_regulators_record_changes_its_pages(editions):
    made = editions[Edition.REGULATOR]
    record = json.loads(_attached(made))
    name = next(iter(record["redacted"]))
    record["redacted"][name] = "Somebody else"

    with pikepdf.open(io.BytesIO(made.content)) as opened:
        opened.attachments["record.json"] = pikepdf.AttachedFileSpec(
            opened, canonical(record), filename="record.json", mime_type="application/json"
        )
        out = io.BytesIO()
        opened.save(out)

    assert asked(out.getvalue()).says is Says.DOES_NOT_STAND


def test_the_public_edition_says_the_five_things_in_two_pages(editions):
    pages = words(editions[Edition.PUBLIC].content)
    text = flat(editions[Edition.PUBLIC].content)

    assert len(pages) <= 2
    for heading in ("What data is used", "Why these people", "What was checked", "How to say no"):
        assert heading in text
    assert "Rejected The campaign may not be sent. Decided on 23 November 2026." in text
    assert "5 people decided: chair, privacy, ethics, customer voice, legal." in text
    assert "birth year to see that nobody is left out" in text
    assert "By email: In 1 step, without a login, it costs nothing." in text
    assert "You can object to marketing at any time" in text
    assert re.search(r"everything could be counted: \d+ checks? (could not|needs? a person)", text)
    assert not [name for name in NAMES if name in text]


def test_the_public_edition_carries_no_more_than_it_prints(editions, sitting):
    held = json.loads(_attached(editions[Edition.PUBLIC]))

    assert set(held) == {"form", "version", "review", "head", "events", "page"}
    assert held["head"] == sitting.review.head
    assert len(_attached(editions[Edition.PUBLIC])) < 12_000


def test_a_pre_read_has_no_public_edition(a_meeting):
    meeting = a_meeting(LEAK)
    meeting.run(agreed())

    with pytest.raises(ValueError, match="once a decision stands"):
        issued(
            meeting.review, meeting.desk.bundle("spring"), at=NOON, now=NOON,
            edition=Edition.PUBLIC,
        )  # fmt: skip


def test_a_page_can_be_quoted_from_and_runs_nothing(page, sitting):
    text = page.content.decode()

    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<script" not in text
    assert "http" not in text
    assert sitting.review.run.fingerprint in text
    assert 'id="event-' in text
    assert "I was outvoted, and I still think the rule must go first." in text
    assert "This page carries no seal and proves nothing." in text


def test_hostile_words_stay_words_on_the_page(a_meeting):
    meeting = a_meeting(LEAK)
    meeting.run(agreed())
    meeting.desk.comment("spring", "", "<script>alert(1)</script>", by=MEMBERS[1], now=meeting.now)

    made = page_issued(meeting.review, meeting.desk.bundle("spring"), at=NOON)

    assert b"<script" not in made.content
    assert b"&lt;script&gt;" in made.content


def test_each_edition_that_leaves_is_on_record(sitting, editions, page):
    for made in (*editions.values(), page):
        put_on_record(sitting.desk, "spring-savings", made, by=MIRA, now=sitting.now)

    told = [one.sentence for one in sitting.review.timeline[-4:]]
    assert "made the signed document (SHA-256" in told[0]
    assert "for a regulator" in told[1]
    assert "for the people concerned" in told[2]
    assert "to quote from" in told[3]
    assert COMMITTEE.quorum == 3
    assert HEADS in flat(editions[Edition.PUBLIC].content)


def _attached(made):
    with pikepdf.open(io.BytesIO(made.content)) as opened:
        return opened.attachments["record.json"].get_file().read_bytes()
