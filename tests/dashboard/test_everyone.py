"""Every page for everyone: axe finds nothing, one heading, its own title, no sideways scroll."""

from __future__ import annotations

import http.client

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"presentation-role-conflict": {"enabled": False}},
}
"""The rule left out is no criterion but a best practice, broken by Streamlit's own uploader."""
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
    return served


def ready(page):
    page.get_by_role("heading", level=1).first.wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, looked_at, scheme):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page, hosts, found, titles = context.new_page(), set(), {}, set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for name, path in PAGES.items():
        page.goto(f"{looked_at.url}/{path}?review=summer-sale")
        ready(page)
        violations = Axe().run(page, options=RULES).response["violations"]
        if violations:
            found[name] = [(one["id"], one["nodes"][0]["html"][:200]) for one in violations]
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
    for name, path in PAGES.items():
        page.goto(f"{looked_at.url}/{path}?review=summer-sale")
        ready(page)
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
