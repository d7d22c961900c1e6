"""What a provider says is taken for no more than it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from review.commands.door import fresh
from review.commands.refusing import NotTaken, StaleLogin
from review.record import Actor, Role
from review.who.accounts import REGISTER
from review.who.identity import vouched

HERE = "https://id.bank.example"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOLD = {
    "iss": HERE,
    "sub": "248289761001",
    "name": "M. Ito",
    "email": "ito@bank.example",
    "email_verified": True,
    "iat": NOW.timestamp() - 60,
    "exp": NOW.timestamp() + 3_600,
    "auth_time": NOW.timestamp() - 60,
}


def told(**claims):
    said = {name: value for name, value in {**TOLD, **claims}.items() if value is not None}
    return vouched(said, issuer=HERE, role=Role.PRIVACY, now=NOW)


def test_issuer_and_subject_make_an_account_and_the_rest_are_labels():
    who = told()

    assert who.identity == (HERE, "248289761001")
    assert (who.name, who.addresses, who.verified) == ("M. Ito", {"ito@bank.example"}, True)
    assert who.authenticated == NOW - timedelta(minutes=1)
    assert told(name="Another Name", email="b@c.example").is_same(who)
    assert not told(sub="248289761002").is_same(who)


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"email_verified": False}, id="not verified"),
        pytest.param({"email_verified": "true"}, id="a word in place of a yes"),
        pytest.param({"email_verified": None}, id="not said"),
        pytest.param({"email": None}, id="no address"),
    ],
)
def test_an_address_counts_only_where_the_provider_verified_it(claims):
    assert told(**claims).addresses == frozenset()


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        pytest.param({"iss": "https://evil.example"}, "trusts only https://id", id="foreign"),
        pytest.param({"iss": f"{HERE}/"}, "trusts only https://id", id="nearly the issuer"),
        pytest.param({"iss": None}, "signed in by nobody", id="no issuer"),
        pytest.param({"sub": ""}, "which account this is", id="no subject"),
        pytest.param({"sub": f"x\n{HERE}"}, "which account this is", id="two subjects in one"),
        pytest.param({"sub": "248289761001 "}, "which account this is", id="a blank behind"),
        pytest.param({"sub": "Zoe\u0308"}, "which account this is", id="letters in parts"),
        pytest.param({"sub": "\u200b"}, "which account this is", id="nothing seen"),
        pytest.param({"sub": "24\x00"}, "which account this is", id="a NUL"),
        pytest.param({"sub": "2" * 256}, "which account this is", id="256 letters"),
        pytest.param({"sub": 7}, "which account this is", id="a number"),
        pytest.param({"iat": None}, "when this sign-in ends", id="no date"),
        pytest.param({"exp": None}, "when this sign-in ends", id="no end"),
        pytest.param(
            {"iat": NOW.timestamp() - 13 * 3_600}, "more than 12 hours ago", id="an old cookie"
        ),
    ],
)
def test_what_is_forged_foreign_or_over_is_refused_with_a_way_out(claims, said):
    with pytest.raises(NotTaken, match=said):
        told(**claims)


def test_a_sign_in_of_exactly_twelve_hours_still_holds_and_one_of_a_second_more_does_not():
    assert told(iat=NOW.timestamp() - 12 * 3_600).verified
    with pytest.raises(NotTaken, match="more than 12 hours ago"):
        told(iat=NOW.timestamp() - 12 * 3_600 - 1)


def test_a_sign_in_may_be_dated_a_minute_ahead_and_not_more():
    assert told(iat=NOW.timestamp() + 60).verified
    with pytest.raises(NotTaken, match="dated later than the clock of this server"):
        told(iat=NOW.timestamp() + 61)


def test_who_has_no_name_is_called_by_address_or_else_by_account():
    assert told(name=None).name == "ito@bank.example"
    assert told(name=None, email=None).name == "248289761001"
    assert told(name="  ").name == "248289761001"
    assert told(name="\u200b\u2066").name == "248289761001"
    assert told(sub="2" * 255).subject == "2" * 255


@pytest.mark.parametrize("moment", [True, "1700000000", float("inf"), 10**20])
def test_a_moment_that_is_none_is_none(moment):
    assert told(auth_time=moment).authenticated is None


@pytest.mark.parametrize(
    ("ago", "taken"),
    [
        pytest.param(timedelta(0), True, id="now"),
        pytest.param(timedelta(minutes=5), True, id="five minutes ago"),
        pytest.param(timedelta(minutes=5, seconds=1), False, id="a second more"),
        pytest.param(-timedelta(minutes=1), True, id="a clock one minute ahead"),
        pytest.param(-timedelta(minutes=1, seconds=1), False, id="a clock further ahead"),
    ],
)
def test_a_sign_in_is_fresh_for_five_minutes_and_may_be_a_minute_ahead(ago, taken):
    who = Actor(name="Ito", role=Role.PRIVACY, verified=True, authenticated=NOW - ago)

    if taken:
        assert fresh(who, NOW) is None
    else:
        with pytest.raises(StaleLogin):
            fresh(who, NOW)


def test_no_campaign_can_be_called_like_the_register(a_campaign):
    assert REGISTER == "candor:accounts"  # stored records are found under it
    with pytest.raises(ValueError, match="should match pattern"):
        a_campaign(id=REGISTER)
