"""Days, states and other people's words, as they are printed on a page."""

from __future__ import annotations

import re
from datetime import date

from dashboard import session
from review.record import Actor, Role, State
from review.who.provider import provider

STATES = {
    State.DRAFT: "Draft",
    State.IN_REVIEW: "In review",
    State.CHANGES_REQUESTED: "Changes requested",
    State.APPROVED: "Approved",
    State.APPROVED_WITH_CONDITIONS: "Approved with conditions",
    State.REJECTED: "Rejected",
    State.SUPERSEDED: "Replaced by a newer revision",
    State.WITHDRAWN: "Withdrawn",
    State.EXPIRED: "Expired",
}

ROLES = {
    Role.OWNER: "owner of the campaign",
    Role.PREPARER: "preparer of the data",
    Role.PRIVACY: "reviewer, privacy",
    Role.LEGAL: "reviewer, legal",
    Role.ETHICS: "reviewer, ethics",
    Role.CUSTOMER_VOICE: "reviewer, customer voice",
    Role.CHAIR: "chair of the committee",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
}
"""Roles as a person would say them."""

JOINER = "\u2060"
"""A character without width: it stops the browser's Markdown from making links out of words."""
LINKS = re.compile(r"@|(?:https?|ftp):|www(?=\.)|xmpp:|mailto:", re.IGNORECASE)
SENTENCE = re.compile(r"(?:(?<=[\w)%”’]{2}[.!?])|(?<=\s[a-z0-9][.!?]))\s+(?=[\"“‘(]?[A-Z0-9])")
"""Where a sentence ends: after a word, or a small letter or digit by itself; not after *M.*"""


def heading(headline: str) -> tuple[str, str]:
    """The first sentence of a headline, and the rest of it: a heading holds one sentence.

    >>> heading("1 of 3 groups cannot be compared: 12 people. A group needs 30.")
    ('1 of 3 groups cannot be compared: 12 people.', 'A group needs 30.')
    >>> heading("12 people with gender x. A group needs 30.")
    ('12 people with gender x.', 'A group needs 30.')
    >>> heading("M. Ito chose 0.23 times as many.")
    ('M. Ito chose 0.23 times as many.', '')
    """
    first, *rest = SENTENCE.split(headline.strip(), maxsplit=1)
    return first, " ".join(rest)


def plain(text: str) -> str:
    r"""Somebody's words so that Markdown shows them as they are: no markup, no link, no icon.

    >>> print(plain("a *b* [c](d) :red[e] <g>"))
    a \*b\* \[c\](d) \:red\[e\] \<g\>
    >>> print(plain("1. not a list"))
    1\. not a list
    """
    unlinked = LINKS.sub(rf"\g<0>{JOINER}", " ".join(text.split()))
    escaped = re.sub(r"([\\`*_{}\[\]<>#|~$:])", r"\\\1", unlinked)
    return re.sub(r"^(\d+(?=[.)])|(?=[-+=]))", r"\1\\", escaped)


def day(when: date) -> str:
    """A day as people say it.

    >>> day(date(2026, 12, 1))
    '1 December 2026'
    """
    return f"{when.day} {when:%B %Y}"


def until(when: date) -> str:
    """How far away a day is, seen from today."""
    days = (when - session.today()).days
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    if days == -1:
        return "yesterday"
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def vouched(by: Actor) -> str:
    """Who stands behind a name, as a sentence."""
    if by.verified:
        known = provider()
        named = known.name if known and known.issuer == by.issuer else by.issuer
        return f"The identity was verified by {plain(named)}."
    return "The name was typed, not verified."


def state(of: State) -> str:
    """A state in words."""
    return STATES[of]
