"""The picture of one way: the years, the goals, what is needed, and where the pace so far leads."""

from dash import html
from dash.development.base_component import Component

from data.comparisons.display import aim_text, shown
from data.measures import Measure
from data.paths.listing import why_left_out
from data.paths.model import GoalOf, Path, Paths, Setter, YearOf
from data.wording import _
from data.wording.measures import margin_number, measure_name
from data.wording.paths import setter_name
from layouts.figures.base import graph
from layouts.figures.trajectory import Course, GoalMark, YearPoint, trajectory
from layouts.ids.paths import PathsId


def picture(paths: Paths, path: Path) -> list[Component]:
    """Nothing where there is no value to draw."""
    definition, measure = path.definition, path.definition.measure
    points = [_point(one, measure) for one in path.years if one.has_value]
    if not points:
        return [html.P(_("There is no value to draw."), className="soft")]
    goals = [mark for goal in path.goals if (mark := _mark(goal, measure)) is not None]
    course = _course(path, measure)
    title = f"{definition.name}, {measure_name(measure)}".rstrip(", ")
    figure = trajectory(points, goals, course, measure_name(measure) or definition.short)
    return [graph(f"{PathsId.FIGURE}-graph", figure, _caption(paths, title, points, course))]


def _point(one: YearOf, measure: Measure) -> YearPoint:
    cell = one.cell
    if cell is None or cell.value is None:
        raise ValueError("a year without a value has no place in the picture")
    text, small, _verdict, _word, _why = shown(cell, measure)
    said = "<br>".join(filter(None, (f"<b>{one.year}</b>: {text}", small, why_left_out(one, measure))))
    return YearPoint(one.year, cell.value, cell.low, cell.high, text, said, hollow=not one.counts)


def _mark(goal: GoalOf, measure: Measure) -> GoalMark | None:
    """The goal's acceptable values; of a change without a base value there are none to draw."""
    pace, band = goal.pace, goal.aim.goal.band
    label = f"{aim_text(goal.aim, measure)} ({_short(goal)})"
    if band is not None:
        needed = ""
        if pace.needed:
            needed = _("needed {change} a year").format(change=margin_number(pace.needed, measure))
        return GoalMark(goal.aim.year, band.floor, band.ceiling, label, pace.level, needed)
    if pace.level is None or pace.needed is None:
        return None
    needed = _("needed {change} a year").format(change=margin_number(pace.needed, measure))
    return GoalMark(goal.aim.year, pace.level, pace.level, label, pace.level, needed)


def _short(goal: GoalOf) -> str:
    if goal.setter is Setter.PARENT:
        return goal.whose.name
    return _("nation") if goal.setter is Setter.NATION else setter_name(goal.setter.value)


def _course(path: Path, measure: Measure) -> Course | None:
    """The pace until the last of the goals; none where every value is there for sure and nothing is to come."""
    longest = max((goal.pace for goal in path.goals), key=lambda one: len(one.course), default=None)
    if longest is None or not longest.course or longest.slope is None:
        return None
    steps = longest.course
    return Course(
        tuple(one.year for one in steps),
        tuple(one.value for one in steps),
        tuple(one.low for one in steps),
        tuple(one.high for one in steps),
        _("pace {change} a year").format(change=margin_number(longest.slope, measure)),
    )


def _caption(paths: Paths, title: str, points: list[YearPoint], course: Course | None) -> str:
    said = [f"{title}, {paths.whose.title}"]
    if any(one.low is not None for one in points):
        said.append(_("upright line: 95% interval"))
    if course is not None:
        said.append(_("shaded area: 95% interval of the pace"))
    said.append(_("green: the goal; dashed: what is needed"))
    if any(one.hollow for one in points):
        said.append(_("ring: not in the pace"))
    said.append(_("the same numbers stand in the tables below"))
    return " · ".join(said)
