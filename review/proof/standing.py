"""What the store knows of a document since it was made: replaced, withdrawn, ended, or unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from review.commands.desk import Desk
from review.commands.refusing import NotTaken
from review.proof.verify import LATER, Checked, Says
from review.record import Review, State, told_day

OTHER = "its record is not part of the record that is kept here under the same name."
HERE = "The store of this installation was asked: nothing was withdrawn, replaced or ended since."


def with_store(checked: Checked, desk: Desk, *, day: date) -> Checked:
    """The same answer, and what became of the review since; the store can only take away."""
    try:
        review = desk.review(checked.review)
        follows = desk.follows(checked.review, checked.head)
    except (KeyError, NotTaken):
        return checked
    if review.read_only:
        return noted(checked, f"The store of this installation cannot be relied on. {LATER}")
    stood = checked.says is Says.STANDS
    if not follows:
        return checked.unclear(OTHER) if stood else checked
    ended = _ended(review, checked, day)
    if ended and stood:
        return checked.against(ended)
    return noted(checked, ended[:1].upper() + ended[1:] if ended else HERE)


def _ended(review: Review, checked: Checked, day: date) -> str:
    """Why the decision in a document no longer counts, as the rest of a sentence."""
    stood = checked.says is Says.STANDS
    what = f"“{checked.document}” was made and not changed, but " if stood else "besides, "
    if review.revision > checked.revision:
        newer = review.revisions[-1].at.date()
        return f"{what}revision {review.revision} replaced it on {told_day(newer)}."
    if review.state is State.WITHDRAWN:
        return f"{what}the review was withdrawn on {told_day(_last(review))}."
    if review.state_on(day) is State.EXPIRED:
        return f"{what}the approval has ended."
    if stood and not review.state.decided:
        return f"{what}the review was reopened since, and no decision stands."
    return ""


def _last(review: Review) -> date:
    return review.timeline[-1].at.date()


def noted(checked: Checked, note: str) -> Checked:
    """The same answer, with what the store says in place of what a file cannot know."""
    notes = [one for one in checked.notes if one != LATER]
    return replace(checked, notes=(*notes, note))
