"""Take the people of a campaign in: files to one reconciled snapshot, whole or not at all."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import rfc8785

from checks import places
from checks.campaign import Campaign
from checks.intake import reshaping, sorting, staging, storing
from checks.intake.hashing import Print, print_of, unchanged
from checks.intake.loader import Loader, Unreadable
from checks.intake.mapping import SIDES, Use, files, uses
from checks.intake.profiles import ColumnProfile, profiled
from checks.intake.snapshot import RECORD, VERSION, Record, Snapshot, Source, Table
from checks.intake.sorting import Manner, Wanted
from checks.intake.staged import Staged
from checks.intake.workroom import workroom
from checks.refusal import Problem, Refused, refuse
from checks.runs import watching
from checks.written import doors

_CAMPAIGN = "campaign.yaml"
_SHOWN = 12
"""How many names of columns a refusal lists."""


def take_in(
    campaign: Campaign,
    folder: Path,
    home: Path | None = None,
) -> Snapshot:
    """The snapshot of a campaign's people and side files, which lie beside its campaign file.

    What was taken in before is not read again. Raises `checks.refusal.Refused` with every
    problem found; then nothing is kept.
    """
    shelf = (home or places.home()) / "snapshots"
    if campaign.people.snapshot is not None:
        return _again(campaign, shelf)
    named = _find(campaign, folder)
    asked = uses(campaign)
    prints = [_print(file, name) for _, name, file in named]
    id_ = _identity(named, prints, campaign, asked)
    known = _shelved(shelf / id_)
    if known is not None:
        return known
    try:
        with workroom(shelf) as work:
            record = _take(campaign, named, prints, asked, work, id_)
            return _shelve(work, shelf / id_, record)
    except Unreadable:
        cure = "Export the files again as CSV, and take them in again."
        raise refuse("the people data", "They could not be stored.", cure) from None


Named = tuple[str, str, Path]
"""Role, name and place of one file."""


def _find(campaign: Campaign, folder: Path) -> list[Named]:
    """Every file the campaign names; all that are not there are told at once."""
    named: list[Named] = []
    problems: list[Problem] = []
    for role in ("people", *SIDES):
        part = getattr(campaign, role)
        if part is not None and part.snapshot is not None:
            what = "It names a snapshot, and the people come from files."
            where = doors.place(_CAMPAIGN, role, "snapshot")
            problems.append(Problem(where=where, what=what, cure="Name its file."))
        for name in files(part):
            try:
                where = doors.place(_CAMPAIGN, role, "file")
                found = staging.located(folder, name, where)
                named.extend((role, shown, file) for shown, file in found)
            except Refused as refusal:
                problems.extend(refusal.problems)
    if not files(campaign.people):
        cure = "Add “file:” with the name of the people file."
        where = doors.place(_CAMPAIGN, "people")
        problems.append(Problem(where=where, what="It names no people file.", cure=cure))
    if problems:
        raise Refused(problems)
    return named


def _print(file: Path, name: str) -> Print:
    found = print_of(file)
    if found is None:
        raise refuse(name, "It cannot be opened.", "Check that you may read it.")
    return found


def _identity(
    named: Sequence[Named], prints: Sequence[Print], campaign: Campaign, asked: Sequence[Use]
) -> str:
    """The id of a snapshot: the bytes of its files, and how they are read."""
    mapping: dict[str, Any] = {
        "columns": sorted({(one.role, one.column, one.words) for one in asked}),
        "missing": list(_manner(campaign).missing),
        "time_zone": campaign.time_zone,
        "version": VERSION,
    }
    mapping |= reshaping.manner(campaign)
    read = [
        {"role": role, "sha256": one.sha256, "kind": staging.manner_of(name)}
        for (role, name, _), one in zip(named, prints, strict=True)
    ]
    return hashlib.sha256(rfc8785.dumps({"sources": read, "mapping": mapping})).hexdigest()


def _manner(campaign: Campaign) -> Manner:
    words = sorted({word.strip().casefold() for word in campaign.people.missing} - {""})
    return Manner(missing=words, time_zone=campaign.time_zone)


def _shelved(folder: Path) -> Snapshot | None:
    """The snapshot, if it was taken in before and is whole."""
    if not folder.is_dir():
        return None
    try:
        return Snapshot.load(folder)
    except Refused:
        shutil.rmtree(folder)
        return None


def _shelve(work: Path, folder: Path, record: Record) -> Snapshot:
    try:
        work.rename(folder)
        watching.made(folder)
    except OSError:  # somebody else took the same files in meanwhile
        if not folder.is_dir():
            raise
        return Snapshot.load(folder)
    return Snapshot(id=record.id, folder=folder, record=record)


def _take(
    campaign: Campaign,
    named: Sequence[Named],
    prints: Sequence[Print],
    asked: Sequence[Use],
    work: Path,
    id_: str,
) -> Record:
    raw = work / "raw"
    raw.mkdir()
    with Loader(work) as loader:
        read = _stage(loader, named, prints, raw)
        staged = reshaping.reshaped(campaign, loader, read, asked)
        columns = _columns(staged, asked)
        _refuse_empty(loader, campaign, staged)
        seen = {one.view: profiled(loader.run, one) for role, one in read if role == "people"}
        tables, repairs = _store(loader, staged, columns, _manner(campaign), work)
    _refuse_changed(named, prints)
    shutil.rmtree(raw)
    shutil.rmtree(work / "spill", ignore_errors=True)
    sources = tuple(
        _source(role, one, repairs[one.view], seen.get(one.view, ())) for role, one in staged
    )
    record = Record(version=VERSION, id=id_, sources=sources, tables=tables)
    (work / RECORD).write_text(record.written(), encoding="utf-8")
    return record


def _stage(
    loader: Loader,
    named: Sequence[Named],
    prints: Sequence[Print],
    raw: Path,
) -> list[tuple[str, Staged]]:
    staged: list[tuple[str, Staged]] = []
    problems: list[Problem] = []
    for number, ((role, name, file), known) in enumerate(zip(named, prints, strict=True)):
        watching.tell(f"{name}: file {number + 1:,} of {len(named):,}.")
        try:
            parts = staging.parts(loader, file, name, raw, number)
            staged.extend((role, replace(one, sha256=known.sha256)) for one in parts)
        except Refused as refusal:
            problems.extend(refusal.problems)
    if problems:
        raise Refused(problems)
    return staged


def _refuse_changed(named: Sequence[Named], prints: Sequence[Print]) -> None:
    """What was hashed must be what was read: files are read where they lie."""
    for (_, name, file), known in zip(named, prints, strict=True):
        if not unchanged(file, known):
            what = "It was changed while it was being read."
            raise refuse(name, what, "Wait until it is whole, and take it in again.")


def _columns(
    staged: Sequence[tuple[str, Staged]], asked: Sequence[Use]
) -> Mapping[str, tuple[Wanted, ...]]:
    """The columns to store of each table; every column that is not there is told at once."""
    problems = tuple(_not_there(staged, asked))
    if problems:
        raise Refused(problems)
    wanted: dict[str, dict[str, bool]] = {role: {} for role, _ in staged}
    for use in asked:
        sources = [one for role, one in staged if role == use.role]
        column = use.column if not _only_keys(use, sources) else sources[0].names[0]
        if sources and all(one.has(column) for one in sources):
            words = wanted[use.role].get(column, False)
            wanted[use.role][column] = words or use.words
    return {
        role: tuple(Wanted(name=name, words=words) for name, words in columns.items())
        for role, columns in wanted.items()
    }


def _only_keys(use: Use, sources: Sequence[Staged]) -> bool:
    """Whether a side file is one bare column, which then holds the keys, whatever its name."""
    return use.inherited and bool(sources) and {len(one.names) for one in sources} == {1}


def _not_there(staged: Sequence[tuple[str, Staged]], asked: Sequence[Use]) -> Iterator[Problem]:
    for use in asked:
        for role, source in staged:
            if role != use.role or source.has(use.column) or _only_keys(use, [source]):
                continue
            if use.required:
                where = doors.place(_CAMPAIGN, *use.place)
                what = f'{source.name} has no column "{use.column}".'
                twice = f"{use.column} (1)"
                near = twice if source.has(twice) else doors.near_miss(use.column, source.names)
                cure = f'Did you mean "{near}"?' if near else _listed(source.names)
                if use.inherited:
                    cure = f"Add “key:” with the column that holds the keys. {cure}"
                yield Problem(where=where, what=what, cure=cure)


def _listed(names: Sequence[str]) -> str:
    more = "" if len(names) <= _SHOWN else f" and {len(names) - _SHOWN:,} more"
    return f"Its columns are {', '.join(names[:_SHOWN])}{more}."


def _refuse_empty(loader: Loader, campaign: Campaign, staged: Sequence[tuple[str, Staged]]) -> None:
    """People there must be, and those who are to be recognised need a key."""
    people = [one for role, one in staged if role == "people"]
    if not sum(one.rows for one in people):
        what = "It has a header and no people."
        raise refuse(people[0].name, what, "Export it again, with a row a person.")
    key = campaign.people.key
    if key is None:
        return
    filled = sum(sorting.filled(loader, one, key) for one in people)
    if not filled:
        what = f'The column "{key}" is empty in every row.'
        where = doors.place(_CAMPAIGN, "people", "key")
        raise refuse(where, what, "Name the column that holds each person's number.")


def _source(
    role: str, staged: Staged, repairs: Sequence[str], profiles: tuple[ColumnProfile, ...]
) -> Source:
    return Source(
        role=role,
        name=staged.name,
        sha256=staged.sha256,
        bytes=staged.bytes,
        rows=staged.rows,
        columns=staged.names,
        repairs=(*staged.repairs, *repairs),
        label=staged.label,
        left_out=staged.left_out,
        profiles=profiles,
    )


def _store(
    loader: Loader,
    staged: Sequence[tuple[str, Staged]],
    columns: Mapping[str, tuple[Wanted, ...]],
    manner: Manner,
    work: Path,
) -> tuple[dict[str, Table], dict[str, tuple[str, ...]]]:
    """Write every table, and say what was repaired in each file.

    What is stored must be what was counted, row for row.
    """
    tables: dict[str, Table] = {}
    repairs: dict[str, tuple[str, ...]] = {}
    for role, wanted in columns.items():
        sources = [one for of, one in staged if of == role]
        tables[role], told = storing.store(loader, role, sources, wanted, manner, work)
        repairs |= {one.view: said for one, said in zip(sources, told, strict=True)}
        counted = sum(one.rows for one in sources)
        if tables[role].rows != counted:
            what = f"It was not loaded: {tables[role].rows:,} of {counted:,} rows were stored."
            raise refuse(sources[0].name, what, "Take the files in again.")
    return tables, repairs


def _again(campaign: Campaign, shelf: Path) -> Snapshot:
    """A snapshot that the campaign names, if it holds what the campaign asks for."""
    id_ = campaign.people.snapshot or ""
    where = doors.place(_CAMPAIGN, "people", "snapshot")
    if not re.fullmatch("[0-9a-f]{64}", id_):
        what = f"{doors.said(id_)} is not the id of a snapshot."
        raise refuse(where, what, "Write its 64 letters and digits, or name a file.")
    problems = []
    for role in SIDES:
        part = getattr(campaign, role)
        if files(part):
            what = "It names a file, and the people come from a snapshot."
            place = doors.place(_CAMPAIGN, role, "file")
            problems.append(Problem(where=place, what=what, cure="Name files for both."))
        if part is not None and part.snapshot not in (None, id_):
            what = "It names another snapshot than the people."
            place = doors.place(_CAMPAIGN, role, "snapshot")
            problems.append(Problem(where=place, what=what, cure="Name the same one."))
    if problems:
        raise Refused(problems)
    snapshot = Snapshot.load(shelf / id_)
    lacking = tuple(_not_stored(campaign, snapshot))
    if lacking:
        raise Refused(lacking)
    return snapshot


def _not_stored(campaign: Campaign, snapshot: Snapshot) -> Iterator[Problem]:
    for use in uses(campaign):
        table = snapshot.record.tables.get(use.role)
        names = [column.name for column in table.columns] if table else []
        if use.required and use.column not in names:
            near = doors.near_miss(use.column, names)
            yield Problem(
                where=doors.place(_CAMPAIGN, *use.place),
                what=f'The snapshot has no column "{use.column}".',
                cure=f'Did you mean "{near}"?' if near else "Take the files in again with it.",
            )
