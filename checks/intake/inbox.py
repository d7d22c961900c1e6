"""The inbox: a folder on the server for files too large to upload, or kept there by a team.

It is named once, with ``CANDOR_INBOX``. A campaign file names what lies in it as ``inbox:NAME``.
Files in it are read where they are: nothing of it is moved, changed or deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from checks import places
from checks.refusal import refuse

PREFIX = "inbox:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """One file that lies in the inbox, or a folder of files that are read as one."""

    name: str
    bytes: int
    changed: datetime
    """In UTC."""
    files: int = 1


def asked(name: str) -> bool:
    """Whether a name is of something in the inbox."""
    return name.startswith(PREFIX)


def plain(name: str) -> str:
    """The name within the inbox.

    >>> plain("inbox:march/people.csv")
    'march/people.csv'
    """
    return name.removeprefix(PREFIX)


def folder(where: str) -> Path:
    """The inbox; raises `Refused` where this installation has none."""
    found = places.inbox()
    if found is None or not found.is_dir():
        what = "It names a file in the inbox, and this installation has no inbox."
        raise refuse(where, what, "Name a folder with CANDOR_INBOX, or put the file beside this.")
    return found


def waiting() -> tuple[Waiting, ...]:
    """What lies in the inbox, the newest first; hidden files and links out of it are left aside."""
    home = places.inbox()
    if home is None or not home.is_dir():
        return ()
    found = [one for path in home.iterdir() if (one := _seen(path, home.resolve()))]
    return tuple(sorted(found, key=lambda one: (one.changed, one.name), reverse=True))


def _seen(path: Path, home: Path) -> Waiting | None:
    """A file, or a folder with files right in it; None for what is not offered."""
    if path.name.startswith(".") or not path.resolve().is_relative_to(home):
        return None
    files = [path] if path.is_file() else _files(path) if path.is_dir() else []
    if not files:
        return None
    told = [one.stat() for one in files]
    return Waiting(
        name=path.name,
        bytes=sum(one.st_size for one in told),
        changed=datetime.fromtimestamp(max(one.st_mtime for one in told), tz=UTC),
        files=len(files),
    )


def _files(path: Path) -> list[Path]:
    return [one for one in path.iterdir() if one.is_file() and not one.name.startswith(".")]
