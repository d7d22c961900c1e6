"""Builders for reviews: a run, a checklist, a desk, and the people around it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from checks.campaign.committee import ALONE, Needed
from checks.evidence import Rate
from checks.finding import Reason, Severity, broken, cannot_tell, clear, fail
from checks.runs.run import Named, PeopleCount, PolicyStamp, Run
from review.checklist import Checklist, Precedent, Question
from review.record import Actor, Answer, Role

MIRA = Actor(name="Mira", role=Role.PREPARER)
ANA = Actor(name="Ana", role=Role.OWNER)
ITO = Actor(name="M. Ito", role=Role.PRIVACY)
WEBER = Actor(name="J. Weber", role=Role.ETHICS)
ADMIN = Actor(name="R. Root", role=Role.ADMINISTRATOR)
JONAS = Actor(name="Jonas Berg", role=Role.CHAIR)
LEE = Actor(name="S. Lee", role=Role.CUSTOMER_VOICE)
OKAFOR = Actor(name="Dr. Okafor", role=Role.LEGAL)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LAUNCH = date(2026, 12, 1)
YEAR_END = date(2026, 12, 31)


def question(name, *informed_by, asks=None, asked=False):
    return Question(
        id=name,
        family="consent",
        asks=asks or f"Is {name} fine?",
        why="It matters.",
        good="It is fine.",
        informed_by=informed_by,
        source="our policy",
        precedent=Precedent(
            id="case", what="In 2020 it went wrong.", standing="study", link="https://x.example"
        ),
        asked=asked,
    )


COVERED = question("covered", "consent.coverage")
LEAK = question("leak", "consent.opt_out_leak")
CHOSEN = question("chosen", "bias.*")
AGREED = question("agreed", "bias.*", asked=True)


def checklist(*questions, version=1):
    return Checklist(id="default", version=version, questions=questions)


def agreed(yes=12, of=20, *, severity=Severity.BLOCKING):
    """So many of so many agreed to email; all of them is clear."""
    rate = Rate(group="email", yes=yes, of=of)
    headline = f"{yes} of {of} people agreed to email."
    if yes == of:
        return clear("email", headline, rate).of("consent.coverage", severity, ())
    remedy = f"Take the other {of - yes} off."
    return fail("email", headline, rate, remedy=remedy).of("consent.coverage", severity, ())


def leaked(people=3):
    rate = Rate(group="email", yes=people, of=20)
    headline = f"{people} of 20 people on the list said no."
    if not people:
        return clear("email", headline, rate).of("consent.opt_out_leak", Severity.BLOCKING, ())
    found = fail("email", headline, rate, remedy="Take them off.")
    return found.of("consent.opt_out_leak", Severity.BLOCKING, ())


def unknown(people=7):
    """A gap: what cannot be told."""
    rate = Rate(group="email", yes=people, of=20)
    headline = f"For {people} of 20 people there is no record."
    found = cannot_tell(
        "email", headline, rate, reason=Reason.COLUMN_MISSING, remedy="Bring the column."
    )
    return found.of("consent.coverage", Severity.BLOCKING, ())


def crashed():
    return broken("this check", "It could not run.").of("bias.selection", Severity.BLOCKING, ())


def even(chosen=10):
    rate = Rate(group="f", yes=chosen, of=20)
    found = clear("gender: f", f"{chosen} of 20 women were chosen.", rate)
    return found.of("bias.selection", Severity.HIGH, ())


def needing(quorum=3, *seats, agree="more_than_half", dialogue=False):
    """A committee as a policy may ask for it."""
    return Needed(quorum=quorum, seats=seats, agree=agree, dialogue=dialogue, stands_months=12)


def a_run(
    *findings,
    people="1",
    owner="Ana",
    versions=None,
    exceptions=None,
    self_test=None,
    committee=ALONE,
):
    """A run on people whose hash is this digit, 64 times."""
    return Run(
        campaign=Named(id="spring", name="Spring savings"),
        owner=owner,
        launch=LAUNCH,
        sector="general",
        effect="opportunity",
        regions=(),
        channels=("email",),
        policy=PolicyStamp(id="default", version=1, as_of=date(2026, 11, 1), sha256="a" * 64),
        checklist_sha256="b" * 64,
        snapshot=people * 64,
        fingerprint=people * 64,
        parts={"campaign": "c" * 64, "people": people * 64},
        people=PeopleCount(rows=20, people=20, targeted=20),
        files=(),
        segments=(),
        findings=findings,
        exceptions=exceptions or {"consent.opt_out_leak": "none"},
        versions=versions or {"candor": "0.1.0"},
        self_test=self_test,
        committee=committee,
    )


class Meeting:
    """A desk with a clock: each act is a minute later, on what is seen then."""

    def __init__(self, desk):
        self.desk = desk
        self._minutes = 0

    @property
    def now(self):
        self._minutes += 1
        return NOON + timedelta(minutes=self._minutes)

    @property
    def review(self):
        return self.desk.review("spring")

    def run(self, *findings, by=MIRA, **sections):
        return self.desk.record_run(a_run(*findings, **sections), by=by, now=self.now)

    def answer(self, name, answer=Answer.ACCEPTABLE, *, by=ITO, reason="Looked.", **more):
        more.setdefault("seen", self.review.head)
        return self.desk.answer("spring", name, answer, reason=reason, by=by, now=self.now, **more)

    def propose(self, finding="consent.coverage/email", *, by=ITO, until=YEAR_END):
        return self.desk.propose_exception(
            "spring", finding, reason="Small.", until=until, by=by, now=self.now
        )

    def confirm(self, finding="consent.coverage/email", *, by=WEBER):
        return self.desk.confirm_exception("spring", finding, by=by, now=self.now)

    def sign(self, decision, *, by=WEBER, grounds="Because.", **more):
        more.setdefault("seen", self.review.head)
        return self.desk.sign("spring", decision, grounds=grounds, by=by, now=self.now, **more)

    def told(self):
        return [happened.sentence for happened in self.review.timeline]

    # The committee

    def seat(self, *members, seat=None, **more):
        for one in members:
            self.desk.room.seat("spring", seat or one.role, by=one, now=self.now, **more)
        return self.review

    def here(self, *members, conflict=""):
        for one in members:
            self.desk.room.declare("spring", conflict=conflict, by=one, now=self.now)
        return self.review

    def convene(self, *members):
        """Seat them, and let them say that they are here and free."""
        self.seat(*members)
        return self.here(*members)

    def put(self, name="covered", *, by=JONAS):
        return self.desk.room.put("spring", name, by=by, now=self.now)

    def seal(self, answer=Answer.ACCEPTABLE, *, by, name="covered", reason="Looked.", **more):
        more.setdefault("seen", self.review.head)
        return self.desk.room.seal(
            "spring", name, answer, reason=reason, by=by, now=self.now, **more
        )

    def begin_ballot(self, *, by=JONAS):
        return self.desk.ballot.begin("spring", by=by, now=self.now)

    def cast(self, decision, *, by, grounds="Because.", **more):
        more.setdefault("seen", self.review.head)
        return self.desk.ballot.cast(
            "spring", decision, grounds=grounds, by=by, now=self.now, **more
        )

    def persons(self, who):
        """The random id of somebody in this review."""
        return self.review.committee.member(who).who.person
