"""Everything that people may do in a review, in any order: no rule of it is ever broken."""

from __future__ import annotations

import atexit
import multiprocessing
import shutil
import tempfile
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from review.commands.desk import Desk, NotTaken
from review.commands.door import SERVER
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
ISSUER = "https://id.bank.example"
ROOT = Actor(name="Root", role=Role.ADMINISTRATOR, issuer=SERVER)
KNOWN = (MIRA, ANA, ITO, WEBER, LEE, JONAS)
PEOPLE = st.sampled_from([*KNOWN, Actor(name="Mira", role=Role.ETHICS)])
CALL = Action(what="Call them", who="Ana", by=date(2099, 1, 1))
NEEDS = needing(3, "privacy", "ethics")
MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None


def vouched(who, now):
    """The same person, signed in just now with a provider."""
    address = frozenset({f"{who.name}@bank.example"})
    return replace(
        who, issuer=ISSUER, verified=True, subject=who.name, addresses=address, authenticated=now
    )


def opened(folder, *, provider):
    store = f"sqlite:///{folder / 'store.db'}"
    return Desk(store, folder / "anchors.jsonl", checklist(CHOSEN), provider=provider)


@cache
def begun(provider):
    """A folder with a review that somebody brought, to be copied for each sequence."""
    folder = Path(tempfile.mkdtemp(prefix="candor-begun-", dir=MEMORY))
    atexit.register(shutil.rmtree, folder)
    with closing(opened(folder, provider=provider)) as desk:
        for one in KNOWN if provider else ():
            desk.people.meet(vouched(one, NOON), address="", now=NOON)
            desk.people.give(one.name, one.role, reason="Works here.", by=ROOT, now=NOON)
        by = vouched(MIRA, NOON) if provider else MIRA
        desk.record_run(a_run(even(), owner="Ana", committee=NEEDS), by=by, now=NOON)
    return folder


class Reviewing(RuleBasedStateMachine):
    """One review under whatever hands: of people who typed a name, or whom a provider knows."""

    @initialize(provider=st.sampled_from(["", ISSUER]))
    def begin(self, provider):
        self.provider, self.steps, self.head = provider, 0, ""
        self.folder = Path(tempfile.mkdtemp(prefix="candor-machine-", dir=MEMORY))
        shutil.copytree(begun(provider), self.folder, dirs_exist_ok=True)
        self.roles = {one.name: {one.role} for one in KNOWN}
        self.desk = opened(self.folder, provider=provider)
        self.review = self.desk.review("spring")

    @property
    def now(self):
        self.steps += 1
        return NOON + timedelta(seconds=self.steps)

    def teardown(self):
        whole = self.desk.bundle("spring")
        self.desk.close()
        with closing(opened(self.folder, provider=self.provider)) as anew:
            assert anew.review("spring") == self.review  # what was kept is what is stored
        shutil.rmtree(self.folder)
        assert verify_bundle(whole).stands

    def tries(self, command, *words, by, **more):
        """Give a command; it may be refused, but never break, and never obey a role not held."""
        now = self.now
        who = vouched(by, now) if self.provider else by
        try:
            self.review = command("spring", *words, by=who, now=now, **more)
        except NotTaken:
            return
        assert not self.provider or by.role in self.roles[by.name]

    @rule()
    def restart(self):
        self.desk.close()
        self.desk = opened(self.folder, provider=self.provider)

    @rule(who=st.sampled_from(KNOWN), role=st.sampled_from(Role), give=st.booleans())
    def change_role(self, who, role, give):
        if not self.provider:
            return
        change = self.desk.people.give if give else self.desk.people.withdraw
        with suppress(NotTaken):
            change(who.name, role, reason="So.", by=ROOT, now=self.now)
            held = self.roles[who.name]
            self.roles[who.name] = held | {role} if give else held - {role}

    @rule(one=st.sampled_from(KNOWN), other=st.sampled_from(KNOWN))
    def link(self, one, other):
        if not self.provider:
            return
        with suppress(NotTaken):
            self.desk.people.link(one.name, other.name, reason="So.", by=ROOT, now=self.now)

    @rule(by=PEOPLE, people=st.sampled_from("123"), fails=st.booleans())
    def run(self, by, people, fails):
        findings = (even(), agreed(12)) if fails else (even(),)
        run = a_run(*findings, people=people, committee=NEEDS)
        self.tries(lambda _, **more: self.desk.record_run(run, **more), by=by)

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

    @rule(by=PEOPLE, whose=PEOPLE)
    def leave(self, by, whose):
        """A seat is left, or somebody is taken off theirs; they may come back."""
        member = self.review.committee.member(vouched(whose, NOON) if self.provider else whose)
        person = member.who.person if member else ""
        self.tries(self.desk.room.unseat, person, reason="A call.", by=by)

    @rule(by=PEOPLE, whose=PEOPLE)
    def take_the_place(self, by, whose):
        member = self.review.committee.member(vouched(whose, NOON) if self.provider else whose)
        person = member.who.person if member else ""
        self.tries(self.desk.room.seat, by.role, instead_of=person, by=by)

    @rule(by=PEOPLE)
    def put(self, by):
        self.tries(self.desk.room.put, "chosen", by=by)

    @rule(by=PEOPLE, answer=st.sampled_from([None, Answer.ACCEPTABLE, Answer.NOT_ACCEPTABLE]))
    def seal(self, by, answer):
        seen = self.review.head
        self.tries(self.desk.room.seal, "chosen", answer, reason="Secret.", by=by, seen=seen)

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
        review = self.review = self.desk.review("spring")
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
        assert not review.committee.ballot or len(distinct(said)) == len(said)
        assert NEEDS.vacant(one.role.value for one in said) == ()
        assert review.obstacles == ()
        yes = sum(1 for one in review.signatures if one.decision.approves)
        no = sum(
            1
            for one in review.signatures
            if not one.decision.approves and one.decision is not Decision.ABSTAIN
        )
        assert yes > no


def played(examples, steps=12):
    """Play so many sequences; what broke, with the shortest one that breaks it, or nothing."""
    asked = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(Reviewing, settings=asked)
    except AssertionError as broken:
        steps = "; ".join(getattr(broken, "__notes__", ()))
        return " ".join(f"a rule broke: {broken} {steps}".split())  # one line of a table
    return ""


def sequences(examples, processes=1):
    """Play so many sequences, over so many processes."""
    parts = [examples // processes] * processes
    if processes == 1:
        broken = played(examples)
    else:
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            broken = "; ".join(filter(None, pool.map(played, parts)))
    found = broken or "no rule broken"
    return Figure("sequences of commands", sum(parts), found, not broken)
