"""What nobody may do to a store: our own connections, a stranger with the file, another role."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from review.commands.desk import Desk
from review.record import Decision
from review.store import keeping
from review.store.ledger import Ledger
from tests.review.both import BOTH
from tests.review.builders import COVERED, Meeting, agreed, checklist

OURS = [
    "ALTER TABLE events RENAME TO gone",
    "ALTER TABLE events ADD COLUMN more TEXT",
    "ATTACH ':memory:' AS elsewhere",
    "CREATE TEMP TABLE events (review TEXT)",
    "CREATE TEMP TRIGGER mine BEFORE INSERT ON events BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TEMP VIEW events AS SELECT 1",
    "DELETE FROM texts",
    "DROP INDEX ix_texts_review",
    "DROP TABLE texts",
    "DROP TRIGGER events_update",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA writable_schema = ON",
    "UPDATE texts SET hash = 'x'",
    "UPDATE texts SET review = 'autumn'",
]


@pytest.fixture
def meeting(a_meeting):
    made = a_meeting()
    made.run(agreed(20))
    made.sign(Decision.REJECT)
    return made


@pytest.mark.usefixtures("meeting")
@pytest.mark.parametrize("statement", OURS)
def test_our_own_connections_build_nothing_around_what_was_added(store_url, statement):
    ours = keeping.engine(store_url)

    with (
        pytest.raises(DBAPIError, match="not authorized"),
        ours.connect().execution_options(candor_writes=True) as connection,
    ):
        connection.exec_driver_sql(statement)
    ours.dispose()


@pytest.mark.usefixtures("meeting")
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("REPLACE INTO events SELECT 'x', 1, hash, '{}' FROM events LIMIT 1",
                     id="an event under its hash at another place"),
        pytest.param("REPLACE INTO events SELECT review, number, 'x', '{}' FROM events",
                     id="an event at its place under another hash"),
        pytest.param("REPLACE INTO documents SELECT sha256, x'00' FROM documents", id="a document"),
        pytest.param("REPLACE INTO texts SELECT hash, review, salt, 'Yes.' FROM texts",
                     id="words"),
        pytest.param("INSERT INTO events SELECT * FROM events WHERE true "
                     "ON CONFLICT (hash) DO UPDATE SET event = '{}'", id="on conflict"),
        pytest.param("UPDATE OR REPLACE events SET number = 1", id="update or replace"),
    ],
)  # fmt: skip
def test_nothing_is_replaced_by_whoever_comes_with_their_own_program(tmp_path, statement):
    stranger = sqlite3.connect(tmp_path / "store.db")

    with pytest.raises(sqlite3.IntegrityError, match="are never changed"):
        stranger.execute(statement)
    stranger.close()


WORDS = [
    "UPDATE texts SET words = 'Yes.'",
    "UPDATE texts SET words = NULL",
    "UPDATE texts SET words = NULL, salt = NULL, review = 'autumn'",
    "DELETE FROM texts",
]


@BOTH
@pytest.mark.usefixtures("meeting")
@pytest.mark.parametrize("statement", WORDS)
def test_words_are_erased_whole_and_never_changed(store_url, statement):
    stranger = create_engine(store_url)
    with stranger.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("GRANT UPDATE, DELETE ON texts TO CURRENT_USER")

    with pytest.raises(DBAPIError, match="texts are never changed"), stranger.begin() as connection:
        connection.exec_driver_sql(statement)
    stranger.dispose()


@BOTH
@pytest.mark.parametrize("guard", ["events_delete", "documents_update", "texts_update"])
def test_a_guard_that_was_taken_down_stands_again_at_the_next_start(meeting, store_url, guard):
    meeting.desk.close()
    table = guard.partition("_")[0]
    stranger = create_engine(store_url)
    with stranger.begin() as connection:
        on = "" if connection.dialect.name == "sqlite" else f" ON {table}"
        connection.exec_driver_sql(f"DROP TRIGGER {guard}{on}")
        assert not keeping.is_kept(connection, ["events", "documents", "texts"])
    Ledger(store_url).close()

    with stranger.begin() as connection:
        assert keeping.is_kept(connection, ["events", "documents", "texts"])
    stranger.dispose()


# A database of a team


def owned_by_another(cluster):
    """A store whose tables one role owns, and the address of another role that only uses them."""
    owner = cluster.store()
    Ledger(owner).close()
    name = owner.partition("//")[2].partition("@")[0]
    root = create_engine(cluster.root)
    with root.begin() as connection:
        for statement in (
            f"CREATE ROLE {name}_app LOGIN",
            f"ALTER ROLE {name}_app SET search_path = {name}",
            f"GRANT USAGE ON SCHEMA {name} TO {name}_app",
            f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {name} TO {name}_app",
            f"GRANT UPDATE (salt, words) ON {name}.texts TO {name}_app",
        ):
            connection.exec_driver_sql(statement)
    root.dispose()
    return owner.replace(f"//{name}@", f"//{name}_app@")


@pytest.fixture
def using(postgresql):
    """The address of a role that owns nothing of its store."""
    return owned_by_another(postgresql)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE events DISABLE TRIGGER USER",
        "ALTER TABLE events RENAME TO gone",
        "CREATE RULE mine AS ON INSERT TO events DO INSTEAD NOTHING",
        "DROP TABLE events CASCADE",
        "DROP TRIGGER events_update ON events",
        "DROP FUNCTION candor_refuses CASCADE",
        "GRANT UPDATE ON events TO CURRENT_USER; UPDATE events SET event = '{}'",
        "INSERT INTO events SELECT * FROM events ON CONFLICT (hash) DO UPDATE SET event = '{}'",
        "MERGE INTO events USING (SELECT 1) one ON true WHEN MATCHED THEN DELETE",
        "SET session_replication_role = replica",
        "TRUNCATE events",
        "UPDATE texts SET hash = 'x'",
    ],
)
def test_a_role_that_owns_nothing_takes_no_guard_down(using, statement):
    stranger = create_engine(using)

    with (
        pytest.raises(DBAPIError, match=r"must be owner|permission denied"),
        stranger.begin() as connection,
    ):
        connection.exec_driver_sql(statement)
    stranger.dispose()


def test_a_role_that_owns_nothing_is_enough_to_work_with(using, tmp_path):
    desk = Desk(using, tmp_path / "anchors.jsonl", checklist(COVERED))
    meeting = Meeting(desk)
    meeting.run(agreed(20))
    review = meeting.answer("covered")

    assert review.read_only == ""
    desk.close()
