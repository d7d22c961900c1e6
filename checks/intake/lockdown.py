"""The lock-down of every database here, and the proof that it holds.

In every process, before the first database of a kind reads a file or answers a question, what must
be impossible is tried. Where one attempt succeeds, nothing is read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import duckdb

from checks.refusal import TookTooLong, refuse
from checks.runs import watching

SETTINGS: Mapping[str, str] = {
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
}
"""With which every database is opened."""
LOCK = ("SET enable_external_access = false", "SET lock_configuration = true")
"""What closes it, in this order."""

_REACHED: Mapping[str, str] = {
    "read a file outside its folder": "SELECT count(*) FROM read_text('{there}')",
    "list a folder outside its own": "SELECT count(*) FROM glob('{folder}/*')",
    "write a file": "COPY (SELECT 1) TO '{folder}/written.csv'",
    "open another database": "ATTACH '{folder}/other.db' AS other",
    "install an extension": "INSTALL '{there}'",
    "load an extension": "LOAD '{there}'",
    "unlock its settings": "SET lock_configuration = false",
}
"""What no database here may do, and how it is tried."""
_HELD = (duckdb.PermissionException, duckdb.InvalidInputException)
"""How a closed database says no; any other error means that it tried."""
tried: set[str] = set()
"""The kinds of databases that were tried in this process."""


def close(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    """Lock a database for good, and prove it once a process for each kind of database.

    Raises `checks.refusal.Refused` where something is possible that must not be.
    """
    for statement in LOCK:
        connection.execute(statement)
    if kind not in tried:
        prove(connection)
        tried.add(kind)


def prove(connection: duckdb.DuckDBPyConnection) -> None:
    """Try on a locked database what must be impossible; raises `checks.refusal.Refused`."""
    with tempfile.TemporaryDirectory(prefix="candor-probe-") as folder:
        there = Path(folder, "there.txt")
        there.write_text("reached\n", encoding="utf-8")
        paths = {"folder": folder.replace("'", "''"), "there": str(there).replace("'", "''")}
        done = [what for what, how in _REACHED.items() if _done(connection, how.format(**paths))]
    if done:
        what = f"The database here can {' and '.join(done)}, so no people data were read."
        cure = "Install what requirements.txt names, in the versions it names, and start again."
        raise refuse("this installation", what, cure)


def _done(connection: duckdb.DuckDBPyConnection, statement: str) -> bool:
    """Whether an attempt succeeded, or failed for another reason than the lock."""
    try:
        connection.execute(statement).fetchall()
    except _HELD:
        return False
    except duckdb.Error:
        pass
    return True


@contextmanager
def within(
    connection: duckdb.DuckDBPyConnection, seconds: float, limit: str, doing: str
) -> Iterator[None]:
    """Stop what a database does here after so many seconds.

    Raises `checks.refusal.TookTooLong`, which names the limit of `checks.intake.limits`; or
    `checks.runs.watching.Stopped`.
    """
    timer = Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        with watching.halting(connection.interrupt):
            yield
    except duckdb.InterruptException:
        watching.go_on()
        raise TookTooLong(doing, seconds, limit) from None
    finally:
        timer.cancel()
