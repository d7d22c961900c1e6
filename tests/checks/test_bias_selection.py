"""Who is left off the list is found, told with both counts, and never turned green by thin data."""

from __future__ import annotations

from itertools import chain

import pytest

from checks.bias.selection import judge
from checks.evidence import Breakdown, Rate, Ratio, Table
from checks.finding import Reason, Verdict


@pytest.fixture
def selection(a_case):
    """Judge a list: ``selection(f=(400, 1000), m=(600, 1000))``, by group (chosen, of so many)."""

    def run(sections=None, *, people=None, unknown=(0, 0), **groups):
        counts = {**groups, "": unknown}
        gender = chain.from_iterable([name] * of for name, (_, of) in counts.items())
        on = chain.from_iterable([True] * n + [False] * (of - n) for n, of in counts.values())
        about = {"targeted": "on", "attributes": {"gender": "gender"}, **(people or {})}
        case = a_case({"people": about, **(sections or {})}, gender=list(gender), on=list(on))
        return {found.subject: found for found in judge(case)}

    return run


def of_kind(finding, kind):
    return [one for one in finding.evidence if isinstance(one, kind)]


def test_a_group_chosen_far_less_often_fails_in_one_sentence(selection):
    [found] = selection(f=(4_112, 9_563), m=(6_900, 10_000)).values()

    assert found.verdict is Verdict.FAIL
    assert found.subject == "gender: f"
    assert found.headline == (
        "4,112 of 9,563 women were chosen (43 of 100), 0.62 times as often as men (69 of 100)."
    )


def test_the_remedy_counts_and_never_levels_down(selection):
    found = selection(f=(400, 1_000), m=(600, 1_000))["gender: f"]

    assert "80 more women on the list would reach the limit of 0.80." in found.remedy
    assert "Taking men off settles nothing: that would be levelling down." in found.remedy


def test_the_remedy_is_enough(selection):
    found = selection(f=(480, 1_000), m=(600, 1_000))["gender: f"]

    assert found.verdict is Verdict.WATCH  # with the 80 more it no longer fails


def test_a_clear_group_shows_that_somebody_looked(selection):
    found = selection(f=(5_950, 10_000), m=(6_000, 10_000))["gender: f"]

    assert found.verdict is Verdict.CLEAR
    assert [one.group for one in of_kind(found, Rate)] == ["f", "m"]
    assert [one.side for one in of_kind(found, Ratio)] == ["on", "off"]


def test_left_out_twice_as_often_is_told_from_that_side(selection):
    found = selection(f=(8_900, 10_000), m=(9_500, 10_000))["gender: f"]

    assert found.verdict is Verdict.FAIL
    assert found.headline == (
        "1,100 of 10,000 women were left out (11 of 100), 2.20 times as often as men (5 of 100)."
    )
    assert "100 more women on the list would reach the limit of 2 times." in found.remedy


def test_a_burden_names_who_carries_it(selection):
    found = selection({"effect": "burden"}, f=(600, 1_000), m=(300, 1_000))["gender: f"]

    assert found.verdict is Verdict.FAIL
    assert found.headline == (
        "600 of 1,000 women were chosen (60 of 100); men 0.50 times as often (30 of 100)."
    )
    assert "225 fewer women on the list would reach the limit of 0.80." in found.remedy


# what cannot be told


def test_twelve_people_are_too_few_and_told_what_would_settle_it(selection):
    found = selection(f=(9, 12), m=(6_000, 10_000))["gender: f"]

    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_PEOPLE)
    assert found.headline == "12 women. Too few to compare. About 132 would settle it."
    assert "Pool with earlier campaigns" in found.remedy
    assert all(one.unsure for one in of_kind(found, Rate) if one.group == "f")


def test_a_range_that_crosses_the_limit_says_so(selection):
    found = selection(f=(33, 64), m=(600, 1_000))["gender: f"]

    assert found.reason is Reason.RANGE_CROSSES_LIMIT
    assert "crosses the limit of 0.80." in found.headline


def test_a_list_without_those_it_was_drawn_from_has_no_base(selection):
    [found] = selection(f=(500, 500), m=(600, 600)).values()

    assert found.reason is Reason.NO_BASE
    assert found.subject == "gender"
    assert "everyone who could have been chosen" in found.remedy


def test_everyone_on_a_complete_file_is_clear_by_the_owners_word(selection):
    found = selection(people={"complete": True}, f=(500, 500), m=(600, 600))

    assert {one.verdict for one in found.values()} == {Verdict.CLEAR}
    assert "The owner states" in found["gender: f"].headline


def test_nobody_on_the_list_cannot_be_clear(selection):
    [found] = selection(people={"complete": True}, f=(0, 500), m=(0, 600)).values()

    assert found.reason is Reason.NO_BASE


def test_without_attributes_there_is_nothing_to_compare(a_case):
    [found] = judge(a_case({"people": {"targeted": "on"}}, on=[True, False]))

    assert found.reason is Reason.COLUMN_MISSING


def test_one_group_does_not_apply_but_in_a_regulated_sector_cannot_be_told(selection):
    [general] = selection(f=(300, 500)).values()
    [credit] = selection({"sector": "credit"}, f=(300, 500)).values()

    assert general.verdict is Verdict.NOT_APPLICABLE
    assert credit.reason is Reason.NO_BENCHMARK


def test_many_unknown_take_the_answer_away_and_are_counted(selection):
    found = selection(f=(1_500, 3_000), m=(1_500, 3_000), unknown=(900, 2_000))

    told = next(iter(found.values()))
    assert told.reason is Reason.GROUP_UNKNOWN
    assert "For 2,000 people it is not known" in told.headline
    assert [one.of for one in of_kind(told, Rate) if one.group == "not known"] == [2_000]
    [table] = of_kind(told, Table)
    assert table.title == "What the 2,000 people not known could change"


def test_the_rows_of_the_unknown_say_which_way_the_tilt_went(selection):
    told = selection(f=(480, 1_000), m=(560, 1_000), unknown=(150, 300))["gender: f"]

    [table] = of_kind(told, Table)
    by_row = dict(table.rows)
    assert by_row["half as often in this group"] == "watch"
    assert by_row["twice as often in this group"] == "clear"


# small numbers


def test_a_few_chosen_are_not_counted_out(selection):
    found = selection(f=(3, 412), m=(600, 1_000), x=(500, 1_000))["gender: f"]

    assert found.verdict is Verdict.FAIL
    assert found.headline == "Fewer than 5 of 412 women were chosen less often than men."
    assert all(one.value is None and one.luck is None for one in of_kind(found, Ratio))
    shown = {one.group: one.yes for one in of_kind(found, Rate)}
    assert shown["f"] is None
    assert list(shown.values()).count(None) == 2  # else the total would give the three away
    assert "409" not in found.remedy + found.headline


def test_none_chosen_is_a_finding_not_a_small_number(selection):
    found = selection(f=(0, 412), m=(600, 1_000))["gender: f"]

    assert found.headline == (
        "0 of 412 women were chosen (none), against 600 of 1,000 men (60 of 100)."
    )


def test_groups_under_ten_stand_together_by_name(selection):
    found = selection(a=(3, 6), b=(3, 7), m=(600, 1_000))

    [small] = [one for one in found.values() if "smaller groups" in one.subject]
    assert small.reason in (Reason.TOO_FEW_PEOPLE, Reason.ONE_PERSON_FLIPS)
    assert "(a, b)" in small.headline


def test_what_is_withheld_for_the_sake_of_others_is_not_called_small(selection):
    found = selection(x=(2, 4), f=(400, 900), m=(600, 1_000))["gender: f"]

    assert found.headline == (
        "Women were chosen less often than men; how many is not shown, "
        "because another group's small number could be worked out from it."
    )


def test_the_literal_ratio_gives_no_small_group_away(selection):
    found = selection(x=(4, 4), y=(5, 11), f=(500, 900), m=(600, 1_000))["gender: f"]

    assert {one.literal_reference for one in of_kind(found, Ratio)} == {"smaller groups"}
    assert all(one.literal is None for one in of_kind(found, Ratio))
    assert all(one.value is not None for one in of_kind(found, Ratio))


# ages, stages, segments, rules


def test_bands_of_age_are_called_by_their_ages(a_case):
    people = {
        "targeted": "on",
        "attributes": {"age": {"column": "age", "as": "age", "bands": [18, 65]}},
    }
    case = a_case(
        {"people": people},
        age=[70] * 400 + [40] * 400,
        on=([True] * 100 + [False] * 300) + [True] * 300 + [False] * 100,
    )
    [found] = judge(case)

    assert found.subject == "age: 65 and over"
    assert found.headline.startswith("100 of 400 people aged 65 and over were chosen")


def test_a_difference_in_response_is_at_most_to_watch(selection):
    found = selection(people={"stage": "responded"}, f=(200, 1_000), m=(400, 1_000))["gender: f"]

    assert found.verdict is Verdict.WATCH
    assert "women responded" in found.headline
    assert "not by itself unfair targeting" in found.headline


def test_delivery_has_its_own_words(selection):
    found = selection(people={"stage": "delivered"}, f=(200, 1_000), m=(400, 1_000))["gender: f"]

    assert "women were reached" in found.headline


def test_segments_show_where_the_group_is_and_add_up(a_case):
    segment = ["north"] * 300 + ["south"] * 97 + ["islands"] * 3 + [None] * 600
    people = {"targeted": "on", "segment": "segment", "attributes": {"gender": "gender"}}
    case = a_case(
        {"people": people},
        gender=["f"] * 1_000 + ["m"] * 1_000,
        on=[True] * 400 + [False] * 600 + [True] * 600 + [False] * 400,
        segment=segment + ["north"] * 600 + [None] * 400,
    )
    [found] = judge(case)

    [parts] = [one for one in of_kind(found, Breakdown) if one.by == "segment"]
    assert parts.total == 400
    assert sum(part.people for part in parts.parts) == 400
    assert min(part.people for part in parts.parts) >= 5


RULES = [{"column": "balance", "at_least": 1000}, {"column": "area", "not_among": ["west"]}]


@pytest.fixture
def ruled(a_case):
    """Women fail one rule, some both; nobody else is off but by the first."""
    women = [(500, "east")] * 300 + [(500, "west")] * 100 + [(2000, "west")] * 50
    women += [(2000, "east")] * 550
    men = [(500, "east")] * 100 + [(2000, "east")] * 900
    rows = women + men
    return a_case(
        {"people": {"targeted": "on", "attributes": {"gender": "gender"}}, "rules": RULES},
        gender=["f"] * 1_000 + ["m"] * 1_000,
        balance=[balance for balance, _ in rows],
        area=[area for _, area in rows],
        on=[balance >= 1000 and area != "west" for balance, area in rows],
    )


def test_the_rules_share_the_blame_and_add_up(ruled):
    [found] = judge(ruled)

    [parts] = [one for one in of_kind(found, Breakdown) if one.by == "rule"]
    assert parts.total == 450
    assert {part.name: part.people for part in parts.parts} == {
        "balance, at least 1000": 350,
        "area, not among west": 100,
    }


def test_the_points_of_the_rules_add_up_to_the_gap(ruled):
    [found] = judge(ruled)

    [table] = of_kind(found, Table)
    points = {row[0]: float(row[2]) for row in table.rows if row[2] is not None}
    assert points.pop("together") == pytest.approx(35.0)
    assert sum(points.values()) == pytest.approx(35.0)


def test_the_remedy_names_the_rule_that_would_bring_most_back(ruled):
    [found] = judge(ruled)

    assert found.remedy.startswith(
        "Dropping the rule on balance, at least 1000 (a stand-in: 0.35, where 1 is exact) brings "
        "back 300 women, 400 of everyone: the ratio goes from 0.61 to 0.85."
    )


def test_counts_and_people_give_the_same_findings(a_case, selection):
    by_person = selection(f=(400, 1_000), m=(600, 1_000))
    people = {
        "targeted": {"count": "chosen"},
        "weight": "people",
        "attributes": {"gender": "gender"},
    }
    case = a_case({"people": people}, gender=["f", "m"], people=[1000, 1000], chosen=[400, 600])

    assert tuple(judge(case)) == tuple(by_person.values())


def test_one_group_beside_many_unknown_cannot_be_told(selection):
    [found] = selection(f=(20, 40), unknown=(30, 60)).values()

    assert found.reason is Reason.GROUP_UNKNOWN
    assert "For 60 people it is not known." in found.headline


def test_many_groups_put_together_are_not_one_group(selection):
    [found] = selection(a=(3, 8), b=(3, 8), c=(3, 8), d=(3, 8), e=(3, 8)).values()

    assert found.reason is Reason.TOO_FEW_PEOPLE
    assert found.headline == "Every group of gender has fewer than 10 people: too few to compare."


def test_a_list_of_one_group_only_has_no_base(selection):
    [found] = selection(f=(100, 100)).values()

    assert found.reason is Reason.NO_BASE


def test_a_few_left_out_are_not_counted_out(selection):
    found = selection(f=(410, 412), m=(500, 600))["gender: m"]

    assert found.verdict is Verdict.FAIL
    assert [one.yes for one in of_kind(found, Rate)] == [None, None]
    assert all(one.value is None and one.points is None for one in of_kind(found, Ratio))
    assert "100" not in found.headline


def test_two_few_left_out_are_said_to_be_few(selection):
    found = selection({"effect": "burden"}, f=(998, 1_000), m=(500, 1_000))["gender: f"]

    assert found.headline == "All but a few of 1,000 women were chosen more often than men."


def test_the_remedy_names_the_limit_that_it_reaches(selection):
    found = selection(f=(1_195, 1_200), m=(500, 600))["gender: m"]

    assert "68 more men on the list would reach a gap under 5 points." in found.remedy


def test_two_words_for_one_group_are_kept_apart(selection):
    names = selection(F=(500, 1_000), f=(500, 1_000), m=(510, 1_000))

    assert any("people with gender F" in found.headline for found in names.values())


def one_rule(a_case, women, men, *, men_anyway=0):
    """A thousand women and men; the rule keeps so many off, and 400 women are off without it."""
    gender = ["f"] * 1_000 + ["m"] * 1_000
    score = [0] * women + [5] * (1_000 - women) + [0] * men + [5] * (1_000 - men)
    on = [at >= women + 400 for at in range(1_000)]
    on += [at >= men + men_anyway for at in range(1_000)]
    sections = {
        "people": {"targeted": "on", "attributes": {"gender": "gender"}},
        "rules": [{"column": "score", "at_least": 1}],
    }
    [found] = judge(a_case(sections, gender=gender, score=score, on=on))
    return found


def of_rules(found):
    return next(one.rows for one in of_kind(found, Table) if one.columns[0] == "rule")


def test_a_total_does_not_give_away_whom_a_rule_keeps_off(a_case):
    [rule, rest, together, _] = of_rules(one_rule(a_case, 3, 0))

    assert together[1] == 403
    assert rule[1:] == (None, None, None)
    assert rest[1:] == (None, None, None)


def test_points_and_remedy_do_not_give_away_whom_a_rule_keeps_off_elsewhere(a_case):
    many = one_rule(a_case, 200, 7, men_anyway=50)
    assert "brings back 200 women, 207 of everyone" in many.remedy
    assert of_rules(many)[0][2] == "+19.3"

    few = one_rule(a_case, 200, 3, men_anyway=50)
    assert "brings back 200 women. " in few.remedy
    assert [row[2] for row in of_rules(few)[:2]] == [None, None]


def test_the_remedy_at_delivery_speaks_of_reaching(selection):
    found = selection(people={"stage": "delivered"}, f=(400, 1_000), m=(600, 1_000))["gender: f"]

    assert "80 more women reached would reach the limit of 0.80." in found.remedy
    assert "Reaching fewer men settles nothing: that would be levelling down." in found.remedy


def test_a_rule_that_stands_for_the_group_is_blamed_first(a_case):
    """The age of an account keeps more women off, but the district says who is a woman."""
    women = (
        [("north", 0)] * 150 + [("north", 9)] * 450 + [("south", 0)] * 300 + [("south", 9)] * 100
    )
    men = [("south", 0)] * 150 + [("south", 9)] * 850
    rows = women + men
    case = a_case(
        {
            "people": {"targeted": "on", "attributes": {"gender": "gender"}},
            "rules": [
                {"column": "months", "at_least": 6},
                {"column": "district", "not_among": ["north"]},
            ],
        },
        gender=["f"] * 1_000 + ["m"] * 1_000,
        district=[district for district, _ in rows],
        months=[months for _, months in rows],
        on=[district == "south" and months >= 6 for district, months in rows],
    )
    [found] = judge(case)

    [rules] = [one for one in of_kind(found, Table) if one.columns[0] == "rule"]
    assert rules.rows[0][0] == "district, not among north (a stand-in: 0.65, where 1 is exact)"
    [parts] = [one for one in of_kind(found, Breakdown) if one.by == "rule"]
    assert parts.parts[0].name == "district, not among north"
    assert "Dropping the rule on district, not among north (a stand-in" in found.remedy
