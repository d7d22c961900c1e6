"""Lists of the campaign file as tables: what is written there lands in the file, no more."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml

from checks import places
from checks.campaign import Campaign
from checks.refusal import Refused
from checks.registry import catalogue
from dashboard import entries, listing
from dashboard.listing import LISTS

TOLD = {
    "recipients": [
        {"name": "Bright Ads", "role": "platform", "receives": ["age", "area"]},
        {"name": "Letter Works", "country": "DE"},
    ],
    "access": [{"person": "a designer", "right": "read", "last_used": "2026-06-03", "left": False}],
    "fields": [{"name": "basket", "sensitivity": 2, "absent": ["none"]}],
    "controls": [{"id": "second_factor", "status": "in_place"}],
}
SAMPLES = sorted(places.DATA.glob("campaigns/*/campaign.yaml"))


def named(section):
    return next(one for one in LISTS if one.section == section)


def edited(section, told=TOLD, **cells):
    """The table of a list with some cells of its first row written anew."""
    table = entries.table(named(section), told)
    for name, value in cells.items():
        table[name] = pd.Series([value, *table[name][1:]], dtype="object")
    return table


def after(section, table, *, none=False, told=TOLD):
    return entries.restated(told, named(section), table, none=none)


def test_each_list_is_looked_at_by_checks_that_exist_and_no_list_is_there_twice():
    known = {one.id for one in catalogue()}

    assert all(set(one.informs) <= known for one in LISTS)
    assert len({one.section for one in LISTS}) == len(LISTS)


def test_a_check_has_the_lists_that_it_looks_at():
    assert [one.section for one in listing.lists("society.sensitive_moments")] == [
        "calendar",
        "places",
    ]


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.section)
def test_each_column_is_a_part_of_the_campaign_file(one):
    table = entries.table(one, {})

    assert list(table) == list(one.columns) == list(entries.columns(one, {}))
    assert len(table) == len(one.offers)
    assert entries.restated({}, one, table, none=False) == {}


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.parent.name)
@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.section)
def test_looking_at_a_list_changes_nothing(file, one):
    told = yaml.safe_load(file.read_text("utf-8"))
    table = entries.table(one, told)

    assert entries.restated(told, one, table, none=entries.said_none(one, told)) == told


@pytest.mark.parametrize(
    ("section", "cells", "entry"),
    [
        pytest.param(
            "recipients",
            {"contract": " C-118 "},
            {**TOLD["recipients"][0], "contract": "C-118"},
            id="words",
        ),
        pytest.param(
            "recipients",
            {"receives": ["age", "area", " gender "]},
            {**TOLD["recipients"][0], "receives": ["age", "area", "gender"]},
            id="several words",
        ),
        pytest.param(
            "recipients",
            {"role": None},
            {"name": "Bright Ads", "receives": ["age", "area"]},
            id="nothing",
        ),
        pytest.param("access", {"left": "yes"}, {**TOLD["access"][0], "left": True}, id="a yes"),
        pytest.param(
            "access",
            {"last_used": pd.Timestamp("2026-11-02")},
            {**TOLD["access"][0], "last_used": "2026-11-02"},
            id="a day",
        ),
        pytest.param(
            "fields",
            {"sensitivity": 3.0},
            {"name": "basket", "sensitivity": 3, "absent": ["none"]},
            id="a number; what no column shows stays",
        ),
    ],
)
def test_what_is_written_in_a_cell_lands_in_the_campaign_file(section, cells, entry):
    new = after(section, edited(section, **cells))

    assert new[section] == [entry, *TOLD[section][1:]]
    assert {name: new[name] for name in TOLD if name != section} == {
        name: TOLD[name] for name in TOLD if name != section
    }


def test_a_row_is_added_and_one_taken_away_and_what_it_said_goes_with_it():
    table = edited("fields")
    more = pd.DataFrame([{"name": "phone", "why": "to call"}], index=[1])
    told = after("fields", pd.concat([table, more]))
    assert told["fields"] == [*TOLD["fields"], {"name": "phone", "why": "to call"}]

    fewer = entries.table(named("fields"), told).drop(index=0)

    assert after("fields", fewer, told=told)["fields"] == [{"name": "phone", "why": "to call"}]


def test_a_list_of_which_nothing_is_left_is_not_stated_unless_it_is_said_that_there_is_none():
    empty = edited("recipients").drop(index=[0, 1])

    assert "recipients" not in after("recipients", empty)
    assert after("recipients", empty, none=True)["recipients"] == []


def test_what_is_offered_counts_only_where_something_is_said_of_it():
    table = edited("controls", evidence="A-7")
    assert "second factor" not in list(table["id"])
    assert after("controls", edited("controls")) == TOLD
    table.loc[table["id"] == "keyed hashing", "status"] = "planned"

    assert after("controls", table)["controls"] == [
        {"id": "second_factor", "status": "in_place", "evidence": "A-7"},
        {"id": "keyed hashing", "status": "planned"},
    ]


def test_an_entry_that_leaves_out_what_each_has_to_say_is_refused_with_its_place():
    table = entries.table(named("controls"), {})
    table.loc[table["id"] == "keyed hashing", "evidence"] = "A-7"
    with pytest.raises(Refused) as refused:
        after("controls", table, told={})

    assert [(one.where, one.what) for one in refused.value.problems] == [
        ("What keeps the data safe, keyed hashing", "“status” is empty.")
    ]


def test_what_the_file_says_can_be_chosen_again():
    config = entries.columns(named("controls"), TOLD)["status"]

    assert "in_place" in config["type_config"]["options"]


def test_a_list_as_it_was_written_fits_the_form_of_the_campaign_file():
    told = yaml.safe_load(SAMPLES[0].read_text("utf-8"))
    days = {"from": pd.Timestamp("2026-11-30"), "to": pd.Timestamp("2026-12-02")}
    more = pd.DataFrame([{**dict.fromkeys(named("calendar").columns), **days}])
    new = entries.restated(told, named("calendar"), more, none=False)

    assert Campaign.model_validate(new).calendar[-1].to.isoformat() == "2026-12-02"
