"""What to ask a data team for: a message and a template, made from what the checks read.

The checks say themselves what they read (`checks.registry`); a new check asks for its columns here
as soon as it exists.
"""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checks.registry import Check, Input, catalogue

WIDTH = 78


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """How one thing that checks read is asked for."""

    says: str
    """In a list of things, without an end."""
    columns: Mapping[str, tuple[str, str]]
    """The columns of the template, with what two invented people have in them."""
    file: str = ""
    """Where it comes as a file of its own: what the file is."""


ASKS: Mapping[Input, Ask] = {
    "key": Ask(
        says="the internal number of each person; no names, addresses or free text",
        columns={"customer_id": ("100001", "100002")},
    ),
    "targeted": Ask(
        says="who is on the list, true or false",
        columns={"in_campaign": ("true", "false")},
    ),
    "segment": Ask(
        says="the part of the list each person belongs to, if there are several messages",
        columns={"segment": ("young savers", "")},
    ),
    "age": Ask(says="the year of birth", columns={"birth_year": ("1984", "1999")}),
    "attributes": Ask(
        says="the groups by which people may be treated differently, as far as you hold them, "
        "such as gender",
        columns={"gender": ("f", "m")},
    ),
    "quasi": Ask(
        says="facts that together could point at one person, such as the area",
        columns={"postcode_area": ("10", "80")},
    ),
    "region": Ask(says="the country each person lives in", columns={"country": ("DE", "FR")}),
    "language": Ask(says="the language each person reads", columns={"language": ("de", "fr")}),
    "status": Ask(
        says="what each person said about each channel: granted, denied, withdrawn, objected",
        columns={"email_status": ("granted", "withdrawn")},
    ),
    "given": Ask(says="the day they said it", columns={"email_at": ("2025-03-01", "2026-02-14")}),
    "proof": Ask(says="a reference to the proof of it", columns={"email_ref": ("form-812", "")}),
    "wording": Ask(
        says="which words they agreed to",
        columns={"email_wording": ("newsletter-2025-06", "")},
    ),
    "contacts": Ask(
        says="how many emails each person got in the last 7 days, and contacts in the last 30",
        columns={"emails_7d": ("1", "0"), "contacts_30d": ("4", "2")},
    ),
    "notice": Ask(
        says="which version of the privacy notice each person was given, and when",
        columns={"notice_version": ("3.1", "3.0"), "notice_given": ("2025-03-01", "2024-01-15")},
    ),
    "activity": Ask(
        says="the day each person was last active",
        columns={"last_activity": ("2026-02-20", "2024-11-03")},
    ),
    "vulnerable": Ask(
        says="whether a person is known to be in a vulnerable position, such as in arrears",
        columns={"in_arrears": ("false", "true")},
    ),
    "score": Ask(says="the score of a model, where one chose", columns={"score": ("0.71", "0.40")}),
    "offer": Ask(
        says="the offer and price each person would get, where they differ",
        columns={"offer": ("gold", ""), "price": ("9.90", "")},
    ),
    "suppression": Ask(
        says="", columns={}, file="the do-not-contact list, with the same internal number"
    ),
    "signals": Ask(
        says="", columns={}, file="the opt-out signals of browsers (GPC, GPP, TCF), by number"
    ),
    "outcomes": Ask(
        says="",
        columns={},
        file="what came of earlier sends: who bought, complained, or said no, by number",
    ),
}
"""Everything that can be asked for, in the order in which it is."""
EVERYONE = "one row a person, and everyone who could have been chosen, not only the list"


def readers(name: Input, checks: Iterable[Check] | None = None) -> tuple[Check, ...]:
    """The checks that read this."""
    return tuple(one for one in (catalogue() if checks is None else checks) if name in one.reads)


def message(checks: Iterable[Check] | None = None) -> str:
    """What to ask a data team for, in words that can be sent as they are."""
    chosen = tuple(catalogue() if checks is None else checks)
    wanted = [name for name in ASKS if readers(name, chosen)]
    lines = ["For the ethics review I need one file (CSV, Excel or Parquet):", ""]
    if readers("everyone", chosen):
        lines += _item(EVERYONE)
    for name in wanted:
        if ASKS[name].says:
            lines += _item(f"{ASKS[name].says} ({_read_by(len(readers(name, chosen)))})")
    files = [ASKS[name].file for name in wanted if ASKS[name].file]
    if files:
        lines += ["", "And, if there are any, as files of their own:", ""]
        lines += [line for file in files for line in _item(file)]
    lines += [
        "",
        "Please leave out what you do not have: Candor then says what it cannot tell.",
    ]
    return "\n".join(lines) + "\n"


def template(checks: Iterable[Check] | None = None) -> str:
    """A people file with every column that is asked for and two invented people, as CSV."""
    chosen = tuple(catalogue() if checks is None else checks)
    columns = dict(_columns(chosen))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return written.getvalue()


def _read_by(count: int) -> str:
    return "1 check reads it" if count == 1 else f"{count} checks read it"


def _columns(checks: tuple[Check, ...]) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, one in ASKS.items():
        if readers(name, checks):
            yield from one.columns.items()


def _item(says: str) -> list[str]:
    return textwrap.wrap(says, WIDTH, initial_indent="- ", subsequent_indent="  ")
