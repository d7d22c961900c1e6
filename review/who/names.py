"""Names that may be one person's: typed names prove nothing, so a doubt is told and counts."""

from __future__ import annotations

import re
import unicodedata
from email.utils import parseaddr
from functools import lru_cache

from review.store.canonical import same_name

TITLES = {"dr", "prof", "mr", "mrs", "ms", "mx", "sir"}
"""What may stand before a name and makes nobody another person."""


@lru_cache(maxsize=1_000)
def alike(one: str, other: str) -> bool:
    """Whether two names may be one person's: in another order, with initials, without accents.

    >>> alike("Ana Ruiz", "RUIZ, Ána"), alike("A. Ruiz", "Dr. Ana Ruiz"), alike("Ana", "Anna")
    (True, True, False)
    """
    mine, others = _parts(one), _parts(other)
    if len(mine) != len(others) or not (_tells(mine) and _tells(others)):
        return False
    left = list(others)
    for part in mine:  # the longest first, so that an initial takes what is left
        found = next((name for name in left if name == part), None)
        found = found or next((name for name in left if _fits(part, name)), None)
        if found is None:
            return False
        left.remove(found)
    return True


@lru_cache(maxsize=200)
def spellings(owner: str) -> frozenset[str]:
    """The names an owner may type: as in the campaign file, or as the address begins.

    >>> sorted(spellings("Ana.Ruiz@bank.example"))
    ['ana ruiz', 'ana.ruiz', 'ana.ruiz@bank.example']
    """
    name, address = parseaddr(owner) if "<" in owner else ("", owner)
    begins = address.partition("@")[0]
    written = (owner, name, address, begins, re.sub(r"[._]", " ", begins))
    return frozenset(said for one in written if (said := same_name(one)))


def address_of(owner: str) -> str:
    """The address by which a campaign file names its owner; empty where it gives none.

    >>> address_of("Ana Ruiz <Ana.Ruiz@Bank.example>"), address_of("Ana Ruiz")
    ('ana.ruiz@bank.example', '')
    """
    said = same_name(parseaddr(owner)[1])
    return said if "@" in said else ""


def may_be_owner(name: str, owner: str) -> bool:
    """Whether this name may be the owner's."""
    return any(same_name(name) == one or alike(name, one) for one in spellings(owner))


def _parts(name: str) -> tuple[str, ...]:
    bare = unicodedata.normalize("NFKD", same_name(name))
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    parts = (part for part in re.findall(r"[^\W_]+", plain) if part not in TITLES)
    return tuple(sorted(parts, key=len, reverse=True))


def _tells(parts: tuple[str, ...]) -> bool:
    """Whether there is more than initials, which may be anybody's."""
    return any(len(part) > 1 or not part.isascii() for part in parts)


def _fits(one: str, other: str) -> bool:
    """One part of a name for another: its first letter."""
    return min(len(one), len(other)) == 1 and one[0] == other[0]
