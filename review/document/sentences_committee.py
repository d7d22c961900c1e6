"""What happened in the committee and around it, told as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from review.document.wording import ANSWERS, plural
from review.record import Answer, Decision, Role, told_day

OUTCOMES = {
    Decision.APPROVE: "approved",
    Decision.APPROVE_WITH_CONDITIONS: "approved with conditions",
    Decision.REQUEST_CHANGES: "changes requested",
    Decision.REJECT: "rejected",
    None: "no decision",
}


def quoted(words: str) -> str:
    """Somebody's words behind a sentence."""
    return f" “{words}”" if words else ""


def seated(who: str, member: str, seat: Role, instead: str) -> str:
    """Somebody took a seat."""
    place = f" in place of {instead}" if instead else ""
    if who == member:
        return f"{who} took a seat in the committee{place}."
    return f"{who} gave {member} the seat for {seat.told}{place}."


def unseated(who: str, member: str, reason: str) -> str:
    """Somebody left their seat."""
    left = f"{who} left the committee" if who == member else f"{who} took {member} off it"
    return f"{left}.{quoted(reason)}"


def declared(who: str, conflict: str) -> str:
    """Somebody is here, and said what ties them."""
    ties = f"declared a conflict of interest.{quoted(conflict)}"
    return f"{who} is here and {ties if conflict else 'declared no conflict of interest.'}"


def recused(who: str, reason: str, head: str) -> str:
    """Somebody gave up their vote."""
    return f"{who} is recused and votes no more.{quoted(reason)} {head}"


def presented(who: str, text: str) -> str:
    """The owner's side has spoken."""
    return f"{who} presented the campaign and left.{quoted(text)}"


def put(who: str, asks: str, again: int) -> str:
    """A question is on the wall."""
    once = f" again, for the {_nth(again)} time" if again > 1 else ""
    return f"{who} put “{asks}” to the committee{once}."


def sealed(who: str, asks: str) -> str:
    """An answer is in."""
    return f"{who} sealed an answer to “{asks}”."


def opened(asks: str, answers: Sequence[tuple[str, Answer | None]], early: str) -> str:
    """All seals at once."""
    said = "; ".join(f"{who}: {ANSWERS[one] if one else 'abstains'}" for who, one in answers)
    why = f" The chair did not wait for all:{quoted(early)}" if early else ""
    return f"The sealed answers to “{asks}” were opened. {said or 'There were none'}.{why}"


def spoken(chair: str, member: str, answer: Answer | None, reason: str) -> str:
    """A spoken answer."""
    said = ANSWERS[answer] if answer else "abstains"
    return f"{member} answered aloud: {said}.{quoted(reason)} Spoken, entered by {chair}."


def settled(asks: str, answer: Answer, *, all_agreed: bool, who: str, reason: str) -> str:
    """A point is settled."""
    if all_agreed:
        return f"All who answered agree on “{asks}”: {ANSWERS[answer]}. The point is settled."
    return (
        f"{who} recorded what most members answered to “{asks}”: {ANSWERS[answer]}. "
        f"The other answers stay beside it.{quoted(reason)}"
    )


def ballot_opened(who: str, voters: int, quorum: int) -> str:
    """The ballot began."""
    may = plural(voters, "member may", "members may")
    return f"{who} opened the ballot on the campaign: {may} vote, {quorum} must."


def ballot_cast(who: str) -> str:
    """A ballot is in."""
    return f"{who} cast a sealed ballot."


def ballot_closed(revision: int, decision: Decision | None, rule: str, early: str) -> str:
    """The decision."""
    why = f" The chair did not wait for all:{quoted(early)}" if early else ""
    return f"The ballot on revision {revision} was opened: {OUTCOMES[decision]}. {rule}{why}"


def attested(who: str) -> str:
    """The chair's word."""
    return f"{who} signed for how the decision was taken."


def dissented(who: str, words: str) -> str:
    """Another view."""
    return f"{who} put a dissent on record.{quoted(words)}"


def condition_met(who: str, what: str, text: str) -> str:
    """A condition was found kept."""
    return f"{who} found the condition “{what}” kept.{quoted(text)}"


def concern(who: str, role: str, on: date, what: str) -> str:
    """A voice from outside."""
    whose = {"customer": "a customer", "staff": "a member of staff", "other": "somebody"}
    raised = whose.get(role, f"a {role}")
    return f"{who} recorded what {raised} raised on {told_day(on)}.{quoted(what)}"


def concern_answered(who: str, number: int, text: str, changed: str) -> str:
    """It was answered."""
    what = f" Changed because of it:{quoted(changed)}" if changed else " Nothing changed."
    return f"{who} answered the concern in no. {number}.{quoted(text)}{what}"


def not_sought(who: str, reason: str) -> str:
    """Nobody was asked."""
    return f"{who} recorded that nobody outside the team was asked.{quoted(reason)}"


def role(who: str, whose: str, named: str, reason: str, *, given: bool) -> str:
    """A role was given or taken."""
    called = named.replace("_", " ")
    act = f"gave {whose} the role {called}" if given else f"took the role {called} from {whose}"
    return f"{who} {act}.{quoted(reason)}"


def linked(one: str, other: str, who: str, reason: str = "") -> str:
    """Two accounts are one human's."""
    by = f"{who} linked the accounts of" if who else "An administrator linked the accounts of"
    return f"{by} {one} and {other}: they count as one person.{quoted(reason)}"


def taken_out() -> str:
    """What somebody had under seal counts no longer."""
    return "What was under seal from them was taken out unopened."


def fell(*, stood: bool) -> str:
    """Somebody had signed or voted who may not, or twice."""
    if stood:
        return "The decision that rested on it no longer stands: the review is open again."
    return "What they had signed counts no longer."


def _nth(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"{number}th")
