"""A whole review, as it goes through a committee: for documents that have to hold all of it."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from checks.campaign.committee import Needed
from checks.finding import Verdict
from checks.registry import catalogue
from review.checklist import Checklist
from review.commands.desk import Desk
from review.record import Action, Actor, Answer, Decision, Role
from tests.review.documents import a_question, a_run, findings

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ITO = Actor(name="Mika Ito", role=Role.PRIVACY)
WEBER = Actor(name="Jana Weber", role=Role.ETHICS)
NKOSI = Actor(name="Thandi Nkosi", role=Role.CUSTOMER_VOICE)
OKAFOR = Actor(name="Dr. Okafor", role=Role.LEGAL)
JONAS = Actor(name="Jonas Brandt", role=Role.CHAIR)
MIRA = Actor(name="Mira Santos", role=Role.PREPARER)
MEMBERS = (JONAS, ITO, WEBER, NKOSI, OKAFOR)
REASON = (
    "I compared the numbers with the export of the mailing tool and asked the branch: they agree. "
    "What remains is small, and the owner has said what happens with it."
)
GROUNDS = {
    JONAS: "We went through every open point. The remedy is counted, and it holds.",
    ITO: "Permissions are on file for everyone who stays. I want the proof of each kept a year.",
    WEBER: "Those who are left out are left out for a reason that I could explain to them.",
    NKOSI: "I would not mind this message. The way out is where I would look for it.",
    OKAFOR: "As a lender we should not send this before the postcode rule is gone.",
}


class Sitting:
    """A committee around one run; each act is a minute after the one before."""

    def __init__(self, desk: Desk, run):
        self.desk = desk
        self.run = run
        self._minutes = 0

    @property
    def now(self):
        self._minutes += 1
        return NOON + timedelta(minutes=self._minutes)

    @property
    def review(self):
        return self.desk.review(self.run.campaign.id)

    def prepare(self, owner: Actor | None = None):
        """Record the run, say what people outside said, and answer every question."""
        self.desk.record_run(self.run, by=MIRA, now=self.now)
        hearing, id_ = self.desk.hearing, self.run.campaign.id
        raised = hearing.raise_concern(
            id_, "customer", "I get three mails a week already.", who="A customer of ten years",
            on=date(2026, 11, 20), by=MIRA, now=self.now,
        )  # fmt: skip
        hearing.answer_concern(
            id_, raised.dialogue.concerns[0].number, "Nobody gets more than two now.",
            changed="People with two mails this week were left out.", by=MIRA, now=self.now,
        )  # fmt: skip
        if owner is not None:
            first = self.review.checklist.questions[0]
            self._answer(first.id, Answer.ACCEPTABLE, owner)
        for place, question in enumerate(self.review.checklist.questions):
            if self.review.computed(question).settled or self.review.standing(question):
                continue
            offered = self.review.offered(question)
            answer = Answer.WITH_ACTION if place % 9 == 0 else offered[0]
            self._answer(question.id, answer, MEMBERS[1 + place % 4])
        return self

    def _answer(self, question, answer, by):
        action = Action(what="Count it again", who="Ana Alvarez", by=date(2026, 12, 15))
        self.desk.answer(
            self.run.campaign.id, question, answer, reason=REASON, by=by, now=self.now,
            seen=self.review.head, action=action if answer is Answer.WITH_ACTION else None,
        )  # fmt: skip

    def decide(self, decision: Decision, *, against: Decision = Decision.REJECT):
        """Seat the committee and take the ballot; the lawyer votes the other way."""
        id_ = self.run.campaign.id
        for one in MEMBERS:
            self.desk.room.seat(id_, one.role, by=one, now=self.now)
            self.desk.room.declare(id_, conflict="", by=one, now=self.now)
        self.desk.ballot.begin(id_, by=JONAS, now=self.now)
        for one in MEMBERS:
            self.desk.ballot.cast(
                id_, against if one is OKAFOR else decision, grounds=GROUNDS[one], by=one,
                now=self.now, seen=self.review.head,
            )  # fmt: skip
        self.desk.ballot.attest(id_, by=JONAS, now=self.now)
        self.desk.ballot.dissent(
            id_, "I was outvoted, and I still think the rule must go first.", by=OKAFOR,
            now=self.now,
        )  # fmt: skip
        return self


CHECKS, QUESTIONS = 58, 120
COMMITTEE = Needed(
    quorum=3, seats=("privacy", "ethics"), agree="two_thirds", dialogue=True, stands_months=12
)


def whole_run():
    """As many checks as there will be: every third presses, every fifth with a picture."""
    pictured = [one for one in findings() if one.evidence]
    names = [one.id for one in catalogue()]
    names += [f"society.more_{n}" for n in range(CHECKS - len(names))]
    quiet = [one for one in findings() if one.verdict in (Verdict.CLEAR, Verdict.NOT_APPLICABLE)]
    found = []
    for place, name in enumerate(names[:CHECKS]):
        one = pictured[place % len(pictured)] if place % 5 == 0 else quiet[place % len(quiet)]
        found.append(replace(one, check=name, subject=f"{one.subject} {place}"))
    return replace(a_run(found=found), committee=COMMITTEE)


@contextmanager
def a_whole_sitting(folder):
    """A review of every check and 120 questions, rejected by a committee with one dissent."""
    asked = [
        a_question(
            f"q{n}", one.partition(".")[0], f"Is this one in order, number {n}?", (one,)
        ).model_copy(update={"asked": True})
        for n in range(QUESTIONS)
        for one in [catalogue()[n % len(catalogue())].id]
    ]
    checklist = Checklist(id="default", version=1, questions=tuple(asked))
    with closing(
        Desk(f"sqlite:///{folder / 'store.db'}", folder / "anchors.jsonl", checklist)
    ) as desk:
        sitting = Sitting(desk, whole_run()).prepare()
        yield sitting.decide(Decision.REJECT, against=Decision.REQUEST_CHANGES)
