"""Propose a campaign file from people files: what ``python -m checks template FILE…`` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from checks.campaign.data import Permission
from checks.drafts import drafting, gathering
from checks.intake.propose import MEANINGS, Meaning, Proposal, propose
from checks.intake.survey import surveyed

ANSWERS = ("granted", "denied", "withdrawn", "objected")
"""What a word can be told to mean."""
_TO_SAY = {
    "owner": "who answers for the campaign",
    "launch": "the day it goes out, as 2026-12-01",
    "sector": (
        "general, credit, housing, employment, insurance, education, health, political or gambling"
    ),
    "effect": (
        "opportunity (people may want to be on the list), burden, or not_sure (judged both ways)"
    ),
}
"""What no file can tell; these lines are left open."""


def template(files: Sequence[Path]) -> str:
    """A campaign file as text, with a reason for every column; raises `Refused`.

    Files of a known export layout play the part that the layout gives them. Else the first file
    holds the people, and a second one is taken for the do-not-contact list.
    """
    looked = {file.name: surveyed(file, file.name) for file in files}
    columns = {name: propose(one.columns) for name, one in looked.items()}
    repairs = [f"#   {name}: {told}" for name, one in looked.items() for told in one.repairs]
    name = files[0].stem.replace("_", " ").replace("-", " ").strip().capitalize() or "Campaign"
    every = [one for told in columns.values() for one in told]
    facts = drafting.Facts(
        id=drafting.slug(name),
        name=name,
        owner="",
        launch="",
        sector="",
        effect="",
        regions=(),
        channels=dict.fromkeys((one.channel for one in every if one.channel), "consent"),
        complete=False,
    )
    told = gathering.gathered(columns, facts)
    lines = yaml.safe_dump(told, sort_keys=False, allow_unicode=True).splitlines()
    said = [f"# {one}" for one in gathering.says(columns)]
    reasons = [*_reasons(every), *_unused(every)]
    return "\n".join([_HEAD, *said, *repairs, *reasons, "", *map(_open, lines), ""])


_HEAD = "# Proposed from the data. Fill in the lines that end in a question, and correct the rest."


def _reasons(columns: Sequence[Proposal]) -> list[str]:
    told = [one for one in columns if one.meaning is not Meaning.OTHER or one.every_doubt]
    return list(dict.fromkeys(line for one in told for line in _reason(one)))


def _reason(one: Proposal) -> Iterator[str]:
    yield (
        f"#   {' '.join(one.column.split())}: {MEANINGS[one.meaning]}"
        f"{'' if one.sure else ' (please check)'}, because {one.because}"
    )
    for doubt in one.every_doubt:
        yield f"#     {' '.join(doubt.split())}"
    strange = _strange(one) if one.meaning is Meaning.PERMISSION else 0
    if strange:
        yield (
            f"#     {strange} of its {len(one.values)} words are not known here and count as a no. "
            "Beside “status:”, say what they mean: granted: […], denied: […], withdrawn: […]"
        )


def _strange(one: Proposal) -> int:
    """How many words of an answer no campaign file knows unless it is told."""
    every = (Permission.model_fields[name].default for name in ANSWERS)
    known = {word for words in every for word in words}
    return sum(word.casefold() not in known for word in one.values)


def _unused(columns: Sequence[Proposal]) -> Iterator[str]:
    """The columns without a meaning, by name: what is passed over is said."""
    passed = dict.fromkeys(
        " ".join(one.column.split()) for one in columns if one.meaning is Meaning.OTHER
    )
    if passed:
        yield f"# Not used, as nothing tells what they mean: {', '.join(passed)}"


def _open(line: str) -> str:
    name = line.partition(":")[0]
    return f"{name}:  # ? {_TO_SAY[name]}" if name in _TO_SAY else line
