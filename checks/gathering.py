"""Several files of one export as one campaign: whose layout each has, and what part it plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from checks import drafting
from checks.drafting import Facts
from checks.intake import layouts
from checks.intake.layouts import Layout, Recognised
from checks.intake.propose import Meaning, Proposal
from checks.refusal import refuse

Files = Mapping[str, Sequence[Proposal]]
"""Each file's columns by its name, in the order in which the files were given."""


def gathered(files: Files, facts: Facts) -> dict[str, Any]:
    """The campaign file that several files make.

    Files of one layout in which each is a status are read together. A file of no known layout
    beside the people's is taken for the do-not-contact list. Where all files play a part beside
    people, the people are those whom the first names. Raises `Refused` where two play one part.
    """
    known = {name: layouts.recognised(one.column for one in files[name]) for name in files}
    beside = {
        name: found.layout
        for name, found in known.items()
        if found and found.layout.role != "people"
    }
    people = [name for name in files if name not in beside] or list(files)[:1]
    together = _together(people, known)
    sections: dict[str, dict[str, Any]] = {}
    for name, layout in beside.items():
        _add(sections, layout.role, name, _section(layout, facts))
    for name in people:
        if name not in together:
            _add(sections, "suppression", name, {"key": key_of(files[name])})
    words = [word for layout in beside.values() for word in layout.missing]
    facts = replace(facts, missing=(*facts.missing, *words))
    columns = {one.column: one for name in together for one in files[name]}
    named = _named(together, files, known[people[0]])
    return drafting.campaign(columns.values(), facts, named, beside=sections)


def key_of(columns: Sequence[Proposal]) -> str:
    """The column of a side file that names people."""
    keys = (one.column for one in columns if one.meaning is Meaning.KEY)
    return next(keys, columns[0].column)


def says(files: Files) -> tuple[str, ...]:
    """What each file was recognised as, a sentence each."""
    found = (layouts.recognised(one.column for one in columns) for columns in files.values())
    return tuple(dict.fromkeys(one.says for one in found if one))


def _together(people: Sequence[str], known: Mapping[str, Recognised | None]) -> list[str]:
    """The people files that are read as one table: those of one layout, each a status."""
    first = known[people[0]]
    if first is None or not first.layout.labels:
        return list(people[:1])
    return [name for name in people if (one := known[name]) and one.layout == first.layout]


def _named(together: Sequence[str], files: Files, known: Recognised | None) -> str | dict[str, str]:
    """The name of the people file, or several by the label that stands for their rows."""
    if known is None or not known.layout.labels:
        return together[0]
    labels: dict[str, str] = {}
    for name in together:
        label = known.layout.label(name, (one.column for one in files[name]))
        if label is None:
            if len(together) == 1:
                return name
            cure = f"Let its name say one of: {_labels(known.layout)}."
            raise refuse(name, f"Which status of {known.tool} it holds cannot be told.", cure)
        if label in labels:
            what = f"It holds the same status as {labels[label]} ({label})."
            raise refuse(name, what, "Bring each of them once.")
        labels[label] = name
    return labels


def _labels(layout: Layout) -> str:
    return ", ".join(dict.fromkeys(one.label for one in layout.labels))


def _section(layout: Layout, facts: Facts) -> dict[str, Any]:
    more = layout.when_profiling if facts.profiling else {}
    return {**layout.section, **more}


def _add(sections: dict[str, dict[str, Any]], role: str, name: str, told: dict[str, Any]) -> None:
    if role in sections:
        what = f"Two files would be the {role} file: {sections[role]['file']} and this one."
        raise refuse(name, what, "Put them together, or bring one of them.")
    sections[role] = {"file": name, **told}
