"""What a way says in a cell and in a sentence, with its sign and its law."""

from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import aim_text, cited, shown
from data.measures import Measure
from data.paths.model import GoalOf, Path, YearOf
from data.wording import _
from data.wording.judging import interval_text, verdict_glyph
from data.wording.measures import NO_VALUE, measured
from data.wording.paths import path_word, setter_name, weakness_text
from data.wording.units import capitalised
from layouts.components.addresses import target_address
from layouts.components.aria import aria
from layouts.help import VERDICT_CLASSES


def mark(goal: GoalOf) -> Component:
    """The verdict's sign and word."""
    verdict = goal.pace.verdict
    sign = html.Span(verdict_glyph(verdict), className="v", **aria(hidden="true"))
    return html.Span([sign, path_word(goal.pace)], className=VERDICT_CLASSES[verdict])


def goal_text(goal: GoalOf, measure: Measure) -> str:
    """What is to be reached and when: `< 109 đến năm 2030`."""
    return _("{target} by {year}").format(target=aim_text(goal.aim, measure), year=goal.aim.year)


def owner_text(goal: GoalOf) -> str:
    """Whose goal it is: the nation's, the level above by name, the unit's own."""
    said = capitalised(setter_name(goal.setter.value))
    return f"{said} ({goal.whose.title})" if goal.setter.value == "PARENT" else said


def laws(goal: GoalOf) -> list[Component | str]:
    """Each target's document with number and date, as a link to where it stands in the registry."""
    found: list[Component | str] = []
    for target in goal.aim.targets:
        address = target_address(target.key, goal.whose.unit.key)
        found += [" · ", dcc.Link(cited(target.document), href=address, title=target.document.title)]
    return found[1:]


def named(name: str, said: str) -> list[Component | str]:
    """With its heading, which a telephone shows in the cell and nothing else does; nothing where there is nothing."""
    return [html.Span(f"{name}: ", className="narrow-only"), said] if said else []


def last_value(path: Path) -> list[Component | str]:
    """The last year that counts: its value, the year, and its interval."""
    last = path.last
    if last is None or last.cell is None:
        return [NO_VALUE]
    measure, cell = path.definition.measure, last.cell
    said = [str(last.year)]
    if cell.low is not None:
        said.append(interval_text(cell.low, cell.high, measure))
    return [html.B(measured(cell.value, measure)), html.Small(f" {' · '.join(said)}")]


def why_left_out(year: YearOf, measure: Measure) -> str:
    """Why the pace does not have this year: there is no value, or it is none to be held against; empty where it has."""
    if year.cell is None:
        return _("outside your reach then")
    if year.weakness is not None:
        return weakness_text(year.weakness.value)
    return "" if year.has_value else shown(year.cell, measure).why
