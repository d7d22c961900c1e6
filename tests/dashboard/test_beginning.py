"""First page, all reviews, start and check: the whole script, on real files and a real desk."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from checks import places, samples
from checks.reading import read_campaign
from dashboard import draft as drafts
from dashboard import session
from review.ledger import Ledger

HOUSE = Path(__file__).resolve().parents[2]
HEAD = "member_id,in_campaign,gender,birth_year,email_status,email_at,email_ref,mystery"


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


def people(rows=400, head=HEAD, *, broken=()):
    """The bytes of a people file; the rows named in `broken` have a cell too many."""
    lines = [head]
    for n in range(rows):
        said = "withdrawn" if n in (0, 8, 20) else "granted"
        cells = [f"m{n}", "true" if n % 4 < 2 else "false", "fm"[n % 2], str(1950 + n % 50)]
        cells += [said, "2026-03-01", f"form-{n}", "abc"[n % 3]]
        kept = [cell for cell, name in zip(cells, HEAD.split(","), strict=True) if name in head]
        lines.append(",".join([*kept, *(["more"] if n in broken else [])]))
    return "\n".join(lines).encode()


def first_page():
    app = AppTest.from_file(str(HOUSE / "dashboard/screen.py"), default_timeout=60).run()
    assert not app.exception
    return app


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    return app


def text(app):
    shown = (*app.title, *app.header, *app.subheader, *app.markdown, *app.error, *app.warning)
    return "\n".join(one.value for one in shown)


def title(app):
    [one] = app.title
    return one.value


def named(name="Winter evening", owner="Ana Silva"):
    """The start, come to the files."""
    app = press(first_page(), "Start with your own files")
    app.text_input(key="start name").set_value(name)
    app.text_input(key="start owner").set_value(owner)
    app.date_input(key="start launch").set_value(date(2026, 12, 1))
    return press(app, "Next")


def brought(app, content=None, name="members.csv", **others):
    """The files are brought and read; a page that tells how far it is is looked at again."""
    files = [(name, content or people(), "text/csv")]
    files += [(other.replace("_csv", ".csv"), told, "text/csv") for other, told in others.items()]
    app.file_uploader[0].set_value(files)
    return press(app, "Read them")


def told(app, regions="DE"):
    app.radio(key="start effect").set_value("opportunity")
    app.selectbox(key="start sector").set_value("general")
    app.text_input(key="start regions").set_value(regions)
    return press(app, "Look at it")


def the_draft(app):
    return drafts.find(app.query_params["draft"])


# The first page


def test_three_ways_in_and_three_steps():
    app = first_page()

    ways = ["Open the example", "Start with your own files", "Check a sign-off (PDF)"]
    assert [one.label for one in app.button] == ways
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


# Start


def test_what_is_missing_is_named_and_what_was_typed_is_kept():
    app = press(first_page(), "Start with your own files")
    app.text_input(key="start name").set_value("Winter evening")
    press(app, "Next")

    assert app.error[0].value == "A launch date and an owner are needed to go on."
    assert app.text_input(key="start name").value == "Winter evening"


def test_a_refused_file_is_told_with_place_and_cure_and_its_name_is_no_markup():
    app = brought(named(), people(broken=(99, 199)), name="bad <b>*x*.csv")

    assert title(app) == "Start: bring the files"
    assert app.error[0].value.startswith(r"bad \<b\>\*x\*.csv\: Only 398 of 400 rows")
    assert "line 101 has one cell too many" in app.error[0].value
    assert "export again" in app.error[0].value
    kept = the_draft(app)
    assert (kept.name, kept.owner, kept.launch) == ("Winter evening", "Ana Silva", "2026-12-01")


def test_no_file_is_refused_in_a_sentence():
    app = press(named(), "Read them")

    assert app.error[0].value == "Choose the file with the people first."


def test_a_bare_send_list_says_how_many_checks_cannot_tell():
    app = brought(named(), people(head="member_id,gender,birth_year,email_status,email_at"))

    assert "No column says who is on the list." in app.warning[0].value
    assert "checks will say *cannot tell*" in app.warning[0].value
    assert "All 5 columns are clear" in text(app)


def test_a_confirmed_word_is_not_known_and_an_unconfirmed_one_stays_a_group():
    content = people().replace(b",true,f,1950,", b",true,none given,1950,")
    app = brought(named(), content)
    words = app.button_group(key="unknown gender")

    assert words.value == []
    assert words.options == ["none given"]
    words.set_value(["none given"]).run()
    press(app, "These are right")
    assert the_draft(app).said("gender").unknown == ("none given",)
    told(app)
    written = read_campaign(places.campaigns() / "winter-evening/campaign.yaml")
    assert written.people.missing_in == {"gender": ("none given",)}


def test_only_columns_that_need_a_person_are_asked_about():
    app = brought(named())

    assert "1 of 8 columns needs your word." in text(app)
    assert app.subheader[0].value == "mystery"


def test_a_permission_without_a_channel_is_refused_by_its_name():
    app = brought(named())
    app.selectbox(key="column mystery").set_value("permission").run()
    press(app, "These are right")

    assert title(app) == "Start: what the columns mean"
    assert "Say which channel “mystery” is about." in app.error[0].value


def test_going_back_keeps_the_file_that_was_read():
    app = press(brought(named()), "Back one step")

    assert "**members.csv** · 400 rows, 8 columns" in text(app)
    press(app, "Go on with these")
    assert title(app) == "Start: what the columns mean"


@pytest.mark.parametrize(
    ("regions", "sentence"),
    [
        pytest.param("Germany", "“Germany”: write two letters a country", id="a country's name"),
        pytest.param("DE, D3", "“D3”: write two letters a country", id="a digit in a country"),
    ],
)
def test_a_region_that_is_none_is_refused_before_anything_runs(regions, sentence):
    app = told(press(brought(named()), "These are right"), regions)

    assert app.error[0].value.replace("\\", "").startswith(sentence)
    assert app.text_input(key="start regions").value == regions
    assert session.desk().reviews() == ()


def test_missing_facts_are_refused():
    app = press(press(brought(named()), "These are right"), "Look at it")

    assert "Say what being on the list is" in app.error[0].value


def test_from_files_to_a_review_that_leaves_no_raw_file(home):
    app = told(press(brought(named()), "These are right"))

    assert title(app) == "Winter evening"
    assert "200 of 400 people are on the list." in text(app)
    assert list(home.rglob("*.csv")) == []
    assert list((home / "drafts").iterdir()) == []


def test_a_second_campaign_of_the_same_name_is_a_review_of_its_own():
    told(press(brought(named()), "These are right"))
    app = told(press(brought(named()), "These are right"))

    assert app.query_params["review"] == "winter-evening-2"


def test_an_address_that_names_no_draft_begins_anew():
    app = AppTest.from_file(str(HOUSE / "dashboard/screen.py"), default_timeout=60)
    app.query_params["draft"] = "../../etc"
    press(app.run(), "Start with your own files")

    assert title(app) == "Start: what is it called, and when does it go out?"


# Check a sign-off


def checked(pdf):
    app = press(first_page(), "Check a sign-off (PDF)")
    app.file_uploader[0].set_value(("sign-off.pdf", pdf, "application/pdf")).run()
    assert not app.exception
    return app


def test_a_document_of_ours_is_checked_and_told_plainly():
    press(first_page(), "Open the example")
    review = session.desk().review("summer-sale")
    app = checked(session.document(review).pdf)

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
    pdf = bytearray(session.document(session.desk().review("summer-sale")).pdf)
    pdf[len(pdf) // 2] ^= 1
    app = checked(bytes(pdf))

    assert "This sign-off does not stand]" in app.header[0].value
    assert "the document was changed after it was made." in text(app)


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
