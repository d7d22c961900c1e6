"""Who is here, where a provider vouches: signing in, roles, and the way out.

Nothing about roles is remembered: they are read from the register each time somebody asks.
"""

from __future__ import annotations

import streamlit as st

from dashboard import account, session
from dashboard.words import ROLES, plain
from review.commands.refusing import NotTaken
from review.record import Actor, Role
from review.who.accounts import Account
from review.who.provider import PLAIN, Provider, provider


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


def becomes_a_preparer(of: str) -> None:
    """What somebody who would judge has to know before they bring or state anything."""
    who = session.actor()
    if who is not None and not who.role.inside:
        st.warning(
            f"Whoever {of} has prepared this campaign, and can no longer judge it. Ask the owner "
            "or the preparer to do it.",
            icon=":material/person_alert:",
        )


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


def vouching(who: Actor | None) -> str:
    """How sure it is who is here, as a sentence for the foot of a page."""
    known = provider()
    if known is None:
        return "Names are typed, not verified."
    return f"{known.name} vouches for accounts." if who else ""
