"""What goes under a seal: whole, and on what is seen now; why it was not taken is nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from checks.finding import Verdict
from review.commands.refusing import NotTaken, Unsealed
from review.commands.rules import clear_way, complete, needed
from review.events import Event, PointPut
from review.record import Action, Answer, Decision, Review
from review.store.canonical import entered


@contextmanager
def under_seal() -> Iterator[None]:
    """What is refused in here only the person reads: it would tell what they wanted to say."""
    try:
        yield
    except NotTaken as refusal:
        raise Unsealed(str(refusal)) from None


def in_view(since: Sequence[Event] | None, question: str) -> None:
    """Refuse an answer from a page that shows another round, or is of no moment of this record."""
    if since is None:
        raise NotTaken(
            "Your answer was not taken: the page you saw is not part of this record. "
            "Load it again; your words are kept."
        )
    if any(isinstance(one, PointPut) and one.question == question for one in since):
        raise NotTaken(
            "Your answer was not taken: the chair put this point again while you were reading. "
            "Read it, then answer; your words are kept."
        )


def whole_answer(
    past: Review, question: str, answer: Answer | None, reason: str, action: Action | None
) -> None:
    """Refuse half an answer of a member, or one that the policy does not offer."""
    asked = next(one for one in past.checklist.questions if one.id == question)
    if answer is not None and answer not in past.offered(asked):
        raise NotTaken("*Acceptable* cannot be answered here: this rule allows no exception.")
    against = {Verdict.BROKEN, Verdict.FAIL, Verdict.CANNOT_TELL}
    pressing = any(one.verdict in against for one in past.informing(asked))
    if not entered(reason) and (answer is not Answer.ACCEPTABLE or pressing):
        raise NotTaken("Please give a reason: this answer cannot stand without one.")
    if answer is Answer.WITH_ACTION:
        if action is None:
            raise NotTaken("Please say what is to be done, by whom and until when.")
        complete(past, action)
    elif action is not None:
        raise NotTaken("An action belongs to the answer *acceptable with an action* only.")


def whole_vote(
    past: Review, decision: Decision, grounds: str, conditions: Sequence[Action], now: datetime
) -> None:
    """Refuse half a vote, or an approval while anything stands in its way."""
    needed(grounds, "Please say why: every vote needs grounds.")
    if decision.approves:
        clear_way(past, now)
    if decision is Decision.APPROVE_WITH_CONDITIONS and not (conditions or past.due):
        raise NotTaken("Approving with conditions needs at least one condition.")
    if conditions and decision is not Decision.APPROVE_WITH_CONDITIONS:
        raise NotTaken("Conditions belong to *approve with conditions* only.")
    for condition in conditions:
        complete(past, condition)
        if condition.by < now.astimezone(UTC).date():
            raise NotTaken("A condition is due before today. Choose a day that can be kept.")
