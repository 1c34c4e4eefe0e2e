"""One way: the picture, what it says of each goal in sentences, and the tables behind it."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import shown
from data.measures import Measure
from data.numbers import format_number
from data.paths.model import GoalOf, Path, Paths, YearOf
from data.wording import _
from data.wording.judging import interval_text
from data.wording.measures import NO_VALUE, measured, measured_number
from data.wording.paths import method_sentence, path_sentences
from data.wording.targets import target_convention
from layouts import shell
from layouts.components.addresses import paths_address, unit_address
from layouts.components.rows import Column, Content, rows_table
from layouts.paths.notices import notices
from layouts.paths.picture import picture
from layouts.paths.words import goal_text, laws, mark, named, owner_text, why_left_out


def path_page(paths: Paths, path: Path) -> Component:
    """The way of one definition. `path` is the one that was chosen."""
    unit, title = paths.whose.unit, paths.whose.title
    under: list[Component | str | None] = [
        dcc.Link(title, href=unit_address(unit.key)),
        " · ",
        dcc.Link(_("All goals of later years"), href=paths_address(unit.key)),
    ]
    content: list[Component] = [*notices(paths), *_goals(path), *picture(paths, path), *_tables(path)]
    return shell.page(
        shell.title(f"{path.definition.name}: {title}", paths.illustrative),
        under,
        content=html.Div(content, className="paths-page"),
    )


def _goals(path: Path) -> list[Component]:
    if not path.goals:
        return [html.P(_("Nothing is set over this unit for a later year in this column."), className="notice")]
    return [html.Div([_goal(goal, path.definition.measure) for goal in path.goals], className="path-goals")]


def _goal(goal: GoalOf, measure: Measure) -> Component:
    head = html.H2([goal_text(goal, measure), " ", mark(goal)])
    law = html.P([f"{owner_text(goal)} · ", *laws(goal)], className="soft")
    target = goal.aim.targets[0]
    convention = target_convention(target.operator, target.direction, measure)
    said = " ".join(path_sentences(goal.pace, measure, goal.aim.year))
    return html.Section([head, law, html.P(said), *([html.P(convention, className="soft")] if convention else [])])


def _tables(path: Path) -> list[Component]:
    """The numbers that the picture shows."""
    found: list[Component] = [
        html.Details(
            [html.Summary(_("The years in a table")), _years(path)],
            className="more",
            open=not path.goals or path.last is None,
        )
    ]
    ahead = [goal for goal in path.goals if goal.pace.course]
    if ahead:
        table = _ahead(ahead, path.definition.measure)
        found.append(html.Details([html.Summary(_("The way ahead in a table")), table], className="more"))
    method = next((goal.pace.method for goal in path.goals if goal.pace.method), None)
    if method is not None:
        found.append(html.P(method_sentence(method), className="soft"))
    return found


def _years(path: Path) -> Component:
    measure = path.definition.measure
    columns = [
        Column(_("Year")),
        Column(_("Result"), "n"),
        Column(_("95% interval"), "n"),
        Column(_("Numbers"), "n"),
        Column(_("In the pace")),
    ]
    rows: list[list[Content]] = [
        [
            str(one.year),
            named(_("Result"), _value(one, measure)),
            named(_("95% interval"), _interval(one, measure)),
            named(_("Numbers"), _numbers(one)),
            named(_("In the pace"), _used(one, measure)),
        ]
        for one in path.years
    ]
    return rows_table(columns, rows, _("The years in a table"), "of-paths")


def _value(one: YearOf, measure: Measure) -> str:
    """With the signs of the comparison for what is missing and for what is hidden."""
    if one.cell is None:
        return NO_VALUE
    return measured(one.cell.value, measure) if one.has_value else shown(one.cell, measure).text


def _interval(one: YearOf, measure: Measure) -> str:
    return "" if one.cell is None or one.cell.low is None else interval_text(one.cell.low, one.cell.high, measure)


def _numbers(one: YearOf) -> str:
    """Both parts of the value, as they were counted."""
    cell = one.cell
    if cell is None or cell.numerator is None or cell.denominator is None:
        return ""
    return f"{format_number(cell.numerator)} / {format_number(cell.denominator)}"


def _used(one: YearOf, measure: Measure) -> str:
    if one.counts:
        return _("yes")
    why = why_left_out(one, measure)
    return _("no: {reason}").format(reason=why) if one.has_value else why


def _ahead(goals: Sequence[GoalOf], measure: Measure) -> Component:
    """Year by year what the pace leads to, and what each goal needs."""
    longest = max((goal.pace.course for goal in goals), key=len)
    wanted = [goal for goal in goals if goal.pace.level is not None]
    columns = [Column(_("Year")), Column(_("At this pace"), "n"), Column(_("95% interval"), "n")]
    columns += [Column(_needed_for(goal, measure), "n") for goal in wanted]
    rows: list[list[Content]] = [
        [
            str(ahead.year),
            named(_("At this pace"), measured_number(ahead.value, measure)),
            named(_("95% interval"), interval_text(ahead.low, ahead.high, measure)),
            *(named(_needed_for(goal, measure), _needed(goal, ahead.year, measure)) for goal in wanted),
        ]
        for ahead in longest
    ]
    return rows_table(columns, rows, _("The way ahead in a table"), "of-paths")


def _needed_for(goal: GoalOf, measure: Measure) -> str:
    return _("Needed for {goal}").format(goal=goal_text(goal, measure))


def _needed(goal: GoalOf, year: int, measure: Measure) -> str:
    pace = goal.pace
    if pace.value is None or pace.needed is None or pace.last_year is None or year > goal.aim.year:
        return ""
    return measured_number(pace.value + pace.needed * (year - pace.last_year), measure)
