"""The list that an approval covers is kept with the approval: as digests, never as a list."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from checks import places
from checks.lists.releasing import members_of_run
from checks.refusal import Refused
from review.commands import rules
from review.commands.desk import Desk
from review.commands.refusing import NotTaken
from review.record import Actor, Review
from review.store.secret import secret


def keep_members(desk: Desk, review: str, *, file: Path, by: Actor, now: datetime) -> Review:
    """Keep the people of the approval that stands, once a revision; `file` is the campaign file.

    The files appear whole, and only together with the event. Raises `NotTaken` with what is
    missing; the approval stands all the same, but no list can be held against it.
    """
    past = desk.review(review)
    if past.members or not past.state.approved:
        return past
    folder = members_folder(past)
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    work = Path(tempfile.mkdtemp(prefix=".keeping-", dir=folder.parent))
    try:
        return _keep(desk, past, file=file, work=work, by=by, now=now)
    except Refused as refusal:
        why = " ".join(f"{one.what} {one.cure}" for one in refusal.problems)
        raise NotTaken(
            f"The approval stands, but its list was not kept, so no list can be held against it "
            f"later. {why}"
        ) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def members_folder(review: Review) -> Path:
    """Where the people of a revision's approval lie."""
    return places.members(review.id) / f"revision-{review.revision}"


def _keep(desk: Desk, past: Review, *, file: Path, work: Path, by: Actor, now: datetime) -> Review:
    made = members_of_run(
        rules.run_of(past),
        file=file,
        policy_file=places.policy_file(),
        secret=secret(past.id, places.keys()),
        folder=work,
    )
    folder = members_folder(past)
    shutil.rmtree(folder, ignore_errors=True)  # of a process that was killed
    work.rename(folder)
    try:
        return desk.members_kept(
            past.id,
            people={name: one.people for name, one in made.items()},
            may_be_contacted={name: one.may_be_contacted for name, one in made.items()},
            nameless=max((one.nameless for one in made.values()), default=0),
            files={name: one.sha256 for name, one in made.items()},
            revision=past.revision,
            by=by,
            now=now,
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
