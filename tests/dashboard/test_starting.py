"""Start, step by step: the whole script, on real files and a real desk."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from checks import places, samples
from checks.campaign.reading import read_campaign
from dashboard import draft as drafts
from dashboard import session
from tests.dashboard.beginnings import (
    HOUSE,
    brought,
    first_page,
    named,
    people,
    press,
    text,
    the_draft,
    title,
    told,
)


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
    assert "checks will say *cannot tell*, or speak of the list only" in app.warning[0].value
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
    assert app.header[0].value == "mystery"


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


# Several files


REFUSED = b"member_id,since\nm4,2026-01-01\nm5,2026-01-01\n"
EVENTS = b"member_id,channel,status,at\nm1,email,granted,2026-01-01\n"


def bring(app, **files):
    """Bring these files and read them; ``people_csv=…`` is called people.csv."""
    given = [(name.replace("_", "."), told, "text/csv") for name, told in files.items()]
    app.file_uploader(key="start files").set_value(given)
    return press(app, "Read them")


def test_several_files_are_each_taken_for_something_and_can_be_corrected():
    app = bring(named(), members_csv=people(), refused_csv=REFUSED)

    assert title(app) == "Start: what each file is"
    assert [one.value for one in app.header] == ["members.csv", "refused.csv"]
    assert "Taken for *the people who must not be contacted*, because its name says so" in text(app)

    app.selectbox(key="role refused.csv").set_value("leave_out").run()
    assert [one.part.role for one in the_draft(app).files] == ["people", "leave_out"]
    app.selectbox(key="role refused.csv").set_value("suppression").run()
    app.selectbox(key="part refused.csv since").set_value("").run()
    assert the_draft(app).file("refused.csv").part.columns == {"key": "member_id"}

    told(press(press(app, "These are right"), "These are right"))
    written = read_campaign(places.campaigns() / "winter-evening/campaign.yaml")
    assert written.suppression.key == "member_id"
    assert written.suppression.snapshot == written.people.snapshot


def test_files_beside_the_people_come_to_the_campaign_with_their_columns():
    app = bring(named(), members_csv=people(), consents_csv=EVENTS, refused_csv=REFUSED)
    app = told(press(press(app, "These are right"), "These are right"))

    assert title(app) == "Winter evening"
    run = session.desk().review("winter-evening").run
    assert {one.role: one.rows for one in run.files} == {
        "people": 400, "permissions": 1, "suppression": 2,
    }  # fmt: skip


def members_with(*names):
    """People with a phone number that does not say its country, and an address."""
    rows = [
        f"m{n},{'true' if n % 2 else 'false'},{'fm'[n % 2]},0301{n:06},p{n}@x.example"
        for n in range(60)
    ]
    return "\n".join(["member_id,in_campaign,gender,mobile,mail", *rows, *names]).encode()


def test_the_country_of_phone_numbers_is_asked_where_the_list_is_brought():
    app = brought(named(), members_with(), do_not_contact_csv=b"phone\n030 1000000\n")
    stated = "Numbers that do not say their country meet nobody."

    assert stated in text(app)
    press(app, "These are right")
    assert app.error[0].value.startswith("Say which country the phone numbers of “do")
    app.selectbox(key="part do-not-contact.csv country_code").set_value("Germany").run()
    assert stated not in text(app)
    assert "Numbers that do not say their country get +49." in text(app)
    app = press(press(app, "These are right"), "These are right")
    app.multiselect(key="start channels").set_value(["sms"])
    told(app)
    written = read_campaign(places.campaigns() / "winter-evening/campaign.yaml")
    assert written.suppression.matches.country_code == "49"


def test_who_does_not_know_the_country_goes_on():
    app = brought(named(), members_with(), do_not_contact_csv=b"phone\n030 1000000\n")
    app.selectbox(key="part do-not-contact.csv country_code").set_value("").run()
    press(app, "These are right")

    assert title(app) == "Start: what the columns mean"


def test_the_kind_of_hash_is_proposed_and_can_be_corrected():
    digest = hashlib.sha256(b"p0@x.example").hexdigest()
    app = brought(named(), members_with(), suppressed_csv=f"digest\n{digest}\n".encode())

    assert app.selectbox(key="part suppressed.csv hashed").value == "sha256"
    assert app.selectbox(key="part suppressed.csv matches").value == "mail"
    assert "Of what is not hashed yet, the SHA-256 hash is taken then." in text(app)
    app.selectbox(key="part suppressed.csv hashed").set_value("").run()
    assert "hashed" not in the_draft(app).file("suppressed.csv").part.columns


def test_nobody_goes_on_without_people():
    app = bring(named(), members_csv=people(), refused_csv=REFUSED)
    app.selectbox(key="role members.csv").set_value("leave_out").run()
    press(app, "These are right")

    assert app.error[0].value == "One of the files must hold the people. Say which."


def packed(**files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return held.getvalue()


def test_a_packed_file_with_several_is_taken_apart(home):
    app = bring(named(), all_zip=packed(members_csv=people(), refused_csv=REFUSED))

    files = the_draft(app).files
    assert [one.name for one in files] == ["all.zip/members.csv", "all.zip/refused.csv"]
    assert [one.part.role for one in files] == ["people", "suppression"]
    assert list(home.rglob("*.zip")) == []


def test_a_file_that_cannot_be_read_costs_only_itself(home):
    app = bring(named(), members_csv=people(), other_csv=b"a,b\n1\n")

    assert app.error[0].value.startswith("other.csv\\: Only 0 of 1 rows could be read.")
    assert [one.name for one in the_draft(app).files] == ["members.csv"]
    assert [one.name for one in home.rglob("*.csv")] == ["members.csv"]
    press(app, "Go on with these")
    assert title(app) == "Start: what the columns mean"


def test_a_file_is_taken_out_again_with_its_copy(home):
    app = press(bring(named(), a_csv=people(), b_csv=REFUSED), "Back one step")
    app.button(key="out b.csv").click().run()

    assert [one.name for one in the_draft(app).files] == ["a.csv"]
    assert [one.name for one in home.rglob("*.csv")] == ["a.csv"]


def test_two_files_of_one_name_are_kept_apart():
    app = named()
    app.file_uploader(key="start folder").set_value(
        [("a/people.csv", people(), "text/csv"), ("b/people.csv", REFUSED, "text/csv")]
    )
    press(app, "Read them")

    assert len({one.stored for one in the_draft(app).files}) == 2


# The inbox


def test_a_file_in_the_inbox_is_read_where_it_is(home, tmp_path, monkeypatch):
    (tmp_path / "inbox").mkdir()
    lying = tmp_path / "inbox/everyone.csv"
    lying.write_bytes(people())
    monkeypatch.setenv("CANDOR_INBOX", str(lying.parent))
    app = named()
    app.multiselect(key="start inbox").set_value(["everyone.csv"])
    app = told(press(press(app, "Read them"), "These are right"))

    assert title(app) == "Winter evening"
    assert lying.read_bytes() == people()
    assert list(home.rglob("*.csv")) == []


def test_a_packed_file_in_the_inbox_is_taken_apart_and_left_as_it_is(tmp_path, monkeypatch):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("members.csv", people())
        archive.writestr("do-not-contact.csv", "member_id\nm1\n")
        archive.writestr("terms.pdf", "%PDF-1.4")
    (tmp_path / "inbox").mkdir()
    lying = tmp_path / "inbox/export.zip"
    lying.write_bytes(content.getvalue())
    monkeypatch.setenv("CANDOR_INBOX", str(lying.parent))
    app = named()
    app.multiselect(key="start inbox").set_value(["export.zip"])
    press(app, "Read them")

    roles = {one.name.partition("/")[2]: one.part.role for one in the_draft(app).files}
    assert roles == {"members.csv": "people", "do-not-contact.csv": "suppression"}
    assert "terms.pdf" in app.error[0].value.replace("\\", "")
    assert lying.read_bytes() == content.getvalue()


def test_a_row_that_sums_up_others_is_left_out_by_a_click():
    app = brought(named(), people() + b"\nTotal,,,,,,,")
    app.button_group(key="totals member_id").set_value(["Total"]).run()
    told(press(app, "These are right"))

    written = read_campaign(places.campaigns() / "winter-evening/campaign.yaml")
    assert written.people.totals == {"member_id": ("Total",)}
    assert session.desk().review("winter-evening").run.people.people == 400


# What a person says about columns


def test_words_that_mean_the_same_are_merged_by_a_click():
    content = people().replace(b",true,f,", b",true,Female,", 9).replace(b",f,", b",female,")
    app = brought(named(), content)
    [box] = [one for one in app.checkbox if "Count them as" in one.label]

    assert "“female” (191) and “Female” (9) are one word" in box.label.replace("\\", "")
    assert not box.value
    box.check().run()
    told(press(app, "These are right"))
    written = read_campaign(places.campaigns() / "winter-evening/campaign.yaml")
    assert written.people.same == {"gender": {"female": ("Female",)}}
    repairs = [r for f in session.desk().review("winter-evening").run.files for r in f.repairs]
    assert 'In "gender", 9 values were put right, as a person said: 1 spelling.' in repairs


def test_a_column_with_two_readings_is_asked_with_the_evidence_of_each():
    content = people().replace(b"2026-03-01", b"03/04/2026")
    app = brought(named(), content)
    ways = app.radio(key="read email_at")

    assert ways.value is None
    assert ways.options == [
        "The day first: 3 April 2026", "The month first: 4 March 2026", "I do not know",
    ]  # fmt: skip
    press(app, "These are right")
    assert app.error[0].value == ("Say how “email\\_at” is to be read, or that you do not know.")
    app.radio(key="read email_at").set_value("month_first").run()
    told(press(app, "These are right"))
    written = read_campaign(places.campaigns() / "winter-evening/campaign.yaml")
    assert written.people.read_as == {"email_at": "month_first"}


def test_what_was_done_to_a_file_is_told_before_its_columns_are_agreed_on():
    content = b"Customers of May\n" + people().replace(b"m7,", b'"m7,')
    app = brought(named(), content)

    said = text(app).replace("\\", "")
    assert ":material/build: members.csv: " in said
    assert "In 1 row a quote that has no partner was read as a letter: line 10." in said
    assert "1 row above the header was left out." in said


def test_the_day_is_asked_about_also_in_a_column_that_is_something_else():
    app = brought(named(), people().replace(b"2026-03-01", b"03/04/2026"))
    app.selectbox(key="column email_at").set_value("other").run()

    assert app.radio(key="read email_at").options[0] == "The day first: 3 April 2026"
    press(app, "These are right")
    assert app.error[0].value == ("Say how “email\\_at” is to be read, or that you do not know.")


def test_who_does_not_know_a_reading_leaves_the_words_as_they_are():
    app = brought(named(), people().replace(b"2026-03-01", b"03/04/2026"))
    app.radio(key="read email_at").set_value("text").run()
    told(press(app, "These are right"))

    written = read_campaign(places.campaigns() / "winter-evening/campaign.yaml")
    assert written.people.read_as == {}


def test_a_column_of_arms_says_who_is_on_the_list_by_its_values():
    content = people().replace(b",true,", b",offer a,", 99).replace(b",true,", b",offer b,")
    app = brought(named(), content.replace(b",false,", b",nothing,"))
    press(app, "These are right")
    assert "Say which values of “in\\_campaign” mean that somebody" in app.error[0].value

    app.button_group(key="among in_campaign").set_value(["offer a", "offer b"]).run()
    app = told(press(app, "These are right"))
    assert "200 of 400 people are on the list." in text(app)
    written = read_campaign(places.campaigns() / "winter-evening/campaign.yaml")
    assert written.people.targeted.among == ("offer a", "offer b")
    assert written.people.segment == "in_campaign"


def test_words_about_a_channel_that_nobody_knows_are_asked_one_by_one():
    app = brought(named(), people().replace(b"withdrawn", b"stopped"))
    assert app.selectbox(key="said stopped email_status").value == ""

    app.selectbox(key="said stopped email_status").set_value("withdrawn").run()
    told(press(app, "These are right"))
    written = read_campaign(places.campaigns() / "winter-evening/campaign.yaml")
    assert "stopped" in written.channels["email"].permission.withdrawn


def test_codes_of_groups_can_be_given_their_names():
    app = brought(named(), people().replace(b",f,", b",0,").replace(b",m,", b",1,"))
    app.text_input(key="names 0 gender").set_value("women").run()
    app.text_input(key="names 1 gender").set_value("men").run()
    told(press(app, "These are right"))

    written = read_campaign(places.campaigns() / "winter-evening/campaign.yaml")
    assert written.people.same == {"gender": {"women": ("0",), "men": ("1",)}}


def test_one_column_is_corrected_without_touching_the_rest():
    app = brought(named())
    before = the_draft(app).proposals
    app.selectbox(key="look clear").set_value("gender").run()
    app.selectbox(key="column gender").set_value("leave_out").run()
    after = the_draft(app).proposals

    assert [one.column for one in before if one not in after] == ["gender"]
    assert the_draft(app).step == "columns"


def test_two_columns_cannot_both_be_the_number():
    app = brought(named())
    app.selectbox(key="column mystery").set_value("key").run()
    press(app, "These are right")

    assert "cannot all be the number that tells people apart" in app.error[0].value


def test_a_click_on_a_page_that_is_a_step_behind_loses_nothing():
    """The change and the click come together, as from a field that is left by pressing a button."""
    app = brought(named())
    app.selectbox(key="column mystery").set_value("unknown")
    press(app, "These are right")

    assert title(app) == "Start: a few facts"
    assert "unknown" in {str(one.meaning) for one in the_draft(app).proposals}


# Facts


def test_who_is_not_sure_has_it_judged_both_ways():
    app = press(brought(named()), "These are right")
    app.radio(key="start effect").set_value("not_sure")
    app.selectbox(key="start sector").set_value("general")
    press(app, "Look at it")

    assert session.desk().review("winter-evening").run.effect == "not_sure"


def test_a_privacy_notice_comes_along(home):
    app = press(brought(named()), "These are right")
    app.file_uploader(key="start notice").set_value(("Our notice.md", b"We ask you.", "text/md"))
    told(app)

    written = read_campaign(places.campaigns() / "winter-evening/campaign.yaml")
    assert written.notice.file == "privacy-notice.md"
    assert (home / "campaigns/winter-evening/privacy-notice.md").read_bytes() == b"We ask you."


def test_what_does_not_fit_is_told_and_what_was_said_stays():
    app = press(brought(named(), people(rows=2)), "These are right")
    app.selectbox(key="start sector").set_value("general")
    app.radio(key="start effect").set_value("burden")
    app.multiselect(key="start channels").set_value([])
    press(app, "Look at it")

    assert "Say how they will be reached" in app.error[0].value
    assert app.radio(key="start effect").value == "burden"


# From an earlier campaign


def test_an_earlier_campaign_carries_columns_and_facts_and_no_answers():
    told(press(brought(named()), "These are right"), regions="FR")
    app = press(first_page(), "Start with your own files")
    app.selectbox(key="from earlier").set_value("winter-evening").run()

    assert app.text_input(key="start owner winter-evening").value == "Ana Silva"
    app.text_input(key="start name").set_value("Spring")
    app.date_input(key="start launch").set_value(datetime(2027, 3, 1, tzinfo=UTC).date())
    app = brought(press(app, "Next"))
    known = {one.column: one.because for one in the_draft(app).proposals}
    assert known["gender"] == "it was so in “Winter evening”"
    assert known["mystery"] != known["gender"]
    press(app, "These are right")
    assert app.text_input(key="start regions").value == "FR"
    assert app.radio(key="start effect").value == "opportunity"
    press(app, "Look at it")
    assert session.desk().review("spring").answers == {}


# Drafts


def test_a_draft_can_be_thrown_away(home):
    app = press(brought(named()), "Throw this away")

    assert title(app) == "Start: what is it called, and when does it go out?"
    assert list((home / "drafts").iterdir()) == []


def test_drafts_that_nobody_touches_are_swept_away(home):
    brought(named())
    now = session.now()
    drafts.begin(now)
    assert len(list(home.rglob("draft.json"))) == 1

    drafts.begin(now + timedelta(days=drafts.KEPT_DAYS, minutes=1))
    assert list((home / "drafts").iterdir()) == []


def test_a_draft_of_an_earlier_candor_is_begun_anew(home):
    app = named()
    token = app.query_params["draft"]
    (home / "drafts" / token / "draft.json").write_text('{"token": "x", "people": 1}')

    assert drafts.find(token) is None
