"""What taking a segment off would change, from what was counted."""

from __future__ import annotations

from dataclasses import replace

from checks.evidence import Breakdown, Part
from checks.runs.run import Share
from dashboard.views import segments
from tests.review import documents

MAKEUP = (
    Share(attribute="gender", group="f", segment=9_000, on_list=20_000, in_file=30_000),
    Share(attribute="gender", group="m", segment=12_300, on_list=22_694, in_file=34_000),
    Share(attribute="age", group="18 to 24", segment=None, on_list=None, in_file=None),
)


def a_run(**other):
    run = documents.a_run()
    first, *rest = run.segments
    return replace(run, segments=(replace(first, makeup=MAKEUP, **other), *rest))


def without(run):
    return segments.without(run, run.segments[0])


def test_the_list_shrinks_by_the_people_of_the_segment():
    assert without(a_run())["People on the list"] == "42,694 → 21,394"


def test_what_was_found_is_told_without_the_people_of_the_segment():
    assert "1,204 → 400" in without(a_run()).values()


def test_groups_are_told_as_shares_and_hidden_ones_are_not_told():
    rows = without(a_run())

    assert rows["Women (f)"] == "47 of 100 → 51 of 100"
    assert not [name for name in rows if "18 to 24" in name]


def test_a_number_that_is_withheld_stays_so():
    hidden = Breakdown(
        title="Where they are",
        by="segment",
        total=900,
        parts=(Part(name="young savers", people=None), Part(name="families", people=None)),
    )
    run = a_run()
    found = [replace(one, evidence=(hidden,)) for one in run.findings[:1]]

    rows = without(replace(run, findings=tuple(found)))
    assert not [value for value in rows.values() if value.startswith("900")]


def test_taking_off_the_whole_list_is_not_offered():
    assert without(a_run(people=42_694)) == {}
    assert without(a_run(people=None)) == {}
