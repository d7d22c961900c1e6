"""A new list for a campaign that was reviewed before: the next revision of the same review."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from checks import places
from checks.intake.mapping import SIDES
from dashboard import opening, session
from dashboard.draft import ending
from dashboard.opening import Known

Files = Mapping[str, tuple[str, bytes]]
"""By section of the campaign file (people, suppression, …): the name given, and the bytes."""


def needs(one: Known) -> tuple[str, ...]:
    """The sections of a campaign whose files have to be brought again, the people first."""
    told = opening.as_told(one.file)
    return tuple(part for part in ("people", *SIDES) if _by_file(told.get(part)))


def revise(one: Known, files: Files) -> bool:
    """Look at a campaign with new files; all else in its campaign file stays as it is.

    Nothing is kept when they do not fit; what is wrong then stands on the page.
    """
    told = opening.as_told(one.file)
    for part, (name, _) in files.items():
        told[part] = _with_file(told[part], f"{part}{ending(name)}")
    named = {f"{part}{ending(name)}": content for part, (name, content) in files.items()}
    return _look_anew(one, told, named)


def restate(one: Known, told: Mapping[str, Any], files: Mapping[str, bytes]) -> bool:
    """Look at a campaign that states something else, or was brought a notice or a message.

    Its people stay those that were read last.
    """
    run = session.desk().review(one.id).run
    new = dict(told)
    for part in ("people", *SIDES):
        section = new.get(part)
        if run is not None and isinstance(section, Mapping) and section.get("file"):
            rest = {name: value for name, value in section.items() if name != "file"}
            new[part] = {"snapshot": run.snapshot, **rest}
    return _look_anew(one, new, files)


def _look_anew(one: Known, told: Mapping[str, Any], files: Mapping[str, bytes]) -> bool:
    """Look at what is told in a folder of its own; it takes the campaign's place once it fits."""
    folder = places.campaigns() / one.id
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=places.campaigns(), prefix=".new-") as made:
        work = Path(made)
        _beside(one.file, work)
        for name, content in files.items():
            (work / name).write_bytes(content)
        opening.write(work / "campaign.yaml", told)
        if not opening.look(replace(one, file=work / "campaign.yaml")):
            return False
        opening.keep_only_the_snapshot(work / "campaign.yaml", one.id)
        for kept in work.iterdir():
            shutil.move(kept, folder / kept.name)
    opening.known.clear()
    return True


def _by_file(section: object) -> bool:
    return isinstance(section, Mapping) and bool(section.get("file") or section.get("snapshot"))


def _with_file(section: Mapping[str, Any], file: str) -> dict[str, Any]:
    rest = {name: value for name, value in section.items() if name not in ("file", "snapshot")}
    return {"file": file, **rest}


def _beside(file: Path, work: Path) -> None:
    """Copy what lies beside a campaign file and is no people data: the notice, the creatives."""
    told = opening.as_told(file)
    for name in _named(told):
        beside = file.parent / name
        if beside.is_file() and Path(name).name == name:
            shutil.copy(beside, work)


def _named(told: Mapping[str, Any]) -> Iterator[str]:
    notice = told.get("notice")
    if isinstance(notice, Mapping) and notice.get("file"):
        yield str(notice["file"])
    for creative in told.get("creatives") or ():
        if isinstance(creative, Mapping) and creative.get("file"):
            yield str(creative["file"])
