"""Charts: what they draw, what they say in words, and that everybody can see them."""

from __future__ import annotations

import math
import re
import tomllib
from pathlib import Path

import pytest

from checks.evidence import (
    Bin,
    Breakdown,
    Cell,
    Distribution,
    Line,
    Matrix,
    Part,
    Point,
    Points,
    Rate,
    Ratio,
    Step,
    Waterfall,
)
from checks.runs.run import SegmentSummary, Share
from dashboard import charts, looks, rates
from tests.review import documents

EVERY = [
    documents.WATERFALL,
    documents.PRESSURE,
    documents.CROSSINGS,
    documents.BY_SEGMENT,
    documents.SOME_HIDDEN,
    documents.PROXIES,
]


def words(figure):
    return [note.text.replace("<br>", " ") for note in figure.layout.annotations]


def bars(figure):
    return [(trace.base[0], trace.x[0]) for trace in figure.data if trace.type == "bar"]


def ticks(figure):
    """Where limits are drawn: the x of every upright line."""
    return {line.x0 for line in figure.layout.shapes if line.x0 == line.x1}


def only(*evidence):
    [picture] = charts.pictures(evidence)
    return picture


def a_rate(group, yes, of, **other):
    return Rate(group=group, yes=yes, of=of, **other)


def estimated(group, yes, of):
    return a_rate(group, yes, of, low=yes / of - 0.02, high=yes / of + 0.02)


def a_ratio(**other):
    given = {
        "group": "women",
        "reference": "men",
        "value": 0.75,
        "low": 0.7,
        "high": 0.8,
        "floor": 0.8,
        "luck": 0.001,
        "pairs": 1,
        "literal": 0.75,
        "literal_reference": "men",
    }
    return Ratio(**{**given, **other})


@pytest.mark.parametrize("evidence", EVERY, ids=lambda one: one.kind)
def test_every_chart_says_in_words_what_it_shows(evidence):
    picture = only(evidence)

    assert picture.alt == evidence.alt


@pytest.mark.parametrize("evidence", EVERY, ids=lambda one: one.kind)
def test_a_chart_is_small_enough_to_send(evidence):
    assert len(only(evidence).figure.to_json()) <= 20_000


def test_forty_groups_are_still_small_enough_and_none_is_dropped_in_silence():
    picture = only(*(estimated(f"group {n}", 500 + n, 1_000) for n in range(40)))

    assert len(picture.figure.to_json()) <= 20_000
    assert words(picture.figure)[-1] == "30 more groups are in the table."


def test_the_judged_group_and_its_reference_stay_among_forty():
    shares = [estimated(f"group {n}", 500 + n, 1_000) for n in range(40)]
    ratio = a_ratio(group="group 38", reference="group 39")

    said = " ".join(words(rates.rates(shares, [ratio])))

    assert "Group 38:" in said
    assert "Group 39, to compare with:" in said


@pytest.mark.parametrize("evidence", EVERY, ids=lambda one: one.kind)
def test_only_theme_colours_are_used(evidence):
    used = set(re.findall(r"#[0-9a-fA-F]{6}", str(only(evidence).figure.to_dict()["data"])))

    placeholders = {look.paint for look in looks.LOOKS.values()}
    placeholders |= {looks.ACCENT, looks.RULE, looks.INK}
    assert used <= placeholders


@pytest.mark.parametrize("evidence", EVERY, ids=lambda one: one.kind)
def test_all_words_are_in_the_ink_of_the_theme(evidence):
    notes = only(evidence).figure.layout.annotations

    assert notes
    assert {note.font.color for note in notes} == {looks.INK}


def test_rates_and_ratios_are_one_picture():
    pictures = list(charts.pictures([*documents.RATES, documents.RATIO, documents.OFF]))

    assert len(pictures) == 1
    assert "women chosen 0.75 times as often as men; the limit is 0.80." in pictures[0].alt


def test_the_floor_stands_at_four_fifths_of_the_reference():
    figure = rates.rates(
        [estimated("men", 600, 1_000), estimated("women", 450, 1_000)], [a_ratio()]
    )

    scale = min(1.0, 0.62 * 1.08)
    assert "limit: 48 of 100" in words(figure)
    assert list(ticks(figure)) == [pytest.approx(0.48 / scale)]


def test_a_burdens_limit_lies_above_the_reference():
    shares = [estimated("men", 400, 1_000), estimated("women", 600, 1_000)]

    [limit] = rates.limits(shares, [a_ratio(turned=True, value=0.667)])

    assert limit.at == pytest.approx(0.5)


def test_exclusion_is_a_limit_on_the_same_scale():
    shares = [estimated("men", 800, 1_000), estimated("women", 500, 1_000)]

    [limit] = rates.limits(shares, [a_ratio(side="off", floor=2.0, value=2.5)])

    assert limit.at == pytest.approx(0.6)
    assert limit.name == "left out twice as often: 60 of 100"


def test_a_limit_nobody_can_reach_is_not_drawn():
    shares = [estimated("men", 300, 1_000), estimated("women", 200, 1_000)]

    assert rates.limits(shares, [a_ratio(side="off", floor=2.0, value=1.14)]) == ()


def test_a_range_is_drawn_from_its_low_to_its_high_end():
    figure = rates.rates([a_rate("men", 60, 200, low=0.2, high=0.4)])

    [dot] = figure.data
    scale = 0.4 * 1.08
    assert dot.x[0] == pytest.approx(0.3 / scale)
    assert dot.error_x.array[0] == pytest.approx(0.1 / scale)
    assert dot.error_x.arrayminus[0] == pytest.approx(0.1 / scale)


def test_a_fact_is_drawn_against_everybody():
    figure = rates.rates([a_rate("email", 25, 100)])

    assert bars(figure) == [(0, 0.25)]
    assert words(figure) == ["Email: <b>25 of 100</b>"]


def test_a_group_that_is_unsure_is_hollow_and_grey():
    [dot] = rates.rates([a_rate("x", 5, 12, low=0.2, high=0.7, unsure=True)]).data

    assert dot.marker.symbol == "circle-open"
    assert dot.marker.color == looks.UNSURE


def test_a_withheld_number_is_never_drawn():
    figure = rates.rates([a_rate("x", None, None, low=None, high=None)])

    assert len(figure.data) == 0
    assert "not shown" in words(figure)[0]


def test_the_strip_of_a_waterfall_adds_up_to_the_whole_list():
    figure = charts.waterfall(documents.WATERFALL)

    strip = bars(figure)[:3]
    assert sum(length for _, length in strip) == pytest.approx(1.0)
    assert strip[0][1] == pytest.approx(41_020 / 42_694)
    assert "Drop out, drawn larger here: <b>1,674</b>" in words(figure)


def test_who_said_no_is_solid_and_who_is_not_covered_is_hatched():
    steps = (
        Step(name="objected", people=4, meaning="said_no"),
        Step(name="no record", people=4, meaning="not_covered"),
        Step(name="may be contacted", people=2, meaning="stays"),
    )
    figure = charts.waterfall(Waterfall(title="email", total=10, steps=steps))

    patterns = [trace.marker.pattern.shape for trace in figure.data]
    assert patterns == [None, None, "/", None, "/"]


def test_a_list_from_which_nobody_drops_out_is_one_strip():
    steps = (Step(name="may be contacted", people=10, meaning="stays"),)
    figure = charts.waterfall(Waterfall(title="email", total=10, steps=steps))

    assert bars(figure) == [(0, 1.0)]
    assert words(figure) == ["Stay on the list: <b>10 of 10</b>"]


def test_an_empty_list_draws_nothing_and_does_not_divide_by_it():
    steps = (Step(name="may be contacted", people=0, meaning="stays"),)

    assert bars(charts.waterfall(Waterfall(title="email", total=0, steps=steps))) == []


def test_a_limit_stands_between_the_last_allowed_and_the_first_over_it():
    bins = tuple(Bin(low=n, high=n + 1, people=10) for n in range(4))
    lines = (Line(at=2, name="over the limit from here"),)
    figure = charts.distribution(Distribution(title="t", unit="emails", bins=bins, lines=lines))

    assert words(figure) == [
        "0 emails: <b>10</b>",
        "1 emails: <b>10</b>",
        "<i>over the limit from here</i>",
        "2 emails: <b>10</b>",
        "3 emails: <b>10</b>",
    ]


def test_an_endless_bin_can_be_drawn_and_sent():
    bins = (Bin(low=0, high=6, people=10), Bin(low=6, high=math.inf, people=2))
    figure = charts.distribution(Distribution(title="t", unit="emails", bins=bins))

    assert words(figure)[1] == "6 or more emails: <b>2</b>"
    assert "Infinity" not in figure.to_json()


def test_a_crossing_that_cannot_be_told_is_hatched():
    figure = charts.matrix(documents.CROSSINGS)

    tiles = [trace for trace in figure.data if trace.type == "bar"]
    hatched = [trace for trace in tiles if trace.marker.pattern.shape == "/"]
    unsure = [cell for cell in documents.CROSSINGS.cells if cell.verdict == "cannot_tell"]
    assert [len(trace.x) for trace in hatched] == [len(unsure)]
    assert "<b>–</b>" in figure.data[-1].text


def test_the_darker_the_tile_the_larger_its_share():
    figure = charts.matrix(documents.CROSSINGS)

    shares = [
        cell.share
        for cell in documents.CROSSINGS.cells
        if cell.share is not None and cell.verdict != "cannot_tell"
    ]
    heat = figure.data[0].marker.opacity
    order = sorted(range(len(shares)), key=lambda at: shares[at])
    assert [heat[at] for at in order] == sorted(heat)
    assert max(heat) <= charts.HEAT


def test_what_fields_tell_is_a_heat_map_of_its_measure():
    cells = (
        Cell(row="postcode", column="origin", yes=None, of=None, verdict="watch", value=0.62),
        Cell(row="postcode", column="age", yes=None, of=None, verdict="clear", value=0.05),
    )
    proxies = Matrix(
        title="t", rows=("postcode",), columns=("origin", "age"), cells=cells, measure="V, 0 to 1"
    )
    figure = charts.matrix(proxies)

    assert list(figure.data[-1].text) == ["<b>0.62</b>", "<b>0.05</b>"]
    assert words(figure)[0] == "V, 0 to 1:"


def test_many_steps_are_a_curve_with_the_limits_across_it():
    bins = tuple(Bin(low=n, high=n + 1, people=100 - n) for n in range(36))
    lines = (Line(at=24, name="our limit of 24 months"),)
    figure = charts.distribution(Distribution(title="t", unit="months", bins=bins, lines=lines))

    assert [trace.name for trace in figure.data] == ["area", "edge"]
    assert list(ticks(figure)) == [pytest.approx(24 / 36)]
    assert "At the highest: <b>100 people</b>" in words(figure)
    assert "<i>our limit of 24 months</i>" in words(figure)


def test_a_step_that_is_not_shown_is_hatched_in_a_curve():
    bins = tuple(Bin(low=n, high=n + 1, people=None if n == 5 else 40) for n in range(20))
    figure = charts.distribution(Distribution(title="t", unit="months", bins=bins))

    [hatched] = [trace for trace in figure.data if trace.type == "bar"]
    assert hatched.marker.pattern.shape == "/"
    assert hatched.base[0] == pytest.approx(5 / 20)


def a_cloud(*named, **more):
    points = tuple(Point(name=name, x=x, y=y, marked=marked) for name, x, y, marked in named)
    return Points(title="t", x="cost", y="benefit", points=points, **more)


def test_a_dominated_field_is_a_cross_and_is_named_in_words():
    cloud = a_cloud(("postcode", 9, 0, True), ("basket", 2, 5, False), marks="Worth nothing")
    figure = charts.points(cloud)

    symbols = {trace.marker.symbol for trace in figure.data}
    assert symbols == {"x", "circle"}
    assert "✕ Worth nothing" in words(figure)
    assert "Worth nothing: postcode." in cloud.alt


def test_a_benefit_below_nought_is_drawn_below_it():
    figure = charts.points(a_cloud(("a", 1, -2, False), ("b", 2, 4, False)))

    [ground] = [line.y0 for line in figure.layout.shapes][:1]
    heights = {trace.x[0]: trace.y[0] for trace in figure.data}
    assert max(heights.values()) > ground > min(heights.values())


def test_names_that_would_meet_stand_apart():
    close = [(f"field {n}", 1 + n / 100, 1 + n / 100, False) for n in range(4)]
    figure = charts.points(a_cloud(*close, ("far", 10, 10, False)))

    feet = [note.y for note in figure.layout.annotations if note.text.startswith("field")]
    assert len(set(feet)) == 4
    assert min(b - a for a, b in zip(sorted(feet), sorted(feet)[1:], strict=False)) > 14


def test_values_of_one_thing_are_a_curve_with_its_limit_named():
    line = Line(at=0.8, name="limit")
    points = [(str(n), n, 1 - n / 20, False) for n in range(10)]
    figure = charts.points(a_cloud(*points, joined=True, limits=(line,)))

    assert [trace.mode for trace in figure.data] == ["lines+markers"]
    assert "<i>limit: 0.8</i>" in words(figure)


def test_the_bars_of_a_breakdown_add_up_to_the_whole():
    parts = (Part(name="a", people=50), Part(name="b", people=30), Part(name="c", people=20))
    figure = charts.breakdown(Breakdown(title="t", by="rule", total=100, parts=parts))

    whole, *steps = bars(figure)
    assert whole == (0, 1.0)
    assert [start for start, _ in steps] == pytest.approx([0.0, 0.5, 0.8])
    assert sum(length for _, length in steps) == pytest.approx(1.0)


def test_parts_that_are_not_shown_fill_what_is_left():
    parts = (Part(name="a", people=90), Part(name="b", people=None), Part(name="c", people=None))
    figure = charts.breakdown(Breakdown(title="t", by="rule", total=100, parts=parts))

    assert bars(figure)[2:] == [(pytest.approx(0.9), pytest.approx(0.1))] * 2


@pytest.mark.parametrize(
    "evidence",
    [
        pytest.param(
            Matrix(
                title="t",
                rows=tuple(f"a rather long group {n}" for n in range(30)),
                columns=tuple(f"another group {n}" for n in range(30)),
                cells=tuple(
                    Cell(
                        row=f"a rather long group {y}",
                        column=f"another group {x}",
                        yes=y * x,
                        of=1_000,
                        verdict="watch" if x == y else "clear",
                    )
                    for y in range(30)
                    for x in range(30)
                ),
            ),
            id="crossings",
        ),
        pytest.param(
            Distribution(
                title="t",
                unit="months",
                bins=tuple(Bin(low=n, high=n + 1, people=n * 37) for n in range(240)),
            ),
            id="twenty years",
        ),
        pytest.param(
            Breakdown(
                title="t",
                by="rule",
                total=300,
                parts=tuple(Part(name="w" * 90, people=10) for _ in range(30)),
            ),
            id="rules",
        ),
        pytest.param(
            a_cloud(*((f"field number {n}", n, n, False) for n in range(40))), id="fields"
        ),
    ],
)
def test_no_chart_is_heavier_than_a_phone_should_carry(evidence):
    assert len(only(evidence).figure.to_json()) <= 20_000


# Contrast: axe cannot see inside a figure


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * c for part, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(colour, ground, strength):
    parts = [
        round(
            strength * int(colour[at : at + 2], 16) + (1 - strength) * int(ground[at : at + 2], 16)
        )
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


@pytest.fixture(scope="module", params=["light", "dark"])
def theme(request):
    file = Path(charts.__file__).parent / ".streamlit/config.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))["theme"][request.param]


def test_words_are_readable_on_the_darkest_tile(theme):
    accent, ground = theme["chartCategoricalColors"][6], theme["backgroundColor"]

    assert contrast(theme["textColor"], mixed(accent, ground, charts.HEAT)) >= 4.5
    assert contrast(theme["textColor"], ground) >= 4.5


@pytest.mark.parametrize("at", [0, 1, 2, 3, 5, 6, 8, 9])
def test_marks_stand_out_from_the_ground(theme, at):
    """All but the thin line behind a bar, which says nothing by itself."""
    mark = theme["chartCategoricalColors"][at]

    assert contrast(mark, theme["backgroundColor"]) >= 3


def test_the_edge_of_a_curve_stands_out_from_its_area(theme):
    accent, ground = theme["chartCategoricalColors"][6], theme["backgroundColor"]

    assert contrast(accent, mixed(accent, ground, 0.3)) >= 3


def test_segments_stand_by_size_and_rules_as_they_were_counted():
    parts = (Part(name="small", people=1), Part(name="large", people=9))

    by_segment = charts.breakdown(Breakdown(title="t", by="segment", total=10, parts=parts))
    by_rule = charts.breakdown(Breakdown(title="t", by="rule", total=10, parts=parts))

    assert words(by_segment)[1:] == ["Large: <b>9</b>", "Small: <b>1</b>"]
    assert words(by_rule)[1:] == ["Small: <b>1</b>", "Large: <b>9</b>"]


def test_names_from_a_file_are_no_markup():
    part = Part(name="<a href='http://x.example'>$b$ & c</a>", people=3)
    figure = charts.breakdown(Breakdown(title="t", by="rule", total=3, parts=(part,)))

    assert not any("<a" in text for text in words(figure))


def test_a_name_of_any_length_leaves_its_number_readable():
    part = Part(name="very long " * 60, people=1_234)
    figure = charts.breakdown(Breakdown(title="t", by="rule", total=1_234, parts=(part,)))

    longest = figure.layout.annotations[1].text
    assert longest.endswith("<b>1,234</b>")
    assert all(len(line) < 60 for line in longest.split("<br>"))


def test_the_picture_that_speaks_is_not_a_lone_bar():
    drawn = list(charts.pictures([a_rate("over 3 emails", 5, 100), documents.PRESSURE]))

    assert charts.lead(drawn) == 1


def test_a_segment_shows_where_it_differs_most():
    makeup = (
        Share(attribute="age", group="18 to 24", segment=90, on_list=300, in_file=400),
        Share(attribute="age", group="65 and over", segment=10, on_list=700, in_file=900),
        Share(attribute="gender", group="x", segment=None, on_list=None, in_file=None),
    )
    segment = SegmentSummary(
        name="s", about="", people=100, makeup=makeup, may_contact={}, said_no={}, message=None,
        offer=None,
    )  # fmt: skip

    picture = charts.makeup(segment, 1_000)

    assert picture.alt == (
        "Age 18 to 24: 90 of 100 here, 30 of 100 on the whole list. "
        "Age 65 and over: 10 of 100 here, 70 of 100 on the whole list."
    )


def test_a_chart_is_drawn_when_somebody_looks_at_it():
    drawn = list(charts.pictures([documents.WATERFALL, documents.PRESSURE]))

    assert [picture.__dict__.get("figure") for picture in drawn] == [None, None]
    assert drawn[1].figure is drawn[1].figure
    assert drawn[0].__dict__.get("figure") is None
