"""What is asked for with an answer or a vote: what has to be done, who does it, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import session
from review.record import Action


def fields(prefix: str, what: str = "What has to be done", who: str = "Who does it") -> None:
    """Ask for all three."""
    st.text_input(what, key=f"{prefix}what")
    st.text_input(who, key=f"{prefix}who")
    st.date_input("By when", value=None, key=f"{prefix}by", format="YYYY-MM-DD")


def any_of(said: Mapping[str, object]) -> bool:
    """Whether anything was written there."""
    return any(said.get(part) for part in ("what", "who", "by"))


def written(said: Mapping[str, object], called: str = "A condition") -> Action | None:
    """What was asked for; None, and it is said, where a part of it is missing."""
    what, who = (str(said.get(part) or "").strip() for part in ("what", "who"))
    by = said.get("by")
    if what and who and isinstance(by, date):
        return Action(what=what, who=who, by=by)
    session.say(
        f"{called} needs three things: what, who, and by when. Your words are kept.", refused=True
    )
    return None
