"""Who is here, where a provider vouches: signing in, roles, and words kept in the meantime.

Nothing about roles is remembered: they are read from the register each time somebody asks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import streamlit as st

from checks import places
from dashboard import account, session
from dashboard.words import ROLES, plain
from review.commands.refusing import NotTaken
from review.record import Actor, Role
from review.who.accounts import Account
from review.who.provider import FRESH, PLAIN, Provider, provider

KEPT = timedelta(minutes=30)
"""How long words wait for somebody who went to prove who they are."""


def signed_in() -> Actor | None:
    """Whoever the provider vouches for now, without any role yet; None where nobody is."""
    return account.vouched_for(session.now())


def held() -> Account | None:
    """Their account, as the register has it; None where nobody is signed in."""
    return account.of(session.desk(), session.now())


def gate() -> bool:
    """Whether the page may be drawn; what stands in its place where nobody is signed in."""
    known = provider()
    if known is None:
        return True
    try:
        mine = held()
    except NotTaken as refusal:
        _sign_in(known, str(refusal))
        return False
    if mine is None:
        _sign_in(known, "")
        return False
    if not mine.roles:
        _no_role(mine)
        return False
    return True


def _sign_in(known: Provider, why: str) -> None:
    with st.container(width=720):
        st.title("Sign in to Candor", anchor=False)
        if why:
            st.error(plain(why), icon=":material/block:")
        st.markdown(
            f"{plain(known.name)} says who you are. Candor keeps the account, its name and its "
            "verified address, so that a record can show who decided."
        )
        st.button(
            f"Sign in with {plain(known.name)}",
            type="primary",
            icon=":material/login:",
            on_click=st.login,
            args=(PLAIN,),
        )


def _no_role(mine: Account) -> None:
    with st.container(width=720):
        st.title("You have no role here yet", anchor=False)
        st.markdown(
            f"You are signed in as **{plain(mine.shown)}**. An administrator of Candor gives "
            "roles. Send them the number of your account:"
        )
        st.code(mine.id[:8], language=None)
        st.button("Sign out", icon=":material/logout:", on_click=st.logout)


def introduce() -> None:
    """In the sidebar: who is signed in, in which role, and the way out."""
    mine, known, who = held(), provider(), session.actor()
    if mine is None or known is None or who is None:
        return
    st.markdown(f"**{plain(mine.name)}** :small[verified by {plain(known.name)}]")
    roles = account.ordered(mine)
    if len(roles) > 1:
        st.selectbox(
            "You act as",
            roles,
            index=roles.index(who.role),
            format_func=lambda role: ROLES[role],
            key="role chosen",
            on_change=_chosen,
        )
    else:
        st.markdown(f":small[You act as {ROLES[roles[0]]}.]")
    st.button("Sign out", key="sign out", icon=":material/logout:", on_click=st.logout)


def _chosen() -> None:
    session.remember("my role", Role(str(session.recall("role chosen"))).value)


# Proving anew who one is, and coming back to the same place with nothing lost


def prove_anew() -> None:
    """What stands on the page where a decision needs a fresh sign-in."""
    if not session.recall("prove anew"):
        return
    with st.container(border=True):
        st.markdown(
            "For a decision your sign-in may be five minutes old at most. Prove who you are; then "
            "you are back on this page, and what you wrote is here."
        )
        st.button(
            "Sign in again",
            type="primary",
            icon=":material/login:",
            key="sign in again",
            on_click=_go_and_prove,
        )


def _go_and_prove() -> None:
    who = signed_in()
    if who is not None:
        file = _file(who)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        kept = {
            "at": session.now().isoformat(),
            "page": session.recall("page"),
            "query": st.query_params.to_dict(),
            "words": {k: v for k, v in map(_written, session.everything().items()) if k},
        }
        file.write_text(json.dumps(kept), encoding="utf-8")
    st.login(FRESH)


def come_back() -> None:
    """Lead whoever has just proved who they are back to where they were, with what they wrote."""
    who = signed_in()
    if who is None or not _file(who).exists():
        return
    kept = json.loads(_file(who).read_text(encoding="utf-8"))
    _file(who).unlink()
    if session.now() - datetime.fromisoformat(kept["at"]) > KEPT:
        return
    for name, value in kept["words"].items():
        session.remember(name, _read(value))
    session.remember("prove anew", None)
    session.say("You are signed in anew. Nothing was lost: please send it now.")
    session.switch(str(kept["page"]), kept["query"])


def _file(who: Actor) -> Path:
    whose = hashlib.sha256("\n".join(who.identity).encode()).hexdigest()
    return places.kept_words(whose)


def _written(one: tuple[str, object]) -> tuple[str, object]:
    """A value that can be kept on disk; an empty name where it cannot be or need not be."""
    name, value = one
    if name.startswith(("page", "notices", "prove", "FormSubmitter", "sign ")):
        return "", None
    if isinstance(value, date) and not isinstance(value, datetime):
        return name, {"day": value.isoformat()}
    return (name, value) if isinstance(value, str) else ("", None)


def _read(value: object) -> object:
    if isinstance(value, Mapping):
        return date.fromisoformat(str(value["day"]))
    return value


def vouching(who: Actor | None) -> str:
    """How sure it is who is here, as a sentence for the foot of a page."""
    known = provider()
    if known is None:
        return "Names are typed, not verified."
    return f"{known.name} vouches for accounts." if who else ""
