"""All ways of a unit to goals of later years, one line for each goal."""

from collections.abc import Iterable, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from data.judging import Method, Reason
from data.paths.model import GoalOf, Path, Paths
from data.wording import _
from data.wording.measures import measured_margin
from data.wording.paths import arrival_text, method_name, method_sentence, needed_text, path_reason, slope_interval
from layouts import shell
from layouts.components.addresses import paths_address, unit_address
from layouts.components.rows import Column, Content, rows_table
from layouts.paths.notices import notices
from layouts.paths.words import goal_text, last_value, laws, mark, named, owner_text, why_left_out

# What the year of arrival and a notice above the table say already.
_SAID = frozenset({Reason.PACE_UNCERTAIN, Reason.UNIT_CLOSED})


def listing_page(paths: Paths) -> Component:
    """The goals with a value to start from; those without one stand apart, each with its reason."""
    title, unit = paths.whose.title, paths.whose.unit
    known = [one for one in paths.paths if one.last is not None]
    unknown = [one for one in paths.paths if one.last is None]
    under: list[Component | str | None] = [dcc.Link(title, href=unit_address(unit.key)), f" · {_covered(paths)}"]
    content: list[Component] = [*notices(paths), *_known(paths, known), *_unknown(unknown)]
    if not paths.paths:
        content.append(html.P(_("Nothing is set over this unit for a later year."), className="notice"))
    return shell.page(
        shell.title(_("On the way to 2030: {unit}").format(unit=title), paths.illustrative),
        under,
        content=html.Div([*content, *_methods()], className="paths-page"),
    )


def _covered(paths: Paths) -> str:
    if not paths.years:
        return _("no complete year")
    return _("complete years from {first} to {last}, on the unit's own area").format(
        first=paths.years[0], last=paths.years[-1]
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
    return [table, html.P(_meaning(), className="hint")]


def _meaning() -> str:
    """What the signs of the verdicts say, where most of them may be that nothing is certain."""
    return " ".join(
        (
            _("On track: all of the pace's interval reaches the goal in its year. Behind: none of it does."),
            _("Not enough to go by: a part of it does; more years of results make the interval narrower."),
        )
    )


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
    if pace.slope is None or pace.method is None:
        return []
    years = f"{pace.first_year}–{pace.last_year}, {method_name(pace.method)}"
    slope = named(_("Pace a year"), measured_margin(pace.slope, measure))
    return [*slope, html.Small(f" {slope_interval(pace, measure)}", title=years)]


def _reason(goal: GoalOf) -> list[Component | str]:
    reason = goal.pace.reason
    said = "" if reason is None or reason in _SAID else path_reason(goal.pace, goal.aim.year)
    return [html.Small(f" {said}")] if said else []


def _unknown(unknown: Sequence[Path]) -> list[Component]:
    """Goals that no year of the unit can be held against."""
    if not unknown:
        return []
    columns = [Column(_("Indicator")), Column(_("Goal")), Column(_("Why"))]
    rows: list[list[Content]] = [[path.definition.name, _goals(path.goals, path), _why(path)] for path in unknown]
    summary = html.Summary(_("Goals without a year to start from: {count}").format(count=len(unknown)))
    table = rows_table(columns, rows, _("Goals without a year to start from"), "of-paths")
    return [html.Details([summary, table], className="more")]


def _goals(goals: Iterable[GoalOf], path: Path) -> list[Component | str]:
    found: list[Component | str] = []
    for goal in goals:
        small = html.Small([f" {owner_text(goal)} · ", *laws(goal)])
        found.append(html.Div([goal_text(goal, path.definition.measure), small]))
    return found


def _why(path: Path) -> str:
    """Why the last year cannot be used; all of the years where none of them is within reach."""
    return why_left_out(path.years[-1], path.definition.measure) if path.years else _("no complete year")


def _methods() -> list[Component]:
    """How a pace is found."""
    said = [
        _("What is needed, where the pace leads and the year of arrival all start from the last complete year."),
        *(method_sentence(one) for one in Method),
    ]
    return [
        html.Details(
            [html.Summary(_("How the pace is found")), html.Ul([html.Li(one) for one in said])], className="more"
        )
    ]
