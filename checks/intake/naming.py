"""How a column names people: by an email, a phone number, or a hash; told by the shape of it.

A file beside the people, such as a do-not-contact list, often names them by one of these. How they
are made alike before they are compared is stated here, and done by `checks.audience.matching`.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from checks import places
from checks.intake.loader import Loader
from checks.intake.shapes import shape
from checks.written import strict_yaml

HASHES: Mapping[str, str] = {"md5": "MD5", "sha1": "SHA-1", "sha256": "SHA-256"}
"""Kinds of hashes, and what they are called."""
PHONES = frozenset({"phone", "mobile", "tel", "telephone", "cell", "cellphone", "sms", "whatsapp"})
"""Words of names of columns in which a row of digits alone is a phone number."""
_MOSTLY = 0.9
"""The share of rows with a value that have its shape."""
_LETTERS = {"md5": 32, "sha1": 40, "sha256": 64}
_DIGITS = "[(]?[0-9][0-9 ()./-]{5,20}"
_LONGEST_CODE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """By what a column names people."""

    kind: str = ""
    """email, phone, md5, sha1 or sha256; nothing where it is none of them."""
    national: int = 0
    """Rows with a phone number that does not say its country."""
    code: str = ""
    """The calling code of most of the numbers that say one."""


NAMELESS = Naming()


def naming(loader: Loader, *, phones: bool) -> Naming:
    """How the column in the table `seen` names people; `phones`: its name says phone numbers."""
    looks = {kind: f"regexp_full_match(v, '[0-9a-fA-F]{{{n}}}')" for kind, n in _LETTERS.items()}
    looks["email"] = shape("email", "v")
    looks["phone"] = _phone(phones=phones)
    counted = ", ".join(f"coalesce(sum(n) FILTER ({look}), 0)" for look in looks.values())
    [(rows, *many)] = loader.run(f"SELECT coalesce(sum(n), 0), {counted} FROM seen")
    fitting = (kind for kind, n in zip(looks, many, strict=True) if rows and n >= _MOSTLY * rows)
    kind = next(fitting, "")
    return _numbers(loader, looks["phone"]) if kind == "phone" else Naming(kind=kind)


def _phone(*, phones: bool) -> str:
    look = shape("phone", "v")
    return f"({look} OR regexp_full_match(v, '{_DIGITS}'))" if phones else look


def _numbers(loader: Loader, look: str) -> Naming:
    """What phone numbers say about their country."""
    abroad = "regexp_extract(regexp_replace(v, '[^0-9+]', '', 'g'), '^([+]|00)([1-9][0-9]{2})', 2)"
    found = loader.run(
        f"SELECT {abroad}, sum(n)::BIGINT FROM seen WHERE {look} GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    told = [code for begins, _ in found if (code := _code(begins))]
    national = sum(rows for begins, rows in found if not begins)
    return Naming(kind="phone", national=national, code=told[0] if told else "")


def _code(begins: str) -> str:
    """The calling code that these digits begin with."""
    codes = countries().values()
    lengths = range(1, _LONGEST_CODE + 1)
    return next((begins[:n] for n in lengths if begins[:n] in codes), "")


@cache
def countries() -> Mapping[str, str]:
    """Countries by name, each with its calling code."""
    told = strict_yaml.load(places.DATA / "presets/calling_codes.yaml")
    return {str(one["country"]): str(one["code"]) for one in told["countries"]}


def stated(how: Mapping[str, str]) -> str:
    """How people are made alike before they are compared, in words."""
    match how.get("as", "id"):
        case "email":
            said = "Emails are compared without case, and without blanks around them."
        case "phone":
            said = f"Phone numbers are compared as +49301234567. {_country(how)}"
        case _:
            said = "They are compared as they are written, without blanks around them."
    hashed = HASHES.get(how.get("hashed", ""))
    return f"{said} Of what is not hashed yet, the {hashed} hash is taken then." if hashed else said


def _country(how: Mapping[str, str]) -> str:
    code = how.get("country_code")
    if code:
        return f"Numbers that do not say their country get +{code}."
    return "Numbers that do not say their country meet nobody."
