"""Whatever a document or a record holds, the answer is a verdict that a person can read."""

from __future__ import annotations

import json
from datetime import timedelta

import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from review.document.editions import Edition
from review.document.public import extract
from review.document.report import document, public_document
from review.present.unfolding import from_bundle
from review.proof.verify import Says, verify
from review.record import Answer, Decision
from review.store.canonical import canonical, parsed, parsed_as_kept
from review.store.chain import verify_bundle
from tests.review.builders import ITO, JONAS, LEE, WEBER, even, needing, question
from tests.review.documents import AT, a_decided
from tests.review.forging import events_of, with_events, with_record

NOT_FROM_IT = "no document can be made from its record, so this one was not."
NO_EXTRACT = "what it carries is not an extract of a record."


def asked(pdf):
    """The verdict, after it was written down in every way in which it is told."""
    checked = verify(pdf, now=AT + timedelta(days=1))
    assert json.dumps(checked.plain(), ensure_ascii=False).encode()
    assert str(checked).encode()
    return checked


def test_what_no_library_can_read_is_a_verdict_that_quotes_nothing(monkeypatch, caplog):
    def fails(*_, **__):
        raise ZeroDivisionError("Ana's address")

    monkeypatch.setattr(pikepdf, "open", fails)
    checked = asked(b"%PDF-1.7 %%EOF")

    assert checked.says is Says.CANNOT_TELL
    assert checked.sentence.startswith("something in this file could not be read to its end; ask")
    assert "a document could not be judged (ZeroDivisionError)" in caplog.text
    assert "Ana" not in caplog.text


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    return a_decided(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def pdf(decided):
    return document(*decided, at=AT)


@pytest.fixture(scope="module")
def for_people(decided):
    return public_document(extract(decided[0]), at=AT)


@pytest.fixture
def a_record(a_meeting):
    """The record of a committee: seats, a point with one answer aloud, a ballot, a dissent."""
    chosen = question("chosen", "bias.*", asked=True)
    meeting = a_meeting(chosen)
    meeting.run(even(), committee=needing(3, "privacy", "ethics"))
    meeting.convene(JONAS, ITO, WEBER, LEE)
    meeting.put("chosen")
    for one in (JONAS, ITO, WEBER):
        meeting.seal(by=one, name="chosen")
    room, lee = meeting.desk.room, meeting.persons(LEE)
    room.open_seals("spring", "chosen", reason="No device.", by=JONAS, now=meeting.now)
    room.speak("spring", "chosen", lee, Answer.ACCEPTABLE, reason="Yes.", by=JONAS, now=meeting.now)
    meeting.begin_ballot()
    for one in (JONAS, ITO, WEBER, LEE):
        meeting.cast(Decision.REJECT if one is LEE else Decision.APPROVE, by=one)
    meeting.desk.ballot.attest("spring", by=JONAS, now=meeting.now)
    meeting.desk.ballot.dissent("spring", "Still no.", by=LEE, now=meeting.now)
    return meeting.desk.bundle("spring")


def folds(record):
    """Whether a whole record folds to a review; where it does not, that is said in a sentence."""
    assert verify_bundle(record).stands
    try:
        return bool(from_bundle(record).id)
    except ValueError:
        return False


def test_events_forged_into_an_order_that_no_command_makes_are_told_in_a_sentence(a_record):
    events = events_of(a_record)
    forged = [events[:at] + events[at + 1 :] for at in range(1, len(events))]
    forged += [events[:at] + events[at - 1 : at] + events[at:] for at in range(1, len(events))]
    forged += [events[at:] for at in range(len(events))]

    told = [folds(with_events(a_record, one)) for one in forged]

    assert folds(with_events(a_record, events))
    assert True in told
    assert False in told


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            {"kind": "concern_answered", "concern": 99, "text": "a" * 64, "changed": None},
            id="an answer to a concern that nobody raised",
        ),
        pytest.param(
            {"kind": "seals_opened", "question": "agreed", "round": 1, "answers": []},
            id="the opening of a point that nobody put",
        ),
    ],
)
def test_a_document_around_events_that_do_not_follow_does_not_stand(pdf, decided, other):
    events = events_of(decided[1])
    last = {name: events[-1][name] for name in ("actor", "at", "review")}
    forged = with_events(decided[1], [*events, {**last, "revision": 1, **other}])
    checked = asked(with_record(pdf, forged))

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == NOT_FROM_IT
    assert checked.events == len(events) + 1


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
        max_leaves=6,
    ),
    st.booleans(),
)
@example("\ud83d\ude00", True)
@example("\\ud800", True)
@example(2**53 - 1, True)
@example(-(2**53), True)
def test_a_record_is_refused_exactly_where_it_could_not_have_been_written(thing, escaped):
    content = json.dumps(thing, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    try:
        written = canonical(parsed(content))
    except ValueError:
        with pytest.raises(ValueError):  # noqa: PT011 — whatever is wrong with it
            parsed_as_kept(content)
    else:
        assert canonical(parsed_as_kept(content)) == written


def changed(extracted, change):
    """An extract with something else in it, written as any program would."""
    plain = json.loads(extracted)
    change(plain)
    return json.dumps(plain, separators=(",", ":"), sort_keys=True).encode()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda one: one.update(events=10.5), id="a part of an event"),
        pytest.param(lambda one: one.update(events="6"), id="a number in words"),
        pytest.param(lambda one: one.update(head="\ud800"), id="half a character"),
        pytest.param(lambda one: one.update(review=None), id="no review"),
        pytest.param(lambda one: one.update(page=[["revision", 1]]), id="no page"),
        pytest.param(lambda one: one["page"].update(revision=None), id="no revision"),
        pytest.param(lambda one: one["page"].update(revision="one"), id="a revision in words"),
        pytest.param(lambda one: one["page"].pop("fingerprint"), id="no fingerprint"),
        pytest.param(lambda one: one.update(version=2), id="a later version"),
        pytest.param(lambda one: one.update(form="candor.record"), id="another form"),
    ],
)
def test_what_is_no_extract_is_told(for_people, decided, change):
    forged = changed(extract(decided[0]), change)
    checked = asked(with_record(for_people, forged, edition=Edition.PUBLIC))

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence == NO_EXTRACT


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'{"events":1e999}', id="endless"),
        pytest.param(b'{"events":NaN}', id="no number"),
        pytest.param(b'{"a":1,"a":2}', id="a name twice"),
        pytest.param(b'{"events":' + b"9" * 5_000 + b"}", id="5,000 digits"),
        pytest.param(b"\xff\xfe{\x00}\x00", id="UTF-16"),
    ],
)
@pytest.mark.parametrize("edition", [Edition.PUBLIC, Edition.INTERNAL], ids=str)
def test_whatever_is_attached_as_record_is_a_verdict(pdf, content, edition):
    checked = asked(with_record(pdf, content, edition=edition))

    assert checked.says is Says.DOES_NOT_STAND
    assert checked.sentence.startswith(
        NO_EXTRACT if edition is Edition.PUBLIC else "its record is not whole: "
    )


@pytest.mark.parametrize("wrong", [None, 7, "x", [], [["x"]], {}], ids=str)
def test_a_page_of_an_extract_with_something_else_in_a_place_is_another_document(
    for_people, decided, wrong
):
    plain = json.loads(extract(decided[0]))
    plain["page"]["decided"] = wrong
    forged = canonical(plain)

    assert asked(with_record(for_people, forged, edition=Edition.PUBLIC)).sentence == NOT_FROM_IT
