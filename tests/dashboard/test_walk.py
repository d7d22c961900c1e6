"""A review as people do it, in a real browser: from files to a signed PDF, with reloads."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import pikepdf
import pytest
from playwright.sync_api import TimeoutError as TooLate

from tests.dashboard.drawn import settle


@contextmanager
def a_visitor(browser, **context):
    """A fresh browser window; every host it talks to is noted."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, **context)
    page = opened.new_page()
    page.set_default_timeout(30_000)
    page.hosts = set()
    page.on("request", lambda request: page.hosts.add(urlsplit(request.url).netloc))
    yield page
    opened.close()


@pytest.fixture
def files(tmp_path):
    """A small club: 400 people, half of them chosen by turns, two of whom said no."""
    rows = ["member_id,in_campaign,gender,birth_year,email_status,email_at,email_ref,email_wording"]
    for n in range(400):
        status = "withdrawn" if n in (0, 10) else "granted"
        chosen = "true" if n % 4 < 2 else "false"
        rows.append(
            f"m{n},{chosen},{'fm'[n % 2]},{1950 + n % 50},{status},2026-03-01,form-{n},words-1"
        )
    people = tmp_path / "members.csv"
    people.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return people


def heading(page, words):
    page.get_by_role("heading", name=words).first.wait_for()


def introduce(page, name, role):
    settle(page)
    side = page.get_by_test_id("stSidebarUserContent")
    side.get_by_label("Your name").fill(name)
    choose(page, side.get_by_label("You act as"), role)
    side.get_by_role("button", name="This is me").click()
    side.get_by_text(f"You are {name}").first.wait_for()


def choose(page, box, option):
    """Choose from a list; a page that is still being drawn may close it again."""
    for patience in (2_000, 4_000, 20_000):
        box.click()
        with suppress(TooLate):
            page.get_by_role("option", name=option).click(timeout=patience)
            return


def start(page, served, people, *, name):
    page.goto(f"{served.url}/")
    heading(page, "Before you send it")
    page.get_by_role("button", name="Start with your own files").click()
    heading(page, "Start: what is it called")
    page.get_by_role("textbox", name="Name of the campaign").fill(name)
    page.get_by_role("spinbutton", name="year, Launch date").click()
    page.keyboard.type("20261201")
    page.get_by_role("textbox", name="Who owns the campaign?").fill("Ana Silva")
    page.get_by_role("button", name="Next").click()
    heading(page, "Start: bring the files")
    page.locator("input[type=file]").first.set_input_files(people)
    page.get_by_text(people.name).first.wait_for()
    page.get_by_role("button", name="Read them").click()
    heading(page, "Start: what the columns mean")


def finish(page):
    page.get_by_role("button", name="These are right").click()
    heading(page, "Start: a few facts")
    page.get_by_text("something people may want", exact=True).click()
    choose(page, page.get_by_label("Is it about one of these?"), "none of these")
    page.get_by_label("Where do these people live?").fill("DE")
    page.get_by_role("button", name="Look at it").click()


@pytest.mark.usefixtures("pdftotext")
def test_from_files_to_a_signed_pdf(browser, served, files, tmp_path):
    with a_visitor(browser) as page:
        start(page, served, files, name="Winter evening")
        page.reload()
        heading(page, "Start: what the columns mean")
        finish(page)
        heading(page, "Winter evening")

        assert page.get_by_text("200 of 400 people are on the list").is_visible()

        introduce(page, "Jonas Weber", "reviewer, ethics")
        page.get_by_role("link", name=re.compile("Consent")).click()
        heading(page, re.compile("said no|may not be contacted"))
        page.get_by_text("Not acceptable", exact=True).first.click()
        page.get_by_label("Your reason").first.fill("Two people refused. 🙂 مرحبا 你好 #set")
        page.get_by_role("button", name="Put on record").first.click()
        page.get_by_text("Your answer is on record.").wait_for()
        page.reload()
        page.get_by_text("Two people refused.").first.wait_for()

        introduce(page, "Jonas Weber", "reviewer, ethics")
        page.get_by_role("link", name="Sign-off").click()
        heading(page, "Sign-off")
        page.get_by_text("Request changes", exact=True).first.click()
        page.get_by_label("Your grounds").fill("Take the two people off first.")
        page.get_by_role("button", name=re.compile("^Sign as")).click()
        page.get_by_text("Your signature is on record.").wait_for()
        settle(page)
        with page.expect_download() as download:
            page.get_by_role("button", name=re.compile("Download the")).click()
        pdf = tmp_path / "signoff.pdf"
        download.value.save_as(pdf)

        assert page.hosts == {served.url.removeprefix("http://")}

    text = words(pdf)
    assert "Jonas Weber" in text
    assert "Winter evening" in text
    assert "changes" in text.lower()
    record = attached(pdf)
    assert hashlib.sha256(record).hexdigest()[:16] in text.replace("\n", "").replace(" ", "")
    kinds = [json.loads(one["event"])["kind"] for one in json.loads(record)["events"]]
    assert "answered" in kinds
    assert "signed" in kinds


def test_a_new_list_is_the_next_revision(browser, served, files, tmp_path):
    with a_visitor(browser) as page:
        start(page, served, files, name="Spring evening")
        finish(page)
        heading(page, "Spring evening")
        page.get_by_role("button", name="Bring a new list").click()
        heading(page, "Bring a new list")
        mended = tmp_path / "mended.csv"
        kept = [line for line in files.read_text().splitlines() if "withdrawn" not in line]
        mended.write_text("\n".join(kept) + "\n", encoding="utf-8")
        page.locator("input[type=file]").first.set_input_files(mended)
        page.get_by_text("mended.csv").first.wait_for()
        page.get_by_role("button", name="Look at it").click()

        page.get_by_text("199 of 398 people are on the list").wait_for()
        assert page.get_by_text("revision 2").first.is_visible()
    kept = served.home / "campaigns/spring-evening"
    assert [file.name for file in kept.iterdir()] == ["campaign.yaml"]
    assert list((served.home / "campaigns").glob(".new-*")) == []


def test_a_killed_server_loses_no_answer(browser, served):
    with a_visitor(browser) as page:
        page.goto(f"{served.url}/")
        page.get_by_role("button", name="Open the example").click()
        heading(page, "Summer sale")
        introduce(page, "M. Ito", "reviewer, privacy")
        page.get_by_role("link", name=re.compile("Society")).click()
        page.get_by_text("Not acceptable", exact=True).first.click()
        page.get_by_label("Your reason").first.fill("Children are on the list.")
        page.get_by_role("button", name="Put on record").first.click()
        page.get_by_text("Your answer is on record.").wait_for()
        address = page.url
        served.kill()
        served.start()
        page.goto(re.sub(r"^http://[^/]+", served.url, address))

        page.get_by_text("Children are on the list.").first.wait_for()
        assert page.get_by_text("M. Ito").first.is_visible()


def test_an_answer_in_one_tab_is_seen_in_another(browser, served):
    with a_visitor(browser) as first, a_visitor(browser) as second:
        for page in (first, second):
            page.goto(f"{served.url}/overview?review=summer-sale")
            heading(page, "Summer sale")
        introduce(first, "J. Weber", "reviewer, ethics")
        first.get_by_role("link", name=re.compile("Transparency")).click()
        first.get_by_text("Not acceptable", exact=True).first.click()
        first.get_by_label("Your reason").first.fill("The notice is silent on this.")
        first.get_by_role("button", name="Put on record").first.click()
        first.get_by_text("Your answer is on record.").wait_for()
        second.get_by_role("link", name=re.compile("Transparency")).click()

        second.get_by_text("The notice is silent on this.").first.wait_for()


def test_documents_arrive_and_stop_no_signature(browser, served, tmp_path):
    with a_visitor(browser) as page:
        page.goto(f"{served.url}/")
        page.get_by_role("button", name="Open the example").click()
        heading(page, "Summer sale")
        introduce(page, "Ida Roth", "reviewer, legal")
        pre_read = taken(page, "Print what stands so far", tmp_path)
        page.get_by_role("link", name="Record").click()
        heading(page, "What happened")
        page.get_by_text(re.compile("^Ida Roth .* made a pre-read")).first.wait_for()
        record = taken(page, "Download the record", tmp_path)
        page.get_by_role("link", name="Sign-off").click()
        heading(page, "Sign-off")
        page.get_by_text("Reject", exact=True).first.click()
        page.get_by_label("Your grounds").fill("People who said no are on the list.")
        taken(page, "Download the pre-read", tmp_path)
        page.get_by_role("button", name=re.compile("^Sign as")).click()
        page.get_by_text("Your signature is on record.").wait_for()
        signed = taken(page, "Download the PDF", tmp_path)
        page.get_by_role("link", name="Check a PDF").click()
        heading(page, "Check a sign-off")
        page.locator("input[type=file]").set_input_files(signed)
        page.get_by_text("making it again from that record gives the same bytes").wait_for()

    assert "Not signed" in words(pre_read)
    assert json.loads(record.read_bytes())["review"] == "summer-sale"
    assert "People who said no are on the list." in words(signed).replace("\n", " ")


@pytest.mark.parametrize("path", ["overview", "record", "reviews", "segments"])
def test_words_of_a_campaign_are_never_links(browser, served, path):
    with a_visitor(browser) as page:
        page.goto(f"{served.url}/")
        page.get_by_role("button", name="Open the example").click()
        heading(page, "Summer sale")
        page.goto(f"{served.url}/{path}?review=summer-sale")
        page.get_by_role("heading", level=1).wait_for()
        settle(page)

        made = page.locator(
            "[data-testid=stMain] a[href^='mailto:'], [data-testid=stMain] a[href^='http:']"
        )
        outside = [
            one
            for one in made.evaluate_all("all => all.map(one => one.href)")
            if served.url not in one
        ]
        assert outside == []


def taken(page, label, folder):
    """Press a download and keep what arrives."""
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(f"^.*{label}")).first.click()
    kept = folder / download.value.suggested_filename
    download.value.save_as(kept)
    return kept


def words(pdf):
    return subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout


def attached(pdf):
    with pikepdf.open(io.BytesIO(pdf.read_bytes())) as opened:
        return opened.attachments["record.json"].get_file().read_bytes()
