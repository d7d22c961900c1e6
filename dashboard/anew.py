"""Proving anew who one is, and coming back to the same place with nothing lost.

A sign-in leads away from the page and back to the first one, in a session that knows nothing. So
what was written waits on disk. Only who comes back takes it up, in the browser it was written in:
neither the page that is being left, which is drawn once more on its way out, nor another screen of
the same person. What was chosen comes back as its plain word: it equals what it was, and no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import streamlit as st

from checks import places
from dashboard import here, session
from review.store.canonical import fingerprint
from review.who.provider import BROWSER, FRESH

KEPT = timedelta(minutes=30)
"""How long words wait for somebody who went to prove who they are."""


def prove() -> None:
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
    folder = _folder()
    if folder is not None:
        _throw_away_what_nobody_fetched()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        now = session.now()
        file = folder / f"{now:%Y%m%d%H%M%S%f}-{token_hex(8)}.json"
        file.touch(mode=0o600)
        kept = {
            "at": now.isoformat(),
            "sign_in": _sign_in(),
            "page": session.recall("page"),
            "query": st.query_params.to_dict(),
            "words": dict(_words(session.everything())),
        }
        file.write_text(json.dumps(kept), encoding="utf-8")
    st.login(FRESH)


def come_back() -> None:
    """Lead whoever has just proved who they are back to where they were, with what they wrote."""
    folder = _folder()
    for file in sorted(folder.glob("*.json")) if folder else ():
        kept = json.loads(file.read_text(encoding="utf-8"))
        if _over(kept):
            file.unlink(missing_ok=True)
        elif _is_back(kept):
            file.unlink(missing_ok=True)
            _take_up(kept)


def _is_back(kept: Mapping[str, Any]) -> bool:
    """Whether they came back here since: from the provider, or by turning round on the way."""
    if session.began() < datetime.fromisoformat(kept["at"]):
        return False
    if session.chosen():
        here_now = (session.recall("page"), session.chosen())
        return here_now == (kept["page"], kept["query"].get("review"))
    return bool(kept["sign_in"] != _sign_in())


def _take_up(kept: Mapping[str, Any]) -> None:
    for name, value in kept["words"].items():
        session.remember(name, _read(value))
    session.remember("prove anew", None)
    if kept["sign_in"] != _sign_in():
        session.say("You are signed in anew. Nothing was lost: please send it now.")
    else:
        session.say("You did not sign in anew. What you wrote is here.")
    session.switch(str(kept["page"]), kept["query"])


def _throw_away_what_nobody_fetched() -> None:
    for file in places.kept_words("").glob("*/*.json"):
        if _over(json.loads(file.read_text(encoding="utf-8") or "{}")):
            file.unlink(missing_ok=True)


def _over(kept: Mapping[str, Any]) -> bool:
    return "at" not in kept or session.now() - datetime.fromisoformat(kept["at"]) > KEPT


def _folder() -> Path | None:
    """Where what this person wrote in this browser waits; None where nobody is signed in."""
    who = here.signed_in()
    if who is None:
        return None
    browser = st.context.cookies.get(BROWSER, "")
    return places.kept_words(fingerprint("\n".join([*who.identity, browser]).encode()))


def _sign_in() -> str:
    """What tells one sign-in from the next: a provider says something new at each."""
    claims = {name: str(value) for name, value in st.user.to_dict().items()}
    return fingerprint(json.dumps(claims, sort_keys=True).encode())


def _words(every: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """What was written or chosen, as it can be kept on disk."""
    for name, value in every.items():
        if isinstance(value, date) and not isinstance(value, datetime):
            yield name, {"day": value.isoformat()}
        elif isinstance(value, str) and name != "page":
            yield name, value


def _read(value: object) -> object:
    if isinstance(value, Mapping):
        return date.fromisoformat(str(value["day"]))
    return value
