"""Yearly results on the way to goals of later years: where they stand, what is needed, where the pace so far leads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from layouts.figures.base import COLOURS, Figure, axis, shared_layout

HEIGHT = 420
_GOAL_HALF_WIDTH = 0.32
# How far the years reach beyond the first and the last thing drawn; labels of goals are wider than they.
_BEFORE, _AFTER = 1.0, 1.6
# A line of text, in pixels.
_LINE = 16
# Intervals and the fan of the pace may be far wider than all else; more of them than this is not worth the height.
_WORTH_SHOWING = 0.6


@dataclass(frozen=True, slots=True)
class YearPoint:
    """One year: where it stands and its interval. `hollow`: the pace leaves it out."""

    year: int
    value: float
    low: float | None
    high: float | None
    label: str
    explained: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class GoalMark:
    """The acceptable values in the goal's year, an open end being infinite. `level` is where the needed way leads."""

    year: int
    floor: float
    ceiling: float
    label: str
    level: float | None
    needed: str


@dataclass(frozen=True, slots=True)
class Course:
    """Where the pace leads from the last value on: years, values and their intervals; `label` says how fast."""

    years: tuple[int, ...]
    values: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    label: str


def trajectory(points: Sequence[YearPoint], goals: Sequence[GoalMark], course: Course | None, measure: str) -> Figure:
    """The years from the left, the goals at the right. The last point that is not hollow starts the ways."""
    years = [one.year for one in points] + [one.year for one in goals] + list(course.years if course else ())
    low, high = _range(points, goals, course)
    start = next((one for one in reversed(points) if not one.hollow), None)
    first, last = (min(years), max(years)) if years else (0, 1)
    return {
        "data": [*_fan(course), *_needed(goals, start), *_years(points)],
        "layout": shared_layout(
            height=HEIGHT,
            margin={"l": 8, "r": 8, "t": 24, "b": 28},
            xaxis=axis(range=[first - _BEFORE, last + _AFTER], fixedrange=True, tickformat="d", dtick=1, tickangle=0),
            yaxis=axis(measure, range=[low, high], fixedrange=True),
            shapes=[shape for goal in goals for shape in _goal(goal, low, high)],
            annotations=[*_goal_labels(goals, low, high), *_way_labels(goals, course, start, high - low)],
        ),
    }


def _years(points: Sequence[YearPoint]) -> Iterator[Figure]:
    yield {
        "type": "scatter",
        "mode": "lines",
        "x": [one.year for one in points if not one.hollow],
        "y": [one.value for one in points if not one.hollow],
        "line": {"color": COLOURS["soft"], "width": 1.5},
        "hoverinfo": "skip",
    }
    yield {
        "type": "scatter",
        "mode": "markers+text",
        "x": [one.year for one in points],
        "y": [one.value for one in points],
        "text": [one.label for one in points],
        "textposition": [_corner(points, place) for place in range(len(points))],
        "textfont": {"size": 12.5, "color": COLOURS["ink"]},
        "marker": {
            "color": COLOURS["accent"],
            "size": 9,
            "symbol": ["circle-open" if one.hollow else "circle" for one in points],
            "line": {"width": [2 if one.hollow else 0 for one in points]},
        },
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [_arm(one.high, one.value) for one in points],
            "arrayminus": [_arm(one.value, one.low) for one in points],
            "color": COLOURS["accent"],
            "thickness": 1.5,
            "width": 0,
        },
        "customdata": [one.explained for one in points],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _corner(points: Sequence[YearPoint], place: int) -> str:
    """Where the line from the year before does not run."""
    falls = place > 0 and points[place - 1].value > points[place].value
    return "bottom left" if falls else "top left"


def _fan(course: Course | None) -> list[Figure]:
    """The pace so far, and the area that its interval opens."""
    if course is None:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [*course.years, *reversed(course.years)],
            "y": [*course.highs, *reversed(course.lows)],
            "fill": "toself",
            "fillcolor": COLOURS["accent"],
            "line": {"width": 0},
            "opacity": 0.14,
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(course.years),
            "y": list(course.values),
            "line": {"color": COLOURS["accent"], "width": 2},
            "hoverinfo": "skip",
        },
    ]


def _needed(goals: Sequence[GoalMark], start: YearPoint | None) -> Iterator[Figure]:
    for goal in goals:
        if start is not None and goal.level is not None:
            yield {
                "type": "scatter",
                "mode": "lines",
                "x": [start.year, goal.year],
                "y": [start.value, goal.level],
                "line": {"color": COLOURS["met"], "width": 2, "dash": "dash"},
                "hoverinfo": "skip",
            }


def _goal(goal: GoalMark, low: float, high: float) -> Iterator[Figure]:
    """The acceptable values as an area over the goal's year, its ends as strokes."""
    sides = {"x0": goal.year - _GOAL_HALF_WIDTH, "x1": goal.year + _GOAL_HALF_WIDTH, "xref": "x", "yref": "y"}
    yield {
        "type": "rect", "y0": max(goal.floor, low), "y1": min(goal.ceiling, high), "fillcolor": COLOURS["met-soft"],
        "line": {"width": 0}, "layer": "below", **sides,
    }  # fmt: skip
    for end in dict.fromkeys((goal.floor, goal.ceiling)):
        if isfinite(end):
            yield {"type": "line", "y0": end, "y1": end, "line": {"color": COLOURS["met"], "width": 3}, **sides}


def _goal_labels(goals: Sequence[GoalMark], low: float, high: float) -> Iterator[Figure]:
    """At the end of the area where no way leads: below for what is to fall, above for the rest; one over the other."""
    before: list[tuple[int, bool]] = []
    for goal in goals:
        place = goal.year, isfinite(goal.floor)
        shift = 4 + _LINE * before.count(place)
        before.append(place)
        if place[1]:
            yield _note(goal.year, high, goal.label, "met", "top", -shift)
        else:
            yield _note(goal.year, low, goal.label, "met", "bottom", shift)


def _way_labels(
    goals: Sequence[GoalMark], course: Course | None, start: YearPoint | None, height: float
) -> Iterator[Figure]:
    """What the first goal needs and the pace so far, each beside its line and on the side that the other is not on."""
    needed = next((one for one in goals if one.level is not None and one.needed), None)
    if start is not None and needed is not None:
        year = (start.year + needed.year) / 2
        middle, rises = _on_the_way(needed, start, year), (needed.level or 0) > start.value
        above = course is not None and _at(course, year) < middle
        yield _beside(year, middle, height, needed.needed, "met", above=above, rises=rises)
    if course is not None and course.label:
        # Towards the end, where the ways have parted.
        step = round((len(course.years) - 1) * 0.75)
        year, value = course.years[step], course.values[step]
        above = needed is None or start is None or value >= _on_the_way(needed, start, year)
        rises = course.values[-1] > course.values[0]
        yield _beside(year, value, height, course.label, "accent", above=above, rises=rises)


def _beside(year: float, value: float, height: float, text: str, tone: str, *, above: bool, rises: bool) -> Figure:
    """A text beside its line, turned away from where the line goes."""
    note = _note(year, value + (0.015 if above else -0.015) * height, text, tone, _side(above), 0)
    return note | {"xanchor": "right" if above == rises else "left"}


def _side(above: bool) -> str:
    return "bottom" if above else "top"


def _on_the_way(goal: GoalMark, start: YearPoint, year: float) -> float:
    part = min((year - start.year) / (goal.year - start.year), 1.0)
    return start.value + ((goal.level or 0) - start.value) * part


def _at(course: Course, year: float) -> float:
    part = (year - course.years[0]) / ((course.years[-1] - course.years[0]) or 1)
    return course.values[0] + (course.values[-1] - course.values[0]) * part


def _note(x: float, y: float, text: str, tone: str, along: str, shift: int) -> Figure:
    return {
        "x": x, "xref": "x", "y": y, "yref": "y", "text": text, "showarrow": False, "xanchor": "center",
        "yanchor": along, "yshift": shift, "font": {"size": 12.5, "color": COLOURS[tone]},
    }  # fmt: skip


def _range(points: Sequence[YearPoint], goals: Sequence[GoalMark], course: Course | None) -> tuple[float, float]:
    """Every value, goal and pace; of the intervals as much as can be seen beside them."""
    core = [one.value for one in points] + list(course.values if course else ())
    core += [end for goal in goals for end in (goal.floor, goal.ceiling) if isfinite(end)]
    if not core:
        return 0.0, 1.0
    low, high = min(core), max(core)
    width = (high - low) or abs(high) * 0.1 or 1.0
    ends = [end for one in points for end in (one.low, one.high) if end is not None and isfinite(end)]
    ends += [*course.lows, *course.highs] if course else []
    room = width * _WORTH_SHOWING
    low = max(min([low, *ends]), low - room) - width * 0.12
    return low, min(max([high, *ends]), high + room) + width * 0.16


def _arm(upper: float | None, lower: float | None) -> float:
    if upper is None or lower is None or not isfinite(upper - lower):
        return 0.0
    return upper - lower
