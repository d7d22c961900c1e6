"""A PostgreSQL server of the tests' own: a new cluster on a free port, and a schema a test."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import create_engine

KEEPER = "postgres"
"""Who runs the server where the tests run as root: it refuses to run as root."""


def programs():
    """The folder of the newest server that is installed; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: one.parts[-3])
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


class Cluster:
    """A running server, and as many empty stores on it as are asked for."""

    def __init__(self, bin_, *, durable=False):
        self._bin, self._names = bin_, count(1)
        self._folder = Path(tempfile.mkdtemp(prefix="candor-postgresql-"))
        self._user = KEEPER if os.getuid() == 0 else None
        if self._user:
            shutil.chown(self._folder, self._user, pwd.getpwnam(self._user).pw_gid)
        self._run("initdb", "-D", self._folder, "-U", "candor", "-A", "trust", "-N")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        asked = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= "
            f"-c fsync={'on' if durable else 'off'} -c max_connections=200"
        )
        self._run(
            "pg_ctl", "-D", self._folder, "-w", "-l", self._folder / "log", "-o", asked, "start"
        )

    def _run(self, program, *words):
        subprocess.run(
            [self._bin / program, *words],
            user=self._user,
            cwd="/",
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def _url(self, role):
        return f"postgresql+psycopg://{role}@127.0.0.1:{self.port}/postgres"

    @property
    def root(self):
        """The address of the role that may do anything."""
        return self._url("candor")

    def store(self):
        """The address of an empty store, for a role that is no superuser: those pass all rights."""
        name = f"store_{next(self._names)}"
        engine = create_engine(self.root)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN")
            connection.exec_driver_sql(f"CREATE SCHEMA {name} AUTHORIZATION {name}")
        engine.dispose()
        return self._url(name)

    def stop(self):
        self._run("pg_ctl", "-D", self._folder, "-m", "fast", "-w", "stop")
        shutil.rmtree(self._folder)


KINDS = {
    "text": "text", "integer": "bigint", "number": "double precision",
    "day": "date", "time": "timestamptz", "bool": "boolean",
}  # fmt: skip


class Warehouse(Cluster):
    """The same as a warehouse: `run` may do anything, and whoever comes by the address may read."""

    def __init__(self, bin_):
        super().__init__(bin_)
        self._writing = psycopg.connect(
            host="127.0.0.1", port=self.port, user="candor", dbname="postgres", autocommit=True
        )
        self.run("SET TIME ZONE 'UTC'")
        self.run("CREATE ROLE reader LOGIN")
        self.run("GRANT pg_read_all_data TO reader")
        self.address = f"postgresql://reader@127.0.0.1:{self.port}/postgres"

    def run(self, statement):
        return self._writing.execute(statement)

    def fill(self, schema, name, kinds, columns):
        """A table of these columns and values, in a schema of its own; its name."""
        named = ", ".join(f'"{column}" {KINDS[kinds[column]]}' for column in columns)
        self.run(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        self.run(f"DROP TABLE IF EXISTS {schema}.{name}")
        self.run(f"CREATE TABLE {schema}.{name} ({named})")
        with self._writing.cursor().copy(f"COPY {schema}.{name} FROM STDIN") as copy:
            for row in zip(*columns.values(), strict=True):
                copy.write_row(row)
        return f"{schema}.{name}"

    @property
    def pid(self):
        """The number of the server's process."""
        return int((self._folder / "postmaster.pid").read_text("utf-8").splitlines()[0])

    def load(self, name, kinds, file):
        """A table out of a CSV file with a header, its columns of these kinds in order."""
        named = ", ".join(f'"{column}" {KINDS[kind]}' for column, kind in kinds.items())
        self.run(f"CREATE TABLE {name} ({named})")
        with self._writing.cursor().copy(f"COPY {name} FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(file.read_bytes())
        self.run(f"VACUUM ANALYZE {name}")

    def pages_read(self, name):
        """Pages of a table that were looked at so far, by whoever has left again."""
        while self.run("SELECT 1 FROM pg_stat_activity WHERE usename = 'reader'").fetchone():
            pass
        self.run("SELECT pg_stat_clear_snapshot()")
        [pages] = self.run(
            "SELECT heap_blks_read + heap_blks_hit FROM pg_statio_all_tables "
            f"WHERE relname = '{name}'"
        ).fetchone()
        return pages

    def stop(self):
        self._writing.close()
        super().stop()
