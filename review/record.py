"""A review is the list of what happened, folded to the present; nothing in it is ever edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from checks.case import SignedOff
from checks.finding import Finding, Verdict
from checks.runs.run import Run
from review.checklist import Checklist, Question
from review.commands.acts import (
    ERASED,
    NOBODY_YET,
    Accepted,
    Action,
    Actor,
    Answer,
    Comment,
    Computed,
    Decision,
    Given,
    Happened,
    Obstacle,
    Revision,
    Role,
    Signature,
    State,
    told_day,
)
from review.present.committee import Committee, Dialogue
from review.present.conditions import Condition, Decided, standing
from review.present.levelling import Levelled

__all__ = [
    "ERASED",
    "NOBODY_YET",
    "Accepted",
    "Action",
    "Actor",
    "Answer",
    "Comment",
    "Computed",
    "Decision",
    "Given",
    "Happened",
    "Obstacle",
    "Review",
    "Revision",
    "Role",
    "Signature",
    "State",
    "told_day",
]


DECIDED = {
    Decision.REJECT: State.REJECTED,
    Decision.REQUEST_CHANGES: State.CHANGES_REQUESTED,
    Decision.APPROVE_WITH_CONDITIONS: State.APPROVED_WITH_CONDITIONS,
    Decision.APPROVE: State.APPROVED,
}
"""What a decision makes of a review; the most protective of them first."""
NOBODY_SITS, NOBODY_SPOKE = Committee(), Dialogue()


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """The present of one review."""

    id: str
    name: str
    owner: str
    revision: int
    state: State
    run: Run | None
    """The newest run."""
    checklist: Checklist
    """The one this review was recorded with."""
    head: str
    length: int
    """Events in the chain."""
    answers: Mapping[str, tuple[Given, ...]]
    """By question, oldest first; the last current one that is no statement counts."""
    exceptions: tuple[Accepted, ...]
    """Those whose finding has not moved since."""
    comments: tuple[Comment, ...]
    signatures: tuple[Signature, ...]
    """Those that stand: of the present revision, since it was last reopened; oldest first."""
    timeline: tuple[Happened, ...]
    read_only: str = ""
    """Why nothing can be added; empty in ordinary times."""
    moved: str = ""
    """What changed since the checks ran, as a sentence; empty when nothing did."""
    past_signatures: tuple[Signature, ...] = ()
    """Those that stand no longer: earlier revisions, reopened, withdrawn."""
    revisions: tuple[Revision, ...] = ()
    preparers: tuple[Actor, ...] = ()
    """Whoever recorded a run and said a name; who recorded the newest one comes last."""
    owners: tuple[str, ...] = ()
    """Whoever a campaign file named as owner."""
    run_unnamed: bool = False
    """Whether a run was recorded before anybody had said a name."""
    committee: Committee = NOBODY_SITS
    """Who decides, what is on the table, and the ballot."""
    dialogue: Dialogue = NOBODY_SPOKE
    """What people outside the team were asked and said."""
    before: Run | None = None
    """The last run of the revision before this one."""
    decided: Decided | None = None
    """The last approval, also where it stands no longer; its conditions are judged anew."""
    levelled: tuple[Levelled, ...] = ()
    """Gaps that the newest run closed only by cutting the favoured group."""
    members: Mapping[str, str] = field(default_factory=dict)
    """By channel: SHA-256 of the digests of those whom the approval of this revision covers."""
    _informing: dict[str, tuple[Finding, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What was found out about questions, which a page asks hundreds of times."""

    def computed(self, question: Question) -> Computed:
        """What Candor counted about this question."""
        said = {finding.verdict for finding in self.informing(question)}
        if question.asked or not said:
            return Computed(answer=None, settled=False)
        if Verdict.FAIL in said:
            return Computed(answer=Answer.NOT_ACCEPTABLE, settled=False)
        if said <= {Verdict.CLEAR, Verdict.NOT_APPLICABLE}:
            return Computed(answer=Answer.ACCEPTABLE, settled=True)
        return Computed(answer=None, settled=False)

    def informing(self, question: Question) -> tuple[Finding, ...]:
        """The findings a question is informed by, the most pressing first."""
        if question.id not in self._informing:
            found = self.run.findings if self.run else ()
            informed = [finding for finding in found if question.is_informed_by(finding.check)]
            ordered = tuple(sorted(informed, key=lambda finding: finding.verdict.urgency))
            self._informing[question.id] = ordered
        return self._informing[question.id]

    def questions_for(self, finding: Finding) -> tuple[Question, ...]:
        """The questions a finding informs, those that name its check first."""
        informed = [q for q in self.checklist.questions if q.is_informed_by(finding.check)]
        return tuple(sorted(informed, key=lambda q: finding.check not in q.informed_by))

    def judges_of(self, finding: Finding) -> tuple[Given, ...]:
        """The answers that count on questions about this finding; not on those of its family."""
        asked = [question for question in self.questions_for(finding) if not question.asked]
        return tuple(given for question in asked if (given := self.standing(question)))

    def standing(self, question: Question) -> Given | None:
        """The answer that counts now, if any person gave one."""
        given = self.answers.get(question.id, ())
        counting = [one for one in given if one.current and one.settles and not one.statement]
        return counting[-1] if counting else None

    def agreed(self, question: Question) -> tuple[Given, ...]:
        """The answer that counts, with those of the committee that settled it together."""
        last = self.standing(question)
        if last is None or not last.round:
            return (last,) if last else ()
        given = self.answers[question.id]
        counting = (one for one in given if one.settles and not one.statement)
        return tuple(one for one in counting if one.round == last.round)

    def offered(self, question: Question) -> tuple[Answer, ...]:
        """The answers that may be given: *acceptable* not where the policy allows no exception."""
        found = () if question.asked else self.informing(question)
        barred = any(self.beyond_exception(finding) for finding in found)
        return tuple(one for one in Answer if not (barred and one is Answer.ACCEPTABLE))

    def beyond_exception(self, finding: Finding) -> bool:
        """Whether it stands against the campaign under a rule that nobody may except."""
        against = finding.verdict is Verdict.FAIL or finding.open
        return against and self.exception_for(finding.check) == "none"

    def exception_for(self, check: str) -> str:
        """``none`` or ``second_person``, from the policy that judged."""
        return self.run.exceptions.get(check, "second_person") if self.run else "none"

    def is_inside(self, actor: Actor) -> bool:
        """Whether somebody owns or prepared this campaign: they state, others judge."""
        owns = any(actor.may_own(owner) for owner in self.owners)
        prepared = any(actor.may_be(one) for one in self.preparers)
        return actor.role.inside or prepared or owns

    @property
    def last_sign_off(self) -> SignedOff | None:
        """The last approval that anybody signed, whether or not it still stands."""
        signed = (*self.past_signatures, *self.signatures)
        approved = [one for one in signed if one.decision.approves]
        if not approved:
            return None
        last = max(approved, key=lambda one: one.number)
        parts = next(one.parts for one in self.revisions if one.number == last.revision)
        return SignedOff(day=last.at.date(), parts=parts)

    @property
    def due(self) -> tuple[Action, ...]:
        """What approval must ask for: actions of the answers that count, and gaps accepted."""
        given = [one for question in self.checklist.questions for one in self.agreed(question)]
        asked = [one.action for one in given if one.action]
        return tuple(dict.fromkeys([*asked, *gaps_accepted(self)]))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What the last approval asked for, each judged by the newest run."""
        return standing(self.decided, self.run)

    @property
    def decision(self) -> Decision | None:
        """What stands decided; None while nothing does."""
        return next((one for one, state in DECIDED.items() if state is self.state), None)

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """What stands in the way of approval, a sentence each, the most pressing first."""
        return self.obstacles_on(None)

    def obstacles_on(self, day: date | None) -> tuple[Obstacle, ...]:
        """The same on a given day, when an exception may have ended."""
        return obstacles(self, day)

    @property
    def tally(self) -> tuple[int, int, int]:
        """Questions answered by computing, by people, and still open."""
        people = computed = 0
        for question in self.checklist.questions:
            if self.standing(question):
                people += 1
            elif self.computed(question).settled:
                computed += 1
        return computed, people, len(self.checklist.questions) - people - computed

    def finding(self, key: str) -> Finding | None:
        """The finding with this ``check/subject``."""
        found = self.run.findings if self.run else ()
        return next((finding for finding in found if finding.key == key), None)

    def state_on(self, day: date) -> State:
        """Where it stands on a day: an approval ends with the first exception it rests on."""
        ended = any(one.second and one.until < day for one in self.exceptions)
        over = self.decided is not None and self.decided.until < day
        return State.EXPIRED if self.state.approved and (ended or over) else self.state

    def cleared_on(self, day: date) -> bool:
        """Whether the campaign may go out: approved on that day, and no condition holds it back."""
        return self.state_on(day).approved and not self.held_back_on(day)

    def held_back_on(self, day: date) -> tuple[Condition, ...]:
        """The conditions because of which nothing may be sent."""
        launch = self.run.launch if self.run else day
        return tuple(one for one in self.conditions if one.holds_back(day, launch))


MEND_OR_EXCEPT = "It stops the launch until it is mended or accepted as an exception."
"""The way out of most findings that stop a launch."""
NOBODY_ASKED = (
    "No one outside the team has been asked yet. Record a talk, or say why none was held."
)


def gaps_accepted(review: Review) -> tuple[Action, ...]:
    """A gap that was accepted is a condition: to be settled by the day the exception ends."""
    return tuple(
        Action(
            what=f"Settle what could not be told: {finding.headline}", who=one.by.name, by=one.until
        )
        for one in review.exceptions
        if one.second and (finding := review.finding(one.finding))
        if finding.verdict is Verdict.CANNOT_TELL
    )


def covers(review: Review, accepted: Accepted, finding: Finding, day: date | None) -> bool:
    """Whether an exception lets a finding pass: confirmed, not ended, by somebody else."""
    if accepted.finding != finding.key or accepted.second is None:
        return False
    if day is not None and accepted.until < day:
        return False
    if review.is_inside(accepted.second) or accepted.by.may_be(accepted.second):
        return False
    return not any(given.by.may_be(accepted.second) for given in review.judges_of(finding))


def obstacles(review: Review, day: date | None) -> tuple[Obstacle, ...]:
    """Everything between a review and its approval; an answer alone never moves a finding."""
    if review.read_only:
        return (Obstacle(sentence=review.read_only),)
    if review.run is None:
        return (Obstacle(sentence="The checks have not run yet."),)
    moved = [Obstacle(sentence=one) for one in (distrusted(review), review.moved) if one]
    pressing = sorted(review.run.open, key=lambda finding: finding.verdict.urgency)
    found = [one for finding in pressing if (one := _in_the_way(review, finding, day))]
    found += [one for cut in review.levelled if (one := _levelled(review, cut))]
    questions = review.checklist.questions
    against = [one for question in questions if (one := _against(review, question))]
    unanswered = [one for question in questions if (one := _unanswered(review, question))]
    return (*moved, *found, *against, *unanswered, *_talk(review))


def _talk(review: Review) -> Iterator[Obstacle]:
    """What people outside the team raised and nobody answered, or that nobody was asked."""
    for one in review.dialogue.concerns:
        if not one.answer:
            yield Obstacle(
                sentence=f"A concern waits for an answer: {one.what}", concern=one.number
            )
    asked = review.dialogue.concerns or review.dialogue.not_sought
    if review.run and review.run.committee.dialogue and not asked:
        yield Obstacle(sentence=NOBODY_ASKED, concern=0)


def distrusted(review: Review) -> str:
    """Why the numbers of the newest run cannot be relied on; empty where nothing speaks so."""
    tried = review.run.self_test if review.run else None
    if tried is None or tried.passed:
        return ""
    return (
        f"{tried.sentence} The numbers here cannot be relied on, and nothing can be signed. "
        "Tell whoever runs Candor; once it is mended, run the checks again."
    )


def _in_the_way(review: Review, finding: Finding, day: date | None) -> Obstacle | None:
    never = review.beyond_exception(finding) or finding.verdict is Verdict.BROKEN
    if not never and any(covers(review, one, finding, day) for one in review.exceptions):
        return None
    question = next(iter(review.questions_for(finding)), None)
    return Obstacle(
        sentence=f"{finding.headline} {_way_out(review, finding, day)}",
        question=question.id if question else None,
        finding=finding.key,
    )


def _levelled(review: Review, cut: Levelled) -> Obstacle | None:
    """A gap that was only cut down, until somebody has answered for it."""
    finding = review.finding(cut.finding)
    if finding is None or review.judges_of(finding):
        return None
    question = next(iter(review.questions_for(finding)), None)
    return Obstacle(
        sentence=cut.sentence, question=question.id if question else None, finding=cut.finding
    )


def _way_out(review: Review, finding: Finding, day: date | None) -> str:
    if finding.verdict is Verdict.BROKEN:
        return "This check stops the launch and has to be mended first."
    if review.beyond_exception(finding):
        return "No exception is possible here; it has to be mended."
    proposed = [one for one in review.exceptions if one.finding == finding.key]
    if not proposed:
        return MEND_OR_EXCEPT
    last = proposed[-1]
    if last.second is None:
        return f"The exception that {last.by.name} proposed waits for a second person."
    if day is not None and last.until < day:
        return f"Its exception ended on {told_day(last.until)}."
    return f"{last.second.name} confirmed the exception and {_also(review, last)}: another must."


def _also(review: Review, last: Accepted) -> str:
    """Why somebody is no second person."""
    if last.second and review.is_inside(last.second):
        return "brought or prepared the campaign"
    if last.second and last.by.may_be(last.second):
        return "is one person with who proposed it"
    return "also answered"


def _against(review: Review, question: Question) -> Obstacle | None:
    given = review.standing(question)
    if given is None or given.answer is not Answer.NOT_ACCEPTABLE:
        return None
    sentence = f"“{question.asks}” {given.by.name} answered: not acceptable."
    return Obstacle(sentence=sentence, question=question.id)


def _unanswered(review: Review, question: Question) -> Obstacle | None:
    if review.standing(question) or review.computed(question).settled:
        return None
    given = review.answers.get(question.id, ())
    if any(not one.current and not one.statement for one in given):
        sentence = f"“{question.asks}” What it rests on changed. Please answer again."
    else:
        sentence = f"“{question.asks}” No person has answered yet."
    return Obstacle(sentence=sentence, question=question.id)
