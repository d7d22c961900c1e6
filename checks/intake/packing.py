"""Unpack .gz and .zip under names of ours, and stop before a bomb goes off."""

from __future__ import annotations

import gzip
import lzma
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from checks.intake import limits
from checks.refusal import Refused, refuse
from checks.runs import watching

PACKED = (".gz", ".zip")
_PIECE = 1 << 20
_BROKEN = (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error,
           lzma.LZMAError, zipfile.BadZipFile)  # fmt: skip
_IGNORED = ("__MACOSX", ".DS_Store")
_LOCKED = 1
"""The flag of a member that has a password."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One file that was inside another."""

    name: str
    """As people would name it: people.zip/march.csv."""
    file: Path


def held(file: Path, name: str) -> int:
    """How many files a .zip holds; raises `Refused`."""
    with _told(name), zipfile.ZipFile(file) as packed:
        return len(_members(packed, name))


def unpacked(file: Path, name: str, room: Path) -> tuple[Part, ...]:
    """The files inside a packed file, laid in a room of ours; raises `Refused`."""
    pour = _Pour(name=name, packed=file.stat().st_size)
    with _told(name):
        if Path(name).suffix.casefold() == ".gz":
            part = Part(name=name[: -len(".gz")], file=room / f"{file.name}.0")
            with gzip.open(file) as opened:
                pour.out(opened, part.file)
            return (part,)
        with zipfile.ZipFile(file) as packed:
            members = _members(packed, name)
            parts = []
            for number, member in enumerate(members):
                part = Part(name=f"{name}/{member.filename}", file=room / f"{file.name}.{number}")
                with packed.open(member) as opened:
                    pour.out(opened, part.file)
                parts.append(part)
            return tuple(parts)


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except Refused:
        raise
    except _BROKEN:
        what = "It cannot be unpacked: it is damaged, cut short, or not what its name says."
        raise refuse(name, what, "Pack it again, or name the file inside it.") from None


def _members(packed: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """The members that are files; refused where one has a password or points outside."""
    members = [
        one
        for one in packed.infolist()
        if not one.is_dir() and not set(PurePosixPath(one.filename).parts) & set(_IGNORED)
    ]
    if not members:
        raise refuse(name, "There is no file in it.", "Pack the people file again.")
    if len(members) > limits.MOST_PARTS:
        raise limits.beyond(name, "MOST_PARTS", "files in it")
    for number, one in enumerate(members, start=1):
        parts = PurePosixPath(one.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts:
            what = f"File {number:,} in it points to a place outside of it."
            raise refuse(name, what, "Pack the files again, by their plain names.")
        if one.flag_bits & _LOCKED:
            raise refuse(name, "It has a password.", "Pack it again without one.")
    return members


@dataclass(kw_only=True, slots=True)
class _Pour:
    """Counts what comes out of a packed file, over all of its members."""

    name: str
    packed: int
    poured: int = 0
    begun: float = field(default_factory=time.monotonic)

    def out(self, opened: IO[bytes] | gzip.GzipFile, to: Path) -> None:
        """Write one member to its place; raises `Refused` at the first byte too many."""
        most = max(limits.FREE_OF_RATIO, limits.MOST_RATIO * self.packed)
        with to.open("wb") as laid:
            while piece := opened.read(_PIECE):
                watching.tell(f"{self.name}: {self.poured // 1_000_000:,} MB are unpacked.")
                self.poured += len(piece)
                if self.poured > limits.MOST_BYTES:
                    raise limits.beyond(self.name, "MOST_BYTES", "bytes when unpacked")
                if self.poured > most:
                    what = f"It becomes more than {limits.MOST_RATIO:,} times larger unpacked."
                    cure = "Unpack it first, or raise MOST_RATIO in checks/intake/limits.py."
                    raise refuse(self.name, what, cure)
                if time.monotonic() - self.begun > limits.MOST_SECONDS:
                    raise limits.beyond(self.name, "MOST_SECONDS", "seconds of unpacking")
                laid.write(piece)
