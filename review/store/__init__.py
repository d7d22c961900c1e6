"""Where a record is kept: chained, anchored, and never edited."""
