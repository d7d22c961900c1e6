"""The keys that leave: exactly those asked for, harmless in a spreadsheet, private on disk."""

from __future__ import annotations

import csv
import stat

import pytest

from checks.intake.lists import without_formula, write_lists


def rows(file):
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


def test_each_person_is_on_one_list(tmp_path):
    people = [("a1", None), ("a2", "said no"), ("ä,3", None)]

    lists = write_lists(people, tmp_path, "email")

    assert rows(lists.contact) == [["key"], ["a1"], ["ä,3"]]
    assert rows(lists.removed) == [["key", "reason"], ["a2", "said no"]]
    assert (lists.may_be_contacted, lists.taken_off, lists.made_harmless) == (2, 1, 0)


def test_nobody_is_two_headers(tmp_path):
    lists = write_lists([], tmp_path, "email")

    assert rows(lists.contact) == [["key"]]
    assert rows(lists.removed) == [["key", "reason"]]


@pytest.mark.parametrize("key", ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_gets_an_apostrophe(tmp_path, key):
    lists = write_lists([(key, None)], tmp_path, "email")

    assert rows(lists.contact)[1] == [f"'{key}"]
    assert lists.made_harmless == 1


@pytest.mark.parametrize("key", ["+4930123456", "-5", "a=b", ""])
def test_numbers_and_words_stay_as_they_are(key):
    assert without_formula(key) == key


def test_only_the_owner_may_read_the_lists(tmp_path):
    lists = write_lists([("a1", None)], tmp_path, "email")

    modes = {stat.S_IMODE(file.stat().st_mode) for file in (lists.contact, lists.removed)}
    assert modes == {0o600}


def test_lists_that_break_off_do_not_appear(tmp_path):
    def people():
        yield "a1", None
        raise RuntimeError("the audience is gone")

    with pytest.raises(RuntimeError, match="gone"):
        write_lists(people(), tmp_path, "email")

    assert list(tmp_path.iterdir()) == []
