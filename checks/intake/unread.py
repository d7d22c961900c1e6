"""Days and numbers in a form that is not read: they stay words, and a person is told."""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checks.intake.loader import Loader

_MOSTLY = 0.9
"""The share of rows with a value that look so."""
_PEEK = 200
"""Values looked at first: few columns are worth a closer look."""
_MONTH = "(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez)[a-zäöü]*[.]?"
_MONEY = "[$€£¥]|EUR|USD|GBP|CHF|PLN|SEK"
_DIGITS = "-?[0-9][0-9.,'’ \u00a0\u202f]*"
CUT = "-?[0-9][.,][0-9]+E[+][0-9]{2,3}"
_DAY = "|".join(
    (
        "[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}( .*)?",
        f"[0-9]{{1,2}}[ ./-]+{_MONTH}[ ,./-]+[0-9]{{2,4}}( .*)?",
        f"{_MONTH} +[0-9]{{1,2}},? +[0-9]{{4}}( .*)?",
    )
)
_AMOUNT = "|".join(
    (
        f"({_MONEY}) ?{_DIGITS}",
        f"{_DIGITS}({_MONEY}|%)",
        "-?[0-9]{1,3}(['’ \u00a0\u202f][0-9]{3})+([.,][0-9]+)?",
    )
)
FORMS: Mapping[str, str] = {
    _DAY: "They look like days, written otherwise than 2026-12-31: they stay text.",
    _AMOUNT: "They look like numbers, written otherwise than 1234.5: they stay text.",
}
"""How all values of a column look, and what is said of them."""


def unread(loader: Loader) -> tuple[str, ...]:
    """What is said of the column in the table `seen`."""
    return tuple(_said(loader))


def _said(loader: Loader) -> Iterator[str]:
    for look, said in FORMS.items():
        if _fits(loader, look):
            yield said
    [(cut, one)] = loader.run(
        "SELECT coalesce(sum(n), 0)::BIGINT, min(v) FROM seen WHERE regexp_full_match(v, $look)",
        {"look": CUT},
    )
    if cut:
        rows = "1 row holds a number" if cut == 1 else f"{cut:,} rows hold numbers"
        yield f"{rows} such as “{one}”: a spreadsheet cut them, and digits may be lost."


def _fits(loader: Loader, look: str) -> bool:
    first = f"(SELECT * FROM seen LIMIT {_PEEK})"
    for table in (first, "seen"):
        [(fits,)] = loader.run(
            "SELECT coalesce(sum(n) FILTER (regexp_full_match(v, $look)) "
            f">= {_MOSTLY} * sum(n), false) FROM {table}",
            {"look": look},
        )
        if not fits:
            return False
    return True
