"""The blame of the rules is the Shapley value, and it adds up to the people and to the gap."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.fairness.blame import MOST_RULES, blame, whole

RULES = 4
MASKS = st.dictionaries(st.integers(0, 2**RULES - 1), st.integers(0, 500))


@settings(deadline=None)
@given(MASKS, MASKS)
def test_shares_and_the_unexplained_add_up_to_the_people_off_the_list(off, on):
    found = blame(off, on, RULES)

    assert sum(found.shares) + found.unexplained == sum(off.values()) == found.off
    assert sum(found.whole) + found.unexplained == sum(off.values())


@settings(deadline=None)
@given(MASKS)
def test_shares_are_the_shapley_value(off):
    orders = list(permutations(range(RULES)))
    added = [Fraction(0)] * RULES
    for order in orders:
        applied = 0
        for rule in order:
            before, applied = applied, applied | 1 << rule
            newly = (n for mask, n in off.items() if mask & applied and not mask & before)
            added[rule] += Fraction(sum(newly), len(orders))

    assert blame(off, {}, RULES).shares == tuple(added)


@settings(deadline=None)
@given(MASKS, MASKS, MASKS, MASKS)
def test_the_points_add_up_to_the_gap(off, on, other_off, other_on):
    group = blame(off, {**on, 0: 1}, RULES)
    reference = blame(other_off, {**other_on, 0: 1}, RULES)

    gap = Fraction(group.off, group.people) - Fraction(reference.off, reference.people)
    assert sum(group.points(reference)) == gap


def test_a_rule_alone_is_told_from_a_rule_among_others():
    found = blame({0b01: 10, 0b11: 4}, {}, rules=2)

    assert found.shares == (12, 2)
    assert found.alone == (10, 0)


def test_the_two_odd_bins_are_named():
    found = blame({0: 7, 0b1: 3}, {0: 20, 0b1: 5}, rules=1)

    assert found.unexplained == 7
    assert found.in_spite == 5
    assert found.people == 35


@settings(deadline=None)
@given(st.lists(st.fractions(0, 1000, max_denominator=12), min_size=1, max_size=8))
def test_whole_shares_stay_within_one_person(shares):
    rounded = whole(tuple(shares))

    assert all(abs(people - share) < 1 for people, share in zip(rounded, shares, strict=True))
    assert sum(rounded) == round(sum(shares))


def test_more_rules_than_bits_are_refused():
    with pytest.raises(ValueError, match="63 rules"):
        blame({}, {}, MOST_RULES + 1)
