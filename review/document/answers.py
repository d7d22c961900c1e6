"""The questions as the document tells them: what was counted, who answered, and how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from review.checklist import Question
from review.document.findings import place_of
from review.document.minutes import who
from review.document.wording import ANSWERS, FAMILY_WORDS, Page, moment
from review.record import Action, Computed, Given, Review, told_day


def questions(review: Review) -> list[Page]:
    """Every question by family, with its answers."""
    ordered = sorted(review.checklist.questions, key=lambda one: place_of(one.family))
    return [
        {"family": FAMILY_WORDS.get(family, family.capitalize()), **_asked(list(of), review)}
        for family, of in groupby(ordered, key=lambda one: one.family)
    ]


def _asked(questions: Sequence[Question], review: Review) -> Page:
    """Those that a person answered or has to, and those that counting settled."""
    alone = [
        one
        for one in questions
        if review.computed(one).settled and not review.answers.get(one.id, ())
    ]
    return {
        "asked": [_question(one, review) for one in questions if one not in alone],
        "computed": [one.asks for one in alone],
    }


def _question(question: Question, review: Review) -> Page:
    standing = review.standing(question)
    computed = review.computed(question)
    others = [one for one in review.answers.get(question.id, ()) if one is not standing]
    alike = [one for one in others if standing and _settled_it_too(one, standing)]
    return {
        "asks": question.asks,
        "computed": _computed(computed),
        "standing": _given(standing) if standing else None,
        "alike": [_given(one) for one in alike],
        "open": standing is None and not computed.settled,
        "others": [_given(one) for one in others if one not in alike],
    }


def _settled_it_too(one: Given, standing: Given) -> bool:
    """Whether a committee settled the question by this answer as by the one that stands."""
    counts = one.settles and one.current and bool(one.round)
    return counts and (one.round, one.answer) == (standing.round, standing.answer)


def _computed(computed: Computed) -> str:
    if computed.answer is None:
        return "Counting does not settle this; a person must say."
    if computed.settled:
        return f"Computed: {ANSWERS[computed.answer]}."
    return f"Candor counted: {ANSWERS[computed.answer]}."


def _given(given: Given) -> Page:
    notes = (
        f"Spoken, entered by {given.entered_by.name}." if given.entered_by else "",
        "A statement, which settles nothing." if given.statement else "",
        ""
        if given.current or given.statement
        else "The numbers moved since; this answer no longer counts.",
    )
    return {
        **who(given.by),
        "answer": ANSWERS[given.answer],
        "reason": given.reason,
        "action": action(given.action) if given.action else None,
        "at": moment(given.at),
        "number": given.number,
        "statement": given.statement,
        "note": " ".join(filter(None, notes)),
    }


def action(asked: Action) -> Page:
    """What was asked for with an answer or a signature."""
    return {"what": asked.what, "who": asked.who, "by": told_day(asked.by)}
