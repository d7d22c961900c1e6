"""What people said about a channel: columns, repeated rows, and events; as of 1 December 2026."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from checks.audience import Count
from checks.conditions import Before, Is, Missing

CHANNEL = {
    "status": "said",
    "given": "day",
    "proof": "ref",
    "wording": "text",
    "purpose": "for",
    "expires": "ends",
    "reconfirmed": "again",
}


def told(a_case, people=None, permission=None, **columns):
    channel = {"basis": "consent", "permission": permission or CHANNEL}
    return a_case({"people": people or {}, "channels": {"email": channel}}, **columns).audience


def only(audience, fact):
    [count] = audience.count(fact)
    return count.values[0]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        pytest.param("granted", "granted", id="granted"),
        pytest.param(" Yes ", "granted", id="any case, any space"),
        pytest.param(True, "granted", id="true"),
        pytest.param(1, "granted", id="1"),
        pytest.param("no", "denied", id="no"),
        pytest.param(False, "denied", id="false"),
        pytest.param(0, "denied", id="0"),
        pytest.param("Opted_Out", "withdrawn", id="withdrawn"),
        pytest.param("objection", "objected", id="objected"),
        pytest.param("pending", "other", id="a word nobody declared"),
        pytest.param("unknown", None, id="not known"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_the_words_of_a_status(a_case, word, status):
    assert only(told(a_case, said=[word]), "email.status") == status


def test_the_campaign_may_bring_its_own_words(a_case):
    permission = {"status": "said", "granted": ["Ja"], "denied": ["unknown"]}

    audience = told(a_case, permission=permission, said=["ja", "yes", "unknown"])

    assert audience.count("email.status") == (
        Count(("granted",), 1),
        Count(("other",), 1),
        Count(("denied",), 1),
    )


def test_the_later_of_given_and_confirmed_again(a_case):
    audience = told(
        a_case,
        said=["yes"] * 4,
        day=["2024-01-01", "2026-01-01", None, "soon"],
        again=[date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 1), None],
    )

    assert audience.count("email.given") == (
        Count((date(2025, 1, 1),), 2),
        Count((date(2026, 1, 1),), 1),
        Count((None,), 1),
    )


def test_a_yes_dated_after_launch_keeps_its_day_and_is_counted(a_case):
    days = [date(2026, 12, 1), date(2026, 12, 2)]

    audience = told(a_case, said=["yes", "yes"], day=days)

    assert audience.count("email.given") == (Count((days[0],), 1), Count((days[1],), 1))
    assert audience.future_dates == 1


def test_dates_are_in_the_future_from_the_day_of_export(a_case):
    days = ["2026-11-01", "2026-11-02"]

    audience = told(a_case, people={"exported": "2026-11-01"}, said=["yes"] * 2, day=days)

    assert audience.future_dates == 1


def test_proof_is_there_or_not(a_case):
    refs = ["form-1", "form-2", "", None, "n/a", " "]

    audience = told(a_case, said=["yes"] * 6, ref=refs, text=[True, False, None, None, None, None])

    assert audience.count("email.proof") == (Count((False,), 4), Count((True,), 2))
    assert audience.count("email.wording") == (Count((False,), 5), Count((True,), 1))


@pytest.mark.parametrize(
    ("purpose", "fits"),
    [
        pytest.param("direct_marketing", True, id="the same"),
        pytest.param("Direct marketing", True, id="the same in other letters"),
        pytest.param("profiling; direct-marketing", True, id="among others"),
        pytest.param("profiling", False, id="another"),
        pytest.param("", False, id="none named"),
    ],
)
def test_the_yes_names_the_purpose(a_case, purpose, fits):
    audience = told(a_case, said=["yes"], **{"for": [purpose]})

    assert only(audience, "email.purpose_fits") is fits


def test_without_a_purpose_column_every_yes_fits(a_case):
    assert only(told(a_case, said=["yes"]), "email.purpose_fits") is True


OLD, NEW, LAUNCH, LATER = "2025-01-01", "2026-01-01", "2026-12-01", "2026-12-02"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        pytest.param([("yes", OLD), ("no", NEW)], "denied", id="the later no"),
        pytest.param([("no", OLD), ("yes", NEW)], "granted", id="the later yes"),
        pytest.param([("yes", NEW), ("no", NEW)], "denied", id="at once: no beats yes"),
        pytest.param([("no", NEW), ("withdrawn", NEW)], "withdrawn", id="withdrawn beats denied"),
        pytest.param([("objected", NEW), ("withdrawn", NEW)], "objected", id="objected beats it"),
        pytest.param([("pending", NEW), ("yes", NEW)], "other", id="unclear beats yes"),
        pytest.param([("pending", NEW), ("no", NEW)], "denied", id="no beats unclear"),
        pytest.param([("yes", NEW), (None, LAUNCH)], "granted", id="nothing said says nothing"),
        pytest.param([("yes", NEW), ("no", None)], "denied", id="a no without a day is the last"),
        pytest.param([("no", OLD), ("yes", None)], "denied", id="a yes without a day the first"),
        pytest.param([("yes", NEW), ("no", LAUNCH)], "denied", id="a no on the launch day"),
        pytest.param([("yes", NEW), ("no", LATER)], "granted", id="a no after it is not yet said"),
        pytest.param([("no", NEW), ("yes", LATER)], "denied", id="nor is a yes"),
        pytest.param([(None, None), (None, None)], None, id="nothing at all"),
    ],
)
@pytest.mark.parametrize("turned", [False, True], ids=["as told", "turned round"])
def test_the_last_word_counts(a_case, words, status, turned):
    words = words[::-1] if turned else words
    said, days = [word for word, _ in words], [day for _, day in words]

    repeated = told(
        a_case,
        people={"key": "id"},
        permission={"status": "said", "given": "day"},
        id=[1, 1],
        said=said,
        day=days,
    )
    events = from_events(a_case, status=said, at=days, id=[1, 1], purpose=[PURPOSE, PURPOSE])

    assert only(repeated, "email.status") == status
    assert only(events, "email.status") == status


def test_what_belongs_to_the_last_word_stays_with_it(a_case):
    audience = told(
        a_case,
        people={"key": "id"},
        id=[1, 1, 2, 2],
        said=["yes", "yes", "yes", "yes"],
        day=[OLD, NEW, NEW, NEW],
        ref=["form", None, "form", None],
        ends=["2026-06-01", "2027-06-01", None, None],
    )

    assert audience.count("email.proof") == (Count((False,), 2),)
    assert audience.count("email.expires") == (Count((date(2027, 6, 1),), 1), Count((None,), 1))
    assert audience.key_facts.disagreeing == 0
    assert audience.key_facts.permissions_folded == 2


PURPOSE = "direct_marketing"


STORED = datetime(2026, 1, 1, 23, 30)  # noqa: DTZ001 — stored times are UTC without saying so


def from_events(a_case, people=None, channels=("email",), sections=None, **events):
    size = len(events["id"])
    events = {"channel": ["email"] * size, "purpose": [PURPOSE] * size, **events}
    sections = {
        "people": {"key": "id", **(people or {})},
        "permissions": {"file": "events.csv", "proof": "ref"},
        "channels": {name: {"basis": "consent"} for name in channels},
        **(sections or {}),
    }
    return a_case(sections, tables={"permissions": events}, id=[1]).audience


def test_events_of_another_channel_do_not_count(a_case):
    audience = from_events(
        a_case, channels=("email", "sms"), id=[1], status=["yes"], at=[NEW], channel=["E-Mail"]
    )

    assert only(audience, "email.status") == "granted"
    assert only(audience, "sms.status") is None
    assert only(audience, "email.given") == date(2026, 1, 1)


@pytest.mark.parametrize("every", ["all", "", None], ids=repr)
def test_a_no_to_all_is_a_no_to_each_a_yes_to_all_is_none(a_case, every):
    def say(word):
        return from_events(a_case, id=[1], status=[word], at=[NEW], channel=[every])

    assert only(say("objected"), "email.status") == "objected"
    assert only(say("yes"), "email.status") is None


@pytest.mark.parametrize(
    ("events", "status", "fits"),
    [
        pytest.param([("yes", PURPOSE)], "granted", True, id="a yes that fits"),
        pytest.param([("yes", "profiling")], "granted", False, id="a yes to something else"),
        pytest.param([("yes", "")], "granted", False, id="a yes to nothing named"),
        pytest.param([("no", "profiling")], None, None, id="a no to something else"),
        pytest.param([("no", "")], "denied", True, id="a no to everything"),
        pytest.param([("yes", PURPOSE), ("no", "profiling")], "granted", True, id="each its own"),
        pytest.param([("no", PURPOSE), ("yes", "profiling")], "denied", True, id="no here"),
    ],
)
def test_an_event_counts_for_its_purpose(a_case, events, status, fits):
    size = len(events)
    audience = from_events(
        a_case,
        id=[1] * size,
        status=[word for word, _ in events],
        purpose=[purpose for _, purpose in events],
        at=[OLD, NEW][:size],
    )

    assert only(audience, "email.status") == status
    assert only(audience, "email.purpose_fits") is fits


def test_proof_of_an_event(a_case):
    audience = from_events(a_case, id=[1, 1], status=["yes"] * 2, at=[OLD, NEW], ref=["form", ""])

    assert only(audience, "email.proof") is False


def test_events_of_strangers_and_of_the_future_are_counted(a_case):
    audience = from_events(a_case, id=[1, 7, None], status=["yes"] * 3, at=[LATER, NEW, STORED])

    assert audience.unmatched == {"permissions": 2}
    assert audience.future_dates == 1
    assert only(audience, "email.given") == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        pytest.param("UTC", date(2026, 1, 1), id="in its own zone"),
        pytest.param("Europe/Berlin", date(2026, 1, 2), id="where the campaign is"),
    ],
)
def test_a_day_is_a_day_where_the_campaign_is(a_case, zone, day):
    for at in (STORED, "2026-01-01T23:30:00Z", "2026-01-01T15:30:00-08:00"):
        audience = from_events(
            a_case, id=[1], status=["yes"], at=[at], sections={"time_zone": zone}
        )

        assert only(audience, "email.given") == day


def test_columns_of_a_channel_come_before_events(a_case):
    channels = {"email": {"basis": "consent", "permission": {"status": "said"}}}
    sections = {
        "people": {"key": "id"},
        "permissions": {"file": "events.csv"},
        "channels": {**channels, "sms": {"basis": "consent"}},
    }
    events = {"id": [1], "channel": ["all"], "status": ["objected"], "at": [NEW]}

    audience = a_case(sections, tables={"permissions": events}, id=[1], said=["yes"]).audience

    assert only(audience, "email.status") == "granted"
    assert only(audience, "sms.status") == "objected"


def test_events_need_people_who_can_be_recognised(a_case):
    audience = from_events(a_case, people={"key": None}, id=[1], status=["yes"], at=[NEW])

    assert not audience.has("email.status")
    assert not audience.has_key


def test_an_end_that_cannot_be_read_has_passed(a_case):
    told = {"status": "s", "expires": "ends"}
    sections = {"channels": {"email": {"basis": "consent", "permission": told}}}

    audience = a_case(sections, s=["yes"] * 3, ends=["31.12.2030", "2030-12-31", ""]).audience

    assert audience.total(Before("email.expires", date(2026, 12, 1))) == 1
    assert audience.total(Missing("email.expires")) == 1


def test_a_proof_that_says_no_is_none(a_case):
    told = {"status": "s", "proof": "ref"}
    sections = {"channels": {"email": {"basis": "consent", "permission": told}}}

    audience = a_case(sections, s=["yes"] * 4, ref=["no", "0", "false", "form 7"]).audience

    assert audience.total(Is("email.proof", True)) == 1
