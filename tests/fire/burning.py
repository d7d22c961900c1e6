"""What a record must survive, each as a function that returns what became of it, in figures."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import resource
import shutil
import signal
import time
from bisect import bisect_right
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

from review.commands.desk import Desk, NotTaken
from review.events import hash_of
from review.record import Actor, Answer, Decision, Role
from review.store.anchors import Anchors
from review.store.canonical import NOTHING, canonical
from review.store.chain import linked, unlike, verify_bundle
from review.store.ledger import Ledger
from review.store.rows import Row
from tests.review.builders import (
    COVERED,
    ITO,
    MIRA,
    NOON,
    WEBER,
    a_run,
    agreed,
    checklist,
    question,
)

FORK = multiprocessing.get_context("fork")
TORN = random.Random(7)
"""Where writes are torn, the same each time."""


@dataclass(frozen=True)
class Figure:
    """One figure: what was tried, how often, what was found, and whether that is good."""

    what: str
    tried: int
    found: str
    good: bool

    def __str__(self):
        return f"{'ok  ' if self.good else 'MISS'} {self.what}: {self.found} ({self.tried:,} tried)"


def desk_in(folder, *questions, store=""):
    """A desk on a store in a folder."""
    url = store or f"sqlite:///{folder / 'store.db'}"
    return Desk(url, folder / "anchors.jsonl", checklist(*(questions or (COVERED,))))


def begin(folder, **more):
    """A review with one run, and the desk closed again."""
    with closing(desk_in(folder, **more)) as desk:
        desk.record_run(a_run(agreed(20)), by=MIRA, now=NOON)


# Killed while answering and signing


def _work(folder, said):
    """Answer, sign and reopen without end; say each event once it is acknowledged."""
    desk = desk_in(folder)
    while True:
        past = desk.review("spring")
        moment, word = past.timeline[-1].at + timedelta(seconds=1), str(past.length)
        if past.state.decided:
            review = desk.reopen("spring", reason=word, by=ITO, now=moment)
        elif past.length % 2:
            review = desk.answer(
                "spring", "covered", Answer.ACCEPTABLE, reason=word, by=ITO,
                now=moment, seen=past.head,
            )  # fmt: skip
        else:
            review = desk.sign(
                "spring", Decision.APPROVE, grounds=word, by=WEBER, now=moment, seen=past.head
            )
        said.send((review.length, review.head))


def killed(folder, rounds):
    """Kill -9 in the middle of it, again and again; what was acknowledged must be there."""
    begin(folder)
    lost, slowest = 0, 0.0
    for _ in range(rounds):
        heard, said = FORK.Pipe(duplex=False)
        worker = FORK.Process(target=_work, args=(folder, said))
        worker.start()
        said.close()
        last = heard.recv()
        for _ in range(TORN.randrange(4)):
            last = heard.recv()
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()
        while heard.poll():
            try:
                last = heard.recv()
            except EOFError:
                break
        began = time.perf_counter()
        with closing(desk_in(folder)) as desk:
            review = desk.review("spring")
        slowest = max(slowest, time.perf_counter() - began)
        there = review.length >= last[0] and review.timeline[last[0] - 1].hash == last[1]
        lost += not there or bool(review.read_only)
    found = f"{lost} acknowledged events lost, reopened within {slowest:.2f} s"
    return Figure("kill -9 while answering and signing", rounds, found, not lost and slowest <= 2)


# The power goes: what was not waited for is torn


def power_cut(folder, states):
    """Tear the writes of the next commit anywhere; what was acknowledged must be there."""
    begin(folder)
    lost, live = 0, folder / "store.db-wal"
    desk = desk_in(folder)
    for state in range(states):
        desk.comment("spring", "", f"Comment {state}", by=ITO, now=NOON)
        kept, length = live.stat().st_size, desk.number("spring")
        before = folder.joinpath("store.db").read_bytes()
        desk.comment("spring", "", f"Torn {state} " * 200, by=ITO, now=NOON)
        wal = live.read_bytes()
        grown = len(wal) - kept
        torn = wal[: kept + TORN.randrange(max(grown, 1))] if grown > 0 else wal
        cut = folder / "cut"
        shutil.rmtree(cut, ignore_errors=True)
        cut.mkdir()
        cut.joinpath("store.db").write_bytes(before)
        cut.joinpath("store.db-wal").write_bytes(torn + TORN.randbytes(TORN.randrange(4096)))
        with closing(Ledger(f"sqlite:///{cut / 'store.db'}")) as ledger:
            lost += ledger.length("spring") < length
    desk.close()
    return Figure("power cut with torn writes", states, f"{lost} states lost", not lost)


# The disk is full


def _until_full(folder, said):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    desk = desk_in(folder)
    desk.comment("spring", "", "Before.", by=ITO, now=NOON)
    full = folder.joinpath("store.db-wal").stat().st_size + 20_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (full, resource.RLIM_INFINITY))
    told, seconds = "", 0.0
    for number in range(200):
        began = time.perf_counter()
        try:
            desk.comment("spring", "", f"{number} " * 2_000, by=ITO, now=NOON)
        except NotTaken as refusal:
            told, seconds = str(refusal), time.perf_counter() - began
            break
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    review = desk.comment("spring", "", "There is room again.", by=ITO, now=NOON)
    said.send((told, seconds, review.comments[-1].text, review.read_only))


def disk_full(folder):
    """No room to write: a sentence within two seconds, nothing lost, and on when there is room."""
    begin(folder)
    heard, said = FORK.Pipe(duplex=False)
    worker = FORK.Process(target=_until_full, args=(folder, said))
    worker.start()
    told, seconds, last, wrong = heard.recv()
    worker.join()
    good = "could not be stored" in told and seconds <= 2 and "room again" in last and not wrong
    return Figure("disk full", 1, f"told within {seconds:.2f} s, goes on afterwards", good)


# Many at once


def _reviewers(folder, store, people, answers, said):
    desk = desk_in(folder, *MANY, store=store)
    took = []
    for turn in range(answers):
        for who in people:
            by = Actor(name=f"Reviewer {who}", role=Role.LEGAL)
            seen = desk.review("spring").head
            name = MANY[(who * answers + turn) % len(MANY)].id
            while True:
                began = time.perf_counter()
                try:
                    desk.answer(
                        "spring", name, Answer.ACCEPTABLE, reason=f"{who}-{turn}", by=by,
                        now=NOON, seen=seen,
                    )  # fmt: skip
                except NotTaken:  # somebody answered it meanwhile: read that, then answer again
                    seen = desk.review("spring").head
                    continue
                took.append(time.perf_counter() - began)
                break
    said.send(took)


MANY = tuple(question(f"q{number}", "consent.coverage") for number in range(1_000))


def at_once(folder, people=50, answers=20, processes=4, store=""):
    """Many reviewers over several processes: nothing lost, nothing twice, nobody waits long."""
    with closing(desk_in(folder, *MANY, store=store)) as desk:
        desk.record_run(a_run(agreed(20)), by=MIRA, now=NOON)
    pipes, running = [], []
    for number in range(processes):
        heard, said = FORK.Pipe(duplex=False)
        words = (folder, store, range(number, people, processes), answers, said)
        running.append(FORK.Process(target=_reviewers, args=words))
        pipes.append(heard)
        running[-1].start()
    took = sorted(one for heard in pipes for one in heard.recv())
    for one in running:
        one.join()
    with closing(desk_in(folder, *MANY, store=store)) as desk:
        review = desk.review("spring")
        whole = verify_bundle(desk.bundle("spring")).stands
    given = [one.reason for many in review.answers.values() for one in many]
    wanted = people * answers
    p99 = took[int(len(took) * 0.99)] * 1_000
    lost, double = wanted - len(set(given)), len(given) - len(set(given))
    found = f"{lost} lost, {double} double, p99 {p99:.0f} ms"
    kind = "PostgreSQL" if store.startswith("postgres") else "SQLite"
    good = not lost and not double and whole and p99 <= 250
    return Figure(f"{people} reviewers, {processes} processes, {kind}", wanted, found, good)


# What was seen moves between view and click


def moved(folder, tries):
    """The list changes between reading and signing, or it does not: no stale signature."""
    stale = refused = taken = 0
    for first in range(0, tries, 50):
        told = _moved(folder / str(first), range(first, min(first + 50, tries)))
        stale, refused, taken = stale + told[0], refused + told[1], taken + told[2]
    found = f"{stale} stale signatures, {refused} refused, {taken} taken"
    return Figure("evidence that moves", tries, found, not stale)


def _moved(folder, tries):
    """The same on one review, which is signed and revised all over again."""
    stale = refused = taken = 0
    folder.mkdir()
    with closing(desk_in(folder)) as desk:
        for number in tries:
            moment = NOON + timedelta(seconds=number)
            run = a_run(agreed(20), people=str(number % 10))
            seen = desk.record_run(run, by=MIRA, now=moment).head
            moves = TORN.random() < 0.5
            if moves:
                other = a_run(agreed(19), people=str((number + 1) % 10))
                desk.record_run(other, by=MIRA, now=moment)
            try:
                desk.sign("spring", Decision.REJECT, grounds="So.", by=WEBER, now=moment, seen=seen)
            except NotTaken:
                refused += 1
                stale += not moves
            else:
                taken += 1
                stale += moves
    return stale, refused, taken


# Bytes and tails


def exported(folder, events=200):
    """A record of so many events, as it is exported; with its rows and anchors."""
    begin(folder)
    with closing(desk_in(folder)) as desk:
        for number in range(events - 2):
            desk.comment("spring", "", f"{number}", by=ITO, now=NOON)
        whole = desk.bundle("spring")
    ledger = Ledger(f"sqlite:///{folder / 'store.db'}")
    with closing(ledger), ledger.reading("spring") as page:
        rows = page.rows()
    return whole, rows, Anchors(folder / "anchors.jsonl").of("spring")


def _spans(whole):
    """Where each event stands in an export, in order."""
    each = re.compile(rb'\{"event":"(?:[^"\\]|\\.)*","hash":"\w*"\}')
    return [one.span() for one in each.finditer(whole)]


def _flipped(whole, places):
    missed = nameless = 0
    starts, ends = zip(*_spans(whole), strict=True)
    for place in places:
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << TORN.randrange(8)
        checked = verify_bundle(bytes(spoilt))
        missed += checked.stands
        number = bisect_right(starts, place)
        within = number and place < ends[number - 1]
        nameless += not checked.problem or bool(within and checked.event != number)
    return missed, nameless


def flipped(whole, sample=0):
    """One bit of each byte turned, byte by byte: every one is found and said."""
    every = range(len(whole)) if not sample else TORN.sample(range(len(whole)), sample)
    parts = [list(every)[start::4] for start in range(4)]
    with FORK.Pool(2) as pool:
        found = pool.starmap(_flipped, [(whole, part) for part in parts])
    missed, nameless = (sum(one[at] for one in found) for at in (0, 1))
    told = f"{missed} missed, {nameless} without their event, of {len(whole):,} bytes"
    return Figure("a byte flipped in an export", len(every), told, not missed and not nameless)


def cut_or_rewritten(rows, anchors):
    """Every tail cut, and a chain written anew: found against the anchors, or one old anchor."""
    missed = 0
    for length in range(len(rows)):
        chain = linked("spring", rows[:length])
        missed += not unlike(chain, anchors)
        then = [one for one in anchors if one.number <= length]
        missed += bool(unlike(chain, then))  # nothing was wrong at that time
    forged = linked("spring", _rewritten(rows))
    missed += bool(forged.problem) or not unlike(forged, anchors[-1:])
    told = f"{missed} missed"
    return Figure("a tail cut, a chain rewritten", 2 * len(rows) + 1, told, not missed)


def _rewritten(rows):
    """A chain that fits together, in which one event says something else."""
    made, before = [], NOTHING
    for row in rows:
        plain = json.loads(row.event) | {"prev": before}
        if row.number == 5:
            plain["about"] = "covered"
        written = canonical(plain).decode()
        before = hash_of(written)
        made.append(Row(row.number, before, written))
    return made
