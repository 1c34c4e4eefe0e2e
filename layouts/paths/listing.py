"""All ways of a unit to goals of later years, one line for each goal."""

from collections.abc import Iterable, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from data.paths.listing import (
    covered_text,
    goal_text,
    has_pace,
    meaning_text,
    method_texts,
    nothing_text,
    owner_text,
    pace_method,
    pace_years,
    reason_text,
    title_text,
    why_unknown,
)
from data.paths.model import GoalOf, Path, Paths
from data.wording import _
from data.wording.measures import measured_margin
from data.wording.paths import arrival_text, needed_text, slope_interval
from layouts import shell
from layouts.components.addresses import paths_address, unit_address
from layouts.components.rows import Column, Content, rows_table
from layouts.paths.files import files
from layouts.paths.notices import notices
from layouts.paths.words import last_value, laws, mark, named


def listing_page(paths: Paths) -> Component:
    """The goals with a value to start from; those without one stand apart, each with its reason."""
    unit = paths.whose.unit
    known = [one for one in paths.paths if one.last is not None]
    unknown = [one for one in paths.paths if one.last is None]
    to_unit = dcc.Link(paths.whose.title, href=unit_address(unit.key))
    under: list[Component | str | None] = [to_unit, f" · {covered_text(paths)}"]
    content: list[Component] = [*notices(paths), *_known(paths, known), *_unknown(unknown)]
    if nothing := nothing_text(paths):
        content.append(html.P(nothing, className="notice"))
    return shell.page(
        shell.title(title_text(paths), paths.illustrative),
        under,
        content=html.Div([*content, *_methods()], className="paths-page"),
        actions=files(paths),
    )


def _known(paths: Paths, known: Sequence[Path]) -> list[Component]:
    if not known:
        return []
    columns = [
        Column(_("Indicator")),
        Column(_("Last result"), "n"),
        Column(_("Goal")),
        Column(_("Needed a year"), "n"),
        Column(_("Pace a year"), "n"),
        Column(_("Verdict")),
        Column(_("Arrives")),
    ]
    rows = [_row(paths, path, goal) for path in known for goal in path.goals]
    table = rows_table(columns, rows, _("On the way to goals of later years"), "of-paths")
    return [table, html.P(meaning_text(), className="hint")]


def _row(paths: Paths, path: Path, goal: GoalOf) -> list[Content]:
    measure, pace = path.definition.measure, goal.pace
    address = paths_address(paths.whose.unit.key, path.definition.key)
    return [
        dcc.Link(path.definition.short, href=address, title=path.definition.name),
        last_value(path),
        [html.B(goal_text(goal, measure)), html.Small([f" {owner_text(goal)} · ", *laws(goal)])],
        named(_("Needed a year"), needed_text(pace, measure)),
        _pace(goal, path),
        [mark(goal), *_reason(goal)],
        named(_("Arrives"), arrival_text(pace)),
    ]


def _pace(goal: GoalOf, path: Path) -> list[Component | str]:
    pace, measure = goal.pace, path.definition.measure
    if pace.slope is None or not has_pace(goal):
        return []
    years = f"{pace_years(goal)}, {pace_method(goal)}"
    slope = named(_("Pace a year"), measured_margin(pace.slope, measure))
    return [*slope, html.Small(f" {slope_interval(pace, measure)}", title=years)]


def _reason(goal: GoalOf) -> list[Component | str]:
    said = reason_text(goal)
    return [html.Small(f" {said}")] if said else []


def _unknown(unknown: Sequence[Path]) -> list[Component]:
    """Goals that no year of the unit can be held against."""
    if not unknown:
        return []
    columns = [Column(_("Indicator")), Column(_("Goal")), Column(_("Why"))]
    rows: list[list[Content]] = [[one.definition.name, _goals(one.goals, one), why_unknown(one)] for one in unknown]
    summary = html.Summary(_("Goals without a year to start from: {count}").format(count=len(unknown)))
    table = rows_table(columns, rows, _("Goals without a year to start from"), "of-paths")
    return [html.Details([summary, table], className="more")]


def _goals(goals: Iterable[GoalOf], path: Path) -> list[Component | str]:
    found: list[Component | str] = []
    for goal in goals:
        small = html.Small([f" {owner_text(goal)} · ", *laws(goal)])
        found.append(html.Div([goal_text(goal, path.definition.measure), small]))
    return found


def _methods() -> list[Component]:
    said = html.Ul([html.Li(one) for one in method_texts()])
    return [html.Details([html.Summary(_("How the pace is found")), said], className="more")]
