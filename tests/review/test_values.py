"""What is known is a value: nobody writes to it, and each of its parts is named."""

from __future__ import annotations

import inspect
import pkgutil
from dataclasses import fields, is_dataclass
from importlib import import_module

import pytest
from pydantic import BaseModel

import checks.campaign
import review
from checks.campaign.committee import ALONE
from review.present.committee import Ballot, Committee, Concern, Dialogue, Member, Point
from review.record import Actor, Role
from review.store.anchors import Anchor
from tests.review.builders import ITO, NOON

FOLDING = {"Answering", "Deciding", "Excepting", "Gaps", "House", "Sitting", "Talk", "_Folding"}
"""Those that are written to, event by event, while a record is read."""
KEEPING = {"Teller"}
"""Those that keep what they were asked once, and so have no slots."""


def _classes():
    for package in (checks.campaign, review):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                yield from (
                    one
                    for one in vars(import_module(module.name)).values()
                    if inspect.isclass(one) and one.__module__ == module.name
                )


CLASSES = sorted(_classes(), key=lambda one: (one.__module__, one.__name__))
PLAIN = [one for one in CLASSES if is_dataclass(one) and one.__name__ not in FOLDING]
WRITTEN = [one for one in CLASSES if issubclass(one, BaseModel)]


@pytest.mark.parametrize("value", PLAIN, ids=lambda one: one.__name__)
def test_a_value_is_frozen_slotted_and_made_by_name(value):
    assert value.__dataclass_params__.frozen
    assert "__slots__" in vars(value) or value.__name__ in KEEPING
    assert all(one.kw_only for one in fields(value)) or value is Anchor


def test_what_is_folded_is_made_by_name_as_well():
    folds = [one for one in CLASSES if one.__name__ in FOLDING]

    assert {one.__name__ for one in folds} == FOLDING
    assert all(each.kw_only for one in folds for each in fields(one))


@pytest.mark.parametrize("value", WRITTEN, ids=lambda one: one.__name__)
def test_what_was_read_at_a_door_is_frozen_and_holds_nothing_unknown(value):
    assert value.model_config["frozen"]
    assert value.model_config["extra"] == "forbid"


def test_before_anybody_sits_nothing_is_said_and_nothing_is_on_the_wall():
    empty, silent = Committee(), Dialogue()

    assert (empty.needs, empty.members, empty.points, empty.at) == (ALONE, (), (), "")
    assert (empty.ballot, empty.presented) == (None, False)
    assert (silent.concerns, silent.not_sought, silent.not_sought_by) == ((), "", None)


def test_who_takes_a_seat_has_said_nothing_yet_and_a_point_that_is_put_is_open():
    member = Member(who=ITO, seat=Role.PRIVACY, since=3)
    point = Point(question="covered", round=1, at=NOON)

    assert (member.here, member.conflict, member.recused, member.votes) == (False, "", "", True)
    assert (point.opened, point.early, point.settled, point.all_agreed) == (False, "", None, False)


def test_a_ballot_that_begins_has_decided_nothing_and_a_concern_that_is_raised_is_unanswered():
    ballot = Ballot(number=7, at=NOON, quorum=3)
    concern = Concern(
        number=4, role="customer", who="", on=NOON.date(), what="Too many.", entered_by=ITO
    )

    assert (ballot.closed, ballot.decision, ballot.early, ballot.rule) == (False, None, "", "")
    assert (concern.answer, concern.changed, concern.answered_by) == ("", "", None)


def test_a_name_that_was_only_typed_is_vouched_for_by_nobody():
    typed = Actor(name="Ito", role=Role.PRIVACY)

    assert (typed.issuer, typed.verified, typed.addresses, typed.also) == (
        "typed",
        False,
        frozenset(),
        frozenset(),
    )
    assert typed.authenticated is None
