"""What is judged by carries a version: no content changes under one that was used before."""

from __future__ import annotations

import hashlib
import json

import pytest

from checks import places
from checks.written import strict_yaml

KNOWN = {
    "policies/default.yaml": (2, "cdf70de57c9b874b"),
    "policies/bank.yaml": (2, "a8d87100ea2401cd"),
    "checklists/default.yaml": (2, "95c2a49b03ac0373"),
}
"""The version that stands in each file, and the first sixteen letters of what it says."""


def said(name):
    """The version of a file, and the hash of everything else in it; comments say nothing.

    A pack that extends another is held by what it says itself: the run names the hash of both.
    """
    file = places.DATA / name
    told = strict_yaml.load(file)
    rest = {key: value for key, value in told.items() if key != "version"}
    text = json.dumps(rest, sort_keys=True, default=str)
    return told["version"], hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.mark.parametrize("name", KNOWN)
def test_another_content_has_another_version(name):
    assert said(name) == KNOWN[name], (
        f"data/{name} says something else than version {KNOWN[name][0]} did. "
        "Raise `version` in it, then write version and hash here."
    )


def test_every_pack_and_checklist_is_held_here():
    kept = [*places.DATA.glob("policies/*.yaml"), *places.DATA.glob("checklists/*.yaml")]

    assert {f"{file.parent.name}/{file.name}" for file in kept} == set(KNOWN)
