"""The dashboard as its first command opens it, also for somebody who writes programs here."""

from __future__ import annotations

from tests.dashboard.conftest import Served
from tests.dashboard.drawn import settle


def test_pages_offer_nothing_but_candor_and_the_command_says_where_they_are(browser, tmp_path):
    (tmp_path / ".cursor").mkdir()  # to Streamlit, the sign of somebody to offer its tools to
    opened = Served(tmp_path, words=(), BROWSER="true", HOME=str(tmp_path))
    try:
        page = browser.new_page()
        page.goto(opened.url)
        page.get_by_role("button", name="Open the example").wait_for()
        settle(page)
        offered = [one.inner_text() for one in page.get_by_role("button").all()]
        said = (tmp_path / "server.log").read_text(encoding="utf-8")
    finally:
        opened.kill()

    assert "Install" not in offered
    assert f"Candor is at {opened.url}\n" in said
