"""Who a provider says is here: its claims, taken for no more than they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from review.commands.acts import Actor, Role
from review.commands.refusing import NotTaken
from review.store.canonical import entered, same_name

LONGEST = 255
"""Letters of what a provider calls an account, as OpenID Connect has it."""
AHEAD = timedelta(minutes=1)
"""How far a provider's clock may be ahead of ours."""
LONGEST_SESSION = timedelta(hours=12)
"""How long a sign-in holds at all; for a decision it must be much younger (`commands.door`)."""


def vouched(claims: Mapping[str, object], *, issuer: str, role: Role, now: datetime) -> Actor:
    """Somebody as the provider tells of them; refused where it does not vouch for this.

    Names and addresses are labels: what counts is issuer and subject. An address counts only
    where the provider says that it has verified it.
    """
    said, subject = claims.get("iss"), claims.get("sub")
    if said != issuer:
        raise NotTaken(
            f"You are signed in by {said or 'nobody'}, but this installation trusts only "
            f"{issuer}. Sign in there."
        )
    if not isinstance(subject, str) or not _names_one(subject):
        raise NotTaken("Your provider does not say which account this is. Sign in again.")
    _in_time(claims, now)
    address = claims.get("email")
    verified = isinstance(address, str) and claims.get("email_verified") is True
    name = next((v for k in ("name", "email") if isinstance(v := claims.get(k), str)), subject)
    return Actor(
        name=entered(name) if same_name(name) else subject,
        role=role,
        issuer=issuer,
        verified=True,
        subject=subject,
        addresses=frozenset({str(address)}) if verified else frozenset(),
        authenticated=moment(claims.get("auth_time")),
    )


def _names_one(subject: str) -> bool:
    """Whether the record can keep what the provider calls the account letter by letter."""
    kept = entered(subject) == subject
    return bool(same_name(subject)) and kept and len(subject) <= LONGEST and subject.isprintable()


def _in_time(claims: Mapping[str, object], now: datetime) -> None:
    """Refuse a sign-in that is over: a cookie may be older than what it tells of."""
    issued = moment(claims.get("iat"))
    if issued is None or moment(claims.get("exp")) is None:
        raise NotTaken("Your provider does not say when this sign-in ends. Sign in again.")
    if issued > now + AHEAD:
        raise NotTaken(
            "Your sign-in is dated later than the clock of this server. Have the clocks of server "
            "and provider compared, then sign in again."
        )
    if now - issued > LONGEST_SESSION:
        raise NotTaken("You signed in more than 12 hours ago. Sign in again.")


def moment(seconds: object) -> datetime | None:
    """A moment as tokens carry it; None where it is none.

    >>> moment(0), moment("0"), moment(True)
    (datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), None, None)
    """
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, tz=UTC)
    except (OverflowError, OSError, ValueError):
        return None
