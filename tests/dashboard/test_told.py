"""What became of a command stands where its giver looks, and moves nothing they work on."""

from __future__ import annotations

import pytest

from tests.dashboard.drawn import settle

REFUSED = "Say what was said, and on which day. Your words are kept."


@pytest.fixture
def page(browser, served):
    """A phone that shows the sign-off of a review, by somebody who has said a name."""
    opened = browser.new_context(viewport={"width": 390, "height": 844})
    page = opened.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{served.url}/reviews")
    page.locator(".st-key-look-club-newsletter").get_by_role("button").click()
    page.wait_for_url("**/overview**")
    page.get_by_role("heading", name="Club newsletter").wait_for()
    page.goto(f"{served.url}/signoff?review=club-newsletter")
    page.get_by_role("heading", name="Sign-off").wait_for()
    settle(page)
    yield page
    opened.close()


def test_a_refusal_is_seen_where_one_is_and_closes_no_fold(page):
    page.get_by_text("Record what somebody said").click()
    words = page.get_by_label("What worries them")
    words.fill("Will everybody get it?")
    settle(page)
    page.get_by_role("button", name="Put it on record").first.click()
    told = page.get_by_text(REFUSED)
    told.wait_for()
    settle(page)
    box = told.bounding_box()

    assert 0 <= box["y"] <= 844 - box["height"]
    assert words.is_visible()
    assert words.input_value() == "Will everybody get it?"
