"""The yeses that a channel rests on: who gave one, and why they may not be there to look at."""

from __future__ import annotations

from checks.campaign import ChannelName
from checks.case import Case
from checks.conditions import All, Condition, Is
from checks.finding import Finding, Reason, cannot_tell, not_applicable
from checks.people.permission import ON_THE_LIST, Unseen, unseen_refusals
from checks.phrases import people

STATUS = "what people said"


def said(name: str) -> str:
    """A channel in words.

    >>> said("live_call")
    'live call'
    """
    return name.replace("_", " ")


def yes(name: ChannelName) -> Condition:
    """Who said yes to a channel, and has not taken it back."""
    return Is(f"{name}.status", "granted")


def yes_on_the_list(name: ChannelName) -> Condition:
    """The same among those on the list."""
    return All((ON_THE_LIST, yes(name)))


def without_channels() -> Finding:
    """No channel, so no yes."""
    return cannot_tell(
        "channels",
        "The campaign names no channel, so nobody's yes could be looked up.",
        reason=Reason.COLUMN_MISSING,
        remedy="Name the ways people are reached, and on what basis (channels).",
    )


def not_to_see(case: Case, name: ChannelName) -> Finding | None:
    """Why there are no yeses to look at on a channel; None where there are some."""
    basis = case.campaign.channels[name].basis
    if basis != "consent":
        rests = basis.replace("_", " ")
        return not_applicable(name, f"{said(name).capitalize()} rests on {rests}, not on consent.")
    if not case.audience.has(f"{name}.status"):
        return _unseen(case, name)
    if not case.audience.targeted:
        return cannot_tell(
            name,
            "Nobody is on the list, so no yes could be looked up.",
            reason=Reason.TOO_FEW_PEOPLE,
            remedy="Check which column says who is on the list (people.targeted), and its values.",
        )
    return None


def nobody_agreed(case: Case, name: ChannelName) -> Finding | None:
    """Where nobody on the list said yes there is nothing to say about yeses."""
    if case.audience.total(yes_on_the_list(name)):
        return None
    listed = people(case.audience.targeted)
    return not_applicable(name, f"None of {listed} on the {said(name)} list has said yes.")


def _unseen(case: Case, name: ChannelName) -> Finding:
    gap = next(one for one in unseen_refusals(case, name) if one.what.startswith(STATUS))
    return lacking(
        name,
        f"What {people(case.audience.targeted)} on the {said(name)} list said is not in the files.",
        gap,
    )


def lacking(name: str, headline: str, gap: Unseen) -> Finding:
    """Cannot tell, because something was not brought."""
    return cannot_tell(
        name, headline, reason=gap.reason, remedy=f"Bring what is missing: {gap.what}."
    )
