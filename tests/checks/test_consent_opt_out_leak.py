"""Nobody who said no is on the list, and a no works within days."""

from __future__ import annotations

import pytest

from checks.consent.opt_out_leak import judge
from checks.finding import Reason, Verdict

SECTIONS = {
    "people": {"key": "id", "targeted": "on", "segment": "segment"},
    "segments": [{"name": "old"}, {"name": "new"}],
    "channels": {"email": {"basis": "consent", "permission": {"status": "status"}}},
    "suppression": {"column": "suppressed"},
}
SIDE = {"file": "no.csv", "key": "id", "since": "since", "effective": "effective"}


def columns(count=20, **others):
    """So many people on the list who said yes, but for what is said of the first ones."""
    plain = {"on": True, "segment": "old", "suppressed": False, "status": "granted"}
    made = {
        name: others.get(name, []) + [value] * (count - len(others.get(name, [])))
        for name, value in plain.items()
    }
    return {"id": [f"p{n}" for n in range(count)], **made}


def found(case):
    return {finding.subject: finding for finding in judge(case)}


def leak(case):
    return found(case)["email"]


def test_nobody_said_no(a_case):
    finding = leak(a_case(SECTIONS, **columns()))

    assert finding.verdict is Verdict.CLEAR
    assert finding.headline == "None of 20 people on the email list is known to have said no."
    assert (finding.evidence[0].yes, finding.evidence[0].of) == (0, 20)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"suppressed": [True]}, id="on the do-not-contact list"),
        pytest.param({"status": ["objected"]}, id="objected"),
        pytest.param({"status": ["withdrawn"]}, id="withdrew"),
        pytest.param({"status": ["denied"]}, id="denied"),
    ],
)
def test_one_no_is_a_leak(a_case, said):
    finding = leak(a_case(SECTIONS, **columns(**said)))

    assert finding.verdict is Verdict.FAIL
    assert finding.headline == "1 of 20 people on the email list said no."
    assert finding.remedy.startswith("Take this person off: the list becomes 19.")


def test_everybody_said_no(a_case):
    finding = leak(a_case(SECTIONS, **columns(3, status=["denied"] * 3)))

    assert finding.headline == "3 of 3 people on the email list said no."


def test_two_noes_of_one_person_are_one_leak(a_case):
    finding = leak(a_case(SECTIONS, **columns(suppressed=[True], status=["objected"])))
    how = next(one for one in finding.evidence if one.kind == "breakdown" and one.by == "reason")

    assert finding.headline.startswith("1 of 20")
    assert [(part.name, part.people) for part in how.parts] == [("on the do-not-contact list", 1)]


def test_a_no_off_the_list_is_no_leak(a_case):
    finding = leak(a_case(SECTIONS, **columns(on=[False], suppressed=[True])))

    assert finding.verdict is Verdict.CLEAR
    assert "19 people" in finding.headline


def test_silence_is_no_refusal(a_case):
    assert leak(a_case(SECTIONS, **columns(status=[None]))).verdict is Verdict.CLEAR


def test_the_segments_that_leak_are_named(a_case):
    people = columns(status=["denied"] * 4, segment=["new"] * 6)
    finding = leak(a_case(SECTIONS, **people))
    where = next(one for one in finding.evidence if one.kind == "breakdown" and one.by == "segment")

    assert [(part.name, part.people) for part in where.parts] == [("new", 4), ("old", 0)]


def test_a_word_that_may_be_a_refusal_needs_watching(a_case):
    finding = leak(a_case(SECTIONS, **columns(status=["abgemeldet"])))

    assert finding.verdict is Verdict.WATCH
    assert "1 of 20" in finding.headline


def test_a_channel_without_consent_leaks_too(a_case):
    channels = {"post": {"basis": "legitimate_interest", "permission": {"status": "status"}}}
    findings = found(a_case({**SECTIONS, "channels": channels}, **columns(status=["objected"])))

    assert findings["post"].verdict is Verdict.FAIL


def test_a_do_not_contact_file(a_case):
    sections = {**SECTIONS, "suppression": {"file": "no.csv", "key": "id"}}
    tables = {"suppression": {"id": ["p3", "stranger"]}}
    finding = leak(a_case(sections, tables=tables, **columns()))

    assert finding.headline == "1 of 20 people on the email list said no."


def test_without_a_key_people_in_a_file_cannot_be_recognised(a_case):
    sections = {
        **SECTIONS,
        "people": {"targeted": "on"},
        "suppression": {"file": "no.csv", "key": "id"},
    }
    finding = leak(a_case(sections, tables={"suppression": {"id": ["p3"]}}, **columns()))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.NO_KEY)


def test_counts_cannot_be_recognised_in_a_file(a_case):
    sections = {
        **SECTIONS,
        "people": {"targeted": "on", "weight": "many"},
        "suppression": {"file": "no.csv", "key": "id"},
    }
    finding = leak(a_case(sections, **columns(2), many=[10, 20]))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COUNTS_ONLY)


def test_columns_of_the_people_file_need_no_key(a_case):
    sections = {**SECTIONS, "people": {"targeted": "on"}}

    assert leak(a_case(sections, **columns())).verdict is Verdict.CLEAR


def test_weights_are_people(a_case):
    rows = leak(a_case(SECTIONS, **columns(30, status=["denied"] * 10)))
    people = {"targeted": "on", "segment": "segment", "weight": "many"}
    counts = leak(
        a_case({**SECTIONS, "people": people}, **columns(2, status=["denied"]), many=[10, 20])
    )

    assert counts == rows


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        pytest.param({"suppression": None}, "suppression", id="no do-not-contact list"),
        pytest.param(
            {"channels": {"email": {"basis": "consent"}}},
            "channels.email.permission.status",
            id="no status",
        ),
    ],
)
def test_what_is_not_there_is_never_clear(a_case, changes, place):
    finding = leak(a_case({**SECTIONS, **changes}, **columns()))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    assert place in finding.remedy


def test_a_leak_fails_whatever_else_is_missing(a_case):
    finding = leak(a_case({**SECTIONS, "suppression": None}, **columns(status=["objected"])))

    assert finding.verdict is Verdict.FAIL


def test_without_channels_the_do_not_contact_list_still_counts(a_case):
    sections = {**SECTIONS, "channels": {}}

    assert found(a_case(sections, **columns(suppressed=[True])))["list"].verdict is Verdict.FAIL
    assert found(a_case(sections, **columns()))["list"].reason is Reason.COLUMN_MISSING


def test_nobody_on_the_list(a_case):
    finding = leak(a_case(SECTIONS, **columns(2, on=[False, False])))

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)


@pytest.fixture
def lag(a_case):
    """How fast refusals took effect: ``lag(("2026-11-02", "2026-11-04"), regions=["US"])``."""

    def build(*days, region=None, **sections):
        people = columns(20)
        table = {
            "id": people["id"][: len(days)],
            "since": [since for since, _ in days],
            "effective": [effective for _, effective in days],
        }
        made = {**SECTIONS, "suppression": SIDE, **sections}
        if region:
            made["people"] = {**SECTIONS["people"], "region": "country"}
            people["country"] = region + [None] * (20 - len(region))
        return found(a_case(made, tables={"suppression": table}, **people))["lag"]

    return build


MONDAY = "2026-11-02"


@pytest.mark.parametrize(
    ("effective", "verdict"),
    [
        pytest.param("2026-11-02", Verdict.CLEAR, id="at once"),
        pytest.param("2026-11-04", Verdict.CLEAR, id="exactly two business days"),
        pytest.param("2026-11-05", Verdict.WATCH, id="three"),
        pytest.param("2026-11-16", Verdict.WATCH, id="exactly the law's ten"),
        pytest.param("2026-11-17", Verdict.FAIL, id="eleven"),
    ],
)
def test_lag_in_the_united_states(lag, effective, verdict):
    assert lag((MONDAY, effective), regions=["US"]).verdict is verdict


def test_weekends_do_not_count(lag):
    finding = lag(("2026-11-06", "2026-11-09"), regions=["US"])

    assert finding.verdict is Verdict.CLEAR
    assert [(b.low, b.people) for b in finding.evidence[0].bins] == [(0, 0), (1, 1)]


def test_where_the_law_names_no_days_only_ours_count(lag):
    assert lag((MONDAY, "2026-11-27"), regions=["DE"]).verdict is Verdict.WATCH


def test_lag_in_canada(lag):
    assert lag((MONDAY, "2026-11-17"), regions=["CA"]).verdict is Verdict.FAIL


def test_the_days_are_those_of_a_persons_own_region(lag):
    slow = (MONDAY, "2026-11-17")

    assert lag(slow, region=["DE"], regions=["DE", "US"]).verdict is Verdict.WATCH
    assert lag(slow, region=["US"], regions=["DE", "US"]).verdict is Verdict.FAIL
    assert lag(slow, region=[None], regions=["DE", "US"]).verdict is Verdict.FAIL


def test_a_lag_says_how_many_and_how_long(lag):
    finding = lag((MONDAY, MONDAY), (MONDAY, "2026-11-18"), regions=["US"])

    assert finding.headline == (
        "1 of 2 refusals took over 10 business days: the longest took 12 business days."
    )
    assert "weekends only" in finding.evidence[0].says


def test_a_lag_is_laid_out_by_region_and_channel(lag):
    sms = {"basis": "consent", "permission": {"status": "said"}}
    days = [(MONDAY, "2026-11-17")] * 6 + [(MONDAY, MONDAY)] * 8

    finding = lag(
        *days,
        region=["US"] * 6 + ["DE"] * 8,
        regions=["DE", "US"],
        channels={**SECTIONS["channels"], "sms": sms},
    )

    assert finding.verdict is Verdict.FAIL
    assert finding.evidence[1].rows == (
        ("DE", "every channel", 8, 0, "names none", "does not apply", 0),
        ("US", "email", 6, 11, 10, 6, 6),
        ("US", "sms", 6, 11, 10, 6, 6),
    )


def test_the_sale_of_data_has_days_of_its_own_in_california(lag):
    slow = (MONDAY, "2026-11-24")
    sells = {"uses_data_for": {"sells": True}}

    letters = {"channels": {"post": {"basis": "consent", "permission": {"status": "said"}}}}
    assert lag(slow, regions=["US-CA"], **letters).verdict is Verdict.WATCH
    finding = lag(slow, regions=["US-CA"], **letters, **sells)
    assert finding.verdict is Verdict.FAIL
    assert finding.evidence[1].rows[0][1:6] == ("sale and sharing", None, 16, 15, None)


def test_a_refusal_without_the_day_it_took_effect(lag):
    finding = lag((MONDAY, MONDAY), (MONDAY, None), regions=["US"])

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)
    assert finding.headline.startswith("Of 2 refusals, the day of effect is not known for 1")


def test_no_refusal_with_both_days(lag):
    finding = lag((MONDAY, None), regions=["US"])

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_the_days_are_not_in_the_files(a_case):
    finding = found(a_case(SECTIONS, **columns()))["lag"]

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.COLUMN_MISSING)


def test_days_of_people_who_cannot_be_recognised(a_case):
    sections = {**SECTIONS, "people": {"targeted": "on"}, "suppression": SIDE}
    finding = found(a_case(sections, **columns()))["lag"]

    assert (finding.verdict, finding.reason) == (Verdict.CANNOT_TELL, Reason.NO_KEY)


def test_no_suppression_no_lag(a_case):
    assert set(found(a_case({**SECTIONS, "suppression": None}, **columns()))) == {"email"}


def test_nobody_refused_nobody_was_late(lag):
    assert lag(regions=["US"]).verdict is Verdict.NOT_APPLICABLE


def test_a_do_not_contact_list_that_meets_nobody_is_no_good_news(a_case):
    sections = {
        **SECTIONS,
        "people": {**SECTIONS["people"], "key": "id"},
        "suppression": {"file": "s.csv", "key": "id"},
    }
    people = {**columns(), "id": [f"p{n}" for n in range(20)]}

    finding = leak(a_case(sections, tables={"suppression": {"id": ["x1", "x2"]}}, **people))

    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.reason is Reason.NO_KEY
    assert "none of its 2 keys is in the people file" in finding.remedy


def test_people_without_a_key_may_be_on_the_do_not_contact_list(a_case):
    sections = {
        **SECTIONS,
        "people": {**SECTIONS["people"], "key": "id"},
        "suppression": {"file": "s.csv", "key": "id"},
    }
    on = [True] * 19 + [False]
    people = {**columns(), "on": on, "id": ["", *(f"p{n}" for n in range(1, 20))]}
    sections["people"]["targeted"] = "on"

    finding = leak(a_case(sections, tables={"suppression": {"id": ["p19"]}}, **people))

    assert finding.verdict is Verdict.CANNOT_TELL
    assert "1 row without a key" in finding.remedy


def test_a_refusal_cannot_work_before_it_is_made(lag):
    finding = lag(("2026-11-05", "2026-01-01"), regions=["DE"])

    assert finding.verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("purpose", "day", "verdict"),
    [
        pytest.param("marketing", "2026-06-01", Verdict.WATCH, id="a purpose nobody knows"),
        pytest.param("profiling", "2026-06-01", Verdict.CLEAR, id="another one of the campaign"),
        pytest.param("marketing", "2025-06-01", Verdict.CLEAR, id="before the yes"),
        pytest.param("direct marketing", "2026-06-01", Verdict.FAIL, id="this one"),
    ],
)
def test_a_no_to_a_purpose_that_is_not_known_needs_watching(a_case, purpose, day, verdict):
    sections = {
        **SECTIONS,
        "channels": {"email": {"basis": "consent"}},
        "permissions": {"file": "p.csv", "key": "id"},
        "fields": [{"name": "age", "purpose": ["profiling"]}],
    }
    events = {
        "id": ["p0", "p0"],
        "channel": ["email"] * 2,
        "purpose": ["direct_marketing", purpose],
        "status": ["granted", "withdrawn"],
        "at": ["2026-01-01", day],
    }

    finding = leak(a_case(sections, tables={"permissions": events}, **columns()))

    assert finding.verdict is verdict
