"""The last page: how anyone can check a document with tools that are not ours."""

from __future__ import annotations

from review.proof.seal_key import Sealer
from review.record import told_day

SEAL_IS = (
    "The seal shows that no byte was changed since it was set, and whose key set it. It is the "
    "organisation's: it is not the personal signature of anyone who is named here. Afterwards each "
    "of them may add a personal signature in the field made for it; nothing else may change."
)
TRIAL_IS = (
    "This seal was set with a trial key, which anyone can make. It shows that nothing changed, "
    "and not who made this document."
)
NO_SEAL = (
    "This document carries no seal: it shows that it fits together, and not who made it or that "
    "it was not changed."
)


def about_seal(sealer: Sealer | None) -> dict[str, str | bool]:
    """What the document says about its seal: whose, and what a seal is and is not."""
    if sealer is None:
        return {"by": "", "certificate": "", "trial": False, "says": NO_SEAL}
    until = f"The certificate ends on {told_day(sealer.until.date())}."
    return {
        "by": sealer.name,
        "certificate": sealer.certificate,
        "trial": sealer.trial,
        "says": " ".join([SEAL_IS, *([TRIAL_IS] if sealer.trial else []), until]),
    }


def how_to_check(record_sha256: str, head: str, sealer: Sealer | None = None) -> list[list[str]]:
    """Each step: a heading, what to do and what it shows, and the lines to type."""
    return [*_steps(record_sha256, head), _seal_step(sealer), _with_candor(sealer)]


TAKE_OUT = [
    "1. Take the record out of this file.",
    "Most PDF readers list it under attachments. On a command line:",
    "pdfdetach -savefile record.json -o record.json FILE.pdf",
]
WORDS_AND_FINDINGS = [
    "4. Check the words and the findings.",
    (
        "Events name words and documents by hash. A name under “texts” is the SHA-256 of salt and "
        "words; one under “documents” is that of the document. Words that are missing were left "
        "out or erased; their hash still stands."
    ),
]
COMPARE = [
    "5. Compare with what you were told.",
    (
        "Ask the organisation named on page 1 for the last hash it keeps elsewhere. Whether a "
        "decision was withdrawn later cannot be seen from a file."
    ),
]
IN_PYTHON = [
    'import hashlib, json; record = json.load(open("record.json")); before = "0" * 64',
    'for one in record["events"]:',
    '    assert hashlib.sha256(one["event"].encode()).hexdigest() == one["hash"]',
    '    assert json.loads(one["event"])["prev"] == before; before = one["hash"]',
    'assert before == record["head"]; print("whole", before)',
]
"""What anyone can type to follow the chain of a record."""


def _steps(record_sha256: str, head: str) -> list[list[str]]:
    return [TAKE_OUT, _named(record_sha256), _chained(head), WORDS_AND_FINDINGS, COMPARE]


def _named(record_sha256: str) -> list[str]:
    return [
        "2. Check that it is the record this page names.",
        (
            f"The number below must be the one that begins with {record_sha256[:12]}. If it is "
            "another one, the attachment was changed."
        ),
        "sha256sum record.json",
    ]


def _chained(head: str) -> list[str]:
    return [
        "3. Check that no event was changed, added or taken out.",
        (
            "Under “events” each entry has an event, as text, and its hash. The SHA-256 of that "
            "text is the hash. Inside it, “prev” is the hash of the event before; the first has 64 "
            f"zeros. The last hash is the one that begins with {head[:12]}. In Python:"
        ),
        *IN_PYTHON,
    ]


def _seal_step(sealer: Sealer | None) -> list[str]:
    if sealer is None:
        return [
            "6. What this cannot show.",
            NO_SEAL,
        ]
    return [
        "6. Check the seal.",
        (
            "Any PDF reader that shows signatures will do. It must say that the document was not "
            "changed since, and name the certificate below. Ask the organisation whether that "
            "number is its own. On a command line:"
        ),
        "pdfsig FILE.pdf",
    ]


def _with_candor(sealer: Sealer | None) -> list[str]:
    seal = f" --seal {sealer.certificate}" if sealer else ""
    return [
        "With Candor, all of it at once.",
        "This also makes the document again from its record and compares every byte:",
        f"python -m review verify FILE.pdf{seal}",
    ]
