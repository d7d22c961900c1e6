"""The groups of a campaign's people: how many of each are on the list, and what to call them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from checks.audience import SMALLER
from checks.campaign import Stage
from checks.case import Case
from checks.conditions import Condition, FirstOf
from checks.fairness.judging import Group
from checks.small_cells.withholding import shown, withhold

NOT_KNOWN = "not known"
"""The name under which people stand whose group is not known."""
WOMEN = frozenset({"f", "female", "females", "w", "woman", "women"})
MEN = frozenset({"m", "male", "males", "man", "men"})
SEX = frozenset({"gender", "sex"})


@dataclass(frozen=True, slots=True)
class Words:
    """What a stage of the campaign does to people."""

    did: str
    did_not: str
    title: str


WORDS: Mapping[Stage, Words] = {
    "targeted": Words("were chosen", "were left out", "On the list"),
    "delivered": Words("were reached", "were not reached", "Reached"),
    "responded": Words("responded", "did not respond", "Responded"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """One attribute: its groups in their order, and the people whose group is not known."""

    attribute: str
    groups: tuple[Group, ...]
    unknown: Group

    @property
    def everyone(self) -> Group:
        """All people of the file, the unknown with them."""
        lots = (*self.groups, self.unknown)
        return Group("everyone", sum(one.on for one in lots), sum(one.of for one in lots))

    def named(self, group: str) -> Group:
        """The group of this name."""
        return next(one for one in self.groups if one.name == group)


def tally(case: Case, attribute: str) -> Tally:
    """Count one attribute's groups, on the list and in the file."""
    fact = f"attribute.{attribute}"
    on: Counter[str | None] = Counter()
    of: Counter[str | None] = Counter()
    for count in case.audience.count(fact, "targeted"):
        group, targeted = count.values
        of[group] += count.people
        on[group] += count.people if targeted else 0
    return Tally(
        attribute=attribute,
        groups=tuple(Group(name, on[name], of[name]) for name in case.audience.groups(attribute)),
        unknown=Group(NOT_KNOWN, on[None], of[None]),
    )


def tally_of(case: Case, attribute: str, on: Condition, among: Condition) -> Tally:
    """Count one attribute's groups among some people: those of whom something holds, and all."""
    fact = f"attribute.{attribute}"
    holds = FirstOf("holds", (("on", on),), otherwise="off")
    on_: Counter[str | None] = Counter()
    of: Counter[str | None] = Counter()
    for count in case.audience.count(fact, holds, where=among):
        group, found = count.values
        of[group] += count.people
        on_[group] += count.people if found == "on" else 0
    names = [name for name in case.audience.groups(attribute) if of[name]]
    return Tally(
        attribute=attribute,
        groups=tuple(Group(name, on_[name], of[name]) for name in names),
        unknown=Group(NOT_KNOWN, on_[None], of[None]),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """Which counts of a tally may be shown; None is withheld."""

    on: Mapping[str, int | None]
    of: Mapping[str, int | None]
    below: int
    """Counts from one up to this are withheld."""

    def comparable(self, group: Group, reference: Group) -> bool:
        """Whether numbers that come of both groups' counts give nothing away."""
        counts = (self.on[group.name], self.of[group.name])
        return None not in (*counts, self.on[reference.name], self.of[reference.name])


def showing(counted: Tally, below: int) -> Shown:
    """Withhold small counts, and others with them where a total would give them away.

    On the list and off it count alike: 410 of 412 on the list are two off it.
    """
    lots = (*counted.groups, counted.unknown)
    names = [one.name for one in lots]
    hidden = _hidden(lots, below)
    [of] = withhold([[one.of for one in lots]], below)
    on = {one.name: None if at in hidden else one.on for at, one in enumerate(lots)}
    return Shown(on=on, of=dict(zip(names, of, strict=True)), below=below)


def _hidden(lots: Sequence[Group], below: int) -> set[int]:
    """Places of the groups whose number on the list is withheld: two or more, and enough people."""
    small = {
        at for at, one in enumerate(lots) if None in (shown(one.on, below), shown(one.off, below))
    }
    rising = sorted(
        (at for at in range(len(lots)) if at not in small),
        key=lambda at: (not lots[at].on or not lots[at].off, lots[at].on, at),
    )
    while small and rising and not _enough([lots[at] for at in small], below):
        small.add(rising.pop(0))
    return small


def _enough(lots: Sequence[Group], below: int) -> bool:
    """Whether what is withheld cannot be worked out from the totals."""
    return len(lots) > 1 and min(sum(o.on for o in lots), sum(o.off for o in lots)) >= below


def joined(
    parts: Sequence[tuple[str, int]], below: int, name: str, also: Collection[str] = ()
) -> tuple[tuple[str, int], ...]:
    """Parts of a whole with the small ones put together, until they are no longer small.

    `also` are parts to be put together for another reason.

    >>> joined([("a", 40), ("b", 3), ("c", 9)], 5, "smaller ones")
    (('a', 40), ('smaller ones', 12))
    """
    rising = sorted((part for part in parts if part[1]), key=lambda part: part[1])
    small = [part for part in rising if shown(part[1], below) is None or part[0] in also]
    if not small:
        return tuple(parts)
    rest = [part for part in rising if part not in small]
    while rest and (len(small) < 2 or sum(n for _, n in small) < below):
        small.append(rest.pop(0))
    apart = tuple(part for part in parts if part not in small)
    return (*apart, (name, sum(people for _, people in small)))


def called(case: Case, attribute: str, group: str) -> str:
    """What to call the people of a group: ``women``, ``people aged 65 and over``.

    Words of the data stand as they are where nothing better is certain.
    """
    what, word = attribute.replace("_", " "), group.strip().casefold()
    if group == SMALLER:
        return f"people in smaller groups of {what}"
    if attribute.casefold() in SEX and _only(case, attribute, word):
        return "women" if word in WOMEN else "men"
    if case.campaign.attributes[attribute].as_ == "text":
        return f"people with {what} {group}"
    return f"people {group}" if word.startswith("under ") else f"people aged {group}"


def _only(case: Case, attribute: str, word: str) -> bool:
    """Whether no other group's word means women, or men, as well."""
    meant = next((words for words in (WOMEN, MEN) if word in words), frozenset())
    groups = (one.strip().casefold() for one in case.audience.groups(attribute))
    return sum(one in meant for one in groups) == 1


def crossed(first: str, second: str) -> str:
    """What to call people who are in both groups.

    >>> crossed("people aged 65 and over", "women")
    'women aged 65 and over'
    >>> crossed("people with area north", "people under 18")
    'people with area north, under 18'
    >>> crossed("people with area north", "people with plan gold")
    'people with area north and plan gold'
    """
    names = sorted((first, second), key=lambda name: name.startswith("people "))
    nouns = [name for name in names if not name.startswith("people ")]
    tails = [name.removeprefix("people ") for name in names if name.startswith("people ")]
    if all(tail.startswith("with ") for tail in tails):
        tails = [" and ".join([*tails[:1], *(tail.removeprefix("with ") for tail in tails[1:])])]
    return f"{' and '.join(nouns) or 'people'} {', '.join(tails)}".rstrip()


def merged(case: Case, attribute: str, group: str) -> str:
    """The names of the groups that stand together as the smaller ones, for a sentence."""
    names = case.audience.merged(attribute) if group == SMALLER else ()
    return f" ({', '.join(names)})" if names else ""
