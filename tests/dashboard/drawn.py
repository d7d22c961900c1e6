"""When is a page of the dashboard drawn? Once it has been still for a moment."""

from __future__ import annotations

from itertools import count

STILL = 200
"""Milliseconds without a run: what was clicked last would have begun one by then."""

_asked = count()
_DRAWN = """
([asked, still]) => {
  const app = document.querySelector("[data-testid=stApp]");
  const now = performance.now();
  if (window.candorDrawn?.asked !== asked || app?.dataset.testScriptState !== "notRunning") {
    window.candorDrawn = { asked, since: now };
  }
  return now - window.candorDrawn.since >= still;
}
"""


def settle(page):
    """Wait until the page is drawn, and nothing that was clicked before draws it anew.

    A page that says it is not running may only not have begun yet: a button that is pressed
    then moves from under the pointer, and the click is nobody's.
    """
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_function(_DRAWN, arg=[next(_asked), STILL])
