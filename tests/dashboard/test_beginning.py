"""First page, all reviews and check: the whole script, on real files and a real desk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from checks import places, samples
from dashboard import session
from review.store.ledger import Ledger
from tests.dashboard.beginnings import HOUSE, first_page, press, text, title


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """An installation of this test's own, with nothing in it."""
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    st.cache_resource.clear()
    st.cache_data.clear()
    yield tmp_path / "home"
    session.desk().close()
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture(scope="module", autouse=True)
def _samples():
    if not (places.DATA / "campaigns/club-newsletter/people.csv").is_file():
        samples.make()


# The first page


def test_three_ways_in_and_three_steps():
    app = first_page()

    ways = ["Open the example", "Start with your own files", "Check a sign-off (PDF)"]
    assert [one.label for one in app.button] == [*ways, "See what Candor asks"]
    assert [one.value[:2] for one in app.header] == ["1.", "2.", "3."]


def test_the_example_opens_in_one_click_and_is_then_found_again():
    app = press(first_page(), "Open the example")

    assert title(app) == "Summer sale"
    assert app.query_params["review"] == "summer-sale"
    assert "Summer sale" in text(first_page())


# All reviews


def test_all_reviews_tells_what_waits_and_what_nobody_has_looked_at():
    press(first_page(), "Open the example")
    app = press(first_page(), "See all reviews")

    said = text(app)
    assert title(app) == "All reviews"
    assert said.index("Summer sale") < said.index("Club newsletter")
    assert re.search(r"\d+ findings stop it; \d+ questions wait for a person\.", said)
    app.button(key="look club-newsletter").click().run()
    assert title(app) == "Club newsletter"


# Check a sign-off


def checked(pdf):
    app = press(first_page(), "Check a sign-off (PDF)")
    app.file_uploader[0].set_value(("sign-off.pdf", pdf, "application/pdf")).run()
    assert not app.exception
    return app


def test_a_document_of_ours_is_checked_and_told_plainly():
    press(first_page(), "Open the example")
    review = session.desk().review("summer-sale")
    app = checked(session.document(review).content)

    assert "Cannot tell]" in app.header[0].value
    assert "It carries no seal" in text(app)
    assert "making it again from that record gives the same bytes" in text(app)
    assert "Summer sale" in text(app)
    assert review.head[:8] in str(app.table[0].value)


@pytest.mark.parametrize(
    "pdf", [pytest.param(b"%PDF-1.7 nonsense", id="damaged"), pytest.param(b"GIF89a", id="no PDF")]
)
def test_what_is_no_document_of_ours_gets_a_sentence(pdf):
    app = checked(pdf)

    assert "Cannot tell]" in app.header[0].value
    assert "Traceback" not in text(app)


def test_one_changed_byte_of_the_record_is_found():
    press(first_page(), "Open the example")
    pdf = bytearray(session.document(session.desk().review("summer-sale")).content)
    pdf[len(pdf) // 2] ^= 1
    app = checked(bytes(pdf))

    assert "This sign-off does not stand]" in app.header[0].value
    assert "Its bytes are not the ones that were sealed." in text(app)
    assert "not changed" not in text(app)


# A store that cannot be reached


def test_a_store_that_cannot_be_reached_is_a_sentence_and_no_traceback(tmp_path, monkeypatch):
    place = tmp_path / "a file where the folder should be"
    place.write_text("taken", encoding="utf-8")
    with monkeypatch.context() as broken:
        broken.setenv("CANDOR_HOME", str(place / "home"))
        app = AppTest.from_file(str(HOUSE / "dashboard/screen.py"), default_timeout=60).run()

    assert not app.exception
    assert title(app) == "The record cannot be reached"
    assert "Nothing was changed." in text(app)
    assert f"It lies in `{place / 'home'}`" in app.error[0].value


@pytest.mark.parametrize("make", [Path.mkdir, lambda store: store.write_text("no database")])
def test_what_is_no_store_is_named_by_its_place(tmp_path, monkeypatch, make):
    make(tmp_path / "store.db")
    with monkeypatch.context() as broken:
        broken.setenv("CANDOR_HOME", str(tmp_path))
        app = AppTest.from_file(str(HOUSE / "dashboard/screen.py"), default_timeout=60).run()

    assert not app.exception
    assert title(app) == "The record cannot be reached"
    assert f"It lies in `{tmp_path / 'store.db'}`" in app.error[0].value


def test_a_store_that_breaks_between_two_clicks_is_a_sentence_too(monkeypatch):
    app = press(first_page(), "Open the example")
    with monkeypatch.context() as broken:
        broken.setattr(Ledger, "reading", _gone)
        app.run()
        assert title(app) == "The record cannot be reached"
    press(app, "Load it again")

    assert title(app) == "Summer sale"


def _gone(*_given):
    raise OSError(5, "the disk is gone")
