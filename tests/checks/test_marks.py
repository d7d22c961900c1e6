"""Rows that may share a key are found by their marks, however many there are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.audience import marks
from checks.audience.marks import Marks, as_bits

few = st.lists(st.sampled_from([0, 1, 7, 1 << 22, 1 << 63, (1 << 64) - 1]), max_size=60)


def found(folder, values, *, at_once=7):
    """The marks taken, and the places of those that are shared; taken in two goes."""
    taken = Marks(folder, len(values))
    places = np.arange(len(values))
    for half in (slice(0, at_once), slice(at_once, None)):
        taken.take(np.array(values, np.uint64)[half], places[half])
    return taken, [int(one) for one in np.flatnonzero(taken.flags())]


@given(few)
def test_places_are_those_of_marks_that_stand_twice(tmp_path_factory, values):
    taken, places = found(tmp_path_factory.mktemp("marks"), values)

    assert taken.taken == len(values)
    assert places == [n for n, one in enumerate(values) if values.count(one) > 1]


@given(few)
def test_more_than_fit_into_memory_are_parted_into_files_that_go(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("marks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "AT_ONCE", 4)
        _, places = found(folder, values)

    assert places == [n for n, one in enumerate(values) if values.count(one) > 1]
    assert not list(folder.iterdir())


def test_marks_alike_in_their_last_bits_are_told_apart(tmp_path):
    _, places = found(tmp_path, [5, 5 + marks.NEAR, 5 + 2 * marks.NEAR, 5])

    assert places == [0, 3]


def test_each_flag_is_a_bit_from_the_left():
    assert as_bits(np.array([1, *[0] * 8, 1], bool)) == bytes([0b10000000, 0b01000000])
