"""From a run on record to the people its approval covers, and from these to a list being sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from checks import places
from checks.campaign import Campaign
from checks.campaign.reading import read_campaign
from checks.campaign.texts import hashes, read_creatives, read_notice
from checks.intake.comparing import Compared, Comparison
from checks.intake.lists import Lists
from checks.intake.loader import Unreadable
from checks.intake.members import Members, keep_members, refusals
from checks.intake.snapshot import Snapshot
from checks.intake.workroom import workroom
from checks.policy import read_policy
from checks.refusal import refuse
from checks.runs import fingerprint
from checks.runs.run import Run
from checks.runs.taken import with_rows_here

__all__ = [
    "Compared",
    "Comparison",
    "Lists",
    "Members",
    "compared",
    "kept_campaign",
    "members_of_run",
]

CAMPAIGN = "campaign.json"
"""How the people were told apart, kept beside their digests."""
AGAIN = "Run the checks again, and decide again."


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The files that are held against an approval."""

    send: Path
    channel: str
    key: str = ""
    permissions: Path | None = None
    suppression: Path | None = None


def members_of_run(
    run: Run, *, file: Path, policy_file: Path, secret: bytes, folder: Path
) -> dict[str, Members]:
    """Keep exactly the people that a run looked at; refused where the campaign is another now."""
    campaign, policy = with_rows_here(read_campaign(file), file), read_policy(policy_file)
    told = read_notice(campaign, file), hashes(read_creatives(campaign, file))
    if fingerprint.of_campaign(campaign, *told) != run.parts["campaign"]:
        raise refuse(file.name, "The campaign was changed after the checks ran.", AGAIN)
    if fingerprint.of_policy(policy) != run.parts["policy"]:
        raise refuse(policy_file.name, "The policy was changed after the checks ran.", AGAIN)
    snapshot = Snapshot.load(places.snapshots() / run.snapshot)
    made = keep_members(snapshot.folder, campaign, policy, secret, folder)
    (folder / CAMPAIGN).write_text(campaign.model_dump_json(by_alias=True), encoding="utf-8")
    return made


def kept_campaign(folder: Path) -> Campaign:
    """The campaign as it was when its people were kept."""
    try:
        return Campaign.model_validate_json((folder / CAMPAIGN).read_bytes())
    except (OSError, ValidationError):
        raise refuse("the members", "What was kept with them cannot be read.", AGAIN) from None


@contextmanager
def compared(
    asked: Asked, members: Path, *, policy_file: Path, secret: bytes, day: date
) -> Iterator[tuple[Compared, Comparison]]:
    """Hold a list against the members of a channel; the comparison can still write lists."""
    campaign = kept_campaign(members.parent)
    policy = read_policy(policy_file)
    try:
        with workroom(places.home() / "releasing") as work:
            inside = work / "inside"
            inside.mkdir()
            with Comparison(inside, campaign, secret) as comparison:
                comparison.send(asked.send, asked.key)
                if asked.suppression is not None:
                    comparison.suppress(asked.suppression)
                if asked.permissions is not None:
                    kept = refusals(
                        campaign, policy, asked.channel, asked.permissions,
                        day=day, secret=secret, work=inside,
                    )  # fmt: skip
                    comparison.answers(kept)
                yield comparison.compared(members), comparison
    except Unreadable:
        cure = "Export it again as CSV, and try again."
        raise refuse(asked.send.name, "It could not be compared.", cure) from None
