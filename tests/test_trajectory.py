"""The picture of a way: valid, with every goal in it, the ways from the last value, and only colours of the page."""

import re
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plotly.graph_objects import Figure as Checked

from layouts.figures.base import COLOURS
from layouts.figures.trajectory import Course, GoalMark, YearPoint, trajectory

BELOW = GoalMark(2030, -inf, 109, "< 109", 109, "cần -0,4")
COURSE = Course((2025, 2027, 2030), (111, 110, 108.5), (110, 107, 104), (112, 113, 113), "nhịp -0,5")


def point(year: int, value: float, **changes: Any) -> YearPoint:
    parts: dict[str, Any] = {"low": value - 1, "high": value + 1, "label": f"{value}", "explained": ""} | changes
    return YearPoint(year, value, **parts)


POINTS = [point(2023, 112), point(2024, 111.6), point(2025, 111)]


def drawn(points: list[YearPoint], goals: list[GoalMark], course: Course | None = COURSE) -> Checked:
    """The picture as plotly's own checks accept it."""
    return Checked(trajectory(points, goals, course, "trai/100 gái"))


def dashed(figure: Checked) -> list[Any]:
    return [trace for trace in figure.data if trace.line.dash == "dash"]


def test_the_years_the_fan_and_both_ways_are_drawn() -> None:
    figure = drawn(POINTS, [BELOW])
    [way] = dashed(figure)
    assert (list(way.x), list(way.y)) == ([2025, 2030], [111, 109])
    [fan] = [trace for trace in figure.data if trace.fill == "toself"]
    assert (list(fan.x), list(fan.y)) == ([2025, 2027, 2030, 2030, 2027, 2025], [112, 113, 113, 104, 107, 110])
    assert figure.layout.yaxis.title.text == "trai/100 gái"
    assert {note.text for note in figure.layout.annotations} == {"< 109", "cần -0,4", "nhịp -0,5"}


def test_the_ways_start_from_the_last_year_that_counts() -> None:
    figure = drawn([*POINTS[:2], point(2025, 111, hollow=True)], [BELOW], None)
    [way] = dashed(figure)
    assert (way.x[0], way.y[0]) == (2024, 111.6)
    symbols = next(trace for trace in figure.data if trace.mode == "markers+text").marker.symbol
    assert list(symbols) == ["circle", "circle", "circle-open"]


def test_a_goal_that_is_reached_needs_no_way() -> None:
    figure = drawn(POINTS, [GoalMark(2030, -inf, 115, "< 115", None, "")], None)
    assert dashed(figure) == []
    assert [note.text for note in figure.layout.annotations] == ["< 115"]


@pytest.mark.parametrize(
    ("floor", "ceiling", "ends"), [(-inf, 109, [109]), (70, inf, [70]), (103, 107, [103, 107]), (107, 107, [107])]
)
def test_every_end_of_a_goal_is_inside_the_picture(floor: float, ceiling: float, ends: list[float]) -> None:
    figure = drawn(POINTS, [GoalMark(2030, floor, ceiling, "goal", None, "")])
    low, high = figure.layout.yaxis.range
    lines = [shape for shape in figure.layout.shapes if shape.type == "line"]
    assert [line.y0 for line in lines] == ends
    assert all(low < end < high for end in ends)
    first, last = figure.layout.xaxis.range
    assert all(first < year < last for year in (2023, 2030))


def test_two_goals_of_one_year_are_named_one_over_the_other() -> None:
    figure = drawn(POINTS, [BELOW, GoalMark(2030, -inf, 107, "< 107", 107, "")])
    shifts = {note.text: note.yshift for note in figure.layout.annotations if note.text.startswith("<")}
    assert shifts["< 107"] - shifts["< 109"] >= 12


def test_an_interval_far_wider_than_all_else_does_not_flatten_the_years() -> None:
    wild = Course((2025, 2030), (111, 108.5), (-900, -900), (1100, 1100), "nhịp")
    low, high = drawn(POINTS, [BELOW], wild).layout.yaxis.range
    assert high - low < 12


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=7), st.floats(-1e6, 1e6))
def test_every_value_and_goal_fits_into_the_range(values: list[float], end: float) -> None:
    points = [point(2019 + place, value, low=None, high=None) for place, value in enumerate(values)]
    layout = trajectory(points, [GoalMark(2030, end, inf, "", end, "")], None, "")["layout"]
    low, high = layout["yaxis"]["range"]
    assert low < high
    assert all(low <= one <= high for one in [*values, end])


def test_a_picture_of_nothing_is_valid() -> None:
    assert drawn([], [], None).layout.height > 0


def test_it_holds_no_colour_that_the_page_does_not_know() -> None:
    text = str(trajectory(POINTS, [BELOW], COURSE, "%"))
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}", text)) <= set(COLOURS.values())
