"""Several files as one campaign: whose layout each has, and what part it plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from checks.drafts import drafting
from checks.drafts.drafting import Facts
from checks.intake import layouts, roles
from checks.intake.layouts import Layout, Recognised
from checks.intake.roles import PEOPLE, Files, Part
from checks.refusal import refuse

LABELS = "answer by file"
"""The name of the column that files make, where each is a status of its own."""


def gathered(
    files: Files, facts: Facts, played: Mapping[str, Part] | None = None
) -> dict[str, Any]:
    """The campaign file that several files make.

    `played` is the part of each; as it is proposed where nobody says. Files of one layout in which
    each is a status are read together. Where all play a part beside people, the people are those
    whom the first names. Raises `Refused` where two play one part.
    """
    parts = played or roles.parts(files)
    known = {name: layouts.recognised(one.column for one in files[name]) for name in files}
    used = [name for name in files if parts[name].role != roles.LEFT_OUT]
    people = [name for name in used if parts[name].role == PEOPLE] or used[:1]
    if not people:
        what = "None of the files holds the people."
        raise refuse("the files", what, "Say which one does, or bring it.")
    sections: dict[str, dict[str, Any]] = {}
    said: list[str] = []
    for name in used:
        role, found = parts[name].role, known[name]
        if role != PEOPLE:
            told = _section(found.layout, facts) if found and found.layout.section else None
            _add(
                sections, role, name, _as_told(role, parts[name].columns) if told is None else told
            )
            said.extend(found.layout.missing if found else ())
    facts = replace(facts, missing=(*facts.missing, *said))
    columns = {one.column: one for name in people for one in files[name]}
    named, labelled = _named(people, files, known[people[0]], parts)
    return drafting.campaign(columns.values(), facts, named, beside=sections, labelled=labelled)


def says(files: Files) -> tuple[str, ...]:
    """What each file was recognised as, a sentence each."""
    found = (layouts.recognised(one.column for one in columns) for columns in files.values())
    return tuple(dict.fromkeys(one.says for one in found if one))


def _named(
    people: Sequence[str], files: Files, known: Recognised | None, parts: Mapping[str, Part]
) -> tuple[drafting.Named, str]:
    """The people files, and the column that their labels make where each is a status."""
    if known and known.layout.labels:
        labels = {name: _label(name, files, known) for name in people}
        if len(people) == 1 and labels[people[0]] is None:
            return people[0], ""
        return _by_label(labels, known), known.layout.label_column
    told = {name: parts[name].label for name in people}
    if len(people) > 1 and any(told.values()):
        return _by_label({name: label or None for name, label in told.items()}, known), LABELS
    return people[0] if len(people) == 1 else list(people), ""


def _label(name: str, files: Files, known: Recognised) -> str | None:
    return known.layout.label(name, (one.column for one in files[name]))


def _by_label(labels: Mapping[str, str | None], known: Recognised | None) -> dict[str, str]:
    """The files by their label; raises `Refused` where one has none, or two have the same."""
    named: dict[str, str] = {}
    tool = f" of {known.tool}" if known else ""
    for name, label in labels.items():
        if label is None:
            may = f"Let its name say one of: {_labels(known.layout)}." if known else ""
            what = f"Which status{tool} it holds cannot be told."
            raise refuse(name, what, may or "Say what everybody in it answered.")
        if label in named:
            what = f"It holds the same status as {named[label]} ({label})."
            raise refuse(name, what, "Bring each of them once.")
        named[label] = name
    return named


def _labels(layout: Layout) -> str:
    return ", ".join(dict.fromkeys(one.label for one in layout.labels))


def _as_told(role: str, columns: Mapping[str, str]) -> dict[str, Any]:
    """The section of a side file: its columns, and how its people are found.

    Answers that name no channel are about every one.
    """
    told: dict[str, Any] = {name: one for name, one in columns.items() if name not in _MEETS}
    if role == "permissions":
        told.setdefault("channel", None)
    column = columns.get("matches")
    how = {name: columns[name] for name in _MEETS[1:] if columns.get(name)}
    if column:
        told["matches"] = {"column": column, **how} if how else column
    return told


_MEETS = ("matches", "as", "hashed", "country_code")


def _section(layout: Layout, facts: Facts) -> dict[str, Any]:
    more = layout.when_profiling if facts.profiling else {}
    return {**layout.section, **more}


def _add(sections: dict[str, dict[str, Any]], role: str, name: str, told: dict[str, Any]) -> None:
    if role in sections:
        what = f"Two files would be the {role} file: {sections[role]['file']} and this one."
        raise refuse(name, what, "Put them together, or bring one of them.")
    sections[role] = {"file": name, **told}
