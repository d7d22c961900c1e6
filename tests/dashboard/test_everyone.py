"""Every page for everyone: axe finds nothing, one heading, its own title, no sideways scroll."""

from __future__ import annotations

import http.client
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checks import places
from review.checklist import read_checklist
from review.commands.desk import Desk
from review.record import Actor, Role
from tests.dashboard.accessible import violations
from tests.dashboard.drawn import settle

PAGES = {
    "first": "",
    "reviews": "reviews",
    "again": "new-list",
    "start": "start",
    "verify": "verify",
    "overview": "overview",
    "integrity": "integrity",
    "transparency": "transparency",
    "consent": "consent",
    "bias": "bias",
    "protection": "protection",
    "society": "society",
    "balance": "balance",
    "checklist": "checklist",
    "facts": "facts",
    "segments": "segments",
    "signoff": "signoff",
    "record": "record",
    "checks": "checks",
    "agenda": "agenda",
    "wall": "wall",
    "mine": "my-answer",
    "changed": "changed",
    "people": "people",
}
MEMBERS = {
    "Jonas Berg": Role.CHAIR,
    "M. Ito": Role.PRIVACY,
    "J. Weber": Role.ETHICS,
    "S. Lee": Role.CUSTOMER_VOICE,
}


@pytest.fixture(scope="module")
def looked_at(browser, served):
    """The example, opened once."""
    page = browser.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{served.url}/")
    page.get_by_role("button", name="Open the example").click()
    page.get_by_role("heading", name="Summer sale").first.wait_for()
    page.close()
    with closing(store_of(served)) as desk:
        meet(desk)
    return served


def store_of(served):
    store = f"sqlite:///{served.home / 'store.db'}"
    return Desk(store, served.home / "anchors.jsonl", read_checklist(places.checklist_file()))


def meet(desk):
    """A second revision, and a committee with a point on the table that one member answered."""
    now = datetime.now(UTC)  # noqa: TID251 — beside a server that has its own clock
    run = desk.review("summer-sale").run
    again = replace(run, fingerprint="b" * 64, parts={**run.parts, "people": "b" * 64})
    review = desk.record_run(again, by=Actor(name="Mira", role=Role.PREPARER), now=now)
    people = [Actor(name=name, role=role) for name, role in MEMBERS.items()]
    for one in people:
        desk.room.seat(review.id, one.role, by=one, now=now)
        desk.room.declare(review.id, conflict="", by=one, now=now)
    asked = next(one for one in review.checklist.questions if not review.computed(one).settled)
    review = desk.room.put(review.id, asked.id, by=people[0], now=now)
    desk.room.seal(
        review.id, asked.id, None, reason="So.", by=people[3], now=now, seen=review.head
    )  # fmt: skip


def visit(page, served, name):
    """Go to a page, and onto one's own answer as a member."""
    page.goto(f"{served.url}/{PAGES[name]}?review=summer-sale")
    ready(page)
    if name != "mine":
        return
    main = page.get_by_test_id("stMain")
    main.get_by_label("Your name").fill("M. Ito")
    main.get_by_label("You act as").click()
    page.get_by_role("option", name="Reviewer, privacy").click()
    main.get_by_role("button", name="This is me").click()
    page.get_by_role("button", name="Seal my answer").wait_for()
    ready(page)


def ready(page):
    page.get_by_role("heading", level=1).first.wait_for()
    settle(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, looked_at, scheme):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page, hosts, found, titles = context.new_page(), set(), {}, set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for name in PAGES:
        visit(page, looked_at, name)
        if broken := violations(page):
            found[name] = broken
        headings = page.get_by_role("heading", level=1).count()
        if headings != 1:
            found[f"{name} h1"] = headings
        titles.add(page.title())
    context.close()

    assert found == {}
    assert hosts == {looked_at.url.removeprefix("http://")}
    assert len(titles) == len(PAGES)


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_nothing_scrolls_sideways(browser, looked_at, width):
    context = browser.new_context(viewport={"width": width, "height": 844})
    page, wide = context.new_page(), {}
    for name in PAGES:
        visit(page, looked_at, name)
        main = page.locator("[data-testid=stMain]")
        excess = main.evaluate("element => element.scrollWidth - element.clientWidth")
        if excess > 1:
            wide[name] = excess
    context.close()

    assert wide == {}


def test_the_browser_is_told_to_talk_to_nobody_else(browser, looked_at):
    page = browser.new_page()
    answer = page.goto(looked_at.url)

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    page.close()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        pytest.param("127.0.0.1", 101, id="this machine"),
        pytest.param("evil.example", 403, id="not"),
    ],
)
def test_another_host_name_gets_no_session(looked_at, host, status):
    connection = http.client.HTTPConnection("127.0.0.1", looked_at.port, timeout=10)
    connection.putrequest("GET", "/_stcore/stream", skip_host=True)
    for name, value in {
        "Host": host,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }.items():
        connection.putheader(name, value)
    connection.endheaders()

    assert connection.getresponse().status == status
    connection.close()
