"""docs/performance.md: a head, and a part for each thing that was measured."""

from __future__ import annotations

import re

from tests.bench.costs import HOUSE

PARTS = ("Intake", "Checks", "Engines", "Pages", "Proof")
PAGE = HOUSE / "docs/performance.md"
HEAD = """\
# Speed and memory

Written by `make bench`; do not edit it. Each task runs in a process of its own, one after the
other, on invented people. Up to two million rows it may be done several times in turns
(`CANDOR_BENCH_ROUNDS`), and the middle one is shown. Processor time counts every thread, and leaves
out starting Python and loading libraries. Memory is the most that the process ever held, with
everything in it. All files are in the system's memory beforehand, so no disk is measured. One kind
of file on one machine is no
promise for others: wide files, long texts and workbooks cost more. On a busy machine short tasks
cost up to half as much again, and ratios with them.

**Intake.** The readers do not do the same. The bare scan keeps nothing. pandas and polars build a
table in memory and check nothing. Candor hashes the file before and after, checks every byte,
counts records and filled cells itself, lets DuckDB read the file strictly, profiles its columns,
finds each type, stores the mapped columns as Parquet and holds what was stored against what was
counted. Where columns hold words that a sample does not show, they are read a second time, which
costs about as much as a bare scan.

**Checks.** The bare scan hashes the 18 columns of the same people as they are stored. *All checks*
is everything that judges, counting and statistics together, on people that are open; opening them
builds the view with a row a person, and is shown by itself. Small numbers are audited by a linear
program whatever the number of people: where few people make small cells, that is a sixth of the
time at 100,000 rows. Duplicates are found as opening finds them, on the keys alone. Libraries are
left out of the collection of garbage, as the command and the served application leave them out. The
rates are those of five attributes; fairlearn and aequitas run in an environment of their own.

**Engines.** One run of all checks, opening the people among it, on the fewest rows of the bench.
Each engine counts bytes in its own way, so they compare runs of one engine and not engines: of a
file those that the system handed out when it was read; in PostgreSQL the pages of the table that
were looked at, whether on disk or in memory; in Spark what its tasks say they read, out of the
file and out of the people it holds in its memory. Its own estimate is what a run tells and what
`MOST_READ_THERE` limits. Growth from ten to a hundred million rows of a file:
[giant.md](giant.md).

**Pages.** The sample campaign with the most findings, in a real server. Whoever visits is no
browser, but speaks its words: what the browser does with an answer is not measured. A drawing is
the whole page again, for a person who has it open. Something done is a comment put on record beside
the server, and the page drawn anew; everybody else finds at the next look that the review moved,
and is drawn anew as well.

**Proof.** A sealed document of a review of every check; the least of five. *Verify* is the whole
command, from starting Python to the answer, and makes the document again. A release holds a send
file in another order against an approval of as many people, with a do-not-contact list, answers of
today and the message.
"""


def write(title: str, made: str) -> None:
    """Put one part into the page; the others stay."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    found = re.split(r"^## ", old, flags=re.MULTILINE)[1:]
    parts = {part.splitlines()[0]: f"## {part}" for part in found}
    parts[title] = made
    ordered = sorted(parts, key=_order)
    text = "\n".join([HEAD, *(parts[one].strip() + "\n" for one in ordered)])
    PAGE.write_text(text, encoding="utf-8")


def _order(title: str) -> tuple[int, int]:
    """Parts as they are told of above; fewer rows first."""
    return PARTS.index(title.partition(",")[0]), int(re.sub("[^0-9]", "", title) or 0)
