"""People who stay in a warehouse: the same findings as from files, and nothing but counts comes."""

from __future__ import annotations

import pytest

from checks.audience import warehouse
from checks.campaign.reading import read_campaign
from checks.lists.listing import lists_of_file
from checks.printed.printing import text
from checks.refusal import Refused
from checks.runs.run import run_campaign
from tests.checks.warehouses import MADE, POLICY, REAL, SAMPLES, moved, samples, told


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    """The samples with fewer people, each in a folder of its own."""
    return samples(tmp_path_factory.mktemp("campaigns"))


def same(there, folder, beside):
    """Whether a warehouse says what the files say; both runs."""
    from_files = run_campaign(folder / "campaign.yaml", POLICY)
    from_there = run_campaign(moved(folder, beside, there.address, there.fill), POLICY)

    assert told(from_there) == told(from_files)
    assert from_there.people == from_files.people
    assert not [finding for finding in from_files.findings if finding.verdict == "broken"]
    return from_files, from_there


@pytest.mark.parametrize("name", SAMPLES)
def test_a_warehouse_gives_the_findings_of_the_files(there, laid, tmp_path, name):
    from_files, from_there = same(there, laid / name, tmp_path / "there")

    assert from_there.parts["campaign"] == from_files.parts["campaign"]
    assert from_there.parts["people"] != from_files.parts["people"]


@pytest.mark.parametrize("name", MADE)
def test_every_fact_and_every_table_beside_is_read_alike(there, tmp_path, name):
    MADE[name](tmp_path / name, None)

    same(there, tmp_path / name, tmp_path / "there")


@pytest.mark.parametrize("name", REAL)
def test_real_sets_are_counted_alike(there, reference, tmp_path, name):
    REAL[name](tmp_path / name, reference)

    same(there, tmp_path / name, tmp_path / "there")


def test_the_questions_are_kept_and_hold_no_person(there, laid, tmp_path):
    file = moved(laid / "home-loan", tmp_path / "there", there.address, there.fill)

    run = run_campaign(file, POLICY)

    assert run.as_of.startswith("20")
    assert run.bytes_read > 2_500
    assert f"Counted in the warehouse as of {run.as_of}. It read {run.read_there}." in text(run)
    assert any("GROUP BY" in one for one in run.questions)
    rows = (laid / "home-loan/people.csv").read_text("utf-8").splitlines()
    keys = [row.split(",")[0] for row in rows[1:]]
    document = run.document().decode()
    assert not [key for key in keys if key in document]


def test_no_list_of_names_is_made_of_a_warehouse(there, laid, tmp_path):
    file = moved(laid / "home-loan", tmp_path / "there", there.address, there.fill)

    with pytest.raises(Refused, match="no row comes from there") as found:
        lists_of_file(file, POLICY, "email", tmp_path)

    assert "Make the list where they are." in str(found.value)


def test_the_same_rows_in_another_order_are_the_same_people(there, laid, tmp_path):
    file = moved(laid / "home-loan", tmp_path / "there", there.address, there.fill)
    campaign = read_campaign(file)
    first = known_by(campaign)
    there.run("CREATE TABLE turned AS SELECT * FROM home_loan.people ORDER BY random()")
    there.run("DROP TABLE home_loan.people")
    there.run("ALTER TABLE turned SET SCHEMA home_loan")
    there.run("ALTER TABLE home_loan.turned RENAME TO people")
    second = known_by(campaign)
    there.run("UPDATE home_loan.people SET gender = 'x' WHERE customer_id = 'H10002'")
    third = known_by(campaign)

    assert first == second
    assert third != second


def known_by(campaign):
    people = warehouse.People(campaign)
    people.close()
    return people.id
