"""How much intake takes in, in one place; more is refused with the number."""

from __future__ import annotations

MOST_BYTES = 4_000_000_000
"""Bytes of one file."""
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
