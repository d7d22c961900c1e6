"""What was judged, under what, as hashes: change one thing and the fingerprint is another.

Every hash is SHA-256 over canonical JSON (RFC 8785), so that a comment in a file, the order of its
lines or the folder it lies in change nothing, and whatever has a meaning does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import rfc8785
from pydantic import JsonValue

from checks.campaign import Campaign
from checks.policy import Policy
from checks.written import strict_yaml

PATHS = ("file", "snapshot", "database", "table", "in_place")
"""Where a file lies is no part of what it says."""


def hashed(value: JsonValue) -> str:
    """SHA-256 over the canonical JSON of a value.

    >>> hashed({"b": 1, "a": 2.0}) == hashed({"a": 2, "b": 1.0})
    True
    """
    return sha256(rfc8785.dumps(value)).hexdigest()


def of_campaign(
    campaign: Campaign, notice: str | None, creatives: Mapping[str, str] | None = None
) -> str:
    """The campaign without its paths, the words of its notice, the hash of each creative's file."""
    said = campaign.model_dump(mode="json", by_alias=True, exclude_none=True)
    words = None if notice is None else sha256(notice.encode()).hexdigest()
    shown: dict[str, JsonValue] = {**(creatives or {})}
    return hashed({"campaign": _without_paths(said), "notice": words, "creatives": shown})


def of_people(files: Iterable[tuple[str, str]]) -> str:
    """Every source file by role, with its own hash; the order of the files does not matter."""
    by_role: dict[str, JsonValue] = {}
    for role, found in sorted(files):
        held = by_role.setdefault(role, [])
        assert isinstance(held, list)
        held.append(found)
    return hashed(by_role)


def of_policy(policy: Policy) -> str:
    """The policy pack, every number of it."""
    return hashed(policy.model_dump(mode="json"))


def of_checklist(file: Path) -> str:
    """The checklist, every word of it; raises `checks.refusal.Refused` where it is not there."""
    return hashed(strict_yaml.load(file))


def _without_paths(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        kept = {name: one for name, one in value.items() if name not in PATHS}
        return {name: _without_paths(one) for name, one in kept.items()}
    if isinstance(value, list):
        return [_without_paths(one) for one in value]
    return value
