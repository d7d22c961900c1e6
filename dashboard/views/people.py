"""People: who has signed in, which roles they have, and whose accounts are one human's."""

from __future__ import annotations

import streamlit as st

from dashboard import cards, notices, room, session
from dashboard.session import command, desk, me, now
from dashboard.words import ROLES, day, plain
from review.record import Role
from review.who.accounts import Account, Register
from review.who.provider import provider


def page() -> None:
    """Show the register of accounts; an administrator changes it here, each time with a reason."""
    with st.container(width=820):
        notices.show()
        st.title("People", anchor=False)
        known = provider()
        if known is None:
            st.markdown(
                "Names are typed on this installation, so there are no accounts. Whoever runs "
                "Candor can configure a provider: see docs/deploy.md."
            )
            return
        register = desk().people.register()
        who = session.actor()
        may = who is not None and who.role is Role.ADMINISTRATOR
        st.markdown(
            f"{plain(known.name)} says who somebody is; roles are given here. A second account "
            "that nobody linked cannot be known: a record names the account, not the human."
        )
        for one in register.accounts.values():
            _account(register, one, may=may)
        if may:
            _link(register)
        _history()
        cards.foot()


def _account(register: Register, one: Account, *, may: bool) -> None:
    with st.container(border=True, gap="xsmall"):
        st.header(plain(one.name), anchor=False)
        roles = ", ".join(ROLES[role] for role in Role if role in one.roles) or "no role yet"
        address = f"{plain(one.addresses[-1])} · " if one.addresses else ""
        st.markdown(f"{address}{roles} :small[account {one.id[:8]}]")
        for other in register.others(one):
            st.markdown(f":small[One person with the account of {plain(other.shown)}.]")
        if may:
            _roles(one)


def _roles(one: Account) -> None:
    prefix = f"roles {one.id} {len(one.roles)} "
    with (
        st.expander(f"Change the roles of {plain(one.name)}", type="compact"),
        st.form(f"{prefix}form", border=False),
    ):
        st.selectbox(
            "Role",
            list(Role),
            index=None,
            format_func=lambda role: ROLES[role],
            key=f"{prefix}role",
            placeholder="Choose one",
        )
        st.text_input("Why", key=f"{prefix}why")
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button("Give it", on_click=_give, args=(one.id, prefix))
            st.form_submit_button("Take it away", on_click=_take, args=(one.id, prefix))


def _role(prefix: str) -> Role | None:
    """The role that was chosen; None, and it is said, where none was."""
    role = session.inputs(prefix).get("role")
    if role is None:
        session.say("Choose the role first. Your reason is kept.", refused=True)
        return None
    return Role(role)


def _give(account: str, prefix: str) -> None:
    if (role := _role(prefix)) is None:
        return
    command(
        "The role is given.",
        lambda: desk().people.give(
            account, role, reason=room.typed(prefix, "why"), by=me(), now=now()
        ),
    )


def _take(account: str, prefix: str) -> None:
    if (role := _role(prefix)) is None:
        return
    command(
        "The role is taken away.",
        lambda: desk().people.withdraw(
            account, role, reason=room.typed(prefix, "why"), by=me(), now=now()
        ),
    )


def _link(register: Register) -> None:
    """Two accounts of one human: there is no way back, so it says so."""
    ids = list(register.accounts)
    with (
        st.expander("Two accounts are one person's", type="compact"),
        st.form("link", border=False),
    ):
        st.markdown("They count as one person in every review from now on. It cannot be undone.")
        shown = {one: register.accounts[one].shown for one in ids}
        for label, key in (("One account", "link one"), ("The other", "link other")):
            st.selectbox(
                label,
                ids,
                index=None,
                format_func=lambda one: shown[one],
                key=key,
                placeholder="Choose one",
            )
        st.text_input("Why", key="link why")
        st.form_submit_button("Link them", on_click=_linked)


def _linked() -> None:
    said = session.inputs("link ")
    if not (said.get("one") and said.get("other")):
        session.say("Choose both accounts first. Your reason is kept.", refused=True)
        return
    command(
        "The accounts count as one person now.",
        lambda: desk().people.link(
            said["one"], said["other"], reason=room.typed("link ", "why"), by=me(), now=now()
        ),
    )


def _history() -> None:
    past = desk().people.history()
    if past is None:
        return
    with st.expander("What happened to the accounts", type="compact"):
        for one in reversed(past.timeline[-50:]):
            st.markdown(f":small[{day(one.at.date())}, {one.at:%H:%M} UTC] {plain(one.sentence)}")
        if past.read_only:
            st.warning(plain(past.read_only), icon=":material/lock:")
