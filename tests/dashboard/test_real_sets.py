"""Real files, from the file to what was found, in a real browser: none is edited by hand."""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError as TooLate

from tests.dashboard.conftest import Served
from tests.dashboard.drawn import settle
from tests.dashboard.test_walk import a_visitor, choose, heading

ROWS = 9_000_000


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """The inbox of the server, which a test may fill."""
    return tmp_path_factory.mktemp("inbox")


@pytest.fixture(scope="module")
def served(tmp_path_factory, inbox):
    """A dashboard of this module's own, with an inbox."""
    running = Served(tmp_path_factory.mktemp("home"), CANDOR_INBOX=str(inbox))
    yield running
    running.kill()


@pytest.fixture
def page(browser, served):
    with a_visitor(browser) as visitor:
        visitor.set_default_timeout(30_000)
        visitor.goto(f"{served.url}/start")
        yield visitor


def named(page, name):
    heading(page, "Start: what is it called")
    page.get_by_role("textbox", name="Name of the campaign").fill(name)
    page.get_by_role("spinbutton", name="year, Launch date").click()
    page.keyboard.type("20261201")
    page.get_by_role("textbox", name="Who owns the campaign?").fill("Ana Silva")
    page.get_by_role("button", name="Next").click()
    heading(page, "Start: bring the files")


def bring(page, *files):
    page.locator("input[type=file]").first.set_input_files(list(files))
    page.get_by_text(re.compile(f"^{files[0].name[:5]}")).first.wait_for()
    press(page, "Read them")


def from_inbox(page, name):
    choose(page, page.get_by_role("combobox", name="Or from the inbox"), re.compile(name))
    page.keyboard.press("Escape")
    heading(page, "Start: bring the files")
    page.get_by_role("heading", name="Start: bring the files").click()
    settle(page)
    page.get_by_role("button", name="Read them").click()


def press(page, label):
    settle(page)
    page.get_by_role("button", name=label).first.click()
    settle(page)


def pick(page, label, option):
    """Choose from a long list: its first letters bring the option into view."""
    for patience in (3_000, 6_000, 20_000):
        settle(page)
        box = page.get_by_role("combobox", name=label).first
        box.click()
        box.fill(option)
        with suppress(TooLate):
            page.get_by_role("option", name=option, exact=True).click(timeout=patience)
            settle(page)
            return
    pytest.fail(f"{option} cannot be chosen")


def correct(page, column, meaning):
    """Look at a clear column, which is folded away, and say what it means."""
    page.get_by_text(re.compile(r"^\d+ columns? (is|are) clear")).click()
    pick(page, "Look at one, or correct it", column)
    pick(page, f"What “{column}” means", meaning)


def mean(page, column, meaning):
    """Say what a column means, whether it is asked about or folded away."""
    box = page.get_by_role("combobox", name=f"What “{column}” means")
    if not box.count():
        correct(page, column, meaning[0].upper() + meaning[1:])
        return
    pick(page, f"What “{column}” means", meaning[0].upper() + meaning[1:])


def look_at_it(page, name, *, channels=()):
    heading(page, "Start: a few facts")
    page.get_by_text("something people may want", exact=True).click()
    choose(page, page.get_by_label("Is it about one of these?"), "none of these")
    for channel in channels:
        choose(page, page.get_by_role("combobox", name="How will they be reached?"), channel)
        page.keyboard.press("Escape")
    press(page, "Look at it")
    heading(page, name)


def finding(page, served, review, family, key):
    """The page of one finding, by its address."""
    page.goto(f"{served.url}/{family}?review={review}&finding={key}")
    settle(page)
    return page.get_by_role("heading", level=1).inner_text()


def test_customers_separated_by_tabs_with_their_dirt_told(page, served, reference):
    named(page, "Customer analysis")
    bring(page, reference / "data/customer_personality/marketing_campaign.csv")
    heading(page, "Start: what the columns mean")

    assert page.get_by_text("3 years of birth are impossible: 1893, 1899, 1900.").is_visible()
    assert page.get_by_text("666,666 (1 row) is far from all others").is_visible()
    pick(page, "Or does one of the columns say it?", "Response")
    settle(page)
    states = page.get_by_role("cell", name=re.compile("^8 values: Married"))
    clear = page.get_by_text("3 columns are clear").first
    clear.click()
    settle(page)
    if not states.is_visible():  # a fold that was opened while the page was still drawn
        clear.click()
    assert "Alone (3), Absurd (2), YOLO (2)" in states.inner_text()
    assert "Blanks around 18 values" in states.inner_text()
    press(page, "These are right")
    heading(page, "Start: a few facts")
    assert page.get_by_role("combobox", name="“Response” says who").input_value() == "answered"
    look_at_it(page, "Customer analysis", channels=["email"])

    assert page.get_by_text("334 of 2,240 people").first.is_visible()
    said = finding(
        page, served, "customer-analysis", "bias", "bias.selection/marital_status: Together"
    )
    assert said.startswith("60 of 580 people with marital status Together responded")


def summed(file):
    """Clicks and views by gender, summed before anything is divided."""
    clicks, views = Counter(), Counter()
    with file.open(encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            clicks[row["gender"]] += int(row["Clicks"])
            views[row["gender"]] += int(row["Impressions"])
    return clicks, views


def test_ads_in_counts_are_summed_and_then_divided(page, served, reference):
    file = reference / "data/kag_facebook_ads/KAG_conversion_data.csv"
    clicks, views = summed(file)
    named(page, "Ads")
    bring(page, file)
    heading(page, "Start: what the columns mean")
    assert page.get_by_text("Views are no people").is_visible()
    press(page, "These are right")
    look_at_it(page, "Ads", channels=["email"])

    assert page.get_by_text("38,165 of 213,434,828").first.is_visible()
    said = finding(page, served, "ads", "bias", "bias.selection/gender: M")
    ratio = clicks["M"] / views["M"] / (clicks["F"] / views["F"])
    assert said.startswith(f"{clicks['M']:,} of {views['M']:,} men responded")
    assert f"{ratio:.2f} times as often as women" in said


def test_published_counts_come_to_the_published_ratio_without_their_total(page, served, reference):
    named(page, "Published")
    bring(page, reference / "data/published_counts/aif360_ad_bias_counts.csv")
    heading(page, "Start: what the columns mean")
    meant = {
        "attribute": "leave it out",
        "group": "a group people belong to",
        "users_shown": "how many people a row stands for",
        "true_conversions": "how many of the row's people are on the list",
    }
    for column, meaning in meant.items():
        mean(page, column, meaning)
    page.get_by_role("button", name="(all)", exact=True).first.click()
    press(page, "These are right")
    look_at_it(page, "Published", channels=["email"])

    assert page.get_by_text("2,374 of 1,443,140").first.is_visible()
    said = finding(page, served, "published", "bias", "bias.selection/group: 1")
    assert "2,042 of 1,268,486" in said
    assert "0.85" in said


def test_totals_a_purpose_are_told_to_be_no_people(page, reference):
    """Three purposes of a retailer, a row each: nothing in it stands for a person or a group."""
    named(page, "Consents")
    bring(page, reference / "data/published_counts/italian_retail_consent_counts.csv")
    heading(page, "Start: what the columns mean")

    assert page.get_by_text("No column says who is on the list.").is_visible()


def test_a_real_notice_is_read_with_the_people_it_was_given_to(page, served, reference):
    named(page, "Notice")
    bring(page, reference / "data/export_layouts/klaviyo/profiles.csv")
    heading(page, "Start: what the columns mean")
    press(page, "These are right")
    heading(page, "Start: a few facts")
    page.locator("input[type=file]").first.set_input_files(
        reference / "data/privacy_notices/basecamp-privacy.md"
    )
    page.get_by_text(re.compile("^basecamp")).first.wait_for()
    look_at_it(page, "Notice")

    key = "transparency.notice_readable/grade"
    said = finding(page, served, "notice", "transparency", key)
    assert said.startswith("The notice asks for 11 years of school")


def test_a_packed_export_of_three_statuses(page, reference, tmp_path):
    folder = reference / "data/export_layouts/mailchimp"
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    named(page, "Newsletter")
    bring(page, packed)
    heading(page, "Start: what each file is")

    for status in ("subscribed", "unsubscribed", "cleaned"):
        page.get_by_text(status, exact=True).wait_for()
    press(page, "These are right")
    press(page, "These are right")
    look_at_it(page, "Newsletter")
    assert page.get_by_text("6 of 7 people on the email list may not be contacted").is_visible()


def test_a_fair_lottery_in_the_inbox_raises_no_alarm(page, reference, inbox):
    content = (reference / "data/hillstrom/hillstrom.csv").read_bytes()
    (inbox / "hillstrom.csv").write_bytes(content)
    page.reload()
    named(page, "Lottery")
    from_inbox(page, "hillstrom")
    heading(page, "Start: what the columns mean")
    pick(page, "Or does one of the columns say it?", "segment")
    for arm in ("Mens E-Mail", "Womens E-Mail"):
        page.get_by_role("button", name=arm, exact=True).click()
        settle(page)
    correct(page, "zip_code", "A group people belong to")
    press(page, "These are right")
    look_at_it(page, "Lottery", channels=["email"])

    assert page.get_by_text("42,694 of 64,000 people are on the list.").is_visible()
    bias = page.get_by_role("row", name=re.compile("^Bias")).inner_text()
    assert "clear" in bias
    assert not re.search("fail|watch", bias)
    assert (inbox / "hillstrom.csv").read_bytes() == content


@pytest.mark.parametrize(
    "tool", ["braze", "hubspot", "klaviyo", "onetrust", "salesforce", "salesforce_marketing_cloud"]
)
def test_the_export_of_a_tool_comes_to_its_findings(page, reference, tool):
    named(page, f"From {tool}")
    bring(page, *sorted((reference / "data/export_layouts" / tool).iterdir()))
    page.get_by_role("heading", name=re.compile("each file is|columns mean")).first.wait_for()
    settle(page)
    if page.get_by_role("heading", name="Start: what each file is").count():
        press(page, "These are right")
    heading(page, "Start: what the columns mean")
    for asked in page.get_by_role("radiogroup").all():
        asked.get_by_text("I do not know").click()
        settle(page)
    press(page, "These are right")
    heading(page, "Start: a few facts")
    known = page.get_by_text("email", exact=True).count()
    look_at_it(page, f"From {tool}", channels=[] if known else ["email"])

    page.get_by_text("What was looked at").wait_for()


def drafts(served):
    return {one for one in (served.home / "drafts").rglob("*") if one.is_file()}


def test_reading_tells_rows_and_is_stopped_with_nothing_left(page, served, inbox):
    rows = "".join(f"p{number},true,f,granted,2026-01-01\n" for number in range(10_000))
    with (inbox / "everyone.csv").open("w", encoding="utf-8") as file:
        file.write("customer_id,in_campaign,gender,email_status,email_at\n")
        file.writelines(rows for _ in range(ROWS // 10_000))
    page.reload()
    named(page, "Everyone")
    before = drafts(served)
    from_inbox(page, "everyone")
    page.get_by_text(re.compile(r"everyone.csv: .*[\d,]+ rows are read\.")).wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped. Nothing of it was kept.").wait_for()

    assert (inbox / "everyone.csv").is_file()
    assert {one.name for one in drafts(served) - before} <= {"draft.json"}
    assert list((served.home / "snapshots").glob(".taking-*")) == []
