"""What a record shows about groups is attacked: by subtraction, and by linear program."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from checks.audience import Audience
from checks.campaign import Campaign
from checks.case import Case
from checks.evidence import Breakdown, Matrix, Rate
from checks.people import segments
from checks.registry import catalogue, run
from checks.small_cells.auditing import small
from checks.small_cells.cells import OF, ON, REACH, cells
from tests.conftest import PLAIN

BELOW = 5
OFF = "off the list"
SPEAKING = ("bias.selection", "bias.intersections", "integrity.enough_data")


def a_case(policy, rows):
    """A case of these people: (gender, area, segment or off the list)."""
    people = {
        "key": "id",
        "targeted": "on",
        "segment": "segment",
        "attributes": {"gender": "gender", "area": "area"},
    }
    campaign = Campaign.model_validate({**PLAIN, "people": people})
    columns = {
        "id": [f"p{number}" for number in range(len(rows))],
        "gender": [row[0] for row in rows],
        "area": [row[1] for row in rows],
        "on": [row[2] != OFF for row in rows],
        "segment": ["" if row[2] == OFF else row[2] for row in rows],
    }
    return Case(campaign=campaign, audience=Audience.of(campaign, policy, **columns), policy=policy)


class Attack:
    """All that a reader of the record knows, and what follows from it."""

    def __init__(self, case):
        groups = case.audience.groups
        self.genders = (*groups("gender"), "not known")
        self.areas = (*groups("area"), "not known")
        self.places = (OFF, *segments.sizes(case))
        self.atoms = list(product(self.genders, self.areas, self.places))
        self.known = {}
        self.hidden = []
        self.read(case)

    def read(self, case):
        """Take in everything that is printed: findings, and the page of segments."""
        self.take(case.audience.people)
        self.take(case.audience.targeted, on=True)
        speaking = [one for one in catalogue() if one.id in SPEAKING]
        for finding in run(case, speaking):
            attribute, _, group = finding.subject.partition(": ")
            for one in finding.evidence:
                if isinstance(one, Rate) and attribute in ("gender", "area"):
                    self.take(one.of, **{attribute: one.group})
                    self.take(one.yes, on=True, **{attribute: one.group})
                if isinstance(one, Breakdown) and one.by == "segment":
                    self.divided(one, {attribute: group})
                for cell in one.cells if isinstance(one, Matrix) else ():
                    self.take(cell.of, gender=cell.row, area=cell.column)
                    self.take(cell.yes, on=True, gender=cell.row, area=cell.column)
        for segment in segments.summaries(case):
            self.take(segment.people, place=segment.name)
            for share in segment.makeup:
                self.take(share.segment, place=segment.name, **{share.attribute: share.group})
                self.take(share.on_list, on=True, **{share.attribute: share.group})
                self.take(share.in_file, **{share.attribute: share.group})

    def divided(self, breakdown, who):
        """The people of a group on the list, segment by segment."""
        self.take(breakdown.total, on=True, **who)
        for part in breakdown.parts:
            if part.name != segments.SMALLER_SEGMENTS:
                self.take(part.people, place=part.name, **who)

    def take(self, number, *, on=False, gender=None, area=None, place=None):
        """A number about these people: known, or withheld."""
        row = tuple(
            (gender in (None, g))
            and (area in (None, a))
            and (place in (None, p))
            and (not on or p != OFF)
            for g, a, p in self.atoms
        )
        if number is not None:
            self.known[row] = number
        else:
            self.hidden.append(row)

    def found(self):
        """Withheld numbers that can be placed within less than five people."""
        equations = np.array(list(self.known), dtype=float)
        right = np.array(list(self.known.values()), dtype=float)
        for row in set(self.hidden) - set(self.known):
            ends = [
                linprog(sign * np.array(row, dtype=float), A_eq=equations, b_eq=right).fun
                for sign in (1, -1)
            ]
            if -ends[1] - ends[0] < BELOW - 1e-6:
                yield row, ends[0], -ends[1]


def some_people(seed):
    """Between 40 and 400 invented people, unevenly spread over groups, areas and segments."""
    random = np.random.default_rng(seed)
    size = int(random.integers(40, 400))
    genders = random.choice(["f", "m", "x", ""], size, p=[0.45, 0.4, 0.1, 0.05])
    areas = random.choice(["north", "south", "east", ""], size, p=[0.5, 0.3, 0.15, 0.05])
    places = random.choice([OFF, "a", "b", ""], size, p=random.dirichlet([4, 3, 1, 0.3]))
    return list(zip(genders.tolist(), areas.tolist(), places.tolist(), strict=True))


def many_attributes(policy, size, *, segments="abcd"):
    """Six attributes of five groups each, unevenly spread, in four segments or more."""
    random = np.random.default_rng(7)
    shares = [0.4, 0.3, 0.15, 0.12, 0.03]
    names = [f"a{number}" for number in range(6)]
    columns = {name: random.choice(list("vwxyz"), size, p=shares).tolist() for name in names}
    on = random.random(size) < 0.4
    people = {"key": "id", "targeted": "on", "segment": "part", "attributes": dict.fromkeys(names)}
    people["attributes"] = {name: name for name in names}
    campaign = Campaign.model_validate({**PLAIN, "people": people})
    part = np.where(on, random.choice(list(segments), size), "").tolist()
    audience = Audience.of(
        campaign, policy, id=list(range(size)), on=on.tolist(), part=part, **columns
    )
    return Case(campaign=campaign, audience=audience, policy=policy)


@pytest.mark.parametrize("seed", range(24))
def test_no_withheld_number_can_be_worked_out_from_the_whole_record(policy, seed):
    case = a_case(policy, some_people(seed))

    assert list(Attack(case).found()) == []


def test_the_attack_finds_what_a_careless_record_gives_away(policy):
    """Each number by itself is large enough; together they tell of three people."""
    attack = Attack(a_case(policy, some_people(3)))
    attack.known.clear()
    attack.hidden.clear()
    attack.take(40, gender="f")
    attack.take(37, gender="f", area="north")
    attack.take(0, gender="f", area="not known")
    attack.take(0, gender="f", area="east")
    attack.take(None, gender="f", area="south")

    [(_, low, high)] = attack.found()
    assert (round(low), round(high)) == (3, 3)


def test_where_nothing_is_small_nothing_is_withheld(policy):
    rows = [(g, a, p) for g in "fm" for a in "ns" for p in (OFF, "a", "b") for _ in range(9)]
    case = a_case(policy, rows)

    assert cells(case).hidden == frozenset()


def test_a_number_that_is_withheld_is_withheld_wherever_it_stands(policy):
    case = a_case(policy, some_people(5))
    told = cells(case)
    shares = {
        (share.attribute, share.group): (share.on_list, share.in_file)
        for segment in segments.summaries(case)
        for share in segment.makeup
    }

    assert shares == {key: (told.number(*key, ON), told.number(*key, OF)) for key in shares}


def test_many_attributes_of_few_people_are_crossed_only_as_far_as_it_can_be_audited(policy):
    told = cells(many_attributes(policy, 400))

    crossed = [told.number(f"a{n}", "v", f"a{m}", "v", OF) for n in range(6) for m in range(n)]
    assert crossed.count(None) > 0
    assert told.number("a0", "v", OF) is not None


def test_many_segments_of_few_people_stay_within_what_can_be_audited(policy):
    case = many_attributes(policy, 3_000, segments="abcdefghijklmnopqrst")

    sums = cells(case).sums
    few = len(small(sums, BELOW))
    assert 0 < few * (few + len(sums.open)) <= REACH
