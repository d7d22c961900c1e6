"""What to ask for comes from what the checks say they read; and what they say is held to it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from checks import places, samples
from checks.audience import Audience
from checks.campaign.reading import read_campaign
from checks.case import Case
from checks.drafts import asking
from checks.finding import Reason, Verdict
from checks.intake import take_in
from checks.intake.propose import Meaning, propose
from checks.intake.survey import survey
from checks.policy import read_policy
from checks.registry import catalogue, run
from checks.runs.running import read_notice


def some_checks(*ids):
    return [one for one in catalogue() if one.id in ids]


def test_the_message_asks_for_what_the_checks_read_and_says_how_many_do():
    message = asking.message(some_checks("bias.selection", "society.minors", "consent.coverage"))

    assert "- one row a person, and everyone who could have been chosen" in message
    assert "- who is on the list, true or false (3 checks read it)\n" in message
    assert "- the day they said it (1 check reads it)\n" in message
    assert "do-not-contact" not in message
    assert "names, addresses" not in message  # no check among these recognises people


def test_a_new_check_asks_for_its_columns_as_soon_as_it_exists():
    [one] = some_checks("notice_readable", "transparency.notice_readable")
    before = asking.message([one])

    after = asking.message([replace(one, reads=(*one.reads, "outcomes"))])

    assert "what came of earlier sends" not in before
    assert "what came of earlier sends" in after


def test_files_of_their_own_are_asked_for_by_themselves():
    message = asking.message(some_checks("consent.opt_out_leak"))

    assert "as files of their own:\n\n- the do-not-contact list" in message


def test_every_line_can_be_sent_as_it_is():
    assert max(len(line) for line in asking.message().splitlines()) <= 88


def test_the_template_has_every_column_and_is_understood_by_who_reads_it(tmp_path):
    (tmp_path / "template.csv").write_text(asking.template(), encoding="utf-8")
    header, *rows = csv.reader(io.StringIO(asking.template()))

    columns = {one.column: one for one in propose(survey(tmp_path / "template.csv", "t.csv"))}

    assert len(rows) == 2
    assert set(columns) == set(header)
    meanings = {column: one.meaning for column, one in columns.items()}
    assert meanings["customer_id"] is Meaning.KEY
    assert meanings["in_campaign"] is Meaning.TARGETED
    assert meanings["birth_year"] is Meaning.BIRTH_YEAR
    assert meanings["email_status"] is Meaning.PERMISSION
    assert meanings["email_ref"] is Meaning.PROOF


def test_every_name_that_a_check_reads_can_be_asked_for():
    read = {name for one in catalogue() for name in one.reads}

    assert read <= {"everyone", *asking.ASKS}


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory):
    """The sample that is in order: as it is, and with the people who are not on the list gone."""
    samples.make()
    home = tmp_path_factory.mktemp("home")
    file = places.DATA / "campaigns/club-newsletter/campaign.yaml"
    whole = read_campaign(file)
    bare = whole.model_copy(
        update={"people": whole.people.model_copy(update={"targeted": None, "complete": False})}
    )
    return {"whole": judged(whole, file, home), "bare": judged(bare, file, home)}


def judged(campaign, file, home):
    """The findings about a campaign, its people taken in anew."""
    policy = read_policy(places.DATA / "policies/default.yaml")
    snapshot = take_in(campaign, file.parent, home)
    audience = Audience.open(snapshot.folder, campaign, policy)
    notice = read_notice(campaign, file)
    found = run(Case(campaign=campaign, audience=audience, policy=policy, notice=notice))
    audience.close()
    return found


def test_every_check_that_a_bare_list_silences_says_that_it_reads_everyone(newsletter):
    """So that the number which Start tells leaves none of them out."""
    silenced = {
        one.check
        for one in newsletter["bare"]
        if one.verdict is Verdict.CANNOT_TELL and one.reason is Reason.NO_BASE
    }
    could = {one.check for one in newsletter["whole"] if one.reason is not Reason.NO_BASE}

    assert silenced & could
    assert silenced & could <= {one.id for one in asking.readers("everyone")}
