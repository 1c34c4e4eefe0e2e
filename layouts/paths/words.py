"""What a way says in a cell and in a sentence, with its sign and its law."""

from dash import dcc, html
from dash.development.base_component import Component

from data.comparisons.display import cited
from data.paths.model import GoalOf, Path
from data.wording.judging import interval_text, verdict_glyph
from data.wording.measures import NO_VALUE, measured
from data.wording.paths import path_word
from layouts.components.addresses import target_address
from layouts.components.aria import aria
from layouts.help import VERDICT_CLASSES


def mark(goal: GoalOf) -> Component:
    """The verdict's sign and word."""
    verdict = goal.pace.verdict
    sign = html.Span(verdict_glyph(verdict), className="v", **aria(hidden="true"))
    return html.Span([sign, path_word(goal.pace)], className=VERDICT_CLASSES[verdict])


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
