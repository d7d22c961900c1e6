"""A record that was changed by anyone is found, and told plainly."""

from __future__ import annotations

import json
import random
import re
import sqlite3

import pytest

from review.commands.desk import NotTaken
from review.events import Part, hash_of
from review.record import Answer, Decision
from review.store.canonical import NOTHING, canonical, fingerprint
from review.store.chain import TEXTS, fits, linked, read_bundle, texts_named, verify_bundle
from review.store.rows import Row
from tests.review.builders import ADMIN, COVERED, ITO, MIRA, WEBER, agreed


@pytest.fixture
def meeting(a_meeting):
    """A review of five events: opened, run, answered, commented, signed."""
    meeting = a_meeting(COVERED)
    meeting.run(agreed(20))
    meeting.answer("covered", Answer.ACCEPTABLE, reason="Zoë looked.")
    meeting.desk.comment("spring", "covered", "Fine 🙂", by=ITO, now=meeting.now)
    meeting.sign(Decision.APPROVE, by=WEBER)
    return meeting


@pytest.fixture
def change(meeting, tmp_path):
    """Change the store as a stranger with the file would: without the triggers."""

    def act(statement, *values):
        meeting.desk.close()
        store = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
        for (trigger,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            store.execute(f"DROP TRIGGER {trigger}")
        store.execute(statement, values)
        store.close()

    return act


def bundle(meeting):
    return json.loads(meeting.desk.bundle("spring"))


def checked(plain):
    return verify_bundle(json.dumps(plain).encode())


# The bundle


def test_a_whole_bundle_stands(meeting):
    found = verify_bundle(meeting.desk.bundle("spring"))

    assert (found.stands, found.problem, found.event, found.erased) == (True, "", None, 0)
    assert (found.review, found.length, found.head) == ("spring", 5, meeting.review.head)


def test_the_bundle_is_the_same_bytes_each_time(meeting):
    assert meeting.desk.bundle("spring") == meeting.desk.bundle("spring")


def test_no_name_or_word_stands_in_an_event(meeting):
    events = " ".join(one["event"] for one in bundle(meeting)["events"])

    for words in ("Mira", "M. Ito", "Weber", "Ana", "Zoë", "Fine", "Spring"):
        assert words not in events


def test_every_text_an_event_names_is_in_the_bundle(meeting):
    plain = bundle(meeting)
    rows = [Row(n, one["hash"], one["event"]) for n, one in enumerate(plain["events"], 1)]

    assert texts_named(linked("spring", rows).events) == set(plain["texts"])


def fields(thing, path=()):
    """Every place in an event that holds a value."""
    if isinstance(thing, dict):
        return [place for name, one in thing.items() for place in fields(one, (*path, name))]
    if isinstance(thing, list):
        return [place for at, one in enumerate(thing) for place in fields(one, (*path, at))]
    return [path]


def flipped(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return "x" if value is None else f"{value}x"


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_any_field_changed_is_found_at_its_event(meeting, number):
    whole = bundle(meeting)
    event = json.loads(whole["events"][number - 1]["event"])

    assert len(fields(event)) >= 11
    for path in fields(event):
        changed = json.loads(json.dumps(event))
        inside = changed
        for step in path[:-1]:
            inside = inside[step]
        inside[path[-1]] = flipped(inside[path[-1]])
        plain = json.loads(json.dumps(whole))
        plain["events"][number - 1]["event"] = canonical(changed).decode()
        found = checked(plain)

        assert (found.stands, found.event) == (False, number), path


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_field_changed_with_its_hash_is_found_at_the_next_event(meeting, number):
    plain = bundle(meeting)
    event = json.loads(plain["events"][number - 1]["event"])
    event["at"] = "2020-01-01T00:00:00.000Z"
    written = canonical(event).decode()
    plain["events"][number - 1] = {"event": written, "hash": hash_of(written)}
    found = checked(plain)

    assert (found.stands, found.event) == (False, number + 1)
    assert found.problem == (
        f"Event {number + 1} of this record does not fit: it does not follow the event before it."
    )


def spaced(one):
    written = one["event"].replace(",", ", ", 1)
    return {"event": written, "hash": hash_of(written)}


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda events: events[:2] + events[3:], id="one taken out"),
        pytest.param(lambda events: [events[1], events[0], *events[2:]], id="two exchanged"),
        pytest.param(lambda events: [*events, events[-1]], id="one twice"),
        pytest.param(lambda events: events[:-1], id="the last cut off"),
        pytest.param(lambda events: [*events[:-1], spaced(events[-1])], id="not canonical"),
        pytest.param(lambda _: [], id="all taken out"),
    ],
)
def test_events_that_were_moved_are_found(meeting, spoil):
    plain = bundle(meeting)
    plain["events"] = spoil(plain["events"])

    assert not checked(plain).stands
    assert checked(plain).problem


def test_words_changed_are_found(meeting):
    plain = bundle(meeting)
    name = next(iter(plain["texts"]))
    plain["texts"][name]["words"] += "!"

    assert checked(plain).problem == "Words in the record are not the ones that were hashed."


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(lambda one: one + " ", "not the one that was hashed", id="changed"),
        pytest.param(None, "is missing", id="missing"),
    ],
)
def test_findings_changed_or_missing_are_found(meeting, spoil, said):
    plain = bundle(meeting)
    name = next(name for name, one in plain["documents"].items() if "headline" in one)
    if spoil:
        plain["documents"][name] = spoil(plain["documents"][name])
    else:
        del plain["documents"][name]

    assert not checked(plain).stands
    assert said in checked(plain).problem


def test_an_edition_without_some_words_stands_and_says_so(meeting):
    plain = bundle(meeting)
    plain["texts"] = {}
    found = checked(plain)

    assert found.stands
    assert found.erased == len(bundle(meeting)["texts"])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"form":"candor.record"}',
        b'{"a":1,"a":2}',
        b"[" * 100_000,
        b"[" * 900 + b"]" * 900,
        b'{"form":"\\ud800"}',
        b'{"form":"x","version":1,"review":"r","head":"h","events":[],"texts":{},"documents":{}}',
        (
            b'{"form":"candor.record","version":1,"review":"r","head":"h","events":[1],"texts":{},'
            b'"documents":{}}'
        ),
    ],
)
def test_anything_else_is_told_in_a_sentence(content):
    found = verify_bundle(content)

    assert not found.stands
    assert found.problem.startswith("This ")


@pytest.mark.parametrize(
    ("place", "name"),
    [
        pytest.param(lambda plain: plain, "anchor", id="where it was anchored"),
        pytest.param(lambda plain: plain["anchor"], "head", id="what was anchored"),
        pytest.param(lambda plain: plain["events"][1], "hash", id="a hash"),
        pytest.param(lambda plain: next(iter(plain["texts"].values())), "salt", id="a salt"),
    ],
)
def test_what_is_called_otherwise_is_not_passed_over(meeting, place, name):
    """A byte flipped in the name of the anchor once left it out, and the record stood."""
    plain = bundle(meeting)
    place(plain)[f"x{name}"] = place(plain)[name]
    more = checked(plain)
    del place(plain)[name]

    assert not more.stands
    assert not checked(plain).stands


def test_what_cannot_be_read_belongs_to_no_review(meeting):
    found = verify_bundle(meeting.desk.bundle("spring")[:-1])

    assert (found.review, found.head, found.length, found.erased) == ("", "", 0, 0)
    assert found.event is None


def test_words_torn_behind_the_events_are_no_events_fault(meeting):
    whole = meeting.desk.bundle("spring")
    place = whole.index(b'"texts"') + 20

    assert verify_bundle(whole[:place] + b"\xff" + whole[place + 1 :]).event is None


def test_of_two_faults_the_first_is_named_also_where_only_the_second_cannot_be_read(meeting):
    whole = bytearray(meeting.desk.bundle("spring"))
    second = [found.end() for found in re.finditer(rb'"at\\":\\"20', whole)][1]
    whole[second] ^= 1
    whole[whole.index(b'"texts"') - 20] = 0xFF

    assert verify_bundle(bytes(whole)).event == 2


@pytest.mark.parametrize("number", range(1, 6))
def test_an_anchor_is_held_against_its_own_event(meeting, number):
    plain = bundle(meeting)
    plain["anchor"] = {"number": number, "head": plain["events"][number - 1]["hash"]}
    assert checked(plain).stands

    plain["anchor"]["head"] = "0" * 64
    assert checked(plain).problem == (
        f"Event {number} is not the one that was anchored outside the store."
    )


@pytest.mark.parametrize("number", [0, 6, -1])
def test_an_anchor_of_an_event_that_is_not_there_is_found(meeting, number):
    plain = bundle(meeting)
    plain["anchor"]["number"] = number

    assert f"Event {number} is not the one that was anchored" in checked(plain).problem


def test_a_record_that_was_never_anchored_stands(meeting):
    plain = bundle(meeting)
    plain["anchor"] = None

    assert checked(plain).stands


def test_words_in_which_names_were_replaced_are_read_with_the_record(meeting):
    plain = bundle(meeting)
    assert read_bundle(json.dumps(plain).encode()).redacted == {}

    plain["redacted"] = {"0" * 64: "Somebody looked."}
    assert checked(plain).stands
    assert read_bundle(json.dumps(plain).encode()).redacted == {"0" * 64: "Somebody looked."}


def test_a_record_says_its_form_and_version_and_no_other_is_taken(meeting):
    plain = bundle(meeting)
    assert (plain["form"], plain["version"]) == ("candor.record", 1)

    for other in ({"form": "another"}, {"version": 2}):
        assert "written by another version" in checked(plain | other).problem


def test_the_checklist_belongs_to_the_record_too(meeting):
    plain = bundle(meeting)
    [name] = [name for name, one in plain["documents"].items() if "headline" not in one]
    del plain["documents"][name]

    assert checked(plain).problem == "A document that the record names is missing from it."


def test_what_happened_since_an_event_is_all_that_follows_it(meeting):
    rows = [Row(n, one["hash"], one["event"]) for n, one in enumerate(bundle(meeting)["events"], 1)]
    chain = linked("spring", rows)

    assert [one.number for one in chain.since(chain.hashes[1])] == [3, 4, 5]
    assert chain.since(chain.head) == ()
    assert chain.since("0" * 64) is None


def test_a_text_fits_its_salt_and_words_and_an_erased_one_fits_too():
    name = fingerprint(b"saltwords")

    assert fits(name, b"salt", "words")
    assert fits(name, None, None)
    assert fits(fingerprint(b"salt"), b"salt", "")
    assert not fits(name, b"salt", None)
    assert not fits(name, None, "words")


def parts(kind=Part):
    return [kind, *(each for one in kind.__subclasses__() for each in parts(one))]


def test_every_field_of_an_event_that_names_words_is_known_as_one():
    written = {
        name
        for part in parts()
        for name, kind in part.__annotations__.items()
        if kind.split(" ")[0] == "Text"
    }

    assert written == TEXTS


@pytest.mark.parametrize("number", [1, 3, 5])
@pytest.mark.parametrize("torn", [b'{"event":', b'"hash":', b'\\"kind\\"'])
def test_in_bytes_that_cannot_be_read_the_torn_event_is_named(meeting, number, torn):
    whole = meeting.desk.bundle("spring")
    parts = whole.split(b'{"event":')
    part = b'{"event":' + parts[number]
    place = whole.index(part) + part.index(torn)
    spoilt = whole[:place] + b"\xff" + whole[place + 1 :]

    found = verify_bundle(spoilt)

    assert found.event == number
    assert f"Event {number} is the first that cannot be read." in found.problem


@pytest.mark.parametrize("number", [1, 3, 5])
def test_an_event_whose_letters_are_no_text_is_the_torn_one(meeting, number):
    whole = meeting.desk.bundle("spring")
    place = [one.end() for one in re.finditer(rb'\{"event":"\{\\', whole)][number - 1]

    assert verify_bundle(whole[:place] + b"q" + whole[place + 1 :]).event == number


def test_a_salt_written_another_way_is_another_record(meeting):
    whole = json.loads(meeting.desk.bundle("spring"))
    text = next(one for one in whole["texts"].values() if one["salt"] != one["salt"].upper())
    text["salt"] = text["salt"].upper()

    assert not verify_bundle(json.dumps(whole).encode()).stands


def test_whatever_byte_is_changed_the_check_ends_in_a_sentence(meeting):
    whole = meeting.desk.bundle("spring")
    chance = random.Random(2026)
    for _ in range(200):
        place = chance.randrange(len(whole))
        other = bytes([chance.choice([byte for byte in range(256) if byte != whole[place]])])
        found = verify_bundle(whole[:place] + other + whole[place + 1 :])
        anchor = whole.index(b'"anchor"') <= place < whole.index(b',"documents"')

        assert found.stands is (not found.problem)
        assert anchor or not found.stands, whole[place - 20 : place + 20]


# The store


def test_a_changed_event_makes_the_review_read_only(meeting, change):
    change("UPDATE events SET event = replace(event, 'acceptable', 'not_acceptable')")
    review = meeting.review

    assert review.read_only.startswith(
        "Event 3 of this record does not fit: its words are not the ones that were hashed."
    )
    assert review.length == 2
    assert [obstacle.sentence for obstacle in review.obstacles] == [review.read_only]
    with pytest.raises(NotTaken, match="does not fit"):
        meeting.answer("covered")


def test_a_tail_cut_off_is_found_by_the_anchor(meeting, change):
    change("DELETE FROM events WHERE number = 5")

    assert meeting.review.read_only.startswith("Event 5 was anchored on 2026-11-23T12:")
    assert "but the store ends with event 4." in meeting.review.read_only


def test_a_review_taken_out_of_the_store_is_missed(meeting, change):
    change("DELETE FROM events")

    [review] = meeting.desk.reviews()
    assert "but the store ends with event 0." in review.read_only


def test_a_history_written_anew_is_found_by_the_anchors(meeting, change):
    rows = bundle(meeting)["events"]
    prev, made = NOTHING, []
    for one in rows:
        event = json.loads(one["event"]) | {"prev": prev, "at": "2026-11-23T00:00:00.000Z"}
        written = canonical(event).decode()
        prev = hash_of(written)
        made.append((prev, written))
    for number, (hashed, written) in enumerate(made, 1):
        change("UPDATE events SET hash = ?, event = ? WHERE number = ?", hashed, written, number)

    assert linked("spring", [Row(n, h, e) for n, (h, e) in enumerate(made, 1)]).problem == ""
    assert "is not the one that was anchored" in meeting.review.read_only


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param("UPDATE texts SET words = 'Yes' WHERE words = 'Zoë looked.'",
                     "Words in this record are not the ones that were written.", id="words"),
        pytest.param("UPDATE texts SET words = NULL, salt = NULL WHERE words = 'Zoë looked.'",
                     "Words of this record were taken away, and no event says so.",
                     id="words gone"),
        pytest.param("UPDATE documents SET bytes = cast('{}' AS BLOB)",
                     "A document of this record is not the one that was stored.", id="findings"),
        pytest.param("DELETE FROM documents",
                     "A document of this record is missing from the store.", id="no findings"),
    ],
)  # fmt: skip
def test_what_the_events_name_is_checked_too(meeting, change, statement, said):
    change(statement)

    assert meeting.review.read_only.startswith(said)


def test_a_chain_ahead_of_its_anchors_is_fine(meeting, tmp_path):
    anchors = tmp_path / "anchors.jsonl"
    lines = anchors.read_text().splitlines()
    anchors.write_text("\n".join(lines[:2]) + '\n{"head":"torn of')

    assert meeting.review.read_only == ""
    meeting.desk.comment("spring", "", "Still here.", by=ITO, now=meeting.now)
    assert json.loads(anchors.read_text().splitlines()[-1])["number"] == 6


def test_an_act_is_on_record_although_its_anchor_could_not_be_written(meeting, monkeypatch):
    def full(_):
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    review = meeting.desk.comment("spring", "", "Still here.", by=ITO, now=meeting.now)

    assert review.comments[-1].text == "Still here."
    assert review.read_only == ""


def test_only_a_reason_takes_a_moved_record_further(meeting, change):
    change("DELETE FROM events WHERE number = 5")
    desk = meeting.desk

    with pytest.raises(NotTaken, match="needs a reason"):
        desk.restore("spring", reason=" ", by=ADMIN, now=meeting.now)
    with pytest.raises(NotTaken, match="Only an administrator"):
        desk.restore("spring", reason="The disk was full.", by=MIRA, now=meeting.now)
    desk.restore("spring", reason="The disk was full.", by=ADMIN, now=meeting.now)

    assert meeting.review.read_only == ""
    assert meeting.told()[-1] == (
        "R. Root (administrator, not verified) went on with this record although it differs from "
        "event 5 of its anchors. “The disk was full.”"
    )
    with pytest.raises(NotTaken, match="fits its anchors already"):
        desk.restore("spring", reason="Again.", by=ADMIN, now=meeting.now)


def test_a_restored_record_is_watched_again(meeting, change):
    change("DELETE FROM events WHERE number = 5")
    meeting.desk.restore("spring", reason="The disk was full.", by=ADMIN, now=meeting.now)
    meeting.desk.comment("spring", "", "On we go.", by=ITO, now=meeting.now)
    change("DELETE FROM events WHERE number = 6")

    assert "Event 6 was anchored" in meeting.review.read_only


def test_erased_words_leave_the_chain_whole(meeting):
    name = next(
        hashed for hashed, one in bundle(meeting)["texts"].items() if one["words"] == "Zoë looked."
    )
    meeting.desk.erase("spring", [name], reason="Asked for.", by=ADMIN, now=meeting.now)
    review = meeting.review

    assert review.read_only == ""
    assert review.standing(COVERED).reason == "(erased)"
    assert "Zoë" not in meeting.desk.bundle("spring").decode()
    assert verify_bundle(meeting.desk.bundle("spring")).stands
    assert verify_bundle(meeting.desk.bundle("spring")).erased == 1
    assert fingerprint(b"Zo\xc3\xab looked.") != name


def test_words_of_another_review_cannot_be_erased(meeting):
    with pytest.raises(NotTaken, match="not in this record"):
        meeting.desk.erase("spring", ["0" * 64], reason="So.", by=ADMIN, now=meeting.now)
