"""The only door to the session, the clock and the desk; what a page wants, it asks for here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from checks import places
from checks.case import SignedOff
from checks.policy import Policy, read_policy
from dashboard import account
from review.checklist import Checklist, read_checklist
from review.commands.desk import Desk, NotTaken
from review.commands.refusing import NotStored, StaleLogin
from review.document import issuing, statements
from review.document.editions import Edition
from review.document.issuing import Issued
from review.lists import leaving, membership
from review.proof import verify as verifying
from review.proof.seal_key import known_certificates
from review.proof.standing import with_store
from review.proof.verify import Checked
from review.record import NOBODY_YET, Action, Actor, Answer, Decision, Review, Role
from review.store import forgetting
from review.store.keeping import place
from review.who.provider import issuer

log = logging.getLogger(__name__)

UNREADABLE = (SQLAlchemyError, OSError, NotStored)
"""What is raised where the store or its folder cannot be read or written."""

Pages = dict[str, Any]
"""Pages of this run by name; `st.Page` has no public type."""
SOMEBODY = Actor(name=NOBODY_YET, role=Role.PREPARER)
"""Who does what happens before anybody has said a name."""


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(tz=UTC)


def today() -> date:
    """The day, in UTC."""
    return now().date()


# What is shared by everyone who uses this server


@st.cache_resource
def checklist() -> Checklist:
    """The checklist of this installation."""
    return read_checklist(places.checklist_file())


@st.cache_resource
def policy() -> Policy:
    """The policy of this installation."""
    return read_policy(places.policy_file())


@st.cache_resource
def desk() -> Desk:
    """The desk that takes every command."""
    places.home().mkdir(parents=True, exist_ok=True)
    return Desk(places.store_url(), places.anchors_file(), checklist(), provider=issuer())


def where(error: Exception) -> str:
    """What cannot be read or written, by its place, for whoever runs Candor."""
    named = getattr(error, "filename", None) or getattr(error, "place", None)
    return str(named or place(places.store_url()))


def document(review: Review, audience: str = "internal") -> Issued:
    """An edition of a review as it stands, sealed where a decision stands and there is a key."""
    found, record, at = desk().review(review.id), desk().bundle(review.id), review.timeline[-1].at
    if audience == issuing.HTML:
        return issuing.page_issued(found, record, at=at)
    return issuing.issued(
        found,
        record,
        at=at,
        now=now(),
        fonts=places.font_folders(),
        edition=Edition(audience),
        names=policy().regulator_names,
    )


# Which page, which review


def pages(every: Pages | None = None) -> Pages:
    """The pages of this run; the script hands them in."""
    if every is not None:
        st.session_state["pages"] = every
    known: Pages = st.session_state.get("pages", {})
    return known


def go(page: str, **query: str) -> None:
    """Go to a page, keeping the review; a review given in `query` becomes the chosen one."""
    kept = {"review": chosen()} if chosen() else {}
    st.switch_page(pages()[page], query_params={**kept, **query})


def address(**query: str) -> dict[str, str]:
    """What a link adds to a page's address, so that a reload finds the review again."""
    return {"review": chosen(), **query} if chosen() else query


def chosen() -> str:
    """The id of the review in the address, or nothing."""
    return st.query_params.get("review", "")


def asked(name: str) -> str:
    """A word of the page's address, or nothing."""
    return st.query_params.get(name, "")


def point(**query: str) -> None:
    """Add words to this page's address, so that a reload finds the same place."""
    st.query_params.update(query)


def unpoint(name: str) -> None:
    """Take a word out of this page's address."""
    st.query_params.pop(name, None)


def review() -> Review | None:
    """The review named in the address, as it is now."""
    if not chosen():
        return None
    try:
        return desk().review(chosen())
    except KeyError:
        return None


def last_sign_off(review: str) -> SignedOff | None:
    """The last approval of a review, for the checks; None where there is none."""
    try:
        return desk().review(review).last_sign_off
    except KeyError:
        return None


def opened(finding: str | None = None) -> str:
    """The key of the finding that is open on the page; it stands in the address."""
    if finding is not None:
        point(finding=finding)
    return asked("finding")


# Who is here


def actor() -> Actor | None:
    """Who acts: the account that is signed in, or who the person says they are; None until told."""
    if issuer():
        return account.acting(desk(), now(), recall("my role"))
    name = str(st.session_state.get("my name", "")).strip()
    role = st.session_state.get("my role")
    return Actor(name=name, role=Role(role)) if name and role else None


def introduce(name: str, role: Role) -> None:
    """Remember who is here, until the browser is closed or reloaded."""
    st.session_state["my name"] = name
    st.session_state["my role"] = role.value


def recall(name: str) -> object:
    """What this browser's session remembers under a name; None where it does not."""
    return st.session_state.get(name)


def remember(name: str, value: object) -> None:
    """Remember something for this browser's session; None forgets it."""
    if value is None:
        st.session_state.pop(name, None)
    else:
        st.session_state[name] = value


def everything() -> Mapping[str, object]:
    """All that this browser's session remembers, what was typed included."""
    return {str(name): value for name, value in st.session_state.items()}


def switch(page: str, query: Mapping[str, str]) -> None:
    """Go to a page with exactly this address."""
    st.switch_page(pages()[page], query_params=dict(query))


# What was said after a command


STANDS, FADES = timedelta(seconds=2), timedelta(seconds=10)
"""How long a sentence stands at least, for a browser may ask for a second drawing at once; and how
long good news stands while others move the page. A refusal stands until its reader does something.
"""


def say(sentence: str, *, refused: bool = False) -> None:
    """Keep a sentence for the page; what was read before it goes."""
    if st.session_state.pop("told", None):
        st.session_state.pop("notices", None)
    st.session_state.setdefault("notices", []).append((sentence, refused))


def notices() -> list[tuple[str, bool]]:
    """The sentences that stand on the page: (sentence, whether something was refused)."""
    kept: list[tuple[str, bool]] = st.session_state.get("notices", [])
    st.session_state["shown"] = bool(kept)
    return kept


def began() -> datetime:
    """When this browser's session began: a reload begins another."""
    first: datetime = st.session_state.setdefault("began", now())
    return first


def drawing() -> None:
    """A page begins to be drawn: what was read goes, also where the page moves by itself."""
    began()
    moved, told = st.session_state.pop("moved", None), st.session_state.get("told")
    if told and now() - told > (FADES if moved else STANDS):
        kept = [one for one in st.session_state.get("notices", []) if moved and one[1]]
        st.session_state["notices"] = kept
        remember("told", told if kept else None)


def drawn() -> None:
    """A page is drawn to its end: only then were its sentences there to be read."""
    if st.session_state.pop("shown", None):
        st.session_state.setdefault("told", now())


def moved() -> None:
    """The page is about to be drawn anew because of others; its sentences stay."""
    st.session_state["moved"] = True


# Commands: each says what became of it, and none raises


def command(done: str, command: Callable[[], object]) -> bool:
    """Do it and say so; without words for it, what the command gives back is said."""
    try:
        given = command()
    except NotTaken as refusal:
        say(str(refusal), refused=True)
        if isinstance(refusal, StaleLogin):
            remember("prove anew", value=True)
        return False
    except Exception as error:  # noqa: BLE001 — the person gets a sentence, the log the kind
        log.error("a command could not be done (%s)", type(error).__name__)  # noqa: TRY400
        say("This could not be stored, so it is not on record. Try again.", refused=True)
        return False
    say(done or str(given))
    return True


def me() -> Actor:
    """Who acts; refused where nobody has said who they are."""
    who = actor()
    if who is None:
        raise NotTaken("Say who you are first: a name and a role, at the top of the page.")
    return who


def take(
    done: str, act: Callable[..., object], review: Review, *what: object, **said: object
) -> bool:
    """Give a command about a review, as who is here and now; say what became of it."""
    return command(done, lambda: act(review.id, *what, by=me(), now=now(), **said))


def answer(
    on: Review, question: str, answer: Answer, *, reason: str, action: Action | None = None
) -> bool:
    """Put an answer on record."""
    said = {"reason": reason, "action": action, "seen": on.head}
    return take("Your answer is on record.", desk().answer, on, question, answer, **said)


def statement(on: Review, decision: Decision) -> str:
    """What the person here would say by signing; nothing while nobody has said who they are."""
    here = actor()
    if here is None:
        return ""
    return statements.statement(here, decision, campaign=on.name, revision=on.revision, day=today())


def exported(on: Review, made: Issued, by: Actor | None = None) -> None:
    """Put on record that a document was taken away; a download is never stopped by it.

    `by` is who was here when the page was drawn: a download is made outside of any session.
    """
    try:
        issuing.put_on_record(desk(), on.id, made, by=by or SOMEBODY, now=now())
    except Exception as error:  # noqa: BLE001 — the person gets the document, the log the kind
        log.error("a download is not on record (%s)", type(error).__name__)  # noqa: TRY400


def verify(pdf: bytes) -> Checked:
    """What can be shown about a PDF, from the file and from the store of this installation."""
    checked = verifying.verify(
        pdf, now=now(), known=known_certificates(), fonts=places.font_folders()
    )
    return with_store(checked, desk(), day=today())


def make_lists(on: Review, channel: str, file: Path) -> bool:
    """Write the lists of a channel; `file` is the campaign file. Says where the files lie."""
    return command(
        "",
        lambda: leaving.make_lists(desk(), on.id, channel, file=file, by=me(), now=now()),
    )


def comment(on: Review, about: str, text: str) -> bool:
    """Put a comment on record."""
    return take("Your comment is on record.", desk().comment, on, about, text)


def propose_exception(on: Review, finding: str, *, reason: str, until: date) -> bool:
    """Ask that a failure or gap be accepted."""
    done = "The exception is proposed. A second person must confirm it."
    return take(done, desk().propose_exception, on, finding, reason=reason, until=until)


def confirm_exception(on: Review, finding: str) -> bool:
    """Accept a failure or gap as the second person."""
    return take("The exception is confirmed.", desk().confirm_exception, on, finding)


def sign(
    on: Review, decision: Decision, *, grounds: str, conditions: Sequence[Action] = ()
) -> bool:
    """Sign a decision on what this page showed."""
    said = {"grounds": grounds, "conditions": conditions, "seen": on.head}
    return take("Your signature is on record.", desk().sign, on, decision, **said)


def keep_members(on: Review, file: Path) -> None:
    """Keep the people of an approval that stands; says only what is missing."""
    try:
        membership.keep_members(desk(), on.id, file=file, by=me(), now=now())
    except NotTaken as refusal:
        say(str(refusal), refused=True)
    except Exception as error:  # noqa: BLE001 — the approval stands; the log gets the kind
        log.error("an approved list was not kept (%s)", type(error).__name__)  # noqa: TRY400
        say("The approval stands, but its list could not be kept for later.", refused=True)


def withdraw(on: Review, reason: str) -> bool:
    """Withdraw the review, with a reason."""
    return take("The review is withdrawn.", desk().withdraw, on, reason=reason)


def reopen(on: Review, reason: str) -> bool:
    """Reopen a decided review."""
    return take("The review is open again.", desk().reopen, on, reason=reason)


def forget(on: Review) -> bool:
    """Delete the people data of a review, for good. Says what was deleted."""
    return command("", lambda: forgetting.forget(desk(), on.id, by=me(), now=now()))


def inputs(prefix: str) -> Mapping[str, Any]:
    """The values of the widgets whose key starts with this, for a callback."""
    return {
        str(key).removeprefix(prefix): value
        for key, value in st.session_state.items()
        if str(key).startswith(prefix)
    }
