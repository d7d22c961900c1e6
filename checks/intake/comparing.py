"""A list that is about to be sent, held against the people of an approval; counts come out.

Both are compared as keyed digests, in the database that reads files and nothing else.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from checks.audience import digests, matching
from checks.campaign import Campaign, Match
from checks.intake import layouts, staging
from checks.intake.lists import Lists, write_lists
from checks.intake.loader import Loader, literal
from checks.intake.members import NOT_COVERED, SAID_NO
from checks.intake.sorting import trimmed
from checks.intake.staged import Staged
from checks.refusal import refuse
from checks.written.doors import near_miss

NO_WORDS = ("false", "no", "0", "n", "f")
"""What a flag of a do-not-contact file says where it says nothing against contact."""
NOT_APPROVED = "was not on the approved list"
SAYS_NO = "said no"


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """How a list differs from the approved one, in people."""

    approved: int
    """People the approval covers."""
    rows: int
    """Rows of the list."""
    people: int
    """Different people in it."""
    same: int
    """Approved, in the list, and nobody says that they said no."""
    added: int
    """In the list and not approved."""
    nameless: int
    """Rows of the list without a key."""
    still_there: int
    """In the list although they said no, at the review or since."""
    said_no_since: int
    """Not in the list, and they said no since the review."""
    left_out_then: int
    """Not in the list, and the review had them as people who may not be contacted."""
    dropped: int
    """Not in the list, for no reason on record."""

    @property
    def unchanged(self) -> bool:
        """Whether everybody in it was approved, and everybody missing has said no."""
        return not (self.added or self.nameless or self.still_there or self.dropped)


class Comparison:
    """One list against one approval; use it in a ``with``."""

    def __init__(self, work: Path, campaign: Campaign, secret: bytes) -> None:
        """`work` is a folder of ours, in which everything lies meanwhile."""
        self._work = work
        self._campaign = campaign
        self._pads = digests.pads(secret)
        self._loader = Loader(work, rereads=True)
        self._sent: Staged | None = None
        self._key = ""
        self._met: list[str] = []

    def __enter__(self) -> Self:
        self._loader.__enter__()
        self._loader.run("CREATE TABLE no (digest BLOB)")
        return self

    def __exit__(self, *error: object) -> None:
        self._loader.__exit__(None, None, None)

    def send(self, file: Path, key: str) -> None:
        """Read the list; without a name for its key, the column is found."""
        staged = self._staged(file, 0)
        column = key or self._key_of(staged, file)
        if not staged.has(column):
            near = near_miss(column, staged.names)
            cure = f'Did you mean "{near}"?' if near else f"Its columns are {_listed(staged)}."
            raise refuse(file.name, f'It has no column "{column}".', cure)
        self._sent, self._key = staged, self._known(staged, column)
        digest = digests.digest("key")
        self._loader.run(
            f"CREATE TABLE sent AS SELECT {digest} AS digest FROM "
            f"(SELECT {self._key} AS key FROM {staged.view})",
            self._pads,
        )

    def suppress(self, file: Path) -> None:
        """Take a do-not-contact file for a no of everybody it names."""
        staged = self._staged(file, 1)
        told = self._campaign.suppression
        column = self._suppression_key(staged, file)
        flags = [one for one in (told.flags if told else ()) if staged.has(one)]
        where = " OR ".join(self._says(staged, one) for one in flags) or "TRUE"
        match = matching.of(self._campaign, "suppression")
        key = self._known(staged, column, match)
        self._loader.run(
            f"INSERT INTO {self._no('suppression')} SELECT {digests.digest('key')} FROM "
            f"(SELECT {key} AS key FROM {staged.view} WHERE {where}) WHERE key IS NOT NULL",
            self._pads,
        )

    def answers(self, kept: Path) -> None:
        """Take the people who say no in a file of digests (`checks.intake.members.refusals`)."""
        self._loader.run(
            f"INSERT INTO {self._no('permissions')} SELECT digest FROM read_parquet($file) "
            f"WHERE stood = {SAID_NO}",
            {"file": literal(kept)},
        )

    def compared(self, members: Path) -> Compared:
        """Hold it against the people of an approval."""
        beside = self._work / "members.parquet"
        shutil.copyfile(members, beside)
        self._loader.run(
            "CREATE VIEW member AS FROM read_parquet($file)".replace(
                "$file", f"'{literal(beside)}'"
            )
        )
        self._find_refused()
        [(rows, nameless)] = self._loader.run(
            "SELECT count(*), count(*) FILTER (digest IS NULL) FROM sent"
        )
        [counts] = self._loader.run(
            f"SELECT {', '.join(f'count(*) FILTER ({one})' for one in _COUNTS.values())} FROM "
            "(SELECT DISTINCT digest FROM sent WHERE digest IS NOT NULL) AS s "
            "FULL JOIN member AS m ON s.digest = m.digest "
            "LEFT JOIN refused AS r ON r.digest = coalesce(s.digest, m.digest)"
        )
        found = dict(zip(_COUNTS, counts, strict=True))
        return Compared(rows=rows, nameless=nameless, **found)

    def _no(self, role: str) -> str:
        """Where those go whom a side file names: by their key, or by what it meets them by."""
        if matching.of(self._campaign, role) is None:
            return "no"
        self._loader.run(f"CREATE TABLE IF NOT EXISTS no_{role} (digest BLOB)")
        self._met.append(role)
        return f"no_{role}"

    def _find_refused(self) -> None:
        """Everybody who said no, by the digest of the key."""
        kept = {name for name, *_ in self._loader.run("DESCRIBE member")}
        if not set(self._met) <= kept:
            raise refuse(
                "the members",
                "They were kept before a list could name them by another column than their key.",
                "Run the checks again, and decide again.",
            )
        links = "".join(
            f" UNION SELECT digest FROM (SELECT digest, unnest({role}) AS link FROM member) "
            f"WHERE link IN (SELECT digest FROM no_{role})"
            for role in self._met
        )
        self._loader.run(f"CREATE TABLE refused AS SELECT DISTINCT digest FROM no{links}")

    def lists(self, folder: Path, name: str, key: str) -> Lists:
        """Write who may be sent to, and who is taken off and why; after `compared`."""
        return write_lists(self._each(), folder, name, key=key or "key")

    def _each(self) -> Iterator[tuple[str, str | None]]:
        assert self._sent is not None
        digest = digests.digest("key")
        self._loader.run(
            "CREATE TABLE told AS SELECT key, m.digest IS NULL AS strange, "
            f"r.digest IS NOT NULL OR coalesce(m.stood = {SAID_NO}, FALSE) AS no FROM "
            f"(SELECT key, {digest} AS digest FROM (SELECT DISTINCT {self._key} AS key "
            f"FROM {self._sent.view}) WHERE key IS NOT NULL) AS s "
            "LEFT JOIN member AS m ON s.digest = m.digest "
            "LEFT JOIN refused AS r ON r.digest = s.digest ORDER BY key",
            self._pads,
        )
        for key, strange, no in self._loader.each("SELECT key, strange, no FROM told"):
            yield key, SAYS_NO if no else NOT_APPROVED if strange else None

    def _staged(self, file: Path, number: int) -> Staged:
        staging.kind(file.name)
        [(name, found)] = staging.located(file.parent, file.name, file.name)
        raw = self._work / "raw"
        raw.mkdir(exist_ok=True)
        return staging.staged(self._loader, found, name, raw, number)

    def _known(self, staged: Staged, column: str, match: Match | None = None) -> str:
        """A key as it is compared; NULL where it is not known."""
        cell = trimmed(staged.cell(column))
        missing = sorted({word.strip().casefold() for word in self._campaign.people.missing} | {""})
        words = ", ".join("'" + word.replace("'", "''") + "'" for word in missing)
        normal = matching.alike(cell, match) if match else digests.normal(cell)
        return f"CASE WHEN lower({cell}) NOT IN ({words}) THEN {normal} END"

    def _says(self, staged: Staged, flag: str) -> str:
        words = ", ".join(f"'{word}'" for word in NO_WORDS)
        return f"coalesce(lower({trimmed(staged.cell(flag))}) NOT IN ('', {words}), FALSE)"

    def _key_of(self, staged: Staged, file: Path) -> str:
        """The column of the key: as in the review, as its tool calls it, or the only one."""
        named = self._campaign.people.key or ""
        if staged.has(named):
            return named
        if len(staged.names) == 1:
            return staged.names[0]
        found = layouts.recognised(staged.names)
        means = {name: found.layout.taken(name) for name in staged.names} if found else {}
        keys = [name for name, taken in means.items() if taken and taken.means == "key"]
        if len(keys) == 1:
            return keys[0]
        raise refuse(
            file.name,
            f'It has no column "{named}", by which people were told apart in the review.',
            f"Name the column with --key. Its columns are {_listed(staged)}.",
        )

    def _suppression_key(self, staged: Staged, file: Path) -> str:
        told = self._campaign.suppression
        named = (told.key if told else None) or self._campaign.people.key or ""
        if staged.has(named):
            return named
        if len(staged.names) == 1:
            return staged.names[0]
        cure = f"Its columns are {_listed(staged)}."
        raise refuse(file.name, f'It has no column "{named}" with the keys of people.', cure)


_GONE = "s.digest IS NULL"
_HERE = "s.digest IS NOT NULL AND m.digest IS NOT NULL"
_SAID = f"(r.digest IS NOT NULL OR m.stood = {SAID_NO})"
_THEN = f"m.stood IN ({SAID_NO}, {NOT_COVERED})"
_COUNTS = {
    "approved": "m.digest IS NOT NULL",
    "people": "s.digest IS NOT NULL",
    "same": f"{_HERE} AND NOT {_SAID}",
    "added": "m.digest IS NULL",
    "still_there": f"{_HERE} AND {_SAID}",
    "said_no_since": f"{_GONE} AND NOT {_THEN} AND r.digest IS NOT NULL",
    "left_out_then": f"{_GONE} AND {_THEN}",
    "dropped": f"{_GONE} AND NOT {_THEN} AND r.digest IS NULL",
}


def _listed(staged: Staged) -> str:
    names: Sequence[str] = staged.names[:12]
    more = "" if len(staged.names) <= 12 else f" and {len(staged.names) - 12:,} more"
    return ", ".join(names) + more
