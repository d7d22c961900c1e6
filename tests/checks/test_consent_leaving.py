"""consent.leaving."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.consent.leaving import judge
from checks.finding import Verdict

EASY = {
    "steps_in": 2,
    "steps_out": 1,
    "login": False,
    "fee": False,
    "tested": "2026-11-16",
    "evidence": "ticket 881",
}


def found(a_case, way, channel="email"):
    section = {"basis": "consent"} | ({"opt_out": way} if way is not None else {})
    [finding] = judge(a_case({"channels": {channel: section}}, id=[1]))
    return finding


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        pytest.param({}, Verdict.CLEAR, id="easier than joining"),
        pytest.param({"steps_out": 2}, Verdict.CLEAR, id="as easy"),
        pytest.param({"steps_out": 3}, Verdict.FAIL, id="a step more"),
        pytest.param({"login": True}, Verdict.FAIL, id="a login"),
        pytest.param({"fee": True}, Verdict.FAIL, id="a fee"),
        pytest.param({"tested": "2026-09-02"}, Verdict.CLEAR, id="tested 90 days ago"),
        pytest.param({"tested": "2026-09-01"}, Verdict.ASK, id="tested 91 days ago"),
        pytest.param({"tested": "2026-12-01"}, Verdict.CLEAR, id="tested on launch day"),
        pytest.param({"tested": "2026-12-02"}, Verdict.ASK, id="tested after the launch"),
        pytest.param({"tested": None}, Verdict.ASK, id="not tested"),
        pytest.param({"evidence": None}, Verdict.ASK, id="no evidence"),
        pytest.param({"evidence": ""}, Verdict.ASK, id="empty evidence"),
        pytest.param({"steps_in": None}, Verdict.ASK, id="steps not counted"),
        pytest.param({"login": None}, Verdict.ASK, id="login not stated"),
        pytest.param({"one_click": False}, Verdict.CLEAR, id="no one-click header"),
        pytest.param({"steps_out": 9, "tested": None}, Verdict.FAIL, id="a fail needs no test"),
    ],
)
def test_the_way_out(a_case, more, verdict):
    assert found(a_case, {**EASY, **more}).verdict is verdict


def test_clear_rests_on_the_test_and_says_so(a_case):
    assert found(a_case, EASY).headline == (
        "Leaving the email list takes 1 step, joining took 2. This rests on the owner's test of "
        "16 November 2026."
    )


def test_says_what_is_too_much_and_what_to_cut(a_case):
    finding = found(a_case, {**EASY, "steps_out": 5, "login": True}, "live_call")

    assert finding.headline == (
        "Leaving the live call list takes 5 steps, joining took 2, and asks for a login."
    )
    assert finding.remedy == "Cut 3 steps and the login, and try it again before 1 December 2026."


def test_a_login_alone_is_said_alone(a_case):
    finding = found(a_case, {**EASY, "login": True, "fee": True})

    assert finding.headline == "Leaving the email list asks for a login and a fee."
    assert finding.remedy == "Cut the login and the fee, and try it again before 1 December 2026."


def test_what_is_open_is_named(a_case):
    finding = found(a_case, {**EASY, "tested": "2026-08-01", "login": None})

    assert finding.headline == (
        "Whether people can leave the email list easily is not settled: login is not stated; the "
        "test will be 122 days old at launch, 90 count."
    )


def test_a_pack_may_bear_a_login_on_one_channel(a_case, policy):
    kept = policy.checks["consent.leaving"]
    limits = {
        **kept.limits,
        "login_or_fee": kept.limits["login_or_fee"].model_copy(update={"value": 1}),
    }
    checks = {**policy.checks, "consent.leaving": kept.model_copy(update={"limits": limits})}
    lenient = policy.model_copy(update={"checks": checks})
    hard = {"basis": "consent", "opt_out": {**EASY, "login": True}}

    one = replace(a_case({"channels": {"email": hard}}, id=[1]), policy=lenient)
    two = replace(a_case({"channels": {"email": hard, "sms": hard}}, id=[1]), policy=lenient)

    assert [finding.verdict for finding in judge(one)] == [Verdict.CLEAR]
    assert [finding.verdict for finding in judge(two)] == [Verdict.FAIL, Verdict.FAIL]


def test_what_was_stated_stands_in_the_table(a_case):
    rows = dict(found(a_case, EASY).evidence[0].rows)

    assert rows["evidence"] == "ticket 881"
    assert rows["steps to leave"] == 1
    assert (
        dict(found(a_case, {**EASY, "evidence": ""}).evidence[0].rows)["evidence"] == "not stated"
    )


def test_each_channel_is_judged_by_itself(a_case):
    channels = {
        "email": {"basis": "consent", "opt_out": EASY},
        "sms": {"basis": "consent", "opt_out": {**EASY, "login": True}},
    }

    findings = {one.subject: one.verdict for one in judge(a_case({"channels": channels}, id=[1]))}

    assert findings == {"email": Verdict.CLEAR, "sms": Verdict.FAIL}


def test_the_mail_programs_own_way_out_is_shown_for_email_only(a_case):
    email, texts = found(a_case, EASY), found(a_case, EASY, "sms")

    assert ("one click in the mail program", "not stated") in email.evidence[0].rows
    assert len(texts.evidence[0].rows) == len(email.evidence[0].rows) - 1


def test_what_is_absent_is_asked(a_case):
    [nothing] = judge(a_case(id=[1]))

    assert nothing.verdict is Verdict.ASK
    assert found(a_case, None).verdict is Verdict.ASK
    assert found(a_case, None).headline == "How people leave the email list was not written down."
