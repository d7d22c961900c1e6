"""consent.quiet_hours."""

from __future__ import annotations

import pytest

from checks.consent.quiet_hours import judge
from checks.finding import Reason, Verdict


def found(a_case, subject="sms", *, send=("09:00", "18:00"), zones=None, regions=(), **more):
    channel = more.pop("channel", "sms")
    told = {"basis": "consent", "registers": [], "send": {"from": send[0], "to": send[1]}}
    told |= more.pop("told", {})
    people = {"key": "id"} | ({"time_zone": "tz"} if zones else {})
    people |= {"region": "region"} if "where" in more else {}
    sections = {
        "people": people,
        "regions": list(regions),
        "time_zone": more.pop("clock", "Europe/Berlin"),
        "channels": {channel: told},
    }
    where = more.pop("where", None)
    many = len(zones or where or [1, 2])
    columns = {"id": range(many)} | ({"tz": zones} if zones else {})
    columns |= {"region": where} if where else {}
    findings = {one.subject: one for one in judge(a_case(sections, **columns))}
    return findings[subject]


@pytest.mark.parametrize(
    ("send", "verdict"),
    [
        pytest.param(("08:00", "21:00"), Verdict.CLEAR, id="the whole day, both ends"),
        pytest.param(("07:59", "12:00"), Verdict.FAIL, id="a minute early"),
        pytest.param(("12:00", "21:01"), Verdict.FAIL, id="a minute late"),
        pytest.param(("20:00", "09:00"), Verdict.FAIL, id="over midnight"),
        pytest.param(("10:00", "10:00"), Verdict.CLEAR, id="one moment"),
    ],
)
def test_the_hours(a_case, send, verdict):
    assert found(a_case, send=send, zones=["Europe/Berlin"] * 3).verdict is verdict


def test_each_person_has_a_clock_of_their_own(a_case):
    zones = ["Europe/Berlin"] * 12 + ["America/New_York"] * 8

    finding = found(a_case, zones=zones)

    assert finding.headline == (
        "8 of 20 sms contacts would fall outside 08:00 to 21:00 where people live: 03:00 to 12:00 "
        "in America/New_York."
    )
    assert finding.remedy == (
        "Move the send to 14:00 to 21:00, Europe/Berlin: then it is day for everybody."
    )


def test_summer_time_is_that_of_the_day(a_case):
    """Between the two changes of the clock in March, New York is five hours behind, not six."""
    told = {"send": {"day": "2026-03-20", "from": "13:00", "to": "14:00"}}

    assert found(a_case, zones=["America/New_York"], told=told).verdict is Verdict.CLEAR
    winter = {"send": {"day": "2026-02-20", "from": "13:00", "to": "14:00"}}
    assert found(a_case, zones=["America/New_York"], told=winter).verdict is Verdict.FAIL


def test_where_no_hour_suits_everybody_it_goes_zone_by_zone(a_case):
    zones = ["Pacific/Honolulu"] * 5 + ["Asia/Tokyo"] * 5

    assert found(a_case, zones=zones).remedy.startswith("Send zone by zone")


def test_every_touch_is_a_contact(a_case):
    told = {"touches": 3}

    finding = found(a_case, send=("05:00", "06:00"), zones=["Europe/Berlin"] * 2, told=told)

    assert finding.headline.startswith("All 6 sms contacts would fall outside")


@pytest.mark.parametrize(
    ("where", "send", "verdict"),
    [
        pytest.param(["DE", "FR"], ("09:00", "18:00"), Verdict.CLEAR, id="one zone each"),
        pytest.param(["US-NY"], ("09:00", "18:00"), Verdict.FAIL, id="a state"),
        pytest.param(["US-TX"], ("16:00", "18:00"), Verdict.CLEAR, id="8 in the later of two"),
        pytest.param(["US-TX"], ("15:59", "18:00"), Verdict.FAIL, id="too early in one of two"),
        pytest.param(["XX"], ("09:00", "18:00"), Verdict.CANNOT_TELL, id="a place not listed"),
        pytest.param(["DE", None], ("09:00", "18:00"), Verdict.CANNOT_TELL, id="no region"),
    ],
)
def test_a_region_stands_for_its_zones(a_case, where, send, verdict):
    assert found(a_case, where=where, send=send, regions=["DE", "US"]).verdict is verdict


@pytest.mark.parametrize(
    ("regions", "verdict"),
    [
        pytest.param(["DE"], Verdict.CLEAR, id="the campaign's one region"),
        pytest.param(["DE", "FR"], Verdict.CANNOT_TELL, id="several"),
        pytest.param([], Verdict.CANNOT_TELL, id="none"),
    ],
)
def test_without_a_column_the_one_region_counts(a_case, regions, verdict):
    assert found(a_case, regions=regions).verdict is verdict


def test_the_campaigns_own_clock_is_read(a_case):
    """Seven o'clock UTC is eight in Berlin, and half past six is too early."""
    assert found(a_case, regions=["DE"], clock="UTC", send=("07:00", "08:00")).verdict == "clear"
    assert found(a_case, regions=["DE"], clock="UTC", send=("06:30", "08:00")).verdict == "fail"


def test_an_unknown_clock_is_no_good_news(a_case):
    finding = found(a_case, zones=["Europe/Berlin", "Mars/Base"], regions=["DE", "FR"])

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.GROUP_UNKNOWN)
    assert finding.headline == "By which clock 1 of 2 people live is not known."


def test_without_the_hours_of_the_send_it_cannot_tell(a_case):
    for told in ({"send": None}, {"send": {"from": "09:00"}}):
        finding = found(a_case, regions=["DE"], told=told)

        assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_without_any_channel_it_cannot_tell(a_case):
    [finding] = judge(a_case(id=[1]))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_email_and_channels_without_a_touch_do_not_apply(a_case):
    told = {"channels": {"email": {"basis": "consent"}, "sms": {"basis": "consent", "touches": 0}}}

    [finding] = judge(a_case(told, id=[1]))

    assert finding.verdict is Verdict.NOT_APPLICABLE
    assert finding.headline == "No calls, texts or push messages are planned."


@pytest.mark.parametrize(
    ("day", "regions", "verdict"),
    [
        pytest.param("2026-11-03", ["DE"], Verdict.CLEAR, id="28 days"),
        pytest.param("2026-11-02", ["DE"], Verdict.FAIL, id="29 days"),
        pytest.param("2026-11-02", ["US-NY"], Verdict.CLEAR, id="29 days in the United States"),
        pytest.param("2026-10-31", ["US-NY"], Verdict.CLEAR, id="31 days there"),
        pytest.param("2026-10-30", ["US-NY"], Verdict.FAIL, id="32 days there"),
        pytest.param("2026-11-02", ["US-NY", "DE"], Verdict.FAIL, id="the stricter of two"),
        pytest.param("2026-12-01", ["DE"], Verdict.CLEAR, id="on launch day"),
        pytest.param("2026-12-02", ["DE"], Verdict.FAIL, id="after the launch"),
    ],
)
def test_registers_are_fresh(a_case, day, regions, verdict):
    told = {"registers": [{"name": "national", "screened": day}]}

    assert found(a_case, "sms: registers", regions=regions, told=told).verdict is verdict


def test_an_old_screening_is_said_with_its_age(a_case):
    told = {"registers": [{"name": "<script>", "screened": "2026-09-02"}]}

    finding = found(a_case, "sms: registers", regions=["DE"], told=told)

    assert finding.headline == (
        "1 of 1 screening is up to 90 days old at launch; 28 days count: <script>."
    )
    assert finding.remedy == "Screen 2 people again, at most 28 days before 1 December 2026."


def test_registers_not_stated_cannot_tell_and_none_does_not_apply(a_case):
    none = found(a_case, "sms: registers", regions=["DE"])
    sections = {"channels": {"live_call": {"basis": "consent"}}, "regions": ["DE"]}
    findings = {one.subject: one for one in judge(a_case(sections, id=[1]))}

    assert none.verdict is Verdict.NOT_APPLICABLE
    assert findings["live_call: registers"].reason is Reason.COLUMN_MISSING


def test_push_is_held_to_hours_and_to_no_register(a_case):
    sections = {
        "channels": {"push": {"basis": "consent", "send": {"from": "22:00", "to": "23:00"}}},
        "regions": ["DE"],
        "time_zone": "Europe/Berlin",
    }

    [finding] = judge(a_case(sections, id=[1]))

    assert (finding.subject, finding.verdict) == ("push", Verdict.FAIL)


def test_few_people_of_a_zone_are_not_shown(a_case):
    finding = found(a_case, zones=["Europe/Berlin"] * 30 + ["Europe/Paris"] * 2)

    [table] = [one for one in finding.evidence if one.kind == "table"]
    assert [row[1] for row in table.rows] == [None, None]
