"""The button for the cleaned lists: who sees it, what it says, and that no page shows a key."""

from __future__ import annotations

import csv
from datetime import UTC, datetime

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from checks import places
from checks.runs.run import run_campaign
from dashboard import opening, session
from review.checklist import read_checklist
from review.commands.desk import Desk
from review.record import Actor, Role

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANA = Actor(name="Ana", role=Role.OWNER)
MIRA = Actor(name="Mira", role=Role.PREPARER)
ITO = Actor(name="M. Ito", role=Role.PRIVACY)
CANARY = "canary5150"
LABEL = "Make the cleaned list"
PAGES = ("overview", "integrity", "transparency", "consent", "bias", "protection", "society",
         "balance", "segments", "signoff", "record")  # fmt: skip
CAMPAIGN = """\
id: autumn
name: Autumn letters
owner: Ana
launch: 2026-12-01
sector: general
effect: opportunity
people: {file: people.csv, key: id, targeted: on_list}
channels:
  email:
    basis: consent
    permission: {status: said, given: at, proof: ref}
suppression: {file: stop.csv, key: id}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An installation with one campaign, looked at; ten of its forty people said no."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "campaigns/autumn"
    folder.mkdir(parents=True)
    said = ["withdrawn" if n % 4 == 3 else "granted" for n in range(40)]
    people = [f"{CANARY}-{n},true,{one},2026-06-01,form" for n, one in enumerate(said)]
    folder.joinpath("people.csv").write_text("\n".join(["id,on_list,said,at,ref", *people]) + "\n")
    folder.joinpath("stop.csv").write_text(f"id\n{CANARY}-0\n")
    folder.joinpath("campaign.yaml").write_text(CAMPAIGN)
    return home


@pytest.fixture(scope="module")
def run(home):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANDOR_HOME", str(home))
        patch.delenv("CANDOR_POLICY", raising=False)
        return run_campaign(home / "campaigns/autumn/campaign.yaml", places.policy_file())


@pytest.fixture
def desk(home, run, tmp_path, monkeypatch):
    """A desk of this test's own, with the run on record."""
    monkeypatch.setenv("CANDOR_HOME", str(home))
    monkeypatch.delenv("CANDOR_POLICY", raising=False)
    st.cache_resource.clear()
    opening.known.clear()
    checklist = read_checklist(places.checklist_file())
    made = Desk(f"sqlite:///{tmp_path / 'store.db'}", tmp_path / "anchors.jsonl", checklist)
    made.record_run(run, by=MIRA, now=NOON)
    monkeypatch.setattr(session, "desk", lambda: made)
    monkeypatch.setattr(session, "now", lambda: NOON)
    for left in places.lists("autumn").glob("*.csv"):
        left.unlink()
    yield made
    made.close()


@pytest.fixture
def visit(desk, monkeypatch):
    """Open a page as somebody: ``visit("consent", ANA)``."""

    def opened(page, who=None, **query):
        monkeypatch.setattr(session, "actor", lambda: who)
        app = AppTest.from_function(_draw, kwargs={"page": page}, default_timeout=20)
        app.query_params["review"] = desk.review("autumn").id
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return opened


def _draw(page):
    """One page without its surroundings."""
    from dashboard import looks
    from dashboard.views import family, overview, record, segments, signoff

    plain = {"overview": overview, "segments": segments, "signoff": signoff, "record": record}
    drawn = plain[page].page if page in plain else family.of(page, looks.FAMILIES[page])
    drawn()


def buttons(app):
    return [one for one in app.button if one.label == LABEL]


def lists():
    return sorted(one.name for one in places.lists("autumn").glob("*"))


def everything(app):
    """All that a page sends to the browser."""
    return "\n".join(repr(one.proto) for one in app.main) + repr(app.main)


@pytest.mark.parametrize("finding", ["consent.coverage/email", "consent.opt_out_leak/email"])
@pytest.mark.parametrize("who", [ANA, MIRA], ids=["owner", "preparer"])
def test_owner_and_preparer_make_the_lists_and_read_where_they_lie(visit, who, finding):
    app = visit("consent", who, finding=finding)
    [button] = buttons(app)
    button.click().run()

    [told] = [one.value for one in app.success]
    assert not app.exception
    assert "29 people may be contacted" in told
    assert "11 people are taken off" in told
    assert "autumn/lists" in told
    assert lists() == ["email-revision-1-contact.csv", "email-revision-1-removed.csv"]
    with (places.lists("autumn") / lists()[0]).open(encoding="utf-8", newline="") as opened:
        assert len(list(csv.reader(opened))) == 1 + 29
    assert any("Made before" in one.value for one in app.markdown)


def test_the_overview_has_the_button_at_the_point(visit):
    app = visit("overview", ANA)
    buttons(app)[0].click().run()

    assert not app.exception
    assert "29 people may be contacted" in app.success[0].value


@pytest.mark.parametrize("who", [ITO, None], ids=["a reviewer", "nobody yet"])
def test_others_cannot_press_it(visit, who):
    on_finding = buttons(visit("consent", who, finding="consent.coverage/email"))

    assert [one.disabled for one in on_finding] == [True]
    assert buttons(visit("overview", who)) == []


def test_a_page_that_was_open_when_the_role_changed_is_refused_below(visit, monkeypatch):
    app = visit("consent", ANA, finding="consent.coverage/email")
    monkeypatch.setattr("dashboard.leaving._may", lambda: True)
    monkeypatch.setattr(session, "actor", lambda: ITO)
    buttons(app)[0].click().run()

    assert "Only the owner or the preparer" in app.error[0].value
    assert lists() == []


def test_other_findings_have_no_such_button(visit):
    assert buttons(visit("integrity", ANA)) == []


def test_a_campaign_whose_raw_files_are_gone_has_its_lists_too(visit, home):
    file = home / "campaigns/autumn/campaign.yaml"
    before = {one: one.read_bytes() for one in file.parent.iterdir() if one.is_file()}
    lists_folder = places.lists("autumn")
    if lists_folder.exists():
        lists_folder.rmdir()
    visit("overview")
    opening.keep_only_the_snapshot(file, "autumn")
    left = [one.name for one in file.parent.iterdir()]
    app = visit("consent", ANA, finding="consent.coverage/email")
    buttons(app)[0].click().run()
    for one, content in before.items():
        one.write_bytes(content)

    assert left == ["campaign.yaml"]
    assert "29 people may be contacted" in app.success[0].value


def test_no_page_shows_a_key_after_the_lists_are_made(visit):
    app = visit("consent", ANA, finding="consent.coverage/email")
    buttons(app)[0].click().run()
    written = (places.lists("autumn") / lists()[0]).read_text(encoding="utf-8")

    assert CANARY in written
    assert CANARY not in everything(app)
    for page in PAGES:
        for who in (ANA, ITO):
            shown = everything(visit(page, who))
            assert "Names are typed" in shown
            assert CANARY not in shown


def test_the_record_says_that_it_happened(visit, desk):
    app = visit("consent", ANA, finding="consent.coverage/email")
    buttons(app)[0].click().run()

    assert desk.review("autumn").timeline[-1].sentence == (
        "Ana (owner, not verified) made the cleaned lists. email: 29 people kept, 11 taken off."
    )
