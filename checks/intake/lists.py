"""The only rows that leave: who may be contacted on a channel, and who was taken off and why.

Written when the owner asks; whoever calls this records that it happened.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from checks.audience.leaving import Keyed
from checks.campaign import Campaign, ChannelName
from checks.case import Case
from checks.evidence import Waterfall
from checks.intake.workroom import workroom
from checks.people.permission import (
    DENIED,
    EXPIRED,
    MAY,
    MINOR,
    NO_DAY,
    NO_PROOF,
    NO_RECORD,
    NOT_YET,
    OBJECTED,
    ON_THE_LIST,
    SUPPRESSED,
    UNEXPLAINED,
    WITHDRAWN,
    WRONG,
    Standing,
    bins,
    standing,
    unseen,
)
from checks.policy import Policy
from checks.refusal import refuse
from checks.written.doors import near_miss

_FILE = "campaign.yaml"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9]+([.][0-9]+)?")

WHY = {
    SUPPRESSED: "is on the do-not-contact list",
    OBJECTED: "objected",
    NO_RECORD: "no answer is on record",
    DENIED: "said no",
    WITHDRAWN: "took the yes back",
    UNEXPLAINED: "nobody has explained what the answer means",
    WRONG: "the yes is for another purpose or channel",
    EXPIRED: "the yes has expired",
    NOT_YET: "the yes is dated after the launch",
    NO_PROOF: "there is no proof of the yes",
    NO_DAY: "the day of the yes is not known",
    MINOR: "is under the age of consent",
}
"""Why somebody in a bin is taken off, for whoever reads the removed list."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lists:
    """The two files of one channel."""

    contact: Path
    """The keys that may be contacted."""
    removed: Path
    """The keys that were taken off, each with its reason."""
    may_be_contacted: int
    taken_off: int
    made_harmless: int
    """Keys that a spreadsheet would have run as a formula; they have an apostrophe in front."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """The lists of one channel, and what has to be told with them."""

    lists: Lists
    waterfall: Waterfall
    """The same people as counts: each of the list is in one bin."""
    nameless: int
    """People on the list whose row has no key: they are in neither file."""
    not_looked_at: tuple[str, ...]
    """What was not in the files, so that somebody may be kept who should not be."""


def make_lists(
    snapshot: Path,
    campaign: Campaign,
    policy: Policy,
    channel: str,
    folder: Path,
    *,
    name: str | None = None,
) -> Made:
    """Write both lists of a channel: exactly the last bin of its waterfall, and all the others.

    `name` begins the names of the files; without it the channel does. Raises
    `checks.refusal.Refused` where people cannot be told apart, or their answers are not there.
    """
    named = _channel(campaign, channel)
    key = _key(campaign)
    audience = Keyed.open(snapshot, campaign, policy)
    try:
        case = Case(campaign=campaign, audience=audience, policy=policy)
        counted = _counted(case, named)
        nameless: Counter[str] = Counter()
        people = _people(audience, case, named, counted, nameless)
        lists = write_lists(people, folder, name or named, key=key)
        missing = tuple(one.what for one in unseen(case, named))
    finally:
        audience.close()
    return Made(
        lists=lists,
        waterfall=counted.waterfall(f"Who may be contacted by {named.replace('_', ' ')}"),
        nameless=nameless.total(),
        not_looked_at=missing,
    )


def write_lists(
    people: Iterable[tuple[str, str | None]], folder: Path, name: str, *, key: str = "key"
) -> Lists:
    """Write both lists of a channel from each person's key and reason; no reason means yes.

    `name` begins the names of the files, `key` is their first heading. Both files appear whole,
    readable by their owner only, or not at all.
    """
    kept = off = harmless = 0
    _make(folder)
    contact, removed = folder / f"{name}-contact.csv", folder / f"{name}-removed.csv"
    with workroom(folder) as work:
        yes, no = work / "contact", work / "removed"
        with _private(yes) as yes_file, _private(no) as no_file:
            yes_rows, no_rows = csv.writer(yes_file), csv.writer(no_file)
            yes_rows.writerow([without_formula(key)])
            no_rows.writerow([without_formula(key), "reason"])
            for one, reason in people:
                shown = without_formula(one)
                harmless += shown != one
                if reason is None:
                    yes_rows.writerow([shown])
                    kept += 1
                else:
                    no_rows.writerow([shown, without_formula(reason)])
                    off += 1
        yes.replace(contact)
        no.replace(removed)
    return Lists(
        contact=contact,
        removed=removed,
        may_be_contacted=kept,
        taken_off=off,
        made_harmless=harmless,
    )


def without_formula(cell: str) -> str:
    """A cell that no spreadsheet runs; plain numbers, so phone numbers too, stay as they are.

    >>> without_formula("=1+1"), without_formula("+4930123")
    ("'=1+1", '+4930123')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def _people(
    audience: Keyed, case: Case, name: ChannelName, counted: Standing, nameless: Counter[str]
) -> Iterator[tuple[str, str | None]]:
    """Everybody on the list with the reason against contact; those without a key are counted.

    Breaks off unless each bin held exactly the people that were counted in it.
    """
    seen: Counter[str] = Counter()
    for key, bin_ in audience.each(bins(case, name), ON_THE_LIST):
        seen[bin_] += 1
        if key is None:
            nameless[bin_] += 1
        else:
            yield key, None if bin_ == MAY else WHY[bin_]
    if seen != Counter(counted.people):
        raise RuntimeError("the lists do not hold the people who were counted")


def _channel(campaign: Campaign, name: str) -> ChannelName:
    if name in campaign.channels:
        return name
    near = near_miss(name, campaign.channels)
    named = ", ".join(campaign.channels) or "none"
    cure = f"Did you mean “{near}”?" if near else f"Its channels are: {named}."
    raise refuse(f"{_FILE}, channels", f"The campaign has no channel “{name[:40]}”.", cure)


def _key(campaign: Campaign) -> str:
    """The column of keys; without one, nobody can be named in a list (`no_key`)."""
    if campaign.people.weight is not None:
        raise refuse(
            f"{_FILE}, people.weight",
            "The file holds counts and no people, so nobody can be named in a list.",
            "Bring a file with a row a person, and name the column that tells them apart.",
        )
    if campaign.people.key is None:
        raise refuse(
            f"{_FILE}, people.key",
            "No column tells people apart, so nobody can be named in a list.",
            "Name the column that holds each person's number.",
        )
    return campaign.people.key


def _counted(case: Case, name: ChannelName) -> Standing:
    """Where everybody stands; refused where it cannot be told who may be contacted."""
    if not case.audience.targeted:
        raise refuse(
            f"{_FILE}, people.targeted",
            "Nobody is on the list, so there is nothing to clean.",
            "Check which column says who is on the list, and its values.",
        )
    consent = case.campaign.channels[name].basis == "consent"
    if consent and not case.audience.has(f"{name}.status"):
        raise refuse(
            f"{_FILE}, channels.{name}.permission.status",
            f"Who agreed to {name.replace('_', ' ')} is not in the files.",
            "Bring the answers people gave; until then nobody may be contacted this way.",
        )
    return standing(case, name)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError
    except OSError:
        cure = "Name another folder, or one that does not exist yet."
        raise refuse(str(folder), "The lists cannot be written there.", cure) from None


def _private(file: Path) -> TextIO:
    """A new file that only its owner may read."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(handle, "w", encoding="utf-8", newline="")
