"""Where a unit stands, on the first page: a column beside its tasks, or a table where there are none."""

from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import aim_text, shown
from data.comparisons.headings import is_part_of_rate
from data.comparisons.standing import Standing as UnitStanding
from data.comparisons.standing import StandingLine
from data.judging import Verdict
from data.periods import Period
from data.wording import _
from data.wording.judging import verdict_glyph
from data.wording.measures import measured
from data.wording.periods import part_of_year, period_name
from layouts.components.addresses import unit_address
from layouts.components.aria import aria
from layouts.components.rows import Column, Content, rows_table
from layouts.help import VERDICT_CLASSES

MOST_BESIDE = 7


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's standing, and the address of the comparison in which it is found again."""

    found: UnitStanding
    compare_href: str


def standing_aside(standing: Standing) -> list[Component]:
    """The foremost lines, for the column beside the tasks."""
    period = standing.found.period
    lines = [part for line in standing.found.foremost(MOST_BESIDE) for part in _entry(line, period)]
    return [
        html.H2(_("Where we stand")),
        html.P(period_name(period), className="soft"),
        html.Dl(lines, className="standing-list"),
        html.Hr(),
        html.P(dcc.Link(_("Compare with others →"), href=standing.compare_href)),
        html.P(dcc.Link(_("All years of the unit →"), href=unit_address(standing.found.unit.key))),
    ]


def _entry(line: StandingLine, period: Period) -> list[Component]:
    part = [html.Small(f" {part_of_year(period)}")] if is_part_of_rate(line.definition, period) else []
    name = html.Dt([line.definition.short, *part], title=line.definition.name)
    value = html.B(measured(line.cell.value, line.definition.measure))
    return [name, html.Dd([value, *_mark(line), *_incomplete(line)])]


def _mark(line: StandingLine) -> list[Component | str]:
    """The sign and the word of the verdict; a later year's target by its year, with the distance."""
    said = shown(line.cell, line.definition.measure)
    if said.verdict:
        verdict = Verdict(said.verdict)
        sign = html.Span(verdict_glyph(verdict), className="v", **aria(hidden="true"))
        return [html.Small([sign, said.word], className=VERDICT_CLASSES[verdict], title=said.why or None)]
    return [html.Small(said.word, className="soft")] if said.word else []


def _incomplete(line: StandingLine) -> list[Component | str]:
    """How many units below stand behind the number, where it is not all of them."""
    cell = line.cell
    if cell.counted >= cell.expected:
        return []
    said = _("{counted} of {expected} units").format(counted=cell.counted, expected=cell.expected)
    return [html.Small(said, className="soft")]


def standing_table(standing: Standing) -> Component:
    """Every line with its target, for who has no tasks."""
    columns = [
        Column(_("Indicator")),
        Column(_("Result"), "n"),
        Column(_("Target")),
        Column(_("Verdict")),
        Column(_("Margin, interval"), "soft"),
    ]
    heading = f"{_('Where we stand')} · {period_name(standing.found.period)}"
    rows = [_row(line, standing.found.period) for line in standing.found.lines]
    table = rows_table(columns, rows, heading, "standing")
    way = dcc.Link(_("Compare with others →"), href=standing.compare_href)
    return html.Section([html.H2(heading), table, html.P(way)])


def _row(line: StandingLine, period: Period) -> list[Content]:
    measure, small = line.definition.measure, shown(line.cell, line.definition.measure).small
    name = line.definition.name
    if is_part_of_rate(line.definition, period):
        name = f"{name} ({part_of_year(period)})"
    return [name, measured(line.cell.value, measure), _target(line), _mark(line), small]


def _target(line: StandingLine) -> str:
    mark = line.cell.primary
    return aim_text(mark.aim, line.definition.measure) if mark else ""
