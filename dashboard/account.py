"""The account that is signed in, and who acts by it; roles are read from the register each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import streamlit as st

from review.commands.desk import Desk
from review.record import Actor, Role
from review.who.accounts import Account
from review.who.identity import vouched
from review.who.provider import provider


def vouched_for(now: datetime) -> Actor | None:
    """Whoever the provider vouches for, without any role yet; None where nobody is signed in.

    Raises `review.commands.refusing.NotTaken` where the sign-in is over, or another's.
    """
    known = provider()
    if known is None or not st.user.is_logged_in:
        return None
    return vouched(st.user.to_dict(), issuer=known.issuer, role=Role.AUDITOR, now=now)


def of(desk: Desk, now: datetime) -> Account | None:
    """Their account; it is noted at the first sign-in, and where name or address changed."""
    who = vouched_for(now)
    if who is None:
        return None
    return desk.people.meet(who, address=next(iter(who.addresses), ""), now=now)


def acting(desk: Desk, now: datetime, chosen: object) -> Actor | None:
    """Who acts: the account in the role that was chosen, or in its first one."""
    who, held = vouched_for(now), of(desk, now)
    if who is None or held is None or not held.roles:
        return None
    roles = ordered(held)
    role = next((one for one in roles if one.value == chosen), roles[0])
    return replace(who, role=role)


def ordered(held: Account) -> list[Role]:
    """The roles of an account, in the order of the list of roles."""
    return [role for role in Role if role in held.roles]
