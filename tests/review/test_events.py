"""Events and their canonical form: the form in which they are kept for good."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review import events
from review.events import Commented, Who, hash_of, read_event
from review.record import Answer, Decision, Role
from review.store.canonical import (
    NOTHING,
    canonical,
    entered,
    fingerprint,
    parsed,
    salted,
    same_name,
    told_time,
)

WHO = Who(
    person="0" * 32, identity="1" * 64, name="2" * 64, issuer="typed", roles=("legal",),
    verified=False,
)  # fmt: skip
EVENT = Commented(
    review="spring", number=1, at="2026-11-23T12:00:00.000Z", actor=WHO, prev=NOTHING, revision=1,
    about="", text="3" * 64,
)  # fmt: skip

WRITTEN = (
    '{"about":"","actor":{"identity":"' + "1" * 64 + '","issuer":"typed","name":"' + "2" * 64 + '",'
    '"person":"' + "0" * 32 + '","roles":["legal"],"verified":false},'
    '"at":"2026-11-23T12:00:00.000Z","form":1,"kind":"commented","number":1,'
    '"prev":"' + "0" * 64 + '","review":"spring","revision":1,"text":"' + "3" * 64 + '"}'
)


def test_an_event_is_written_in_one_way():
    assert EVENT.written() == WRITTEN
    assert read_event(WRITTEN) == EVENT
    assert hash_of(WRITTEN) == fingerprint(WRITTEN.encode())


def every_kind():
    return get_args(get_args(events.Happening)[0])


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.__name__)
def test_every_kind_is_a_past_tense_with_the_common_envelope(kind):
    shared = {"form", "review", "number", "at", "actor", "prev", "kind"}

    assert shared <= set(kind.model_fields)
    assert kind.model_config["frozen"]
    assert kind.model_config["extra"] == "forbid"
    assert "float" not in str([field.annotation for field in kind.model_fields.values()])


def test_what_may_be_said_is_what_the_record_knows():
    assert set(get_args(events.Capacity)) == set(Role)
    assert set(get_args(events.Answered.model_fields["answer"].annotation)) == set(Answer)
    assert set(get_args(events.Vote.model_fields["decision"].annotation)) == set(Decision)
    signed = set(get_args(events.Signed.model_fields["decision"].annotation))
    assert signed == set(Decision) - {Decision.ABSTAIN}


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda one: one | {"more": 1}, id="a name too many"),
        pytest.param(lambda one: one | {"kind": "voted"}, id="a kind nobody knows"),
        pytest.param(lambda one: one | {"number": "1"}, id="a number as words"),
        pytest.param(lambda one: one | {"number": 1.0 + 1e-9}, id="a fraction"),
        pytest.param(lambda one: one | {"at": "2026-11-23 12:00"}, id="another way to tell time"),
        pytest.param(lambda one: {k: v for k, v in one.items() if k != "prev"}, id="no link"),
    ],
)
def test_anything_else_is_no_event(spoil):
    with pytest.raises(ValueError):  # noqa: PT011 — whichever it is, it is refused
        read_event(json.dumps(spoil(json.loads(WRITTEN)), separators=(",", ":"), sort_keys=True))


def test_the_same_content_written_otherwise_is_no_event():
    with pytest.raises(ValueError, match="canonical"):
        read_event(WRITTEN.replace(":", ": ", 1))


def test_no_float_goes_on_record():
    with pytest.raises(ValueError, match="never floats"):
        canonical({"a": [1, {"b": 0.5}]})


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', '{"a":NaN}', '{"a":{"b":1,"b":1}}', "{"])
def test_ambiguous_json_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 — whichever it is, it is refused
        parsed(text)


def test_a_moment_is_told_in_utc():
    berlin = timezone(timedelta(hours=1))

    assert told_time(datetime(2026, 11, 23, 1, 2, 3, 4567, tzinfo=berlin)) == (
        "2026-11-23T00:02:03.004Z"
    )
    with pytest.raises(ValueError, match="without its zone"):
        told_time(datetime(2026, 11, 23, tzinfo=UTC).replace(tzinfo=None))


@given(st.text())
def test_any_words_can_be_entered_and_hashed(words):
    said = entered(words)

    assert said == entered(said)
    assert salted(b"salt", said) == fingerprint(b"salt" + said.encode())
    assert same_name(said) == same_name(words)


def test_the_same_words_under_another_salt_have_another_hash():
    assert salted(b"a" * 16, "Ana") != salted(b"b" * 16, "Ana")
