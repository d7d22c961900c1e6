"""Read whether a GPP string says no to sale, sharing or targeted advertising.

Of each American section only the bits of its opt-outs are read, by the published layouts: the
Global Privacy Platform's header lists the sections in Fibonacci code, a section is base64url, and
an opt-out is two bits (1: opted out). An opt-out that was read counts, though
another section cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
USP, NATIONAL, CALIFORNIA = 6, 7, 8
OPTED_OUT = 1

_SALE_AND_TARGETED = (12, 14)
OPT_OUTS: dict[int, tuple[int, ...]] = {
    NATIONAL: (18, 20, 22),
    CALIFORNIA: (12, 14),
    **dict.fromkeys((9, 10, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23), _SALE_AND_TARGETED),
    **dict.fromkeys((11, 18), (14, 16)),
    **dict.fromkeys((24, 25, 26, 27), (16, 18)),
}
"""By section: the first bit of each opt-out from sale, sharing and targeted advertising."""


def opted_out(text: str) -> bool | None:
    """Whether a GPP string holds an opt-out; None where it is none, or cannot be read.

    >>> opted_out("DBABBg~BVWSSSVY.YA"), opted_out("DBABBg~BAAAAABA.QA"), opted_out("garbage")
    (True, False, None)
    """
    header, *sections = text.strip().split("~")
    try:
        ids = tuple(_sections(_bits(header)))
    except (ValueError, IndexError):
        return None
    if len(ids) != len(sections):
        return None
    said = {_says_no(id_, one) for id_, one in zip(ids, sections, strict=True)}
    return True if True in said else None if None in said else False


def _says_no(section: int, text: str) -> bool | None:
    try:
        return _opt_out(section, text)
    except ValueError:
        return None


def _opt_out(section: int, text: str) -> bool:
    if section == USP:
        return _usp(text)
    if section not in OPT_OUTS:
        return False
    core, *others = text.split(".")
    bits = _bits(core)
    if len(bits) < max(OPT_OUTS[section]) + 2:
        raise ValueError("the section ends before its opt-outs")
    said = any(int(bits[at : at + 2], 2) == OPTED_OUT for at in OPT_OUTS[section])
    return said or any(_bits(one)[:3] == "011" for one in others)


def _usp(text: str) -> bool:
    """The older string of four letters: the third says whether somebody opted out of sale."""
    if len(text) != 4 or text[0] not in "12" or set(text[1:]) - set("YN-"):
        raise ValueError("no US Privacy string")
    return text[2] == "Y"


def _bits(text: str) -> str:
    if not text:
        raise ValueError("an empty section")
    return "".join(f"{ALPHABET.index(sign):06b}" for sign in text)


def _sections(bits: str) -> Iterator[int]:
    """The sections that a header lists, in their order: single ones, and ranges."""
    if bits[:12] != "000011000001":
        raise ValueError("not the header of a GPP string")
    at, last = 24, 0
    for _ in range(int(bits[12:24], 2)):
        is_range = bits[at] == "1"
        more, at = _fibonacci(bits, at + 1)
        first = last = last + more
        if is_range:
            more, at = _fibonacci(bits, at)
            last = first + more
        yield from range(first, last + 1)


def _fibonacci(bits: str, at: int) -> tuple[int, int]:
    """A whole number in Fibonacci code, and where the next begins."""
    end = bits.index("11", at) + 1
    value, one, two = 0, 1, 2
    for bit in bits[at:end]:
        value += one if bit == "1" else 0
        one, two = two, one + two
    return value, end + 1
