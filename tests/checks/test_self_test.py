"""What was planted is found, whatever the policy; and what is not found is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks import places
from checks.registry import catalogue
from checks.runs import self_test
from checks.runs.run import run_campaign


def without(check):
    """The checks, one of them silent."""
    return [
        replace(one, judge=lambda _: iter(())) if one.id == check else one for one in catalogue()
    ]


def changed(policy, **blocks):
    """The policy with other values in some of its limits."""
    update = {
        name: getattr(policy, name).model_copy(
            update={
                limit: getattr(getattr(policy, name), limit).model_copy(update={"value": value})
                for limit, value in values.items()
            }
        )
        for name, values in blocks.items()
    }
    return policy.model_copy(update=update)


def test_everything_planted_is_found(policy):
    tried = self_test.tried(policy)

    assert tried.passed
    assert tried.sentence == f"The self-test found all {tried.planted} things that were planted."


def test_what_an_installation_decides_does_not_change_the_answer(policy):
    mild = changed(policy, judging={"floor": 0.1, "watch_line": 0.1}, ages={"profiling": 5})

    assert self_test.tried(mild).passed


@pytest.mark.parametrize("check", sorted(self_test.PINNED_LIMITS))
def test_a_check_that_falls_silent_is_noticed(policy, check):
    tried = self_test.tried(policy, without(check))

    assert not tried.passed
    assert tried.missed == tuple(
        one.key for one in self_test.PLANTED if one.key.startswith(f"{check}/")
    )


def test_each_check_of_the_self_test_has_something_planted():
    planted = {one.key.partition("/")[0] for one in self_test.PLANTED}

    assert planted == set(self_test.PINNED_LIMITS)


def test_a_small_number_that_comes_out_is_noticed(policy):
    """Four of twelve were chosen: a pack that withholds nothing shows it."""
    pinned = {**self_test.PINNED, "small_cells": {"suppress_below": 1, "merge_below": 1}}

    tried = self_test.tried(policy, pins=pinned)

    assert "bias.selection/gender: x" in tried.missed


def test_an_engine_that_breaks_is_told_by_its_kind_alone(policy):
    pinned = {**self_test.PINNED, "small_cells": {"suppress_below": "not a number"}}

    tried = self_test.tried(policy, pins=pinned)

    assert not tried.passed
    assert "not a number" not in tried.sentence


def test_it_is_part_of_every_run_and_runs_once(tmp_path):
    campaign = tmp_path / "campaign.yaml"
    campaign.write_text(
        "id: spring\nname: Spring\nowner: ana\nlaunch: 2026-12-01\nsector: general\n"
        "effect: opportunity\npeople: {file: people.csv, key: id, targeted: on}\n"
    )
    tmp_path.joinpath("people.csv").write_text(
        "id,on\n" + "\n".join(f"{n},true" for n in range(60))
    )
    run = run_campaign(campaign, places.policy_file())

    assert run.self_test.passed
    assert run.trusted
    assert self_test.self_test(self_test_policy()) is self_test.self_test(self_test_policy())


def self_test_policy():
    """The policy of the installation, read anew."""
    from checks.policy import read_policy

    return read_policy(places.policy_file())
