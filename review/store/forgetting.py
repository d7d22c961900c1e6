"""People data of a review are deleted in one action: on record, and the record stays valid.

They are put out of reach first, then the event is written, then the bytes are deleted. Where the
event is refused, they are put back.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from checks import places
from checks.intake.snapshot import DELETED
from review.commands import rules
from review.commands.desk import Desk
from review.commands.refusing import NotTaken
from review.record import Actor

AGAIN = "To look at the campaign again, bring its files again."
_ASIDE = ".forgetting-"


def forget(desk: Desk, review: str, *, by: Actor, now: datetime) -> str:
    """Delete the snapshots that no other review uses, the lists and the members of a review.

    Returns what was deleted, as sentences. Raises `NotTaken`, with nothing gone,
    and KeyError where there is no such review.
    """
    _may(desk, review, by)
    kept, free = _snapshots(desk, review)
    aside = places.home() / f"{_ASIDE}{review}"
    moved = _put_aside([*free, *_of_people(review)], aside)
    try:
        desk.people_data_deleted(review, by=by, now=now)
    except BaseException:
        _put_back(moved)
        raise
    for folder in free:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / DELETED).write_text(now.astimezone(UTC).date().isoformat(), encoding="utf-8")
    shutil.rmtree(aside, ignore_errors=True)
    return _told(kept=len(kept), gone=len(moved))


def _may(desk: Desk, review: str, by: Actor) -> None:
    past = desk.review(review)
    if past.read_only:
        raise NotTaken(past.read_only)
    rules.may_delete_people(by)


def _snapshots(desk: Desk, review: str) -> tuple[list[Path], list[Path]]:
    """The snapshots of every run of a review: those that another review uses, and the others."""
    named = dict.fromkeys(one for one, _ in _named(desk, review))
    others = [one.id for one in desk.reviews() if one.id != review and one.length]
    try:
        used = {one for other in others for one, gone in _named(desk, other) if not gone}
    except (KeyError, ValueError):
        what = "The record of another review cannot be read, so nobody knows which data it uses."
        raise NotTaken(f"{what} Nothing was deleted.") from None
    shelf = places.snapshots()
    kept = [shelf / one for one in named if one in used]
    return kept, [shelf / one for one in named if one not in used]


def _named(desk: Desk, review: str) -> Iterator[tuple[str, bool]]:
    """Each snapshot that a run of a review names, and whether its data were deleted since."""
    told = json.loads(desk.bundle(review))["events"]
    happened = [json.loads(one["event"]) for one in told]
    kinds = [one["kind"] for one in happened]
    last = max((n for n, kind in enumerate(kinds) if kind == "people_data_deleted"), default=-1)
    for number, one in enumerate(happened):
        if one["kind"] == "run_recorded":
            yield one["snapshot"], number < last


def _of_people(review: str) -> list[Path]:
    return [places.lists(review), places.members(review)]


def _put_aside(folders: list[Path], aside: Path) -> list[tuple[Path, Path]]:
    """Put folders out of reach on the same disk; (where it was, where it is) of each."""
    shutil.rmtree(aside, ignore_errors=True)  # of a process that was killed
    aside.mkdir(mode=0o700, parents=True)
    moved: list[tuple[Path, Path]] = []
    try:
        for number, folder in enumerate(folders):
            if folder.is_dir() and not (folder / DELETED).is_file():
                moved.append((folder, folder.rename(aside / str(number))))
    except OSError:
        _put_back(moved)
        raise
    return moved


def _put_back(moved: list[tuple[Path, Path]]) -> None:
    for was, lies in moved:
        lies.rename(was)
    for aside in {lies.parent for _, lies in moved}:
        shutil.rmtree(aside, ignore_errors=True)


def _told(*, kept: int, gone: int) -> str:
    what = "The people data of this review are deleted, and that is on record."
    if not gone:
        what = "There were no people data of this review left here. That is on record."
    shared = {0: "", 1: " One snapshot stays, because another review uses it."}
    stays = shared.get(kept, f" {kept} snapshots stay, because other reviews use them.")
    return f"{what}{stays} Files that lie elsewhere are not touched. {AGAIN}"
