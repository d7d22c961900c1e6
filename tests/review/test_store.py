"""Both stores keep what was added, whoever asks, and let many write at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from review.commands.desk import NotTaken
from review.commands.refusing import NotStored
from review.store import keeping
from review.store.chain import verify_bundle
from review.store.ledger import Ledger
from review.store.rows import Row, Words
from tests.review.both import BOTH
from tests.review.builders import COVERED, ITO, NOON, agreed

pytestmark = BOTH
CHANGES = [
    "UPDATE events SET event = 'x'",
    "DELETE FROM events",
    "UPDATE documents SET sha256 = 'x'",
    "DELETE FROM documents",
]


@pytest.fixture
def ledger(store_url):
    opened = Ledger(store_url)
    yield opened
    opened.close()


@pytest.fixture
def filled(ledger):
    def write(page):
        page.add_event(Row(1, "a" * 64, "{}"))
        page.add_text(Words("b" * 64, b"salt", "words"))
        page.add_document(b"{}")

    ledger.write("spring", write)
    return ledger


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("statement", CHANGES)
def test_a_trigger_refuses_whoever_comes_with_their_own_program(store_url, statement):
    stranger = create_engine(store_url)
    with stranger.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("GRANT UPDATE, DELETE ON events, documents TO CURRENT_USER")

    with pytest.raises(DBAPIError, match="are never changed"), stranger.begin() as connection:
        connection.exec_driver_sql(statement)
    stranger.dispose()


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("statement", CHANGES)
def test_our_own_connections_have_no_right_to_try(store_url, statement):
    ours = keeping.engine(store_url)

    with (
        pytest.raises(DBAPIError, match=r"not authorized|permission denied"),
        ours.connect().execution_options(candor_writes=True) as connection,
    ):
        connection.exec_driver_sql(statement)
    ours.dispose()


def test_a_command_is_done_whole_or_not_at_all(ledger):
    def half(page):
        page.add_event(Row(1, "a" * 64, "{}"))
        raise NotTaken("On second thoughts.")

    with pytest.raises(NotTaken):
        ledger.write("spring", half)
    with ledger.reading("spring") as page:
        assert page.rows() == ()


def test_a_number_is_given_once(filled):
    with pytest.raises(NotStored):
        filled.write("spring", lambda page: page.add_event(Row(1, "d" * 64, "{}")))


def test_a_page_does_not_move_while_it_is_read(filled):
    with filled.reading("spring") as page:
        before = page.rows()
        filled.write("spring", lambda other: other.add_event(Row(2, "e" * 64, "{}")))

        assert page.rows() == before
    assert filled.length("spring") == 2


def test_words_can_be_erased_and_nothing_else(filled):
    filled.write("spring", lambda page: page.erase(["b" * 64]))

    with filled.reading("spring") as page:
        assert page.texts() == (Words("b" * 64, None, None),)
        assert len(page.rows()) == 1


def test_the_number_of_the_head_costs_one_row_of_an_index(filled, store_url):
    asked = "SELECT number FROM events WHERE review = 'spring' ORDER BY number DESC LIMIT 1"
    plan = "EXPLAIN QUERY PLAN" if store_url.startswith("sqlite") else "EXPLAIN"
    engine = create_engine(store_url)
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE events")
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")
        told = str(connection.exec_driver_sql(f"{plan} {asked}").all())
    engine.dispose()

    assert "INDEX" in told.upper()
    assert "SORT" not in told.upper()
    assert "TEMP B-TREE" not in told.upper()
    assert (filled.length("spring"), filled.length("autumn")) == (1, 0)


def test_two_desks_and_many_threads_lose_nothing(a_meeting, a_desk):
    meeting = a_meeting()
    meeting.run(agreed(12))
    desks = (meeting.desk, a_desk(COVERED))

    def say(number):
        return desks[number % 2].comment("spring", "", f"Comment {number}", by=ITO, now=NOON)

    with ThreadPoolExecutor(8) as people:
        list(people.map(say, range(40)))
    review = desks[1].review("spring")

    assert {comment.text for comment in review.comments} == {f"Comment {n}" for n in range(40)}
    assert [happened.number for happened in review.timeline] == list(range(1, 43))
    assert review.read_only == ""
    assert verify_bundle(desks[0].bundle("spring")).stands
