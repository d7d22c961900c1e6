"""What a provider says is taken for no more than it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from review.commands.refusing import NotTaken
from review.record import Role
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


def test_a_sign_in_of_exactly_twelve_hours_still_holds():
    assert told(iat=NOW.timestamp() - 12 * 3_600).verified


def test_who_has_no_name_is_called_by_address_or_else_by_account():
    assert told(name=None).name == "ito@bank.example"
    assert told(name=None, email=None).name == "248289761001"
    assert told(name="  ").name == "248289761001"


@pytest.mark.parametrize("moment", [True, "1700000000", float("inf"), 10**20])
def test_a_moment_that_is_none_is_none(moment):
    assert told(auth_time=moment).authenticated is None
