"""Propose a campaign file from people files: what ``python -m checks template FILE…`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from checks import drafting
from checks.intake.propose import MEANINGS, Meaning, Proposal, propose
from checks.intake.survey import survey

_TO_SAY = {
    "owner": "who answers for the campaign",
    "launch": "the day it goes out, as 2026-12-01",
    "sector": (
        "general, credit, housing, employment, insurance, education, health, political or gambling"
    ),
    "effect": "opportunity (people may want to be on the list) or burden",
}
"""What no file can tell; these lines are left open."""


def template(files: Sequence[Path]) -> str:
    """A campaign file as text, with a reason for every column; raises `Refused`.

    The first file holds the people; a second one is taken for the do-not-contact list.
    """
    columns = propose(survey(files[0], files[0].name))
    name = files[0].stem.replace("_", " ").replace("-", " ").strip().capitalize() or "Campaign"
    facts = drafting.Facts(
        id=drafting.slug(name),
        name=name,
        owner="",
        launch="",
        sector="",
        effect="",
        regions=(),
        channels={one.channel: "consent" for one in columns if one.channel},
        complete=False,
    )
    told = drafting.campaign(columns, facts, files[0].name, _refused(files[1:]))
    lines = yaml.safe_dump(told, sort_keys=False, allow_unicode=True).splitlines()
    return "\n".join([_HEAD, *_reasons(columns), "", *map(_open, lines), ""])


_HEAD = "# Proposed from the data. Fill in the lines that end in a question, and correct the rest."


def _reasons(columns: Sequence[Proposal]) -> list[str]:
    return [
        f"#   {' '.join(one.column.split())}: {MEANINGS[one.meaning]}"
        f"{'' if one.sure else ' (please check)'}, because {one.because}"
        for one in columns
        if one.meaning is not Meaning.OTHER
    ]


def _open(line: str) -> str:
    name = line.partition(":")[0]
    return f"{name}:  # ? {_TO_SAY[name]}" if name in _TO_SAY else line


def _refused(files: Sequence[Path]) -> dict[str, str] | None:
    if not files:
        return None
    columns = propose(survey(files[0], files[0].name))
    key = next((one.column for one in columns if one.meaning is Meaning.KEY), columns[0].column)
    return {"file": files[0].name, "key": key}
