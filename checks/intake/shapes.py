"""What identifiers look like: cards, account numbers, addresses, phones, national numbers, in SQL.

Each shape is an expression over a trimmed value. Where a shape has check digits they are checked,
as most long numbers fit its pattern by chance; one in ten still passes a single check digit.
"""

from __future__ import annotations

from collections.abc import Mapping

_CARDS = (
    "4[0-9]{12}([0-9]{3}){0,2}",
    "(5[1-5][0-9]{2}|222[1-9]|22[3-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720)[0-9]{12}",
    "3[47][0-9]{13}",
    "(6011|64[4-9][0-9]|65[0-9]{2})[0-9]{12,15}",
    "3(0[0-5]|09|[689][0-9])[0-9]{11,16}",
    "35(2[89]|[3-8][0-9])[0-9]{12,15}",
    "62[0-9]{14,17}",
    "(5018|5020|5038|5893|6304|6759|676[1-3])[0-9]{8,15}",
    "220[0-4][0-9]{12,15}",
)
"""Visa, Mastercard, American Express, Discover, Diners Club, JCB, UnionPay, Maestro, Mir."""
_CARD_DIGITS = 19

_IBAN_LETTERS: Mapping[int, str] = {
    15: "NO", 16: "BE", 18: "DK FI FK FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR",
    27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
    29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
"""How long an IBAN is, by its country."""
_IBAN_DIGITS, _AT_ONCE = 70, 14
"""Digits of the longest IBAN once letters are numbers, and those divided in one step."""

_EMAIL = r'[^@\s,;<>"]+@[^@\s,;<>"]+[.][^@\s.,;<>"]{2,}'
_PHONE = (
    r"([+]|00)[1-9][0-9 ()./-]{6,24}",
    r"[(]?0[1-9][0-9 ()/-]{5,24}",
    r"[(][0-9]{2,5}[)][ -]?[0-9][0-9 -]{4,12}",
    r"[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}",
)
"""A row of digits alone is a phone number only with a nought or a plus in front."""
_SHORT_DAY = "[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4}.*"
_YEAR_MONTH_DAY = "[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
_DAY_MONTH_YEAR = "(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{2}"
_NATIONAL = (
    "[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}",
    "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]",
    f"(19|20)?{_YEAR_MONTH_DAY}[-+][0-9]{{4}}",
    f"{_DAY_MONTH_YEAR}[-+A-FU-Y][0-9]{{3}}[0-9A-Y]",
    "[0-9]{2}[05-7]?[0-9]{3,4}/[0-9]{3,4}",
    "[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]",
    "([XYZ]|[0-9])[0-9]{7}-?[A-HJ-NP-TV-Z]",
    "[0-9]{3}[.][0-9]{3}[.][0-9]{3}-[0-9]{2}",
    "756[.]?[0-9]{4}[.]?[0-9]{4}[.]?[0-9]{2}",
    "[0-9]{2}[.][0-9]{2}[.][0-9]{2}-[0-9]{3}[.][0-9]{2}",
    "[2-9][0-9]{3} [0-9]{4} [0-9]{4}",
    "[A-Z]{5}[0-9]{4}[A-Z]",
    "[0-9]{7}[A-W][A-IW]?",
)
"""United States, United Kingdom, Sweden, Denmark and Finland, Czechia and Slovakia, Italy, Spain,
Brazil, Switzerland, Belgium, India (two), Ireland."""
_SWEDISH = f"(19|20){_YEAR_MONTH_DAY}[0-9]{{4}}"
_FRENCH = "[1278][0-9]{2}(0[1-9]|1[0-2]|[2-9][0-9])[0-9]{10}"
_POLISH = "[0-9]{2}([02468][1-9]|[13579][0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{5}"
_POLISH_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)


def shape(kind: str, value: str) -> str:
    """Whether a trimmed value, given as SQL, has the shape of one of `KINDS`."""
    return f"coalesce({KINDS[kind].replace('{v}', value)}, false)"


def _full(value: str, *patterns: str) -> str:
    return f"regexp_full_match({value}, '{'|'.join(f'({one})' for one in patterns)}')"


def _luhn(digits: str) -> str:
    """Whether digits, counted from the right and every second one doubled, add up to tens."""
    number = f"TRY_CAST({digits} AS UBIGINT)"
    single = [f"n // {10**place} % 10" for place in range(0, _CARD_DIGITS, 2)]
    doubled = [f"n // {10**place} % 10 * 2" for place in range(1, _CARD_DIGITS, 2)]
    added = " + ".join([*single, *(f"({one}) // 10 + ({one}) % 10" for one in doubled)])
    return f"(list_transform([{number}], lambda n: ({added}) % 10 = 0))[1]"


def _card() -> str:
    digits = "replace(replace({v}, ' ', ''), '-', '')"
    looks = f"{_full('{v}', '[0-9]([ -]?[0-9]){11,18}')} AND {_full(digits, *_CARDS)}"
    return f"CASE WHEN {looks} THEN {_luhn(digits)} END"


def _iban() -> str:
    plain = "upper(replace({v}, ' ', ''))"
    lengths = (
        f"({'|'.join(countries.split())})[0-9]{{2}}[A-Z0-9]{{{long - 4}}}"
        for long, countries in _IBAN_LETTERS.items()
    )
    digits = f"substr({plain}, 5) || substr({plain}, 1, 4)"
    for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", start=10):
        digits = f"replace({digits}, '{letter}', '{number}')"
    padded = f"lpad({digits}, {_IBAN_DIGITS}, '0')"
    return f"CASE WHEN {_full(plain, *lengths)} THEN {_remainder(padded)} = 1 END"


def _remainder(padded: str) -> str:
    """A long row of digits divided by 97, so many at once."""
    rest = "0"
    for start in range(1, _IBAN_DIGITS, _AT_ONCE):
        part = f"TRY_CAST(substr(d, {start}, {_AT_ONCE}) AS BIGINT)"
        rest = f"(({rest}) * {10**_AT_ONCE} + {part}) % 97"
    return f"(list_transform([{padded}], lambda d: {rest}))[1]"


def _phone() -> str:
    digits = "length(regexp_replace({v}, '[^0-9]', '', 'g'))"
    looks = f"{_full('{v}', *_PHONE)} AND NOT {_full('{v}', _SHORT_DAY)}"
    return f"CASE WHEN {looks} THEN {digits} BETWEEN 7 AND 15 END"


def _national() -> str:
    french = "97 - CAST(substr({v}, 1, 13) AS BIGINT) % 97 = CAST(substr({v}, 14) AS BIGINT)"
    polish = " + ".join(
        f"{weight} * CAST(substr({{v}}, {place}, 1) AS INTEGER)"
        for place, weight in enumerate(_POLISH_WEIGHTS, start=1)
    )
    return (
        f"CASE WHEN {_full('{v}', *_NATIONAL)} THEN true "
        f"WHEN {_full('{v}', _SWEDISH)} THEN {_luhn('substr({v}, 3)')} "
        f"WHEN {_full('{v}', _FRENCH)} THEN {french} "
        f"WHEN {_full('{v}', _POLISH)} THEN ({polish}) % 10 = 0 END"
    )


KINDS: Mapping[str, str] = {
    "card": _card(),
    "iban": _iban(),
    "email": _full("{v}", _EMAIL),
    "phone": _phone(),
    "national": _national(),
}
"""The shapes by name; `{v}` stands for the value."""
