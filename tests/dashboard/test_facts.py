"""The page of facts: what the owner states, without an editor and without bringing files again."""

from __future__ import annotations

from datetime import date

import pytest
import streamlit as st
import yaml
from streamlit.testing.v1 import AppTest

from checks import places, samples
from checks.campaign import Campaign
from checks.evidence import Rate
from checks.finding import Reason, Severity, Verdict, cannot_tell, clear, fail
from checks.registry import catalogue
from dashboard import bringing, listing, session, stating
from review.record import Actor, Role
from tests.dashboard.beginnings import first_page, press, text, title

ITO = Actor(name="M. Ito", role=Role.PRIVACY)
TOLD = {
    "channels": {"email": {"basis": "consent"}, "post": {"basis": "contract"}},
    "uses_data_for": {"profiling": True},
    "refs": {"dpia": {"ref": "R-12", "date": "2026-03-01"}},
}


def named(name):
    return next(one for one in stating.facts(TOLD) if one.name == name)


def after(name, value, told=TOLD):
    one = named(name)
    every = stating.facts(told)
    given = {each.name: stating.held(told, each) for each in every} | {one.name: value}
    return stating.restated(told, given, every)


def test_each_fact_is_looked_at_by_checks_that_exist():
    known = {one.id for one in catalogue()}

    assert all(set(one.informs) <= known for one in stating.FACTS)


def test_each_fact_has_a_place_in_the_campaign_file():
    schema = Campaign.model_json_schema(by_alias=True)
    sections = schema["properties"]

    assert {one.place[0] for one in stating.FACTS} <= set(sections)


def test_each_channel_is_asked_by_itself():
    topics = [one.topic for one in stating.facts(TOLD) if one.place[0] == "channels"]

    assert set(topics) == {"How people leave: email", "How people leave: post"}
    assert topics == sorted(topics)


def test_what_is_not_touched_stays_as_it_is():
    every = stating.facts(TOLD)
    given = {one.name: stating.held(TOLD, one) for one in every}

    assert stating.restated(TOLD, given, every) == TOLD


@pytest.mark.parametrize(
    ("name", "value", "section", "holds"),
    [
        pytest.param("rules", ("", True), "rules", [], id="there are none"),
        pytest.param(
            "rules",
            ("age at least 18", False),
            "rules",
            [{"column": "age", "at_least": 18.0}],
            id="a rule as people write it",
        ),
        pytest.param("product.class", "shoes", "product", {"class": "shoes"}, id="words"),
        pytest.param(
            "uses_data_for.chatbot",
            False,
            "uses_data_for",
            {"profiling": True, "chatbot": False},
            id="no is an answer",
        ),
        pytest.param(
            "refs.dpia",
            "R-13",
            "refs",
            {"dpia": {"ref": "R-13", "date": "2026-03-01"}},
            id="a document keeps its day",
        ),
        pytest.param(
            "channels.post.opt_out.tested",
            date(2026, 11, 2),
            "channels",
            {
                **TOLD["channels"],
                "post": {"basis": "contract", "opt_out": {"tested": "2026-11-02"}},
            },
            id="a day, in a section made for it",
        ),
    ],
)
def test_a_statement_lands_in_its_section(name, value, section, holds):
    new = after(name, value)

    assert new[section] == holds
    assert {key: new[key] for key in new if key != section} == {
        key: TOLD[key] for key in TOLD if key != section
    }


def test_a_statement_taken_back_leaves_no_empty_section():
    assert "uses_data_for" not in after("uses_data_for.profiling", None)


def test_rules_that_are_named_stand_there_to_be_changed():
    told = {**TOLD, "rules": [{"column": "balance", "at_least": 1.0, "required_by": "a law"}]}
    one = next(each for each in stating.facts(told) if each.name == "rules")

    assert stating.held(told, one) == ("balance at least 1", False)
    more = stating.restated(told, {"rules": ("balance at least 1\nage at most 90", False)}, (one,))
    assert more["rules"] == [*told["rules"], {"column": "age", "at_most": 90.0}]


@pytest.mark.parametrize(
    ("remedy", "stated"),
    [
        pytest.param("Name it in the campaign file: product, class.", True, id="names the file"),
        pytest.param(
            "Name days of mourning: calendar. An empty list is an answer.", True, id="list"
        ),
        pytest.param("Write it down: channels.post.opt_out.", True, id="names a place"),
        pytest.param("Take them off the list: it becomes 17,361.", False, id="a list to mend"),
        pytest.param("Leave it out for some people, and count what they do.", False, id="people"),
        pytest.param("Leave each out for some: outcomes, arm.", False, id="needs a file"),
    ],
)
def test_only_what_can_be_stated_leads_to_the_page(remedy, stated):
    found = cannot_tell("x", "It is not stated.", reason=Reason.COLUMN_MISSING, remedy=remedy)

    assert stating.can_be_stated(found) is stated


def test_what_is_clear_asks_for_no_statement():
    looked = Rate(group="all", yes=9, of=9)

    assert not stating.can_be_stated(clear("x", "All is in the campaign file.", looked))
    assert stating.can_be_stated(fail("x", "No assessment (refs.lia).", remedy="Ask them."))


def test_what_was_mended_is_written_down_on_the_page():
    found = fail("email", "Leaving takes 4 steps.", remedy="Cut 3 steps.")

    assert stating.can_be_stated(found.of("consent.leaving", Severity.HIGH, ()))
    assert not stating.can_be_stated(found.of("consent.coverage", Severity.HIGH, ()))


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An installation of this test's own, with nothing in it."""
    if not (places.DATA / "campaigns/summer-sale/people.csv").is_file():
        samples.make()
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    st.cache_resource.clear()
    st.cache_data.clear()
    yield tmp_path / "home"
    session.desk().close()
    st.cache_resource.clear()
    st.cache_data.clear()


def opened(app, question):
    app.button(key=f"open question {question}").click().run()
    assert not app.exception
    return app


def test_a_fact_is_stated_where_its_finding_asks_and_becomes_the_next_revision(home):
    app = press(press(first_page(), "Open the example"), "See all questions")
    app = press(opened(app, "no-trait-is-a-rule"), "State it on the page of facts")
    assert title(app) == "What the campaign states"
    assert "The campaign does not say by which rules the list was made." in text(app)
    app.checkbox(key="fact rules none").check()
    app = press(app, "State it and look again")

    review = session.desk().review("summer-sale")
    assert title(app) == "Summer sale"
    assert review.revision == 2
    assert review.finding("bias.direct_use/rules").verdict is not Verdict.CANNOT_TELL
    assert [one.name for one in (home / "campaigns/summer-sale").glob("*.csv")] == []


def test_a_rule_is_stated_as_people_write_it_and_a_line_that_is_none_is_refused(home):
    app = press(press(first_page(), "Open the example"), "See all questions")
    app = press(opened(app, "no-trait-is-a-rule"), "State it on the page of facts")
    app.text_area(key="fact rules").set_value("everybody with money")
    app = press(app, "State it and look again")
    assert "**Rules, line 1.** It cannot be read as a rule." in text(app)
    app.text_area(key="fact rules").set_value("basket at least 20, because worth a stamp")
    press(app, "State it and look again")

    assert "at_least: 20.0" in (home / "campaigns/summer-sale/campaign.yaml").read_text("utf-8")


def test_that_there_is_none_is_an_answer_and_a_list_nobody_touched_stays(home):
    app = press(press(first_page(), "Open the example"), "See all questions")
    app = press(opened(app, "no-trait-is-a-rule"), "State it on the page of facts")
    before = yaml.safe_load(app.text_area[-1].value)
    app.checkbox(key="list places none").check()
    press(app, "State it and look again")

    kept = yaml.safe_load((home / "campaigns/summer-sale/campaign.yaml").read_text("utf-8"))
    assert kept["places"] == []
    lists = [one.section for one in listing.LISTS if one.section != "places"]
    assert {name: kept.get(name) for name in lists} == {name: before.get(name) for name in lists}


class Brought:
    """A file as the browser brings it."""

    def __init__(self, name, words):
        self.name, self.words = name, words

    def getvalue(self):
        return self.words


def test_a_notice_that_is_brought_takes_the_place_of_the_one_there_and_keeps_the_rest():
    told = {**TOLD, "notice": {"file": "old.html", "version": "3"}}
    new, files = bringing.beside(told, Brought("Privacy.MD", b"We are."), [])

    assert new == {**TOLD, "notice": {"file": "privacy-notice.md", "version": "3"}}
    assert files == {"privacy-notice.md": b"We are."}
    assert bringing.beside(told, None, []) == (told, {})


@pytest.mark.parametrize(
    ("listed", "becomes"),
    [
        pytest.param(None, [{"id": "Hello", "file": "message-hello.txt"}], id="the first"),
        pytest.param(
            [{"id": "Hello", "sender": "us"}],
            [{"id": "Hello", "sender": "us", "file": "message-hello.txt"}],
            id="one that was only described",
        ),
        pytest.param(
            [{"id": "greeting", "file": "message-hello.txt", "hash": "ab"}],
            [{"id": "greeting", "file": "message-hello.txt"}],
            id="a new version of a file",
        ),
        pytest.param(
            [{"id": "greeting", "file": "Hello.txt"}],
            [{"id": "greeting", "file": "message-hello.txt"}],
            id="a new version of a file that was named by hand",
        ),
        pytest.param(
            [{"id": "Hello", "file": "other.txt"}],
            [
                {"id": "Hello", "file": "other.txt"},
                {"id": "message-hello.txt", "file": "message-hello.txt"},
            ],
            id="another file of the same name stays",
        ),
    ],
)
def test_a_message_that_is_brought_stands_in_the_list(listed, becomes):
    told = {**TOLD, "creatives": listed} if listed else TOLD
    new, files = bringing.beside(told, None, [Brought("Hello.txt", b"Hi")])

    assert new["creatives"] == becomes
    assert files == {"message-hello.txt": b"Hi"}


def test_what_a_notice_says_is_stated_in_words_and_taken_back_without_a_trace():
    told = after("notice.declares.sources", ["a broker"])
    assert told["notice"] == {"declares": {"sources": ["a broker"]}}
    assert "notice" not in after("notice.declares.sources", None, told)

    listed = after("notice.items", ["13(1)(a)"], told)
    assert listed["notice"] == {"declares": {"sources": ["a broker"]}, "items": ["13(1)(a)"]}


def test_a_channel_of_which_nothing_is_stated_any_more_stays():
    told = {"channels": {"post": {"opt_out": {"fee": True}}}}

    assert after("channels.post.opt_out.fee", None, told)["channels"] == {"post": {}}


def test_a_notice_and_messages_are_brought_and_looked_at(home):
    app = press(press(first_page(), "Open the example"), "See all questions")
    app = press(opened(app, "no-trait-is-a-rule"), "State it on the page of facts")
    notice, messages = app.get("file_uploader")
    notice.set_value(("our notice.md", b"We are Linden. We keep your address for a year.", "text"))
    messages.set_value([("Hello.txt", b"Only today!", "text/plain")])
    app.multiselect(key="fact notice.items").set_value(["13(1)(a)", "13(2)(a)"])
    press(app, "State it and look again")

    kept = yaml.safe_load((home / "campaigns/summer-sale/campaign.yaml").read_text("utf-8"))
    assert kept["notice"]["file"] == "privacy-notice.md"
    assert kept["notice"]["items"] == ["13(1)(a)", "13(2)(a)"]
    assert {"id": "Hello", "file": "message-hello.txt"} in kept["creatives"]
    assert (home / "campaigns/summer-sale/message-hello.txt").read_bytes() == b"Only today!"
    found = session.desk().review("summer-sale").finding("transparency.notice_complete/items")
    assert "missing from the notice" in found.headline


def test_a_judge_is_told_what_stating_would_make_of_them(home, monkeypatch):
    monkeypatch.setattr(session, "actor", lambda: ITO)
    app = press(press(first_page(), "Open the example"), "See all questions")
    app = press(opened(app, "no-trait-is-a-rule"), "State it on the page of facts")
    assert "can no longer judge it" in text(app)
    app.checkbox(key="fact rules none").check()
    press(app, "State it and look again")

    assert home.is_dir()
    assert session.desk().review("summer-sale").is_inside(ITO)


def test_a_broken_campaign_file_is_told_with_its_place_and_changes_nothing(home):
    app = press(press(first_page(), "Open the example"), "See all questions")
    app = press(opened(app, "no-trait-is-a-rule"), "State it on the page of facts")
    whole = app.text_area[-1].value
    app.text_area[-1].set_value(whole.replace("launch:", "lunch:"))
    app = press(app, "Look again with this file")
    assert "Not taken in" in text(app)
    assert "launch" in text(app)
    app.text_area[-1].set_value(whole.replace("id: summer-sale", "id: winter-sale"))
    app = press(app, "Look again with this file")

    assert "The id must stay “summer-sale”" in text(app)
    assert session.desk().review("summer-sale").revision == 1
    assert list(home.glob("campaigns/*/campaign.yaml")) == []


def _drawn(name, held):
    from dashboard import session, stating
    from dashboard.views import facts

    one = next(each for each in stating.FACTS if each.name == name)
    session.remember("given", facts.WIDGETS[one.kind](one, held))


@pytest.mark.parametrize(
    ("name", "held"),
    [
        pytest.param("uses_data_for.basis", "contract", id="a ground that is not offered"),
        pytest.param("product.class", "x" * 900, id="a long word"),
        pytest.param("uses_data_for.price", False, id="a no"),
    ],
)
def test_what_the_file_says_is_not_lost_by_looking_at_it(name, held):
    app = AppTest.from_function(_drawn, kwargs={"name": name, "held": held}).run()

    assert not app.exception
    assert app.session_state["given"] == held
