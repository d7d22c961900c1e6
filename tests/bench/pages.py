"""The benchmark of the pages: what a drawing costs the server, and twenty people on one review.

The review is that of the sample campaign with the most findings. Visitors are no browsers: see
`tests.bench.crowd`.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from checks import places
from checks.runs.run import Run, run_campaign
from dashboard.charts import pictures
from dashboard.looks import FAMILIES
from review.checklist import read_checklist
from review.commands.desk import Desk
from review.record import Actor, Role
from tests.bench.costs import HOUSE, machine
from tests.bench.crowd import NEXT, Server, Visitor

TITLE = "Pages"
CAMPAIGN = HOUSE / "data/campaigns/summer-sale/campaign.yaml"
PAGES = ("overview", *FAMILIES, "checklist", "segments", "signoff", "record", "wall", "my-answer")
DRAWINGS = 8
"""So often each page is drawn."""
MOST_CPU, MOST_CHART, MOST_WAIT = 0.060, 20_000, 1.0
"""Seconds of processor time a drawing, bytes of a chart's JSON, seconds until the first chart."""
PEOPLE, SERVERS, LASTS = 20, 2, 40.0
"""So many people, in so many processes, for so many seconds."""
ACTS = 10.0
"""Each does something every so many seconds."""
MOST_SLOW = 1.0
"""Seconds within which 95 of 100 things that people do are done."""
MIRA = Actor(name="Mira", role=Role.PREPARER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Crowd:
    """What twenty people on one review waited for, and what that cost."""

    acts: tuple[float, ...]
    """Seconds for each thing done: put on record, and the page drawn anew."""
    looks: tuple[float, ...]
    cpu: float
    """Processor seconds of the servers, by second."""

    def slow(self, what: tuple[float, ...]) -> float:
        """The seconds within which 95 of 100 are done."""
        return quantiles(what, n=20)[-1]


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """Everything that was measured."""

    drawings: Mapping[str, float]
    """By page, processor seconds of the server for one drawing."""
    charts: Mapping[str, int]
    """By finding, the bytes of its largest chart."""
    first: float
    crowd: Crowd


def measured() -> Measured:
    """Run the sample campaign, serve its review, and visit it."""
    with tempfile.TemporaryDirectory(prefix="candor-pages-") as made:
        home = Path(made)
        run, desk = _reviewed(home)
        with _serving(home) as server:
            drawings = asyncio.run(_drawings(server, run.campaign.id))
            first = asyncio.run(_first_chart(server, run))
        crowd = _crowded(home, desk, run.campaign.id)
        desk.close()
    return Measured(drawings=drawings, charts=_charts(run), first=first, crowd=crowd)


def _reviewed(home: Path) -> tuple[Run, Desk]:
    subprocess.run([sys.executable, "-m", "checks.samples"], cwd=HOUSE, check=True)
    run = run_campaign(CAMPAIGN, places.policy_file())
    checklist = read_checklist(places.checklist_file())
    desk = Desk(f"sqlite:///{home / 'store.db'}", home / "anchors.jsonl", checklist)
    desk.record_run(run, by=MIRA, now=datetime.now(UTC))
    return run, desk


@contextmanager
def _serving(home: Path) -> Iterator[Server]:
    server = Server(home)
    try:
        yield server
    finally:
        server.close()


async def _drawings(server: Server, review: str) -> dict[str, float]:
    """What one more drawing of each page costs the server."""
    found = {}
    async with Visitor(server, review) as visitor:
        for page in PAGES:
            await visitor.draw(page)
            before = server.cpu
            for _ in range(DRAWINGS):
                await visitor.draw()
            found[page] = (server.cpu - before) / DRAWINGS
    return found


async def _first_chart(server: Server, run: Run) -> float:
    """How long somebody who comes anew waits for a chart, on a server that has drawn before."""
    one = next(one for one in run.findings if list(pictures(one.evidence)))
    async with Visitor(server, run.campaign.id) as visitor:
        family = one.check.partition(".")[0]
        return await visitor.draw(family, until="plotly_chart", finding=one.key)


def _charts(run: Run) -> dict[str, int]:
    """The bytes of the largest chart of each finding, as they are sent."""
    drawn = {
        one.key: [len(picture.figure.to_json()) for picture in pictures(one.evidence)]
        for one in run.findings
    }
    return {key: max(sizes) for key, sizes in drawn.items() if sizes}


def _crowded(home: Path, desk: Desk, review: str) -> Crowd:
    servers = [Server(home) for _ in range(SERVERS)]
    try:
        return asyncio.run(_meeting(servers, desk, review))
    finally:
        for one in servers:
            one.close()


async def _meeting(servers: list[Server], desk: Desk, review: str) -> Crowd:
    acts: list[float] = []
    looks: list[float | None] = []

    async def one(number: int) -> None:
        async with Visitor(servers[number % len(servers)], review) as visitor:
            await visitor.draw(("wall", "my-answer")[number // len(servers) % 2])
            await asyncio.sleep(NEXT * number / PEOPLE)
            until, turn = time.monotonic() + LASTS, number % 5
            while time.monotonic() < until:
                came, turn = time.monotonic(), turn + 1
                if turn % round(ACTS / NEXT):
                    looks.append(await visitor.look())
                else:
                    acts.append(await _act(visitor, desk, review, number))
                await asyncio.sleep(max(0.0, NEXT - (time.monotonic() - came)))

    spent, began = sum(server.cpu for server in servers), time.monotonic()
    await asyncio.gather(*map(one, range(PEOPLE)))
    passed = time.monotonic() - began
    cpu = (sum(server.cpu for server in servers) - spent) / passed
    answered = tuple(one for one in looks if one is not None)
    return Crowd(acts=tuple(acts), looks=answered, cpu=cpu)


async def _act(visitor: Visitor, desk: Desk, review: str, number: int) -> float:
    """Put a comment on record, and draw the page anew; everybody else finds that it moved."""
    began = time.monotonic()
    who = Actor(name=f"Member {number}", role=Role.ETHICS)
    words = {"by": who, "now": datetime.now(UTC)}
    await asyncio.to_thread(desk.comment, review, "", "I have read this.", **words)
    await visitor.draw()
    return time.monotonic() - began


def missed(found: Measured) -> list[str]:
    """The limits that were missed, as sentences."""
    page, cpu = max(found.drawings.items(), key=lambda one: one[1])
    key, size = max(found.charts.items(), key=lambda one: one[1])
    slow = found.crowd.slow(found.crowd.acts)
    told = {
        f"Drawing {page} took {cpu * 1000:.0f} ms, not {MOST_CPU * 1000:.0f}.": cpu > MOST_CPU,
        f"A chart of {key} has {size:,} bytes, not {MOST_CHART:,}.": size > MOST_CHART,
        f"The first chart took {found.first:.2f} s, not {MOST_WAIT:g}.": found.first > MOST_WAIT,
        f"95 of 100 things were done within {slow:.2f} s, not {MOST_SLOW:g}.": slow > MOST_SLOW,
    }
    return [sentence for sentence, is_so in told.items() if is_so]


def section(found: Measured) -> str:
    """This part of the page."""
    lines = [
        f"## {TITLE}",
        "",
        f"A review of {len(found.charts):,} findings with charts. {machine()}",
        "",
        "| page | CPU milliseconds of the server for one more drawing |",
        "|---|---:|",
        *(f"| {page} | {cpu * 1000:.0f} |" for page, cpu in found.drawings.items()),
        "",
        _charts_told(found),
        "",
        _crowd_told(found.crowd),
        "",
        *(f"**{one}**" for one in missed(found) or ["All limits for pages are held."]),
    ]
    return "\n".join([*lines, ""])


def _charts_told(found: Measured) -> str:
    largest = max(found.charts, key=lambda one: found.charts[one])
    return (
        f"The largest chart is one of {largest}: {found.charts[largest]:,} bytes. Somebody who "
        f"comes anew has the first chart after {found.first:.2f} s."
    )


def _crowd_told(crowd: Crowd) -> str:
    return (
        f"{PEOPLE} people on one review, in {SERVERS} processes on one store, for {LASTS:.0f} s: "
        f"{len(crowd.acts):,} things done, 95 of 100 within {crowd.slow(crowd.acts):.2f} s; "
        f"{len(crowd.looks):,} looks whether anything happened, 95 of 100 within "
        f"{crowd.slow(crowd.looks):.2f} s. The servers took {crowd.cpu:.2f} s of processor time a "
        "second."
    )
