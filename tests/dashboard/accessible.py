"""What axe finds on a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"presentation-role-conflict": {"enabled": False}},
}
"""The rule left out is no criterion but a best practice, broken by Streamlit's own uploader."""


def violations(page):
    """Every rule that is broken, with the first place where."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
