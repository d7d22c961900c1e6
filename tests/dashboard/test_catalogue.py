"""The page of all checks: searched, opened, and the same words as everywhere else."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from checks.printed import catalogue as book
from checks.registry import catalogue
from dashboard import session


@pytest.fixture
def visit(monkeypatch):
    """Open the page: ``visit("postcode", check="bias.selection")``."""
    monkeypatch.setattr(session, "review", lambda: None)

    def opened(words="", **query):
        app = AppTest.from_function(_draw, default_timeout=20)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if words:
            app.text_input[0].set_value(words).run()
        assert not app.exception
        return app

    return opened


def _draw():
    """The page without its surroundings."""
    from dashboard.views.catalogue import page

    page()


def titles(app):
    return [one.label for one in app.expander]


def text(app):
    return "\n".join(one.value for one in (*app.title, *app.header, *app.markdown))


def test_every_check_is_there_by_family(visit):
    app = visit()

    assert len(titles(app)) == len(catalogue())
    assert f"{len(catalogue())} checks: " in text(app)
    assert [one.value for one in app.header][:2] == list(book.NAMES.values())[:2]


def test_it_says_what_no_check_can_show(visit):
    shown = text(visit())

    assert "What the whole catalogue cannot show" in shown
    assert all(line.split(".")[0] in shown for line in book.CANNOT_SHOW)


@pytest.mark.parametrize(
    ("words", "check"),
    [
        pytest.param("four fifths", "bias.selection", id="its page"),
        pytest.param("DO-NOT-CONTACT", "consent.opt_out_leak", id="in any case"),
        pytest.param("CAN-SPAM 15 USC 7704(a)(4)", "consent.opt_out_leak", id="its limit's source"),
        pytest.param("bias.selection", "bias.selection", id="its id"),
    ],
)
def test_a_search_finds_a_check(visit, words, check):
    app = visit(words)

    [one] = [one for one in catalogue() if one.id == check]
    assert any(one.title in title for title in titles(app))
    assert len(titles(app)) < len(catalogue())


def test_a_search_that_finds_nothing_says_what_to_do(visit):
    app = visit("<script>")

    assert titles(app) == []
    assert "No check speaks of" in text(app)
    assert "Try one word" in text(app)


def test_an_opened_check_shows_its_whole_page_and_its_limits(visit):
    app = visit("opt out leak", check="consent.opt_out_leak")

    shown = text(app)
    [one] = [one for one in catalogue() if one.id == "consent.opt_out_leak"]
    assert all(f"**{heading}.** {one.section(heading)}" in shown for heading in book.HEADINGS)
    assert "Nobody may accept a failure of this check." in shown
    assert "law, California, in force, to be confirmed by a lawyer" in shown
    [table] = app.table
    assert "lag us email" in table.value["Limit"].tolist()
    assert "law" in table.value["What it is"].tolist()


def test_closed_checks_are_not_drawn(visit):
    app = visit()

    assert len(app.table) == 0


@pytest.mark.parametrize("check", catalogue(), ids=lambda one: one.id)
def test_limits_stand_with_where_they_come_from(policy, check):
    rows = book.limits_of(check, policy)

    own, shared = (
        policy.checks[check.id].limits,
        sum(len(dict(getattr(policy, block))) for block in check.shared),
    )
    assert len(rows) == len(own) + shared
    assert all(row.source and row.kind in ("law", "guidance", "our policy") for row in rows)
    assert not [row for row in rows if "Limit[" in row.value or "value=" in row.value]
