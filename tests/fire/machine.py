"""Everything that people may do in a review, in any order: no rule of it is ever broken."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from review.commands.desk import Desk, NotTaken
from review.present.committee import distinct
from review.record import Action, Actor, Answer, Decision, Role
from review.store.chain import verify_bundle
from tests.fire.burning import Figure
from tests.review.builders import (
    ANA,
    ITO,
    JONAS,
    LEE,
    MIRA,
    NOON,
    WEBER,
    a_run,
    agreed,
    checklist,
    even,
    needing,
    question,
)

CHOSEN = question("chosen", "bias.*", asked=True)
PEOPLE = st.sampled_from([MIRA, ANA, ITO, WEBER, LEE, JONAS, Actor(name="Mira", role=Role.ETHICS)])
CALL = Action(what="Call them", who="Ana", by=date(2099, 1, 1))
NEEDS = needing(3, "privacy", "ethics")
MEMORY = Path("/dev/shm")


class Reviewing(RuleBasedStateMachine):
    """One review under whatever hands."""

    def __init__(self):
        super().__init__()
        where = MEMORY if MEMORY.is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="candor-machine-", dir=where))
        self.steps, self.desk, self.head = 0, None, ""
        self.restart()
        self.desk.record_run(a_run(even(), committee=NEEDS), by=MIRA, now=self.now)

    @property
    def now(self):
        self.steps += 1
        return NOON + timedelta(seconds=self.steps)

    @property
    def review(self):
        return self.desk.review("spring")

    def teardown(self):
        whole = self.desk.bundle("spring")
        self.desk.close()
        shutil.rmtree(self.folder)
        assert verify_bundle(whole).stands

    def tries(self, command, *words, **more):
        """Give a command; it may be refused, but never break."""
        with suppress(NotTaken):
            command("spring", *words, now=self.now, **more)

    @rule()
    def restart(self):
        if self.desk is not None:
            self.desk.close()
        store = f"sqlite:///{self.folder / 'store.db'}"
        self.desk = Desk(store, self.folder / "anchors.jsonl", checklist(CHOSEN))

    @rule(by=PEOPLE, people=st.sampled_from("123"), fails=st.booleans())
    def run(self, by, people, fails):
        findings = (even(), agreed(12)) if fails else (even(),)
        with suppress(NotTaken):
            self.desk.record_run(
                a_run(*findings, people=people, committee=NEEDS), by=by, now=self.now
            )

    @rule(by=PEOPLE, answer=st.sampled_from(Answer), late=st.booleans())
    def answer(self, by, answer, late):
        action = CALL if answer is Answer.WITH_ACTION else None
        seen = self.head if late and self.head else self.review.head
        self.tries(
            self.desk.answer, "chosen", answer, reason="So.", action=action, by=by, seen=seen
        )

    @rule(by=PEOPLE)
    def take_seat(self, by):
        self.tries(self.desk.room.seat, by.role, by=by)

    @rule()
    def convene(self):
        for one in (JONAS, ITO, WEBER, LEE):
            self.tries(self.desk.room.seat, one.role, by=one)
            self.tries(self.desk.room.declare, conflict="", by=one)

    @rule(by=PEOPLE)
    def recuse(self, by):
        self.tries(self.desk.room.recuse, reason="I know them.", by=by)

    @rule(by=PEOPLE)
    def put(self, by):
        self.tries(self.desk.room.put, "chosen", by=by)

    @rule(by=PEOPLE, answer=st.sampled_from([None, Answer.ACCEPTABLE, Answer.NOT_ACCEPTABLE]))
    def seal(self, by, answer):
        self.tries(
            self.desk.room.seal, "chosen", answer, reason="Secret.", by=by, seen=self.review.head
        )

    @rule()
    def all_seal(self):
        self.tries(self.desk.room.put, "chosen", by=JONAS)
        for one in (JONAS, ITO, WEBER, LEE):
            self.seal(by=one, answer=Answer.ACCEPTABLE)

    @rule(by=PEOPLE)
    def open_early(self, by):
        self.tries(self.desk.room.open_seals, "chosen", reason="It is late.", by=by)

    @rule(by=PEOPLE)
    def settle(self, by):
        self.tries(self.desk.room.settle, "chosen", reason="We talked.", by=by)

    @rule(by=PEOPLE)
    def begin_ballot(self, by):
        self.tries(self.desk.ballot.begin, by=by)

    @rule(by=PEOPLE, decision=st.sampled_from(Decision), late=st.booleans())
    def cast(self, by, decision, late):
        held = (CALL,) if decision is Decision.APPROVE_WITH_CONDITIONS else ()
        seen = self.head if late and self.head else self.review.head
        self.tries(
            self.desk.ballot.cast, decision, grounds="So.", conditions=held, by=by, seen=seen
        )

    @rule()
    def all_approve(self):
        self.tries(self.desk.ballot.begin, by=JONAS)
        for one in (JONAS, ITO, WEBER, LEE):
            self.cast(by=one, decision=Decision.APPROVE, late=False)

    @rule(by=PEOPLE)
    def close(self, by):
        self.tries(self.desk.ballot.close, reason="It is late.", by=by)

    @rule(by=PEOPLE, decision=st.sampled_from(Decision), late=st.booleans())
    def sign(self, by, decision, late):
        seen = self.head if late and self.head else self.review.head
        self.tries(self.desk.sign, decision, grounds="So.", by=by, seen=seen)

    @rule(by=PEOPLE)
    def withdraw(self, by):
        self.tries(self.desk.withdraw, reason="So.", by=by)

    @rule(by=PEOPLE)
    def reopen(self, by):
        self.tries(self.desk.reopen, reason="So.", by=by)

    @rule()
    def look(self):
        self.head = self.review.head

    @invariant()
    def holds(self):
        review = self.review
        assert review.read_only == ""
        assert [one.number for one in review.timeline] == list(range(1, review.length + 1))
        assert not any(review.is_inside(one.by) for one in review.signatures)
        ballot = review.committee.ballot
        if ballot is not None and not ballot.closed:
            assert not any(review.is_inside(one) for one in ballot.cast)
            assert ballot.votes == ()
        if review.state.approved:
            self.approved(review)

    def approved(self, review):
        """Enough people of all seats decided, and nothing stood in the way."""
        said = [one.by for one in review.signatures]
        assert len(distinct(said)) >= NEEDS.quorum
        assert NEEDS.vacant(one.role.value for one in said) == ()
        assert review.obstacles == ()
        yes = sum(1 for one in review.signatures if one.decision.approves)
        no = sum(
            1
            for one in review.signatures
            if not one.decision.approves and one.decision is not Decision.ABSTAIN
        )
        assert yes > no


def sequences(examples, steps=12):
    """Play so many sequences; any broken rule fails with the shortest one that breaks it."""
    asked = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(Reviewing, settings=asked)
    except AssertionError as broken:
        return Figure("sequences of commands", examples, f"a rule broke: {broken}", good=False)
    return Figure("sequences of commands", examples, "no rule broken", good=True)
