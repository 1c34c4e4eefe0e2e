"""One way: the picture, what it says of each goal in sentences, and the tables behind it."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from data.judging.pace import Ahead
from data.measures import Measure
from data.numbers import format_number
from data.paths.listing import (
    ahead_of,
    goal_text,
    needed_for,
    needed_in_text,
    nothing_text,
    owner_text,
    title_text,
    used_text,
    value_text,
)
from data.paths.model import GoalOf, Path, Paths, YearOf
from data.wording import _
from data.wording.judging import interval_text
from data.wording.measures import measured_number
from data.wording.paths import method_sentence, path_sentences
from data.wording.targets import target_convention
from layouts import shell
from layouts.components.addresses import paths_address, unit_address
from layouts.components.rows import Column, Content, rows_table
from layouts.paths.files import files
from layouts.paths.notices import notices
from layouts.paths.picture import picture
from layouts.paths.words import laws, mark, named


def path_page(paths: Paths, path: Path) -> Component:
    """The way of one definition. `path` is the one that was chosen."""
    unit = paths.whose.unit
    under: list[Component | str | None] = [
        dcc.Link(paths.whose.title, href=unit_address(unit.key)),
        " · ",
        dcc.Link(_("All goals of later years"), href=paths_address(unit.key)),
    ]
    content: list[Component] = [*notices(paths), *_goals(paths, path), *picture(paths, path), *_tables(path)]
    return shell.page(
        shell.title(title_text(paths), paths.illustrative),
        under,
        content=html.Div(content, className="paths-page"),
        actions=files(paths),
    )


def _goals(paths: Paths, path: Path) -> list[Component]:
    if not path.goals:
        return [html.P(nothing_text(paths), className="notice")]
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
    ahead, wanted = ahead_of(path)
    if ahead:
        table = _ahead(ahead, wanted, path.definition.measure)
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
            named(_("Result"), value_text(one, measure)),
            named(_("95% interval"), _interval(one, measure)),
            named(_("Numbers"), _numbers(one)),
            named(_("In the pace"), used_text(one, measure)),
        ]
        for one in path.years
    ]
    return rows_table(columns, rows, _("The years in a table"), "of-paths")


def _interval(one: YearOf, measure: Measure) -> str:
    return "" if one.cell is None or one.cell.low is None else interval_text(one.cell.low, one.cell.high, measure)


def _numbers(one: YearOf) -> str:
    """Both parts of the value, as they were counted."""
    cell = one.cell
    if cell is None or cell.numerator is None or cell.denominator is None:
        return ""
    return f"{format_number(cell.numerator)} / {format_number(cell.denominator)}"


def _ahead(years: Sequence[Ahead], wanted: Sequence[GoalOf], measure: Measure) -> Component:
    """Year by year what the pace leads to, and what each goal needs."""
    columns = [Column(_("Year")), Column(_("At this pace"), "n"), Column(_("95% interval"), "n")]
    columns += [Column(needed_for(goal, measure), "n") for goal in wanted]
    rows: list[list[Content]] = [
        [
            str(ahead.year),
            named(_("At this pace"), measured_number(ahead.value, measure)),
            named(_("95% interval"), interval_text(ahead.low, ahead.high, measure)),
            *(named(needed_for(goal, measure), needed_in_text(goal, ahead.year, measure)) for goal in wanted),
        ]
        for ahead in years
    ]
    return rows_table(columns, rows, _("The way ahead in a table"), "of-paths")
