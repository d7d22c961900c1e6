"""Two dashboards on one store: what is answered in one is on the other's pages at once."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime

import pytest

from checks import places
from checks.runs.run import run_campaign
from dashboard.room import EVERY
from review.checklist import read_checklist
from review.commands.desk import Desk
from review.record import Actor, Answer, Role
from tests.dashboard.conftest import HOUSE, Served
from tests.dashboard.drawn import settle
from tests.dashboard.meeting import NAME, PATIENCE
from tests.postgres import Cluster, programs

MEMBERS = {
    "Jonas Berg": Role.CHAIR,
    "M. Ito": Role.PRIVACY,
    "J. Weber": Role.ETHICS,
    "S. Lee": Role.CUSTOMER_VOICE,
}


@pytest.fixture
def store(request, tmp_path, missing):
    """The address of a store that several processes share."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    cluster = Cluster(programs() or missing("no PostgreSQL server: install postgresql"))
    yield cluster.store()
    cluster.stop()


@pytest.fixture
def desk(store, tmp_path):
    """The same store from a third process, where the point was put to four members."""
    subprocess.run([sys.executable, "-m", "checks.samples"], cwd=HOUSE, check=True)
    checklist = read_checklist(places.checklist_file())
    run = run_campaign(places.DATA / "campaigns" / NAME / "campaign.yaml", places.policy_file())
    with closing(Desk(store, tmp_path / "anchors.jsonl", checklist)) as opened:
        mira = Actor(name="Mira", role=Role.PREPARER)
        review = opened.record_run(run, by=mira, now=now())
        for name, role in MEMBERS.items():
            who = Actor(name=name, role=role)
            opened.room.seat(NAME, role, by=who, now=now())
            opened.room.declare(NAME, conflict="", by=who, now=now())
        first = next(one for one in review.checklist.questions if not review.computed(one).settled)
        opened.room.put(NAME, first.id, by=Actor(name="Jonas Berg", role=Role.CHAIR), now=now())
        yield opened


def now():
    return datetime.now(UTC)  # noqa: TID251 — beside servers that have their own clocks


@pytest.fixture
def two(store, tmp_path):
    """Two dashboards on that store."""
    running = [Served(tmp_path, CANDOR_STORE=store) for _ in range(2)]
    yield running
    for one in running:
        one.kill()


def opened(browser, server, page):
    made = browser.new_page(viewport={"width": 1280, "height": 720})
    made.set_default_timeout(PATIENCE)
    made.goto(f"{server.url}/{page}?review={NAME}")
    settle(made)
    return made


@pytest.mark.parametrize("store", ["sqlite", "postgresql"], indirect=True)
def test_an_answer_in_one_dashboard_is_on_the_other_at_once(browser, desk, two):
    wall, mine = opened(browser, two[0], "wall"), opened(browser, two[1], "my-answer")
    wall.get_by_text("M. Ito has not answered yet").first.wait_for()
    main = mine.get_by_test_id("stMain")
    main.get_by_label("Your name").fill("M. Ito")
    main.get_by_label("You act as").click()
    mine.get_by_role("option", name="Reviewer, privacy").click()
    main.get_by_role("button", name="This is me").click()
    mine.get_by_text("Accept as proposed", exact=True).click()
    settle(mine)
    mine.get_by_label("Your reason").fill("Secret of Ito")
    pressed = time.perf_counter()
    mine.get_by_role("button", name="Seal my answer").click()
    mine.get_by_text("Your answer is sealed").first.wait_for()
    drawn = time.perf_counter()
    wall.get_by_text("M. Ito has answered").first.wait_for()
    took = time.perf_counter() - drawn
    [point] = desk.review(NAME).committee.points
    for name in ("J. Weber", "S. Lee", "Jonas Berg"):
        desk.room.seal(
            NAME, point.question, Answer.ACCEPTABLE, reason="Fine.", now=now(),
            by=Actor(name=name, role=MEMBERS[name]), seen=desk.review(NAME).head,
        )  # fmt: skip
    for page in (wall, mine):
        page.get_by_text("All agree: acceptable. Settled.").first.wait_for()
        assert "Secret of Ito" in page.content()

    assert took <= EVERY + 2 * (drawn - pressed), "a look, and a drawing of a busy machine"
    assert desk.review(NAME).read_only == ""
