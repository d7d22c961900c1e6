"""The pages of a review, as people meet them: AppTest on a real desk with a run made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from checks.evidence import Table
from checks.finding import Severity, Verdict, fail, watch
from dashboard import session, table
from review.commands.desk import Desk
from review.document.issuing import Issued
from review.record import Action, Actor, Answer, Decision, Role, State
from tests.review import documents

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MIRA = Actor(name="Mira", role=Role.PREPARER)
ITO = Actor(name="M. Ito", role=Role.PRIVACY)
WEBER = Actor(name="J. Weber", role=Role.ETHICS)
NAME = "spring-savings"
A_PDF = Issued(content=b"%PDF-", kind="pre_read", unsealed_sha256="a" * 64, sealer=None)
QUESTION = "no-means-no"
EXCEPTIONS = {"consent.opt_out_leak": "none", "consent.coverage": "second_person"}


def findings(*verdicts):
    return tuple(one for one in documents.findings() if one.verdict in verdicts)


def a_run(found=None):
    run = documents.a_run(found=found)
    return replace(
        run, exceptions={one.check: "second_person" for one in run.findings} | EXCEPTIONS
    )


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """A desk of this test's own, which the pages find behind their door."""
    st.cache_resource.clear()
    store = f"sqlite:///{tmp_path / 'store.db'}"
    made = Desk(store, tmp_path / "anchors.jsonl", documents.CHECKLIST)
    monkeypatch.setattr(session, "desk", lambda: made)
    monkeypatch.setattr(session, "now", lambda: NOON)
    return made


@pytest.fixture
def visit(monkeypatch):
    """Open a page as somebody: ``visit("consent", ITO)``."""

    def opened(page, who=None, **query):
        monkeypatch.setattr(session, "actor", lambda: who)
        app = AppTest.from_function(_draw, kwargs={"page": page}, default_timeout=20)
        app.query_params["review"] = NAME
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


@pytest.fixture
def reviewed(desk):
    """A review in which every verdict appears."""
    return desk.record_run(a_run(), by=MIRA, now=NOON)


@pytest.fixture
def settled(desk):
    """A review in which nothing stands in the way."""
    quiet = findings(Verdict.CLEAR, Verdict.NOT_APPLICABLE)
    seen = desk.record_run(a_run(quiet), by=MIRA, now=NOON).head
    fine = {"reason": "Nobody said no.", "by": WEBER, "now": NOON, "seen": seen}
    return desk.answer(NAME, QUESTION, Answer.ACCEPTABLE, **fine)


def text(app):
    return "\n".join(one.value for one in (*app.title, *app.header, *app.subheader, *app.markdown))


def fill(app, part, value):
    """Type into the first field whose key ends so."""
    fields = [*app.text_area, *app.text_input, *app.date_input, *app.radio]
    next(one for one in fields if one.key.endswith(part)).set_value(value)


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    return app


# The overview


def test_the_overview_counts_people_days_and_verdicts(visit, reviewed):
    app = visit("overview")

    assert app.title[0].value == "Spring savings account"
    assert "42,694 of 64,000 people are on the list." in text(app)
    assert "The launch is on 1 December 2026, in 8 days." in text(app)
    counted = sum(reviewed.run.counts.values())
    assert counted == len({one.check for one in reviewed.run.findings})


def test_the_overview_tells_findings_that_stop_the_launch_from_questions(visit, reviewed):
    app = visit("overview")

    stops = [one for one in reviewed.obstacles if one.finding]
    asked = [one for one in reviewed.obstacles if not one.finding]
    assert app.header[0].value == f"{len(stops)} findings stop the launch"
    assert f"{len(asked)} questions wait for an answer" in text(app)
    assert len(app.subheader) == len(stops)


@pytest.mark.usefixtures("reviewed")
def test_people_who_said_no_come_before_all_else(visit):
    app = visit("overview")

    assert app.subheader[0].value == "1,204 of 42,694 people on the list said no to email."


def stopping(check, channel, says, *evidence):
    found = fail(channel, says, *evidence, remedy="Take them off.")
    return found.of(check, Severity.BLOCKING, ())


CLEANED = (
    stopping(
        "consent.coverage",
        "email",
        "1,674 of 42,694 people may not be contacted.",
        documents.WATERFALL,
    ),
    stopping("consent.opt_out_leak", "email", "1,204 of 42,694 people said no."),
    stopping("consent.opt_out_leak", "post", "3 of 42,694 people said no."),
)


def test_points_that_the_cleaned_list_settles_stand_folded_beneath_it(visit, desk):
    desk.record_run(a_run(CLEANED), by=MIRA, now=NOON)
    app = visit("overview")

    assert app.header[0].value == "3 findings stop the launch"
    assert "2 steps settle them; the cleaned list settles 2 at once." in text(app)
    assert [one.value for one in app.subheader] == [
        "1,674 of 42,694 people may not be contacted.",
        "3 of 42,694 people said no.",
    ]
    assert "1,204 of 42,694 people said no." in text(app)


def test_without_a_count_of_everybody_no_list_can_be_cleaned_and_each_point_stands_alone(
    visit, desk
):
    desk.record_run(a_run(CLEANED[1:]), by=MIRA, now=NOON)
    app = visit("overview")

    assert "at once" not in text(app)
    assert len(app.subheader) == 2


def test_a_talk_that_is_owed_comes_last_and_leads_to_where_it_is_recorded(visit, desk):
    run = a_run(CLEANED)
    needs = replace(run.committee, dialogue=True)
    desk.record_run(replace(run, committee=needs), by=MIRA, now=NOON)
    app = visit("overview")

    assert app.subheader[-1].value.startswith("No one outside the team has been asked yet.")
    assert "Record a talk" in [one.label for one in app.button]


def test_the_committee_begins_with_what_stops_the_launch(desk):
    found = [
        watch("email", "3 people may not be contacted.", remedy="Take them off.").of(
            "consent.opt_out_leak", Severity.HIGH, ()
        ),
        stopping("integrity.files", "files", "3 rows repeat a key."),
    ]
    review = desk.record_run(a_run(found), by=MIRA, now=NOON)

    assert table.points(review)[0].id == "files"
    assert table.stopping(review, table.points(review)) == 1


@pytest.mark.usefixtures("reviewed")
def test_a_committee_without_a_chair_is_told_who_is_missing(desk):
    assert "takes a seat" in table.unseated(desk.review(NAME))
    desk.room.seat(NAME, Role.ETHICS, by=WEBER, now=NOON)

    assert "Nobody is the chair" in table.unseated(desk.review(NAME))
    chair = Actor(name="Eva Kern", role=Role.CHAIR)
    desk.room.seat(NAME, Role.CHAIR, by=chair, now=NOON)

    assert table.unseated(desk.review(NAME)) == ""


def test_the_sign_off_says_once_how_most_points_are_settled(visit, desk):
    desk.record_run(a_run(CLEANED), by=MIRA, now=NOON)
    app = visit("signoff")

    assert text(app).count("accepted as an exception") == 1
    assert "1,204 of 42,694 people said no. No exception is possible here" in text(app)


@pytest.mark.usefixtures("reviewed")
def test_a_heading_holds_one_sentence_and_the_rest_stands_below(visit, desk):
    long = "1,204 of 42,694 people said no. By age most of them are over 65. They came by post."
    found = replace(documents.findings()[1], headline=long)
    desk.record_run(a_run([found]), by=MIRA, now=NOON)
    app = visit("consent", finding=found.key)

    assert app.title[0].value == "1,204 of 42,694 people said no."
    assert "By age most of them are over 65. They came by post." in text(app)
    assert [one.value for one in visit("overview").subheader] == ["1,204 of 42,694 people said no."]


@pytest.mark.usefixtures("reviewed")
def test_what_stands_so_far_can_be_printed_from_the_overview(visit):
    labels = [one.label for one in visit("overview").get("download_button")]

    assert labels == ["Print what stands so far (PDF)", "Two pages for the meeting (PDF)"]


@pytest.mark.usefixtures("reviewed")
def test_next_leads_from_the_last_point_of_a_family_to_the_next_family(visit):
    app = visit("consent", finding="consent.coverage/sms")

    assert any(one.label.startswith("Next: ") for one in app.button)


@pytest.mark.usefixtures("settled")
def test_nothing_in_the_way_leads_to_the_sign_off(visit):
    assert visit("overview").header[0].value == "Nothing stands in the way"


@pytest.mark.parametrize("page", ["overview", "consent", "segments", "signoff", "record"])
def test_every_page_says_what_to_do_when_no_review_is_chosen(visit, page):
    app = visit(page, review="no-such-review")

    assert [one.value for one in app.title] == ["No review is chosen"]
    assert [one.label for one in app.button] == ["See all reviews", "Start a review"]


@pytest.mark.parametrize("page", ["overview", "consent", "bias", "society", "segments", "signoff"])
@pytest.mark.usefixtures("reviewed")
def test_every_page_has_one_heading_and_says_that_names_are_not_verified(visit, page):
    app = visit(page)

    assert len(app.title) == 1
    assert "Names are typed, not verified." in text(app)


# A finding


@pytest.mark.usefixtures("reviewed")
def test_the_finding_that_stops_the_launch_comes_first(visit):
    app = visit("consent")

    assert app.title[0].value == "1,204 of 42,694 people on the list said no to email."
    assert "open point 1 of 2" in text(app)


@pytest.mark.usefixtures("reviewed")
def test_a_finding_in_the_address_is_the_one_that_is_open(visit):
    app = visit("consent", finding="consent.coverage/sms")

    assert app.title[0].value == "No column says who agreed to SMS."


@pytest.mark.usefixtures("reviewed")
def test_an_address_that_names_nothing_shows_what_is_most_pressing(visit):
    app = visit("consent", finding="consent.no/such")

    assert app.title[0].value == "1,204 of 42,694 people on the list said no to email."


@pytest.mark.usefixtures("reviewed")
def test_next_goes_on_and_a_reload_stays_there(visit):
    app = press(visit("consent"), "Next")

    assert app.title[0].value == "No column says who agreed to SMS."
    assert app.query_params["finding"] == "consent.coverage/sms"


@pytest.mark.usefixtures("reviewed")
def test_what_to_do_and_what_it_cannot_see_are_on_the_page(visit):
    said = text(visit("consent"))

    assert "**What to do.** Take the 1,204 off." in said
    assert "**What it cannot see.**" in said


@pytest.mark.usefixtures("reviewed")
def test_the_numbers_stand_in_a_table_too(visit):
    tables = [one.value for one in visit("consent").table]

    assert any("1,000" in str(table.values) for table in tables)


@pytest.mark.parametrize(
    ("others", "at_once", "rest"),
    [
        pytest.param(11, ["basket", *(f"field {n}" for n in range(4))], "7 more rows", id="long"),
        pytest.param(8, [*(f"field {n}" for n in range(8)), "basket"], "", id="short"),
    ],
)
def test_a_table_stands_in_place_of_a_picture_and_a_long_one_begins_with_what_is_unlike_the_rest(
    visit, desk, others, at_once, rest
):
    rows = (*((f"field {n}", "yes") for n in range(others)), ("basket", "no"))
    listed = Table(title="Fields in use", columns=("field", "in the notice"), rows=rows)
    found = replace(documents.findings()[1], evidence=(listed,))
    desk.record_run(a_run([found]), by=MIRA, now=NOON)
    app = visit("consent", finding=found.key)

    assert app.table[0].value["field"].tolist() == at_once
    assert ("in the table below." in text(app)) is bool(rest)
    assert rest in text(app)
    assert [len(table.value) for table in app.table[1:]] == ([others + 1] if rest else [])


def test_a_calm_family_says_how_many_checks_looked(visit, desk):
    desk.record_run(a_run(findings(Verdict.CLEAR, Verdict.NOT_APPLICABLE)), by=MIRA, now=NOON)

    app = visit("transparency")
    assert "Nothing is open here. 1 check looked; it shows what it looked at." in text(app)


def test_words_from_a_file_are_no_markup(visit, desk):
    hostile = "![x](http://x.example) :red[no] <b>5</b> of 9 people."
    found = replace(documents.findings()[1], headline=hostile)
    desk.record_run(a_run([found]), by=MIRA, now=NOON)

    assert "![x](" not in visit("consent").title[0].value
    assert ":red[" not in visit("consent").title[0].value


# An answer


@pytest.mark.usefixtures("reviewed")
def test_what_was_counted_is_a_sentence_and_never_a_selected_answer(visit):
    app = visit("consent", ITO)

    assert "Candor counted: :red[**not acceptable**]. No person has answered yet." in text(app)
    assert all(radio.value is None for radio in app.radio)


@pytest.mark.usefixtures("reviewed")
def test_acceptable_is_left_out_where_no_exception_is_possible_and_says_so(visit):
    app = visit("consent", ITO)

    assert "Acceptable" not in app.radio[0].options
    assert "*Acceptable* is not offered: this rule allows no exception." in text(app)


@pytest.mark.usefixtures("reviewed")
def test_an_answer_is_on_record_the_moment_it_is_put_there(visit, desk):
    app = visit("consent", ITO)
    app.radio[0].set_value(Answer.NOT_ACCEPTABLE).run()
    fill(app, "reason", "They said no.")
    press(app, "Put on record")

    [given] = desk.review(NAME).answers[QUESTION]
    assert (given.answer, given.reason, given.by.name) == (
        Answer.NOT_ACCEPTABLE,
        "They said no.",
        "M. Ito",
    )
    assert "A person has answered." in text(app)


@pytest.mark.usefixtures("reviewed")
def test_an_action_is_asked_for_what_who_and_when(visit, desk):
    app = visit("consent", ITO)
    app.radio[0].set_value(Answer.WITH_ACTION).run()
    fill(app, "reason", "It can be mended.")
    fill(app, "what", "Take the 1,204 off")
    fill(app, "who", "Ana")
    fill(app, "by", date(2026, 11, 28))
    press(app, "Put on record")

    [given] = desk.review(NAME).answers[QUESTION]
    assert (given.action.what, given.action.who, given.action.by) == (
        "Take the 1,204 off",
        "Ana",
        date(2026, 11, 28),
    )


@pytest.mark.usefixtures("reviewed")
def test_half_an_action_is_refused_and_the_words_are_kept(visit, desk):
    app = visit("consent", ITO)
    app.radio[0].set_value(Answer.WITH_ACTION).run()
    fill(app, "reason", "It can be mended.")
    fill(app, "what", "Take the 1,204 off")
    press(app, "Put on record")

    assert desk.review(NAME).answers.get(QUESTION, ()) == ()
    assert "An action needs three things" in app.error[0].value
    kept = next(one.value for one in app.text_area if one.key.endswith("reason"))
    assert kept == "It can be mended."


@pytest.mark.usefixtures("reviewed")
def test_a_choice_without_one_is_refused(visit, desk):
    app = press(visit("consent", ITO), "Put on record")

    assert desk.review(NAME).answers.get(QUESTION, ()) == ()
    assert "Choose one of the answers first" in app.error[0].value


@pytest.mark.usefixtures("reviewed")
def test_the_preparers_answer_is_a_statement_that_settles_nothing(visit):
    app = visit("consent", MIRA)
    app.radio[0].set_value(Answer.NOT_ACCEPTABLE).run()
    fill(app, "reason", "We know.")
    press(app, "Put on record")

    assert "A statement: it is shown, and settles nothing." in text(app)
    assert "a reviewer still has to judge." in text(app)


@pytest.mark.usefixtures("reviewed")
def test_nobody_can_answer_without_saying_who_they_are(visit, desk):
    app = visit("consent")
    app.radio[0].set_value(Answer.NOT_ACCEPTABLE).run()
    fill(app, "reason", "They said no.")
    press(app, "Put on record")

    assert desk.review(NAME).answers.get(QUESTION, ()) == ()
    assert app.error


@pytest.mark.usefixtures("reviewed")
def test_an_exception_needs_a_second_person(visit, desk):
    app = visit("consent", ITO, finding="consent.coverage/sms")
    fill(app, "exception consent.coverage/sms reason", "The file comes on Monday.")
    fill(app, "exception consent.coverage/sms until", date(2026, 12, 31))
    press(app, "Propose the exception")

    [one] = desk.review(NAME).exceptions
    assert one.second is None

    for who in (ITO, MIRA):
        again = visit("consent", who, finding="consent.coverage/sms")
        assert "Confirm the exception" not in [one.label for one in again.button]
        assert "somebody else confirms it." in text(again)

    press(visit("consent", WEBER, finding="consent.coverage/sms"), "Confirm the exception")
    [one] = desk.review(NAME).exceptions
    assert one.second.name == "J. Weber"


@pytest.mark.usefixtures("reviewed")
def test_no_exception_is_offered_where_the_policy_allows_none(visit):
    app = visit("consent", ITO)

    assert "Propose the exception" not in [one.label for one in app.button]


def test_people_who_stay_in_a_warehouse_are_not_offered_for_deletion(visit, desk):
    desk.record_run(replace(a_run(), as_of="2026-11-20"), by=MIRA, now=NOON)
    app = visit("record", MIRA)

    assert "The people stay in the warehouse: Candor never took them." in text(app)
    assert [one.label for one in app.expander if "Delete" in one.label] == [
        "Delete the lists of this review"
    ]


# Segments


@pytest.mark.usefixtures("reviewed")
def test_segments_stand_by_what_is_found_in_them(visit):
    app = visit("segments")

    assert [one.value for one in app.header] == ["young savers", "families"]
    assert "**804 of 1,204 are in it.**" in text(app)


def test_a_list_without_segments_says_what_to_name(visit, desk):
    desk.record_run(replace(a_run(), segments=()), by=MIRA, now=NOON)

    assert "This campaign names no segments" in text(visit("segments"))


# The sign-off


def test_obstacles_stop_approval_and_nothing_else(visit, reviewed):
    app = visit("signoff", ITO)

    assert app.radio[0].options == ["Request changes", "Reject"]
    assert app.radio[0].value is None
    stops = [one for one in reviewed.obstacles if one.finding]
    assert app.header[0].value == f"{len(stops)} findings stop the launch"
    assert "you can request changes or reject, but not approve" in text(app)


@pytest.mark.usefixtures("reviewed")
def test_a_request_for_changes_can_always_be_signed(visit, desk):
    app = visit("signoff", ITO)
    app.radio[0].set_value(Decision.REQUEST_CHANGES).run()
    assert "I, M. Ito, sign as privacy for revision 1" in text(app)

    fill(app, "grounds", "Take them off first.")
    press(app, "Sign as M. Ito, reviewer, privacy")

    assert desk.review(NAME).state is State.CHANGES_REQUESTED
    assert "Request changes" in [one.value for one in app.header]


@pytest.mark.usefixtures("reviewed")
def test_a_decision_without_grounds_is_refused_with_a_sentence(visit, desk):
    app = visit("signoff", ITO)
    app.radio[0].set_value(Decision.REJECT).run()
    press(app, "Sign as M. Ito, reviewer, privacy")

    assert desk.review(NAME).signatures == ()
    assert "grounds" in app.error[0].value


@pytest.mark.usefixtures("settled")
def test_what_is_clear_can_be_approved_by_a_reviewer(visit, desk):
    app = visit("signoff", ITO)
    assert app.radio[0].options[0] == "Approve"

    app.radio[0].set_value(Decision.APPROVE).run()
    fill(app, "grounds", "Looked at it all.")
    press(app, "Sign as M. Ito, reviewer, privacy")

    assert desk.review(NAME).state is State.APPROVED


@pytest.mark.parametrize(
    "who", [MIRA, Actor(name="Ana", role=Role.OWNER)], ids=["preparer", "owner"]
)
@pytest.mark.usefixtures("reviewed")
def test_who_brought_it_finds_no_form_to_sign(visit, who):
    app = visit("signoff", who)

    assert not app.radio
    assert "You cannot sign this review, because you own or prepared the campaign." in text(app)


def test_a_decision_can_be_reopened_with_a_reason(visit, reviewed, desk):
    head = reviewed.head
    desk.sign(NAME, Decision.REJECT, grounds="No.", by=ITO, now=NOON, seen=head)
    app = visit("signoff", ITO)
    fill(app, "reason", "The list was mended.")
    press(app, "Reopen the review")

    assert desk.review(NAME).state is State.IN_REVIEW


# The record


def test_the_record_tells_the_newest_first(visit, reviewed, desk):
    desk.sign(NAME, Decision.REJECT, grounds="No.", by=ITO, now=NOON, seen=reviewed.head)
    said = text(visit("record"))

    timeline = desk.review(NAME).timeline
    assert f"{len(timeline)} things happened so far." in said
    assert said.index(f"No. {timeline[-1].number}") < said.index(f"No. {timeline[0].number}")


@pytest.mark.usefixtures("reviewed")
def test_a_comment_stands_beside_its_finding_and_on_record_in_words(visit, desk):
    app = visit("consent", ITO, finding="consent.opt_out_leak/email")
    fill(app, "comment consent.opt_out_leak/email 0 text", "The feed *was* late.")
    press(app, "Add it")

    [kept] = desk.review(NAME).comments
    assert (kept.about, kept.text) == ("consent.opt_out_leak/email", "The feed *was* late.")
    assert "> The feed \\*was\\* late." in text(app)
    said = text(visit("record"))
    assert "commented on “1,204 of 42,694 people on the list said no to email”" in said
    assert "opt_out_leak/email" not in said


@pytest.mark.usefixtures("reviewed")
def test_a_comment_on_the_campaign_is_made_on_the_record_page(visit, desk):
    app = visit("record", ITO)
    fill(app, "comment  0 text", "Who told the shops?")
    press(app, "Add it")

    assert [one.about for one in desk.review(NAME).comments] == [""]


@pytest.mark.usefixtures("reviewed")
def test_an_empty_comment_and_one_without_a_name_are_refused(visit, desk):
    assert press(visit("record", ITO), "Add it").error
    app = visit("record")
    fill(app, "comment  0 text", "Who told the shops?")
    press(app, "Add it")

    assert "Say who you are first" in app.error[0].value
    assert desk.review(NAME).comments == ()


@pytest.mark.usefixtures("reviewed")
def test_a_document_taken_away_while_a_page_is_open_stops_no_signature(visit, desk):
    app = visit("signoff", ITO)
    app.radio[0].set_value(Decision.REJECT).run()
    fill(app, "grounds", "No.")
    session.exported(desk.review(NAME), A_PDF)
    press(app, "Sign as M. Ito, reviewer, privacy")

    assert desk.review(NAME).state is State.REJECTED


def test_a_download_is_on_record_under_the_name_of_whoever_took_it(reviewed, desk):
    session.exported(reviewed, A_PDF, ITO)

    assert desk.review(NAME).timeline[-1].sentence.startswith("M. Ito")


@pytest.mark.usefixtures("settled")
def test_a_decided_review_can_be_taken_away_in_every_edition(visit, desk):
    desk.sign(NAME, Decision.REJECT, grounds="No.", by=ITO, now=NOON, seen=_head(desk))
    app = visit("signoff")
    review = desk.review(NAME)

    assert [one.label for one in app.expander if one.label == "Other editions"]
    for audience in ("internal", "regulator", "public", "html"):
        made = session.document(review, audience)
        session.exported(review, made, ITO)
        assert made.audience == audience
        assert made.content[:5] in {b"%PDF-", b"<!DOC"}
    assert desk.review(NAME).length == review.length + 4


def test_a_download_is_handed_out_even_where_it_cannot_be_put_on_record(
    reviewed, desk, monkeypatch
):
    def full(*_given, **_named):
        raise OSError(28, "no room")

    monkeypatch.setattr(desk, "exported", full)
    session.exported(reviewed, A_PDF, ITO)

    assert desk.review(NAME).length == reviewed.length


@pytest.mark.usefixtures("reviewed")
def test_a_message_to_copy_says_what_was_found_and_what_stops_the_launch(visit):
    [message] = visit("overview", MIRA).code

    assert message.value.startswith("Hello,\n\n“Spring savings account” is to launch on")
    assert "Candor looked at it: 1 check broke, 2 fail, 1 cannot tell, 1 watch" in message.value
    assert "3 of them stop the launch." in message.value
    assert "You are asked to judge it. The pre-read is attached" in message.value


@pytest.mark.usefixtures("settled")
def test_a_decided_review_says_who_decided_and_no_longer_what_to_do(visit, desk):
    desk.sign(NAME, Decision.APPROVE, grounds="All read.", by=ITO, now=NOON, seen=_head(desk))
    app = visit("overview")

    assert app.header[0].value == "Approved"
    assert "**M. Ito**, reviewer, privacy: approved on 23 November 2026. “All read.”" in text(app)
    assert "Go to the sign-off" not in [one.label for one in app.button]


@pytest.mark.usefixtures("settled")
def test_an_approval_says_which_condition_still_holds_the_campaign_back(visit, desk):
    asked = Action(what="Shorten the form", who="Ana", by=date(2026, 11, 30))
    desk.sign(
        NAME,
        Decision.APPROVE_WITH_CONDITIONS,
        grounds="All read.",
        conditions=(asked,),
        by=ITO,
        now=NOON,
        seen=_head(desk),
    )

    assert "It may not go out yet:** 1 condition is not kept." in text(visit("overview"))
    assert "Shorten the form (Ana, by 30 November 2026)" in text(visit("overview"))


def test_a_calm_family_whose_question_waits_is_not_called_calm(visit, desk):
    quiet = findings(Verdict.CLEAR, Verdict.NOT_APPLICABLE)
    review = desk.record_run(a_run(quiet), by=MIRA, now=NOON)
    waiting = [one for one in review.obstacles if one.question and not one.finding]
    family = next(one.family for one in review.checklist.questions if one.id == waiting[0].question)

    assert waiting
    assert "open point 1 of" in text(visit(family))


@pytest.mark.usefixtures("reviewed")
def test_after_an_answer_the_way_leads_on(visit):
    app = visit("consent", ITO)
    assert "begin" not in [one.key for one in app.button]
    app.radio[0].set_value(Answer.NOT_ACCEPTABLE).run()
    fill(app, "reason", "They said no.")
    press(app, "Put on record")

    assert "Go on with the next" in [one.label for one in app.button]


def _head(desk):
    return desk.review(NAME).head


@pytest.mark.usefixtures("reviewed")
@pytest.mark.parametrize(
    ("who", "may"),
    [pytest.param(MIRA, True, id="the preparer"), pytest.param(ITO, False, id="a reviewer")],
)
def test_people_data_are_deleted_by_those_who_brought_them(visit, who, may):
    app = visit("record", who)
    [button] = [one for one in app.button if one.label == "Delete them now"]

    assert button.disabled is not may


@pytest.mark.usefixtures("reviewed")
def test_deleting_people_data_stands_on_record(visit, desk, tmp_path, monkeypatch):
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path))
    app = visit("record", MIRA)
    [button] = [one for one in app.button if one.label == "Delete them now"]
    button.click().run()

    assert "deleted" in desk.review(NAME).timeline[-1].sentence
    assert not app.exception
