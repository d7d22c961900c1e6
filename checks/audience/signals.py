"""Signals that browsers and consent tools sent for people: GPC, GPP and TCF strings.

Of a TCF string only the bits that somebody asks about are read, by the published layout of its core
(version 2): the day it was made, the purposes 1, 3 and 4, and whether there is a segment of
disclosed vendors. People with several signals have the most protective of each.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.audience import gpp
from checks.audience.facts import Remark
from checks.audience.reading import Reading, truth
from checks.campaign import Signals

GPP = ("not opted out", "unreadable", "opted out")
"""What a GPP string says; the more protective last."""
TCF = ("read", "unreadable")
PURPOSES = {1: 8, 3: 2, 4: 1}
"""By purpose, its bit in the 26th sign of a TCF string."""
_CORE = "C[A-Za-z0-9_-]{29,}([.][A-Za-z0-9_-]+)*"
_TENTHS_OF_A_DAY = 864_000


def remarks(reading: Reading, told: Signals) -> Iterator[Remark]:
    """What the signals of a person say."""
    if reading.has(told.gpc):
        sql = reading.truth(told.gpc, otherwise=None)
        yield Remark(fact="signals.gpc", kind="bool", sql=sql, fold="any")
    if reading.has(told.gpp):
        sql = reading.mapped(told.gpp, "INTEGER", lambda w: None if reading.unknown(w) else said(w))
        yield Remark(fact="signals.gpp", kind="text", sql=sql, fold="most", shown=GPP)
    if reading.has(told.tcf):
        yield from _of_tcf(reading.known(told.tcf))
    if reading.has(told.seen):
        sql = reading.day(told.seen)
        yield Remark(fact="signals.seen", kind="day", sql=sql, fold="most")


def said(word: str) -> int:
    """The place in `GPP` of what a GPP string says; a plain yes or no is taken as such.

    >>> GPP[said("DBABT~1YYN")], GPP[said("no")], GPP[said("perhaps")]
    ('opted out', 'not opted out', 'unreadable')
    """
    plain = truth(word, None)
    found = gpp.opted_out(word) if plain is None else plain
    return GPP.index("unreadable" if found is None else "opted out" if found else "not opted out")


def _of_tcf(text: str) -> Iterator[Remark]:
    reads = f"regexp_full_match({text}, '{_CORE}')"

    def known(value: str) -> str:
        return f"CASE WHEN {reads} THEN {value} END"

    place = f"CASE WHEN {text} IS NOT NULL THEN CAST(NOT {reads} AS INTEGER) END"
    yield Remark(fact="signals.tcf", kind="text", sql=place, fold="most", shown=TCF)
    for purpose, bit in PURPOSES.items():
        sql = known(f"({_sign(text, 26)} & {bit}) > 0")
        yield Remark(fact=f"signals.tcf_{purpose}", kind="bool", sql=sql, fold="all")
    vendors = known(f"regexp_matches({text}, '[.][I-P]')")
    yield Remark(fact="signals.tcf_shown", kind="bool", sql=vendors, fold="all")
    tenths = " + ".join(f"{_sign(text, at)} * {64 ** (7 - at)}" for at in range(2, 8))
    day = known(f"DATE '1970-01-01' + CAST(({tenths}) // {_TENTHS_OF_A_DAY} AS INTEGER)")
    yield Remark(fact="signals.tcf_made", kind="day", sql=day, fold="most")


def _sign(text: str, at: int) -> str:
    """The six bits of one sign, as a whole number."""
    return f"(strpos('{gpp.ALPHABET}', substr({text}, {at}, 1))::BIGINT - 1)"
