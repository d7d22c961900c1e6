"""No card numbers, addresses or notes came along in the file.

## Why it matters
What nobody meant to bring nobody protects, and it is what thieves look for first.

## How it judges
At intake every column of the people file is counted, also those that nobody mapped: how many values
have the shape of a card, an account, an email address, a phone number or a national number. Cards
and accounts are held against their check digits. More than `unexpected` columns in which more than
`column_share` of the values fit fail; a column whose values are longer than `free_text_length`
characters on average is watched as free text. The key, and fields said to identify, are exempt.

## What to do
Leave the column out of the export, and load the file again.

## What it cannot see
Misses and false alarms: one in ten random numbers of 16 digits passes a card's check digit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, Reason, cannot_tell, clear, fail, watch
from checks.phrases import be, listed, many, them, verb
from checks.policy import Part
from checks.registry import Findings, check
from checks.small_cells.withholding import shown

SHAPES = {
    "card": "card numbers",
    "iban": "account numbers",
    "email": "email addresses",
    "phone": "phone numbers",
    "national": "national numbers",
}
"""What a column may look like, the gravest first."""
SHORT = 20
"""Values of fewer letters on average are called short: only of longer ones are all counted."""


class Limits(Part):
    """How much of a column, how many columns, and how long a text."""

    column_share: float
    """Of a column's values: more have to fit."""
    unexpected: int
    """Columns that look like identifiers: above it, fail."""
    free_text_length: float
    """Mean characters: above it, a column is free text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """What one column looks like, over all files of the people."""

    filled: int = 0
    letters: int = 0
    fits: Counter[str] = field(default_factory=Counter)

    def shape(self, share: Fraction) -> str | None:
        """The shape that more than this share of its values have; the commonest, the gravest."""
        fitting = [one for one in SHAPES if self.fits[one] > share * self.filled]
        return max(fitting, key=lambda one: self.fits[one], default=None)

    @property
    def mean(self) -> int | None:
        """Mean letters of its values; None where they are short, and were perhaps not counted."""
        long = self.filled and self.letters >= SHORT * self.filled
        return round(self.letters / self.filled) if long else None

    def is_text(self, length: Fraction) -> bool:
        """Whether its values are longer than this on average."""
        return self.letters > length * self.filled


@check(
    title="Identifiers and free text that came along",
    question="Did card numbers, addresses or notes slip into the file?",
    cites=["GDPR 5(1)(c)", "GDPR 5(1)(f)", "GDPR 32", "our policy"],
    shared=("small_cells",),
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Judge all columns of the people's files."""
    limits = case.limits(Limits)
    columns = _columns(case)
    if not columns:
        yield cannot_tell(
            "identifiers",
            "What the columns look like was not counted when the file was taken in.",
            reason=Reason.COLUMN_MISSING,
            remedy="Delete the people data of this campaign, and bring the files again.",
        )
        return
    exempt = _exempt(case)
    looked_at = {name: one for name, one in columns.items() if name.lower() not in exempt}
    share = Fraction(str(limits.column_share))
    stray = {name: shape for name, one in looked_at.items() if (shape := one.shape(share))}
    yield _identifiers(case, looked_at, stray, limits)
    yield _texts({n: one for n, one in looked_at.items() if n not in stray}, limits)


def _columns(case: Case) -> dict[str, Column]:
    """Every column of the people's files that holds anything, or could."""
    found: dict[str, Column] = {}
    for source in case.audience.intake["sources"]:
        for told in source.get("profiles", ()) if source["role"] == "people" else ():
            one = found.get(told["column"], Column())
            found[told["column"]] = Column(
                filled=one.filled + told["filled"],
                letters=one.letters + (told["letters"] or 0),
                fits=one.fits + Counter({shape: told[shape] or 0 for shape in SHAPES}),
            )
    return found


def _exempt(case: Case) -> set[str]:
    """The key, and the fields that are said to identify a person."""
    named = {one.name.lower() for one in case.campaign.fields or () if one.role == "identifier"}
    return named | {(case.campaign.people.key or "").lower()}


def _identifiers(
    case: Case, looked_at: Mapping[str, Column], stray: Mapping[str, str], limits: Limits
) -> Finding:
    of = many(len(looked_at), "column")
    if len(stray) <= limits.unexpected:
        return clear(
            "identifiers",
            f"None of {of} looks like cards, accounts, addresses, phones or national numbers.",
            _looked_at(looked_at),
        )
    said = [f"{name} like {SHAPES[shape]}" for name, shape in stray.items()]
    return fail(
        "identifiers",
        f"{len(stray):,} of {of} {verb(len(stray), 'looks', 'look')} like identifiers: "
        f"{listed(said)}.",
        _fitting(case, looked_at, stray),
        remedy=f"Leave {them(len(stray))} out and load the file again, or say that the campaign "
        "needs it (fields, role: identifier).",
    )


def _fitting(case: Case, looked_at: Mapping[str, Column], stray: Mapping[str, str]) -> Table:
    below = case.policy.small_cells.suppress_below.value
    return Table(
        title="Columns that look like identifiers",
        columns=("column", "looks like", "values that fit", "of"),
        rows=tuple(
            (
                name,
                SHAPES[shape],
                shown(looked_at[name].fits[shape], below),
                shown(looked_at[name].filled, below),
            )
            for name, shape in stray.items()
        ),
    )


def _looked_at(looked_at: Mapping[str, Column]) -> Table:
    return Table(
        title="Columns that were looked at",
        columns=("column", "filled rows"),
        rows=tuple((name, one.filled) for name, one in looked_at.items()),
    )


def _texts(looked_at: Mapping[str, Column], limits: Limits) -> Finding:
    longest = Fraction(str(limits.free_text_length))
    texts = {name: one for name, one in looked_at.items() if one.is_text(longest)}
    if not texts:
        return clear(
            "free text",
            f"None of {many(len(looked_at), 'column')} holds texts of over "
            f"{limits.free_text_length:g} characters on average.",
            _lengths(looked_at),
        )
    return watch(
        "free text",
        f"{len(texts):,} of {many(len(looked_at), 'column')} {be(len(texts))} free text, in which "
        f"anything may stand: {listed(list(texts))}.",
        _lengths(texts),
        remedy=f"Leave {them(len(texts))} out and load the file again.",
    )


def _lengths(some: Mapping[str, Column]) -> Table:
    return Table(
        title="How long the values of a column are",
        columns=("column", "mean characters", "filled rows"),
        rows=tuple(
            (name, "short" if one.mean is None else one.mean, one.filled)
            for name, one in some.items()
        ),
    )
