"""How much intake takes in, in one place; more is refused with the number, and how to raise it."""

from __future__ import annotations

from checks.refusal import Refused, refuse

MOST_BYTES = 4_000_000_000
"""Bytes of one file, also after it is unpacked."""
MOST_RATIO = 200
"""How many times larger a packed file may become."""
FREE_OF_RATIO = 20_000_000
"""Bytes that a packed file may become whatever the ratio; small files pack very well."""
MOST_PARTS = 200
"""Files in a packed file or a folder."""
MOST_WORKBOOK_BYTES = 600_000_000
"""Bytes of a workbook after it is unpacked."""
MOST_SECONDS = 600
"""Seconds of one step of reading."""
MOST_COUNTING_SECONDS = 120
"""Seconds of one question to the people who were taken in."""
MOST_IN_PLACE_SECONDS = 1_800
"""Seconds of one question to people who are read in place."""
MOST_READ_THERE = 2_000_000_000_000
"""Bytes that one review may read in a warehouse, by the warehouse's own estimate."""
MOST_ANSWERED = 1_000_000
"""Rows of one answer from a warehouse: they are counts, a row a group."""
MOST_WORKBOOK_SECONDS = 120
"""Seconds for reading one workbook."""
MOST_WORKBOOK_MEMORY = 1_000_000_000
"""Bytes of memory for reading one workbook."""
MOST_ROWS = 20_000_000
"""Rows of one table."""
MOST_COLUMNS = 512
LONGEST_CELL = 32_767
"""Bytes of one cell; the limit of common spreadsheets, in letters."""
LONGEST_ROW = 1_000_000
"""Bytes of one row."""
LONGEST_NAME = 200
"""Letters of a column's name."""
MOST_WORDS = 65_536
"""Distinct values up to which a text column is stored as numbers with their dictionary."""
SHOWN_LINES = 5
"""How many line numbers a refusal names."""


def beyond(
    where: str, limit: str, of: str, cure: str = "Split it, and name all the parts."
) -> Refused:
    """The refusal of what is larger than a limit of this file, and how to raise the limit."""
    most = globals()[limit]
    raising = f"Or raise {limit} in checks/intake/limits.py."
    return refuse(where, f"It has more than {most:,} {of}.", f"{cure} {raising}")
