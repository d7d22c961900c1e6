"""The steps of starting a review; each shows itself, stores what was said, and goes on."""

from __future__ import annotations

from dashboard import session
from dashboard.draft import Draft


def go(draft: Draft, step: str) -> None:
    """Store the step that the draft has come to, and let the address name the draft."""
    session.point(draft=draft.now(step=step).token)
