"""What may be done to a review, by whom and when; each refusal is a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from checks.finding import Finding, Verdict
from checks.runs.run import Run
from review.checklist import Question
from review.commands.door import fresh, told_apart
from review.commands.refusing import NotTaken
from review.events import Event, Exported, Refused
from review.present.conditions import LIMITS
from review.present.folding import Kept
from review.record import (
    ERASED,
    Accepted,
    Action,
    Actor,
    Answer,
    Decision,
    Given,
    Review,
    Role,
    Signature,
    State,
    distrusted,
    told_day,
)
from review.store.canonical import entered, same_name

LONGEST_NAME = 200
HARMLESS = (Refused, Exported)
"""What may happen between reading and signing: it changes nothing that was read."""
ABOUT_SIGNING = "integrity.unchanged"
"""The check whose answer moves with a signature, and not with the campaign."""
PROTECTIVE = (
    Decision.APPROVE,
    Decision.APPROVE_WITH_CONDITIONS,
    Decision.REQUEST_CHANGES,
    Decision.REJECT,
)
"""The decisions, each more protective than the one before."""


def named(by: Actor, *, anybody: bool = False) -> None:
    """Refuse a command without a name behind it; `anybody` may do what judges nothing."""
    name = entered(by.name)
    if not same_name(name):
        raise NotTaken("Say who you are first: the name is empty.")
    if by.unnamed and not anybody:
        raise NotTaken("Say who you are first: nobody has said a name yet.")
    if len(name) > LONGEST_NAME:
        raise NotTaken(f"The name has {len(name)} characters; {LONGEST_NAME} are possible.")


def needed(words: str, otherwise: str) -> str:
    """Words that must be there; refused with this sentence otherwise."""
    said = entered(words)
    if not said:
        raise NotTaken(otherwise)
    return said


def takes_part(by: Actor) -> None:
    """Refuse an auditor what changes a review: they read, print and comment."""
    if by.role is Role.AUDITOR:
        raise NotTaken("Your role here is auditor: it reads, and changes nothing.")


def judges(past: Review, by: Actor) -> None:
    """Refuse what only reviewers do to a role that reads or keeps house."""
    if past.is_inside(by):
        return
    if not by.role.judges:
        raise NotTaken(f"Your role here is {by.role.told}: it reads, and judges nothing.")
    told_apart(by, past.owners)


def may_comment(past: Review, about: str, text: str) -> str:
    """The words, if there is such a thing to comment on."""
    known = {"", *(one.id for one in past.checklist.questions)}
    if about not in known and past.finding(about) is None:
        raise NotTaken("There is no such finding or question in the newest run.")
    return needed(text, "There is nothing to put on record yet. Please write it.")


def run_of(past: Review) -> Run:
    """The newest run, which nearly every command needs."""
    if past.run is None:
        raise NotTaken("The checks have not run yet. Run them first.")
    return past.run


def revision_of(run: Run, past: Review, before: Kept | None) -> int:
    """The revision a run belongs to: the next one where its inputs or its results moved."""
    if before is None:
        return 1
    last = past.revisions[-1]
    unmoved = last.fingerprint == run.fingerprint and not past.moved
    same = unmoved and _counted(Kept.of(run)) == _counted(before)
    return last.number if same else last.number + 1


def _counted(kept: Kept) -> dict[str, str]:
    """The digests of what was counted about the campaign itself."""
    found = kept.digests.items()
    return {key: one for key, one in found if not key.startswith(f"{ABOUT_SIGNING}/")}


def may_bring(past: Review, revision: int, by: Actor) -> None:
    """Refuse a run of somebody who has decided on the very revision it is of.

    Whoever records a run has prepared the campaign from then on: their own vote would stand.
    """
    ballot = past.committee.ballot
    decided = (*(one.by for one in past.signatures), *(ballot.cast if ballot else ()))
    if revision == past.revision and any(one.may_be(by) for one in decided):
        raise NotTaken(
            "You cannot run these checks, because you voted on this revision or signed it: who "
            "prepares a campaign does not decide on it. Ask the owner or the preparer to run them."
        )


def may_answer(
    past: Review, question: str, answer: Answer, reason: str, action: Action | None, by: Actor
) -> Question:
    """The question, if this answer may be given to it now."""
    run_of(past)
    asked = next((one for one in past.checklist.questions if one.id == question), None)
    if asked is None:
        raise NotTaken("This question is not in the checklist of this review.")
    judges(past, by)
    if not past.is_inside(by):
        open_now(past)
    if answer not in past.offered(asked):
        barred = next(one for one in past.informing(asked) if past.beyond_exception(one))
        raise NotTaken(f"*Acceptable* cannot be answered here. {barred.headline} {barred.remedy}")
    _reasoned(past, asked, answer, reason)
    _acted(past, answer, action)
    return asked


def _reasoned(past: Review, asked: Question, answer: Answer, reason: str) -> None:
    against = {Verdict.BROKEN, Verdict.FAIL, Verdict.CANNOT_TELL}
    counted = () if asked.asked else past.informing(asked)
    pressing = any(finding.verdict in against for finding in counted)
    if not entered(reason) and (answer is not Answer.ACCEPTABLE or pressing):
        raise NotTaken("Please give a reason: this answer cannot stand without one.")


def _acted(past: Review, answer: Answer, action: Action | None) -> None:
    if answer is Answer.WITH_ACTION:
        if action is None:
            raise NotTaken("Please say what is to be done, by whom and until when.")
        complete(past, action)
    elif action is not None:
        raise NotTaken("An action belongs to the answer *acceptable with an action* only.")


def complete(past: Review, action: Action) -> None:
    """Refuse an action or condition without what, who, or a finding that exists."""
    if not entered(action.what) or not entered(action.who):
        raise NotTaken("An action needs what is to be done, and who does it.")
    if action.finding and past.finding(action.finding) is None:
        raise NotTaken("The condition names a finding that is not in the newest run.")
    if action.at_most and (action.at_most not in LIMITS or not action.finding):
        raise NotTaken(f"A condition's limit is one of {', '.join(LIMITS)}, of a finding.")


def open_now(past: Review) -> None:
    """Refuse what a decision has closed."""
    if past.state.decided:
        told = past.state.told
        raise NotTaken(f"This review is closed ({told}). Reopen it first; no answer is lost.")


def untouched(past: Review, before: Review | None, asked: Question, by: Actor) -> None:
    """Refuse an answer to a question that somebody else answered meanwhile."""
    if before is None:
        raise NotTaken(
            "Your answer was not taken: the page you saw is not part of this record. "
            "Load it again; your words are kept."
        )
    for given in past.answers.get(asked.id, ()):
        if _came_between(given, before, by):
            raise NotTaken(
                f"Your answer was not taken: {given.by.name} answered this question while you "
                "were reading. Read that answer, then answer again."
            )


def unmoved_numbers(then: tuple[str, ...], now: tuple[str, ...]) -> None:
    """Refuse an answer whose findings moved while somebody was reading them."""
    if then != now:
        raise NotTaken(
            "Your answer was not taken: the numbers behind this question changed while you were "
            "reading. Read what changed, then answer again."
        )


def _came_between(given: Given, before: Review, by: Actor) -> bool:
    return given.number > before.length and not given.statement and not given.by.is_same(by)


def may_make_lists(past: Review, by: Actor) -> Run:
    """The run whose lists may be made, if this person may make them."""
    if not by.role.inside:
        raise NotTaken(
            "Only the owner or the preparer may make lists of people. "
            f"You act as {by.role.told}: ask one of them."
        )
    return run_of(past)


def may_keep_house(by: Actor) -> None:
    """Refuse what changes a record from outside to anybody but those who run Candor."""
    if by.role is not Role.ADMINISTRATOR:
        raise NotTaken(
            "Only an administrator can do this. "
            f"You act as {by.role.told}: ask whoever runs Candor."
        )


def may_delete_people(by: Actor) -> None:
    """Refuse to delete people data for anybody but who brought them, or runs Candor."""
    if not by.role.inside and by.role is not Role.ADMINISTRATOR:
        raise NotTaken(
            "Only the owner or the preparer may delete people data. "
            f"You act as {by.role.told}: ask one of them."
        )


def may_reopen(past: Review, reason: str, by: Actor) -> str:
    """The reason, if there is something to reopen."""
    takes_part(by)
    if not past.state.decided:
        raise NotTaken("This review is not decided, so there is nothing to reopen.")
    return needed(reason, "Reopening needs a reason.")


def may_withdraw(past: Review, reason: str, by: Actor) -> str:
    """The reason, if there is something to withdraw."""
    takes_part(by)
    if past.state is State.WITHDRAWN:
        raise NotTaken("This review is withdrawn already.")
    return needed(reason, "Withdrawing needs a reason.")


def may_propose(
    past: Review, finding: str, reason: str, until: date, by: Actor, now: datetime
) -> str:
    """The reason, if this finding may be accepted as an exception."""
    judges(past, by)
    open_now(past)
    run = run_of(past)
    found = past.finding(finding)
    if found is None:
        raise NotTaken("There is no such finding in the newest run.")
    if found.verdict not in (Verdict.FAIL, Verdict.CANNOT_TELL):
        raise NotTaken("Only a failure, or what cannot be told, can be accepted as an exception.")
    if past.exception_for(found.check) == "none":
        raise NotTaken(f"No exception is possible here. {found.headline} {found.remedy}")
    if until < max(run.launch, now.astimezone(UTC).date()):
        raise NotTaken(
            f"The exception would end on {told_day(until)}, before the launch or today. "
            "Choose a later day."
        )
    return needed(reason, "An exception needs a reason.")


def may_confirm(past: Review, finding: str, by: Actor, now: datetime) -> tuple[Accepted, Finding]:
    """The proposal and its finding, if this person may be the second one."""
    open_now(past)
    proposed = next((one for one in past.exceptions if one.finding == finding), None)
    found = past.finding(finding)
    if proposed is None or found is None:
        raise NotTaken("Nobody has proposed an exception here, or its numbers have moved since.")
    if proposed.second is not None:
        raise NotTaken(f"{proposed.second.name} has confirmed this exception already.")
    if proposed.until < now.astimezone(UTC).date():
        raise NotTaken(f"This exception ended on {told_day(proposed.until)}. Propose it anew.")
    if past.is_inside(by):
        raise NotTaken("You cannot confirm this exception: you own or prepared the campaign.")
    judges(past, by)
    if proposed.by.may_be(by):
        raise NotTaken("You cannot confirm this exception: you proposed it. Ask a second person.")
    if any(given.by.may_be(by) for given in past.judges_of(found)):
        raise NotTaken(
            "You cannot confirm this exception: you answered its question. Ask another person."
        )
    return proposed, found


def may_judge(past: Review, by: Actor) -> None:
    """Refuse a signature of owner or preparer, and any where they cannot be told."""
    if ERASED in (past.owner, *(one.name for one in past.preparers[-1:])):
        raise NotTaken(
            "Nobody can sign: the name of the owner or of whoever ran the checks was erased, so "
            "they cannot be told from others. Run the checks again, then sign."
        )
    judges(past, by)
    if not past.is_inside(by):
        return
    others = {
        given.by.name: f"{given.by.name} ({given.by.role.told})"
        for given in (one for many in past.answers.values() for one in many)
        if not past.is_inside(given.by)
    }
    ask = f"Ask one of: {', '.join(others.values())}." if others else "Ask somebody else."
    if not any(by.is_same(one) for one in past.preparers) and not by.role.inside:
        ask = f"{ask} If you only share the name, sign with your whole name."
    raise NotTaken(f"You cannot sign this review, because you own or prepared the campaign. {ask}")


def unmoved(past: Review, since: Sequence[Event] | None) -> None:
    """Refuse a signature on something that moved while it was read."""
    if since is None:
        raise NotTaken(
            "Your signature was not taken: the page you saw is not part of this record. "
            "Load it again, read it, then sign."
        )
    moved = [event for event in since if not isinstance(event, HARMLESS)]
    if moved:
        what = past.timeline[moved[-1].number - 1].sentence
        raise NotTaken(
            "Your signature was not taken: the record moved while you were reading. "
            f"{what} Read what changed, then sign again. Your reason is kept."
        )


def may_sign(
    past: Review,
    decision: Decision,
    grounds: str,
    conditions: Sequence[Action],
    by: Actor,
    now: datetime,
) -> tuple[Action, ...]:
    """The conditions that will hold, if this decision may be taken by this person now."""
    run = run_of(past)
    if doubt := distrusted(past):
        raise NotTaken(doubt)
    if past.state is State.WITHDRAWN:
        raise NotTaken("This review is withdrawn. Reopen it first.")
    if past.committee.convened or (by.verified and run.committee.quorum > 1):
        raise NotTaken(
            "The committee decides on this campaign by ballot. Cast yours on the page “My answer”."
        )
    if decision is Decision.ABSTAIN:
        raise NotTaken("A signature decides. To abstain, do not sign.")
    fresh(by, now)
    _once(past, decision, by)
    if not decision.approves:
        needed(grounds, "Please say why: this decision needs grounds.")
        return _complete_all(past, conditions)
    if past.state in (State.REJECTED, State.CHANGES_REQUESTED):
        raise NotTaken("Others decided against this launch. Reopen the review first, then approve.")
    clear_way(past, now)
    return _held(past, decision, _complete_all(past, conditions), now)


def _once(past: Review, decision: Decision, by: Actor) -> None:
    mine: list[Signature] = [one for one in past.signatures if one.by.may_be(by)]
    if any(PROTECTIVE.index(decision) <= PROTECTIVE.index(one.decision) for one in mine):
        raise NotTaken("You have signed this revision already. Reopen it to decide anew.")


def clear_way(past: Review, now: datetime) -> None:
    """Refuse an approval while anything stands in its way."""
    obstacles = past.obstacles_on(now.astimezone(UTC).date())
    if not obstacles:
        return
    number = len(obstacles)
    stand = "1 point stands" if number == 1 else f"{number} points stand"
    first = obstacles[0].sentence
    raise NotTaken(f"Approval is not possible yet: {stand} in the way. The first: {first}")


def _held(
    past: Review, decision: Decision, conditions: tuple[Action, ...], now: datetime
) -> tuple[Action, ...]:
    held = tuple(dict.fromkeys((*past.due, *conditions)))
    if decision is Decision.APPROVE:
        if held:
            raise NotTaken(
                f"There are conditions ({len(held)}), from you or from the answers. "
                "Approve with conditions, so that they hold."
            )
        return ()
    if not held:
        raise NotTaken("Approving with conditions needs at least one condition.")
    if any(one.by < now.astimezone(UTC).date() for one in held):
        raise NotTaken("A condition is due before today. Choose a day that can be kept.")
    return held


def _complete_all(past: Review, conditions: Sequence[Action]) -> tuple[Action, ...]:
    for condition in conditions:
        complete(past, condition)
    return tuple(conditions)
