"""The cleaned lists of a review: for owner or preparer only, and on record before they appear."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from checks import places
from checks.intake.workroom import workroom
from checks.lists.listing import Made, lists_of_run, told
from checks.refusal import Refused
from review.commands import rules
from review.commands.desk import Desk
from review.commands.refusing import NotTaken
from review.record import Actor, Review
from review.store.secret import keyed_hash, secret


def make_lists(
    desk: Desk, review: str, channel: str, *, file: Path, by: Actor, now: datetime
) -> str:
    """Write both lists of a channel for the newest revision; returns what was made, as sentences.

    `file` is the campaign file. The files appear whole, and only once the event is on record.
    """
    past = desk.may_make_lists(review, by=by, now=now)
    folder = places.lists(review)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with workroom(folder) as work:
        made = _made(past, channel, file=file, by=by, folder=work / "lists")
        written = (made.lists.contact, made.lists.removed)
        key = secret(review, places.keys())
        desk.lists_made(
            review,
            kept={channel: made.lists.may_be_contacted},
            removed={channel: made.lists.taken_off},
            files={one.name: keyed_hash(key, one) for one in written},
            revision=past.revision,
            by=by,
            now=now,
        )
        for one in written:
            one.replace(folder / one.name)
    return f"{told(made)} Both files lie in {folder.resolve()}."


def lying(past: Review, channel: str) -> tuple[Path, ...]:
    """The lists of a channel that were made for the newest revision and are still there."""
    return tuple(sorted(places.lists(past.id).glob(f"{_name(past, channel)}-*.csv")))


def _made(past: Review, channel: str, *, file: Path, by: Actor, folder: Path) -> Made:
    try:
        return lists_of_run(
            rules.may_make_lists(past, by),
            file=file,
            policy_file=places.policy_file(),
            channel=channel,
            folder=folder,
            name=_name(past, channel),
        )
    except Refused as refusal:
        why = " ".join(f"{one.what} {one.cure}" for one in refusal.problems)
        raise NotTaken(f"The lists were not made. {why}") from None


def _name(past: Review, channel: str) -> str:
    return f"{channel}-revision-{past.revision}"
