"""What the answer about a document tells besides its verdict: all that is known, and no more."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from hashlib import sha256

import pytest
from pyhanko.pdf_utils import generic

from review.document.pages import in_words
from review.document.report import document, renderer
from review.present.unfolding import from_bundle
from review.proof import verify as verifying
from review.proof.seal import _Writer, sealed
from review.proof.verify import LATER, Says, verify
from review.record import Decision
from review.store.canonical import canonical
from tests.review.builders import COVERED, WEBER, agreed, needing
from tests.review.documents import AT, a_decided
from tests.review.forging import events_of, saved_again, with_events, with_record
from tests.review.sealing import a_key, a_seal_key, loaded, signed_anew

DAY = timedelta(days=1)
NOTHING_KNOWN = {
    "document": "",
    "review": "",
    "revision": 0,
    "fingerprint": "",
    "head": "",
    "events": 0,
    "record_sha256": "",
    "edition": "",
    "policy": "",
    "law_as_of": "",
    "checked_with": "",
    "made_with": "",
    "made_again": False,
    "sealed_by": "",
    "sealed_at": "",
    "time_stamped_by": "",
    "certificate": "",
    "trial_seal": False,
    "unsealed_sha256": "",
    "personal_signatures": [],
    "notes": [],
}
OTHERS = "its bytes are not the ones that were sealed."


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    return a_decided(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def plain(decided):
    """A document without a seal."""
    return document(*decided, at=AT)


@pytest.fixture(scope="module")
def key():
    return a_seal_key()


@pytest.fixture(scope="module")
def unsealed(decided, key):
    return document(*decided, at=AT, sealer=key.sealer)


@pytest.fixture(scope="module")
def pdf(unsealed, key):
    return sealed(unsealed, key, people=("Mika Ito, privacy",))


def asked(pdf, *, now=AT + DAY):
    return verify(pdf, now=now, known=[loaded(a_key()[1])])


def test_of_a_file_that_is_no_document_nothing_is_known():
    told = asked(b"hello").plain()

    assert told == {
        "answer": "Cannot tell: this file is not a PDF: choose the PDF of the sign-off.",
        "says": "cannot_tell",
        "sentence": "this file is not a PDF: choose the PDF of the sign-off.",
        **NOTHING_KNOWN,
    }


def test_a_program_that_reads_the_answer_finds_one_of_three_words_and_its_status():
    told = {one.value: one.status for one in Says}

    assert told == {"stands": 0, "does_not_stand": 1, "cannot_tell": 2}


def test_of_a_document_without_a_seal_all_is_told_that_its_record_says(plain, decided):
    review, record = decided
    told = asked(plain).plain()

    assert told == {
        **NOTHING_KNOWN,
        "answer": f"Cannot tell: {told['sentence']}",
        "says": "cannot_tell",
        "sentence": told["sentence"],
        "document": "Spring savings account, revision 1: Rejected",
        "review": "spring-savings",
        "revision": 1,
        "fingerprint": review.run.fingerprint,
        "head": review.head,
        "events": 6,
        "record_sha256": sha256(record).hexdigest(),
        "edition": "internal",
        "policy": "default, version 1, 5e1f5e1f",
        "law_as_of": "2026-11-01",
        "checked_with": "candor 0.1.0, duckdb 2.0.0, python 3.11.2",
        "made_with": in_words(renderer()),
        "made_again": True,
        "unsealed_sha256": sha256(plain).hexdigest(),
    }


def test_of_a_sealed_one_it_says_by_whom_when_and_what_a_seal_is_not(pdf, unsealed, key):
    checked = asked(pdf)

    assert checked.says is Says.STANDS
    assert (checked.sealed_by, checked.certificate) == (key.sealer.name, key.sealer.certificate)
    assert checked.sealed_at
    assert (checked.time_stamped_by, checked.trial_seal) == ("", False)
    assert checked.unsealed_sha256 == sha256(unsealed).hexdigest()
    assert checked.notes == (
        "The time of the seal is the sealer's own word; no time-stamp is known here.",
        "The seal is the organisation's; it is no personal signature of those named.",
        LATER,
    )
    assert str(checked).split("\n") == [
        f"This sign-off stands: {checked.sentence}",
        *checked.notes,
    ]


def test_a_seal_that_names_no_time_is_told_without_one(pdf, key):
    checked = asked(signed_anew(pdf, key, b"/M (", b"/Z ("))

    assert checked.says is Says.STANDS
    assert checked.sealed_at == ""
    assert " was sealed by Bank of Examples and is unchanged since;" in checked.sentence


def test_a_sealed_document_of_another_version_stands_and_says_that_it_was_not_made_again(
    pdf, monkeypatch
):
    monkeypatch.setattr(verifying, "renderer", lambda _: {**renderer(), "candor": "9.9.9"})
    checked = asked(pdf)

    assert checked.says is Says.STANDS
    assert not checked.made_again
    assert "it was made by another version of Candor" in checked.sentence
    assert "here is Candor 9.9.9" in checked.notes[0]


def test_words_that_were_left_out_are_counted(plain, decided):
    record = json.loads(decided[1])
    left = len(record["texts"]) - 2
    record["texts"] = dict(list(record["texts"].items())[:2])
    checked = asked(with_record(plain, canonical(record)))

    assert checked.notes == (
        f"{left} texts were erased, or given without names; their hashes stand.",
    )


def test_a_record_in_which_nothing_was_checked_makes_no_document(plain, decided):
    begun = with_events(decided[1], events_of(decided[1])[:1])
    checked = asked(with_record(plain, begun))

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == ("no document can be made from its record, so this one was not.")
    assert (checked.events, checked.review, checked.policy) == (1, "", "")


# A seal alone is no decision


@pytest.fixture
def meeting(a_meeting):
    met = a_meeting(COVERED)
    met.run(agreed(20, 20), committee=needing(1))
    return met


def of(meeting, key):
    """The sealed document of a meeting as it stands."""
    record = meeting.desk.bundle("spring")
    return sealed(document(from_bundle(record), record, at=AT, sealer=key.sealer), key)


def test_a_sealed_pre_read_is_no_sign_off(meeting, key):
    checked = asked(of(meeting, key))

    assert checked.says is Says.CANNOT_TELL
    assert checked.sentence == "it is sealed, but it holds no decision that stands."


def test_an_approval_stands_until_its_last_day_and_not_on_the_next(meeting, key):
    meeting.sign(Decision.APPROVE, by=WEBER)
    pdf, until = of(meeting, key), meeting.review.decided.until
    days = (until - AT.date()).days

    assert asked(pdf, now=AT + days * DAY).says is Says.STANDS
    ended = asked(pdf, now=AT + (days + 1) * DAY)

    assert ended.says is Says.DOES_NOT_STAND
    assert ended.sentence == "its approval has ended, by the days that its own record names."


# Saved anew, added to, or changed in place


def test_bytes_added_to_a_document_without_a_seal_are_told(plain):
    checked = asked(plain + b"\n% and more\n%%EOF")

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == OTHERS
    assert not checked.made_again


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "without a seal"])
def test_what_is_read_aloud_is_not_changed_in_place_unnoticed(pdf, plain, sealed):
    """No page shows it, and nobody saved the document anew."""
    whole = pdf if sealed else plain
    spoken = whole.index(b"/Alt(") + len(b"/Alt(")
    checked = asked(whole[:spoken] + b"0" + whole[spoken + 1 :])

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == OTHERS


def test_a_sealed_document_that_another_program_saved_cannot_be_told(pdf):
    checked = asked(saved_again(pdf, lambda _: None))

    assert checked.says is Says.CANNOT_TELL
    assert checked.sentence.startswith("this PDF was saved again by another program;")


def test_a_broken_seal_is_told_by_the_page_that_was_changed(pdf):
    def draw(opened):
        opened.pages[1].contents_add(opened.make_stream(b"0 0 0 rg 100 100 300 300 re f"))

    checked = asked(saved_again(pdf, draw))

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence.startswith("page 2 is not what its record makes:")


def test_a_broken_seal_of_another_version_is_told_as_one(pdf, monkeypatch):
    monkeypatch.setattr(verifying, "renderer", lambda _: {**renderer(), "candor": "9.9.9"})
    spoken = pdf.index(b"/Alt(") + len(b"/Alt(")
    checked = asked(pdf[:spoken] + b"0" + pdf[spoken + 1 :])

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == OTHERS


@pytest.mark.parametrize("packed", ["/FlateDecode", "/Unknown"])
def test_an_attachment_that_cannot_be_unpacked_after_the_seal_is_no_exception(pdf, packed):
    writer = _Writer(io.BytesIO(pdf))
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    spec = names[list(names).index("findings.json") + 1]
    told = {generic.pdf_name("/Filter"): generic.pdf_name(packed)}
    torn = generic.StreamObject(told, encoded_data=b"no such thing")
    spec["/EF"]["/F"] = spec["/EF"]["/UF"] = writer.add_object(torn)
    writer.update_container(spec)
    out = io.BytesIO()
    writer.write(out)

    checked = asked(out.getvalue())

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == "after it was sealed, the attached findings.json was exchanged."
