"""Which program made a document, beside the one that is here: as a sentence, never as a fault."""

from __future__ import annotations

from collections.abc import Mapping

DIRECTION = "To make it again and compare every byte, use that one."


def another(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """Why a document was not made again here, and with what it can be.

    >>> here = {"candor": "2", "typst": "5", "program": "5e1f", "fonts": "1", "unicode": "14"}
    >>> another({**here, "candor": "1"}, here).partition(". ")[0]
    'It was made by Candor 1 with Typst 5; here is Candor 2 with Typst 5'
    """
    made, here = _named(theirs), _named(ours)
    if made == here:
        made, here = f"{made}, {_build(theirs, ours)}", "another build of it"
    return f"It was made by {made}; here is {here}. {DIRECTION}"


def _named(one: Mapping[str, str]) -> str:
    return f"Candor {one['candor']} with Typst {one['typst']}"


def _build(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """What differs where the versions are the same, with the number to look for."""
    if theirs["program"] != ours["program"]:
        return f"build {theirs['program'][:8]}"
    return "with other fonts" if theirs["fonts"] != ours["fonts"] else "with another Unicode"
