"""The last page: how anyone can check a document with tools that are not ours."""

from __future__ import annotations


def how_to_check(record_sha256: str, head: str) -> list[list[str]]:
    """Each step: a heading, what to do and what it shows, and the lines to type."""
    return [
        [
            "1. Take the record out of this file.",
            "Most PDF readers list it under attachments. On a command line:",
            "pdfdetach -save 1 -o record.json FILE.pdf",
        ],
        [
            "2. Check that it is the record this page names.",
            (
                f"The number below must be the one that begins with {record_sha256[:12]}. If it is "
                "another one, the attachment was changed."
            ),
            "sha256sum record.json",
        ],
        [
            "3. Check that no event was changed, added or taken out.",
            (
                "Under “events” each entry has an event, as text, and its hash. The SHA-256 of "
                "that text is the hash. Inside it, “prev” is the hash of the event before; the "
                "first has 64 zeros. The last hash is the one "
                f"that begins with {head[:12]}. In Python:"
            ),
            'import hashlib, json; record = json.load(open("record.json")); before = "0" * 64',
            'for one in record["events"]:',
            '    assert hashlib.sha256(one["event"].encode()).hexdigest() == one["hash"]',
            '    assert json.loads(one["event"])["prev"] == before; before = one["hash"]',
            'assert before == record["head"]; print("whole", before)',
        ],
        [
            "4. Check the words and the findings.",
            (
                "Events name words and documents by hash. A name under “texts” is the SHA-256 of "
                "salt and words; one under “documents” is that of the document. Words that are "
                "missing were left out or erased; their hash still stands."
            ),
        ],
        [
            "5. Compare with what you were told.",
            (
                "Ask the organisation named on page 1 for the last hash it keeps elsewhere. "
                "Whether a decision was withdrawn later cannot be seen from a file."
            ),
        ],
        [
            "What this cannot show.",
            (
                "This document carries no seal, so these steps show that it fits together, not who "
                "made it. With Candor, the command below also makes the document again and "
                "compares every byte:"
            ),
            "python -m review verify FILE.pdf",
        ],
    ]
