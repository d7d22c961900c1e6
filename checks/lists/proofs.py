"""From a campaign file to the people whose proof of a yes somebody should look up by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from checks.campaign.reading import read_campaign
from checks.intake import take_in
from checks.intake.drawing import Drawn, drawn
from checks.policy import read_policy
from checks.runs.taken import with_rows_here

__all__ = ["CHECK", "Drawn", "proofs_of_file", "told"]

CHECK = "consent.proof"
"""The check whose policy says how many, and which judges what was found."""


def proofs_of_file(file: Path, policy_file: Path, home: Path | None = None) -> tuple[Drawn, ...]:
    """Whose proofs to read, by channel; raises `checks.refusal.Refused`.

    `home` keeps the snapshot that is made for it; without it that of this installation does.
    """
    campaign, policy = with_rows_here(read_campaign(file), file), read_policy(policy_file)
    snapshot = take_in(campaign, file.parent, home)
    many = int(policy.checks[CHECK].limits["sample"].value)
    return drawn(snapshot, campaign, policy, many)


def told(every: Sequence[Drawn]) -> str:
    """What to look up, as text."""
    if not every:
        return "No channel rests on a yes that the files hold, so there is no proof to read.\n"
    return "\n".join(line for one in every for line in _told(one)) + "\n"


def _told(one: Drawn) -> Iterator[str]:
    yield f"{one.channel}: {len(one.places):,} of {one.of:,} yeses on the list, seed {one.seed}"
    for file, places in groupby(one.places, key=lambda place: place.file):
        rows = ", ".join(str(place.row) for place in places)
        yield f"  {file}, rows {rows}"
    yield "  Row 1 is the first below the header. Look each up where the yes was given, then write:"
    yield f"  channels.{one.channel}.read_by_hand: {{seed: {one.seed}, found: …, not_found: …}}"
