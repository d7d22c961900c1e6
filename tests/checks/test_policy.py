"""The policy pack, and its agreement with the catalogue."""

from __future__ import annotations

import pytest

from checks import places
from checks.finding import Severity
from checks.policy import read_policy
from checks.refusal import Refused
from checks.registry import agree, catalogue, severity

PACK = places.DATA / "policies/default.yaml"


@pytest.fixture
def a_pack(tmp_path):
    """A pack like the default one, with one text replaced by another."""

    def build(old="", new=""):
        text = PACK.read_text(encoding="utf-8")
        assert old in text
        file = tmp_path / "mine.yaml"
        file.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
        return file

    return build


def problems(file):
    with pytest.raises(Refused) as refused:
        agree(read_policy(file), file.name)
    return [str(problem) for problem in refused.value.problems]


def test_the_default_pack_agrees_with_the_catalogue(policy):
    agree(policy)

    assert set(policy.checks) == {check.id for check in catalogue()}


def test_nobody_may_accept_writing_to_people_who_said_no(policy):
    assert policy.checks["consent.opt_out_leak"].exception == "none"
    assert policy.checks["bias.selection"].exception == "second_person"


def test_every_limit_says_where_it_comes_from(policy):
    limits = [limit for check in policy.checks.values() for limit in check.limits.values()]

    assert limits
    assert all(limit.source for limit in limits)
    assert {limit.kind for limit in limits} == {"law", "guidance", "our policy"}
    assert all(limit.source != "none published" for limit in limits if limit.kind != "our policy")


@pytest.mark.parametrize(
    ("sector", "weight"),
    [("general", Severity.HIGH), ("credit", Severity.BLOCKING), ("gambling", Severity.BLOCKING)],
)
def test_regulated_sectors_raise_the_weight(a_case, sector, weight):
    case = a_case({"sector": sector}, id=[1])

    assert severity("bias.selection", case) is weight


def test_a_check_nobody_knows_is_refused(a_pack):
    file = a_pack("  consent.coverage:\n", "  consent.covrage:\n")

    stranger, missing = problems(file)
    assert stranger == (
        "mine.yaml, checks.consent.covrage: There is no check of this name. "
        'Did you mean "consent.coverage"?'
    )
    assert missing == (
        'mine.yaml, checks: The check "consent.coverage" is missing. '
        "Add it; the default pack shows how."
    )


def test_a_limit_nobody_knows_is_refused(a_pack):
    [stranger, missing] = problems(a_pack("grade_watch:", "grad_watch:"))

    assert stranger.endswith('There is no limit of this name. Did you mean "grade_watch"?')
    assert missing.startswith("mine.yaml, checks.transparency.notice_readable.limits: ")


def test_a_limit_of_another_kind_is_refused(a_pack):
    [problem] = problems(a_pack("grade_watch: {value: 14,", "grade_watch: {value: [a],"))

    assert problem.startswith(
        "mine.yaml, checks.transparency.notice_readable.limits.grade_watch: Its value is not"
    )


def test_a_shared_number_nobody_knows_is_refused_with_its_near_miss(a_pack):
    with pytest.raises(Refused) as refused:
        read_policy(a_pack("  floor: {", "  flor: {"))

    assert 'Did you mean "floor"?' in str(refused.value)


def test_a_key_given_twice_is_refused(a_pack):
    with pytest.raises(Refused):
        read_policy(a_pack(new="version: 2\n"))


@pytest.mark.parametrize(
    ("region", "use", "bases"),
    [
        ("DE", "email", ("consent", "soft_opt_in")),
        ("NO", "email", ("consent", "soft_opt_in")),
        ("EU", "push", ("consent",)),
        ("GB", "sms", ("consent", "soft_opt_in", "charity_soft_opt_in")),
        ("US-CA", "email", ("opt_out", "consent")),
        ("CA-QC", "email", ("consent", "implied")),
        ("CH", "email", "ask"),
        ("other", "email", "ask"),
    ],
)
def test_what_a_channel_may_rest_on_hangs_on_the_region(policy, region, use, bases):
    assert policy.lawful_basis.by_region(region).value.of(use) == bases


def test_a_basis_nobody_knows_is_refused(a_pack):
    with pytest.raises(Refused) as refused:
        read_policy(a_pack("push: [consent]", "push: [consnt]"))

    assert "lawful_basis.EU.value.push" in str(refused.value)
